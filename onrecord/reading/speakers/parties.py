"""Parties: those in a text who may speak, each with the places where the text tells of it."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from onrecord.model import Name, Reference, Span
from onrecord.reading.page import Page
from onrecord.reading.references.bodies import Bodies
from onrecord.reading.references.cast import Cast
from onrecord.reading.references.descriptions import Phrase, find_descriptions, fits
from onrecord.reading.references.discourse import Places

Role = Literal["name", "reference", "speaker"]
FAR = 90  # code points; a word so far from a name says nothing of its bearer
_STEM = 5  # letters
_FEW = 12  # places of one party, and speakers, that are remembered
_BACK = 300  # places where the text told of somebody that one question looks back over, and ahead
_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """A place where a text tells of a party: by name, by a pronoun or description, or as a speaker."""

    start: int
    end: int
    role: Role


@dataclass(slots=True)
class Party:
    """Somebody who may speak; ``told`` are the places in order.

    ``unnamed`` parties have no name: what the text calls them stands for it.
    """

    name: str
    kind: str
    gender: str
    unnamed: bool = False
    heard: str = ""  # which of "he" and "she" follow its name
    told: list[Told] = field(default_factory=list)

    def times_before(self, position: int) -> int:
        """How often the text told of it before a position."""
        return bisect_left(self.told, position, key=lambda one: one.start)

    def before(self, position: int) -> Told | None:
        """Where the text told of it last before a position."""
        place = self.times_before(position)
        return self.told[place - 1] if place else None

    def near(self, position: int) -> Sequence[Told]:
        """Where the text tells of it first, and last around a position: a few places each."""
        place = self.times_before(position)
        return [*self.told[: min(_FEW, place)], *self.told[max(_FEW, place - _FEW) : place + _FEW]]

    def named_at(self, position: int) -> Told | None:
        """Where it is named last before a position, else where it is named first."""
        place = self.times_before(position)
        before = (one for one in reversed(self.told[:place]) if one.role == "name")
        after = (one for one in self.told if one.role == "name")
        return next(before, None) or next(after, None) or next(iter(self.told), None)


class Scene:
    """The parties of a page, and who has spoken so far."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.body = page.text.body
        self.names = [n for n in page.all(Name) if n.kind not in ("document", "office") and not n.adjective]
        self.places = Places(page)
        told_of = [n for n in self.names if n.kind != "place" and not n.place_use]
        self._descriptions = find_descriptions(page, told_of)
        self.cast = Cast(page, told_of, self._descriptions)
        self._bodies = Bodies(told_of, self._descriptions, self.places)
        self.parties: list[Party] = []
        self._by_name: dict[int, int] = {}  # party by the place where a name begins
        self.speakers: list[int] = []  # those who spoke, the last first
        self._told: list[tuple[int, int]] = []  # each place where a party is told of, with its number
        self._gather()

    def _gather(self) -> None:
        numbers: dict[tuple[bool, str], int] = {}
        for name in self.names:
            person = name.kind == "person"
            key = person, self.cast.who(name) if person else name.name
            if key not in numbers:
                numbers[key] = len(self.parties)
                self.parties.append(Party(key[1], name.kind, self.cast.gender(key[1]) if person else ""))
            party = self.parties[numbers[key]]
            party.told.append(Told(name.span.start, name.span.end, "name"))
            self._by_name[name.span.start] = numbers[key]
        self._hear_pronouns()
        heard: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for reference in self.page.all(Reference):
            number = self._by_name.get(reference.antecedent.start)
            if number is not None:
                insort(self.parties[number].told, Told(reference.span.start, reference.span.end, "reference"))
                if gender := _GENDERS.get(reference.span.exact.lower()):
                    heard[number][gender] += 1
        for number, party in enumerate(self.parties):
            self._told += ((one.start, number) for one in party.told)
        self._told.sort()
        for number, genders in heard.items():
            if not self.parties[number].gender and len(genders) == 1:
                self.parties[number].gender = next(iter(genders))

    def _hear_pronouns(self) -> None:
        """The first personal pronoun after a person's name, where nobody else is named before it."""
        people = [(one.start, one.end, party) for party in self.parties if party.kind == "person" for one in party.told]
        people.sort(key=lambda one: one[0])
        votes: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for place, (_, end, party) in enumerate(people):
            limit = people[place + 1][0] if place + 1 < len(people) else len(self.body)
            match = _PERSONAL.search(self.body, end, min(limit, end + _FOLLOWS))
            if match and not self.places.is_quoted(match.start()):
                votes[id(party)][_GENDERS[match.group().lower()]] += 1
        for party in self.parties:
            counts = votes[id(party)]
            if counts["m"] != counts["f"]:
                party.heard = "m" if counts["m"] > counts["f"] else "f"

    def party_at(self, span: Span | None) -> int | None:
        """The party whose name begins where the span does."""
        return self._by_name.get(span.start) if span is not None else None

    def speaks(self, number: int, source: Span) -> None:
        """A party has spoken: the words of ``source`` stand for it."""
        told = self.parties[number].told
        place = bisect_left(told, source.start, key=lambda one: one.start)
        while place < len(told) and told[place].start < source.end:
            del told[place]
        told.insert(place, Told(source.start, source.end, "speaker"))
        insort(self._told, (source.start, number))
        if number in self.speakers:
            self.speakers.remove(number)
        self.speakers.insert(0, number)
        del self.speakers[_FEW:]

    def told_before(self, position: int) -> Sequence[int]:
        """The parties told of before a position, the last first; not those told of long ago."""
        place = bisect_left(self._told, (position, -1))
        return list(dict.fromkeys(number for _, number in reversed(self._told[max(0, place - _BACK) : place])))

    def told_after(self, position: int) -> Sequence[int]:
        """The parties told of from a position on, the first first; not those told of much later."""
        place = bisect_left(self._told, (position, -1))
        return list(dict.fromkeys(number for _, number in self._told[place : place + _BACK]))

    def named_in(self, start: int, end: int) -> set[int]:
        """The parties told of in a stretch of the text."""
        first, last = bisect_left(self._told, (start, -1)), bisect_left(self._told, (end, -1))
        return {number for _, number in self._told[first:last]}

    def add_unnamed(self, words: str) -> int:
        """A new party, which the text calls by these words."""
        self.parties.append(Party(words, "organisation", "", unnamed=True))
        return len(self.parties) - 1

    def fits(self, phrase: Phrase, party: Party) -> bool:
        """Whether a description may mean a party, by what the text calls it."""
        if party.unnamed:
            return phrase.words[-1] in party.name.lower().split()
        if party.kind == "person":
            return any(fits(phrase, one) for one in self.cast.described.get(party.name, ()))
        named = self._named.get(party.name)
        return named is not None and self._bodies.fits(phrase, named)

    @cached_property
    def _named(self) -> Mapping[str, Name]:
        return {name.name: name for name in self.names if name.kind != "person"}

    def nearness(self, party: Party, places: Sequence[int], position: int) -> int:
        """How near to one of a party's names one of the places of a word is, in code points; FAR where none is.

        The names are the first ones and those around ``position``.
        """
        best = FAR
        for one in party.near(position) if places else ():
            if one.role != "name":
                continue
            after = bisect_left(places, one.start)
            if after < len(places):
                best = min(best, max(0, places[after] - one.end))
            if after:
                best = min(best, one.start - places[after - 1])
        return best

    def places_of(self, words: Sequence[str], *, stems: bool = False) -> Sequence[int]:
        """Where one of some words in lower case stands, or a word of the same stem."""
        known = self._stems if stems else self._words
        found = [known.get(word[:_STEM] if stems else word, ()) for word in words]
        return found[0] if len(found) == 1 else sorted({place for places in found for place in places})

    @cached_property
    def _words(self) -> Mapping[str, Sequence[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for match in _WORD.finditer(self.body):
            found[match.group().lower()].append(match.start())
        return found

    @cached_property
    def _stems(self) -> Mapping[str, Sequence[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for word, places in self._words.items():
            found[word[:_STEM]] += places
        return {stem: sorted(places) for stem, places in found.items()}

    @cached_property
    def quoted(self) -> Sequence[Span]:
        """The outermost quotations."""
        return self.places.quotations


_WORD = re.compile(r"[^\W_]+")
_PERSONAL = re.compile(r"\b(?:he|him|his|she|her)\b", re.IGNORECASE)
_FOLLOWS = 160  # code points after a name in which a pronoun is likely its own
