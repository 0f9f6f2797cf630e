"""An article's text cut into paragraphs and pieces, so that evidence can be marked and noise dimmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model import RecordText

# A paragraph is a line with its line ends; leading line ends are a paragraph of their own.
_LINE = re.compile(r"[^\r\n]+[\r\n]*|[\r\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text that the page links to. ``main``: the words that say an entry; else what dates or names it."""

    start: int
    end: int
    main: bool
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text over which nothing changes: neither noise nor the marks that cover it."""

    start: int
    end: int
    words: str
    noise: bool
    starts: tuple[Mark, ...]  # marks that begin here, each an address of its own
    marks: tuple[Mark, ...]

    @property
    def main(self) -> bool:
        """Whether these words say an entry."""
        return any(mark.main for mark in self.marks)

    @property
    def entries(self) -> str:
        """Ids of the entries on these words, in the order of the record."""
        return " ".join(dict.fromkeys(entry for mark in self.marks for entry in mark.entries))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a text; its pieces joined are the line with its line ends."""

    pieces: tuple[Piece, ...]

    @property
    def noise(self) -> bool:
        """Whether nothing but noise stands here."""
        return all(piece.noise for piece in self.pieces if piece.words.strip())


def cut_article(text: RecordText, marks: Iterable[Mark]) -> tuple[Paragraph, ...]:
    """The paragraphs of a text. Marks that overlap are cut where either begins or ends; offsets count on the body.

    >>> text = RecordText("t1", "a.txt", None, None, None, None, "Ek said no.", ())
    >>> [p.words for p in cut_article(text, [Mark(0, 7, True), Mark(3, 10, True)])[0].pieces]
    ['Ek ', 'said', ' no', '.']
    """
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end, not mark.main))
    lines = [found.span() for found in _LINE.finditer(text.body)]
    edges = {edge for line in lines for edge in line}
    edges.update(edge for mark in ordered for edge in (mark.start, mark.end))
    edges.update(edge for span in text.noise for edge in span)
    pieces = _cut(text, ordered, sorted(edge for edge in edges if 0 <= edge <= len(text.body)))
    paragraphs, at = [], 0
    for _, end in lines:
        last = at
        while last < len(pieces) and pieces[last].end <= end:
            last += 1
        paragraphs.append(Paragraph(tuple(pieces[at:last])))
        at = last
    return tuple(paragraphs)


def _cut(text: RecordText, marks: list[Mark], edges: list[int]) -> list[Piece]:
    pieces = []
    active: list[Mark] = []
    next_mark = next_noise = 0
    for start, end in pairwise(edges):
        active = [mark for mark in active if mark.end > start]
        first = next_mark
        while next_mark < len(marks) and marks[next_mark].start == start:
            next_mark += 1
        active += marks[first:next_mark]
        while next_noise < len(text.noise) and text.noise[next_noise][1] <= start:
            next_noise += 1
        noise = next_noise < len(text.noise) and text.noise[next_noise][0] <= start
        pieces.append(Piece(start, end, text.body[start:end], noise, tuple(marks[first:next_mark]), tuple(active)))
    return pieces
