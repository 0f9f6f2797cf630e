"""The sections of the page, each from the record as it is: what is shown where, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.faces.page.cards import Card, Ref, refer, related_ids
from onrecord.faces.page.index import Index, Link, first_mentions
from onrecord.faces.page.words import KINDS, MONTHS, Chip, DateWords, count, say_edtf, say_stance, say_when
from onrecord.model import Actor, Difference, Entry, OfficeHeld, Position, RecordText

Cards = Mapping[str, Card]

PARTY_KINDS = ("state", "organisation", "body", "group")
PAPER_STAGES = ("promised", "drafted", "sent", "received", "read", "signed", "published")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who, from when to when, and how much was read."""

    parties: tuple[Ref, ...]
    others: int
    period: str
    figures: tuple[tuple[str, str], ...]


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
    demands: tuple[Demanded, ...]
    answers: tuple[Card, ...]  # on the issue, but to no demand of it


@dataclass(frozen=True, slots=True)
class Ledger:
    """Demands against answers: the parties, the issues, and what belongs to no issue."""

    parties: tuple[Ref, ...]
    issues: tuple[IssueRow, ...]
    loose: tuple[Demanded, ...]
    answers: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A heading of the timeline and the entries under it."""

    label: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, in which office, and what was said."""

    names: tuple[Ref, ...]
    office: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class OfficeShown:
    """An office, whose it is, from when to when, and the words that say so."""

    title: str
    of: Ref | None
    term: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An actor with offices, other names and where it is named."""

    id: str
    name: str
    kind: str
    country: str
    aliases: tuple[str, ...]
    offices: tuple[OfficeShown, ...]
    entries: str
    mentions: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with the stages it is known to have gone through, and the entries that tell them."""

    name: str
    cards: tuple[Card, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One side of a difference: what it says, in which words, and where."""

    value: str
    words: str
    link: Link


@dataclass(frozen=True, slots=True)
class Contrast:
    """Tellings of one slot that exclude each other."""

    id: str
    slot: str
    about: tuple[Ref, ...]
    content: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article: what it reports, what it leaves out, and who runs the same text."""

    id: str
    text: str  # address of its text
    outlet: str
    known: bool
    title: str
    file: str
    date: DateWords | None
    read: str  # address to read it at
    reports: tuple[tuple[str, tuple[Card, ...]], ...]
    missing: tuple[Card, ...]
    copies: tuple[Source, ...]


def make_masthead(index: Index) -> Masthead:
    """Parties by how often they ask and answer, the period of the dated entries, and the figures."""
    record = index.record
    asked = Counter(
        id for entry in index.published if entry.kind in ("demand", "answer") for id in (*entry.by, *entry.to)
    )
    asked = asked or Counter(id for entry in index.published for id in (*entry.by, *entry.to))
    parties = [id for id in asked if index.actors[id].kind in PARTY_KINDS]
    parties.sort(key=lambda id: (-asked[id], index.name(id)))
    outlets = {text.outlet for text in record.texts if text.outlet}
    kinds = Counter(entry.kind for entry in index.published)
    figures = [
        count(len(record.texts), "article"),
        count(len(outlets), "outlet"),
        count(sum(1 for text in record.texts if text.copy_of is None), "independent source"),
        *(count(kinds[kind], word.lower()) for kind, word in KINDS.items() if kinds[kind]),
        count(len(record.differences), "difference"),
    ]
    numbers = tuple((figure.split(" ", 1)[0], figure.split(" ", 1)[1]) for figure in figures)
    return Masthead(refer(index, parties[:4]), max(0, len(parties) - 4), _say_period(index), numbers)


def make_ledger(index: Index, cards: Cards) -> Ledger:
    """Issues by parties, then the demands of each issue with their answers."""
    record = index.record
    at: defaultdict[tuple[str, str], list[Position]] = defaultdict(list)
    for position in record.positions:
        at[position.issue, position.actor].append(position)
    held = Counter(actor for _, actor in at)
    parties = sorted(held, key=lambda id: (-held[id], index.name(id)))
    refs = dict(zip(parties, refer(index, parties), strict=True))
    replies: defaultdict[str | None, list[Entry]] = defaultdict(list)
    for entry in index.published:
        if entry.kind == "answer":
            replies[entry.answers].append(entry)
    issues, shown = [], set()
    for issue in record.issues:
        demands = [index.entries[id] for id in issue.demands if index.entries[id].certainty == "published"]
        demanded = tuple(_with_answers(demand, replies, cards) for demand in demands)
        shown |= {demand.id for demand in demands} | {card.id for item in demanded for card in item.answers}
        others = [e for e in index.published if e.kind == "answer" and e.issue == issue.id and e.id not in shown]
        shown |= {entry.id for entry in others}
        cells = tuple((refs[id], tuple(_stand(index, p) for p in at[issue.id, id])) for id in parties)
        address = index.addresses["issue", issue.id]
        issues.append(IssueRow(address, issue.label, cells, demanded, tuple(cards[e.id] for e in others)))
    loose_demands = [e for e in index.published if e.kind == "demand" and e.id not in shown]
    loose = tuple(_with_answers(demand, replies, cards) for demand in loose_demands)
    shown |= {card.id for item in loose for card in item.answers}
    rest = tuple(cards[e.id] for e in index.published if e.kind == "answer" and e.id not in shown)
    return Ledger(tuple(refs.values()), tuple(issues), loose, rest)


def make_timeline(index: Index, cards: Cards) -> tuple[tuple[Month, ...], tuple[Card, ...]]:
    """Entries by the month of their first possible day, in the record's order; and those without such a day."""
    months: dict[str, list[Card]] = {}
    undated = []
    for entry in index.published:
        first = entry.when.earliest if entry.when else None
        if first is None:
            undated.append(cards[entry.id])
        else:
            months.setdefault(f"{MONTHS[first.month - 1]} {first.year}", []).append(cards[entry.id])
    return tuple(Month(label, tuple(found)) for label, found in months.items()), tuple(undated)


def make_speakers(index: Index, cards: Cards) -> tuple[Speaker, ...]:
    """Statements by who made them, the most quoted first; those whose speaker is not resolved last."""
    groups: defaultdict[tuple[str, ...], list[Card]] = defaultdict(list)
    for entry in index.published:
        if entry.kind == "statement":
            groups[entry.by].append(cards[entry.id])
    ordered = sorted(groups, key=lambda by: (not by, -len(groups[by]), [index.name(id) for id in by]))
    return tuple(Speaker(refer(index, by), _first_office(index, by), tuple(groups[by])) for by in ordered)


def make_people(index: Index) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    """Actors by kind, those of most entries first."""
    roles: Counter[str] = Counter()
    for entry in index.published:
        roles.update({*entry.by, *entry.to} | {id for id in (entry.place, entry.forum) if id})
    groups = (
        ("People", ("person",)),
        ("States and their bodies", ("state", "body")),
        ("Organisations", ("organisation",)),
        ("Groups", ("group",)),
        ("Places", ("place",)),
    )
    found = []
    for label, kinds in groups:
        actors = [actor for actor in index.record.actors if actor.kind in kinds]
        actors.sort(key=lambda actor: (-roles[actor.id], actor.name, actor.id))
        if actors:
            found.append((label, tuple(_person(index, actor, roles[actor.id]) for actor in actors)))
    return tuple(found)


def make_papers(index: Index, cards: Cards) -> tuple[Paper, ...]:
    """Papers: entries of one paper, as their links and names say, in order."""
    entries = [entry for entry in index.published if entry.kind == "document"]
    group = {entry.id: entry.id for entry in entries}  # entry -> the first entry of its paper
    named: dict[tuple[str, tuple[str, ...]], str] = {}
    for entry in entries:
        ties = [id for id in related_ids(index, entry) if id in group]
        if name := entry.attributes.get("name"):
            ties.append(named.setdefault((str(name), entry.by), entry.id))
        for tie in ties:
            old, new = sorted((group[tie], group[entry.id]), key=list(group).index, reverse=True)
            group = {id: new if first == old else first for id, first in group.items()}
    papers: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        papers[group[entry.id]].append(entry)
    return tuple(_paper(found, cards) for found in papers.values())


def make_differences(index: Index) -> tuple[Contrast, ...]:
    """Differences, each telling with its words."""
    return tuple(_contrast(index, difference) for difference in index.record.differences)


def make_sources(index: Index, cards: Cards) -> tuple[Source, ...]:
    """Articles in the order of the record, copies under the text they repeat."""
    missing: defaultdict[str, list[Card]] = defaultdict(list)
    for entry in index.published:
        not_found = entry.attributes.get("not_found_in")
        for id in not_found if isinstance(not_found, (list, tuple)) else ():
            missing[id].append(cards[entry.id])
    texts = index.record.texts
    return tuple(_source(index, text, cards, missing) for text in texts if text.copy_of is None)


def _with_answers(demand: Entry, replies: Mapping[str | None, list[Entry]], cards: Cards) -> Demanded:
    return Demanded(cards[demand.id], tuple(cards[answer.id] for answer in replies.get(demand.id, ())))


def _stand(index: Index, position: Position) -> Stand:
    entries = [index.entries[id] for id in position.entries]
    report = entries[0].reports[0]
    return Stand(
        chip=say_stance(position.stance, len(index.texts)),
        link=index.link(report.spans.content, more=(*report.spans.cue, *report.spans.speaker)),
        since=say_when(position.when),
        entries=tuple(Ref(index.entry_label(e), f"#{index.addresses['entry', e.id]}") for e in entries),
    )


def _first_office(index: Index, by: tuple[str, ...]) -> str:
    offices = index.actors[by[0]].offices if len(by) == 1 else ()
    return _say_office(index, offices[0]) if offices else ""


def _say_office(index: Index, office: OfficeHeld) -> str:
    return f"{office.title}, {index.name(office.of)}" if office.of else office.title


def _person(index: Index, actor: Actor, entries: int) -> Person:
    links = tuple(index.link([mention]) for mention in first_mentions(actor))
    return Person(
        id=index.addresses["actor", actor.id],
        name=actor.name,
        kind=actor.kind,
        country=actor.country or "",
        aliases=actor.aliases,
        offices=tuple(_office(index, office) for office in actor.offices),
        entries=f"{entries:,} {'entry' if entries == 1 else 'entries'}",
        mentions=f"named {count(len(actor.mentions), 'time')} in {count(len(links), 'article')}",
        links=links,
    )


def _office(index: Index, office: OfficeHeld) -> OfficeShown:
    since = f"since {say_edtf(office.since)}" if office.since else ""
    until = f"until {say_edtf(office.until)}" if office.until else ""
    links = tuple(index.link([evidence]) for evidence in office.evidence)
    return OfficeShown(
        office.title, refer(index, [office.of])[0] if office.of else None, " ".join(filter(None, (since, until))), links
    )


def _paper(entries: Iterable[Entry], cards: Cards) -> Paper:
    entries = tuple(entries)
    names = [str(entry.attributes["name"]) for entry in entries if entry.attributes.get("name")]
    known = {entry.status for entry in entries}
    return Paper(
        name=names[0] if names else entries[0].content,
        cards=tuple(cards[entry.id] for entry in entries),
        states=tuple(stage for stage in PAPER_STAGES if stage in known),
    )


def _contrast(index: Index, difference: Difference) -> Contrast:
    first = index.entries[difference.entries[0]]
    return Contrast(
        id=index.addresses["difference", difference.id],
        slot=difference.slot,
        about=tuple(Ref(index.entry_label(index.entries[id]), f"#{id}") for id in difference.entries),
        content=first.content,
        tellings=tuple(Telling(v.value, v.span.exact, index.link([v.span])) for v in difference.values),
    )


def _source(index: Index, text: RecordText, cards: Cards, missing: Mapping[str, list[Card]]) -> Source:
    told: defaultdict[str, list[Card]] = defaultdict(list)
    for entry in index.told_in.get(text.id, ()):
        if entry.certainty == "published":
            told[entry.kind].append(cards[entry.id])
    address, file = index.text_address(text.id), index.files[text.id]
    return Source(
        id=address,
        text=f"{address}~text",
        outlet=index.outlet(text),
        known=text.outlet is not None,
        title=text.title or "",
        file=text.file,
        date=say_when(text.published),
        read=f"{'' if file == 'record.html' else file}#{address}~text",
        reports=tuple((count(len(told[kind]), KINDS[kind].lower()), tuple(told[kind])) for kind in KINDS if told[kind]),
        missing=tuple(missing.get(text.id, ())),
        copies=tuple(_source(index, copy, cards, missing) for copy in index.copies.get(text.id, ())),
    )


def _say_period(index: Index) -> str:
    whens = [entry.when for entry in index.published if entry.when and entry.when.earliest and entry.when.latest]
    if not whens:
        return "no dated entry"
    first = min(when.earliest for when in whens if when.earliest)
    last = max(when.latest for when in whens if when.latest)
    start, end = (f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in (first, last))
    return start if start == end else f"{start} – {end}"
