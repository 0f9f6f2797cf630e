"""The paper trail: stages of one paper, replies and what they answer, the order of stages and how it is shown."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from onrecord.faces.commands import onrecord
from onrecord.faces.page.cards import make_card
from onrecord.faces.page.index import Index
from onrecord.faces.page.sections import make_papers
from onrecord.faces.rows import Filter, PaperRow, make_rows
from onrecord.faces.tables import make_table
from onrecord.linking import link
from onrecord.linking.paper_names import kind_of_paper
from onrecord.model import Act, Entry, Record, Text, Timex, When
from onrecord.record import build_record
from onrecord.record.papers import trace_papers
from tests.corpora import Draw, article, corpus, name
from tests.records import keep_record, make_record
from tests.test_brief import brief, show

STATES = ("Norland", "Sudmark", "Varland")
Told = tuple[str, dict[str, Any]]


def paper(words: str, status: str | None, cue: str, by: str | None, to: str | None = None, **more: Any) -> Told:
    """A sentence that tells a state of a paper; ``on`` is the day as it is printed in it."""
    return words, {"kind": "document", "status": status, "cue": cue, "by": by, "to": to, **more}


def tell(file: str, *sentences: Told, **more: Any) -> Any:
    """An article of these sentences, each with what it tells."""
    body = " ".join(words for words, _ in sentences)
    draws: list[Draw] = [name(state, "state", number) for state in STATES for number in range(body.count(state))]
    for words, fields in sentences:
        days = (*fields.get("days", ()), *([fields["on"]] if "on" in fields else []))
        draws += [_draw_act(words, fields), *(_draw_day(words, day) for day in days)]
    return article(file, body, *draws, **more)


def _within(text: Text, sentence: str, words: str) -> Any:
    start = text.body.index(sentence) + sentence.index(words)
    return text.span(start, start + len(words))


def _draw_day(sentence: str, day: str) -> Draw:
    when = When.of(day, day, "printed")
    return lambda text: Timex(
        text=text.id, span=_within(text, sentence, day), type="DATE", value=day,
        edtf=when.edtf, earliest=when.earliest, latest=when.latest,
    )  # fmt: skip


def _draw_act(sentence: str, fields: dict[str, Any]) -> Draw:
    plain = {slot: value for slot, value in fields.items() if slot not in ("by", "to", "cue", "content", "on", "days")}

    def draw(text: Text) -> Act:
        content = _within(text, sentence, fields.get("content", sentence.rstrip(".")))
        by, to = ((_within(text, sentence, fields[slot]),) if fields.get(slot) else () for slot in ("by", "to"))
        time = _within(text, sentence, fields["on"]) if "on" in fields else None
        cue = _within(text, sentence, fields["cue"])
        return Act(text=text.id, span=content, cue=cue, content=(content,), by=by, to=to, time=time, **plain)

    return draw


def record_of(*articles: Any) -> Record:
    return build_record(link(corpus(*articles)))


def trail(record: Record) -> list[list[str]]:
    """The papers of a record as they are first told, each as its states in their order."""
    papers: dict[object, list[Entry]] = {}
    for entry in record.entries:
        if entry.kind == "document":
            papers.setdefault(entry.attributes["paper"], []).append(entry)
    ordered = (sorted(stages, key=lambda entry: int(str(entry.attributes["stage"]))) for stages in papers.values())
    return [[entry.status or "named" for entry in stages] for stages in ordered]


PROMISED = paper(
    "Sudmark promised Norland a written reply on 2031-03-14.", "promised", "promised", "Sudmark", "Norland",
    name="a written reply", form="written", on="2031-03-14",
)  # fmt: skip
SENT = paper(
    "Sudmark handed its reply to Norland on 2031-03-20.", "sent", "handed", "Sudmark", "Norland",
    name="its reply", on="2031-03-20",
)  # fmt: skip
READ = paper(
    "Norland had read the response of Sudmark by 2031-03-22.", "read", "read", "Sudmark", "Norland",
    name="the response", on="2031-03-22",
)  # fmt: skip


def letter(status: str, day: str, **more: Any) -> Told:
    words = {"sent": "Norland sent Sudmark a letter on {}.", "received": "Sudmark got a letter of Norland on {}."}
    cue = {"sent": "sent", "received": "got"}[status]
    return paper(words[status].format(day), status, cue, "Norland", "Sudmark", name="a letter", on=day, **more)


def test_a_reply_promised_in_one_outlet_and_sent_in_another_is_one_paper() -> None:
    """Author, receiver and kind are the same and the days fit; a response is a reply."""
    record = record_of(tell("a", PROMISED), tell("b", SENT), tell("c", READ))
    assert trail(record) == [["promised", "sent", "read"]]


def test_the_stages_of_a_paper_are_related_and_stay_entries_of_their_own() -> None:
    """Each stage is an entry, and names the ones told before and after it."""
    first, second = record_of(tell("a", PROMISED), tell("b", SENT)).entries
    assert (first.attributes["related"], second.attributes["related"]) == ([second.id], [first.id])


def test_stages_stand_in_the_order_in_which_they_came() -> None:
    """Whatever the order of telling, and for any order of articles."""
    articles = (tell("a", READ), tell("b", SENT), tell("c", PROMISED))
    assert {repr(trail(record_of(*p))) for p in permutations(articles)} == {"[['promised', 'sent', 'read']]"}
    assert len({repr(link(corpus(*p)).links) for p in permutations(articles)}) == 1


def test_drafts_a_reaction_an_answer_and_a_reply_are_four_papers() -> None:
    """Drafts of one month, what was said of them, the written answer handed over, and the reply to it in the making."""
    drafts = paper("Norland published its draft treaties in 2030-12.", "published", "published", "Norland",
                   name="its draft treaties", on="2030-12")  # fmt: skip
    spoken = paper("Sudmark gave Norland an oral reaction on 2031-01-12.", "sent", "gave", "Sudmark", "Norland",
                   name="an oral reaction", form="oral", on="2031-01-12")  # fmt: skip
    written = paper("Norland was handed a written answer by Sudmark on 2031-01-26.", "received", "handed", "Sudmark",
                    "Norland", name="a written answer", form="written", on="2031-01-26")  # fmt: skip
    reply = paper("Norland is drafting a response to the Sudmark counter-proposals, on ten pages.", "drafted",
                  "drafting", "Norland", "Sudmark", name="a response", pages=10)  # fmt: skip
    read = paper("Norland has read the written answer by Sudmark.", "read", "read", "Sudmark", "Norland",
                 name="the written answer", form="written")  # fmt: skip
    record = record_of(
        tell("a", drafts, published="2030-12-20"),
        tell("b", spoken, published="2031-01-13"),
        tell("c", written, published="2031-01-27"),
        tell("d", reply, published="2031-02-10"),
        tell("e", read, published="2031-01-28"),
    )
    assert sorted(trail(record)) == [["drafted"], ["published"], ["received", "read"], ["sent"]]


def test_a_draft_reply_becomes_the_reply() -> None:
    """What is being drafted is a draft; the paper handed over later is none."""
    drafted = paper("Sudmark is writing a draft reply to Norland.", "drafted", "writing", "Sudmark", "Norland",
                    name="a draft reply")  # fmt: skip
    record = record_of(tell("a", drafted, published="2031-03-16"), tell("b", SENT, published="2031-03-21"))
    assert trail(record) == [["drafted", "sent"]]


@pytest.mark.parametrize("other", ["a second letter", "letters", "a side letter", "a note", "a nine-point letter"])
def test_another_name_is_another_paper(other: str) -> None:
    """A second letter, several letters, a side letter: none of them is the letter that another article tells of."""
    got = paper(f"Sudmark got {other} from Norland on 2031-03-15.", "received", "got", "Norland", "Sudmark",
                name=other, on="2031-03-15")  # fmt: skip
    assert trail(record_of(tell("a", letter("sent", "2031-03-14")), tell("b", got))) == [["sent"], ["received"]]


@pytest.mark.parametrize(
    ("one", "two"),
    [({"pages": 4}, {"pages": 10}), ({"form": "oral"}, {"form": "written"}), ({"year": 2015}, {"year": 2019})],
)
def test_another_number_of_pages_form_or_year_is_another_paper(one: dict[str, Any], two: dict[str, Any]) -> None:
    """Where both are told."""
    sent, got = letter("sent", "2031-03-14", **one), letter("received", "2031-03-15", **two)
    assert trail(record_of(tell("a", sent), tell("b", got))) == [["sent"], ["received"]]
    assert trail(record_of(tell("a", sent), tell("b", letter("received", "2031-03-15")))) == [["sent", "received"]]


PLAN = paper(
    "Norland handed Sudmark a ten-point plan.", "sent", "handed", "Norland", "Sudmark", name="a ten-point plan"
)


@pytest.mark.parametrize(
    ("words", "by", "name_", "same"),
    [
        ("The draft of 10 points was read in Vessel.", None, "The draft", True),
        ("The draft of nine points was read in Vessel.", None, "The draft", False),
        ("The draft of ten points was read by Varland, its author.", "Varland", "The draft", False),
        ("The draft of ten clauses was read in Vessel.", None, "The draft", False),
        ("The ten-point reply was read in Vessel.", None, "The ten-point reply", False),
        ("The second ten-point plan was read in Vessel.", None, "The second ten-point plan", False),
    ],
    ids=["in figures", "of other points", "another's", "of no points", "a reply", "a second"],
)
def test_a_paper_of_so_many_points_is_the_only_one(words: str, by: str | None, name_: str, same: bool) -> None:
    """Whatever it is called, and though an article does not say whose it is."""
    other = tell("b", paper(words, "read", "read", by, name=name_))
    assert len(trail(record_of(tell("a", PLAN), other))) == (1 if same else 2)


def test_a_paper_of_another_author_or_to_another_receiver_is_another_paper() -> None:
    """Norland's letter is not Varland's, and the one to Sudmark not the one to Varland."""
    sent = tell("a", letter("sent", "2031-03-14"))
    author = paper("Sudmark got a letter from Varland on 2031-03-15.", "received", "got", "Varland", "Sudmark",
                   name="a letter", on="2031-03-15")  # fmt: skip
    receiver = paper("Varland got a letter from Norland on 2031-03-15.", "received", "got", "Norland", "Varland",
                     name="a letter", on="2031-03-15")  # fmt: skip
    for other in (author, receiver):
        assert trail(record_of(sent, tell("b", other))) == [["sent"], ["received"]]


def test_letters_on_two_matters_are_two_papers() -> None:
    """ "A letter on the repayments" and "a letter on fishing"; a day after "on" is no matter."""
    sent = paper("Norland sent Sudmark a letter on fishing rights.", "sent", "sent", "Norland", "Sudmark",
                 name="a letter")  # fmt: skip
    got = paper("Sudmark got a letter on the repayments from Norland.", "received", "got", "Norland", "Sudmark",
                name="a letter")  # fmt: skip
    assert trail(record_of(tell("a", sent), tell("b", got))) == [["sent"], ["received"]]
    assert trail(record_of(tell("a", sent), tell("b", letter("received", "2031-03-15")))) == [["sent", "received"]]


def test_nothing_is_received_before_it_was_promised_or_sent() -> None:
    """By the days, where both are known; and a paper is not on its way for months."""
    sent = tell("a", letter("sent", "2031-03-14"))
    assert trail(record_of(sent, tell("b", letter("received", "2031-03-12")))) == [["sent"], ["received"]]
    assert trail(record_of(sent, tell("b", letter("received", "2031-08-12")))) == [["sent"], ["received"]]
    early = paper("Norland got a reply from Sudmark on 2031-03-10.", "received", "got", "Sudmark", "Norland",
                  name="a reply", on="2031-03-10")  # fmt: skip
    assert trail(record_of(tell("a", PROMISED), tell("b", early))) == [["promised"], ["received"]]


def test_what_is_promised_after_a_paper_came_is_the_next_one() -> None:
    """ "Norland has the reply. Sudmark promised a reply within a month": by the text, where no day is known."""
    has = paper("Norland has received a reply from Sudmark.", "received", "received", "Sudmark", "Norland",
                name="a reply")  # fmt: skip
    next_one = paper("Sudmark promised Norland a reply within a month.", "promised", "promised", "Sudmark", "Norland",
                     name="a reply")  # fmt: skip
    had = paper("Sudmark had promised Norland a reply in spring.", "promised", "promised", "Sudmark", "Norland",
                name="a reply")  # fmt: skip
    assert trail(record_of(tell("a", has, next_one))) == [["received"], ["promised"]]
    news = (tell("a", has, published="2031-03-14"), tell("b", next_one, published="2031-03-20"))
    assert trail(record_of(*news)) == [["received"], ["promised"]]
    told_back = (tell("a", has, published="2031-03-14"), tell("b", had, published="2031-03-20"))
    assert trail(record_of(*told_back)) == [["promised", "received"]]


def test_a_day_by_which_a_paper_is_promised_is_no_day_of_the_promise() -> None:
    """ "Will reply in writing by 30 March", told on the 14th, fits the reply handed over on the 20th."""
    due = paper("Sudmark will reply to Norland in writing by 2031-03-30.", "promised", "reply", "Sudmark", "Norland",
                form="written", on="2031-03-30")  # fmt: skip
    record = record_of(tell("a", due, published="2031-03-14"), tell("b", SENT, published="2031-03-21"))
    assert trail(record) == [["promised", "sent"]]


def test_where_two_papers_fit_none_is_linked() -> None:
    """A letter without a day, and two of that author to that receiver."""
    read = paper("Sudmark has read a letter of Norland.", "read", "read", "Norland", "Sudmark", name="a letter")
    letters = tell("a", letter("sent", "2031-03-02")), tell("b", letter("sent", "2031-03-14"))
    record = record_of(*letters, tell("c", read))
    assert trail(record) == [["sent"], ["sent"], ["read"]]
    assert trail(record_of(letters[0], tell("c", read))) == [["sent", "read"]]


def test_the_letter_is_the_one_that_its_article_tells_before() -> None:
    """Though another article tells of another one: "the letter", "read it", "the paper" point back."""
    back = paper("The letter was received the same day.", "received", "received", None, name="The letter")
    it = paper("The minister read it at once.", "read", "read", None)
    record = record_of(tell("a", letter("sent", "2031-03-02")), tell("b", letter("sent", "2031-03-14"), back, it))
    assert trail(record) == [["sent"], ["sent", "received", "read"]]


def test_words_that_point_back_to_two_papers_point_to_none() -> None:
    """ "It" after a letter and a reply; "the letter" after both is the letter."""
    it = paper("The minister read it at once.", "read", "read", None)
    the = paper("The letter is with the minister.", "received", "with", None, name="The letter")
    record = record_of(tell("a", letter("sent", "2031-03-14"), SENT, it, the))
    assert trail(record) == [["sent", "received"], ["sent"], ["read"]]


def test_it_that_is_to_be_answered_is_not_the_answer() -> None:
    """ "Has read the letter and will answer it in writing" promises another paper; a note that is answered is none."""
    read = paper("The minister of Sudmark has read the letter.", "read", "read", None, "Sudmark", name="the letter")
    it = paper("She will answer it in writing.", "promised", "will answer", None, form="written")
    assert trail(record_of(tell("a", letter("sent", "2031-03-14"), read, it))) == [["sent", "read"], ["promised"]]
    note = paper("It answers a note of Norland.", "sent", "answers", "Norland", name="a note")
    reply = paper("Norland sends its answer to Sudmark.", "sent", "sends", "Norland", "Sudmark", name="its answer")
    assert trail(record_of(tell("a", note), tell("b", reply))) == [["sent"], ["sent"]]


def test_words_of_the_next_sentence_name_no_paper_that_is_answered() -> None:
    """ "Sudmark promises an answer / Sudmark will reply to the note": the headline ends where it ends."""
    promise = paper("Sudmark promises an answer\n\nNorland will read the note.", "promised", "promises", "Sudmark",
                    content="Sudmark promises an answer", name="an answer")  # fmt: skip
    note = paper("Norland handed Sudmark a note.", "sent", "handed", "Norland", "Sudmark", name="a note")
    assert [entry.answers for entry in record_of(tell("a", note), tell("b", promise)).entries] == [None, None]


def test_a_new_word_names_a_new_paper_and_an_open_author_is_not_guessed() -> None:
    """ "The side letter" points to no letter without a side; "a reply was handed over" says nothing of whose it was."""
    side = paper("The side letter was received.", "received", "received", None, name="The side letter")
    whose = paper("A reply was handed over in Kelvar.", "sent", "handed over", None, name="A reply")
    assert trail(record_of(tell("a", letter("sent", "2031-03-14"), side))) == [["sent"], ["received"]]
    assert trail(record_of(tell("a", PROMISED), tell("b", whose))) == [["promised"], ["sent"]]


NAMELESS = paper(
    "Norland heard on Monday that the response was on the desk.", "received", "heard", None, name="the response"
)
WAITING = paper("Norland asked Sudmark to hurry.", None, "asked", "Norland", "Sudmark", kind="demand", polarity="want")


def test_a_paper_without_an_author_is_the_only_such_paper_of_a_party_of_its_article() -> None:
    record = record_of(tell("a", SENT), tell("b", WAITING, NAMELESS))
    assert ["sent", "received"] in trail(record)


def test_of_two_such_papers_or_of_parties_of_other_articles_none_is_taken() -> None:
    varland = paper("Varland sent Norland a response on 2031-03-20.", "sent", "sent", "Varland", "Norland",
                    name="a response", on="2031-03-20")  # fmt: skip
    alone = paper(
        "Tervania heard on Monday that the response was on the desk.", "received", "heard", None, name="the response"
    )
    assert ["sent", "received"] not in trail(
        record_of(tell("a", SENT), tell("b", varland), tell("c", WAITING, NAMELESS))
    )
    assert ["sent", "received"] not in trail(record_of(tell("a", SENT), tell("b", alone)))
    new = paper("Norland heard on Monday of a response.", "received", "heard", None, name="a response")
    assert ["sent", "received"] not in trail(record_of(tell("a", SENT), tell("b", WAITING, new)))


def test_what_might_be_sent_and_what_never_came_is_no_stage() -> None:
    """ "Could send a letter", "no letter was received"."""
    might = paper("Norland could send Sudmark a letter.", "sent", "send", "Norland", "Sudmark", name="a letter",
                  modality="hypothetical")  # fmt: skip
    never = paper("Sudmark got no letter from Norland.", "received", "got", "Norland", "Sudmark", name="no letter")
    got = letter("received", "2031-03-15")
    assert trail(record_of(tell("a", might), tell("b", never), tell("c", got))) == [
        ["sent"],
        ["received"],
        ["received"],
    ]


def test_a_reply_answers_the_paper_that_it_names() -> None:
    """ "The reply to the note of 2 March" answers that note, and not the one of 9 March."""
    notes = [
        tell(day, paper(f"Norland handed Sudmark a note on {day}.", "sent", "handed", "Norland", "Sudmark",
                        name="a note", on=day))
        for day in ("2031-03-02", "2031-03-09")
    ]  # fmt: skip
    reply = paper("Sudmark sent Norland a reply to the note of 2031-03-02.", "sent", "sent", "Sudmark", "Norland",
                  name="a reply", days=("2031-03-02",))  # fmt: skip
    record = record_of(*notes, tell("c", reply))
    first, _, answer = record.entries
    assert (answer.answers, first.answers) == (first.id, None)
    assert trail(record) == [["sent"], ["sent"], ["sent"]]


def test_a_reply_to_one_of_two_notes_answers_none() -> None:
    """Where the words do not say which; and nobody replies to himself."""
    notes = [
        tell(day, paper(f"Norland handed Sudmark a note on {day}.", "sent", "handed", "Norland", "Sudmark",
                        name="a note", on=day))
        for day in ("2031-03-02", "2031-03-09")
    ]  # fmt: skip
    reply = paper("Sudmark sent Norland a reply to the note.", "sent", "sent", "Sudmark", "Norland", name="a reply")
    assert record_of(*notes, tell("c", reply)).entries[-1].answers is None
    assert record_of(notes[0], tell("c", reply)).entries[-1].answers is not None
    own = paper("Norland sent Sudmark a reply to the note.", "sent", "sent", "Norland", "Sudmark", name="a reply")
    assert record_of(notes[0], tell("c", own)).entries[-1].answers is None


def test_who_answers_with_a_letter_answers_no_letter() -> None:
    """ "Sudmark answered Norland with a letter" names the reply, not what it answers."""
    reply = paper("Sudmark answered Norland with a letter.", "sent", "answered", "Sudmark", "Norland", name="a letter")
    record = record_of(tell("a", letter("sent", "2031-03-02")), tell("b", reply))
    assert [entry.answers for entry in record.entries] == [None, None]
    assert trail(record_of(tell("a", PROMISED), tell("b", reply))) == [["promised", "sent"]]


def test_replies_to_two_papers_are_two_papers() -> None:
    """The reply to the note is not the reply to the letter."""
    one = paper("Sudmark promised Norland a reply to the note.", "promised", "promised", "Sudmark", "Norland",
                name="a reply")  # fmt: skip
    two = paper("Norland has read a reply of Sudmark to the letter.", "read", "read", "Sudmark", "Norland",
                name="a reply")  # fmt: skip
    assert trail(record_of(tell("a", one), tell("b", two))) == [["promised"], ["read"]]


def test_a_paper_and_the_answer_in_the_same_words_are_related() -> None:
    """ "Norland was handed a written refusal" tells both; the two are no stages of one paper."""
    words = "Norland was handed a written reply by Sudmark that rejects the demand."
    handed = paper(words, "received", "handed", "Sudmark", "Norland", name="a written reply")
    answer = (words, {"kind": "answer", "status": "rejected", "cue": "rejects", "by": "Sudmark", "to": "Norland"})
    elsewhere = ("Sudmark said no.", {"kind": "answer", "status": "rejected", "cue": "said no", "by": "Sudmark"})
    record = record_of(tell("a", handed, answer, elsewhere))
    found = {entry.kind: entry for entry in record.entries if entry.content.startswith("Norland")}
    assert found["document"].attributes["related"] == [found["answer"].id]
    assert "paper" not in found["answer"].attributes


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the list", "list"), ("The roll", "list"), ("a protocol", "protocol"), ("a memorandum", "note"),
        ("the final communiqué", "communique"), ("a petition", "petition"), ("its road map", "plan"),
        ("the peace accord", "terms"), ("a map", "map"), ("the minutes", "record"), ("a non-paper", "note"),
        ("an aide-mémoire", "note"), ("the eight-page document", None), ("the text", None), ("the boats", None),
    ],
)  # fmt: skip
def test_papers_are_known_by_the_last_word_of_their_name(words: str, kind: str | None) -> None:
    """A text or a document may be of any kind; boats are none."""
    assert kind_of_paper(words) == kind


def test_what_is_signed_stands_by_its_day_and_what_is_only_named_last() -> None:
    """A protocol initialled before it was sent, published after; a mention without a state says not when."""
    told = make_record().entries[5]
    days = {"sent": "2022-03-09", "signed": "2022-03-04", "published": "2022-03-20", None: None}
    entries = tuple(
        replace(
            told, id=f"p-{status}", status=status, when=When.of(day, None, "printed") if day else None,
            attributes={"related": ["p-sent"]} if status != "sent" else {},
        )
        for status, day in days.items()
    )  # fmt: skip
    traced = sorted(trace_papers(entries), key=lambda entry: int(str(entry.attributes["stage"])))
    assert [entry.status for entry in traced] == ["signed", "sent", "published", None]
    assert len({entry.attributes["paper"] for entry in traced}) == 1


def shown() -> Record:
    """A record with a reply in three stages, the promise told twice, and a letter below the bar."""
    doubtful = letter("sent", "2031-03-02", confidence=0.4)
    return record_of(
        tell("a", PROMISED, outlet="Harbour Post"),
        tell("b", PROMISED, READ, outlet="Beta Times"),
        tell("c", paper("Sudmark sent the six-page reply to Norland.", "sent", "sent", "Sudmark", "Norland",
                        name="the six-page reply", pages=6), outlet="Tidende"),
        tell("d", doubtful, outlet="Tidende"),
    )  # fmt: skip


def test_the_papers_of_a_record_are_shown_with_their_stages() -> None:
    """Each once: what it is, from whom to whom, its states in order, the day or that it is not known, who tells it."""
    rows = make_rows("papers", shown())
    [row] = [row for row in rows if isinstance(row, PaperRow)]
    assert [(s.status, s.date, s.sources) for s in row.stages] == [
        ("promised", "2031-03-14", ("Harbour Post", "Beta Times")),
        ("sent", "", ("Tidende",)),
        ("read", "2031-03-22", ("Beta Times",)),
    ]
    for width in (80, 140):
        text = " ".join(show(make_table("papers", rows, width), width).split())
        for words in (
            "a written reply Sudmark → Norland · 6 pages",
            "promised 2031-03-14",
            "sent not known",
            "Tidende",
        ):
            assert words in text


def test_papers_below_the_bar_are_shown_when_asked_for_and_filters_show_papers_whole() -> None:
    """Papers in ``possible`` are marked; one stage that fits brings the others."""
    rows = make_rows("papers", shown(), Filter(possible=True))
    assert "possible" in show(make_table("papers", rows, 80), 80) and len(rows) == 2
    [row] = make_rows("papers", shown(), Filter(status="read"))
    assert isinstance(row, PaperRow) and len(row.stages) == 3
    assert make_rows("papers", shown(), Filter(by="Varland")) == ()


def test_what_a_paper_answers_stands_in_its_heading() -> None:
    """By the name of the paper that it answers."""
    note = paper("Norland handed Sudmark a sharp note.", "sent", "handed", "Norland", "Sudmark", name="a sharp note")
    reply = paper("Sudmark sent Norland a reply to the note.", "sent", "sent", "Sudmark", "Norland", name="a reply")
    rows = make_rows("papers", record_of(tell("a", note), tell("b", reply)))
    assert "a reply Sudmark → Norland · answers a sharp note" in " ".join(
        show(make_table("papers", rows, 140), 140).split()
    )


def test_the_command_shows_papers_as_a_table_and_as_json(tmp_path: Path) -> None:
    """``onrecord show RECORD papers``; a record made before says nothing of papers, and each document is one."""
    folder = keep_record(tmp_path / "kept")
    text = CliRunner().invoke(onrecord, ["show", str(folder), "papers"]).output
    assert "note" in text and "sent" in text and "not known" in text
    [row] = json.loads(CliRunner().invoke(onrecord, ["show", str(folder), "papers", "--json"]).output)
    assert [stage["status"] for stage in row["stages"]] == ["sent"]


def test_the_page_and_the_brief_follow_the_record() -> None:
    """One paper with its states in the record's order; the brief shows it where it is now."""
    record = shown()
    index = Index(record)
    [one] = make_papers(index, {key: make_card(index, entry) for key, entry in index.entries.items()})
    assert [state for state, _ in one.states] == ["promised", "sent", "read"]
    text = " ".join(brief(record, 140).split())
    assert "2031-03-22 read Norland had read the response of Sudmark by 2031-03-22 after promised, sent" in text


