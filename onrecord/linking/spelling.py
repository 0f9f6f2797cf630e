"""Names as keys: one folding for every spelling, and a skeleton that survives transliteration."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA

_REMEMBERED = 2**16  # spellings whose folding is kept: an exchange asks for the same ones again and again
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+")

# "Sergey", "Sergei", "Serhiy", "Sergej" are one name in four transliterations: letters that transliterations of
# Slavic, Arabic and Greek names exchange are written one way, then vowels beside the first letter fall away.
_EXCHANGED = (
    ("kh", "h"),
    ("gh", "g"),
    ("dzh", "j"),
    ("zh", "j"),
    ("tch", "c"),
    ("ch", "c"),
    ("sch", "s"),
    ("sh", "s"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
)


@lru_cache(_REMEMBERED)
def fold(name: str) -> str:
    """The name in lower case, without accents and punctuation, words parted by one blank.

    >>> fold("Élysée  Palace")
    'elysee palace'
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(word.replace("’", "").replace("'", "").replace("-", " ") for word in _WORD.findall(plain))


@lru_cache(_REMEMBERED)
def romanised(word: str) -> str:
    """The word with the letters that transliterations exchange written one way.

    >>> romanised("Sergey") == romanised("Sergei")
    True
    """
    plain = fold(word).replace(" ", "")
    for written, one in _EXCHANGED:
        plain = plain.replace(written, one)
    return re.sub(r"(.)\1+", r"\1", plain)


@lru_cache(_REMEMBERED)
def skeleton(word: str) -> str:
    """What a name's word keeps through transliteration: its consonants and its first letter.

    >>> skeleton("Sergey") == skeleton("Sergiy") == skeleton("Serghei")
    True
    """
    plain = romanised(word)
    return plain[:1] + re.sub(r"[aeiou]", "", plain[1:])


def edits(a: str, b: str, most: int) -> int:
    """How many letters must be added, dropped, changed or swapped with a neighbour to make ``a`` into ``b``.

    Counted up to ``most``; ``most + 1`` stands for more. Source: optimal string alignment (Damerau, 1964).

    >>> edits("segrgey", "sergey", 2)
    1
    """
    return int(OSA.distance(a, b, score_cutoff=most))
