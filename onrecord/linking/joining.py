"""Joining: things in groups by how alike pairs of them are, where most pairs are never looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import cache
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any, TypeVar

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
    *,
    least: float,
    otherwise: float,
) -> tuple[tuple[int, ...], ...]:
    """The groups of things, one a row of ``vectors``: the two likest groups become one, until none are alike enough.

    The score of a pair is the product of its vectors and what ``beside`` adds to it, the lesser number first;
    ``otherwise`` is what is added to all pairs that stand not there. The likeness of two groups is the mean over their
    pairs, and to be ``least``; only groups of which one pair stands there are held against each other. Two that have
    signs that are ``apart`` are never one. Groups and what is in them come in the order of the rows.
    Source: average linkage, Sokal and Michener, 1958.

    >>> beside = {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.1}
    >>> join_alike(np.eye(3), beside, "aaa", str.__ne__, least=0.6, otherwise=0)
    ((0, 1), (2,))
    """
    are_apart = cache(apart)
    members = {row: [row] for row in range(len(vectors))}
    borne = {row: {signs[row]} for row in members}
    sums = {row: vectors[row].astype(np.float64) for row in members}
    known: dict[int, dict[int, tuple[float, int]]] = {row: {} for row in members}
    for (a, b), more in beside.items():
        known[a][b] = known[b][a] = more, 1

    def likeness(a: int, b: int) -> float:
        more, told = known[a][b]
        pairs = len(members[a]) * len(members[b])
        return (float(sums[a] @ sums[b]) + more + otherwise * (pairs - told)) / pairs

    def may_be_one(a: int, b: int) -> bool:
        return not any(are_apart(one, other) for one in borne[a] for other in borne[b])

    waiting = [(-found, a, b) for a, b in beside if may_be_one(a, b) and (found := likeness(a, b)) >= least]
    heapify(waiting)
    while waiting:
        score, a, b = heappop(waiting)
        if a not in members or b not in members or likeness(a, b) != -score:
            continue  # one of the two has grown since
        members[a] += members.pop(b)
        borne[a] |= borne.pop(b)
        sums[a] = sums[a] + sums.pop(b)
        theirs = known.pop(b)
        del theirs[a], known[a][b]
        for other, (more, told) in theirs.items():
            del known[other][b]
            before = known[a].get(other, (0.0, 0))
            known[a][other] = known[other][a] = before[0] + more, before[1] + told
        for other in known[a]:
            pair = min(a, other), max(a, other)
            if may_be_one(*pair) and (found := likeness(*pair)) >= least:
                heappush(waiting, (-found, *pair))
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))
