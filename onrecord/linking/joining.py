"""Joining: things in groups by how alike pairs of them are, where most pairs are never looked at."""

from __future__ import annotations

from collections.abc import Mapping
from heapq import heapify, heappop, heappush


def join_alike(
    count: int, scores: Mapping[tuple[int, int], float], least: float, unknown: float
) -> tuple[tuple[int, ...], ...]:
    """The groups of things 0 to ``count``: the two likest groups become one, until none are alike enough.

    ``scores`` has pairs, the lesser number first; any other pair has the score ``unknown``. The likeness of two groups
    is the mean score of their pairs, and to be ``least``. Groups and what is in them come in the order of the numbers.
    Source: average linkage, Sokal and Michener, 1958.

    >>> join_alike(4, {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.1}, least=0.6, unknown=0.0)
    ((0, 1), (2,), (3,))
    """
    members = {number: [number] for number in range(count)}
    known: dict[int, dict[int, tuple[float, int]]] = {number: {} for number in range(count)}
    for (a, b), score in scores.items():
        known[a][b] = known[b][a] = score, 1

    def likeness(a: int, b: int) -> float:
        total, told = known[a][b]
        pairs = len(members[a]) * len(members[b])
        return (total + unknown * (pairs - told)) / pairs

    waiting = [(-score, a, b) for (a, b), score in scores.items() if score >= least]
    heapify(waiting)
    while waiting:
        score, a, b = heappop(waiting)
        if a not in members or b not in members or likeness(a, b) != -score:
            continue  # one of the two has grown since
        members[a] += members.pop(b)
        theirs = known.pop(b)
        del theirs[a], known[a][b]
        for other, (total, told) in theirs.items():
            del known[other][b]
            before = known[a].get(other, (0.0, 0))
            known[a][other] = known[other][a] = before[0] + total, before[1] + told
        for other in known[a]:
            pair = min(a, other), max(a, other)
            if (found := likeness(*pair)) >= least:
                heappush(waiting, (-found, *pair))
    return tuple(sorted(tuple(sorted(group)) for group in members.values()))
