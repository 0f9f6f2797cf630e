"""Demands against answers: issues by parties, and under each issue its demands with their answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.faces.page.cards import Card, Ref, refer
from onrecord.faces.page.index import Index, Link
from onrecord.faces.page.words import Chip, DateWords, say_stance, say_status, say_when
from onrecord.model import Entry, Position

Cards = Mapping[str, Card]

COLUMNS = 6
"""What fits beside the issues on a screen and on paper; further parties share the last column."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A party's position on an issue, with the words it rests on."""

    chip: Chip
    link: Link
    since: DateWords | None
    entries: tuple[Ref, ...]
    silent: bool  # no answer was found


@dataclass(frozen=True, slots=True)
class Demanded:
    """A demand and the answers to it."""

    demand: Card
    answers: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """An issue: its cells in the order of the ledger's columns, and its demands."""

    id: str
    label: str
    cells: tuple[tuple[Stand, ...], ...]
    others: tuple[tuple[Ref, Stand], ...]  # where parties without a column stand
    silent: tuple[tuple[Ref, Stand], ...]  # parties of whom no answer was found
    demands: tuple[Demanded, ...]
    answers: tuple[Card, ...]  # on the issue, but to no demand of it

    @property
    def has_stands(self) -> bool:
        """Whether any party's position is on record."""
        return any(self.cells) or bool(self.others)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Demands against answers: the parties with a column, the issues, and what belongs to no issue."""

    parties: tuple[Ref, ...]
    more_parties: bool
    issues: tuple[IssueRow, ...]
    loose: tuple[Demanded, ...]
    answers: tuple[Card, ...]


def make_ledger(index: Index, cards: Cards) -> Ledger:
    """Issues by parties, then the demands of each issue with their answers."""
    stands: defaultdict[str, list[tuple[str, Stand]]] = defaultdict(list)
    for position in index.record.positions:
        stands[position.issue].append((position.actor, _stand(index, position)))
    held = Counter(actor for found in stands.values() for actor in {actor for actor, _ in found})
    parties = sorted(held, key=lambda key: (-held[key], index.name(key)))
    columns = parties if len(parties) <= COLUMNS else parties[: COLUMNS - 1]
    replies: defaultdict[str | None, list[Entry]] = defaultdict(list)
    for entry in index.published:
        if entry.kind == "answer":
            replies[entry.answers].append(entry)
    shown: set[str] = set()
    issues = []
    for issue in index.record.issues:
        demands = [index.entries[key] for key in issue.demands if index.entries[key].certainty == "published"]
        demanded = tuple(_with_answers(demand, replies, cards, shown) for demand in demands)
        others = [e for e in index.published if e.kind == "answer" and e.issue == issue.id and e.id not in shown]
        shown.update(entry.id for entry in others)
        named = [(refer(index, [actor])[0], actor, stand) for actor, stand in stands[issue.id]]
        issues.append(
            IssueRow(
                id=index.addresses["issue", issue.id],
                label=issue.label,
                cells=tuple(tuple(stand for _, actor, stand in named if actor == key) for key in columns),
                others=tuple((party, stand) for party, actor, stand in named if actor not in columns),
                silent=tuple((party, stand) for party, _, stand in named if stand.silent),
                demands=demanded,
                answers=tuple(cards[entry.id] for entry in others),
            )
        )
    loose = [e for e in index.published if e.kind == "demand" and e.id not in shown]
    loosely = tuple(_with_answers(demand, replies, cards, shown) for demand in loose)
    rest = tuple(cards[e.id] for e in index.published if e.kind == "answer" and e.id not in shown)
    return Ledger(refer(index, columns), len(columns) < len(parties), tuple(issues), loosely, rest)


def _with_answers(demand: Entry, replies: Mapping[str | None, list[Entry]], cards: Cards, shown: set[str]) -> Demanded:
    """The demand with its answers; what now has its place is added to ``shown``."""
    answers = replies.get(demand.id, ())
    shown.update(entry.id for entry in (demand, *answers))
    return Demanded(cards[demand.id], tuple(cards[answer.id] for answer in answers))


def _stand(index: Index, position: Position) -> Stand:
    entries = [index.entries[key] for key in position.entries]
    report = entries[0].reports[0]
    # That a demand was left unanswered is somebody's claim; that no answer was found is the record's own word.
    claimed = say_status(entries[0]) if entries[0].status == "unanswered" else None
    return Stand(
        chip=claimed or say_stance(position.stance, len(index.texts)),
        link=index.link(report.spans.content, more=(*report.spans.cue, *report.spans.speaker)),
        since=say_when(position.when),
        entries=tuple(Ref(index.entry_label(e), f"#{index.addresses['entry', e.id]}") for e in entries),
        silent=position.stance == "no answer found" and not claimed,
    )
