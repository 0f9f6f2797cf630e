"""Demands against answers: issues by parties, and under each issue its demands with their answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from onrecord.faces.page.cards import Card, Ref, refer
from onrecord.faces.page.index import Index, Link
from onrecord.faces.page.words import Chip, DateWords, say_stance, say_when
from onrecord.faces.standings import Order, put_in_order
from onrecord.model import Entry, Report, Stand, Standing
from onrecord.model.record import Voice

Cards = Mapping[str, Card]

COLUMNS = 6
"""What fits beside the issues on a screen and on paper; further parties share the last column."""

ARTICLES = 3
"""How many articles are named behind a speaker; every one stands with the entry."""


@dataclass(frozen=True, slots=True)
class TellerShown:
    """Who says it, and where it can be read; without a name the outlets say it themselves."""

    name: Ref | None
    links: tuple[Link, ...]
    more: int  # further articles that carry it, copies among them


@dataclass(frozen=True, slots=True)
class StandShown:
    """A stance of a party, how it follows on the one before, and the words it rests on."""

    chip: Chip
    order: Order
    link: Link
    since: DateWords | None
    until: DateWords | None  # the last day it is told of, where that is another one
    entries: tuple[Ref, ...]
    tellers: tuple[TellerShown, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A party on an issue: its stances, in the order of their dates as far as these give one."""

    party: Ref
    stands: tuple[StandShown, ...]


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
    cells: tuple[tuple[StandShown, ...], ...]
    others: tuple[tuple[Ref, StandShown], ...]  # where parties without a column stand
    courses: tuple[Course, ...]  # party by party; empty where nobody is known to have been asked or to have answered
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
    standings: defaultdict[str, list[tuple[str, Course]]] = defaultdict(list)
    answered = set()  # elsewhere nothing is held but the demands, which stand there themselves
    for standing in index.standings:
        standings[standing.issue].append((standing.actor, _course(index, standing)))
        if any(stand.stance != "demands" for stand, _ in put_in_order(standing)):
            answered.add(standing.issue)
    held = Counter(actor for found in standings.values() for actor in {actor for actor, _ in found})
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
        named = standings[issue.id]
        issues.append(
            IssueRow(
                id=index.addresses["issue", issue.id],
                label=issue.label,
                cells=tuple(tuple(it for actor, c in named if actor == key for it in c.stands) for key in columns),
                others=tuple((c.party, stand) for actor, c in named if actor not in columns for stand in c.stands),
                courses=tuple(course for _, course in named) if issue.id in answered else (),
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


def _course(index: Index, standing: Standing) -> Course:
    stands = tuple(_stand(index, stand, order) for stand, order in put_in_order(standing))
    return Course(refer(index, [standing.actor])[0], stands)


def _stand(index: Index, stand: Stand, order: Order) -> StandShown:
    entries = [index.entries[key] for key in stand.entries]
    since, until = say_when(stand.first), say_when(stand.last)
    return StandShown(
        chip=say_stance(stand.stance, len(index.texts)),
        order=order,
        link=_open(index, entries[0].reports[0]),
        since=since,
        until=None if until == since else until,
        entries=tuple(Ref(index.entry_label(e), index.entry_href(e.id)) for e in entries),
        tellers=tuple(_tellers(index, stand)),
    )


def _tellers(index: Index, stand: Stand) -> Iterator[TellerShown]:
    """Each speaker once, with the first articles that quote him; then those that say it themselves."""
    told: dict[tuple[Voice, str | None], dict[str, Report]] = {}
    for teller in stand.tellers:
        reports = {
            report.text: report for report in index.entries[teller.entry].reports if report.voice == teller.voice
        }
        mine = told.setdefault((teller.voice, teller.speaker), {})
        for text in teller.texts:
            mine.setdefault(text, reports[text])
    for (voice, speaker), found in told.items():
        first = [report for text, report in found.items() if index.texts[text].copy_of not in found][:ARTICLES]
        links = tuple(_open(index, report) for report in first)
        yield TellerShown(_name(index, voice, speaker), links, len(found) - len(links))


def _name(index: Index, voice: Voice, speaker: str | None) -> Ref | None:
    if voice == "outlet":
        return None
    if speaker in index.actors:
        return refer(index, [speaker])[0]
    return Ref(f"“{speaker}”" if speaker else "a source not named", None)


def _open(index: Index, report: Report) -> Link:
    return index.link(report.spans.content, more=(*report.spans.cue, *report.spans.speaker))
