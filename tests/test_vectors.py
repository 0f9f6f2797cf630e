"""Vectors of passages: what was placed before is not placed again, and a record is the same with and without them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from onrecord import pipeline
from onrecord.encoder import Aligner, Passage, Vectors, load_aligner
from onrecord.pipeline import vectors as kept
from onrecord.pipeline.vectors import keep_vectors, read_vectors, vectors_beside

PASSAGES = [
    Passage("demand", "A list came. ", "Sudmark must pull its patrol boats out", ", Berg said."),
    Passage("answer", "On the boats, Arden was short: ", "they stay", "."),
]


def refuse() -> Aligner:
    raise AssertionError("the network was loaded for what is known")


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where vectors are kept, however few they are."""
    monkeypatch.setattr(kept, "_WORTH", 1)
    return vectors_beside(tmp_path / "record.db")


def test_they_are_those_of_the_network_an_answer_s_where_its_demand_lies() -> None:
    demand, answer = Vectors().place(PASSAGES)
    own, asked = load_aligner().place(PASSAGES)
    assert np.array_equal(demand, own[0])
    assert np.array_equal(answer, asked[1])


def test_what_was_kept_is_not_reckoned_again(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = Vectors()
    before = vectors.place(PASSAGES)
    keep_vectors(vectors, beside)
    monkeypatch.setattr("onrecord.encoder.vectors.load_aligner", refuse)
    again = read_vectors(beside)
    assert all(np.array_equal(one, other) for one, other in zip(before, again.place(PASSAGES), strict=True))
    assert not again.are_new


def test_only_what_is_new_is_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors, placed = Vectors(), list[int]()
    vectors.place(PASSAGES[:1])
    network = load_aligner()

    class Counting:
        def place(self, passages: list[Passage], threads: int | None) -> object:
            placed.append(len(passages))
            return network.place(passages, threads)

    monkeypatch.setattr("onrecord.encoder.vectors.load_aligner", Counting)
    Vectors(vectors.used).place(PASSAGES)
    assert placed == [1]


def test_what_a_record_no_longer_tells_is_kept_no_longer(beside: Path) -> None:
    vectors = Vectors()
    vectors.place(PASSAGES)
    keep_vectors(vectors, beside)
    fewer = read_vectors(beside)
    fewer.place(PASSAGES[:1])
    keep_vectors(fewer, beside)
    assert read_vectors(beside).place(PASSAGES[:1])[0].any()
    assert beside.stat().st_size and len(read_vectors(beside)._known) == 1


def array() -> bytes:
    stream = io.BytesIO()
    np.save(stream, np.zeros(3))
    return stream.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", b"\x93NUMPY\x01\x00 no array", array()])
def test_a_file_that_is_no_archive_is_as_none(beside: Path, content: bytes) -> None:
    beside.write_bytes(content)
    assert read_vectors(beside)._known == {}


def test_a_damaged_archive_is_as_none_wherever_it_is_damaged(beside: Path) -> None:
    vectors = Vectors()
    vectors.place(PASSAGES)
    keep_vectors(vectors, beside)
    whole = beside.read_bytes()
    for place in range(0, len(whole), 7):
        beside.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        found = read_vectors(beside)._known
        assert not found or all(len(row) == 384 and np.isfinite(row).all() for row in found.values()), place


def test_numbers_of_another_kind_are_as_none(beside: Path) -> None:
    keys, made_by = np.zeros((1, 16), np.uint8), np.array(kept._made_by())
    np.savez(beside, made_by=made_by, keys=keys, numbers=np.zeros((1, 384), np.float32))
    assert read_vectors(beside)._known == {}
    np.savez(beside, made_by=made_by, keys=keys, numbers=np.zeros((1, 12), np.float16))
    assert read_vectors(beside)._known == {}


def test_a_record_is_the_same_with_them_and_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Built together, added with what was kept, and added with nothing kept."""
    monkeypatch.setattr(kept, "_WORTH", 1)
    bodies = {
        "a.txt": "Norland demanded that Sudmark withdraw its patrol boats. Sudmark demanded that Norland pay.",
        "b.txt": "Sudmark rejected the demand to withdraw the boats. Norland called on Sudmark to pull out the ships.",
    }
    for name, body in bodies.items():
        (tmp_path / name).write_text(body)
    together = pipeline.build([tmp_path / name for name in bodies], tmp_path / "together").record
    assert vectors_beside(tmp_path / "together" / "record.db").exists()
    for name in ("with", "without"):
        pipeline.build([tmp_path / "a.txt"], tmp_path / name)
        beside = vectors_beside(tmp_path / name / "record.db")
        assert beside.exists()
        if name == "without":
            beside.unlink()
        assert pipeline.add(tmp_path / name, [tmp_path / "b.txt"]).record == together


def test_vectors_of_other_weights_are_as_none(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = Vectors()
    vectors.place(PASSAGES)
    keep_vectors(vectors, beside)
    with monkeypatch.context() as patched:
        patched.setattr(kept, "digest_weights", lambda: "of other weights")
        assert read_vectors(beside)._known == {}
    monkeypatch.setattr(kept, "digest_rooms", lambda room: f"of other code in {room}")
    assert read_vectors(beside)._known == {}


def test_a_record_that_shrank_leaves_none_behind(beside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = Vectors()
    vectors.place(PASSAGES)
    keep_vectors(vectors, beside)
    monkeypatch.setattr(kept, "_WORTH", 1_000)
    keep_vectors(read_vectors(beside), beside)
    assert not beside.exists()


def test_few_are_not_kept_and_where_there_is_no_room_nothing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = Vectors()
    vectors.place(PASSAGES)
    keep_vectors(vectors, tmp_path / "few.npz")
    monkeypatch.setattr(kept, "_WORTH", 1)
    (tmp_path / "no folder").write_text("")
    keep_vectors(vectors, tmp_path / "no folder" / "vectors.npz")
    assert [path.name for path in tmp_path.iterdir()] == ["no folder"]
