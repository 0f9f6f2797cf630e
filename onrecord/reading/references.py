"""References: the names that pronouns and descriptions ("the minister", "the alliance") stand for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import ClassVar

from onrecord.lexicon.tables import read_list, read_table
from onrecord.model import Annotation, Name, Office, Reference, Span
from onrecord.reading.cues import verbs
from onrecord.reading.page import Page, Reading
from onrecord.reading.statements.words import words_of
from onrecord.reading.strangers import find_strangers

_PRONOUNS: Mapping[str, tuple[str, str]] = {
    "he": ("person", "m"),
    "his": ("person", "m"),
    "him": ("person", "m"),
    "she": ("person", "f"),
    "her": ("person", "f"),
    "it": ("body", ""),
    "its": ("body", ""),
}
_PRONOUN = re.compile(r"\b(?:he|she|his|him|her|its|it)\b", re.IGNORECASE)
_BODIES = frozenset({"organisation", "body", "state", "group"})
_NEXT_WORD = re.compile(r"[ ]([\w’'-]+)")
_TITLE_WORD = re.compile(r"[\w.’'-]+")
_SENTENCES_BACK = 4
_PARAGRAPHS_BACK = 2
_NAMES_BACK = 60  # in one endless paragraph


class References:
    """The stage that finds what pronouns and descriptions stand for.

    A reference looks back over the names of its own and the sentences before, never past two paragraphs. Subjects come
    before other names. Where two names fit equally well the reference is left out: unresolved, not guessed.
    """

    name: ClassVar[str] = "references"
    version: ClassVar[int] = 1
    needs: ClassVar[tuple[str, ...]] = ("roles", "names")
    makes: ClassVar[tuple[type[Annotation], ...]] = (Reference,)

    def read(self, page: Page) -> Reading:
        """The references of the page's text, outside quotations and noise."""
        text = _Mentions(page)
        quotations = [q.inner for q in page.quotations if q.depth == 0]
        starts = [q.start for q in quotations]
        found: list[Reference] = []
        for place, sentence in enumerate(page.sentences):
            for mention in _mentions(page, sentence):
                before = bisect_right(starts, mention.span.start) - 1
                # Words inside a quotation are another's: his "he" is not the outlet's.
                if before >= 0 and quotations[before].end > mention.span.start:
                    continue
                if text.named_at(mention.span) or text.is_title(mention):
                    continue
                answer = text.resolve(mention, place)
                if answer is not None:
                    name, method, confidence = answer
                    found.append(
                        Reference(
                            text=page.text.id,
                            span=mention.span,
                            antecedent=name.span,
                            method=method,
                            confidence=confidence,
                        )
                    )
        return Reading(tuple(found))


@dataclass(frozen=True, slots=True)
class _Mention:
    """A pronoun or description; ``key`` is an office key, ``of`` the words that say whose office it is."""

    span: Span
    kind: str
    gender: str = ""
    fits: tuple[str, ...] = ()
    recent: bool = False
    key: str | None = None
    of: str | None = None
    pronoun: bool = False


def _mentions(page: Page, sentence: Span) -> Iterable[_Mention]:
    """The pronouns and descriptions of a sentence, in order."""
    found = [
        _Mention(page.text.span(m.start(), m.end()), *_PRONOUNS[m.group().lower()], recent=True, pronoun=True)
        for m in _PRONOUN.finditer(page.text.body, sentence.start, sentence.end)
    ]
    for match in _description().finditer(page.text.body, sentence.start, sentence.end):
        words = (match.group("words") or "").lower()
        of = (match.group("before") or match.group("bare") or match.group("after") or "").strip() or None
        span = page.text.span(match.start(), match.end())
        row = _described().get(words)
        key = _office_keys().get(words)
        if match.group("head"):  # the head of the Russian Foreign Ministry
            found.append(_Mention(span, "person", key="foreign minister", of=of))
        elif row is not None and (row["kind"] != "person" or not of):
            found.append(
                _Mention(span, row["kind"], row["gender"], read_list(row["fits"]), bool(row["recent"]), key=None, of=of)
            )
        elif key is not None:
            found.append(_Mention(span, "person", key=key, of=of))
    return sorted(found, key=lambda m: m.span)


