"""The code that a product rests on, as a digest: what a changed rule or word list made is made again unasked."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def digest_rooms(*rooms: str) -> str:
    """Twenty hexadecimal digits over the code and the word lists of these rooms.

    >>> digest_rooms("model", "lexicon") == digest_rooms("model", "lexicon") != digest_rooms("model")
    True
    """
    hashed = hashlib.sha256()
    for room in rooms:
        for name, content in _contents(files(f"onrecord.{room}"), room):
            hashed.update(f"{name} {len(content)}\n".encode())
            hashed.update(content)
    return hashed.hexdigest()[:20]


def digest_weights() -> str:
    """The sums of the networks' weights: a record hangs on those of all, what is read in a text on its reader's."""
    return hashlib.sha256((files("onrecord.encoder") / "weights" / "SHA256SUMS").read_bytes()).hexdigest()[:20]


def _contents(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            found += _contents(item, f"{name}/{item.name}")
        elif item.name.endswith((".py", ".tsv")):
            found.append((f"{name}/{item.name}", item.read_bytes()))
    return found
