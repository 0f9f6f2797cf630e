"""A finding: an act as a rule found it, in word indices; and the annotation it becomes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from onrecord.model import Act, Span
from onrecord.reading.acts.clauses import Clause, bounds
from onrecord.reading.acts.predicates import Hit
from onrecord.reading.acts.words import word_class
from onrecord.reading.governing import governing_time
from onrecord.reading.passage import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Where an act stands: its predicate, its own words, its clause and its parties."""

    hit: Hit
    content: tuple[int, int]
    clause: Clause | None = None
    by: tuple[Span, ...] = ()
    to: tuple[Span, ...] = ()
    polarity: Literal["want", "not_want"] | None = None
    status: str | None = None  # where it differs from the predicate's
    confidence: float | None = None  # where it differs from the predicate's


def find_act(passage: Passage, finding: Finding) -> Act:
    """The annotation of a finding."""
    predicate, clause = finding.hit.predicate, finding.clause
    cue = passage.cut(finding.hit.first, finding.hit.end)
    first, last = _without_next_subject(passage, *finding.content)
    first -= first > 0 and passage.low(first) in ("’s", "'s")  # "Friday's talks are off"
    content = passage.cut(first, last)
    low, _ = bounds(passage, finding.hit.first)
    reach = low, max(finding.content[1], clause.end) if clause else finding.content[1]
    so_far = (finding.status or predicate.status) == "unanswered"
    time = governing_time(passage, (finding.hit.first, finding.hit.end), reach=reach, so_far=so_far)
    start, end = min(cue.start, content.start), max(cue.end, content.end)
    return Act(
        text=passage.text.id,
        span=passage.text.span(start, end),
        kind=predicate.kind,
        cue=cue,
        content=(content,),
        by=_apart(finding.by),
        to=tuple(span for span in _apart(finding.to) if span not in finding.by),
        status=finding.status or predicate.status,
        plover=predicate.plover,
        negated=clause.negated if clause else False,
        modality=clause.modality if clause else "real",
        polarity=finding.polarity,
        time=time.span if time else None,
        hedge=clause.hedge if clause else None,
        confidence=predicate.confidence if finding.confidence is None else finding.confidence,
        rule=predicate.id,
    )


def weaken(act: Act, confidence: float = 0.6) -> Act:
    """The act with at most this confidence."""
    return replace(act, confidence=min(act.confidence, confidence))


def _without_next_subject(passage: Passage, first: int, end: int) -> tuple[int, int]:
    """The content up to the subject of the next clause: "The demand to remove the boats | he named a provocation"."""
    while end - first > 1 and passage.low(end - 1) in word_class("nominative"):
        end -= 1
    return first, end


def _apart(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))
