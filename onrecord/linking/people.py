"""Whether two names are one person's: the words of both paired by how they are spelt, and what is left over weighed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.linking.likeness import (
    ABJADS,
    INITIAL,
    SYLLABLES,
    across_scripts,
    coarse,
    genders,
    groups_of,
    likeness_of,
    may_be_alike,
)
from onrecord.linking.person_names import Parsed, given_names, parse_name
from onrecord.linking.spelling import fold, romanised

# Typos in both words and a further name are still one person (0.85 x 0.85 x 0.95); with an initial they are not.
_ONE_PERSON = 0.65
# Chinese in pinyin: its syllables are few, so that a letter makes another name.
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|uang|eng|ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|"
    r"ia|ie|iu|ua|uo|ui|ue|[aoeiu])){1,2}$"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two names are one person's, how sure that is (0 to 1), and why."""

    match: bool
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Pair:
    """A word of either name, and how alike they are."""

    one: int
    other: int
    score: float
    why: str


def same_person(a: str, b: str) -> Verdict:
    """Whether the two names can be one person's, in any script.

    A given name that differs is a veto: father and son, and people who share a surname, stay apart. A word that only
    one name has (a patronymic, a middle name, the second of two surnames) is no contradiction, unless it is the first:
    "Saddam Hussein" is not "Qusay Saddam Hussein".

    >>> same_person("Segrgey Lavrov", "Sergei Lavrov").match
    True
    >>> same_person("Sergei Lavrov", "Igor Lavrov").match
    False
    """
    one, other = parse_name(a), parse_name(b)
    if one is None or other is None:
        return Verdict(False, 0.0, "a name without letters")
    if fold(a) == fold(b) and one.family == other.family:
        return Verdict(True, 1.0, "the same spelling")
    if one.generation != other.generation:
        return Verdict(False, 0.3, f"only one is called the {one.generation or other.generation}")
    if one.chinese and other.chinese:
        shared = one.chinese & other.chinese
        if shared:
            return Verdict(True, 0.9, f"one Chinese name, {' '.join(min(shared))}")
        return Verdict(False, 0.2, "two Chinese names")
    one, other = _as_beside(one, other), _as_beside(other, one)
    one, other = _joined(one, other), _joined(other, one)
    if min(len(one.words), len(other.words)) == 1:
        return _single(one, other)
    return _compare(one, other)


def may_be_same(a: str, b: str) -> bool:
    """A quick look before ``same_person``: False only where every word of either name is far from all of the other's.

    More exactly: where a word of the shorter name is, for then the two are not one person's.

    >>> may_be_same("Segrgey Lavrov", "Sergei Lavrov"), may_be_same("Ole Lavrov", "Ana Lavigne")
    (True, False)
    """
    one, other = parse_name(a), parse_name(b)
    if one is None or other is None:
        return False
    one, other = _as_beside(one, other), _as_beside(other, one)
    plain = one.script == other.script in ("latin", "cyrillic") and one.hyphened == other.hyphened
    if not plain or (one.chinese and other.chinese):
        return True
    short, long = sorted((one, other), key=lambda person: len(person.words))
    if all(any(may_be_alike(x, y) for y in long.words) for x in short.words):
        return True
    return any(_joined(x, y) is not x for x, y in ((one, other), (other, one)))


def _as_beside(person: Parsed, other: Parsed) -> Parsed:
    """The name as it is read beside the other.

    The surname alone where a name of two words is no more than the other's with its particle: "al-Assad". And the word
    that the other writes where a father's name is run together with what stands before it: "bin Malloum", "Benmalloum".
    """
    surname = person.words[-1]
    if len(person.words) == 2 and person.words[:1] == person.particles and _ends_with(other, person.particles):
        return replace(person, words=(surname,), fathers=other.fathers & {surname})
    if surname in person.fathers and person.particles:
        together = {f"{son}{surname}" for son in ("ben", "bin", "ibn")}
        if other.words[-1] in together:
            return replace(person, words=(*person.words[:-1], other.words[-1]), fathers=person.fathers - {surname})
    return person


def _ends_with(person: Parsed, particles: tuple[str, ...]) -> bool:
    """Whether these stand before the surname of a full name."""
    return len(person.words) > 1 and person.particles == particles and person.words[0] not in particles


def _joined(person: Parsed, other: Parsed) -> Parsed:
    """The name with neighbouring words run together where the other name writes them as one: "Jin ping", "Jinping"."""
    words, family = list(person.words), person.family
    eastern = other.script in ("han", "hangul") or (person.hyphened and len(other.words) == 2)
    if eastern and len(words) == 3:
        first = words.pop(family or 0)
        return replace(person, words=(first, "".join(words)), family=0)
    for place in range(len(words) - 1):
        run = words[place] + words[place + 1]
        if len(run) > 4 and len(words[place]) > 1 and _is_word_of(run, person, other):
            words[place : place + 2] = [run]
            family = family - (family > place) if family is not None else None
            return replace(person, words=tuple(words), family=family)
    return person