class _Mentions:
    """The names and offices of a page, by sentence and by who is who."""

    def __init__(self, page: Page) -> None:
        self.page = page
        names = [n for n in page.all(Name) if n.kind not in ("place", "office", "document") and not n.place_use]
        self.names = names
        self.starts = [n.span.start for n in names]
        self.paragraph_starts = [p.start for p in page.paragraphs]

    def named_at(self, span: Span) -> bool:
        """Whether a name covers the words, so that they need no reference ("the Foreign Ministry" of Norland)."""
        place = bisect_right(self.starts, span.start) - 1
        return any(
            n.span.start < span.end and n.span.end > span.start and len(n.span) >= len(span) - 4
            for n in self.names[max(0, place) : place + 3]
        )

    def is_title(self, mention: _Mention) -> bool:
        """Whether the words are the title of the person named next, part of a longer phrase, or nobody's office."""
        if mention.kind != "person" or mention.pronoun:
            return False
        following = bisect_left(self.starts, mention.span.end)
        if following < len(self.names) and self.names[following].kind == "person":
            between = self.page.text.body[mention.span.end : self.names[following].span.start]
            if between.strip(" –—-") == "":
                return True
        # "the official response", "the spokesperson for the ministry"
        after = _NEXT_WORD.match(self.page.text.body, mention.span.end)
        if after and not _can_follow(after.group(1)):
            return True
        return not mention.span.exact[:4].lower().startswith("the ") and not self._whose(mention)

    def _whose(self, mention: _Mention) -> bool:
        inside = self._between(mention.span.start, mention.span.end)
        return any(n.kind in ("state", "body", "organisation") for n in inside)

    def resolve(self, mention: _Mention, place: int) -> tuple[Name, str, float] | None:
        """The name, how it was found and how sure it is; None where none fits, or two fit equally well."""
        if mention.kind == "person" and not mention.pronoun:
            holders = self._holders(mention)
            if len(holders) == 1:
                latest = self._latest(holders.pop(), mention.span.start)
                return (latest, "office", 0.9) if latest else None
            if not mention.recent:
                return None
        if mention.span.exact.lower() == "it" and not self._speaks(mention.span.end):
            return None
        found = self._recent(mention, place)
        return (found, "recent", 0.75 if mention.pronoun else 0.7) if found else None

    def _speaks(self, position: int) -> bool:
        """Whether a verb of speech follows: "it has also said"; any other "it" is seldom a name."""
        words = _TITLE_WORD.findall(self.page.text.body[position : position + 40])
        spoken = [w for w in words[:3] if w not in ("has", "had", "also", "then", "later")]
        verb = verbs().get(spoken[0]) if spoken else None
        return verb is not None and verb.form in ("past", "present")

    def _holders(self, mention: _Mention) -> set[str]:
        """Names of those whose office, by this text, fits the description and who were named shortly before."""
        near = {n.name for n in self._near(mention.span.start) if n.kind == "person"}
        party = self._party(mention)
        found = set()
        for holder in near:
            if not _agrees(mention, self._gender(holder)):
                continue
            for key, of in self._offices.get(holder, ()):
                fits = key == mention.key if mention.key else any(_fits(key, end) for end in mention.fits)
                if fits and (not party or of is None or _same_party(party, of)):
                    found.add(holder)
        return found

    def _party(self, mention: _Mention) -> str:
        """The state or body that the description names: "Russia" for "the Russian foreign minister"."""
        inside = [n for n in self._between(mention.span.start, mention.span.end) if n.kind != "person"]
        return inside[0].name if inside else mention.of or ""

    def _near(self, position: int) -> list[Name]:
        """The names before a place, no more than two paragraphs back."""
        paragraph = max(0, bisect_right(self.paragraph_starts, position) - 1 - _PARAGRAPHS_BACK)
        found = self._between(self.paragraph_starts[paragraph] if self.paragraph_starts else 0, position)
        return found[-_NAMES_BACK:]

    def _between(self, start: int, end: int) -> list[Name]:
        last = bisect_left(self.starts, end)
        return self.names[max(bisect_left(self.starts, start), last - _NAMES_BACK) : last]

    def _latest(self, name: str, position: int) -> Name | None:
        return next((n for n in reversed(self._near(position)) if n.name == name and n.kind == "person"), None)

    def _recent(self, mention: _Mention, place: int) -> Name | None:
        """The only name, or the only subject, of the nearest sentence that has names which fit."""
        sentences = self.page.sentences
        near = self._near(mention.span.start)
        limit = near[0].span.start if near else 0
        for back in range(min(_SENTENCES_BACK, place + 1)):
            sentence = sentences[place - back]
            if sentence.end <= limit:
                return None
            names = [
                n
                for n in self._between(sentence.start, min(sentence.end, mention.span.start))
                if self._suits(mention, n)
            ]
            names = [n for n in names if not mention.span.covers(n.span)]
            if not names:
                continue
            subjects = {n.name for n in names if self._is_subject(n, sentence)}
            # "its" and "it" stand for anything; only a subject is a fair guess.
            chosen = subjects if mention.pronoun and mention.kind == "body" else subjects or {n.name for n in names}
            if len(chosen) != 1:
                return None
            name = chosen.pop()
            latest = [n for n in names if n.name == name][-1]
            return None if self._stranger(mention, latest) else latest
        return None

    def _stranger(self, mention: _Mention, name: Name) -> bool:
        """Whether somebody who was not recognised may stand between a person's name and the reference to a person.

        "Castellane called it incomplete. Nuno's wife Rosa counted the men. “Twice,” she said."
        """
        if mention.kind != "person":
            return False
        place = bisect_left(self._strangers, name.span.end)
        return place < len(self._strangers) and self._strangers[place] < mention.span.start

    @cached_property
    def _strangers(self) -> tuple[int, ...]:
        return find_strangers(self.page)

    def _suits(self, mention: _Mention, name: Name) -> bool:
        if mention.kind == "person":
            return name.kind == "person" and _agrees(mention, self._gender(name.name))
        if name.adjective or name.kind not in (_BODIES if mention.pronoun else {mention.kind}):
            return False
        return not mention.fits or any(_describes(fit, name.name) for fit in mention.fits)

    def _is_subject(self, name: Name, sentence: Span) -> bool:
        """Whether a name is a subject: first in its sentence but for its titles, or beside a verb of speech."""
        body = self.page.text.body
        start = self._title_start.get(name.span, name.span.start)
        before = body[sentence.start : start].strip(' “"—–-')
        after = _TITLE_WORD.findall(body[name.span.end : min(sentence.end, name.span.end + 40)])
        if any(w in verbs() and verbs()[w].form in ("past", "present") for w in after[:2]):
            return True
        words = _TITLE_WORD.findall(before[-60:])
        # "Talks are over," said Foreign Minister Anna Berg.
        if any(w in verbs() and verbs()[w].form == "past" for w in words[-4:]) and not {"to", "by", "with"} & set(
            words[-3:]
        ):
            return body[name.span.end : name.span.end + 1] not in ("’", "'")
        possessive = body[name.span.end : name.span.end + 2] in ("’s", "'s")
        return not possessive and (not words or (len(before) < 60 and before.endswith(",") and len(words) < 10))

    @cached_property
    def _titles(self) -> tuple[Office, ...]:
        return tuple(o for o in self.page.all(Office) if o.holder is not None)

    @cached_property
    def _title_start(self) -> Mapping[Span, int]:
        """Where the office begins that each name is part of."""
        found: dict[Span, int] = {}
        for office in self._titles:
            for name in self._between(office.span.start, office.span.end):
                if office.span.covers(name.span):
                    found.setdefault(name.span, office.span.start)
        return found

    @cached_property
    def _offices(self) -> Mapping[str, frozenset[tuple[str, str | None]]]:
        """Office key and whose office it is, by the name of the holder, as this text gives them."""
        at = {n.span: n for n in self.page.all(Name)}
        found: defaultdict[str, set[tuple[str, str | None]]] = defaultdict(set)
        for office in self._titles:
            holder = at.get(office.holder) if office.holder else None
            if holder is None:
                continue
            of = at.get(office.of) if office.of else None
            words = office.title.lower()
            found[holder.name].add((_office_keys().get(words, words), of.name if of else None))
        return {holder: frozenset(held) for holder, held in found.items()}

    @cached_property
    def _genders(self) -> Mapping[str, str]:
        """Gender by what the text calls somebody: Mr, Ms, spokesman, spokeswoman."""
        found: dict[str, str] = {}
        body = self.page.text.body
        for name in self.names:
            if name.kind == "person":
                words = re.findall(r"\w+", body[max(0, name.span.start - 24) : name.span.start])
                for word in words[-2:]:
                    if gender := _gendered().get(word.lower()):
                        found.setdefault(name.name, gender)
        return found

    def _gender(self, name: str) -> str:
        """m, f, or empty where nothing says so."""
        given = name.split()[0] if " " in name else ""
        return self._genders.get(name) or _first_names().get(given, "")


