"""How sure an act is: what its two witnesses say, weighed as the corpus teaches."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache

from onrecord.lexicon.tables import read_learnt
from onrecord.model import Act

WEIGHTS = "trust.tsv"
_SURE = 0.9  # a rule's confidence from which it is one of those that mean the act nearly always
_MOST = 5.0  # log odds are kept between this and its negative

Evidence = tuple[float, ...]
"""Probabilities that the encoder gives: of the cue, of the type, of the content, of the modality."""


def trust(ruled: Act | None, heard: Act | None, evidence: Evidence, around: frozenset[str]) -> float:
    """The probability that an act is right which a rule, the encoder or both have found."""
    weights = read_weights()
    score = sum(weights.get(name, 0.0) * value for name, value in features(ruled, heard, evidence, around))
    return round(1 / (1 + math.exp(-score)), 4)


def features(
    ruled: Act | None, heard: Act | None, evidence: Evidence, around: frozenset[str]
) -> Iterator[tuple[str, float]]:
    """What speaks for and against an act, by name. ``evidence`` is empty where the encoder does not hear it."""
    act = heard or ruled
    assert act is not None
    witness = "both" if ruled and heard else "encoder" if heard else "rule"
    yield f"{act.kind}: {witness}", 1.0
    yield f"{act.kind} {act.status or act.polarity}", 1.0
    if ruled and ruled.confidence >= _SURE:
        yield f"a sure rule, {witness}", 1.0
    if ruled and heard and ruled.status != heard.status:
        yield "two statuses", 1.0
    if not ((ruled and ruled.by) or (heard and heard.by)):
        yield f"{act.kind}: nobody", 1.0
    for name in sorted(around):
        yield f"{act.kind}: {name}", 1.0
    if act.modality != "real":
        yield act.modality, 1.0
    for name, chance in zip(("cue", "type", "content", "modality"), evidence, strict=False):
        yield f"{act.kind}: {name}" if name == "cue" else name, _odds(chance)


def _odds(chance: float) -> float:
    chance = min(max(chance, 1e-4), 1 - 1e-4)
    return min(max(math.log(chance / (1 - chance)), -_MOST), _MOST)


@cache
def read_weights() -> Mapping[str, float]:
    """The weights of the features as ``python -m training.act_trust`` made them; what is not listed weighs nothing."""
    return read_learnt("onrecord.reading.acts", WEIGHTS)
