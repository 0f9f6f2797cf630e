"""What does not hold in a record on disk; ``verify`` says it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from onrecord.errors import StoreError
from onrecord.store import layers
from onrecord.store.store import Store


def find_faults(store: Store) -> Iterator[str]:
    """Each thing that does not hold, in one sentence: the file, references, raws, texts, layers, the record.

    >>> import tempfile
    >>> from pathlib import Path
    >>> with Store.open(Path(tempfile.mkdtemp()), create=True) as store:
    ...     list(find_faults(store))
    []
    """
    try:
        broken = [row[0] for row in store.database.rows("PRAGMA integrity_check(20)") if row[0] != "ok"]
        yield from (f"the database file: {line}" for line in broken)
        for table, number, parent in store.database.check_foreign_keys():
            yield f"row {number} of table {table} names what is not in table {parent}"
        yield from _raw_faults(store)
        yield from _layer_faults(store)
        store.record()
    except StoreError as error:
        yield str(error)


def _raw_faults(store: Store) -> Iterator[str]:
    for sha256 in store.raws():
        if hashlib.sha256(store.raw(sha256)).hexdigest() != sha256:
            yield f"the raw bytes {sha256} are not those that were taken in"


def _layer_faults(store: Store) -> Iterator[str]:
    for text_id in sorted({article.text for article in store.articles()}):
        text = store.text(text_id)
        for layer in store.layers(text):
            ids = {annotation.id for annotation in layer.annotations}
            kept = set(layers.ids(store.database, text, layer.stage))
            for changed in sorted(ids ^ kept):
                yield f"text {text_id}, layer {layer.stage}: annotation {changed} is not the claim it was (id law)"
