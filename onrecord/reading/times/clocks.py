"""Times of day: "at 10 a.m.", "16:00 GMT on 4 May", "noon on Tuesday", "that same evening"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from onrecord.reading.times.dates import day_rule
from onrecord.reading.times.draft import Anchor, Draft, Rule, outside, rules_of
from onrecord.reading.times.words import number_of, values, weekday_of

_CLOCK = (
    r"(?#clue #)(?<![\w.,:/$€£-])(?P<h>[01]?\d|2[0-3])(?P<m>[:.][0-5]\d)?(?: ?(?P<ap>(?i:a\.m\.|p\.m\.|am\b|pm\b)))?"
    r"(?:,? (?P<z>{ZONE}))?(?! ?[-:/%]\d|[\w])"
)
_FIGURES = r"(?#clue #)(?<![\w.,:/$€£-])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d) ?(?P<z>{ZONE}|hours)\b"
_WORD = r"(?#clue noon|midday|midnight)\b(?P<word>(?i:noon|midday|midnight))(?: (?P<z>{ZONE}))?\b"
_DAYS = (
    r"(?:(?P<w>{WEEKDAYS}),? )?(?P<d>{DAY})(?: of)? (?P<mo>{MONTHS}){OF_YEAR}",
    r"(?:(?P<w>{WEEKDAYS}),? )?(?P<mo>{MONTHS}) (?P<d>{DAY}){OF_YEAR}{NO_MORE}",
    r"(?P<word2>today|yesterday|tomorrow|tonight)\b",
    r"(?P<w>{WEEKDAYS})(?![\w-])",
)
# "half past ten that night", "a quarter past eleven this morning", "half past five on Thursday morning"
_HALF_OF_DAY = r"(?: (?:(?:on )?(?P<w>{WEEKDAY})|(?i:this|that)|(?i:in the)) (?P<half>{PART}))?\b"
_AT = re.compile(r"(?i)\b(?:at|until|till|by|from|before|after|around|about|to|and|since)\s$|^$|\n$|[–—]\s?$")


@cache
def clock_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence; those with a day go before the rules for the day alone."""
    midnight = _WORD.replace("noon|midday|midnight", "midnight")
    clocks = (("clock", _CLOCK), ("four-figures", _FIGURES), ("midnight", midnight), ("hour-word", _WORD))
    patterns = [
        (name, clock + r"(?: on| of)? " + day, _on_day)
        for day in _DAYS
        for name, clock in clocks
        if (name, day) != ("midnight", _DAYS[2])  # "midnight tonight" is reckoned already
    ]
    patterns += [
        ("midnight", r"(?#clue midnight)(?P<w>{WEEKDAYS}) (?P<word>(?i:midnight))\b(?P<z>)(?P<mo>)", _on_day),
        ("hour-word", r"(?#clue noon|midday)(?P<w>{WEEKDAYS}) (?P<word>(?i:noon|midday))\b(?P<z>)(?P<mo>)", _on_day),
        ("last-night", r"(?#clue last night)\b(?i:last night)\b", _last_night),
        ("o-clock", r"(?#clue clock)\b(?P<n>{NUMBER}) o['’]clock" + _HALF_OF_DAY, _o_clock),
        (
            "hour-of-part",
            r"(?#clue {PART})(?<=\bat )(?P<n>{NUMBER})(?::(?P<min>[0-5]\d))? (?:(?i:this|that)|(?i:in the)) "
            r"(?P<half>{PART})\b",
            _hour_of_part,
        ),
        (
            "half-past",
            r"(?#clue half past|quarter)\b(?P<past>(?i:half past|a quarter past|quarter past|a "
            r"quarter to|quarter to)) (?P<n>{NUMBER})\b" + _HALF_OF_DAY,
            _half_past,
        ),
        (
            "part-of-text",
            r"(?#clue {PART})\b(?P<which>(?i:that|that same|the same|the following|the "
            r"next|the previous)) (?P<p>{PART})\b",
            _part,
        ),
        (
            "part-of-text",
            r"(?#clue {PART})\b(?i:the) (?P<p>{PART}) (?P<which>(?i:before))(?=[.,;:)]|$)",
            _part,
        ),
        ("clock", _CLOCK, _clock),
        ("four-figures", _FIGURES, _clock),
        ("hour-word", _WORD, _clock),
    ]
    return rules_of(patterns)


