"""What stands around an act and speaks for it or against it: a demand before an answer, a cue read in two ways."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.model import Act, Span

_BEFORE = 500  # code points back from an answer in which a demand makes it likelier
_FEW = 3  # words of a content that says little


class Surroundings:
    """The acts and quotations of a text by place."""

    def __init__(self, acts: Sequence[Act], quoted: Sequence[Span]) -> None:
        self._asked = sorted(act.content[-1].end for act in acts if act.kind == "demand")
        self._cues = sorted((act.cue.start, act.cue.end, act.kind) for act in acts)
        self._longest = max((end - start for start, end, _ in self._cues), default=0)
        self._quoted = sorted((span.start, span.end) for span in quoted)

    def of(self, act: Act) -> frozenset[str]:
        """The names of what stands around an act."""
        start = act.content[0].start
        named = []
        if act.kind == "answer" and bisect_right(self._asked, start) > bisect_left(self._asked, start - _BEFORE):
            named.append("after a demand")
        if self._is_read_otherwise(act):
            named.append("read otherwise")
        place = bisect_right(self._quoted, (act.cue.start, act.cue.end)) - 1
        if any(a <= act.cue.start and act.cue.end <= b for a, b in self._quoted[max(0, place) : place + 2]):
            named.append("quoted")
        if sum(len(span.exact.split()) for span in act.content) <= _FEW:
            named.append("few words")
        return frozenset(named)

    def _is_read_otherwise(self, act: Act) -> bool:
        """Whether the same words are the cue of an act of another kind."""
        low = bisect_left(self._cues, (act.cue.start - self._longest, 0, ""))
        high = bisect_right(self._cues, (act.cue.end, 0, ""))
        return any(
            kind != act.kind and start < act.cue.end and act.cue.start < end
            for start, end, kind in self._cues[low:high]
        )
