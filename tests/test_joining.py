"""Groups by average likeness, where most pairs are never looked at."""

from __future__ import annotations

from itertools import combinations, product
from math import isclose

from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.joining import join_alike

COUNT = 7
UNKNOWN = 0.2
PAIRS = list(combinations(range(COUNT), 2))
# Eighths: their sums are exact, so that no rounding decides between two pairs of groups that are equally alike.
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.integers(-8, 8).map(lambda eighths: eighths / 8))


def test_two_that_contradict_each_other_stay_apart_though_a_third_is_like_both() -> None:
    scores = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): -1.0}
    assert join_alike(3, scores, 0.7, UNKNOWN) == ((0, 1), (2,))


def test_what_is_alike_none_is_alone() -> None:
    assert join_alike(3, {(0, 2): 0.9}, 0.7, UNKNOWN) == ((0, 2), (1,))
    assert join_alike(0, {}, 0.7, UNKNOWN) == ()


def mean(scores: dict[tuple[int, int], float], one: tuple[int, ...], other: tuple[int, ...]) -> float:
    found = [scores.get((min(a, b), max(a, b)), UNKNOWN) for a, b in product(one, other)]
    return sum(found) / len(found)


@given(SCORES)
def test_no_two_groups_are_left_that_are_alike_enough_and_have_a_known_pair(
    scores: dict[tuple[int, int], float],
) -> None:
    groups = join_alike(COUNT, scores, 0.5, UNKNOWN)
    assert sorted(number for group in groups for number in group) == list(range(COUNT))
    for one, other in combinations(groups, 2):
        alike = mean(scores, one, other)
        assert alike < 0.5 or isclose(alike, 0.5, abs_tol=1e-9)


@given(SCORES, st.permutations(range(COUNT)))
def test_a_group_of_two_is_as_alike_as_its_pair(scores: dict[tuple[int, int], float], order: list[int]) -> None:
    """Whatever the numbers: with no two scores alike, the same things come together."""
    distinct = {pair: score + 1e-3 * place for place, (pair, score) in enumerate(sorted(scores.items()))}
    renamed = {tuple(sorted((order[a], order[b]))): score for (a, b), score in distinct.items()}
    groups = join_alike(COUNT, distinct, 0.5, UNKNOWN)
    again = join_alike(COUNT, renamed, 0.5, UNKNOWN)  # type: ignore[arg-type]
    assert {frozenset(order[number] for number in group) for group in groups} == set(map(frozenset, again))
