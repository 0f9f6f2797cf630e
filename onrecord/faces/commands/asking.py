"""The commands that show a record: show, export."""

from __future__ import annotations

import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datetime import datetime

    from onrecord.faces.rows import Filter
    from onrecord.model import Record

# Told here and not asked of `rows`, which would import the data model for `--help`; a test holds the two together.
SECTIONS = (
    *("timeline", "demands", "statements", "meetings", "documents", "papers"),
    *("actors", "differences", "sources"),
)
WEIGHED = frozenset(("timeline", "meetings", "documents"))

_RECORD = click.argument("record", type=click.Path(path_type=Path))


def _check_status(ctx: click.Context, param: click.Parameter, word: str | None) -> str | None:
    """The status as entries have it; a word that none can have is named with those that they can."""
    from onrecord.model.record import STATUSES

    known = dict.fromkeys(status for statuses in STATUSES.values() for status in statuses)
    if word is None or word.casefold() in known:
        return word and word.casefold()
    raise click.BadParameter(f"no entry has the status {word!r}; there are {', '.join(known)}", ctx, param)


@click.command()
@_RECORD
@click.argument("sections", nargs=-1, metavar="[SECTION]...", type=click.Choice(SECTIONS))
@click.option("--by", metavar="NAME", help="Only what NAME, or part of it, says, asks, answers or does.")
@click.option(
    "--status",
    metavar="WORD",
    callback=_check_status,
    help="Only entries of this status: rejected, unanswered, planned, ...",
)
@click.option("--possible", is_flag=True, help="Also what was found but is not sure enough for the record.")
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(1),
    help="Only the N entries that most sources and parties tell of, in their order.",
)
@click.option(
    "--since",
    metavar="DAY",
    type=click.DateTime(["%Y-%m-%d"]),
    help="What the articles that appeared on DAY (2022-02-14) or later have changed.",
)
@click.option("--json", "as_json", is_flag=True, help="The same rows as JSON.")
def show(
    record: Path,
    sections: tuple[str, ...],
    by: str | None,
    status: str | None,
    possible: bool,
    top: int | None,
    since: datetime | None,
    as_json: bool,
) -> None:
    """Show a record, or sections of it, as tables.

    Sections: timeline, demands (against their answers), statements (by speaker), meetings, documents, papers (each
    with its stages in order), actors, differences (where articles disagree), sources (what each outlet reports).
    Without one: the brief.

    \b
    Example:
      onrecord show exchange/ demands --status rejected
    """
    from onrecord.faces.commands.comparing import print_since
    from onrecord.faces.rows import NOTHING, Filter
    from onrecord.store import Store

    with Store.open(record, readonly=True) as store:
        found = store.record()
    chosen = Filter(by, status, possible, top)
    if top is not None and not set(sections) <= WEIGHED:
        raise click.UsageError(f"--top is for sections of entries: {', '.join(sorted(WEIGHED))}")
    if since is not None:
        if sections or chosen != NOTHING:
            raise click.UsageError("--since shows all that is new; leave out sections and other filters")
        print_since(record, found, since.date(), as_json=as_json)
    elif as_json:
        _print_json(found, sections, chosen)
    else:
        _print_tables(found, record, sections, chosen)


def _print_json(record: Record, sections: tuple[str, ...], chosen: Filter) -> None:
    """One section as a list; several, or all where none is named, as an object of lists."""
    from onrecord.faces.exports.json import write_rows
    from onrecord.faces.rows import make_rows

    stream = sys.stdout.buffer
    if len(sections) == 1:
        write_rows(make_rows(sections[0], record, chosen), stream)
        stream.write(b"\n")
        return
    before = b"{"
    for section in sections or SECTIONS:
        stream.write(before + f'"{section}": '.encode())
        write_rows(make_rows(section, record, chosen), stream)
        before = b",\n"
    stream.write(b"}\n")


def _print_tables(record: Record, path: Path, sections: tuple[str, ...], chosen: Filter) -> None:
    from onrecord.faces.rows import NOTHING, make_rows
    from onrecord.faces.tables import make_console, make_heading, make_table, print_tidily

    console = make_console()
    if not sections and chosen == NOTHING:
        from onrecord.faces.brief import Around, make_brief

        folder = path if path.is_dir() else path.parent
        page = folder / "record.html"
        around = Around(quote(str(path)), str(page) if page.exists() else None)
        print_tidily(console, make_brief(record, around, console.width))
        return
    for section in sections or ("timeline",):
        if len(sections) > 1:
            print_tidily(console, make_heading(section))
        rows = make_rows(section, record, chosen)
        if not rows and chosen != NOTHING:
            click.echo(_nothing_fits(section, chosen))
        else:
            print_tidily(console, make_table(section, rows, console.width))


def _nothing_fits(section: str, chosen: Filter) -> str:
    asked = [f"{name} {quote(word)}" for name, word in (("--by", chosen.by), ("--status", chosen.status)) if word]
    return f"nothing in {section} fits {' '.join(asked)}" if asked else f"no {section} in this record"


@click.command()
@_RECORD
@click.option(
    "--format", "format_", required=True, metavar="NAME", help="json, html, csv, jsonl, plover, cameo or a plugin's."
)
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path), help="Default: standard output.")
@click.option("--excerpts", is_flag=True, help="Only the words that are evidence and a little around them.")
def export(record: Path, format_: str, output: Path | None, excerpts: bool) -> None:
    """Write a record in another format.

    Formats: json (the whole record), html (the page), csv (a row for each report), jsonl (an entry a line), plover and
    cameo (event data in the columns of POLECAT and of ICEWS), and what plugins add. With --excerpts the articles' other
    words are dotted out, for sharing where they may not be.

    \b
    Example:
      onrecord export exchange/ --format csv -o exchange.csv
    """
    from onrecord.faces.exports import make_exporter
    from onrecord.store import Store

    exporter = make_exporter(format_)
    with Store.open(record, readonly=True) as store:
        found = store.record()
    if excerpts:
        from onrecord.faces.exports.excerpts import cut_to_excerpts

        found = cut_to_excerpts(found)
    if output is None or output == Path("-"):
        exporter.write(found, sys.stdout.buffer)
    elif output.is_dir() and format_ == "html":
        from onrecord.faces.page import write_page

        write_page(found, output)
    else:
        from onrecord.faces.commands.files import refuse_place
        from onrecord.store import write_atomically

        refuse_place(output, f"record{exporter.suffix}")
        with write_atomically(output) as stream:
            exporter.write(found, stream)
