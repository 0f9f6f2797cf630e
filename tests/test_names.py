"""Names and offices: drawn cases, and the laws that hold for every text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.lexicon.tables import read_list, read_table
from onrecord.model import Layer, Name, Office, Role, Text
from onrecord.reading.names import Names
from onrecord.reading.names.countries import shares_stem
from onrecord.reading.names.spelling import choose_full_forms
from onrecord.reading.page import Page
from tests.marked import Case, read_cases

CASES = read_cases("names")


def read(body: str, *roles: Role) -> tuple[list[Name], list[Office]]:
    text = Text.of(body)
    page = Page(text, {"roles": Layer(text.id, "roles", "", roles)})
    found = Names().read(page).annotations
    return [a for a in found if isinstance(a, Name)], [a for a in found if isinstance(a, Office)]


def label(name: Name) -> str:
    if name.adjective:
        return "adjective"
    return "placeuse" if name.place_use else name.kind


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_names_and_offices_are_those_drawn_in_the_text(case: Case) -> None:
    names, offices = read(case.text)
    drawn = [(m.start, m.end, m.label, m.value) for m in case.marks if m.label != "office"]
    assert [(n.span.start, n.span.end, label(n), n.name) for n in names] == sorted(drawn), case.says
    titles = [(m.start, m.end, m.value) for m in case.marks if m.label == "office"]
    assert [(o.span.start, o.span.end, o.title) for o in offices] == titles, case.says


def test_an_office_points_at_the_names_it_joins() -> None:
    names, (office,) = read("Norlandic Foreign Minister Anna Berg said that Norland would wait.")
    spans = {name.span: name.name for name in names}
    assert office.of and spans[office.of] == "Norland"
    assert office.holder and spans[office.holder] == "Anna Berg"


def test_a_listed_name_has_its_country_and_an_invented_one_none() -> None:
    names, _ = read("The Kremlin and the Polish government spoke to Norland’s foreign minister.")
    assert [(name.name, name.country) for name in names] == [
        ("Kremlin", "RU"),
        ("Government of Poland", "PL"),
        ("Norland", None),
    ]


def test_no_name_touches_noise() -> None:
    body = "Anna Berg said so.\n\nImage by Norland Press Agency, Vienna, courtesy of Erik Dahl"
    text = Text.of(body)
    credit = Role(text=text.id, span=text.span(20, len(body)), role="credit", why="image by")
    names, _ = read(body, credit)
    assert [name.name for name in names] == ["Anna Berg"]


def test_names_go_on_after_noise_in_the_same_paragraph() -> None:
    body = "Share this. Anna Berg said so."
    text = Text.of(body)
    names, _ = read(body, Role(text=text.id, span=text.span(0, 11), role="residue", why="share line"))
    assert [name.span.exact for name in names] == ["Anna Berg"]


def test_no_name_is_in_an_address() -> None:
    names, _ = read("Anna Berg (@BergNorland) wrote at https://Norland.example/Vienna/Berg today.")
    assert [name.span.exact for name in names] == ["Anna Berg"]


def test_text_too_long_to_be_prose_is_left_unread_and_said_so() -> None:
    text = Text.of("Berg " * 250_000)
    reading = Names().read(Page(text))
    assert not reading.annotations
    assert [reason for _, reason in reading.unread] == ["too long to be prose"]


def test_a_paragraph_of_fifty_thousand_words_is_read() -> None:
    names, _ = read("Norlandic Foreign Minister Anna Berg said that Norland would wait. " * 5_000)
    assert len(names) == 15_000


words = st.sampled_from(
    ["Anna", "Berg", "Norland", "Norlandic", "Moscow", "NATO", "U.S.", "said", "that", "in", "the", "of", "Foreign",
     "Minister", "Ministry", "President", "Treaty", "1999", "Council", "West", "al-Rashid", "@x", "Dr.", "J.", "’s",
     ",", ".", "'", "“", "”", "(", ")", "-", "–", "\n\n"]
)  # fmt: skip


@given(st.lists(words, max_size=40).map(" ".join))
def test_names_never_overlap_and_hold_their_words(body: str) -> None:
    names, offices = read(body)
    text = Text.of(body)
    for name in (*names, *offices):
        assert text.holds(name.span)
        assert not name.span.exact.endswith(("'s", "’s"))
    for one, other in pairwise(names):
        assert one.span.end <= other.span.start
    spans = {name.span for name in names}
    for office in offices:
        assert {span for span in (office.of, office.holder) if span} <= spans


@given(st.text(max_size=200))
def test_any_text_is_read_the_same_twice(body: str) -> None:
    assert Names().read(Page(Text.of(body))) == Names().read(Page(Text.of(body)))


@pytest.mark.parametrize(
    ("adjective", "noun"),
    [("Norlandic", "Norland"), ("Sudmarkian", "Sudmark"), ("Ostravian", "Ostravia"), ("Norlander", "Norland")],
)
def test_an_adjective_shares_its_states_stem(adjective: str, noun: str) -> None:
    assert shares_stem(adjective, noun)
    assert not shares_stem(noun, noun)


def test_a_slip_of_the_pen_is_near_and_another_name_is_not() -> None:
    near = choose_full_forms([("Segrgey Holm", False), ("Sergei Holm", True)])
    assert near["Segrgey Holm"] == "Sergei Holm"
    apart = choose_full_forms([("Sverre Holm", False), ("Sergei Holm", True)])
    assert apart["Sverre Holm"] == "Sverre Holm"


def test_the_form_beside_a_title_is_the_full_one() -> None:
    forms = choose_full_forms([("Segrgey Holm", False), ("Sergei Holm", True), ("S. Holm", False), ("Holm", False)])
    assert set(forms.values()) == {"Sergei Holm"}


@pytest.mark.parametrize(
    "table",
    ["states", "organisations", "bodies", "organs", "places", "offices", "first_names", "name_words", "time_words"],
)
def test_every_row_of_a_word_list_says_where_it_comes_from(table: str) -> None:
    rows = read_table(table)
    assert rows
    assert all(row["source"] for row in rows)


def test_no_name_of_a_state_is_given_to_two() -> None:
    seen: dict[str, str] = {}
    for row in read_table("states"):
        for name in (row["name"], *read_list(row["names"]), *read_list(row["capitals"])):
            assert seen.setdefault(name, row["iso"]) == row["iso"], name
