"""The record: entries, issues, positions, differences and the timeline, from linked tellings."""

from typing import Any

import pytest

from onrecord.errors import EvidenceError
from onrecord.linking import link
from onrecord.model import Difference, Entry, Position, ReportSpans
from onrecord.record import build_record
from tests.corpora import Draw, act, article, corpus, name, noise, office, says
from tests.test_linking import LEAD, _two_demands


def test_an_issue_takes_its_label_from_the_words_of_its_demands() -> None:
    """The asking goes, the thing asked stays; nothing is invented."""
    record = build_record(link(corpus(*_two_demands())))
    assert [issue.label for issue in record.issues] == ["Sudmark withdraw its patrol boats"]
    assert record.issues[0].demands == tuple(e.id for e in record.entries if e.kind == "demand")


@pytest.mark.parametrize(
    ("words", "cue", "label"),
    [
        ("Norland demanded that the crews go free", "demanded", "The crews go free"),
        ("the central demands from Norland", "demands", "The central demands from Norland"),
        ("should not make hasty moves", "should not", "Should not make hasty moves"),
        ("the demand for answers from Norland", "demand", "Answers from Norland"),
        ("Norland's demand of barring Sudmark from the strait", "demand", "Barring Sudmark from the strait"),
    ],
)
def test_a_label_says_what_is_asked_and_never_its_contrary(words: str, cue: str, label: str) -> None:
    """Words that say only whose demand it is, or that it is not to be, are not taken from around it."""
    told = act("demand", cue, words, polarity="want", confidence=0.9)
    [issue] = build_record(link(corpus(article("a", f"{words}.", told)))).issues
    assert issue.label == label


def test_positions_say_who_demands_and_who_answers_how() -> None:
    """Each party's stance on each issue rests on entries; a claim of silence and a refusal stand side by side."""
    record = build_record(link(corpus(*_two_demands())))
    named = {actor.id: actor.name for actor in record.actors}
    assert sorted((named[p.actor], p.stance) for p in record.positions) == [
        ("Norland", "demands"),
        ("Sudmark", "no answer found"),
        ("Sudmark", "rejects"),
    ]


def test_a_rejection_and_a_silence_are_a_difference_of_status() -> None:
    """Two articles tell one answer as two things that exclude each other; both are quoted."""
    record = build_record(link(corpus(*_two_demands())))
    assert [(d.slot, sorted(v.value for v in d.values)) for d in record.differences] == [
        ("status", ["rejected", "unanswered"])
    ]
    assert {v.span.exact for v in record.differences[0].values} == {"rejected", "unanswered"}


def test_a_minister_answers_for_his_state() -> None:
    """ "Sudmark rejected the demand" and "Minister Ole Ek of Sudmark accepted the demand" exclude each other."""
    asked = "Norland demanded that the crews go free"

    def tell(file: str, who: str, verb: str, status: str, *more: Draw) -> Any:
        body = f"{asked}. {who} {verb} the demand."
        demand = act("demand", "demanded", asked, "Norland", polarity="want", confidence=0.9)
        answer = act("answer", verb, f"{who} {verb} the demand", who.split(" of ")[0], status=status, confidence=0.9)
        return article(file, body, name("Norland", "state"), name("Sudmark", "state"), demand, answer, *more)

    ek = (name("Ole Ek"), office("Minister Ole Ek of Sudmark", "Minister", "Ole Ek", "Sudmark"))
    holm = (name("Ida Holm"), office("Speaker Ida Holm of Sudmark", "Speaker", "Ida Holm", "Sudmark"))
    one = tell("a", "Sudmark", "rejected", "rejected")
    two = tell("b", "Minister Ole Ek of Sudmark", "accepted", "accepted", *ek)
    other = tell("c", "Speaker Ida Holm of Sudmark", "rejected", "rejected", *holm)
    assert not build_record(link(corpus(two, other))).differences  # two people of one state may answer otherwise
    found = build_record(link(corpus(one, two))).differences
    assert [(d.slot, sorted(v.value for v in d.values)) for d in found] == [("status", ["accepted", "rejected"])]


def test_numbers_that_differ_in_one_entry_are_a_difference() -> None:
    """ "12 boats" in one outlet and "14 boats" in another, in the same statement."""
    one = "Norland has counted 12 boats in the northern strait this week"
    two = "Norland has counted 14 boats in the northern strait this week"
    record = build_record(
        link(
            corpus(
                article("a", f"Anna Berg said {one}.", name("Anna Berg"), says("Anna Berg", "said", one)),
                article("b", f"Anna Berg said {two}.", name("Anna Berg"), says("Anna Berg", "said", two)),
            )
        )
    )
    assert [(d.slot, [v.value for v in d.values]) for d in record.differences] == [("number", ["12", "14"])]


def _told(file: str, speaker: str, words: str) -> tuple[object, ...]:
    return article(file, f"{speaker} said {words}.", name(speaker), says(speaker, "said", words))


@pytest.mark.parametrize(
    ("one", "two", "found"),
    [
        ("Sudmark still owes 212 million crowns", "the 221 million are an invention", ["212", "221"]),
        ("Sudmark still owes 212 million crowns", "the 240 million are an invention", None),
        ("Sudmark still owes 212 million crowns", "the 221 boats are an invention", None),
        ("Sudmark owes 212 million, not 221 million", "the 221 million are an invention", None),
        ("Sudmark still owes 12 million crowns", "the 21 million are an invention", None),
    ],
    ids=("changed round", "another number", "of another thing", "one article tells both", "too short"),
)
def test_a_number_with_its_digits_changed_round_is_a_difference(one: str, two: str, found: list[str] | None) -> None:
    """Two entries of two articles: what one prints is a slip of the other."""
    record = build_record(link(corpus(_told("a", "Anna Berg", one), _told("b", "Anna Berg", two))))
    assert [[v.value for v in d.values] for d in record.differences if d.slot == "number"] == ([found] if found else [])
    assert all(len(d.entries) == 2 for d in record.differences)
    apart = build_record(link(corpus(_told("a", "Anna Berg", one), _told("b", "Ole Ek", two))))
    assert not apart.differences  # no side in common: another exchange


