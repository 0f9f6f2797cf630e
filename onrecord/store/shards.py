"""Shards: records that several workers filled, put together. Same rows in any order, twice or once."""

from __future__ import annotations

from pathlib import Path

from onrecord.errors import StoreError
from onrecord.model import Article
from onrecord.store.articles import COLUMNS, PUT, as_row, says_more
from onrecord.store.store import Store

_MERGED = {
    "raw": ("sha256", "size", "compression", "bytes"),
    "text": ("id", "body"),
    "article": (*COLUMNS, "listed"),
    "set_aside": ("file", "reason", "step"),
    "stage": ("name", "version", "fingerprint"),
    "layer": ("id", "text_id", "stage", "fingerprint", "unread"),
    "annotation": ("layer_id", "id", "claim", "start", '"end"', "exact", "confidence", "value"),
    "judgement": ("id", "subject", "verdict", "who", "decided", "why", "slot", "value"),
}
"""What is merged, in an order that keeps foreign keys. The next build draws the record tables again from it."""


def merge(store: Store, shard: Path) -> None:
    """Take in everything another record holds: insert or ignore, all or nothing.

    Raises StoreError, naming the stage, where the shard was read by another version of it; nothing is merged then.
    """
    with Store.open(shard, readonly=True) as other, store.transaction():
        _refuse_other_versions(store, other)
        metadata = _metadata_to_take(store, other)
        for table, columns in _MERGED.items():
            listed = ", ".join(columns)
            rows = other.database.each(f"SELECT {listed} FROM {table}")  # noqa: S608
            put = f"INSERT OR IGNORE INTO {table} ({listed}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
            store.database.write_all(put, rows)
        store.database.write_all(PUT, map(as_row, metadata))
        inputs = ((article.id,) for article in other.articles())
        store.database.write_all("UPDATE article SET listed = 1 WHERE id = ?", inputs)
        store.database.write("DELETE FROM meta WHERE key = 'record'")


def _metadata_to_take(store: Store, other: Store) -> list[Article]:
    """Articles that both hold with different metadata, where the other says more: which one stays has no order."""
    theirs = other.articles(row[0] for row in other.database.rows("SELECT id FROM article"))
    ours = {article.id: article for article in store.articles(article.id for article in theirs)}
    return [article for article in theirs if article.id in ours and says_more(article, ours[article.id])]


def _refuse_other_versions(store: Store, other: Store) -> None:
    ours, theirs = _fingerprints(store), _fingerprints(other)
    for stage in sorted(ours.keys() & theirs.keys()):
        if ours[stage] != theirs[stage]:
            raise StoreError(
                f"{other.path} was read by another version of the stage {stage!r} ({_named(theirs[stage])}) than "
                f"{store.path} ({_named(ours[stage])}); read the shard again with this version of onrecord, then merge"
            )


def _fingerprints(store: Store) -> dict[str, frozenset[str]]:
    rows = store.database.rows("SELECT stage, fingerprint FROM layer UNION SELECT name, fingerprint FROM stage")
    found: dict[str, frozenset[str]] = {}
    for stage, fingerprint in rows:
        found[stage] = found.get(stage, frozenset()) | {fingerprint}
    return found


def _named(fingerprints: frozenset[str]) -> str:
    return ", ".join(sorted(fingerprints))