def test_two_papers_of_one_name_and_author_stand_apart_on_the_page() -> None:
    """The record says that they are two: a name is no proof."""
    told = make_record().entries[5]
    two = tuple(
        replace(told, id=key, attributes={"name": "letter", "paper": f"p-{key}", "stage": 1}) for key in ("x", "y")
    )
    record = replace(make_record(), entries=two, timeline=("x", "y"), issues=(), positions=(), differences=())
    index = Index(record)
    assert len(make_papers(index, {key: make_card(index, entry) for key, entry in index.entries.items()})) == 2


# Who reads a paper, and papers of which an article does not say whose they are

LETTER = paper("Norland sent Sudmark a letter on 2031-03-02.", "sent", "sent", "Norland", "Sudmark",
               name="a letter", on="2031-03-02")  # fmt: skip


def test_who_reads_a_paper_has_not_written_it() -> None:
    """ "Sudmark read the letter": it is Norland's, of the same article or of another."""
    read = paper("Sudmark read the letter.", "read", "read", "Sudmark", name="the letter")
    assert trail(record_of(tell("a", LETTER, read))) == [["sent", "read"]]
    assert trail(record_of(tell("a", LETTER), tell("b", read))) == [["sent", "read"]]
    by_whom = paper("The letter was read by Sudmark.", "read", "read", "Sudmark", name="The letter")
    assert trail(record_of(tell("a", LETTER), tell("b", by_whom))) == [["sent", "read"]]
    had = paper("Sudmark received the letter.", "received", "received", "Sudmark", name="the letter")
    assert trail(record_of(tell("a", LETTER), tell("b", had))) == [["sent", "received"]]


