"""The encoder's room: windows, decoding, and the weights that are checked before the first article."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

import onrecord
from onrecord.encoder import Attributed, Encoder, batches, check_weights, load_encoder, session
from onrecord.encoder.acts import FIELDS, KINDS, WIDTH, field
from onrecord.encoder.batches import make_batches
from onrecord.encoder.decoding import (
    LABELS,
    NAME_KINDS,
    Found,
    Weights,
    attributions,
    chances,
    decode,
    decode_names,
    label,
    pointer_scores,
    spans,
    trust,
)
from onrecord.encoder.windows import (
    INSIDE,
    LONGEST,
    LOWER,
    MARK,
    MIXED,
    OTHER,
    OUTSIDE,
    SEP,
    TITLE,
    UPPER,
    Window,
    make_windows,
)
from onrecord.errors import WeightsError
from onrecord.faces.commands import run
from onrecord.model import Text
from onrecord.reading.page import Page

NONE, SOURCE, CUE, CONTENT = 0, 1, 3, 5
SIZE = 6  # of a pointer's vector


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_encoder()._tokenizer


def windows_of(tokenizer: Tokenizer, body: str) -> list[Window]:
    page = Page(Text.of(body))
    quoted = [(q.span, q.inner) for q in page.quotations if q.depth == 0]
    return make_windows(tokenizer, body, page.paragraphs, quoted)


def words_of(body: str, windows: Sequence[Window]) -> list[str]:
    return [body[a:b] for w in windows for a, b in zip(w.starts, w.ends, strict=True)]


# Windows


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Žofia Świątek said naïvely", ["Žofia", "Świątek", "said", "naïvely"]),
        ("The wa\u0301ter came", ["The", "wa\u0301ter", "came"]),
        ("𝐀𝐧𝐧𝐚 said 𝓌𝑒 wait", ["𝐀𝐧𝐧𝐚", "said", "𝓌𝑒", "wait"]),
        ("said 答复 today", ["said", "答", "复", "today"]),
        ("\U0002000b wait 😀 here", ["\U0002000b", "wait", "😀", "here"]),
        ("İstanbul ﬁnds ½", ["İstanbul", "ﬁnds", "½"]),
        ("Norland’s [SEP] “no”.", ["Norland", "’", "s", "[", "SEP", "]", "“", "no", "”", "."]),
        ("a\ud800b waits", ["a\ud800b", "waits"]),
        ("first line\nsecond", ["first", "line", "second"]),
    ],
)
def test_words_stand_at_their_code_points(tokenizer: Tokenizer, body: str, words: list[str]) -> None:
    """Accents, letters beyond the basic plane, ideographs and marks of the network itself move no word."""
    assert words_of(body, windows_of(tokenizer, body)) == words


def test_a_word_holds_its_last_combining_mark(tokenizer: Tokenizer) -> None:
    """A name typed with an accent of its own, as in Rene + acute, ends after the accent."""
    body = "Rene\u0301 Bere\u0301, he said"
    assert words_of(body, windows_of(tokenizer, body))[:2] == ["Rene\u0301", "Bere\u0301"]


def test_a_word_of_several_pieces_begins_at_its_first_one(tokenizer: Tokenizer) -> None:
    """``first`` points at each word's first piece, and all of its pieces have its letters and its quote state."""
    (window,) = windows_of(tokenizer, "Quxzwyvian “Quxzwyvian” quxzwyvian")
    assert len(window.pieces) > len(window.first) + 2
    assert window.first[0] == 1
    edges = [*window.first, len(window.pieces) - 1]
    for first, after in pairwise(edges):
        assert len(set(window.letters[first:after])) == len(set(window.quotes[first:after])) == 1
    alike = [window.pieces[edges[i] : edges[i + 1]] for i in (0, 2, 4)]
    assert alike[0] == alike[1] == alike[2], "the vocabulary knows no capitals"


def test_letters_tell_what_the_vocabulary_does_not(tokenizer: Tokenizer) -> None:
    """Small letters, a capital at the front, all capitals, mixed ones, no letter; 0 is for the window's own marks."""
    body = "NATO met Berg, McEk and I on 3 May"
    (window,) = windows_of(tokenizer, body)
    letters = [window.letters[first] for first in window.first]
    assert dict(zip(words_of(body, [window]), letters, strict=True)) == {
        "NATO": UPPER,
        "met": LOWER,
        "Berg": TITLE,
        ",": OTHER,
        "McEk": MIXED,
        "and": LOWER,
        "I": TITLE,
        "on": LOWER,
        "3": OTHER,
        "May": TITLE,
    }
    assert window.letters[0] == window.letters[-1] == window.quotes[0] == window.quotes[-1] == 0


