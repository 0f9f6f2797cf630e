"""Time expressions as dates of the record, reckoned from what the article's metadata or its text fixes."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from onrecord.lexicon.parts import Part, part_of_month, part_of_year
from onrecord.model import Timex, When
from onrecord.model.when import Rule

_LONGEST_ANCHOR = 400  # days; past this an anchor fixes no year
_SOME_DAYS = timedelta(days=3)  # to each side of a day that is told in weeks
_NEAR = 30  # days; a "past" day that lies so soon ahead was no slip of the year but of the tense
_UNSAID = 150  # days; how far from its anchor a day without a tense may lie
_DAY = re.compile(r"XXXX-(\d{2})-(\d{2})(?:/XXXX-(\d{2})-(\d{2}))?")
_DAY_ALONE = re.compile(r"XXXX-XX-(\d{2})(?:T\w+)?")
_PAIR = re.compile(r"XXXX-WXX-(\d)/XXXX-WXX-(\d)")
_SEASON = re.compile(r"XXXX-(SP|SU|FA|WI)")
_BEGINS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
_MONTH = re.compile(r"XXXX-(\d{2})")
_PART = re.compile(r"XXXX-([QH])([1-4])")

Days = tuple[date, date]


def anchor(timex: Timex, words: str, published: When | None, text_anchor: When | None = None) -> When:
    """The date that a time expression means in this article; ``words`` are its words as printed.

    ``published`` is when the article appeared; ``text_anchor`` what the text itself fixes: the date told last, for
    "a day later", and the days the exchange spans, for a day of month without a year. Neither is asked for what is
    printed whole. Where an anchor is an interval, the answer is given only if it is the same for every day of it.

    ==============================  =============================  =============================================
    words                           anchor                         value and rule
    ==============================  =============================  =============================================
    14 March 2022                   none                           2022-03-14, printed
    mid-December 2021               none                           2021-12-15~ (days 11 to 20), printed
    Monday, February 14             published 2022-02-15           2022-02-14, completed
    Monday, February 14             text 2021-12/2022-03           2022-02-14, completed: the one such Monday in it
    in January                      published 2022-02-15           2022-01, completed; looking back
    mid-December                    published 2022-01-28           2021-12-15~, completed
    on Friday                       published 2022-01-29           2022-01-28, relative; looking back
    last week                       published 2022-01-28           2022-01-17/2022-01-23, Monday to Sunday, relative
    at the end of last year         published 2022-02-15           2021-12, relative
    late last year                  published 2022-02-15           2021-11~ (October to December), relative
    at the beginning of the year    published 2022-02-15           2022-01~, relative
    earlier this month              published 2022-02-15           2022-02-01/2022-02-15, relative
    more than two years ago         published 2022-02-15           ../2020, bound
    a day later                     text 2022-01-12                2022-01-13, relative
    recently, for three days        any                            none, unresolved
    ==============================  =============================  =============================================

    A weekday or month whose sentence tells neither past nor future stays unresolved (reading takes a weekday without a
    preposition as past), and so does a day of month whose weekday is not that of the year it would fall in.

    >>> from onrecord.model import Text
    >>> text = Text.of("He said on Friday that")
    >>> friday = Timex(text=text.id, span=text.span(11, 17), type="DATE", value="XXXX-WXX-5", weekday=5,
    ...                anchor="published", direction="past")
    >>> anchor(friday, "on Friday", When.of("2022-01-29", None, "metadata")).edtf
    '2022-01-28'
    """
    if timex.edtf:
        return When(timex.edtf, timex.earliest, timex.latest, words, "printed")
    if timex.type in ("DURATION", "SET") or timex.value.endswith("_REF"):
        return When.unresolved(words)
    base = text_anchor if timex.anchor == "text" else published
    found = _everywhere(base, lambda day: _reckon(timex, words, day))
    if found is None and timex.rule == "part-of-unit":
        found = _everywhere(base, lambda day: _unit(timex, words, day, whole=True))
    if found is None and timex.anchor == "published":
        found = _within(timex, words, text_anchor)
    if found and timex.rule == "midnight" and found.latest:  # "midnight on Sunday" ends the Sunday
        found = _days(found.latest + timedelta(days=1), words)
    return found or When.unresolved(words)


def _everywhere(base: When | None, reckon: Callable[[date], When | None]) -> When | None:
    """What ``reckon`` gives for the anchor, if it gives the same for each of its days."""
    if base is None or base.earliest is None or base.latest is None:
        return None
    length = (base.latest - base.earliest).days
    if length > _LONGEST_ANCHOR:
        return None
    first = reckon(base.earliest)
    if first is None or reckon(base.latest) != first:
        return None
    # A later anchor never gives an earlier date, so that a look at each week is enough.
    same = all(reckon(base.earliest + timedelta(days=step)) == first for step in range(7, length, 7))
    return first if same else None


def _reckon(timex: Timex, words: str, day: date) -> When | None:
    """The expression reckoned from one day."""
    if timex.weekday and timex.value.startswith("XXXX-W"):
        if pair := _PAIR.fullmatch(timex.value):
            return _weekdays(timex, words, day, (int(pair[2]) - int(pair[1])) % 7)
        return _weekday(timex, words, day)
    if timex.value.startswith("XXXX-WXX-WE"):
        return _weekend(timex, words, day)
    part = _PART.fullmatch(timex.value)
    if part and timex.shift is not None:
        return _part_of_year(day.year + timex.shift, 3 if part[1] == "Q" else 6, int(part[2]), words)
    if timex.rule == "month-of" and timex.shift is not None:  # "May of last year"
        return When.of(f"{day.year + timex.shift:04}{timex.value[4:]}", words, "relative")
    if (
        timex.value == "XXXX-WI" and timex.shift is not None and day.month < 7
    ):  # winter belongs to the year it begins in
        return _unit(timex, words, date(day.year - 1, 12, 1) if day.year > 1 else day)
    if timex.unit and timex.shift is not None:
        return _unit(timex, words, day)
    if found := _SEASON.fullmatch(timex.value):
        return _season(timex, words, day, found[1])
    if found := _DAY_ALONE.fullmatch(timex.value):
        return _day_alone(timex, words, day, int(found[1]))
    if found := _DAY.fullmatch(timex.value.partition("T")[0]):
        return _day_of_month(timex, words, day, found)
    if found := _MONTH.fullmatch(timex.value):
        return _month(timex, words, day, int(found[1]))
    return None


def _weekday(timex: Timex, words: str, day: date) -> When | None:
    """ "on Friday": that day or the last one before, or the next one after, as the sentence looks back or ahead.

    "last Friday" is before the day; "next Friday" is told only where it cannot be the Friday after, which is where the
    coming one lies in the next week already.
    """
    assert timex.weekday is not None
    back = (day.isoweekday() - timex.weekday) % 7
    if timex.unit == "week" and timex.shift is not None:  # "this Friday", "Wednesday of next week"
        return _days(day + timedelta(weeks=timex.shift, days=timex.weekday - day.isoweekday()), words)
    if timex.direction == "past":
        strictly = timex.shift == -1 or timex.anchor == "text"
        return _days(day - timedelta(days=back or (7 if strictly else 0)), words)
    if timex.direction is None and back == 0:
        return _days(day, words)
    if timex.direction == "future":
        ahead = day + timedelta(days=(7 - back) % 7 or 7)
        if timex.shift == 1 and ahead.isocalendar()[1] == day.isocalendar()[1]:
            return None
        if back == 0 and timex.shift is None and timex.anchor == "published":
            return None  # "will meet on Friday", printed on a Friday: today or in a week
        return _days(ahead, words)
    return None


def _weekdays(timex: Timex, words: str, day: date, length: int) -> When | None:
    """ "on Saturday and Sunday": looking back, the last of them lies behind too."""
    assert timex.weekday is not None
    looking_back = timex.direction == "past" and timex.shift is None
    last = replace(timex, weekday=(timex.weekday + length - 1) % 7 + 1) if looking_back else None
    found = _weekday(last or timex, words, day)
    if found is None or found.earliest is None:
        return None
    first = found.earliest - timedelta(days=length) if last else found.earliest
    return _days(first, words, first + timedelta(days=length))


def _weekend(timex: Timex, words: str, day: date) -> When | None:
    saturday = day + timedelta(days=6 - day.isoweekday())
    if timex.shift is not None:
        saturday += timedelta(weeks=timex.shift)
    elif timex.direction == "past":
        saturday -= timedelta(days=7 if saturday > day else 0)
    elif timex.direction != "future":
        return None
    return _days(saturday, words, saturday + timedelta(days=1))


def _days(first: date, words: str, last: date | None = None, rule: Rule = "relative") -> When:
    edtf = first.isoformat() if last is None or last == first else f"{first.isoformat()}/{last.isoformat()}"
    return When.of(edtf, words, rule)


def _unit(timex: Timex, words: str, day: date, *, whole: bool = False) -> When | None:
    """So many units from the day: the day, the week from Monday to Sunday, the month, quarter, year or decade."""
    assert timex.unit is not None and timex.shift is not None
    edtf = _unit_value(timex.unit, timex.shift, day)
    if edtf is None:
        return None
    if timex.mod in ("START", "MID", "END"):
        return _part(timex, edtf, words)
    when = When.of(edtf, words, "relative")
    assert when.earliest and when.latest
    if timex.unit == "day" and "week" in words.lower():  # "in two weeks" names a day, give or take some
        return When(f"{edtf}~", when.earliest - _SOME_DAYS, when.latest + _SOME_DAYS, words, "relative")
    if timex.mod == "BEFORE":  # "more than two years ago"
        return When.of(f"../{edtf.rpartition('/')[2]}", words, "bound")
    if timex.mod == "APPROX":
        return When.of(f"{edtf}~", words, "relative") if "/" not in edtf else when
    if timex.rule == "part-of-unit" and timex.shift == 0 and not whole:
        if timex.direction == "past":  # "earlier this month"
            return _days(when.earliest, words, day)
        return _days(day, words, when.latest)
    return when


def _unit_value(unit: str, shift: int, day: date) -> str | None:
    try:
        if unit == "day":
            return (day + timedelta(days=shift)).isoformat()
        if unit == "week":
            monday = day + timedelta(weeks=shift, days=1 - day.isoweekday())
            return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    except OverflowError:
        return None
    if unit in ("month", "quarter"):
        months = day.year * 12 + day.month - 1 + shift * (3 if unit == "quarter" else 1)
        year, month = divmod(months, 12)
        if not 1 <= year <= 9998:
            return None
        if unit == "month":
            return f"{year:04}-{month + 1:02}"
        first = month // 3 * 3 + 1
        return f"{year:04}-{first:02}/{year:04}-{first + 2:02}"
    year = day.year + shift * (10 if unit == "decade" else 1)
    if not 1 <= year <= 9980:
        return None
    return f"{year:04}" if unit == "year" else f"{year // 10 * 10:04}/{year // 10 * 10 + 9:04}"


def _part(timex: Timex, edtf: str, words: str) -> When:
    """The beginning, middle or end of a month or year; of other units the whole, which holds it."""
    if timex.unit == "year":
        return _approximate(part_of_year(int(edtf), str(timex.mod), at_edge=timex.rule == "edge"), words, "relative")
    if timex.unit == "month":
        return _approximate(part_of_month(int(edtf[:4]), int(edtf[5:]), str(timex.mod)), words, "relative")
    return When.of(edtf, words, "relative")


def _approximate(part: Part, words: str, rule: Rule) -> When:
    return When(part.edtf, *part.limits, words, rule)


def _part_of_year(year: int, months: int, number: int, words: str) -> When:
    """A quarter or half."""
    first = months * (number - 1) + 1
    return When.of(f"{year:04}-{first:02}/{year:04}-{first + months - 1:02}", words, "relative")


def _day_of_month(timex: Timex, words: str, day: date, found: re.Match[str]) -> When | None:
    """The day of month in the year that the sentence's tense, else the nearness of the anchor, gives."""
    spans = [days for year in range(day.year - 1, day.year + 2) if (days := _in_year(year, found))]
    if timex.weekday:
        spans = [days for days in spans if days[0].isoweekday() == timex.weekday]
        # A weekday that agrees says more than a tense: "Monday, February 14" is not in every year.
        close = [days for days in spans if abs((days[0] - day).days) <= 2 * _NEAR]
        if len(close) == 1:
            return _days(close[0][0], words, close[0][1], "completed")
    chosen = _chosen(spans, day, timex.direction)
    return _days(chosen[0], words, chosen[1], "completed") if chosen else None


