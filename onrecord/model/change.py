"""What is new in a record beside an older one of the same exchange."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ChangeKind = Literal[
    "new",  # an entry that the older record does not have
    "surer",  # an entry that was possible and is now part of the record
    "status",  # an entry with another status
    "position",  # a party holds something else on an issue
    "corroborated",  # more independent sources tell an entry
    "contradicted",  # reports of an entry exclude each other, and did not before
    "settled",  # they did before, and do not now
    "doubted",  # an entry that was part of the record and is now only possible
    "gone",  # an entry that the newer record does not have
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change. ``entries`` are ids of the newer record, of what is gone or settled those of the older.

    ``before`` and ``after`` are the values that changed: statuses, stances, numbers of sources, the values that exclude
    each other; None where there is none. ``texts`` are the articles by which the newer record knows it.
    """

    kind: ChangeKind
    entries: tuple[str, ...]
    before: str | None = None
    after: str | None = None
    texts: tuple[str, ...] = ()
    actor: str | None = None  # of a position
    issue: str | None = None
