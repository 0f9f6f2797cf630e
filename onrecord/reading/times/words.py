"""The words of time as pieces of regular expressions, and what they are worth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from onrecord.lexicon.tables import read_list, read_table

_TENS = "(?:twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_YEAR = r"(?:1\d{3}|20\d{2}|2100)(?![\d%°$€£])(?![.,:]\d)"


@cache
def values(name: str) -> Mapping[str, str]:
    """The words of one list of time_words.tsv with their values."""
    return {row["word"]: row["value"] for row in read_table("time_words") if row["list"] == name}


@cache
def months() -> Mapping[str, int]:
    """Months by every form of their name, lower case, without stops."""
    return _numbers("months")


@cache
def weekdays() -> Mapping[str, int]:
    """Weekdays by every form of their name, lower case; Monday is 1."""
    return _numbers("weekdays")


def _numbers(table: str) -> dict[str, int]:
    return {
        form.lower(): int(row["number"])
        for row in read_table(table)
        for form in (row["name"], *read_list(row["short"]))
    }


@cache
def pieces() -> Mapping[str, str]:
    """Named pieces for patterns: MONTH, MONTHS (also short), WEEKDAY, DAY, YEAR, NUMBER, UNIT and so on.

    OF_YEAR, EARLY and CALENDAR_UNIT hold the groups y, mod and u.
    Months and weekdays want a capital: "may", "march" and "sat" are verbs.
    """
    full = [row["name"] for row in read_table("months")]
    short = [form for row in read_table("months") for form in read_list(row["short"])]
    days = [row["name"] for row in read_table("weekdays")]
    short_days = [form for row in read_table("weekdays") for form in read_list(row["short"])]
    number = [*values("number"), *values("vague")]
    return {
        "MONTH": _any(full + [name.upper() for name in full]),
        "MONTHS": f"(?:{_any(full + [name.upper() for name in full])}|{_any(short)}\\b\\.?)",
        "WEEKDAY": _any(days + [name.upper() for name in days]),
        "WEEKDAYS": f"(?:{_any(days + [name.upper() for name in days])}|{_any(short_days)}\\b\\.?)",
        "DAY": r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
        "YEAR": _YEAR,
        "NUMBER": f"(?:\\d{{1,3}}(?:\\.\\d{{1,2}})?|(?i:{_TENS}[- ](?:{_ONES})|{_any(number)}))",
        "UNIT": f"(?i:{_any(values('unit'))})",
        "PART": f"(?i:{_any(values('part'))})",
        "SPELT_DAY": f"(?i:{_any(values('day'))})",
        "ORDINAL": f"(?i:{_any(values('ordinal'))})",
        "TO": r"(?: ?[-–—] ?| to )",
        "TO_AND": r"(?: ?[-–—] ?| and | to )",
        "OF_YEAR": f"(?:,? (?P<y>{_YEAR}))?",
        "NO_MORE": r"(?![\w-]|[.,:]\d)",
        "EARLY": r"(?P<mod>(?i:(?:the )?(?:early|late|mid|middle|beginning|start|end)(?:[- ]in|[- ]of)?))[- ]",
        "CALENDAR_UNIT": "(?P<u>(?i:week|month|quarter|year|decade))",
        "SEASON": f"(?i:{_any(values('season'))})",
        "ZONE": f"(?i:{_any(values('zone'))})",
    }


@cache
def may_hold_time() -> re.Pattern[str]:
    """Where a sentence may hold a time: a digit, or one of the words without which no rule fires."""
    words = {*months(), *weekdays(), *_ALWAYS}
    for name in ("unit", "part", "season", "frequency", "sense"):
        words.update(word.split()[0] for word in values(name) if word.split()[0] not in _NEVER)
    return re.compile(rf"\d|\b(?:{'|'.join(sorted(map(re.escape, words)))})(?:s|\b)", re.IGNORECASE)


_ALWAYS = [
    "stage",
    "course",
    "late",
    "lately",
    "soon",
    "shortly",
    "now",
    "today",
    "tonight",
    "tomorrow",
    "yesterday",
    "weekend",
    "weekends",
    "ago",
    "later",
    "earlier",
    "past",
    "future",
    "time",
    "moment",
    "present",
    "prior",
    "fortnight",
    "midnight",
    "recent",
    "fall",
    "term",
    *("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"),
]
_NEVER = frozenset(("the", "in", "at", "for", "this", "a", "as", "of", "on", "these"))


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """The pattern with its {NAMES} replaced by pieces; a space outside brackets is any one blank within a line."""
    pattern = _NAMED_CLUE.sub("", pattern)
    for name, piece in pieces().items():
        pattern = pattern.replace("{" + name + "}", piece)
    return re.compile(re.sub(r"\[[^\]]*\]| ", lambda found: _BLANK if found[0] == " " else found[0], pattern))


@cache
def clue_of(pattern: str) -> tuple[str, ...] | None:
    """What stands in every sentence in which a pattern matches, lower case, and is quicker to look for; None: nothing
    does.

    One of several; "#" is a digit. A pattern names its own in a comment, ``(?#clue half|{SEASON})``.

    >>> clue_of("(?P<n>{NUMBER}) (?P<u>{UNIT})s ago")[:2], clue_of(r"(?#clue half)half past (\\d+)")
    (('centuries', 'century'), ('half',))
    """
    if named := _NAMED_CLUE.search(pattern):
        return tuple(sorted({word for part in named[1].split("|") for word in _words_of(part)}))
    if "{UNIT}" in pattern and "{UNIT}|" not in pattern:
        return _words_of("{UNIT}")
    if any(piece in pattern for piece in ("{DAY}", "{YEAR}", r"\d{4}")):
        return ("#",)
    return next(((word,) for word in _WHOLE if f"(?i:{word}" in pattern), None)


def _words_of(part: str) -> tuple[str, ...]:
    """The words that a piece stands for; itself where it is none."""
    match part:
        case "{MONTH}" | "{MONTHS}":
            return tuple(sorted({form.rstrip(".") for form in months()}))
        case "{UNIT}" | "{SEASON}" | "{PART}":
            return tuple(sorted(values(part[1:-1].lower())))
    return (part,)


_NAMED_CLUE = re.compile(r"\(\?#clue ([^)]*)\)")
_WHOLE = ("half", "century", "quarter of", "the weekend")  # each begins a group that the pattern cannot do without


_BLANK = r"[ \t\u00a0\u202f]"


def month_of(word: str) -> int:
    """The number of a month's name: 9 for "Sept."."""
    return months()[word.rstrip(".").lower()]


def weekday_of(word: str | None) -> int | None:
    """The ISO number of a weekday's name; None for none."""
    return weekdays()[word.rstrip(".").lower()] if word else None


def day_of(word: str) -> int:
    """The day of "14", "2nd"."""
    return int(word.rstrip("stndrh"))


def number_of(word: str) -> str:
    """A number word's digits: "2" for "two", "X" for "several", "1.5" for "1.5"."""
    low = word.lower()
    tens, _, ones = low.replace("-", " ").partition(" ")
    if ones and tens in values("number") and ones in values("number"):  # "thirty-six"
        return str(int(values("number")[tens]) + int(values("number")[ones]))
    return values("number").get(low) or values("vague").get(low) or low
