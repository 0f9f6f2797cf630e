"""Standings: what each party holds on each issue from when to when, and who says so in which outlets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from onrecord.model import Entry, Position, Record, Report, Stand, Standing, Stretch, Teller, When
from onrecord.model.record import Voice
from onrecord.model.standing import Held, Turn

_OF_STATUS: dict[str, Held] = {
    "accepted": "accepts",
    "rejected": "rejects",
    "partial": "partly accepts",
    "deferred": "defers",
    "unanswered": "unanswered",
    "unclear": "unclear",
}

# How much of an answer a stance is. "We shall reply in May" and, in May, "no": that is a step to more of an answer.
# "No" on 20 April and "in part" on 4 May, or "yes" and then "in the summer", is a changed position.
_WEIGHT: dict[Held, int] = {"accepts": 2, "rejects": 2, "partly accepts": 2, "defers": 1}

_NEVER, _ALWAYS = 0, 10**7  # beyond every day of the calendar


def find_standings(record: Record) -> tuple[Standing, ...]:
    """For each position's party and issue: its stances in the order of their dates, as far as these give one.

    In the order of the positions; a party that asks and answers on one issue has two. Nothing is taken for known:
    stances that overlap or have no date stand side by side, in one stretch or apart from all.

    >>> find_standings(Record())
    ()
    """
    entries = {entry.id: entry for entry in record.entries}
    rank = {entry: number for number, entry in enumerate(record.timeline)}
    held: dict[tuple[str, str, bool], dict[tuple[Held, str], None]] = {}
    for position in record.positions:
        mine = held.setdefault((position.actor, position.issue, position.stance == "demands"), {})
        mine.update(dict.fromkeys((_stance(position, entries[entry]), entry) for entry in position.entries))
    return tuple(
        _standing(
            actor, issue, [_Held.of(stance, entries[entry], rank.get(entry, len(rank))) for stance, entry in mine]
        )
        for (actor, issue, _), mine in held.items()
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """One entry's word on what a party holds, and between which days (ordinals) it lies."""

    stance: Held
    entry: Entry
    earliest: int
    latest: int
    rank: int  # in the timeline

    @classmethod
    def of(cls, stance: Held, entry: Entry, rank: int) -> _Held:
        # Silence rests on the demand, and the day of the demand is not the day of the silence.
        when = None if stance == "no answer found" else entry.when
        return cls(
            stance=stance,
            entry=entry,
            earliest=_ordinal(when.earliest if when else None, _NEVER),
            latest=_ordinal(when.latest if when else None, _ALWAYS),
            rank=rank,
        )


def _stance(position: Position, entry: Entry) -> Held:
    """What this entry says: a refusal and a claim of silence under one position are two."""
    if entry.kind == "answer" and entry.status:
        return _OF_STATUS[entry.status]
    return position.stance


def _standing(actor: str, issue: str, held: Sequence[_Held]) -> Standing:
    homeless = {one.entry.id for one in held if _has_no_place(one, held)}
    placed = [one for one in held if one.entry.id not in homeless]
    stretches: list[Stretch] = []
    for together in _joined(placed):
        stands = _stands(together)
        stretches.append(Stretch(stands, _turn(stretches[-1].stands, stands) if stretches else None))
    return Standing(actor, issue, tuple(stretches), _stands([one for one in held if one.entry.id in homeless]))


def _has_no_place(one: _Held, held: Iterable[_Held]) -> bool:
    """Whether it may lie before and after a change, so that it would hide it.

    "Rejected" on 20 April, "accepted in part" on 4 May, and a "rejected" of no date: the change is known all the same.
    """
    first: dict[Held, int] = {}
    last: dict[Held, int] = {}
    for other in held:
        if other.earliest <= one.latest and one.earliest <= other.latest:
            first[other.stance] = min(first.get(other.stance, _ALWAYS), other.latest)
            last[other.stance] = max(last.get(other.stance, _NEVER), other.earliest)
    return any(first[a] < last[b] for a in first for b in last if a != b)


def _joined(held: Iterable[_Held]) -> list[list[_Held]]:
    """Stretches in order: those that overlap, through others too, are together; neighbours of one stance are one."""
    joined: list[list[_Held]] = []
    until = _NEVER
    for one in sorted(held, key=lambda one: (one.earliest, one.latest)):
        if joined and (one.earliest <= until or {other.stance for other in joined[-1]} == {one.stance}):
            joined[-1].append(one)
        else:
            joined.append([one])
        until = max(until, one.latest)
    return joined


def _turn(before: Sequence[Stand], now: Sequence[Stand]) -> Turn:
    steps = [(a.stance, b.stance) for a in before for b in now if a.stance != b.stance]
    if any(_WEIGHT.get(a, 0) == 2 and b in _WEIGHT for a, b in steps):
        return "change"
    return "step" if any(_WEIGHT.get(a, 0) < _WEIGHT.get(b, 0) for a, b in steps) else "later"


def _stands(held: Iterable[_Held]) -> tuple[Stand, ...]:
    """One for each stance, in the order of the timeline."""
    by_stance: defaultdict[Held, list[Entry]] = defaultdict(list)
    for one in sorted(held, key=lambda one: (one.rank, one.entry.id)):
        by_stance[one.stance].append(one.entry)
    return tuple(_stand(stance, entries) for stance, entries in by_stance.items())


def _stand(stance: Held, entries: Sequence[Entry]) -> Stand:
    silent = stance == "no answer found"
    dated = [entry.when for entry in entries if entry.when and entry.when.edtf] if not silent else []
    return Stand(
        stance,
        min(dated, key=_start, default=None),
        max(dated, key=_end, default=None),
        tuple(entry.id for entry in entries),
        () if silent else tuple(teller for entry in entries for teller in _tellers(entry)),
    )


def _start(when: When) -> tuple[int, int]:
    """What comes first starts first; a date without a start only says until when."""
    return _ordinal(when.earliest, _ALWAYS), _ordinal(when.latest, _ALWAYS)


def _end(when: When) -> tuple[int, int]:
    return _ordinal(when.latest, _NEVER), _ordinal(when.earliest, _NEVER)


def _ordinal(day: date | None, unknown: int) -> int:
    return day.toordinal() if day else unknown


def _tellers(entry: Entry) -> Iterator[Teller]:
    """Each speaker once with the articles that quote him, and the outlets that say it themselves."""
    told: defaultdict[tuple[Voice, str | None], list[str]] = defaultdict(list)
    for report in entry.reports:
        told[report.voice, _speaker(report)].append(report.text)
    for (voice, speaker), texts in told.items():
        yield Teller(entry.id, voice, speaker, tuple(dict.fromkeys(texts)))


def _speaker(report: Report) -> str | None:
    return report.speaker or " … ".join(span.exact for span in report.spans.speaker) or None
