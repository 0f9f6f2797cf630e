"""The predicate lexicon of acts and its stop-rules, as types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from onrecord.lexicon.tables import read_list, read_table
from onrecord.model.annotation import ActKind
from onrecord.reading.acts.patterns import Pattern, read_pattern
from onrecord.reading.acts.words import word_class
from onrecord.reading.passage import Passage


@dataclass(frozen=True, slots=True)
class Predicate:
    """One row of ``act_predicates.tsv``; the file's head explains the columns."""

    id: str
    kind: ActKind
    status: str | None
    plover: str | None
    frame: str
    cue: Pattern
    takes: frozenset[str]
    needs: frozenset[str]
    refuses: frozenset[str]
    confidence: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A predicate at a place of a passage: words ``first`` to ``end`` (exclusive)."""

    predicate: Predicate
    first: int
    end: int


@cache
def predicates() -> tuple[Predicate, ...]:
    """The predicates, in the order of the file.

    >>> predicates()[0].kind
    'demand'
    """
    return tuple(
        Predicate(
            row["id"],
            cast(ActKind, row["kind"]),
            row["status"] or None,
            row["plover"] or None,
            row["frame"],
            read_pattern(row["cue"]),
            frozenset(read_list(row["takes"])),
            word_class(row["needs"]),
            word_class(row["refuses"]),
            float(row["confidence"]),
        )
        for row in read_table("act_predicates")
    )


def find_predicates(passage: Passage, kind: ActKind, *frames: str) -> Iterator[Hit]:
    """Each place where a predicate of the kind stands, in order; where several begin at a word, the longest first."""
    hits = _hits(passage).get(kind)
    if not hits:
        return
    stopped = stopped_words(passage, kind)
    for hit in hits:
        if frames and hit.predicate.frame not in frames:
            continue
        if stopped.isdisjoint(range(hit.first, hit.end)) and _fits(passage, hit):
            yield hit


def _hits(passage: Passage) -> dict[ActKind, list[Hit]]:
    """The places of all predicates by their kind; those of the last passage are kept, which all rules ask for."""
    if _last and _last[0][0] is passage:
        return _last[0][1]
    found: dict[ActKind, list[Hit]] = {}
    starts = _by_first_word()
    for index, word in enumerate(passage.words):
        for predicate in starts.get(word.low, ()):
            end = predicate.cue.match(passage, index)
            if end is not None:
                found.setdefault(predicate.kind, []).append(Hit(predicate, index, end))
    for hits in found.values():
        hits.sort(key=lambda hit: (hit.first, -hit.end))
    _last[:] = [(passage, found)]
    return found


_last: list[tuple[Passage, dict[ActKind, list[Hit]]]] = []


def _fits(passage: Passage, hit: Hit) -> bool:
    ahead = {passage.low(n) for n in range(hit.end, min(hit.end + 8, len(passage.words)))}
    return not ahead & hit.predicate.refuses


@cache
def _by_first_word() -> dict[str, tuple[Predicate, ...]]:
    """The predicates of all kinds by the words they may begin with."""
    found: dict[str, tuple[Predicate, ...]] = {}
    for predicate in predicates():
        for word in predicate.cue.elements[0].words:
            found[word] = (*found.get(word, ()), predicate)
    return found


@cache
def _stops(kind: ActKind) -> dict[str, tuple[Pattern, ...]]:
    """The stop-rules of a kind by the words they may begin with."""
    found: dict[str, tuple[Pattern, ...]] = {}
    for row in read_table("act_stops"):
        if kind in read_list(row["kinds"]):
            pattern = read_pattern(row["cue"])
            for word in pattern.elements[0].words:
                found[word] = (*found.get(word, ()), pattern)
    return found


def stopped_words(passage: Passage, kind: ActKind) -> frozenset[int]:
    """The words of a passage that a stop-rule takes away from the acts of a kind."""
    stops, found = _stops(kind), set[int]()
    for word in stops.keys() & passage.places.keys():
        for index in passage.places[word]:
            for pattern in stops[word]:
                end = pattern.match(passage, index)
                if end is not None:
                    found.update(range(index, end))
    return frozenset(found)