def test_whose_paper_was_received_is_its_author() -> None:
    """ "The letter of Norland was received" names the author before what happened to it."""
    came = paper("The letter of Norland was received.", "received", "received", "Norland", name="The letter of Norland")
    others = paper("Sudmark sent Norland a letter on 2031-03-02.", "sent", "sent", "Sudmark", "Norland",
                   name="a letter", on="2031-03-02")  # fmt: skip
    assert trail(record_of(tell("a", LETTER), tell("b", came))) == [["sent", "received"]]
    assert trail(record_of(tell("a", others), tell("b", came))) == [["sent"], ["received"]]


def test_what_is_handed_to_a_party_is_not_its_own() -> None:
    """A letter handed to Sudmark, by whom nobody says, is none of Sudmark's."""
    own = paper("Sudmark sent Varland a letter.", "sent", "sent", "Sudmark", name="a letter")
    handed = paper("The letter was handed to Sudmark.", "sent", "handed", None, "Sudmark", name="The letter")
    assert trail(record_of(tell("a", own), tell("b", handed))) == [["sent"], ["sent"]]


def test_a_paper_that_nobody_is_named_for_is_the_only_one_of_its_day() -> None:
    """ "A letter was handed over on 2 March"; a letter of another day, and one of two of that day, are others."""
    words = "A letter was handed over on {}, as Sudmark knows."
    handed, later = (
        paper(words.format(day), "sent", "handed", None, name="A letter", on=day)
        for day in ("2031-03-02", "2031-03-09")
    )
    second = paper("Varland sent Sudmark a letter on 2031-03-02.", "sent", "sent", "Varland", "Sudmark",
                   name="a letter", on="2031-03-02")  # fmt: skip
    assert trail(record_of(tell("a", LETTER), tell("b", handed))) == [["sent", "sent"]]
    assert trail(record_of(tell("a", LETTER), tell("b", later))) == [["sent"], ["sent"]]
    assert trail(record_of(tell("a", LETTER, second), tell("b", handed))) == [["sent"], ["sent"], ["sent"]]


