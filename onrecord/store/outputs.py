"""Files beside the record (record.json, record.html), whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from onrecord.store.faults import named_faults


@contextmanager
def write_atomically(path: Path) -> Iterator[BinaryIO]:
    """A stream whose bytes stand at ``path`` once the block ends; where the block fails, ``path`` stays as it was.

    Raises OutOfSpace where the disk is full or the folder is read-only.

    >>> folder = Path(tempfile.mkdtemp())
    >>> with write_atomically(folder / "record.json") as stream:
    ...     _ = stream.write(b"{}")
    >>> (folder / "record.json").read_bytes()
    b'{}'
    """
    with named_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    unfinished = Path(name)
    try:
        with named_faults(path), os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        with named_faults(path):
            unfinished.chmod(0o666 & ~_umask())  # mkstemp makes files for the owner's eyes alone
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
