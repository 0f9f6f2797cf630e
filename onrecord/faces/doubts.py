"""What a person could decide, as rows and on a terminal; and what people have decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.faces.cells import aside, day, name_few, parties, plain, status
from onrecord.faces.lookup import Lookup
from onrecord.faces.rows import make_entry_row
from onrecord.model import Judgement, Record
from onrecord.pipeline import Doubt

_ASKS = {
    "entry": "Is this told?",
    "answer": "Does the first answer the second?",
    "issue": "Do both ask for the same?",
    "candidate": "Is this who speaks?",
    "unsure": "Are these one person?",
}


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One question: what it is about, in words, and how likely a yes seems."""

    subject: str
    question: str
    about: tuple[str, ...]
    sources: tuple[str, ...]
    score: float
    why: str


def make_doubt_rows(doubts: Sequence[Doubt], record: Record) -> tuple[DoubtRow, ...]:
    """The doubts with words for ids."""
    lookup = Lookup(record)
    return tuple(
        DoubtRow(
            doubt.subject,
            _ASKS[doubt.question],
            tuple(_about(end, lookup) for end in doubt.ends),
            tuple(
                dict.fromkeys(s for e in doubt.ends if e in lookup.entries for s in lookup.sources(lookup.entries[e]))
            ),
            doubt.score,
            doubt.why,
        )
        for doubt in doubts
    )


def _about(end: str, lookup: Lookup) -> str:
    entry = lookup.entries.get(end)
    if entry is None:
        return lookup.name(end)
    row = make_entry_row(entry, lookup)
    what = " ".join(word for word in (row.kind, row.status) if word)
    who = parties(row, 60)
    return f"{what}{f' by {who}' if who else ''}: {row.content}"


def make_doubts(rows: Sequence[DoubtRow], most: int) -> RenderableType:
    """The first rows, one under the other, each under what a judgement names it by."""
    if not rows:
        return Text("nothing is doubtful that nobody has judged", style="dim")
    parts: list[RenderableType] = []
    for row in rows[:most]:
        heading = plain(row.subject, "cyan").append(f"  {row.question}", style="bold")
        lines = [plain(about) for about in row.about]
        lines.append(aside(f"{row.score:.2f}, {row.why}{'; ' if row.sources else ''}{name_few(row.sources)}"))
        parts += [heading, Padding(Group(*lines), (0, 0, 1, 2))]
    if len(rows) > most:
        parts.append(Text(f"and {len(rows) - most} more; --most {len(rows)} shows all", style="dim"))
    return Group(*parts)


def make_judgements(judged: Sequence[Judgement], reasons: dict[str, str]) -> RenderableType:
    """What people have decided, in their order; with what could not be laid on this record, and why."""
    if not judged:
        return Text("nobody has judged anything in this record", style="dim")
    parts: list[RenderableType] = []
    for one in judged:
        what = " ".join(word for word in (one.slot, one.value) if word)
        line = day(one.decided[:10]).append("  ").append_text(plain(one.who, "bold")).append("  ")
        line.append_text(status(one.verdict)).append(" ").append_text(plain(what)).append_text(aside(one.subject))
        if one.why:
            line.append_text(aside(f"“{one.why}”"))
        parts.append(line)
        if one.id in reasons:
            parts.append(Padding(plain(f"finds no place: {reasons[one.id]}", "yellow"), (0, 0, 0, 2)))
    return Group(*parts)
