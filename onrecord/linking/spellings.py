"""How likely it is that two words spell one name, by letters that spellings were seen to exchange."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log

from onrecord.lexicon.tables import read_table
from onrecord.linking.spelling import fold

LONGEST_RUN = 2  # letters that are written for others at once
_NEVER = 12.0  # nats: a writing that was not seen
_LETTER = log(18)  # nats: a letter of any word, to compare with
_LONGEST = 24  # letters
_FAR = 9e9  # more than any way to write a word costs


def letters(word: str) -> str:
    """The word as it is compared: folded, no letter twice in a row.

    >>> letters("Hassan")
    'hasan'
    """
    plain = fold(word).replace(" ", "")[:_LONGEST]
    return "".join(c for place, c in enumerate(plain) if not place or plain[place - 1] != c)


class Spellings:
    """Costs, in nats, of writing runs of letters for one another."""

    def __init__(self, costs: Mapping[tuple[str, str], float]) -> None:
        self._costs = dict(costs)
        steps = [(i, j) for i in range(1, LONGEST_RUN + 1) for j in range(1, LONGEST_RUN + 1)]
        self._steps = [*steps, (1, 0), (0, 1)]

    def likeness(self, a: str, b: str) -> float:
        """How much likelier one name in two spellings is than two names, in nats for each letter; below 0: unlikely."""
        x, y = letters(a), letters(b)
        if not x or not y:
            return 0.0
        cost = self._cost(x, y, _NEVER * 20)
        return (_LETTER * (len(x) + len(y)) - cost) / (len(x) + len(y)) if cost < _NEVER * 20 else -9.0

    def are_alike(self, a: str, b: str, least: float) -> bool:
        """Whether ``likeness`` is at least so much, which a look at the first letters often tells."""
        x, y = letters(a), letters(b)
        if not x or not y:
            return least <= 0
        most = (_LETTER - least) * (len(x) + len(y))
        return self._cost(x, y, most) <= most

    def _cost(self, x: str, y: str, most: float) -> float:
        """Of the cheapest way to write one word for the other; more than ``most`` stands for any more."""
        n, m = len(x), len(y)
        best = [[_FAR] * (m + 1) for _ in range(n + 1)]
        best[0][0] = 0.0
        costs = self._costs
        for i in range(n + 1):
            row = best[i]
            for j in range(m + 1):
                least = row[j]
                for a, b in self._steps:
                    if i >= a and j >= b:
                        before = best[i - a][j - b]
                        if before < least:
                            step = before + costs.get((x[i - a : i], y[j - b : j]), _NEVER if a + b <= 2 else _FAR)
                            least = min(least, step)
                row[j] = least
            if i and min(row) > most < min(best[i - 1]):
                return _FAR  # each further row rests on these two
        return best[n][m]


@cache
def learnt(scripts: str) -> Spellings:
    """What was learnt of words "within" one script or "across" two."""
    costs = {}
    for row in read_table("spellings"):
        if row["scripts"] == scripts:
            costs[row["one"], row["other"]] = costs[row["other"], row["one"]] = float(row["cost"])
    return Spellings(costs)
