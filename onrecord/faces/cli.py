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
        sys.stdout.write(HELP.read_text(encoding="utf-8"))
        sys.exit(0)
    if words == ["--version"]:
        from onrecord import __version__

        sys.stdout.write(f"onrecord {__version__}\n")
        sys.exit(0)
    from onrecord.faces.commands import run

    sys.exit(run(words))
