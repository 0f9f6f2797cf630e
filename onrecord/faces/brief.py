"""The brief: what a desk officer wants to know in the first ten seconds, on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.faces.lookup import Lookup
from onrecord.faces.rows import DifferenceRow, EntryRow, IssueRow, StatementRow, make_rows
from onrecord.faces.tables import (
    WIDE,
    make_difference,
    make_grid,
    make_issue,
    name_few,
    name_kind,
    parties,
    plain,
    quoted,
    shorten,
    status,
)
from onrecord.model import Record

ISSUES, STATEMENTS, MEETINGS, PAPERS, DIFFERENCES = 6, 5, 4, 4, 4
"""How many of each the brief shows; what is left over is counted and the command that shows it named."""


@dataclass(frozen=True, slots=True)
class Around:
    """What the brief says besides the record: where it lies, its page, and what the last build did."""

    record: str  # as a person types it after `onrecord show`
    page: str | None = None
    work: str | None = None  # "2 articles read, 10 unchanged"


def make_brief(record: Record, around: Around, width: int) -> RenderableType:
    """The brief of a record, for a terminal of so many columns."""
    if not record.texts:
        return Text(f"{around.record}: a record without articles. Add some: onrecord add {around.record} PATH...")
    parts: list[RenderableType] = [_head(record, around)]
    for section, make in (
        ("demands", _issues),
        ("statements", _statements),
        ("meetings", _meetings),
        ("documents", _papers),
        ("differences", _differences),
    ):
        part = make(record, around, width)
        parts.append(part if part is not None else Text(f"No {section} found.\n", style="dim"))
    parts.append(_foot(record, around))
    return Group(*parts)


def _head(record: Record, around: Around) -> RenderableType:
    lookup = Lookup(record)
    copies = sum(text.copy_of is not None for text in record.texts)
    outlets = len({text.outlet for text in record.texts if text.outlet is not None})
    counts = [
        f"{len(record.texts)} {name_kind('article', len(record.texts))}",
        f"{outlets} {name_kind('outlet', outlets)}" if outlets else "outlets not known",
    ]
    if copies:
        counts.append("1 of them a copy" if copies == 1 else f"{copies} of them copies")
    line = Text(" · ".join(counts), style="bold")
    days = _period(record)
    if days:
        line.append(f"   {days}")
    if around.work:
        line.append(f"   {around.work}", style="dim")
    named: dict[str, int] = {}
    for entry in lookup.ordered():
        for actor in {*entry.by, *entry.to}:
            named[actor] = named.get(actor, 0) + 1
    states = [a for a in record.actors if a.kind in ("state", "organisation", "body") and named.get(a.id)]
    states.sort(key=lambda actor: (-named[actor.id], actor.name))
    who = Text("Between ", style="dim").append_text(plain(name_few([actor.name for actor in states], 6)))
    return Group(line, who, Text("")) if states else Group(line, Text(""))


def _period(record: Record) -> str:
    """The days on which what is told happened, first to last, by the dated entries of the timeline."""
    dated = [e.when for e in Lookup(record).ordered() if e.when and e.when.earliest and e.when.latest]
    if not dated:
        return ""
    first = min(when.earliest for when in dated if when.earliest).isoformat()
    last = max(when.latest for when in dated if when.latest).isoformat()
    return first if first == last else f"{first} to {last}"


def _section(title: str, body: Sequence[RenderableType], left: int, around: Around) -> RenderableType:
    heading = Text(title.upper(), style="bold cyan")
    name = title.split()[0].lower() if title != "Latest statements" else "statements"
    name = "documents" if title == "Papers" else name
    if left > 0:
        heading.append(f"   {left} more: onrecord show {around.record} {name}", style="dim not bold")
    return Group(heading, *(Padding(part, (0, 0, 0, 2)) for part in body), Text(""))


def _issues(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = [row for row in make_rows("demands", record) if isinstance(row, IssueRow)]
    rows.sort(key=lambda row: -len(row.demands) - len(row.answers))  # stable: equal ones stay in the record's order
    shown = rows[:ISSUES]
    if not shown:
        return None
    body = [make_issue(_in_brief(row), width) for row in shown]
    return _section("Demands and answers", body, len(rows) - len(shown), around)


def _in_brief(row: IssueRow) -> IssueRow:
    """The issue with its first demand and one line for each status of each party."""
    answers: dict[tuple[tuple[str, ...], str | None], EntryRow] = {}
    for answer in row.answers:
        answers.setdefault((answer.by, answer.status), answer)
    return IssueRow(row.id, row.label, row.demands[:1], tuple(answers.values())[:4], row.positions, row.searched)


def _statements(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = {row.id: row for row in reversed(make_rows("statements", record)) if isinstance(row, StatementRow)}
    latest = [rows[entry] for entry in reversed(record.timeline) if entry in rows]
    latest.sort(key=lambda row: row.date[:1].isdigit(), reverse=True)  # those with a day first; stable
    grid = make_grid(11, 24 if width >= WIDE else 18, None)
    room = (width - 40) * 2
    for row in latest[:STATEMENTS]:
        words = plain(shorten(quoted(row), room)).append(f"  {name_few(row.sources, 2)}", style="dim")
        grid.add_row(plain(row.date), plain(row.speaker, "bold"), words)
    return _section("Latest statements", [grid], len(latest) - STATEMENTS, around) if latest else None


def _meetings(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = [row for row in make_rows("meetings", record) if isinstance(row, EntryRow)]
    ahead = [row for row in rows if row.status in ("planned", "proposed")]
    past = [row for row in rows if row.status not in ("planned", "proposed")]
    shown = [*ahead[:MEETINGS], *reversed(past)][:MEETINGS]
    grid = make_grid(11, 10, None)
    for row in shown:
        place = ", ".join(dict.fromkeys(name for name in (row.forum, row.place) if name))
        what = plain(parties(row)) if parties(row) else plain(shorten(row.content, width - 40))
        grid.add_row(plain(row.date), status(row.status), what.append(f"  {place}" if place else "", style="dim"))
    return _section("Meetings", [grid], len(rows) - len(shown), around) if rows else None


def _papers(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = [row for row in make_rows("documents", record) if isinstance(row, EntryRow) and row.kind == "document"]
    grid = make_grid(11, 10, None)
    for row in rows[-PAPERS:]:
        what = plain(shorten(row.content, (width - 40) * 2)).append(f"  {name_few(row.sources, 2)}", style="dim")
        grid.add_row(plain(row.date), status(row.status), what)
    return _section("Papers", [grid], len(rows) - PAPERS, around) if rows else None


def _differences(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = [row for row in make_rows("differences", record) if isinstance(row, DifferenceRow)]
    body = [make_difference(row, width) for row in rows[:DIFFERENCES]]
    return _section("Differences between articles", body, len(rows) - DIFFERENCES, around) if rows else None


def _foot(record: Record, around: Around) -> RenderableType:
    possible = sum(entry.certainty == "possible" for entry in record.entries)
    line = Text(f"{len(record.timeline)} entries on the record", style="dim")
    if possible:
        line.append(f"; {possible} possible, shown apart by `onrecord show {around.record} timeline --possible`")
    if around.page is None:
        return line
    return Group(line, Text("Page  ", style="dim").append_text(plain(around.page, "not dim bold")))
