"""The record as one table: a row for each report, the place of its words included."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO, ClassVar

from onrecord.faces.lookup import Lookup, words_of
from onrecord.model import Entry, Record, Report

COLUMNS = (
    "entry",
    "kind",
    "date",
    "earliest",
    "latest",
    "date_words",
    "by",
    "to",
    "status",
    "content",
    "issue",
    "answers",
    "place",
    "forum",
    "speaker",
    "manner",
    "voice",
    "chain",
    "outlet",
    "file",
    "copy_of",
    "start",
    "end",
    "spans",
    "exact",
    "confidence",
    "certainty",
    "independent_sources",
)


class Csv:
    """One row a report, for spreadsheets and data frames."""

    name: ClassVar[str] = "csv"
    suffix: ClassVar[str] = ".csv"
    about: ClassVar[str] = "one table, a row for each report of each entry"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the table in UTF-8 with a header. ``start`` to ``end`` is the extent of the content in the body.

        ``spans`` lists its pieces ("12-40 58-70"), ``exact`` their words, parted by an ellipsis. Names in one cell
        are parted by "; ". A cell that a spreadsheet would take for a formula begins with "'".
        """
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        try:
            table = csv.writer(text, lineterminator="\n")
            table.writerow(COLUMNS)
            lookup = Lookup(record)
            for entry in lookup.ordered(possible=True):
                for report in entry.reports:
                    table.writerow([quiet_cell(cell) for cell in _cells(entry, report, lookup)])
        finally:
            text.detach()


def quiet_cell(cell: object) -> object:
    """The cell, words led by "'" where a spreadsheet would run them as a formula (CWE-1236).

    >>> quiet_cell("=HYPERLINK(A1)")
    "'=HYPERLINK(A1)"
    """
    if isinstance(cell, str) and cell.lstrip(" \n").startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{cell}"
    return cell


def _cells(entry: Entry, report: Report, lookup: Lookup) -> Iterable[object]:
    text, when, spans = lookup.texts[report.text], entry.when, report.spans.content
    issue = lookup.issues.get(entry.issue or "")
    return (
        entry.id,
        entry.kind,
        when.edtf if when else None,
        when.earliest if when else None,
        when.latest if when else None,
        when.stated if when else None,
        "; ".join(lookup.names(entry.by)),
        "; ".join(lookup.names(entry.to)),
        entry.status,
        entry.content,
        issue.label if issue else None,
        entry.answers,
        lookup.name(entry.place),
        lookup.name(entry.forum),
        lookup.speaker(report),
        report.manner,
        report.voice,
        " > ".join(lookup.names(report.chain)),
        text.outlet,
        text.file,
        lookup.texts[text.copy_of].file if text.copy_of else None,
        min(span.start for span in spans),
        max(span.end for span in spans),
        " ".join(f"{span.start}-{span.end}" for span in spans),
        words_of(report),
        report.confidence,
        entry.certainty,
        entry.independent_sources,
    )
