"""Ranking: how likely each party is the one that speaks, by weights learnt from the corpus."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.tables import read_learnt
from onrecord.reading.speakers.features import Case

WEIGHTS = "weights.tsv"
NOBODY, ITSELF = "nobody", "itself"

# How sure the ranking must be, for words in quotation marks and for others; by cross-validation (docs/scores.md). A
# wrong speaker beside quoted words is the worst that can happen.
SURE_ALONE = {True: 0.93, False: 0.6}  # where no rule says anything
SURE_AGREED = {True: 0.75, False: 0.5}  # where a rule says the same
# Where rules and ranking find the same bearer of "the minister", nine in ten are right however sure the ranking is.
SURE_DESCRIBED, DESCRIBED = 0.9, ("office", "recent")
SURE_NAMED = {True: 0.6, False: 0.3}  # where the source's own words name somebody
SURE_OF_ITSELF = 0.5
# How sure the reading that somebody says quoted words and the ranking of who it is must be together. On passages that
# the encoder had not seen, 10 of 964 had a wrong speaker then, and 21 without (docs/scores.md).
SURE_OF_QUOTED = 0.8
SURE_OF_SOURCE = 0.98  # of quoted words whose source and cue the rules read too


@dataclass(frozen=True, slots=True)
class Ranked:
    """Probabilities: of each party of a case, that nobody is named, and that the source's own words say who it is."""

    parties: Mapping[int, float]
    nobody: float
    itself: float


def rank(case: Case, weights: Mapping[str, float]) -> Ranked:
    """The probabilities of a case, by the weight of each feature."""
    scores = [sum(weights.get(one, 0.0) for one in features) for features in case.features]
    scores += (sum(weights.get(f"{answer}: {one}", 0.0) for one in case.own) for answer in (NOBODY, ITSELF))
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    total = sum(odds)
    *parties, nobody, itself = (one / total for one in odds)
    return Ranked(dict(zip(case.parties, parties, strict=True)), nobody, itself)


def choose(ranked: Ranked, case: Case, ruled: int | None, method: str, *, quoted: bool) -> int | str:
    """The party that speaks, or ITSELF or NOBODY; ``ruled`` is the party that the rules name, by ``method``.

    Whom the source names and the rules pass over ("the spokesman of Anna Berg") is not the one who speaks.
    """
    if ruled is not None and method == "named" and ranked.parties.get(ruled, 1.0) >= SURE_NAMED[quoted]:
        return ruled
    passed_over = case.within - {ruled}
    others = {number: sure for number, sure in ranked.parties.items() if number not in passed_over}
    best = max(others, key=lambda number: others[number], default=None)
    bars = SURE_AGREED if best == ruled else SURE_ALONE
    if best is not None and others[best] >= bars[quoted and not (best == ruled and method in DESCRIBED)]:
        return best
    return ITSELF if ranked.itself >= SURE_OF_ITSELF else NOBODY


@cache
def read_weights() -> Mapping[str, float]:
    """The weight of each feature, as ``python -m training.speakers`` made it. PluginError where it is missing."""
    return read_learnt("onrecord.reading.speakers", WEIGHTS)
