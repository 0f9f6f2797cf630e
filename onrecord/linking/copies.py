"""Which article repeats another's words: exact copies by hash, near copies by sketch and then by count."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rensa import RMinHash, RMinHashLSH

from onrecord.linking.order import article_order
from onrecord.model import Copy, Corpus, Role, Text

_WORD = re.compile(r"\w+")
_SHINGLE = 4  # words; short enough that a changed name breaks four shingles and not ten
_LEAST_SHINGLES = 12  # a shorter text says too little to be called a copy of another
_SKETCH, _BANDS, _SEED = 128, 32, 1
_SHARED = 0.6  # of all shingles of both; two reports written apart on one event stay below 0.2


def find_copies(corpus: Corpus) -> tuple[Copy, ...]:
    """Each article that repeats an earlier one, with that one; an original is never itself a copy.

    Earlier means: first in the order of articles (day of publication, then file name).
    """
    shingles = {text.id: _shingles(text, corpus) for text in corpus.texts.values()}
    near = dict(_near_pairs(shingles))
    founders: list[str] = []  # texts that found a family, in the order of articles
    first_article: dict[str, str] = {}
    copies = []
    for article in sorted(corpus.articles, key=article_order):
        if article.text in first_article:
            copies.append(_identical(article.id, first_article[article.text]))
            continue
        known = [(near[pair], founder) for founder in founders if (pair := _pair(article.text, founder)) in near]
        if known:
            score, founder = max(known, key=lambda found: (found[0], -founders.index(found[1])))
            first_article[article.text] = first_article[founder]
            why = f"{score:.0%} of the runs of {_SHINGLE} words are the same"
            copies.append(Copy(article.id, first_article[founder], "near", round(score, 3), why))
            continue
        founders.append(article.text)
        first_article[article.text] = article.id
    return tuple(copies)


def _identical(article: str, original: str) -> Copy:
    return Copy(article, original, "identical", 1.0, "the same text, letter for letter")


def _shingles(text: Text, corpus: Corpus) -> frozenset[str]:
    """Runs of words of the article itself, page noise left out."""
    noise = [role.span for role in corpus.all(text.id, Role) if role.is_noise]
    kept, last = [], 0
    for span in noise:
        kept.append(text.body[last : span.start])
        last = max(last, span.end)
    words = _WORD.findall((" ".join(kept) + " " + text.body[last:]).casefold())
    return frozenset(" ".join(run) for run in zip(*(words[i:] for i in range(_SHINGLE)), strict=False))


def _near_pairs(shingles: dict[str, frozenset[str]]) -> Iterator[tuple[tuple[str, str], float]]:
    """Pairs of text ids with the share of shingles they have in common, from ``_SHARED`` up."""
    ids = sorted(text for text, found in shingles.items() if len(found) >= _LEAST_SHINGLES)
    index = RMinHashLSH(threshold=_SHARED, num_perm=_SKETCH, num_bands=_BANDS)
    for number, text in enumerate(ids):
        sketch = RMinHash(num_perm=_SKETCH, seed=_SEED)
        sketch.update(sorted(shingles[text]))
        for other in index.query(sketch):
            a, b = shingles[text], shingles[ids[other]]
            shared = len(a & b) / len(a | b)
            if shared >= _SHARED:
                yield _pair(text, ids[other]), shared
        index.insert(number, sketch)


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
