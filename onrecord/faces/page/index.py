"""The record turned so that a page can ask it: by id, by address, by text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from onrecord.faces.lookup import Lookup
from onrecord.faces.page.article import Mark
from onrecord.faces.page.words import KINDS, say_when
from onrecord.model import Actor, Entry, Evidence, RecordText

ARTICLES_PER_FILE = 500
POSSIBLE_PER_FILE = 1_000
"""More possible entries than these have files of their own: they are many, and asked for last."""
MAIN_FILE = "record.html"


@dataclass(frozen=True, slots=True)
class Link:
    """Where evidence can be read: an address, and the words to highlight there."""

    href: str
    outlet: str
    day: str  # when it was published, empty where that is not known
    text: str | None  # address of the text, None where it lies in another file
    spans: str  # "120-150 170-190": the words that say it
    more: str = ""  # the words that name the speaker, report or date it
    cite: str = ""  # for paper: title, file and offsets


class Index(Lookup):
    """A record with the questions that the page alone asks of it."""

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Entries by id, those of the timeline first, in its order."""
        found = {entry.id: entry for entry in self.record.entries}
        return {key: found[key] for key in (*self.record.timeline, *found) if key in found}

    @cached_property
    def published(self) -> tuple[Entry, ...]:
        """Entries that are part of the record, in the order of the timeline."""
        return tuple(entry for entry in self.entries.values() if entry.certainty == "published")

    @cached_property
    def possible(self) -> tuple[Entry, ...]:
        """Entries that are not sure enough to be part of the record."""
        return tuple(entry for entry in self.entries.values() if entry.certainty == "possible")

    @cached_property
    def entry_files(self) -> dict[str, str]:
        """The file of each entry that does not stand in the main one."""
        if len(self.possible) <= POSSIBLE_PER_FILE:
            return {}
        return {entry.id: possible_file(at // POSSIBLE_PER_FILE) for at, entry in enumerate(self.possible)}

    @cached_property
    def addresses(self) -> dict[tuple[str, str], str]:
        """The HTML id of each thing by its list and id: its own id, unless another list holds the same one."""
        record = self.record
        lists = (
            ("entry", record.entries),
            ("actor", record.actors),
            ("text", record.texts),
            ("issue", record.issues),
            ("difference", record.differences),
        )
        taken: set[str] = set()
        found = {}
        for name, things in lists:
            for thing in things:
                address = thing.id if thing.id not in taken else f"{thing.id}~{name}"
                taken.add(address)
                found[name, thing.id] = address
        return found

    @cached_property
    def copies(self) -> dict[str, tuple[RecordText, ...]]:
        """The copies of each text that is repeated elsewhere."""
        found: defaultdict[str, list[RecordText]] = defaultdict(list)
        for text in self.record.texts:
            if text.copy_of is not None:
                found[text.copy_of].append(text)
        return {key: tuple(texts) for key, texts in found.items()}

    @cached_property
    def files(self) -> dict[str, str]:
        """The file that holds each article's text."""
        return {text.id: file_name(at // ARTICLES_PER_FILE) for at, text in enumerate(self.record.texts)}

    @cached_property
    def marks(self) -> dict[str, tuple[Mark, ...]]:
        """The marks of each text: evidence, offices, tellings that differ, and each actor's first mention."""
        found: defaultdict[str, dict[tuple[int, int], tuple[bool, dict[str, None]]]] = defaultdict(dict)
        for span, main, entry in self._marked():
            was_main, ids = found[span.text].get((span.start, span.end), (False, {}))
            if entry:
                ids[entry] = None
            found[span.text][span.start, span.end] = (was_main or main, ids)
        return {
            text: tuple(Mark(start, end, main, tuple(ids)) for (start, end), (main, ids) in marks.items())
            for text, marks in found.items()
        }

    @cached_property
    def told_in(self) -> dict[str, tuple[Entry, ...]]:
        """The entries that each text reports."""
        found: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            for text in dict.fromkeys(report.text for report in entry.reports):
                found[text].append(entry)
        return {text: tuple(entries) for text, entries in found.items()}

    def day(self, text: RecordText) -> str:
        """When a text was published, in words; empty where that is not known."""
        when = say_when(text.published)
        return when.shown if when else ""

    def entry_label(self, entry: Entry) -> str:
        """An entry in a few words: what it is, whose, and how it begins."""
        by = " and ".join(self.name(actor) for actor in entry.by[:2])
        begins = entry.content if len(entry.content) <= 64 else entry.content[:60].rsplit(" ", 1)[0] + " …"
        return f"{KINDS[entry.kind]}{f' by {by}' if by else ''}: {begins}"

    def entry_href(self, key: str) -> str:
        """Where an entry stands, seen from the main file."""
        return f"{self.entry_files.get(key, '')}#{self.addresses['entry', key]}"

    def link(self, spans: Iterable[Evidence], more: Iterable[Evidence] = ()) -> Link:
        """The link that opens a text at these words. All lie in one text; the first is where the page jumps to."""
        spans = tuple(spans)
        text = self.texts[spans[0].text]
        file = self.files[text.id]
        local = file == MAIN_FILE
        offsets = ", ".join(f"{span.start}–{span.end}" for span in spans)
        return Link(
            href=f"{'' if local else file}#{span_address(self.text_address(text.id), spans[0].start, spans[0].end)}",
            outlet=self.source(text.id),
            day=self.day(text),
            text=self.text_address(text.id) if local else None,
            spans=" ".join(f"{span.start}-{span.end}" for span in spans),
            more=" ".join(f"{span.start}-{span.end}" for span in more),
            cite=f"{f'“{text.title}”; ' if text.title else ''}{text.file}, characters {offsets}",
        )

    def text_address(self, text: str) -> str:
        """The address of an article; its text lies at the address with ``~text``."""
        return self.addresses["text", text]

    def _marked(self) -> Iterator[tuple[Evidence, bool, str | None]]:
        for entry in self.entries.values():
            shown = None if entry.id in self.entry_files else entry.id
            for report in entry.reports:
                spans = report.spans
                yield from ((span, True, shown) for span in spans.content)
                yield from ((span, False, shown) for span in (*spans.cue, *spans.speaker, *spans.when))
        for actor in self.record.actors:
            for office in actor.offices:
                yield from ((span, False, None) for span in office.evidence)
            yield from ((span, False, None) for span in first_mentions(actor))
        for difference in self.record.differences:
            yield from ((value.span, False, None) for value in difference.values)


def first_mentions(actor: Actor) -> tuple[Evidence, ...]:
    """The first mention of an actor in each text, in the order of the mentions."""
    first: dict[str, Evidence] = {}
    for mention in actor.mentions:
        if mention.text not in first or mention.start < first[mention.text].start:
            first[mention.text] = mention
    return tuple(first.values())


def span_address(text: str, start: int, end: int) -> str:
    """The HTML id of a marked place. No id of the record holds a ``~``, so it meets none of them.

    >>> span_address("t-1", 120, 150)
    't-1~120-150'
    """
    return f"{text}~{start}-{end}"


def file_name(number: int) -> str:
    """The file that holds the articles of this number of five hundred, from 0.

    >>> file_name(0), file_name(1)
    ('record.html', 'record-articles-2.html')
    """
    return MAIN_FILE if number == 0 else f"record-articles-{number + 1}.html"


def possible_file(number: int) -> str:
    """The file that holds the possible entries of this number of a thousand, from 0.

    >>> possible_file(0)
    'record-possible-1.html'
    """
    return f"record-possible-{number + 1}.html"
