"""How likely it is that two words spell one name, by letters that spellings were seen to exchange."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
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
        self._costs: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for (one, other), cost in costs.items():
            self._costs[one][other] = cost

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
        seen = self._costs
        gained = [seen[""].get(letter, _NEVER) for letter in y]
        before: list[float] = []
        row = list(accumulate(gained, initial=0.0))
        for i in range(1, len(x) + 1):
            above, before = before, row
            row = self._row(x[i - 1 : i], x[i - 2 : i] if i > 1 else "", y, gained, above, before)
            if min(row) > most < min(before):
                return _FAR  # each further row rests on these two
        return row[-1]

    def _row(
        self, one: str, two: str, y: str, gained: list[float], above: list[float], before: list[float]
    ) -> list[float]:
        """What it costs to write a word up to the letter ``one`` for each beginning of ``y``.

        ``two`` are its last two letters, ``before`` and ``above`` the costs up to the letter before, and the one before
        that.
        """
        by_one, by_two = self._costs[one], self._costs[two] if two else {}
        lost = by_one.get("", _NEVER)
        row = [before[0] + lost]
        for j, letter in enumerate(y, 1):
            least = min(before[j] + lost, row[j - 1] + gained[j - 1], before[j - 1] + by_one.get(letter, _NEVER))
            if letter in by_two:
                least = min(least, above[j - 1] + by_two[letter])
            run = y[j - 2 : j]
            if j > 1 and run in by_one:
                least = min(least, before[j - 2] + by_one[run])
            if j > 1 and run in by_two:
                least = min(least, above[j - 2] + by_two[run])
            row.append(least)
        return row


@cache
def learnt(scripts: str) -> Spellings:
    """What was learnt of words "within" one script or "across" two."""
    costs = {}
    for row in read_table("spellings"):
        if row["scripts"] == scripts:
            costs[row["one"], row["other"]] = costs[row["other"], row["one"]] = float(row["cost"])
    return Spellings(costs)