def _chosen(spans: list[Days], day: date, direction: str | None) -> Days | None:
    """Of the same days in neighbouring years the last before the anchor, the first after it, or the nearest.

    A day is the eve's still: what was said late on the 14th is printed on the 13th further west.
    """
    if direction is None:
        near = [days for days in spans if abs((days[0] - day).days) <= _UNSAID]
        return near[0] if len(near) == 1 else None
    before = [days for days in spans if days[0] <= day + timedelta(days=1)]
    after = [days for days in spans if days[1] >= day - timedelta(days=1)]
    if direction == "past":
        if any(timedelta(days=1) < days[0] - day <= timedelta(days=_NEAR) for days in spans):
            return None
        return before[-1] if before else None
    if any(timedelta(days=1) < day - days[1] <= timedelta(days=_NEAR) for days in spans):
        return None
    return after[0] if after else None


def _in_year(year: int, found: re.Match[str]) -> Days | None:
    try:
        first = date(year, int(found[1]), int(found[2]))
        return first, date(year, int(found[3]), int(found[4])) if found[3] else first
    except ValueError:  # 29 February, or a year off the calendar
        return None


def _day_alone(timex: Timex, words: str, day: date, number: int) -> When | None:
    """ "on the 9th": the nearest before or after, as the sentence looks; without a tense, of the month it is
    printed in.
    """
    found = days_around(day, number)
    before, after = [d for d in found if d <= day], [d for d in found if d >= day]
    if timex.direction == "past" and before:
        return _days(before[-1], words, rule="completed")
    if timex.direction == "future" and after:
        return _days(after[0], words, rule="completed")
    same = [d for d in found if (d.year, d.month) == (day.year, day.month)]
    return _days(same[0], words, rule="completed") if same else None


