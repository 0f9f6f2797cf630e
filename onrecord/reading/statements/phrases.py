"""Attributions by phrase, noun or layout: "according to Berg", "Ek’s claim that", "Berg: ..."."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onrecord.model import Name, Office
from onrecord.reading.cues import CueWord, phrases
from onrecord.reading.statements.attribution import Attribution, Order, content_start
from onrecord.reading.statements.following import is_clause, last_of
from onrecord.reading.statements.frames import Frame
from onrecord.reading.statements.sources import find_source_after, find_source_before
from onrecord.reading.words import words_of

OWN_CONSTRUCTIONS = frozenset(("before_source", "anaphoric", "whole_clause"))


def by_phrase(frame: Frame, place: int, phrase: CueWord, last: int) -> Attribution | None:
    """What a phrase with a construction of its own attributes: "according to", "this was stated by"."""
    takes = phrase.takes
    if "before_source" in takes:
        source = find_source_after(frame, last + 1, len(frame.tokens))
        if source is None or words_of("paper") & set(frame.text(source.first, source.last).lower().split()):
            return None
        regions = _other_side(frame, place, source.last)
        if not regions:
            return None
        span = frame.span(source.first, source.last)
        order: Order = "after" if regions[0][0] > last else "before"
        return Attribution(place, source.last, (place, last), span, regions, order, "according", phrase.cue_class)
    if "anaphoric" in takes:
        source = find_source_after(frame, last + 1, len(frame.tokens)) if place == 0 else None
        if source is None:
            return None
        span = frame.span(source.first, source.last)
        return Attribution(place, source.last, (place, last), span, (), "previous", "anaphoric", phrase.cue_class)
    source = find_source_before(frame, place, 0)
    if source is None:
        return None
    span, regions = frame.span(source.first, source.last), ((source.first, last_of(frame)),)
    return Attribution(source.first, last, (place, last), span, regions, "after", "whole", phrase.cue_class)


def phrase_at(frame: Frame, place: int) -> tuple[CueWord, int] | None:
    """The longest phrase of speech that begins at a token, and its last token."""
    for words, phrase in _phrases_by_first().get(frame.tokens[place].lower, ()):
        last = place + len(words) - 1
        if last < len(frame.tokens) and all(frame.tokens[place + i].lower == w for i, w in enumerate(words)):
            return phrase, last
    return None


@cache
def _phrases_by_first() -> Mapping[str, tuple[tuple[tuple[str, ...], CueWord], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], CueWord]]] = {}
    for words, phrase in sorted(phrases().items(), key=lambda item: -len(item[0])):
        parts = tuple(words.split())
        found.setdefault(parts[0], []).append((parts, phrase))
    return {first: tuple(rows) for first, rows in found.items()}


def in_view(frame: Frame, place: int) -> Attribution | None:
    """In Norland’s view, the reply was late."""
    for last in range(place + 1, min(place + 8, len(frame.tokens) - 2)):
        row = phrases().get("'s " + frame.tokens[last].lower)
        if row is None:
            continue
        owner = frame.tokens[last - 1].lower
        if not (owner.endswith(("’s", "'s")) or (owner in ("his", "her", "its", "their") and last == place + 2)):
            return None
        found = frame.starting_at(last - 1) or frame.starting_at(place + 1)
        source = found[1].span if found is not None else frame.span(place + 1, last - 1)
        regions = _other_side(frame, place, last)
        if not regions:
            return None
        order: Order = "after" if regions[0][0] > last else "before"
        return Attribution(place, last, (place, last), source, regions, order, "according", row.cue_class)
    return None


def _other_side(frame: Frame, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """The clause that an "according to Berg" belongs to: after its comma, or before it."""
    at_start = (
        first == 0
        or frame.tokens[first - 1].lower in words_of("opener")
        or (first > 1 and frame.tokens[first - 1].text == "," and frame.tokens[first - 2].lower in words_of("opener"))
    )
    if at_start or frame.tokens[first - 1].lower in ("but", "and", "that", "while"):
        if last + 2 < len(frame.tokens) and frame.tokens[last + 1].text == ",":
            return ((last + 2, last_of(frame)),)
        return ()
    end = first - 1
    while end > 0 and not frame.tokens[end].is_word and not frame.tokens[end].quotation:
        end -= 1
    begin = content_start(frame, end)
    quoted = any(t.quotation for t in frame.tokens[begin : end + 1])
    return ((begin, end),) if quoted or is_clause(frame, begin, end) else ()


def by_noun(frame: Frame, place: int, noun: CueWord) -> Attribution | None:
    """They rejected Ek’s claim that Norland had lied."""
    if place + 2 >= len(frame.tokens) or frame.tokens[place + 1].lower != "that" or place < 2:
        return None
    for owner in range(place - 1, max(-1, place - 4), -1):
        found = frame.starting_at(owner)
        token = frame.tokens[owner]
        owned = found is not None and found[0] == owner and token.lower.endswith(("’s", "'s"))
        if not (owned or token.lower in ("his", "her", "its", "their")):
            continue
        if (
            owner == 0
            or not any(_finite(frame, p) for p in range(owner))
            or not is_clause(frame, place + 2, last_of(frame))
        ):
            return None
        source = found[1].span if found is not None else frame.span(owner, owner)
        regions = ((place + 2, last_of(frame)),)
        return Attribution(owner, place + 1, (place, place), source, regions, "after", "noun", noun.cue_class)
    return None


def _finite(frame: Frame, place: int) -> bool:
    word = frame.tokens[place].lower
    return word in words_of("auxiliary") or (word.endswith("ed") and len(word) > 3)


def headed(frame: Frame) -> Attribution | None:
    """Berg: Norland will wait (a headline, or a line that begins with its speaker)."""
    colon = next((i for i, t in enumerate(frame.tokens[:9]) if t.text == ":"), None)
    if not colon or colon + 1 >= len(frame.tokens) or frame.start != frame.page.paragraphs[frame.paragraph].start:
        return None
    found = frame.ending_at(colon - 1)
    if found is None or not isinstance(found[1], (Name, Office)) or (found[0] > 0 and not _titled(frame, found[0])):
        return None
    if isinstance(found[1], Name) and (found[1].kind == "place" or found[1].adjective):
        return None
    words = sum(t.is_word for t in frame.tokens[colon + 1 :])
    quoted = frame.tokens[colon + 1].quotation is not None
    if not quoted and words < 4:
        return None
    regions = ((colon + 1, last_of(frame)),)
    return Attribution(0, colon, None, frame.span(0, colon - 1), regions, "after", "headed")


def signed(frame: Frame) -> Attribution | None:
    """“We will wait.” — Anna Berg"""
    last = last_of(frame)
    found = frame.ending_at(last)
    if found is None or not isinstance(found[1], Name) or found[1].kind != "person" or found[0] < 2:
        return None
    dash, quoted = frame.tokens[found[0] - 1], frame.tokens[found[0] - 2].quotation
    if dash.text not in ("–", "—", "―") or quoted is None:
        return None
    regions = ((found[0] - 2, found[0] - 2),)
    return Attribution(found[0], last, None, found[1].span, regions, "before", "signed")


def _titled(frame: Frame, first: int) -> bool:
    return all((t.is_word and t.text[:1].isupper()) or t.lower in ("of", "the") for t in frame.tokens[:first])
