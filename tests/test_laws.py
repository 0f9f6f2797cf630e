"""The four laws, and the fifth for the record, as properties."""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import EvidenceError, SpanError
from onrecord.model import (
    Act,
    Annotation,
    Difference,
    Entry,
    Evidence,
    Judgement,
    Layer,
    Name,
    Position,
    Span,
    Statement,
    Text,
    Timex,
    Value,
    digest,
)
from onrecord.store import StageMark, Store, judge, judgements, merge
from tests.standins import article

MARKS = (StageMark("names", 1, "f1"), StageMark("statements", 1, "f2"))

bodies = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[Text, list[Span]]:
    """Any body at all (astral planes, lone surrogates, NULs) and places in it."""
    text = Text.of(draw(bodies))
    places = st.integers(0, len(text.body) - 1).flatmap(
        lambda start: st.tuples(st.just(start), st.integers(start + 1, len(text.body)))
    )
    return text, [text.span(*place) for place in draw(st.lists(places, min_size=1, max_size=6))]


def claims(text: Text, spans: Sequence[Span], confidence: float = 1.0) -> tuple[Annotation, ...]:
    """One annotation of several kinds for each place, nested ones too."""
    made: list[Annotation] = []
    for span in spans:
        given = {"text": text.id, "span": span, "confidence": confidence}
        inner = Statement(**given, content=(span,), manner="verbatim", verbatim=(span,))
        made += [
            Name(**given, kind="person", name=span.exact, country="NO"),
            Statement(**given, content=(span,), cue=(span,), speaker=span, method="named", inner=(inner,)),
            Act(**given, kind="demand", cue=span, content=(span,), by=(span,), status="sent", year=2022, time=span),
            Timex(**given, type="DATE", value="XXXX-02-14", anchor="published", direction="past", weekday=1),
        ]
    return tuple(made)


def in_order(annotations: Sequence[Annotation]) -> list[Annotation]:
    return sorted({a.id: a for a in annotations}.values(), key=lambda a: (a.span.start, -a.span.end, a.id))


@given(texts_with_spans(), st.floats(0, 1), st.floats(0, 1))
def test_an_id_hashes_what_is_claimed_and_not_how_sure_it_is(
    given_text: tuple[Text, list[Span]], sure: float, unsure: float
) -> None:
    first, again = (claims(*given_text, confidence) for confidence in (sure, unsure))
    assert [a.id for a in first] == [a.id for a in again]
    other = [replace(a, country="SE") for a in first if isinstance(a, Name)]
    assert not {a.id for a in other} & {a.id for a in first}


@settings(max_examples=60, deadline=None)
@given(texts_with_spans(), st.floats(0, 1))
def test_layers_come_back_from_disk_with_their_words_ids_and_confidence(
    given_text: tuple[Text, list[Span]], confidence: float
) -> None:
    text, spans = given_text
    made = claims(text, spans, confidence)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as store:
        store.put(b"raw", "r", [(article("a\udcff.txt", text, "r"), text)])
        store.put_stages(MARKS)
        store.put_layers(text, [Layer(text.id, "names", "f1", made, ((spans[0], "why \ud83d not"),))])
        (back,) = store.layers(store.text(text.id))
        assert list(back.annotations) == in_order(made)
        assert [a.confidence for a in back.annotations] == [confidence] * len(back.annotations)
        assert [a.id for a in back.annotations] == [a.id for a in in_order(made)]
        assert back.unread == ((spans[0], "why \ud83d not"),)


@given(texts_with_spans(), st.text(min_size=1, max_size=5))
def test_a_span_holds_what_stands_there_and_a_layer_with_other_words_is_refused(
    given_text: tuple[Text, list[Span]], other: str
) -> None:
    text, spans = given_text
    for span in spans:
        assert text.body[span.start : span.end] == span.exact
        wrong = (other * len(span))[: len(span)]
        if wrong == span.exact:
            continue
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as store:
            store.put(b"raw", "r", [(article("a.txt", text, "r"), text)])
            with pytest.raises(SpanError):
                store.put_layers(text, [Layer(text.id, "names", "f1", claims(text, [replace(span, exact=wrong)]))])
            assert store.database.value("SELECT count(*) FROM layer") == 0
        break


