"""The code tables beside this file, read as rows, and the way a table of events is written."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import BinaryIO

from onrecord.faces.exports.csv import quiet_cell

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of ``NAME.tsv``, in the order of the file; lines that begin with ``#`` say what it is.

    >>> read_table("quads")[0]["quad"]
    'VERBAL COOPERATION'
    """
    written = (files("onrecord.faces.events") / f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line for line in written.splitlines() if not line.startswith("#"))
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
    return tuple(MappingProxyType(row) for row in rows)


def write_table(columns: Sequence[str], rows: Iterable[Mapping[str, object]], stream: BinaryIO) -> None:
    """Write rows tab-separated in UTF-8 under a header; a column that a row does not name is empty.

    Half of a surrogate pair, which UTF-8 cannot hold, is written as its escape.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    try:
        table = csv.DictWriter(text, columns, restval="", delimiter="\t", lineterminator="\n")
        table.writeheader()
        for row in rows:
            table.writerow({column: plain_cell(cell) for column, cell in row.items()})
    finally:
        text.detach()


def plain_cell(cell: object) -> object:
    r"""The cell on one line and without tabs, and nothing that a spreadsheet would run.

    >>> plain_cell("wait for\n\ta reply")
    'wait for a reply'
    """
    return quiet_cell(_BREAKS.sub(" ", cell)) if isinstance(cell, str) else cell