def test_words_stand_outside_inside_or_are_marks(tokenizer: Tokenizer) -> None:
    """The state comes from the quote-mark machine; a quotation within a quotation is inside."""
    body = "Ek said: “We ‘wait’ now.” No.\n\n“Yes,” Berg said."
    states = {OUTSIDE: "", INSIDE: "", MARK: ""}
    for window in windows_of(tokenizer, body):
        for first, start, end in zip(window.first, window.starts, window.ends, strict=True):
            states[window.quotes[first]] += body[start:end] + " "
    assert states == {OUTSIDE: "Ek said : No . Berg said . ", INSIDE: "We ‘ wait ’ now . Yes , ", MARK: "“ ” “ ” "}


def test_a_long_paragraph_is_parted_at_sentence_ends_and_loses_no_word(tokenizer: Tokenizer) -> None:
    sentences = [f"Berg said in letter {n} that {'the talks and ' * (n % 9)}the reply was late." for n in range(60)]
    sentences[7] = "Ek said: “We wait for the reply in Vald.”"
    body = " ".join(sentences)
    windows = windows_of(tokenizer, body)
    assert len(windows) > 2
    apart = [words_of(sentence, windows_of(tokenizer, sentence)) for sentence in sentences]
    assert words_of(body, windows) == [word for words in apart for word in words]
    for window in windows[:-1]:
        assert body[window.starts[-1] : window.ends[-1]] in (".", "”")
        assert len(window.pieces) > LONGEST / 2, "no more windows than there must be"


def test_a_quotation_mark_after_a_sentence_end_stays_with_it(tokenizer: Tokenizer) -> None:
    """Parted after “... in Vald.” a window ends with the closing mark, and the next begins with a sentence."""
    body = "Ek said: “We wait for the reply in Vald.” " * 60
    windows = windows_of(tokenizer, body)
    assert len(windows) > 2
    assert all(body[window.starts[-1]] == "”" and body[window.starts[0]] == "E" for window in windows)


def test_a_sentence_too_long_for_a_window_is_parted_between_words(tokenizer: Tokenizer) -> None:
    body = "Berg said that " + "the talks went on and " * 200 + "ended."
    windows = windows_of(tokenizer, body)
    assert words_of(body, windows) == body.replace(".", " .").split()
    assert all(len(window.pieces) <= LONGEST for window in windows)
    assert all(len(window.pieces) > LONGEST - 10 for window in windows[:-1])


WORDS = ("we ", "wait. ", "Berg said ", "Quxzwyvian", "“no,” ", "q" * 99 + " ", "! ", "答", "\n\n")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.integers(1, 120)), min_size=1, max_size=6))
def test_no_word_is_lost_or_doubled_whatever_its_length(parts: list[tuple[str, int]]) -> None:
    """Each window's words go on where those before end, and all that is left out is blank."""
    body = "".join(words * times for words, times in parts)
    if not body.strip():
        return
    known = load_encoder()._tokenizer
    reached = 0
    for window in windows_of(known, body):
        assert len(window.pieces) == len(window.letters) == len(window.quotes)
        assert window.pieces[-1] == SEP
        for start, end in zip(window.starts, window.ends, strict=True):
            assert body[reached:start].strip() == ""
            reached = end
    assert body[reached:].strip() == ""


def test_a_window_is_never_longer_than_the_network_is_asked_to_read(tokenizer: Tokenizer) -> None:
    """Here a sentence ends early, and a word of a hundred pieces comes when the window is nearly full."""
    body = "Ek left. " + "we " * 245 + "q" * 100 + " wait."
    assert max(len(window.pieces) for window in windows_of(tokenizer, body)) <= LONGEST


def some_weights(seed: int = 0) -> Weights:
    """Weights of any size; what follows nothing, such as more of a cue after a content, is as good as forbidden."""
    random = np.random.default_rng(seed)

    def table(*shape: int) -> Any:
        return random.normal(0, 1, shape).astype(np.float32)

    moves, begins = table(len(LABELS), len(LABELS)), table(len(LABELS))
    for inside in (2, 4, 6):
        begins[inside] = -10_000
        moves[[before for before in range(len(LABELS)) if before not in (inside - 1, inside)], inside] = -10_000
    trusted = np.array([0.5, 0.1, 0.4, 0.2, 0.3, 0.2, -1], dtype=np.float32)
    return Weights(moves, begins, table(2, SIZE), table(2, 14), table(2, 8), trusted)


