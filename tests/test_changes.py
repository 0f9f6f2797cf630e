"""What is new: a record beside an older one, by the library and by the commands."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import onrecord
from onrecord.faces.commands import run
from onrecord.linking import link
from onrecord.model import Record
from onrecord.pipeline import record_before
from onrecord.record import build_record, find_changes
from tests.corpora import act, article, corpus, name

DEMAND = "Norland demanded that Sudmark leave the strait"
REFUSED = "Sudmark rejected the demand to leave the strait"
AGREED = "Sudmark accepted the demand to leave the strait"
PARTIES = (name("Norland", "state"), name("Sudmark", "state"))


def _article(file: str, words: str, published: str | None = None):
    if words == DEMAND:
        drawn = act("demand", "demanded", words, "Norland", "Sudmark", polarity="want")
    else:
        cue, status = ("rejected", "rejected") if words == REFUSED else ("accepted", "accepted")
        drawn = act("answer", cue, words, "Sudmark", "Norland" if "Norland" in words else None, status=status)
    named = PARTIES if "Norland" in words else PARTIES[1:]
    return article(file, f"{words}. It was the {file} report of the week.", *named, drawn, published=published)


def _record(*articles) -> Record:
    return build_record(link(corpus(*articles)))


def _told(old: Record, new: Record) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.before, change.after) for change in find_changes(old, new)]


A, B, C, D = (
    _article("a", DEMAND, "2031-05-01"),
    _article("b", DEMAND, "2031-05-02"),
    _article("c", REFUSED, "2031-05-03"),
    _article("d", AGREED, "2031-05-09"),
)


def test_nothing_is_new_in_the_same_record() -> None:
    assert _told(_record(A, C), _record(A, C)) == []


def test_a_second_source_is_no_new_entry() -> None:
    assert _told(_record(A), _record(A, B)) == [("corroborated", "1", "2")]


def test_an_answer_is_new_and_changes_the_position() -> None:
    assert _told(_record(A), _record(A, C)) == [
        ("position", "no answer found", "rejects"),
        ("new", None, "rejected"),
    ]


def test_answers_that_exclude_each_other_are_a_contradiction() -> None:
    found = _told(_record(A, C), _record(A, C, _article("d", AGREED, "2031-05-03")))
    assert ("position", "rejects", "accepts / rejects") in found or (
        "position",
        "rejects",
        "rejects / accepts",
    ) in found
    assert [kind for kind, _, _ in found if kind == "contradicted"] == ["contradicted"]


def test_what_went_is_named_by_the_older_record() -> None:
    (change,) = (c for c in find_changes(_record(A, C), _record(A)) if c.kind == "gone")
    assert change.entries[0] in {entry.id for entry in _record(A, C).entries}


def test_an_entry_of_another_id_is_known_by_its_words() -> None:
    """An earlier article founds the entry anew: its id changes, its words do not."""
    old, new = _record(B), _record(A, B)
    assert old.entries[0].id != new.entries[0].id
    assert _told(old, new) == [("corroborated", "1", "2")]


def test_what_was_possible_and_is_sure_now() -> None:
    sure = _record(A)
    doubted = replace(sure, entries=tuple(replace(e, certainty="possible") for e in sure.entries), timeline=())
    assert ("surer", None, None) in _told(doubted, sure)
    assert ("doubted", None, None) in _told(sure, doubted)


STORY = """---
outlet: {outlet}
published: {day}
---
{words}

Foreign Minister Anna Berg of Norland spoke in Vessel. The {outlet} was there.
"""


@pytest.fixture
def days(tmp_path: Path) -> tuple[Path, Path]:
    """The folders of two records: of two articles, and of the three with the one of the next day."""
    folder = tmp_path / "articles"
    folder.mkdir()
    told = (
        ("alpha", "2031-05-01", "Norland demanded on Thursday that Sudmark withdraw its patrol boats from the strait."),
        ("beta", "", "Norland has a coast of 200 kilometres."),
        ("gamma", "2031-05-09", "Sudmark rejected Norland's demand to withdraw its patrol boats from the strait."),
    )
    for outlet, day, words in told:
        (folder / f"{outlet}.txt").write_text(STORY.format(outlet=outlet, day=day, words=words), encoding="utf-8")
    onrecord.build([folder / "alpha.txt", folder / "beta.txt"], out=tmp_path / "old")
    onrecord.build([folder], out=tmp_path / "new")
    return tmp_path / "old", tmp_path / "new"


def test_diff_says_what_an_article_brought(days: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *map(str, days)]) == 0
    printed = capsys.readouterr().out
    assert "changed in position" in printed
    assert "no answer found → rejects" in " ".join(printed.split())
    assert run(["diff", *map(str, days), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {"position", "new"} <= {row["change"] for row in rows}


def test_diff_of_a_record_with_itself_says_so(days: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", str(days[0]), str(days[0])]) == 0
    assert capsys.readouterr().out.strip() == "nothing is new"


def test_show_since_a_day_is_the_diff_to_what_was_known_before(
    days: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    run(["diff", *map(str, days)])
    brought = capsys.readouterr().out
    assert run(["show", str(days[1]), "--since", "2031-05-05"]) == 0
    shown = capsys.readouterr()
    assert shown.out == brought
    assert "1 article without a date is taken as known before 2031-05-05" in shown.err


def test_the_record_before_a_day_is_that_of_its_articles(days: tuple[Path, Path]) -> None:
    assert record_before(days[1], date(2031, 5, 5)).record == onrecord.open(days[0]).record


@pytest.mark.parametrize("more", [["demands"], ["--by", "Berg"]])
def test_since_takes_no_section_and_no_filter(
    days: tuple[Path, Path], more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["show", str(days[1]), *more, "--since", "2031-05-05"]) == 2
    assert "leave out sections" in capsys.readouterr().err


def test_a_day_that_is_none_is_named(days: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["show", str(days[1]), "--since", "Friday"]) == 2
    assert "%Y-%m-%d" in capsys.readouterr().err
