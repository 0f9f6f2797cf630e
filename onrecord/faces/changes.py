"""What is new in a record: its changes as rows, and as lines on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.faces.cells import aside, day, make_grid, name_few, parties, plain, status
from onrecord.faces.lookup import Lookup
from onrecord.faces.rows import make_entry_row
from onrecord.model import Change, ChangeKind, Record

HEADINGS: dict[ChangeKind, str] = {
    "new": "New",
    "surer": "Now sure enough for the record",
    "status": "Changed status",
    "position": "Changed positions",
    "corroborated": "Told by more independent sources",
    "contradicted": "Now contradicted",
    "settled": "No longer contradicted",
    "doubted": "No longer sure enough for the record",
    "gone": "Gone",
}


_COUNTED: dict[ChangeKind, str] = {
    "new": "new",
    "surer": "surer",
    "status": "of another status",
    "position": "changed in position",
    "corroborated": "better sourced",
    "contradicted": "contradicted",
    "settled": "settled",
    "doubted": "less sure",
    "gone": "gone",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change in words. ``date``, ``kind`` and ``content`` are those of its first entry, or of a position."""

    change: ChangeKind
    entries: tuple[str, ...]
    date: str
    kind: str
    who: str
    content: str
    before: str | None
    after: str | None
    sources: tuple[str, ...]


def make_change_rows(changes: Sequence[Change], old: Record, new: Record) -> tuple[ChangeRow, ...]:
    """The changes with names for ids; what is gone is looked up where it was."""
    before, now = Lookup(old), Lookup(new)
    return tuple(_row(change, before if change.kind in ("gone", "settled") else now) for change in changes)


def _row(change: Change, lookup: Lookup) -> ChangeRow:
    entry = make_entry_row(lookup.entries[change.entries[0]], lookup)
    issue = lookup.issues.get(change.issue or "")
    return ChangeRow(
        change=change.kind,
        entries=change.entries,
        date=entry.date,
        kind="position" if change.kind == "position" else entry.kind,
        who=lookup.name(change.actor) if change.actor else parties(entry),
        content=issue.label if issue else entry.content,
        before=change.before,
        after=change.after,
        sources=tuple(dict.fromkeys(lookup.source(text) for text in change.texts)),
    )


def make_changes(rows: Sequence[ChangeRow], width: int) -> RenderableType:
    """The rows kind by kind; where there are none, a line that says so."""
    if not rows:
        return Text("nothing is new", style="dim")
    counts = Counter(row.change for row in rows)
    parts: list[RenderableType] = [Text(", ".join(f"{n} {_COUNTED[kind]}" for kind, n in counts.items()) + "\n")]
    for kind, group in groupby(rows, key=lambda row: row.change):
        mine = tuple(group)
        grid = make_grid(11, 10, None)
        for row in mine:
            grid.add_row(day(row.date), plain(row.kind, "dim"), _words(row))
        heading = Text(HEADINGS[kind], style="bold cyan").append(f"  {len(mine)}", style="not bold dim")
        parts += [heading, Padding(grid, (0, 0, 1, 2))]
    return Group(*parts)


def _words(row: ChangeRow) -> Text:
    line = plain(row.who, "bold")
    line.append(": " if row.who else "").append_text(plain(row.content, "not bold"))
    line.append_text(_turn(row)).append_text(aside(name_few(row.sources)))
    return line


def _turn(row: ChangeRow) -> Text:
    """The status of what is new; of what changed, both values."""
    if row.change == "corroborated":
        return aside(f"{row.before} → {row.after} sources")
    if row.before is None and row.after is None:
        return Text("")
    turned = Text("  ", style="not bold")
    if row.before is not None:
        turned.append_text(status(row.before))
    elif row.change == "position":
        turned.append("nothing known", style="dim")
    if row.before is not None or row.change == "position":
        turned.append(" → ", style="dim")
    return turned.append_text(status(row.after) if row.after is not None else Text("agreed", style="dim"))
