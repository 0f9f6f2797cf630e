"""References: whom pronouns and descriptions stand for. Names are set by hand: each case tests this stage alone."""

from __future__ import annotations

import time

import pytest

from onrecord.model import Layer, Name, Reference, Text
from onrecord.reading.page import Page
from onrecord.reading.references import References
from tests.test_statements import page_of

CASES = [
    ("Who spoke is who goes on.", "Jon Ek met Karl Holm. He left.", "He", "Jon Ek"),
    ("A name after a preposition is no match for the speaker.", "Jon Ek told Karl Holm no. He left.", "He", "Jon Ek"),
    ("Two subjects and one pronoun: nobody.", "Jon Ek and Karl Holm spoke. He left.", "He", None),
    ("Two who were subjects in turn: the last.", "Jon Ek spoke. Karl Holm refused. He left.", "He", "Karl Holm"),
    (
        "Nobody named only inside a quotation is taken up.",
        "Jon Ek said: “Karl Holm is right.” He left.",
        "He",
        "Jon Ek",
    ),
    (
        "Nobody named in the words said is the one who says them.",
        "Jon Ek spoke. Karl Holm was tired, he said.",
        "he",
        "Jon Ek",
    ),
    ("An unnamed person who came in since may be he.", "Jon Ek spoke. An aide refused. He left.", "He", None),
    ("An apposition is the same person.", "The envoy, Jon Ek, spoke. He left.", "He", "Jon Ek"),
    (
        "The comma's name is the one who does it.",
        "Jon Ek sat. Its envoy, Karl Holm, refused. He left.",
        "He",
        "Karl Holm",
    ),
    ("A title tells the gender.", "Mr Holm spoke to Ms Ek. She left.", "She", "Ek"),
    ("What somebody is called tells the gender.", "Holm met Ek, a businesswoman. She left.", "She", "Ek"),
    ("Before the name.", "The envoy, Jon Ek, met Karl Holm. The envoy said no.", "The envoy", "Jon Ek"),
    ("After the name.", "Jon Ek, the envoy of Sudmark, met Karl Holm. The envoy said no.", "The envoy", "Jon Ek"),
    (
        "A noun that no list of offices has.",
        "Jon Ek, a lawyer from Vald, spoke. The lawyer left.",
        "The lawyer",
        "Jon Ek",
    ),
    (
        "Of a union's head the head is the description.",
        "Talks failed, said the head of the dockers' union, Jon Ek. The head said no.",
        "The head",
        "Jon Ek",
    ),
    (
        "The deputy is not the minister.",
        "Jon Ek, the deputy minister, spoke. The minister said no.",
        "The minister",
        None,
    ),
    (
        "The state tells the one from the other.",
        "The Norland envoy, Jon Ek, met the Sudmark envoy, Karl Holm. The Sudmark envoy said no.",
        "The Sudmark envoy",
        "Karl Holm",
    ),
    (
        "Two envoys: nobody.",
        "The Norland envoy, Jon Ek, met the Sudmark envoy, Karl Holm. The envoy said no.",
        "The envoy",
        None,
    ),
    ("A diplomat is nobody.", "Jon Ek spoke. A diplomat said no.", "A diplomat", None),
    (
        "A spokesman without a name came in since.",
        "The spokesman, Jon Ek, spoke. A spokesman said no. The spokesman left.",
        "The spokesman",
        None,
    ),
    ("Somebody's deputy is not somebody.", "Anna Berg spoke. Her deputy said no.", "Her deputy", None),
    ("Who is the name before.", "He met Jon Ek, who said no.", "who", "Jon Ek"),
    (
        "The head of the foreign ministry is its minister.",
        "Norland Foreign Minister Anna Berg met Karl Holm. The head of the Norland Foreign Ministry said no.",
        "The head of the Norland Foreign Ministry",
        "Anna Berg",
    ),
    ("A body by its noun.", "The Northern Alliance met. The alliance said no.", "The alliance", "Northern Alliance"),
    ("It is the body that spoke.", "Norland said no. It said that talks failed.", "It", "Norland"),
    ("A letter that reads is no body.", "Norland sent a letter. “Come,” it read.", "it", None),
]


@pytest.mark.parametrize(("text", "words", "antecedent"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_reference_stands_for_the_name_it_means_or_for_none(text: str, words: str, antecedent: str | None) -> None:
    """Each sentence is the one that made its rule necessary."""
    found = {r.span.exact: r.antecedent.exact for r in page_of(text).all(Reference)}
    assert found.get(words) == antecedent


def test_a_text_of_one_endless_paragraph_is_read_in_time() -> None:
    """Ten thousand names and pronouns in one paragraph take seconds, not minutes."""
    text = Text.of("Anna Berg said the minister left and he met Anna Berg, the envoy, who said it " * 2500)
    starts = [place for place in range(len(text.body)) if text.body.startswith("Anna Berg", place)]
    names = tuple(Name(text=text.id, span=text.span(s, s + 9), kind="person", name="Anna Berg") for s in starts)
    layers = {"roles": Layer(text.id, "roles", "", ()), "names": Layer(text.id, "names", "", names)}
    begun = time.process_time()
    References().read(Page(text, layers))
    assert time.process_time() - begun < 60