def by_every_path(emitted: Any, weights: Weights) -> tuple[tuple[int, ...], Any]:
    """The likeliest path and each word's label probabilities, from all paths there are."""
    paths = np.array(list(product(range(len(LABELS)), repeat=len(emitted))))
    scores = weights.begins.astype(float)[paths[:, 0]]
    for place, given_here in enumerate(emitted.astype(float)):
        scores = scores + given_here[paths[:, place]]
        if place:
            scores = scores + weights.moves.astype(float)[paths[:, place - 1], paths[:, place]]
    odds = np.exp(scores - scores.max())
    beliefs = np.zeros((len(emitted), len(LABELS)))
    for place in range(len(emitted)):
        np.add.at(beliefs[place], paths[:, place], odds)
    return tuple(paths[scores.argmax()]), beliefs / odds.sum()


@pytest.mark.parametrize("seed", range(6))
def test_labels_are_those_of_the_best_of_all_paths(seed: int) -> None:
    """Rows of different length, labelled at once: the path is the likeliest, the beliefs are the exact marginals."""
    weights = some_weights(seed)
    random = np.random.default_rng(100 + seed)
    rows = [random.normal(0, 2, (size, len(LABELS))).astype(np.float32) for size in (5, 4, 4, 2, 1)]
    paths, beliefs = label(rows, weights)
    for row, path, belief in zip(rows, paths, beliefs, strict=True):
        best, exact = by_every_path(row, weights)
        assert tuple(path) == best
        np.testing.assert_allclose(belief, exact, atol=1e-4)


def test_rows_labelled_together_do_not_touch_one_another() -> None:
    """A row's labels and beliefs are the same alone and beside a longer row of extreme scores."""
    weights = some_weights(1)
    random = np.random.default_rng(7)
    short = random.normal(0, 2, (6, len(LABELS))).astype(np.float32)
    long = random.normal(0, 50, (40, len(LABELS))).astype(np.float32)
    (alone,), (belief_alone,) = label([short], weights)
    (_, beside), (_, belief_beside) = label([long, short], weights)
    assert list(alone) == list(beside)
    np.testing.assert_allclose(belief_alone, belief_beside, atol=1e-6)


def test_a_chain_of_a_thousand_words_stays_a_probability() -> None:
    random = np.random.default_rng(3)
    _, (belief,) = label([random.normal(0, 30, (1_000, len(LABELS))).astype(np.float32)], some_weights())
    assert np.isfinite(belief).all()
    np.testing.assert_allclose(belief.sum(axis=1), 1, atol=1e-3)


def test_spans_are_the_runs_of_one_role() -> None:
    """A new beginning parts two spans; what another role's labels say is nothing of this one."""
    path = np.array([SOURCE, SOURCE + 1, CUE, CONTENT, CONTENT + 1, CONTENT, NONE, CONTENT])
    assert spans(path, SOURCE) == [(0, 1)]
    assert spans(path, CUE) == [(2, 2)]
    assert spans(path, CONTENT) == [(3, 4), (5, 5), (7, 7)]
    assert spans(np.array([NONE, CONTENT + 1]), CONTENT) == []


def plain_score(vectors: Any, kind: int, ask: tuple[int, int], answers: list[tuple[int, int]], weights: Weights) -> Any:
    """The score of each answer for one that asks, then of nobody, one by one."""
    part = vectors.reshape(len(vectors), -1, 4, SIZE)[:, kind]
    asking = part[ask[0], 0] + part[ask[1], 1]
    following = [answer for answer in answers if answer[0] > ask[0]]
    preceding = [answer for answer in reversed(answers) if answer[0] <= ask[0]]
    scores = []
    for answer in answers:
        after = answer in following
        nth = min((following if after else preceding).index(answer), 3) + (0 if after else 4)
        if answer[0] > ask[1]:
            gap, back = answer[0] - ask[1], 0
        elif answer[1] < ask[0]:
            gap, back = ask[0] - answer[1], 7
        else:
            gap, back = 1, 0
        near = min(gap.bit_length() - 1, 6) + back
        product = asking @ (part[answer[0], 2] + part[answer[1], 3]) / 8
        scores.append(product + weights.away[kind][near] + weights.apart[kind][nth])
    return [*scores, asking @ weights.nobody[kind] / 8]


