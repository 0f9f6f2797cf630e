"""RSS and Atom: one article an entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from onrecord.errors import InputError, NotAnArticle
from onrecord.intake.decoding import Decoded, decode_bytes
from onrecord.intake.drafts import Draft, Unread
from onrecord.intake.html import join_body
from onrecord.intake.limits import FILE_BYTES, refuse_entities, refuse_markup
from onrecord.intake.markup import read_fragment
from onrecord.intake.metadata import Metadata, make_storable, read_words

_ENDINGS = (".rss", ".atom", ".rdf", ".xml")
_ROOT = re.compile(r"<(?:[\w.-]{1,40}:)?(rss|feed|RDF)\b")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""")
_HEAD = 4096


class Feed:
    """Reads RSS 0.9 to 2.0 and Atom."""

    format = "feed"
    file_limit = FILE_BYTES

    def claims(self, name: str, head: bytes) -> bool:
        """Whether the name ends as a feed's does, or the file is XML with a feed's root."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        return name.endswith(_ENDINGS) or (start.startswith(b"<") and bool(_ROOT.search(head.decode("latin-1"))))

    def read(self, raw: bytes) -> Iterator[Draft | Unread]:
        """The entries, in the order of the feed. Raises NotAnArticle where there are none, Hostile for a bomb."""
        declared = _DECLARED.search(raw[:_HEAD])
        decoded = decode_bytes(raw, declared[1].decode("ascii") if declared else None)
        if not _ROOT.search(decoded.text[:_HEAD]):
            raise NotAnArticle("is XML, but neither RSS nor Atom; give a feed, or the article as HTML or text")
        refuse_entities(decoded.text)
        refuse_markup(decoded.text, xml=True)
        feed = _parse(decoded)
        if not feed.entries:
            problem = f" (it breaks off: {feed.bozo_exception})" if feed.bozo else ""
            raise NotAnArticle(f"is a feed without items{problem}; save it again when it has some")
        for number, entry in enumerate(feed.entries, start=1):
            yield _read_entry(entry, number, feed, decoded)


def _parse(decoded: Decoded) -> Any:
    """The feed as feedparser reads it. It is given a file of bytes: a string that is an address would be fetched."""
    import feedparser

    words = make_storable(_DECLARATION.sub("", decoded.text, count=1))
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        # Its cleaning of HTML takes long on much markup, and ours follows.
        return feedparser.parse(
            BytesIO(words.encode("utf-8")),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:  # its loose parser, on odd markup
        raise NotAnArticle(
            f"is a feed that cannot be parsed ({type(error).__name__}: {error}); save it again"
        ) from error


def _read_entry(entry: Any, number: int, feed: Any, decoded: Decoded) -> Draft | Unread:
    locator = f"entry {read_words(entry.get('id') or entry.get('link')) or number}"
    contents = sorted(entry.get("content", ()), key=lambda content: -len(content.get("value") or ""))
    try:
        title = read_words(" ".join(_read_part(entry.get("title_detail"), feed.version)))
        parts = (_read_part(part, feed.version) for part in (*contents[:1], entry.get("summary_detail")))
        paragraphs = next(filter(None, parts), None)
    except InputError as error:
        return Unread(locator, str(error))
    if not paragraphs:
        broken = f" (the feed is broken: {feed.bozo_exception})" if feed.bozo else ""
        return Unread(locator, f"has no text, only a headline or a link{broken}; give the article itself")
    return Draft(
        join_body(title, paragraphs),
        "feed",
        decoded.decoding,
        Metadata(
            outlet=read_words((entry.get("source") or {}).get("title")) or read_words(feed.feed.get("title")),
            published=_published(entry, feed.version),
            url=_address(entry),
            title=title,
            author=read_words(entry.get("author")),
            language=read_words(entry.get("language")),
        ),
        ("published", "url", "title", "author"),
        locator,
        decoded.flags + (("nul",) if "\0" in decoded.text else ()),
    )


def _read_part(part: Any, version: str) -> tuple[str, ...]:
    """The paragraphs of a title, summary or content. Only Atom's word that it is plain text can be believed."""
    value = (part or {}).get("value") or ""
    if version.startswith("atom") and part.get("type") == "text/plain":
        return tuple(" ".join(line.split()) for line in value.splitlines() if line.strip())
    return read_fragment(value)


def _published(entry: Any, version: str) -> str | None:
    """When the entry was published: not Atom's date of the last change, but the `dc:date` that RSS has for it."""
    # dict.get: feedparser's own lookup answers one of the two for the other.
    words = dict.get(entry, "published") or (dict.get(entry, "updated") if version.startswith("rss") else None)
    return read_words(words)


def _address(entry: Any) -> str | None:
    words = read_words(entry.get("link"))
    return words if words and words.startswith(("http://", "https://")) else None
