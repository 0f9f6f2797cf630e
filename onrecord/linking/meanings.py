"""Meanings: which entries lie near each other by what is said and what stands around it, whatever the words.

Nearness proposes; who asks whom, numbers and denials decide elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from onrecord.encoder import NUMBERS, Passage, Vectors
from onrecord.linking.actors import Actors
from onrecord.model import Corpus, Group, Telling

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Pair = tuple[int, int]

_KINDS = ("demand", "answer")
_BEFORE, _AFTER = 400, 200  # code points around a telling that may go into its vector, within its paragraph
_FEWEST = 2  # entries, below which there is nothing to compare, and no network to load
_LEAST = 0.3  # cosine below which two entries are not near
_NEAREST = 20  # others that one entry can be near to
_NOBODY = -4.0  # less than any cosine, and so much less that a lead over nobody
_LEADS = 2.0  # is more than any lead
_MANY = 8  # times so many columns, above which not all are put in order
_AT_ONCE = 2**20  # cosines in memory at a time


@dataclass(frozen=True, slots=True)
class Near:
    """How near two entries are, as a cosine.

    ``alone`` is by how much each is nearer to the other than to any other entry of the other's article, at most that
    of the two: above 0 where each is the other's nearest there. It is 0 for two of one article, and None where one of
    them stands alone in its article, so that nothing can be nearer.
    """

    cosine: float
    alone: float | None


class Meanings:
    """What demands and answers mean, as vectors; only those of articles that have to do with each other are compared.

    The vectors are reckoned together when first asked for, those that ``vectors`` does not know by the network.
    """

    def __init__(self, corpus: Corpus, actors: Actors, groups: Sequence[Group], vectors: Vectors) -> None:
        self._corpus, self._known = corpus, vectors
        self._circles = _circles(groups, corpus, actors)
        self._groups = [group for group in groups if group.kind in _KINDS]
        self._rows = {group.id: row for row, group in enumerate(self._groups)}

    def near(self, groups: Sequence[Group]) -> Iterator[tuple[Pair, Near]]:
        """The pairs of these groups that are near, by their numbers, the lesser first, each once.

        A group stands in the article that tells it first.
        """
        own = self.of(groups)
        articles = [group.tellings[0].article for group in groups]
        for block in self._blocks(groups).values():
            block.sort(key=lambda number: (articles[number], number))
            for one, other, near in _near(own[block], [articles[number] for number in block]):
                a, b = sorted((block[one], block[other]))
                yield (a, b), near

    def of(self, groups: Sequence[Group]) -> Floats:
        """The vectors of these demands; of one alone none is needed, and it is nought."""
        if len(groups) < _FEWEST:
            return np.zeros((len(groups), 1), dtype=np.float32)
        return self._vectors[[self._rows[group.id] for group in groups]]

    def pointing(self, answer: Group, demand: Group) -> float:
        """How near an answer points to where a demand lies, as a cosine."""
        return float(self._vectors[self._rows[answer.id]] @ self._vectors[self._rows[demand.id]])

    def _blocks(self, groups: Sequence[Group]) -> dict[str, list[int]]:
        """The numbers of the groups whose articles have to do with each other."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(groups):
            blocks[self._circles[group.tellings[0].article]].append(number)
        return blocks

    @cached_property
    def _vectors(self) -> Floats:
        """Of each demand where it lies and of each answer where what it answers lies: the mean of those of its
        tellings, of length 1.
        """
        told = [list(dict.fromkeys(map(self._passage, group.tellings))) for group in self._groups]
        placed = iter(self._known.place(list(chain.from_iterable(told))))
        means = np.empty((len(told), NUMBERS), dtype=np.float32)
        for row, passages in enumerate(told):
            mean = np.sum([next(placed) for _ in passages], axis=0, dtype=np.float32)
            means[row] = mean / np.linalg.norm(mean)
        return means

    def _passage(self, telling: Telling) -> Passage:
        body = self._corpus.texts[telling.annotation.text].body
        start, end = telling.content[0].start, telling.content[-1].end
        before = body[max(0, start - _BEFORE) : start].rsplit("\n", 1)[-1]
        return Passage(telling.kind, before, body[start:end], body[end : end + _AFTER].split("\n", 1)[0])


