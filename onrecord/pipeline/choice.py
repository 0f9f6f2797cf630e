"""Which article of a record somebody means."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import PurePosixPath

from onrecord.errors import UsageError
from onrecord.model import Article

_SHOWN = 20


def choose_article(articles: Sequence[Article], wanted: str) -> str:
    """The id of the article that ``wanted`` names: an id, an address, a file as the record names it, or its last part.

    Raises UsageError where none fits, naming what comes near, and where several do, listing their ids.
    """
    for name in (_id, _url, _file, _last_part):
        found = [article for article in articles if name(article) == wanted]
        if len(found) == 1:
            return found[0].id
        if found:
            listed = "\n".join(f"  {article.id}  {_describe(article)}" for article in found[:_SHOWN])
            more = f"\n  and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
            raise UsageError(f"{wanted!r} fits {len(found)} articles; give the id of the one you mean:\n{listed}{more}")
    known = {value for article in articles for name in (_id, _url, _file, _last_part) if (value := name(article))}
    near = get_close_matches(wanted, sorted(known), n=3, cutoff=0.6)
    hint = f"; did you mean {' or '.join(near)}?" if near else "; `onrecord show RECORD sources` lists its files"
    raise UsageError(f"the record has no article {wanted!r}{hint}")


def _id(article: Article) -> str:
    return article.id


def _url(article: Article) -> str | None:
    return article.url


def _file(article: Article) -> str:
    return article.file


def _last_part(article: Article) -> str:
    return PurePosixPath(article.file).name


def _describe(article: Article) -> str:
    place = f"{article.file}, {article.locator}" if article.locator else article.file
    return f"{place}: {article.title}" if article.title else place
