"""An attribution: what one word of speech says about a frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model import Span
from onrecord.model.annotation import CueClass
from onrecord.reading.statements.following import after_opener
from onrecord.reading.statements.frames import Frame

Order = Literal["after", "before", "around", "previous", "next"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What one word of speech says about a frame. Numbers are tokens, both ends included.

    ``first`` and ``last`` are the cue clause: source and cue. ``regions`` hold the content, cue clause left out;
    ``order`` tells on which side of the cue clause it lies; "previous" is the sentence before and "next" the one
    after, neither of which has a region.
    """

    first: int
    last: int
    cue: tuple[int, int] | None
    source: Span | None
    regions: tuple[tuple[int, int], ...]
    order: Order
    kind: str
    cue_class: CueClass = "say"
    shared: bool = False  # the source is that of an earlier cue: "and added that"
    hedge: str | None = None
    listener: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        """The first token of all it covers."""
        return min([self.first, *(a for a, _ in self.regions)])


@dataclass(frozen=True, slots=True)
class CueClause:
    """Source and cue beside a content; numbers are tokens, both ends included."""

    first: int
    last: int
    cue: tuple[int, int]
    source: Span
    hedge: str | None = None


def content_start(frame: Frame, end: int) -> int:
    """Where content that ends at a token begins: at a whole quotation, or at the frame's start after an opener."""
    for place in range(end, 0, -1):
        token, before = frame.tokens[place], frame.tokens[place - 1]
        if token.quotation and (
            before.text == ":" or (before.text == "," and token.quotation.inner.exact[:1].isupper())
        ):
            return place
    return after_opener(frame)
