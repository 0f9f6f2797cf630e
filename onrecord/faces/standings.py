"""The rows of a party's course on an issue: each stance, when it is held, and who says so in which outlets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from onrecord.faces.lookup import Lookup, day_of
from onrecord.model import Stand, Standing, Teller

Order = Literal["first", "change", "step", "later", "beside", "apart"]
"""How a stance follows on the one before: a changed position; an answer where there was none; only told of a later day;
beside it, in no known order; apart, in no known order to any."""


@dataclass(frozen=True, slots=True)
class TellerRow:
    """Who says it and in which outlets; ``speaker`` None in their own voice."""

    speaker: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandRow:
    """A stance of a party with its first and last date. ``told``: by the id of each entry, who says it and where."""

    actor: str
    stance: str
    order: Order
    since: str
    until: str
    told: Mapping[str, tuple[TellerRow, ...]]

    @property
    def tellers(self) -> tuple[TellerRow, ...]:
        """Who says it and where, each once over all entries."""
        merged: dict[str | None, dict[str, None]] = {}
        for teller in (teller for tellers in self.told.values() for teller in tellers):
            merged.setdefault(teller.speaker, {}).update(dict.fromkeys(teller.sources))
        return tuple(TellerRow(speaker, tuple(sources)) for speaker, sources in merged.items())


def make_stand_rows(lookup: Lookup) -> dict[str, tuple[StandRow, ...]]:
    """By issue, the stances of each party in their order, one party after the other."""
    rows: dict[str, list[StandRow]] = {}
    for standing in lookup.standings:
        rows.setdefault(standing.issue, []).extend(
            _stand_row(standing.actor, stand, order, lookup) for stand, order in put_in_order(standing)
        )
    return {issue: tuple(found) for issue, found in rows.items()}


def put_in_order(standing: Standing) -> Iterator[tuple[Stand, Order]]:
    """The stances of one party, one after the other, each with how it follows."""
    for stretch in standing.stretches:
        for number, stand in enumerate(stretch.stands):
            yield stand, "beside" if number else stretch.turn or "first"
    for stand in standing.apart:
        yield stand, "apart"


def _stand_row(actor: str, stand: Stand, order: Order, lookup: Lookup) -> StandRow:
    told: dict[str, list[TellerRow]] = {entry: [] for entry in stand.entries}
    for teller in stand.tellers:
        told[teller.entry].append(_teller_row(teller, lookup))
    since, until = day_of(stand.first), day_of(stand.last)
    return StandRow(
        actor=lookup.name(actor),
        stance=stand.stance,
        order=order,
        since=since,
        until="" if until == since else until,
        told={entry: tuple(tellers) for entry, tellers in told.items()},
    )


def _teller_row(teller: Teller, lookup: Lookup) -> TellerRow:
    sources = tuple(dict.fromkeys(lookup.source(text) for text in teller.texts))
    if teller.voice == "outlet":
        return TellerRow(None, sources)
    if teller.speaker is None:
        return TellerRow("a source not named", sources)
    known = lookup.actors.get(teller.speaker)
    return TellerRow(known.name if known else f"“{teller.speaker}”", sources)
