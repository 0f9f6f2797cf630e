"""Two witnesses of acts: one act of both, what stands around it, and how sure that makes it."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Act, Text
from onrecord.reading.acts.surroundings import Surroundings
from onrecord.reading.acts.trust import features
from onrecord.reading.acts.witnesses import confront
from tests.corpora import act, at

BODY = "Norland demands that the crews go free. “We shall not free them,” Berg said. The talks were held. No."
TEXT = Text.of(BODY)
DEMAND = act("demand", "demands", "Norland demands that the crews go free", "Norland", polarity="want")(TEXT)
REFUSAL = act("answer", "shall not free", "We shall not free them", status="rejected")(TEXT)
NO = act("answer", "No", "No", status="rejected")(TEXT)
SURE = (0.9, 0.9, 0.9, 0.9)


def of(kind: Act, *others: Act) -> frozenset[str]:
    return Surroundings([kind, *others], [at(TEXT, "“We shall not free them,”")]).of(kind)


def test_an_act_of_both_witnesses_is_told_once_with_the_rules_words() -> None:
    heard = replace(REFUSAL, content=(at(TEXT, "We shall not free"),), status="partial", rule="heard")
    [told] = confront([REFUSAL], [(heard, SURE)])
    assert (told.ruled, told.heard) == (REFUSAL, heard)
    assert (told.told.content, told.told.status) == (REFUSAL.content, "rejected")


def test_who_asks_does_not_answer_nor_who_says_that_nobody_has() -> None:
    """ "Norland's demand remains without an answer, Berg regretted": the encoder's answerers are none of it."""
    text = Text.of("Norland's demand remains without an answer, Berg regretted.")
    content = "Norland's demand remains without an answer"
    ruled = act("answer", "without an answer", content, None, "Norland", status="unanswered")(text)
    assert isinstance(ruled, Act)
    for wrong in ("Norland", "Berg"):
        [told] = confront([ruled], [(replace(ruled, by=(at(text, wrong),), to=()), SURE)])
        assert (told.told.by, told.told.to) == ((), ruled.to)


def test_the_second_half_of_a_cue_is_no_act_of_its_own() -> None:
    again = replace(REFUSAL, cue=at(TEXT, "them"), rule="heard")
    first = replace(REFUSAL, rule="heard")
    assert len(list(confront([], [(first, SURE), (again, SURE)]))) == 1


def test_acts_far_apart_are_not_one() -> None:
    body = "They refused. " + "word " * 400 + "They refused."
    text = Text.of(body)
    first = act("answer", "refused", "They refused", status="rejected")(text)
    last = replace(
        first, cue=text.span(len(body) - 8, len(body) - 1), content=(text.span(len(body) - 13, len(body) - 1),)
    )
    assert len(list(confront([first], [(last, SURE)]))) == 2


def test_an_answer_after_a_demand_is_likelier() -> None:
    assert of(REFUSAL, DEMAND) == {"after a demand", "quoted"}
    assert of(REFUSAL) == {"quoted"}
    assert of(DEMAND, REFUSAL) == frozenset()


def test_words_of_two_kinds_and_few_words_are_named() -> None:
    meeting = replace(NO, kind="meeting", status="held")
    assert of(NO, meeting) == {"read otherwise", "few words"}
    assert of(NO) == {"few words"}


def test_what_stands_around_counts_by_kind() -> None:
    named = dict(features(REFUSAL, None, (), frozenset(("quoted",))))
    assert named["answer: quoted"] == 1.0