def _can_follow(word: str) -> bool:
    """Whether a word can stand after a noun phrase that is whole."""
    lower = word.lower()
    classes = ("auxiliary", "preposition", "boundary", "adverb", "time", "hedge", "connective", "source_end")
    verb = verbs().get(lower)
    grammar = any(lower in words_of(name) for name in classes) and lower not in ("for", "of")
    return grammar or (verb is not None and verb.finite) or lower.endswith(("ed", "ly"))


def _agrees(mention: _Mention, gender: str) -> bool:
    return not mention.gender or not gender or mention.gender == gender


def _fits(key: str, end: str) -> bool:
    """“the minister” fits "foreign minister", not "prime minister" nor "deputy foreign minister"."""
    return key == end or (key.endswith(" " + end) and not key.startswith(("prime ", "deputy ", "vice ")))


def _describes(fit: str, name: str) -> bool:
    if fit.startswith("kind:"):
        return _organisations().get(name) == fit.removeprefix("kind:")
    return re.search(rf"\b{re.escape(fit)}\b", name) is not None


def _same_party(one: str, other: str) -> bool:
    """Whether two names are of one state: "Russia" and "Ministry of Foreign Affairs of Russia"."""
    return one == other or one.endswith("of " + other) or other.endswith("of " + one)


@cache
def _description() -> re.Pattern[str]:
    """ "the minister", "the Russian foreign minister", "the head of the Russian Foreign Ministry"."""
    words = sorted({*_described(), *_office_keys()} - {"head"}, key=len, reverse=True)
    state = r"(?:[A-Z][\w.-]{1,30}(?:[’']s)?[ ]){1,2}"
    return re.compile(
        rf"\b(?:(?:[Tt]he[ ]+)(?P<before>{state})?|(?P<bare>{state}))(?:"
        rf"(?P<head>[Hh]ead[ ]of[ ](?:the[ ])?(?:[A-Z]\w+[ ]){{0,2}}(?:[Ff]oreign[ ][Mm]inistry|State[ ]Department))"
        rf"|(?P<words>(?i:{'|'.join(map(re.escape, words))})))\b"
        rf"(?:[ ]of[ ](?:the[ ])?(?P<after>[A-Z][\w-]{{1,30}}(?:[ ][A-Z][\w-]{{1,30}})?))?"
    )


@cache
def _described() -> Mapping[str, Mapping[str, str]]:
    return {row["description"]: row for row in read_table("descriptions")}


@cache
def _office_keys() -> Mapping[str, str]:
    """Office key by every form of the title, in lower case."""
    found: dict[str, str] = {}
    for row in read_table("offices"):
        if row["kind"] == "office":
            for form in (row["title"], *read_list(row["forms"])):
                found.setdefault(form.lower(), row["key"])
    return found


@cache
def _organisations() -> Mapping[str, str]:
    return {row["name"]: row["kind"] for row in read_table("organisations")}


@cache
def _first_names() -> Mapping[str, str]:
    return {row["name"]: row["gender"] for row in read_table("first_names") if row["gender"] in ("m", "f")}


@cache
def _gendered() -> Mapping[str, str]:
    return {row["word"]: row["gender"] for row in read_table("gendered")}
