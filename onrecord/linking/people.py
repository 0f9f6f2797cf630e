"""Whether two names are one person's: surname and given names compared apart, each by spelling and by skeleton."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.linking.spelling import edits, fold, romanised, skeleton


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two names are one person's, how sure that is (0 to 1), and why."""

    match: bool
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Person:
    given: tuple[str, ...]
    surname: str


def same_person(a: str, b: str) -> Verdict:
    """Whether the two names can be one person's.

    A differing given name is a veto: father and son, and people who share a surname, stay apart.

    >>> same_person("Segrgey Lavrov", "Sergei Lavrov").match
    True
    >>> same_person("Sergei Lavrov", "Igor Lavrov").match
    False
    """
    if fold(a) == fold(b):
        return Verdict(bool(fold(a)), 1.0 if fold(a) else 0.0, "the same spelling")
    one, two = _parse(a), _parse(b)
    if one is None or two is None:
        return Verdict(False, 0.0, "a name without letters")
    surname = _word(one.surname, two.surname)
    if surname.score == 0:
        return _swapped(a, b, one, two)
    if not one.given or not two.given:
        return Verdict(surname.match, round(0.75 * surname.score, 3), f"surname alone: {surname.why}")
    given = _given(one.given, two.given)
    if given.score == 0:
        return Verdict(False, 0.1, f"given names differ: {' '.join(one.given)} and {' '.join(two.given)}")
    score = round(surname.score * given.score, 3)
    return Verdict(score >= 0.7, score, f"surname: {surname.why}; given name: {given.why}")


def surname_of(name: str) -> str:
    """The folded surname: the last word, with no honorific and no particle.

    >>> surname_of("Mr. Jan de Wit")
    'wit'
    """
    person = _parse(name)
    return person.surname if person else ""


def _parse(name: str) -> _Person | None:
    words = [word for word in fold(name).split() if word not in _words("honorific")]
    words = [word for word in words if word not in _words("particle")] or words
    return _Person(tuple(words[:-1]), words[-1]) if words else None


def _swapped(a: str, b: str, one: _Person, two: _Person) -> Verdict:
    """Family name first: "Li Wen" and "Wen Li" are one name in two orders."""
    if one.given and two.given and sorted(fold(a).split()) == sorted(fold(b).split()):
        return Verdict(True, 0.85, "the same words in another order")
    return Verdict(False, 0.0, f"surnames differ: {one.surname} and {two.surname}")


def _given(one: tuple[str, ...], two: tuple[str, ...]) -> Verdict:
    """Given names word by word; what only one side has (a patronymic, a middle name) is no contradiction."""
    pairs = [_given_word(x, y) for x, y in zip(one, two, strict=False)]
    weakest = min(pairs, key=lambda verdict: verdict.score)
    if len(one) == len(two) or weakest.score == 0:
        return weakest
    return Verdict(weakest.match, round(0.95 * weakest.score, 3), f"{weakest.why}, one with a further name")


def _given_word(x: str, y: str) -> Verdict:
    if len(x) == 1 or len(y) == 1:
        agree = x[0] == y[0]
        return Verdict(agree, 0.85 if agree else 0.0, "an initial")
    return _word(x, y)


def _word(x: str, y: str) -> Verdict:
    if x == y:
        return Verdict(True, 1.0, "the same spelling")
    short = min(len(x), len(y))
    # Four letters say too little: Berg and Borg are two families.
    if skeleton(x) == skeleton(y) and (short > 4 or romanised(x) == romanised(y)):
        return Verdict(True, 0.95, f"one name in two spellings, {x} and {y}")
    # "Segrgey" for "Sergei": a letter too many in one of two transliterations.
    allowed = 2 if short >= 9 else 1 if short >= 5 else 0
    if allowed and edits(romanised(x), romanised(y), allowed) <= allowed:
        return Verdict(True, 0.85, f"a letter or two apart, {x} and {y}")
    return Verdict(False, 0.0, f"{x} and {y}")


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("name_parts") if row["class"] == kind)
