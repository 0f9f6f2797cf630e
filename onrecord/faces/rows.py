"""The rows of every section: what the tables show on a terminal and what ``--json`` prints of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.faces.lookup import Lookup, day_of, words_of
from onrecord.faces.papers import PaperRow, gather_papers, make_paper_row
from onrecord.faces.standings import StandRow, make_stand_rows
from onrecord.model import Actor, Entry, Record


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries a section shows. ``by`` is looked for in the names of parties, folded to lower case."""

    by: str | None = None
    status: str | None = None
    possible: bool = False  # also what was found but lies below the bar
    top: int | None = None  # so many of each section of entries, those that weigh most, in the section's order

    def admits(self, entry: Entry, lookup: Lookup) -> bool:
        """Whether the entry passes."""
        if self.status is not None and entry.status != self.status:
            return False
        if self.by is None:
            return True
        wanted = self.by.casefold()
        speakers = (lookup.speaker(report) or "" for report in entry.reports)
        named = (*lookup.names(entry.by), *speakers)
        known = (alias for actor in entry.by if actor in lookup.actors for alias in lookup.actors[actor].aliases)
        return any(wanted in name.casefold() for name in (*named, *known))


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry with names for ids. ``date`` is EDTF, else the words of the text in quotation marks, else empty."""

    id: str
    kind: str
    date: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    speaker: str | None  # of the first report; words of the text where it names nobody that is known
    content: str
    words: str
    status: str | None
    place: str | None
    forum: str | None
    name: str | None
    sources: tuple[str, ...]
    independent_sources: int
    certainty: str


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement under its speaker. ``words`` are the text's own; quotation marks go with ``manner`` verbatim."""

    speaker: str
    office: str | None
    id: str
    date: str
    manner: str | None
    words: str
    content: str
    chain: tuple[str, ...]
    sources: tuple[str, ...]
    independent_sources: int
    certainty: str


@dataclass(frozen=True, slots=True)
class PositionRow:
    """Where a party stands on an issue."""

    actor: str
    stance: str
    since: str
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueRow:
    """What is asked for, with demands, answers and stances; ``searched`` is the number of articles read.

    ``standings`` are the stances of each party in their order, one party after the other.
    """

    id: str | None
    label: str
    demands: tuple[EntryRow, ...]
    answers: tuple[EntryRow, ...]
    positions: tuple[PositionRow, ...]
    standings: tuple[StandRow, ...]
    searched: int


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor with its offices in words and how often it is named, speaks and takes part."""

    id: str
    kind: str
    name: str
    aliases: tuple[str, ...]
    country: str | None
    offices: tuple[str, ...]
    mentions: int
    statements: int
    entries: int


@dataclass(frozen=True, slots=True)
class TellingRow:
    """One telling of a slot: the value, who tells it, and the words that say so."""

    value: str
    source: str
    words: str


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """Where articles disagree, and on what."""

    id: str
    slot: str
    about: str
    entries: tuple[str, ...]
    tellings: tuple[TellingRow, ...]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An outlet (or a file without one): what it reports, what of it is copied, and what only it tells.

    ``leaves_out`` counts entries that its articles were read for and do not tell.
    """

    source: str
    files: tuple[str, ...]  # each once: a file may hold several articles
    articles: int
    copies: int
    first: str
    last: str
    reports: Mapping[str, int]
    alone: int
    leaves_out: int


Row = EntryRow | StatementRow | PaperRow | IssueRow | ActorRow | DifferenceRow | SourceRow
NOTHING = Filter()


def make_rows(section: str, record: Record, chosen: Filter = NOTHING) -> tuple[Row, ...]:
    """The rows of one of ``SECTIONS``, in the order in which they are shown.

    >>> make_rows("timeline", Record())
    ()
    """
    return tuple(SECTIONS[section](Lookup(record), chosen))


def make_entry_row(entry: Entry, lookup: Lookup) -> EntryRow:
    """One entry with names for ids."""
    name = entry.attributes.get("name")
    return EntryRow(
        id=entry.id,
        kind=entry.kind,
        date=day_of(entry.when),
        by=lookup.names(entry.by),
        to=lookup.names(entry.to),
        speaker=lookup.speaker(entry.reports[0]),
        content=entry.content,
        words=words_of(entry.reports[0]),
        status=entry.status,
        place=lookup.name(entry.place),
        forum=lookup.name(entry.forum),
        name=name if isinstance(name, str) else None,
        sources=lookup.sources(entry),
        independent_sources=entry.independent_sources,
        certainty=entry.certainty,
    )


