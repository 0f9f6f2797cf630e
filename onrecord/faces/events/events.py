"""The events of a record: an entry, in codes, for each pair of those who do it and those to whom it is done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from onrecord.faces.events.codes import code_entry
from onrecord.faces.events.meetings import Coded
from onrecord.faces.lookup import Lookup
from onrecord.model import Entry, Report, When

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_Pair = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Event:
    """One row of event data. ``source`` and ``target`` are actor ids, None where nobody is known.

    ``day`` is empty where the day is not known. ``report`` is the entry's first: the row's evidence.
    """

    id: str
    type: str
    mode: str
    code: str
    day: str
    source: str | None
    target: str | None
    entry: Entry
    report: Report


def find_events(lookup: Lookup, *, both_ways: bool = False) -> Iterator[Event]:
    """The events of the entries in the timeline, in its order.

    Those who met are paired once each, and with ``both_ways`` in either direction. What is only possible is no event:
    what may or might be stands there too.
    """
    for entry in lookup.ordered():
        coded = [one for one in code_entry(entry, lookup) if one.planned or not _is_ahead(entry, lookup)]
        rows = [(one, code, pair) for one in coded for code, pair in _pairs(one, entry, both_ways)]
        for number, (one, code, (source, target)) in enumerate(rows, start=1):
            yield Event(
                id=f"{entry.id}.{number}" if len(rows) > 1 else entry.id,
                type=one.type,
                mode=one.mode,
                code=code,
                # The record dates a planned meeting by when it is to be; when it was agreed on is not known.
                day="" if one.planned else day_only(entry.when),
                source=source,
                target=target,
                entry=entry,
                report=entry.reports[0],
            )


def day_only(when: When | None) -> str:
    """The date where it is known to the day; empty for a month, a range, a limit, or a day given as about right.

    >>> day_only(When.of("2022-01-26", None, "printed")), day_only(When.of("2022-01", None, "printed"))
    ('2022-01-26', '')
    """
    return when.edtf if when and when.edtf and _DAY.fullmatch(when.edtf) else ""


def _pairs(coded: Coded, entry: Entry, both_ways: bool) -> list[tuple[str, _Pair]]:
    """Who does it to whom, each with the code seen from the first; one pair with nobody where nobody is known."""
    if entry.kind == "meeting":
        pairs: list[_Pair] = [*_met(coded, entry)]
        back = [(coded.back, (target, source)) for source, target in pairs if target is not None]
        return [*((coded.code, pair) for pair in pairs), *(back if both_ways else ())]
    by, to = entry.by or (None,), entry.to or (None,)
    pairs = [(source, target) for source in by for target in to if source is None or source != target]
    return [(coded.code, pair) for pair in pairs or [(by[0], None)]]


def _met(coded: Coded, entry: Entry) -> list[_Pair]:
    """Those who met, by two: across the two sides of a visit, the visitor first; else each with each."""
    first, second = (entry.to, entry.by) if coded.turned else (entry.by, entry.to)
    present = tuple(dict.fromkeys((*first, *second)))
    across = [(one, other) for one in first for other in second if one != other]
    if coded.mode == "visit" and across:
        return [*across]
    return [*combinations(present, 2)] or [(present[0] if present else None, None)]


def _is_ahead(entry: Entry, lookup: Lookup) -> bool:
    """Whether its day lies after that of every article that tells it: it was still to come when it was told."""
    if not (entry.when and entry.when.earliest):
        return False
    told = [lookup.texts[report.text].published for report in entry.reports]
    latest = [when.latest for when in told if when and when.latest]
    return len(latest) == len(told) and entry.when.earliest > max(latest)
