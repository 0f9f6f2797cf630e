"""Which time expression dates a verb or noun: the one that its own clause holds, not the nearest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.model import Timex
from onrecord.reading.passage import Passage

Words = tuple[int, int]  # first, end

_FAR = 60  # words from a verb to its time
_OF_NO_DAY = frozenset(("since", "until", "till", "from", "between", "through", "for", "by", "than", "of", "to"))
_OF_THE_DAY = frozenset(("on", "in", "at", "late", "early", "during", "dated"))
_BOUNDARIES = frozenset(
    (";", ":", "that", "which", "who", "whose", "where", "when", "whether", "if", "but", "while", "whereas", "because")
)
_ASIDES = frozenset(("who", "which", "whose", "where"))
_NOUN_OPENERS = frozenset(
    ("the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those", "some", "all", "no", "of", "our")
)
_AFTER_THAT = frozenset(("after", "before", "despite", "following", "since", "ahead", "about", "over", "of", "from"))


def governing_time(
    passage: Passage,
    cue: Words,
    told: Sequence[Words] = (),
    reach: Words | None = None,
    *,
    so_far: bool = False,
) -> Timex | None:
    """The time expression that says when what the cue names was done; None where none does.

    ``told`` are the words that are said, whose dates are their own; ``reach`` the words that are looked through, by
    default all; ``so_far``: what had not been done "by Tuesday" was not done on Tuesday.

    =========================================================  ==================================================
    sentence                                                   when it was said
    =========================================================  ==================================================
    On Monday, Berg, who came on Sunday, said                  Monday: it opens the clause, and the aside has its own
    Berg arrived on 2 April, and Ek said                       none: he arrived then
    Berg said on Friday that Ek would come on Monday           Friday: what is told has its own
    Berg, who lived in Vald until 1989, said                   none
    Berg asked Ek to go after Thursday's ruling                none: the ruling was on Thursday
    =========================================================  ==================================================
    """
    best: tuple[int, Timex] | None = None
    for time, (low, high) in _near(passage, cue):
        if time.type in ("SET", "DURATION") or (reach and not reach[0] <= low < high <= reach[1]):
            continue
        if any(low < end and first < high for first, end in (*told, cue)) and not cue[0] <= low < high <= cue[1]:
            continue
        before = passage.low(low - 1)
        own = before == "of" and cue[0] <= low - 1 <= cue[1]  # "the treaty of 1999", "the talks of 3 May"
        own = own or (so_far and before in ("by", "until", "till")) or _is_set_for(passage, low - 1)
        if before in _OF_NO_DAY and not own:
            continue
        if cue[0] <= low < high <= cue[1]:
            distance = 0
        elif high <= cue[0]:
            if not _looks_ahead(passage, low, high, cue):
                continue
            distance = cue[0] - high
        elif _looks_back(passage, low, high, cue, told):
            distance = low - cue[1]
        else:
            continue
        if best is None or distance < best[0]:
            best = distance, time
    return best[1] if best else None


def _near(passage: Passage, cue: Words) -> Iterator[tuple[Timex, Words]]:
    """The time expressions a stone's throw from a cue."""
    start = passage.words[max(0, cue[0] - _FAR)].start
    end = passage.words[min(len(passage.words), cue[1] + _FAR) - 1].end
    place = bisect_left(passage.times, start, key=lambda time: time.span.start)
    while place < len(passage.times) and passage.times[place].span.end <= end:
        yield passage.times[place], passage.words_of(passage.times[place].span)
        place += 1


def _looks_ahead(passage: Passage, low: int, high: int, cue: Words) -> bool:
    """Whether a time before the cue is of its clause: it opens it, or stands between subject and verb."""
    opening = _opening(passage, low)
    if passage.low(high) in ("'s", "’s") and passage.low(opening - 1) in _AFTER_THAT:
        return False  # "After Thursday's ruling, Berg said"
    own = None if _is_inside_verb(passage, opening, high, cue) else _verb_before(passage, opening)
    first = cue[0]
    while first > high and passage.low(first - 1) in _listed("helping"):
        first -= 1
    between = _without_asides(passage, high, first)
    verbs = [n for n in between if _is_verb(passage, n)]
    if passage.low(cue[0]).endswith("ing"):  # "filed a brief on Monday, arguing that"
        return len(verbs) <= (own is None) and not any(passage.low(n) in _BOUNDARIES - {"while"} for n in between)
    # "In a reply handed over on Thursday, Stavna said"; "A meeting planned for Friday was put off".
    of_noun = own is not None and (passage.low(own - 1) in _listed("medium") or _is_plan(passage, own, opening))
    if own is not None and not of_noun:
        return False
    if verbs and not (own is None and passage.low(first - 1) == "and"):  # "On Monday Berg met Ek and said"
        return False
    return not any(passage.low(n) in _BOUNDARIES for n in between)


