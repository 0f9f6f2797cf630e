"""Features: what speaks for and against a party being the one whose words a source stands for."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from onrecord.lexicon.tables import read_table
from onrecord.model import Span
from onrecord.reading.callings import body_nouns, gender_of_word, person_nouns
from onrecord.reading.references.descriptions import Phrase, read_phrase
from onrecord.reading.speakers.parties import FAR, Party, Scene, Told
from onrecord.reading.words import words_of

_MOST = 14  # parties that are weighed for one source
_TOKEN = re.compile(r"\w[\w’'.-]*|[^\w\s]")
_WORD = re.compile(r"[\w’'-]+")
_OWNER = re.compile(r"[’']s?$")
_OF_ITS_OWN = re.compile(r",\s|\s[–—-]+\s|\s?\(|\s(?=who\b|whose\b|which\b|that\b)")
_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
_JOINS = frozenset(("of", "for", "in", "from", "to", "at", "by", "on", "near", "with"))
_COUNTED = re.compile(
    r"(?:one|two|three|four|five|six|some|several|many|both|all|most|few|others?|no one|nobody|"
    r"(?:every|any|some)one|\d)\b",
    re.IGNORECASE,
)
_DETERMINERS = frozenset(
    ("a", "an", "the", "his", "her", "its", "their", "one", "some", "several", "another", "any", "my", "our", "your")
)
_POSSESSIVE = frozenset(("his", "her", "its", "their", "my", "our", "your"))
_PRONOUNS = {
    "he": ("he", "m"), "him": ("he", "m"), "his": ("he", "m"), "she": ("she", "f"), "her": ("she", "f"),
    "it": ("it", ""), "its": ("it", ""), "they": ("they", ""), "their": ("they", ""), "them": ("they", ""),
    "both": ("they", ""), "all": ("they", ""), "who": ("who", ""), "whom": ("who", ""), "which": ("which", ""),
    "that": ("which", ""), "i": ("i", ""), "me": ("i", ""), "my": ("i", ""), "we": ("we", ""), "us": ("we", ""),
    "our": ("we", ""), "you": ("you", ""),
}  # fmt: skip
_PERSONAL = ("he", "she")
OWN_NAME = ("person", "body", "paper", "name", "plural", "other")
"""Kinds of sources that can be their own name: "the ministry", not "it"."""
_OPENS = 12  # code points of articles and titles before a name that opens its sentence
_CHARACTERS = (12, 25, 50, 100, 200, 400, 800, 1600)
_NEAR = (4, 9, 18, 30, 50, FAR - 1)


@dataclass(frozen=True, slots=True)
class Question:
    """Whose words a source stands for. ``kind`` is a pronoun's, or what the head of a noun phrase is.

    ``content`` are the pieces of what is said, ``cue_class`` how; ``outer`` is the party that speaks around it, and
    ``ruled`` the one that the rules name, with how they found it.
    """

    source: Span
    words: str  # the noun phrase without article, apposition and clause
    kind: str
    gender: str
    content: tuple[Span, ...]
    cue_class: str
    outer: int | None
    ruled: int | None
    method: str


@dataclass(frozen=True, slots=True)
class Case:
    """The features of each party that may be the answer to a question, and of the question itself (``own``)."""

    parties: tuple[int, ...]
    features: tuple[tuple[str, ...], ...]
    own: tuple[str, ...]
    within: frozenset[int]  # parties whose proper names stand in the source


def phrase_of(words: str) -> str:
    """A noun phrase without article, apposition, relative clause and possessive.

    >>> phrase_of("the ministry’s spokesman, who was there")
    'ministry’s spokesman'
    """
    return _OWNER.sub("", _ARTICLE.sub("", _OF_ITS_OWN.split(words.strip(" ,"))[0].strip(" ,"), count=1))


def kind_of(words: str) -> tuple[str, str]:
    """What a source is by its words, and the gender that they tell.

    >>> kind_of("She herself"), kind_of("the spokesman for Sudmark"), kind_of("the ministry")
    (('she', 'f'), ('person', 'm'), ('body', ''))
    """
    first = next(iter(words.lower().strip(" ,").split()), "")
    if first in _PRONOUNS and (len(words.split()) == 1 or first not in ("his", "her", "its", "their", "my", "our")):
        return _PRONOUNS[first]
    tokens = _WORD.findall(phrase_of(words))
    head = _head(tokens)
    lower = head.lower()
    gender = gender_of_word().get(lower, "")
    if lower in _papers():
        return "paper", ""
    if lower in person_nouns():
        return "person", gender
    if lower in body_nouns():
        return "body", ""
    if head[:1].isupper():
        return "name", gender
    return ("plural", "") if lower.endswith("s") else ("other", gender)


def weigh(scene: Scene, question: Question) -> Case:
    """The features of a question, to be looked up in the weights."""
    return _Weighing(scene, question).case()


class _Weighing:
    """One question."""

    def __init__(self, scene: Scene, question: Question) -> None:
        self.scene, self.asked = scene, question
        self.start, self.end = question.source.start, question.source.end
        self.paragraph = scene.places.paragraph(self.start)
        self.sentence = scene.places.sentence(self.start)
        self.in_quotes = scene.places.is_quoted(self.start)
        self.speakers = scene.speakers
        self.tokens = _WORD.findall(question.words)
        self.phrase = self._phrase()

    def case(self) -> Case:
        chosen = self._chosen()
        described = self.asked.kind in OWN_NAME
        parties = [self.scene.parties[n] for n in chosen]
        head = [_head(self.tokens).lower()] if described and self.tokens else []
        capitals = [_OWNER.sub("", t).lower() for t in self.tokens if t[0].isupper()] if described else []
        heads, stems = self.scene.places_of(head), self.scene.places_of(capitals, stems=True)
        near_head = [self.scene.nearness(p, heads, self.start) for p in parties]
        near_capital = [self.scene.nearness(p, stems, self.start) for p in parties]
        fitting = [self.phrase is not None and self.scene.fits(self.phrase, p) for p in parties]
        inside = [self._inside(p) is not None for p in parties]
        before = [p.before(self.start) for p in parties]
        fit_for = [self._suits(p) for p in parties]
        last = [(told.start, i) for i, told in enumerate(before) if told and not inside[i] and fit_for[i]]
        order = [i for _, i in sorted(last, reverse=True)]
        rank = {i: place for place, i in enumerate(order)}
        speakers = [n for n in self.speakers if n in chosen and self._suits(self.scene.parties[n])]
        features = []
        for i, number in enumerate(chosen):
            found = [*self._of_kind(parties[i]), *self._of_place(parties[i], rank.get(i))]
            found += self._of_speech(number, speakers)
            found.append(f"rank and turn {self.asked.kind} {min(rank.get(i, 9), 4)} {_turn(number, speakers)}")
            if described:
                found += self._of_phrase(i, fitting, near_head, near_capital)
            if len(order) == 1 and rank.get(i) == 0:
                found.append(f"only {self.asked.kind}")
            features.append(tuple(found))
        own = tuple(self._own(len(order), sum(fitting), len(speakers), any(inside)))
        proper = (p.name[:1].isupper() for p in parties)
        within = frozenset(n for n, here, named in zip(chosen, inside, proper, strict=True) if here and named)
        return Case(tuple(chosen), tuple(features), own, within)

    def _chosen(self) -> list[int]:
        """The parties worth weighing: those in the source, those told of last, and those that the words fit."""
        asked, scene = self.asked, self.scene
        chosen = {n for n in (asked.ruled, asked.outer) if n is not None}
        chosen |= {n for n in scene.named_in(self.start, self.end) if self._inside(scene.parties[n])}
        suiting = (n for n in scene.told_before(self.start) if self._suits(scene.parties[n]))
        chosen.update(islice(suiting, _MOST))
        if self.phrase is not None:
            told = {*scene.told_before(self.start), *scene.told_after(self.start)} - chosen
            chosen |= {number for number in told if scene.fits(self.phrase, scene.parties[number])}
        return sorted(chosen)

    def _inside(self, party: Party) -> Told | None:
        place = bisect_right(party.told, self.start - 1, key=lambda one: one.start)
        near = party.told[place : place + 3]
        return next((one for one in near if one.role == "name" and one.end <= self.end + 1), None)

    def _suits(self, party: Party) -> bool:
        """Whether a party of its kind and gender can be meant at all."""
        kind, gender = self.asked.kind, self.asked.gender
        if kind in _PERSONAL or kind == "person":
            return party.kind == "person" and (not gender or party.gender in ("", gender))
        return party.kind != "person" if kind in ("it", "which", "body") else True

    def _phrase(self) -> Phrase | None:
        if self.asked.kind not in ("person", "body", "name", "other"):
            return None
        names = [n for n in self.scene.names if self.start <= n.span.start < self.end]
        tokens = _TOKEN.findall(self.scene.body[self.start : self.end])
        return read_phrase(tokens, [n for n in names if n.kind in ("state", "body", "organisation")])

    def _of_kind(self, party: Party) -> Iterator[str]:
        kind, gender = self.asked.kind, self.asked.gender
        yield f"kind {kind} {'unnamed' if party.unnamed else party.kind}"
        if kind in _PERSONAL or kind == "person":
            known = party.gender if party.kind == "person" else "-"
            yield f"gender {kind} {gender or '-'} {known or '?'}"
            yield f"heard {gender or '-'} {party.heard or '?'} {known or '?'}"
        if kind in _PERSONAL and party.kind == "person" and not party.gender:
            words = party.name.split()
            yield f"full {len(words) > 1}"
            if len(words) > 1:
                yield f"ending {kind} {words[0][-1:].lower()}"
                yield f"ending {kind} {words[0][-2:].lower()}"

    def _of_place(self, party: Party, rank: int | None) -> Iterator[str]:
        kind, body, places = self.asked.kind, self.scene.body, self.scene.places
        inside, before = self._inside(party), party.before(self.start)
        if inside is not None:
            yield f"inside {kind} {party.kind}"
            yield f"inside last {inside.end >= self.end - 1}"
            yield f"inside first {inside.start <= self.start + 4} {party.kind}"
            lead = body[self.start : inside.start].lower().split()[-1:]
            yield f"inside after {lead[0] if lead and lead[0] in _JOINS else '-'}"
            yield f"inside owner {body[inside.end : inside.end + 2] in OWNS}"
        elif before is not None:
            apart = self.sentence - places.sentence(before.start)
            back = self.paragraph - places.paragraph(before.start)
            yield f"far {bisect_right(_CHARACTERS, self.start - before.start)}"
            yield f"paragraphs {min(back, 4)}"
            yield f"sentences {min(apart, 5)}"
            yield f"sentences {kind} {min(apart, 3)}"
            yield f"role {before.role} {min(back, 2)}"
            yield f"role {before.role} {min(apart, 2)} {kind}"
            yield f"rank {kind} {'-' if rank is None else min(rank, 4)}"
            opens = before.start - places.sentence_start(before.start) < _OPENS
            yield f"opens {kind} {opens} {min(apart, 2)}"
            yield f"quoted {places.is_quoted(before.start)} {self.in_quotes}"
            if any(piece.start <= before.start < piece.end for piece in self.asked.content):
                yield f"in what is said {kind}"
        else:
            yield f"later {kind}"
        yield f"times {min(party.times_before(self.start), 4)}"

    def _of_speech(self, number: int, suiting: Sequence[int]) -> Iterator[str]:
        kind = self.asked.kind
        turn = _turn(number, self.speakers)
        yield f"spoke {kind} {turn}"
        yield f"spoke {kind} {_turn(number, suiting)} of {min(len(suiting), 3)}"
        yield f"answers {self.asked.cue_class in ('answer', 'deny')} {turn}"
        yield f"around {kind} {self.asked.outer == number}" if self.asked.outer is not None else "outermost"
        if self.tokens and self.scene.body[self.start : self.end].lower().split()[0] in _POSSESSIVE:
            yield f"somebody's {turn}"
        if self.asked.ruled is not None or self.asked.method != "none":
            yield f"ruled {self.asked.method} {self.asked.ruled == number}"
        else:
            yield f"no rule {kind}"

    def _of_phrase(
        self, i: int, fitting: Sequence[bool], near_head: Sequence[int], near_capital: Sequence[int]
    ) -> Iterator[str]:
        kind = self.asked.kind
        if self.phrase is not None:
            yield f"fits {kind} {fitting[i]} {min(sum(fitting), 2)}"
        yield f"head {kind} {bisect_right(_NEAR, near_head[i])}"
        nearest = near_head[i] == min(near_head) and near_head[i] < FAR
        yield f"nearest head {kind} {nearest} {min(near_head.count(near_head[i]), 2)}"
        yield f"capital {bisect_right(_NEAR, near_capital[i])}"
        yield f"head and capital {near_head[i] < _NEAR[3] and near_capital[i] < _NEAR[3]}"

    def _own(self, order: int, fitting: int, speakers: int, named: bool) -> Iterator[str]:
        kind, words = self.asked.kind, self.scene.body[self.start : self.end]
        yield f"is {kind}"
        yield f"is {kind} quoted {self.in_quotes}"
        yield f"is {kind} among {min(order, 3)}"
        yield f"is {kind} fitted {min(fitting, 2)}"
        yield f"is {kind} ruled {self.asked.method}"
        yield f"is {kind} speakers {min(speakers, 3)}"
        yield f"is {kind} named {named}"
        first = next(iter(words.lower().split()), "")
        yield f"first {first if first in _DETERMINERS else '-'}"
        if kind in OWN_NAME:
            head = _head(self.tokens)
            unnamed = head.lower() in words_of("unnamed")
            yield f"unnamed {unnamed}"
            yield f"plural {head.endswith('s') and not head.endswith('ss')}"
            yield f"capital {head[:1].isupper()} {named}"
            yield f"words {min(len(self.tokens), 5)}"
            join = next((t.lower() for t in self.tokens[1:] if t.lower() in _JOINS), "-")
            yield f"join {join} {unnamed}"
            yield f"owned {any(_OWNER.search(t) for t in self.tokens[:-1])} {kind}"
            yield f"counted {_COUNTED.match(words) is not None}"


OWNS = ("’s", "'s", "’ ", "' ")


def _turn(number: int, speakers: Sequence[int]) -> str:
    return str(min(speakers.index(number), 3)) if number in speakers else "-"


def _head(tokens: Sequence[str]) -> str:
    """The head of a noun phrase: the last word before "of" and the like."""
    cut = next((i for i, token in enumerate(tokens) if i and token.lower() in _JOINS), len(tokens))
    return tokens[cut - 1] if tokens else ""


@cache
def _papers() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("papers"))
