"""The gold sets of our own can be read, and what is held out is kept apart."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import names, offices, times

GOLD = Path(names.__file__).resolve().parent / "gold"


@pytest.mark.parametrize("half", ["dev", "dev2", "dev3", "dev4", "held_out"])
def test_times_are_read_with_their_places(half: str) -> None:
    passages = list(times.own(half))
    assert len({passage["id"] for passage in passages}) == len(passages)
    for passage in passages:
        assert "{" not in passage["text"] and "|" not in passage["text"], passage["id"]
        assert all(passage["text"][t["start"] : t["end"]].strip() for t in passage["timexes"])


def test_half_of_the_times_asked_for_are_held_out() -> None:
    assert sum(len(passage["timexes"]) for passage in times.own("held_out")) >= 150


@pytest.mark.parametrize("half", ["dev", "held_out"])
def test_names_are_read_with_their_places(half: str) -> None:
    passages = list(names.read_passages(GOLD / f"names_{half}.txt"))
    kinds = Counter(kind for passage in passages for _, _, kind in passage.names)
    assert {*names.CLASSES} <= set(kinds)
    assert not any("|" in passage.text for passage in passages)


def test_people_of_one_half_are_not_in_the_other() -> None:
    halves = []
    for half in ("dev", "held_out"):
        with (GOLD / f"people_{half}.tsv").open(encoding="utf-8", newline="") as rows:
            halves.append({(row["person"], row["name"]) for row in csv.DictReader(rows, delimiter="\t")})
    assert not {person for person, _ in halves[0]} & {person for person, _ in halves[1]}
    assert not {name for _, name in halves[0]} & {name for _, name in halves[1]}
    assert all(len({person for person, _ in half}) >= 30 and len(half) >= 125 for half in halves)


@pytest.mark.parametrize("half", ["dev", "dev2", "held_out"])
def test_the_words_of_a_probe_stand_once_in_its_text(half: str) -> None:
    for probe in offices.probes(half):
        assert probe["text"].count(probe["words"]) == 1, json.dumps(probe)
