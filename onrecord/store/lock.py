"""One writer: a lock on a record that dies with the process that holds it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import Locked
from onrecord.store.faults import named_faults


class WriterLock:
    """Held from construction until ``release``; the system lets go of it when the process ends, however it ends.

    Raises Locked where another process (or another store of this one) holds it.
    """

    def __init__(self, record: Path) -> None:
        self._path = record.with_name(f".{record.name}.lock")  # hidden: no input where articles lie beside
        with named_faults(record):
            self._file = self._take(record)
            self._file.truncate(0)
            self._file.write(str(os.getpid()).encode("ascii"))
            self._file.flush()

    def release(self) -> None:
        """Let the next writer in; a second call does nothing."""
        if self._file.closed:
            return
        if sys.platform != "win32":
            self._path.unlink(missing_ok=True)  # before the lock goes, so that nobody locks a file without a name
        self._file.close()

    def _take(self, record: Path) -> BinaryIO:
        while True:
            file = self._path.open("a+b")
            if not _lock(file):
                file.seek(0)
                holder = file.read(20).decode("ascii", "replace").strip()
                file.close()
                who = f"another onrecord process (pid {holder})" if holder else "another onrecord process"
                raise Locked(f"{who} is writing {record}; wait until it is done, or stop it, and try again")
            if sys.platform == "win32" or _is_file_at(file, self._path):
                return file
            file.close()  # its holder removed it between our opening and locking; there may be a new one


def _is_file_at(file: BinaryIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":  # pragma: no cover - the tests run elsewhere
    import msvcrt

    def _lock(file: BinaryIO) -> bool:
        # Far past the end: a locked byte cannot be read by others, and they read the pid.
        file.seek(1 << 30)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        file.seek(0)
        return True

else:
    import fcntl

    def _lock(file: BinaryIO) -> bool:
        # flock, not lockf: it also holds between two stores of one process, and no child inherits it.
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
