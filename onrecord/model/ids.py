"""Ids are hashes of what they name, so that any machine gives the same thing the same id."""

from __future__ import annotations

import hashlib
import json


def digest(*parts: object) -> str:
    """Twenty hexadecimal digits of the SHA-256 of the parts, written as canonical JSON.

    Parts are JSON values (strings, numbers, booleans, None, lists, tuples, mappings with string keys).

    >>> digest("name", [0, 6], "Lavrov") == digest("name", (0, 6), "Lavrov")
    True
    """
    written = json.dumps(parts, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(written.encode("ascii")).hexdigest()[:20]


def entry_id(kind: str, annotation: str) -> str:
    """The id of the entry that a telling founds: of what kind it is, and on which annotation it rests."""
    return "e-" + digest("entry", kind, annotation)[:12]
