"""Stages of papers: what the tellings of one state of a paper say about which paper it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.linking.actors import Actors
from onrecord.linking.anchors import Anchors
from onrecord.linking.groups import words_of
from onrecord.linking.paper_names import MAKES, is_absent, kind_of_paper, paper_word
from onrecord.linking.places import SENTENCE_END
from onrecord.linking.spelling import fold
from onrecord.linking.wording import content_words
from onrecord.model import Act, Article, Corpus, Group, Name, Span, Telling, Timex, When

_PAGES = re.compile(r"\b[\w]+[\s-]pages?\b", re.IGNORECASE)
_COUNTS = (
    *(
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
    ),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_POINTS = re.compile(rf"\b(\d{{1,3}}|{'|'.join(_COUNTS)})[\s-]points?\b", re.IGNORECASE)
_OF_POINTS = re.compile(rf"\s+(?:of|with|in)\s+{_POINTS.pattern}", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|this|that|these|those|its|their|his|her|both)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|them)\b", re.IGNORECASE)
_HAD = re.compile(r"\bhad\b", re.IGNORECASE)
_ANSWERING = re.compile(r"\b(?:answer|repl[yi]|respon[ds]|react)", re.IGNORECASE)
_ANSWERED_WITH = re.compile(rf"{_ANSWERING.pattern}\w*\s(?:[^\W_]+\s){{0,4}}with\b", re.IGNORECASE)
# Words of a name that say nothing of which paper it is: a written reply is the official one.
_NEUTRAL = "written oral verbal spoken official formal diplomatic promised long-awaited"
# "a letter on the repayments"; not "a letter on Monday", where a day follows.
_TOPIC = re.compile(
    r"\s+(?:on|about|concerning|regarding)\s+(?:the\s+|its\s+|their\s+)?((?:[^\W_]+[\s-]?){1,6})", re.IGNORECASE
)
_NO_TOPICS = ("behalf", "time", "schedule", "day", "same", "weekend")
_READ_BY = re.compile(
    r"\bby\s+(?:(?:the|its|their|his|her)\s+)?(?:(?!(?:from|of|post|mail|hand)\b)[^\W_]+(?:['’]s)?\s+){0,3}\Z"
)
_BEYOND = 80  # code points after the content of a telling in which it may go on: "the reply | to the note of 20 April"


@dataclass(frozen=True, slots=True)
class Answered:
    """The paper that a reply is said to answer, as far as the words tell: its kind, whose it is, of which days."""

    kind: str | None
    by: frozenset[str]
    days: tuple[When, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """One state of a paper and what is known of the paper there. Empty: the tellings do not say.

    ``by`` and ``to`` are sides; ``first`` and ``last`` bound the day; ``told`` is the day of the first article that
    tells it, None where no article has a day; ``places`` is where each article first tells it.
    """

    group: Group
    status: str | None
    by: frozenset[str]
    to: frozenset[str]
    kinds: frozenset[str]
    numbers: frozenset[str]  # "one", "several"
    marks: frozenset[str]  # what tells the paper from the next: "second", "side", "nine-point"
    topics: frozenset[str]
    forms: frozenset[str]
    pages: frozenset[str]
    points: frozenset[str]  # how many it has: "a ten-point plan"
    years: frozenset[str]
    first: date | None
    last: date | None
    told: date | None
    places: tuple[tuple[str, int], ...]
    points_back: bool  # "the letter", "read it": a paper told before
    answered: Answered | None


def find_stages(corpus: Corpus, groups: tuple[Group, ...], actors: Actors, anchors: Anchors) -> tuple[Stage, ...]:
    """The stage that each group of documents tells, in the order of the groups.

    What might be ("could send a letter") and what is not there ("no reply came") is no stage of a paper.
    """
    reader = _Reader(corpus, actors, anchors)
    documents = (group for group in groups if group.kind == "document")
    return tuple(reader.read(group) for group in documents if _is_there(group.tellings[0]))


def _is_there(telling: Telling) -> bool:
    supposed = isinstance(telling.annotation, Act) and telling.annotation.modality == "hypothetical"
    return not supposed and not is_absent(telling)


class _Reader:
    """Reads the stages of one corpus."""

    def __init__(self, corpus: Corpus, actors: Actors, anchors: Anchors) -> None:
        self._corpus, self._actors, self._anchors = corpus, actors, anchors
        self._articles = {article.id: article for article in corpus.articles}
        self._known_adjectives: dict[str, frozenset[str]] = {}

    def read(self, group: Group) -> Stage:
        tellings = group.tellings
        names = [_name(telling) for telling in tellings]
        told = self._told(tellings)
        first, last = _days(tellings, told)
        parties = [self._parties(telling) for telling in tellings]
        status = tellings[0].status
        return Stage(
            group=group,
            status=status,
            by=self._sides(next((by for by, _ in parties if by), ())),
            to=self._sides(next((to for _, to in parties if to), ())),
            kinds=frozenset(kind for telling in tellings for kind in _kinds(telling)),
            numbers=frozenset(row["number"] for name in names if (row := paper_word(name))),
            marks=max((self._marks(telling, status) for telling in tellings), key=lambda m: (len(m), sorted(m))),
            topics=frozenset(word for telling in tellings for word in self._topic(telling)),
            forms=_values(tellings, "form"),
            pages=_values(tellings, "pages"),
            points=frozenset(number for telling in tellings for number in self._points(telling)),
            years=_values(tellings, "year"),
            first=first,
            last=last,
            told=told,
            places=self._places(tellings),
            points_back=all(map(_points_back, tellings)),
            answered=next(filter(None, map(self._answered, tellings)), None),
        )

    def _parties(self, telling: Telling) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Who wrote a paper and who has it. Who reads one has it from another, whoever that is.

        "Lorric read it", "Orlesi had the reply on his desk", "it was read by Lorric". But who stands with the paper
        before what happens to it has written it: "the note of Norland had been received".
        """
        act = telling.annotation
        if telling.status not in ("read", "received") or not isinstance(act, Act) or not act.by:
            return telling.by, telling.to
        body, start, end = self._around(telling)
        name = _name(telling)
        paper = body.find(name, start, end) if name else end
        if paper < act.cue.start and all(_READ_BY.search(body, act.cue.end, who.start) for who in act.by):
            return telling.to, telling.by
        reads = not telling.to and all(who.end <= act.cue.start for who in act.by) and paper >= act.cue.start
        return ((), telling.by) if reads else (telling.by, telling.to)

    def _sides(self, parties: tuple[str, ...]) -> frozenset[str]:
        return frozenset(self._actors.side(actor) for actor in parties)

    def _told(self, tellings: tuple[Telling, ...]) -> date | None:
        days = (self._anchors.publication.of(self._articles[telling.article]) for telling in tellings)
        return min((day.earliest for day in days if day and day.earliest), default=None)

    def _places(self, tellings: tuple[Telling, ...]) -> tuple[tuple[str, int], ...]:
        first: dict[str, int] = {}
        for telling in tellings:
            start = telling.content[0].start
            first[telling.article] = min(start, first.get(telling.article, start))
        return tuple(sorted(first.items()))

    def _marks(self, telling: Telling, status: str | None) -> frozenset[str]:
        """The words of a name that are neither its kind, its parties, its form nor its pages.

        "Draft" says of a paper that is being written only that it is: "a draft reply" may be the reply handed over.
        """
        name = _PAGES.sub(" ", _name(telling))
        makes = MAKES & frozenset(fold(name).split())
        if status in ("promised", "drafted"):
            makes -= {"draft"}
        parties = frozenset(w for actor in (*telling.by, *telling.to) for w in self._actors.words(actor))
        words = frozenset(word for word in content_words(name) if not word.isdigit())
        return makes | (words - parties - self._adjectives(telling.annotation.text) - _paper_stems() - _neutral())

    def _adjectives(self, text: str) -> frozenset[str]:
        """Words of the article that are states as adjectives: "the Norlandian reply"."""
        if text not in self._known_adjectives:
            names = (name for name in self._corpus.all(text, Name) if name.adjective)
            self._known_adjectives[text] = frozenset(word for name in names for word in content_words(name.span.exact))
        return self._known_adjectives[text]

    def _topic(self, telling: Telling) -> frozenset[str]:
        body, start, end = self._around(telling)
        name = _name(telling)
        at = body.find(name, start, end) if name else -1
        found = _TOPIC.match(body, at + len(name), end) if at >= 0 else None
        if found is None:
            return frozenset()
        first = fold(found[1]).split()[0]
        return frozenset() if first.isdigit() or first in _calendar() else content_words(found[1]) - _paper_stems()

    def _points(self, telling: Telling) -> Iterator[str]:
        """How many points a paper has, in figures: "a ten-point plan", "a protocol of nine points"."""
        body, start, end = self._around(telling)
        name = _name(telling)
        at = body.find(name, start, end) if name else -1
        for found in (_POINTS.search(name), _OF_POINTS.match(body, at + len(name), end) if at >= 0 else None):
            if found:
                number = found[1].lower()
                yield str(_COUNTS.index(number) + 2) if number in _COUNTS else number

    def _around(self, telling: Telling) -> tuple[str, int, int]:
        """The body, and from where to where it tells this: its content and a little of what follows in its sentence."""
        body = self._corpus.texts[telling.annotation.text].body
        last = telling.content[-1].end
        end = SENTENCE_END.search(body, last, last + _BEYOND)
        return body, telling.content[0].start, end.start() if end else min(len(body), last + _BEYOND)

    def _answered(self, telling: Telling) -> Answered | None:
        """ "The reply to the Norlandian note of 20 April" answers a note, Norland's, of 20 April."""
        if "reply" not in _kinds(telling):
            return None
        body, start, end = self._around(telling)
        found = _answering().search(body, start, end)
        if found is None or found.start() >= telling.content[-1].end:
            return None
        text = self._corpus.texts[telling.annotation.text]
        phrase = text.span(found.start("whose"), found.end())
        article = self._articles[telling.article]
        owners = self._actors.parties(text.id, text.span(found.start("whose"), found.end("paper")))
        kind = kind_of_paper(found["paper"])
        return Answered(kind, self._sides(owners) - self._sides(telling.by), tuple(self._dates(article, phrase)))

    def _dates(self, article: Article, phrase: Span) -> Iterator[When]:
        """The days that a phrase names; a day may end a little behind it: "the note of | 20 April"."""
        for timex in self._corpus.all(article.text, Timex):
            dated = self._anchors.of(article, timex.span) if timex.span.overlaps(phrase) else None
            if dated and dated.when.edtf:
                yield dated.when


