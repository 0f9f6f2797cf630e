"""Who held an office: by state, title and date; several are candidates, and nobody is chosen."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.offices import answer
from onrecord.linking.offices import COLLECTED, find_holders
from onrecord.linking.titles import key_of


def on(day: str) -> tuple[date, date]:
    return date.fromisoformat(day), date.fromisoformat(day)


@pytest.mark.parametrize(
    ("country", "title", "day", "holder"),
    [
        ("RU", "Foreign Minister", "2022-01-26", "Q58217"),
        ("GB", "foreign secretary", "2003-05-01", "Q311278"),
        ("US", "Secretary of State", "2014-03-03", "Q22316"),
        ("FR", "president", "2010-01-01", "Q329"),
        ("JP", "prime minister", "2013-01-01", "Q132345"),
    ],
)
def test_one_holder_is_the_answer(country: str, title: str, day: str, holder: str) -> None:
    assert [term.wikidata for term in find_holders(country, title, on(day))] == [holder]


def test_on_the_day_of_a_change_both_are_candidates() -> None:
    """Jack Straw followed Robin Cook on 8 June 2001."""
    found = {term.holder for term in find_holders("GB", "foreign secretary", on("2001-06-08"))}
    assert found == {"Robin Cook", "Jack Straw"}


def test_an_interval_over_a_change_has_two_candidates() -> None:
    found = find_holders("GB", "foreign secretary", (date(2001, 1, 1), date(2001, 12, 31)))
    assert len(found) == 2


def test_after_the_gazetteer_was_collected_nobody_is_known() -> None:
    assert not find_holders("RU", "Foreign Minister", (COLLECTED.replace(year=2024), COLLECTED.replace(year=2024)))


def test_a_state_that_the_gazetteer_lacks_has_no_holders() -> None:
    assert not find_holders("DE", "chancellor", on("2010-01-01"))


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Minister of Foreign Affairs", "foreign minister"),
        ("Secretary of State for Foreign and Commonwealth Affairs", "foreign minister"),
        ("Federal Minister of Health, Labour and Welfare", "health minister"),
        ("the Defense Secretary", "defence minister"),
        ("top diplomat", "foreign minister"),
    ],
)
def test_titles_of_one_office_have_one_key(title: str, key: str) -> None:
    assert key_of(title)[0] == key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The former Russian foreign minister spoke.", "The former Russian foreign minister"),
        ("The next Russian foreign minister will speak.", "The next Russian foreign minister"),
        ("The deputy Russian foreign minister spoke.", "deputy Russian foreign minister"),
        ("The foreign ministers of Russia and China spoke.", "foreign ministers of Russia"),
        ("The Russian foreign minister's spokeswoman answered.", "The Russian foreign minister"),
    ],
)
def test_others_than_the_holder_are_never_answered(text: str, words: str) -> None:
    assert answer({"id": "t", "text": text, "words": words, "published": "2021-03-03"}) == []


def test_a_date_in_the_sentence_says_when_the_office_is_meant() -> None:
    probe = {
        "id": "t",
        "text": "In March 1999 the British foreign secretary spoke.",
        "words": "the British foreign secretary",
    }
    assert answer({**probe, "published": "2021-03-03"}) == ["Q311214"]
