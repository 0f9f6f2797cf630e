"""Blocks: names of one person share a key, whoever misspells them; most others share none."""

from __future__ import annotations

from itertools import combinations

import pytest

from onrecord.linking.blocks import Blocks, name_keys
from onrecord.linking.people import same_person

ONE_PERSON = [
    ("Sergei Lavrov", "Segrgey Lavrov"),
    ("Sergey Lavrov", "Serghei Lavrow"),
    ("Lavrov", "Lavrov"),
    ("Jasmina Belinova", "Zhasmina Belimova"),
    ("Uilyam Torvell", "William Torbell"),
    ("Jens Stoltenberg", "Yens Stoltenberg"),
    ("Jens Stoltenberg", "Jens Stoltenburg"),
    ("Elena Castellane", "Elena Kastellane"),
    ("Xi Jinping", "Hsi Chin-ping"),
    ("Hsiu Wenta", "Xiu Wenda"),
    ("Muhammad bin Salman", "Mohammed Salman"),
    ("Jin ping Xi", "Jinping Xi"),
    ("Tariq bin Salem", "Tariq Bensalem"),
    ("Ngozi Amaechi-Thal", "Ngozi Amayechi-Tal"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_names_of_one_person_are_compared(one: str, other: str) -> None:
    a, b = name_keys(one), name_keys(other)
    assert a is None or b is None or a & b


def test_names_in_other_scripts_are_compared_with_all() -> None:
    blocks = Blocks()
    blocks.add(0, "Anna Berg")
    blocks.add(1, "سرغي لافروف")
    assert blocks.near("Sergei Lavrov") == [1]
    assert blocks.near("Сергей Лавров") in ([0, 1], [1])
    assert blocks.near("لافروف") == [0, 1]


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        ("Wolfram Zhelten", "Volfram Zhelven", True),  # given names that begin with one sound
        ("Wolfram Zhelten", "Kerrin Zhelven", False),
        ("W. Zhelten", "Volfram Zhelven", True),
        ("Zhelten", "Zhelven", True),  # nothing is beside a surname alone
    ],
)
def test_a_beginning_counts_with_the_first_sound_of_another_word(one: str, other: str, compared: bool) -> None:
    a, b = name_keys(one), name_keys(other)
    assert a is not None
    assert b is not None
    assert bool(a & b) == compared


def test_most_names_of_others_are_not_compared() -> None:
    names = [
        f"{given} {family}" for given in ("Anna", "Jon", "Berta") for family in ("Quill", "Morvan", "Tessler", "Ek")
    ]
    apart = [pair for pair in combinations(names, 2) if not same_person(*pair).match]
    compared = [pair for pair in apart if name_keys(pair[0]) & name_keys(pair[1])]  # type: ignore[operator]
    assert len(compared) < len(apart) / 2
