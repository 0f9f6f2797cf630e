"""The model and its laws."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import model
from onrecord.errors import ModelError, SpanError, WhenError
from onrecord.model import Name, Span, Statement, Text, When, decode, digest, encode
from onrecord.model.when import limits


@given(st.text(min_size=1), st.data())
def test_a_span_holds_exactly_its_words(body: str, data: st.DataObject) -> None:
    """Offset law: for any text and any place, exact == body[start:end]."""
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    text = Text.of(body)
    span = text.span(start, end)
    assert span.exact == body[start:end] and text.holds(span) and len(span) == end - start


@pytest.mark.parametrize(("start", "end"), [(3, 3), (-1, 2), (0, 99), (4, 2)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    """Offset law: an empty place and a place outside raise."""
    with pytest.raises(SpanError):
        Text.of("Kelvar").span(start, end)


def test_words_that_do_not_fit_their_place_are_refused() -> None:
    """A span cannot hold more words than its place."""
    with pytest.raises(SpanError, match="cannot hold"):
        Span(0, 3, "Kelvar")


def test_an_id_hashes_the_claim_and_not_how_sure_it_is() -> None:
    """Id law: confidence leaves the id alone, every value field changes it."""
    text = Text.of("Anna Berg of Norland")
    one = Name(text=text.id, span=text.span(0, 9), kind="person", name="Anna Berg", confidence=0.5)
    sure = Name(text=text.id, span=text.span(0, 9), kind="person", name="Anna Berg")
    others = (
        Name(text=text.id, span=text.span(0, 4), kind="person", name="Anna Berg"),
        Name(text=text.id, span=text.span(0, 9), kind="place", name="Anna Berg"),
        Name(text=text.id, span=text.span(0, 9), kind="person", name="Anna Berg", country="NO"),
    )
    assert one.id == sure.id
    assert len({sure.id, *(other.id for other in others)}) == 4


def test_a_changed_body_is_a_new_text() -> None:
    """Text law: one letter more is another text."""
    assert Text.of("a").id == Text.of("a").id != Text.of("a ").id


@given(st.lists(st.integers(0, 30), min_size=2, max_size=2, unique=True), st.booleans())
def test_annotations_survive_writing_and_reading(places: list[int], nested: bool) -> None:
    """What is encoded is decoded to the same claim, with the same id."""
    text = Text.of("Anna Berg said that Jon Ek had agreed.")
    start, end = sorted(places)
    span = text.span(start, end)
    inner = Statement(text=text.id, span=span, content=(span,), manner="verbatim", verbatim=(span,))
    outer = Statement(text=text.id, span=span, content=(span, span), speaker=span, inner=(inner,) if nested else ())
    assert decode("statement", encode(outer), text) == outer
    assert decode("statement", encode(outer), text).id == outer.id


@pytest.mark.parametrize(
    ("claim", "values", "says"),
    [
        ("rumour", {}, "no annotation is called"),
        ("name", {"span": [0, 1], "colour": "red"}, "has no colour"),
        ("name", {"span": [0, 1]}, "this is no name"),
        ("name", {"span": [0, 99], "kind": "person", "name": "x"}, "no place in it"),
    ],
)
def test_what_is_no_annotation_is_refused(claim: str, values: dict[str, object], says: str) -> None:
    """A row that was not written by encode raises and says why."""
    with pytest.raises(ModelError, match=says):
        decode(claim, values, Text.of("Kelvar"))


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2022-01-26", "2022-01-26", "2022-01-26"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-12", "2022-12-01", "2022-12-31"),
        ("1999", "1999-01-01", "1999-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
        ("2022-01-09/2022-01-10", "2022-01-09", "2022-01-10"),
        ("2021-12-15~", "2021-12-15", "2021-12-15"),
        ("../2022-01-26", None, "2022-01-26"),
        ("2022-01/..", "2022-01-01", None),
    ],
)
def test_limits_of_a_date(edtf: str, first: str | None, last: str | None) -> None:
    """First and last possible day of an EDTF value."""
    assert limits(edtf) == (first and date.fromisoformat(first), last and date.fromisoformat(last))


@pytest.mark.parametrize("edtf", ["2022-13", "2022-02-30", "yesterday", "../..", "2022-02/2022-01", "0000"])
def test_what_is_no_date_is_refused(edtf: str) -> None:
    """A value outside the calendar, or not EDTF, raises."""
    with pytest.raises(WhenError):
        When.of(edtf, None, "printed")


def test_a_date_has_a_value_or_is_unresolved() -> None:
    """Never a value without a rule, nor limits without a value."""
    assert When.unresolved("on Friday").edtf is None
    with pytest.raises(WhenError):
        When(None, None, None, "on Friday", "printed")
    with pytest.raises(WhenError):
        When(None, date(2022, 1, 1), None, "on Friday", "unresolved")


def test_a_digest_is_canonical() -> None:
    """Equal values give equal ids, whatever the order of keys."""
    assert digest({"a": 1, "b": [2]}) == digest({"b": (2,), "a": 1}) != digest({"a": 1, "b": [3]})


def test_the_model_names_everything_it_offers() -> None:
    """Every name of __all__ exists, in order."""
    assert all(hasattr(model, name) for name in model.__all__)
    assert sorted(model.__all__) == list(model.__all__)
