"""The sections of the page, each from the record as it is: what is shown where, and in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from onrecord.faces.lookup import Lookup
from onrecord.faces.page.cards import Card, Ref, entry_ref, refer, related_ids
from onrecord.faces.page.index import Index, Link, first_mentions
from onrecord.faces.page.words import KINDS, MONTHS, DateWords, count, say_edtf, say_when
from onrecord.faces.papers import stage_of
from onrecord.model import Actor, Difference, Entry, Evidence, OfficeHeld, RecordText

Cards = Mapping[str, Card]

PARTY_KINDS = ("state", "organisation", "body")
PAPER_STAGES = ("promised", "drafted", "sent", "received", "read", "signed", "published")


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who, from when to when, and how much was read."""

    parties: tuple[Ref, ...]
    others: int
    period: str
    figures: tuple[tuple[str, str], ...]


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
    route: tuple[tuple[Ref, ...], tuple[Ref, ...]]  # from, to
    cards: tuple[Card, ...]
    states: tuple[tuple[str, DateWords | None], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """The words of one article on a slot, with a little of what stands around them."""

    before: str
    words: str
    after: str
    link: Link


@dataclass(frozen=True, slots=True)
class Contrast:
    """Tellings of one slot that exclude each other."""

    id: str
    slot: str
    about: tuple[Ref, ...]
    sides: tuple[tuple[str, tuple[Telling, ...]], ...]  # each value with the articles that tell it


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
        key for entry in index.published if entry.kind in ("demand", "answer") for key in (*entry.by, *entry.to)
    )
    asked = asked or Counter(key for entry in index.published for key in (*entry.by, *entry.to))
    lookup = Lookup(record)
    parties = [key for key in asked if index.actors[key].kind in PARTY_KINDS]
    parties = [key for key in parties if not lookup.is_outlet(index.actors[key])]
    parties.sort(key=lambda key: (-asked[key], index.name(key)))
    outlets = {text.outlet for text in record.texts if text.outlet}
    kinds: Counter[str] = Counter(entry.kind for entry in index.published)
    figures = [
        count(len(record.texts), "article"),
        count(len(outlets), "outlet"),
        count(sum(1 for text in record.texts if text.copy_of is None), "distinct text"),
        *(count(kinds[kind], word.lower()) for kind, word in KINDS.items() if kinds[kind]),
        count(len(record.differences), "difference"),
    ]
    numbers = tuple((figure.split(" ", 1)[0], figure.split(" ", 1)[1]) for figure in figures)
    return Masthead(refer(index, parties[:4]), max(0, len(parties) - 4), _say_period(index), numbers)


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
    ordered = sorted(groups, key=lambda by: (not by, -len(groups[by]), [index.name(key) for key in by]))
    return tuple(Speaker(refer(index, by), _first_office(index, by), tuple(groups[by])) for by in ordered)


