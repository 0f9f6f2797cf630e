"""Which article repeats another's words, whole, cut or rewritten, and which paragraphs articles have from one another.

What is compared are runs of words outside quotation marks, names left out: two reporters quote one speaker alike and
spell his name differently. Articles are held only against those with which they share a sample of their runs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.linking.order import article_order
from onrecord.linking.shingles import SIZE, common, shingles
from onrecord.model import Article, Copy, Corpus, Role, Statement, Taken

if TYPE_CHECKING:
    from onrecord.linking.shingles import Numbers

_SHARED = 0.3  # of the runs of the shorter; reports written apart on one event share less than a tenth
_AS_SPELLED = 0.24  # with the names as they stand; what is alike without them alone was written after one pattern
_WHOLLY = 0.6  # from which the text is the other's; below it, what is shared must be spread over the paragraphs,
_IN_EACH, _SPREAD = 0.1, 0.6  # so much of each of so many: else a few paragraphs are taken over
_PART = 0.2  # of the longer's runs, that the shorter has; a brief inside a long review is a paragraph taken over
_LEAST = 12  # runs; a shorter text says too little to be called a copy of another
_TAKEN = 0.6  # of the runs of a paragraph
_LEAST_TAKEN = 15  # runs of a paragraph that is called taken over
_EACH = 4  # one run in so many stands in the index
_MET = 2  # runs of the index that two articles share before they are compared
_COMMON = 100  # articles; a run that so many have in common says nothing


@dataclass(frozen=True)
class _Body:
    """What is compared of an article: the runs of its own words, names left out."""

    article: Article
    body: str
    left_out: tuple[tuple[int, int], ...]

    @cached_property
    def all(self) -> Numbers:
        """The runs of the whole text."""
        return shingles(self.body, self.left_out, names=False)

    @cached_property
    def spelled(self) -> Numbers:
        """The same with the names as they stand."""
        return shingles(self.body, self.left_out)

    @cached_property
    def sample(self) -> list[int]:
        """The runs by which the index knows the text."""
        found: list[int] = self.all[self.all % _EACH == 0].tolist()
        return found

    @cached_property
    def paragraphs(self) -> tuple[tuple[int, int, Numbers], ...]:
        """Each paragraph's place and runs."""
        return tuple(self._paragraphs())

    def _paragraphs(self) -> Iterator[tuple[int, int, Numbers]]:
        start = 0
        for line in self.body.splitlines(keepends=True):
            end = start + len(line)
            outside = [(0, start), (end, len(self.body)), *self.left_out]
            yield start, start + len(line.rstrip()), shingles(self.body, outside, names=False)
            start = end


class _Index:
    """Articles by a sample of their runs of words."""

    def __init__(self) -> None:
        self._bodies: list[_Body] = []
        self._holding: dict[int, list[int]] = defaultdict(list)

    def near(self, one: _Body) -> list[_Body]:
        """The articles that share enough of the sample to be worth a comparison, in their order."""
        met = Counter(number for run in one.sample for number in self._holding.get(run, ()))
        return [self._bodies[number] for number in sorted(met) if met[number] >= _MET]

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
    index, first_of_text = _Index(), dict[str, str]()
    copies: list[Copy] = []
    taken: list[Taken] = []
    for article in sorted(corpus.articles, key=article_order):
        if article.text in first_of_text:
            why = "the same text, letter for letter"
            copies.append(Copy(article.id, first_of_text[article.text], "identical", 1.0, why))
            continue
        one = _body(corpus, article)
        near = index.near(one) if len(one.all) >= _LEAST else []
        found = max((copy for other in near if (copy := _as_copy(one, other))), key=lambda c: c.score, default=None)
        first_of_text[article.text] = found.original if found else article.id
        if found:
            copies.append(found)
            continue
        taken += (paragraph for other in near for paragraph in _taken(one, other))
        if len(one.all) >= _LEAST:
            index.add(one)
    return tuple(copies), tuple(taken)


def _body(corpus: Corpus, article: Article) -> _Body:
    noise = [role.span for role in corpus.all(article.text, Role) if role.is_noise]
    quoted = [span for statement in corpus.all(article.text, Statement) for span in statement.verbatim]
    places = tuple((span.start, span.end) for span in (*noise, *quoted))
    one = _Body(article, corpus.texts[article.text].body, places)
    if len(one.all) >= _LEAST:
        return one
    return _Body(article, one.body, tuple((span.start, span.end) for span in noise))  # nothing but a quotation


def _as_copy(one: _Body, earlier: _Body) -> Copy | None:
    shared = common(one.all, earlier.all)
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


def _taken(one: _Body, earlier: _Body) -> Iterator[Taken]:
    """The paragraphs that stand in an earlier article too, as they are or nearly so."""
    if common(one.all, earlier.all) < _LEAST_TAKEN * _TAKEN:
        return
    for start, end, runs in one.paragraphs:
        shared = common(runs, earlier.all)
        if len(runs) >= _LEAST_TAKEN and shared >= _TAKEN * len(runs):
            why = f"{shared / len(runs):.0%} of the paragraph's runs of words are the same"
            yield Taken(one.article.id, earlier.article.id, start, end, round(shared / len(runs), 3), why)
