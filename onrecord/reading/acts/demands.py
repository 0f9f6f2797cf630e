"""Demands: who wants what of whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Act, Span
from onrecord.reading.acts.clauses import Clause, bounds, find_clause, subject_parties, verb_ings
from onrecord.reading.acts.findings import Finding, find_act, weaken
from onrecord.reading.acts.phrases import is_finite, is_noun_word, parties_in, phrase_start
from onrecord.reading.acts.predicates import Hit, find_predicates
from onrecord.reading.acts.wanted import find_hung, find_polarities, find_polarity, find_wanted, party_end
from onrecord.reading.acts.words import base_forms, is_ly_adverb, known_forms, word_class
from onrecord.reading.passage import Passage

_NEAR_IF = 6  # words before a noun in which "if" makes it a thing supposed
_NOBODY = 0.75
"""How sure a strong demand still is where its words do not name who makes it ("the demand to lift the blockade")."""


def find_demands(passage: Passage) -> Iterator[Act]:
    """The demands that a passage tells, one for each thing that is demanded."""
    taken: set[int] = set()
    for hit in find_predicates(passage, "demand", "verb"):
        if hit.first in taken or is_nominal(passage, hit.first):
            continue
        acts = tuple(_verbal(passage, hit))
        if acts:
            taken.update(range(hit.first, hit.end))
            yield from acts
    for hit in find_predicates(passage, "demand", "must"):
        found = _owed(passage, hit)
        if found and hit.first not in taken:
            yield found
    for hit in find_predicates(passage, "demand", "list"):
        taken.add(hit.first)
        yield from _enumerated(passage, hit)
    for hit in find_predicates(passage, "demand", "noun"):
        if hit.first not in taken and is_nominal(passage, hit.first):
            found = _nominal(passage, hit)
            if found:
                taken.add(hit.first)
                yield found


def is_nominal(passage: Passage, index: int) -> bool:
    """Whether a word that may be noun or verb ("demands", "calls") is a noun here."""
    low = passage.low(index)
    if low not in known_forms():
        return True
    if low not in base_forms() and not (low.endswith("s") and low[:-1] in base_forms()):
        return low in verb_ings() and passage.low(index - 1) in word_class("article") | word_class("possessive")
    if is_finite(passage, index):
        return False
    if low.endswith("s"):
        return True
    place = index - 1
    while passage.low(place) in word_class("adverb") - word_class("determiner") or is_ly_adverb(passage.low(place)):
        place -= 1
    before = passage.low(place)
    if before in word_class("article") | word_class("possessive") | word_class("determiner"):
        return True
    if before in word_class("not"):
        return False
    if before in word_class("modal") | word_class("do") | word_class("be") | word_class("have") | {
        "to",
        "not",
        "who",
        "they",
        "we",
        "i",
        "you",
        "which",
    }:
        return False
    plural = before.endswith("s") and before not in ("’s", "'s") and is_noun_word(passage, place)
    named = place in passage.name_of and not passage.name_of[place].adjective
    return not (plural or named)


def _verbal(passage: Passage, hit: Hit) -> Iterator[Act]:
    clause = find_clause(passage, hit.first, hit.end)
    if clause.passive:
        return  # "the crew was asked to wait": of whom, but rarely by whom; "asked by a reporter about"
    if clause.subject and clause.form == "participle" and passage.low(clause.subject[0] - 1) in word_class("have"):
        return  # "a presenter had | Norland | asking Sudmark to leave": what she made of it
    wanted = find_wanted(passage, hit.end, bounds(passage, hit.first)[1])
    takes = hit.predicate.takes
    if wanted is None and (not takes or "object" in takes):
        found = _before_relative(passage, hit, clause)
        if found is not None:
            yield found
    if wanted is None or (takes and wanted.how not in takes):
        return
    by = subject_parties(passage, clause)
    if wanted.how == "object" and not by:
        return
    weak = hit.predicate.confidence < 0.9
    if weak and (not wanted.to if wanted.how == "to_do" else passage.low(clause.group - 1) == "i"):
        return  # "she expects prices to fall", "I want a word with her"
    polarities = find_polarities(passage, wanted.items)
    for number, ((first, end), polarity) in enumerate(zip(wanted.items, polarities, strict=True)):
        start = clause.start if number == 0 else first
        finding = Finding(
            hit=hit,
            content=(start, end),
            clause=clause,
            by=by,
            to=wanted.to,
            polarity=polarity,
            confidence=None if by else min(hit.predicate.confidence, _NOBODY if clause.form == "finite" else 0.6),
        )
        yield find_act(passage, finding)


def _before_relative(passage: Passage, hit: Hit, clause: Clause) -> Act | None:
    """A demand that hangs on the thing wanted: "the recordings that Norland had asked for"."""
    if clause.subject is None or passage.low(clause.subject[0] - 1) not in ("that", "which"):
        return None
    relative = clause.subject[0] - 1
    head = relative - 1 - (passage.low(relative - 1) == ",")
    first = phrase_start(passage, head)
    by = subject_parties(passage, clause)
    if first > head or not by or passage.low(head) in word_class("ask"):
        return None
    return find_act(
        passage, Finding(hit=hit, content=(first, hit.end), clause=clause, by=by, polarity="want", confidence=0.6)
    )


def _enumerated(passage: Passage, hit: Hit) -> Iterator[Act]:
    """A list after a colon, one act for each: "the note makes two demands: the release of A; the return of B"."""
    high = bounds(passage, hit.first)[1]
    start = phrase_start(passage, hit.first)
    by = owner(passage, start, hit.first)
    cuts = [n for n in range(hit.end, high) if passage.low(n) == ";"]
    starts, ends = [hit.end, *(n + 1 for n in cuts)], [*cuts, high]
    for first, end in zip(starts, ends, strict=True):
        first += passage.low(first) == "and"
        while end > first and passage.words[end - 1].is_mark and passage.words[end - 1].text in ".;,":
            end -= 1
        if end > first + 1:
            yield find_act(
                passage, Finding(hit=hit, content=(first, end), by=by, polarity=find_polarity(passage, first, end))
            )


def _owed(passage: Passage, hit: Hit) -> Act | None:
    """What a party must do: "Sudmark must withdraw"; who wants it, the statement around it tells."""
    place = hit.end + (passage.low(hit.end) in ("not", "never", "also", "now"))
    if passage.low(place) not in base_forms() - {"be", "have"}:
        return None
    clause = find_clause(passage, hit.first, hit.end)
    to = subject_parties(passage, clause)
    told = bounds(passage, hit.first) != (0, len(passage.words))
    if not clause.near or passage.low(clause.group - 1) in ("we", "i", "it", "you", "one") or not (to or told):
        return None  # "the crews must go free" is a demand only in somebody's mouth
    content = (clause.start, clause.end)
    polarity = find_polarity(passage, hit.end, clause.end)
    return replace(
        find_act(passage, Finding(hit=hit, content=content, clause=clause, to=to, polarity=polarity)), negated=False
    )


def _nominal(passage: Passage, hit: Hit) -> Act | None:
    high = bounds(passage, hit.first)[1]
    index, by, to = _hanging_parties(passage, hit.end, high, hit.predicate.takes)
    link = passage.low(index)
    if link not in hit.predicate.takes or index + 1 >= high:
        return None
    wanted = find_hung(passage, index, high)
    if wanted is None:
        return None
    start = phrase_start(passage, hit.first)
    by = by or owner(passage, start, hit.first)
    first, end = wanted.items[0][0], wanted.items[-1][1]
    finding = Finding(
        hit=hit,
        content=(start, end),
        by=by,
        to=to or wanted.to,
        polarity=find_polarity(passage, first, end),
        confidence=None if by else min(hit.predicate.confidence, _NOBODY),
    )
    return _as_supposed(passage, find_act(passage, finding), start)


def _as_supposed(passage: Passage, act: Act, start: int) -> Act:
    """A demand that is said not to be, or that only may be: "no call for troops", "if you find a call for troops"."""
    if passage.low(start) in ("no", "neither"):
        return weaken(replace(act, negated=True))
    low = max(bounds(passage, start)[0], start - _NEAR_IF)
    clause = [passage.low(n) for n in range(low, start)]
    if passage.low(start) == "any" or any(word in ("if", "whether", "unless") for word in clause):
        return weaken(replace(act, modality="hypothetical"))
    return act


def owner(passage: Passage, start: int, head: int) -> tuple[Span, ...]:
    """The party that owns a noun: "Norland's", "the Norlandic", "its"; nothing where no party stands before it."""
    for index in range(head - 1, start - 1, -1):
        low = passage.low(index)
        if low in ("’s", "'s"):
            return parties_in(passage, start, index) or (
                (passage.cut(start, index),) if any(n in passage.name_of for n in range(start, index)) else ()
            )
        if low in ("’", "'") and index > start:  # "the parties' demand"
            return parties_in(passage, start, index)
        if low in word_class("possessive"):
            return (passage.cut(index, index + 1),)
        name = passage.name_of.get(index)
        if name is not None and (name.adjective or index == head - 1) and name.kind not in ("document", "place"):
            place = passage.words_of(name.span)[0] - 1
            other = passage.name_of.get(place - 1) if passage.low(place) == "and" else None
            # "the Norland and League proposals"
            return (other.span, name.span) if other and other.kind == name.kind != "person" else (name.span,)
    return ()


def _hanging_parties(
    passage: Passage, index: int, high: int, takes: frozenset[str]
) -> tuple[int, tuple[Span, ...], tuple[Span, ...]]:
    """Past "by Norland", "from Norland" and "to Sudmark" after a noun: the next word, who, of whom."""
    by: tuple[Span, ...] = ()
    to: tuple[Span, ...] = ()
    while index < high and passage.low(index) in ("by", "from", "of", "on", "to"):
        link, end = passage.low(index), party_end(passage, index + 1, high)
        parties = parties_in(passage, index + 1, end)
        if not parties or passage.low(end) not in takes | {"by", "from", "to", "not"}:
            break
        if link in ("by", "from") or (link == "of" and passage.low(end) in ("for", "that", "to")):
            by = parties
        elif link in ("on", "to"):
            to = parties
        else:
            break
        index = end
    return index, by, to
