"""What two wordings share: content words by stem, whether they deny, and the numbers in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from math import log
from typing import Any

from onrecord.lexicon.tables import read_table
from onrecord.linking.remembered import remembered

_REMEMBERED = 2**16  # wordings whose words are kept: each is held against many others
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")

# Stems of words that say that something is asked, or when, and not what.
ASKING = frozenset(
    (
        *("demand", "requir", "request", "condit", "call", "insist", "ask", "propos", "want", "wish", "urg", "appe"),
        *("central", "main", "primari", "key", "principl", "claim", "plea", "term", "expect", "must", "should"),
        *("refrain", "stop", "halt", "ceas", "further", "again", "onc", "twice"),
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today", "week"),
    )
)


@remembered(_REMEMBERED)
def content_words(words: str) -> frozenset[str]:
    """Stems of the words that carry meaning, in lower case; function words are left out.

    >>> sorted(content_words("the withdrawal of their patrol boats"))
    ['boat', 'patrol', 'withdraw']
    """
    found = [word.casefold().replace("’", "'") for word in _WORD.findall(words)]
    kept = [word.removesuffix("'s") for word in found if word not in _function_words()]
    return frozenset(_stem(word) for word in kept if word not in _function_words())


@remembered(_REMEMBERED)
def capital_words(words: str) -> frozenset[str]:
    """The content words that stand with a capital, as in a name or at the beginning.

    >>> sorted(capital_words("The boats leave the Sabel Strait"))
    ['sabel', 'strait']
    """
    return frozenset(stem for word in _WORD.findall(words) if word[0].isupper() for stem in content_words(word))


def denies(words: str) -> bool:
    """Whether the words hold an odd number of negations: "will not reject" denies, "will reject" does not.

    >>> denies("There is no change"), denies("will withdraw")
    (True, False)
    """
    found = [word.casefold().replace("’", "'") for word in _WORD.findall(words)]
    negations = sum(word in _negations() or word.endswith("n't") for word in found)
    return bool(negations % 2)


def shared(a: frozenset[str], b: frozenset[str]) -> float:
    """Words in both over words in either, 0 to 1. Source: Jaccard, 1912."""
    return len(a & b) / len(a | b) if a and b else 0.0


def held(a: frozenset[str], b: frozenset[str]) -> float:
    """Words in both over the words of the shorter, 0 to 1: how far one wording holds the other."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def rarity(wordings: Iterable[str]) -> Mapping[str, float]:
    """How rare each content word is in the wordings, 0 to 1. Source: Sparck Jones, 1972."""
    told = [content_words(words) for words in wordings]
    counts = Counter(word for words in told for word in words)
    return {word: log(1 + len(told) / count) / log(1 + len(told)) for word, count in counts.items()}


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("function_words"))


@cache
def _negations() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("function_words") if row["class"] == "negation")


# What the stemmer leaves apart of one word: "withdrawal" and "withdraw", "apologise" and "apology", "expansion" and
# "expand", "admission" and "admit", "conclusion" and "conclude", "reduction" and "reduce", "analysis" and "analyse".
_ENDINGS = (
    ("ysi", "ys"),
    ("yz", "ys"),
    ("al", ""),
    ("is", ""),
    ("iz", ""),
    ("ns", "nd"),
    ("iss", "it"),
    ("us", "ud"),
    ("uct", "uc"),
)
_LONG = 6  # letters from which on a stem ends so by more than chance


@remembered(_REMEMBERED)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    if len(stem) < _LONG:
        return stem
    return next((stem.removesuffix(end) + other for end, other in _ENDINGS if stem.endswith(end)), stem)


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("english")
