"""What a demand or an answer is about: its content words without those of asking, and without who asks whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import fsum

from onrecord.linking.actors import Actors
from onrecord.linking.groups import words_of
from onrecord.linking.places import SENTENCE_END
from onrecord.linking.wording import ASKING, content_words, rarity
from onrecord.model import Corpus, Group, Telling

Words = frozenset[str]

COMMON = 100
"""A word that more demands, or more issues, have says too little to look for one by it."""

_FAR = 300  # code points back in which the sentence of a telling begins
_LITTLE = 0.4  # weight of words that nobody wrote, so that one shared word of two is not yet likeness
# "Orlan wants it gone": what is asked for stands in the sentence before.
_POINTS_BACK = re.compile(r"\b(?:it|them|that one|this one|these|those|this|us)\b", re.IGNORECASE)
_FEW = 2  # content words of a demand that may point back


class Matters:
    """The words of the tellings of an exchange, and how much each says: rare words say most."""

    def __init__(self, corpus: Corpus, actors: Actors, groups: Sequence[Group]) -> None:
        self._corpus, self._actors = corpus, actors
        self._weights = rarity(words_of(telling) for group in groups for telling in group.tellings)
        self._known: dict[tuple[int, int], Words] = {}
        self._weighed: dict[Words, float] = {}

    def own(self, telling: Telling) -> Words:
        """What the words of a telling are about."""
        return self._words(telling, 0)

    def around(self, telling: Telling) -> Words:
        """What its sentence is about up to its end: "On the fishing licences it wants to wait until the autumn"."""
        return self._words(telling, 1)

    def meant(self, telling: Telling) -> Words:
        """What it is about where its own words point back: "The duty is 14 per cent. Orlan wants it gone"."""
        own = self.own(telling)
        if len(own) > _FEW or not _POINTS_BACK.search(words_of(telling)):
            return own
        return self._words(telling, 2)

    def likeness(self, one: Words, two: Words) -> float:
        """How much of the shorter wording stands in the other, 0 to 1."""
        common = one & two
        return self.weight(common) / (min(self._whole(one), self._whole(two)) + _LITTLE) if common else 0.0

    def weight(self, words: Words) -> float:
        """How much some words say; the same in whatever order a set gives them."""
        return fsum(self._weights.get(word, 1.0) for word in words)

    def _whole(self, words: Words) -> float:
        """The weight of a wording, which is held against many others."""
        if words not in self._weighed:
            self._weighed[words] = self.weight(words)
        return self._weighed[words]

    def sides(self, parties: tuple[str, ...]) -> frozenset[str]:
        """The sides that parties belong to; a place whose side is not known may be anybody's capital and is none."""
        known = (self._actors.side(party) for party in parties)
        return frozenset(side for side in known if self._actors.kind(side) != "place")

    def are_apart(self, one: frozenset[str], two: frozenset[str]) -> bool:
        """Whether sides are others than these; people whose side is not known may be of either."""
        if not one or not two or one & two:
            return False
        return not any(all(self._actors.kind(side) == "person" for side in sides) for sides in (one, two))

    def _words(self, telling: Telling, sentences: int) -> Words:
        """The words of a telling and of so many sentences up to its end; 0: its own alone."""
        key = id(telling), sentences
        if key not in self._known:
            said = self._back(telling, sentences) if sentences else words_of(telling)
            self._known[key] = content_words(said) - ASKING - self._parties(telling)
        return self._known[key]

    def _back(self, telling: Telling, sentences: int) -> str:
        body = self._corpus.texts[telling.annotation.text].body
        start = _sentence_start(body, telling.content[0].start)
        for _ in range(sentences - 1):
            start = _sentence_start(body, len(body[:start].rstrip()))
        return body[start : telling.content[-1].end]

    def _parties(self, telling: Telling) -> Words:
        return frozenset(word for actor in (*telling.by, *telling.to) for word in self._actors.words(actor))


def gap_after(demand: Telling, answer: Telling) -> int | None:
    """Code points from the end of a demand to what follows it in the same article; None where it does not follow."""
    gap = answer.content[0].start - demand.content[-1].end
    return gap if gap >= 0 and answer.article == demand.article else None


def _sentence_start(body: str, place: int) -> int:
    low = max(0, place - _FAR)
    return max([low, *(match.end() for match in SENTENCE_END.finditer(body, low, place))])
