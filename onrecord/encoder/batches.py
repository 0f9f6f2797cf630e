"""Batches: which windows go through a network together."""

from __future__ import annotations

from collections.abc import Sequence

# Pieces that go through the network at once, padding included: what its caches hold (measured, docs/scores.md).
_BATCH = 256
_RUN = 8  # pieces that one run more costs as much as


def make_batches(sizes: Sequence[int]) -> list[list[int]]:
    """Numbers of windows to run together, each run's of like length, so that all runs cost the least.

    A run takes as long as its windows would if all were as long as its longest, and a little more.
    """
    order = sorted(range(len(sizes)), key=lambda i: sizes[i])
    cost, first = [0], [0]  # of the runs of the windows before a place, and where the last of these runs begins
    for place, i in enumerate(order):
        fit = max(1, _BATCH // sizes[i])
        begins = range(max(0, place + 1 - fit), place + 1)
        best = min(begins, key=lambda begin: cost[begin] + (place + 1 - begin) * sizes[i])
        cost.append(cost[best] + (place + 1 - best) * sizes[i] + _RUN)
        first.append(best)
    runs: list[list[int]] = []
    place = len(order)
    while place:
        runs.append(order[first[place] : place])
        place = first[place]
    return runs
