"""Which article repeats another's words, whole, cut or rewritten, and which paragraphs articles have from one another.

What is compared are runs of words outside quotation marks, names left out: two reporters quote one speaker alike and
spell his name differently. Articles are held only against those with which they share a sample of their runs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from onrecord.linking.order import article_order
from onrecord.linking.shingles import SIZE, common, shingles, shingles_of_each
from onrecord.model import Article, Copy, Corpus, Role, Statement, Taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from onrecord.linking.shingles import Numbers, Places

_SHARED = 0.3  # of the runs of the shorter; reports written apart on one event share less than a tenth
_AS_SPELLED = 0.24  # with the names as they stand; what is alike without them alone was written after one pattern
_WHOLLY = 0.6  # from which the text is the other's; below it, what is shared must be spread over the paragraphs,
_IN_EACH, _SPREAD = 0.1, 0.6  # so much of each of so many: else a few paragraphs are taken over
_PART = 0.2  # of the longer's runs, that the shorter has; a brief inside a long review is a paragraph taken over
_LEAST = 12  # runs; a shorter text says too little to be called a copy of another
_TAKEN = 0.6  # of the runs of a paragraph
_LEAST_TAKEN = 15  # runs of a paragraph that is called taken over
_EACH = 4  # one run in so many stands in the index; a power of two
_TOGETHER = 256  # texts whose samples are drawn at once
_MET = 2  # runs of the index that two articles share before they are compared
_COMMON = 100  # articles; a run that so many have in common says nothing


@dataclass(frozen=True, eq=False)
class _Body:
    """What is compared of an article: the runs of its own words, names left out."""

    article: Article
    body: str
    left_out: Places
    all: Numbers  # the runs of the whole text
    sample: list[int]  # the runs by which the index knows the text

    @cached_property
    def spelled(self) -> Numbers:
        """The runs of the whole text with the names as they stand."""
        return shingles(self.body, self.left_out)

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int, Numbers], ...]:
        """Each paragraph's place and runs."""
        lines = self.body.splitlines(keepends=True)
        if len(lines) == 1:  # read already
            return ((0, len(self.body.rstrip()), self.all),)
        places = list(pairwise(accumulate(map(len, lines), initial=0)))
        texts = [(line, self._left_out_between(*place)) for line, place in zip(lines, places, strict=True)]
        runs = shingles_of_each(texts, names=False)
        each = zip(places, lines, runs, strict=True)
        return tuple((start, start + len(line.rstrip()), found) for (start, _), line, found in each)

    def _left_out_between(self, start: int, end: int) -> Places:
        """The places left out between two, counted from the first of these."""
        return [(max(a, start) - start, min(b, end) - start) for a, b in self.left_out if a < end and b > start]


class _Index:
    """Articles by a sample of their runs of words."""

    def __init__(self) -> None:
        self._bodies: list[_Body] = []
        self._holding: dict[int, list[int]] = defaultdict(list)

    def near(self, one: _Body) -> list[_Body]:
        """The articles that share enough of the sample to be worth a comparison, in their order."""
        met = Counter(chain.from_iterable(map(self._holding.__getitem__, one.sample)))
        return [self._bodies[number] for number in sorted(number for number, runs in met.items() if runs >= _MET)]

    def add(self, one: _Body) -> None:
        for run in one.sample:
            if len(self._holding[run]) < _COMMON:
                self._holding[run].append(len(self._bodies))
        self._bodies.append(one)


def find_copies(corpus: Corpus) -> tuple[Copy, ...]:
    """Each article that repeats an earlier one, with that one; an original is never itself a copy.

    Earlier means: first in the order of articles (day of publication, then file name).
    """
    return find_shared(corpus)[0]


def find_shared(corpus: Corpus) -> tuple[tuple[Copy, ...], tuple[Taken, ...]]:
    """The copies, and the paragraphs that articles which are no copies have in common with an earlier one."""
    articles = sorted(corpus.articles, key=article_order)
    bodies = _bodies(corpus, articles)
    index, first_of_text = _Index(), dict[str, str]()
    copies: list[Copy] = []
    taken: list[Taken] = []
    for article in articles:
        if article.text in first_of_text:
            why = "the same text, letter for letter"
            copies.append(Copy(article.id, first_of_text[article.text], "identical", 1.0, why))
            continue
        one = bodies[article.text]
        near = [(other, common(one.all, other.all)) for other in index.near(one)]
        found = max((copy for pair in near if (copy := _as_copy(one, *pair))), key=lambda c: c.score, default=None)
        first_of_text[article.text] = found.original if found else article.id
        if found:
            copies.append(found)
            continue
        taken += (paragraph for pair in near for paragraph in _taken(one, *pair))
        index.add(one)
    return tuple(copies), tuple(taken)


