"""Demands: who wants what of whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from onrecord.model import Act, Span
from onrecord.reading.acts.clauses import Clause, clause_end, find_clause, bounds, subject_parties, verb_ings
from onrecord.reading.acts.findings import Finding, find_act
from onrecord.reading.acts.passage import Passage
from onrecord.reading.acts.phrases import is_finite, is_noun_word, parties_in, phrase_end, phrase_start
from onrecord.reading.acts.predicates import Hit, find_predicates
from onrecord.reading.acts.words import base_forms, verb_forms, word_class


@dataclass(frozen=True, slots=True)
class Wanted:
    """What follows a word of demanding: how it stands, of whom it is wanted, and the items of a list."""

    how: str  # "that", "base_that", "to_do", "to", "ing", "object"
    to: tuple[Span, ...]
    items: tuple[tuple[int, int], ...]  # word indices; one act each


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
    if low not in base_forms() and not (low.endswith("s") and low[:-1] in base_forms()):
        return low in verb_ings() and passage.low(index - 1) in word_class("article") | word_class("possessive")
    if is_finite(passage, index):
        return False
    if low.endswith("s"):
        return True
    place = index - 1
    while passage.low(place) in word_class("adverb") - word_class("determiner") or passage.low(place).endswith("ly"):
        place -= 1
    before = passage.low(place)
    if before in word_class("modal") | word_class("do") | word_class("be") | word_class("have") | {"to", "not", "who", "they", "we", "i", "you", "which"}:
        return False
    plural = before.endswith("s") and before not in ("’s", "'s") and is_noun_word(passage, place)
    named = place in passage.name_of and not passage.name_of[place].adjective
    return not (plural or named)


def _verbal(passage: Passage, hit: Hit) -> Iterator[Act]:
    clause = find_clause(passage, hit.first, hit.end)
    if clause.passive and passage.low(clause.group) in word_class("be"):
        return  # "the crew was asked to wait": of whom, but rarely by whom
    wanted = _find_wanted(passage, hit.end, bounds(passage, hit.first)[1])
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
    for number, (first, end) in enumerate(wanted.items):
        start = clause.start if number == 0 else first
        finding = Finding(
            hit=hit,
            content=(start, end),
            clause=clause,
            by=by,
            to=wanted.to,
            polarity=_polarity(passage, first, end),
            confidence=None if by else min(hit.predicate.confidence, 0.6),
        )
        yield find_act(passage, finding)


def _before_relative(passage: Passage, hit: Hit, clause: Clause) -> Act | None:
    """"The recordings that Norland had asked for": what is wanted stands before, the clause hangs on it."""
    if clause.subject is None or passage.low(clause.subject[0] - 1) not in ("that", "which"):
        return None
    relative = clause.subject[0] - 1
    head = relative - 1 - (passage.low(relative - 1) == ",")
    first = phrase_start(passage, head)
    by = subject_parties(passage, clause)
    if first > head or not by or passage.low(head) in word_class("ask"):
        return None
    return find_act(passage, Finding(hit=hit, content=(first, hit.end), clause=clause, by=by, polarity="want", confidence=0.6))


def _enumerated(passage: Passage, hit: Hit) -> Iterator[Act]:
    """"The note makes four demands: the release of A; the withdrawal of B; and C": one act for each."""
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
            yield find_act(passage, Finding(hit=hit, content=(first, end), by=by, polarity=_polarity(passage, first, end)))


def _owed(passage: Passage, hit: Hit) -> Act | None:
    """"Sudmark must withdraw its boats": a demand of whoever says so; who that is, the statement around it tells."""
    place = hit.end + (passage.low(hit.end) in ("not", "never", "also", "now"))
    if passage.low(place) not in base_forms() - {"be", "have"}:
        return None
    clause = find_clause(passage, hit.first, hit.end)
    to = subject_parties(passage, clause)
    told = bounds(passage, hit.first) != (0, len(passage.words))
    if not clause.near or passage.low(clause.group - 1) in ("we", "i", "it", "you", "one") or not (to or told):
        return None  # "the crews must go free" is a demand only in somebody's mouth
    content = (clause.start, clause.end)
    polarity = _polarity(passage, hit.end, clause.end)
    return replace(find_act(passage, Finding(hit=hit, content=content, clause=clause, to=to, polarity=polarity)), negated=False)


def _nominal(passage: Passage, hit: Hit) -> Act | None:
    high = bounds(passage, hit.first)[1]
    index, by, to = _hanging_parties(passage, hit.end, high, hit.predicate.takes)
    link = passage.low(index)
    if link not in hit.predicate.takes or index + 1 >= high:
        return None
    wanted = _hung(passage, index, high)
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
        polarity=_polarity(passage, first, end),
        confidence=None if by else min(hit.predicate.confidence, 0.6),
    )
    return find_act(passage, finding)


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
            return (name.span,)
    return ()


def _hanging_parties(
    passage: Passage, index: int, high: int, takes: frozenset[str]
) -> tuple[int, tuple[Span, ...], tuple[Span, ...]]:
    """Past "by Norland", "from Norland" and "to Sudmark" after a noun: the next word, who, of whom."""
    by: tuple[Span, ...] = ()
    to: tuple[Span, ...] = ()
    while index < high and passage.low(index) in ("by", "from", "of", "on", "to"):
        link, end = passage.low(index), _party_end(passage, index + 1, high)
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


def _party_end(passage: Passage, index: int, high: int) -> int:
    place = index
    while place < min(high, index + 10) and (is_noun_word(passage, place) or passage.low(place) == "and"):
        if passage.low(place) in ("that", "to") or passage.low(place) in verb_ings():
            break
        if passage.low(place) in word_class("article") and place - 1 in passage.name_of:
            break
        place += 1
    return place


def _hung(passage: Passage, index: int, high: int) -> Wanted | None:
    """What hangs on a noun of demanding: "for guarantees that ...", "that Sudmark withdraw", "of not boarding"."""
    link, first = passage.low(index), index + 1
    if link == "that":
        end = _that_end(passage, first, high)
        return Wanted("that", _that_subject(passage, first, end), ((first, end),)) if end > first + 1 else None
    if link in ("to", "not"):
        start = first if passage.low(first) in base_forms() else first + 1
        if passage.low(start) not in base_forms() or start in passage.name_of:
            return None
        return Wanted("to", (), ((index, _verb_less_end(passage, first, high)),))
    doer_end = _party_end(passage, first, high)
    if passage.low(doer_end) in verb_ings() or (passage.low(doer_end) == "to" and passage.low(doer_end + 1) in base_forms()):
        to = parties_in(passage, first, doer_end) if doer_end > first else ()
        return Wanted("ing", to, ((first, _verb_less_end(passage, doer_end + 1, high)),))
    if passage.low(first) in ("not", "never"):
        return Wanted("ing", (), ((first, _verb_less_end(passage, first + 1, high)),))
    end = phrase_end(passage, index, high)
    if passage.low(end) == "that" and end > first:
        inner = _that_end(passage, end + 1, high)
        return Wanted("object", _that_subject(passage, end + 1, inner), ((first, inner),))
    return Wanted("object", (), ((first, end),)) if end > first else None


def _that_end(passage: Passage, index: int, high: int) -> int:
    """Where a "that" clause ends inside a noun phrase: before the next verb that is not its own.

    "its demand that Sudmark withdraw | has gone unanswered"
    """
    limit, verbs = clause_end(passage, index, high), 0
    for place in range(index, limit):
        low = passage.low(place)
        if low in ("which", "who", "and"):
            verbs = 0 if low != "and" else verbs - 1
        elif is_finite(passage, place) and passage.low(place - 1) not in word_class("modal") | word_class("have") | word_class("be"):
            if verbs > 0 and passage.low(place - 1) not in word_class("negator") | word_class("adverb"):
                return place
            verbs += 1
        elif low in base_forms() and place > index and place not in passage.name_of and verbs <= 0:
            verbs += is_noun_word(passage, place - 1) or passage.low(place - 1) in word_class("negator")
    return limit


def _that_subject(passage: Passage, index: int, end: int) -> tuple[Span, ...]:
    """The parties that are to do it: the subject of the "that" clause."""
    place = index
    while place < min(end, index + 12) and (is_noun_word(passage, place) or passage.low(place) in ("and", "of")):
        if place > index and passage.low(place) in base_forms() and place not in passage.name_of:
            break
        place += 1
    return parties_in(passage, index, place)


def _verb_less_end(passage: Passage, index: int, high: int) -> int:
    """Where an infinitive or -ing phrase ends: at the clause's end or before a finite verb."""
    limit = clause_end(passage, index, high)
    for place in range(index, limit):
        if is_finite(passage, place) and not _in_relative(passage, index, place):
            return place
    return limit


