"""The commands that write a record: build, add, remove."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.model import Article, Record, Unplaced
    from onrecord.pipeline import Outcome, SetAside

SET_ASIDE = 3

FLAGS_SHOWN = 20

FLAGS = {
    "encoding-guessed": "names no encoding and is no UTF-8; read as {decoding}: save it as UTF-8 if letters are wrong",
    "undecodable": "holds bytes that are no {decoding}, shown as \N{REPLACEMENT CHARACTER}; save it again as UTF-8",
    "published-unreadable": "has a date of publication that cannot be read; write it as 2022-03-14",
    "front-matter-unknown": "begins with other keys than outlet, published, url, title, author, language; rename them",
    "nul": "holds NUL bytes, shown as \N{REPLACEMENT CHARACTER}; save it again if words are missing",
    "lone-surrogate": "holds halves of characters, shown as \N{REPLACEMENT CHARACTER}; save it again as UTF-8",
    "bidi-control": "holds marks that turn the direction of letters; they are made visible where its words are shown",
}
"""What to say of each flag of an article; a test holds them to the flags that the intake sets."""


class _GivenPath(click.Path):
    """A path that is there; where it is not, the message says what to do."""

    def fail(self, message: str, param: click.Parameter | None = None, ctx: click.Context | None = None) -> NoReturn:
        super().fail(f"{message.rstrip('.')}; give files and folders that are there and that you may read", param, ctx)


_PATHS = click.argument(
    "paths", nargs=-1, required=True, metavar="PATH...", type=_GivenPath(exists=True, allow_dash=True, path_type=Path)
)
_WORKERS = click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes that read at a time.")
_QUIET = click.option("--quiet", "-q", is_flag=True, help="Do not print the brief.")


@click.command()
@_PATHS
@click.option(
    "--out",
    required=True,
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the record; made where there is none.",
)
@_WORKERS
@_QUIET
@click.option(
    "--split", is_flag=True, help="One record for each exchange, in folders under DIR, and a page that lists them."
)
def build(paths: tuple[Path, ...], out: Path, workers: int | None, quiet: bool, split: bool) -> int:
    """Build a record from exactly these articles.

    PATH is a file or folder of plain text, HTML, JSON lines, RSS or Atom; "-" is standard input. Writes record.db,
    record.json and record.html into DIR and prints a brief. What is unchanged since the last build is not read again.

    \b
    Example:
      onrecord build articles/ extra.html --out exchange/
    """
    from onrecord.faces.progress import show_progress
    from onrecord.faces.standard_input import spooled
    from onrecord.pipeline import build as build_record

    with spooled(paths) as inputs, show_progress() as progress:
        outcome = build_record(inputs, out, workers=workers, progress=progress)
    return _finish_split(outcome, out, quiet=quiet) if split else _finish(outcome, out, pages=True, quiet=quiet)


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@_PATHS
@_WORKERS
@_QUIET
def add(record: Path, paths: tuple[Path, ...], workers: int | None, quiet: bool) -> int:
    """Add articles to a record.

    Reads what is new or stale. Building A and adding B gives the record of building A and B together: nothing is
    replaced, and an article whose words were changed since is a second one (`build` goes by the files alone). Where
    record.json and record.html lie beside the record, they are written anew.

    \b
    Example:
      onrecord add exchange/ today/
    """
    from onrecord.faces.progress import show_progress
    from onrecord.faces.standard_input import spooled
    from onrecord.pipeline import add as add_articles

    with spooled(paths) as inputs, show_progress() as progress:
        outcome = add_articles(record, inputs, workers=workers, progress=progress)
    return _finish(outcome, record, pages=False, quiet=quiet)


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@_QUIET
def remove(record: Path, articles: tuple[str, ...], quiet: bool) -> int:
    """Remove articles, and what rested on them alone, from a record.

    ARTICLE is an article's id, its address on the web or the name of its file.

    \b
    Example:
      onrecord remove exchange/ 2022-03-16-beta.txt
    """
    from onrecord.faces.progress import show_progress
    from onrecord.pipeline import remove as remove_articles

    with show_progress() as progress:
        outcome = remove_articles(record, articles, progress=progress)
    return _finish(outcome, record, pages=False, quiet=quiet)


def _finish(outcome: Outcome, record: Path, *, pages: bool, quiet: bool) -> int:
    """Write the files beside record.db, print the brief, name what this command set aside or found something off in."""
    folder = record.parent if record.is_file() else record
    page = write_beside(outcome.record, folder, anyway=pages)
    new = [item for item in outcome.set_aside if item not in outcome.earlier]
    if not quiet:
        from onrecord.faces.brief import Around, make_brief
        from onrecord.faces.standard_output import unread
        from onrecord.faces.tables import make_console, print_tidily

        console = make_console()
        around = Around(quote(f"{folder}{os.sep}"), str(page) if page else None, _work(outcome, new))
        with unread():  # what was set aside is named all the same
            print_tidily(console, make_brief(outcome.record, around, console.width))
            sys.stdout.flush()
    _name_set_aside(new)
    _name_flagged(outcome.flagged)
    name_unplaced(outcome.unplaced)
    return SET_ASIDE if new else 0


def _finish_split(outcome: Outcome, out: Path, *, quiet: bool) -> int:
    """Write the record of each exchange into a folder of its own, and the page that lists them."""
    from onrecord.faces.harmless import on_one_line
    from onrecord.faces.page import Shelved, write_shelf
    from onrecord.faces.tables import name_kind
    from onrecord.pipeline import split

    shelved = []
    for part in split(outcome.record, out):
        page = write_beside(part.record, part.folder, anyway=True)
        articles, entries = len(part.record.texts), len(part.record.timeline)
        counts = f"{articles} {name_kind('article', articles)}, {entries} {'entry' if entries == 1 else 'entries'}"
        name = ", ".join(part.parties) or part.record.texts[0].title or part.record.texts[0].file
        shelved.append(Shelved(f"{part.folder.name}/{page.name if page else ''}", name, counts))
        if not quiet:
            click.echo(f"{part.folder}{os.sep}  {on_one_line(name)}  ({counts})")
    page = write_shelf(shelved, out)
    if not quiet:
        click.echo(f"{page} lists them")
    new = [item for item in outcome.set_aside if item not in outcome.earlier]
    _name_set_aside(new)
    _name_flagged(outcome.flagged)
    return SET_ASIDE if new else 0


def write_beside(record: Record, folder: Path, *, anyway: bool) -> Path | None:
    """The page, after writing record.json and record.html; not ``anyway``, only those that are there and now stale."""
    from onrecord.faces.exports.json import write_json
    from onrecord.store import write_atomically

    exported, page = folder / "record.json", folder / "record.html"
    if anyway or exported.exists():
        with write_atomically(exported) as stream:
            write_json(record, stream)
    if not (anyway or page.exists()):
        return None
    from onrecord.faces.page import write_page

    write_page(record, folder)
    return page


def _work(outcome: Outcome, new: Sequence[SetAside]) -> str:
    counts = (
        (outcome.read, "read"),
        (outcome.unchanged, "unchanged"),
        (outcome.removed, "removed"),
        (len(new), "set aside"),
    )
    return ", ".join(f"{count} {what}" for count, what in counts if count)


def _name_set_aside(items: Sequence[SetAside]) -> None:
    if items:
        click.echo(f"set aside: {len(items)} {'input' if len(items) == 1 else 'inputs'}", err=True)
    for item in items:
        _say_of(item.file, item.reason)


def _name_flagged(articles: Sequence[Article]) -> None:
    """Articles that were read though something in their bytes is off: a reader must not find out from the words."""
    lines = list(
        dict.fromkeys(
            (article.file, FLAGS.get(flag, flag).replace("{decoding}", article.decoding.partition(" ")[0]) + ".")
            for article in articles
            for flag in article.flags
        )
    )
    if lines:
        click.echo("read, but look at:", err=True)
    for file, reason in lines[:FLAGS_SHOWN]:
        _say_of(file, reason)
    if len(lines) > FLAGS_SHOWN:
        click.echo(f"  and {len(lines) - FLAGS_SHOWN} more: the column `flags` of `article` in record.db", err=True)


def name_unplaced(unplaced: Sequence[Unplaced]) -> None:
    """Judgements that rest on nothing any more: they are kept, and a person must know that they say nothing now."""
    if unplaced:
        count = len(unplaced)
        click.echo(f"judgements that find no place: {count} (kept; `onrecord judge RECORD --made` lists all)", err=True)
    for one in unplaced:
        _say_of(f"{one.judgement.who}, {one.judgement.verdict} on {one.judgement.subject}", one.reason)


def _say_of(file: str, reason: str) -> None:
    from onrecord.faces.harmless import on_one_line

    click.echo(f"  {on_one_line(file)}: {on_one_line(reason)}", err=True)
