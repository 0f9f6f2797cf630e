"""Files that a person names for output."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote

from onrecord.errors import UsageError


def refuse_place(file: Path, name: str) -> None:
    """Nothing, where a file may be written there. Raises UsageError for a folder, and for one in a missing folder.

    >>> refuse_place(Path("exchange.csv"), "record.csv")
    """
    if file.is_dir():
        raise UsageError(f"{file} is a folder; name a file: -o {quote(str(file / name))}")
    if not file.parent.exists():
        raise UsageError(f"there is no folder {file.parent}{os.sep}; make it first: mkdir -p {quote(str(file.parent))}")
