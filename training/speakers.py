"""Learn from the corpus whose words a source stands for: weights of features, by maximum entropy.

    python -m training.speakers [--check] [--strength L2]

Writes onrecord/reading/speakers/weights.tsv. With --check it writes nothing and says how weights learnt on four fifths
of the passages do on the others. Needs what the product needs, no torch, and takes a minute or two.
"""

from __future__ import annotations

import argparse
import logging
import math
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.statements import same
from onrecord.model import Layer, Text
from onrecord.plugins import load_stages
from onrecord.reading.page import Page
from onrecord.reading.speakers.features import OWN_NAME, Case, Question, kind_of, phrase_of, weigh
from onrecord.reading.speakers.parties import Scene
from onrecord.reading.speakers.ranking import ITSELF, NOBODY, WEIGHTS, Ranked, choose, rank
from onrecord.reading.speakers.sources import Speakers
from training.corpus import Marked, Passage, read_corpus

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ROOT = Path(__file__).resolve().parent.parent
_TO = _ROOT / "onrecord" / "reading" / "speakers" / WEIGHTS
_OWN = _ROOT / "training" / "corpus" / "train"
STRENGTH = 2.0  # of the pull of the weights to zero
STEPS = 250
RATE = 0.05
FOLDS = 5
_LEAST = 0.005  # a smaller weight is left out
_log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Told:
    """A question with its answer: places among the case's parties, then nobody, then itself."""

    passage: str
    marked: Marked
    words: str
    case: Case
    right: tuple[int, ...]
    names: tuple[str, ...]  # of the parties
    ruled: str | None  # the rules' answer
    party: int | None
    method: str
    quoted: bool


def main() -> None:
    """Learns, and says how well."""
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--strength", type=float, default=STRENGTH)
    options = parser.parse_args()
    told = [list(ask(passage)) for passage in read_corpus(_OWN)]
    if options.check:
        check(told, options.strength)
        return
    weights = learn([one for passage in told for one in passage], options.strength)
    write(weights, len(told), sum(map(len, told)))


def ask(passage: Passage) -> Iterator[Told]:
    """The questions of a passage in the order in which the statements stage asks them, answered by the corpus."""
    page = _page(passage)
    scene, speakers = Scene(page), Speakers(page)
    answered: dict[int, int | None] = {}
    for marked in _in_order(passage):
        if not marked.source:
            answered[marked.number] = None
            continue
        start, end = marked.source[0]
        source = page.text.span(start, start + len(passage.text[start:end].rstrip(" ,;:–—")))  # as the reader cuts it
        rule = speakers.resolve(source)
        ruled = scene.party_at(rule.name)
        kind, gender = kind_of(source.exact)
        outer = answered.get(marked.outer) if marked.outer is not None else None
        content = tuple(page.text.span(a, b) for a, b in marked.content)
        question = Question(
            source, phrase_of(source.exact), kind, gender, content, marked.cue_class, outer, ruled, rule.method
        )
        case = weigh(scene, question)
        names = tuple(scene.parties[n].name for n in case.parties)
        right = tuple(i for i, name in enumerate(names) if marked.speaker and same(marked.speaker, name))
        itself = marked.speaker is not None and kind in OWN_NAME and same(marked.speaker, question.words)
        answers = right or ((len(names) + 1,) if itself else (len(names),))
        quoted = any(q.overlaps(piece) for q in scene.quoted for piece in content)
        by_rule = scene.parties[ruled].name if ruled is not None else rule.name.exact if rule.name else None
        yield Told(passage.id, marked, question.words, case, answers, names, by_rule, ruled, rule.method, quoted)
        number = case.parties[right[0]] if right else None
        if itself and not right:
            number = scene.add_unnamed(question.words)
        if number is not None:
            scene.speaks(number, source)
        answered[marked.number] = number


def _page(passage: Passage) -> Page:
    text = Text.of(passage.text)
    layers: dict[str, Layer] = {}
    for stage in load_stages():
        if stage.name in ("statements", "acts") or set(stage.needs) - set(layers):
            continue
        reading = stage.read(Page(text, {need: layers[need] for need in stage.needs}))
        layers[stage.name] = Layer(text.id, stage.name, "", reading.annotations, reading.unread)
    return Page(text, layers)


def _in_order(passage: Passage) -> Iterator[Marked]:
    """Outermost statements by their sources, each with what is nested in it right after it."""

    def below(outer: int | None) -> Iterator[Marked]:
        here = [s for s in passage.statements if s.outer == outer]
        for one in sorted(here, key=lambda s: min(a for a, _ in (*s.source, *s.cue, *s.content))):
            yield one
            yield from below(one.number)

    return below(None)


