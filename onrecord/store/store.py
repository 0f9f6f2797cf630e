"""The store: raws, articles, texts and layers in one SQLite file, and the record drawn from them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from types import TracebackType

from onrecord import __version__
from onrecord.errors import ModelError, NotARecord
from onrecord.model import Article, Layer, Linked, Record, Text
from onrecord.store import articles as articles_of
from onrecord.store import layers, recorded
from onrecord.store.database import Database, words
from onrecord.store.faults import damaged, named_faults
from onrecord.store.lock import WriterLock

FILE = "record.db"
"""The name of a record's file in its folder."""


@dataclass(frozen=True, slots=True)
class StageMark:
    """A stage as it runs now; a layer with another fingerprint is stale."""

    name: str
    version: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Stale:
    """A text and the names of the stages whose layer of it is missing or of another version."""

    text: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A text or entry that holds the words searched for."""

    table: str  # "text", "entry"
    id: str
    snippet: str  # the words found stand between brackets


class Store:
    """A record on disk. Readers are never kept waiting; a writer keeps every other writer out until closed.

    >>> import tempfile
    >>> with Store.open(Path(tempfile.mkdtemp()), create=True) as store:
    ...     store.articles()
    ()
    """

    def __init__(self, database: Database, lock: WriterLock | None) -> None:
        self._database, self._lock = database, lock

    @classmethod
    def open(cls, path: Path, *, create: bool = False, readonly: bool = False) -> Store:
        """The record in this folder or file. ``create`` makes folder and file where there are none.

        Raises NotARecord, NewerSchema, Locked (writers only), Damaged, or OutOfSpace where it cannot be written.
        """
        file = record_file(path)
        if create:
            with named_faults(file):
                file.parent.mkdir(parents=True, exist_ok=True)
        elif not file.is_file():
            raise NotARecord(
                f"there is no record at {path}; `onrecord build ARTICLES --out {quote(str(file.parent))}` makes one"
            )
        if readonly:
            return cls(Database(file, readonly=True), None)
        lock = WriterLock(file)
        try:
            return cls(Database(file, readonly=False), lock)
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let the next writer in; a second call does nothing."""
        try:
            self._database.close()
        finally:
            if self._lock:
                self._lock.release()

    @property
    def path(self) -> Path:
        """The file of the record."""
        return self._database.path

    @property
    def database(self) -> Database:
        """The connection, for the other modules of this room."""
        return self._database

    # What was taken in

    def put(self, raw: bytes, sha256: str, articles: Iterable[tuple[Article, Text]]) -> None:
        """Keep what one source gave, all or nothing; an article that is there already takes the new metadata."""
        with self._database.transaction():
            packed = zlib.compress(raw)
            compression, kept = ("zlib", packed) if len(packed) < len(raw) else ("none", raw)
            values = (sha256, len(raw), compression, kept)
            self._database.write("INSERT OR IGNORE INTO raw VALUES (?, ?, ?, ?)", values)
            for article, text in articles:
                if Text.of(text.body).id != text.id or article.text != text.id:
                    raise ModelError(f"article {article.id} ({article.file}) does not go with text {text.id}")
                self._database.write("INSERT OR IGNORE INTO text (id, body) VALUES (?, ?)", (text.id, text.body))
                self._database.write(articles_of.PUT, articles_of.as_row(article))

    def articles(self, ids: Iterable[str] | None = None) -> tuple[Article, ...]:
        """The articles of the record, or those with these ids whether it lists them yet or not, by file and id."""
        if ids is None:
            found = self._database.rows(f"SELECT {_ARTICLE} FROM article WHERE listed")  # noqa: S608
        else:
            wanted = json.dumps(sorted(ids))
            found = self._database.rows(f"SELECT {_ARTICLE} FROM article WHERE id IN {_GIVEN}", (wanted,))  # noqa: S608
        return tuple(sorted(map(articles_of.from_row, found), key=lambda a: (a.file, a.locator or "", a.id)))

    def text(self, text: str) -> Text:
        """One text, its body checked against its id."""
        body = self._database.value("SELECT body FROM text WHERE id = ?", (text,))
        if body is None or (found := Text.of(words(body))).id != text:
            raise damaged(self.path, f"text {text} is missing or not the text it was")
        return found

    def raw(self, sha256: str) -> bytes:
        """The bytes as they came."""
        rows = self._database.rows("SELECT compression, bytes FROM raw WHERE sha256 = ?", (sha256,))
        if not rows:
            raise NotARecord(f"{self.path} holds no raw bytes {sha256}")
        compression, kept = rows[0]
        try:
            return zlib.decompress(kept) if compression == "zlib" else bytes(kept)
        except zlib.error as error:
            raise damaged(self.path, f"raw bytes {sha256}: {error}") from error

    def raws(self) -> Iterator[str]:
        """The SHA-256 of all raw bytes that the articles of the record came from, in order."""
        found = self._database.rows("SELECT DISTINCT raw_sha256 FROM article WHERE listed ORDER BY raw_sha256")
        return (row[0] for row in found)

    def set_aside(self, step: str | None = None) -> tuple[tuple[str, str], ...]:
        """File and reason of each input that is not in the record; of one step, "intake" or "reading", or of both."""
        found = self._database.rows("SELECT file, reason, step FROM set_aside ORDER BY file, reason")
        return tuple((words(file), words(reason)) for file, reason, at in found if step in (None, at))

    # What was read

    def put_stages(self, stages: Iterable[StageMark]) -> None:
        """Keep which version of each stage counts as current from now on."""
        rows = [(stage.name, stage.version, stage.fingerprint) for stage in stages]
        with self._database.transaction():
            self._database.write("DELETE FROM stage")
            self._database.write_all("INSERT INTO stage VALUES (?, ?, ?)", rows)

    def stages(self) -> tuple[StageMark, ...]:
        """The stages that count as current, by name."""
        return tuple(StageMark(*row) for row in self._database.rows("SELECT * FROM stage ORDER BY name"))

    def stale(self, articles: Iterable[str]) -> tuple[Stale, ...]:
        """What of these articles' texts must be read: one anti-join, in the order of text ids."""
        found: dict[str, list[str]] = {}
        for text, stage in self._database.rows(_STALE, (json.dumps(sorted(articles)),)):
            found.setdefault(text, []).append(stage)
        return tuple(Stale(text, tuple(stages)) for text, stages in found.items())

    def put_layers(self, text: Text, made: Iterable[Layer]) -> None:
        """Keep layers of one text, whole and all at once, in place of older ones of the same stages.

        Raises SpanError where an annotation's words do not stand in the text.
        """
        with self._database.transaction():
            for layer in made:
                layers.write(self._database, text, layer)

    def layers(self, text: Text) -> tuple[Layer, ...]:
        """The current layers of one text, by stage name, every offset checked. Raises Damaged where one is off."""
        return layers.read(self._database, text)

    # The record

    def finish(self, articles: Sequence[str], set_aside: Iterable[tuple[str, str, str]]) -> int:
        """How many articles went, after making exactly these the inputs of the record.

        What rested on the others alone goes too. ``set_aside`` holds file, reason and step ("intake", "reading").
        Meant to stand in one ``transaction`` with ``put_record``.
        """
        wanted = json.dumps(sorted(articles))
        with self._database.transaction():
            gone = self._database.value(_COUNT_OTHERS, (wanted,))
            self._database.write("INSERT OR REPLACE INTO meta VALUES ('onrecord', ?)", (__version__,))
            self._database.write("DELETE FROM set_aside")
            self._database.write_all("INSERT OR IGNORE INTO set_aside VALUES (?, ?, ?)", set_aside)
            # The record tables name articles; they are replaced in this transaction, or stand for these articles.
            self._database.write(_REMOVE_OTHERS, (wanted,))
            self._database.write("UPDATE article SET listed = 1 WHERE NOT listed")
            self._database.write("DELETE FROM text WHERE id NOT IN (SELECT text_id FROM article)")
            self._database.write("DELETE FROM raw WHERE sha256 NOT IN (SELECT raw_sha256 FROM article)")
        return int(gone)

    def transaction(self) -> AbstractContextManager[None]:
        """A context in which all writing succeeds together or not at all."""
        return self._database.transaction()

    def put_record(self, record: Record, linked: Linked, fingerprint: str) -> None:
        """Replace the record tables, all or nothing. ``fingerprint`` names what the record was drawn from."""
        with self._database.transaction():
            recorded.write(self._database, record, linked)
            self._database.write("INSERT OR REPLACE INTO meta VALUES ('record', ?)", (fingerprint,))

    def put_unplaced(self, unplaced: Iterable[tuple[str, str]]) -> None:
        """Keep which judgements found no place when the record was drawn: their ids, each with the reason."""
        written = json.dumps([list(pair) for pair in unplaced], ensure_ascii=True)
        self._database.write("INSERT OR REPLACE INTO meta VALUES ('unplaced', ?)", (written,))

    def unplaced(self) -> tuple[tuple[str, str], ...]:
        """The judgements that found no place in the record that stands, by id, each with the reason."""
        found = self._database.value("SELECT value FROM meta WHERE key = 'unplaced'")
        return tuple((judgement, reason) for judgement, reason in json.loads(found)) if found else ()

    def links(self, *kinds: str) -> tuple[tuple[str, str, str, float, str], ...]:
        """What linking said, of these kinds: kind, both ends, score and reason, the least sure first."""
        wanted = ", ".join("?" * len(kinds))
        sql = f"SELECT kind, a, b, score, why FROM link WHERE kind IN ({wanted}) ORDER BY score, kind, a, b"  # noqa: S608
        rows = self._database.rows(sql, kinds)
        return tuple((words(kind), words(a), words(b), score, words(why)) for kind, a, b, score, why in rows)

    def record_fingerprint(self) -> str | None:
        """The fingerprint given with the record that stands; None where there is none yet."""
        found: str | None = self._database.value("SELECT value FROM meta WHERE key = 'record'")
        return found

    def record(self) -> Record:
        """The record as last put, every span checked against its text. Raises Damaged where one is off."""
        return recorded.read(self._database, self.text)

    def successor(self, old: str) -> str:
        """The id that stands today for an entry's or actor's id; the same id where it was never replaced."""
        seen = {old}
        while (new := self._database.value("SELECT new_id FROM successor WHERE old_id = ?", (old,))) not in (
            None,
            *seen,
        ):
            seen.add(new)
            old = new
        return old

    def search(self, query: str, most: int = 50) -> tuple[Found, ...]:
        """Entries, then texts, that hold all the words, best first; words between double quotes stand together."""
        asked = _match(query)
        if not asked:
            return ()
        return tuple(
            Found(table, row[0], words(row[1]))
            for table, sql in (("entry", _SEARCH_ENTRIES), ("text", _SEARCH_TEXTS))
            for row in self._database.rows(sql, (asked, most))
        )