def _is_word_of(run: str, person: Parsed, other: Parsed) -> bool:
    """Whether what the one name writes as two words is a word of the other."""
    if romanised(run) in {romanised(word) for word in other.words}:
        return True
    scripts = {person.script, other.script}
    comparable = bool(ABJADS & scripts) and bool({"latin", "cyrillic"} & scripts) and len(run) > 7
    return comparable and any(across_scripts(run, word, person.script, other.script) for word in other.words)


def _single(one: Parsed, other: Parsed) -> Verdict:
    """A name of one word: the surname alone, or all there is."""
    short, long = (one, other) if len(one.words) == 1 else (other, one)
    if len(short.words[0]) == 1:
        return Verdict(False, 0.0, "an initial alone")
    places = [len(long.words) - 1 if long.family is None else long.family]
    if len(long.words) == 2 and long.family is None and long.words[0] not in given_names():
        places.append(0)  # "Hsiu" for "Hsiu Wenta"
    found = [_alike(short, 0, long, place) for place in places]
    best = max(found, key=lambda pair: pair.score)
    if best.score == 0 or best.why == "an initial":
        return Verdict(False, 0.0, f"surnames differ: {short.words[0]} and {long.words[places[0]]}")
    known = 1.0 if len(long.words) == 1 else 0.75
    return Verdict(best.score >= 0.85, round(known * best.score, 3), f"surname alone: {best.why}")


def _compare(one: Parsed, other: Parsed) -> Verdict:
    pairs = _pair(one, other)
    left = [word for place, word in enumerate(one.words) if place not in {pair.one for pair in pairs}]
    right = [word for place, word in enumerate(other.words) if place not in {pair.other for pair in pairs}]
    if left and right:
        return Verdict(False, 0.1 if pairs else 0.0, _differ(one, other, pairs))
    told = [pair for pair in pairs if pair.score != INITIAL and len(one.words[pair.one]) > 1]
    if not told:
        return Verdict(False, 0.2, "initials alone")
    if reason := _against(one, other, pairs):
        return Verdict(False, 0.3, reason)
    score = 1.0
    for pair in pairs:
        score *= pair.score
    if left or right:
        score *= 0.95
    family = _family_pair(one, other, pairs)
    given = [pair for pair in pairs if pair is not family]
    parts = [f"surname: {family.why}", "given name: " + ", ".join(dict.fromkeys(pair.why for pair in given))]
    if left or right:
        parts.append(f"one with a further name, {' '.join(left or right)}")
    return Verdict(score >= _ONE_PERSON, round(score, 3), "; ".join(parts))


def _pair(one: Parsed, other: Parsed) -> list[_Pair]:
    """The words of both, each with the likeliest of the other's; at equal likeness what stands in one place."""
    alike = [_alike(one, i, other, j) for i in range(len(one.words)) for j in range(len(other.words))]
    ends = len(one.words), len(other.words)

    def order(pair: _Pair) -> tuple[float, int, int]:
        return -pair.score, min(abs(pair.one - pair.other), abs(ends[0] - pair.one - ends[1] + pair.other)), pair.one

    taken: list[_Pair] = []
    for pair in sorted((pair for pair in alike if pair.score), key=order):
        if all(pair.one != done.one and pair.other != done.other for done in taken):
            taken.append(pair)
    return sorted(taken, key=lambda pair: pair.one)


def _family_pair(one: Parsed, other: Parsed, pairs: Sequence[_Pair]) -> _Pair:
    """The pair that holds the surname: what print says, else the last word of the shorter name."""
    for person, place in ((one, "one"), (other, "other")):
        if person.family is not None:
            return next((pair for pair in pairs if getattr(pair, place) == person.family), pairs[-1])
    if len(one.words) <= len(other.words):
        return max(pairs, key=lambda pair: pair.one)
    return max(pairs, key=lambda pair: pair.other)