@given(bodies, bodies)
def test_another_body_is_another_text(first: str, second: str) -> None:
    assert (Text.of(first).id == Text.of(second).id) == (first == second)


@given(bodies)
def test_no_annotation_slides_to_another_text(body: str) -> None:
    text, longer = Text.of(body), Text.of(body + ".")
    slid = claims(text, [text.span(0, 1)])
    assert not {a.id for a in slid} & {a.id for a in claims(longer, [longer.span(0, 1)])}
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as store:
        store.put(b"raw", "r", [(article("a.txt", longer, "r"), longer)])
        with pytest.raises(SpanError):
            store.put_layers(longer, [Layer(longer.id, "names", "f1", slid)])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.builds(
            Judgement,
            subject=st.sampled_from(["e-1", "e-2", "a-1"]),
            verdict=st.sampled_from(["yes", "no", "unsure"]),
            who=st.sampled_from(["A. Editor", "B. Coder"]),
            decided=st.dates().map(lambda day: day.isoformat()),
            why=st.text(max_size=5),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_judgements_replayed_in_any_order_give_the_same_rows(made: list[Judgement], chance: object) -> None:
    turned = list(made)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    kept = []
    for order in (made, turned, made + turned):
        with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder), create=True) as store:
            judge(store, order)
            kept.append(judgements(store))
    assert kept[0] == kept[1] == kept[2]
    assert set(kept[0]) == set(made)


def fill(folder: Path, bodies: Sequence[str]) -> Path:
    """A shard: these texts, taken in and read."""
    with Store.open(folder, create=True) as store:
        store.put_stages(MARKS)
        for body in bodies:
            text = Text.of(body)
            raw = body.encode("utf-8", "surrogatepass")
            sha256 = hashlib.sha256(raw).hexdigest()
            store.put(raw, sha256, [(article(f"{digest(body)}.txt", text, sha256), text)])
            made = claims(text, [text.span(0, 1)])
            store.put_layers(text, [Layer(text.id, mark.name, mark.fingerprint, made) for mark in MARKS])
        judge(store, [Judgement(digest(*bodies), "yes", "A. Editor", "2022-03-16")])
    return folder


def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Everything that merging writes, without the numbers that only keep an order."""
    tables = {
        **dict.fromkeys(("raw", "article", "stage", "layer", "annotation", "judgement"), "*"),
        "text": "id, body",
    }
    return {
        table: store.database.rows(f"SELECT {columns} FROM {table} ORDER BY 1, 2") for table, columns in tables.items()
    }


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(bodies, min_size=1, max_size=3), min_size=3, max_size=3))
def test_shards_merge_in_any_order_twice_or_once_to_the_same_rows(parts: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shards = [fill(folder / f"shard-{number}", part) for number, part in enumerate(parts)]
        merged = []
        for number, order in enumerate(itertools.permutations(shards)):
            with Store.open(folder / f"whole-{number}", create=True) as store:
                for shard in (*order, order[0]):
                    merge(store, shard)
                merged.append(rows(store))
        assert all(one == merged[0] for one in merged)
        assert {row[0] for row in merged[0]["text"]} == {Text.of(body).id for part in parts for body in part}


def test_nothing_goes_on_the_record_without_its_words() -> None:
    span = Evidence("t", 0, 2, "No")
    with pytest.raises(EvidenceError):
        Entry("e", "statement", None, (), (), "No", None, None, None, None, None, {}, (), 1, "published")
    with pytest.raises(EvidenceError):
        Position("a", "i", "demands", None, ())
    with pytest.raises(EvidenceError):
        Difference("d", "number", ("e",), (Value("two", "t", span),))
