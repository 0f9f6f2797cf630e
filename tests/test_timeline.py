"""The order of entries where days are not known, and what of a record weighs most."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.faces.commands import run
from onrecord.faces.rows import EntryRow, Filter, make_rows
from onrecord.model import Entry, Record
from onrecord.record.timeline import order_entries, weigh
from tests.records import keep_record
from tests.told import day_of_may, hold, tell


def entry(name: str, day: int | None = None, **attributes: Any) -> Entry:
    """An entry of a day in May, or of none."""
    when = day_of_may(day) if day else None
    return replace(tell("meeting", f"Berg met Ek, {name}.", "met", entry=name, when=when), attributes=attributes)


def order(*entries: Entry) -> str:
    return " ".join(order_entries(entries, hold(*entries).texts))


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ((entry("a", 4), entry("x"), entry("b", 9)), "a b x"),
        ((entry("a", 4), entry("x", after=["a"]), entry("b", 9)), "a x b"),
        ((entry("a", 4), entry("b", 9, after=["x"]), entry("x")), "a x b"),
        ((entry("a", 4), entry("y", after=["x"]), entry("x", after=["a"]), entry("b", 9)), "a x y b"),
        ((entry("a", 4), entry("x", after=["b"]), entry("b", 9), entry("c", 12)), "a b x c"),
        ((entry("a", 4, after=["x"]), entry("x", after=["b"]), entry("b", 9)), "a b x"),
        ((entry("x", after=["y"]), entry("y", after=["x"]), entry("a", 4)), "a x y"),
        ((entry("a", 4), entry("b", 9, after=["gone"]), entry("x", after=["gone"])), "a b x"),
    ],
    ids=("last", "behind", "before", "chain", "the later", "both ways", "ring", "not in the record"),
)
def test_what_has_no_day_stands_where_the_text_puts_it(entries: tuple[Entry, ...], expected: str) -> None:
    assert order(*entries) == expected


def test_importance_counts_sources_and_the_parties_that_speak_to_an_entry() -> None:
    demand = tell("demand", "Norland demanded talks.", "demanded", entry="d", by=("n",))
    answer = tell("answer", "Sudmark refused.", "refused", entry="a", by=("s",), status="rejected", answers="d")
    said = tell("statement", "The League regretted that.", "regretted", entry="s", by=("l",))
    said = replace(said, attributes={"related": ["d"]})
    alone = tell("meeting", "Berg met Ek.", "met", entry="m", by=("b",))
    found = {one.id: one.attributes["importance"] for one in weigh((demand, answer, said, alone))}
    assert found == {"d": 1 + 3, "a": 1 + 2, "s": 1 + 2, "m": 1 + 1}


def _weighed() -> Record:
    entries = (entry("a", 4, importance=2), entry("b", 9, importance=5), entry("c", 12, importance=5))
    return hold(*entries)


def test_the_weightiest_are_shown_in_their_order() -> None:
    rows = make_rows("timeline", _weighed(), Filter(top=2))
    assert [row.id for row in rows if isinstance(row, EntryRow)] == ["b", "c"]
    rows = make_rows("timeline", _weighed(), Filter(top=1))
    assert [row.id for row in rows if isinstance(row, EntryRow)] == ["b"]


def test_top_is_for_sections_of_entries(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(keep_record(tmp_path))
    assert run(["show", folder, "--top", "1", "--json"]) == 0
    assert run(["show", folder, "actors", "--top", "1"]) == 2
    assert "documents, meetings, timeline" in capsys.readouterr().err
