"""The door of the ``onrecord`` command: answers for help and version itself, and wakes the rest only for work.

The command framework alone takes longer to import than ``onrecord --help`` may take, so the help of the whole
program is kept beside this file, generated from the commands by ``onrecord.faces.docs``; a test fails on a difference.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

HELP = Path(__file__).with_name("help.txt")


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit status: 0, 1, 2 or 3."""
    words = sys.argv[1:] if arguments is None else arguments
    if words in (["--help"], ["-h"]):
        sys.exit(_print(HELP.read_text(encoding="utf-8")))
    if words == ["--version"]:
        from onrecord import __version__

        sys.exit(_print(f"onrecord {__version__}\n"))
    from onrecord.faces.commands import run

    sys.exit(run(words))


def _print(words: str) -> int:
    """The exit status of printing these words: a full disk behind `> file` is said, not traced back."""
    try:
        sys.stdout.write(words)
        sys.stdout.flush()
    except OSError as error:
        sys.stderr.write(f"onrecord: the output: {error.strerror}\n")
        return 1
    return 0
