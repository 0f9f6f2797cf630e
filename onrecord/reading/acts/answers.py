"""Answers: who accepted, rejected, deferred or left unanswered what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Act, Span
from onrecord.reading.acts.clauses import Clause, bounds, clause_end, find_clause, subject_parties
from onrecord.reading.acts.demands import is_nominal, owner
from onrecord.reading.acts.findings import Finding, find_act, weaken
from onrecord.reading.acts.phrases import is_finite, party_after, phrase_end, phrase_start
from onrecord.reading.acts.predicates import Hit, find_predicates
from onrecord.reading.acts.wanted import verbless_end
from onrecord.reading.acts.words import base_forms, is_ly_adverb, known_forms, verb_forms, word_class
from onrecord.reading.passage import Passage


def find_answers(passage: Passage) -> Iterator[Act]:
    """The answers that a passage tells, one for each word of answering."""
    taken: set[int] = set()
    for hit in find_predicates(passage, "answer"):
        words = range(hit.first, hit.end)
        if not taken.isdisjoint(words):
            continue
        act = _BY_FRAME[hit.predicate.frame](passage, hit)
        if act is not None:
            taken.update(words)
            yield act


def _verbal(passage: Passage, hit: Hit) -> Act | None:
    verb = _verb(passage, hit)
    if passage.low(verb) in known_forms() and is_nominal(passage, verb):
        return None
    clause = find_clause(passage, verb, hit.end)
    if not _takes(passage, hit, clause) or not _needs(passage, hit, clause):
        return None
    if clause.passive:
        by, to = _agent(passage, clause), _asker(passage, *clause.subject) if clause.subject else ()
    else:
        by, to = subject_parties(passage, clause), _asker(passage, hit.end, clause.end)
    status, negated = _status(passage, hit, clause)
    sure = status in (hit.predicate.status, "rejected")
    if negated and "end" in hit.predicate.takes:
        return None  # "put off, not refused"
    if hit.predicate.status == "unanswered" and clause.modality == "future":
        return None  # "we shall not reply with ships"
    content = (clause.start, max(clause.end, hit.end))
    if clause.form == "participle" and not any(passage.low(n) in word_class("ask") for n in range(*content)):
        sure = False  # "rejecting long-standing standards"
    if hit.predicate.id in ("answer.agree-to", "answer.agree-on") and len(by) > 1:
        sure = False  # several agree with one another: a commitment first, an answer perhaps
    let = clause.form == "infinitive" and _is_let(passage, clause)  # "will not allow the League to ignore the demand"
    sure = sure and bool(clause.subject) and (clause.form == "finite" or hit.predicate.status != "accepted")
    act = find_act(passage, Finding(hit=hit, content=content, clause=clause, by=by, to=to, status=status))
    act = _with_negation(replace(act, modality="hypothetical") if let else act, negated)
    # "Sudmark could reject the demand" tells no answer; it is kept, as what it is, below the bar.
    return act if sure and act.modality != "hypothetical" and not negated else weaken(act)


def _is_let(passage: Passage, clause: Clause) -> bool:
    """Whether somebody lets, wants or urges another to answer so."""
    before = (passage.low(n) for n in range(max(0, clause.group - 8), clause.group))
    letting = {form for verb in ("allow", "permit", "want", "urge", "ask", "expect") for form in verb_forms(verb)}
    return any(word in letting for word in before)


def _state(passage: Passage, hit: Hit) -> Act | None:
    """The subject is what was asked for: "the demand has gone unanswered", "the terms are unacceptable to Norland"."""
    verb = next((n for n in range(hit.first, max(hit.first - 6, -1), -1) if is_finite(passage, n)), hit.first)
    clause = find_clause(passage, verb, hit.end)
    subject = clause.subject
    if subject is None and not hit.predicate.needs:
        return None
    if hit.predicate.needs and not _names_one(passage, clause, hit):
        return None
    by = _agent(passage, clause) or _after(passage, hit, clause, "to")
    to = _asker(passage, *subject) if subject else ()
    content = (clause.start, max(clause.end, hit.end))
    act = find_act(passage, Finding(hit=hit, content=content, clause=clause, by=by, to=to))
    return _with_negation(act, False)


def _noun(passage: Passage, hit: Hit) -> Act | None:
    """A noun of answering: "no answer to the demand", "the refusal by Varland", "evasive answers from the League"."""
    high = bounds(passage, hit.first)[1]
    low = passage.low(hit.end)
    verb = _verb_before(passage, hit.first)
    if hit.predicate.takes and low not in hit.predicate.takes and verb is None:
        return None
    if hit.predicate.id == "answer.no-answer":
        start = verb if verb is not None else hit.first
    else:
        start = phrase_start(passage, hit.end - 1)
    end = phrase_end(passage, hit.end - 1, high)
    if low == "to" and passage.low(hit.end + 1) in base_forms():
        end = clause_end(passage, hit.end, high)
    elif passage.low(end) == "to" and passage.low(end + 1) in base_forms():
        end = verbless_end(passage, end + 1, high)  # "the refusal by Varland to sign | came at dawn"
    by = _after(passage, hit, end, "from") or _after(passage, hit, end, "by") or owner(passage, start, hit.end - 1)
    if hit.predicate.id == "answer.refusal" and not by and low == "of":
        return None
    to = _asker(passage, hit.end, end)
    clause = find_clause(passage, verb, hit.end) if verb is not None else None
    if clause is not None and hit.predicate.id == "answer.no-answer":
        start = min(start, clause.start)
    return _with_negation(find_act(passage, Finding(hit=hit, content=(start, end), by=by, to=to)), False)


def _phrase(passage: Passage, hit: Hit) -> Act | None:
    """A turn of speech whose doer the words around it give: "there will be no change"."""
    low, high = bounds(passage, hit.first)
    start = hit.first
    while start > low and hit.first - start < 20 and not _opens(passage, start - 1):
        start -= 1
    end = max(clause_end(passage, hit.end, high), hit.end)
    return find_act(passage, Finding(hit=hit, content=(start, end)))


def _opens(passage: Passage, index: int) -> bool:
    return passage.words[index].is_mark or passage.low(index) in word_class("clause_break") | {"that", "and"}


_BY_FRAME = {"verb": _verbal, "state": _state, "noun": _noun, "phrase": _phrase}


def _verb(passage: Passage, hit: Hit) -> int:
    """The main verb of a cue that begins with a negation or an auxiliary: "has | not | answered"."""
    skipped = word_class("negator") | word_class("modal") | word_class("be") | word_class("have") | word_class("adverb")
    inside = [n for n in range(hit.first, hit.end) if passage.low(n) not in skipped]
    known = (n for n in inside if passage.low(n) in known_forms())
    return next(known, inside[0] if inside else hit.first)


def _verb_before(passage: Passage, index: int) -> int | None:
    """The verb of which the noun at ``index`` is the object or predicate: "there is | no answer"."""
    place = index - 1
    while place >= 0 and (passage.low(place) in word_class("adverb") | {"been"} or is_ly_adverb(passage.low(place))):
        place -= 1
    if place >= 0 and (
        is_finite(passage, place) or passage.low(place) in word_class("be") | {"received", "given", "had"}
    ):
        return place
    return None


def _takes(passage: Passage, hit: Hit, clause: Clause) -> bool:
    takes, low = hit.predicate.takes, passage.low(hit.end)
    if not takes:
        return True
    if "end" in takes and (hit.end >= len(passage.words) or passage.words[hit.end].is_mark):
        return True
    if "to" in takes and low == "to" and passage.low(hit.end + 1) in base_forms() | {"be"}:
        return True
    return low in takes - {"to"} or ("for" in takes and low == "for")


def _needs(passage: Passage, hit: Hit, clause: Clause) -> bool:
    return not hit.predicate.needs or _names_one(passage, clause, hit)


def _names_one(passage: Passage, clause: Clause, hit: Hit) -> bool:
    """Whether the clause speaks of a demand, a proposal or the like: after the verb, or before it in a passive."""
    # "Norland's request to bring back the licences | was put off": the subject's head may stand well before.
    first = max(bounds(passage, hit.first)[0], clause.group - 14)
    ahead = range(hit.first, max(clause.end, hit.end))
    behind = range(first, clause.group) if clause.passive or hit.predicate.frame == "state" else range(0)
    return any(passage.low(n) in hit.predicate.needs for n in (*ahead, *behind))


def _status(passage: Passage, hit: Hit, clause: Clause) -> tuple[str | None, bool]:
    """The status, and whether the act is denied, once what the cue itself says no to is taken into account."""
    own = any(passage.low(n) in word_class("negator") for n in range(hit.first, hit.end))
    status = hit.predicate.status
    before = [passage.low(n) for n in range(clause.group, hit.first)]
    negated = clause.negated and not own
    if negated and status == "accepted":
        # "did not agree to": a rejection; "has not accepted": no acceptance so far, which leaves it open.
        perfect = any(word in word_class("have") or word.startswith(("has", "have", "had")) for word in before)
        return ("unanswered" if perfect else "rejected"), False
    return status, negated


def _with_negation(act: Act, negated: bool) -> Act:
    """The act with the negation that is left once the cue's own ("has not answered") is part of its status."""
    return replace(act, negated=negated)


def _agent(passage: Passage, clause: Clause) -> tuple[Span, ...]:
    """The party after "by" in a passive."""
    return next((party_after(passage, n, clause.end) for n in _places(passage, clause, "by")), ())


def _places(passage: Passage, clause: Clause, word: str) -> Iterator[int]:
    return (n for n in range(clause.verb + 1, clause.end) if passage.low(n) == word)


def _after(passage: Passage, hit: Hit, end: Clause | int, link: str) -> tuple[Span, ...]:
    """The party after a link: "from Norland"."""
    limit = end if isinstance(end, int) else end.end
    for index in range(hit.end, limit):
        if passage.low(index) == link and (found := party_after(passage, index, limit)):
            return found
    return ()


def _asker(passage: Passage, first: int, end: int) -> tuple[Span, ...]:
    """The party whose demand is answered: "Norland's demand", "demands from Norland"."""
    for index in range(first, end):
        if passage.low(index) not in word_class("ask"):
            continue
        owners = owner(passage, max(first, phrase_start(passage, index)), index)
        if owners:
            return owners
        if passage.low(index + 1) in ("from", "by", "of"):
            parties = party_after(passage, index + 1, end)
            if parties:
                return parties
    return ()
