"""The record: field for field the JSON export of RECORD.md. An entry without evidence cannot be constructed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from onrecord.errors import EvidenceError
from onrecord.model.text import Span
from onrecord.model.when import When

ActorKind = Literal["person", "organisation", "state", "body", "place", "group"]
EntryKind = Literal["statement", "demand", "answer", "meeting", "document", "commitment", "action"]
Voice = Literal["outlet", "source"]
Manner = Literal["verbatim", "paraphrase", "mixed"]
Certainty = Literal["published", "possible"]
Stance = Literal["demands", "accepts", "rejects", "partly accepts", "defers", "no answer found", "unclear"]
Slot = Literal["status", "number", "date", "name", "place", "speaker", "wording", "actor"]

FORMAT = 1

STATUSES: Mapping[str, tuple[str, ...]] = {
    "answer": ("accepted", "rejected", "partial", "deferred", "unanswered", "unclear"),
    "meeting": ("held", "planned", "proposed", "cancelled"),
    "document": ("promised", "drafted", "sent", "received", "read", "signed", "published"),
}


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """Words of an article: a span with the id of the article it lies in."""

    text: str
    start: int
    end: int
    exact: str

    @classmethod
    def of(cls, article: str, span: Span) -> Evidence:
        """The words of a span as they stand in the article with this id."""
        return cls(article, span.start, span.end, span.exact)

    def runs_into(self, other: Evidence) -> bool:
        """Whether the other words go on from these, a mark and a blank between at most: no word is left out."""
        return self.text == other.text and 0 <= other.start - self.end <= 2


@dataclass(frozen=True, slots=True)
class RecordText:
    """An article as the record shows it."""

    id: str
    file: str
    outlet: str | None
    title: str | None
    published: When | None
    copy_of: str | None
    body: str
    noise: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class OfficeHeld:
    """An office that somebody holds; ``of`` is an actor id."""

    title: str
    of: str | None
    since: str | None
    until: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, state, organisation, body, place or group, across articles."""

    id: str
    kind: ActorKind
    name: str
    aliases: tuple[str, ...]
    country: str | None
    wikidata: str | None
    offices: tuple[OfficeHeld, ...]
    mentions: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ReportSpans:
    """The words a report rests on."""

    content: tuple[Evidence, ...]
    cue: tuple[Evidence, ...] = ()
    speaker: tuple[Evidence, ...] = ()
    when: tuple[Evidence, ...] = ()

    def __post_init__(self) -> None:
        if not self.content:
            raise EvidenceError("a report needs at least one span of content")


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of an entry."""

    text: str
    voice: Voice
    chain: tuple[str, ...]
    manner: Manner | None
    speaker: str | None
    spans: ReportSpans
    confidence: float


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the record, with every article's report of it."""

    id: str
    kind: EntryKind
    when: When | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    content: str
    status: str | None
    answers: str | None
    issue: str | None
    place: str | None
    forum: str | None
    attributes: Mapping[str, object]
    reports: tuple[Report, ...]
    independent_sources: int
    certainty: Certainty

    def __post_init__(self) -> None:
        if not self.reports:
            raise EvidenceError(f"entry {self.id} has no report; nothing goes on the record without its words")
        if self.status is not None and self.status not in STATUSES.get(self.kind, ()):
            raise EvidenceError(f"entry {self.id}: a {self.kind} cannot have the status {self.status!r}")


@dataclass(frozen=True, slots=True)
class Issue:
    """Demands that ask for the same thing."""

    id: str
    label: str
    demands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Position:
    """Where a party stands on an issue, and the entries that say so."""

    actor: str
    issue: str
    stance: Stance
    when: When | None
    entries: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.entries:
            raise EvidenceError(f"the position of {self.actor} on {self.issue} rests on no entry")


@dataclass(frozen=True, slots=True)
class Value:
    """One telling of a slot, with the words that say so."""

    value: str
    text: str
    span: Evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """A slot in which tellings exclude each other."""

    id: str
    slot: Slot
    entries: tuple[str, ...]
    values: tuple[Value, ...]

    def __post_init__(self) -> None:
        if len(self.values) < 2 or not self.entries:
            raise EvidenceError(f"difference {self.id} needs two tellings and an entry")


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record of one exchange."""

    texts: tuple[RecordText, ...] = ()
    actors: tuple[Actor, ...] = ()
    entries: tuple[Entry, ...] = ()
    issues: tuple[Issue, ...] = ()
    positions: tuple[Position, ...] = ()
    differences: tuple[Difference, ...] = ()
    timeline: tuple[str, ...] = ()
    onrecord: int = field(default=FORMAT)
