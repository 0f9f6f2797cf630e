"""The vectors of a record's passages, kept in a file beside it: a cache, which anyone may delete."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import StoreError
from onrecord.pipeline.code import digest_rooms, digest_weights
from onrecord.pipeline.packs import DAMAGE
from onrecord.store import write_atomically

if TYPE_CHECKING:
    from onrecord.linking import Vectors

_WORTH = 1_000  # vectors; fewer are reckoned again in a few seconds


def vectors_beside(record: Path) -> Path:
    """Where the vectors of the record in this file are kept.

    >>> vectors_beside(Path("exchange", "record.db")).as_posix()
    'exchange/record-vectors.npz'
    """
    return record.with_name(f"{record.stem}-vectors.npz")


def read_vectors(path: Path, workers: int | None = None) -> Vectors:
    """The vectors that are kept here; none where there is no file, or one of other weights, or one that is damaged.

    Those that are wanted beside them are reckoned by so many workers.
    """
    import numpy as np

    from onrecord.linking import Vectors

    try:
        with np.load(path, allow_pickle=False) as kept:
            made_by, keys, numbers = str(kept["made_by"]), kept["keys"], kept["numbers"]
    except (*DAMAGE, KeyError, TypeError):
        return Vectors(None, workers)
    fits = numbers.dtype == np.float16 and numbers.shape == (len(keys), Vectors.WIDTH) and keys.dtype == np.uint8
    if made_by != _made_by() or not fits:
        return Vectors(None, workers)
    return Vectors(dict(zip(map(bytes, keys), numbers, strict=True)), workers)


def _made_by() -> str:
    """The weights and the code that vectors hang on."""
    return f"{digest_weights()} {digest_rooms('encoder')}"


def keep_vectors(vectors: Vectors, path: Path) -> None:
    """Write those that were used, where they are others than before; without room for them they are reckoned again."""
    import numpy as np

    used = vectors.used
    if len(used) < _WORTH:
        with suppress(OSError):
            path.unlink(missing_ok=True)  # of a record that was larger
        return
    if not vectors.are_new:
        return
    keys = np.array([list(key) for key in used], dtype=np.uint8)
    with suppress(StoreError), write_atomically(path) as stream:
        np.savez(stream, made_by=np.array(_made_by()), keys=keys, numbers=np.array(list(used.values())))
