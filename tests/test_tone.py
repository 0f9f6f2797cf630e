"""Tone: whether what is said denies, and whether it tells of what is, will be or might be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Text
from onrecord.model.annotation import CueClass, Modality
from onrecord.reading.statements.tone import tone_of


def tone(*pieces: str, cue_class: CueClass = "say") -> tuple[bool, Modality]:
    texts = [Text.of(piece) for piece in pieces]
    return tone_of([text.span(0, len(text.body)) for text in texts], cue_class)


@pytest.mark.parametrize(
    ("content", "negated", "modality"),
    [
        ("the talks failed", False, "real"),
        ("that nothing was lost", True, "real"),
        ("that the treaty is no longer in force", True, "real"),
        ("that they can't come", True, "real"),
        ("“We did not sign,”", True, "real"),
        ("that Norland will wait", False, "future"),
        ("that Norland won’t wait", True, "future"),
        ("that they’ll come", False, "future"),
        ("that Ek was going to leave", False, "future"),
        ("to sign the treaty", False, "future"),
        ("that it could not wait", True, "hypothetical"),
        ("that the letter would come", False, "hypothetical"),
        ("whether the letter came", False, "hypothetical"),
        ("if the letter came", False, "hypothetical"),
        ("that the notion of an annotated map was odd", False, "real"),
        ("that Ek shouldered the mighty load", False, "real"),
    ],
)
def test_the_first_clause_says_whether_it_denies_and_of_what_it_tells(
    content: str, negated: bool, modality: Modality
) -> None:
    """Whole words count: "notion" denies nothing, and "shouldered" supposes nothing."""
    assert tone(content) == (negated, modality)


@pytest.mark.parametrize("mark", [";", ".", ":", "!", "?"])
def test_a_later_clause_does_not_count(mark: str) -> None:
    assert tone(f"that the talks were over{mark} they will never go on") == (False, "real")
    assert tone("that the talks were over, which will never do") == (False, "real")
    assert tone("that the talks had been held in the old harbour town on the northern shore and will never end") == (
        False,
        "real",
    )


def test_a_comma_near_the_start_ends_no_clause() -> None:
    """ "That, he said, will not do" has its verb after the commas."""
    assert tone("“That, friends, will not do,”") == (True, "future")


@pytest.mark.parametrize("cue_class", ["demand", "promise", "threaten"])
def test_what_is_demanded_promised_or_threatened_lies_ahead(cue_class: CueClass) -> None:
    """Also where its words do not say so: "demanded the release of the men"."""
    assert tone("the release of the men", cue_class=cue_class) == (False, "future")
    assert tone("the release of the men") == (False, "real")
    assert tone("that the men might leave", cue_class=cue_class)[1] == "hypothetical"


def test_pieces_are_read_as_one_sentence() -> None:
    """A quotation broken by its cue clause has its negation in the second half."""
    assert tone("“We", "will not wait”") == (True, "future")


@pytest.mark.parametrize("content", ["that Norland won the vote", "that the talks were held in May"])
def test_words_that_only_look_like_verbs_of_the_future_say_nothing(content: str) -> None:
    assert tone(content) == (False, "real")


@given(st.text(min_size=1, max_size=600))
def test_any_words_have_a_tone(words: str) -> None:
    negated, modality = tone(words)
    assert negated in (True, False)
    assert modality in ("real", "future", "hypothetical")