def days_around(day: date, number: int) -> list[date]:
    """The days with a number in the month of a day, the one before and the one after.

    >>> [str(found) for found in days_around(date(2022, 3, 1), 31)]
    ['2022-03-31']
    """
    found = []
    for step in (-1, 0, 1):
        year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
        if 1 <= year <= 9998 and number <= monthrange(year, month + 1)[1]:
            found.append(date(year, month + 1, number))
    return found


def _season(timex: Timex, words: str, day: date, season: str) -> When | None:
    """ "in the spring": looking back the last that had begun, looking ahead the next."""
    begun = date(day.year, _BEGINS[season], 1)
    if timex.direction == "future":
        year = day.year if day < begun else day.year + 1
    else:
        year = day.year if day >= begun else day.year - 1
        if timex.direction is None:
            return None
    return When.of(f"{year:04}", words, "relative")


def _month(timex: Timex, words: str, day: date, month: int) -> When | None:
    """ "in January": looking back the last January that had begun, looking ahead the first not yet over."""
    if timex.shift == -1:  # "last December" in December is a year ago
        year = day.year if month < day.month else day.year - 1
    elif timex.shift == 1:
        year = day.year if month > day.month else day.year + 1
    elif timex.direction == "past":
        year = day.year if month <= day.month else day.year - 1
    elif timex.direction == "future":
        year = day.year if month >= day.month else day.year + 1
    elif month == day.month:
        year = day.year
    else:
        return None
    return _month_of(timex, words, year, month)


