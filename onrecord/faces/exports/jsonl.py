"""The record as JSON lines: an entry a line, actors and articles by name, for tools that read a line at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO, ClassVar

from onrecord.faces.exports.json import encoded
from onrecord.faces.lookup import Lookup
from onrecord.model import Entry, Evidence, Record, Report, When


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report inside a line. ``spans`` are the content's, into the body of ``file``."""

    outlet: str | None
    file: str
    published: str | None
    copy_of: str | None
    voice: str
    speaker: str | None
    chain: tuple[str, ...]
    manner: str | None
    spans: tuple[Evidence, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line: an entry that can be read without the rest of the record."""

    id: str
    kind: str
    when: When | None
    by: tuple[str, ...]
    to: tuple[str, ...]
    content: str
    status: str | None
    answers: str | None
    issue: str | None
    place: str | None
    forum: str | None
    attributes: dict[str, object]
    independent_sources: int
    certainty: str
    reports: tuple[ReportLine, ...]


class Jsonl:
    """One entry a line."""

    name: ClassVar[str] = "jsonl"
    suffix: ClassVar[str] = ".jsonl"
    about: ClassVar[str] = "an entry a line, actors and articles by name"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the lines in UTF-8, in the order of the timeline, possible entries last."""
        lookup = Lookup(record)
        for entry in lookup.ordered(possible=True):
            stream.write(encoded(_line(entry, lookup)) + b"\n")


def _line(entry: Entry, lookup: Lookup) -> EntryLine:
    issue = lookup.issues.get(entry.issue or "")
    return EntryLine(
        id=entry.id,
        kind=entry.kind,
        when=entry.when,
        by=lookup.names(entry.by),
        to=lookup.names(entry.to),
        content=entry.content,
        status=entry.status,
        answers=entry.answers,
        issue=issue.label if issue else None,
        place=lookup.name(entry.place),
        forum=lookup.name(entry.forum),
        attributes=dict(entry.attributes),
        independent_sources=entry.independent_sources,
        certainty=entry.certainty,
        reports=tuple(_reports(entry.reports, lookup)),
    )


def _reports(reports: Iterable[Report], lookup: Lookup) -> Iterable[ReportLine]:
    for report in reports:
        text = lookup.texts[report.text]
        yield ReportLine(
            outlet=text.outlet,
            file=text.file,
            published=text.published.edtf if text.published else None,
            copy_of=lookup.texts[text.copy_of].file if text.copy_of else None,
            voice=report.voice,
            speaker=lookup.speaker(report),
            chain=lookup.names(report.chain),
            manner=report.manner,
            spans=report.spans.content,
            confidence=report.confidence,
        )
