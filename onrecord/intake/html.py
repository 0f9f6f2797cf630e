"""HTML pages: the article's words by trafilatura, the metadata as the page itself declares it."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.errors import NotAnArticle
from onrecord.intake.decoding import decode_bytes
from onrecord.intake.drafts import Draft, Unread
from onrecord.intake.limits import FILE_BYTES
from onrecord.intake.markup import parse_html, read_paragraphs
from onrecord.intake.metadata import Metadata, make_storable, read_published, read_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html)\b", re.I
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_HEAD = 4096  # WHATWG has browsers look for the encoding in the first 1,024 bytes; saved pages put a comment before

_NEWS_TYPES = re.compile(r"Article|BlogPosting|Report\b|LiveBlog")
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued", "dcterms.issued"),
    *(
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
        "publication_date",
        "publishdate",
        "publish-date",
    ),
    *("pubdate", "pub_date", "dc.date", "dcterms.date", "date"),
)
_SCRIPT_CHARACTERS = 1_000_000
_SHORTEST_TITLE = 15
_SET_OFF = ("|", "–", "—", "-", "·", "»", ":")


class Html:
    """Reads saved web pages."""

    format = "html"
    file_limit = FILE_BYTES

    def claims(self, name: str, head: bytes) -> bool:
        """Whether the name ends as a page's does, or the file begins as one."""
        return name.endswith(_ENDINGS) or bool(_START.match(head))

    def read(self, raw: bytes) -> Iterator[Draft | Unread]:
        """The one article of the page. Raises NotAnArticle where there is none, Hostile where it is too much."""
        declared = _DECLARED.search(raw[:_HEAD])
        decoded = decode_bytes(raw, (declared[1] or declared[2]).decode("ascii", "replace") if declared else None)
        flags = decoded.flags + (("nul",) if "\0" in decoded.text else ())
        tree = parse_html(make_storable(decoded.text))
        if tree is None:
            raise NotAnArticle("is a page without anything in it; save the article's page again")
        if "onrecord" in (_meta(tree).get("generator") or "").lower():
            raise NotAnArticle("is a page that onrecord wrote, no article; give the articles it was built from")
        metadata = read_metadata(tree)
        paragraphs = extract_paragraphs(tree)
        if not paragraphs:
            raise NotAnArticle("is a page in which no article was found; save the article itself, or give its text")
        body = join_body(metadata.title, paragraphs)
        yield Draft(body, self.format, decoded.decoding, metadata, flags=flags)


def extract_paragraphs(tree: HtmlElement) -> tuple[str, ...]:
    """The article's paragraphs, page furniture left out as far as trafilatura can tell. Changes the tree."""
    extract = _load_trafilatura()
    for post in tree.xpath("//blockquote[contains(@class, 'twitter-')]"):
        _make_plain(post)
    for precise in (True, False):  # precision mode now and then finds nothing in a very short report
        words = extract(tree, include_comments=False, favor_precision=precise, output_format="txt")
        if words:
            return tuple(line for line in (line.strip() for line in words.splitlines()) if line)
    return ()


def join_body(title: str | None, paragraphs: tuple[str, ...]) -> str:
    """The body: the headline, a blank line, and each paragraph with a blank line after it.

    The headline is not put before paragraphs that begin with it.

    >>> join_body("No reply", ("Norland waits.", "Sudmark is silent."))
    'No reply\\n\\nNorland waits.\\n\\nSudmark is silent.\\n'
    """
    lines = paragraphs if not title or _repeats(title, paragraphs[0]) else (title, *paragraphs)
    return "\n\n".join(lines) + "\n"


def read_metadata(tree: HtmlElement) -> Metadata:
    """What the page declares in meta tags, JSON-LD and time tags; never what could be guessed from its words."""
    meta = _meta(tree)
    news = _news(tree)
    outlet = read_words(meta.get("og:site_name")) or _name(news.get("publisher"))
    title = read_words(news.get("headline")) or _first(meta, "og:title", "twitter:title", "citation_title", "dc.title")
    authors = _name(news.get("author")) or _first(meta, "author", "dc.creator", "article:author", "parsely-author")
    return Metadata(
        outlet=outlet,
        published=_published(tree, meta, news),
        url=_address(tree, meta),
        title=_without_outlet(title or read_words(tree.findtext(".//title")), outlet),
        author=None if authors and authors.startswith(("http://", "https://")) else authors,
        language=read_words(tree.get("lang")) or _first(meta, "og:locale", "content-language"),
    )


