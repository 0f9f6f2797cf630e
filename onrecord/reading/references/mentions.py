"""Mentions: the pronouns and descriptions of a text that may stand for a name, and people who have none."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.model import Name, Span
from onrecord.reading.callings import body_nouns, ends_phrase, gender_of_word, office_keys, person_nouns
from onrecord.reading.cues import verbs
from onrecord.reading.page import Page
from onrecord.reading.references.descriptions import Phrase, read_phrase
from onrecord.reading.words import words_of

_PRONOUNS: Mapping[str, tuple[Literal["person", "body"], str]] = {
    "he": ("person", "m"),
    "his": ("person", "m"),
    "him": ("person", "m"),
    "she": ("person", "f"),
    "her": ("person", "f"),
    "it": ("body", ""),
    "its": ("body", ""),
}
_PRONOUN = re.compile(r"\b(?:he|she|his|him|her|its|it)\b", re.IGNORECASE)
_RELATIVE = re.compile(r",?\s(who|which)\b")
_DETERMINED = re.compile(r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Mm]y|[Oo]ur|[Aa]n?|[Oo]ne|[Aa]nother)\s")
_WORD = re.compile(r"[\w’'-]+")
_NEXT_WORD = re.compile(r"[ ]([\w’'-]+)")
_OF = re.compile(
    r"\s(?:of|for)\s(?:(?:the|his|her|its|their)\s)?((?:[A-Z][\w’'-]*\s?){1,5}|ministry|delegation|mission|government)(?<!\s)\b"
)
_MINISTRY = re.compile(r"\b(?:Foreign Ministry|State Department|ministry)$")
_LONGEST = 8  # words of a description
_ALSO_ADJECTIVES = frozenset(
    ("official", "deputy", "head", "chief", "representative", "expert", "principal", "assistant")
)
_OWNERS = frozenset(("his", "her", "its", "their", "my", "our"))
_NEW = frozenset(("a", "an", "one", "another"))


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns that can be the head of a description, of people and of bodies."""

    people: frozenset[str]
    bodies: frozenset[str]

    def __contains__(self, word: object) -> bool:
        """Whether a word in lower case is one of them."""
        return word in self.people or word in self.bodies


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may stand for a name; ``phrase`` is what a description says, None for a pronoun.

    ``owned``: the words are somebody's ("her deputy"); ``new``: they bring in somebody who was not named ("a lawyer").
    """

    span: Span
    kind: Literal["person", "body"]
    gender: str = ""
    phrase: Phrase | None = None
    owned: bool = False
    new: bool = False

    @property
    def words(self) -> str:
        """The words in lower case."""
        return self.span.exact.lower()

    @property
    def relative(self) -> bool:
        """Whether it is "who" or "which"."""
        return self.words in ("who", "which")


def find_mentions(
    page: Page, names: Sequence[Name], people: frozenset[str], bodies: frozenset[str]
) -> tuple[Mention, ...]:
    """The mentions outside noise in order; ``people`` and ``bodies`` are nouns by which this text calls its own."""
    bodies = (body_nouns() | bodies) - person_nouns()
    known = Nouns((person_nouns() | people) - bodies, bodies)
    starts = [name.span.start for name in names]
    found: list[Mention] = []
    for sentence in page.sentences:
        described: list[Mention] = []
        for match in _PRONOUN.finditer(page.text.body, sentence.start, sentence.end):
            kind, gender = _PRONOUNS[match.group().lower()]
            found.append(Mention(page.text.span(match.start(), match.end()), kind, gender))
        inside = names[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
        taken = sentence.start
        for start, first in sorted({*_beginnings(page, inside, sentence)}):
            if start < taken:
                continue
            mention = _description(page, inside, sentence, (start, first), known)
            if mention is not None:
                described.append(mention)
                taken = mention.span.end
        found += (*described, *_relatives(page, inside, described))
    return tuple(sorted(found, key=lambda m: m.span))


def _beginnings(page: Page, names: Sequence[Name], sentence: Span) -> Iterator[tuple[int, int]]:
    """Where descriptions may begin, and where their first word after the determiner does."""
    for match in _DETERMINED.finditer(page.text.body, sentence.start, sentence.end):
        yield match.start(), match.end()
    for name in names:  # "Norland's foreign minister", "the Russian side": a state's name begins them, too
        owns = page.text.body.startswith(("’s ", "'s "), name.span.end)
        if name.kind in ("state", "body", "organisation") and (name.adjective or owns):
            yield name.span.start, name.span.start


def _description(
    page: Page, names: Sequence[Name], sentence: Span, begins: tuple[int, int], known: Nouns
) -> Mention | None:
    """The description that begins at a place, or None: its head is the first known noun, and those that follow it."""
    body, (start, first) = page.text.body, begins
    words: list[re.Match[str]] = []
    place = first
    head: int | None = None
    while len(words) < _LONGEST and (match := _WORD.match(body, place, sentence.end)):
        lower = match.group().lower()
        if head is not None and lower not in known and f"{words[-1].group().lower()} {lower}" not in office_keys():
            break
        if (
            lower in ends_phrase()
            or lower in words_of("determiner")
            or (lower in ("and", "or", "of", "for") and head is None)
        ):
            break
        words.append(match)
        if lower in known or head is not None:
            head = len(words) - 1
        place = match.end() + 1
        if body[match.end() : place] not in (" ", " "):
            break
    if head is None:
        return None
    words = words[: head + 1]
    end = words[-1].end()
    if body.startswith(("’s", "'s", "’ ", "' "), end):
        return None
    of = _OF.match(body, end, sentence.end)
    tokens = [word.group() for word in words]
    tokens[-1] = noun = tokens[-1].lower()  # "the Federation"
    if of is not None:
        tokens += ["of", *of.group(1).split()]
        end = of.end()
    phrase = read_phrase(
        tokens, [n for n in names if start <= n.span.start < end and n.kind in ("state", "body", "organisation")]
    )
    if phrase is None:
        return None
    if phrase.words[-1] in ("head", "chief") and of is not None and _MINISTRY.search(of.group()):
        phrase = Phrase(("foreign", "minister") if "Foreign" in of.group() else ("minister",), phrase.whose)
    determiner = body[start:first].strip().lower()
    # "the skipper's wife Rosa": somebody's, and somebody whom no stage recognised
    owned = determiner in _OWNERS or any(t.islower() and t.endswith(("’s", "'s")) for t in tokens)
    owned = owned or (body[end : end + 1] == " " and body[end + 1 : end + 2].isupper())
    return Mention(
        page.text.span(start, end),
        "person" if noun in known.people else "body",
        gender_of_word().get(phrase.words[-1], ""),
        phrase,
        owned=owned,
        new=determiner in _NEW,
    )


def _relatives(page: Page, names: Sequence[Name], described: Sequence[Mention]) -> Iterator[Mention]:
    """ "who" and "which" right after a name or description, before a verb of speech: "Ek, who said"."""
    for span in (*(name.span for name in names), *(mention.span for mention in described)):
        match = _RELATIVE.match(page.text.body, span.end)
        if match is None:
            continue
        words = _WORD.findall(page.text.body[match.end() : match.end() + 50])[:4]
        if any(word in verbs() and verbs()[word].form != "ing" for word in words):
            yield Mention(page.text.span(match.start(1), match.end(1)), "person" if match[1] == "who" else "body")


def is_title(page: Page, mention: Mention, names: Sequence[Name], starts: Sequence[int]) -> bool:
    """Whether the words are the title of the person named next, or part of a longer phrase.

    "Foreign Minister Anna Berg", "the official response", "the spokesperson for the ministry".
    """
    following = bisect_left(starts, mention.span.end)
    if following < len(names) and names[following].kind in ("person", "organisation", "body"):
        between = page.text.body[mention.span.end : names[following].span.start]
        if between.strip(" –—-,") in ("", "named", "called") and "\n" not in between:
            return True
    after = _NEXT_WORD.match(page.text.body, mention.span.end)
    if after is None or (
        mention.kind == "person" and mention.phrase and mention.phrase.words[-1] not in _ALSO_ADJECTIVES
    ):
        return False
    return not _can_follow(after.group(1))


def is_named(mention: Mention, names: Sequence[Name], starts: Sequence[int]) -> Name | None:
    """The name that covers the words, so that they need no reference: "the Foreign Ministry" of Norland."""
    place = max(0, bisect_right(starts, mention.span.start) - 1)
    for name in names[place : place + 3]:
        if name.span.overlaps(mention.span) and len(name.span) >= len(mention.span) - 4:
            return name
    return None


def _can_follow(word: str) -> bool:
    """Whether a word can stand after a noun phrase that is whole."""
    lower = word.lower()
    verb = verbs().get(lower)
    grammar = lower in _followers() and lower not in ("for", "of")
    return grammar or (verb is not None and verb.finite) or lower.endswith(("ed", "ly")) or not word[0].islower()


@cache
def _followers() -> frozenset[str]:
    classes = ("auxiliary", "preposition", "boundary", "adverb", "time", "hedge", "connective", "source_end")
    return frozenset(word for name in classes for word in words_of(name)) | {
        "himself",
        "herself",
        "itself",
        "wants",
        "took",
    }
