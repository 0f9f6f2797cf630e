"""Stories: which articles tell of one course of events, found while the articles come in.

Each article begins a story, and the two stories that are likest become one, until none are alike enough: their
likeness is the mean of that of their articles. Whenever twice as many articles are known, and when asked, all are
grouped anew with what has been learnt since: an early article may then change its story. Likeness is that of weighted
words and pairs of words. A headline says too little to be compared, so a short text is read together with the texts
nearest to it, and these with theirs. How rare a word is, is learnt from the articles, beginning with how rare it is in
English; how much it is one story's own, from the stories found at first: by that all are grouped once more.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.encoder.session import TOKENIZER
from onrecord.linking.wording import content_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

Vector = dict[str, float]

_ALIKE = 0.21  # mean likeness of the articles of two stories to each other, more than which makes them one
_EVEN = 1e-9  # likenesses that differ by no more are the same: the order of a sum moves its last digits
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
    return stories.groups()


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
        self._of: list[int] = []  # of each article: the first article of its story
        self._telling: Vector = {}  # of each word that articles share: how much it is one story's own
        self._settled = 0

    def add(self, articles: Iterable[Printed]) -> None:
        """Takes in articles, each to a story known or new; they may be read together, so a batch beats single ones."""
        new = [self._take_in(article) for article in articles]
        if len(self._counts) >= 2 * self._settled:
            self.settle()
            return
        self._weigh(new)
        self._of = _joined(self._whole, self._of, new)

    def settle(self) -> None:
        """Groups all articles anew, by all that is known now."""
        every = range(len(self._counts))
        for again in (False, True):
            self._telling = dict(self._learnt()) if again else {}
            self._weigh(every)
            self._of = _joined(self._whole, every, every)
        self._settled = len(every)

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
        self._of.append(number)
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

    def _learnt(self) -> Iterator[tuple[str, float]]:
        """Each shared word, with the root of the share of its pairs of articles that tell one story."""
        for word, held in self._holding.items():
            if len(held) > 1:
                same = sum(count * (count - 1) for count in Counter(self._of[article] for article in held).values())
                yield word, math.sqrt(_share(same, len(held) * (len(held) - 1)))

    def _weights(self, counts: Mapping[str, float]) -> Vector:
        """Words by weight: how often, times the root of how rare, times the root of how much one story's own."""
        articles, length = len(self._counts), self._read / len(self._counts)
        alone = max(_ALONE, min(1.0, math.sqrt(_FEW / articles)))
        unknown = math.sqrt(_share(0, 0))
        weights = {}
        for word, count in counts.items():
            held = len(self._holding[word])
            usual = -math.expm1(-length * _english().get(word, _UNKNOWN))  # texts of such length that have it
            weight = count * math.sqrt(math.log1p((articles + _BEFORE) / (held + _BEFORE * usual)))
            weight *= self._telling.get(word, unknown)
            weights[word] = weight if held > 1 else alone * weight
        return weights

    def _near(self, number: int) -> list[tuple[float, int]]:
        """The articles nearest to one by their own words, with their likeness; of two alike the earlier first."""
        met: dict[int, float] = defaultdict(float)
        for word, weight in self._own[number].items():
            for other in self._holding[word][-_LATEST:]:
                met[other] += weight * self._own[other].get(word, 0.0)
        met.pop(number, None)
        found = sorted((-likeness, other) for other, likeness in met.items() if likeness > 0)
        return [(-unlike, other) for unlike, other in found][: min(_NEAREST, len(self._counts) // _ONE_IN)]

    def _with(self, words: list[Vector], number: int, near: list[tuple[float, int]] | None) -> Vector:
        """An article's words and, each by its likeness, those of the nearest."""
        if not near:
            return words[number]
        mixed: Vector = defaultdict(float, words[number])
        for likeness, other in near:
            for word, weight in words[other].items():
                mixed[word] += likeness * weight
        return dict(_heaviest(mixed, _KEPT))


def _joined(words: Sequence[Vector], of: Sequence[int], new: Iterable[int]) -> list[int]:
    """The first article of each article's story, once the stories of the ``new`` ones have been joined with the likest.

    From a story one goes to the likest, and on, until two are likest to each other: these become one. That leaves the
    same stories as always to join the likest two of all. Source: Murtagh, 1983: the chain of nearest neighbours.
    """
    clusters = _Clusters(words, of)
    for article in new:
        path, links = [int(clusters.of[article])], [_ALIKE]  # the stories gone through, and the likeness that led there
        while path:
            likeness, other = clusters.likest(path[-1])
            if likeness > links[-1] + _EVEN:
                path.append(other)
                links.append(likeness)
            elif len(path) > 1:
                story = clusters.unite(path.pop(), path.pop())
                del links[-2:]
                if not path:
                    path, links = [story], [_ALIKE]
            else:
                path.pop()
    return [int(story) for story in clusters.of]


class _Clusters:
    """Stories, each by the number of its first article, and their likeness to each other.

    The likeness of two articles is the product of their words' weights, summed; so the mean over all pairs of articles
    of two stories is that of the stories' words, summed before. No pair of articles is ever looked at by itself.
    """

    def __init__(self, words: Sequence[Vector], of: Sequence[int]) -> None:
        self.of: NDArray[Any] = np.array(of, dtype=np.int64)  # of each article: its story
        self._sizes = np.maximum(np.bincount(self.of, minlength=len(of)), 1)
        self._words: list[Vector] = [{} for _ in of]  # of each story: the words of its articles, summed
        for article, story in enumerate(of):
            _sum(self._words[story], words[article])
        self._numbers: dict[str, int] = {}  # of the words; in their order, the articles that have each:
        numbers = [self._numbers.setdefault(word, len(self._numbers)) for one in words for word in one]
        order = np.argsort(numbers, kind="stable")
        self._holding = np.repeat(np.arange(len(words)), [len(one) for one in words])[order]
        self._weights = np.fromiter(chain.from_iterable(one.values() for one in words), np.float64)[order]
        self._starts = np.searchsorted(np.array(numbers)[order], np.arange(len(self._numbers) + 1))

    def likest(self, story: int) -> tuple[float, int]:
        """The mean likeness of a story to the likest other one, and that one; of two alike the earlier."""
        words = self._words[story]
        numbers = np.fromiter((self._numbers[word] for word in words), np.int64, len(words))
        starts, held = self._starts[numbers], self._starts[numbers + 1] - self._starts[numbers]
        places = np.repeat(starts - np.cumsum(held) + held, held) + np.arange(held.sum())
        products = self._weights[places] * np.repeat(np.fromiter(words.values(), np.float64, len(words)), held)
        met = np.bincount(self.of[self._holding[places]], products, len(self.of)) / self._sizes / self._sizes[story]
        met[story] = 0.0
        found = int(met.argmax())
        return float(met[found]), found

    def unite(self, *stories: int) -> int:
        """Makes one of two stories, and says which that is."""
        first, second = sorted(stories)
        less, more = sorted((self._words[first], self._words[second]), key=len)
        _sum(more, less)
        self._words[first], self._words[second] = more, {}
        self._sizes[first], self._sizes[second] = self._sizes[first] + self._sizes[second], 1
        self.of[self.of == second] = first
        return first


def _sum(words: Vector, others: Vector) -> None:
    for word, weight in others.items():
        words[word] = words.get(word, 0.0) + weight


def _share(some: int, of: int) -> float:
    """A share, counted with one more that is and one that is not: of few it says little, of none one half."""
    return (some + 1) / (of + 2)


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
