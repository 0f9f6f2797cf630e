"""Discourse: who was told of last and how, so that "he" and "it" can be understood."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from onrecord.model import Name, Span
from onrecord.reading.callings import is_spoken
from onrecord.reading.cues import verbs
from onrecord.reading.page import Page
from onrecord.reading.words import words_of

_SENTENCES_BACK = 4
_PARAGRAPHS_BACK = 2
_SEEN_BACK = 80  # in one endless paragraph
_WORD = re.compile(r"[\w.’'-]+")
SPEAKER, SUBJECT, OTHER, OWNER, UNNAMED = 3.0, 2.6, 1.0, 0.8, 0.4  # how likely a pronoun takes them up
_DECAY = 1.0  # a sentence
_PARAGRAPH = 0.2  # more for each paragraph
_KNOWN = 0.5  # where the gender is known, not only possible
_MARGIN = 0.5
_LEAST = -1.2


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody told of at a place; ``name`` is None for one who has no name, ``who`` then says only that."""

    who: str
    gender: str
    start: int
    weight: float
    name: Name | None


class Places:
    """Sentences and paragraphs by position; sentences that lie within a quotation count for no distance."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.quotations = [q.inner for q in page.quotations if q.depth == 0]
        self._quoted = [q.start for q in self.quotations]
        self._sentences = [s.start for s in page.sentences]
        self._paragraphs = [p.start for p in page.paragraphs]
        self._told: list[int] = []
        count = 0
        for sentence in page.sentences:
            count += not (self.is_quoted(sentence.start + 1) and self.is_quoted(max(sentence.start, sentence.end - 3)))
            self._told.append(count)

    def is_quoted(self, position: int) -> bool:
        """Whether a quotation holds the position."""
        before = bisect_right(self._quoted, position) - 1
        return before >= 0 and self.quotations[before].end > position

    def sentence(self, position: int) -> int:
        """The number of the sentence at a position."""
        return max(0, bisect_right(self._sentences, position) - 1)

    def sentence_start(self, position: int) -> int:
        """Where the sentence at a position begins."""
        return self._sentences[self.sentence(position)] if self._sentences else 0

    def paragraph(self, position: int) -> int:
        """The number of the paragraph at a position."""
        return max(0, bisect_right(self._paragraphs, position) - 1)

    def apart(self, one: int, other: int) -> int:
        """Sentences told between two positions."""
        told = self._told
        return told[self.sentence(other)] - told[self.sentence(one)] if told else 0


class Discourse:
    """Those told of so far, in order."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._seen: list[Seen] = []
        self._last: dict[str, Seen] = {}
        self._speaker: Seen | None = None

    def add(self, seen: Seen) -> None:
        """Somebody is told of, after all who were before."""
        self._seen.append(seen)
        self._last[seen.who] = seen
        if seen.weight == SPEAKER:
            self._speaker = seen

    def candidates(self, position: int, gender: str, apart_from: Iterable[Span] = ()) -> dict[str, tuple[float, Seen]]:
        """Who may be meant at a position, each with its best score and latest place; not those in ``apart_from``."""
        best: dict[str, tuple[float, Seen]] = {}
        paragraph = self._places.paragraph(position)
        for seen in self._seen[: -_SEEN_BACK - 1 : -1]:
            apart, back = self._places.apart(seen.start, position), paragraph - self._places.paragraph(seen.start)
            if apart > _SENTENCES_BACK or back > _PARAGRAPHS_BACK:
                break
            if gender and seen.gender and seen.gender != gender:
                continue
            if any(span.start <= seen.start < span.end for span in apart_from):
                continue
            score = seen.weight - _DECAY * apart - _PARAGRAPH * back + (_KNOWN if gender and seen.gender else 0)
            if seen.who not in best:
                best[seen.who] = score, seen
            elif score > best[seen.who][0]:
                latest = best[seen.who][1]
                best[seen.who] = score, latest
        return best

    def likeliest(self, position: int, gender: str, apart_from: Iterable[Span] = ()) -> Seen | None:
        """Whom a pronoun at a position means; None where nobody is told of, one without a name is, or two may be."""
        found = sorted(self.candidates(position, gender, apart_from).values(), key=lambda one: -one[0])
        if not found or found[0][1].name is None or found[0][0] < _LEAST:
            return None
        if len(found) > 1 and found[0][0] - found[1][0] < _MARGIN:
            return None
        return found[0][1]

    def sole(self, position: int, gender: str) -> str | None:
        """The only one who may be meant, where there is just one."""
        found = self.candidates(position, gender)
        only = next(iter(found.values()))[1] if len(found) == 1 else None
        return only.who if only and only.name else None

    def last(self, who: str) -> Seen | None:
        """Where somebody was told of last."""
        return self._last.get(who)

    def since(self, position: int) -> list[Seen]:
        """Those told of since a position, the last first."""
        return list(takewhile(lambda seen: seen.start >= position, reversed(self._seen[-_SEEN_BACK:])))

    def last_few(self) -> list[Seen]:
        """Those told of last."""
        return self._seen[-3:]

    def last_speaker(self) -> Seen | None:
        """Who spoke last."""
        return self._speaker


