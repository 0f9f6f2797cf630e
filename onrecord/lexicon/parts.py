"""What "early", "mid" and "late" mean in days: the parts of months and years as approximate dates."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

MODS = {
    "early": "START", "beginning": "START", "start": "START",
    "mid": "MID", "middle": "MID",
    "late": "END", "end": "END",
}  # fmt: skip
"""Words and the TIMEX3 modifier they stand for."""


@dataclass(frozen=True, slots=True)
class Part:
    """An EDTF value and the days it may mean."""

    edtf: str
    limits: tuple[date, date]


def part_of_month(year: int, month: int, mod: str) -> Part:
    """A third of a month: days 1 to 10, 11 to 20, 21 to the last, written as its fifth, fifteenth, 25th day or so.

    >>> part_of_month(2021, 12, "MID").edtf
    '2021-12-15~'
    """
    last = monthrange(year, month)[1]
    middle, first, end = {"START": (5, 1, 10), "MID": (15, 11, 20), "END": (25, 21, last)}[mod]
    return Part(f"{year:04}-{month:02}-{middle:02}~", (date(year, month, first), date(year, month, end)))


def part_of_year(year: int, mod: str, *, at_edge: bool) -> Part:
    """A part of a year. Its edges ("the beginning of 2021", "the end of 2021") are the first and the last month;
    "early" and "late" the first and last quarter or so, "mid-2021" June to August.

    >>> part_of_year(2021, "END", at_edge=True).edtf
    '2021-12'
    >>> part_of_year(2021, "END", at_edge=False).edtf
    '2021-11~'
    """
    if mod == "MID":
        return Part(f"{year:04}-07~", (date(year, 6, 1), date(year, 8, 31)))
    if mod == "END":
        if at_edge:
            return Part(f"{year:04}-12", (date(year, 12, 1), date(year, 12, 31)))
        return Part(f"{year:04}-11~", (date(year, 10, 1), date(year, 12, 31)))
    if at_edge:
        return Part(f"{year:04}-01~", (date(year, 1, 1), date(year, 1, 31)))
    return Part(f"{year:04}-02~", (date(year, 1, 1), date(year, 3, 31)))
