"""Annotating texts without a record: lines in, lines out, in order, with offsets into the given text."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from typing import Any

import pytest

from onrecord.errors import UsageError
from onrecord.faces.annotate import annotate_lines, read_line
from onrecord.model import Text, Timex, When
from onrecord.pipeline.annotation import LAYERS, Item, annotate_texts, complete_value

TALKS = (
    "Foreign Minister Anna Berg of Norland said on Friday that her country “will not wait” for Sudmark. "
    "Jon Ek, the foreign minister of Sudmark, rejected the demand on 9 March 2022.\n"
)
LATER = "Anna Berg met Jon Ek in Vienna.\n"


def annotate(*items: object, layers: Sequence[str] | None = None) -> tuple[list[dict[str, Any]], int]:
    lines = b"".join(item if isinstance(item, bytes) else json.dumps(item).encode() + b"\n" for item in items)
    out = io.BytesIO()
    failed = annotate_lines(io.BytesIO(lines), out, layers)
    return [json.loads(line) for line in out.getvalue().splitlines()], failed


def words(text: str, pairs: list[list[int]]) -> list[str]:
    return [text[start:end] for start, end in pairs]


def test_every_layer_comes_by_default() -> None:
    """A line out has the id as it came and every layer."""
    (line,), failed = annotate({"id": 7, "text": TALKS, "published": "2022-03-14"})
    assert failed == 0
    assert line["id"] == 7
    assert set(line) == {"id", *LAYERS}


def test_statements_point_into_the_text() -> None:
    """Source, cue and content are code points of the text that was given, astral characters before them included."""
    text = "😀 " + TALKS
    (line,), _ = annotate({"id": "a", "text": text}, layers=["statements"])
    said = line["statements"][0]
    assert "said" in words(text, said["cue"])[0]
    assert "will not wait" in " ".join(words(text, said["content"]))
    assert said["speaker"] == "Anna Berg"
    assert set(said) == {
        *("source", "cue", "content", "manner", "speaker", "method", "chain", "cue_class", "confidence", "inner"),
    }


def test_only_the_layers_named_come() -> None:
    """--layers limits the line to what was asked for."""
    (line,), _ = annotate({"id": "a", "text": TALKS}, layers=["noise", "timexes"])
    assert set(line) == {"id", "noise", "timexes"}


def test_relative_dates_rest_on_the_day_of_publication() -> None:
    """ "on Friday" is a day where the line says when it was published, and no day where it does not."""
    (known, unknown), _ = annotate(
        {"id": 1, "text": TALKS, "published": "2022-03-14"}, {"id": 2, "text": TALKS}, layers=["timexes"]
    )
    friday = next(t for t in known["timexes"] if "Friday" in TALKS[t["start"] : t["end"]])
    assert (friday["edtf"], friday["value"]) == ("2022-03-11", "2022-03-11")
    printed = next(t for t in unknown["timexes"] if "2022" in TALKS[t["start"] : t["end"]])
    assert printed["edtf"] == "2022-03-09"


def test_that_day_is_the_day_told_last_in_the_paragraph() -> None:
    text = "They met on 12 January 2022 in Sabel. A day later they met again.\nLate that day they left."
    (line,), _ = annotate({"id": 1, "text": text}, layers=["timexes"])
    assert [t["edtf"] for t in line["timexes"]] == ["2022-01-12", "2022-01-13", None]


def test_one_line_lends_no_date_to_another() -> None:
    """Lines are texts of their own: the day printed in one does not anchor the other's."""
    text = "Norland answered on Friday.\n"
    (_, alone), _ = annotate({"id": 1, "text": TALKS}, {"id": 2, "text": text}, layers=["timexes"])
    assert all(timex["edtf"] is None for timex in alone["timexes"])


def test_one_actor_has_one_cluster_across_lines() -> None:
    """The same person named in two lines of one call is one actor; two persons are two."""
    (first, second), _ = annotate({"id": 1, "text": TALKS}, {"id": 2, "text": LATER}, layers=["names"])

    def actors(line: dict[str, Any], name: str) -> set[str]:
        return {n["actor"] for n in line["names"] if n["name"] == name and n["kind"] == "person"}

    assert actors(first, "Anna Berg") == actors(second, "Anna Berg") != set()
    assert actors(first, "Anna Berg") != actors(first, "Jon Ek")


