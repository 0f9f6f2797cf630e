"""Days reckoned from another: on Friday, yesterday, the day after tomorrow, ten minutes later."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.reading.times.draft import Anchor, Direction, Draft, Rule, Unit, outside, rules_of
from onrecord.reading.times.shifts import count_of, shifted, unit_of, way_of, weeks_as_days
from onrecord.reading.times.words import number_of, values, weekday_of

_TITLES = re.compile(
    r" (?:Times|Night|Mail|Telegraph|Express|Herald|Street|Square|Bridge|Group|Circle|Club|Market|Accords?)\b"
)
_NAMED_DAYS = re.compile(r"\b(?:Black|Good|Bloody|Easter|Palm|Ash|Super|Cyber|Holy|Shrove|Maundy) $")


@cache
def day_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence."""
    patterns = (
        ("from-now", r"(?#clue from )\b(?P<n>{NUMBER}) (?P<u>{UNIT})s? from (?i:now|today)\b", from_now),
        (
            "before-last",
            r"(?#clue before last|after next)\b(?i:the) (?P<u>"
            r"(?i:day|week|month|year|weekend)) (?P<way>(?i:before last|after next))\b",
            _before_last,
        ),
        (
            "day-of-week-after",
            r"(?#clue  week)\b(?P<w>{WEEKDAY}) of (?P<which>(?i:next|last|this)) (?i:week)\b",
            _of_week,
        ),
        (
            "day-before-yesterday",
            r"(?#clue yesterday|tomorrow)\b(?P<d>(?i:the day before yesterday|the day after tomorrow))\b",
            _far_day,
        ),
        (
            "day-word",
            r"(?#clue yesterday|today|tomorrow|tonight)\b(?:(?i:earlier|later|late|early) )?"
            r"(?P<d>(?i:yesterday|today|tomorrow|tonight))(?: (?:in the )?(?P<p>{PART}))?\b",
            _day_word,
        ),
        (
            "clock-later",
            r"(?#clue hour|minute)\b(?:(?P<n>{NUMBER}|(?i:an)) (?P<u>(?i:hour|minute))s?|(?P<part>(?i:half an|a "
            r"quarter of an|three quarters of an)) (?i:hour)) (?P<way>(?i:later|earlier|afterwards|after that|"
            r"before that)\b(?! than)|(?i:before)(?=\s*[.,;:)]|\s*$))",
            _clock_later,
        ),
        ("this-part", r"(?#clue this )\b(?i:this) (?P<p>{PART})\b", _this_part),
        (
            "weekday-pair",
            r"(?#clue day)\b(?:(?P<which>(?i:last|next|this)) )?(?P<w>{WEEKDAY})(?: and | ?[-–] ?)(?P<w2>{WEEKDAY})\b"
            r"(?! [A-Z]| (?:morning|night|evening|afternoon))(?P<p>)(?P<s>)",
            _weekday_pair,
        ),
        (
            "weekday-short",
            r"(?#clue mon,|mon -|tue,|tue -|tues,|wed,|wed -|thu,|thu -|thurs,|fri,|fri -)"
            r"(?<=[a-z,] )(?P<w>Mon|Tues?|Wed|Thurs?|Thu|Fri)\b(?=,| -)(?P<which>)(?P<p>)(?P<s>)",
            _weekday,
        ),
        (
            "weekday",
            r"(?#clue day)\b(?:(?P<which>(?i:last|next|this(?: past| coming)?|the "
            r"past|past|the coming|the following|the previous|the next)) )?"
            r"(?P<w>{WEEKDAY})(?: (?:in the )?(?P<p>{PART}))?(?P<s>s?)\b(?! Agreement)",
            _weekday,
        ),
    )
    return rules_of(patterns)


def _far_day(match: re.Match[str]) -> Draft:
    return shifted("day", -2 if "yesterday" in match["d"].lower() else 2)


