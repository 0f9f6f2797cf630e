"""Speakers: which name of the text the words of a source stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.model import Annotation, Name, Office, Reference, Span
from onrecord.reading.page import Page

_APART = re.compile(r"\s*(?:,|–|—|-|\(|who\b)")
_OF_ANOTHER = re.compile(r"\b(?:of|for|to|by|with|and|in|from|at)\b|[’']s\s*$")
_PRONOUNS = frozenset(("he", "she", "it", "they", "his", "her", "him", "its", "their"))

A = TypeVar("A", bound=Annotation)


@dataclass(frozen=True, slots=True)
class Speaker:
    """The span of a Name, or None where nobody can be named, and how that was found."""

    name: Span | None
    method: str


UNKNOWN = Speaker(None, "none")


class Speakers:
    """The names of a page as answers to the question who speaks.

    What resolves: a person's name that is the head of the source, an organisation, state, body or group that is the
    whole source, a pronoun or description that References resolved, an office whose holder this text names. What does
    not ("a spokesman for the ministry", "Berg’s deputy", "officials") stays unknown: the words are kept, not a guess.
    """

    def __init__(self, page: Page) -> None:
        self._names = [n for n in page.all(Name) if n.kind not in ("document", "office")]
        self._name_starts = [n.span.start for n in self._names]
        self._offices = page.all(Office)
        self._office_starts = [o.span.start for o in self._offices]
        self._held: dict[Span, list[Office]] = {}
        for office in self._offices:
            if office.holder:
                self._held.setdefault(office.holder, []).append(office)
        self._references = page.all(Reference)
        self._reference_starts = [r.span.start for r in self._references]

    def resolve(self, source: Span) -> Speaker:
        """Who the words of a source stand for."""
        person = self._person(source)
        if person is not None:
            return Speaker(person.span, "named")
        for reference in _inside(self._references, self._reference_starts, source):
            if _whole(reference.span, source):
                pronoun = reference.span.exact.lower() in _PRONOUNS
                return Speaker(reference.antecedent, "pronoun" if pronoun else reference.method)
        for name in self._names_in(source):
            if name.kind not in ("person", "place") and not name.adjective and _whole(name.span, source):
                return Speaker(name.span, "named")
        for office in _inside(self._offices, self._office_starts, source):
            if office.holder is not None and source.covers(office.holder) and _whole(office.span, source):
                return Speaker(office.holder, "named")
        return UNKNOWN

    def _names_in(self, source: Span) -> list[Name]:
        return _inside(self._names, self._name_starts, source)

    def _person(self, source: Span) -> Name | None:
        """The person that a source is: its last words, or its first before an apposition."""
        people = [n for n in self._names_in(source) if n.kind == "person"]
        if not people:
            return None
        last, first = people[-1], people[0]
        if last.span.end == source.end and source.exact[: last.span.start - source.start].rstrip().endswith(","):
            return last  # "the secretary of the council, Anna Berg"
        if last.span.end == source.end and len(people) == 1:
            start = min((o.span.start for o in self._offices_of(last, source)), default=last.span.start)
            before = source.exact[: max(0, start - source.start)].lower()
            # "an aide to Foreign Minister Anna Berg", "a spokesman for Anna Berg": the head is another.
            if not _OF_ANOTHER.search(before):
                return last
        if first.span.start == source.start and len(people) == 1 and _APART.match(source.exact, len(first.span)):
            return first
        return None

    def _offices_of(self, person: Name, source: Span) -> list[Office]:
        """The offices that the source itself gives a person: "the minister of foreign affairs, Anna Berg"."""
        return [office for office in self._held.get(person.span, ()) if office.span.overlaps(source)]


def _inside(found: Sequence[A], starts: list[int], source: Span) -> list[A]:
    place = bisect_left(starts, source.start)
    inside: list[A] = []
    while place < len(starts) and starts[place] < source.end:
        if source.covers(found[place].span):
            inside.append(found[place])
        place += 1
    return inside


def _whole(span: Span, source: Span) -> bool:
    """Whether a span is the whole source, but for an article."""
    if span.end != source.end:
        return False
    before = source.exact[: span.start - source.start].strip().lower()
    return before in ("", "the")
