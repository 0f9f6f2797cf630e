"""Whether a sentence looks back or ahead at the place of a time expression."""

from __future__ import annotations

import re
from functools import cache
from itertools import takewhile

from onrecord.reading.times.draft import Direction
from onrecord.reading.times.words import values

_WORD = re.compile(r"[A-Za-z]+|['’]ll\b")
_NEXT = re.compile(r"[ \u00a0]([a-z]+)\b")  # the next word, where no mark stands before it
_SAYS_SO = re.compile(r"^, (?:says|said) [^,]{2,40},")  # "On Thursday, says his wife, he will sleep"
_OTHER_CLAUSE = frozenset(("and", "but", "that", "who", "which", "am", "is", "are", "was", "were", "said"))
_NO_NOUNS = frozenset(("was", "is", "has", "does", "its", "this", "his", "as", "plus", "always", "perhaps", "says"))
_PRONOUNS = frozenset(("they", "we", "you", "i"))
_ONCE = frozenset(("when", "until", "once", "before"))
_HEADLINE = 12  # words
_CLOSE = 240  # characters to each side; what stands further off governs another clause


def direction_of(body: str, sentence: tuple[int, int], place: tuple[int, int]) -> Direction | None:
    """Past or future, by the nearest verb before the expression, else after it; None where neither tells.

    "Berg said on Friday that the reply would come on Monday": past at Friday, future at Monday.
    """
    if (verb := _NEXT.match(body, place[1], sentence[1])) and _is_past(verb[1].lower()):
        return "past"  # "Berg on Friday agreed to meet": when it was agreed
    before = _WORD.findall(body, max(sentence[0], place[0] - _CLOSE), place[0])
    if before and before[-1].lower() == "since":
        return "past"
    if before and before[-1].lower() in (
        "until",
        "till",
    ):  # "gave Sudmark until Friday", but "until Friday, they had not"
        after = _WORD.findall(body, place[1], min(sentence[1], place[1] + _CLOSE))
        return "past" if len(before) == 1 and "had" in after[:3] else "future"
    if (
        before
        and before[-1].lower() == "by"
        and not _is_done(before, body[place[1] : min(sentence[1], place[1] + _CLOSE)])
    ):
        return "future"  # "asks for talks by Wednesday", but "had not answered by Wednesday"
    for index in range(len(before) - 1, -1, -1):
        found = _sign(before, index)
        if found:
            return found
        if index > 1 and before[index - 1].lower() == "to" and before[index - 2].lower() == "says":
            return "future"  # "Hadrin says to reopen its airspace on Tuesday"
        if index and before[index - 1].lower() == "to" and index <= _HEADLINE and not _any_verb(before[: index - 1]):
            return "future"  # a headline: "Ghesh to swap maps Friday"
    behind = _SAYS_SO.sub("", body[place[1] : min(sentence[1], place[1] + _CLOSE)], count=1)
    after = _WORD.findall(behind)
    for index in range(len(after)):
        found = _sign(after, index)
        if found:
            return found
    return None


def _is_done(words: list[str], behind: str) -> bool:
    """Whether what was the case "by Wednesday" is told: "had not answered by then", "by Tuesday a clerk had found"."""
    last = [word.lower() for word in words[-14:-1]] + _WORD.findall(behind[:40])[:5]
    return not last or any(word in ("had", "has", "have", "was", "were") for word in last)


def _any_verb(words: list[str]) -> bool:
    return any(
        _sign(words, index) or words[index].lower() in ("had", "has", "have", "able") for index in range(len(words))
    )


def _sign(words: list[str], index: int) -> Direction | None:
    """What the word at ``index`` says: nothing where another word before it decides."""
    word = words[index].lower()
    previous = words[index - 1].lower() if index else ""
    follows = words[index + 1].lower() if index + 1 < len(words) else ""
    if word in _words("resolve present") and follows == "to" and _is_verb(words, index + 2):
        return "future"  # "plans to hold a news conference", "is set to begin", "did not plan to leave"
    if word in ("is", "are", "am") and follows == "to":
        return "future"  # "is to appear on Wednesday"
    if word in _words("present plural") and (
        previous in _PRONOUNS or (previous.endswith("s") and previous not in _NO_NOUNS)
    ):
        return "future"  # "guns fall silent at 6 a.m."
    if word in ("could", "would") and follows == "not":
        return "past" if word == "could" else "future"
    if word in _words("present") and previous not in ("to", "and", "the", "a"):
        return "future"  # "polls open on Sunday", "the lease expires in May"
    if previous in ("is", "are") and any(before.lower() in _ONCE for before in words[max(0, index - 6) : index]):
        return "future"  # "when the case is heard in May"
    # "is to be held", "agreed to meet": the word before decides.
    if word in ("be", "to") or previous in ("be", "to", "is", "are"):
        return "future" if word in _words("will") else None
    if word in _words("will") or previous in _words("modal"):
        return "future"
    if word == "set":  # "was set to land on Monday", but "set aside plans on Monday"
        return "future" if follows == "for" or (previous in ("was", "were") and follows == "to") else "past"
    if word in _words("resolve") and not _is_past(word) and _asks(words, index):
        return "future"
    if _is_past(word):
        if word in _words("resolve") and _asks(words, index):
            return "future"  # "agreed to meet on Friday", but "agreed to the demand on Friday"
        return "past"
    return None


def _asks(words: list[str], index: int) -> bool:
    """ "agreed to meet", "asked the guard to leave": "to" and a verb among the next words."""
    ahead = list(takewhile(lambda word: word.lower() not in _OTHER_CLAUSE, words[index + 1 : index + 8]))
    return any(word.lower() == "to" and _is_verb(words, index + 2 + place) for place, word in enumerate(ahead))


def _is_past(word: str) -> bool:
    return word in _words("did") or (word.endswith("ed") and len(word) > 4 and word not in _NO_VERBS)


def _is_verb(words: list[str], index: int) -> bool:
    return index < len(words) and words[index].islower() and words[index] not in _DETERMINERS


_DETERMINERS = frozenset(
    (
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "all",
        "some",
        "any",
        "this",
        "that",
        "these",
        "for",
        "in",
        "on",
        "of",
        "at",
    )
)
_NO_VERBS = frozenset(("united", "armed", "indeed", "allied", "speed", "unprecedented", "detailed"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(values(name))
