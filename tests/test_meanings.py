"""What lies near in meaning: passages as the network takes them, and which entries are compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encoder import Aligner, Passage, Vectors, load_aligner
from onrecord.encoder.passages import NUMBERS, pieces_of
from onrecord.linking.actors import Actors
from onrecord.linking.anchors import Anchors
from onrecord.linking.groups import find_groups
from onrecord.linking.meanings import Meanings, _near
from onrecord.linking.order import telling_order
from onrecord.linking.tellings import find_tellings
from onrecord.model import Corpus, Group
from tests.corpora import act, article, corpus, name

WORDS = "Sudmark must pull its patrol boats out of the Inner Sound"
OTHERS = (
    Passage("demand", "She has a thing about those grey hulls in the Sound. ", "She wants them out", ", again."),
    Passage("demand", "Fuel is another matter. ", "Norland asks for diesel at half the price", "."),
    Passage("answer", "On the boats, Arden was short: ", "they stay", "."),
)


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return load_aligner()


def test_the_pieces_say_what_kind_it_is_and_which_words_tell_it(aligner: Aligner) -> None:
    tokens = aligner._tokenizer
    pieces, inside = pieces_of(tokens, Passage("demand", "A list came. ", "Boats out", ", Berg said."))
    assert tokens.decode(pieces, skip_special_tokens=False) == "[CLS] demand : a list came. boats out, berg said. [SEP]"
    told = [piece for piece, here in zip(pieces, inside, strict=True) if here]
    assert tokens.decode(told) == "boats out"


def test_of_a_long_passage_what_stands_nearest_to_the_words_is_kept(aligner: Aligner) -> None:
    far, near = "far " * 300, "near "
    pieces, inside = pieces_of(aligner._tokenizer, Passage("demand", far + near, "boat " * 300, near + far))
    assert len(pieces) < 100
    words = aligner._tokenizer.decode(pieces)
    assert words.count("near") == 2
    assert 0 < sum(inside) < len(pieces)


def test_a_vector_has_length_one_and_is_the_same_in_any_company(aligner: Aligner) -> None:
    """In 8 bits, what runs together is rounded together: a record would change with an article that says nothing."""
    (alone,), _ = aligner.place([Passage("demand", "", WORDS)])
    together, asked = aligner.place([*OTHERS, Passage("demand", "", WORDS)])
    assert together.shape == asked.shape == (4, NUMBERS)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    assert np.array_equal(alone, together[3])


def test_no_passages_have_no_vectors(aligner: Aligner) -> None:
    own, asked = aligner.place([])
    assert own.shape == asked.shape == (0, NUMBERS)


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_any_words_have_a_vector(before: str, words: str, after: str) -> None:
    own, _ = load_aligner().place([Passage("demand", before, words, after)])
    assert np.isfinite(own).all()


def test_other_words_for_one_demand_are_nearer_than_another_demand(aligner: Aligner) -> None:
    (told, other, fuel, _), _ = aligner.place([Passage("demand", "", WORDS), *OTHERS])
    assert told @ other > told @ fuel


def test_an_answer_points_to_the_demand_that_it_answers(aligner: Aligner) -> None:
    own, asked = aligner.place([Passage("demand", "", WORDS), *OTHERS])
    assert asked[3] @ own[0] > asked[3] @ own[2]


def demands_of(found: Corpus) -> tuple[Meanings, list[Group]]:
    actors = Actors(found)
    groups = find_groups(found, actors, find_tellings(found, actors, Anchors(found)), telling_order(found))
    return Meanings(found, actors, groups, Vectors()), [group for group in groups if group.kind == "demand"]


def told(letter: str, state: str, words: str) -> tuple[object, object]:
    body = f"{state} asks {words}."
    return article(letter, body, name(state, "state"), act("demand", "asks", f"{state} asks {words}", state))


def test_entries_of_articles_that_share_no_party_are_not_compared() -> None:
    made = corpus(
        told("a", "Norland", "that the boats leave the Sound"),  # type: ignore[arg-type]
        told("b", "Norland", "for those hulls to be gone"),  # type: ignore[arg-type]
        told("c", "Tervania", "that its boats may leave the Sound"),  # type: ignore[arg-type]
    )
    meanings, demands = demands_of(made)
    assert len(demands) == 3
    assert {pair for pair, _ in meanings.near(demands)} == {(0, 1)}


def test_one_entry_is_near_nothing_and_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Aligner:
        raise AssertionError("the network was loaded for one entry")

    meanings, demands = demands_of(corpus(told("a", "Norland", "that the boats leave the Sound")))  # type: ignore[arg-type]
    monkeypatch.setattr("onrecord.encoder.vectors.load_aligner", refuse)
    assert list(meanings.near(demands)) == []


def unit(*numbers: float) -> list[float]:
    length = float(np.linalg.norm(numbers))
    return [number / length for number in numbers]


def test_each_of_two_that_are_nearest_to_each_other_is_alone_by_its_lead_over_the_next() -> None:
    vectors = np.array([unit(1, 0, 0), unit(0.9, 0.1, 0), unit(0.6, 0.6, 0), unit(0.8, 0, 0.2)], dtype=np.float32)
    found = {(one, other): near for one, other, near in _near(vectors, ["a", "b", "b", "b"])}
    lead = float(vectors[0] @ vectors[1] - vectors[0] @ vectors[3])
    assert found[0, 1].alone is None, "the first article has no second entry, so nothing says how alone the two are"
    vectors = np.vstack([vectors, np.array([unit(0, 1, 0.1)], dtype=np.float32)])[[0, 4, 1, 2, 3]]
    found = {(one, other): near for one, other, near in _near(vectors, ["a", "a", "b", "b", "b"])}
    assert found[0, 2].alone == pytest.approx(min(lead, float(vectors[0] @ vectors[2] - vectors[1] @ vectors[2])))
    assert (found[0, 3].alone or 0) < 0
    assert found[2, 3].alone == 0, "of one article"


def test_of_two_that_are_equally_near_none_is_alone() -> None:
    vectors = np.array([unit(1, 0), unit(0, 1), unit(0.9, 0.1), unit(0.9, 0.1)], dtype=np.float32)
    found = {(one, other): near for one, other, near in _near(vectors, ["a", "a", "b", "b"])}
    assert found[0, 2].alone == found[0, 3].alone == 0


def test_of_many_that_are_the_same_each_is_near_some() -> None:
    """What stands behind the first twenty too: one of a pair is enough to have the other among its nearest."""
    vectors = np.tile(np.array(unit(1, 1), dtype=np.float32), (100, 1))
    found = list(_near(vectors, [f"{number:03}" for number in range(100)]))
    assert {number for one, other, _ in found for number in (one, other)} == set(range(100))


def test_nearness_does_not_hang_on_how_many_rows_are_reckoned_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    vectors = chance.normal(size=(30, 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    articles = [chr(97 + number // 4) for number in range(30)]
    whole = [(one, other) for one, other, _ in _near(vectors, articles)]
    monkeypatch.setattr("onrecord.linking.meanings._AT_ONCE", 7)
    assert sorted(whole) == sorted((one, other) for one, other, _ in _near(vectors, articles))
