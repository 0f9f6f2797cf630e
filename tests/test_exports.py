"""The exports: JSON to the contract, CSV safe to open, excerpts that verify, packs that are the same each time."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import BinaryIO, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import PluginError, UsageError
from onrecord.faces import exports
from onrecord.faces.exports import Exporter, make_exporter
from onrecord.faces.exports.csv import COLUMNS, quiet_cell
from onrecord.faces.exports.excerpts import cut_to_excerpts
from onrecord.faces.exports.json import write_json
from onrecord.faces.lookup import Lookup
from onrecord.model import Evidence, Record, Report, ReportSpans
from onrecord.pipeline.checks import check_record
from onrecord.pipeline.schema import read_schema
from tests.records import ALPHA, make_record, swap_title


def write(name: str, record: Record) -> bytes:
    stream = io.BytesIO()
    make_exporter(name).write(record, stream)
    return stream.getvalue()


def test_json_holds_the_contract() -> None:
    """The export of a record passes every check of the contract."""
    checked = check_record(json.loads(write("json", make_record())))
    assert checked.faults == ()
    assert checked.spans > 25


def test_json_has_every_key_of_the_schema_and_no_other() -> None:
    """The model mirrors the schema field for field, so that neither can change alone."""
    properties = read_schema()["properties"]
    assert {field.name for field in fields(Record)} == set(properties)
    exported = json.loads(write("json", make_record()))
    for name, definition in (("texts", "text"), ("actors", "actor"), ("entries", "entry"), ("positions", "position")):
        wanted = set(read_schema()["$defs"][definition]["properties"])
        assert all(set(item) == wanted for item in exported[name])


def test_json_is_the_same_each_time() -> None:
    """Equal records give equal bytes, in whatever order their attributes were put together."""
    record = make_record()
    turned = tuple(replace(e, attributes=dict(reversed(list(e.attributes.items())))) for e in record.entries)
    assert write("json", record) == write("json", replace(record, entries=turned))


def test_json_keeps_words_readable() -> None:
    """Words stand in UTF-8, not in escapes, and dates in ISO 8601."""
    exported = write("json", make_record()).decode()
    assert "“would rather wait a month than guess”" in exported
    assert '"earliest": "2022-03-08"' in exported


def test_json_survives_half_a_surrogate_pair() -> None:
    """A headline that UTF-8 cannot hold is written as JSON's own escape and read back as it was."""
    exported = write("json", swap_title(make_record(), "Norland \ud83d waits"))
    assert json.loads(exported)["texts"][0]["title"] == "Norland \ud83d waits"


def test_json_of_an_empty_record() -> None:
    """A record without articles is an object with empty lists."""
    stream = io.BytesIO()
    write_json(Record(), stream)
    assert check_record(json.loads(stream.getvalue())).holds


def test_csv_has_a_row_for_each_report() -> None:
    """Each report is a row, with names for ids and the place of its words."""
    record = make_record()
    rows = list(csv.DictReader(io.StringIO(write("csv", record).decode())))
    assert len(rows) == sum(len(entry.reports) for entry in record.entries)
    assert list(rows[0]) == list(COLUMNS)
    said = next(row for row in rows if row["entry"] == "e1")
    assert (said["speaker"], said["manner"], said["date"]) == ("Anna Berg", "mixed", "2022-03-08")
    assert ALPHA[int(said["start"]) : int(said["end"])] == said["exact"]
    assert {row["copy_of"] for row in rows if row["file"] == "news/gamma.html"} == {"beta.txt"}


@given(st.text())
def test_csv_runs_nothing_in_a_spreadsheet(words: str) -> None:
    """No cell of words begins with a character that a spreadsheet takes for a formula, blanks before it or not."""
    cell = str(quiet_cell(words))
    assert not cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (words, f"'{words}")


def test_csv_leaves_numbers_alone() -> None:
    """Numbers are no words and stay numbers."""
    assert quiet_cell(-3) == -3


