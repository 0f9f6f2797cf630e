"""The steps of a build, each usable alone and without a store."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.errors import PluginError
from onrecord.model import Article, Corpus, Layer, Linked, Text
from onrecord.pipeline.plan import mark_stages
from onrecord.pipeline.reading import Task, read_text
from onrecord.pipeline.workshop import Workshop, standard_workshop


def read(text: str | Text, workshop: Workshop | None = None) -> tuple[Layer, ...]:
    """What each stage says about one text, in the order in which they ran. Raises PluginError where one fails."""
    return _read(Text.of(text) if isinstance(text, str) else text, workshop or standard_workshop())


def link(articles: Iterable[tuple[Article, Text]], workshop: Workshop | None = None) -> Linked:
    """What these articles say of one another; each text is read once."""
    from onrecord.linking import Vectors

    shop = workshop or standard_workshop()
    given = tuple(articles)
    texts = {text.id: text for _, text in given}
    layers = {text.id: _read(text, shop) for text in texts.values()}
    return shop.link(Corpus(tuple(article for article, _ in given), texts, layers), Vectors())


def _read(text: Text, workshop: Workshop) -> tuple[Layer, ...]:
    stages = {mark.name: mark.fingerprint for mark in mark_stages(workshop.stages)}
    done = read_text(Task(text, stages), workshop.stages)
    if done.failed:
        raise PluginError(
            f"the stage {done.failed!r} could not read the text: {done.reason}; please report it with the text"
        )
    return done.layers