def _in_relative(passage: Passage, first: int, index: int) -> bool:
    return any(passage.low(n) in word_class("subordinator") for n in range(first, index))


def _find_wanted(passage: Passage, index: int, high: int) -> Wanted | None:
    """What stands after a verb of demanding."""
    while index < high and (
        index in passage.time_of
        or passage.low(index) == "#"
        or passage.low(index) in word_class("adverb") - {"all", "both", "first", "further"}
        or (passage.low(index) == "on" and index + 1 in passage.time_of)
    ):
        index += 1
    if index >= high or passage.words[index].is_mark and passage.words[index].text not in "“\"‘«":
        return None
    index, to = _asked_of(passage, index, high)
    end = clause_end(passage, index, high)
    low = passage.low(index)
    if low == "that":
        how = "base_that" if _is_subjunctive(passage, index + 1, end) else "that"
        return _listed(passage, Wanted(how, to or _that_subject(passage, index + 1, end), ((index, end),)))
    if low == "to" or (low == "not" and passage.low(index + 1) == "to"):
        return _listed(passage, Wanted("to", to, ((index, end),)))
    place = _infinitive(passage, index, end)
    if place is not None:
        return _listed(passage, Wanted("to_do", to or parties_in(passage, index, place), ((index, end),)))
    if _is_subjunctive(passage, index, end) and parties_in(passage, index, _party_end(passage, index, end)):
        return _listed(passage, Wanted("base_that", to or _that_subject(passage, index, end), ((index, end),)))
    if low in word_class("preposition") or low in word_class("conjunction") or end <= index:
        return None
    return _listed(passage, Wanted("object", to or _asked_at_end(passage, index, end), ((index, end),)))