def _name(telling: Telling) -> str:
    return str(telling.attributes.get("name") or "")


def _kinds(telling: Telling) -> tuple[str, ...]:
    """By its name, else by its verb. "Norland answered with a letter" sends a letter that is a reply.

    "It answers a note of 20 April" tells of the note.
    """
    if not _name(telling):
        return ("reply",) if any(_ANSWERING.search(span.exact) for span in telling.cue) else ()
    named = kind_of_paper(_name(telling))
    replies = "reply" if _ANSWERED_WITH.search(words_of(telling)) else None
    return tuple(kind for kind in dict.fromkeys((named, replies)) if kind)


def _values(tellings: tuple[Telling, ...], slot: str) -> frozenset[str]:
    return frozenset(str(t.attributes[slot]) for t in tellings if t.attributes.get(slot) is not None)


def _points_back(telling: Telling) -> bool:
    """Whether words mean a paper told before. In "will answer it in writing" they mean the paper that is answered."""
    if name := _name(telling):
        return _DEFINITE.match(name) is not None
    return not _kinds(telling) and _PRONOUN.search(words_of(telling)) is not None


def _days(tellings: tuple[Telling, ...], told: date | None) -> tuple[date | None, date | None]:
    """The first and last possible day of a state. What is told without a day was done by the day it is told on.

    A promise is news: "Ek promised a reply" was promised when it was told. "The reply that Ek had promised" was not.
    The day by which something is promised lies ahead, and says nothing of when it was promised.
    """
    known = [(t.when.earliest, t.when.latest) for t in tellings if t.when and t.when.earliest and t.when.latest]
    promise = tellings[0].status == "promised"
    if promise and told:
        known = [days for days in known if days[1] <= told]
    if known:
        return min(known, key=lambda days: (days[1] - days[0], days))
    is_news = promise and not any(_points_back(t) or _HAD.search(words_of(t)) for t in tellings)
    return (told if is_news else None), told


