"""Whether two names are one organisation's: its words compared without what says only its legal form."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon.tables import read_list, read_table
from onrecord.linking.people import Verdict
from onrecord.linking.remembered import remembered
from onrecord.linking.spelling import edits, fold, latin, romanised, skeleton

_DOTTED = re.compile(r"\b(?:[A-Za-z]\.\s?){2,}")
_NUMBER = re.compile(r"\d+|[ivxl]+$")
_SMALL = frozenset(["the", "of", "and", "for", "a", "an", "de", "la", "du", "des", "y", "et", "und"])
_AND = re.compile(r"\s*[&+]\s*")
_LONGEST = 40  # words
_TENS = tuple(
    zip(
        ["twenty", "thirty", "forty", "fourty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        (20, 30, 40, 40, 50, 60, 70, 80, 90),
        strict=True,
    )
)
_ONES = tuple(zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], range(1, 10), strict=True))


def same_organisation(a: str, b: str) -> Verdict:
    """Whether the two names can be one organisation's.

    Legal forms ("Ltd", "Aktiengesellschaft"), articles and the order of words say nothing; a number that differs is
    a veto; an acronym is its long form's where its letters are the words' first.

    >>> same_organisation("Siemens Aktiengesellschaft", "Siemens AG").match
    True
    >>> same_organisation("Brigade 44", "Brigade 45").match
    False
    """
    one, other = core_words(a), core_words(b)
    if not one or not other:
        return Verdict(False, 0.0, "a name without letters")
    if one == other:
        return Verdict(True, 1.0, "the same words")
    if "".join(one) == "".join(other):
        return Verdict(True, 0.97, "the same letters")
    if _numbers(one) != _numbers(other):
        return Verdict(False, 0.1, "numbers differ")
    if sorted(one) == sorted(other):
        return Verdict(True, 0.95, "the same words in another order")
    for short, long in ((one, other), (other, one)):
        if len(short[0]) > 2 and is_acronym(short, long):
            return Verdict(True, 0.85, f"{short[0].upper()} for its long form")
    return _compare(one, other)


@remembered(2**14)
def core_words(name: str) -> tuple[str, ...]:
    """The folded words that tell organisations apart."""
    plain = _DOTTED.sub(lambda found: found[0].replace(".", "").replace(" ", "") + " ", latin(name))
    plain = re.sub(r"(?<=[a-z])(?=[A-Z]{2,}$)", " ", plain)
    plain = f" {fold(_AND.sub(' and ', plain.replace('’s', '').replace(chr(39) + 's', '')))} "
    plain = re.sub(r"(\d)\s(st|nd|rd|th)\b", r"\1\2", plain)
    for form, short in _forms():
        plain = plain.replace(form, short)
    words = [_spelt().get(word, word) for word in plain.split()]
    words = [_spelt().get(word, word) for word in " ".join(words).split()]
    told = [word for word in words if word not in _legal() and word not in _SMALL]
    return tuple(told or words)[:_LONGEST]


def _numbers(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(word for word in words if _NUMBER.fullmatch(word)))


def is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """ "PLA" for "People's Liberation Army": the first letters of all words, small ones left out."""
    return (
        len(short) == 1
        and 1 < len(short[0]) == len(long)
        and all(w[0] == c for w, c in zip(long, short[0], strict=True))
    )


def _compare(one: tuple[str, ...], other: tuple[str, ...]) -> Verdict:
    short, long = sorted((one, other), key=len)
    left, score, typos = list(long), 1.0, 0
    for word in short:
        fit = max(left, key=lambda w: _likeness(word, w), default="")
        likeness = _likeness(word, fit) if fit else 0.0
        if not likeness:
            run = "".join(long)
            if "".join(short) != run and edits("".join(short), run, 2) <= min(2, len(run) // 8):
                return Verdict(True, 0.85, "a letter or two apart")
            return Verdict(False, 0.1, f"{word} is not in {' '.join(long)}")
        typos += likeness < 0.9
        score *= likeness
        left.remove(fit)
    if left and not all(is_generic(word) or _is_misspelt_form(word) for word in left):
        return Verdict(False, 0.4, f"one is more: {' '.join(left)}")
    score = round(score * 0.95 ** bool(left), 3)
    return Verdict(score >= 0.7, score, "the same words" if not typos else "the same words, a letter or two apart")


def _likeness(x: str, y: str) -> float:
    if x == y:
        return 1.0
    if _NUMBER.fullmatch(x) or _NUMBER.fullmatch(y) or min(len(x), len(y)) < 4:
        return 0.0
    a, b = romanised(x), romanised(y)
    if a == b or (skeleton(x) == skeleton(y) and len(a) > 4):
        return 0.95
    allowed = 2 if min(len(a), len(b)) >= 9 else 1 if min(len(x), len(y)) >= 5 else 0
    return 0.85 if allowed and edits(a, b, allowed) <= allowed else 0.0


def is_generic(word: str) -> bool:
    """Whether a word of a name may be missing: "Group", "Motor"."""
    return word in _generic()


def _is_misspelt_form(word: str) -> bool:
    """ "Joynt Stock Company": a letter from a word of a legal form."""
    return len(word) > 3 and any(edits(word, known, 1) <= 1 for known in _legal_words())


@cache
def _legal_words() -> frozenset[str]:
    return frozenset(part for form in _legal() for part in form.split() if len(part) > 3)


@cache
def _rows(kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((r["word"], read_list(r["forms"])) for r in read_table("organisation_words") if r["class"] == kind)


@cache
def _forms() -> tuple[tuple[str, str], ...]:
    """Legal forms of several words, longest first, and their short form."""
    rows = (
        *_rows("legal"),
        *_rows("place"),
        *((str(ten + one), (f"{tens} {ones}",)) for tens, ten in _TENS for ones, one in _ONES),
    )
    found = [(f" {form} ", f" {word} ") for word, forms in rows for form in forms if " " in form]
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


@cache
def _legal() -> frozenset[str]:
    return frozenset(form for word, forms in _rows("legal") for form in (word, *forms))


@cache
def _generic() -> frozenset[str]:
    return frozenset(form for word, forms in _rows("generic") for form in (word, *forms))


@cache
def _spelt() -> dict[str, str]:
    """Numbers in words and shortened words, and how they are compared."""
    return {form: word for word, forms in _rows("spelt") for form in forms}
