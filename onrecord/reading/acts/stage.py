"""The stage that reads acts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from onrecord.model import Act, Annotation, Span, Text
from onrecord.reading.acts.actions import find_actions
from onrecord.reading.acts.answers import find_answers
from onrecord.reading.acts.commitments import find_commitments
from onrecord.reading.acts.demands import find_demands
from onrecord.reading.acts.documents import find_documents
from onrecord.reading.acts.heard import hear
from onrecord.reading.acts.meetings import find_meetings
from onrecord.reading.acts.witnesses import Witnessed, confront
from onrecord.reading.acts.words import word_class
from onrecord.reading.page import Page, Reading
from onrecord.reading.passage import Passage, find_passages

LONGEST = 400
"""Words in a sentence; a longer one is a table or a list without stops, and its clauses cannot be told apart."""

_STOP = re.compile(r"[.!?\n]")
_FAR = 300  # code points in which a question ends
_FINDERS = (find_answers, find_meetings, find_documents, find_commitments, find_actions)


class Acts:
    """Acts between parties, by two witnesses: rules one can read, and what the encoder hears."""

    name: ClassVar[str] = "acts"
    version: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("roles", "times", "names", "references", "statements")
    makes: ClassVar[tuple[type[Annotation], ...]] = (Act,)

    def read(self, page: Page) -> Reading:
        """The acts of a page, in the order of the text; sentences that are too long to judge are named as unread."""
        passages: list[Passage] = []
        unread: list[tuple[Span, str]] = []
        for passage in find_passages(page):
            if len(passage.words) > LONGEST:
                reason = f"a sentence of {len(passage.words)} words: its clauses cannot be told apart"
                unread.append((passage.span, reason))
            else:
                passages.append(passage)
        told = (_as_asked(page.text, witnessed.act) for witnessed in find_witnessed(page, passages))
        acts = {act.id: act for act in told}.values()
        return Reading(tuple(sorted(acts, key=lambda act: (act.span.start, act.span.end, act.id))), tuple(unread))


def find_witnessed(page: Page, passages: Sequence[Passage]) -> Iterator[Witnessed]:
    """The acts of some sentences of a page, with what the rules and the encoder say of each."""
    ruled = [act for passage in passages for act in find_acts(passage)]
    return confront(ruled, tuple(hear(page, passages)), [q.span for q in page.quotations if q.depth == 0])


def _as_asked(text: Text, act: Act) -> Act:
    """What a question asks about is not told: "Would you ask Sudmark to leave the bay?", "Has Norland refused?"."""
    stop = _STOP.search(text.body, act.cue.end, act.cue.end + _FAR)
    asked = stop is not None and stop[0] == "?" and act.modality == "real"
    return replace(act, modality="hypothetical") if asked else act


def find_acts(passage: Passage) -> tuple[Act, ...]:
    """The acts of one sentence by the rules; each once."""
    demands = _apart(passage, tuple(find_demands(passage)))
    found = (
        _whole(passage, act, demands) for find in _FINDERS for act in find(passage) if not _is_demanded(act, demands)
    )
    acts = (*demands, *found)
    return tuple({_claim(act): act for act in (*acts, *_replies_to_come(acts))}.values())


def _claim(act: Act) -> tuple[object, ...]:
    """What an act claims; two rules may tell it alike."""
    return act.kind, act.status, act.polarity, act.modality, act.negated, act.cue, act.content, act.by, act.to


def _apart(passage: Passage, demands: tuple[Act, ...]) -> tuple[Act, ...]:
    """Demands of which none holds another to its end.

    "Norland demanded that the crew be freed, | in a note that also called on Sudmark to leave the strait."
    """
    return tuple(_before_next(passage, demand, demands) for demand in demands)


def _before_next(passage: Passage, demand: Act, demands: tuple[Act, ...]) -> Act:
    asked = demand.content[0]
    later = [d.content[0] for d in demands if d.cue.start > demand.cue.end and d.content[0].end == asked.end]
    inside = [span for span in later if demand.cue.end < span.start < asked.end]
    if not inside:
        return demand
    told = max(demand.cue.end, asked.start + 1)
    stop = passage.text.body.rfind(",", told, min(span.start for span in inside))
    if stop < 0:
        return demand
    span = passage.text.span(asked.start, stop)
    whole = passage.text.span(min(demand.span.start, asked.start), max(demand.cue.end, stop))
    return replace(demand, span=whole, content=(span,))


def _replies_to_come(acts: tuple[Act, ...]) -> Iterator[Act]:
    """A reply that is promised or being drafted puts the answer off: "Norland will submit a written reply"."""
    answers = [act for act in acts if act.kind == "answer"]
    for act in acts:
        if act.kind != "document" or act.status not in ("promised", "drafted"):
            continue
        named = (act.name or "reply").lower().split()
        if word_class("reply").isdisjoint(named) or any(a.span.overlaps(act.span) for a in answers):
            continue
        yield Act(
            text=act.text,
            span=act.span,
            kind="answer",
            cue=act.cue,
            content=act.content,
            by=act.by,
            to=act.to,
            status="deferred",
            modality=act.modality,
            time=act.time,
            hedge=act.hedge,
            confidence=act.confidence,
            rule="answer.reply-to-come",
        )


def _whole(passage: Passage, act: Act, demands: tuple[Act, ...]) -> Act:
    """An answer whose subject is a long demand, with all of it: "the demand that Sudmark leave | was rejected"."""
    if act.kind != "answer":
        return act
    start, end = act.content[0].start, act.content[0].end
    for demand in demands:
        asked = demand.content[0]
        if asked.start < start <= asked.end <= act.cue.start and demand.rule.endswith("noun"):
            span = passage.text.span(asked.start, max(end, act.cue.end))
            return replace(act, span=span, content=(span,), to=act.to or demand.by)
    return act


def _is_demanded(act: Act, demands: tuple[Act, ...]) -> bool:
    """Whether a deed is only what somebody demands: "demanded that Sudmark accept", "refrain from A and refusing B"."""
    if act.kind == "commitment" or act.rule in ("document.mention",) or act.status == "proposed":
        return False
    return any(d.content[0].covers(act.cue) and d.cue.end <= act.cue.start for d in demands)
