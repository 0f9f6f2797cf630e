"""One thing in several wordings: what is joined, and what only looks alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.linking import link
from onrecord.linking.wording import content_words
from onrecord.model import Statement, Text
from onrecord.record import build_record
from tests.corpora import Draw, act, article, corpus, name, office, says


def verbatim(said: Draw) -> Draw:
    """A statement that is all in quotation marks."""

    def draw(text: Text) -> Statement:
        statement = said(text)
        assert isinstance(statement, Statement)
        return replace(statement, verbatim=statement.content)

    return draw


def quoted(words: str, **more: Any) -> Draw:
    """A statement of Berg's, all of it in quotation marks."""
    return verbatim(says("Anna Berg", "said", words, **more))


def told(file: str, words: str, *draws: Draw) -> Any:
    body = f"{words} Anna Berg said. {OTHERS[file]}"
    others = (says("Ole Ek", "added", OTHERS[file].split(": ")[1]), name("Ole Ek"), name("Norland", "state"))
    return article(file, body, name("Anna Berg"), quoted(words), *others, *draws)


# What else the articles tell, so that words have a rarity.
OTHERS = {
    "a": "Ole Ek added: the harbour of Norland will be dredged before the winter storms.",
    "b": "Ole Ek added: no ship of Norland has been insured for the crossing since March.",
}


@pytest.mark.parametrize(
    ("one", "two", "joined"),
    [
        (
            "“We should not make hasty judgements, an analysis takes time.”",
            "“The minister has read the letter. It will take some time to analyse it, we will not rush.”",
            True,
        ),
        (
            "“Those who come into our waters with a net and no paper will answer before the court.”",
            "“But anyone who enters our waters with nets and no licence will answer for it in court.”",
            True,
        ),
        (
            "“We will close the strait to foreign trawlers.”",
            "“We will not close the strait to foreign trawlers.”",
            False,
        ),
        ("“The boats leave the strait in April.”", "“The inspectors leave the camp in June.”", False),
        ("“Norland and the League stand together.”", "“Norland owes the League an explanation.”", False),
    ],
    ids=("one sentence, translated twice", "one quotation, translated twice", "denied", "other words", "names alone"),
)
def test_two_wordings_of_one_statement(one: str, two: str, joined: bool) -> None:
    groups = [g for g in link(corpus(told("a", one), told("b", two))).groups if g.kind == "statement"]
    berg = [group for group in groups if any("“" in span.exact for t in group.tellings for span in t.content)]
    assert [len(group.tellings) for group in berg] == ([2] if joined else [1, 1])


TAP = "“We are not touching the tap. Who wants our gas in January should talk to us in December.”"
VALVE = "“We do not touch the valve. He who wants our gas in January, let him speak with us in December.”"


@pytest.mark.parametrize(
    ("words", "speaker", "joined"),
    [
        (VALVE, "the deputy minister", True),
        (VALVE, "the harbour master", False),
        (VALVE, "the former deputy minister", False),
        (VALVE, "the deputy minister of Sudmark", False),
        ("“Those who need our water in June must ask us in May, and no later.”", "the deputy minister", False),
    ],
    ids=["in other words", "another office", "who held it before", "another's", "other words"],
)
def test_what_is_given_to_an_office_is_said_by_who_holds_it(words: str, speaker: str, joined: bool) -> None:
    """ "The deputy minister said": which one, an article that quotes the same tells."""
    known = f"{TAP} Deputy minister Anna Berg said. {OTHERS['a']}"
    unnamed = f"{words} {speaker} said. {OTHERS['b']}"
    holder = office("Deputy minister Anna Berg", "deputy minister", "Anna Berg")
    first = article("a", known, name("Anna Berg"), holder, verbatim(says("Anna Berg", "said", TAP)))
    second = article("b", unnamed, verbatim(says(speaker, "said", words, speaker=None)))
    groups = [group for group in link(corpus(first, second)).groups if group.kind == "statement"]
    assert sorted(len(group.tellings) for group in groups) == ([2] if joined else [1, 1])


def test_of_two_who_hold_an_office_none_is_chosen() -> None:
    """Two deputy ministers: whoever contradicts the other takes up his words."""
    known = f"{TAP} Deputy minister Anna Berg said. {OTHERS['a']}"
    holder = office("Deputy minister Anna Berg", "deputy minister", "Anna Berg")
    first = article("a", known, name("Anna Berg"), holder, verbatim(says("Anna Berg", "said", TAP)))
    unnamed = f"{VALVE} the deputy minister said. {OTHERS['b']}"
    second = article("b", unnamed, verbatim(says("the deputy minister", "said", VALVE, speaker=None)))
    other = office("Deputy minister Ida Holm", "deputy minister", "Ida Holm")
    third = article("c", "Deputy minister Ida Holm left.", name("Ida Holm"), other)
    groups = [group for group in link(corpus(first, second, third)).groups if group.kind == "statement"]
    assert sorted(len(group.tellings) for group in groups) == [1, 1]


def test_one_party_met_two_others() -> None:
    """ "Norland and Sudmark held talks" is no telling of the talks of Norland and Varland."""
    sides = [name(state, "state") for state in ("Norland", "Sudmark")]
    others = [name(state, "state") for state in ("Norland", "Varland")]
    one, two = "Norland and Sudmark held talks on the strait", "Norland and Varland held talks on the strait"
    met = lambda words, a, b: act("meeting", "held", words, a, b, status="held", confidence=0.9)  # noqa: E731
    linked = link(
        corpus(
            article("a", one + ".", *sides, met(one, "Norland", "Sudmark")),
            article("b", two + ".", *others, met(two, "Norland", "Varland")),
        )
    )
    assert [len(group.tellings) for group in linked.groups] == [1, 1]


def test_a_statement_in_two_translations_by_which_a_paper_stands_at_two_points_is_a_difference() -> None:
    one = "“The letter is in the hands of the president, and an analysis takes time.”"
    two = "“The president has read the letter. It will take some time to analyse it, and hands are full.”"
    paper = lambda words, cue, status: act("document", cue, words, status=status, name="the letter", confidence=0.95)  # noqa: E731
    first = told("a", one, paper("The letter is in the hands of the president", "in the hands", "received"))
    second = told("b", two, paper("The president has read the letter", "has read", "read"))
    record = build_record(link(corpus(first, second)))
    found = [[(v.value, v.span.exact) for v in d.values] for d in record.differences if d.slot == "status"]
    assert found == [[("received", "in the hands"), ("read", "has read")]]
    alone = build_record(link(corpus(first)))
    assert not alone.differences


def test_analysis_and_analyse_are_one_word() -> None:
    assert content_words("an analysis") == content_words("to analyse") == content_words("they analyze")
