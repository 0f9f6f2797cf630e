"""The commands, and what becomes of their errors."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path

import click

from onrecord import __version__
from onrecord.errors import OnRecordError, UsageError
from onrecord.faces.commands.annotating import annotate
from onrecord.faces.commands.asking import export, show
from onrecord.faces.commands.comparing import diff
from onrecord.faces.commands.evidence import pack, verify
from onrecord.faces.commands.judging import judge
from onrecord.faces.commands.writing import add, build, remove
from onrecord.faces.harmless import make_harmless
from onrecord.faces.standard_output import stop_printing

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


class InOrder(click.Group):
    """Commands in the order in which a person meets them, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the commands as they were added."""
        return list(self.commands)


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80})
@click.version_option(__version__, message="onrecord %(version)s")
def onrecord() -> None:
    """Keeps the record of a diplomatic exchange from what several outlets report.

    Who asked what of whom, who answered and how, which papers passed, who met, who said what in which words, and
    where the reports differ. Every line rests on exact words in a named article.

    \b
    Example:
      onrecord build articles/ --out exchange/
      onrecord show exchange/ demands
    """


for command in (build, add, remove, show, diff, judge, export, pack, verify, annotate):
    onrecord.add_command(command)


def run(words: list[str]) -> int:
    """The exit status of one command; whatever goes wrong is said on standard error in words."""
    _never_fail_to_show()
    status: object = 0
    try:
        with onrecord.make_context("onrecord", list(words)) as context:
            status = onrecord.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        stop_printing()
    except UsageError as error:
        say(str(error))
        return MISUSED
    except OnRecordError as error:
        say(str(error))
        return FAILED
    except (KeyboardInterrupt, click.Abort):
        say("stopped; what was finished is kept, and the next run goes on from there")
        return INTERRUPTED
    except OSError as error:
        say(f"{error.filename or 'the output'}: {error.strerror or error}")
        return FAILED
    return status if isinstance(status, int) else 0


def _never_fail_to_show() -> None:
    """A terminal that cannot show a letter shows "?" for it, and one that is closed (`>&-`) shows nothing."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(message: str) -> None:
    """One message on standard error."""
    click.echo(f"onrecord: {make_harmless(message)}", err=True)