def _day_word(match: re.Match[str]) -> Draft:
    word = match["d"].lower()
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[word]
    part = "NI" if word == "tonight" else values("part")[match["p"].lower()] if match["p"] else None
    if part:
        return Draft("TIME", f"XXXX-XX-XXT{part}", anchor="published", unit="day", shift=shift, direction=way_of(shift))
    return shifted("day", shift)


def _this_part(match: re.Match[str]) -> Draft:
    part = values("part")[match["p"].lower()]
    return Draft("TIME", f"XXXX-XX-XXT{part}", anchor="published", unit="day", shift=0)


def _weekday(match: re.Match[str]) -> Draft | None:
    before, after = outside(match)
    number = weekday_of(match["w"])
    if _NAMED_DAYS.search(before) or _TITLES.match(after):
        return None
    if (
        re.search(r"(?i)\b(?:the|named|called|among them) $", before)
        and not match["which"]
        and re.match(r" [A-Z]", after)
    ):
        return None  # "the Tuesday Circle"
    if match["s"]:
        return Draft("SET", f"XXXX-WXX-{number}", weekday=number)
    which = (match["which"] or "").lower()
    anchor: Anchor = "text" if which in ("the following", "the previous", "the next") else "published"
    past = which in ("last", "this past", "the past", "past", "the previous")
    future = which in ("next", "this coming", "the coming", "the following", "the next")
    direction: Direction | None = "past" if past else "future" if future else None
    value = f"XXXX-WXX-{number}" + (f"T{values('part')[match['p'].lower()]}" if match["p"] else "")
    return Draft(
        "TIME" if match["p"] else "DATE",
        value,
        anchor=anchor,
        weekday=number,
        direction=direction,
        tensed=direction is None,
        unit="week" if which == "this" else None,
        shift={"this": 0, "last": -1, "this past": -1, "next": 1}.get(which),
    )


def _weekday_pair(match: re.Match[str]) -> Draft | None:
    """ "on Thursday and Friday": two days that follow each other are one stretch; "Tuesday and Friday" are two."""
    first, last = weekday_of(match["w"]), weekday_of(match["w2"])
    assert first and last
    if (last - first) % 7 != 1 and " and " in match[0]:
        return None
    one = _weekday(match)
    return replace(one, value=f"XXXX-WXX-{first}/XXXX-WXX-{last}") if one else None


def _clock_later(match: re.Match[str]) -> Draft | None:
    """So long after a time of day, still as a length: what stands before gives the time."""
    back = "-" if "earlier" in match["way"].lower() or "before" in match["way"].lower() else ""
    if part := (match["part"] or "").lower():
        minutes = 30 if part.startswith("half") else 15 if part.startswith("a ") else 45
        return Draft("TIME", f"{back}PT{minutes}M")
    number = number_of("a" if match["n"].lower() == "an" else match["n"])
    if not number.isdigit():
        return None
    return Draft("TIME", f"{back}PT{number}{match['u'][0].upper()}")


def from_now(match: re.Match[str]) -> Draft | None:
    """ "two weeks from now", "in two weeks' time"."""
    count, unit = count_of(match["n"]), unit_of(match["u"])
    if count is None or unit is None:
        return Draft("DATE", "FUTURE_REF", anchor="published", direction="future")
    return shifted(*weeks_as_days(unit, count))


def _before_last(match: re.Match[str]) -> Draft:
    shift = -2 if "last" in match["way"].lower() else 2
    if match["u"].lower() == "weekend":
        return Draft("DATE", "XXXX-WXX-WE", anchor="published", unit="week", shift=shift, direction=way_of(shift))
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    return shifted(unit, shift)


def _of_week(match: re.Match[str]) -> Draft:
    """ "Wednesday of next week": so many days from its Monday."""
    number = weekday_of(match["w"])
    shift = {"next": 1, "last": -1, "this": 0}[match["which"].lower()]
    return Draft(
        "DATE",
        f"XXXX-WXX-{number}",
        anchor="published",
        weekday=number,
        unit="week",
        shift=shift,
        direction=way_of(shift),
    )
