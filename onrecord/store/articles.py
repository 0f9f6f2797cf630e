"""Articles as rows of the table ``article`` and back."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from onrecord.model import Article, When
from onrecord.store.database import Row, maybe_words, words

COLUMNS = (
    *("id", "text_id", "raw_sha256", "file", "locator", "format", "decoding", "outlet", "title"),
    *("published", "published_earliest", "published_latest", "published_stated", "published_rule"),
    *("url", "author", "language", "flags"),
)
"""The columns in the order of the rows here."""

PUT = (
    f"INSERT INTO article ({', '.join(COLUMNS)}, listed) VALUES ({', '.join('?' * len(COLUMNS))}, 0) "  # noqa: S608
    f"ON CONFLICT (id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])}"
)
"""Keeps an article; one that is there already stays listed or not and takes the new metadata."""


def as_row(article: Article) -> Row:
    """The article's values in the order of ``COLUMNS``."""
    when = article.published
    published: Row = (None,) * 5
    if when:
        published = (when.edtf, _written(when.earliest), _written(when.latest), when.stated, when.rule)
    return (
        *(article.id, article.text, article.raw, article.file, article.locator, article.format, article.decoding),
        *(article.outlet, article.title, *published, article.url, article.author, article.language),
        json.dumps(article.flags),
    )


def from_row(row: Row) -> Article:
    """The article of a row in the order of ``COLUMNS``."""
    held: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    named = {name: maybe_words(held[name]) for name in ("locator", "outlet", "title", "url", "author", "language")}
    return Article(
        id=held["id"],
        text=held["text_id"],
        raw=held["raw_sha256"],
        file=words(held["file"]),
        format=held["format"],
        decoding=held["decoding"],
        published=_published(held),
        flags=tuple(json.loads(held["flags"])),
        **named,
    )


def says_more(article: Article, known: Article | None) -> bool:
    """Whether of two articles with one id the first is kept: the one with more metadata, whichever came first.

    Never where they are the same; always where none is known.
    """
    if known is None or article == known:
        return known is None
    return _rank(article) < _rank(known)


def _rank(article: Article) -> tuple[int, str]:
    return sum(getattr(article, field.name) is None for field in fields(article)), repr(article)


def _published(held: dict[str, Any]) -> When | None:
    if not held["published_rule"]:
        return None
    earliest, latest = _day(held["published_earliest"]), _day(held["published_latest"])
    return When(held["published"], earliest, latest, maybe_words(held["published_stated"]), held["published_rule"])


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
