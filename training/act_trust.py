"""Learn from the corpus how sure an act is that the rules, the encoder or both find: a logistic regression.

    python -m training.act_trust [--check]

Reads the passages that the network of acts was not taught (``KEPT`` in training/acts.py), with all stages as they ship,
and writes onrecord/reading/acts/trust.tsv. An act counts as right where the corpus has one of its kind and status whose
words it tells. With --check it writes nothing and says how weights learnt on four fifths of the passages do on others.
Needs what the product needs, no torch.
"""

from __future__ import annotations

import argparse
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.model import Act, Layer, Text
from onrecord.plugins import load_stages
from onrecord.reading.acts.stage import find_witnessed
from onrecord.reading.acts.trust import WEIGHTS, features
from onrecord.reading.page import Page
from onrecord.reading.passage import find_passages
from training.acts import KEPT, Drawn, Passage, read_acts

_ROOT = Path(__file__).resolve().parent.parent
_TO = _ROOT / "onrecord" / "reading" / "acts" / WEIGHTS
_OWN = _ROOT / "training" / "corpus" / "acts" / "train"
STRENGTH = 0.5  # of the pull of the weights to zero
STEPS = 60  # of Newton's method, damped
FOLDS = 5
ALIKE, HELD = 0.3, 0.8  # of the words of both; of the words of the corpus
_log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Judged:
    """An act that was found, with its features, and whether it is right."""

    passage: str
    kind: str
    features: tuple[tuple[str, float], ...]
    right: bool


def main() -> None:
    """Learns, and says how well."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    passages = [passage for name in KEPT for passage in read_acts(_OWN / f"{name}.txt")]
    judged = [one for passage in passages for one in judge(passage)]
    if options.check:
        check(passages, judged)
    else:
        write(learn(judged), len(judged), len(passages))


def judge(passage: Passage) -> Iterator[Judged]:
    """The acts found in a passage; what might be and what was not done are no part of the record and left out."""
    page = _page(passage.text)
    left = [act for act in passage.acts if act.modality != "negated"]
    found = [w for w in find_witnessed(page, tuple(find_passages(page))) if not w.act.negated]
    for witnessed in sorted(found, key=lambda w: -sum(w.evidence)):
        act = witnessed.act
        same = next((drawn for drawn in left if is_same(act, drawn)), None)
        if same is not None:
            left.remove(same)
        found_by = features(witnessed.ruled, witnessed.heard, witnessed.evidence, witnessed.around)
        yield Judged(passage.id, act.kind, tuple(found_by), same is not None)


def is_same(act: Act, drawn: Drawn) -> bool:
    """Whether an act is the one drawn in: its kind, its status or polarity, and its words."""
    if act.kind != drawn.kind or (act.status or act.polarity) != drawn.status:
        return False
    told = set().union(*(range(span.start, span.end) for span in act.content))
    wanted = set(range(*drawn.content))
    hull = set(range(min(drawn.content[0], drawn.cue[0]), max(drawn.content[1], drawn.cue[1])))
    return any(len(told & words) / len(told | words) >= ALIKE for words in (wanted, hull)) or (
        len(told & wanted) >= HELD * len(wanted) and len(told) <= 4 * len(wanted) + 60
    )


def _page(body: str) -> Page:
    text = Text.of(body)
    layers: dict[str, Layer] = {}
    for stage in load_stages():
        if stage.name == "acts":
            return Page(text, {need: layers[need] for need in stage.needs})
        found = stage.read(Page(text, {need: layers[need] for need in stage.needs}))
        layers[stage.name] = Layer(text.id, stage.name, "", found.annotations, found.unread)
    raise AssertionError("there is no stage of acts")


def learn(judged: Sequence[Judged]) -> dict[str, float]:
    """The weights, by Newton's method with a pull to zero."""
    names = sorted({name for one in judged for name, _ in one.features})
    place = {name: number for number, name in enumerate(names)}
    given = np.zeros((len(judged), len(names)))
    for row, one in enumerate(judged):
        for name, value in one.features:
            given[row, place[name]] += value
    right = np.array([one.right for one in judged], dtype=float)
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (right - chance) - STRENGTH * weights
        curve = (given * (chance * (1 - chance))[:, None]).T @ given + STRENGTH * np.eye(len(names))
        weights += np.linalg.solve(curve, slope)
    return dict(zip(names, weights.tolist(), strict=True))


def chance(weights: dict[str, float], one: Judged) -> float:
    """The probability that weights give to an act."""
    return float(1 / (1 + np.exp(-sum(weights.get(name, 0.0) * value for name, value in one.features))))


def check(passages: Sequence[Passage], judged: Sequence[Judged]) -> None:
    """How many acts of each kind are right at which confidence, each judged by weights learnt on other passages."""
    fold = {passage.id: number % FOLDS for number, passage in enumerate(passages)}
    told: list[tuple[float, Judged]] = []
    for number in range(FOLDS):
        weights = learn([one for one in judged if fold[one.passage] != number])
        told += ((chance(weights, one), one) for one in judged if fold[one.passage] == number)
    kinds = ("demand", "answer", "meeting", "document", "commitment", "action")
    drawn = {kind: sum(a.kind == kind and a.modality != "negated" for p in passages for a in p.acts) for kind in kinds}
    for kind in kinds:
        rows = [(sure, one.right) for sure, one in told if one.kind == kind]
        parts = []
        for bar in (0.9, 0.8, 0.7, 0.6, 0.5, 0.4):
            taken = [right for sure, right in rows if sure >= bar]
            share = 100 * sum(taken) / max(1, len(taken))
            parts.append(f"{bar:g}: P {share:.0f} R {100 * sum(taken) / max(1, drawn[kind]):.0f}")
        _log.info("%-11s %4d drawn   %s", kind, drawn[kind], "   ".join(parts))


def write(weights: dict[str, float], acts: int, passages: int) -> None:
    """The weights as a table."""
    lines = [
        "# How much each feature speaks for an act that the rules, the encoder or both find.",
        "# Read by onrecord/reading/acts/trust.py, which names the features.",
        f"# Source: python -m training.act_trust, from {acts:,} acts found in {passages} passages of our corpus.",
        "feature\tweight",
        *(f"{feature}\t{weight:.3f}" for feature, weight in sorted(weights.items())),
    ]
    _TO.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _log.info("%d weights in %s", len(lines) - 4, _TO)


if __name__ == "__main__":
    main()
