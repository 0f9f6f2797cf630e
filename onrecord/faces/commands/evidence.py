"""The commands that hand a record over and check one that was handed over: pack, verify."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from onrecord.errors import UsageError

FAULTS_SHOWN = 20


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, metavar="FILE.zip", type=click.Path(path_type=Path), help="The pack.")
def pack(record: Path, output: Path) -> None:
    """Write an evidence pack.

    The record as JSON and as a page, the bytes of every article as they came, their SHA-256, and what people
    decided, in one zip file. Prints the pack's seal: who has the seal from you by another way can tell that the pack
    is the one you sent.

    \b
    Example:
      onrecord pack exchange/ -o exchange.zip
    """
    from onrecord.faces.commands.files import refuse_place
    from onrecord.faces.pack import Contents, write_pack
    from onrecord.store import Store, judgements, write_atomically

    if output == Path("-"):
        raise UsageError("a pack is a file, for its seal is printed; name one: -o exchange.zip")
    refuse_place(output, "exchange.zip")
    with Store.open(record, readonly=True) as store, write_atomically(output) as stream:
        contents = Contents(store.record(), store.articles(), store.raw, judgements(store))
        seal = write_pack(contents, stream)
    click.echo(f"{output}: {len(contents.record.texts)} articles, seal {seal}")


@click.command()
@click.argument("record", metavar="RECORD", type=click.Path(exists=True, allow_dash=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="What was found, as JSON.")
def verify(record: Path, as_json: bool) -> int:
    """Say what does not hold in a record.

    RECORD is a record.db or its folder, a JSON export ("-" for standard input), or an evidence pack. Checked are
    the structure, every reference, every quoted word at its place, statuses, dates and noise; in a record.db also
    the file itself, in a pack also every SHA-256. The exit status is 1 where anything does not hold.

    \b
    Example:
      onrecord verify exchange.zip
    """
    from onrecord.faces.standard_output import unread
    from onrecord.faces.verify import verify as check

    found = check(record)
    with unread():
        if as_json:
            from onrecord.faces.exports.json import encoded

            sys.stdout.buffer.write(encoded(found) + b"\n")
        else:
            from onrecord.faces.tables import make_console, print_tidily
            from onrecord.faces.verify import make_report

            print_tidily(make_console(), make_report(found, str(record), FAULTS_SHOWN))
        sys.stdout.flush()
    return 0 if found.holds else 1
