"""The modes of event data: what is asked for, refused and agreed to, and how a meeting was held."""

from __future__ import annotations

import pytest

from onrecord.faces.events.modes import find_mode
from onrecord.faces.events.tables import read_table
from tests.told import actor_of, coded, hold, rows, tell


@pytest.mark.parametrize("row", read_table("modes"), ids=lambda row: row["sentence"])
def test_the_sentence_of_each_rule_of_modes_is_read_by_it(row: dict[str, str]) -> None:
    """The sentence that made a rule necessary has its mode and code, as a demand."""
    words = row["sentence"]
    cue = next(cue for cue in ("demanded", "called for", "asked", "urged", "told") if cue in words)
    assert coded(tell("demand", words, cue)) == [("REQUEST", row["mode"], row["ask"] or "100")]


@pytest.mark.parametrize(
    ("words", "cue", "mode", "code"),
    [
        ("Sudmark refused to withdraw its troops.", "refused", "yield", "1246"),
        ("Sudmark rejected the demand for the release of the crew.", "rejected", "yield", "1243"),
        ("Sudmark rejected talks with Norland.", "rejected", "meet", "125"),
        ("Sudmark turned down the offer of talks.", "turned down", "meet", "125"),
        ("Sudmark rejected Norland's plan to withdraw its troops.", "rejected", "", "120"),
        ("Sudmark rejected the offer to withdraw.", "rejected", "", "120"),
        ("Sudmark refused to say when the talks will resume.", "refused", "", "120"),
    ],
)
def test_the_mode_of_a_refusal_is_what_is_refused(words: str, cue: str, mode: str, code: str) -> None:
    """Who rejects another's plan to withdraw refuses no withdrawal, and talks of something else are not refused."""
    assert coded(tell("answer", words, cue, status="rejected")) == [("REJECT", mode, code)]


@pytest.mark.parametrize(
    "words",
    [
        "demanded that Sudmark not withdraw its troops",
        "demanded that Sudmark explain why it would release the men",
        "demanded the footage of the release of the crew",
        "demanded that Sudmark release the list of the crew",
        "demanded no talks",
        "demanded that Sudmark meet its obligations",
        "asked the observers to leave",
        "called for the talks venue to be named",
        "asked Sudmark to refrain from lifting the sanctions",
        "demanded an apology",
        "demanded",
    ],
)
def test_words_that_do_not_decide_leave_the_mode_empty(words: str) -> None:
    """A word of the list that is not what is asked for decides nothing."""
    start = len("called for" if words.startswith("called for") else words.split()[0])
    assert find_mode(words, start) is None


def test_an_answer_without_words_of_its_own_has_the_mode_of_its_demand() -> None:
    """What "yes" agrees to stands in the demand."""
    demand = tell("demand", "Norland demanded that Sudmark lift the sanctions.", "demanded")
    for status, expected in (("accepted", ("AGREE", "yield", "050")), ("rejected", ("REJECT", "yield", "1244"))):
        answer = tell("answer", "Sudmark had its answer ready.", entry="e2", status=status, answers="e1")
        assert coded(demand, answer)[1] == expected


def test_item_of_a_list_has_its_mode_without_a_cue() -> None:
    """Where the word of asking stands elsewhere, the passage is read from its beginning."""
    assert coded(tell("demand", "the release of all nineteen fishermen"))[0][1:] == ("yield", "1053")


@pytest.mark.parametrize(("words", "cue"), [("Ek visited Berg.", "visited"), ("Berg received Ek.", "received")])
def test_the_visitor_is_the_actor_and_the_host_the_recipient(words: str, cue: str) -> None:
    """Whoever stands first in the sentence: in ICEWS the one makes a visit (042) and the other hosts it (043)."""
    by, to = ("ek", "berg") if cue == "visited" else ("berg", "ek")
    record = hold(tell("meeting", words, cue, status="held", by=(by,), to=(to,)))
    (row,) = rows("plover", record)
    assert (row["Event Mode"], row["Actor Name"], row["Recipient Name"]) == ("visit", "Jon Ek", "Anna Berg")
    found = [(row["Source Name"], row["CAMEO Code"], row["Target Name"]) for row in rows("cameo", record)]
    assert found == [("Jon Ek", "042", "Anna Berg"), ("Anna Berg", "043", "Jon Ek")]


def test_how_a_meeting_was_held() -> None:
    """By phone where the words say so, many-sided in a forum, in a third country where all countries are known."""
    both = {"status": "held", "by": ("norland",), "to": ("sudmark",)}
    assert coded(tell("meeting", "Both spoke by phone.", **both)) == [("CONSULT", "phone", "041")]
    assert coded(tell("meeting", "Both met.", forum="league", **both)) == [("CONSULT", "multilateral", "040")]
    assert coded(tell("meeting", "The negotiations took place.", **both)) == [("CONSULT", "", "046")]
    told = tell("meeting", "Both met in Vessel.", place="vessel", **both)
    assert coded(told) == [("CONSULT", "", "040")]
    countries = {"norland": "NO", "sudmark": "SE", "vessel": "AT"}
    known = tuple(actor_of(id_, country=country) for id_, country in countries.items())
    (row,) = rows("plover", hold(told, actors=known))
    assert (row["Event Mode"], row["Placename"], row["Country"]) == ("third-party", "Vessel", "AUT")
