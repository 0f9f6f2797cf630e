"""Speakers: whose words a source stands for, weighed over the whole text."""

from __future__ import annotations

import math
from importlib.resources import files

import pytest

from onrecord.errors import PluginError
from onrecord.model import Statement, Text
from onrecord.reading.speakers import ranking
from onrecord.reading.speakers.features import Case, kind_of, phrase_of
from onrecord.reading.speakers.parties import Scene
from onrecord.reading.speakers.ranking import ITSELF, NOBODY, SURE_AGREED, SURE_ALONE, SURE_NAMED, Ranked, choose, rank
from tests.test_statements import page_of, read_statements


@pytest.mark.parametrize(
    ("source", "kind", "gender"),
    [
        ("He", "he", "m"),
        ("she herself", "she", "f"),
        ("its", "it", ""),
        ("her spokesman", "person", "m"),
        ("The envoy’s wife", "person", "f"),
        ("an aide in the council", "person", ""),
        ("the Foreign Ministry of Norland", "body", ""),
        ("the second letter of the envoy", "paper", ""),
        ("Norland", "name", ""),
        ("the dockers", "plural", ""),
    ],
)
def test_a_source_is_a_pronoun_or_what_its_head_is(source: str, kind: str, gender: str) -> None:
    assert kind_of(source) == (kind, gender)


@pytest.mark.parametrize(
    ("source", "phrase"),
    [
        ("The spokesman, Jon Ek,", "spokesman"),
        ("Ulan Dorj", "Ulan Dorj"),
        ("the ministry’s", "ministry"),
        ("an aide who asked not to be named", "aide"),
        ("Norland’s harbour office (in Vald)", "Norland’s harbour office"),
    ],
)
def test_what_stands_around_a_noun_phrase_is_left_out(source: str, phrase: str) -> None:
    assert phrase_of(source) == phrase


CASE = Case((3, 7), (("a", "b"), ("a",)), ("c",), frozenset({7}))


def test_the_ranking_adds_up_weights_and_knows_no_unknown_feature() -> None:
    ranked = rank(CASE, {"a": 1.0, "b": 0.5, f"{NOBODY}: c": 0.25})
    total = math.exp(1.5) + math.exp(1) + math.exp(0.25) + 1
    assert ranked.parties == pytest.approx({3: math.exp(1.5) / total, 7: math.exp(1) / total})
    assert (ranked.nobody, ranked.itself) == pytest.approx((math.exp(0.25) / total, 1 / total))


@pytest.mark.parametrize("quoted", [True, False])
def test_each_way_to_name_somebody_has_its_own_bar(quoted: bool) -> None:
    def chosen(sure: float, ruled: int | None, method: str = "pronoun") -> int | str:
        return choose(Ranked({3: sure, 7: 0.0}, 1 - sure, 0.0), CASE, ruled, method, quoted=quoted)

    for ruled, bars, method in ((None, SURE_ALONE, "none"), (3, SURE_AGREED, "pronoun"), (3, SURE_NAMED, "named")):
        assert chosen(bars[quoted] + 0.01, ruled, method) == 3
        assert chosen(bars[quoted] - 0.01, ruled, method) == NOBODY


def test_of_one_bearer_of_an_office_the_ranking_need_not_be_so_sure() -> None:
    ranked = Ranked({3: 0.6, 7: 0.0}, 0.4, 0.0)
    assert choose(ranked, CASE, 3, "office", quoted=True) == 3
    assert choose(ranked, CASE, 3, "pronoun", quoted=True) == NOBODY


def test_quoted_words_ask_for_more() -> None:
    for bars in (SURE_ALONE, SURE_AGREED, SURE_NAMED):
        assert bars[True] > bars[False]


def test_whom_the_source_only_mentions_does_not_speak() -> None:
    assert choose(Ranked({3: 0.0, 7: 1.0}, 0.0, 0.0), CASE, None, "none", quoted=False) == NOBODY
    assert choose(Ranked({3: 0.0, 7: 1.0}, 0.0, 0.0), CASE, 7, "named", quoted=True) == 7


