"""Ties: the ids of other entries that an entry's attributes list."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Entry


def tied(entry: Entry, attribute: str) -> tuple[str, ...]:
    """The ids of the entries that are ``related`` to an entry, or that it came ``after``; none where none is known."""
    found = entry.attributes.get(attribute)
    return tuple(map(str, found)) if isinstance(found, Sequence) else ()
