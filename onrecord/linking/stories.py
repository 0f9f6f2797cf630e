"""Stories: which articles tell of one course of events, found while the articles come in.

Each article joins the story whose articles it is likest to on average, or begins one; stories that have grown alike
become one. Whenever twice as many articles are known, and when asked, all are grouped anew with what has been learnt
since: an early article may then change its story. Likeness is that of weighted words and pairs of words. A headline
says too little to be compared, so a short text is read together with the texts nearest to it, and these with theirs.
How rare a word is, is learnt from the articles, beginning with how rare it is in English.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from heapq import heappop, heappush
from importlib.resources import files
from itertools import pairwise

from onrecord.encoder.session import TOKENIZER
from onrecord.linking.wording import content_words

Vector = dict[str, float]

_ALIKE = 0.2  # mean likeness of an article to those of its story, or of the articles of two stories, at least
_STAIRS = (0.15, 0.1, 0.05, 0.0)  # above it: what is likest is joined first, so that a chance likeness comes last
_SHORT = 40  # words that carry meaning; a shorter text is read together with the nearest
_NEAREST = 20  # texts that a short one is read with,
_ONE_IN = 10  # and at most one in so many of all; read with half of a small collection, all are alike
_KEPT = 80  # heaviest words and pairs of a text read so
_BORROWED = 0.9  # length of its vector, where a text read by itself has 1: what is borrowed makes texts alike
_PAIR = 0.5  # weight of two words on end, where a word has 1
_ALONE = 0.3  # of its weight counts a word or pair that one article alone has, in a collection of many articles;
_FEW = 2  # in one of so few all of it: there most words stand in one article, and say that the articles differ
_BEFORE = 2000  # articles that the rarity of words in English counts for
_UNKNOWN = 1e-6  # share in English of a word that its list lacks, and of a pair
_LATEST = 400  # articles that a word is looked up in, the latest; what is older is met by other words
_LOOKED_UP = 40  # heaviest words by which an article is held against the stories
_COMPARED = 10  # stories that are compared in full, the nearest by these words
_FIRST_WORD = 1996  # the first whole word of the encoder's vocabulary, which stands in order of frequency
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_OUTLET = re.compile(r"\s+[-|]\s+[^-|]{2,45}$")  # "Boats freed - WBOC-TV 16": the outlet's name behind the headline
_SLUG = 3  # words that a part of an address has at least, if it repeats the headline


@dataclass(frozen=True, slots=True)
class Printed:
    """What is known of an article: its headline, its text (empty where there is only a headline) and its address."""

    headline: str
    body: str = ""
    address: str = ""


def group_stories(articles: Sequence[Printed]) -> tuple[int, ...]:
    """The number of each article's story; stories are numbered in the order of their first articles.

    >>> group_stories([Printed("Norland frees the fishermen"), Printed("Fishermen freed by Norland")])
    (0, 0)
    """
    stories = Stories()
    stories.add(articles)
    stories.settle()
    return stories.groups()


@dataclass
class _Story:
    """The articles of a story, and the sum of their words."""

    articles: list[int] = field(default_factory=list)
    words: Vector = field(default_factory=lambda: defaultdict(float))


class Stories:
    """Articles, added as they come in, and the stories that they are grouped in."""

    def __init__(self) -> None:
        self._counts: list[Vector] = []  # of each article: how often it has each word and pair, dampened
        self._short: list[bool] = []
        self._own: list[Vector] = []  # of each article: its words by weight; then with those of the nearest, and theirs
        self._wider: list[Vector] = []
        self._whole: list[Vector] = []
        self._holding: dict[str, list[int]] = defaultdict(list)  # the articles that have a word
        self._read = 0  # words and pairs of all articles
        self._stories: dict[int, _Story] = {}
        self._of: list[int] = []
        self._told_in: dict[str, set[int]] = defaultdict(set)  # the stories that have a word
        self._begun = 0
        self._settled = 0

    def add(self, articles: Iterable[Printed]) -> None:
        """Takes in articles, each to a story known or new; they may be read together, so a batch beats single ones."""
        new = [self._take_in(article) for article in articles]
        if len(self._counts) >= 2 * self._settled:
            self.settle()
            return
        self._weigh(new)
        for number in new:
            self._place(number, _ALIKE)
        self._join({self._of[number] for number in new}, _ALIKE)

    def settle(self) -> None:
        """Groups all articles anew, by all that is known now."""
        every = range(len(self._counts))
        self._weigh(every)
        self._stories, self._of = {}, [-1] * len(self._counts)
        self._told_in.clear()
        for number in every:
            self._place(number, _ALIKE + _STAIRS[0])
        for stair in _STAIRS[1:]:
            self._join(set(self._stories), _ALIKE + stair)
        self._settled = len(self._counts)

    def groups(self) -> tuple[int, ...]:
        """The number of each article's story, in the order of articles; stories count in that of their first ones."""
        numbers: dict[int, int] = {}
        return tuple(numbers.setdefault(story, len(numbers)) for story in self._of)

    def _take_in(self, article: Printed) -> int:
        number = len(self._counts)
        headline = _OUTLET.sub("", article.headline)
        words = _stems(f"{headline}. {article.body}")
        counts = {word: 1 + math.log(count) for word, count in Counter(words).items()}
        counts |= {f"{a} {b}": _PAIR for a, b in pairwise(words)}
        for word in _stems(_slug(article.address)):
            counts.setdefault(word, 1.0)
        self._counts.append(counts)
        self._short.append(len(words) < _SHORT)
        for kept in (self._own, self._wider, self._whole):
            kept.append({})
        for word in counts:
            self._holding[word].append(number)
        self._read += len(counts)
        self._of.append(-1)
        return number

    def _weigh(self, numbers: Iterable[int]) -> None:
        """Gives articles the words that they are compared by."""
        numbers = list(numbers)
        for number in numbers:
            self._own[number] = _unit(self._weights(self._counts[number]))
        near = {number: self._near(number) for number in numbers if self._short[number]}
        for number in numbers:
            self._wider[number] = self._with(self._own, number, near.get(number))
        for number in numbers:
            length = _BORROWED if near.get(number) else 1.0
            self._whole[number] = _unit(self._with(self._wider, number, near.get(number)), length)

    def _weights(self, counts: Mapping[str, float]) -> Vector:
        """Words by weight: how often, times the root of how rare."""
        articles, length = len(self._counts), self._read / len(self._counts)
        alone = max(_ALONE, min(1.0, math.sqrt(_FEW / articles)))
        weights = {}
        for word, count in counts.items():
            held = len(self._holding[word])
            usual = -math.expm1(-length * _english().get(word, _UNKNOWN))  # texts of such length that have it
            weight = count * math.sqrt(math.log1p((articles + _BEFORE) / (held + _BEFORE * usual)))
            weights[word] = weight if held > 1 else alone * weight
        return weights

    def _near(self, number: int) -> list[tuple[float, int]]:
        """The articles nearest to one by their own words, with their likeness; of two alike the earlier first."""
        met: dict[int, float] = defaultdict(float)
        for word, weight in self._own[number].items():
            for other in self._holding[word][-_LATEST:]:
                met[other] += weight * self._own[other].get(word, 0.0)
        met.pop(number, None)
        found = sorted(((likeness, other) for other, likeness in met.items() if likeness > 0), key=_likest)
        return found[: min(_NEAREST, len(self._counts) // _ONE_IN)]

    def _with(self, words: list[Vector], number: int, near: list[tuple[float, int]] | None) -> Vector:
        """An article's words and, each by its likeness, those of the nearest."""
        if not near:
            return words[number]
        mixed: Vector = defaultdict(float, words[number])
        for likeness, other in near:
            for word, weight in words[other].items():
                mixed[word] += likeness * weight
        return dict(_heaviest(mixed, _KEPT))

    def _place(self, number: int, alike: float) -> None:
        """Puts an article to the story that it is likest to, or to one of its own."""
        likeness, found = self._likest(self._whole[number], 1, -1)
        if likeness < alike:
            found, self._begun = self._begun, self._begun + 1
            self._stories[found] = _Story()
        self._put(found, [number], self._whole[number])

    def _put(self, story: int, articles: list[int], words: Vector) -> None:
        one = self._stories[story]
        one.articles += articles
        for word, weight in words.items():
            one.words[word] += weight
            self._told_in[word].add(story)
        for number in articles:
            self._of[number] = story

    def _likest(self, words: Vector, articles: int, but: int) -> tuple[float, int]:
        """The story likest to so many articles with these words, other than ``but``, and how alike they are."""
        met: dict[int, float] = defaultdict(float)
        for word, weight in _heaviest(words, _LOOKED_UP):
            for story in self._told_in.get(word, ()):
                met[story] += weight * self._stories[story].words[word]
        met.pop(but, None)
        nearest = sorted(met, key=lambda story: (-met[story] / len(self._stories[story].articles), story))[:_COMPARED]
        found = [(self._alike(words, articles, self._stories[story]), story) for story in nearest]
        return min(found, key=_likest, default=(0.0, -1))

    def _alike(self, words: Vector, articles: int, story: _Story) -> float:
        """The mean likeness of two groups of articles."""
        less, more = sorted((words, story.words), key=len)
        common = sum(weight * more[word] for word, weight in less.items() if word in more)
        return common / articles / len(story.articles)

    def _join(self, stories: set[int], alike: float) -> None:
        """Makes one of stories that have grown alike, the likest first."""
        waiting: list[tuple[float, int, int, int, int]] = []

        def wait(story: int) -> None:
            one = self._stories[story]
            likeness, other = self._likest(one.words, len(one.articles), story)
            if likeness >= alike:
                sizes = len(one.articles), len(self._stories[other].articles)
                heappush(waiting, (-likeness, story, other, *sizes))

        for story in sorted(stories & set(self._stories)):
            wait(story)
        while waiting:
            _, story, other, *sizes = heappop(waiting)
            if story not in self._stories:
                continue
            if other in self._stories and sizes == [len(self._stories[s].articles) for s in (story, other)]:
                story = self._unite(story, other)
            wait(story)

    def _unite(self, a: int, b: int) -> int:
        """Puts the smaller of two stories to the larger, and says which that is."""
        larger, smaller = sorted((a, b), key=lambda story: (-len(self._stories[story].articles), story))
        gone = self._stories.pop(smaller)
        for word in gone.words:
            self._told_in[word].discard(smaller)
        self._put(larger, gone.articles, gone.words)
        return larger


def _likest(found: tuple[float, int]) -> tuple[float, int]:
    return -found[0], found[1]


def _heaviest(words: Vector, kept: int) -> list[tuple[str, float]]:
    return sorted(words.items(), key=lambda item: (-item[1], item[0]))[:kept]


def _stems(written: str) -> list[str]:
    """The words that carry meaning, by stem, in their order; single letters and digits are left out."""
    return [stem for word in _WORD.findall(written) if len(word) > 1 for stem in content_words(word)]


def _unit(words: Vector, length: float = 1.0) -> Vector:
    found = math.sqrt(sum(weight * weight for weight in words.values()))
    return {word: length * weight / found for word, weight in words.items()} if found else {}


def _slug(address: str) -> str:
    """The words in an address, where it repeats the headline.

    >>> _slug("https://courier.example/2022/02/norland-frees-the-fishermen.html?page=1")
    'norland frees the fishermen'
    """
    path = address.partition("://")[2].partition("?")[0].partition("/")[2]
    parts = [re.findall(r"[A-Za-z]{2,}", re.sub(r"\.\w{2,5}$|%\w\w", " ", part)) for part in path.split("/")]
    longest = max(parts, key=len, default=[])
    return " ".join(longest) if len(longest) >= _SLUG else ""


@cache
def _english() -> Mapping[str, float]:
    """The share that a word, by its stem, has in English text, by its place in the encoder's vocabulary.

    Source: Zipf, 1949: a word's frequency falls as its rank grows.
    """
    written = (files("onrecord.encoder") / "weights" / TOKENIZER).read_text(encoding="utf-8")
    shares: Vector = defaultdict(float)
    for word, place in json.loads(written)["model"]["vocab"].items():
        if place >= _FIRST_WORD and word.isalpha():
            for stem in _stems(word):
                shares[stem] += 1 / (place - _FIRST_WORD + 1)
    whole = sum(shares.values())
    return {stem: share / whole for stem, share in shares.items()}
