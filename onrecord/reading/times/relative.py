"""Times reckoned from another: last week, two days ago, a day later, the end of last year."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon.parts import MODS
from onrecord.reading.times.days import from_now
from onrecord.reading.times.draft import Direction, Draft, Rule, Unit, outside, rules_of
from onrecord.reading.times.shifts import OPEN, count_of, shift_of, shifted, unit_of, way_of, weeks_as_days
from onrecord.reading.times.words import values, weekday_of

_OF = re.compile(r" (?:of|and)\b")  # "in a quarter of an hour"


@cache
def relative_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence."""
    patterns = (
        (
            "edge",
            r"(?#clue of )\b(?:(?P<the>(?i:the very|the)) )?(?P<mod>(?i:beginning|start|end|middle|mid))(?i:[- ]of)? "
            r"(?P<which>(?i:last|next|this|the (?:current|coming|previous|following)|the|that)) {CALENDAR_UNIT}\b",
            _edge,
        ),
        (
            "part-of-unit",
            r"\b(?P<mod>(?i:early|late|earlier|later|mid))[- ](?:in )?(?P<which>(?i:last|next|this|the)) "
            r"{CALENDAR_UNIT}\b",
            _part_of_unit,
        ),
        (
            "quarter-of",
            r"(?#clue of )\b(?i:the )?(?P<n>{ORDINAL})[- ](?P<q>(?i:quarter|half) of) "
            r"(?P<which>(?i:last|this|next|the current|the same|that|the)) (?i:year)\b",
            _quarter_of,
        ),
        (
            "season-of",
            r"(?#clue {SEASON})\b(?i:the )?(?P<s>{SEASON}) of (?P<which>(?i:last|this|next|the same|that)) (?i:year)\b",
            _season_of,
        ),
        (
            "days-of",
            r"(?#clue days of|weeks of)\b(?i:the )(?P<mod>(?i:first|last|opening|closing|final|early)) "
            r"(?i:days|weeks) of (?P<which>(?i:last|this|next|the)) (?P<u>(?i:month|year))\b",
            _days_of,
        ),
        (
            "weekday-after",
            r"(?#clue day)\b(?i:the )(?P<w>{WEEKDAY}) (?P<way>(?i:before that|after that|before|after))(?=[.,;:?!)]|$)",
            _weekday_after,
        ),
        (
            "quarter-alone",
            r"(?#clue quarter)\b(?:(?i:the )(?P<n>{ORDINAL}) (?i:quarter)|(?P<n2>{ORDINAL})-quarter)\b",
            _quarter_alone,
        ),
        (
            "unit",
            r"\b(?P<which>(?i:last|next|this|the (?:last|next|current|present|coming|past|previous|following|preceding|"
            r"same)|that(?: same)?)) (?P<u>(?i:day|week|month|quarter|year|decade|weekend))\b",
            _unit,
        ),
        (
            "the-day",
            r"(?#clue the day)(?:(?<=\bend )|(?<=\bended )|(?<=\bending )|(?<=\bfinish )|(?<=\bfinished )|"
            r"(?<=\bclose )|(?<=\bclosed )|(?<=\b[Ff]or )(?=the day[,.;]))(?i:the day)(?=[ ,.;]|$)(?! of)",
            _the_day,
        ),
        (
            "the-day",
            r"(?#clue the entire|the whole|the full)\b(?i:the (?:entire|whole|full) (?P<u>month|year))\b(?! of)",
            _the_day,
        ),
        (
            "ago",
            r"(?#clue  ago)\b(?:(?P<mod>(?i:more than|over|about|around|nearly|almost|some|just|only)) )?"
            r"(?P<n>{NUMBER})[- ](?P<u>{UNIT})s? ago\b",
            _ago,
        ),
        (
            "from-text",
            r"(?#clue later|earlier|afterwards|previously|before th|after th)\b(?P<n>{NUMBER}) (?P<u>{UNIT})s? "
            r"(?P<way>(?i:later|earlier|afterwards|previously|(?:before|after) (?:this|that)))\b",
            _from_text,
        ),
        (
            "unit-before",
            r"(?#clue before|after|previous|prior)\b(?i:the) (?P<u>(?i:day|week|month|year)) "
            r"(?P<way>(?i:before that|after that|before|after|previous|prior))(?=[ ]*[.,;:!?)]|$)",
            _unit_before,
        ),
        (
            "ahead",
            r"\b(?P<in>(?i:in|within)) (?P<mod>(?i:about|around|some|roughly|just) )?"
            r"(?P<n>{NUMBER})[- ](?P<u>{UNIT})s?(?P<t>['’]s? time)?\b(?!-)",
            _ahead,
        ),
    )
    return rules_of(patterns)


def _the_day(match: re.Match[str]) -> Draft:
    """ "to end the day at 9505": the day told last, else the day of publication; "for the entire year"."""
    unit: Unit = match.groupdict().get("u") or "day"  # type: ignore[assignment]
    return shifted(unit, 0, "text")


