"""Talks: which meetings are one, planned and then held, and which one an article means that says only where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onrecord.linking.actors import Actors
from onrecord.linking.groups import agree
from onrecord.model import Group, Link, When

_AHEAD = ("proposed", "planned")
_LONGEST = 7  # days that a date may leave open where it is to tell one round of talks from the next


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A meeting by what is told of it: who, where, when, and whether it has been held."""

    group: Group
    sides: frozenset[str]
    place: str | None
    when: When | None

    @property
    def status(self) -> str | None:
        return self.group.tellings[0].status

    @property
    def is_bare(self) -> bool:
        """Whether no more is told of it than where it is."""
        return not self.sides and self.when is None and self.place is not None


def find_talks(groups: Sequence[Group], actors: Actors) -> Iterator[Link]:
    """``related`` between a meeting that is planned and the same held or called off, by its day and who takes part.

    And from "while the ministers sat in Haejin" to the only meeting that is told of there.

    "Berg is to meet Ek in Vessel on 9 May" and "Berg and Ek met on 9 May" are two stages of one meeting.
    """
    meetings = [_meeting(group, actors) for group in groups if group.kind == "meeting"]
    found: dict[tuple[str, str], str] = {}
    for block in _blocks(meetings):
        for a, b in combinations(block, 2):
            if _are_stages(a, b):
                found.setdefault((b.group.id, a.group.id), "one meeting, planned and then held or called off")
    for bare, other in _told_by_place(meetings):
        found.setdefault((bare.group.id, other.group.id), "the only meeting told of there")
    for (later, earlier), why in sorted(found.items()):
        yield Link("related", later, earlier, 1.0, why)


def _meeting(group: Group, actors: Actors) -> _Meeting:
    told = group.tellings
    named = (actor for telling in told for actor in (*telling.by, *telling.to) if actors.kind(actor) != "group")
    place = next((telling.place for telling in told if telling.place), None)
    when = next((telling.when for telling in told if telling.when and telling.when.edtf), None)
    return _Meeting(group, frozenset(map(actors.side, named)), place, when)


def _blocks(meetings: Iterable[_Meeting]) -> Iterator[list[_Meeting]]:
    """The dated meetings that have a party or a place and a week in common."""
    blocks: dict[tuple[str, int], list[_Meeting]] = defaultdict(list)
    for meeting in meetings:
        days = _days(meeting.when)
        if days:
            first, last = (day.toordinal() // _LONGEST for day in days)
            for key in (*meeting.sides, *([meeting.place] if meeting.place else ())):
                for week in range(first, last + 1):
                    blocks[key, week].append(meeting)
    yield from (block for _, block in sorted(blocks.items()))


def _are_stages(a: _Meeting, b: _Meeting) -> bool:
    """Whether one is planned and the other the same, held or called off."""
    if (a.status in _AHEAD) == (b.status in _AHEAD) or not agree(a.when, b.when):
        return False
    if a.place and b.place and a.place != b.place:
        return False
    same_place = a.place is not None and a.place == b.place
    if not a.sides or not b.sides:
        return same_place
    both = a.sides & b.sides  # on one day one party meets several
    return (len(both) > 1 or (same_place and bool(both))) and both in (a.sides, b.sides)


def _told_by_place(meetings: Sequence[_Meeting]) -> Iterator[tuple[_Meeting, _Meeting]]:
    """Each meeting of which only the place is told, with the only other one there of the same status."""
    there: dict[tuple[str, str | None], list[_Meeting]] = defaultdict(list)
    for meeting in meetings:
        if meeting.place and not meeting.is_bare:
            there[meeting.place, meeting.status].append(meeting)
    for meeting in meetings:
        if meeting.is_bare and meeting.place and len(fits := there[meeting.place, meeting.status]) == 1:
            yield meeting, fits[0]


def _days(when: When | None) -> tuple[date, date] | None:
    """The first and last day of a date that is exact enough to tell one round of talks from the next."""
    if when is None or when.earliest is None or when.latest is None or (when.latest - when.earliest).days >= _LONGEST:
        return None
    return when.earliest, when.latest