def _circles(groups: Sequence[Group], corpus: Corpus, actors: Actors) -> Mapping[str, str]:
    """Of each article the first of those that a chain of shared parties, or of things that both tell, ties to it.

    One article says who asked, the next who answered: parties are all sides whom it names, but for people and places.
    An article that names no side is tied by whomever and whatever it names.
    """
    first: dict[str, str] = {}

    def top(key: str) -> str:
        while first.setdefault(key, key) != key:
            first[key] = first[first[key]]
            key = first[key]
        return key

    def tie(article: str, key: str) -> None:
        a, b = sorted((top(f"article {article}"), top(key)))
        first[b] = a

    texts = {article.id: article.text for article in corpus.articles}
    parties: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for telling in group.tellings:
            parties[telling.article] |= {actors.side(actor) for actor in (*telling.by, *telling.to)}
            tie(telling.article, f"thing {group.id}")
    for article, told in parties.items():
        named = {actors.side(actor) for actor in actors.named_in(texts[article])}
        sides = told | {side for side in named if actors.kind(side) not in ("person", "place")}
        for party in sides or named:
            tie(article, f"party {party}")
    return {article: top(f"article {article}") for article in parties}


def _near(vectors: Floats, articles: Sequence[str]) -> Iterator[tuple[int, int, Near]]:
    """The pairs of rows of which one is among the other's nearest; rows stand article by article."""
    begins = np.array([not n or articles[n] != articles[n - 1] for n in range(len(articles))], dtype=bool)
    starts, of = np.flatnonzero(begins), np.cumsum(begins) - 1  # the first column of each article, and each one's
    # Of each row its nearest columns, how near they are, and by how much each leads over the rest of its article.
    columns = np.empty((len(vectors), min(_NEAREST, len(vectors))), dtype=np.int64)
    near, leads = (np.empty(columns.shape, dtype=np.float32) for _ in range(2))
    rows_at_once = max(1, _AT_ONCE // max(1, len(vectors)))
    for low in range(0, len(vectors), rows_at_once):
        cosines = vectors[low : low + rows_at_once] @ vectors.T
        rows = np.arange(len(cosines))
        cosines[rows, low + rows] = _NOBODY
        first = np.maximum.reduceat(cosines, starts, axis=1)[:, of]
        is_first = cosines == first
        second = np.maximum.reduceat(np.where(is_first, _NOBODY, cosines), starts, axis=1)[:, of]
        only = np.add.reduceat(is_first, starts, axis=1, dtype=np.int32)[:, of] == 1
        lead = cosines - np.where(is_first & only, second, first)
        high = low + len(cosines)
        columns[low:high] = _nearest(cosines)
        near[low:high] = np.take_along_axis(cosines, columns[low:high], axis=1)
        leads[low:high] = np.take_along_axis(lead, columns[low:high], axis=1)
    for one, other, at in _close(columns, near):
        back = next(iter(np.flatnonzero(columns[other] == one).tolist()), None)
        if back is not None and near[other, back] < _LEAST:
            back = None
        if one < other or back is None:
            # What is not among the other's nearest has others before it there.
            there = float(leads[other, back]) if back is not None else -_LEADS
            alone = 0.0 if of[one] == of[other] else _alone(float(leads[one, at]), there)
            yield one, other, Near(float(near[one, at]), alone)


def _close(columns: NDArray[np.int64], near: Floats) -> Iterator[tuple[int, int, int]]:
    """Each row with each of its nearest that is near enough, and its place among them."""
    for one, at in np.argwhere(near >= _LEAST).tolist():
        yield one, int(columns[one, at]), at


def _nearest(cosines: Floats) -> NDArray[np.int64]:
    """The columns of the ``_NEAREST`` largest numbers of each row, the largest first."""
    if cosines.shape[1] > _MANY * _NEAREST:
        some = np.sort(np.argpartition(-cosines, _NEAREST, axis=1)[:, :_NEAREST], axis=1)
    else:
        some = np.broadcast_to(np.arange(cosines.shape[1]), cosines.shape)
    order = np.argsort(-np.take_along_axis(cosines, some, axis=1), axis=1, kind="stable")[:, :_NEAREST]
    found: NDArray[np.int64] = np.take_along_axis(some, order, axis=1)
    return found


def _alone(*leads: float) -> float | None:
    return None if max(leads) > _LEADS else min(leads)
