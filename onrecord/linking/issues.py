"""Which demands ask for the same: one issue, however many outlets word it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from onrecord.linking.joining import join_alike
from onrecord.linking.matters import Matters, Words, gap_after
from onrecord.linking.meanings import Meanings, Near
from onrecord.model import Group, Link, Telling

# How alike two demands are: the cosine of what they mean, and beside it how alike their words are, by how much each is
# the other's nearest in its article, and whether the same side is known to ask. Chosen on the development exchanges.
_OF_WORDS, _OF_ALONE, _OF_SIDE = 0.4, 1.0, 0.05
_MOST_ALONE = 0.2
_NO_RIVAL = -0.3  # where an article tells one demand alone: nothing shows what would be nearer
_NOT_NEAR = -0.1  # of two that are not near: others are nearer
_SAME = 0.7  # mean of all pairs of two issues, from which on they are one
_SHORT = 3  # words of two wordings that are alike by a single one: "an apology", "a written apology first"
_BACK = 600  # code points back in which a demand without words of its own finds the one that it names again


def find_issues(demands: Sequence[Group], matters: Matters, meanings: Meanings) -> Iterator[Link]:
    """Each demand that asks for the same as one told before it, linked to the founder of its issue.

    Demands of different sides, polarity or numbers are different issues, however alike. Where the asker is not known,
    what is said decides. A demand that is alike none and has no words of its own ("this demand") is the one told
    before it.
    """
    first_of: dict[str, str] = {}
    for link in _joined(demands, matters, meanings):
        first_of[link.a] = link.b
        yield link
    joined = {*first_of, *first_of.values()}
    worded: dict[str, list[tuple[Telling, str]]] = defaultdict(list)
    for demand in demands:
        if _words(demand, matters):
            for telling in demand.tellings:
                worded[telling.article].append((telling, demand.id))
    for demand in demands:
        told = demand.tellings[0]
        bare = demand.id not in joined and not _words(demand, matters)
        named = _named_again(told, worded[told.article], matters) if bare else None
        if named:
            why = "it names the demand told before it again"
            yield Link("issue", demand.id, first_of.get(named, named), 0.6, why)


def _joined(demands: Sequence[Group], matters: Matters, meanings: Meanings) -> Iterator[Link]:
    """The demands that are alike, each linked to the one told first."""
    vectors = meanings.of(demands)
    barred = set(_told_apart(demands, matters))
    near = ((pair, found) for pair, found in meanings.near(demands) if pair not in barred)
    beside = {pair: _beside(pair, found, demands, matters) for pair, found in near}
    signs = [_sign(demand, matters) for demand in demands]
    for first, *others in join_alike(vectors, beside, signs, _are_apart, barred, least=_SAME, otherwise=_NOT_NEAR):
        for number in others:
            cosine = round(max(0.0, float(vectors[number] @ vectors[first])), 3)
            yield Link("issue", demands[number].id, demands[first].id, cosine, "the two ask for one thing")


def _beside(pair: tuple[int, int], near: Near, demands: Sequence[Group], matters: Matters) -> float:
    """What speaks for two near demands, or against them, beside their nearness."""
    one, two = (demands[number] for number in pair)
    same_side = bool(matters.sides(one.tellings[0].by) & matters.sides(two.tellings[0].by))
    alone = _NO_RIVAL if near.alone is None else max(-_MOST_ALONE, min(_MOST_ALONE, near.alone))
    return _OF_WORDS * _likeness(one.tellings, two.tellings, matters) + _OF_ALONE * alone + _OF_SIDE * same_side


def _words(demand: Group, matters: Matters) -> Words:
    return frozenset(word for telling in demand.tellings for word in matters.meant(telling))


@dataclass(frozen=True, slots=True)
class _Sign:
    """What parts demands, however alike they are: who asks, whether that something be done or not, the numbers."""

    asking: Words
    polarity: str | None
    numbers: Words


def _sign(demand: Group, matters: Matters) -> _Sign:
    told = demand.tellings[0]
    polarity = told.attributes.get("polarity")
    return _Sign(matters.sides(told.by), str(polarity) if polarity else None, _numbers(matters.own(told)))


def _are_apart(one: _Sign, two: _Sign) -> bool:
    """Whether two demands contradict each other. An asker or a number that one does not tell contradicts nothing."""
    if one.asking and two.asking and not one.asking & two.asking:
        return True
    return one.polarity != two.polarity or bool(one.numbers and two.numbers and one.numbers != two.numbers)


def _told_apart(demands: Sequence[Group], matters: Matters) -> Iterator[tuple[int, int]]:
    """The demands that one article tells, each in words of its own: it tells two things, however near they stand."""
    told: dict[str, dict[int, list[Telling]]] = defaultdict(lambda: defaultdict(list))
    for number, demand in enumerate(demands):
        for telling in demand.tellings:
            told[telling.article][number].append(telling)
    for of_article in told.values():
        worded = {
            number: tellings
            for number, tellings in of_article.items()
            if any(len(matters.meant(telling)) > 1 for telling in tellings)
        }
        for (a, one), (b, two) in combinations(worded.items(), 2):
            if not _likeness(one, two, matters):
                yield a, b


def _likeness(one: Sequence[Telling], two: Sequence[Telling], matters: Matters) -> float:
    """How much of the shorter wording stands in the other, of the two wordings that are likest."""
    pairs = product(*({matters.meant(telling) for telling in told} for told in (one, two)))
    return max(matters.likeness(a, b) if _may_be_alike(a, b) else 0.0 for a, b in pairs)


def _may_be_alike(one: Words, two: Words) -> bool:
    """One word of several stands by chance in a long wording that asks for something else."""
    return len(one & two) > 1 or (bool(one & two) and max(len(one), len(two)) <= _SHORT)


def _named_again(bare: Telling, told: Sequence[tuple[Telling, str]], matters: Matters) -> str | None:
    """Of the demands of an article the one told last before one without words of its own, by a side that may be it."""
    asking = matters.sides(bare.by)
    near = []
    for telling, demand in told:
        gap, other = gap_after(telling, bare), matters.sides(telling.by)
        if gap is not None and gap < _BACK and (not asking or not other or asking & other):
            near.append((gap, demand))
    return min(near)[1] if near else None


def _numbers(words: Words) -> Words:
    return frozenset(word for word in words if word[0].isdigit())
