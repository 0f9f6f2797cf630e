"""Names that no list knows: bodies known by speaking, and what the encoder sees. Sources and names are set by hand."""

from __future__ import annotations

import pytest

import onrecord
from onrecord.encoder import Named
from onrecord.model import Name, Text
from onrecord.reading.names.seen import Seen, claim_seen, place_seen, seen_states, seen_surnames
from onrecord.reading.names.speaking import claim_speaking
from onrecord.reading.names.titles import find_titles
from onrecord.reading.names.tokens import Claim, Sheet, read_tokens
from onrecord.reading.page import Page


def sheet_of(body: str) -> Sheet:
    return Sheet(read_tokens(Page(Text.of(body))), body)


def claims(sheet: Sheet) -> list[tuple[str, str]]:
    return [(claim.kind, claim.name) for claim in sheet.claims()]


def speak(body: str, *sources: str, sheet: Sheet | None = None) -> list[tuple[str, str]]:
    """What is claimed of sources, each the next occurrence of its words."""
    sheet, text = sheet or sheet_of(body), Text.of(body)
    spans, at = [], 0
    for words in sources:
        start = body.index(words, at)
        at = start + len(words)
        spans.append(text.span(start, at))
    claim_speaking(sheet, spans)
    return claims(sheet)


# Bodies that speak


@pytest.mark.parametrize(
    ("body", "source", "name"),
    [
        ("It was late, the palace said.", "the palace", "palace"),
        ("It was late, Mornay’s government said.", "Mornay’s government", "Mornay’s government"),
        ("It was late, the government of Mornay said.", "the government of Mornay", "government of Mornay"),
        ("The Mission of Good Offices said no.", "The Mission of Good Offices", "Mission of Good Offices"),
    ],
)
def test_what_a_state_has_is_a_body_where_it_speaks(body: str, source: str, name: str) -> None:
    assert speak(body, source) == [("body", name)]


def test_a_capital_within_a_sentence_makes_a_speaker_an_organisation() -> None:
    assert speak("On Friday Oltania asked for time.", "Oltania") == [("organisation", "Oltania")]


@pytest.mark.parametrize(
    ("body", "source"),
    [
        ("Farmers had been demanding it. Norland waits.", "Farmers"),
        ("Sailors said the harbour was closed.", "Sailors"),
        ("Oltania asked for time.", "Oltania"),
    ],
)
def test_a_capital_that_is_the_sentences_names_nobody(body: str, source: str) -> None:
    """ "Farmers had been demanding it": people, no body called Farmers; met within a sentence, too, it is a name."""
    assert speak(body, source) == []
    assert speak(f"{body} He knew {source}.", source) == [("organisation", source)]


@pytest.mark.parametrize(
    "source",
    [
        "officials",
        "a ministry",
        "another council",
        "he",
        "the newspaper",
        "Foreign Minister Anna Berg",
        "Vice-President Lira Tolm",
        "the Minister",
        "the Union for the Release of the Very Many Men Of The Boats",
    ],
)
def test_titles_pronouns_and_anybody_are_no_names(source: str) -> None:
    """ "a ministry" may be any, "the newspaper" is left to references, and a title is an office."""
    assert speak(f"It was late, {source} said.", source) == []


@pytest.mark.parametrize("rest", [", which waits,", " in Vald", " – a new body –", " (HO)", " who met", ": a new body"])
def test_a_body_ends_before_what_is_told_of_it(rest: str) -> None:
    assert speak(f"It was late, the Harbour Congress{rest} said.", f"the Harbour Congress{rest}") == [
        ("body", "Harbour Congress")
    ]


def test_a_short_form_is_left_to_references() -> None:
    """ "The council" after the Council of Ports is that council, no other body."""
    body = "It was late, the Council of Ports said. It was early, the council said."
    assert speak(body, "the Council of Ports", "the council") == [("body", "Council of Ports")]
    assert speak("It was late, the council said.", "the council") == [("body", "council")]


def test_a_name_within_a_bodys_name_is_no_party_of_its_own() -> None:
    """ "Mornay's government" is one body; what was claimed of Mornay alone is taken back, and put back nowhere."""
    body = "It was late, Mornay’s government said."
    sheet = sheet_of(body)
    place = next(i for i, token in enumerate(sheet.tokens) if token.word == "Mornay")
    assert sheet.claim(Claim(place, place + 1, "state", "Mornay", "test"))
    assert speak(body, "Mornay’s government", sheet=sheet) == [("body", "Mornay’s government")]