def _is_plan(passage: Passage, verb: int, opening: int) -> bool:
    return verb == opening - 1 and passage.low(verb) in _listed("fixed")


def _is_inside_verb(passage: Passage, opening: int, high: int, cue: Words) -> bool:
    """ "have | now | conveyed"."""
    return high == cue[0] and passage.low(opening - 1) in _listed("helping")


def _looks_back(
    passage: Passage,
    low: int,
    high: int,
    cue: Words,
    told: Sequence[Words],
) -> bool:
    """Whether a time behind the cue is of its clause, none of another verb's between them."""
    if passage.low(high) in ("'s", "’s"):
        return False
    opening = _opening(passage, low)
    between = [n for n in range(cue[1], opening) if n not in passage.quoted]
    for first, end in told:
        if cue[1] <= first and end <= low:
            tells = any(_is_verb(passage, n) for n in range(first, end) if n not in passage.quoted)
            if tells or any(not passage.words[n].is_mark for n in range(end, opening)):
                return False
            between = [n for n in between if not first <= n < end]
    if any(_ends_clause(passage, n, opening) for n in between):
        return False
    verbs = [n for n in between if _is_verb(passage, n) and passage.low(n) not in _listed("helping")]
    verbs = [n for n in verbs if passage.low(n) not in _listed("fixed")]
    return not verbs or (verbs == [opening - 1] and _is_participle(passage, opening - 1))


def _ends_clause(passage: Passage, index: int, opening: int) -> bool:
    """Whether another clause begins: "asked Sudmark | to answer on Friday", not "a meeting that was set for Friday"."""
    if passage.low(index) == "to" and passage.low(index - 1) in _listed("fixed"):
        return False  # "is due to resume on Monday"
    if passage.low(index) == "to":
        return passage.words[index + 1].text[0].islower() and passage.low(index + 1) not in {*_NOUN_OPENERS, "be"}
    if passage.low(index) in ("of", "for"):  # "accused Sudmark | of missing the talks last May"
        return passage.low(index + 1).endswith("ing")
    if passage.low(index) in ("that", "which"):
        told = [passage.low(n) for n in range(index + 1, opening)]
        return not (
            told[:1] and told[0] in _listed("helping") and (told[-1] in _listed("fixed") or told[-2:] == ["be", "held"])
        )
    return passage.low(index) in _BOUNDARIES


def _is_set_for(passage: Passage, index: int) -> bool:
    """ "a meeting planned | for Friday"."""
    return passage.low(index) == "for" and passage.low(index - 1) in _listed("fixed")


def _is_participle(passage: Passage, index: int) -> bool:
    """ "figures | released April 3", "a meeting, | planned for Friday"."""
    before = passage.low(index - 1)
    return passage.low(index).endswith(("ed", "held", "sent", "made")) and (before == "," or before.isalpha())


def _opening(passage: Passage, low: int) -> int:
    """Where the phrase of a time begins: at its preposition."""
    while low and (passage.low(low - 1) in _OF_THE_DAY or _is_set_for(passage, low - 1)):
        low -= 1
    return low


def _verb_before(passage: Passage, opening: int) -> int | None:
    """The verb that a time belongs to because it stands behind it; None where the time opens its clause."""
    for index in range(opening - 1, -1, -1):
        if index in passage.quoted:
            continue
        low = passage.low(index)
        if low in _BOUNDARIES or (index == opening - 1 and low in ("and", "as")):
            return None if low not in _ASIDES or index == opening - 1 else index
        if _is_verb(passage, index):
            return index
    return None


def _without_asides(passage: Passage, first: int, end: int) -> list[int]:
    """The words between, without quotations and ", who came on Sunday,"."""
    kept: list[int] = []
    index = first
    while index < end:
        if passage.low(index) == "," and passage.low(index + 1) in _ASIDES:
            closed = next((n for n in range(index + 2, end) if passage.low(n) == ","), None)
            if closed is not None:
                index = closed + 1
                continue
        if index not in passage.quoted:
            kept.append(index)
        index += 1
    return kept


def _is_verb(passage: Passage, index: int) -> bool:
    word = passage.words[index]
    if index in passage.name_of or (index and not word.text[0].islower()):
        return False
    if passage.low(index - 1) in _NOUN_OPENERS or passage.low(index - 1).isdigit():
        return False  # "the proposed talks", "19 detained fishermen"
    return word.low in _finite() or (word.low.endswith("ed") and len(word.low) > 4 and word.low not in _no_verbs())


@cache
def _listed(name: str) -> frozenset[str]:
    """The words of one list of time_words.tsv."""
    return frozenset(row["word"] for row in read_table("time_words") if row["list"] == name)


@cache
def _finite() -> frozenset[str]:
    return _listed("did") | _listed("modal") | {"is", "are", "does", "do"}


@cache
def _no_verbs() -> frozenset[str]:
    return frozenset(("united", "armed", "indeed", "allied", "unprecedented", "hundred"))
