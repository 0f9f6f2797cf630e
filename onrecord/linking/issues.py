"""Which demands ask for the same: one issue, however many outlets word it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

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
    near = meanings.near(demands)
    beside = dict(_beside(demands, near, matters))
    signs = [_sign(demand, matters) for demand in demands]
    first_of: dict[str, str] = {}
    joined = join_alike(meanings.of(demands), beside, signs, _are_apart, least=_SAME, otherwise=_NOT_NEAR)
    for issue in joined:
        founder = demands[issue[0]].id
        for number in issue[1:]:
            first_of[demands[number].id] = founder
            pairs = ((other, number) for other in issue if other < number)
            likest = max((near[pair].cosine for pair in pairs if pair in near), default=_SAME)
            yield Link("issue", demands[number].id, founder, round(likest, 3), "the two ask for one thing")
    founders = set(first_of.values())
    worded: dict[str, list[tuple[Telling, str]]] = defaultdict(list)
    for demand in demands:
        if _words(demand, matters):
            for telling in demand.tellings:
                worded[telling.article].append((telling, demand.id))
    for demand in demands:
        alone = demand.id not in first_of and demand.id not in founders
        told = demand.tellings[0]
        named = _named_again(told, worded[told.article], matters) if alone and not _words(demand, matters) else None
        if named:
            why = "it names the demand told before it again"
            yield Link("issue", demand.id, first_of.get(named, named), 0.6, why)


def _beside(
    demands: Sequence[Group], near: Mapping[tuple[int, int], Near], matters: Matters
) -> Iterator[tuple[tuple[int, int], float]]:
    """What speaks for two near demands beside their nearness, by their numbers."""
    for (a, b), found in near.items():
        one, two = demands[a], demands[b]
        likeness = _likeness(one, two, matters)
        if not likeness and _are_told_apart(one, two, matters):
            continue
        same_side = bool(matters.sides(one.tellings[0].by) & matters.sides(two.tellings[0].by))
        alone = _NO_RIVAL if found.alone is None else max(-_MOST_ALONE, min(_MOST_ALONE, found.alone))
        yield (a, b), _OF_WORDS * likeness + _OF_ALONE * alone + _OF_SIDE * same_side


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
    """Whether two demands contradict each other; what one does not say contradicts nothing."""
    if one.asking and two.asking and not one.asking & two.asking:
        return True
    return one.polarity != two.polarity or bool(one.numbers and two.numbers and one.numbers != two.numbers)


def _are_told_apart(a: Group, b: Group, matters: Matters) -> bool:
    """Whether one article tells both, each in words of its own: then it tells two things, however near they stand."""
    same = a.tellings[0].article == b.tellings[0].article
    return same and min(len(_words(demand, matters)) for demand in (a, b)) > 1


def _likeness(a: Group, b: Group, matters: Matters) -> float:
    pairs = ((matters.meant(one), matters.meant(two)) for one in a.tellings for two in b.tellings)
    return max(matters.likeness(one, two) if _may_be_alike(one, two) else 0.0 for one, two in pairs)


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
