"""Times reckoned from another: weekdays, yesterday, last week, two days ago, a day later, the end of last year."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from onrecord.lexicon.parts import MODS
from onrecord.reading.times.draft import Anchor, Direction, Draft, Rule, Unit, outside
from onrecord.reading.times.words import clue_of, compile_pattern, month_of, number_of, values, weekday_of

_OPEN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
}
_OF = re.compile(r" (?:of|and)\b")  # "in a quarter of an hour"
_TITLES = re.compile(
    r" (?:Times|Night|Mail|Telegraph|Express|Herald|Street|Square|Bridge|Group|Circle|Club|Market|Accords?)\b"
)
_NAMED_DAYS = re.compile(r"\b(?:Black|Good|Bloody|Easter|Palm|Ash|Super|Cyber|Holy|Shrove|Maundy) $")


@cache
def relative_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence."""
    patterns = (
        ("from-now", r"(?#clue from )\b(?P<n>{NUMBER}) (?P<u>{UNIT})s? from (?i:now|today)\b", _from_now),
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
        (
            "quarter-sign",
            r"(?#clue q1|q2|q3|q4|h1|h2)(?<=[a-z,] )(?P<n>Q[1-4]|H[12])\b(?! ?[\d:])",
            _quarter_sign_alone,
        ),
        (
            "season-alone",
            r"(?#clue {SEASON})\b(?P<the>(?i:the )?)(?:(?P<mod>(?i:early|late|mid))[- ])?(?P<s>{SEASON})\b",
            _season_alone,
        ),
        ("weekend", r"\b(?i:the weekend)\b", _weekend),
        (
            "season-which",
            r"(?#clue {SEASON}|fall)\b(?P<which>(?i:last|next|this|that|the "
            r"(?:following|next|coming|previous|past))) (?P<s>{SEASON}|(?i:fall))\b",
            _season,
        ),
        (
            "month-which",
            r"(?#clue the following|the next|the previous)\b"
            r"(?P<which>(?i:the (?:following|next|previous))) (?P<m>{MONTH})\b",
            _following_month,
        ),
    )
    return tuple(Rule(name, compile_pattern(pattern), build, clue_of(pattern)) for name, pattern, build in patterns)


@cache
def vague_rules() -> tuple[Rule, ...]:
    """The rules for "recently", "now", "prior to this": before, at or after, and no more."""
    return (
        Rule("reference", compile_pattern(_references()), _reference, tuple(sorted(values("sense")))),
        Rule("reference", compile_pattern(r"(?<![\w-])(?i:recent)(?= (?!{UNIT})[a-z])"), _past, ("recent",)),
        Rule("reference", compile_pattern(r"\b(?i:the (?:near|long|short|medium|longer)) term\b"), _future, (" term",)),
        Rule("earlier", compile_pattern(r"(?<![\w-])Earlier(?=,)"), _past, ("earlier,",)),
    )


def _references() -> str:
    words = sorted(values("sense"), key=lambda word: (-len(word), word))
    return r"(?<![\w-])(?i:" + "|".join(words) + r")(?![\w-])"


def _shifted(unit: Unit, shift: int, anchor: Anchor = "published", mod: str | None = None) -> Draft:
    return Draft("DATE", _OPEN[unit], mod, anchor=anchor, unit=unit, shift=shift, direction=_way(shift))


def _way(shift: int) -> Direction | None:
    return "past" if shift < 0 else "future" if shift > 0 else None


def _far_day(match: re.Match[str]) -> Draft:
    return _shifted("day", -2 if "yesterday" in match["d"].lower() else 2)


def _day_word(match: re.Match[str]) -> Draft:
    word = match["d"].lower()
    shift = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}[word]
    part = "NI" if word == "tonight" else values("part")[match["p"].lower()] if match["p"] else None
    if part:
        return Draft("TIME", f"XXXX-XX-XXT{part}", anchor="published", unit="day", shift=shift, direction=_way(shift))
    return _shifted("day", shift)


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


def _the_day(match: re.Match[str]) -> Draft:
    """ "to end the day at 9505": the day told last, else the day of publication; "for the entire year"."""
    unit: Unit = match.groupdict().get("u") or "day"  # type: ignore[assignment]
    return _shifted(unit, 0, "text")


def _weekday_after(match: re.Match[str]) -> Draft:
    """ "the Sunday before that": from the day told last."""
    number = weekday_of(match["w"])
    way: Direction = "past" if match["way"].lower().startswith("before") else "future"
    return Draft("DATE", f"XXXX-WXX-{number}", anchor="text", weekday=number, direction=way)


