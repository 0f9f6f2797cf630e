"""The record as it was: drawn from the articles that had appeared by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from onrecord.model import Article, Record
from onrecord.pipeline.run import corpus_of
from onrecord.pipeline.vectors import read_vectors, vectors_beside
from onrecord.pipeline.workshop import Workshop, standard_workshop
from onrecord.record import replay
from onrecord.store import Store, judgements


@dataclass(frozen=True, slots=True)
class Earlier:
    """The record before a day, and the articles without a date, which stand in it: nobody knows that they are new."""

    record: Record
    undated: tuple[Article, ...]


def record_before(path: Path, day: date, workshop: Workshop | None = None) -> Earlier:
    """What the articles that had appeared before ``day`` tell, from what is read of them; nothing is read again."""
    shop = workshop or standard_workshop()
    with Store.open(path, readonly=True) as store:
        articles = store.articles()
        before = tuple(article for article in articles if not _is_new(article, day))
        corpus = corpus_of(store, before, [stage.name for stage in shop.stages])
        judged = judgements(store)
    linked, _ = replay(shop.link(corpus, read_vectors(vectors_beside(store.path))), judged)
    record = shop.draw(linked)
    return Earlier(record, tuple(article for article in before if article.published is None))


def _is_new(article: Article, day: date) -> bool:
    """Whether an article appeared on the day or later, as far as its date says."""
    published = article.published
    return bool(published and published.earliest and published.earliest >= day)
