"""Joining: things in groups by how alike pairs of them are, where most pairs are never looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from heapq import heappop, heappush
from itertools import product
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

Sign = TypeVar("Sign", bound=Hashable)
Pair = tuple[int, int]


def join_alike(
    vectors: NDArray[Any],
    beside: Mapping[Pair, float],
    signs: Sequence[Sign],
    apart: Callable[[Sign, Sign], bool],
    barred: Iterable[Pair] = (),
    *,
    least: float,
    otherwise: float,
) -> tuple[tuple[int, ...], ...]:
    """The groups of things, one a row of ``vectors``: the two likest groups become one, until none are alike enough.

    The score of a pair is the product of its vectors and what ``beside`` adds to it, the lesser number first;
    ``otherwise`` is what is added to all pairs that stand not there. The likeness of two groups is the mean over their
    pairs, and to be ``least``; only groups of which one pair stands there are held against each other. Two that have
    signs that are ``apart``, and ``barred`` pairs, are never in one group. Groups and what is in them come in the
    order of the rows.
    Source: average linkage, Sokal and Michener, 1958.

    >>> beside = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.1}
    >>> join_alike(np.eye(3), beside, "aaa", str.__ne__, least=0.6, otherwise=0)
    ((0, 1), (2,))
    """
    groups = _Groups(vectors, beside, otherwise)
    bars = _Bars(signs, apart, barred)
    waiting: list[tuple[float, int, int, int, int]] = []

    def offer(a: int, b: int) -> None:
        if not bars.part(a, b) and (found := groups.likeness(a, b)) >= least:
            heappush(waiting, (-found, a, b, groups.size(a), groups.size(b)))

    for pair in beside:
        offer(*pair)
    while waiting:
        _, a, b, *sizes = heappop(waiting)
        if sizes == [groups.size(a), groups.size(b)]:  # else one of the two has grown since, or is gone
            bars.unite(a, b)
            for other in groups.unite(a, b):
                offer(min(a, other), max(a, other))
    return groups.all()


class _Groups:
    """Groups as they grow, each by its first row: what is in them, and how alike they are."""

    def __init__(self, vectors: NDArray[Any], beside: Mapping[Pair, float], otherwise: float) -> None:
        self._members = {row: [row] for row in range(len(vectors))}
        self._sums = {row: vectors[row].astype(np.float64) for row in self._members}
        # Of each group those of which a pair is known: what is added to these pairs, and how many they are.
        self._known: dict[int, dict[int, tuple[float, int]]] = {row: {} for row in self._members}
        for (a, b), more in beside.items():
            self._known[a][b] = self._known[b][a] = more, 1
        self._otherwise = otherwise

    def all(self) -> tuple[tuple[int, ...], ...]:
        return tuple(sorted(tuple(sorted(group)) for group in self._members.values()))

    def size(self, group: int) -> int:
        """0 for one that is part of another."""
        return len(self._members.get(group, ()))

    def likeness(self, a: int, b: int) -> float:
        more, told = self._known[a][b]
        pairs = self.size(a) * self.size(b)
        return (float(self._sums[a] @ self._sums[b]) + more + self._otherwise * (pairs - told)) / pairs

    def unite(self, a: int, b: int) -> Iterable[int]:
        """Makes ``b`` part of ``a``; gives the groups of which a pair with these is known."""
        self._members[a] += self._members.pop(b)
        self._sums[a] = self._sums[a] + self._sums.pop(b)
        ours, theirs = self._known[a], self._known.pop(b)
        del theirs[a], ours[b]
        for other, (more, told) in theirs.items():
            before = ours.get(other, (0.0, 0))
            del self._known[other][b]
            ours[other] = self._known[other][a] = before[0] + more, before[1] + told
        return ours


class _Bars(Generic[Sign]):
    """What keeps groups apart, each by its first row: signs that contradict each other, and pairs that are barred."""

    def __init__(self, signs: Sequence[Sign], apart: Callable[[Sign, Sign], bool], barred: Iterable[Pair]) -> None:
        self._apart = cache(apart)
        self._signs = [{sign} for sign in signs]
        self._foes: dict[int, set[int]] = defaultdict(set)
        for a, b in barred:
            self._foes[a].add(b)
            self._foes[b].add(a)

    def part(self, a: int, b: int) -> bool:
        """Whether two groups may not be one."""
        return b in self._foes[a] or any(self._apart(x, y) for x, y in product(self._signs[a], self._signs[b]))

    def unite(self, a: int, b: int) -> None:
        """Lets ``a`` keep from what ``b`` keeps from."""
        self._signs[a] |= self._signs[b]
        for foe in self._foes.pop(b, ()):
            self._foes[foe].add(a)
            self._foes[a].add(foe)
