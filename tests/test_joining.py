"""Groups by average likeness, where most pairs are never looked at."""

from __future__ import annotations

from itertools import combinations, product
from math import isclose

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.joining import join_alike

Pairs = dict[tuple[int, int], float]

COUNT = 7
LEAST, OTHERWISE = 0.5, -0.1
PAIRS = list(combinations(range(COUNT), 2))
# Few values, so that many pairs are equally alike; eighths, whose sums are exact, so that no rounding decides.
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from((-1.0, 0.25, 0.75, 0.875)))
SIGNS = st.lists(st.sampled_from("ab "), min_size=COUNT, max_size=COUNT)


def differ(one: str, other: str) -> bool:
    """A blank contradicts nothing."""
    return one != other and " " not in (one, other)


def join(beside: Pairs, signs: list[str], vectors: np.ndarray | None = None) -> tuple[tuple[int, ...], ...]:
    rows = np.eye(len(signs)) if vectors is None else vectors
    return join_alike(rows, beside, signs, differ, least=LEAST, otherwise=OTHERWISE)


def mean(beside: Pairs, one: tuple[int, ...], other: tuple[int, ...]) -> float:
    found = [beside.get((min(a, b), max(a, b)), OTHERWISE) for a, b in product(one, other)]
    return sum(found) / len(found)


def test_likeness_does_not_creep_from_one_to_the_next() -> None:
    assert join({(0, 1): 0.9, (1, 2): 0.8, (0, 2): -0.5}, ["", "", ""]) == ((0, 1), (2,))


def test_two_that_contradict_each_other_are_never_one_through_a_third() -> None:
    """Norland's demand and Sudmark's, and one whose asker is not known, all in the same words."""
    alike = {(0, 1): 0.9, (0, 2): 0.95, (1, 2): 0.9}
    assert join(alike, ["a", "b", " "]) == ((0, 2), (1,))
    assert join(alike, ["a", " ", " "]) == ((0, 1, 2),)
    equal = {(0, 1): 0.9, (0, 2): 0.9, (1, 2): 0.9}  # where a mean does not change as a group grows
    assert join(equal, [" ", "a", "b"]) == ((0, 1), (2,))


def test_a_barred_pair_is_never_in_one_group_through_others() -> None:
    alike = dict.fromkeys(combinations(range(4), 2), 0.9)
    groups = join_alike(np.eye(4), alike, [" "] * 4, differ, [(1, 3)], least=LEAST, otherwise=OTHERWISE)
    assert len(groups) == 2
    assert not any({1, 3} <= set(group) for group in groups)


def test_what_is_alike_none_is_alone() -> None:
    assert join({(0, 2): 0.9}, [" "] * 3) == ((0, 2), (1,))
    assert join({}, []) == ()


def test_many_that_are_near_are_one_though_each_is_held_against_a_few() -> None:
    """Two hundred tellings of one demand, each compared with its next five: an issue does not part as it grows."""
    vectors = np.tile([0.9, 0.0], (200, 1)) + np.random.default_rng(1).normal(scale=0.01, size=(200, 2))
    beside = {(row, row + step): 0.0 for row in range(200) for step in range(1, 6) if row + step < 200}
    (group,) = join(beside, [" "] * 200, vectors)
    assert len(group) == 200


@given(SCORES, SIGNS)
def test_no_two_groups_are_left_that_could_be_one(beside: Pairs, signs: list[str]) -> None:
    groups = join(beside, signs)
    assert sorted(number for group in groups for number in group) == list(range(COUNT))
    assert not any(differ(signs[a], signs[b]) for group in groups for a, b in combinations(group, 2))
    for one, other in combinations(groups, 2):
        alike = mean(beside, one, other)
        barred = any(differ(signs[a], signs[b]) for a, b in product(one, other))
        assert barred or alike < LEAST or isclose(alike, LEAST, abs_tol=1e-9)


@given(SCORES, SIGNS, st.permutations(range(COUNT)))
def test_the_numbers_decide_nothing(beside: Pairs, signs: list[str], order: list[int]) -> None:
    """With no two scores alike, the same things come together in whatever order they stand."""
    distinct = {pair: score + 1e-3 * place for place, (pair, score) in enumerate(sorted(beside.items()))}
    moved: Pairs = {(min(order[a], order[b]), max(order[a], order[b])): score for (a, b), score in distinct.items()}
    groups = join(distinct, signs)
    again = join(moved, [signs[order.index(number)] for number in range(COUNT)])
    assert {frozenset(order[number] for number in group) for group in groups} == set(map(frozenset, again))
