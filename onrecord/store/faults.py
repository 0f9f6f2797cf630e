"""What SQLite and the file system complain of, as the errors of onrecord."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import Damaged, Locked, NotARecord, OutOfSpace, StoreError

_NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_WRITING = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
# A write that fails for another reason than ENOSPC (a quota, a file size limit) comes as an I/O error of writing.
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_TRUNCATE")
_READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR_SHMOPEN", "SQLITE_IOERR_DELETE")


@contextmanager
def named_faults(path: Path, *, reading: bool = False) -> Iterator[None]:
    """Errors of SQLite and the file system inside the block, raised as StoreErrors that name ``path``.

    ``reading`` says that nothing was to be written, so that the way out is another one.

    >>> with named_faults(Path("exchange/record.db")):
    ...     pass
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _of_sqlite(error, path, reading) from error
    except OSError as error:
        raise _of_system(error, path, reading) from error


def _of_sqlite(error: sqlite3.Error, path: Path, reading: bool) -> StoreError:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(_FULL):
        return no_space(path)
    if name.startswith(_READ_ONLY):
        return no_reading(path) if reading else no_writing(path)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return Locked(f"another program holds {path}; close it (Datasette, a database browser) and try again")
    if name.startswith("SQLITE_NOTADB"):
        return NotARecord(f"{path} is no record of onrecord (not a SQLite file); name the folder that `build` wrote")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_IOERR")):
        return damaged(path, str(error))
    return StoreError(f"{path}: {error}")


def _of_system(error: OSError, path: Path, reading: bool) -> StoreError:
    if error.errno in _NO_SPACE:
        return no_space(path)
    if error.errno in _NO_WRITING:
        return no_reading(path) if reading else no_writing(path)
    way_out = "check that it is there" if reading else "give another place (--out or -o)"
    return StoreError(f"cannot use {path} ({error.strerror or error}); {way_out}")


def no_space(path: Path) -> OutOfSpace:
    """The error for a disk with no room left."""
    return OutOfSpace(
        f"no space left to write {path}; nothing was half-written. Free some space, or build into a folder on another "
        "disk, and run the same command again: what was finished is kept"
    )


def no_writing(path: Path) -> OutOfSpace:
    """The error for a place where we may not write."""
    return OutOfSpace(
        f"cannot write {path}: the folder or file is read-only here. Choose another place (--out or -o), "
        "or ask for the right to write in this one"
    )


def no_reading(path: Path) -> StoreError:
    """The error for a record that cannot be opened even for reading."""
    return StoreError(
        f"cannot open {path} for reading: you may not read it, or its folder is read-only and holds the log of a build "
        f"that was killed ({path.name}-wal). Copy the folder to a place where you may write, and open it there"
    )


def damaged(path: Path, found: str) -> Damaged:
    """The error for a file that is no longer sound."""
    return Damaged(
        f"{path} is damaged ({found}). Restore a copy of it, or move it away and run `onrecord build` on the articles "
        "again: only judgements cannot be made again from them"
    )
