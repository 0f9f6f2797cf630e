"""Which time expression dates a verb: the one of its own clause, not the nearest."""

from __future__ import annotations

import pytest

from onrecord.model import Layer, Text, Timex
from onrecord.reading.governing import governing_time
from onrecord.reading.page import Page
from onrecord.reading.passage import find_passage
from onrecord.reading.times import Times

# The verb stands in [brackets], what is told in {braces}; the time that dates the verb in <angles>, if one does.
SENTENCES = [
    "<Monday>: On Monday, Berg, who came on Sunday, [said] {that the talks had failed}.",
    "<Friday>: Berg [said] on Friday {that Ek would come on Monday}.",
    "<Friday>: Berg on Friday [called for] {talks in June}.",
    "<Last week>: Last week, Foreign Minister Anna Berg, on a visit to Vald, [asked] {Sudmark to send back the boats}.",
    "<Monday>: On Monday Berg met Ek and [said] {she would wait}.",
    "<Wednesday>: {“We will wait,”} Berg [told] reporters in Vald on Wednesday.",
    "<Thursday>: Berg [rejected] {the demand} on Thursday.",
    "<Saturday>: In a poll completed on Saturday, most of those asked [said] {they knew nothing of it}.",
    "<Thursday>: In a written reply handed over in Vald on Thursday, Stavna [turned down] {the demand}.",
    "<3 April>: {Exports fell}, [according to] figures released on 3 April by the bank.",
    "<Monday>: Lawyers filed a brief on Monday, [arguing] {that the court was wrong}.",
    "<Tuesday>: The foreign minister said on Tuesday, while [insisting] {that an apology was owed}.",
    "<now>: We have now [conveyed] our proposals.",
    "<Friday>: The second round of talks, planned for Friday, was [cancelled].",
    "<Friday>: Sudmark [cancelled] the meeting that was to be held on Friday.",
    "<Monday>: The talks are [due] to resume on Monday.",
    "<1999>: They signed the [Declaration] of 1999.",
    "<Wednesday>: At Wednesday's meeting Stavna [undertook] to free six men.",
    # None of these dates the verb.
    "After Thursday's ruling, Berg [said] {she would appeal}.",
    "Berg arrived on 2 April, and Ek [ordered] {the boats home}.",
    "Berg, who lived in Vald from 1968 until 1989, [said] {he was glad}.",
    "Berg asked Ek to go home, and Vald [asked] {the envoy to stay} after Thursday's ruling.",
    "After a plan failed in the Senate this week, the palace [said] {it would think again}.",
    "Share prices rose on Friday, after Berg [said] {that the worst was over}.",
    "The firm [said] {it will get six boats}, then between 2014 and 2016 it will get six more.",
    "It posted a profit in the third quarter of this year, and [predicted] {another}.",
    "A new boat, begun two years ago, has been put off, Vald [saying] {that more work is needed}.",
    "Norland [wants] {the court to lift the order} issued on Thursday and also to hear Berg.",
    "Berg [insisted] that Sudmark leave the port by Friday.",
    "They [agreed] to bring the session forward to July.",
    "Norland [accused] Sudmark of skipping the session last September.",
    "Berg [accused] Ek, who had missed the talks on Friday.",
    "The papers, which Norland handed over in March, are in the [hands] of Berg.",
]


def read(drawn: str) -> tuple[Page, dict[str, list[tuple[int, int]]]]:
    """The page of a drawn sentence, and where its brackets and braces stand."""
    body, places = "", {"[": [], "{": []}  # type: ignore[var-annotated]
    opened: dict[str, int] = {}
    for letter in drawn:
        if letter in "[{":
            opened[letter] = len(body)
        elif letter in "]}":
            kind = {"]": "[", "}": "{"}[letter]
            places[kind].append((opened[kind], len(body)))
        else:
            body += letter
    text = Text.of(body)
    bare = Page(text)
    times = Times().read(bare).annotations
    return Page(text, {"times": Layer(text.id, "times", "", times)}), places


@pytest.mark.parametrize("line", SENTENCES)
def test_the_time_of_its_own_clause_dates_a_verb(line: str) -> None:
    wanted, _, drawn = line[1:].partition(">: ") if line.startswith("<") else (None, "", line)
    page, places = read(drawn)
    passage = find_passage(page, page.sentences[0])
    (cue,) = [passage.words_of(page.text.span(*place)) for place in places["["]]
    told = [passage.words_of(page.text.span(*place)) for place in places["{"]]
    found = governing_time(passage, cue, told)
    assert (found.span.exact if found else None) == wanted


def test_what_was_not_done_by_tuesday_was_not_done_on_tuesday() -> None:
    page, _ = read("Neither capital had answered her call by Tuesday.")
    passage = find_passage(page, page.sentences[0])
    assert governing_time(passage, (3, 4)) is None
    found = governing_time(passage, (3, 4), so_far=True)
    assert isinstance(found, Timex)
    assert found.span.exact == "Tuesday"
