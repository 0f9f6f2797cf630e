"""Calendar dates in words and figures: days, months, years, decades, quarters, and their ranges."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon.parts import MODS, part_of_month, part_of_year
from onrecord.reading.times.draft import Draft, Rule, is_day, outside
from onrecord.reading.times.words import clue_of, compile_pattern, day_of, month_of, values, weekday_of

# Words that may follow "on the 9th" and are no noun that it counts.
_AFTER_A_DAY = (
    "and|to|in|at|by|of|but|with|he|she|it|they|we|I|who|when|after|before|the|a|an|his|her|their|its|our|if|is|was|were|"
    "are|will|would|had|has|have|did|that|this|there|as|for|or|nor|not|from|then|again|only|still|over|without|because|"
    "so|until|no|near|off|between"
)
_PAPER = re.compile(
    r"\b(?:Document|Act|Charter|Treaty|Accords?|Agreement|Declaration|Convention|Memorandum|Protocol) $"
)
_NO_YEAR = re.compile(r"\b(?:pp?|nos?|tel)\. ?$")
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
        ("quarter-sign", r"(?#clue #)\b(?P<n>Q[1-4]|H[12]) (?P<y>{YEAR})\b", _quarter_sign),
        ("quarter", r"(?#clue quarter)\b(?i:the )?(?P<n>{ORDINAL})[- ](?i:quarter)(?i: of) (?P<y>{YEAR})\b", _quarter),
        ("half", r"\b(?i:the )?(?P<n>(?i:first|second))[- ](?i:half of) (?P<y>{YEAR})\b", _half),
        ("season", r"\b(?i:the )?(?P<s>{SEASON})(?i: of)? (?P<y>{YEAR})\b", _season),
        ("years", r"(?<![\w.,/$€£-])(?P<y>{YEAR})(?: ?[-–—/] ?)(?P<y2>(?:19|20)?\d{2})(?![\w/-]|[.,]\d)", _years),
        ("opening-year", r"(?m)^(?P<y>{YEAR})(?=: )", _opening_year),
        (
            "decade-word",
            r"(?#clue nties|rties|fties|xties|ghties|neties)\b(?i:the )"
            r"(?P<w>(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b",
            _decade_word,
        ),
        (
            "decade",
            r"(?<![\w.,$€£-])(?:(?i:the )(?:(?P<mod>(?i:early|late|mid))[- ])?)?(?P<y>(?:1\d|20)\d)0s\b",
            _decade,
        ),
        ("century", r"\b(?i:the )?(?P<n>\d{1,2}(?:st|nd|rd|th)|{ORDINAL})[- ](?i:century)\b", _century),
        (
            "part-year",
            r"\b{EARLY}(?P<y>{YEAR})\b",
            _part_year,
        ),
        (
            "year",
            r"(?<![\w.,$€£-])(?P<p>(?i:in|since|of|from|until|till|by|before|after|during|to|through|between|and|the|or|"
            r"as early as|back in|for|around|circa|about|(?:the )?year) ?\(?|\()(?P<y>{YEAR})(?![\w/-])",
            _year,
        ),
        (
            "year-of-paper",
            r"(?<=[a-z] )(?P<y>{YEAR})(?=[.,;:)]|$)",
            _year_of_paper,
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
    return tuple(Rule(name, compile_pattern(pattern), build, clue_of(pattern)) for name, pattern, build in patterns)


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
    mod, month = MODS[_key(match["mod"])], month_of(match["m"])
    if not match["y"]:
        return Draft("DATE", f"XXXX-{month:02}", mod, anchor="published", tensed=True)
    part = part_of_month(int(match["y"]), month, mod)
    return Draft("DATE", f"{match['y']}-{month:02}", mod, part.edtf, part.limits)


def _part_year(match: re.Match[str]) -> Draft | None:
    words = match["mod"].lower()
    mod = MODS[_key(words)]
    part = part_of_year(int(match["y"]), mod, at_edge=not _is_wide(words))
    return Draft("DATE", match["y"], mod, part.edtf, part.limits)


def _is_wide(words: str) -> bool:
    """ "early" and "late" take in more of a year than its beginning and end."""
    return "early" in words or "late" in words


def _key(words: str) -> str:
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


def _quarter_sign(match: re.Match[str]) -> Draft:
    """ "Q4 2023"."""
    months = 3 if match["n"][0] == "Q" else 6
    first = months * (int(match["n"][1]) - 1) + 1
    return Draft(
        "DATE", f"{match['y']}-{match['n']}", edtf=f"{match['y']}-{first:02}/{match['y']}-{first + months - 1:02}"
    )


def _quarter(match: re.Match[str]) -> Draft | None:
    number = int(values("ordinal")[match["n"].lower()])
    if number > 4:
        return None
    year, first = match["y"], 3 * number - 2
    return Draft("DATE", f"{year}-Q{number}", edtf=f"{year}-{first:02}/{year}-{first + 2:02}")


def _half(match: re.Match[str]) -> Draft:
    year = match["y"]
    if match["n"].lower() == "first":
        return Draft("DATE", f"{year}-H1", edtf=f"{year}-01/{year}-06")
    return Draft("DATE", f"{year}-H2", edtf=f"{year}-07/{year}-12")


def _season(match: re.Match[str]) -> Draft:
    """A season has a value and no EDTF: its days are not the same north and south."""
    return Draft("DATE", f"{match['y']}-{values('season')[match['s'].lower()]}", anchor="none")


def _years(match: re.Match[str]) -> Draft | None:
    first, last = match["y"], match["y2"]
    if len(last) == 2:
        last = first[:2] + last
    if _NO_YEAR.search(outside(match)[0]) or not (
        1800 <= int(first) < int(last) <= 2100 and int(last) - int(first) <= 60
    ):
        return None  # "a score of 1998-21", telephone numbers
    return Draft("DATE", f"{first}/{last}", edtf=f"{first}/{last}")


def _decade(match: re.Match[str]) -> Draft:
    first = int(match["y"]) * 10
    mod = MODS[match["mod"].lower()] if match["mod"] else None
    if mod:
        return Draft("DATE", match["y"], mod, unit="decade")
    limits = (date(first, 1, 1), date(first + 9, 12, 31))
    return Draft("DATE", match["y"], None, f"{first}/{first + 9}", limits, unit="decade")


def _opening_year(match: re.Match[str]) -> Draft | None:
    """A chronicle: "1871: the first survey"."""
    return Draft("DATE", match["y"], edtf=match["y"]) if 1000 <= int(match["y"]) <= 2100 else None


def _decade_word(match: re.Match[str]) -> Draft | None:
    """ "the eighties", not "in the high thirties"."""
    words = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    first = 1920 + 10 * words.index(match["w"].lower())
    limits = (date(first, 1, 1), date(first + 9, 12, 31))
    return Draft("DATE", str(first // 10), None, f"{first}/{first + 9}", limits, unit="decade")


def _century(match: re.Match[str]) -> Draft | None:
    word = match["n"].lower()
    number = int(values("ordinal").get(word) or re.sub(r"\D", "", word))
    if word in ("last", "final") or not 10 < number <= 21:
        return None
    first = (number - 1) * 100 + 1
    return Draft("DATE", str(number - 1), edtf=f"{first}/{first + 99}")


def _year(match: re.Match[str]) -> Draft | None:
    """A four-figure number is a year only where its neighbours allow: not "of 1999 troops", "to 2000 dollars"."""
    before, after = match["p"].strip().lower(), outside(match)[1]
    year = int(match["y"])
    following = re.match(r"[ \u00a0-]([A-Za-z]+)", after)
    word = following[1] if following else ""
    if word.lower() in values("counted") or (
        before == "("
        and re.search(r"\bresolutions? \d{3,4} \($", match.string[max(0, match.start() - 30) : match.start("y")])
    ):
        return None
    if before in ("and", "to") and re.search(r"\b\w*(?:rains|lights|oted|ooms?) \d+ $", outside(match)[0]):
        return None  # "voted 2020 to 1999", "trains 1917 and 2001"
    if before == "the" and 1900 <= year <= 2100 and year % 100:  # "the 1992 protests", but "the 2000 troops"
        return Draft("DATE", match["y"], edtf=match["y"], start=match.start("y"))
    sure = before in ("in", "since", "during", "until", "till", "back in", "as early as", "(", "year", "the year")
    if not sure and (year < 1800 or (word[:1].islower() and word.endswith("s") and before not in ("by", "from"))):
        return None
    if before in ("for", "and", "or", "to", "about", "around") and not 1900 <= year <= 2100:
        return None
    if before == "in" and year < 1500 and not re.match(r"\s*[.,;)]|$", after):
        return None
    start = match.start("y")
    return Draft("DATE", match["y"], edtf=match["y"], start=start)


def _year_of_paper(match: re.Match[str]) -> Draft | None:
    """ "the Istanbul Document 1999": after the kind of a paper, before a mark."""
    if not _PAPER.search(outside(match)[0]) or not 1900 <= int(match["y"]) <= 2100:
        return None
    return Draft("DATE", match["y"], edtf=match["y"])


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
