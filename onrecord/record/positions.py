"""Positions: who stands where on an issue, and the entries that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from onrecord.model import Entry, Issue, Linked, Position
from onrecord.model.record import Stance

_STANCES: dict[str, Stance] = {
    "accepted": "accepts",
    "rejected": "rejects",
    "partial": "partly accepts",
    "deferred": "defers",
    "unanswered": "no answer found",
    "unclear": "unclear",
}


def find_positions(linked: Linked, entries: tuple[Entry, ...], issues: tuple[Issue, ...]) -> tuple[Position, ...]:
    """For each issue: its demanders, then each party that was asked or has answered, one position a stance."""
    parties = _Parties(linked.sides)
    told: dict[tuple[str, str | None], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.certainty == "published":
            told[entry.kind, entry.issue].append(entry)
    found: list[Position] = []
    for issue in issues:
        demands, answers = (told.get((kind, issue.id), []) for kind in ("demand", "answer"))
        found += _demanders(issue, demands, parties)
        found += _answerers(issue, answers, parties)
        found += _silent(issue, demands, answers, parties)
    return tuple(found)


class _Parties:
    """The parties behind those who act: a minister's refusal is his state's."""

    def __init__(self, sides: Mapping[str, str]) -> None:
        self._sides = sides

    def of(self, actors: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._sides.get(actor, actor) for actor in actors))


def _demanders(issue: Issue, demands: list[Entry], parties: _Parties) -> Iterator[Position]:
    for party in dict.fromkeys(party for demand in demands for party in parties.of(demand.by)):
        own = [demand for demand in demands if party in parties.of(demand.by)]
        yield _position(party, issue, "demands", own)


def _answerers(issue: Issue, answers: list[Entry], parties: _Parties) -> Iterator[Position]:
    for party in dict.fromkeys(party for answer in answers for party in parties.of(answer.by)):
        own = [answer for answer in answers if party in parties.of(answer.by)]
        for stance in dict.fromkeys(_STANCES.get(answer.status or "", "unclear") for answer in own):
            held = [answer for answer in own if _STANCES.get(answer.status or "", "unclear") == stance]
            yield _position(party, issue, stance, held)


def _silent(issue: Issue, demands: list[Entry], answers: list[Entry], parties: _Parties) -> Iterator[Position]:
    """Those who were asked and of whose answer the articles hold nothing. It says no more than that."""
    answered = {party for answer in answers for party in parties.of(answer.by)}
    for party in dict.fromkeys(party for demand in demands for party in parties.of(demand.to)):
        if party not in answered:
            asked = [demand for demand in demands if party in parties.of(demand.to)]
            yield _position(party, issue, "no answer found", asked)


def _position(actor: str, issue: Issue, stance: Stance, entries: list[Entry]) -> Position:
    dated = [entry.when for entry in entries if entry.when and entry.when.earliest]
    first = min(dated, key=lambda when: str(when.earliest), default=None)
    return Position(actor, issue.id, stance, first, tuple(entry.id for entry in entries))
