"""Nesting: which attribution of a frame lies in another's content, and where one ends for the next to begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.model import Span
from onrecord.reading.cues import nouns, verbs
from onrecord.reading.statements.attribution import Attribution
from onrecord.reading.statements.following import is_clause
from onrecord.reading.statements.frames import Frame, word_list
from onrecord.reading.words import words_of

_LEAST = 4  # words in which a statement can be nested


@dataclass(frozen=True, slots=True)
class Nested:
    """An attribution and those within its content, outermost first."""

    attribution: Attribution
    inner: tuple[Nested, ...] = ()


def nest(frame: Frame, found: Sequence[Attribution]) -> tuple[Nested, ...]:
    """The attributions of a frame as trees, each cut where the next one that is not within it begins."""
    kept = _without_repeats(found)
    cut = [_cut(frame, attribution, kept) for attribution in kept]
    return _trees(cut)


def sources_in(frame: Frame, tree: Nested) -> Iterator[tuple[Span, Span]]:
    """The sources of an attribution and of those nested in it, each with its cue."""
    attribution = tree.attribution
    if attribution.source is not None and attribution.cue:
        yield attribution.source, frame.span(*attribution.cue)
    for child in tree.inner:
        yield from sources_in(frame, child)


def may_nest(said: str) -> bool:
    """Whether a statement may be nested in what is said: a word of speech stands in it.

    >>> may_nest("Ek had promised that ships would sail"), may_nest("The United States would wait")
    (True, False)
    """
    words = word_list(said)
    return len(words) >= _LEAST and any(map(_is_of_speech, words))


def _is_of_speech(word: str) -> bool:
    return (word in verbs() or word in nouns() or word == "according") and word not in words_of("rarely")


def _without_repeats(found: Sequence[Attribution]) -> list[Attribution]:
    """Berg said, “No,” Berg explained: the quotation has one cue too many; the first one stays."""
    kept: list[Attribution] = []
    for attribution in found:
        if attribution.order == "before" and any(
            a.order == "after" and a.kind == "quote" and a.first < attribution.first and _ends_at(a, attribution)
            for a in kept
        ):
            continue
        kept.append(attribution)
    return kept


def _ends_at(earlier: Attribution, later: Attribution) -> bool:
    return earlier.regions[-1][1] >= later.regions[0][1] > earlier.first


def _cut(frame: Frame, attribution: Attribution, found: list[Attribution]) -> Attribution:
    """The attribution without what belongs to a later one that is not nested in it."""
    if attribution.order != "after" or not attribution.regions:
        return attribution
    first, last = attribution.regions[0]
    for other in found:
        if other is attribution or not first <= other.first <= last or other.first <= attribution.first:
            continue
        if not _is_within(frame, attribution, other):
            last = min(last, _before(frame, other.first, first))
    return replace(attribution, regions=((first, last),)) if last >= first else replace(attribution, regions=())


def _is_within(frame: Frame, outer: Attribution, other: Attribution) -> bool:
    """Whether another attribution's cue clause, which begins in the content of ``outer``, is part of that content."""
    start = outer.regions[0][0]
    if other.order in ("before", "around"):
        # Berg said the talks were over, Ek reported: Ek's content holds all that Berg said.
        return other.regions[0][0] > outer.first
    if other.shared or other.kind == "question":
        return False
    before = other.first - 1
    while before >= start and frame.tokens[before].lower in words_of("opener") | words_of("adverb"):
        before -= 1
    if before < start:
        return True  # RBC reports that Berg said that
    token = frame.tokens[before]
    if token.text == "," and not is_clause(frame, start, before - 1):
        return True  # Berg said that, after a look at the paper, Ek admitted that
    apart = not token.is_word or token.lower in words_of("joint")
    # Two headlines run together: "Berg: Norland waits for a reply The minister stressed that".
    run_together = frame.tokens[other.first].text == "The" and token.text[:1].islower()
    return not (apart or run_together)


def _before(frame: Frame, place: int, floor: int) -> int:
    """The last token before a cue clause that is no joint or mark."""
    place -= 1
    while place >= floor:
        token = frame.tokens[place]
        if token.quotation or (token.is_word and token.lower not in words_of("joint") | words_of("adverb")):
            break
        place -= 1
    return place


def _trees(found: list[Attribution]) -> tuple[Nested, ...]:
    """Trees by containment: the widest first."""
    ready = [a for a in found if a.regions or a.order in ("previous", "next")]
    roots: list[Attribution] = []
    children: dict[int, list[Attribution]] = {}
    for attribution in sorted(ready, key=_width, reverse=True):
        holder = next((i for i, root in enumerate(roots) if _holds(root, attribution)), None)
        if holder is None:
            children[len(roots)] = []
            roots.append(attribution)
        else:
            children[holder].append(_clipped(attribution, roots[holder]))
    trees = [Nested(root, _trees(children[i])) for i, root in enumerate(roots)]
    return tuple(sorted(trees, key=lambda tree: tree.attribution.start))


def _width(attribution: Attribution) -> int:
    return sum(b - a + 1 for a, b in attribution.regions)


def _holds(outer: Attribution, other: Attribution) -> bool:
    return any(a <= other.first and other.last <= b for a, b in outer.regions)


def _clipped(attribution: Attribution, outer: Attribution) -> Attribution:
    """What is nested does not reach out of what holds it."""
    low = min(a for a, b in outer.regions if a <= attribution.first <= b)
    high = max(b for a, b in outer.regions if a <= attribution.first <= b)
    clipped = tuple((max(a, low), min(b, high)) for a, b in attribution.regions if a <= high and b >= low)
    return replace(attribution, regions=clipped)