@cache
def _calendar() -> frozenset[str]:
    """Names of weekdays and months, and what else "on" stands before that is no topic."""
    named = (fold(row["name"]) for table in ("months", "weekdays") for row in read_table(table))
    return frozenset((*named, *_NO_TOPICS))


@cache
def _neutral() -> frozenset[str]:
    return content_words(_NEUTRAL)


@cache
def _paper_stems() -> frozenset[str]:
    return frozenset(stem for row in read_table("papers") for stem in content_words(row["word"]))


@cache
def _answering() -> re.Pattern[str]:
    words = sorted((row["word"] for row in read_table("papers")), key=lambda word: (-len(word), word))
    papers = "|".join(map(re.escape, words))
    return re.compile(
        r"\b(?:(?:repl(?:y|ies|ied)|responses?|answers?|reactions?|rejoinder|counter-?proposals?|respond(?:s|ed)?|reacted)"
        r"(?:\s+(?:of|by|from)\s+(?:[^\W_][\w’'.-]*\s+){1,4}?)?\s*\bto|answer(?:s|ed|ing)?)\s+"
        # "answered the note"; but "answered Norland with a letter" names no paper that is answered.
        r"(?P<whose>(?:(?!(?:with|in|by|of|from|on|after|before|within|through|at)\b)[^\W_][\w’'.-]*\s+){0,6}?)"
        rf"(?P<paper>{papers})\b(?:\s+(?:of|from|dated)\s+[\w ,]{{1,20}})?",
        re.IGNORECASE,
    )
