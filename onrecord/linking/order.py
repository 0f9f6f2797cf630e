"""The one order of articles and tellings that every founding rests on: it does not depend on the order of input."""

from __future__ import annotations

from datetime import date

from onrecord.model import Article, Corpus, Telling


def article_order(article: Article) -> tuple[date, str, str]:
    """Sort key of an article: by the day of publication, unknown last, then by file name and id."""
    published = article.published.earliest if article.published else None
    return (published or date.max, article.file, article.id)


def telling_order(corpus: Corpus) -> dict[str, int]:
    """Rank of each article id in the order of articles."""
    return {article.id: rank for rank, article in enumerate(sorted(corpus.articles, key=article_order))}


def in_order(tellings: list[Telling], ranks: dict[str, int]) -> list[Telling]:
    """Tellings by article, then by place in the text."""
    return sorted(tellings, key=lambda t: (ranks[t.article], t.content[0].start, -t.content[-1].end, t.annotation.id))