@pytest.mark.parametrize("kind", [0, 1])
def test_pointers_score_as_a_plain_calculation_does(kind: int) -> None:
    weights = some_weights(2)
    vectors = np.random.default_rng(11).normal(0, 1, (300, 2 * 4 * SIZE)).astype(np.float32)
    asks = [(0, 0), (5, 9), (20, 40), (120, 121), (299, 299)]
    answers = [(2, 3), (7, 8), (10, 10), (44, 50), (100, 119), (250, 251), (290, 297)]
    found = pointer_scores(vectors, kind, asks, answers, weights)
    assert found.shape == (len(asks), len(answers) + 1)
    for row, ask in zip(found, asks, strict=True):
        np.testing.assert_allclose(row, plain_score(vectors, kind, ask, answers, weights), atol=1e-4)
    assert pointer_scores(vectors, kind, asks, [], weights).shape == (len(asks), 1)


def steered(nearest_before: float, nearest_after: float) -> Weights:
    """Weights by which a content's cue, and a cue's source, is the nearest on a side; nobody has 0."""
    apart = np.full((2, 8), -20, dtype=np.float32)
    apart[:, 0], apart[:, 4] = nearest_after, nearest_before
    return replace(
        some_weights(), nobody=np.zeros((2, SIZE), np.float32), away=np.zeros((2, 14), np.float32), apart=apart
    )


def attribute(path: list[int], weights: Weights) -> list[Found]:
    beliefs = np.full((len(path), len(LABELS)), 0.01, dtype=np.float32)
    beliefs[np.arange(len(path)), path] = 0.94
    return attributions(np.array(path), beliefs, np.zeros((len(path), 2 * 4 * SIZE), np.float32), weights)


def test_contents_that_point_to_one_cue_are_one_attribution() -> None:
    """ "Berg said A, B": two contents, one cue, one source."""
    (found,) = attribute([SOURCE, CUE, CONTENT, CONTENT + 1, NONE, CONTENT], steered(9, -9))
    assert (found.source, found.cue, found.content) == ((0, 0), (1, 1), ((2, 3), (5, 5)))
    assert found.confidence == trust(found.evidence, some_weights())
    assert found.evidence == pytest.approx((0.94, 0.94, 1, 0.94, 1, 0.94), abs=1e-3)


def test_two_cues_are_two_attributions_with_a_source_each() -> None:
    """ "A, Berg said; B, Ek added"."""
    path = [CONTENT, NONE, SOURCE, CUE, NONE, CONTENT, NONE, SOURCE, CUE]
    weights = steered(9, -9)
    weights.apart[0] = weights.apart[0][[4, 5, 6, 7, 0, 1, 2, 3]]  # the cue comes after its content
    found = attribute(path, weights)
    assert [(f.content, f.cue, f.source) for f in found] == [(((0, 0),), (3, 3), (2, 2)), (((5, 5),), (8, 8), (7, 7))]


def test_a_content_that_points_to_nobody_has_neither_cue_nor_source() -> None:
    (found,) = attribute([SOURCE, CUE, CONTENT], steered(-9, -9))
    assert (found.cue, found.source, found.content) == (None, None, ((2, 2),))
    assert attribute([SOURCE, CUE, NONE], steered(9, 9)) == [], "a cue without content says nothing"
    (without,) = attribute([NONE, CUE, CONTENT], steered(9, 9))
    assert (without.cue, without.source) == ((1, 1), None)
    assert found.evidence[3:] == (0.0, 0.0, 0.5), "no cue counts against, no source neither way"
    assert without.evidence[5] == 0.5


def test_windows_are_decoded_in_their_order_however_many_and_long() -> None:
    """A hundred windows of sizes up and down: each has what it has alone."""
    weights = some_weights(4)
    random = np.random.default_rng(5)

    def window(size: int) -> tuple[Any, Any]:
        return random.normal(0, 3, (size, len(LABELS))).astype(np.float32), random.normal(
            0, 1, (size, 2 * 4 * SIZE)
        ).astype(np.float32)

    windows = [window(1 + n * 7 % 23) for n in range(100)]
    together = decode(windows, weights)
    assert sum(map(len, together)) > 50
    for one, found in zip(windows, together, strict=True):
        (alone,) = decode([one], weights)
        assert [(f.content, f.cue, f.source) for f in alone] == [(f.content, f.cue, f.source) for f in found]
        assert [f.confidence for f in alone] == pytest.approx([f.confidence for f in found], abs=1e-4)
    assert decode([], weights) == []


