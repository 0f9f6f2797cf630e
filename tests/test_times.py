"""Time expressions: drawn cases, and the laws that hold for every text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon.parts import part_of_month, part_of_year
from onrecord.model import Layer, Role, Text, Timex
from onrecord.model.when import limits
from onrecord.reading.page import Page
from onrecord.reading.times import Times, all_rules
from onrecord.reading.times.draft import Rule
from tests.marked import Case, Mark, read_cases

CASES = read_cases("times")
RULES = all_rules()
TYPES = {"time": "TIME", "duration": "DURATION", "set": "SET"}


def read(body: str, *roles: Role) -> tuple[Timex, ...]:
    text = Text.of(body)
    found = Times().read(Page(text, {"roles": Layer(text.id, "roles", "", roles)})).annotations
    return tuple(timex for timex in found if isinstance(timex, Timex))


def drawn_as(timex: Timex, mark: Mark) -> object:
    """What the mark speaks of: the EDTF value of what is printed whole, else the TIMEX3 value with its type."""
    if mark.label == "printed":
        return timex.edtf
    if mark.label in ("past", "future"):
        return timex.value if timex.direction == mark.label else f"{timex.value} ({timex.direction})"
    return timex.value if timex.type == TYPES.get(mark.label, "DATE") else f"{timex.value} ({timex.type})"


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_times_are_those_drawn_in_the_text(case: Case) -> None:
    found = read(case.text)
    assert [t.span.exact for t in found] == [case.text[m.start : m.end] for m in case.marks], case.says
    assert [(t.span.start, drawn_as(t, m)) for t, m in zip(found, case.marks, strict=True)] == [
        (m.start, m.value) for m in case.marks
    ], case.says


@pytest.mark.parametrize(
    ("words", "unit", "shift", "anchor"),
    [
        ("It came yesterday.", "day", -1, "published"),
        ("It came last week.", "week", -1, "published"),
        ("It came three years ago.", "year", -3, "published"),
        ("It came the following month.", "month", 1, "text"),
        ("It came a day later.", "day", 1, "text"),
        ("It came two weeks earlier.", "day", -14, "text"),
        ("It came the same day.", "day", 0, "text"),
        ("It came at the end of last year.", "year", -1, "published"),
    ],
)
def test_a_relative_time_says_how_to_reckon_it(words: str, unit: str, shift: int, anchor: str) -> None:
    (timex,) = read(words)
    assert (timex.unit, timex.shift, timex.anchor, timex.edtf) == (unit, shift, anchor, None)


def test_a_weekday_beside_a_day_of_month_is_kept_for_linking() -> None:
    (timex,) = read("He said so on Monday, February 14.")
    assert timex.weekday == 1


def test_no_time_is_read_in_noise() -> None:
    body = "He said so.\n\nPublished 14 March 2022"
    text = Text.of(body)
    assert not read(body, Role(text=text.id, span=text.span(13, len(body)), role="byline", why="published"))


def test_a_sentence_too_long_to_be_one_is_left_unread_and_said_so() -> None:
    reading = Times().read(Page(Text.of("2022 " * 250_000)))
    assert not reading.annotations
    assert [reason for _, reason in reading.unread] == ["too long to be a sentence"]


words = st.sampled_from(
    ["14", "31", "March", "February", "May", "2022", "1999", "2022-02-30", "14.03.2022", "Monday", "last", "next", "in",
     "on", "week", "years", "two", "a", "ago", "later", "the", "end", "of", "1.5", "hours", "10", "a.m.", ",", ".", "-",
     "–", "early", "mid", "said", "will", "quarter", "century", "3/4/2022", "16:00", "every", "and a half", "time"]
)  # fmt: skip


@given(st.lists(words, max_size=30).map(" ".join))
def test_times_never_overlap_and_keep_their_laws(body: str) -> None:
    found = read(body)
    for timex in found:
        assert Text.of(body).holds(timex.span)
        assert (timex.edtf is None) or timex.anchor == "none"
        if timex.edtf and not timex.edtf.endswith("~"):
            assert (timex.earliest, timex.latest) == limits(timex.edtf)
    for one, other in pairwise(found):
        assert one.span.end <= other.span.start


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_read_without_an_error(body: str) -> None:
    assert read(body) == read(body)


@given(st.integers(1000, 2100), st.integers(1, 12), st.sampled_from(["START", "MID", "END"]))
def test_the_value_of_a_part_lies_within_its_limits(year: int, month: int, mod: str) -> None:
    for part in (part_of_month(year, month, mod), part_of_year(year, mod, at_edge=month > 6)):
        first, last = limits(part.edtf)
        assert first and last
        assert part.limits[0] <= first <= last <= part.limits[1]


@pytest.mark.parametrize("rule", [r for r in RULES if r.clue], ids=lambda rule: rule.name)
def test_where_a_rule_matches_its_clue_stands(rule: Rule) -> None:
    """A sentence without the clue is not searched, so nothing may match there."""
    assert rule.clue is not None
    for case in CASES:
        for match in rule.pattern.finditer(case.text):
            low = match[0].lower()
            assert any(c.isdigit() for c in low) if rule.clue == ("#",) else any(word in low for word in rule.clue)


def test_most_rules_that_have_a_clue_are_tried_by_a_case() -> None:
    tried = {rule.name for rule in RULES if rule.clue for case in CASES if rule.pattern.search(case.text)}
    assert len(tried) > len({rule.name for rule in RULES if rule.clue}) / 2


@pytest.mark.parametrize(
    "body",
    [
        "They met on 31 February 2022, on 30.02.2022, on 2022-02-31 and on 00.00.2022.",
        "It was the 31st of April, June 31 or September 31, 2021.",
        "They met on the 32nd, the 0th and the 45th of May.",
        "Seen in the year 999, in 2101, in 9999 and in 0000.",
        "It is 13/13/2021, 32/01/2021, 29/02/2021, 2022-13 or 2022-W60.",
        "They won 3-2, 2-1 and 21-17, and lost 6-3 3-6.",
        "It costs $2022, 1999 euros, 2,022 lei and 12.5.2 units.",
        "Call 1800-2015, +44 2022 1999, 555-2012 or extension 1997.",
        "Flight 1975, box 1993, room 2024, page 2011 and the 1,700 boats.",
        "At 25:00, 6:75 and 24:61 it rained.",
    ],
)
def test_what_is_no_date_gets_no_value(body: str) -> None:
    """Days the calendar does not have, years out of reach, and numbers that only look like dates."""
    assert read(body) == ()


def test_the_edges_of_the_calendar_are_kept() -> None:
    found = read("From 1 January 1000 to 31 December 2100, and on 29 February 2020 and 29/02/2024.")
    assert [timex.edtf for timex in found] == ["1000-01-01", "2100-12-31", "2020-02-29", "2024-02-29"]
