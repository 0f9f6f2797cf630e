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

from onrecord.faces.cells import (
    WIDE,
    aside,
    day,
    make_grid,
    name_few,
    parties,
    plain,
    quoted,
    shorten,
    status,
    whereabouts,
)
from onrecord.faces.issues import make_issue, say_tellers
from onrecord.faces.papers import PaperRow
from onrecord.faces.rows import (
    ActorRow,
    DifferenceRow,
    EntryRow,
    IssueRow,
    Row,
    SourceRow,
    StatementRow,
    TellingRow,
)

NARROWEST = 60
"""Columns below which a table would drop its last ones; there its lines wrap instead."""


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


def _papers(rows: Sequence[PaperRow], width: int) -> RenderableType:
    return Group(*(Padding(make_paper(row, width), (0, 0, 1, 0)) for row in rows))


def make_paper(row: PaperRow, width: int) -> RenderableType:
    """A paper with its stages in their order: the state, its day or that it is not known, the words, who tells it."""
    way = " → ".join(name_few(names, length=40) for names in (row.by, row.to) if names)
    pages = f"{' or '.join(row.pages)} {'page' if row.pages == ('1',) else 'pages'}" if row.pages else ""
    facts = (way, pages, f"answers {row.answers}" if row.answers else "")
    grid = make_grid(10, 11, None)
    for stage in row.stages:
        words = plain(stage.content).append_text(aside(say_tellers(stage.told, "")))
        if stage.certainty == "possible":
            words.append("  possible", style="dim italic")
        when = day(stage.date) if stage.date else Text("not known", style="dim")
        grid.add_row(status(stage.status) if stage.status else Text("named", style="dim"), when, words)
    heading = plain(row.name, "bold").append_text(aside(" · ".join(fact for fact in facts if fact)))
    return Group(heading, Padding(grid, (0, 0, 0, 2)))


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
        ("papers", _papers),
        ("actors", _actors),
        ("differences", _differences),
        ("sources", _sources),
    )
}
