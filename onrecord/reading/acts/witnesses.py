"""Two witnesses: an act that the rules and the encoder both find is surer than what one of them finds alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.model import Act, Span
from onrecord.reading.acts.surroundings import Surroundings
from onrecord.reading.acts.trust import Evidence, trust

_SHARED = 0.5  # of the shorter of two contents, from which on they are the same words
_SAME = 0.8  # of the shorter, from which on two acts of one witness are one
_PART = 512  # code points of a text in which acts are held against one another


@dataclass(frozen=True, slots=True)
class Witnessed:
    """An act as the rules tell it, as the encoder does, or both; with the encoder's evidence and what stands around."""

    ruled: Act | None
    heard: Act | None = None
    evidence: Evidence = ()
    around: frozenset[str] = frozenset()

    @property
    def act(self) -> Act:
        """The act, as sure as its witnesses make it, and never less sure than the rule that finds it."""
        sure = trust(self.ruled, self.heard, self.evidence, self.around)
        both = (("rules", self.ruled), ("encoder", self.heard))
        return replace(
            self.told,
            confidence=max(sure, self.ruled.confidence if self.ruled else 0.0),
            witnesses=tuple(name for name, act in both if act),
        )

    @property
    def told(self) -> Act:
        """The act, as sure as its first witness."""
        told = _joined(self.ruled, self.heard) if self.ruled and self.heard else self.ruled or self.heard
        assert told is not None
        return told


def confront(
    ruled: Sequence[Act], heard: Sequence[tuple[Act, Evidence]], quoted: Sequence[Span] = ()
) -> Iterator[Witnessed]:
    """Each act once, with its witnesses and what stands around it; ``quoted`` are the quotations of the text."""
    found = tuple(_matched(ruled, heard))
    around = Surroundings([one.told for one in found], quoted)
    return (replace(one, around=around.of(one.told)) for one in found)


def _matched(ruled: Sequence[Act], heard: Sequence[tuple[Act, Evidence]]) -> Iterator[Witnessed]:
    left = _Near(other for other, _ in heard)
    told = _Near(ruled)
    taken: set[int] = set()
    for act in ruled:
        same = next((n for n in left.to(act) if n not in taken and _is_same(act, heard[n][0])), None)
        if same is None:
            yield Witnessed(act)
        else:
            taken.add(same)
            yield Witnessed(act, *heard[same])
    alone = (other for n, other in enumerate(heard) if n not in taken)
    for act, evidence in sorted(alone, key=lambda one: -sum(one[1])):
        if not any(_is_again(act, told.acts[n]) for n in told.to(act)):
            told.add(act)
            yield Witnessed(None, act, evidence)


class _Near:
    """Acts by kind and place: an act is held against those of its part of the text, not against all."""

    def __init__(self, acts: Iterable[Act]) -> None:
        self.acts: list[Act] = []
        self._at: dict[tuple[str, int], list[int]] = defaultdict(list)
        for act in acts:
            self.add(act)

    def add(self, act: Act) -> None:
        """One more act, the last in order."""
        for part in _parts(act):
            self._at[part].append(len(self.acts))
        self.acts.append(act)

    def to(self, act: Act) -> list[int]:
        """The numbers of the acts that may share words with this one, in order."""
        return sorted({number for part in _parts(act) for number in self._at.get(part, ())})


def _parts(act: Act) -> set[tuple[str, int]]:
    spans = (act.cue, *act.content)
    return {(act.kind, n) for span in spans for n in range(span.start // _PART, span.end // _PART + 1)}


def _is_same(ruled: Act, heard: Act) -> bool:
    if ruled.kind != heard.kind or (ruled.polarity and heard.polarity and ruled.polarity != heard.polarity):
        return False
    return ruled.cue.overlaps(heard.cue) or _share(ruled.content, heard.content) >= _SHARED


def _is_again(heard: Act, told: Act) -> bool:
    """Whether an act is told already by nearly the same words: of "will be | no change" both halves are cues."""
    return heard.kind == told.kind and _share(heard.content, told.content) >= _SAME


def _share(a: Sequence[Span], b: Sequence[Span]) -> float:
    common = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)
    return common / max(1, min(sum(map(len, a)), sum(map(len, b))))


def _joined(ruled: Act, heard: Act) -> Act:
    """The words are the rule's, and the parties and details as far as it knows them.

    So is the status, but for papers: where the two differed on texts that neither had seen, the rule was right on 16
    answers and the encoder on 7, on papers 3 and 9.
    """
    by = ruled.by or tuple(span for span in heard.by if _may_do(span, ruled))
    return replace(
        heard,
        span=ruled.span,
        cue=ruled.cue,
        content=ruled.content,
        status=heard.status if ruled.kind == "document" else ruled.status or heard.status,
        modality="hypothetical" if ruled.modality == "hypothetical" else heard.modality,
        by=by,
        to=tuple(span for span in ruled.to or heard.to if span not in by),
        place=ruled.place or heard.place,
        forum=ruled.forum or heard.forum,
        time=ruled.time or heard.time,
        name=ruled.name or heard.name,
        year=ruled.year or heard.year,
        duration=ruled.duration or heard.duration,
        pages=ruled.pages or heard.pages,
        form=ruled.form or heard.form,
        hedge=ruled.hedge,
        rule=ruled.rule,
    )


def _may_do(party: Span, ruled: Act) -> bool:
    """Whether a party that only the encoder knows can be the doer of an act that the rule tells.

    Not whose demand is answered; nor who says behind it that nobody has: "remains without an answer, Berg regretted".
    """
    if any(span.overlaps(party) for span in ruled.to):
        return False
    return ruled.status != "unanswered" or party.start < max(span.end for span in ruled.content)
