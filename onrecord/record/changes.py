"""Changes: what a newer record of an exchange has that an older one has not, and what became of the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from onrecord.model import Change, Difference, Entry, Position, Record

_ORDER = ("position", "status", "contradicted", "settled", "corroborated", "new", "surer", "doubted", "gone")

_Place = tuple[str, int, int]


def find_changes(old: Record, new: Record) -> tuple[Change, ...]:
    """All changes, kind by kind, each kind in the order of the timeline.

    An entry is the same where it has its id, else where the two share most of the words they rest on.

    >>> find_changes(Record(), Record())
    ()
    """
    compared = _Compared(old, new)
    found = [*compared.entries(), *compared.positions(), *compared.differences()]
    rank = {entry: number for number, entry in enumerate(new.timeline)}
    return tuple(
        sorted(found, key=lambda c: (_ORDER.index(c.kind), min((rank.get(e, len(rank)) for e in c.entries), default=0)))
    )


class _Compared:
    """Two records side by side. ``_older`` leads from an entry of the newer to the same in the older."""

    def __init__(self, old: Record, new: Record) -> None:
        self._old, self._new = old, new
        self._before = {entry.id: entry for entry in old.entries}
        self._older = _match(old, new)
        self._newer = {other: entry for entry, other in self._older.items()}

    def entries(self) -> Iterator[Change]:
        for entry in self._new.entries:
            before = self._before.get(self._older.get(entry.id, ""))
            yield from _changed(before, entry)
        for entry in self._old.entries:
            if entry.certainty == "published" and entry.id not in self._newer:
                yield Change("gone", (entry.id,))

    def positions(self) -> Iterator[Change]:
        """What each party holds on each issue that both records know, where it is not the same."""
        issues = self._issues()
        actors = self._actors()
        earlier = _held(self._old)
        for (actor, issue), held in _held(self._new).items():
            if issue not in issues:
                continue  # the issue is new, and its demands are told as such
            before = earlier.get((actors.get(actor, actor), issues[issue]), {})
            was, now = " / ".join(before), " / ".join(held)
            if set(before) != set(held):
                fresh = {entry for stance, listed in held.items() if stance not in before for entry in listed}
                listed = fresh or {entry for entries in held.values() for entry in entries}
                entries = tuple(sorted(listed))
                yield Change("position", entries, was or None, now, self._texts(entries), actor, issue)

    def differences(self) -> Iterator[Change]:
        before = {self._told(d, {e: e for e in d.entries}) for d in self._old.differences}
        now = {self._told(d, self._older): d for d in self._new.differences}
        for said, difference in now.items():
            if said not in before:
                values = " / ".join(dict.fromkeys(value.value for value in difference.values))
                texts = tuple(dict.fromkeys(value.text for value in difference.values))
                yield Change("contradicted", difference.entries, None, values, texts)
        for difference in self._old.differences:
            if self._told(difference, {e: e for e in difference.entries}) not in now:
                values = " / ".join(dict.fromkeys(value.value for value in difference.values))
                yield Change("settled", difference.entries, values, None)

    def _told(self, difference: Difference, older: Mapping[str, str]) -> tuple[object, ...]:
        entries = frozenset(older.get(entry, entry) for entry in difference.entries)
        return difference.slot, entries, frozenset(value.value for value in difference.values)

    def _issues(self) -> dict[str, str]:
        """The older record's issue of each issue, by the demands that they share."""
        of_demand = {demand: issue.id for issue in self._old.issues for demand in issue.demands}
        found = {}
        for issue in self._new.issues:
            shared = Counter(
                of_demand[d] for demand in issue.demands if (d := self._older.get(demand, "")) in of_demand
            )
            if shared:
                found[issue.id] = min(shared, key=lambda one: (-shared[one], one))
        return found

    def _actors(self) -> dict[str, str]:
        """The older record's id of each actor: its own, else that of the only actor of its name."""
        known = {actor.id for actor in self._old.actors}
        named: dict[str, list[str]] = defaultdict(list)
        for actor in self._old.actors:
            named[actor.name].append(actor.id)
        return {
            actor.id: named[actor.name][0]
            for actor in self._new.actors
            if actor.id not in known and len(named[actor.name]) == 1
        }

    def _texts(self, entries: tuple[str, ...]) -> tuple[str, ...]:
        wanted = set(entries)
        told = (report.text for entry in self._new.entries if entry.id in wanted for report in entry.reports)
        return tuple(dict.fromkeys(told))


def _changed(before: Entry | None, entry: Entry) -> Iterator[Change]:
    known = {report.text for report in before.reports} if before else set()
    texts = tuple(dict.fromkeys(report.text for report in entry.reports if report.text not in known))
    sure = entry.certainty == "published"
    if before is None:
        if sure:
            yield Change("new", (entry.id,), None, entry.status, texts)
        return
    if sure and before.certainty == "possible":
        yield Change("surer", (entry.id,), None, entry.status, texts)
    if not sure and before.certainty == "published":
        yield Change("doubted", (entry.id,))
    if not sure or before.certainty != "published":
        return
    if entry.status != before.status:
        yield Change("status", (entry.id,), before.status, entry.status, texts)
    if entry.independent_sources > before.independent_sources:
        numbers = str(before.independent_sources), str(entry.independent_sources)
        yield Change("corroborated", (entry.id,), *numbers, texts)


def _match(old: Record, new: Record) -> dict[str, str]:
    """The older record's entry of each entry: the one of its id, else the one that shares most of its words."""
    known = {entry.id for entry in old.entries}
    same = {entry.id: entry.id for entry in new.entries if entry.id in known}
    left: dict[_Place, list[str]] = defaultdict(list)
    for entry in old.entries:
        if entry.id not in same:
            for place in _places(entry):
                left[place].append(entry.id)
    kinds = {entry.id: entry.kind for entry in old.entries}
    taken: set[str] = set()
    for entry in new.entries:
        if entry.id in same:
            continue
        shared = Counter(
            o for p in _places(entry) for o in left.get(p, ()) if kinds[o] == entry.kind and o not in taken
        )
        if shared:
            same[entry.id] = min(shared, key=lambda one: (-shared[one], one))
            taken.add(same[entry.id])
    return same


def _places(entry: Entry) -> Iterator[_Place]:
    return ((span.text, span.start, span.end) for report in entry.reports for span in report.spans.content)


def _held(record: Record) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """By party and issue: what it holds besides what it demands itself, with the entries behind it."""
    held: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    position: Position
    for position in record.positions:
        stances = held[position.actor, position.issue]
        stances[position.stance] = (*stances.get(position.stance, ()), *position.entries)
    return held
