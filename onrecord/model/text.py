"""Texts, the spans in them, and the articles that publish them."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass

from onrecord.errors import SpanError
from onrecord.model.when import When

_SHORT = 24  # code points; of shorter strings nine in ten are told before, of longer ones under half


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text: Unicode code points, half open, with the words that stand there.

    Made by ``Text.span``, which is what keeps the offset law: ``exact == body[start:end]``.
    """

    start: int
    end: int
    exact: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.exact) != self.end - self.start:
            raise SpanError(f"a span of {self.start} to {self.end} cannot hold {self.exact[:40]!r}")

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies inside this span (or is the same)."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point."""
        return max(self.start, other.start) < min(self.end, other.end)


def shared(words: str) -> str:
    """The words, short ones as one string however often they are told: names stand at many places."""
    return sys.intern(words) if len(words) <= _SHORT else words


@dataclass(frozen=True, slots=True)
class Text:
    """The body we read. Immutable; its id hashes it, so a changed cleaning makes a new text (text law)."""

    body: str
    id: str

    @classmethod
    def of(cls, body: str) -> Text:
        """The text with this body.

        >>> Text.of("Peskov said no.").span(0, 6).exact
        'Peskov'
        """
        # Lone surrogates cannot be encoded as UTF-8; "surrogatepass" keeps the id defined for any body.
        return cls(body, hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:20])

    def span(self, start: int, end: int) -> Span:
        """The span from ``start`` to ``end``.

        Raises SpanError where the place is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.body):
            raise SpanError(f"text {self.id} has {len(self.body)} code points; {start} to {end} is no place in it")
        return Span(start, end, shared(self.body[start:end]))

    def holds(self, span: Span) -> bool:
        """Whether the span's words stand at its place in this text."""
        return self.body[span.start : span.end] == span.exact


@dataclass(frozen=True, slots=True)
class Article:
    """One publication of one text by one outlet; what depends on the article and not on its words.

    ``None`` means that neither the file nor its metadata says so. ``flags`` names what was found in the raw bytes
    that a reader should know of: ``lone-surrogate``, ``nul``, ``bidi-control``, ``undecodable``.
    """

    id: str
    text: str  # id of the Text
    raw: str  # SHA-256 of the bytes as they came
    file: str  # name of the input file, relative to the input
    locator: str | None  # the place inside a file of several articles: "line 3", "entry urn:..."
    format: str  # "text", "html", "jsonl", "feed"
    decoding: str  # "utf-8 (bom)", "windows-1251 (declared)", "utf-8", "koi8-r (detected)"
    outlet: str | None = None
    title: str | None = None
    published: When | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    flags: tuple[str, ...] = ()
