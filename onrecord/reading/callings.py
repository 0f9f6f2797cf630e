"""The words by which somebody is called, as the lexicon lists them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onrecord.lexicon.tables import read_list, read_table
from onrecord.reading.cues import verbs
from onrecord.reading.words import words_of

# "the deputy minister" is not the minister, and "the former premier" not the premier.
RANKS = frozenset(("deputy", "vice", "former", "ex", "assistant", "under", "prime", "junior"))


@cache
def office_keys() -> Mapping[str, str]:
    """Office key by every form of the title, in lower case.

    >>> office_keys()["foreign secretary"]
    'foreign minister'
    """
    found: dict[str, str] = {}
    for row in read_table("offices"):
        if row["kind"] == "office":
            for form in (row["title"], *read_list(row["forms"])):
                found.setdefault(form.lower(), row["key"])
    return found


@cache
def described() -> Mapping[str, Mapping[str, str]]:
    """The rows of descriptions.tsv by their words."""
    return {row["description"]: row for row in read_table("descriptions")}


@cache
def gender_of_word() -> Mapping[str, str]:
    """m or f by the words that tell it.

    >>> gender_of_word()["spokeswoman"]
    'f'
    """
    return {row["word"]: row["gender"] for row in read_table("gendered")}


@cache
def gender_of_given_name() -> Mapping[str, str]:
    """m or f by given name; those given to both are left out."""
    return {row["name"]: row["gender"] for row in read_table("first_names") if row["gender"] in ("m", "f")}


@cache
def person_nouns() -> frozenset[str]:
    """Nouns that stand for one person: "minister", "lawyer", "widow"."""
    titles = {form.split()[-1] for form in office_keys()}
    listed = {row["noun"] for row in read_table("people")}
    rows = {words.split()[-1] for words, row in described().items() if row["kind"] == "person"}
    unnamed = words_of("unnamed") - {"source"}
    return frozenset(
        (titles | listed | rows | unnamed | set(gender_of_word())) - {"mr", "mrs", "ms", "miss", "general"}
    )


@cache
def body_nouns() -> frozenset[str]:
    """Nouns that stand for a body, an organisation or a state: "ministry", "alliance"."""
    return frozenset(words.split()[-1] for words, row in described().items() if row["kind"] != "person")


@cache
def organisation_kinds() -> Mapping[str, str]:
    """Kind of the known organisations by name."""
    return {row["name"]: row["kind"] for row in read_table("organisations")}


@cache
def ends_phrase() -> frozenset[str]:
    """Words no noun phrase reaches over, "of" and "for" left out."""
    classes = ("auxiliary", "boundary", "preposition", "adverb", "time", "connective", "nominative", "question")
    return frozenset(word for name in classes for word in words_of(name)) - {"of", "for", "all", "first"}


def is_spoken(word: str) -> bool:
    """Whether the word is a finite verb of speech: "said", "warns"."""
    verb = verbs().get(word)
    return verb is not None and verb.form in ("past", "present")


def canonical(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words with the office they end in by its key.

    >>> canonical(("deputy", "foreign", "secretary"))
    ('deputy', 'foreign', 'minister')
    """
    for first in range(len(words)):
        key = office_keys().get(" ".join(words[first:]))
        if key is not None:
            return (*words[:first], *key.split())
    return words
