"""Calendar dates in words and figures: days and months, and their ranges."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon.parts import MODS, part_of_month
from onrecord.reading.times.draft import Draft, Rule, is_day, outside, rules_of
from onrecord.reading.times.words import day_of, month_of, values, weekday_of

# Words that may follow "on the 9th" and are no noun that it counts.
_AFTER_A_DAY = (
    "and|to|in|at|by|of|but|with|he|she|it|they|we|I|who|when|after|before|the|a|an|his|her|their|its|our|if|is|was|were|"
    "are|will|would|had|has|have|did|that|this|there|as|for|or|nor|not|from|then|again|only|still|over|without|because|"
    "so|until|no|near|off|between"
)
_SOME_LEAP_YEAR = 4
_AMBIGUOUS = frozenset(("april", "may", "june", "august", "march"))  # also names of people, or verbs


@cache
def date_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence."""
    patterns = (
        ("iso", r"(?<![\w.,/-])(\d{4})-(\d{2})-(\d{2})(?:T\d{2}:\d{2}\S{0,12})?(?![\w-])", _figures(1, 2, 3)),
        ("dotted", r"(?<![\w.,/-])(\d{1,2})\.(\d{1,2})\.(\d{4})(?![\w/-]|[.,]\d)", _figures(3, 2, 1)),
        ("slashed", r"(?<![\w.,/-])(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/-]|[.,]\d)", _slashed),
        (
            "part-of-day",
            r"\b(?i:the )?(?P<p>{PART}) of (?:the )?(?:(?P<d>{DAY})(?: of)? (?P<m>{MONTHS})|"
            r"(?P<m2>{MONTHS}) (?P<d2>{DAY})){OF_YEAR}{NO_MORE}",
            _part_of_day,
        ),
        (
            "two-dates",
            r"\b(?P<m>{MONTHS}) (?P<d>{DAY}), (?P<y>{YEAR})(?: to | ?[-–] ?)(?P<m2>{MONTHS}) "
            r"(?P<d2>{DAY}), (?P<y2>{YEAR})\b",
            _two_dates,
        ),
        (
            "three-days",
            r"\b(?P<m>{MONTHS}) (?P<d1>{DAY}), (?:{DAY}, )*{DAY},? and (?P<d2>{DAY}){OF_YEAR}{NO_MORE}",
            _day_range,
        ),
        (
            "day-range",
            r"(?<![\w.,-])(?P<d1>{DAY}){TO_AND}(?P<d2>{DAY}) (?P<m>{MONTHS}){OF_YEAR}\b",
            _day_range,
        ),
        (
            "range-day",
            r"\b(?P<m>{MONTHS}) (?P<d1>{DAY}){TO_AND}(?P<d2>{DAY}){OF_YEAR}{NO_MORE}",
            _day_range,
        ),
        (
            "two-months",
            r"(?<![\w.,-])(?P<d1>{DAY}) (?P<m>{MONTHS}){TO}(?P<d2>{DAY}) (?P<m2>{MONTHS}){OF_YEAR}\b",
            _two_months,
        ),
        (
            "two-months",
            r"\b(?P<m>{MONTHS}) (?P<d1>{DAY}){TO}(?P<m2>{MONTHS}) (?P<d2>{DAY}){OF_YEAR}{NO_MORE}",
            _two_months,
        ),
        (
            "day-month",
            r"(?<![\w.,-])(?:(?P<w>{WEEKDAYS}),?(?: the)? )?(?P<d>{DAY})(?: of)? (?P<m>{MONTHS}){OF_YEAR}(?![\w-])",
            _day,
        ),
        (
            "month-day",
            r"\b(?:(?P<w>{WEEKDAYS}),? )?(?P<m>{MONTHS}) (?P<d>{DAY}){OF_YEAR}{NO_MORE}",
            _day,
        ),
        (
            "spelt-day",
            r"(?#clue  of )\b(?i:the )?(?P<d>{SPELT_DAY})(?: day)? of (?P<m>{MONTHS}){OF_YEAR}\b",
            _spelt_day,
        ),
        (
            "spelt-day",
            r"(?#clue  of )\b(?i:the )(?P<d>{SPELT_DAY}|\d{1,2}(?:st|nd|rd|th)) of "
            r"(?i:this|the current) month\b(?P<m>)(?P<y>)",
            _spelt_day,
        ),
        ("last-day", r"(?#clue last day)\b(?i:the last day of) (?P<m>{MONTHS}){OF_YEAR}\b", _last_day_of),
        ("month-range", r"(?#clue {MONTHS})\b(?P<m>{MONTHS})[-–](?P<m2>{MONTHS}) (?P<y>{YEAR})\b", _months),
        (
            "week-of",
            r"\b(?i:the week of) (?:(?P<d>{DAY}) (?P<m>{MONTHS})|(?P<m2>{MONTHS}) (?P<d2>{DAY})){OF_YEAR}{NO_MORE}",
            _week_of,
        ),
        (
            "part-month",
            r"(?#clue {MONTH})\b{EARLY}(?P<m>{MONTH}){OF_YEAR}\b",
            _part_month,
        ),
        ("month-year", r"\b(?P<m>{MONTHS})(?: of|,)? (?P<y>{YEAR})\b", _month_year),
        (
            "month-of",
            r"(?#clue  year)\b(?P<m>{MONTHS})(?: of)? (?P<which>(?i:last|this|next)) (?i:year)\b",
            _month_of_year,
        ),
        (
            "day-alone",
            r"(?#clue #)\b(?P<p>(?i:on|by|until|since|from|before|after)|(?P<part>(?i:the )?{PART}) of) "
            r"(?P<the>(?i:the ))(?P<d>\d{1,2}(?:st|nd|rd|th))\b(?! (?!(?:" + _AFTER_A_DAY + r")\b)[A-Za-z])(?!-[a-z])",
            _day_alone,
        ),
        (
            "month",
            r"(?#clue {MONTH})\b(?:(?P<which>(?i:last|next|this|this past|the coming)) )?(?P<m>{MONTH})\b",
            _month,
        ),
    )
    return rules_of(patterns)


