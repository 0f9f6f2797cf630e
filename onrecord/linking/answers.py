"""Which demand an answer answers: the one it names, one that shares its words, or the one told right before it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.linking.matters import COMMON, Matters, gap_after
from onrecord.linking.meanings import Meanings
from onrecord.linking.wording import content_words
from onrecord.model import Act, Group, Link, Telling

_LEAST = 0.35  # of the score, from which on an answer is linked
_FAR = 0.1  # cosine below which meaning counts nothing
_AROUND = 0.8  # what likeness counts where it lies in the words of the answer's sentence around it
_NEAR = 400  # code points back in which a demand may stand that is answered without a word of it
_OF_WORDS, _OF_NEARNESS, _OF_PARTIES = 0.65, 0.35, 0.1
_OTHER_MATTER = 0.5  # of nearness and meaning is left to a demand of which the answer, naming its matter, has no word
# "said no | to an apology", "rejected | the idea of a corridor"
_OBJECT = re.compile(
    r"\s*(?:to|of|on|about)?\s*(?:an?|the|any|its|their|his|her)\s+(?!demand|request|call|appeal|plea)\w", re.IGNORECASE
)
_DOUBTED = 0.5  # of the confidence; a demand that is less sure is answered only where words are shared


@dataclass(frozen=True, slots=True)
class _Demand:
    """A demand with the words of all its tellings, who asks whom, and how sure it is."""

    group: Group
    words: frozenset[str]
    asker: frozenset[str]
    asked: frozenset[str]
    sure: float


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer, who gives it to whom, and the words of each of its tellings: its own, and those around them."""

    group: Group
    by: frozenset[str]
    to: frozenset[str]
    words: tuple[tuple[frozenset[str], frozenset[str]], ...]
    names_matter: bool


class Answers:
    """Finds the demand of each answer. Answers are held against demands that share a word with them or stand near.

    Of these, meaning helps to choose; it never links what shares no word and stands far.
    """

    def __init__(self, groups: Sequence[Group], matters: Matters, meanings: Meanings) -> None:
        self._matters, self._meanings = matters, meanings
        self._answers = [group for group in groups if group.kind == "answer"]
        self._demands = [self._demand(group) for group in groups if group.kind == "demand"]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._in_article: dict[str, list[int]] = defaultdict(list)
        for number, demand in enumerate(self._demands):
            for word in demand.words:
                self._by_word[word].append(number)
            for article in {telling.article for telling in demand.group.tellings}:
                self._in_article[article].append(number)

    def find(self) -> Iterator[Link]:
        """A link from each answer to its demand, where one is likely enough."""
        for group in self._answers:
            answer = self._answer(group)
            scored = [(*self._score(answer, self._demands[n]), -n) for n in self._candidates(answer)]
            score, why, number = max(scored, default=(0.0, "", 0))
            if score >= _LEAST:
                yield Link("answer", group.id, self._demands[-number].group.id, round(score, 3), why)

    def _demand(self, group: Group) -> _Demand:
        told = group.tellings[0]
        words = frozenset(word for telling in group.tellings for word in self._matters.own(telling))
        sure = max(telling.confidence for telling in group.tellings)
        return _Demand(group, words, self._matters.sides(told.by), self._matters.sides(told.to), sure)

    def _answer(self, group: Group) -> _Answer:
        told = group.tellings[0]
        by, to = self._matters.sides(told.by), self._matters.sides(told.to)
        return _Answer(group, by, to, tuple(map(self._worded, group.tellings)), self._names_matter(told))

    def _worded(self, telling: Telling) -> tuple[frozenset[str], frozenset[str]]:
        """The words of a telling and those of its sentence around them, without those that answer."""
        cue = content_words(" ".join(span.exact for span in telling.cue))
        own = self._matters.own(telling) - cue
        return own, self._matters.around(telling) - own - cue

    def _candidates(self, answer: _Answer) -> list[int]:
        tellings = answer.group.tellings
        words = {word for told in tellings for word in self._matters.around(told)}
        found = {n for word in words if len(near := self._by_word.get(word, ())) <= COMMON for n in near}
        return sorted(found | {n for told in tellings for n in self._in_article.get(told.article, ())})

    def _score(self, answer: _Answer, demand: _Demand) -> tuple[float, str]:
        by, to = answer.by, answer.to
        pairs = [(a, d) for a in answer.group.tellings for d in demand.group.tellings if a.article == d.article]
        if self._is_own(answer, demand) or any(_is_again(a, d) for a, d in pairs):
            return 0.0, ""
        if any(_is_inside(d, a) for a, d in pairs):
            return 1.0, "the answer names the demand"
        if self._matters.are_apart(by, demand.asked):
            return 0.0, ""
        words = self._alike(answer, demand)
        gap = min((gap for a, d in pairs if (gap := gap_after(d, a)) is not None), default=_NEAR)
        near = max(0.0, 1 - gap / _NEAR) if demand.sure >= _DOUBTED and _is_made(demand.group.tellings[0]) else 0.0
        if not words and not near:
            return 0.0, ""
        meant = max(0.0, self._meanings.pointing(answer.group, demand.group) - _FAR)
        if not words and answer.names_matter:
            near, meant = near * _OTHER_MATTER, meant * _OTHER_MATTER
        fitting = bool(by & demand.asked) or bool(to & demand.asker)
        reasons = {
            "the two share their words": _OF_WORDS * words,
            "the demand told before it": _OF_NEARNESS * near,
            "what it says points to the demand": meant,
        }
        score = sum(reasons.values()) + _OF_PARTIES * fitting
        return min(score, 0.99), max(reasons, key=lambda why: reasons[why])

    def _is_own(self, answer: _Answer, demand: _Demand) -> bool:
        """Whether the demand is the answerer's own, or another's than the one that is answered."""
        if demand.asker:
            return answer.by == demand.asker or self._matters.are_apart(answer.to, demand.asker)
        # "Norland says the replies fail to address their demand": theirs is the speaker's.
        speaker = demand.group.tellings[0].speaker
        return bool(answer.by) and speaker is not None and answer.by == self._matters.sides((speaker,))

    def _names_matter(self, answer: Telling) -> bool:
        """Whether an answer says what it answers: "said no to an apology", not "said that they would see"."""
        return answer.status != "unanswered" and bool(_OBJECT.match(_after_cue(answer)))

    def _alike(self, answer: _Answer, demand: _Demand) -> float:
        """How much of the shorter wording stands in the other, 0 to 1; rare words weigh most."""
        like, asked = self._matters.likeness, demand.words
        alike = max(max(like(own, asked), _AROUND * like(around, asked)) for own, around in answer.words)
        return alike * min(1.0, demand.sure / _DOUBTED)


def _after_cue(answer: Telling) -> str:
    """The words of an answer after those that answer."""
    end = max((span.end for span in answer.cue), default=0)
    last = answer.content[-1]
    return last.exact[max(0, end - last.start) :] if last.end > end else ""


def _is_again(answer: Telling, demand: Telling) -> bool:
    """Whether the demand is the answer's own clause read otherwise: it holds the words that answer."""
    return any(span.covers(cue) for span in demand.content for cue in answer.cue)


def _is_inside(demand: Telling, answer: Telling) -> bool:
    whole = answer.annotation.span
    return all(whole.covers(span) or any(span.overlaps(part) for part in answer.content) for span in demand.content)


def _is_made(demand: Telling) -> bool:
    """Whether a demand was made: "if Sudmark sends a ship, Norland will call on the League" asks for nothing yet."""
    return not isinstance(demand.annotation, Act) or demand.annotation.modality == "real"
