"""The command by which people decide."""

from __future__ import annotations

import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from typing import TextIO

    from onrecord.model import Judgement
    from onrecord.pipeline import Outcome

# Told here and not asked of the model, which would be imported for `--help`; a test holds the two together.
VERDICTS = ("yes", "no", "unsure", "same", "apart", "set")


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("subject", required=False)
@click.argument("verdict", required=False, type=click.Choice(VERDICTS))
@click.argument("values", nargs=-1, metavar="[VALUE]...")
@click.option("--why", default="", metavar="WORDS", help="The reason, kept with the judgement.")
@click.option("--who", metavar="NAME", help="Who decides. Default: the name of the account.")
@click.option("--made", is_flag=True, help="List the judgements that were made, and those that find no place.")
@click.option("--export", "out", metavar="FILE", type=click.Path(path_type=Path), help="Write all judgements as JSONL.")
@click.option(
    "--import", "given", metavar="FILE", type=click.File(encoding="utf-8"), help="Take in judgements as JSONL."
)
@click.option("--most", default=20, show_default=True, type=click.IntRange(min=1), help="How many doubts are listed.")
@click.option("--json", "as_json", is_flag=True, help="The doubts, or with --made the judgements, as JSON.")
def judge(
    record: Path,
    subject: str | None,
    verdict: str | None,
    values: tuple[str, ...],
    why: str,
    who: str | None,
    made: bool,
    out: Path | None,
    given: TextIO | None,
    most: int,
    as_json: bool,
) -> int:
    """List what is doubtful in a record, or decide it.

    SUBJECT is the id of an entry, or of a link as the list gives it. A judgement is kept with who made it, when and
    why, and every later build replays it; the machine never changes one.

    \b
    yes, no, unsure      it holds, it does not, nobody can tell
    same OTHER           both entries (or actors) are one
    apart ARTICLE        what this article tells is an entry of its own
    set SLOT VALUE       correct status, by, to, speaker, when, place, forum, polarity or answers

    \b
    Example:
      onrecord judge exchange/
      onrecord judge exchange/ e-3f1c0a9b2d4e no --why "a question, not a refusal"
      onrecord judge exchange/ e-3f1c0a9b2d4e set by "Anna Berg"
    """
    from onrecord.store import Store, write_atomically, write_jsonl

    if subject is not None:
        if verdict is None:
            raise click.UsageError(f"say what you decide of {subject}: {', '.join(VERDICTS)}")
        return _finish(record, [_judgement(subject, verdict, values, who or _account(), why)], strict=True)
    if given is not None:
        from onrecord.store import read_jsonl

        return _finish(record, list(read_jsonl(given)), strict=False)
    with Store.open(record, readonly=True) as store:
        if out is not None:
            with write_atomically(out) as stream:
                stream.writelines(line.encode() for line in write_jsonl(store))
        elif made:
            _print_made(store, as_json=as_json)
        else:
            _print_doubts(store, most, as_json=as_json)
    return 0


def _judgement(subject: str, verdict: str, values: tuple[str, ...], who: str, why: str) -> Judgement:
    from onrecord.model import Judgement

    wanted = {"same": ("OTHER",), "apart": ("ARTICLE",), "set": ("SLOT", "VALUE")}.get(verdict, ())
    if len(values) != len(wanted):
        takes = f"takes {' and '.join(wanted)}" if wanted else "takes nothing more"
        raise click.UsageError(f"`{verdict}` {takes}; {len(values)} given")
    slot, value = ("", *values)[-2:] if values else ("", "")
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return Judgement(subject, verdict, who, now, why, slot, value)  # type: ignore[arg-type]


def _account() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise click.UsageError("this account has no name; say who decides with --who") from error


def _finish(record: Path, made: list[Judgement], *, strict: bool) -> int:
    from onrecord.faces.commands.writing import name_unplaced, write_beside
    from onrecord.faces.progress import show_progress
    from onrecord.pipeline import judge as lay

    with show_progress() as progress:
        outcome: Outcome = lay(record, made, strict=strict, progress=progress)
    write_beside(outcome.record, record.parent if record.is_file() else record, anyway=False)
    click.echo(f"{len(made)} {'judgement' if len(made) == 1 else 'judgements'} kept")
    name_unplaced(outcome.unplaced)
    return 0


def _print_doubts(store: object, most: int, *, as_json: bool) -> None:
    from onrecord.faces.doubts import make_doubt_rows, make_doubts
    from onrecord.faces.exports.json import write_rows
    from onrecord.faces.tables import make_console, print_tidily
    from onrecord.pipeline import find_doubts
    from onrecord.store import Store

    assert isinstance(store, Store)
    rows = make_doubt_rows(find_doubts(store), store.record())
    if as_json:
        write_rows(rows, sys.stdout.buffer)
        sys.stdout.buffer.write(b"\n")
    else:
        print_tidily(make_console(), make_doubts(rows, most))


def _print_made(store: object, *, as_json: bool) -> None:
    from onrecord.faces.doubts import make_judgements
    from onrecord.faces.exports.json import write_rows
    from onrecord.faces.tables import make_console, print_tidily
    from onrecord.store import Store, judgements

    assert isinstance(store, Store)
    if as_json:
        write_rows(judgements(store), sys.stdout.buffer)
        sys.stdout.buffer.write(b"\n")
    else:
        print_tidily(make_console(), make_judgements(judgements(store), dict(store.unplaced())))