@cache
def _load_trafilatura() -> Callable[..., str | None]:
    """trafilatura's extraction, made to keep its remarks to itself where no program asks for a log."""
    from trafilatura import extract

    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    return extract


def _make_plain(post: HtmlElement) -> None:
    """An embedded post as plain paragraphs, which the extraction keeps: its words, then its author and day."""
    from lxml import html

    lines = read_paragraphs(post)
    tail = post.tail
    post.clear()
    post.tag, post.tail = "div", tail
    for line in lines:
        paragraph = html.Element("p")
        paragraph.text = line
        post.append(paragraph)


def _repeats(title: str, first: str) -> bool:
    """Whether the first paragraph is or begins with the title; or is all of it but what the page adds at its end."""
    title, first = _bare(title), _bare(first)
    return first.startswith(title) or (len(first) >= _SHORTEST_TITLE and title.startswith(first))


def _bare(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The meta tags by name, in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if name and tag.get("content"):
            found.setdefault(name.strip().lower(), tag.get("content"))
    return found


def _first(meta: dict[str, str], *names: str) -> str | None:
    return next((words for words in (read_words(meta.get(name)) for name in names) if words), None)


def _news(tree: HtmlElement) -> dict[str, Any]:
    """The JSON-LD object that describes the article; empty where there is none."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or len(script.text or "") > _SCRIPT_CHARACTERS:
            continue
        try:
            value = json.loads(script.text or "")
        except (ValueError, RecursionError):  # broken JSON-LD is common; the meta tags say the same
            continue
        for item in _objects(value):
            kinds = item.get("@type")
            if any(isinstance(kind, str) and _NEWS_TYPES.search(kind) for kind in _listed(kinds)):
                return item
    return {}


def _objects(value: object) -> Iterator[dict[str, Any]]:
    """The objects at the top of a JSON-LD script, in its list or in its @graph."""
    for item in _listed(value):
        if isinstance(item, dict):
            yield item
            yield from (inner for inner in _listed(item.get("@graph")) if isinstance(inner, dict))


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _name(value: object) -> str | None:
    """The name or names of JSON-LD persons or organisations."""
    names = [item.get("name") if isinstance(item, dict) else item for item in _listed(value)]
    return read_words([name for name in names if isinstance(name, str)])


def _published(tree: HtmlElement, meta: dict[str, str], news: dict[str, Any]) -> str | None:
    """The declared day of publication. Of several, the first that can be read; else the first, to be flagged."""
    told = [read_words(news.get("datePublished")), *(read_words(meta.get(name)) for name in _PUBLISHED)]
    marked = tree.xpath("//*[@itemprop='datePublished' or (self::time and (@pubdate or contains(@class, 'publish')))]")
    told += [read_words(tag.get("datetime") or tag.get("content")) for tag in marked]
    told += [_agreed(tree.xpath("//article//time[@datetime]")), _agreed(tree.xpath("//time[@datetime]"))]
    dates = [words for words in told if words]
    return next((words for words in dates if read_published(words)), dates[0] if dates else None)


def _agreed(tags: Iterable[HtmlElement]) -> str | None:
    """The day that all time tags name; None where they differ, as the dates of comments and other articles do."""
    told = [words for words in (read_words(tag.get("datetime")) for tag in tags) if words]
    days = {read_published(words) for words in told}
    return told[0] if len(days) == 1 else None


def _address(tree: HtmlElement, meta: dict[str, str]) -> str | None:
    linked = [read_words(link.get("href")) for link in tree.xpath("//link[@rel='canonical']")]
    told = [*linked, read_words(meta.get("og:url"))]
    return next((words for words in told if words and words.startswith(("http://", "https://"))), None)


def _without_outlet(title: str | None, outlet: str | None) -> str | None:
    """The title without the outlet's name that is set off at its end; "Berg talks to Varland Herald" keeps it."""
    if title and outlet and title.casefold().endswith(outlet.casefold()):
        before = title[: -len(outlet)].rstrip()
        if before.endswith(_SET_OFF):
            return before.rstrip("".join(_SET_OFF) + " ") or None
    return title