def make_people(index: Index) -> tuple[tuple[str, tuple[Person, ...]], ...]:
    """Actors by kind, those of most entries first."""
    roles: Counter[str] = Counter()
    for entry in index.published:
        roles.update({*entry.by, *entry.to} | {key for key in (entry.place, entry.forum) if key})
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
    """Papers with their stages in the record's order; where it gives none, as links and names of entries say."""
    entries = [entry for entry in index.published if entry.kind == "document"]
    leader = {entry.id: entry.id for entry in entries}

    def lead(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    named: dict[tuple[str, tuple[str, ...]], str] = {}
    for entry in entries:
        if paper := entry.attributes.get("paper"):
            ties = [named.setdefault((str(paper), ()), entry.id)]
        else:
            ties = [key for key in related_ids(index, entry) if key in leader]
            if name := entry.attributes.get("name"):
                ties.append(named.setdefault((str(name), entry.by), entry.id))
        for tie in ties:
            leader[lead(tie)] = lead(entry.id)
    papers: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        papers[lead(entry.id)].append(entry)
    return tuple(_paper(sorted(found, key=stage_of), cards) for found in papers.values())


def make_differences(index: Index) -> tuple[Contrast, ...]:
    """Differences, each telling with its words."""
    return tuple(_contrast(index, difference) for difference in index.record.differences)


def make_sources(index: Index, cards: Cards) -> tuple[Source, ...]:
    """Articles in the order of the record, copies under the text they repeat."""
    missing: defaultdict[str, list[Card]] = defaultdict(list)
    for entry in index.published:
        not_found = entry.attributes.get("not_found_in")
        for key in not_found if isinstance(not_found, (list, tuple)) else ():
            missing[key].append(cards[entry.id])
    texts = index.record.texts
    return tuple(_source(index, text, cards, missing) for text in texts if text.copy_of is None)


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
        entries=f"{entries:,} {'entry' if entries == 1 else 'entries'}" if entries else "",
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
    names = dict.fromkeys(str(entry.attributes["name"]) for entry in entries if entry.attributes.get("name"))
    first = {entry.status: cards[entry.id] for entry in reversed(entries)}
    shown = tuple(cards[entry.id] for entry in entries)
    return Paper(
        name=" / ".join(names) or entries[0].content,
        route=(
            next((card.by for card in shown if card.by), ()),
            next((card.to for card in shown if card.to), ()),
        ),
        cards=shown,
        states=tuple((stage, first[stage].date) for stage in _stages(entries) if stage in first),
    )


def _stages(entries: Iterable[Entry]) -> Iterable[str]:
    """The states in the record's order; where it gives none, as papers usually go through them."""
    told = tuple(dict.fromkeys(entry.status for entry in entries if entry.status and stage_of(entry)))
    return told or PAPER_STAGES


def _contrast(index: Index, difference: Difference) -> Contrast:
    sides: dict[str, list[Telling]] = {}
    for value in difference.values:
        before, after = _around(index.texts[value.text], value.span)
        telling = Telling(before, value.span.exact, after, index.link([value.span]))
        sides.setdefault(value.value, []).append(telling)
    return Contrast(
        id=index.addresses["difference", difference.id],
        slot=difference.slot,
        about=tuple(entry_ref(index, key) for key in difference.entries),
        sides=tuple((value, tuple(tellings)) for value, tellings in sides.items()),
    )


def _around(text: RecordText, span: Evidence) -> tuple[str, str]:
    """Up to about sixty characters of the same line on either side, cut at a blank and never into noise."""
    low = max((end for _, end in text.noise if end <= span.start), default=0)
    high = min((start for start, _ in text.noise if start >= span.end), default=len(text.body))
    before = text.body[max(low, span.start - 60) : span.start].rpartition("\n")[2]
    after = text.body[span.end : min(high, span.end + 60)].partition("\n")[0]
    if len(before) == 60:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == 60:
        after = f"{after.rpartition(' ')[0]} …"
    return before, after


def _source(index: Index, text: RecordText, cards: Cards, missing: Mapping[str, list[Card]]) -> Source:
    told: defaultdict[str, list[Card]] = defaultdict(list)
    for entry in index.told_in.get(text.id, ()):
        if entry.certainty == "published":
            told[entry.kind].append(cards[entry.id])
    address, file = index.text_address(text.id), index.files[text.id]
    return Source(
        id=address,
        text=f"{address}~text",
        outlet=index.source(text.id),
        known=text.outlet is not None,
        title=text.title or "",
        file=text.file,
        date=say_when(text.published),
        read=f"{'' if file == 'record.html' else file}#{address}~text",
        reports=tuple((count(len(told[kind]), KINDS[kind].lower()), tuple(told[kind])) for kind in KINDS if told[kind]),
        missing=tuple(missing.get(text.id, ())),
        copies=tuple(_source(index, copy, cards, missing) for copy in index.copies.get(text.id, ())),
    )


_SAID_AND_DONE = ("statement", "demand", "answer", "meeting", "action")


def _say_period(index: Index) -> str:
    """The first and last date, each no more precise than the entry it comes from."""
    limits = [
        (when.earliest, when.latest)
        for entry in index.published
        # "The Treaty of 1973 says that ...", "a protocol signed in 2015": the days of papers, not of the exchange.
        if entry.kind in _SAID_AND_DONE and (when := entry.when) and when.earliest and when.latest
    ]
    if not limits:
        return "no dated entry"
    first, last = min(limits), max(limits, key=lambda limit: (limit[1], limit[0]))
    start = _say_edge(first[0], (first[1] - first[0]).days)
    end = _say_edge(last[1], (last[1] - last[0]).days)
    return start if start == end else f"{start} – {end}"


def _say_edge(day: date, width: int) -> str:
    if width > 31:
        return str(day.year)
    month = f"{MONTHS[day.month - 1]} {day.year}"
    return month if width >= 27 else f"{day.day} {month}"
