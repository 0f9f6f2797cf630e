"""Rows as tables on a terminal, 80 columns or 200, in colour only where the terminal has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from typing import cast

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.faces.harmless import on_one_line
from onrecord.faces.rows import (
    ActorRow,
    DifferenceRow,
    EntryRow,
    IssueRow,
    PositionRow,
    Row,
    SourceRow,
    StatementRow,
    TellingRow,
)

WIDE = 110
"""Columns from which a table shows more than the least."""

NARROWEST = 60
"""Columns below which a table would drop its last ones; there its lines wrap instead."""

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


def make_table(section: str, rows: Sequence[Row], width: int) -> RenderableType:
    """The rows of a section as a terminal shows them; where there are none, a line that says so."""
    if not rows:
        return Text(f"no {section} in this record", style="dim")
    return _TABLES[section](rows, width)


def make_heading(section: str) -> RenderableType:
    """The title of a section where several are shown."""
    return Text(section.upper(), style="bold cyan")


def make_console(*, stderr: bool = False) -> Console:
    """A console for words of articles: no markup, no emoji codes, no guessing at what looks like code."""
    console = Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False)
    console.width = max(console.width, NARROWEST)
    return console


def print_tidily(console: Console, shown: RenderableType) -> None:
    """Print it; where a file or a program reads, without the blanks that only fill a terminal's line.

    A line that must stay whole, with a path to copy, may be longer than the terminal is wide.
    """
    if console.is_terminal:
        console.print(shown, crop=False)
        return
    with console.capture() as captured:
        console.print(shown, crop=False)
    console.file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


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


_Column = tuple[str, dict[str, object]]


def _table(columns: Iterable[_Column]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, header_style="bold", border_style="dim")
    for heading, options in columns:
        table.add_column(heading, overflow="fold", **options)  # type: ignore[arg-type]
    return table


_DAY: _Column = ("date", {"width": 11})
_WHAT: _Column = ("what", {"ratio": 5})
_WHO: _Column = ("who", {"ratio": 3, "min_width": 16})


def _told_by(row: EntryRow | StatementRow, wide: bool) -> Text:
    """The outlets, or at 80 columns their number; copies are not counted twice."""
    if wide:
        return plain(name_few(row.sources), "dim")
    return Text(str(row.independent_sources), style="dim")


def _sources_column(wide: bool) -> _Column:
    return ("told by", {"ratio": 2}) if wide else ("src", {"width": 3, "justify": "right"})


def _entries(rows: Sequence[EntryRow], width: int) -> RenderableType:
    wide = width >= WIDE
    table = _table((_DAY, ("kind", {"width": 11}), _WHO, _WHAT, _sources_column(wide)))
    for row in rows:
        kind = Text(row.kind)
        if row.status:
            kind.append("\n").append_text(status(row.status))
        if row.certainty == "possible":
            kind.append("\npossible", style="dim italic")
        table.add_row(day(row.date), kind, plain(parties(row)), plain(row.content), _told_by(row, wide))
    return table


def _meetings(rows: Sequence[EntryRow], width: int) -> RenderableType:
    wide = width >= WIDE
    where: list[_Column] = [("where", {"ratio": 2})] if wide else []
    table = _table((_DAY, ("status", {"width": 9}), _WHO, *where, _WHAT, _sources_column(wide)))
    for row in rows:
        place = whereabouts(row)
        who = plain(parties(row))
        if not wide and place:
            who.append("\n").append_text(plain(place, "dim"))
        cells = [day(row.date), status(row.status), who, *([plain(place)] if wide else [])]
        table.add_row(*cells, plain(row.content), _told_by(row, wide))
    return table


def _documents(rows: Sequence[EntryRow], width: int) -> RenderableType:
    wide = width >= WIDE
    paper: list[_Column] = [("paper", {"ratio": 2})] if wide else []
    table = _table((_DAY, ("status", {"width": 10}), *paper, _WHO, _WHAT, _sources_column(wide)))
    for row in rows:
        word = status(row.status) if row.status else Text(row.kind if row.kind != "document" else "", style="dim")
        cells = [day(row.date), word, *([plain(row.name or "")] if wide else []), plain(parties(row))]
        table.add_row(*cells, plain(row.content), _told_by(row, wide))
    return table


def _statements(rows: Sequence[StatementRow], width: int) -> RenderableType:
    wide = width >= WIDE
    parts: list[RenderableType] = []
    for speaker, group in groupby(rows, key=lambda row: (row.speaker, row.office)):
        said = tuple(group)
        heading = plain(speaker[0], "bold")
        heading.append_text(aside(speaker[1] or ""))
        heading.append(f"  {len(said)}", style="dim")
        grid = make_grid(*((11, None, 24) if wide else (11, None)))
        for row in said:
            words = Text(quoted(row))
            if row.chain:
                words.append_text(aside(f"(through {name_few(row.chain)})"))
            if row.certainty == "possible":
                words.append("  possible", style="dim italic")
            if not wide:
                words.append_text(aside(name_few(row.sources, 2, 24)))
            grid.add_row(day(row.date), words, *([_told_by(row, wide)] if wide else []))
        parts += [heading, Padding(grid, (0, 0, 1, 2))]
    return Group(*parts)


def _demands(rows: Sequence[IssueRow], width: int) -> RenderableType:
    return Group(*(Padding(make_issue(row, width), (0, 0, 1, 0)) for row in rows))


def make_issue(row: IssueRow, width: int, *, in_brief: bool = False) -> RenderableType:
    """An issue: its demands, every answer with its status, and who gave none that the articles tell of.

    In brief, an answer is its status, who gave it, when, and who says so.
    """
    wide = width >= WIDE
    grid = make_grid(15, 28 if wide else 18, None)
    long = 40 if wide else 30
    for demand in row.demands:
        grid.add_row(status("demands"), plain(parties(demand, long)), _with_sources(demand, demand.content, in_brief))
    for answer in row.answers:
        words = "" if in_brief else answer.content
        grid.add_row(status(answer.status), plain(name_few(answer.by)), _with_sources(answer, words, in_brief))
    claimed = {answer.id for answer in row.answers}  # that it went unanswered, an article says already
    for position in row.positions:
        if position.stance == "no answer found" and claimed.isdisjoint(position.entries):
            grid.add_row(*_nothing_found(position, row.searched))
    return Group(plain(row.label, "bold"), Padding(grid, (0, 0, 0, 2)))


def _nothing_found(position: PositionRow, searched: int) -> tuple[Text, Text, Text]:
    where = "in this article" if searched == 1 else f"in these {searched} articles"
    return status(position.stance), plain(position.actor), Text(where, style="dim")


def _with_sources(row: EntryRow, words: str, in_brief: bool) -> Text:
    sources = name_few(row.sources, 2, 24) if in_brief else name_few(row.sources)
    tail = " · ".join(part for part in (day(row.date).plain, sources) if part)
    return plain(words).append_text(aside(tail)) if words else plain(tail, "dim")


def _actors(rows: Sequence[ActorRow], width: int) -> RenderableType:
    wide = width >= WIDE
    columns: list[_Column] = [("name", {"ratio": 3}), ("kind", {"width": 15}), ("office", {"ratio": 4})]
    if wide:
        columns.append(("also called", {"ratio": 3}))
    columns += [(name, {"justify": "right"}) for name in ("named", "says", "entries")]
    table = _table(columns)
    for row in rows:
        kind = f"{row.kind} {row.country}" if row.country else row.kind
        name = plain(row.name, "bold" if row.statements else "")
        cells = [name, plain(kind, "dim"), plain("; ".join(row.offices))]
        if wide:
            cells.append(plain(", ".join(row.aliases), "dim"))
        table.add_row(*cells, *(Text(str(n) if n else "") for n in (row.mentions, row.statements, row.entries)))
    return table


def _differences(rows: Sequence[DifferenceRow], width: int) -> RenderableType:
    return Group(*(Padding(make_difference(row, width), (0, 0, 1, 0)) for row in rows))


def make_difference(row: DifferenceRow, width: int) -> RenderableType:
    """The values of one slot, one under the other, each with its sources and the words of the first."""
    heading = Text(row.slot, style="bold").append("  ").append_text(plain(row.about))
    grid = make_grid(*((20, 24, None) if width >= WIDE else (18, 18, None)))
    tellings: dict[str, list[TellingRow]] = {}
    for telling in row.tellings:
        tellings.setdefault(telling.value, []).append(telling)
    for value, told in tellings.items():
        sources = name_few(list(dict.fromkeys(telling.source for telling in told)))
        grid.add_row(plain(value, "yellow"), plain(sources, "dim"), plain(f"“{shorten(told[0].words, 160)}”"))
    return Group(heading, Padding(grid, (0, 0, 0, 2)))


def _sources(rows: Sequence[SourceRow], width: int) -> RenderableType:
    wide = width >= WIDE
    numbers = ("articles", "copies", "reports", "alone", "leaves out" if wide else "omits")
    columns: list[_Column] = [("source", {"ratio": 3, "min_width": 12})]
    if width >= 72:
        columns.append(("published", {"width": 23 if wide else 11}))
    columns += [(name, {"justify": "right", "no_wrap": True}) for name in numbers]
    if wide:
        columns.append(("of these", {"ratio": 4}))
    table = _table(columns)
    for row in rows:
        days = (
            row.first if row.first == row.last else f"{row.first}{' – ' if wide else ' –'}{row.last}"
        ) or "not known"
        counts = (row.articles, row.copies, sum(row.reports.values()), row.alone, row.leaves_out)
        cells = [
            plain(row.source),
            *([plain(days, "" if row.first else "dim")] if width >= 72 else []),
            *(Text(str(n) if n else "") for n in counts),
        ]
        if wide:
            cells.append(plain(", ".join(f"{n} {name_kind(kind, n)}" for kind, n in row.reports.items()), "dim"))
        table.add_row(*cells)
    return Group(table, _files(rows))


def _files(rows: Sequence[SourceRow]) -> RenderableType:
    """Which files each source's articles came in, for `onrecord remove`; a source without a name is its file."""
    grid = make_grid(24, None)
    for row in rows:
        if row.files != (row.source,):
            grid.add_row(plain(row.source), plain(name_few(row.files, 6), "dim"))
    return grid


def name_kind(kind: str, count: int) -> str:
    """A kind of entry, in the plural where there is not just one.

    >>> name_kind("document", 2)
    'documents'
    """
    return kind if count == 1 else f"{kind}s"


_Make = Callable[[Sequence[Row], int], RenderableType]
_TABLES: Mapping[str, _Make] = {
    name: cast(_Make, make)
    for name, make in (
        ("timeline", _entries),
        ("demands", _demands),
        ("statements", _statements),
        ("meetings", _meetings),
        ("documents", _documents),
        ("actors", _actors),
        ("differences", _differences),
        ("sources", _sources),
    )
}
