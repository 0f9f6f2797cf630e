"""A stretch of a body and what it is; a role that is not yet bound to its text."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.intake.lines import Line
from onrecord.model.annotation import RoleName


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """From ``start`` to ``end`` (code points of the body, half open), within line ``line``."""

    start: int
    end: int
    line: int
    role: RoleName
    why: str

    @classmethod
    def of(cls, line: Line, role: RoleName, why: str, part: tuple[int, int] | None = None) -> Piece:
        """The whole line, or the part of it that starts and ends at these places of its words."""
        start, end = part or (0, len(line.words))
        return cls(line.start + start, line.start + end, line.number, role, why)