def describe_offices(actor: Actor, lookup: Lookup) -> tuple[str, ...]:
    """The offices of an actor in words, "foreign minister of Norland"; a bare title only where nothing says more."""
    full = {office.title.casefold() for office in actor.offices if office.of is not None}
    found = (
        office.title if office.of is None else f"{office.title} of {lookup.name(office.of)}"
        for office in actor.offices
        if office.of is not None or office.title.casefold() not in full
    )
    return tuple(dict.fromkeys(found))


def _entries(*kinds: str) -> Callable[[Lookup, Filter], Iterable[EntryRow]]:
    def make(lookup: Lookup, chosen: Filter) -> Iterable[EntryRow]:
        shown = lookup.ordered(*kinds, possible=chosen.possible)
        admitted = [entry for entry in shown if chosen.admits(entry, lookup)]
        return (make_entry_row(entry, lookup) for entry in _weightiest(admitted, chosen.top))

    return make


def _weightiest(entries: Sequence[Entry], most: int | None) -> Sequence[Entry]:
    """So many entries, those of most importance, in their order; of equal ones the first."""
    if most is None:
        return entries
    weighed = sorted(entries, key=lambda entry: -_importance(entry))[:most]
    kept = {entry.id for entry in weighed}
    return [entry for entry in entries if entry.id in kept]


def _importance(entry: Entry) -> int:
    found = entry.attributes.get("importance")
    return found if isinstance(found, int) else 0


def _demands(lookup: Lookup, chosen: Filter) -> Iterable[IssueRow]:
    """Issue by issue, whole: a chosen answer is shown with the demand it answers and the other answers beside it."""
    shown: dict[str | None, list[Entry]] = {}
    for entry in lookup.ordered("demand", "answer", possible=chosen.possible):
        shown.setdefault(entry.issue, []).append(entry)
    positions: dict[str | None, list[PositionRow]] = {}
    for held in lookup.record.positions:
        row = PositionRow(lookup.name(held.actor) or held.actor, held.stance, day_of(held.when), held.entries)
        positions.setdefault(held.issue, []).append(row)
    standings = make_stand_rows(lookup)
    for issue in (*lookup.record.issues, None):
        key = issue.id if issue else None
        mine = shown.get(key, [])
        if any(chosen.admits(entry, lookup) for entry in mine):
            rows = [make_entry_row(entry, lookup) for entry in mine]
            yield IssueRow(
                id=key,
                label=issue.label if issue else "not under an issue",
                demands=tuple(row for row in rows if row.kind == "demand"),
                answers=tuple(row for row in rows if row.kind == "answer"),
                positions=tuple(positions.get(key, ())),
                standings=standings.get(key or "", ()),
                searched=len(lookup.record.texts),
            )


def _statements(lookup: Lookup, chosen: Filter) -> Iterable[StatementRow]:
    """By speaker, those who speak most first, each in the order of the timeline."""
    rows: dict[str, list[StatementRow]] = {}
    seen: set[tuple[str, str]] = set()
    for entry in lookup.ordered("statement", possible=chosen.possible):
        if not chosen.admits(entry, lookup):
            continue
        for report in entry.reports:
            speaker = lookup.speaker(report) or f"{lookup.source(report.text)} (own words)"
            if (speaker, entry.id) in seen:
                continue
            seen.add((speaker, entry.id))
            actor = lookup.actors.get(report.speaker or "")
            offices = describe_offices(actor, lookup) if actor else ()
            row = StatementRow(
                speaker=speaker,
                office=offices[0] if offices else None,
                id=entry.id,
                date=day_of(entry.when),
                manner=report.manner,
                words=words_of(report),
                content=entry.content,
                chain=lookup.names(report.chain),
                sources=lookup.sources(entry),
                independent_sources=entry.independent_sources,
                certainty=entry.certainty,
            )
            rows.setdefault(speaker, []).append(row)
    for speaker in sorted(rows, key=lambda name: (-len(rows[name]), name)):
        yield from rows[speaker]