def test_jsonl_lines_can_be_read_alone() -> None:
    """Each line is one entry with actors, articles and issues by name."""
    lines = [json.loads(line) for line in write("jsonl", make_record()).splitlines()]
    assert [line["id"] for line in lines] == ["e2", "e1", "e5", "e3", "e4", "e6", "e7", "e8"]
    assert lines[0]["by"] == ["Norland"]
    assert lines[0]["issue"] == "Patrol boats out of the strait"
    assert lines[4]["reports"][1]["copy_of"] == "beta.txt"


def test_html_is_one_page() -> None:
    """The page comes out whole."""
    assert write("html", make_record()).startswith(b"<!")


def test_excerpts_verify_like_the_record() -> None:
    """In an excerpt every offset still leads to its words, and nothing but the bodies is changed."""
    record = make_record()
    cut = cut_to_excerpts(record)
    assert check_record(json.loads(write("json", cut))).faults == ()
    assert replace(cut, texts=record.texts) == record


def test_excerpts_keep_length_and_lines() -> None:
    """A body keeps its length and its line breaks, so that offsets and paragraphs stay."""
    for text, cut in zip(make_record().texts, cut_to_excerpts(make_record()).texts, strict=True):
        assert len(cut.body) == len(text.body)
        assert [i for i, c in enumerate(cut.body) if c == "\n"] == [i for i, c in enumerate(text.body) if c == "\n"]


def test_excerpts_leave_the_rest_out() -> None:
    """What is no evidence and not near any is not to be read, noise least of all."""
    body = cut_to_excerpts(make_record(), around=20).texts[0].body
    assert "lighthouses" in ALPHA
    assert "lighthouses" not in body
    assert "morning letter" not in body
    assert "would rather wait a month than guess" in body


@given(st.integers(0, 400))
def test_excerpts_show_whole_words(around: int) -> None:
    """However much is kept around, no word is cut in two."""
    body = cut_to_excerpts(make_record(), around).texts[0].body
    assert set(body.replace("·", " ").split()) <= set(ALPHA.split()) | {
        word.strip("“”’.,") for word in ALPHA.replace("’", " ").split()
    }


def test_an_unknown_format_is_a_usage_error() -> None:
    """The message names the formats there are."""
    with pytest.raises(UsageError, match="json, html, csv, jsonl"):
        make_exporter("wordperfect")


class Shout:
    """An exporter as a plugin would bring it."""

    name: ClassVar[str] = "shout"
    suffix: ClassVar[str] = ".txt"
    about: ClassVar[str] = "titles in capitals"

    def write(self, record: Record, stream: BinaryIO) -> None:
        for text in record.texts:
            stream.write((text.title or "").upper().encode())


def test_plugins_bring_formats(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that a package offers under the entry point group is found by its name."""
    monkeypatch.setattr(exports, "offered", lambda group: (f"{__name__}:Shout",))
    assert isinstance(make_exporter("shout"), Exporter)
    assert write("shout", make_record()) == b"NORLAND KEEPS WAITING FOR SUDMARK"


def test_a_plugin_without_write_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin that does not keep the contract stops the export before anything is written."""
    monkeypatch.setattr(exports, "offered", lambda group: ("pathlib:PurePath",))
    with pytest.raises(PluginError, match="does not keep its contract"):
        make_exporter("path")


def test_built_in_exporters_say_what_they_write() -> None:
    """Every built-in has its own name, a suffix and a sentence."""
    for name in exports.BUILT_IN:
        exporter = make_exporter(name)
        assert exporter.name == name
        assert exporter.suffix.startswith(".")
        assert Path(f"record{exporter.suffix}").suffix == exporter.suffix
        assert exporter.about


def test_the_pieces_of_a_speaker_are_parted_and_never_stitched() -> None:
    said = (Evidence("t-1", 20, 27, "no harm"),)
    named = (Evidence("t-1", 0, 9, "The envoy"), Evidence("t-1", 12, 19, "of Vald"))
    report = Report("t-1", "source", (), "paraphrase", None, ReportSpans(said, speaker=named), 1.0)
    assert Lookup(Record()).speaker(report) == "The envoy … of Vald"
