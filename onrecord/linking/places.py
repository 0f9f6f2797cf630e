"""Things by where they stand in a text, so that a long text costs no more than its length."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from typing import Generic, TypeVar

from onrecord.model import Span

T = TypeVar("T")

SENTENCE_END = re.compile(r"[.!?…][”\"»’)]*\s+|\n+")
"""Where a sentence ends, for what looks at the words around a place."""


class Places(Generic[T]):
    """Things of one text, each with the span it stands at; answers which of them stand on given words.

    >>> from onrecord.model import Text
    >>> words = Text.of("Berg met Ek in Vessel")
    >>> places = Places([(words.span(0, 4), "Berg"), (words.span(9, 11), "Ek"), (words.span(15, 21), "Vessel")])
    >>> places.touching(2, 10)
    ('Berg', 'Ek')
    """

    def __init__(self, placed: Iterable[tuple[Span, T]]) -> None:
        self._placed = sorted(placed, key=lambda found: found[0].start)
        self._starts = [span.start for span, _ in self._placed]
        self._reach = list(accumulate((span.end for span, _ in self._placed), max))

    def touching(self, start: int, end: int) -> tuple[T, ...]:
        """What shares a code point with the words from ``start`` to ``end``, in the order of the text."""
        found: list[T] = []
        place = bisect_left(self._starts, end) - 1
        while place >= 0 and self._reach[place] > start:  # nothing before this place reaches so far
            span, thing = self._placed[place]
            if span.end > start:
                found.append(thing)
            place -= 1
        return tuple(reversed(found))
