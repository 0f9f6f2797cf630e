"""Words of speech, with every form in which a text may print them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from onrecord.lexicon.tables import read_list, read_table
from onrecord.model.annotation import CueClass

Form = Literal["base", "present", "past", "participle", "ing"]


@dataclass(frozen=True, slots=True)
class CueWord:
    """One form of a word or phrase of speech; ``takes`` are the constructions of ``lexicon/cues.tsv``."""

    words: str
    base: str
    form: Form
    cue_class: CueClass
    takes: frozenset[str]

    @property
    def finite(self) -> bool:
        """Whether the form can stand as a verb of its own ("says", "said"), without an auxiliary before it."""
        return self.form in ("present", "past", "base")


@cache
def verbs() -> Mapping[str, CueWord]:
    """Verbs of speech by form, in lower case; a form that is both past and participle is given as past.

    >>> verbs()["said"].cue_class
    'say'
    """
    found: dict[str, CueWord] = {}
    for row in read_table("cues"):
        if row["kind"] != "verb":
            continue
        takes = frozenset(read_list(row["construction"]))
        for form, words in _forms(row["cue"], row["past"], row["participle"]):
            found.setdefault(words, CueWord(words, row["cue"], form, cast(CueClass, row["class"]), takes))
    return found


@cache
def phrases() -> Mapping[str, CueWord]:
    """Phrases of speech as printed, in lower case."""
    return _plain("phrase", plural=False)


@cache
def nouns() -> Mapping[str, CueWord]:
    """Nouns of speech, singular and plural, in lower case."""
    return _plain("noun", plural=True)


def _plain(kind: str, plural: bool) -> Mapping[str, CueWord]:
    found = {}
    for row in read_table("cues"):
        if row["kind"] == kind:
            takes = frozenset(read_list(row["construction"]))
            printed = (row["cue"], _with_s(row["cue"])) if plural else (row["cue"],)
            for words in printed:
                found[words] = CueWord(words, row["cue"], "base", cast(CueClass, row["class"]), takes)
    return found


def _forms(base: str, past: str, participle: str) -> tuple[tuple[Form, str], ...]:
    """The forms of a verb; of "point out" the first word changes."""
    verb, space, rest = base.partition(" ")
    past = past or _with_ed(verb) + space + rest
    return (
        ("past", past),
        ("participle", participle or past),
        ("present", _with_s(verb) + space + rest),
        ("base", base),
        ("ing", _with_ing(verb) + space + rest),
    )


def _with_s(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "o")) else "s")


def _with_ed(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "ed"


def _with_ing(verb: str) -> str:
    doubled = {"quip": "quipping", "admit": "admitting", "regret": "regretting", "dub": "dubbing", "slam": "slamming"}
    if verb in doubled:
        return doubled[verb]
    return verb[:-1] + "ing" if verb.endswith("e") and not verb.endswith("ee") else verb + "ing"
