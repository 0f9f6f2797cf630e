"""Other acts between parties, by PLOVER root; told only where a doer and a target are named."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Act, Span
from onrecord.reading.acts.clauses import Clause, bounds, find_clause, subject_parties
from onrecord.reading.acts.demands import is_nominal, owner
from onrecord.reading.acts.findings import Finding, find_act, weaken
from onrecord.reading.acts.phrases import is_finite, parties_in, party_after, phrase_end, phrase_start
from onrecord.reading.acts.predicates import Hit, find_predicates
from onrecord.reading.acts.words import word_class
from onrecord.reading.passage import Passage

_PRONOUNS = frozenset(("that", "which", "who", "it"))


def find_actions(passage: Passage) -> Iterator[Act]:
    """The actions that a passage tells."""
    taken: set[int] = set()
    for hit in find_predicates(passage, "action"):
        if not taken.isdisjoint(range(hit.first, hit.end)):
            continue
        act = _noun(passage, hit) if hit.predicate.frame == "noun" else _verbal(passage, hit)
        if act is not None:
            taken.update(range(hit.first, hit.end))
            yield act


def _verbal(passage: Passage, hit: Hit) -> Act | None:
    if is_nominal(passage, hit.first):
        return None
    clause = find_clause(passage, hit.first, hit.end)
    if clause.negated or clause.modality != "real" or clause.form == "infinitive":
        return None
    ahead = {passage.low(n) for n in range(hit.end, max(clause.end, hit.end))}
    if hit.predicate.needs and not ahead & hit.predicate.needs:
        return None
    by, to = subject_parties(passage, clause), _target(passage, hit, clause)
    told = clause.group < clause.verb or is_finite(passage, hit.first)  # not "over seized boats"
    if not told or clause.form != "finite" or clause.subject is None or hit.end >= len(passage.words):
        return None
    if clause.passive:
        by, to = _agent(passage, clause), by
    if (
        not by
        and not hit.predicate.takes
        and not clause.passive
        and passage.low(clause.subject[1] - 1) not in _PRONOUNS
    ):
        by = (passage.cut(*clause.subject),)  # "prosecutors", "the coast guard"
    if not (by or clause.passive) or ("object" in hit.predicate.takes and not to):
        return None
    act = find_act(
        passage, Finding(hit=hit, content=(clause.start, max(clause.end, hit.end)), clause=clause, by=by, to=to)
    )
    return act if clause.near and to else weaken(act)


def _noun(passage: Passage, hit: Hit) -> Act | None:
    start = phrase_start(passage, hit.first)
    end = phrase_end(passage, hit.end - 1, bounds(passage, hit.first)[1])
    names = [n for n in range(hit.first, hit.end) if n in passage.name_of]
    by = (passage.name_of[names[0]].span,) if names else ()
    return find_act(passage, Finding(hit=hit, content=(start, end), by=by)) if by else None


def _target(passage: Passage, hit: Hit, clause: Clause) -> tuple[Span, ...]:
    """The party right after the cue, or after "to", "with", "against" further on."""
    end = hit.end
    if passage.low(end - 1) == "to":
        return ()  # "threatened to expel the envoys": what is threatened, not who
    while end < clause.end and passage.low(end) not in word_class("link") and not passage.words[end].is_mark:
        end += 1
    found = parties_in(passage, hit.end, end)
    if not found and passage.low(end) in ("to", "with", "against", "on", "at"):
        found = party_after(passage, end, clause.end)
    return found or owner(passage, hit.end, end)  # "blamed Sudmark's policies for the delay"


def _agent(passage: Passage, clause: Clause) -> tuple[Span, ...]:
    for index in range(clause.verb + 1, clause.end):
        if passage.low(index) == "by":
            return party_after(passage, index, clause.end)
    return ()