def _figures(year: int, month: int, day: int):  # type: ignore[no-untyped-def]
    def build(match: re.Match[str]) -> Draft | None:
        return _printed_day(int(match[year]), int(match[month]), int(match[day]))

    return build


def _printed_day(year: int, month: int, day: int, weekday: int | None = None) -> Draft | None:
    if not (1000 <= year <= 2100 and is_day(year, month, day)):
        return None  # "31 February 2022"
    value = f"{year}-{month:02}-{day:02}"
    return Draft("DATE", value, edtf=value, weekday=weekday)


def _slashed(match: re.Match[str]) -> Draft | None:
    """ "14/03/2022" has one reading; "3/4/2022" has two, one on each side of the Atlantic, and gives none."""
    one, other, year = int(match[1]), int(match[2]), int(match[3])
    if one > 12 >= other or one == other:
        return _printed_day(year, other, one)
    if other > 12 >= one:
        return _printed_day(year, one, other)
    return None


def _day(match: re.Match[str]) -> Draft | None:
    return day_rule(match, match["m"], match["d"], match["y"], match["w"])


def day_rule(match: re.Match[str], month: str, day: str, year: str | None, weekday: str | None) -> Draft | None:
    """A day of a month, with or without its year and weekday; None where the calendar or what stands before forbids."""
    numbers = month_of(month), day_of(day)
    if year:
        return _printed_day(int(year), *numbers, weekday_of(weekday))
    if not is_day(_SOME_LEAP_YEAR, *numbers) or _is_count(match):
        return None
    value = f"XXXX-{numbers[0]:02}-{numbers[1]:02}"
    return Draft("DATE", value, anchor="published", tensed=True, weekday=weekday_of(weekday))


def _spelt_day(match: re.Match[str]) -> Draft | None:
    """ "the third of May 1924", "the 5th of this month"."""
    word = match["d"].lower()
    day = values("day").get(word) or re.sub(r"\D", "", word)
    if match["m"]:
        return day_rule(match, match["m"], day, match["y"], None)
    return Draft("DATE", f"XXXX-XX-{int(day):02}", anchor="published", unit=None)


def _last_day_of(match: re.Match[str]) -> Draft | None:
    month = month_of(match["m"])
    return day_rule(match, match["m"], str(monthrange(int(match["y"] or 2001), month)[1]), match["y"], None)


def _months(match: re.Match[str]) -> Draft | None:
    first, last = f"{match['y']}-{month_of(match['m']):02}", f"{match['y']}-{month_of(match['m2']):02}"
    return Draft("DATE", f"{first}/{last}", edtf=f"{first}/{last}") if first < last else None


def _two_dates(match: re.Match[str]) -> Draft | None:
    one = _printed_day(int(match["y"]), month_of(match["m"]), day_of(match["d"]))
    other = _printed_day(int(match["y2"]), month_of(match["m2"]), day_of(match["d2"]))
    if not one or not other or one.value >= other.value:
        return None
    return Draft("DATE", f"{one.value}/{other.value}", edtf=f"{one.value}/{other.value}")


def _part_of_day(match: re.Match[str]) -> Draft | None:
    """ "the night of 30 June"."""
    day = day_rule(match, match["m"] or match["m2"], match["d"] or match["d2"], match["y"], None)
    return replace(day, type="TIME", value=f"{day.value}T{values('part')[match['p'].lower()]}") if day else None


