"""When statements were made: the time expression that governs each cue."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.model import Span, Statement, Timex
from onrecord.reading.governing import governing_time
from onrecord.reading.page import Page
from onrecord.reading.passage import Passage, find_passage

_NOW = frozenset(("says", "say", "believes", "believe", "wants", "want", "thinks", "think", "insists", "demands"))


def date_statements(page: Page, statements: Sequence[Statement]) -> Iterator[Statement]:
    """The statements, nested ones too, each with the time expression that says when it was made.

    A post keeps the day of its signature.
    """
    dater = _Dater(page)
    return (dater.dated(statement) for statement in statements)


class _Dater:
    """Dates the statements of one page; each sentence is cut into words once."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._starts = [sentence.start for sentence in page.sentences]
        self._times = [time.span.start for time in page.all(Timex)]
        self._passages: dict[int, Passage] = {}

    def dated(self, statement: Statement) -> Statement:
        inner = tuple(self.dated(one) for one in statement.inner)
        time = statement.time or self._time(statement)
        return replace(statement, inner=inner, time=time) if inner or time else statement

    def _time(self, statement: Statement) -> Span | None:
        if not statement.cue:
            return None
        number = bisect_right(self._starts, statement.cue[0].start) - 1
        sentence = self._page.sentences[number] if number >= 0 else None
        if sentence is None or not sentence.covers(statement.cue[-1]) or not self._has_times(sentence):
            return None
        if number not in self._passages:
            self._passages[number] = find_passage(self._page, sentence)
        passage = self._passages[number]
        cue = passage.words_of(statement.cue[0])[0], passage.words_of(statement.cue[-1])[1]
        told = [passage.words_of(piece) for piece in statement.content if piece.overlaps(sentence)]
        found = governing_time(passage, cue, told)
        return found.span if found and not self._is_only_about(passage, cue, found) else None

    def _is_only_about(self, passage: Passage, cue: tuple[int, int], time: Timex) -> bool:
        """ "For the quarter, Ekmark says": what is said now was said on a day only where the day stands beside it."""
        if passage.low(cue[0]) not in _NOW:
            return False
        low, high = passage.words_of(time.span)
        return max(cue[0] - high, low - cue[1]) > 2

    def _has_times(self, sentence: Span) -> bool:
        return bisect_right(self._times, sentence.end) > bisect_right(self._times, sentence.start - 1)