def named(*labels: int, sure: float = 4.0) -> list[tuple[int, int, str]]:
    scores = np.zeros((len(labels), 1 + 2 * len(NAME_KINDS)), dtype=np.float32)
    scores[np.arange(len(labels)), labels] = sure
    return [(first, last, kind) for first, last, kind, _ in decode_names(scores)]


def test_names_are_runs_of_one_kind() -> None:
    """A beginning parts names, another kind or a gap does, too; what goes on without a beginning begins."""
    assert named(1, 2, 2, 0, 3) == [(0, 2, "person"), (4, 4, "organisation")]
    assert named(1, 1) == [(0, 0, "person"), (1, 1, "person")]
    assert named(1, 4) == [(0, 0, "person"), (1, 1, "organisation")]
    assert named(0, 2, 0, 2) == [(1, 1, "person"), (3, 3, "person")]
    assert named(0, 0) == []


def test_a_name_is_as_sure_as_its_words_are_on_average() -> None:
    scores = np.zeros((3, 1 + 2 * len(NAME_KINDS)), dtype=np.float32)
    scores[0, 1], scores[1, 2], scores[2, 2] = 5, 3, 1
    sure = chances(scores)
    ((first, last, kind, confidence),) = decode_names(scores)
    assert (first, last, kind) == (0, 2, "person")
    assert confidence == pytest.approx((sure[0, 1] + sure[1, 2] + sure[2, 2]) / 3)


EVIDENCE = st.lists(st.floats(0, 1), min_size=6, max_size=6)


@given(EVIDENCE, st.integers(0, 5), st.floats(0, 1))
def test_more_evidence_never_makes_less_trust(evidence: list[float], place: int, value: float) -> None:
    """Confidence stays between 0 and 1, also for evidence of exactly 0 or 1, and rises with each piece of evidence."""
    weights = some_weights()
    more = [*evidence]
    more[place] = max(value, evidence[place])
    less_sure, surer = trust(tuple(evidence), weights), trust(tuple(more), weights)
    assert 0 <= less_sure <= surer + 1e-9 <= 1 + 1e-9
    assert 0 < trust((0, 1, 0, 1, 0, 1), weights) < 1


# The session


class Echo:
    """A network that takes every word of one piece for a content, and notes the shapes that it is given."""

    def __init__(self, piece: int) -> None:
        self.piece = piece
        self.shapes: list[tuple[int, int]] = []

    def get_modelmeta(self) -> SimpleNamespace:
        weights = some_weights()
        tables = {
            "moves": np.zeros_like(weights.moves),
            "begins": np.zeros_like(weights.begins),
            "nobody": weights.nobody,
            "away": weights.away,
            "apart": weights.apart,
            "trust": weights.trust,
        }
        words = json.dumps({name: table.tolist() for name, table in tables.items()})
        return SimpleNamespace(custom_metadata_map={"onrecord.tables": words})

    def run(self, wanted: list[str], given_in: dict[str, Any]) -> list[Any]:
        pieces = given_in["pieces"]
        self.shapes.append(pieces.shape)
        labels = np.zeros((*pieces.shape, len(LABELS)), np.float32)
        labels[..., NONE], labels[..., CONTENT] = 5, 10 * (pieces == self.piece)
        names = np.zeros((*pieces.shape, 1 + 2 * len(NAME_KINDS)), np.float32)
        names[..., 0], names[..., 1] = 5, 10 * (pieces == self.piece)
        outputs = {
            "labels": labels,
            "pointers": np.zeros((*pieces.shape, 2 * 4 * SIZE), np.float32),
            "names": names,
            "vectors": (pieces == self.piece)[..., None].astype(np.float32),
        }
        return [outputs[name] for name in wanted]


class EchoOfActs:
    """A network of acts that takes every word of the other's piece for the cue and the content of a meeting."""

    def get_modelmeta(self) -> SimpleNamespace:
        sizes = {"kind_asks": (6, 3 * 64), "kind_facts": (6, FIELDS["cue_facts"]), "far": (3, 16)}
        words = json.dumps({name: np.zeros(size).tolist() for name, size in sizes.items()})
        return SimpleNamespace(custom_metadata_map={"onrecord.tables": words})

    def run(self, _: None, given_in: dict[str, Any]) -> list[Any]:
        marked = given_in["vectors"][..., 0]
        numbers = np.zeros((*marked.shape, WIDTH), np.float32)
        field(numbers, "kinds")[:] = -9
        field(numbers, "kinds")[..., KINDS.index("meeting")] = 18 * marked - 9
        field(numbers, "apt")[:] = (18 * marked - 9)[..., None]
        return [numbers]


