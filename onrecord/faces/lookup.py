"""A record with its look-ups: what every table, export and page asks of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import overload

from onrecord.model import Actor, Entry, Evidence, Issue, Record, RecordText, Report, Standing, When


class Lookup:
    """Finds actors, articles, entries and issues of a record by id, and says their names."""

    def __init__(self, record: Record) -> None:
        self.record = record

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Actors by id."""
        return {actor.id: actor for actor in self.record.actors}

    @cached_property
    def texts(self) -> dict[str, RecordText]:
        """Articles by id."""
        return {text.id: text for text in self.record.texts}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Entries by id."""
        return {entry.id: entry for entry in self.record.entries}

    @cached_property
    def issues(self) -> dict[str, Issue]:
        """Issues by id."""
        return {issue.id: issue for issue in self.record.issues}

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """What each party holds on an issue from when to when."""
        from onrecord.pipeline import find_standings

        return find_standings(self.record)

    def ordered(self, *kinds: str, possible: bool = False) -> tuple[Entry, ...]:
        """Entries in the order of the timeline, of the kinds given or of all; ``possible`` adds those below the bar."""
        shown = [self.entries[entry] for entry in self.record.timeline]
        if possible:
            shown += [entry for entry in self.record.entries if entry.certainty == "possible"]
        return tuple(entry for entry in shown if not kinds or entry.kind in kinds)

    @overload
    def name(self, actor: str) -> str: ...
    @overload
    def name(self, actor: None) -> None: ...
    def name(self, actor: str | None) -> str | None:
        """The actor's name; words that are no actor id are given back as they are."""
        found = self.actors.get(actor) if actor is not None else None
        return found.name if found else actor

    def names(self, actors: Iterable[str]) -> tuple[str, ...]:
        """Names in the order of the ids."""
        return tuple(self.name(actor) for actor in actors)

    def source(self, text: str) -> str:
        """How an article is called where it is a source: its outlet, else its file."""
        found = self.texts.get(text)
        return text if found is None else found.outlet or found.file

    def is_outlet(self, actor: Actor) -> bool:
        """Whether an actor is one of those who report: an agency that has seen the letter is no party to it."""
        return not {actor.name, *actor.aliases}.isdisjoint(text.outlet for text in self.record.texts)

    def sources(self, entry: Entry) -> tuple[str, ...]:
        """The outlets (or files) that tell an entry, each once, in the order of its reports."""
        return tuple(dict.fromkeys(self.source(report.text) for report in entry.reports))

    def speaker(self, report: Report) -> str | None:
        """Who speaks in a report: the actor's name, else the words of the text; None in the outlet's own voice."""
        if report.speaker is not None:
            return self.name(report.speaker)
        return join_pieces(report.spans.speaker) or None

    def evidence(self) -> Iterator[Evidence]:
        """Every span that something of the record rests on; the mentions of actors are none."""
        for entry in self.record.entries:
            for report in entry.reports:
                spans = report.spans
                yield from (*spans.content, *spans.cue, *spans.speaker, *spans.when)
        for actor in self.record.actors:
            for office in actor.offices:
                yield from office.evidence
        for difference in self.record.differences:
            yield from (value.span for value in difference.values)


def join_pieces(spans: Iterable[Evidence]) -> str:
    """The words of spans, parted by an ellipsis where the article has more between them, never stitched."""
    written, before = "", None
    for span in spans:
        joint = "" if before is None else " " if before.runs_into(span) else " … "
        written, before = f"{written}{joint}{span.exact}", span
    return written


def words_of(report: Report) -> str:
    """The words that tell it; the pieces of a broken quotation stay apart.

    >>> from onrecord.model import Evidence, ReportSpans
    >>> pieces = (Evidence("t1", 0, 7, "We wait"), Evidence("t1", 18, 29, "for a reply"))
    >>> words_of(Report("t1", "source", (), "verbatim", None, ReportSpans(pieces), 1.0))
    'We wait … for a reply'
    """
    return join_pieces(report.spans.content)


def day_of(when: When | None) -> str:
    """A date as it is shown: its EDTF value, else the words it rests on, else nothing.

    >>> day_of(When.unresolved("on Friday"))
    '“on Friday”'
    """
    if when is None:
        return ""
    return when.edtf or f"“{when.stated}”"