def _weekday_after(match: re.Match[str]) -> Draft:
    """ "the Sunday before that": from the day told last."""
    number = weekday_of(match["w"])
    way: Direction = "past" if match["way"].lower().startswith("before") else "future"
    return Draft("DATE", f"XXXX-WXX-{number}", anchor="text", weekday=number, direction=way)


def _season_of(match: re.Match[str]) -> Draft:
    """ "the autumn of the same year"."""
    shift, anchor = shift_of(match["which"])
    season = values("season")[match["s"].lower()]
    return Draft("DATE", f"XXXX-{season}", anchor=anchor, unit="year", shift=shift, direction=way_of(shift))


def _days_of(match: re.Match[str]) -> Draft:
    """ "the last days of this month"."""
    shift, anchor = shift_of(match["which"])
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    starts = match["mod"].lower() in ("first", "opening", "early")
    return shifted(unit, shift, anchor, "START" if starts else "END")


def _edge(match: re.Match[str]) -> Draft:
    shift, anchor = shift_of(match["which"])
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    return shifted(unit, shift, anchor, MODS[match["mod"].lower()])


def _part_of_unit(match: re.Match[str]) -> Draft | None:
    """ "earlier this month" is this month; "late last year" its end; "later this week" lies ahead."""
    shift, anchor = shift_of(match["which"])
    word = match["mod"].lower()
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    if word in ("earlier", "later"):
        way: Direction = "past" if word == "earlier" else "future"
        return Draft("DATE", OPEN[unit], anchor=anchor, unit=unit, shift=shift, direction=way)
    return shifted(unit, shift, anchor, MODS[word])


def _quarter_of(match: re.Match[str]) -> Draft | None:
    number = int(values("ordinal")[match["n"].lower()])
    shift, anchor = shift_of(match["which"])
    if number > (2 if "half" in match["q"].lower() else 4):
        return None
    part = f"{'H' if 'half' in match['q'].lower() else 'Q'}{number}"
    return Draft("DATE", f"XXXX-{part}", anchor=anchor, unit="year", shift=shift, direction=way_of(shift))


def _quarter_alone(match: re.Match[str]) -> Draft | None:
    """ "in the third quarter": of the year it is printed in."""
    _, after = outside(match)
    number = int(values("ordinal")[(match["n"] or match["n2"]).lower()])
    if number > 4 or re.match(r" of\b|[- ]?final", after):
        return None
    return Draft("DATE", f"XXXX-Q{number}", anchor="published", unit="year", shift=0)


def _unit(match: re.Match[str]) -> Draft | None:
    shift, anchor = shift_of(match["which"])
    word = match["u"].lower()
    if word == "day" and match["which"].lower() in ("last", "this", "the last", "the past", "next", "the current"):
        return None
    if word == "weekend":
        return Draft("DATE", "XXXX-WXX-WE", anchor=anchor, unit="week", shift=shift, direction=way_of(shift))
    if word == "decade" and match["which"].lower() in ("the last", "the past"):
        return Draft("DURATION", "P10Y")
    unit: Unit = word  # type: ignore[assignment]
    return shifted(unit, shift, anchor)


def _ago(match: re.Match[str]) -> Draft | None:
    count, unit = count_of(match["n"]), unit_of(match["u"])
    if count is None or unit is None:
        return Draft("DATE", "PAST_REF", anchor="published", direction="past")
    mods = {"more than": "BEFORE", "over": "BEFORE", "nearly": "APPROX", "almost": "APPROX", "about": "APPROX",
            "around": "APPROX", "some": "APPROX"}  # fmt: skip
    mod = mods.get((match["mod"] or "").lower())
    if unit == "decade":
        return shifted("year", -10 * count, mod=mod)
    unit, count = weeks_as_days(unit, count)
    return shifted(unit, -count, mod=mod)


def _from_text(match: re.Match[str]) -> Draft | None:
    count, unit = count_of(match["n"]), unit_of(match["u"])
    forward = "later" in match["way"].lower() or "after" in match["way"].lower()
    if count is None or unit is None:
        return None
    unit, count = weeks_as_days(unit, count)
    return shifted(unit, count if forward else -count, "text")


def _unit_before(match: re.Match[str]) -> Draft:
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    return shifted(unit, 1 if match["way"].lower().startswith("after") else -1, "text")


def _ahead(match: re.Match[str]) -> Draft | None:
    """ "in two weeks": ahead where the sentence looks ahead, else how long something took."""
    count, unit = count_of(match["n"]), unit_of(match["u"])
    start = match.start("mod") if match["mod"] else match.start("n")
    mod = "APPROX" if match["mod"] and match["mod"].lower() != "just " else None
    if count is None or unit is None or match["in"].lower() == "within" or _OF.match(match.string, match.end()):
        return None
    if match["t"]:
        return from_now(match)
    if unit == "decade":
        unit, count = "year", 10 * count
    unit, count = weeks_as_days(unit, count)
    return Draft("DATE", OPEN[unit], mod, anchor="published", unit=unit, shift=count, tensed=True, start=start)
