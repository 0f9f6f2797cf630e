"""The acts that the encoder hears, as annotations: the second witness beside the rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Literal, cast

from onrecord.encoder import ActHeard, load_encoder
from onrecord.model import Act, Span
from onrecord.model.annotation import ActKind, Modality
from onrecord.reading.acts.clauses import SAYS_NO
from onrecord.reading.acts.details import describe
from onrecord.reading.acts.phrases import parties_in
from onrecord.reading.acts.predicates import stopped_words
from onrecord.reading.acts.trust import Evidence
from onrecord.reading.acts.words import word_class
from onrecord.reading.encoded import paragraphs_read
from onrecord.reading.governing import governing_time
from onrecord.reading.page import Page
from onrecord.reading.passage import Passage

HEARD = "heard"
"""The rule of an act that only the encoder found."""

Words = tuple[Passage, int, int]

_WITH_DOER = frozenset(("answer", "meeting", "document", "action"))
"""Kinds whose words are a clause with its subject; a demand's are what is wanted, a commitment's what holds."""
_NEAR_CUE, _NEAR_DOER = 6, 4  # words between content and cue, or cue and doer, that are told as one run
_AROUND = 40  # words from the cue in which an act's date is looked for


def hear(page: Page, passages: Sequence[Passage]) -> Iterator[tuple[Act, Evidence]]:
    """The acts that the encoder hears in the sentences of a page, in no order, with how sure it is."""
    if not passages:
        return
    placed = _Sentences(passages)
    quoted = [(q.span, q.inner) for q in page.quotations if q.depth == 0]
    for heard in load_encoder().hear_acts(page.text, paragraphs_read(page), quoted):
        act = _act(placed, heard)
        if act is not None:
            yield act, heard.evidence


class _Sentences:
    """The sentences of a text by their place."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._starts = [p.span.start for p in passages]

    def of(self, span: Span) -> Words | None:
        """The sentence in which a span begins, with the words of it that the span holds."""
        place = bisect_right(self._starts, span.start) - 1
        if place < 0 or self._passages[place].span.end <= span.start:
            return None
        passage = self._passages[place]
        first, end = passage.words_of(span)
        while first < end and passage.words[end - 1].is_mark:
            end -= 1
        while first < end and passage.words[first].is_mark:
            first += 1
        return (passage, first, end) if first < end else None


def _act(placed: _Sentences, heard: ActHeard) -> Act | None:
    cued = placed.of(heard.cue)
    held = placed.of(heard.content[0])
    if cued is None or held is None:
        return None
    passage, first, end = cued
    if not stopped_words(passage, cast(ActKind, heard.kind)).isdisjoint(_meant(heard, cued, held)):
        return None  # "The ministry refused to comment": what a stop-rule takes away is no act, whoever hears it
    cue = passage.cut(first, end)
    by, to = (tuple(_parties(placed, spans)) for spans in (heard.by, heard.to))
    kind = cast(ActKind, heard.kind)
    content = _told(cued, held, by if kind in _WITH_DOER else ())
    polarity = cast(Literal["want", "not_want"], heard.status) if kind == "demand" else None
    status = None if kind == "demand" else heard.status
    reach = max(0, first - _AROUND), min(len(passage.words), end + _AROUND)
    time = governing_time(passage, (first, end), reach=reach, so_far=status == "unanswered")
    act = Act(
        text=passage.text.id,
        span=passage.text.span(min(cue.start, content.start), max(cue.end, content.end)),
        kind=kind,
        cue=cue,
        content=(content,),
        by=by,
        to=tuple(span for span in to if span not in by),
        status=status,
        plover=_root(heard, passage, held[1], max(end, held[2])),
        negated=heard.modality == "negated" or _is_none(by, kind, held),
        modality=cast(Modality, heard.modality) if heard.modality in ("future", "hypothetical") else "real",
        polarity=polarity,
        time=time.span if time else None,
        rule=HEARD,
    )
    return describe(act, *held)


def _is_none(by: Sequence[Span], kind: ActKind, content: Words) -> bool:
    """Nobody has proposed a summit, he received no paper: told as not done. An answer that nobody gave is missing."""
    passage, first, _ = content
    nothing = passage.low(first) in SAYS_NO or passage.low(first - 1) in SAYS_NO
    return kind != "answer" and (nothing or any(span.exact.lower() in SAYS_NO for span in by))


def _meant(heard: ActHeard, cued: Words, content: Words) -> range:
    """The words that a stop-rule may take away: the cue's, of a meeting also what was held ("a press conference")."""
    passage, first, end = cued
    if heard.kind == "meeting" and content[0] is passage:
        return range(min(first, content[1]), max(end, content[2]))
    return range(first, end)


def _told(cued: Words, content: Words, by: tuple[Span, ...]) -> Span:
    """The words that tell an act: its content with its cue, and with who does it right before, where they are one run.

    "Norland | has rejected | the demand", "his | refusal | to meet"; of the second thing wanted its own words alone.
    """
    passage, first, end = content
    if cued[0] is passage:
        low, high = min(first, cued[1]), max(end, cued[2])
        gap = max(first - cued[2], cued[1] - end)
        if gap <= _NEAR_CUE:
            first, end = low, high
            for span in by:
                begin, stop = passage.words_of(span)
                if passage.span.covers(span) and begin < first and first - stop <= _NEAR_DOER:
                    first = begin
    return passage.cut(first, end)


def _root(heard: ActHeard, passage: Passage, first: int, end: int) -> str | None:
    """The PLOVER type; to give way is RETREAT in deed ("freed them") and CONCEDE in words ("dropped its demand")."""
    if heard.root != "YIELD":
        return heard.root
    told = {passage.low(n) for n in range(min(first, end), end)}
    return "CONCEDE" if told.isdisjoint(word_class("retreat")) else "RETREAT"


def _parties(placed: _Sentences, spans: Sequence[Span]) -> Iterator[Span]:
    """The parties that the words of a part name; a pronoun stays as it is."""
    for span in spans:
        found = placed.of(span)
        if found is None:
            continue
        passage, first, end = found
        parties = parties_in(passage, first, end)
        if not parties and end - first == 1 and passage.low(first) in word_class("pronoun"):
            parties = (passage.cut(first, end),)
        yield from parties