def test_lines_that_cannot_be_read_keep_their_place() -> None:
    """A bad line gives an error line where it stood, and the others are annotated all the same."""
    lines, failed = annotate(
        b"{broken\n",
        {"id": 1, "text": LATER},
        {"id": 2},
        b"\n",
        {"id": 3, "text": LATER},
        {"id": 4, "text": ""},
        layers=["noise"],
    )
    assert [line["id"] for line in lines] == [None, 1, 2, 3, 4]
    assert [("error" in line) for line in lines] == [True, False, True, False, True]
    assert failed == 3


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"[]", "a JSON object is expected"),
        (b"\xff", "no JSON in UTF-8"),
        (b"[" * 100_000, "no JSON in UTF-8"),
        (b'{"id": 1, "text": 5}', "must be a string"),
        (b'{"text": "x", "outlet": 5}', "must be strings or null"),
        (b'{"text": "x", "published": "last week"}', "published"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: bytes, error: str) -> None:
    """The error says what was expected."""
    read = read_line(line)
    assert not isinstance(read, Item)
    assert error in read.error


def test_published_may_have_a_time_of_day() -> None:
    """Time of day is left out; the day counts."""
    read = read_line(b'{"text": "x", "published": "2022-03-14T09:30:00Z"}')
    assert isinstance(read, Item)
    assert read.published == When.of("2022-03-14", None, "metadata")


def test_an_unknown_layer_is_a_usage_error() -> None:
    """The message names the layers there are."""
    with pytest.raises(UsageError, match="statements, timexes, names, acts, noise"):
        list(annotate_texts([], ["verbs"]))


def test_results_come_as_texts_are_read() -> None:
    """Without names, the first result comes before the second text is asked for."""
    asked = []

    def items() -> Any:
        for number in range(3):
            asked.append(number)
            yield Item(number, LATER)

    results = annotate_texts(items(), ["noise"])
    assert next(results).id == 0
    assert asked == [0]


@pytest.mark.parametrize(
    ("made", "edtf", "value"),
    [
        ({"type": "DATE", "value": "XXXX-WXX"}, "2022-03-07/2022-03-13", "2022-W10"),
        ({"type": "DATE", "value": "XXXX-QX", "unit": "quarter"}, "2022-01-01/2022-03-31", "2022-Q1"),
        ({"type": "DATE", "value": "XXXX", "unit": "decade"}, "1990-01-01/1999-12-31", "199"),
        ({"type": "TIME", "value": "XXXX-XX-XXTMO"}, "2022-03-11", "2022-03-11TMO"),
        ({"type": "DATE", "value": "XXXX-XX", "mod": "APPROX"}, "2022-03~", "2022-03"),
        ({"type": "DATE", "value": "XXXX-11", "mod": "END"}, "1999-11-25~", "1999-11"),
        ({"type": "DATE", "value": "XXXX-Q1", "unit": "year"}, "2021-01/2021-03", "2021-Q1"),
        ({"type": "DATE", "value": "XXXX", "unit": "year", "rule": "part-of-unit"}, "2022-01-01/2022-02-15", "2022"),
        (
            {"type": "DATE", "value": "XXXX-WXX", "unit": "week", "rule": "part-of-unit"},
            "2022-03-07/2022-03-09",
            "2022-W10",
        ),
        ({"type": "DATE", "value": "FUTURE_REF"}, None, "FUTURE_REF"),
        ({"type": "DURATION", "value": "P2D"}, "2022-03-11", "P2D"),
        ({"type": "DATE", "value": "XXXX-SP"}, "../2022-03-11", "XXXX-SP"),
    ],
)
def test_values_are_completed_in_timex3(made: dict[str, Any], edtf: str | None, value: str) -> None:
    """What the anchor gives is written as TIMEX3 writes it: weeks, quarters and decades by their names."""
    span = Text.of("then").span(0, 4)
    assert complete_value(Timex(text="", span=span, **made), edtf) == value


class Broken:
    """A stage that fails on every text."""

    name, version, needs, makes = "roles", 1, (), ()

    def read(self, page: object) -> None:
        raise ValueError("no\nluck")


def test_a_stage_that_fails_costs_its_line_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says which stage failed and why, and the next line is read all the same."""
    monkeypatch.setattr("onrecord.plugins.load_stages", lambda: (Broken(),))
    lines, failed = annotate({"id": 1, "text": LATER}, {"id": 2, "text": TALKS}, layers=["noise"])
    assert failed == 2
    assert [line["id"] for line in lines] == [1, 2]
    assert "the stage roles failed on this text: ValueError: no luck" in lines[0]["error"]