def _papers(lookup: Lookup, chosen: Filter) -> Iterable[PaperRow]:
    """Papers whole: one stage that is chosen shows the others with it."""
    for paper, stages in gather_papers(lookup.ordered("document", possible=chosen.possible)):
        if any(chosen.admits(entry, lookup) for entry in stages):
            yield make_paper_row(paper, stages, lookup)


def _actors(lookup: Lookup, chosen: Filter) -> Iterable[ActorRow]:
    """Kind by kind, those named most first."""
    spoken = Counter(
        speaker
        for entry in lookup.ordered(possible=chosen.possible)
        for speaker in {report.speaker for report in entry.reports}
        if entry.kind == "statement" and speaker is not None
    )
    parts = Counter(actor for entry in lookup.ordered(possible=chosen.possible) for actor in {*entry.by, *entry.to})
    kinds = ("person", "state", "body", "organisation", "group", "place")
    order = sorted(lookup.record.actors, key=lambda a: (kinds.index(a.kind), -len(a.mentions), a.name))
    for actor in order:
        names = (actor.name, *actor.aliases)
        if chosen.by is None or any(chosen.by.casefold() in name.casefold() for name in names):
            yield ActorRow(
                id=actor.id,
                kind=actor.kind,
                name=actor.name,
                aliases=actor.aliases,
                country=actor.country,
                offices=describe_offices(actor, lookup),
                mentions=len(actor.mentions),
                statements=spoken[actor.id],
                entries=parts[actor.id],
            )


def _differences(lookup: Lookup, chosen: Filter) -> Iterable[DifferenceRow]:
    for difference in lookup.record.differences:
        entries = [lookup.entries[entry] for entry in difference.entries]
        if any(chosen.by is None or chosen.admits(entry, lookup) for entry in entries):
            yield DifferenceRow(
                id=difference.id,
                slot=difference.slot,
                about=_what_about(entries, lookup),
                entries=difference.entries,
                tellings=tuple(
                    TellingRow(value.value, lookup.source(value.text), value.span.exact) for value in difference.values
                ),
            )


def _what_about(entries: list[Entry], lookup: Lookup) -> str:
    """The issue that the entries share, the demand they answer, else what the first of them says."""
    issue = lookup.issues.get(entries[0].issue or "")
    if issue and all(entry.issue == issue.id for entry in entries):
        return issue.label
    return entries[0].content


def _sources(lookup: Lookup, chosen: Filter) -> Iterable[SourceRow]:
    texts: dict[str, list[str]] = {}
    for text in lookup.record.texts:
        texts.setdefault(lookup.source(text.id), []).append(text.id)
    told: dict[str, Counter[str]] = {source: Counter() for source in texts}
    alone: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    for entry in lookup.ordered(possible=chosen.possible):
        sources = lookup.sources(entry)
        for source in sources:
            told[source][entry.kind] += 1
        if len(sources) == 1:
            alone[sources[0]] += 1
        silent = entry.attributes.get("not_found_in", ())
        missing = (
            {lookup.source(text) for text in silent if text in lookup.texts}
            if isinstance(silent, (list, tuple))
            else set()
        )
        left_out.update(missing - set(sources))
    for source, ids in texts.items():
        days = sorted(when.edtf for text in ids if (when := lookup.texts[text].published) and when.edtf)
        yield SourceRow(
            source=source,
            files=tuple(dict.fromkeys(lookup.texts[text].file for text in ids)),
            articles=len(ids),
            copies=sum(lookup.texts[text].copy_of is not None for text in ids),
            first=days[0] if days else "",
            last=days[-1] if days else "",
            reports=dict(sorted(told[source].items())),
            alone=alone[source],
            leaves_out=left_out[source],
        )


SECTIONS: Mapping[str, Callable[[Lookup, Filter], Iterable[Row]]] = {
    "timeline": _entries(),
    "demands": _demands,
    "statements": _statements,
    "meetings": _entries("meeting"),
    "documents": _entries("document", "commitment"),
    "papers": _papers,
    "actors": _actors,
    "differences": _differences,
    "sources": _sources,
}
