"""Meetings: held, planned, proposed, cancelled; who with whom, where, when, how long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from onrecord.model import Act, Span
from onrecord.reading.acts.clauses import (
    Clause,
    bounds,
    find_clause,
    find_subject,
    subject_parties,
)
from onrecord.reading.acts.demands import is_nominal, owner
from onrecord.reading.acts.findings import Finding, find_act, weaken
from onrecord.reading.acts.nouns import Government, find_governments
from onrecord.reading.acts.patterns import read_pattern
from onrecord.reading.acts.phrases import is_finite, parties_in, party_after, phrase_end, phrase_start
from onrecord.reading.acts.predicates import Hit, Predicate, find_predicates, stopped_words
from onrecord.reading.acts.words import base_forms, verb_forms, word_class
from onrecord.reading.governing import governing_time
from onrecord.reading.passage import Passage

_FORUM = re.compile(r"\b(?:Format|Council|Contact Group|Conference|Commission|Committee|Forum|Quartet|Dialogue)\b")
_HOURS = re.compile(
    r"(\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve)[ -](?:and a half )?hours?\b"
)


_NUMBERED = Predicate(
    "meeting.numbered",
    "meeting",
    "held",
    "CONSULT",
    "before",
    read_pattern("was|were"),
    *(frozenset[str](),) * 3,
    confidence=0.9,
)


def find_meetings(passage: Passage) -> Iterator[Act]:
    """The meetings that a passage tells."""
    taken: set[int] = set()
    verbs = tuple(find_predicates(passage, "meeting", "object", "subject"))
    before = tuple(find_predicates(passage, "meeting", "before"))
    for hit in find_predicates(passage, "meeting", "verb", "pair"):
        act = _verbal(passage, hit) if hit.first not in taken else None
        if act is not None:
            taken.update(range(*passage.words_of(act.span)))
            yield act
    for head, start in _talks(passage):
        if head in taken:
            continue
        end = phrase_end(passage, head, bounds(passage, head)[1])
        told = (_governed(passage, found, (start, head, end)) for found in find_governments(passage, verbs, start, end))
        act = next((act for act in told if act is not None), None)
        act = act or _mentioned(passage, before, (start, head, end)) or _counted(passage, (start, head, end))
        if act is not None:
            taken.update(range(start, end))
            yield act


def _talks(passage: Passage) -> Iterator[tuple[int, int]]:
    """Nouns of meeting with where their phrase begins: "the third round of talks" is one, told by "talks"."""
    stopped = stopped_words(passage, "meeting")
    for index in range(len(passage.words)):
        if index in stopped:
            continue
        low = passage.low(index)
        if low not in word_class("talk") or (
            low in ("round", "rounds", "series", "call") and not _is_talk(passage, index)
        ):
            continue
        if low in {*verb_forms("meet"), *verb_forms("talk")} and not _is_noun(passage, index):
            continue
        start = phrase_start(passage, index)
        if passage.low(start - 1) == "of" and passage.low(start - 2) in ("round", "rounds", "series", "set", "number"):
            start = phrase_start(passage, start - 2)
        yield index, start


def _is_talk(passage: Passage, index: int) -> bool:
    """Whether it is "a phone call" or "the third round on Friday", not "a call for a truce"."""
    if passage.low(index) == "call":
        return passage.low(index - 1) in ("phone", "telephone", "video", "conference")
    return (
        passage.low(index) in ("round", "rounds")
        and passage.low(index + 1) != "of"
        and passage.low(index - 1) in _ORDINALS
    )


_ORDINALS = frozenset(("first", "second", "third", "fourth", "fifth", "next", "last", "new", "final"))


# "Prices stay high until the two governments meet."
_NOT_YET = frozenset(("until", "till", "unless", "once", "if", "whether", "before"))


def _is_noun(passage: Passage, index: int) -> bool:
    low = passage.low(index)
    if low in ("meeting", "meetings"):
        return passage.low(index - 1) not in word_class("be") | {"after", "before", "by"} or passage.low(index + 1) in (
            "with",
            "of",
        )
    return low == "talks" and is_nominal(passage, index)


def _verbal(passage: Passage, hit: Hit) -> Act | None:
    """A meeting told by its verb: "Berg met Ek in Vessel", "the two sides will meet on Friday"."""
    if is_nominal(passage, hit.first):
        return None
    clause = find_clause(passage, hit.first, hit.end)
    by = subject_parties(passage, clause)
    end = phrase_end(passage, hit.end - 1, bounds(passage, hit.first)[1])
    to = parties_in(passage, hit.end, _object_end(passage, hit.end, end))
    if passage.low(clause.start - 1) in _NOT_YET and passage.low(hit.first) in base_forms():
        return None
    meets = hit.predicate.frame == "pair" or passage.low(hit.first) in verb_forms("meet")
    if not by or not (to or (meets and _is_several(passage, clause, by))):
        return None
    place, forum = venue(passage, hit.end, clause.end)
    told = to or place or governing_time(passage, (hit.first, hit.end), reach=(clause.start, clause.end))
    status = "planned" if clause.modality == "future" or clause.form == "infinitive" else "held"
    if clause.form == "infinitive" and _is_offer(passage, clause):
        status = "proposed"
    elif clause.form == "infinitive" and not _is_plan(passage, clause):
        return None  # "refused to meet"
    finding = Finding(hit=hit, content=(clause.start, max(clause.end, end)), clause=clause, by=by, to=to, status=status)
    act = replace(find_act(passage, finding), place=place, forum=forum)
    sure = told and clause.form != "participle" and clause.modality != "hypothetical" and status != "proposed"
    return act if sure and not clause.negated else weaken(act)


def _is_plan(passage: Passage, clause: Clause) -> bool:
    before = {passage.low(n) for n in range(max(0, clause.group - 4), clause.group + 1)}
    return bool(before & (_forms("agree", "plan", "expect", "schedule", "decide") | {"due", "set"})) or _is_to(
        passage, clause
    )


def _is_to(passage: Passage, clause: Clause) -> bool:
    """Whether it is settled: "Berg is to meet Ek on Friday"."""
    return passage.low(clause.group) in word_class("be") or passage.low(clause.group - 1) in word_class("be")


def _is_offer(passage: Passage, clause: Clause) -> bool:
    """Whether only one side says so yet: "ready to receive the minister", "offered to meet"."""
    before = {passage.low(n) for n in range(max(0, clause.group - 3), clause.group)}
    verbs = {*verb_forms("offer"), *verb_forms("propose"), *verb_forms("want")}
    return bool(before & (verbs | {"ready", "willing", "prepared"}))


def _object_end(passage: Passage, first: int, end: int) -> int:
    """Where the object ends: before "in Vessel", "on Friday", "for talks"."""
    for index in range(first, end):
        if passage.low(index) in word_class("link") - {"of", "with"} or index in passage.time_of:
            return index
    return end


def _is_several(passage: Passage, clause: Clause, by: tuple[Span, ...]) -> bool:
    """Whether the subject is more than one: "the two sides", "Berg and Ek", "negotiators"."""
    if len(by) > 1 or clause.subject is None:
        return len(by) > 1
    last = passage.low(clause.subject[1] - 1)
    return last in ("they", "both", "we", "two", "three", "four") or (
        last.endswith("s") and last in word_class("party_noun")
    )


def _governed(passage: Passage, found: Government, phrase: tuple[int, int, int]) -> Act | None:
    """A meeting with its verb: "held talks with Ek", "the summit was cancelled", "the talks took place"."""
    start, head, end = phrase
    clause = found.clause
    by: tuple[Span, ...] = ()
    low = start
    if found.frame in ("subject", "passive"):
        high = max(clause.end, found.hit.end)
    elif found.frame == "relative":  # "the talks that Norland | held with Sudmark on Friday | were brief"
        by = subject_parties(passage, clause)
        high = end = phrase_end(passage, found.hit.end - 1, max(clause.end, found.hit.end))
    else:
        by, low = subject_parties(passage, clause), clause.start
        high = end
    by, to = _participants(passage, (start, head, end), by)
    status = _status(passage, found)
    if status is None:
        return None
    place, forum = venue(passage, start, high)
    finding = Finding(hit=found.hit, content=(low, high), clause=clause, by=by, to=to, status=status)
    act = replace(
        find_act(passage, finding), place=place, forum=forum, duration=duration(passage, start, high), negated=False
    )
    meant = clause.form == "infinitive" and status in ("held", "cancelled")  # "the decision to cancel the talks"
    bare = meant or (not (by or to) and place is None and forum is None and act.time is None)
    return weaken(act) if bare or clause.modality == "hypothetical" else act


def _mentioned(passage: Passage, before: tuple[Hit, ...], phrase: tuple[int, int, int]) -> Act | None:
    """A meeting behind a preposition that says who, where or when: "at a meeting with Ek on Monday"."""
    start, head, end = phrase
    hit = next((h for h in before if h.end == start), None)
    if hit is None:
        return None
    clause = _clause_around(passage, hit.first)
    by = subject_parties(passage, clause) if clause and passage.low(head + 1) in ("with", "in", "on", "at") else ()
    if not (passage.low(head + 1) == "with" or "with" in [passage.low(n) for n in range(head, end)]):
        by = ()
    by, to = _participants(passage, phrase, by)
    place, forum = venue(passage, start, end)
    finding = Finding(hit=hit, content=(hit.first, end), by=by, to=to)
    act = replace(find_act(passage, finding), place=place, forum=forum)
    if not to and all(span.exact.lower() in word_class("possessive") for span in by) and not (place or act.time):
        return None  # "at its regular session"
    if not to and not (place and act.time) and len(by) < 2:
        return None if not (place or act.time or by) else weaken(act)
    return act


def _counted(passage: Passage, phrase: tuple[int, int, int]) -> Act | None:
    """A meeting by its number: "It was the first meeting of the two since the row began"."""
    start, head, end = phrase
    if passage.low(start - 1) not in ("was", "were") or _ORDINALS.isdisjoint(
        passage.low(n) for n in range(start, head)
    ):
        return None
    clause = find_clause(passage, start - 1, start)
    if clause.negated or clause.modality != "real":
        return None
    by, to = _participants(passage, phrase, ())
    if not (by or to):
        by = next((party_after(passage, n, end) for n in range(head + 1, end) if passage.low(n) == "of"), ())
    return find_act(passage, Finding(hit=Hit(_NUMBERED, start - 1, start), content=(start, end), by=by, to=to))


def _clause_around(passage: Passage, index: int) -> Clause | None:
    """The clause whose verb stands nearest before a preposition, or the first after it."""
    low, high = bounds(passage, index)
    for place in (*range(index - 1, low - 1, -1), *range(index + 1, high)):
        if is_finite(passage, place):
            return find_clause(passage, place, place + 1)
    if passage.words[index - 1].low == "," and index > 1:
        subject, start = find_subject(passage, index - 1, low)
        if subject:
            return Clause(start, index, index, index, subject)
    return None


def _participants(
    passage: Passage, phrase: tuple[int, int, int], by: tuple[Span, ...]
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Who meets whom: the owner, the subject, and who stands after "with", "between" or "of"."""
    start, head, end = phrase
    to: list[Span] = []
    owners = owner(passage, start, head)
    for index in range(head + 1, end):
        link = passage.low(index)
        if link in ("with", "between", "among", "from"):
            to.extend(party_after(passage, index, end))
    return tuple(dict.fromkeys((*by, *owners))), tuple(dict.fromkeys(to))


