"""Talks: which meetings are one, planned and then held, and which one an article means that says only where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from onrecord.linking.actors import Actors
from onrecord.linking.groups import agree
from onrecord.linking.spelling import fold
from onrecord.model import Act, Corpus, Group, Link, Telling, When

_AHEAD, _PAST = ("proposed", "planned"), ("held", "cancelled")
_LONGEST = 7  # days that a date may leave open where it is to tell one round of talks from the next
# Words for parties that an article has named before: "while the ministers sat in Haejin".
_THEY = frozenset(
    (
        *("they", "both", "two", "pair", "sides", "delegations", "governments"),
        *("ministers", "negotiators", "envoys", "presidents"),
    )
)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """A meeting by what is told of it: who, where, when; ``named`` are the sides that its articles name."""

    group: Group
    sides: frozenset[str]
    place: str | None
    when: When | None
    named: frozenset[str]
    is_bare: bool  # no more is told of it than where it is

    @property
    def status(self) -> str | None:
        return self.group.tellings[0].status


def find_talks(corpus: Corpus, groups: Sequence[Group], actors: Actors) -> Iterator[Link]:
    """``related`` between a meeting that is planned and the same held or called off, by its day and who takes part.

    And from "while the ministers sat in Haejin" to the only meeting there, if its article names who took part.

    "Berg is to meet Ek in Vessel on 9 May" and "Berg and Ek met on 9 May" are two stages of one meeting.
    """
    texts = {article.id: article.text for article in corpus.articles}
    meetings = [_meeting(group, actors, texts) for group in groups if group.kind == "meeting"]
    found: dict[tuple[str, str], str] = {}
    for block in _blocks(meetings):
        for number, later in enumerate(block):
            first = next((other for other in block[:number] if _are_stages(other, later)), None)
            if first:
                found.setdefault((later.group.id, first.group.id), "one meeting, planned and then held or called off")
    for bare, other in _told_by_place(meetings):
        found.setdefault((bare.group.id, other.group.id), "the only meeting told of there")
    for (later_id, first_id), why in sorted(found.items()):
        yield Link("related", later_id, first_id, 1.0, why)


def _meeting(group: Group, actors: Actors, texts: dict[str, str]) -> _Meeting:
    told = group.tellings
    taking_part = {actor for telling in told for actor in (*telling.by, *telling.to)}
    sides = frozenset(actors.side(actor) for actor in taking_part if actors.kind(actor) != "group")
    place = next((telling.place for telling in told if telling.place), None)
    when = next((telling.when for telling in told if telling.when and telling.when.edtf), None)
    named = frozenset(actors.side(actor) for telling in told for actor in actors.named_in(texts[telling.article]))
    bare = place is not None and when is None and not sides and all(map(_says_not_who, told))
    return _Meeting(group, sides, place, when, named, bare)


def _says_not_who(telling: Telling) -> bool:
    """Whether nobody takes part whom the words tell apart from others: not "the unions and the employers"."""
    act = telling.annotation
    parties = (*act.by, *act.to) if isinstance(act, Act) else ()
    return all(fold(span.exact).rpartition(" ")[2] in _THEY for span in parties)


def _blocks(meetings: Iterable[_Meeting]) -> Iterator[list[_Meeting]]:
    """The dated meetings that have a week in common, and two parties, or a party and the place."""
    blocks: dict[tuple[str, str, int], list[_Meeting]] = defaultdict(list)
    for meeting in meetings:
        days = _days(meeting.when)
        if days:
            first, last = (day.toordinal() // _LONGEST for day in days)
            keys = list(combinations(sorted(meeting.sides), 2))
            keys += [(side, meeting.place) for side in sorted(meeting.sides) if meeting.place]
            for key in keys:
                for week in range(first, last + 1):
                    blocks[(*key, week)].append(meeting)
    yield from (block for _, block in sorted(blocks.items()))


def _are_stages(a: _Meeting, b: _Meeting) -> bool:
    """Whether one is planned and the other the same, held or called off."""
    statuses = {a.status, b.status}
    if statuses.isdisjoint(_AHEAD) or statuses.isdisjoint(_PAST) or not agree(a.when, b.when):
        return False
    if a.place and b.place and a.place != b.place:
        return False
    both = a.sides & b.sides  # on one day one party meets several
    same_place = a.place is not None and a.place == b.place
    return (len(both) > 1 or (same_place and bool(both))) and both in (a.sides, b.sides)


def _told_by_place(meetings: Sequence[_Meeting]) -> Iterator[tuple[_Meeting, _Meeting]]:
    """Each meeting of which only the place is told, with the only other one there of the same status."""
    there: dict[tuple[str, str | None], list[_Meeting]] = defaultdict(list)
    for meeting in meetings:
        if meeting.place and not meeting.is_bare:
            there[meeting.place, meeting.status].append(meeting)
    for meeting in meetings:
        fits = there[meeting.place, meeting.status] if meeting.is_bare and meeting.place else []
        if len(fits) == 1 and meeting.named & fits[0].sides:
            yield meeting, fits[0]


def _days(when: When | None) -> tuple[date, date] | None:
    """The first and last day of a date that is exact enough to tell one round of talks from the next."""
    if when is None or when.earliest is None or when.latest is None or (when.latest - when.earliest).days >= _LONGEST:
        return None
    return when.earliest, when.latest
