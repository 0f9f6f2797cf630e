"""The rows of the paper trail: each paper once, with its stages in the record's order and who tells of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.faces.lookup import Lookup, day_of
from onrecord.faces.standings import TellerRow
from onrecord.model import Entry, Report


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of a paper. ``status`` None: the paper is named, without a state. ``date`` is empty where not known."""

    entry: str
    status: str | None
    date: str
    content: str
    told: tuple[TellerRow, ...]
    certainty: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The outlets that tell it, each once."""
        return tuple(dict.fromkeys(source for teller in self.told for source in teller.sources))


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper: what it is called first, from whom to whom, its pages as told, and what it answers."""

    id: str
    name: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    pages: tuple[str, ...]
    answers: str | None
    stages: tuple[StageRow, ...]


def gather_papers(entries: Iterable[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """The entries of each paper in the record's order of its stages, papers as the entries first name them.

    A document of a record that says nothing of papers is one by itself.
    """
    papers: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "document":
            papers.setdefault(str(entry.attributes.get("paper") or entry.id), []).append(entry)
    return tuple((paper, tuple(sorted(stages, key=stage_of))) for paper, stages in papers.items())


def make_paper_row(paper: str, stages: Sequence[Entry], lookup: Lookup) -> PaperRow:
    """One paper with names for ids."""
    names = (str(entry.attributes["name"]) for entry in stages if entry.attributes.get("name"))
    pages = (str(entry.attributes["pages"]) for entry in stages if entry.attributes.get("pages") is not None)
    answered = next((lookup.entries[e.answers] for e in stages if e.answers in lookup.entries), None)
    return PaperRow(
        id=paper,
        name=next(names, stages[0].content),
        by=next((lookup.names(entry.by) for entry in stages if entry.by), ()),
        to=next((lookup.names(entry.to) for entry in stages if entry.to), ()),
        pages=tuple(dict.fromkeys(pages)),
        answers=str(answered.attributes.get("name") or answered.content) if answered else None,
        stages=tuple(_make_stage(entry, lookup) for entry in stages),
    )


def stage_of(entry: Entry) -> int:
    """The place of an entry among the stages of its paper, from 1; 0 where the record gives none."""
    stage = entry.attributes.get("stage")
    return stage if isinstance(stage, int) else 0


def _make_stage(entry: Entry, lookup: Lookup) -> StageRow:
    return StageRow(
        entry=entry.id,
        status=entry.status,
        date=day_of(entry.when),
        content=entry.content,
        told=tuple(_tellers(entry, lookup)),
        certainty=entry.certainty,
    )


def _tellers(entry: Entry, lookup: Lookup) -> Iterator[TellerRow]:
    """Who tells it and in which outlets; None speaks where they tell it in their own voice."""
    told: dict[str | None, dict[str, None]] = {}
    for report in entry.reports:
        told.setdefault(_speaker(report, lookup), {})[lookup.source(report.text)] = None
    yield from (TellerRow(speaker, tuple(sources)) for speaker, sources in told.items())


def _speaker(report: Report, lookup: Lookup) -> str | None:
    if report.voice == "outlet" or report.speaker is not None:
        return lookup.name(report.speaker)
    words = lookup.speaker(report)
    return f"“{words}”" if words else "a source not named"
