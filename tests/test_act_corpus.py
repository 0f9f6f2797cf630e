"""The corpus of acts: words are placed, what is off is named with its line, what is held out is apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import acts
from training.acts import ROOTS, STATUSES, Passage, read_acts
from training.corpus import Off

HOME = Path(acts.__file__).parent / "corpus" / "acts"
TEXT = """=== gates-1 | agency
Ostria demanded on Friday that Calder open the gates.
It was refused by Calder.
+ demand want | REQUEST | by=Ostria | to=Calder | cue=demanded | content=that Calder open the gates | when=on Friday
+ answer rejected | REJECT | by=Calder#2 | to=Ostria | cue=was refused | content=It was [..] Calder
- meeting | cue=gates | why=no meeting
"""


def read(tmp_path: Path, text: str) -> list[Passage]:
    file = tmp_path / "acts.txt"
    file.write_text(text, encoding="utf-8")
    return read_acts(file)


def words(passage: Passage, place: tuple[int, int]) -> str:
    return passage.text[slice(*place)]


def test_words_are_placed_where_they_stand(tmp_path: Path) -> None:
    (passage,) = read(tmp_path, TEXT)
    demand, answer = passage.acts
    assert passage.text == "Ostria demanded on Friday that Calder open the gates.\n\nIt was refused by Calder."
    assert (demand.kind, demand.status, demand.root, demand.modality) == ("demand", "want", "REQUEST", "real")
    assert words(passage, demand.content) == "that Calder open the gates"
    assert [words(passage, place) for place in (*demand.by, *demand.to, *demand.when)] == [
        "Ostria",
        "Calder",
        "on Friday",
    ]
    assert words(passage, answer.content) == "It was refused by Calder"
    assert answer.by[0][0] > demand.content[1]  # the second Calder
    assert [(miss.kind, words(passage, miss.cue)) for miss in passage.misses] == [("meeting", "gates")]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("+ demand | REQUEST | cue=demanded | content=gates", "'demand' is no act"),
        ("+ plea want | REQUEST | cue=demanded | content=gates", "'plea want' is no act"),
        ("+ demand want | BEG | cue=demanded | content=gates", "the second part"),
        ("+ demand want | REQUEST | cue=demanded", "needs cue and content"),
        ("+ demand want | REQUEST | cue=begged | content=gates", "'begged' stands 0 times"),
        ("+ demand want | REQUEST | cue=Calder#3 | content=gates", "stands 2 times"),
        ("+ demand want | REQUEST | cue=demanded | content=gates | for=us", "unknown field for"),
        ("+ demand want | REQUEST | cue=demanded | content=gates | modality=past", "the modality 'past'"),
        ("- meeting | cue=gates", "a near miss is"),
    ],
)
def test_what_is_off_is_named_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    text = "=== gates-1 | agency\nOstria demanded that Calder open the gates of Calder.\n" + line + "\n"
    with pytest.raises(Off, match=r"line 3: ") as error:
        read(tmp_path, text)
    assert told in str(error.value)


def test_an_id_used_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(Off, match="gates-1 is used 2 times"):
        read(tmp_path, TEXT + TEXT)


# The corpus that is shipped. Held-out words are counted here and never printed.


@pytest.mark.parametrize("part", ["train", "held_out"])
def test_every_file_of_the_corpus_is_read_without_fault(part: str) -> None:
    off: list[str] = []
    passages = read_acts(HOME / part, off)
    assert not off
    assert passages


def test_the_corpus_holds_what_it_is_to_hold() -> None:
    """1,500 sentences and passages with acts, 300 of them held out by file, with every type and status."""
    train, held_out = read_acts(HOME / "train"), read_acts(HOME / "held_out")
    assert sum(bool(passage.acts) for passage in (*train, *held_out)) >= 1500
    assert sum(bool(passage.acts) for passage in held_out) >= 300
    assert not {passage.id for passage in train} & {passage.id for passage in held_out}
    for passages in (train, held_out):
        found = [act for passage in passages for act in passage.acts]
        assert {act.root for act in found} == {*ROOTS, None}
        assert {(act.kind, act.status) for act in found} == set(_natures())
        assert {act.modality for act in found} == set(acts.MODALITIES)
        assert any(passage.misses for passage in passages)


def test_no_held_out_text_is_trained_on() -> None:
    train, held_out = read_acts(HOME / "train"), read_acts(HOME / "held_out")
    assert not {passage.text for passage in train} & {passage.text for passage in held_out}


def test_the_encoder_and_the_corpus_name_acts_alike() -> None:
    from onrecord.encoder.acts import MODALITIES, TYPES
    from onrecord.encoder.acts import ROOTS as HEARD

    assert tuple(_natures()) == TYPES
    assert HEARD == ROOTS
    assert acts.MODALITIES == MODALITIES


def _natures() -> list[tuple[str, str | None]]:
    return [(kind, status) for kind, statuses in STATUSES.items() for status in statuses or (None,)]