def test_what_is_claimed_is_not_claimed_again() -> None:
    body = "It was late, the Harbour Congress said."
    sheet = sheet_of(body)
    place = next(i for i, token in enumerate(sheet.tokens) if token.word == "Congress")
    assert sheet.claim(Claim(place - 1, place + 1, "organisation", "Harbour Congress", "test"))
    assert speak(body, "the Harbour Congress", sheet=sheet) == [("organisation", "Harbour Congress")]


def test_a_source_across_paragraphs_names_nobody() -> None:
    assert speak("It was Oltan\n\nHarbour Board said.", "Oltan\n\nHarbour Board") == []


# What the encoder sees


def see(body: str, *names: tuple[str, str], sure: float = 0.95) -> tuple[Sheet, tuple[Seen, ...]]:
    """The sheet of a text and what is placed on it of names, each the next occurrence of its words."""
    sheet, text = sheet_of(body), Text.of(body)
    given, at = [], 0
    for words, kind in names:
        start = body.index(words, at)
        at = start + len(words)
        given.append(Named(text.span(start, at), kind, sure))
    return sheet, place_seen(sheet, given)


def claimed(body: str, *names: tuple[str, str], sure: float = 0.95) -> list[tuple[str, str]]:
    sheet, seen = see(body, *names, sure=sure)
    titles = find_titles(sheet)
    claim_seen(sheet, seen, "person", titles)
    claim_seen(sheet, seen, "organisation", titles)
    return claims(sheet)


@pytest.mark.parametrize(
    ("body", "words", "name"),
    [
        ("It came from Lira Tolm’s aide.", "Lira Tolm’s", "Lira Tolm"),
        ("It came from Lira Tolm's aide.", "Lira Tolm's", "Lira Tolm"),
        ("It came from “Lira Tolm”.", "“Lira Tolm”", "Lira Tolm"),
        ("It came from Foreign Minister Lira Tolm.", "Foreign Minister Lira Tolm", "Lira Tolm"),
    ],
)
def test_a_name_is_placed_without_titles_marks_and_endings(body: str, words: str, name: str) -> None:
    assert claimed(body, (words, "person")) == [("person", name)]


def test_a_name_of_one_word_must_be_surer() -> None:
    assert claimed("He met Lira Tolm.", ("Lira Tolm", "person"), sure=0.75) == [("person", "Lira Tolm")]
    assert claimed("He met Lira Tolm.", ("Lira Tolm", "person"), sure=0.65) == []
    assert claimed("He met Tolm.", ("Tolm", "person"), sure=0.75) == []
    assert claimed("He met Tolm.", ("Tolm", "person"), sure=0.95) == [("person", "Tolm")]


def test_a_word_that_is_a_person_here_and_something_else_there_is_nobody() -> None:
    """ "He met Torvik. Talks in Torvik": seen as a person once of twice it may be the town."""
    body = "He met Torvik. There were talks in Torvik."
    assert claimed(body, ("Torvik", "person")) == []
    assert claimed(body, ("Torvik", "person"), ("Torvik", "person")) == [("person", "Torvik")] * 2


@pytest.mark.parametrize("kind", ["person", "organisation"])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The Secretary of State came.", "Secretary of State"),
        ("He met the Foreign Minister there.", "Foreign Minister"),
        ("He met the lower house there.", "lower house"),
        ("He met the Borovian there.", "Borovian"),
        ("He met Lira\n\nTolm there.", "Lira\n\nTolm"),
    ],
)
def test_titles_small_words_and_peoples_are_no_names(body: str, words: str, kind: str) -> None:
    assert claimed(body, (words, kind)) == []


def test_a_line_of_words_is_no_person() -> None:
    assert claimed("He met Ana Bo Cira Dun Efa Gil Hov.", ("Ana Bo Cira Dun Efa Gil Hov", "person")) == []


def test_what_is_seen_hints_at_surnames_and_states() -> None:
    sheet, seen = see(
        "Later Lira Tolm met Ek in Mornay.", ("Lira Tolm", "person"), ("Ek", "person"), ("Mornay", "state")
    )
    assert list(seen_surnames(sheet, seen)) == ["Tolm"]
    assert seen_states(sheet, seen) == {"Mornay"}


# All together, with the shipped network


def test_a_body_known_by_speaking_is_named_and_its_title_is_not() -> None:
    body = "The talks were late. “We will wait for the reply,” the Mornay Harbour Congress said on Friday."
    names = [a for layer in onrecord.read(body) for a in layer.annotations if isinstance(a, Name)]
    assert "Mornay Harbour Congress" in [name.name for name in names]
    body = "The talks were late. “We will wait for the reply,” the foreign minister said on Friday."
    assert not [a for layer in onrecord.read(body) for a in layer.annotations if isinstance(a, Name)]
