"""Speakers: which name of the text the words of a source stand for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from onrecord.model import Annotation, Name, Office, Reference, Span
from onrecord.reading.callings import ends_phrase, gender_of_word, person_nouns
from onrecord.reading.page import Page

_ADJUNCTS = "in|at|on|from|for|with|to|through|via|by|of|after|before|during|speaking|earlier|last|late|this|yesterday"
_IN = rf"\s+(?:{_ADJUNCTS})\b"
_APART = re.compile(r",\s|\s[–—-]+\s|\s?\(|\s(?=who\b|whose\b|which\b|that\b)")
_OF_ANOTHER = re.compile(r"\b(?:of|for|to|by|with|and|in|from|at|near|behind)\b|[’']s\s+(?:\w+\s+){0,3}$")
_JOINED = re.compile(r"\s*(?:and|or|&)\s+(?=[A-Z]|(?:the|an?|his|her|its|their|others?|two|three|several)\b)")
_JOINS_NEXT = re.compile(r"(?:\band|\bor|&)\s*$")
_OWNS = re.compile(r"[’']s?(?=\s|$)")
_AFTER = re.compile(
    r"[’']s?(?=\s|$)|[\s,]*\(|\s+(?:and|or|&|(?:him|her|them)sel(?:f|ves)|[a-z]+ing|[a-z]+ly|too|also|then)\b|" + _IN
)
_GENERIC = re.compile(r"(?:[Tt]he |[Aa]n? |[Ii]ts )?(?:[\w-]+ ){0,2}[a-z]+")
_REALM = re.compile(r"(?:[Tt]he )?[A-Z]\w+(?: [A-Z]\w+)? of")
_OWNED = re.compile(r"^\S+(?: [A-Z]\S+)?[’']s?\s+$")
_CALLED = re.compile(r"\b(?:called|named)\s+$")
_ADJUNCT = re.compile(r"[’']s$|\s(?:meanwhile|itself|there|too|also)\b|" + _IN)
_HONORIFICS = frozenset(("dr", "prof", "mdm", "professor", "sheikh", "father"))
_SMALL = frozenset(("of", "for", "the", "a", "an", "and", "or", "by", "with", "to", "in", "as"))
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
        parts = _parts(source)
        person = self._person(source, parts)
        if person is not None:
            return Speaker(person.span, "named")
        for reference in _inside(self._references, self._reference_starts, source):
            if _whole(reference.span, source) or _whole(reference.span, parts[0]):
                pronoun = reference.span.exact.lower() in _PRONOUNS
                return Speaker(reference.antecedent, "pronoun" if pronoun else reference.method)
        for name in self._names_in(source):
            unnamed = name.kind == "group" and name.name[1:].islower()  # "two diplomats"
            if name.kind == "person" or name.adjective or unnamed:
                continue
            if _heads(name, parts):
                return Speaker(name.span, "metonym" if name.kind == "place" else "named")
        for office in _inside(self._offices, self._office_starts, source):
            if office.holder is not None and source.covers(office.holder) and _whole(office.span, source):
                return Speaker(office.holder, "named")
        return self._shouted(source)

    def _shouted(self, source: Span) -> Speaker:
        """The person whose surname stands in capitals before a colon: "BERG: We will wait."."""
        words = source.exact.casefold()
        if not source.exact.isupper() or len(words) < 3:
            return UNKNOWN
        people = {
            n.name: n
            for n in self._names
            if n.kind == "person" and words in (n.name.casefold(), *_ends(n.name.casefold()))
        }
        return Speaker(next(iter(people.values())).span, "named") if len(people) == 1 else UNKNOWN

    def _names_in(self, source: Span) -> list[Name]:
        return _inside(self._names, self._name_starts, source)

    def _person(self, source: Span, parts: list[Span]) -> Name | None:
        """The person that a source is: the head of its first part, or of a later one that is in apposition."""
        people = [n for n in self._names_in(source) if n.kind == "person"]
        head = self._head(parts[0], people)
        if head is not None:
            return head
        if any(_JOINED.match(part.exact) for part in parts):
            return None  # "the minister, and Anna Berg"
        # "the secretary of the council, Anna Berg"; "Berg’s lawyer, Jon Ek"; "the oldest of them, shift foreman Jon Ek"
        apposed = [head for part in parts[1:3] if (head := self._head(part, people)) is not None]
        return apposed[0] if len(apposed) == 1 else None

    def _head(self, part: Span, people: list[Name]) -> Name | None:
        """The person who is the head of a noun phrase, not one that it only mentions."""
        inside = [name for name in people if part.covers(name.span)]
        for name in inside:
            before = part.exact[: name.span.start - part.start]
            after = part.exact[name.span.end - part.start :]
            if after.strip() and not _AFTER.match(after):
                continue  # "the Costa Brisan text", "Berg loyalists"
            if _JOINED.match(after) or (inside[0] is not name and _JOINS_NEXT.search(before[-5:])):
                return None  # "Berg and Ek"
            if _OWNS.match(after):
                return None if _OWNS.sub("", after, count=1).strip() else name  # "Berg’s office"; "Berg’s demand"
            start = min((o.span.start for o in self._offices_of(name, part)), default=name.span.start)
            # "an aide to Foreign Minister Anna Berg", "a spokesman for Anna Berg": the head is another.
            if not _OF_ANOTHER.search(part.exact[: max(0, start - part.start)].lower()) or self._follows_name(
                name, part
            ):
                return name
            if _is_called(before):
                return name
            if _OWNED.search(before) and not any(
                other.span.end >= name.span.start - 3 for other in inside if other is not name
            ):
                return name  # "Almanzar’s Leila Benazra"
            if _CALLED.search(before):
                return name  # "a man of seventy called Lakhdar"
        return None

    def _follows_name(self, person: Name, part: Span) -> bool:
        """Whether a body or state is named right before: "representative of the Foreign Ministry Anna Berg"."""
        before = [n for n in self._names_in(part) if n.span.end < person.span.start and n.kind != "person"]
        return (
            bool(before) and not part.exact[before[-1].span.end - part.start : person.span.start - part.start].strip()
        )

    def _offices_of(self, person: Name, source: Span) -> list[Office]:
        """The offices that the source itself gives a person: "the minister of foreign affairs, Anna Berg"."""
        return [office for office in self._held.get(person.span, ()) if office.span.overlaps(source)]


def _is_called(before: str) -> bool:
    """Whether the words before a name only say what its bearer is.

    "the ministry's speaker", "the institute's Dr", "an expert of hydrology Prof.", "the head of the committee on
    defence"; not "an aide to Foreign Minister" nor "the press secretary of the President".
    """
    words = before.split()
    while words and words[-1].strip(".").lower() in gender_of_word().keys() | _HONORIFICS:
        words.pop()
    if not words or words[-1].lower() in ends_phrase() | _SMALL:
        return False
    last = words[-1].lower()
    if _OWNS.search(words[-1]):
        return len(words) < len(before.split())  # "the institute's Dr"
    owner = next((i for i in reversed(range(len(words))) if _OWNS.search(words[i])), None)
    if owner is not None and not _OF_ANOTHER.search(" ".join(words[owner + 1 :])):
        return last.isalpha() and words[-1].islower()  # "Berg's lawyer", "the ministry's ombudswoman"
    return words[-1].islower() and last.isalpha() and last not in person_nouns()


def _ends(name: str) -> list[str]:
    """The words of a name, and all that it ends with."""
    words = name.split()
    return [*words, *(" ".join(words[start:]) for start in range(1, len(words)))]


def _parts(source: Span) -> list[Span]:
    """A noun phrase and its appositions and relative clauses, one by one."""
    parts: list[Span] = []
    start = 0
    for match in [*_APART.finditer(source.exact), None]:
        end = match.start() if match else len(source.exact)
        words = source.exact[start:end]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            kept = words.strip()
            parts.append(Span(source.start + start + lead, source.start + start + lead + len(kept), kept))
        start = match.end() if match else end
    return parts or [source]


def _heads(name: Name, parts: list[Span]) -> bool:
    """Whether a name is the head of a source, or stands in apposition to what it is.

    "The Grey Isles", "the Republic of Gorvia", "the daily La Brújula", "the lender, the Farmers’ Fund".
    """
    part = next((p for p in parts if p.covers(name.span)), None)
    if part is None:
        return False
    before, after = part.exact[: name.span.start - part.start].strip(), part.exact[name.span.end - part.start :]
    if after.strip() and not _ADJUNCT.match(after):
        return False
    if part is not parts[0]:
        return part is parts[1] and before.lower() in ("", "the") and bool(_GENERIC.fullmatch(parts[0].exact))
    if before.lower() in ("", "the") or (name.kind == "state" and _REALM.fullmatch(before)):
        return True
    return name.kind == "organisation" and bool(_GENERIC.fullmatch(before))


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
