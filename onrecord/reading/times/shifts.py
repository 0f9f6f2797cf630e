"""So many units from an anchor: what "last", "two weeks" and "the following" come to."""

from __future__ import annotations

from onrecord.reading.times.draft import Anchor, Direction, Draft, Unit
from onrecord.reading.times.words import number_of

OPEN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
}


def shifted(unit: Unit, shift: int, anchor: Anchor = "published", mod: str | None = None) -> Draft:
    """A date so many units from its anchor."""
    return Draft("DATE", OPEN[unit], mod, anchor=anchor, unit=unit, shift=shift, direction=way_of(shift))


def way_of(shift: int) -> Direction | None:
    """Which way a shift looks."""
    return "past" if shift < 0 else "future" if shift > 0 else None


def shift_of(which: str) -> tuple[int, Anchor]:
    """How many units away, and from what: "last" from publication, "the previous" from the text."""
    word = which.lower().removeprefix("the ").strip()
    shift = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}.get(
        word, 0
    )
    from_text = word in ("previous", "preceding", "following", "same", "that", "that same")
    return shift, "text" if from_text or which.lower() == "the next" else "published"


def count_of(words: str) -> int | None:
    """What number words count; None for "several"."""
    number = number_of(words)
    return int(number) if number.isdigit() else None


def unit_of(word: str) -> Unit | None:
    """A unit of the calendar; None for hours and smaller."""
    low = word.lower()
    return low if low in OPEN else None  # type: ignore[return-value]


def weeks_as_days(unit: Unit, count: int) -> tuple[Unit, int]:
    """ "Two weeks later" names a day, not a week."""
    return ("day", 7 * count) if unit == "week" else (unit, count)
