"""Paragraphs and sentences."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Text
from onrecord.reading.sentences import find_paragraphs, find_sentences


def _sentences(body: str) -> list[str]:
    text = Text.of(body)
    return [s.exact for s in find_sentences(text, find_paragraphs(text))]


# The bar shows where one sentence ends and the next begins.
CASES = [
    "Talks failed.|Berg left.",
    "Mr. Ek met Gen. A. B. Varga in St. Olav.|They talked.",
    "Envoys of the U.S. Secretary of State left the U.S.|The talks go on.",
    "Talks began on Jan. 5 at 5 p.m. in Vald.|Ek was late.",
    "The fee rose to 1.5 million crowns.|Ek paid.",
    "See Art. No. 5 of the pact.|It is short.",
    "They said no.|The minister left.",
    "“We have time.”|The minister left.",
    "“Why now?” Anna Berg asked.|Nobody knew.",
    "“Why now?” he asked.|Nobody knew.",
    "“Go!” said Berg.|Nobody went.",
    "“Why now?”|The envoys left.",
    "They wait … and see.|Then they go.",
    "It helps the side <…> to answer.|Ek waits.",
    "We know.|[...] They know.",
    "Talks ended.|The minister left.",
    "The text is at https://vald.example/a.B now.|Read it.",
    "1. Withdraw the boats.",
    "“We wait.” — Anna Berg",
    "“They are far off.” not lost.”|“They go on,” he said.",
    "no full stop and no capital",
]


@pytest.mark.parametrize("marked", CASES)
def test_sentences_end_where_the_bar_stands(marked: str) -> None:
    body = marked.replace("ended.|The", "ended.The").replace("|", " ")
    assert _sentences(body) == marked.split("|")


def test_paragraphs_are_parted_by_any_line_break_and_lose_their_blanks() -> None:
    text = Text.of(" One\r\n\n\tTwo \u2028Three")
    assert [p.exact for p in find_paragraphs(text)] == ["One", "Two", "Three"]


def test_no_sentence_crosses_a_paragraph() -> None:
    assert _sentences("Berg and\nEk left") == ["Berg and", "Ek left"]


@given(st.text(alphabet='aB .!?…"“”\n', max_size=80))
def test_sentences_hold_every_word_once_and_in_order(body: str) -> None:
    assert "".join(_sentences(body)).replace(" ", "") == "".join(body.split()).replace(" ", "")


@pytest.mark.parametrize(
    "hostile", [". " * 50_000, "A." * 50_000, "a" * 2_000_000, "Mr. " * 50_000, "?” Berg " * 10_000]
)
def test_hostile_text_stays_quick(hostile: str) -> None:
    start = time.perf_counter()
    _sentences(hostile)
    assert time.perf_counter() - start < 5
