"""Demands against answers: issues by parties, and under each issue its demands with their answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.faces.page.cards import Card, Ref, refer
from onrecord.faces.page.index import Index, Link
from onrecord.faces.page.words import Chip, DateWords, say_stance, say_when
from onrecord.model import Entry, Position

Cards = Mapping[str, Card]


@dataclass(frozen=True, slots=True)
class Stand:
    """A party's position on an issue, with the words it rests on."""

    chip: Chip
    link: Link
    since: DateWords | None
    entries: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Demanded:
    """A demand and the answers to it."""

    demand: Card
    answers: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue: its cells in the order of the parties, and its demands."""

    id: str
    label: str
    cells: tuple[tuple[Ref, tuple[Stand, ...]], ...]
    silent: tuple[tuple[Ref, Stand], ...]  # parties of whom no answer was found
    demands: tuple[Demanded, ...]
    answers: tuple[Card, ...]  # on the issue, but to no demand of it


@dataclass(frozen=True, slots=True)
class Ledger:
    """Demands against answers: the parties, the issues, and what belongs to no issue."""

    parties: tuple[Ref, ...]
    issues: tuple[IssueRow, ...]
    loose: tuple[Demanded, ...]
    answers: tuple[Card, ...]


def make_ledger(index: Index, cards: Cards) -> Ledger:
    """Issues by parties, then the demands of each issue with their answers."""
    record = index.record
    at: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in record.positions:
        at[position.issue, position.actor].append(position)
    held = Counter(actor for _, actor in at)
    parties = sorted(held, key=lambda key: (-held[key], index.name(key)))
    refs = dict(zip(parties, refer(index, parties), strict=True))
    replies: defaultdict[str | None, list[Entry]] = defaultdict(list)
    for entry in index.published:
        if entry.kind == "answer":
            replies[entry.answers].append(entry)
    issues, shown = [], set()
    for issue in record.issues:
        demands = [index.entries[key] for key in issue.demands if index.entries[key].certainty == "published"]
        demanded = tuple(_with_answers(demand, replies, cards) for demand in demands)
        shown |= {demand.id for demand in demands} | {card.id for item in demanded for card in item.answers}
        others = [e for e in index.published if e.kind == "answer" and e.issue == issue.id and e.id not in shown]
        shown |= {entry.id for entry in others}
        cells = tuple((refs[key], tuple(_stand(index, p) for p in at.get((issue.id, key), ()))) for key in parties)
        silent = tuple((party, stand) for party, stands in cells for stand in stands if stand.chip.tone == "violet")
        address = index.addresses["issue", issue.id]
        issues.append(IssueRow(address, issue.label, cells, silent, demanded, tuple(cards[e.id] for e in others)))
    loose_demands = [e for e in index.published if e.kind == "demand" and e.id not in shown]
    loose = tuple(_with_answers(demand, replies, cards) for demand in loose_demands)
    shown |= {card.id for item in loose for card in item.answers}
    rest = tuple(cards[e.id] for e in index.published if e.kind == "answer" and e.id not in shown)
    return Ledger(tuple(refs.values()), tuple(issues), loose, rest)


def _with_answers(demand: Entry, replies: Mapping[str | None, list[Entry]], cards: Cards) -> Demanded:
    return Demanded(cards[demand.id], tuple(cards[answer.id] for answer in replies.get(demand.id, ())))


def _stand(index: Index, position: Position) -> Stand:
    entries = [index.entries[key] for key in position.entries]
    report = entries[0].reports[0]
    return Stand(
        chip=say_stance(position.stance, len(index.texts)),
        link=index.link(report.spans.content, more=(*report.spans.cue, *report.spans.speaker)),
        since=say_when(position.when),
        entries=tuple(Ref(index.entry_label(e), f"#{index.addresses['entry', e.id]}") for e in entries),
    )
