"""manifest.csv: what a folder says about the files in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from onrecord.intake.decoding import decode_bytes
from onrecord.intake.metadata import KEYS, read_words

NAME = "manifest.csv"
_LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows of a manifest by file name, the row numbers of each, and what could not be read."""

    rows: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, int]
    problems: tuple[str, ...]


def read_manifest(path: Path) -> Manifest:
    """The manifest in the file; one that cannot be read has no rows and says why. Raises nothing."""
    try:
        if path.stat().st_size > _LARGEST:
            return Manifest({}, {}, (f"is larger than {_LARGEST:,} bytes, and was not read",))
        text = decode_bytes(path.read_bytes()).text
    except OSError as error:
        return Manifest({}, {}, (f"cannot be read ({error.strerror}), so that its metadata is missing",))
    header = text.partition("\n")[0]
    # Spreadsheets of half of Europe part cells with semicolons and still call it CSV.
    delimiter = next((mark for mark in (",", ";", "\t") if mark in header), ",")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: dict[str, Mapping[str, str]] = {}
    numbers: dict[str, int] = {}
    problems: list[str] = []
    try:
        columns = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = columns
        if "file" not in columns:
            return Manifest({}, {}, ("has no column `file`; name the columns in its first line",))
        for number, row in enumerate(reader, start=2):
            problem = _read_row(row, number, rows, numbers)
            problems += [problem] if problem else []
    except csv.Error as error:
        problems.append(f"line {reader.line_num + 1} is no CSV ({error}); the lines from there on were not read")
    return Manifest(rows, numbers, tuple(problems))


def _read_row(
    row: Mapping[str | None, object], number: int, rows: dict[str, Mapping[str, str]], numbers: dict[str, int]
) -> str | None:
    """Puts the row among the rows; what is wrong with it, if anything."""
    name = read_words(row.get("file"))
    if not name:
        return f"row {number} names no file" if any(read_words(cell) for cell in row.values()) else None
    if row.get(None):
        return f"row {number} has more cells than the first line has columns; put cells with commas in quotation marks"
    name = str(PurePosixPath(name.replace("\\", "/")))
    values = {key: words for key in KEYS if (words := read_words(row.get(key)))}
    if name in rows and rows[name] != values:
        return f"row {number} names {name} again and says something else than row {numbers[name]}, which is kept"
    rows.setdefault(name, values)
    numbers.setdefault(name, number)
    return None