def _on_day(match: re.Match[str]) -> Draft | None:
    time = _time(match, sure=True)
    if time is None:
        return None
    groups = match.groupdict()
    if groups.get("mo"):
        day = day_rule(match, match["mo"], match["d"], match["y"], match["w"])
        if day and day.edtf and (groups.get("word") or "").lower() == "midnight":
            after = (date.fromisoformat(day.edtf) + timedelta(days=1)).isoformat()
            return replace(day, type="TIME", value=after + time, edtf=after)
        return replace(day, type="TIME", value=day.value + time) if day else None
    late = (groups.get("word") or "").lower() == "midnight"
    if word := (groups.get("word2") or "").lower():
        shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[word] + late
        return Draft("TIME", f"XXXX-XX-XX{time}", anchor="published", unit="day", shift=shift)
    number = weekday_of(match["w"])
    return Draft("TIME", f"XXXX-WXX-{number}{time}", anchor="published", weekday=number, tensed=True)


def _o_clock(match: re.Match[str]) -> Draft | None:
    return _at(number_of(match["n"]), 0, match)


def _hour_of_part(match: re.Match[str]) -> Draft | None:
    """ "at 8 this morning"."""
    return _at(number_of(match["n"]), int(match["min"] or 0), match)


def _half_past(match: re.Match[str]) -> Draft | None:
    word = match["past"].lower()
    return _at(number_of(match["n"]), 30 if "half" in word else 15 if "past" in word else -15, match)


def _at(hour: str, minutes: int, match: re.Match[str]) -> Draft | None:
    if not hour.isdigit() or not 1 <= int(hour) <= 12:
        return None
    half = (match["half"] or "").lower()
    late = half in ("afternoon", "evening") or (half == "night" and int(hour) > 5)
    whole = (int(hour) + (12 if late and int(hour) < 12 else 0)) * 60 + minutes
    time = f"T{whole // 60:02}:{whole % 60:02}"
    if weekday := weekday_of(match.groupdict().get("w")):
        return Draft("TIME", f"XXXX-WXX-{weekday}{time}", anchor="published", weekday=weekday, tensed=True)
    anchor: Anchor = "text" if re.search(r"(?i) that \w+$", match[0]) else "published"
    return Draft("TIME", f"XXXX-XX-XX{time}", anchor=anchor, unit="day", shift=0)


def _last_night(match: re.Match[str]) -> Draft:
    return Draft("TIME", "XXXX-XX-XXTNI", anchor="published", unit="day", shift=-1, direction="past")


def _clock(match: re.Match[str]) -> Draft | None:
    """Without a day: that of a date in its sentence, else of the article."""
    time = _time(match, sure=False)
    return Draft("TIME", f"XXXX-XX-XX{time}", anchor="published", unit="day", shift=0) if time else None


def _time(match: re.Match[str], sure: bool) -> str | None:
    """T10:00, T16:00Z, T09:30+03; None where the figures are no time of day."""
    groups = match.groupdict()
    zone = values("zone").get((match["z"] or "").lower(), "")
    if word := (groups.get("word") or "").lower():
        return ("T00:00" if word == "midnight" else "T12:00") + zone
    hour, minute = int(match["h"]), (match["m"] or "00").lstrip(":.")
    half = (groups.get("ap") or "").lower()
    if not (half or match["z"]):
        colon = (match["m"] or "").startswith(":")
        if not colon or not (sure or _AT.search(outside(match)[0])):
            return None
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return f"T{hour:02}:{minute}{zone}"


def _part(match: re.Match[str]) -> Draft:
    """ "that same evening", "the next morning", reckoned from the date told last."""
    which = match["which"].lower()
    shift = 1 if which in ("the following", "the next") else -1 if which in ("the previous", "before") else 0
    anchor: Anchor = "text"
    part = values("part")[match["p"].lower()]
    return Draft("TIME", f"XXXX-XX-XXT{part}", anchor=anchor, unit="day", shift=shift)
