"""Standard input as a file, for the readers that want to see where they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from onrecord.errors import Hostile

MOST_BYTES = 2**31
_CHUNK = 2**20


@contextmanager
def spooled(paths: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """The paths with "-" replaced by a temporary file that holds what came in on standard input.

    Raises Hostile where more than ``MOST_BYTES`` come in.
    """
    if Path("-") not in paths:
        yield tuple(paths)
        return
    with TemporaryDirectory(prefix="onrecord-") as folder:
        file = _spool(sys.stdin.buffer, Path(folder))
        yield tuple(file if path == Path("-") else path for path in dict.fromkeys(paths))


def _spool(stream: BinaryIO, folder: Path) -> Path:
    first = stream.read(_CHUNK)
    file = folder / f"standard-input{guess_suffix(first)}"
    with file.open("wb") as kept:
        total, chunk = 0, first
        while chunk:
            total += len(chunk)
            if total > MOST_BYTES:
                raise Hostile(f"standard input gave more than {MOST_BYTES} bytes; put the articles into files instead")
            kept.write(chunk)
            chunk = stream.read(_CHUNK)
    return file


def guess_suffix(first: bytes) -> str:
    """The suffix that goes with the first bytes of a file: JSON, JSON lines, HTML, a feed, else plain text.

    >>> guess_suffix(b'{"text": "Norland waits."}')
    '.jsonl'
    """
    words = first.lstrip(b"\xef\xbb\xbf \t\r\n")
    start = words[:300].lower()
    if start.startswith(b"{"):
        lines = words.splitlines()
        # One object over many lines; where a line is only broken, the objects after it begin lines of their own.
        spread = not lines[0].rstrip().endswith(b"}") and not any(line.startswith(b"{") for line in lines[1:])
        return ".json" if spread and len(lines) > 1 else ".jsonl"
    if start.startswith(b"[") and start[1:].lstrip().startswith(b"{"):
        return ".json"
    if start.startswith((b"<!doctype html", b"<html")):
        return ".html"
    if start.startswith((b"<?xml", b"<rss", b"<feed")):
        return ".html" if b"<html" in start else ".xml"
    return ".txt"