def _bodies(corpus: Corpus, articles: Iterable[Article]) -> dict[str, _Body]:
    """By text id, what is compared of each text, with the first of its articles."""
    firsts: dict[str, Article] = {}
    for article in articles:
        firsts.setdefault(article.text, article)
    texts = [(corpus.texts[text].body, _noise(corpus, text) + _quoted(corpus, text)) for text in firsts]
    runs = list(shingles_of_each(texts, names=False))
    for number, text in enumerate(firsts):
        if len(runs[number]) < _LEAST and len(noise := _noise(corpus, text)) < len(texts[number][1]):
            texts[number] = texts[number][0], noise  # nothing but a quotation
            runs[number] = shingles(*texts[number], names=False)
    of_each = zip(firsts.items(), texts, runs, _samples(runs), strict=True)
    return {text: _Body(article, *body, found, sample) for (text, article), body, found, sample in of_each}


def _noise(corpus: Corpus, text: str) -> list[tuple[int, int]]:
    return [(role.span.start, role.span.end) for role in corpus.all(text, Role) if role.is_noise]


def _quoted(corpus: Corpus, text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for statement in corpus.all(text, Statement) for span in statement.verbatim]


def _samples(of_each: Sequence[Numbers]) -> list[list[int]]:
    """The runs by which the index knows each text: one in so many, and of these only those that another text has too.

    Most runs stand in one text alone and lead to no other; they are sorted out here, for all texts at once, so that
    the index is asked for few. A text too short to be called a copy has none.
    """
    parts = [_drawn(of_each, start) for start in range(0, len(of_each), _TOGETHER)]
    runs = np.concatenate([np.empty(0, np.uint64), *(part for part, _ in parts)])
    text_of = np.concatenate([np.empty(0, np.intp), *(part for _, part in parts)])
    again = _again(runs)
    kept = runs[again].tolist()
    borders = text_of[again].searchsorted(np.arange(len(of_each) + 1)).tolist()
    return [kept[start:end] for start, end in pairwise(borders)]


def _drawn(of_each: Sequence[Numbers], start: int) -> tuple[Numbers, NDArray[np.intp]]:
    """Of some texts in turn, from the given number on, the sampled runs, and the number of the text that has each."""
    some = [runs if len(runs) >= _LEAST else runs[:0] for runs in of_each[start : start + _TOGETHER]]
    runs = np.concatenate(some)
    sampled = runs & np.uint64(_EACH - 1) == 0
    text_of = np.repeat(np.arange(start, start + len(some)), [len(runs) for runs in some])
    return runs.compress(sampled), text_of.compress(sampled)


def _again(runs: Numbers) -> NDArray[np.intp]:
    """The places of the numbers that stand at another place too, in order."""
    # Sorting all would take longest: first go those that are alone in their first digits.
    digits = min(20, len(runs).bit_length() + 1)
    firsts = (runs >> np.uint64(64 - digits)).view(np.int64)
    left = np.flatnonzero(np.bincount(firsts)[firsts] > 1)
    left = left[runs[left].argsort()]
    same = np.flatnonzero(runs[left[1:]] == runs[left[:-1]])
    return np.union1d(left[same], left[same + 1])


def _as_copy(one: _Body, earlier: _Body, shared: int) -> Copy | None:
    shorter, longer = sorted((len(one.all), len(earlier.all)))
    share = shared / shorter
    if share < _SHARED or shared < _PART * longer:
        return None
    spelled = common(one.spelled, earlier.spelled) / min(len(one.spelled), len(earlier.spelled))
    if spelled < _AS_SPELLED or (share < _WHOLLY and not _is_spread(*sorted((one, earlier), key=lambda b: len(b.all)))):
        return None
    whose = (
        "" if shorter > 0.8 * longer else " of the shorter" if len(one.all) < len(earlier.all) else " of the earlier"
    )
    why = f"{share:.0%} of the runs of words{whose} are the same, names and quotations left out"
    return Copy(one.article.id, earlier.article.id, "near", round(share, 3), why)


def _is_spread(shorter: _Body, longer: _Body) -> bool:
    """Whether what two texts share stands all over the shorter, as in one that was rewritten."""
    runs = [runs for _, _, runs in shorter.paragraphs if len(runs) >= SIZE]
    return sum(common(one, longer.all) >= _IN_EACH * len(one) for one in runs) >= _SPREAD * len(runs)


def _taken(one: _Body, earlier: _Body, shared: int) -> Iterator[Taken]:
    """The paragraphs that stand in an earlier article too, as they are or nearly so."""
    if shared < _LEAST_TAKEN * _TAKEN:
        return
    for start, end, runs in one.paragraphs:
        if len(runs) >= _LEAST_TAKEN and (found := common(runs, earlier.all)) >= _TAKEN * len(runs):
            why = f"{found / len(runs):.0%} of the paragraph's runs of words are the same"
            yield Taken(one.article.id, earlier.article.id, start, end, round(found / len(runs), 3), why)