def _status(passage: Passage, found: Government) -> str | None:
    status, clause = found.hit.predicate.status, found.clause
    if clause.negated and found.hit.predicate.id != "meeting.result":
        return None  # "no talks were held"; but "the talks did not lead to a truce" were held
    if status == "held" and clause.modality == "future":
        return "planned"
    if status in ("held", "cancelled") and clause.modality == "hypothetical":
        return None
    if status == "cancelled" and clause.modality == "future":
        return None  # "feared that the two would cancel the summit"
    if status == "held" and clause.form == "infinitive":
        governing = {passage.low(n) for n in range(max(0, clause.group - 4), clause.group + 1)}
        if governing & _forms("propose", "offer", "suggest", "want"):
            return "proposed"
        planned = _forms("agree", "plan", "expect", "schedule", "decide") | {"due", "set"}
        return "planned" if governing & planned else None
    return status


@cache
def _forms(*verbs: str) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in verb_forms(verb))


def venue(passage: Passage, first: int, end: int) -> tuple[Span | None, Span | None]:
    """The venue ("in Vessel", "at the Old Mint") and the format ("of the Seven Ports Format"), where named."""
    place: Span | None = None
    forum: Span | None = None
    for index in range(first, end):
        name = passage.name_of.get(index)
        if name is None or passage.words_of(name.span)[0] != index:
            continue
        link = passage.low(index - 1) if passage.low(index - 1) not in ("the", "so-called") else passage.low(index - 2)
        if _FORUM.search(name.span.exact):
            forum = forum or name.span
        elif link in ("in", "at") and (name.kind == "place" or name.place_use) and place is None:
            place = name.span
    return place, forum


def duration(passage: Passage, first: int, end: int) -> str | None:
    """The length in ISO 8601, from a time expression or from "lasted 1.5 hours"."""
    for time in passage.times:
        low, high = passage.words_of(time.span)
        if time.type == "DURATION" and first <= low and high <= end and time.value.startswith("P"):
            return time.value
    found = _HOURS.search(passage.cut(first, end).exact)
    if found is None or not found[1][0].isdigit():
        return None
    hours, minutes = divmod(round(float(found[1]) * 60), 60)
    return f"PT{hours}H" + (f"{minutes}M" if minutes else "") if hours else f"PT{minutes}M"
