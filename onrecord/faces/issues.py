"""Issues on a terminal: what was asked, what each party holds on it from when to when, and who says so where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.faces.cells import WIDE, aside, day, make_grid, name_few, parties, plain, status
from onrecord.faces.rows import EntryRow, IssueRow
from onrecord.faces.standings import StandRow, TellerRow

_TURNS = {"change": "→ ", "step": "then ", "later": "later "}


def make_issue(row: IssueRow, width: int, most: int | None = None) -> RenderableType:
    """An issue: its demands, each party's stances in their order with who says so, and of whom no answer was found.

    In full, every answer has its words. With ``most``, in brief: the first demand, and so many stances, each in a line.
    """
    wide, brief = width >= WIDE, most is not None
    grid = make_grid(28 if wide else 18, 16, None)
    told = {entry: tellers for stand in row.standings for entry, tellers in stand.told.items()}
    for demand in row.demands[:1] if brief else row.demands:
        who = plain(parties(demand, 40 if wide else 30))
        grid.add_row(who, status("demands"), _told(demand, told.get(demand.id, ()), brief=brief))
    _add_stands(grid, row, most)
    for answer in () if brief else row.answers:  # what lies below the bar, and what nobody who is named says
        if answer.id not in told:
            word = status(answer.status).append(" possible" if answer.certainty == "possible" else "", "dim italic")
            grid.add_row(plain(name_few(answer.by)), word, _told(answer, ()))
    silent = [stand.actor for stand in row.standings if stand.stance == "no answer found"]
    if silent:
        where = "in this article" if row.searched == 1 else f"in these {row.searched} articles"
        grid.add_row(plain(name_few(silent, 6)), status("no answer found"), Text(where, style="dim"))
    return Group(plain(row.label, "bold"), Padding(grid, (0, 0, 0, 2)))


def _add_stands(grid: Table, row: IssueRow, most: int | None) -> None:
    """Party by party, each stance marked where the party came to it from another."""
    stands = [stand for stand in row.standings if stand.stance not in ("demands", "no answer found")]
    party = None
    for stand in stands[:most]:
        name, party = "" if stand.actor == party else stand.actor, stand.actor
        word = Text().append(_TURNS.get(stand.order, ""), "bold").append_text(status(stand.stance))
        unsure = "order not known" if stand.order in ("beside", "apart") else ""
        for said in _answers(stand, row, unsure) if most is None else [_line(stand, unsure)]:
            grid.add_row(plain(name), word, said)
            name, word = "", Text("")
    left = len(stands) - len(stands[:most])
    if left:
        grid.add_row(Text(""), Text(""), Text(f"and {left} more {'stance' if left == 1 else 'stances'}", style="dim"))


def _answers(stand: StandRow, row: IssueRow, unsure: str) -> Iterator[Text]:
    """The words of every answer that a stance rests on."""
    for told in (*row.demands, *row.answers):
        if told.id in stand.told:
            yield _told(told, stand.told[told.id], unsure)


def _line(stand: StandRow, unsure: str) -> Text:
    """When it was held, and who says so."""
    days = "–".join(day(date).plain for date in (stand.since, stand.until) if date)
    said = say_tellers(stand.tellers, stand.stance, brief=True)
    return plain(" · ".join(part for part in (days, said, unsure) if part), "dim")


def _told(row: EntryRow, tellers: Sequence[TellerRow], unsure: str = "", *, brief: bool = False) -> Text:
    """What an entry says, and quieter when and who tells it."""
    few = (2, 24) if brief else (3,)
    said = say_tellers(tellers, row.status or "", brief=brief) if tellers else name_few(row.sources, *few)
    return plain(row.content).append_text(
        aside(" · ".join(part for part in (day(row.date).plain, said, unsure) if part))
    )


def say_tellers(tellers: Sequence[TellerRow], stance: str, *, brief: bool = False) -> str:
    """Who says it, in which outlets. That a demand is unanswered is what somebody says.

    >>> say_tellers((TellerRow("Anna Berg", ("Beta Times",)), TellerRow(None, ("Tidende",))), "unanswered")
    'says Anna Berg in Beta Times; Tidende (own words)'
    """
    said = []
    for teller in tellers:
        sources = name_few(teller.sources, 2, 24) if brief else name_few(teller.sources)
        said.append(f"{sources} (own words)" if teller.speaker is None else f"{teller.speaker} in {sources}")
    if brief and len(said) > 2:
        said[1:] = [f"{len(said) - 1} more"]
    return ("says " if stance == "unanswered" else "") + "; ".join(said)
