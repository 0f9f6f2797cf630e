"""Shingles: the runs of words of a text as numbers, made for all of it at once, and what two texts share of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]

SIZE = 4  # words; short enough that a changed word breaks four shingles and not ten
_PLANE = 0x10000  # code points beyond it are taken for letters
_BASE = 0x9E3779B97F4A7C15 | 1  # odd, so that it has an inverse
_NAME = np.uint64(1)  # stands for any run of words with a capital


def shingles(body: str, left_out: Sequence[tuple[int, int]] = (), *, names: bool = True) -> Numbers:
    """The runs of ``SIZE`` words of a text, each as a number, sorted and once; ``left_out`` are places not to look at.

    Words are told apart by letters and digits alone, in small letters. Without ``names`` every run of words that begin
    with a capital counts as one same word: what is left is alike in copies that spell names otherwise.

    >>> one, two = (shingles(text) for text in ("Berg met Ek in Vessel.", "BERG met, Ek “in” Vessel"))
    >>> len(one), bool((one == two).all())
    (2, True)
    """
    found = _words(body, left_out, names)
    if len(found) < SIZE:
        return np.empty(0, np.uint64)
    runs = np.zeros(len(found) - SIZE + 1, np.uint64)
    for place in range(SIZE):
        runs = _mix(runs + found[place : len(found) - SIZE + 1 + place])
    return np.unique(runs)


def common(a: Numbers, b: Numbers) -> int:
    """How many shingles two texts share."""
    return len(np.intersect1d(a, b, assume_unique=True)) if len(a) and len(b) else 0


def _words(body: str, left_out: Sequence[tuple[int, int]], names: bool) -> Numbers:
    """A number for each word, by its letters."""
    codes = np.frombuffer(body.encode("utf-32-le", "surrogatepass"), np.uint32)
    within = np.minimum(codes, _PLANE)
    letter = _letters()[within]
    if left_out:
        letter = letter.copy()
        for start, end in left_out:
            letter[start:end] = False
    edges = np.flatnonzero(np.diff(letter, prepend=False, append=False))
    starts, ends = edges[::2], edges[1::2]
    if not len(starts):
        return np.empty(0, np.uint64)
    powers, inverses = _powers(len(codes))
    # The letters of a word as the digits of a number: differences of sums over the whole text, moved to one place.
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(_lower()[within] * powers[: len(codes)], out=sums[1:])
    words: Numbers = _mix((sums[ends] - sums[starts]) * inverses[starts])
    if names:
        return words
    capital = _capitals()[within[starts]]
    words[capital] = _NAME
    kept: Numbers = words[~(capital & np.concatenate(([False], capital[:-1])))]
    return kept


def _mix(numbers: Numbers) -> Numbers:
    """Numbers whose every digit rests on all digits of the given ones (the finish of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Numbers = numbers ^ (numbers >> np.uint64(31))
    return mixed


@cache
def _letters() -> NDArray[np.bool_]:
    return np.array([chr(code).isalnum() for code in range(_PLANE)] + [True])


@cache
def _capitals() -> NDArray[np.bool_]:
    return np.array([chr(code).isupper() for code in range(_PLANE)] + [False])


@cache
def _lower() -> Numbers:
    return np.array([ord(chr(code).lower()[0]) for code in range(_PLANE)] + [_PLANE], np.uint64)


_held: list[Numbers] = [np.ones(1, np.uint64), np.ones(1, np.uint64)]


def _powers(size: int) -> tuple[Numbers, Numbers]:
    """The powers of the base and of its inverse, modulo 2**64; kept, and made anew for a longer text."""
    if len(_held[0]) < size:
        for place, base in enumerate((_BASE, pow(_BASE, -1, 2**64))):
            factors = np.full(2 * size, base, np.uint64)
            factors[0] = 1
            _held[place] = np.cumprod(factors, dtype=np.uint64)
    return _held[0], _held[1]
