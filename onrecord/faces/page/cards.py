"""Entries as they are shown: parties, status, words of each report, sources and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.faces.lookup import join_pieces
from onrecord.faces.page.index import Index, Link
from onrecord.faces.page.words import (
    KINDS,
    Chip,
    DateWords,
    count,
    say_duration,
    say_manner,
    say_sources,
    say_status,
    say_when,
)
from onrecord.model import Entry, Evidence, RecordText, Report

QUOTES = "“”„«»‘’‹›\"'"


@dataclass(frozen=True, slots=True)
class Ref:
    """A name with an address on the page; ``href`` None: it has none. ``after`` follows the name: a day."""

    name: str
    href: str | None
    after: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words without a break: ``marked`` where they hold quotation marks, ``runs_on`` where only a blank parts them."""

    words: str
    marked: bool
    runs_on: bool


@dataclass(frozen=True, slots=True)
class Told:
    """One report: the words, in the pieces the article gives them, and who stands behind them."""

    manner: str
    manner_word: str
    pieces: tuple[Piece, ...]
    chain: tuple[Ref, ...]  # who stands between the outlet and the speaker, then the speaker
    surface: bool  # the speaker is not resolved: the last of the chain are the article's own words
    link: Link
    copies: tuple[Link, ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class Card:
    """One entry. ``reports`` are the tellings, copies folded under the text they repeat."""

    id: str
    kind: str
    kind_word: str
    label: str
    date: DateWords | None
    by: tuple[Ref, ...]
    surface: str  # the article's words for a speaker that is not resolved
    to: tuple[Ref, ...]
    content: str
    echoed: bool  # the content is what the first report says word for word
    status: Chip | None
    reports: tuple[Told, ...]
    sources: str
    outlets: str
    missing: tuple[Ref, ...]
    related: tuple[Ref, ...]
    answers: Ref | None
    issue: Ref | None
    facts: tuple[tuple[str, str], ...]
    parties: str  # actor ids, for the filter

    @property
    def open(self) -> Link:
        """The first report's words in their article."""
        return self.reports[0].link


def make_card(index: Index, entry: Entry) -> Card:
    """The card of an entry."""
    not_found = entry.attributes.get("not_found_in")
    missing = [key for key in not_found if key in index.texts] if isinstance(not_found, Sequence) else []
    return Card(
        id=index.addresses["entry", entry.id],
        kind=entry.kind,
        kind_word=KINDS[entry.kind],
        label=index.entry_label(entry),
        date=say_when(entry.when),
        by=refer(index, entry.by),
        surface="" if entry.by else join_pieces(entry.reports[0].spans.speaker),
        to=refer(index, entry.to),
        content=entry.content,
        echoed=_bare(entry.content) == _bare(" ".join(span.exact for span in entry.reports[0].spans.content)),
        status=say_status(entry),
        reports=_tell(index, entry),
        sources=say_sources(entry),
        outlets=_count_outlets(index, entry),
        missing=tuple(_article(index, index.texts[key]) for key in missing),
        related=tuple(entry_ref(index, key) for key in related_ids(index, entry)),
        answers=entry_ref(index, entry.answers) if entry.answers else None,
        issue=_issue_ref(index, entry.issue),
        facts=tuple(_facts(index, entry)),
        parties=" ".join(dict.fromkeys((*entry.by, *entry.to))),
    )


def refer(index: Index, actors: Iterable[str]) -> tuple[Ref, ...]:
    """Names of actors with their addresses."""
    return tuple(Ref(index.name(key), f"#{index.addresses['actor', key]}") for key in actors)


def entry_ref(index: Index, key: str) -> Ref:
    """An entry in a few words, with its address."""
    entry = index.entries[key]
    status = say_status(entry)
    label = index.entry_label(entry) + (f" ({status.word})" if status else "")
    return Ref(label, index.entry_href(key))


def related_ids(index: Index, entry: Entry) -> tuple[str, ...]:
    """Ids of the entries that tell the same thing or another stage of it."""
    related = entry.attributes.get("related")
    if not isinstance(related, Sequence) or isinstance(related, str):
        return ()
    return tuple(key for key in related if key in index.entries)


def _article(index: Index, text: RecordText) -> Ref:
    return Ref(index.source(text.id), f"#{index.text_address(text.id)}", index.day(text))


def _issue_ref(index: Index, key: str | None) -> Ref | None:
    return Ref(index.issues[key].label, f"#{index.addresses['issue', key]}") if key else None


def _tell(index: Index, entry: Entry) -> tuple[Told, ...]:
    """The reports; one in a copy stands with the report of the text it repeats, where that one tells it too."""
    told_in = {report.text for report in entry.reports}
    folded = {key for key in told_in if (of := index.texts[key].copy_of) is not None and of in told_in}
    return tuple(_tell_one(index, entry, report, folded) for report in entry.reports if report.text not in folded)


def _tell_one(index: Index, entry: Entry, report: Report, folded: set[str]) -> Told:
    manner = report.manner or "outlet"
    chain = [refer(index, [who])[0] if who in index.actors else Ref(who, None) for who in report.chain]
    surface = False
    if report.speaker is not None:
        chain += refer(index, [report.speaker])
    elif report.spans.speaker:
        surface = True
        chain.append(Ref(join_pieces(report.spans.speaker), None))
    spans = report.spans
    copies = (
        index.link(other.spans.content)
        for other in entry.reports
        if other.text in folded and index.texts[other.text].copy_of == report.text
    )
    return Told(
        manner=manner,
        manner_word=say_manner(report.manner),
        pieces=tuple(_piece(spans.content, number) for number in range(len(spans.content))),
        chain=tuple(chain),
        surface=surface,
        link=index.link(spans.content, more=(*spans.cue, *spans.speaker, *spans.when)),
        copies=tuple(copies),
        confidence=f"{report.confidence * 100:.0f} %",
    )


def _piece(spans: Sequence[Evidence], number: int) -> Piece:
    """A piece of the words, with how it follows the one before."""
    span, before = spans[number], spans[number - 1] if number else None
    marked = span.exact[0] in QUOTES or span.exact[-1] in QUOTES
    return Piece(span.exact, marked, before is not None and before.runs_into(span))


def _bare(words: str) -> str:
    return words.strip(" .\n" + QUOTES).casefold()


def _count_outlets(index: Index, entry: Entry) -> str:
    texts = {report.text for report in entry.reports}
    outlets = {outlet for key in texts if (outlet := index.texts[key].outlet)}
    unnamed = sum(1 for key in texts if not index.texts[key].outlet)
    named = count(len(outlets), "outlet")
    if not unnamed:
        return named
    without = f"{count(unnamed, 'article')} of unknown outlet"
    return f"{named}, {without}" if outlets else without


def _facts(index: Index, entry: Entry) -> Iterable[tuple[str, str]]:
    """What else is known, each with its word."""
    if entry.place:
        yield "place", index.name(entry.place)
    if entry.forum:
        yield "forum", index.name(entry.forum)
    attributes = entry.attributes
    if attributes.get("polarity") == "not_want":
        yield "asks", "that it not be done"
    for key in ("name", "year", "form", "pages", "medium", "hedge"):
        # A paper's name is the heading it stands under.
        if attributes.get(key) is not None and (key, entry.kind) != ("name", "document"):
            yield key, str(attributes[key])
    if attributes.get("duration"):
        yield "lasted", say_duration(str(attributes["duration"]))