def _week_of(match: re.Match[str]) -> Draft | None:
    """ "the week of March 6"."""
    day = day_rule(match, match["m"] or match["m2"], match["d"] or match["d2"], match["y"], None)
    if day is None or day.edtf is None:
        return day
    monday = date.fromisoformat(day.edtf) - timedelta(days=date.fromisoformat(day.edtf).weekday())
    return Draft("DATE", "{}-W{:02}".format(*monday.isocalendar()), edtf=f"{monday}/{monday + timedelta(days=6)}")


def _is_count(match: re.Match[str]) -> bool:
    """ "Page 10 March": a figure that counts something before it belongs to that."""
    before, _ = outside(match)
    return bool(re.search(r"(?i)\b(?:page|pages|article|paragraph|chapter|section|item|no\.|number) $", before))


def _day_range(match: re.Match[str]) -> Draft | None:
    month, first, last = month_of(match["m"]), day_of(match["d1"]), day_of(match["d2"])
    year = int(match["y"]) if match["y"] else None
    if first >= last or not all(is_day(year or _SOME_LEAP_YEAR, month, day) for day in (first, last)):
        return None
    return _interval(year, (month, first), (month, last))


def _two_months(match: re.Match[str]) -> Draft | None:
    one = (month_of(match["m"]), day_of(match["d1"]))
    other = (month_of(match["m2"]), day_of(match["d2"]))
    year = int(match["y"]) if match["y"] else None
    if one >= other or not all(is_day(year or _SOME_LEAP_YEAR, *day) for day in (one, other)):
        return None
    return _interval(year, one, other)


def _interval(year: int | None, one: tuple[int, int], other: tuple[int, int]) -> Draft:
    printed = f"{year:04}" if year else "XXXX"
    value = "/".join(f"{printed}-{month:02}-{day:02}" for month, day in (one, other))
    if year:
        return Draft("DATE", value, edtf=value)
    return Draft("DATE", value, anchor="published", tensed=True)


def _part_month(match: re.Match[str]) -> Draft | None:
    mod, month = MODS[key_of_part(match["mod"])], month_of(match["m"])
    if not match["y"]:
        return Draft("DATE", f"XXXX-{month:02}", mod, anchor="published", tensed=True)
    part = part_of_month(int(match["y"]), month, mod)
    return Draft("DATE", f"{match['y']}-{month:02}", mod, part.edtf, part.limits)


def key_of_part(words: str) -> str:
    """The word that says which part of a month or year is meant: "late" of "late in"."""
    return next(word for word in re.split(r"[- ]", words.lower()) if word in MODS)


def _month_year(match: re.Match[str]) -> Draft | None:
    if re.search(r"\d(?:st|nd|rd|th)?(?: of)? $", outside(match)[0]):  # "31 February 2022" is not February 2022
        return None
    value = f"{match['y']}-{month_of(match['m']):02}"
    return Draft("DATE", value, edtf=value)


def _month_of_year(match: re.Match[str]) -> Draft:
    """ "May of last year"."""
    shift = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return Draft("DATE", f"XXXX-{month_of(match['m']):02}", anchor="published", unit="year", shift=shift)


def _day_alone(match: re.Match[str]) -> Draft | None:
    """ "on the 9th": a day of the month that the text is in."""
    day = int(re.sub(r"\D", "", match["d"]))
    if not 0 < day < 32:
        return None
    if match["part"]:  # "the night of the 5th"
        part = values("part")[match["part"].lower().removeprefix("the ")]
        return Draft("TIME", f"XXXX-XX-{day:02}T{part}", anchor="published", tensed=True)
    return Draft("DATE", f"XXXX-XX-{day:02}", anchor="published", tensed=True, start=match.start("the"))


def _month(match: re.Match[str]) -> Draft | None:
    """A month alone; "May" and the like only where a preposition or "last" says that it is the month."""
    before, after = outside(match)
    name, which = match["m"].lower(), (match["which"] or "").lower()
    preposition = re.search(
        r"(?i)\b(?:in|since|until|till|by|from|during|of|before|after|to|between|through|throughout|for|and|or|each)\s$",
        before,
    )
    if name in _AMBIGUOUS and not which and (not preposition or re.match(r" [A-Z]", after)):
        return None  # "April Holt said", "May I ask"
    if re.match(r" (?:Square|Street|Bridge|Revolution|Manifesto)\b", after) or re.search(r"\bCamp $", before):
        return None
    if re.match(r" \d|[-–]\d", after) or re.search(r"\d(?:st|nd|rd|th)?(?: of)? $", before):
        return None  # "February 31", "the 31st of April": no day of the calendar, and no month on its own either
    direction = {"last": "past", "this past": "past", "next": "future", "the coming": "future"}.get(which)
    return Draft(
        "DATE",
        f"XXXX-{month_of(match['m']):02}",
        anchor="published",
        direction=direction,  # type: ignore[arg-type]
        tensed=direction is None,
        shift={"last": -1, "next": 1}.get(which),
    )
