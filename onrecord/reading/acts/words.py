"""Word classes and verb forms, as the lexicon lists them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from onrecord.lexicon.tables import read_list, read_table

_VOWELS = "aeiou"


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of ``act_words.tsv``, in lower case; several rows of a class are one class.

    >>> "demands" in word_class("ask")
    True
    """
    return frozenset(
        word for row in read_table("act_words") if row["class"] == name for word in read_list(row["words"])
    )


def is_ly_adverb(word: str) -> bool:
    """Whether a word in lower case is an adverb by its ending: "flatly", not "reply" or "ally"."""
    return word.endswith("ly") and word not in word_class("ends_in_ly")


@cache
def verb_forms(verb: str) -> Mapping[str, str]:
    """The forms of a verb, each with its part: ``base``, ``s``, ``past``, ``participle``, ``ing``.

    A form that is both past and participle is ``past``, for news prints it mostly so.

    >>> sorted(verb_forms("deny"))
    ['denied', 'denies', 'deny', 'denying']
    """
    row = _verbs().get(verb, {})
    regular = _add(verb, "ed")
    parts = dict.fromkeys(read_list(row.get("participle", "")) or (regular,), "participle")
    parts |= dict.fromkeys(read_list(row.get("past", "")) or (regular,), "past")
    double = next((form for form in parts if form.endswith("ed") and form[:-2] != verb.rstrip("e")), "")
    stem = double[:-2] if double.startswith(verb) and len(double) == len(verb) + 3 else verb
    parts |= {_add(stem, "ing"): "ing", verb: "base"}
    parts |= dict.fromkeys(read_list(row.get("present", "")) or (_add(verb, "s"),), "s")
    return MappingProxyType(parts)


@cache
def finite_forms() -> frozenset[str]:
    """Past and third-person forms of every verb in ``act_verbs.tsv``: what may be the verb of a clause."""
    return frozenset(form for verb in _verbs() for form, part in verb_forms(verb).items() if part in ("past", "s"))


@cache
def known_forms() -> frozenset[str]:
    """Every form of every verb in ``act_verbs.tsv``."""
    return frozenset(form for verb in _verbs() for form in verb_forms(verb))


@cache
def base_forms() -> frozenset[str]:
    """The base forms of every verb in ``act_verbs.tsv``."""
    return frozenset(_verbs())


@cache
def _verbs() -> Mapping[str, Mapping[str, str]]:
    return MappingProxyType({row["verb"]: row for row in read_table("act_verbs")})


def _add(verb: str, ending: str) -> str:
    """The verb with a regular ending: denied, denies, making, refuses."""
    if ending == "s":
        if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
            return verb + "es"
        return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in _VOWELS else verb + "s"
    if ending == "ed" and verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "ye", "oe"))) and verb != "be":
        return verb[:-1] + ending
    return verb + ending