def test_copies_count_once() -> None:
    """An entry told by an article and its copy has one independent source, and both reports."""
    draws = (name("Anna Berg"), says("Anna Berg", "told", "the patrol boats would leave the strait"))
    record = build_record(link(corpus(article("a", "Boats\n" + LEAD, *draws), article("b", "Strait\n" + LEAD, *draws))))
    assert [(len(e.reports), e.independent_sources) for e in record.entries] == [(2, 1)]
    assert [text.copy_of for text in record.texts] == [None, "t-a"]


def test_who_was_asked_and_did_not_answer() -> None:
    """A demand without any answer in the articles gives the asked party "no answer found", resting on the demand."""
    text = "Norland demanded that Sudmark free the crew of the trawler."
    record = build_record(
        link(
            corpus(
                article(
                    "a",
                    text,
                    name("Norland", "state"),
                    name("Sudmark", "state"),
                    act("demand", "demanded", "that Sudmark free the crew of the trawler", "Norland", "Sudmark"),
                )
            )
        )
    )
    silent = [p for p in record.positions if p.stance == "no answer found"]
    assert [p.entries for p in silent] == [(record.entries[0].id,)]


def test_what_lies_below_the_bar_is_possible_and_not_in_the_timeline() -> None:
    """A doubtful reading is kept apart."""
    weak = says("Anna Berg", "said", "boats would leave", confidence=0.4)
    record = build_record(link(corpus(article("a", "Anna Berg said boats would leave.", name("Anna Berg"), weak))))
    assert [e.certainty for e in record.entries] == ["possible"] and record.timeline == ()


def test_quoted_words_of_doubtful_source_are_possible_and_nobodys() -> None:
    """Also where the words that may be the source are a name that the record knows."""
    weak = says("Anna Berg", "said", "“the boats have left”", confidence=0.7, method="doubtful", speaker=None)
    record = build_record(link(corpus(article("a", "Anna Berg said “the boats have left”.", name("Anna Berg"), weak))))
    (entry,) = record.entries
    assert (entry.certainty, entry.by, entry.reports[0].speaker) == ("possible", (), None)
    assert entry.reports[0].spans.speaker[0].exact == "Anna Berg"


def test_noise_is_sorted_and_disjoint() -> None:
    """Stretches of noise that touch become one."""
    text = "Menu Login\nAnna Berg left.\nImage: Harbour Photo"
    record = build_record(
        link(
            corpus(
                article("a", text, noise("Menu", "residue"), noise("Login", "residue"), noise("Image: Harbour Photo"))
            )
        )
    )
    assert record.texts[0].noise == ((0, 4), (5, 10), (27, 47))


def test_nothing_without_evidence_can_be_constructed() -> None:
    """An entry, a position, a difference and a report without words raise."""
    with pytest.raises(EvidenceError, match="no report"):
        Entry("e-1", "statement", None, (), (), "x", None, None, None, None, None, {}, (), 1, "published")
    with pytest.raises(EvidenceError, match="no entry"):
        Position("a-1", "i-1", "demands", None, ())
    with pytest.raises(EvidenceError, match="two tellings"):
        Difference("d-1", "date", ("e-1",), ())
    with pytest.raises(EvidenceError, match="content"):
        ReportSpans(())


def test_pieces_that_only_a_blank_parts_are_not_shown_as_broken() -> None:
    """ "the ministers “will meet”" runs on; a quotation that "she said" interrupts keeps its break."""
    text = "Anna Berg said the ministers “will meet”. “Soon,” she said, “and in Kelvar.”"
    record = build_record(
        link(
            corpus(
                article(
                    "a",
                    text,
                    name("Anna Berg"),
                    says("Anna Berg", "said", "the ministers", "“will meet”", manner="mixed"),
                    says("she", "said,", "“Soon,”", "“and in Kelvar.”", speaker="Anna Berg", manner="verbatim"),
                )
            )
        )
    )
    assert [entry.content for entry in record.entries] == ["the ministers “will meet”", "“Soon,” […] “and in Kelvar.”"]


def test_who_was_asked_answers_where_the_words_do_not_say() -> None:
    """Silence about what Norland asked of Sudmark is Sudmark's towards Norland, and is said to be implied."""
    body = "Norland asked Sudmark to free the crew. The request to free the crew has gone unanswered."
    answer = act(
        "answer", "has gone unanswered", "The request to free the crew has gone unanswered", status="unanswered"
    )
    asked = act("demand", "asked", "Norland asked Sudmark to free the crew", "Norland", "Sudmark", polarity="want")
    record = build_record(
        link(corpus(article("a", body, name("Norland", "state"), name("Sudmark", "state"), asked, answer)))
    )
    named = {actor.id: actor.name for actor in record.actors}
    [entry] = [entry for entry in record.entries if entry.kind == "answer"]
    assert [[named[actor] for actor in side] for side in (entry.by, entry.to)] == [["Sudmark"], ["Norland"]]
    assert entry.attributes["implied"] == ["by", "to"]
