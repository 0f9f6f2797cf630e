"""Quotation marks: every kind is paired, and an odd one never loses the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Text
from onrecord.reading.quotemarks import Quotation, find_quotations
from onrecord.reading.sentences import find_paragraphs
from tests.marked import Case, read_cases


def _quotations(body: str) -> tuple[Quotation, ...]:
    text = Text.of(body)
    return find_quotations(text, find_paragraphs(text))


@pytest.mark.parametrize("case", read_cases("quotemarks"), ids=lambda case: case.says)
def test_outermost_quotations_are_those_marked(case: Case) -> None:
    found = [(q.span.start, q.span.end) for q in _quotations(case.text) if q.depth == 0]
    marked = sorted(case.spans("quotation") + case.spans("open") + case.spans("continues"))
    assert found == marked


@pytest.mark.parametrize("case", read_cases("quotemarks"), ids=lambda case: case.says)
def test_what_is_never_closed_says_so(case: Case) -> None:
    found = {(q.span.start, q.span.end) for q in _quotations(case.text) if not q.closed and not q.continues}
    assert found == set(case.spans("open"))


@pytest.mark.parametrize("case", read_cases("quotemarks"), ids=lambda case: case.says)
def test_what_goes_on_from_the_paragraph_before_says_so(case: Case) -> None:
    assert [(q.span.start, q.span.end) for q in _quotations(case.text) if q.continues] == case.spans("continues")


def test_a_quotation_inside_another_has_depth_one() -> None:
    outer, inner = _quotations("“Ek told me ‘no’ and left,” Berg said.")
    assert (outer.depth, inner.depth, inner.inner.exact) == (0, 1, "no")


def test_inner_words_are_those_between_the_marks() -> None:
    assert [q.inner.exact for q in _quotations("“We wait,” and ``we see''")] == ["We wait,", "we see"]


@given(st.text(alphabet="ab .,\n\"“”„‟«»‹›‘’‚'`″", max_size=60))
def test_any_order_of_marks_gives_spans_that_hold(body: str) -> None:
    text = Text.of(body)
    paragraphs = find_paragraphs(text)
    for quotation in find_quotations(text, paragraphs):
        assert text.holds(quotation.span) and text.holds(quotation.inner)
        assert quotation.span.covers(quotation.inner)
        assert any(p.covers(quotation.inner) or p.covers(quotation.span) for p in paragraphs)


@pytest.mark.parametrize(
    "hostile", ['"' * 20_000, "“" * 20_000, "“a” " * 20_000, "“" + ", Ek Ek Ek" * 20_000, "‘a " * 20_000]
)
def test_thousands_of_marks_in_one_paragraph_stay_quick(hostile: str) -> None:
    start = time.perf_counter()
    _quotations(hostile)
    assert time.perf_counter() - start < 5