def _asked_of(passage: Passage, index: int, high: int) -> tuple[int, tuple[Span, ...]]:
    """Past "from Sudmark" or "of Sudmark" right after the verb, with the party."""
    if passage.low(index) in ("from", "of"):
        end = _party_end(passage, index + 1, high)
        parties = parties_in(passage, index + 1, end)
        if parties and end < high:
            return end, parties
    return index, ()


def _asked_at_end(passage: Passage, index: int, end: int) -> tuple[Span, ...]:
    """The party after "from" in "demanded guarantees from Sudmark"."""
    for place in range(end - 1, index, -1):
        if passage.low(place) == "from":
            return parties_in(passage, place + 1, end)
    return ()


def _infinitive(passage: Passage, index: int, end: int) -> int | None:
    """Where "to withdraw" stands after one noun phrase, in "Sudmark to withdraw"."""
    for place in range(index + 1, min(end, index + 14)):
        low = passage.low(place)
        if low == "to" and (passage.low(place + 1) in base_forms() | {"be", "not"}) and place + 1 not in passage.name_of:
            return place
        if low == "not" and passage.low(place + 1) == "to":
            return place
        if is_finite(passage, place) or low in word_class("subordinator") - {"as"}:
            return None
    return None


def _is_subjunctive(passage: Passage, index: int, end: int) -> bool:
    """Whether the clause wants something done: "that Sudmark withdraw", "that the base be closed", "must", "should"."""
    for place in range(index, min(end, index + 16)):
        low = passage.low(place)
        if low in ("must", "should", "be", "not") and place > index:
            return True
        if low in base_forms() and place > index and place not in passage.name_of:
            before = passage.low(place - 1)
            if before not in word_class("article") | word_class("possessive") | word_class("preposition"):
                return is_noun_word(passage, place - 1)
        if is_finite(passage, place) or low in word_class("relative"):
            return False
    return False


