"""The command that says what is new, and what `show --since` shows."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from onrecord.model import Record


@click.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The same rows as JSON.")
def diff(old: Path, new: Path, as_json: bool) -> None:
    """Say what is new in a record beside an older one.

    OLD and NEW are records of one exchange: new entries, changed statuses and positions, what more or fewer sources
    tell, what is contradicted now. An entry is the same where it rests on the same words.

    \b
    Example:
      onrecord diff monday/ tuesday/
    """
    from onrecord.store import Store

    with Store.open(old, readonly=True) as store:
        before = store.record()
    with Store.open(new, readonly=True) as store:
        now = store.record()
    print_changes(before, now, as_json=as_json)


def print_since(path: Path, record: Record, day: date, *, as_json: bool) -> None:
    """What the articles since a day have brought; articles without a date are named, since nobody knows."""
    from onrecord.pipeline import record_before

    earlier = record_before(path, day)
    print_changes(earlier.record, record, as_json=as_json)
    if earlier.undated:
        count = len(earlier.undated)
        articles = "1 article without a date is" if count == 1 else f"{count} articles without a date are"
        click.echo(f"{articles} taken as known before {day.isoformat()}", err=True)


def print_changes(before: Record, now: Record, *, as_json: bool) -> None:
    """The changes between two records as a table, or as JSON."""
    from onrecord.faces.changes import make_change_rows, make_changes
    from onrecord.pipeline import find_changes

    rows = make_change_rows(find_changes(before, now), before, now)
    if as_json:
        from onrecord.faces.exports.json import write_rows

        write_rows(rows, sys.stdout.buffer)
        sys.stdout.buffer.write(b"\n")
        return
    from onrecord.faces.tables import make_console, print_tidily

    console = make_console()
    print_tidily(console, make_changes(rows, console.width))
