"""The lines of a text and what can be seen from their shape."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

_LINE = re.compile(r"[^\r\n\u2028\u2029]++")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»″“)\]]{0,4}$")
_INITIALS_END = re.compile(r"(?:^|[\s(])(?:[A-Z]\.){2,6}$")  # "... sanctions by the U.S." is a headline all the same
_QUOTES = frozenset('“”„«»″"')
_NARROWEST = 45
_FEWEST_WRAPPED = 3
LONGEST = 3_000
"""A longer line is a paragraph whose words no rule about lines looks at."""


@dataclass(frozen=True)
class Line:
    """A line that is not blank, without the white space around it. ``number`` counts such lines from 0.

    ``continues`` is True where a text is broken at a fixed width and the line goes on with the sentence before.
    """

    number: int
    start: int
    words: str
    continues: bool = False

    @property
    def end(self) -> int:
        """Where the line ends in the text."""
        return self.start + len(self.words)

    @cached_property
    def count(self) -> int:
        """Number of words."""
        return len(self.words.split())

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_SENTENCE_END.search(self.words[-10:])) and not _INITIALS_END.search(self.words[-20:])

    @cached_property
    def is_headline_like(self) -> bool:
        """Whether it may be a headline: no sentence, or a question or exclamation."""
        return not self.ends_sentence or self.words.rstrip("\"'”’»″").endswith(("?", "!"))

    @cached_property
    def has_quote(self) -> bool:
        """Whether there is a quotation mark in it."""
        return not _QUOTES.isdisjoint(self.words)

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as a paragraph of an article."""
        return self.count >= 8 and (self.ends_sentence or self.count > 30 or self.words.endswith((":", ",", ";")))


def find_lines(body: str) -> tuple[Line, ...]:
    """The lines that are not blank, in order."""
    lines: list[Line] = []
    for found in _LINE.finditer(body):
        words = found[0].strip()
        if words:
            lines.append(Line(len(lines), found.start() + len(found[0]) - len(found[0].lstrip()), words))
    going_on = [line for before, line in pairwise(lines) if _goes_on(before, line, body)]
    if len(going_on) >= max(_FEWEST_WRAPPED, len(lines) // 5):
        for line in going_on:
            lines[line.number] = replace(line, continues=True)
    return tuple(lines)


def _goes_on(before: Line, line: Line, body: str) -> bool:
    """Whether the line may be the rest of a sentence that was broken at a fixed width."""
    return (
        line.words[0].islower()
        and not before.ends_sentence
        and len(before.words) >= _NARROWEST
        and line.start - before.end <= 8  # a line break and an indent
        and not body[before.end : line.start].count("\n") > 1
    )