def _listed(passage: Passage, wanted: Wanted) -> Wanted:
    """The same with its list taken apart: "refrain from A, from B, as well as refusing C" are three things."""
    (first, end), cuts = wanted.items[0], []
    for place in range(first + 2, end - 1):
        after = _item_start(passage, place, first)
        if after is None and wanted.how == "object" and passage.low(place) == ",":
            after = _noun_item(passage, place + 1)
        if after is not None and after < end and (not cuts or place > cuts[-1][1]):
            cuts.append((place, after))
    starts = [first, *(after for _, after in cuts)]
    ends = [*(place for place, _ in cuts), end]
    items = list(zip(starts, ends, strict=True))
    if cuts and wanted.how == "object":
        # "an end to A, the release of B and compensation": the last "and" of a list parts two things.
        low, high = items[-1]
        last = next((n for n in range(high - 2, low, -1) if passage.low(n) == "and"), None)
        if last is not None and last + 1 not in passage.name_of and last - 1 not in passage.name_of:
            items[-1:] = [(low, last), (last + 1, high)]
    return replace(wanted, items=tuple(items))


def _item_start(passage: Passage, place: int, first: int) -> int | None:
    """Where the next item of a list begins, if one ends at ``place``."""
    low, after = passage.low(place), place + 1
    if low == "and" and passage.low(after) in ("that", "to") and place - 1 not in passage.name_of:
        earlier = [passage.low(n) for n in range(first, place)]
        return after if passage.low(after) in earlier and passage.low(after + 1) not in word_class("article") else None
    if low not in (",", ";", "as") or (low == "as" and passage.low(place + 1) != "well"):
        return None
    if low == "as":
        return place + 3 if passage.low(place + 2) == "as" and passage.low(place - 1) != "," else None
    if passage.low(after) == "as" and passage.low(after + 1) == "well":
        return after + 3
    joined = passage.low(after) in ("and", "or")
    after += joined
    start = passage.low(after)
    earlier = {passage.low(n) for n in range(first, place)}
    if start in ("that", "to") and start in earlier:
        return after
    if start in ("from", "for") and start in earlier and passage.low(after + 1) in verb_ings():
        return after
    if start in base_forms() and joined and after not in passage.name_of and ("to" in earlier or "that" in earlier):
        return after
    return None


def _noun_item(passage: Passage, index: int) -> int | None:
    """Where the next thing of a list of nouns begins after a comma: "an end to A, | the release of B"."""
    index += passage.low(index) == "and"
    return index if passage.low(index) in word_class("article") and index + 1 not in passage.name_of else None


def _polarity(passage: Passage, first: int, end: int) -> Literal["want", "not_want"]:
    """Whether it is wanted that something be done or that it be not done."""
    words = {passage.low(n) for n in range(first, end)}
    if words & _preventing() or any(word.startswith("non-") for word in words):
        return "not_want"
    return "want"


@cache
def _preventing() -> frozenset[str]:
    verbs = ("refrain", "stop", "halt", "cease", "bar", "refuse", "abstain", "avoid", "prohibit", "ban", "renounce", "forbid")
    return frozenset(form for verb in verbs for form in verb_forms(verb)) | {"not", "no", "never", "without", "end"}
