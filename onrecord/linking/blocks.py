"""Blocks: which names are worth comparing. Names that share no key are no one's, so that none is held against all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from onrecord.linking.likeness import groups_of
from onrecord.linking.person_names import given_names, parse_name
from onrecord.linking.spelling import romanised, skeleton

_ODD = frozenset(("han", "hangul", "foreign han", "foreign hangul", "arabic", "hebrew", "other"))
"""Scripts whose letters leave sounds open: such a name is compared with every name."""
_BEGINS = 3  # letters that a misspelt surname keeps, or else all its consonants, or its given name
# First letters that are written for one another, as romanised: y and j are i there, w is v, q and x begin with k.
_SOUNDS = ("aeiouhv", "bvf", "pf", "ckgh", "dt", "szci", "gi", "ks", "lr", "mn")


class Blocks:
    """Numbers of things by the names they go by."""

    def __init__(self) -> None:
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._odd: set[int] = set()
        self._all: set[int] = set()

    def add(self, number: int, name: str) -> None:
        """Let a name lead to a number."""
        keys = name_keys(name)
        self._all.add(number)
        if keys is None:
            self._odd.add(number)
        for key in keys or ():
            self._by_key[key].add(number)

    def near(self, name: str) -> list[int]:
        """The numbers whose names may be this one's person, in their order."""
        keys = name_keys(name)
        if keys is None:
            return sorted(self._all)
        return sorted(self._odd.union(*(self._by_key.get(key, ()) for key in keys)))


def name_keys(name: str) -> frozenset[str] | None:
    """What names of one person have in common, one key at least; None for one that must be held against all.

    The consonants of a word that is no given name, or its beginning with the first sound of another word; else a given
    name, with the first letter of another word; of a name that may be Chinese, how it reads.

    >>> len(name_keys("Sergei Lavrov") & name_keys("Segrgey Lavrov")) > 0
    True
    """
    person = parse_name(name)
    if person is None:
        return frozenset()
    if person.script in _ODD:
        return None
    words = [(word, romanised(word)) for word in person.words]
    given = [plain for word, plain in words if len(word) > 1 and (word in given_names() or groups_of(plain))]
    others = [plain for word, plain in words if len(word) > 1 and plain not in given] or given
    found = {f"skeleton {skeleton(plain)}" for plain in others}
    found |= {f"begins {plain[:_BEGINS]} {sound}" for plain in others for sound in _sounds_beside(plain, words)}
    found |= {f"{part} {plain[:1]}" for part in _given_keys(given) for _, plain in words}
    runs = ("".join(pair) for pair in zip(person.words, person.words[1:], strict=False))
    found |= {f"skeleton {skeleton(romanised(run))}" for run in runs}
    found |= {f"skeleton {skeleton(romanised(f'bin{father}'))}" for father in person.fathers}  # "Benmalloum"
    return frozenset(found | {f"chinese {' '.join(read)}" for read in person.chinese})


def _sounds_beside(plain: str, words: Sequence[tuple[str, str]]) -> set[str]:
    """What the other words of a name may begin with, as sounds; nothing, which is a key too, where there are none."""
    first = [other[:1] for _, other in words]
    first.remove(plain[:1])
    return {sound for letter in first for sound in _heard(letter)} or {""}


def _heard(letter: str) -> list[str]:
    return [letters for letters in _SOUNDS if letter in letters] or [letter]


def _given_keys(given: Iterable[str]) -> set[str]:
    return {key for plain in given for key in (f"given {skeleton(plain)}", *(f"group {n}" for n in groups_of(plain)))}
