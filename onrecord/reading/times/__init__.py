"""Time expressions: a grammar of dates, relative times, durations and sets, read from the words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar

from onrecord.model import Annotation, Span, Text, Timex
from onrecord.model.when import limits
from onrecord.reading.page import Page, Reading
from onrecord.reading.times.clocks import clock_rules
from onrecord.reading.times.dates import date_rules
from onrecord.reading.times.days import day_rules
from onrecord.reading.times.draft import Draft, Rule
from onrecord.reading.times.later import reckon_clocks
from onrecord.reading.times.lengths import length_rules, set_rules
from onrecord.reading.times.references import vague_rules
from onrecord.reading.times.relative import relative_rules
from onrecord.reading.times.seasons import season_rules
from onrecord.reading.times.tense import direction_of
from onrecord.reading.times.words import may_hold_time, months, weekdays
from onrecord.reading.times.years import year_rules

__all__ = ["Times", "all_rules"]

LONGEST_SENTENCE = 1_000_000  # characters; past this the words are no prose, and are left unread


class Times:
    """The stage that finds time expressions and reads them as far as their words go.

    A preposition is no part of the expression: "on [Monday, February 14]". What the words leave open stays open
    ("XXXX-02-14", "XXXX-WXX-5") for linking to anchor; ``direction`` is that of the sentence's tense. A day the
    calendar does not have ("31 February") is no date.
    """

    name: ClassVar[str] = "times"
    version: ClassVar[int] = 1
    needs: ClassVar[tuple[str, ...]] = ("roles",)
    makes: ClassVar[tuple[type[Annotation], ...]] = (Timex,)

    def read(self, page: Page) -> Reading:
        """The time expressions of the page, in the order of the text."""
        prose = [sentence for sentence in page.sentences if len(sentence) <= LONGEST_SENTENCE]
        found = [timex for sentence in prose for timex in _read_sentence(page.text, sentence)]
        unread = tuple((s, "too long to be a sentence") for s in page.sentences if len(s) > LONGEST_SENTENCE)
        ordered = sorted(found, key=lambda timex: timex.span.start)
        return Reading(tuple(reckon_clocks(page.text.body, ordered)), unread)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the grammar, in order of precedence."""
    return (
        *set_rules(),
        *clock_rules(),
        *date_rules(),
        *year_rules(),
        *day_rules(),
        *relative_rules(),
        *season_rules(),
        *length_rules(),
        *vague_rules(),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence as the patterns see it: ``start`` to ``end`` of ``body``, which begins ``shift`` into the text."""

    body: str
    start: int
    end: int
    shift: int = 0

    @property
    def words(self) -> str:
        return self.body[self.start : self.end]

    def before(self, place: int, reach: int) -> str:
        """So many characters before a place, none of the sentence before: a line may hold 10,000 dates."""
        return self.body[max(self.start, place - reach) : place]


def _line(text: Text, sentence: Span) -> _Line:
    """The sentence; one in capitals throughout as if it were written small: "0600 GMT ON TUESDAY"."""
    words = text.body[sentence.start : sentence.end]
    if len(words) > _SHORTEST_CRY and words.isupper() and len(words.lower()) == len(words):
        return _Line(_CAPITALS.sub(_calm, words), 0, len(words), sentence.start)
    return _Line(text.body, sentence.start, sentence.end)


def _calm(word: re.Match[str]) -> str:
    low = word[0].lower()
    return low.capitalize() if low in months() or low in weekdays() else low


def _read_sentence(text: Text, sentence: Span) -> list[Timex]:
    line = _line(text, sentence)
    if not may_hold_time().search(line.words):
        return []
    low = line.words.lower()
    digit = any(figure in low for figure in "0123456789")
    taken = bytearray(len(sentence))
    found = []
    held: dict[tuple[str, ...] | None, bool] = {None: True, ("#",): digit}
    for rule in all_rules():
        if rule.clue not in held:
            assert rule.clue is not None
            held[rule.clue] = any(word in low if word != "#" else digit for word in rule.clue)
        if not held[rule.clue]:
            continue
        for start, end, draft in _matches(rule, line):
            place = slice(start - line.start, end - line.start)
            if any(taken[place]):
                continue
            taken[place] = b"\x01" * (end - start)
            found.append(_timex(text, line, (start, end), draft, rule.name))
    return found


def _matches(rule: Rule, line: _Line) -> list[tuple[int, int, Draft]]:
    found = []
    for match in rule.pattern.finditer(line.body, line.start, line.end):
        draft = rule.build(match)
        if draft:
            start = match.start() if draft.start is None else draft.start
            end = match.end() if draft.end is None else draft.end
            found.append((start, end, draft))
    return found


# No preposition or comma before a weekday.
_BARE = re.compile(r"(?<!\bon)(?<!\bby)(?<!\bto)(?<!\bfor)(?<!\buntil)(?<!\btill)(?<!\bfrom)(?<!,)[ \u00a0]\Z")


_SHORTEST_CRY = 16  # characters
_CAPITALS = re.compile(r"[^\W\d_]+")
_RULING = re.compile(r"['’]s ")
_COMING = re.compile(r"\b(?:of|before|until|till|for|next) $")
# "to look again in two years", "her papers run out in two weeks"; "and in a month he will be back".
_AHEAD = re.compile(
    r"(?:\b(?:to|could|may|might) [a-z]+(?: [a-z]+){0,2}|"
    r"\b(?:[a-z]+s|run|fall|go|come) (?:out |up |off |due |again )?)\s*in\s$"
)
_WILL = re.compile(r"['’]?s?,? ?(?:\w+ ){0,3}(?:will|shall|would|may|might|could|['’]ll)\b")


def _as_length(words: str, draft: Draft) -> Draft:
    count, unit = draft.shift or 1, draft.unit or "day"
    if unit == "day" and "week" in words.lower():
        count, unit = count // 7, "week"
    return Draft("DURATION", f"P{count}{unit[0].upper()}")


def _timex(text: Text, line: _Line, place: tuple[int, int], draft: Draft, rule: str) -> Timex:
    if draft.tensed:
        direction = direction_of(line.body, (line.start, line.end), place)
        if (
            draft.weekday
            and _RULING.match(line.body[place[1] : place[1] + 3])
            and not _COMING.search(line.before(place[0], 12))
        ):
            direction = "past"  # "after Thursday's ruling", but "ahead of Thursday's vote"
        if direction is None and draft.weekday and _BARE.search(line.before(place[0], 12)):
            direction = "past"  # "could not be found Wednesday": news tells what was
        draft = replace(draft, direction=direction)
        ahead = _AHEAD.search(line.before(place[0], 80)) or _WILL.match(line.body, place[1], line.end)
        if rule == "ahead" and direction != "future" and not ahead:
            draft = _as_length(line.body[slice(*place)], draft)  # "in two weeks they had agreed"
    elif draft.edtf and draft.type == "DATE":  # told as past, a day printed whole says that the article came later
        draft = replace(draft, direction=direction_of(line.body, (line.start, line.end), place))
    earliest, latest = draft.limits or (limits(draft.edtf) if draft.edtf else (None, None))
    return Timex(
        text=text.id,
        span=text.span(place[0] + line.shift, place[1] + line.shift),
        type=draft.type,
        value=draft.value,
        mod=draft.mod,
        edtf=draft.edtf,
        earliest=earliest,
        latest=latest,
        anchor=draft.anchor,
        direction=draft.direction,
        weekday=draft.weekday,
        unit=draft.unit,
        shift=draft.shift,
        rule=rule,
    )
