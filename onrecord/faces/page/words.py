"""The words and shapes of the page: how a date, a status, a manner and a count are said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.model import Entry, When

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

KINDS: Mapping[str, str] = {
    "statement": "Statement",
    "demand": "Demand",
    "answer": "Answer",
    "meeting": "Meeting",
    "document": "Paper",
    "commitment": "Commitment",
    "action": "Action",
}

_RULES: Mapping[str, str] = {
    "printed": "printed in full",
    "completed": "completed from weekday, publication date or another text",
    "relative": "reckoned from another date",
    "metadata": "from the file’s metadata",
    "bound": "only limits are known",
    "unresolved": "not resolved: the texts give no value",
}
_BASES: Mapping[str, str] = {
    "completed": "completed",
    "relative": "reckoned",
    "metadata": "from metadata",
    "bound": "limits only",
    "unresolved": "no value",
}
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")


@dataclass(frozen=True, slots=True)
class DateWords:
    """A date as it is shown. ``machine`` is the value for ``<time datetime>``, None where HTML has no such value."""

    shown: str
    note: str  # what it rests on, in full
    told: str = ""  # the date words of the article
    basis: str = ""  # what it rests on, in a word; empty where it is printed in full
    machine: str | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A status: its word, the name of its shape and the tone of its colour. The word alone says it."""

    word: str
    shape: str
    tone: str


_STANCES: Mapping[str, Chip] = {
    "demands": Chip("demands", "demand", "ink"),
    "accepts": Chip("accepted", "accepted", "green"),
    "rejects": Chip("rejected", "rejected", "red"),
    "partly accepts": Chip("partly accepted", "partial", "amber"),
    "defers": Chip("deferred", "deferred", "blue"),
    "unclear": Chip("unclear", "unclear", "grey"),
    "unanswered": Chip("unanswered", "unanswered", "violet"),
}
_STATUSES: Mapping[str, Chip] = {
    "accepted": _STANCES["accepts"],
    "rejected": _STANCES["rejects"],
    "partial": _STANCES["partly accepts"],
    "deferred": _STANCES["defers"],
    "unclear": _STANCES["unclear"],
    "unanswered": _STANCES["unanswered"],
    "held": Chip("held", "accepted", "green"),
    "planned": Chip("planned", "deferred", "blue"),
    "proposed": Chip("proposed", "unclear", "grey"),
    "cancelled": Chip("cancelled", "rejected", "red"),
}


def say_when(when: When | None) -> DateWords | None:
    """The date in words, exactly as precise as it is known; None where nothing is.

    >>> say_when(When.of("2022-01-09/2022-01-10", None, "metadata")).shown
    '9–10 January 2022'
    """
    if when is None:
        return None
    told = when.stated or ""
    note = f"told as “{told}”; {_RULES[when.rule]}" if told else _RULES[when.rule]
    basis = _BASES.get(when.rule, "")
    if when.edtf is None:
        return DateWords(f"“{told}”", note, basis=basis)
    start, slash, end = when.edtf.partition("/")
    if not slash:
        return DateWords(_say_day(start), note, told, basis, start.rstrip("~?%"))
    if start in ("", ".."):
        return DateWords(f"by {_say_day(end)}", note, told, basis)
    if end in ("", ".."):
        return DateWords(f"from {_say_day(start)}", note, told, basis)
    return DateWords(_say_interval(start, end), note, told, basis)


def say_edtf(edtf: str) -> str:
    """An EDTF day, month or year in words, without what it rests on.

    >>> say_edtf("2021-12~")
    'about December 2021'
    """
    return _say_day(edtf) if re.fullmatch(r"\d{4}(-\d{2}){0,2}[~?%]?", edtf) else edtf


def say_status(entry: Entry) -> Chip | None:
    """The chip of an entry's status; None where the entry has none."""
    if entry.status is None:
        return None
    return _STATUSES.get(entry.status) or Chip(entry.status, "stage", "ink")


def say_stance(stance: str, articles: int) -> Chip:
    """The chip of a position. "No answer found" names how many articles were read, and claims no more.

    >>> say_stance("no answer found", 12).word
    'no answer found in these 12 articles'
    """
    if stance == "no answer found":
        return Chip(f"no answer found in {_these(articles)}", "unanswered", "violet")
    return _STANCES[stance]


def say_sources(entry: Entry) -> str:
    """How many independent sources carry an entry, with the upper limit where it cannot be known.

    The number is one of texts, a text and its copies counted once.
    """
    most = entry.attributes.get("sources_at_most")
    least = entry.independent_sources
    if isinstance(most, int) and most > least:
        return f"{least} to {most} independent sources"
    return count(least, "independent source")


def say_manner(manner: str | None) -> str:
    """The word for how a report gives the words; outlet voice has none of its own.

    >>> say_manner("mixed")
    'paraphrase with quoted words'
    """
    return {"verbatim": "verbatim", "mixed": "paraphrase with quoted words", "paraphrase": "paraphrase"}.get(
        manner or "", "the outlet’s own words"
    )


def say_duration(duration: str) -> str:
    """An ISO 8601 duration in words; what is not one stays as it is.

    >>> say_duration("PT1H30M")
    '1 h 30 min'
    """
    found = _DURATION.fullmatch(duration)
    if not found or not any(found.groups()):
        return duration
    parts = zip(found.groups(), ("d", "h", "min"), strict=True)
    return " ".join(f"{int(number)} {unit}" for number, unit in parts if number)


def count(number: int, noun: str) -> str:
    """A number with its noun.

    >>> count(1, "article"), count(0, "article")
    ('1 article', '0 articles')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _these(articles: int) -> str:
    return "this one article" if articles == 1 else f"these {articles:,} articles"


def _say_day(value: str) -> str:
    prefix = {"~": "about ", "?": "possibly ", "%": "possibly about "}.get(value[-1:], "")
    year, *rest = value.rstrip("~?%").split("-")
    if not rest:
        return prefix + year
    month = MONTHS[int(rest[0]) - 1]
    return prefix + (f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}")


def _say_interval(start: str, end: str) -> str:
    first, last = _say_day(start).split(" "), _say_day(end).split(" ")
    if len(first) == len(last) == 3 and first[1:] == last[1:]:
        return f"{first[0]}–{' '.join(last)}"
    if len(first) == len(last) >= 2 and first[-1] == last[-1] and "about" not in first:
        return f"{' '.join(first[:-1])} – {' '.join(last)}"
    return f"{' '.join(first)} – {' '.join(last)}"
