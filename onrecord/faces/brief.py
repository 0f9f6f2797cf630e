"""The brief: what a desk officer wants to know in the first ten seconds, on one screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
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
from onrecord.faces.harmless import make_harmless
from onrecord.faces.issues import make_issue
from onrecord.faces.lookup import Lookup
from onrecord.faces.papers import PaperRow, StageRow
from onrecord.faces.rows import DifferenceRow, EntryRow, IssueRow, StatementRow, make_rows
from onrecord.faces.tables import make_difference, name_kind
from onrecord.model import Record

_SAMPLE = 1_000  # articles that show whether there are several exchanges among more of them
ISSUES, STANDS, STATEMENTS, MEETINGS, PAPERS, DIFFERENCES = 5, 5, 5, 4, 4, 3
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
        ("papers", _papers),
        ("differences", _differences),
    ):
        part = make(record, around, width)
        parts.append(part if part is not None else Text(f"No {section} found.\n", style="dim"))
    parts.append(_foot(record, around))
    return Group(*parts)


_BETWEEN = ("demand", "answer", "meeting", "document")
"""What makes somebody a party: who only speaks or reports is none."""


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
    for entry in lookup.ordered(*_BETWEEN):
        for actor in {*entry.by, *entry.to}:
            named[actor] = named.get(actor, 0) + 1
    states = [a for a in record.actors if a.kind in ("state", "organisation", "body") and named.get(a.id)]
    states = [actor for actor in states if not lookup.is_outlet(actor)]
    states.sort(key=lambda actor: (-named[actor.id], actor.name))
    who = Text().append("Between ", style="dim").append_text(plain(name_few([actor.name for actor in states], 6, 40)))
    lines = [line, *([who] if states else []), *_several(record), Text("")]
    return Group(*lines)


def _several(record: Record) -> Iterator[RenderableType]:
    """A word where the articles tell of several exchanges: one record of them confuses."""
    from onrecord.pipeline import exchanges_of, name_exchange

    found = exchanges_of(record, _SAMPLE)
    share = len(record.texts) / max(1, sum(map(len, found)))  # 1 where all articles were looked at
    found = tuple(texts for texts in found if len(texts) > 1)
    if len(found) > 1:
        yield Text(
            f"These look like {len(found)} exchanges; `onrecord build --split` makes a record of each:", style="yellow"
        )
        for texts in found[:ISSUES]:
            parties = ", ".join(name_exchange(record, texts)) or "no party found"
            about = "about " if share > 1 else ""
            yield plain(f"  {parties} ({about}{round(share * len(texts)):,} articles)", "yellow")


def _period(record: Record) -> str:
    """The days of what was said, asked, answered and met, first to last; papers and treaties may be much older."""
    told = Lookup(record).ordered("statement", "demand", "answer", "meeting")
    dated = [entry.when for entry in told if entry.when and entry.when.earliest and entry.when.latest]
    if not dated:
        return ""
    first = min(when.earliest for when in dated if when.earliest).isoformat()
    last = max(when.latest for when in dated if when.latest).isoformat()
    return first if first == last else f"{first} to {last}"


def _section(title: str, body: Sequence[RenderableType], left: int, around: Around) -> RenderableType:
    heading = Text(title.upper(), style="bold cyan")
    name = title.split()[0].lower() if title != "Latest statements" else "statements"
    if left > 0:
        heading.append(make_harmless(f"   {left} more: onrecord show {around.record} {name}"), style="dim not bold")
    return Group(heading, *(Padding(part, (0, 0, 0, 2)) for part in body), Text(""))


def _issues(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = [row for row in make_rows("demands", record) if isinstance(row, IssueRow)]
    # Most told first, what is under no issue last; equal ones stay in the record's order.
    rows.sort(key=lambda row: (row.id is None, -len(row.demands) - len(row.answers)))
    shown = rows[:ISSUES]
    if not shown:
        return None
    body = [make_issue(row, width, most=STANDS) for row in shown]
    return _section("Demands and answers", body, len(rows) - len(shown), around)


def _statements(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = {row.id: row for row in reversed(make_rows("statements", record)) if isinstance(row, StatementRow)}
    latest = [rows[entry] for entry in reversed(record.timeline) if entry in rows]
    latest.sort(key=_is_dated, reverse=True)  # stable: the latest stay first
    grid = make_grid(11, 24 if width >= WIDE else 18, None)
    room = (width - 40) * 2
    for row in latest[:STATEMENTS]:
        words = plain(shorten(quoted(row), room)).append_text(aside(name_few(row.sources, 2, 24)))
        grid.add_row(day(row.date), plain(shorten(row.speaker, 40), "bold"), words)
    return _section("Latest statements", [grid], len(latest) - STATEMENTS, around) if latest else None


def _meetings(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = [row for row in make_rows("meetings", record) if isinstance(row, EntryRow)]
    ahead = [row for row in rows if row.status in ("planned", "proposed")]
    past = [row for row in rows if row.status not in ("planned", "proposed")]
    shown = [*ahead[:MEETINGS], *reversed(past)][:MEETINGS]
    grid = make_grid(11, 10, None)
    for row in shown:
        what = plain(parties(row, 40)) if parties(row) else plain(shorten(row.content, width - 40))
        grid.add_row(day(row.date), status(row.status), what.append_text(aside(whereabouts(row))))
    return _section("Meetings", [grid], len(rows) - len(shown), around) if rows else None


def _papers(record: Record, around: Around, width: int) -> RenderableType | None:
    """Each paper where it is now, with the states before; those that moved last are shown."""
    rows = [(row, _now(row)) for row in make_rows("papers", record) if isinstance(row, PaperRow)]
    place = {entry: number for number, entry in enumerate(record.timeline)}
    latest = sorted(rows, key=lambda row: place[row[1].entry], reverse=True)
    latest.sort(key=lambda row: _is_dated(row[1]), reverse=True)
    grid = make_grid(11, 10, None)
    for row, now in reversed(latest[:PAPERS]):
        before = dict.fromkeys(s.status for s in row.stages if s.status not in (None, now.status))
        came = f"after {', '.join(word for word in before if word)} · " if before else ""
        what = plain(shorten(now.content, (width - 40) * 2)).append_text(aside(came + name_few(now.sources, 2, 24)))
        grid.add_row(day(now.date), status(now.status), what)
    return _section("Papers", [grid], len(rows) - PAPERS, around) if rows else None


def _now(row: PaperRow) -> StageRow:
    """The last stage whose state is told."""
    return next((stage for stage in reversed(row.stages) if stage.status), row.stages[-1])


def _is_dated(row: StageRow | StatementRow) -> bool:
    """Whether there is a value, and not only words or nothing."""
    return row.date[:1] not in ("", "“")


def _differences(record: Record, around: Around, width: int) -> RenderableType | None:
    rows = [row for row in make_rows("differences", record) if isinstance(row, DifferenceRow)]
    body = [make_difference(row, width) for row in rows[:DIFFERENCES]]
    return _section("Differences between articles", body, len(rows) - DIFFERENCES, around) if rows else None


def _foot(record: Record, around: Around) -> RenderableType:
    possible = sum(entry.certainty == "possible" for entry in record.entries)
    lines = [_unbroken("On record  ", f"{len(record.timeline)} {'entry' if len(record.timeline) == 1 else 'entries'}")]
    if possible:
        lines.append(_unbroken("Possible   ", f"{possible}, apart: onrecord show {around.record} timeline --possible"))
    if around.page is not None:
        lines.append(_unbroken("Page       ", around.page))
    return Group(*lines)


def _unbroken(label: str, words: str) -> Text:
    """A line with a path or command in it, which stays whole so that it can be copied."""
    line = Text(label, style="dim", no_wrap=True, overflow="ignore")
    return line.append(make_harmless(words), style="not dim")
