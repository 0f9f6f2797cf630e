"""Reading, all stages in turn: any arrangement of words is read, and a long text costs no more than its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.model import Annotation, Layer, Text
from onrecord.plugins import load_stages
from onrecord.reading.page import Page

WORDS = (
    "Anna Berg",
    "Jon Ek",
    "Norland",
    "Sudmark's",
    "the Varlandic foreign minister",
    "she",
    "its",
    "the ministry",
    "said",
    "told",
    "that",
    "who",
    "had",
    "has been",
    "held",
    "demanded",
    "to reject",
    "sent",
    "cancelled",
    "a meeting with",
    "the talks",
    "a letter",
    "the reply",
    "the treaty of 1973",
    "on Friday",
    "14 March",
    "two hours",
    "by",
    "and",
    "not",
    ",",
    ".",
    ":",
    ";",
    "—",
    "(",
    ")",
    "“",
    "”",
    '"',
    "\n",
    "\n\n",
)
HOSTILE = {
    "sentences": "Anna Berg of Norland said on Friday that she would wait for the reply. ",
    "quotations": "“We will wait,” she said. ",
    "names": "Anna Berg, Jon Ek and ",
    "dates": "14 March 2022, last week, ",
    "weekdays": "on Monday, ",
    "sayings": "Berg said on Monday, ",
    "clocks": "at 6:10, ten minutes later, ",
    "marks": "“",
    "talks": "Norland held talks with Sudmark, which had sent a letter, ",
    "offices": "Foreign Minister Anna Berg said the minister would wait. ",
    "words": "word ",
}
LENGTH = 60_000  # code points; four times as many may take no more than some eight times as long


def read(body: str) -> dict[str, tuple[Annotation, ...]]:
    """What every stage says of a text, by stage."""
    text = Text.of(body)
    layers: dict[str, Layer] = {}
    for stage in load_stages():
        reading = stage.read(Page(text, {need: layers[need] for need in stage.needs}))
        layers[stage.name] = Layer(text.id, stage.name, "", reading.annotations, reading.unread)
    return {name: layer.annotations for name, layer in layers.items()}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40))
@example(["Anna", "Berg", "said", "“", "We", "wait", ".", "”", "\n\n", '"', "\n\n", "“", "Now", "."])
@example(["Anna", "Berg", "said", "that", "the", "talks", "were", "over", ".", "…", "…", "Norland", "waited", "."])
@example(["It", "made", "no", "mention", "of", "the", "talks", "that", "Norland", "had", "asked", "for", "."])
def test_any_arrangement_of_words_is_read_and_each_annotation_holds_its_words(words: list[str]) -> None:
    body = " ".join(words)
    for found in read(body).values():
        assert all(body[a.span.start : a.span.end] == a.span.exact for a in found)


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_text_four_times_as_long_takes_no_more_than_some_eight_times_as_long(piece: str) -> None:
    taken = []
    read(piece * 20)  # the word lists are read once
    for length in (LENGTH, 4 * LENGTH):
        body = piece * (length // len(piece))
        begin = time.process_time()
        read(body)
        taken.append(time.process_time() - begin)
    assert taken[1] < 8 * taken[0] + 0.5
