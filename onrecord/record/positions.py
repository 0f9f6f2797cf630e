"""Positions: who stands where on an issue, and the entries that say so."""

from __future__ import annotations

from collections.abc import Iterator

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
    published = [entry for entry in entries if entry.certainty == "published"]
    found: list[Position] = []
    for issue in issues:
        demands = [entry for entry in published if entry.kind == "demand" and entry.issue == issue.id]
        answers = [entry for entry in published if entry.kind == "answer" and entry.issue == issue.id]
        found += _demanders(issue, demands)
        found += _answerers(issue, answers)
        found += _silent(issue, demands, answers)
    return tuple(found)


def _demanders(issue: Issue, demands: list[Entry]) -> Iterator[Position]:
    for actor in dict.fromkeys(actor for demand in demands for actor in demand.by):
        own = [demand for demand in demands if actor in demand.by]
        yield _position(actor, issue, "demands", own)


def _answerers(issue: Issue, answers: list[Entry]) -> Iterator[Position]:
    for actor in dict.fromkeys(actor for answer in answers for actor in answer.by):
        own = [answer for answer in answers if actor in answer.by]
        for status in dict.fromkeys(answer.status for answer in own):
            held = [answer for answer in own if answer.status == status]
            yield _position(actor, issue, _STANCES.get(status or "", "unclear"), held)


def _silent(issue: Issue, demands: list[Entry], answers: list[Entry]) -> Iterator[Position]:
    """Those who were asked and of whose answer the articles hold nothing. It says no more than that."""
    answered = {actor for answer in answers for actor in answer.by}
    for actor in dict.fromkeys(actor for demand in demands for actor in demand.to):
        if actor not in answered:
            yield _position(actor, issue, "no answer found", [demand for demand in demands if actor in demand.to])


def _position(actor: str, issue: Issue, stance: Stance, entries: list[Entry]) -> Position:
    dated = [entry.when for entry in entries if entry.when and entry.when.earliest]
    first = min(dated, key=lambda when: str(when.earliest), default=None)
    return Position(actor, issue.id, stance, first, tuple(entry.id for entry in entries))