class Weights:
    """How much a name stands in front: one who speaks, a subject, or one only mentioned.

    ``extents`` are where the phrase of each name begins and ends, titles and appositions taken in.
    """

    def __init__(self, page: Page, speakers: Iterable[Span], extents: Mapping[Span, tuple[int, int]]) -> None:
        self._page = page
        self._speakers = {span.start for span in speakers}
        self._extents = extents

    def of(self, span: Span, sentence: Span) -> float:
        """The weight of a name or description in its sentence."""
        body = self._page.text.body
        if body.startswith(("’s", "'s", "’ ", "' "), span.end):
            return OWNER
        if span.start in self._speakers:
            return SPEAKER
        start, end = self._extents.get(span, (span.start, span.end))
        before = body[max(sentence.start, start - 80) : start].rstrip(" ")
        after = _WORD.findall(body[end : min(sentence.end, end + 40)])[:2]
        if any(is_spoken(word) for word in after):
            return SPEAKER
        words = [word.lower() for word in _WORD.findall(before[-60:])]
        # "Talks are over," said Foreign Minister Anna Berg.
        if any(word in verbs() and verbs()[word].form == "past" for word in words[-2:]) and not _OBJECT & set(
            words[-3:]
        ):
            return SPEAKER
        if _JOINED.search(before) and len(words) <= 5:
            return SUBJECT  # "Jon Ek and Karl Holm spoke": both
        if not words or (before[-1] in _PARTING and may_be_verb(after)):
            return SUBJECT
        return SUBJECT if (words[-1] in _opening() or _is_adjunct(before)) and may_be_verb(after) else OTHER


_JOINED = re.compile(r"[A-Z][\w’'-]*,? (?:and|or)$")
_PARTING = frozenset(",:;”’»«“„\"'—–-(")
_OBJECT = frozenset(
    ("to", "by", "with", "of", "that", "told", "asked", "urged", "called", "accused", "warned", "for", "from")
)


def _is_adjunct(before: str) -> bool:
    """ "In Kallsund Minister Berg called": only an adjunct of place or time stands before the subject."""
    words = before.split()
    return len(words) <= 4 and words[0].lower() in words_of("preposition")


@cache
def _opening() -> frozenset[str]:
    return words_of("boundary") | words_of("opener") | words_of("time") | {"and", "then"}


def may_be_verb(words: Sequence[str]) -> bool:
    """Whether what follows a name looks like its verb: "Ek was", "Ek refused", "Ek has", "Ek wants"."""
    word = words[0] if words else ""
    if word in words_of("adverb") and len(words) > 1:
        word = words[1]
    known = word in words_of("auxiliary") or (word in verbs() and verbs()[word].finite)
    return known or (word.islower() and word.endswith(("ed", "s")) and word not in words_of("preposition"))
