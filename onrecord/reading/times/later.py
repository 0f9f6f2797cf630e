"""Times of day reckoned from one told before: "ten minutes later", "half an hour before"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.model import Timex

LATER = "clock-later"
"""The rule whose values are lengths still, signed: "PT14H", "-PT30M"."""

_LENGTH = re.compile(r"(-?)PT(?:(\d+)H)?(?:(\d+)M)?")
_CLOCK = re.compile(r"T(\d\d):(\d\d)(\S*)")
_DAY = 24 * 60
_CLOSE = 100  # characters between two times of day in one zone


def reckon_clocks(body: str, times: Sequence[Timex]) -> Iterator[Timex]:
    """The expressions in their order, those that tell so long after a time of day as the time that this makes.

    The time of day is the one told last, in the same line; where there is none, they are a length. Their day is that of
    the time they are reckoned from, so many days on as midnights lie between.
    """
    last: Timex | None = None
    for timex in times:
        if timex.rule == LATER:
            near = last is not None and "\n" not in body[last.span.end : timex.span.start]
            timex = _reckoned(timex, last.value) if near and last else _as_length(timex)
        if timex.type == "TIME" and (told := _CLOCK.search(timex.value)):
            if timex.rule == "clock" and not told[3] and last and _is_beside(body, last, timex):
                timex = replace(timex, value=timex.value + _zone(last))  # "at 07:52 Moscow time ...; at 07:53 ..."
            last = timex
        yield timex


def _is_beside(body: str, one: Timex, other: Timex) -> bool:
    if any(letter.isalpha() for letter in other.span.exact):  # "9:30 GMT and again at 3 p.m."
        return False
    between = body[one.span.end : other.span.start]
    return len(between) < _CLOSE and "\n" not in between


def _zone(timex: Timex) -> str:
    told = _CLOCK.search(timex.value)
    return told[3] if told else ""


def _reckoned(timex: Timex, clock: str) -> Timex:
    told, length = _CLOCK.search(clock), _LENGTH.fullmatch(timex.value)
    assert told and length
    minutes = int(length[2] or 0) * 60 + int(length[3] or 0)
    total = int(told[1]) * 60 + int(told[2]) + (-minutes if length[1] else minutes)
    days, rest = divmod(total, _DAY)
    value = f"XXXX-XX-XXT{rest // 60:02}:{rest % 60:02}{told[3]}"
    return replace(timex, type="TIME", value=value, anchor="text", unit="day", shift=days)


def _as_length(timex: Timex) -> Timex:
    return replace(timex, type="DURATION", value=timex.value.removeprefix("-"))
