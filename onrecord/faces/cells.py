"""What the lines of a table are made of: words, dates, names, parties, a status in its colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from onrecord.faces.harmless import on_one_line
from onrecord.faces.rows import EntryRow, StatementRow

WIDE = 110
"""Columns from which a table shows more than the least."""

STYLES: Mapping[str, str] = {
    "accepted": "green",
    "accepts": "green",
    "rejected": "red",
    "rejects": "red",
    "partial": "yellow",
    "partly accepts": "yellow",
    "deferred": "yellow",
    "defers": "yellow",
    "unanswered": "magenta",
    "no answer found": "magenta",
    "cancelled": "red",
    "demands": "bold",
}


def plain(words: str, style: str = "") -> Text:
    """Words of an article on one line, harmless, never read as markup."""
    return Text(on_one_line(words), style=style)


def aside(words: str) -> Text:
    """Words of an article after others on a line, quieter than they are."""
    return Text(f"  {on_one_line(words)}", style="not bold dim") if words else Text("")


def status(word: str | None) -> Text:
    """A status or stance in its colour."""
    return Text(word or "", style=STYLES.get(word or "", ""))


def name_few(names: Sequence[str], most: int = 3, length: int = 200) -> str:
    """The names, each cut to ``length``, the last ones as a number where there are many.

    >>> name_few(("Norland", "Sudmark", "Varland", "Ostmark"))
    'Norland, Sudmark and 2 more'
    """
    shown = [shorten(name, length) for name in names]
    if len(shown) <= most:
        return ", ".join(shown)
    return f"{', '.join(shown[: most - 1])} and {len(shown) - most + 1} more"


def day(edtf: str) -> Text:
    """A date in a column 11 wide: the stretch of an interval is parted by a dash, and may break after it.

    >>> day("../2022-03-18").plain
    '–2022-03-18'
    """
    first, slash, last = edtf.partition("/")
    if edtf.startswith("“") or not slash:
        return plain(edtf)
    return plain(f"–{last}" if first in ("", "..") else f"{first}–" if last in ("", "..") else f"{first}– {last}")


def shorten(words: str, most: int) -> str:
    """The words on one line, cut at a blank with an ellipsis where they are longer than ``most``.

    >>> shorten("Sudmark is to move its patrol boats", 20)
    'Sudmark is to move…'
    """
    line = on_one_line(words)
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", 1)[0] if " " in line[:most] else line[: most - 1]
    return cut.rstrip(" ,;:.") + "…"


def parties(row: EntryRow, length: int = 200) -> str:
    """Who, and to whom: "Norland → Sudmark"; the participants of a meeting are side by side."""
    if row.kind == "meeting":
        return name_few((*row.by, *row.to), length=length)
    by, to = name_few(row.by, length=length) or shorten(row.speaker or "", length), name_few(row.to, length=length)
    return f"{by} → {to}" if by and to else by or (f"→ {to}" if to else "")


def whereabouts(row: EntryRow) -> str:
    """Forum and place, unless they are parties too."""
    named = {*row.by, *row.to}
    return ", ".join(dict.fromkeys(name for name in (row.forum, row.place) if name and name not in named))


def quoted(row: StatementRow) -> str:
    """The words of a statement, in quotation marks where they are quoted whole and have none of their own."""
    words = on_one_line(row.words)
    if row.manner == "verbatim" and not words.startswith(("“", '"', "«", "„")):
        return f"“{words}”"
    return words


def make_grid(*widths: int | None) -> Table:
    """A table without lines; a column of width None takes what is left."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for width in widths:
        grid.add_column(width=width, ratio=1 if width is None else None, overflow="fold")
    return grid
