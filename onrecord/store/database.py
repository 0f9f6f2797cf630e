"""The database file: opened, brought to the schema of this version, and asked in one place."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import NewerSchema, NotARecord
from onrecord.store.faults import damaged, named_faults

SCHEMA = 3
"""The number of the schema that this version writes (``PRAGMA user_version``)."""

_APPLICATION = 0x6F6E7263  # "onrc": tells a record from any other SQLite file

Row = tuple[Any, ...]


class Database:
    """One connection to one record. Every statement of SQL passes through here, so every fault gets its name."""

    def __init__(self, path: Path, readonly: bool) -> None:
        self.path = path
        self._readonly = readonly
        self._in_transaction = False
        with named_faults(path, reading=readonly):
            _refuse_cut_off(path)
            self._connection = _connect(path, readonly)
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows that the query gives."""
        with self._faults():
            return self._connection.execute(sql, storable(values)).fetchall()

    def each(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """The rows one by one, for tables too large to hold."""
        with self._faults(), closing(self._connection.execute(sql, storable(values))) as cursor:
            yield from cursor

    def value(self, sql: str, values: Sequence[object] = ()) -> Any:
        """The first column of the first row; None where there is no row."""
        found = self.rows(sql, values)
        return found[0][0] if found else None

    def write(self, sql: str, values: Sequence[object] = ()) -> int:
        """How many rows the statement changed."""
        with self._faults():
            return self._connection.execute(sql, storable(values)).rowcount

    def write_all(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        """Run the statement once for each row of values."""
        with self._faults():
            self._connection.executemany(sql, map(storable, rows))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written in the block, or nothing of it; one inside another is part of the outer one."""
        if self._in_transaction:
            yield
            return
        with self._faults():
            self._connection.execute("BEGIN IMMEDIATE")
        self._in_transaction = True
        try:
            yield
            with self._faults():
                self._connection.execute("COMMIT")
        except BaseException:
            # SQLite has already rolled back where the disk is full.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        finally:
            self._in_transaction = False

    def check_foreign_keys(self) -> list[Row]:
        """Rows that refer to what is not there: (table, row number, table referred to)."""
        return [row[:3] for row in self.rows("PRAGMA foreign_key_check")]

    def close(self) -> None:
        """Close the connection; the last writer folds the write-ahead log into the file."""
        with self._faults():
            self._connection.close()

    def _faults(self) -> AbstractContextManager[None]:
        return named_faults(self.path, reading=self._readonly)

    def _prepare(self) -> None:
        with self._faults():
            for pragma in ("foreign_keys = ON", "busy_timeout = 5000"):
                self._connection.execute(f"PRAGMA {pragma}")
        found = self.value("PRAGMA user_version")
        fresh = found == 0 and not self.value("SELECT count(*) FROM sqlite_schema")
        if not fresh and self.value("PRAGMA application_id") != _APPLICATION:
            raise NotARecord(f"{self.path} is a database, but no record of onrecord; name the folder `build` wrote")
        if found > SCHEMA:
            raise NewerSchema(
                f"{self.path} has schema {found} and this onrecord knows up to {SCHEMA}; upgrade onrecord"
                " (`pip install -U onrecord`), or build the record again from its articles in another folder"
            )
        if self._readonly and found < SCHEMA:
            if fresh:
                raise NotARecord(f"{self.path} holds no record yet; run `onrecord build`")
            raise NotARecord(
                f"{self.path} has the older schema {found}; `onrecord add {self.path}` brings it up to date"
            )
        if not self._readonly:
            self._bring_up_to_date(found, fresh)

    def _bring_up_to_date(self, found: int, fresh: bool) -> None:
        with self._faults():
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")  # a killed process loses nothing
        if found == SCHEMA:
            return
        scripts = [schema()] if fresh else [script for number, script in migrations() if number > found]
        with self.transaction(), self._faults():
            for script in scripts:
                for statement in statements(script):
                    self._connection.execute(statement)
            self._connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._connection.execute(f"PRAGMA user_version = {SCHEMA}")


def schema() -> str:
    """The SQL of the schema, with its comments."""
    return files("onrecord.store").joinpath("schema.sql").read_text(encoding="utf-8")


def migrations() -> tuple[tuple[int, str], ...]:
    """Each migration's number and SQL, in order; number n takes a record from schema n - 1 to n."""
    scripts = (file for file in files("onrecord.store").joinpath("migrations").iterdir() if file.name.endswith(".sql"))
    return tuple(sorted((int(file.name[:4]), file.read_text(encoding="utf-8")) for file in scripts))


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: SQLite's own way to run a script would end the transaction.

    >>> list(statements("SELECT 1; SELECT ';';"))
    ['SELECT 1;', " SELECT ';';"]
    """
    statement = ""
    for piece in script.split(";")[:-1]:
        statement += piece + ";"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def storable(values: Iterable[object]) -> tuple[object, ...]:
    """The values as SQLite can hold them: words with lone surrogates become bytes, which ``words`` reads again."""
    return tuple(_storable(value) if isinstance(value, str) else value for value in values)


def words(value: str | bytes) -> str:
    """Words from a column, whichever way they had to be stored.

    >>> words(storable(["\\ud83d"])[0]) == "\\ud83d"
    True
    """
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def maybe_words(value: str | bytes | None) -> str | None:
    """Words from a column that may be empty."""
    return None if value is None else words(value)


def _storable(value: str) -> str | bytes:
    try:
        value.encode()
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogatepass")
    return value


def _connect(path: Path, readonly: bool) -> sqlite3.Connection:
    address = path.resolve().as_uri()
    if not readonly:
        return sqlite3.connect(f"{address}?mode=rwc", uri=True, isolation_level=None, check_same_thread=False)
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError:
        connection.close()
        # In a read-only folder SQLite cannot make the index of the log that it wants even for reading; where there
        # is no log, nobody is writing, and the file can be read as it stands.
        if path.with_name(path.name + "-wal").exists():
            raise
        connection = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return connection


def _refuse_cut_off(path: Path) -> None:
    """Raises Damaged where the file is shorter than its own header says: SQLite notices only when it gets there."""
    if not path.exists() or path.with_name(path.name + "-wal").exists():
        return
    with path.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        if header and b"SQLite format 3\0".startswith(header[:16]):
            raise damaged(path, f"it breaks off after {len(header)} bytes")
        return
    page = int.from_bytes(header[16:18], "big")
    page = 65536 if page == 1 else page
    expected, size = page * int.from_bytes(header[28:32], "big"), path.stat().st_size
    if size < expected:
        raise damaged(path, f"it breaks off after {size} of {expected} bytes")
