"""What a rule of the time grammar makes of its match."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.reading.times.words import clue_of, compile_pattern

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Unit = Literal["day", "week", "month", "quarter", "year", "decade"]
Direction = Literal["past", "future"]
Anchor = Literal["none", "published", "text"]


@dataclass(frozen=True, slots=True)
class Draft:
    """The value fields of a Timex. ``tensed`` asks for the direction that the sentence's tense gives.

    ``start`` and ``end`` are code points in the body where the expression is not the whole match.
    """

    type: Type
    value: str
    mod: str | None = None
    edtf: str | None = None
    limits: tuple[date, date] | None = None  # where they are not those of edtf
    anchor: Anchor = "none"
    direction: Direction | None = None
    tensed: bool = False
    weekday: int | None = None
    unit: Unit | None = None
    shift: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a pattern, and what its match is worth; ``build`` gives None where it is no time after all.

    One word of ``clue``, lower case, stands in every sentence in which the pattern matches; "#" is a digit.
    """

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str]], Draft | None]
    clue: tuple[str, ...] | None = None


def rules_of(patterns: Iterable[tuple[str, str, Callable[[re.Match[str]], Draft | None]]]) -> tuple[Rule, ...]:
    """The rules of (name, pattern, build), each with the clue of its pattern."""
    return tuple(Rule(name, compile_pattern(pattern), build, clue_of(pattern)) for name, pattern, build in patterns)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day; a year of 4 stands for any year.

    >>> is_day(2022, 2, 29), is_day(4, 2, 29)
    (False, True)
    """
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def outside(match: re.Match[str]) -> tuple[str, str]:
    """Up to 24 characters before and after the match."""
    return match.string[max(0, match.start() - 24) : match.start()], match.string[match.end() : match.end() + 24]
