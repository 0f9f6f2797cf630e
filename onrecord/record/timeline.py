"""The order of entries, by their earliest day; what has no day stands where its text puts it. And what weighs most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from onrecord.model import Entry, RecordText
from onrecord.record.ties import tied

_Key = tuple[bool, date, date, int, int, str]


def order_entries(entries: tuple[Entry, ...], texts: tuple[RecordText, ...]) -> tuple[str, ...]:
    """Ids of the published entries: dated ones by earliest, then latest day, then as told; undated ones last.

    An undated entry that the text puts behind another ("After that, she wrote to the League") stands right behind it,
    and one behind which the text puts another right before that; where the texts say both and these cannot be, behind.
    """
    rank = {text.id: number for number, text in enumerate(texts)}
    keys: dict[str, _Key] = {}
    for entry in entries:
        when, first = entry.when, entry.reports[0]
        known = when is not None and when.earliest is not None
        earliest = when.earliest if when and when.earliest else date.max
        latest = when.latest if when and when.latest else date.max
        keys[entry.id] = (not known, earliest, latest, rank[first.text], first.spans.content[0].start, entry.id)
    shown = sorted((entry for entry in entries if entry.certainty == "published"), key=lambda entry: keys[entry.id])
    return _placed([entry.id for entry in shown if not keys[entry.id][0]], [e for e in shown if keys[e.id][0]], shown)


def _placed(order: list[str], undated: Sequence[Entry], shown: Sequence[Entry]) -> tuple[str, ...]:
    """The dated entries in their order with the undated ones among them where the texts put these, the others last."""
    before = {entry.id: tied(entry, "after") for entry in shown}
    behind: dict[str, list[str]] = defaultdict(list)
    for later, earlier in before.items():
        for one in earlier:
            behind[one].append(later)
    waiting = list(undated)
    while waiting:
        left = [entry for entry in waiting if not _put(order, entry.id, before[entry.id], behind.get(entry.id, ()))]
        if len(left) == len(waiting):
            break
        waiting = left  # one that stands now may be what another waits for
    return (*order, *(entry.id for entry in waiting))


def _put(order: list[str], entry: str, before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether an entry found its place: behind the last of ``before``, else before the first of ``behind``."""
    if not before and not behind:
        return False
    places = {one: number for number, one in enumerate(order)}
    earlier = [places[one] for one in before if one in places]
    later = [places[one] for one in behind if one in places]
    if earlier:
        order.insert(max(earlier) + 1, entry)
    elif later:
        order.insert(min(later), entry)
    return bool(earlier or later)


def weigh(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries, each with its ``importance``: its independent sources, and the parties that speak to it.

    To an entry speaks whoever is told to have done it, to answer it, or to have said what is tied to it.
    """
    speaking: dict[str, set[str]] = defaultdict(set)
    by = {entry.id: set(entry.by) for entry in entries}
    for entry in entries:
        speaking[entry.id] |= by[entry.id]
        for other in (entry.answers, *tied(entry, "related")):
            if other in by:
                speaking[other] |= by[entry.id]
                speaking[entry.id] |= by[other]
    return tuple(replace(entry, attributes=_with(entry, len(speaking[entry.id]))) for entry in entries)


def _with(entry: Entry, parties: int) -> Mapping[str, object]:
    return {**entry.attributes, "importance": entry.independent_sources + parties}