def _month_of(timex: Timex, words: str, year: int, month: int) -> When:
    if timex.mod in ("START", "MID", "END"):
        return _approximate(part_of_month(year, month, timex.mod), words, "completed")
    return When.of(f"{year:04}-{month:02}", words, "completed")


def _within(timex: Timex, words: str, span: When | None) -> When | None:
    """A day or month without a year, in the one year in which it falls among the days the exchange spans."""
    if span is None or span.earliest is None or span.latest is None:
        return None
    years = range(span.earliest.year, span.latest.year + 1)
    if len(years) > 50:
        return None
    if found := _DAY.fullmatch(timex.value.partition("T")[0]):
        fits = [days for year in years if (days := _in_year(year, found)) and _overlap(days, span)]
        if timex.weekday:
            fits = [days for days in fits if days[0].isoweekday() == timex.weekday]
        return _days(fits[0][0], words, fits[0][1], "completed") if len(fits) == 1 else None
    if (found := _MONTH.fullmatch(timex.value)) and timex.shift is None:
        month = int(found[1])
        months = [_days_of_month(year, month) for year in years]
        held = [days for days in months if _overlap(days, span)]
        return _month_of(timex, words, held[0][0].year, month) if len(held) == 1 else None
    return None


def _overlap(days: Days, span: When) -> bool:
    assert span.earliest and span.latest
    return days[0] <= span.latest and days[1] >= span.earliest


def _days_of_month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
