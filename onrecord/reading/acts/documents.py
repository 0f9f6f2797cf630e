"""Papers: promised, drafted, sent, received, read, signed, published; from whom to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from onrecord.model import Act, Span
from onrecord.reading.acts.clauses import bounds, find_clause, subject_parties
from onrecord.reading.acts.demands import owner
from onrecord.reading.acts.findings import Finding, find_act, weaken
from onrecord.reading.acts.nouns import Government, find_governments
from onrecord.reading.acts.patterns import read_pattern
from onrecord.reading.acts.phrases import is_finite, parties_in, party_after, phrase_end, phrase_start
from onrecord.reading.acts.predicates import Hit, Predicate, find_predicates
from onrecord.reading.acts.words import base_forms, word_class
from onrecord.reading.passage import Passage

_PAGES = re.compile(
    r"\b(\d{1,4})[ -]pages?\b|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]pages?\b"
)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

_MENTION = Predicate(
    "document.mention", "document", None, None, "noun", read_pattern("@paper"), *(frozenset[str](),) * 3, confidence=0.6
)


@dataclass(frozen=True, slots=True)
class Paper:
    """A noun phrase that names a paper, in word indices."""

    start: int
    head: int
    end: int


def find_documents(passage: Passage) -> Iterator[Act]:
    """The papers whose way a passage tells, and those it names with their author."""
    taken: set[int] = set()
    verbs = tuple(find_predicates(passage, "document"))
    for hit in verbs:
        act = _written(passage, hit) if hit.predicate.frame == "verb" else None
        if act is not None:
            taken.update(range(*passage.words_of(act.span)))
            yield act
    for paper in papers_in(passage):
        if paper.head in taken:
            continue
        told = (_passed(passage, paper, found) for found in find_governments(passage, verbs, paper.start, paper.end))
        act = next((act for act in told if act is not None), None) or _mentioned(passage, paper)
        if act is not None:
            taken.update(range(paper.start, paper.end))
            yield act


def _written(passage: Passage, hit: Hit) -> Act | None:
    """A paper told by a verb alone: "Norland will reply in writing within a week"."""
    clause = find_clause(passage, hit.first + 1, hit.end)
    by = subject_parties(passage, clause)
    if clause.subject is None or clause.negated:
        return None
    content = (clause.start, max(clause.end, hit.end))
    return replace(find_act(passage, Finding(hit=hit, content=content, clause=clause, by=by)), form="written")


def papers_in(passage: Passage) -> Iterator[Paper]:
    """The noun phrases of a passage that name a paper."""
    for index in range(len(passage.words)):
        low = passage.low(index)
        if low not in word_class("paper") or passage.low(index + 1) in word_class("paper"):
            continue
        verb_like = low in base_forms() or (low.endswith("s") and low[:-1] in base_forms())
        if verb_like and (is_finite(passage, index) or passage.low(index - 1) in word_class("modal") | {"to"}):
            continue
        if passage.low(index + 1) in ("’", "'", "’s", "'s"):
            continue  # "the replies' delivery"
        name = passage.name_of.get(index)
        if name is not None and name.kind != "document":
            continue  # "Littoral Notes", a paper of another kind
        start = phrase_start(passage, index)
        if passage.low(start - 1) == "of" and passage.low(start - 2) in ("package", "list", "set", "series"):
            start = phrase_start(passage, start - 2)
        joined = (
            passage.name_of.get(start) if passage.low(start - 1) == "and" and start - 2 in passage.name_of else None
        )
        if joined is not None and not joined.adjective:
            start = passage.words_of(joined.span)[1]  # "sent Norland and the League | draft agreements"
        yield Paper(start, index, phrase_end(passage, index, bounds(passage, index)[1]))


def _passed(passage: Passage, paper: Paper, found: Government) -> Act | None:
    """A paper with the verb that governs it."""
    clause, predicate = found.clause, found.hit.predicate
    subject = subject_parties(passage, clause)
    if clause.subject is None and clause.form == "participle":
        return None
    by, to, status = _ways(passage, paper, found, subject)
    if clause.negated or passage.low(paper.start) == "no" or not (by or to or _is_marked(passage, paper)):
        return None  # "received no reply" is no paper
    if status == "sent" and clause.modality == "future":
        status = "promised"
    elif clause.modality != "real" and status not in ("promised", None):
        return None
    low = min(clause.start, paper.start)
    if found.frame in ("object", "receiver", "handed"):
        high = max(paper.end, min(clause.end, paper.end + 14))
    else:
        low, high = paper.start, max(paper.end, clause.end, found.hit.end)
    finding = Finding(
        hit=found.hit,
        content=(low, high),
        clause=clause,
        by=by,
        to=to,
        status=status,
        confidence=predicate.confidence if status else min(predicate.confidence, 0.6),
    )
    act = describe_paper(passage, paper, find_act(passage, finding), (low, high))
    return weaken(act) if clause.form == "infinitive" and status != "promised" else act


def _ways(
    passage: Passage, paper: Paper, found: Government, subject: tuple[Span, ...]
) -> tuple[tuple[Span, ...], tuple[Span, ...], str | None]:
    """From whom, to whom, and the status."""
    status = found.hit.predicate.status
    author, receiver = _author(passage, paper), _linked(passage, paper.head + 1, found.clause.end, ("to", "with"))
    author = author or _linked(passage, paper.head + 1, paper.end, ("from", "by"))
    if found.frame == "handed":
        # "The government was handed a written reply from Norland": its subject is the receiver.
        return author or _linked(passage, paper.end, found.clause.end, ("by", "from")), subject, "received"
    if found.frame == "receiver":
        return author or _linked(passage, paper.end, found.clause.end, ("from",)), subject, status
    if found.frame == "passive":
        doer = _linked(passage, found.hit.end, found.clause.end, ("by",))
        if status in ("read", "received"):
            return author, doer or receiver, status
        return doer or author, receiver, status
    if found.frame == "subject":
        holder = parties_in(passage, found.hit.end, phrase_end(passage, found.hit.end - 1, found.clause.end))
        return author, holder, status
    if status == "read":
        return author, subject, status
    between = parties_in(passage, *found.receiver) if found.receiver else ()
    if status is None:
        return author, (), None
    return subject or author, between or receiver, status


def _mentioned(passage: Passage, paper: Paper) -> Act | None:
    """A paper named with its author: "the written replies by Norland", "the response from the League"."""
    by = _author(passage, paper) or _linked(passage, paper.head + 1, paper.end, ("from", "by", "of"))
    words = {passage.low(n) for n in range(paper.start, paper.head)}
    if not by or passage.low(paper.head) in ("list", "package", "agreement", "agreements", "text"):
        return None
    if passage.low(paper.start) in ("no", "any") or not (
        words & word_class("paper_mark")
        or passage.low(paper.head) in word_class("reply") | {"letter", "letters", "note", "notes"}
    ):
        return None
    hit = Hit(_MENTION, paper.head, paper.head + 1)
    to = tuple(span for span in _linked(passage, paper.head + 1, paper.end, ("to",)) if span not in by)
    finding = Finding(hit=hit, content=(paper.start, paper.end), by=by, to=to)
    return describe_paper(passage, paper, find_act(passage, finding), (paper.start, paper.end))


def _is_marked(passage: Passage, paper: Paper) -> bool:
    """Whether the phrase says that it is paper: "a written reply", "the draft treaty", "documents"."""
    words = {passage.low(n) for n in range(paper.start, paper.head + 1)}
    return not words.isdisjoint(word_class("paper_mark") | word_class("surely_paper"))


def _author(passage: Passage, paper: Paper) -> tuple[Span, ...]:
    return owner(passage, paper.start, paper.head)


def _linked(passage: Passage, first: int, end: int, links: tuple[str, ...]) -> tuple[Span, ...]:
    """The parties after one of the links: "to Norland and the League"."""
    for index in range(first, end):
        if passage.low(index) not in links:
            continue
        found = party_after(passage, index, end)
        if found:
            return found
    return ()


def describe_paper(passage: Passage, paper: Paper, act: Act, reach: tuple[int, int]) -> Act:
    """The act with the paper's name, form and number of pages, as far as the words say so."""
    words = {passage.low(n) for n in range(paper.start, paper.head + 1)}
    form = "written" if "written" in words else "oral" if words & {"oral", "verbal", "spoken"} else None
    pages = _PAGES.search(passage.cut(*reach).exact)
    if pages is None:
        rest = passage.cut(reach[0], min(len(passage.words), reach[1] + 12)).exact
        pages = _PAGES.search(rest)
    number = None
    if pages:
        number = int(pages[1]) if pages[1] else _NUMBERS.index(pages[2]) + 1
    return replace(act, name=passage.cut(paper.start, paper.head + 1).exact, form=form, pages=number)
