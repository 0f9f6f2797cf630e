"""Commitments: treaties and principles invoked, and what a party binds itself to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Act, Span
from onrecord.reading.acts.clauses import Clause, bounds, clause_end, find_clause, subject_parties
from onrecord.reading.acts.demands import is_nominal, owner
from onrecord.reading.acts.findings import Finding, find_act, weaken
from onrecord.reading.acts.patterns import read_pattern
from onrecord.reading.acts.phrases import is_finite, phrase_end, phrase_start
from onrecord.reading.acts.predicates import Hit, Predicate, find_predicates
from onrecord.reading.acts.words import base_forms, word_class
from onrecord.reading.passage import Passage

_PACT = (
    r"(?:Treaty|Treaties|Declaration|Document|Charter|Convention|Final Act|Accords?|Agreements?|agreements|accords|"
    r"Protocols?|Understanding|Memorandum|Pact|Covenant|Compact|Statute)"
)
_NAMED = re.compile(
    rf"(?:\b(?P<first>[12]\d{{3}}) )?\b(?:[A-Z][\w’'-]+ ){{1,4}}{_PACT}\b(?! talks| Organi[sz]ation)"
    r"(?: (?:of|on) (?:[A-Z]\w+ ?){1,3}\b)?"
    r"(?:,? (?:of )?\(?(?P<last>[12]\d{3})\b)?"
)

_INVOKED = Predicate(
    "commitment.named",
    "commitment",
    None,
    None,
    "name",
    read_pattern("@pact"),
    *(frozenset[str](),) * 3,
    confidence=0.9,
)


def find_commitments(passage: Passage) -> Iterator[Act]:
    """The commitments that a passage names."""
    taken: set[int] = set()
    for hit in find_predicates(passage, "commitment"):
        if hit.first in taken:
            continue
        act = _pledged(passage, hit) if hit.predicate.frame == "verb" else _principle(passage, hit)
        if act is not None:
            taken.update(range(*passage.words_of(act.content[0])))
            yield act
    for first, end, year in named_pacts(passage):
        if not taken.isdisjoint(range(first, end)):
            continue
        hit = Hit(_INVOKED, first, end)
        start = first - (passage.low(first - 1) in word_class("article"))
        end = _what_it_says(passage, end)
        act = find_act(passage, Finding(hit=hit, content=(start, end)))
        taken.update(range(first, end))
        yield replace(act, name=act.cue.exact, year=year)


def _pledged(passage: Passage, hit: Hit) -> Act | None:
    """A pledge: "Norland pledged not to close the strait"."""
    if is_nominal(passage, hit.first):
        return None
    takes, low = hit.predicate.takes, passage.low(hit.end)
    if takes and low not in takes:
        return None
    if low == "to" and hit.predicate.takes and passage.low(hit.end + 1) not in base_forms() | {"be", "not"}:
        return None
    clause = find_clause(passage, hit.first, hit.end)
    by = subject_parties(passage, clause)
    if clause.passive and hit.predicate.id not in ("commitment.committed",):
        return None
    content = (clause.start, max(clause.end, hit.end))
    act = find_act(passage, Finding(hit=hit, content=content, clause=clause, by=by))
    if hit.predicate.id == "commitment.intention":
        act = replace(act, negated=False)
    if hit.predicate.id == "commitment.agree-to" and not _is_mutual(passage, clause, by):
        return weaken(act)
    return act if by and clause.form == "finite" and not act.negated else weaken(act)


def _is_mutual(passage: Passage, clause: Clause, by: tuple[Span, ...]) -> bool:
    """Whether several agree with one another: "the two sides", "Norland and Sudmark", "they"."""
    last = passage.low(clause.subject[1] - 1) if clause.subject else ""
    return len(by) > 1 or last in ("they", "both") or (last in word_class("party_noun") and last.endswith("s"))


def _principle(passage: Passage, hit: Hit) -> Act | None:
    """A principle named: "the right of every state to choose its allies", "the truce must be observed"."""
    high = bounds(passage, hit.first)[1]
    if hit.predicate.id == "commitment.must-hold":
        clause = find_clause(passage, hit.end - 1, hit.end)
        if clause.subject is None:
            return None
        return find_act(passage, Finding(hit=hit, content=(clause.start, max(clause.end, hit.end))))
    head = hit.first + (passage.words[hit.first].is_mark)
    start = phrase_start(passage, head)
    end = phrase_end(passage, hit.end - 1, high)
    if passage.low(hit.end - 1) in ("to", "not", "of") or passage.low(end) in ("to", "not"):
        end = _clause_less_verb(passage, max(end, hit.end), high)
    # "the reply named Norland's freedom and its right to choose": whose right it is, "its" leaves open.
    by = tuple(span for span in owner(passage, start, head) if span.exact.lower() not in word_class("possessive"))
    act = find_act(passage, Finding(hit=hit, content=(start, max(end, hit.end)), by=by))
    words = passage.cut(head, hit.end).exact if hit.predicate.id.startswith("commitment.open") else act.content[0].exact
    return replace(act, name=words.strip("“”\"'‘’«»"), negated=False)


def _clause_less_verb(passage: Passage, index: int, high: int) -> int:
    limit = clause_end(passage, index, high)
    for place in range(index, limit):
        if is_finite(passage, place):
            # "... to choose its allies is recognized": a short predicate belongs to the principle as told.
            return limit if limit - place <= 4 else place
    return limit


def _what_it_says(passage: Passage, end: int) -> int:
    """Where the words end that tell what a treaty says: ", which opens the strait", "limits the guns"."""
    high = bounds(passage, end - 1)[1]
    place = end + (passage.low(end) == ",")
    if passage.low(place) in ("which", "that") and is_finite(passage, place + 1):
        return clause_end(passage, place + 2, high)
    if passage.low(place) == "under" and passage.low(place + 1) == "which":
        return clause_end(passage, place + 2, high)
    if passage.low(end) in word_class("provides"):
        return clause_end(passage, end + 1, high)
    return end


def named_pacts(passage: Passage) -> Iterator[tuple[int, int, int | None]]:
    """Treaties and declarations by name, as words (first, end) and the year where it is told."""
    found: list[tuple[int, int, int | None]] = []
    for match in _NAMED.finditer(passage.span.exact):
        start = passage.span.start + match.start()
        first, end = passage.words_of(passage.text.span(start, passage.span.start + match.end()))
        if passage.low(first) in word_class("article"):
            first += 1
        year = match["first"] or match["last"]
        found.append((first, end, int(year) if year else None))
    for name in passage.names:
        if name.kind == "document":
            first, end = passage.words_of(name.span)
            if all(end <= low or high <= first for low, high, _ in found):
                year_found = re.search(r"\b[12]\d{3}\b", name.span.exact)
                found.append((first, end, int(year_found[0]) if year_found else None))
    for first, end, year in sorted(found):
        if passage.low(end - 1) != "draft" and "draft" not in [passage.low(n) for n in range(first - 2, end)]:
            yield first, end, year
