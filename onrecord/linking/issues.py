"""Which demands ask for the same: one issue, however many outlets word it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from onrecord.linking.matters import COMMON, Matters, Words, gap_after
from onrecord.model import Group, Link

_SAME = 0.4  # of the weight of the shorter wording stands in the other
_SHORT = 3  # words of two wordings that are alike by a single one: "an apology", "a written apology first"
_BACK = 600  # code points back in which a demand without words of its own finds the one that it names again


def find_issues(demands: Sequence[Group], matters: Matters) -> Iterator[Link]:
    """Each demand that asks for the same as an earlier one, with the first of its issue.

    Demands of different sides, polarity or numbers are different issues, however alike their words. Where the asker is
    not known, the words alone decide. A demand without words of its own ("this demand") is the one told before it.
    """
    first_of: dict[str, str] = {}
    issues: list[list[Group]] = []
    with_word: dict[str, set[int]] = defaultdict(set)
    worded = [demand for demand in demands if _words(demand, matters)]
    for demand in worded:
        found = (with_word[word] for word in _words(demand, matters))
        near = sorted({number for numbers in found if len(numbers) <= COMMON for number in numbers})
        scored = [(_fit(demand, issues[number], matters), -number) for number in near]
        score, place = max(scored, default=(0.0, 0))
        number = -place if score >= _SAME else len(issues)
        if score >= _SAME:
            first_of[demand.id] = issues[number][0].id
            yield Link("issue", demand.id, first_of[demand.id], round(min(score, 1.0), 3), "the two share their words")
            issues[number].append(demand)
        else:
            issues.append([demand])
        for word in _words(demand, matters):
            with_word[word].add(number)
    for demand in demands:
        named = None if _words(demand, matters) else _named_again(demand, worded, matters)
        if named:
            why = "it names the demand told before it again"
            yield Link("issue", demand.id, first_of.get(named.id, named.id), 0.6, why)


def _words(demand: Group, matters: Matters) -> Words:
    return frozenset(word for telling in demand.tellings for word in matters.meant(telling))


def _fit(demand: Group, issue: Sequence[Group], matters: Matters) -> float:
    """How alike a demand is to the member of an issue that it is most alike; 0 where it contradicts any of them."""
    if any(_differ(demand, member, matters) for member in issue):
        return 0.0
    return max(_score(demand, member, matters) for member in issue)


def _differ(a: Group, b: Group, matters: Matters) -> bool:
    one, two = a.tellings[0], b.tellings[0]
    asking = matters.sides(one.by), matters.sides(two.by)
    if all(asking) and not asking[0] & asking[1]:
        return True
    if one.attributes.get("polarity") != two.attributes.get("polarity"):
        return True
    numbers = _numbers(matters.own(one)), _numbers(matters.own(two))
    return all(numbers) and numbers[0] != numbers[1]


def _score(a: Group, b: Group, matters: Matters) -> float:
    pairs = ((matters.meant(one), matters.meant(two)) for one in a.tellings for two in b.tellings)
    return max(matters.likeness(one, two) if _may_be_alike(one, two) else 0.0 for one, two in pairs)


def _may_be_alike(one: Words, two: Words) -> bool:
    """One word of several stands by chance in a long wording that asks for something else."""
    return len(one & two) > 1 or (bool(one & two) and max(len(one), len(two)) <= _SHORT)


def _named_again(bare: Group, demands: Sequence[Group], matters: Matters) -> Group | None:
    """The demand told last before one that has no words of its own, by a side that may be the same."""
    told = bare.tellings[0]
    asking = matters.sides(told.by)
    near = []
    for demand in demands:
        for telling in demand.tellings:
            gap, other = gap_after(telling, told), matters.sides(telling.by)
            if gap is not None and gap < _BACK and (not asking or not other or asking & other):
                near.append((gap, demand.id, demand))
    return min(near, key=lambda found: found[:2])[2] if near else None


def _numbers(words: Words) -> Words:
    return frozenset(word for word in words if word[0].isdigit())
