"""Entries as they are shown: parties, status, words of each report, sources and addresses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
from onrecord.model import Entry, Report


@dataclass(frozen=True, slots=True)
class Ref:
    """A name with an address on the page; ``href`` None: it has none."""

    name: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """One report: the words, in the pieces the article gives them, and who stands behind them."""

    manner: str
    manner_word: str
    pieces: tuple[str, ...]
    chain: tuple[Ref, ...]  # outlet, who stands between, speaker
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
    to: tuple[Ref, ...]
    content: str
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
    missing = [id for id in not_found if id in index.texts] if isinstance(not_found, Sequence) else []
    return Card(
        id=index.addresses["entry", entry.id],
        kind=entry.kind,
        kind_word=KINDS[entry.kind],
        label=index.entry_label(entry),
        date=say_when(entry.when),
        by=refer(index, entry.by),
        to=refer(index, entry.to),
        content=entry.content,
        status=say_status(entry),
        reports=_tell(index, entry),
        sources=say_sources(entry),
        outlets=_count_outlets(index, entry),
        missing=tuple(Ref(index.label(index.texts[id]), f"#{index.text_address(id)}") for id in missing),
        related=tuple(entry_ref(index, id) for id in related_ids(index, entry)),
        answers=entry_ref(index, entry.answers) if entry.answers else None,
        issue=_issue_ref(index, entry.issue),
        facts=tuple(_facts(index, entry)),
        parties=" ".join(dict.fromkeys((*entry.by, *entry.to))),
    )


def refer(index: Index, actors: Iterable[str]) -> tuple[Ref, ...]:
    """Names of actors with their addresses."""
    return tuple(Ref(index.name(id), f"#{index.addresses['actor', id]}") for id in actors)


def entry_ref(index: Index, id: str) -> Ref:
    """An entry in a few words, with its address."""
    entry = index.entries[id]
    status = say_status(entry)
    label = index.entry_label(entry) + (f" ({status.word})" if status else "")
    return Ref(label, f"#{index.addresses['entry', id]}")


def related_ids(index: Index, entry: Entry) -> tuple[str, ...]:
    """Ids of the entries that tell the same thing or another stage of it."""
    related = entry.attributes.get("related")
    if not isinstance(related, Sequence) or isinstance(related, str):
        return ()
    return tuple(id for id in related if id in index.entries)


def _issue_ref(index: Index, id: str | None) -> Ref | None:
    labels = {issue.id: issue.label for issue in index.record.issues} if id else {}
    return Ref(labels[id], f"#{index.addresses['issue', id]}") if id else None


def _tell(index: Index, entry: Entry) -> tuple[Told, ...]:
    """The reports; one in a copy stands with the report of the text it repeats, where that one tells it too."""
    told_in = {report.text for report in entry.reports}
    folded = {id for id in told_in if (of := index.texts[id].copy_of) is not None and of in told_in}
    return tuple(_tell_one(index, entry, report, folded) for report in entry.reports if report.text not in folded)


def _tell_one(index: Index, entry: Entry, report: Report, folded: set[str]) -> Told:
    text = index.texts[report.text]
    manner = report.manner or "outlet"
    chain = [Ref(index.outlet(text), f"#{index.text_address(text.id)}")]
    chain += [refer(index, [who])[0] if who in index.actors else Ref(who, None) for who in report.chain]
    surface = False
    if report.speaker is not None:
        chain += refer(index, [report.speaker])
    elif report.spans.speaker:
        surface = True
        chain.append(Ref(" … ".join(span.exact for span in report.spans.speaker), None))
    spans = report.spans
    copies = (
        index.link(other.spans.content)
        for other in entry.reports
        if other.text in folded and index.texts[other.text].copy_of == report.text
    )
    return Told(
        manner=manner,
        manner_word=say_manner(report.manner),
        pieces=tuple(span.exact for span in spans.content),
        chain=tuple(chain),
        surface=surface,
        link=index.link(spans.content, more=(*spans.cue, *spans.speaker, *spans.when)),
        copies=tuple(copies),
        confidence=f"{report.confidence * 100:.0f} %",
    )


def _count_outlets(index: Index, entry: Entry) -> str:
    texts = {report.text for report in entry.reports}
    outlets = {outlet for id in texts if (outlet := index.texts[id].outlet)}
    unnamed = sum(1 for id in texts if not index.texts[id].outlet)
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
        if attributes.get(key) is not None:
            yield key, str(attributes[key])
    if attributes.get("duration"):
        yield "lasted", say_duration(str(attributes["duration"]))
