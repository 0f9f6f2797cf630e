"""Articles as outlets send them: updated under one address, given twice, dated out of order, alone, copied."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

import onrecord

ARTICLE = """---
outlet: {outlet}
published: {day}
url: {url}
---
{title}

Norland demanded on {weekday} that Sudmark withdraw its patrol boats from the Sabel Strait by the end of the month.

Foreign Minister Anna Berg of Norland said the boats had kept fishermen from their nets for the whole of the winter.

“We have waited long enough,” Berg told reporters in Vessel. Sudmark has not answered the demand.{more}
"""


def _write(folder: Path, file: str, **fields: str) -> Path:
    given = {"outlet": "Vessel Courier", "day": "2031-05-01", "url": "", "title": "Norland asks", "more": ""}
    folder.mkdir(exist_ok=True)
    path = folder / file
    path.write_text(ARTICLE.format(weekday="Thursday", **(given | fields)), encoding="utf-8")
    return path


def test_an_article_updated_five_times_under_one_address_is_one_source(tmp_path: Path) -> None:
    more = ""
    for number in range(5):
        more += f"\n\nUpdate {number}: a boat was seen near the mole at {number} o'clock."
        day = f"2031-05-0{number + 1}"
        _write(tmp_path / "in", f"{number}.txt", url="https://courier.example/boats", day=day, more=more)
    record = onrecord.build([tmp_path / "in"], out=tmp_path / "out").record
    assert [text.copy_of for text in record.texts] == [None, *[record.texts[0].id] * 4]
    assert {entry.independent_sources for entry in record.entries} == {1}
    assert max(len(entry.reports) for entry in record.entries if entry.kind == "demand") == 5


def test_an_article_given_twice_is_one_article(tmp_path: Path) -> None:
    file = _write(tmp_path / "in", "one.txt")
    once = onrecord.build([file], out=tmp_path / "out").record
    assert onrecord.build([file, file, tmp_path / "in"], out=tmp_path / "twice").record == once
    assert onrecord.add(tmp_path / "out", [file]).record == once


def test_the_order_of_days_and_of_files_changes_nothing(tmp_path: Path) -> None:
    files = [
        _write(tmp_path / "in", "a.txt", day="2031-05-09", outlet="Late Post"),
        _write(tmp_path / "in", "b.txt", day="2031-05-01", outlet="Early Post", title="A demand"),
        _write(tmp_path / "in", "c.txt", day="2031-05-05", outlet="Middle Post", title="Boats", more=" It rained."),
    ]
    built = [
        onrecord.build(order, out=tmp_path / str(number)).record for number, order in enumerate(permutations(files))
    ]
    assert all(record == built[0] for record in built)
    early = next(text for text in built[0].texts if text.outlet == "Early Post")
    assert early.copy_of is None
    assert {text.copy_of for text in built[0].texts if text is not early} == {early.id}


def test_an_exchange_of_a_single_article_is_a_record(tmp_path: Path) -> None:
    record = onrecord.build([_write(tmp_path / "in", "one.txt")], out=tmp_path / "out").record
    assert {entry.kind for entry in record.entries} >= {"demand", "statement"}
    assert record.differences == ()


@pytest.mark.parametrize("copies", [60])
def test_many_copies_of_one_text_are_one_source(tmp_path: Path, copies: int) -> None:
    for number in range(copies):
        _write(tmp_path / "in", f"{number:03}.txt", outlet=f"Post {number}", title=f"Headline {number}")
    record = onrecord.build([tmp_path / "in"], out=tmp_path / "out").record
    assert sum(text.copy_of is None for text in record.texts) == 1
    assert {entry.independent_sources for entry in record.entries} == {1}
