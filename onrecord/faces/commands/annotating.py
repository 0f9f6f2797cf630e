"""The command that annotates texts without a record: annotate."""

from __future__ import annotations

import sys

import click

SET_ASIDE = 3


@click.command()
@click.option("--layers", metavar="A,B", help="Some of statements, timexes, names, acts, noise. Default: all.")
def annotate(layers: str | None) -> int:
    """Annotate texts from standard input.

    One JSON object a line in, {"id", "text", "published", "outlet"}, and one a line out, in the same order. A line
    that cannot be read gives {"id", "error"}; the exit status then is 3.

    \b
    Example:
      onrecord annotate --layers statements,names < articles.jsonl > annotated.jsonl
    """
    from onrecord.faces.annotate import annotate_lines

    wanted = tuple(layer.strip() for layer in layers.split(",")) if layers is not None else None
    failed = annotate_lines(sys.stdin.buffer, sys.stdout.buffer, wanted)
    return SET_ASIDE if failed else 0