def echo(tokenizer: Tokenizer, word: str = "harbour") -> tuple[Encoder, Echo]:
    (piece,) = tokenizer.encode(word, add_special_tokens=False).ids
    network = Echo(piece)
    return Encoder(network, tokenizer, EchoOfActs()), network


def test_acts_come_back_to_their_words_in_the_order_of_the_text(tokenizer: Tokenizer) -> None:
    """Each act stands at the word that the network marks, and the text is not read again for them."""
    body = "\n\n".join("we " * (n * 37 % 90) + "é harbour " + "wait " * (n * 11 % 40) for n in range(60))
    encoder, network = echo(tokenizer)
    text = Text.of(body)
    paragraphs = Page(text).paragraphs
    encoder.read(text, paragraphs, [])
    ran = len(network.shapes)
    acts = encoder.hear_acts(text, paragraphs, [])
    places = [place for place in range(len(body)) if body.startswith("harbour", place)]
    assert [(act.cue.start, act.cue.exact, act.content[0].exact) for act in acts] == [
        (place, "harbour", "harbour") for place in places
    ]
    assert {(act.kind, act.by[0].exact) for act in acts} == {("meeting", "harbour")}
    assert len(network.shapes) == ran


def test_acts_are_heard_alike_where_the_text_was_not_read_before(tokenizer: Tokenizer) -> None:
    text, other = Text.of("The harbour waits.\n\nNo harbour."), Text.of("The ship waits.\n\nA harbour.")
    encoder, _ = echo(tokenizer)
    first = encoder.hear_acts(text, Page(text).paragraphs, [])
    assert len(encoder.hear_acts(other, Page(other).paragraphs, [])) == 1
    encoder.read(other, Page(other).paragraphs[:1], [])
    assert encoder.hear_acts(text, Page(text).paragraphs, []) == first
    assert [act.cue.start for act in first] == [4, 23]


def test_answers_come_back_to_their_words_in_the_order_of_the_text(tokenizer: Tokenizer) -> None:
    """Paragraphs of all lengths run together by length; the marked word of each comes back in place."""
    body = "\n\n".join("we " * (n * 37 % 90) + "é harbour " + "wait " * (n * 11 % 40) for n in range(60))
    encoder, network = echo(tokenizer)
    marks = encoder.read(Text.of(body), Page(Text.of(body)).paragraphs, [])
    places = [place for place in range(len(body)) if body.startswith("harbour", place)]
    assert [[(s.start, s.exact) for s in a.content] for a in marks.attributions] == [[(p, "harbour")] for p in places]
    assert [(n.span.start, n.span.exact, n.kind) for n in marks.names] == [(p, "harbour", "person") for p in places]
    assert all(rows * longest <= 256 or rows == 1 for rows, longest in network.shapes)
    assert len(network.shapes) < 60


def test_a_pass_is_made_once_for_stages_that_ask_for_the_same(tokenizer: Tokenizer) -> None:
    """Asked again for the same places nothing runs; other places or another text run anew."""
    encoder, network = echo(tokenizer)
    text, other = Text.of("The harbour waits.\n\nNo harbour."), Text.of("The ship waits.\n\nA harbour.")
    paragraphs = Page(text).paragraphs
    first = encoder.read(text, paragraphs, [])
    ran = len(network.shapes)
    assert encoder.read(text, paragraphs, []) is first
    assert len(network.shapes) == ran
    assert len(encoder.read(text, paragraphs[1:], []).attributions) == 1
    assert [a.content[0].start for a in encoder.read(other, Page(other).paragraphs, []).attributions] == [19]
    assert encoder.read(text, paragraphs, []) == first


def test_a_place_without_words_is_given_to_nobody(tokenizer: Tokenizer) -> None:
    encoder, network = echo(tokenizer)
    text = Text.of("\u200b\u200b")
    marks = encoder.read(text, [text.span(0, 2)], [])
    assert (marks.attributions, marks.names, network.shapes) == ((), (), [])


PLAIN = (
    "“We will wait for the reply,” Anna Berg said.",
    "The minister said that the talks would go on.",
    "According to Jon Ek, the letter was lost.",
)


