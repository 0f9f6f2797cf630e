"""Whether a sentence looks back or ahead at the place of a time expression."""

from __future__ import annotations

import re
from functools import cache

from onrecord.reading.times.draft import Direction
from onrecord.reading.times.words import values

_WORD = re.compile(r"[A-Za-z]+|['’]ll\b")
_CLOSE = 240  # characters to each side; what stands further off governs another clause


def direction_of(body: str, sentence: tuple[int, int], place: tuple[int, int]) -> Direction | None:
    """Past or future, by the nearest verb before the expression, else after it; None where neither tells.

    "Berg said on Friday that the reply would come on Monday": past at Friday, future at Monday.
    """
    before = _WORD.findall(body, max(sentence[0], place[0] - _CLOSE), place[0])
    for index in range(len(before) - 1, -1, -1):
        found = _sign(before, index)
        if found:
            return found
    after = _WORD.findall(body, place[1], min(sentence[1], place[1] + _CLOSE))
    for index in range(len(after)):
        found = _sign(after, index)
        if found:
            return found
    return None


def _sign(words: list[str], index: int) -> Direction | None:
    word = words[index].lower()
    previous = words[index - 1].lower() if index else ""
    if word in ("be", "to") or previous in ("be", "to"):  # "is to be held", "agreed to meet": the word before decides
        return None
    if word in _words("will"):
        return "future"
    if previous in _words("will") and previous not in ("next", "ahead"):  # "will have met", "expected to"
        return "future"
    if word in _words("did") or (word.endswith("ed") and len(word) > 4 and word not in _NO_VERBS):
        if word == "agreed" and index + 1 < len(words) and words[index + 1].lower() == "to":
            return "future"  # "agreed to meet on Friday"
        return "past"
    return None


_NO_VERBS = frozenset(("united", "armed", "indeed", "allied", "need", "speed", "unprecedented", "detailed", "red"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(values(name))
