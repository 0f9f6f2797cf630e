"""Shingles: the runs of words of texts as numbers, made for many texts at once, and what two texts share of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]
    TextNumbers = NDArray[np.uint16]  # of texts in a batch, which has fewer than 2**16

Places: TypeAlias = Sequence[tuple[int, int]]  # from, to; code points

SIZE = 4  # words; short enough that a changed word breaks four shingles and not ten
_PLANE = 0x10000  # code points beyond it are taken for letters
_BASE = 0x9E3779B97F4A7C15 | 1  # odd, so that it has an inverse
_NAME = np.uint64(1)  # stands for any run of words with a capital
_BATCH = 0x8000  # code points, with what stands between texts, read at once; so few that they stay near the processor
_BETWEEN = "\n"  # stands around each text of a batch; no letter, so no word reaches over it


def shingles(body: str, left_out: Places = (), *, names: bool = True) -> Numbers:
    """The runs of ``SIZE`` words of a text, each as a number, sorted and once; ``left_out`` are places not to look at.

    Words are told apart by letters and digits alone, in small letters. Without ``names`` every run of words that begin
    with a capital counts as one same word: what is left is alike in copies that spell names otherwise.

    >>> one, two = (shingles(text) for text in ("Berg met Ek in Vessel.", "BERG met, Ek “in” Vessel"))
    >>> len(one), bool((one == two).all())
    (2, True)
    """
    (found,) = shingles_of_each([(body, left_out)], names=names)
    return found


def shingles_of_each(texts: Iterable[tuple[str, Places]], *, names: bool = True) -> Iterator[Numbers]:
    """The shingles of each text, as ``shingles`` makes them of its body and the places left out, in the order of texts.

    Many texts are read at once, some tens of thousands of code points together; a longer text is read alone.

    >>> [len(found) for found in shingles_of_each([("Berg met Ek in", ()), ("Vessel", ()), ("on a ferry at noon", ())])]
    [1, 0, 2]
    """
    for batch in _batches(texts):
        yield from _of_batch(*_words(batch, names), len(batch))


def common(a: Numbers, b: Numbers) -> int:
    """How many shingles two texts share."""
    shorter, longer = (a, b) if len(a) < len(b) else (b, a)
    if not len(shorter):
        return 0
    # Where each would stand in the longer; past its end, its last one is looked at, which is then another number.
    there = longer.take(longer.searchsorted(shorter), mode="clip")
    return int(np.count_nonzero(there == shorter))


def _batches(texts: Iterable[tuple[str, Places]]) -> Iterator[list[tuple[str, Places]]]:
    batch: list[tuple[str, Places]] = []
    size = len(_BETWEEN)
    for text in texts:
        needed = len(text[0]) + len(_BETWEEN)
        if batch and size + needed > _BATCH:
            yield batch
            batch, size = [], len(_BETWEEN)
        batch.append(text)
        size += needed
    if batch:
        yield batch


def _words(batch: Sequence[tuple[str, Places]], names: bool) -> tuple[Numbers, TextNumbers]:
    """A number for each word of the texts, by its letters, and the number of the text in which it stands."""
    joined = _BETWEEN + _BETWEEN.join(body for body, _ in batch) + _BETWEEN
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.intp)
    letters = _letters().take(codes, mode="clip")
    text_ends = _leave_out(batch, letters)
    within = letters != 0
    edges = np.flatnonzero(within[1:] != within[:-1])  # by turns the last place before a word and the last in it
    starts = edges[::2] + 1
    # The letters of a word as the digits of a number: differences of sums over the whole batch, moved to one place.
    powers, inverses = _powers(len(codes))
    sums = letters * powers[: len(codes)]
    np.cumsum(sums, out=sums)
    at_edges = sums.take(edges)
    words = (at_edges[1::2] - at_edges[::2]) * inverses.take(starts)
    _mix(words)
    text_of = np.repeat(np.arange(len(batch), dtype=np.uint16), np.diff(starts.searchsorted(text_ends), prepend=0))
    if names:
        return words, text_of
    capital = _capitals().take(codes.take(starts), mode="clip")
    words[capital] = _NAME
    kept = np.ones(len(words), np.bool_)
    kept[1:] = ~(capital[1:] & capital[:-1] & (text_of[1:] == text_of[:-1]))
    return words.compress(kept), text_of.compress(kept)


def _of_batch(words: Numbers, text_of: TextNumbers, texts: int) -> Iterator[Numbers]:
    """The shingles of each text of a batch, from its words."""
    count = max(0, len(words) - SIZE + 1)
    runs = np.zeros(count, np.uint64)
    for place in range(SIZE):
        runs += words[place : place + count]
        _mix(runs)
    for start, end in pairwise(_borders(text_of, texts)):
        runs[start : max(start, end - SIZE + 1)].sort()  # those that end in the next text stay between
    begun_in, ended_in = text_of[:count], text_of[len(words) - count :]
    once = begun_in == ended_in
    once[1:] &= (runs[1:] != runs[:-1]) | (begun_in[1:] != begun_in[:-1])
    runs = runs.compress(once)
    for start, end in pairwise(_borders(begun_in.compress(once), texts)):
        yield runs[start:end]


def _borders(text_of: TextNumbers, texts: int) -> list[int]:
    """Where what belongs to each text begins, and at last the end; ``text_of`` are numbers of texts, in order."""
    borders: list[int] = text_of.searchsorted(np.arange(texts + 1, dtype=np.uint16)).tolist()
    return borders


def _leave_out(batch: Sequence[tuple[str, Places]], letters: NDArray[np.uint32]) -> list[int]:
    """Takes the letters at the places left out for none; where each text ends in the batch."""
    ends: list[int] = []
    start = len(_BETWEEN)
    for body, left_out in batch:
        for begin, end in left_out:
            letters[start + begin : start + min(end, len(body))] = 0
        ends.append(start + len(body))
        start = ends[-1] + len(_BETWEEN)
    return ends


def _mix(numbers: Numbers) -> None:
    """Makes each number anew, so that its every digit rests on all digits it had (the finish of SplitMix64)."""
    shifted = np.empty_like(numbers)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        numbers ^= np.right_shift(numbers, np.uint64(shift), out=shifted)
        numbers *= np.uint64(factor)
    numbers ^= np.right_shift(numbers, np.uint64(31), out=shifted)


@cache
def _letters() -> NDArray[np.uint32]:
    """For each code point its small letter or its digit, 0 where it is neither; the last stands for all beyond."""
    signs = map(chr, range(_PLANE))
    return np.array([ord(sign.lower()[0]) if sign.isalnum() else 0 for sign in signs] + [_PLANE], np.uint32)


@cache
def _capitals() -> NDArray[np.bool_]:
    return np.array([chr(code).isupper() for code in range(_PLANE)] + [False])


def _powers(size: int) -> tuple[Numbers, Numbers]:
    """At least so many powers of the base and of its inverse, modulo 2**64; those of a long text are not kept."""
    return _powers_of_batch() if size <= _BATCH else (_powers_of(_BASE, size), _powers_of(pow(_BASE, -1, 2**64), size))


@cache
def _powers_of_batch() -> tuple[Numbers, Numbers]:
    return _powers_of(_BASE, _BATCH), _powers_of(pow(_BASE, -1, 2**64), _BATCH)


def _powers_of(base: int, size: int) -> Numbers:
    factors = np.full(size, base, np.uint64)
    factors[0] = 1
    return np.cumprod(factors, dtype=np.uint64)
