"""What a party holds on an issue from when to when, and who says so where: drawn from positions and their entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.errors import EvidenceError
from onrecord.model.record import Stance, Voice
from onrecord.model.when import When

Held = Stance | Literal["unanswered"]
"""A stance, and what a position alone does not tell apart: ``unanswered`` is somebody's claim, ``no answer found`` the
record's own word for silence."""

Turn = Literal["change", "step", "later"]
"""How a party came to what it holds: it left an answer it had given, or gave one where it had given none; ``later``:
neither, it is only told of a later day (unanswered, somebody says after a refusal)."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Who says it and where. ``speaker`` is an actor id, else words of the article.

    Without a speaker it is the outlet's own voice, or a source that no words name.
    """

    entry: str
    voice: Voice
    speaker: str | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """One stance as long as it is held. ``first`` and ``last`` are its first and last dated tellings, None: undated.

    ``tellers`` is empty where no answer was found: that no article says so is the record's own word.
    """

    stance: Held
    first: When | None
    last: When | None
    entries: tuple[str, ...]
    tellers: tuple[Teller, ...] = ()

    def __post_init__(self) -> None:
        if not self.entries:
            raise EvidenceError(f"a stand ({self.stance}) that rests on no entry")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time of a party's course: all of it lies after the stretch before. Several stands have no known order."""

    stands: tuple[Stand, ...]
    turn: Turn | None  # how it follows on the stretch before; None in the first


@dataclass(frozen=True, slots=True)
class Standing:
    """A party on an issue: as one that asks, or as one that is asked or answers.

    ``apart`` are stands whose dates, or the want of them, give them no place among the stretches.
    """

    actor: str
    issue: str
    stretches: tuple[Stretch, ...]
    apart: tuple[Stand, ...] = ()