def record_file(path: Path) -> Path:
    """The file of the record at ``path``, which is the file itself or its folder.

    >>> record_file(Path("exchange")).as_posix()
    'exchange/record.db'
    """
    return path if path.is_file() or (path.suffix == ".db" and not path.is_dir()) else path / FILE


_ARTICLE = ", ".join(articles_of.COLUMNS)
_GIVEN = "(SELECT value FROM json_each(?))"

_COUNT_OTHERS = f"SELECT count(*) FROM article WHERE listed AND id NOT IN {_GIVEN}"  # noqa: S608
_REMOVE_OTHERS = f"DELETE FROM article WHERE id NOT IN {_GIVEN}"  # noqa: S608

_STALE = f"""
SELECT wanted.text_id, stage.name
FROM (SELECT DISTINCT text_id FROM article WHERE id IN {_GIVEN}) AS wanted
CROSS JOIN stage
LEFT JOIN layer ON layer.text_id = wanted.text_id AND layer.stage = stage.name
  AND layer.fingerprint = stage.fingerprint
WHERE layer.id IS NULL
ORDER BY wanted.text_id, stage.name
"""  # noqa: S608

_SEARCH_ENTRIES = """
SELECT entry.id, snippet(entry_search, -1, '[', ']', '...', 20)
FROM entry_search JOIN entry ON entry.number = entry_search.rowid
WHERE entry_search MATCH ? ORDER BY rank, entry.id LIMIT ?
"""

_SEARCH_TEXTS = """
SELECT text.id, snippet(text_search, -1, '[', ']', '...', 20)
FROM text_search JOIN text ON text.number = text_search.rowid
WHERE text_search MATCH ? AND text.id IN (SELECT text_id FROM source) ORDER BY rank, text.id LIMIT ?
"""


def _match(query: str) -> str:
    """The query in the language of FTS5, where every mark but the double quote is an ordinary letter."""
    pieces = query.replace("\0", " ").split('"')
    asked = [word for index, piece in enumerate(pieces) for word in ([piece] if index % 2 else piece.split())]
    return " ".join(f'"{word}"' for word in asked if any(map(str.isalnum, word)))