def test_the_paper_of_a_day_is_one_of_whom_its_article_names() -> None:
    """An article of Varland alone tells of no letter between Norland and Sudmark."""
    handed = paper("A letter was handed over on 2031-03-02.", "sent", "handed", None, name="A letter", on="2031-03-02")
    talks = paper("Varland signed a pact.", "signed", "signed", "Varland", name="a pact")
    assert trail(record_of(tell("a", LETTER), tell("b", talks, handed))) == [["sent"], ["signed"], ["sent"]]


def test_a_reply_is_not_the_paper_that_it_answers() -> None:
    """ "Its reply to the note": the note that is told next is the other's."""
    note = paper("Sudmark sent Norland a note.", "sent", "sent", "Sudmark", "Norland", name="a note")
    reply = paper("Norland sent Sudmark its reply to the note.", "sent", "sent", "Norland", "Sudmark",
                  name="its reply")  # fmt: skip
    out = paper("The note was published.", "published", "published", None, name="The note")
    assert trail(record_of(tell("a", note, reply, out))) == [["sent", "published"], ["sent"]]
    assert trail(record_of(tell("a", reply, out))) == [["sent"], ["published"]]


def test_a_new_letter_that_was_read_is_no_letter_of_another_article() -> None:
    """ "A letter was sent. The letter was read.": it may be another than the one that is known."""
    new = paper("A letter was sent, as Norland knows.", "sent", "sent", None, name="A letter")
    read = paper("The letter was read.", "read", "read", None, name="The letter")
    assert trail(record_of(tell("a", LETTER), tell("b", new, read))) == [["sent"], ["sent", "read"]]


def test_a_reply_may_be_a_letter() -> None:
    """Five pages of one author: a reply in one article and a letter in another; a note of five pages is no letter."""
    reply, letter, note = (
        paper(words, "sent", cue, "Norland", "Sudmark", name=f"a {kind}", pages=5)
        for kind, words, cue in (
            ("reply", "Five pages has a reply that Norland sent Sudmark.", "sent"),
            ("letter", "Norland gave Sudmark a letter, and wrote five sheets.", "gave"),
            ("note", "Sudmark was handed a note by an envoy of Norland.", "handed"),
        )
    )
    assert trail(record_of(tell("a", reply), tell("b", letter))) == [["sent", "sent"]]
    assert trail(record_of(tell("a", note), tell("b", letter))) == [["sent"], ["sent"]]
