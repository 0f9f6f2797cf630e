"""Dates anchored: what a time expression means in an article, and where it means nothing yet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.dates import anchor
from onrecord.model import Text, Timex, When
from onrecord.reading.page import Page
from onrecord.reading.times import Times


def timex_in(sentence: str) -> Timex:
    (found,) = Times().read(Page(Text.of(sentence))).annotations
    assert isinstance(found, Timex)
    return found


def when(sentence: str, published: str | None = None, text: str | None = None) -> When:
    timex = timex_in(sentence)
    known = When.of(published, None, "metadata") if published else None
    return anchor(timex, timex.span.exact, known, When.of(text, None, "bound") if text else None)


@pytest.mark.parametrize(
    ("sentence", "published", "edtf", "rule"),
    [
        ("They met on 14 March 2022.", None, "2022-03-14", "printed"),
        ("They met in mid-December 2021.", None, "2021-12-15~", "printed"),
        ("They met on Monday, February 14.", "2022-02-15", "2022-02-14", "completed"),
        ("They met on December 20.", "2022-01-05", "2021-12-20", "completed"),
        ("They will meet on January 5.", "2021-12-20", "2022-01-05", "completed"),
        ("They met on January 9 and 10.", "2022-01-28", "2022-01-09/2022-01-10", "completed"),
        ("They met on 15 March.", "2022-03-16", "2022-03-15", "completed"),
        ("They met in January.", "2022-02-15", "2022-01", "completed"),
        ("They met in December.", "2022-02-15", "2021-12", "completed"),
        ("They will meet in March.", "2021-12-15", "2022-03", "completed"),
        ("They met in mid-December.", "2022-01-28", "2021-12-15~", "completed"),
        ("They met last December.", "2021-12-15", "2020-12", "completed"),
        ("He said so on Friday.", "2022-01-29", "2022-01-28", "relative"),
        ("He said so on Friday.", "2022-01-28", "2022-01-28", "relative"),
        ("He said so last Friday.", "2022-01-28", "2022-01-21", "relative"),
        ("They will meet on Friday.", "2022-01-26", "2022-01-28", "relative"),
        ("They will meet next Friday.", "2022-01-29", "2022-02-04", "relative"),
        ("They met yesterday.", "2022-03-01", "2022-02-28", "relative"),
        ("They met last week.", "2022-01-28", "2022-01-17/2022-01-23", "relative"),
        ("They met last month.", "2022-01-28", "2021-12", "relative"),
        ("They met two days ago.", "2022-01-01", "2021-12-30", "relative"),
        ("A reply will come in two weeks.", "2022-01-21", "2022-02-04~", "relative"),
        ("It came at the end of last year.", "2022-02-15", "2021-12", "relative"),
        ("It came late last year.", "2022-02-15", "2021-11~", "relative"),
        ("It came at the beginning of the year.", "2022-02-15", "2022-01~", "relative"),
        ("It came earlier this month.", "2022-02-15", "2022-02-01/2022-02-15", "relative"),
        ("It came in the first quarter of last year.", "2022-02-15", "2021-01/2021-03", "relative"),
        ("It came more than two years ago.", "2022-02-15", "../2020", "bound"),
        ("It came about two years ago.", "2022-02-15", "2020~", "relative"),
        ("It came over the weekend.", "2022-02-15", "2022-02-12/2022-02-13", "relative"),
    ],
)
def test_a_date_is_reckoned_from_the_day_of_publication(
    sentence: str, published: str | None, edtf: str, rule: str
) -> None:
    found = when(sentence, published)
    assert (found.edtf, found.rule) == (edtf, rule)


@pytest.mark.parametrize(
    ("sentence", "published"),
    [
        ("They met on Monday, February 14.", None),  # no anchor at all
        ("He said so on Friday.", None),
        ("They met yesterday.", None),
        ("They met on Tuesday, February 14.", "2022-02-15"),  # not a Tuesday in any year near by
        ("Talks on Friday.", "2022-01-26"),  # neither past nor future
        ("They will meet on Friday.", "2022-01-28"),  # printed on a Friday: today or in a week
        ("They will meet next Friday.", "2022-01-26"),  # in two days or in nine
        ("They met on February 14.", "2022-02-01"),  # met, but a fortnight ahead: last year, or a slip
        ("They talked for three days.", "2022-02-01"),
        ("It was recently promised.", "2022-02-01"),
        ("They met on February 29.", "2023-06-01"),  # no such day in the years near by
        ("They met yesterday.", "2022-01"),  # published on some day of January
    ],
)
def test_what_cannot_be_known_stays_unresolved(sentence: str, published: str | None) -> None:
    found = when(sentence, published)
    assert (found.edtf, found.rule) == (None, "unresolved")
    assert found.stated


def test_a_month_of_publication_is_enough_where_every_day_of_it_agrees() -> None:
    assert when("They met last year.", "2022-01").edtf == "2021"
    assert when("They met on 20 December.", "2022-01").edtf == "2021-12-20"


def test_a_year_is_completed_from_the_days_the_exchange_spans() -> None:
    found = when("They met on Monday, February 14.", None, "2021-12-01/2022-03-01")
    assert (found.edtf, found.rule) == ("2022-02-14", "completed")
    assert when("They met in December.", None, "2021-11-20/2022-03-01").edtf == "2021-12"


def test_a_span_with_two_such_days_completes_nothing() -> None:
    assert when("They met on February 14.", None, "2020-12-01/2022-03-01").edtf is None


def test_a_day_later_is_reckoned_from_the_text_alone() -> None:
    assert when("A day later they met again.", "2022-01-28", "2022-01-12").edtf == "2022-01-13"
    assert when("A day later they met again.", "2022-01-28").edtf is None


def test_an_interval_anchors_only_what_holds_for_each_of_its_days() -> None:
    assert when("A day later they met again.", None, "2022-01-09/2022-01-10").edtf is None
    assert when("They met the following year.", None, "2022-01-09/2022-01-10").edtf == "2023"


def test_an_approximate_date_keeps_its_widened_limits() -> None:
    found = when("They met in mid-December.", "2022-01-28")
    assert (found.earliest, found.latest) == (date(2021, 12, 11), date(2021, 12, 20))


SENTENCES = [
    "They met on Friday.", "They will meet on Friday.", "They met on March 3.", "They will meet on March 3.",
    "They met in January.", "They will meet in January.", "They met last week.", "They met two months ago.",
    "They met at the end of last year.", "They met earlier this week.", "They met on January 9 and 10.",
]  # fmt: skip


@given(st.sampled_from(SENTENCES), st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_the_past_is_not_after_publication_nor_the_future_before(sentence: str, published: date) -> None:
    timex = timex_in(sentence)
    found = when(sentence, published.isoformat())
    if found.edtf is None or found.earliest is None or found.latest is None:
        return
    if timex.direction == "past":
        assert found.earliest <= published + timedelta(days=1)
    if timex.direction == "future":
        assert found.latest >= published - timedelta(days=1)
