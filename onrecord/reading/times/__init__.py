"""Time expressions: a grammar of dates, relative times, durations and sets, read from the words alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import ClassVar

from onrecord.model import Annotation, Span, Text, Timex
from onrecord.model.when import limits
from onrecord.reading.page import Page, Reading
from onrecord.reading.times.clocks import clock_rules
from onrecord.reading.times.dates import date_rules
from onrecord.reading.times.draft import Draft, Rule
from onrecord.reading.times.lengths import length_rules, set_rules
from onrecord.reading.times.relative import relative_rules, vague_rules
from onrecord.reading.times.tense import direction_of
from onrecord.reading.times.words import may_hold_time

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
        return Reading(tuple(sorted(found, key=lambda timex: timex.span.start)), unread)


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the grammar, in order of precedence."""
    return (*set_rules(), *clock_rules(), *date_rules(), *relative_rules(), *length_rules(), *vague_rules())


def _read_sentence(text: Text, sentence: Span) -> list[Timex]:
    words = text.body[sentence.start : sentence.end]
    if not may_hold_time().search(words):
        return []
    low = words.lower()
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
        for start, end, draft in _matches(rule, text.body, sentence):
            place = slice(start - sentence.start, end - sentence.start)
            if any(taken[place]):
                continue
            taken[place] = b"\x01" * (end - start)
            found.append(_timex(text, sentence, (start, end), draft, rule.name))
    return found


def _matches(rule: Rule, body: str, sentence: Span) -> list[tuple[int, int, Draft]]:
    found = []
    for match in rule.pattern.finditer(body, sentence.start, sentence.end):
        draft = rule.build(match)
        if draft:
            start = match.start() if draft.start is None else draft.start
            end = match.end() if draft.end is None else draft.end
            found.append((start, end, draft))
    return found


# No preposition or comma before a weekday.
_BARE = re.compile(r"(?<!\bon)(?<!\bby)(?<!\bto)(?<!\bfor)(?<!\buntil)(?<!\btill)(?<!\bfrom)(?<!,)[ \u00a0]\Z")


_RULING = re.compile(r"['’]s ")
_COMING = re.compile(r"\b(?:of|before|until|till|for|next) $")
# "to look again in two years", "her papers run out in two weeks"; "and in a month he will be back".
_AHEAD = re.compile(
    r"(?:\bto [a-z]+(?: [a-z]+){0,2}|\b(?:[a-z]+s|run|fall|go|come) (?:out |up |off |due |again )?)\s*in\s$"
)
_WILL = re.compile(r"['’]?s? ?(?:\w+ ){1,3}(?:will|shall|would|['’]ll)\b")


def _as_length(words: str, draft: Draft) -> Draft:
    count, unit = draft.shift or 1, draft.unit or "day"
    if unit == "day" and "week" in words.lower():
        count, unit = count // 7, "week"
    return Draft("DURATION", f"P{count}{unit[0].upper()}")


def _timex(text: Text, sentence: Span, place: tuple[int, int], draft: Draft, rule: str) -> Timex:
    if draft.tensed:
        direction = direction_of(text.body, (sentence.start, sentence.end), place)
        if (
            draft.weekday
            and _RULING.match(text.body[place[1] : place[1] + 3])
            and not _COMING.search(text.body[max(0, place[0] - 12) : place[0]])
        ):
            direction = "past"  # "after Thursday's ruling", but "ahead of Thursday's vote"
        if direction is None and draft.weekday and _BARE.search(text.body[sentence.start : place[0]]):
            direction = "past"  # "could not be found Wednesday": news tells what was
        draft = replace(draft, direction=direction)
        ahead = _AHEAD.search(text.body[sentence.start : place[0]]) or _WILL.match(text.body[place[1] : sentence.end])
        if rule == "ahead" and direction != "future" and not ahead:
            draft = _as_length(text.body[slice(*place)], draft)  # "in two weeks they had agreed"
    elif (
        draft.edtf and draft.type == "DATE"
    ):  # whether a day printed whole is told as past, for what it says of the article
        draft = replace(draft, direction=direction_of(text.body, (sentence.start, sentence.end), place))
    earliest, latest = draft.limits or (limits(draft.edtf) if draft.edtf else (None, None))
    return Timex(
        text=text.id,
        span=text.span(*place),
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