def read_plainly(*paragraphs: str) -> list[tuple[str, str | None, str | None]]:
    """Content, cue and source of what the shipped network reads."""
    text = Text.of("\n\n".join(paragraphs))
    page = Page(text)
    found = load_encoder().read(text, page.paragraphs, [(q.span, q.inner) for q in page.quotations if q.depth == 0])
    return [_words(one) for one in found.attributions]


def _words(one: Attributed) -> tuple[str, str | None, str | None]:
    content = " ".join(piece.exact for piece in one.content).strip(" .,")
    return content, one.cue.exact if one.cue else None, one.source.exact if one.source else None


def test_the_shipped_network_reads_plain_sentences() -> None:
    assert read_plainly(*PLAIN) == [
        ("“We will wait for the reply,”", "said", "Anna Berg"),
        ("that the talks would go on", "said", "The minister"),
        ("the letter was lost", "According to", "Jon Ek"),
    ]
    assert read_plainly("The harbour of Vald was closed.") == []


def test_a_text_read_twice_is_read_alike() -> None:
    """Also after another text, when nothing of the first pass is kept; to the last digit of the confidence."""
    text = Text.of("\n\n".join(PLAIN))
    paragraphs = Page(text).paragraphs
    first = load_encoder().read(text, paragraphs, [])
    read_plainly("Ek waits.")
    again = load_encoder().read(text, paragraphs, [])
    assert again is not first
    assert again == first


def test_a_paragraph_is_read_alone_as_it_is_within_a_text() -> None:
    """The spans are the same. Confidences may differ in their last digits: the scales of int8 are those of a batch."""
    around = "Norland and Sudmark have talked about the harbour of Vald since the spring, and about little else."
    alone = [found for paragraph in PLAIN for found in read_plainly(paragraph)]
    within = read_plainly(around, PLAIN[0], around * 3, *PLAIN[1:], around)
    assert [found for found in within if found in alone] == alone


# The files


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in the place of the package's weights, with small files and their sums."""
    folder = tmp_path / "weights"
    folder.mkdir()
    (folder / session.NETWORK).write_bytes(b"a network")
    (folder / session.ACTS).write_bytes(b"a network of acts")
    (folder / session.ALIGNER).write_bytes(b"an aligner")
    (folder / session.TOKENIZER).write_bytes(b"{}")
    write_sums(folder)
    monkeypatch.setattr(session, "_folder", lambda: folder)
    load_encoder.cache_clear()
    check_weights.cache_clear()
    yield folder
    load_encoder.cache_clear()
    check_weights.cache_clear()


def write_sums(folder: Path) -> None:
    names = (session.NETWORK, session.ACTS, session.ALIGNER, session.TOKENIZER)
    sums = [f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names]
    (folder / session.SUMS).write_text("".join(sums), encoding="utf-8")


DAMAGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a byte of the network": (session.NETWORK, lambda folder: (folder / session.NETWORK).write_bytes(b"a netwerk")),
    "an empty tokenizer": (session.TOKENIZER, lambda folder: (folder / session.TOKENIZER).write_bytes(b"")),
    "no network": (session.NETWORK, lambda folder: (folder / session.NETWORK).unlink()),
    "no network of acts": (session.ACTS, lambda folder: (folder / session.ACTS).unlink()),
    "no aligner": (session.ALIGNER, lambda folder: (folder / session.ALIGNER).unlink()),
    "no tokenizer": (session.TOKENIZER, lambda folder: (folder / session.TOKENIZER).unlink()),
    "no sums": (session.SUMS, lambda folder: (folder / session.SUMS).unlink()),
    "a folder in the network's place": (
        session.NETWORK,
        lambda folder: (folder / session.NETWORK).rename(folder / "elsewhere").with_name(session.NETWORK).mkdir(),
    ),
}


def test_sums_that_hold_have_a_digest_that_changes_with_the_files(weights: Path) -> None:
    """The digest enters the fingerprints of what was read, so new weights mean reading anew."""
    first = check_weights()
    (weights / session.NETWORK).write_bytes(b"a better network")
    write_sums(weights)
    assert check_weights() == first, "checked once a process"
    check_weights.cache_clear()
    assert check_weights() != first


def test_a_better_aligner_reads_nothing_again(weights: Path) -> None:
    """It draws the record anew, whose digest has the sums of all weights."""
    first = check_weights()
    (weights / session.ALIGNER).write_bytes(b"a better aligner")
    write_sums(weights)
    check_weights.cache_clear()
    assert check_weights() == first