def learn(told: Sequence[Told], strength: float) -> Mapping[str, float]:
    """The weights under which the right answers are likeliest."""
    numbers: dict[str, int] = {}
    index: list[int] = []
    row_sizes: list[int] = []
    group_sizes: list[int] = []
    right: list[bool] = []
    for one in told:
        rows = [*one.case.features, *([f"{answer}: {f}" for f in one.case.own] for answer in (NOBODY, ITSELF))]
        group_sizes.append(len(rows))
        for place, features in enumerate(rows):
            index += (numbers.setdefault(f, len(numbers)) for f in features)
            row_sizes.append(len(features))
            right.append(place in one.right)
    truth = np.array(right, dtype=float)
    weights = _climb(np.array(index), np.array(row_sizes), np.array(group_sizes), truth, len(numbers), strength)
    return {feature: float(weights[number]) for feature, number in numbers.items()}


def _climb(
    index: NDArray[np.int64], row_sizes: NDArray[np.int64], group_sizes: NDArray[np.int64], right: NDArray[np.float64],
    size: int, strength: float,
) -> NDArray[np.float64]:  # fmt: skip
    """Adam on the whole: the gradient is what is believed of each row, less what is believed given the answer."""
    rows = np.concatenate([[0], np.cumsum(row_sizes)[:-1]])
    groups = np.concatenate([[0], np.cumsum(group_sizes)[:-1]])
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)

    def share(odds: NDArray[np.float64]) -> NDArray[np.float64]:
        shared: NDArray[np.float64] = odds / np.repeat(np.add.reduceat(odds, groups), group_sizes)
        return shared

    for step in range(1, STEPS + 1):
        scores = np.add.reduceat(weights[index], rows)
        odds = np.exp(scores - np.repeat(np.maximum.reduceat(scores, groups), group_sizes)) + 1e-12
        slope = np.repeat(share(odds) - share(odds * right), row_sizes)
        gradient = np.bincount(index, weights=slope, minlength=size) + strength * weights
        first = 0.9 * first + 0.1 * gradient
        second = 0.99 * second + 0.01 * gradient**2
        rate = RATE * (1 - step / (STEPS + 1))
        weights -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def check(told: Sequence[Sequence[Told]], strength: float) -> None:
    """Cross-validation by passage: shares right and wrong by kind of source, and by how sure the ranking was."""
    order = list(range(len(told)))
    random.Random(1).shuffle(order)  # noqa: S311
    judged: list[tuple[Told, Ranked]] = []
    for fold in range(FOLDS):
        apart = set(order[fold::FOLDS])
        weights = learn([one for i, passage in enumerate(told) if i not in apart for one in passage], strength)
        judged += ((one, rank(one.case, weights)) for i in sorted(apart) for one in told[i])
    likelihood = sum(math.log(sum(_row(found)[place] for place in one.right)) for one, found in judged) / len(judged)
    _log.info("log likelihood of an answer %.4f", likelihood)
    report("likeliest", judged, lambda one, found: _said(one, found, int(np.argmax(_row(found)))))
    report("chosen", judged, _chosen)
    report("rules", judged, lambda one, _: one.ruled)


def _row(found: Ranked) -> list[float]:
    return [*found.parties.values(), found.nobody, found.itself]


def _said(one: Told, found: Ranked, place: int) -> str | None:
    return (*one.names, None, one.words)[place]


def _chosen(one: Told, found: Ranked) -> str | None:
    named = one.case.parties.index(one.party) if one.party in one.case.parties else None
    ruled = one.party if named is not None else None
    chosen = choose(found, one.case, ruled, one.method, quoted=one.quoted)
    if chosen == NOBODY:
        return None
    return one.words if chosen == ITSELF else one.names[one.case.parties.index(int(chosen))]


def report(title: str, judged: Sequence[tuple[Told, Ranked]], say: Callable[[Told, Ranked], str | None]) -> None:
    """Prints how the answers of ``say`` fare by kind of source; a metonym left as it is printed is not wrong."""
    tally: Counter[tuple[str, str]] = Counter()
    for one, found in judged:
        name = say(one, found)
        right = same(one.marked.speaker, name)
        printed = one.marked.how == "metonym" and same(name, one.words)
        for key in (one.marked.how, "all", "quoted" if one.quoted else "not quoted"):
            tally[key, "n"] += 1
            tally[key, "right"] += right
            tally[key, "wrong"] += not right and name is not None and not printed
    _log.info("%s", title)
    for key in sorted({key for key, _ in tally}):
        n = tally[key, "n"]
        _log.info(
            "  %-14s%6d  right %5.1f  wrong %5.1f", key, n, 100 * tally[key, "right"] / n, 100 * tally[key, "wrong"] / n
        )


def write(weights: Mapping[str, float], passages: int, questions: int) -> None:
    """The weights as a table."""
    lines = [
        "# How much each feature speaks for an answer to the question whose words a source stands for.",
        "# Read by onrecord/reading/speakers/ranking.py; features are named in features.py beside it.",
        f"# Source: python -m training.speakers, from {questions:,} sources in {passages} passages of our corpus.",
        "feature\tweight",
        *(f"{feature}\t{weight:.3f}" for feature, weight in sorted(weights.items()) if abs(weight) >= _LEAST),
    ]
    _TO.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _log.info("%d weights in %s", len(lines) - 4, _TO)


if __name__ == "__main__":
    main()
