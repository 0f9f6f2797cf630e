"""Dates as the record holds them: an EDTF value, its limits, the words it rests on and the rule that gave it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from onrecord.errors import WhenError

Rule = Literal["printed", "completed", "relative", "metadata", "bound", "unresolved"]

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?")


@dataclass(frozen=True, slots=True)
class When:
    """A date and what it rests on (RECORD.md, "when"). ``edtf`` is None exactly when the rule is ``unresolved``."""

    edtf: str | None
    earliest: date | None
    latest: date | None
    stated: str | None
    rule: Rule

    def __post_init__(self) -> None:
        if (self.edtf is None) != (self.rule == "unresolved"):
            raise WhenError(f"rule {self.rule!r} does not go with the value {self.edtf!r}")
        if self.edtf is None and (self.earliest or self.latest):
            raise WhenError("a date without a value has no limits")

    @classmethod
    def of(cls, edtf: str, stated: str | None, rule: Rule) -> When:
        """The date with this EDTF value; its limits are those of the value.

        >>> When.of("2022-01", None, "metadata").latest
        datetime.date(2022, 1, 31)
        """
        earliest, latest = limits(edtf)
        return cls(edtf, earliest, latest, stated, rule)

    @classmethod
    def unresolved(cls, stated: str) -> When:
        """Date words without a value."""
        return cls(None, None, None, stated, "unresolved")


def limits(edtf: str) -> tuple[date | None, date | None]:
    """First and last possible day of an EDTF date or interval; None for an open end.

    Raises WhenError where the value is not EDTF of the kind the record uses.

    >>> limits("../2022-01-26")
    (None, datetime.date(2022, 1, 26))
    """
    start, slash, end = edtf.partition("/")
    first, last = _days(start, edtf), _days(end if slash else start, edtf)
    if first is None and last is None:
        raise WhenError(f"{edtf!r} has no limit on either side")
    if first and last and first[0] > last[1]:
        raise WhenError(f"{edtf!r} ends before it starts")
    return first[0] if first else None, last[1] if last else None


def _days(part: str, edtf: str) -> tuple[date, date] | None:
    if part in ("", ".."):
        return None
    found = _PART.fullmatch(part)
    if not found:
        raise WhenError(f"{edtf!r} is no EDTF date the record can hold; use YYYY, YYYY-MM, YYYY-MM-DD or an interval")
    year, month, day = (int(value) if value else None for value in found.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            following = date(year + month // 12, month % 12 + 1, 1) if (year, month) < (9999, 12) else date.max
            return date(year, month, 1), following - timedelta(days=1) if following != date.max else date.max
        return date(year, month, day), date(year, month, day)
    except ValueError as error:
        raise WhenError(f"{edtf!r} is not in the calendar") from error
