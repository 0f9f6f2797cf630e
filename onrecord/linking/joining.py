"""Joining: things in groups by how alike pairs of them are, where most pairs are never looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from heapq import heappop, heappush
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
    are_apart = cache(apart)
    members = {row: [row] for row in range(len(vectors))}
    borne = {row: {signs[row]} for row in members}
    sums = {row: vectors[row].astype(np.float64) for row in members}
    known: dict[int, dict[int, tuple[float, int]]] = {row: {} for row in members}
    foes: dict[int, set[int]] = {row: set() for row in members}
    for a, b in barred:
        foes[a].add(b)
        foes[b].add(a)
    for (a, b), more in beside.items():
        known[a][b] = known[b][a] = more, 1

    def likeness(a: int, b: int) -> float:
        more, told = known[a][b]
        pairs = len(members[a]) * len(members[b])
        return (float(sums[a] @ sums[b]) + more + otherwise * (pairs - told)) / pairs

    def may_be_one(a: int, b: int) -> bool:
        return b not in foes[a] and not any(are_apart(one, other) for one in borne[a] for other in borne[b])

    def offer(a: int, b: int) -> None:
        if may_be_one(a, b) and (found := likeness(a, b)) >= least:
            heappush(waiting, (-found, a, b, len(members[a]), len(members[b])))

    waiting: list[tuple[float, int, int, int, int]] = []
    for a, b in beside:
        offer(a, b)
    while waiting:
        _, a, b, *sizes = heappop(waiting)
        if a not in members or b not in members or sizes != [len(members[a]), len(members[b])]:
            continue  # one of the two has grown since
        members[a] += members.pop(b)
        borne[a] |= borne.pop(b)
        sums[a] = sums[a] + sums.pop(b)
        for foe in foes.pop(b):
            foes[foe].discard(b)
            foes[foe].add(a)
            foes[a].add(foe)
        theirs = known.pop(b)
        del theirs[a], known[a][b]
        for other, (more, told) in theirs.items():
            del known[other][b]
            before = known[a].get(other, (0.0, 0))
            known[a][other] = known[other][a] = before[0] + more, before[1] + told
        for other in known[a]:
            offer(min(a, other), max(a, other))
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))
