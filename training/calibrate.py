"""Confidence that means something: the probability that a statement is right, fitted on the development articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from training.evaluate import Articles, load_scorer

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One predicted statement: its evidence, whether it counts for ``stmt``, and the number of its article."""

    evidence: tuple[float, ...]
    right: bool
    article: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Statements of like confidence: how many, their mean confidence, and the share that is right."""

    size: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the evidence for the product, and how far confidence by weights of other articles is off.

    ``error`` is the expected calibration error in percent; in ``bins`` confidence rises by a tenth.
    """

    trust: tuple[float, ...]
    error: float
    bins: tuple[Bin, ...]


def calibrate(articles: Articles, predicted: Articles, scorer: Path) -> Calibration:
    """The calibration on all articles, and its reliability by cross-fitting over them."""
    rows = judge(articles, predicted, scorer)
    error, bins = reliability(held_out(rows), rows)
    return Calibration(fit(rows), error, bins)


def judge(articles: Articles, predicted: Articles, scorer: Path) -> list[Row]:
    """A row for each predicted statement, by the scorer's own rules."""
    score = load_scorer(scorer)
    rows: list[Row] = []
    for number, (article, found) in enumerate(zip(articles, predicted, strict=True)):
        tokens = score.words(article["text"])
        inside = score.quoted(article["text"], tokens)
        gold = score.prepare(article["statements"], tokens, inside)
        ready = [(s, made[0]) for s in found["statements"] if (made := score.prepare([s], tokens, inside))]
        pairs = {j: i for i, j in score.pair(gold, [made for _, made in ready])}
        for j, (statement, made) in enumerate(ready):
            rows.append(Row(statement["evidence"], j in pairs and score.source_ok(gold[pairs[j]], made), number))
    return rows


def fit(rows: Sequence[Row], decay: float = 1e-3) -> tuple[float, ...]:
    """Weights of the logits of the evidence, the constant last, by logistic regression.

    More evidence never lowers the confidence: what would get a weight below zero gets none, the rest is fitted anew.
    """
    kept = torch.ones(len(rows[0].evidence) + 1)
    while True:
        weights = _regress(rows, kept, decay)
        below = (weights < 0) & (torch.arange(len(weights)) < len(weights) - 1)
        if not below.any():
            return tuple(round(float(w), 4) for w in weights)
        kept = kept * ~below


def _regress(rows: Sequence[Row], kept: torch.Tensor, decay: float) -> torch.Tensor:
    x, y = _inputs(rows) * kept, torch.tensor([float(row.right) for row in rows])
    weights = torch.zeros(x.shape[1], requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ weights, y) + decay * weights.square().sum()
        loss.backward()
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    return weights.detach() * kept


def held_out(rows: Sequence[Row], folds: int = FOLDS) -> np.ndarray[Any, Any]:
    """The confidence of each row by weights fitted on other articles."""
    found = np.zeros(len(rows))
    for fold in range(folds):
        weights = torch.tensor(fit([row for row in rows if row.article % folds != fold]))
        mine = [i for i, row in enumerate(rows) if row.article % folds == fold]
        found[mine] = torch.sigmoid(_inputs([rows[i] for i in mine]) @ weights).numpy()
    return found


def reliability(confidence: np.ndarray[Any, Any], rows: Sequence[Row], bins: int = 10) -> tuple[float, tuple[Bin, ...]]:
    """Expected calibration error in percent, and the bins of confidence that hold any row."""
    right = np.array([row.right for row in rows], dtype=float)
    numbers = np.minimum((confidence * bins).astype(int), bins - 1)
    inside = [numbers == number for number in range(bins) if (numbers == number).any()]
    table = tuple(Bin(int(i.sum()), float(confidence[i].mean()), float(right[i].mean())) for i in inside)
    return 100 * sum(b.size * abs(b.confidence - b.right) for b in table) / len(rows), table


def _inputs(rows: Sequence[Row]) -> torch.Tensor:
    evidence = torch.tensor([row.evidence for row in rows], dtype=torch.float32).clamp(1e-3, 1 - 1e-3)
    return torch.cat([torch.logit(evidence), torch.ones(len(rows), 1)], dim=1)
