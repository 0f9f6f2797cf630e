"""A judgement: what a person decided on an entry, an actor or a link. Machines suggest, people decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.model.ids import digest

Verdict = Literal["yes", "no", "unsure", "same", "apart", "set"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

SLOTS = ("status", "by", "to", "speaker", "when", "place", "forum", "polarity", "answers")
"""What ``set`` can correct of an entry."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: ``who`` decided, at ``decided`` (ISO 8601, UTC), something about what has the id ``subject``.

    | verdict | subject | what it says |
    |---|---|---|
    | ``yes``, ``no``, ``unsure`` | an entry, or a link as ``kind:a:b`` | it holds; it does not; nobody can tell |
    | ``same`` | an entry or actor | it and the one named in ``value`` are one |
    | ``apart`` | an entry | what the article ``value`` tells is an entry of its own |
    | ``set`` | an entry | its ``slot`` is ``value``; parties by id or name, parted by ";" |
    """

    subject: str
    verdict: Verdict
    who: str
    decided: str
    why: str = ""
    slot: str = ""
    value: str = ""

    @property
    def id(self) -> str:
        """Equal for the same decision, so that importing twice keeps one."""
        said = (self.subject, self.verdict, self.who, self.decided, self.why)
        return digest("judgement", *said, *((self.slot, self.value) if self.slot or self.value else ()))


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A judgement that could not be replayed, and why. It is kept all the same."""

    judgement: Judgement
    reason: str