@pytest.mark.parametrize(("name", "damage"), DAMAGES.values(), ids=DAMAGES.keys())
def test_a_file_that_is_not_as_shipped_is_named_with_what_mends_it(
    weights: Path, name: str, damage: Callable[[Path], object]
) -> None:
    damage(weights)
    for check in (check_weights, load_encoder):
        with pytest.raises(WeightsError) as raised:
            check()
        assert str(weights / name) in str(raised.value)
        assert "pip install --force-reinstall" in str(raised.value)
        assert "git checkout" in str(raised.value)


@pytest.mark.parametrize("sums", [b"", b"0" * 64, b"\xff\xfe", b"\n", "the tokenizer alone"])
def test_sums_that_leave_a_file_out_are_not_as_shipped(weights: Path, sums: bytes | str) -> None:
    """An empty, cut or garbled list of sums vouches for nothing."""
    listed = (weights / session.SUMS).read_bytes().splitlines(keepends=True)
    (weights / session.SUMS).write_bytes(sums if isinstance(sums, bytes) else listed[1])
    with pytest.raises(WeightsError):
        check_weights()


@pytest.mark.parametrize(("name", "damage"), DAMAGES.values(), ids=DAMAGES.keys())
def test_a_build_stops_before_the_first_article_and_leaves_nothing(
    weights: Path, name: str, damage: Callable[[Path], object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 1, one line on the error stream that names file and mend, no folder, no article set aside."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("“We will wait,” Anna Berg said.\n", encoding="utf-8")
    damage(weights)
    assert run(["build", str(articles), "--out", str(tmp_path / "out"), "--workers", "1"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.splitlines()
    assert str(weights / name) in line
    assert "pip install --force-reinstall" in line
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "weights"]


def test_a_record_is_as_it_was_when_an_addition_finds_the_weights_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"“We will wait, {name},” Anna Berg said.\n", encoding="utf-8")
    out = tmp_path / "out"
    assert run(["build", str(tmp_path / "a.txt"), "--out", str(out), "--workers", "1"]) == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    monkeypatch.setattr(session, "_folder", lambda: tmp_path / "nowhere")
    load_encoder.cache_clear()
    check_weights.cache_clear()
    try:
        assert run(["add", str(out), str(tmp_path / "b.txt"), "--workers", "1"]) == 1
        with pytest.raises(WeightsError):
            onrecord.read("“We will wait,” Anna Berg said.")
    finally:
        monkeypatch.undo()
        load_encoder.cache_clear()
        check_weights.cache_clear()
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked",
    ["import onrecord", "import onrecord.faces.cli as cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass"],
    ids=["import", "help"],
)
def test_nothing_of_the_network_is_woken_before_it_is_asked_for(asked: str) -> None:
    """`import onrecord` and `onrecord --help` load neither runtime nor tokenizer nor arrays."""
    heavy = "{'onnxruntime', 'tokenizers', 'numpy', 'onrecord.encoder'}"
    script = f"import sys\n{asked}\nprint(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_runtime_is_woken_by_reading_alone() -> None:
    """Checking the weights, as a build does before it parts the work, loads neither runtime nor tokenizer."""
    script = (
        "import sys\nfrom onrecord.encoder import check_weights\ncheck_weights()\n"
        "print(sorted({'onnxruntime', 'tokenizers'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


# Runs of the network


def _cost(runs: Sequence[Sequence[int]], sizes: Sequence[int]) -> int:
    return sum(len(run) * max(sizes[i] for i in run) + batches._RUN for run in runs)


def _in_turn(sizes: Sequence[int]) -> list[list[int]]:
    """Each run filled until the next window would be too much."""
    runs: list[list[int]] = []
    for i in sorted(range(len(sizes)), key=lambda i: sizes[i]):
        if runs and (len(runs[-1]) + 1) * sizes[i] <= batches._BATCH:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


@given(st.lists(st.integers(2, LONGEST), max_size=60))
def test_windows_are_run_once_each_where_it_costs_least(sizes: list[int]) -> None:
    runs = make_batches(sizes)
    assert sorted(i for run in runs for i in run) == list(range(len(sizes)))
    assert all(len(run) == 1 or len(run) * max(sizes[i] for i in run) <= batches._BATCH for run in runs)
    assert _cost(runs, sizes) <= _cost(_in_turn(sizes), sizes)


def test_a_long_window_is_not_run_with_short_ones() -> None:
    assert sorted(map(sorted, make_batches([10, 120, 11, 12]))) == [[0, 2, 3], [1]]
