"""The word lists of names, as sets and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.tables import read_list, read_table


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of one list of name_words.tsv."""
    return frozenset(row["word"] for row in read_table("name_words") if row["list"] == name)


@cache
def national_words() -> frozenset[str]:
    """Single words that name a state, its people or its capital."""
    cells = ("name", "names", "adjectives", "people", "capitals")
    return frozenset(
        name for row in read_table("states") for cell in cells for name in read_list(row[cell]) if name.isalpha()
    )


@cache
def first_names() -> frozenset[str]:
    """Given names."""
    return frozenset(row["name"] for row in read_table("first_names"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a list in lower case, and the row's name for it. ``kind`` is the row's kind, where it has one."""

    words: tuple[str, ...]
    name: str
    kind: str = ""


Phrases = Mapping[str, tuple[Phrase, ...]]
"""Phrases by their first word, longest first."""


@cache
def titles() -> Phrases:
    """Titles and forms of address of offices.tsv, plural forms included (kind "plural")."""
    found = []
    for row in read_table("offices"):
        if row["kind"] == "prefix":
            continue
        for form in (row["title"], *read_list(row["forms"])):
            words = tuple(form.lower().replace(".", " ").split())
            found.append(Phrase(words, row["key"] or row["title"], row["kind"]))
            if row["kind"] == "office" and words[-1].isalpha():
                found += [Phrase(plural, row["key"], "plural") for plural in _plurals(words)]
    return _by_first(found)


@cache
def prefixes() -> Phrases:
    """Words that qualify a title: "deputy", "acting", "former"."""
    rows = [row for row in read_table("offices") if row["kind"] == "prefix"]
    return _by_first([Phrase(tuple(row["title"].split()), row["key"], "prefix") for row in rows])


def _plurals(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """ "foreign ministers", "ministers of foreign affairs", "secretaries of state"."""
    head = next((place for place, word in enumerate(words[1:]) if word in ("of", "for", "to")), len(words) - 1)
    word = words[head]
    many = word[:-1] + "ies" if word.endswith("y") else word[:-3] + "men" if word.endswith("man") else word + "s"
    return [(*words[:head], many, *words[head + 1 :])]


@cache
def organs() -> Phrases:
    """Organs of states; ``kind`` is "alone" where the words name a body without a state beside them."""
    return _by_first(
        [
            Phrase(tuple(form.lower().split()), row["name"], "alone" if row["alone"] else "")
            for row in read_table("organs")
            for form in (row["organ"], *read_list(row["forms"]))
        ]
    )


@cache
def phrase_list(name: str) -> Phrases:
    """One list of name_words.tsv as phrases, ``name`` as the list has it."""
    return _by_first([Phrase(tuple(word.lower().split()), word) for word in sorted(word_list(name))])


def _by_first(phrases: list[Phrase]) -> Phrases:
    table: dict[str, list[Phrase]] = {}
    for phrase in dict.fromkeys(phrases):
        table.setdefault(phrase.words[0], []).append(phrase)
    return {first: tuple(sorted(found, key=lambda p: (-len(p.words), p.kind))) for first, found in table.items()}