def _season_of(match: re.Match[str]) -> Draft:
    """ "the autumn of the same year"."""
    shift, anchor = _shift_of(match["which"])
    season = values("season")[match["s"].lower()]
    return Draft("DATE", f"XXXX-{season}", anchor=anchor, unit="year", shift=shift, direction=_way(shift))


def _days_of(match: re.Match[str]) -> Draft:
    """ "the last days of this month"."""
    shift, anchor = _shift_of(match["which"])
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    starts = match["mod"].lower() in ("first", "opening", "early")
    return _shifted(unit, shift, anchor, "START" if starts else "END")


def _quarter_sign_alone(match: re.Match[str]) -> Draft:
    """ "in Q2": of the year it is printed in."""
    return Draft("DATE", f"XXXX-{match['n']}", anchor="published", unit="year", shift=0)


def _shift_of(which: str) -> tuple[int, Anchor]:
    """How many units away, and from what: "last" from publication, "the previous" from the text."""
    word = which.lower().removeprefix("the ").strip()
    shift = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}.get(
        word, 0
    )
    from_text = word in ("previous", "preceding", "following", "same", "that", "that same")
    return shift, "text" if from_text or which.lower() == "the next" else "published"


def _edge(match: re.Match[str]) -> Draft:
    shift, anchor = _shift_of(match["which"])
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    return _shifted(unit, shift, anchor, MODS[match["mod"].lower()])


def _part_of_unit(match: re.Match[str]) -> Draft | None:
    """ "earlier this month" is this month; "late last year" its end; "later this week" lies ahead."""
    shift, anchor = _shift_of(match["which"])
    word = match["mod"].lower()
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    if word in ("earlier", "later"):
        way: Direction = "past" if word == "earlier" else "future"
        return Draft("DATE", _OPEN[unit], anchor=anchor, unit=unit, shift=shift, direction=way)
    return _shifted(unit, shift, anchor, MODS[word])


def _quarter_of(match: re.Match[str]) -> Draft | None:
    number = int(values("ordinal")[match["n"].lower()])
    shift, anchor = _shift_of(match["which"])
    if number > (2 if "half" in match["q"].lower() else 4):
        return None
    part = f"{'H' if 'half' in match['q'].lower() else 'Q'}{number}"
    return Draft("DATE", f"XXXX-{part}", anchor=anchor, unit="year", shift=shift, direction=_way(shift))


def _quarter_alone(match: re.Match[str]) -> Draft | None:
    """ "in the third quarter": of the year it is printed in."""
    _, after = outside(match)
    number = int(values("ordinal")[(match["n"] or match["n2"]).lower()])
    if number > 4 or re.match(r" of\b|[- ]?final", after):
        return None
    return Draft("DATE", f"XXXX-Q{number}", anchor="published", unit="year", shift=0)


def _unit(match: re.Match[str]) -> Draft | None:
    shift, anchor = _shift_of(match["which"])
    word = match["u"].lower()
    if word == "day" and match["which"].lower() in ("last", "this", "the last", "the past", "next", "the current"):
        return None
    if word == "weekend":
        return Draft("DATE", "XXXX-WXX-WE", anchor=anchor, unit="week", shift=shift, direction=_way(shift))
    if word == "decade" and match["which"].lower() in ("the last", "the past"):
        return Draft("DURATION", "P10Y")
    unit: Unit = word  # type: ignore[assignment]
    return _shifted(unit, shift, anchor)


def _count(words: str) -> int | None:
    number = number_of(words)
    return int(number) if number.isdigit() else None


def _unit_of(word: str) -> Unit | None:
    low = word.lower()
    return low if low in _OPEN else None  # type: ignore[return-value]


def _weeks_as_days(unit: Unit, count: int) -> tuple[Unit, int]:
    """ "Two weeks later" names a day, not a week."""
    return ("day", 7 * count) if unit == "week" else (unit, count)


def _ago(match: re.Match[str]) -> Draft | None:
    count, unit = _count(match["n"]), _unit_of(match["u"])
    if count is None or unit is None:
        return Draft("DATE", "PAST_REF", anchor="published", direction="past")
    mods = {"more than": "BEFORE", "over": "BEFORE", "nearly": "APPROX", "almost": "APPROX", "about": "APPROX",
            "around": "APPROX", "some": "APPROX"}  # fmt: skip
    mod = mods.get((match["mod"] or "").lower())
    if unit == "decade":
        return _shifted("year", -10 * count, mod=mod)
    unit, count = _weeks_as_days(unit, count)
    return _shifted(unit, -count, mod=mod)


def _from_text(match: re.Match[str]) -> Draft | None:
    count, unit = _count(match["n"]), _unit_of(match["u"])
    forward = "later" in match["way"].lower() or "after" in match["way"].lower()
    if count is None or unit is None:
        return None
    unit, count = _weeks_as_days(unit, count)
    return _shifted(unit, count if forward else -count, "text")