def _against(one: Parsed, other: Parsed, pairs: Sequence[_Pair]) -> str:
    """What speaks against one person although every word of the shorter name is found in the longer; else nothing."""
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    order = [
        pair.other if short is one else pair.one
        for pair in sorted(pairs, key=lambda p: p.one if short is one else p.other)
    ]
    turned = order != sorted(order)
    if turned and not _may_turn(short, long, order):
        return "the same words in another order"
    further = len(long.words) - len(short.words)
    if further and 0 not in order and not turned and len(long.words[0]) > 1 and not _may_drop(long.words[0]):
        return f"{long.words[0]} comes before: it may be another of the family"
    initials = any(len(word) == 1 for word in (*short.words, *long.words))
    if further and initials and len(short.words) > 2 and 1 not in order and not turned and 0 in order:
        return f"the second names differ: {short.words[1]} and {long.words[1]}"
    if further and 0 not in order and not turned and len(long.words[0]) == 1:
        return f"the initial {long.words[0]} comes before"
    if further > len(pairs):
        return "too little of the longer name"
    last = len(long.words) - 1 if long.family is None else long.family
    if further and last not in order and not turned and len(order) < 2:
        return "the surname is missing"
    families = (_families(short), _families(long)) if turned else (short.family, long.family)
    if None not in families and families not in {(p.one, p.other) if short is one else (p.other, p.one) for p in pairs}:
        return "the given name of one is the surname of the other"
    return ""


def _may_drop(first: str) -> bool:
    """ "Mohammad Javad Zarif", "Maria Conceição Pinto": first names that many bear before the one they go by."""
    return any(groups_of(romanised(first)) & groups_of(romanised(name)) for name in ("mohammed", "maria", "jose"))


def _families(person: Parsed) -> int | None:
    """Where the surname stands; the last word where all could be given names, for then nothing else tells."""
    if person.family is None and not _is_pinyin(person) and all(_is_given(word) for word in person.words):
        return len(person.words) - 1
    return person.family


def _is_pinyin(person: Parsed) -> bool:
    """Whether every word can be Chinese in pinyin."""
    return all(_PINYIN.match(word) for word in person.words)


def _is_given(word: str) -> bool:
    known = romanised(word)
    return known in genders() or bool(groups_of(known))


def _may_turn(short: Parsed, long: Parsed, order: list[int]) -> bool:
    """Family name first in one of two: "Li Wen" and "Wen Li". Not where both words are given names: Hans Friedrich."""
    marked, other = (short, long) if short.family is not None else (long, short)
    western = not (marked.hyphened or other.hyphened or _is_pinyin(marked))
    if western and marked.family is not None and other.family is None and all(_is_given(w) for w in marked.words):
        # "BERNARD, Thomas" is not Bernard Thomas: where all are given names, the surname of the other is its last word.
        there = order[marked.family] if marked is short else order.index(marked.family)
        return there == len(other.words) - 1
    if short.family is not None or long.family is not None:
        place = _families(short)
        family = order[place] if place is not None else _families(long)
        return family in (0, len(long.words) - 1)
    if _families(short) is not None or _families(long) is not None:
        return False
    ahead = order[1:] + order[:1], order[-1:] + order[:-1]
    return any(turn == sorted(turn) for turn in ahead)


_DIGRAPHS = frozenset(("ts", "ch", "sh", "zh", "kh", "yu", "ya", "ye", "th", "dzh"))


def _alike(one: Parsed, i: int, other: Parsed, j: int) -> _Pair:
    x, y = one.words[i], other.words[j]
    if (x in one.fathers) != (y in other.fathers) and len(x) > 1 and len(y) > 1:
        return _Pair(i, j, 0.0, "")  # a father's name is not the son's
    if (len(x) == 1) != (len(y) == 1) and (_is_family(other, j) if len(x) == 1 else _is_family(one, i)):
        return _Pair(i, j, 0.0, "")  # an initial stands for a given name
    if {x, y} & _DIGRAPHS and (i == 0 or j == 0) and (y.startswith(x) or x.startswith(y)):
        return _Pair(i, j, INITIAL, "an initial")  # "Ts. Grozdanova"
    chinese = _is_pinyin(one) and _is_pinyin(other)
    likeness = likeness_of(x, y, one.script, other.script, chinese)
    if not likeness[0] and one.hyphened != other.hyphened and SYLLABLES.match(x) and SYLLABLES.match(y):
        likeness = (0.85, f"one name in two romanisations, {x} and {y}") if coarse(x) == coarse(y) else likeness
    return _Pair(i, j, *likeness)


def _is_family(person: Parsed, place: int) -> bool:
    if person.family is not None:
        return place == person.family
    return len(person.words) > 1 and place == len(person.words) - 1


def _differ(one: Parsed, other: Parsed, pairs: Sequence[_Pair]) -> str:
    last = len(one.words) - 1, len(other.words) - 1
    if not any(pair.one == last[0] and pair.other == last[1] for pair in pairs):
        return f"surnames differ: {one.words[-1]} and {other.words[-1]}"
    return f"given names differ: {' '.join(one.words[:-1])} and {' '.join(other.words[:-1])}"