def test_words_that_say_for_themselves_who_speaks() -> None:
    assert choose(Ranked({3: 0.1, 7: 0.1}, 0.1, 0.7), CASE, None, "none", quoted=True) == ITSELF


TALKS = (
    "Foreign Minister Anna Berg of Norland met the Sudmark envoy, Jon Ek, in Vald on Friday.\n\n"
    "“We have read the letter,” Berg said. {first}\n\n{second}"
)


def speakers(text: str) -> list[tuple[str | None, str | None, str]]:
    """Source, speaker and method of each statement."""
    return [
        (s.source[0].exact if s.source else None, s.speaker.exact if s.speaker else None, s.method)
        for s in read_statements(text)
    ]


def test_a_pronoun_of_the_other_gender_is_the_other() -> None:
    text = TALKS.format(first="He said that it was short.", second="She added that the reply would come.")
    assert [(source, speaker) for source, speaker, _ in speakers(text)] == [
        ("Berg", "Berg"),
        ("He", "Jon Ek"),
        ("She", "Berg"),
    ]


def test_an_office_is_who_holds_it_in_this_text() -> None:
    text = TALKS.format(first="", second="The envoy replied that Sudmark would wait.")
    assert ("The envoy", "Jon Ek") in [(source, speaker) for source, speaker, _ in speakers(text)]


def test_a_body_without_a_name_stands_as_it_is_printed() -> None:
    text = "Norland shut the port on Friday. Its railway authority said that no train would run."
    assert speakers(text) == [("Its railway authority", "railway authority", "named")]


def test_a_quotation_in_a_new_paragraph_may_be_the_answer() -> None:
    said = read_statements("“Will you sign?” Jon Ek asked Anna Berg.\n\n“When the letter comes.”\n\nThe talks ended.")
    assert [s.speaker.exact if s.speaker else None for s in said] == ["Jon Ek"]


def test_a_reopened_mark_goes_on() -> None:
    said = read_statements("“We wait,” Jon Ek said. “We have read the letter.\n\n“It is short.”")
    assert {s.speaker.exact for s in said if s.speaker} == {"Jon Ek"}
    assert [s.method for s in said][-1] == "continued"


def test_one_who_is_quoted_is_who_says_i() -> None:
    [said] = read_statements("“I told Karl Holm that the ships would sail,” Jon Ek told reporters on Friday.")
    assert [(one.speaker.exact if one.speaker else None, one.method) for one in said.inner] == [
        ("Jon Ek", "first person")
    ]


def test_a_long_text_is_weighed_in_a_time_that_grows_with_it() -> None:
    """Told by counting: how many places each question looks at does not grow with the text."""
    piece = "Anna Berg met Jon Ek. The envoy said that she was late. He added that Ms Berg was not, she said.\n\n"
    for times in (50, 200):
        scene = Scene(page_of(piece * times))
        for number in (0, 1) * times:
            scene.speaks(number, Text.of(piece * times).span(0, 9))
        assert len(scene.told_before(len(piece) * times)) <= 2
        assert max(len(party.near(len(piece) * times // 2)) for party in scene.parties) <= 36


def test_weights_are_a_table_of_features(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = ranking.read_weights()
    assert len(weights) > 500
    assert weights["gender he m m"] > 0 > weights["gender he m f"]
    monkeypatch.setattr(ranking, "WEIGHTS", "nowhere.tsv")
    with pytest.raises(PluginError, match="install onrecord again"):
        ranking.read_weights.__wrapped__()
    assert files("onrecord.reading.speakers").joinpath("weights.tsv").is_file()


def test_every_speaker_is_a_span_of_the_text() -> None:
    text = TALKS.format(first="Its railway authority said no.", second="They said that it was late.")

    def check(statement: Statement) -> None:
        if statement.speaker is not None:
            assert text[statement.speaker.start : statement.speaker.end] == statement.speaker.exact
        assert (statement.speaker is None) == (statement.method in ("none", "doubtful"))
        for inner in statement.inner:
            check(inner)

    for statement in read_statements(text):
        check(statement)