def _unit_before(match: re.Match[str]) -> Draft:
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    return _shifted(unit, 1 if match["way"].lower().startswith("after") else -1, "text")


def _ahead(match: re.Match[str]) -> Draft | None:
    """ "in two weeks": ahead where the sentence looks ahead, else how long something took."""
    count, unit = _count(match["n"]), _unit_of(match["u"])
    start = match.start("mod") if match["mod"] else match.start("n")
    mod = "APPROX" if match["mod"] and match["mod"].lower() != "just " else None
    if count is None or unit is None or match["in"].lower() == "within" or _OF.match(match.string, match.end()):
        return None
    if match["t"]:
        return _from_now(match)
    if unit == "decade":
        unit, count = "year", 10 * count
    unit, count = _weeks_as_days(unit, count)
    return Draft("DATE", _OPEN[unit], mod, anchor="published", unit=unit, shift=count, tensed=True, start=start)


def _from_now(match: re.Match[str]) -> Draft | None:
    count, unit = _count(match["n"]), _unit_of(match["u"])
    if count is None or unit is None:
        return Draft("DATE", "FUTURE_REF", anchor="published", direction="future")
    return _shifted(*_weeks_as_days(unit, count))


def _before_last(match: re.Match[str]) -> Draft:
    shift = -2 if "last" in match["way"].lower() else 2
    if match["u"].lower() == "weekend":
        return Draft("DATE", "XXXX-WXX-WE", anchor="published", unit="week", shift=shift, direction=_way(shift))
    unit: Unit = match["u"].lower()  # type: ignore[assignment]
    return _shifted(unit, shift)


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
        direction=_way(shift),
    )


def _season_alone(match: re.Match[str]) -> Draft | None:
    """ "in the spring", "by early autumn"; a mountain spring and the prime of summer are none."""
    before, after = outside(match)
    preposition = re.search(
        r"(?i)\b(?:in|by|until|till|since|during|through|throughout|before|after|over|of)\s$", before
    )
    if (
        not preposition
        or re.match(r" of\b|-|[a-z]| [A-Z]", after)
        or (not match["the"] and not match["mod"] and not re.match(r"[.,;:?!)]|$", after))
    ):
        return None
    mod = MODS[match["mod"].lower()] if match["mod"] else None
    ahead = preposition[0].strip().lower() in ("by", "before", "until", "till")
    return Draft(
        "DATE",
        f"XXXX-{values('season')[match['s'].lower()]}",
        mod,
        anchor="published",
        direction="future" if ahead else None,
        tensed=not ahead,
    )


def _weekend(match: re.Match[str]) -> Draft:
    return Draft("DATE", "XXXX-WXX-WE", anchor="published", tensed=True)


def _season(match: re.Match[str]) -> Draft:
    shift, anchor = _shift_of(match["which"])
    season = values("season").get(match["s"].lower(), "FA")  # "last fall", but "the fall of the government"
    if match["which"].lower() in ("the following", "the coming"):  # the first after the date told last, or after today
        return Draft("DATE", f"XXXX-{season}", anchor=anchor, direction="future")
    return Draft("DATE", f"XXXX-{season}", anchor=anchor, unit="year", shift=shift, direction=_way(shift))


def _following_month(match: re.Match[str]) -> Draft:
    """ "the following October": the first after the date told last."""
    shift = -1 if "previous" in match["which"].lower() else 1
    return Draft("DATE", f"XXXX-{month_of(match['m']):02}", anchor="text", shift=shift, direction=_way(shift))


_GIVEN = re.compile(r" (?:[a-z]+ed|used|sent|held|made|known|given|by)\b")
_HAD = re.compile(r"\b(?:had|has|have)(?: \w+)? $")


def _reference(match: re.Match[str]) -> Draft | None:
    words = " ".join(match[0].lower().split())
    if re.search(r"\b[Aa]s $", outside(match)[0]):  # "as long ago as the autumn of 2012"
        return None
    if words == "previously" and _GIVEN.match(match.string, match.end()) and not _HAD.search(outside(match)[0]):
        return None  # "the aluminium previously used", "as was previously reported"
    if words.startswith(("after ", "before ", "prior to ")):  # "After that": by what was told before
        return Draft(
            "DATE", values("sense")[words], anchor="text", direction="future" if words.startswith("after") else "past"
        )
    return Draft("DATE", values("sense")[words])


def _past(match: re.Match[str]) -> Draft:
    """ "recent talks"; "Earlier, Berg had said"."""
    return Draft("DATE", "PAST_REF")


def _future(match: re.Match[str]) -> Draft:
    """ "in the near term"."""
    return Draft("DATE", "FUTURE_REF")
