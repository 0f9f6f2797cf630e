"""Decoding: from the network's scores to spans and the links between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Labels = NDArray[np.int64]

LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
NAME_KINDS = ("person", "organisation", "state", "place", "group")
_SOURCE, _CUE, _CONTENT = 1, 3, 5
_ROWS = 64  # windows labelled at once
Place = tuple[int, int]  # first and last word


@dataclass(frozen=True, slots=True)
class Weights:
    """What decoding needs beside the scores.

    ``moves`` and ``begins`` score a label after a label and at the start; ``nobody`` answers for no cue and no source;
    ``away`` and ``apart`` score the distance of two spans; ``trust`` makes a confidence of what ``evidence`` counts.
    """

    moves: Floats
    begins: Floats
    nobody: Floats
    away: Floats
    apart: Floats
    trust: Floats

    @staticmethod
    def of(tables: dict[str, list[object]]) -> Weights:
        """The weights from the tables that the network's file carries."""
        names = ("moves", "begins", "nobody", "away", "apart", "trust")
        return Weights(*(np.asarray(tables[name], dtype=np.float32) for name in names))


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in a window; spans are first and last word. ``evidence`` is what its confidence rests on."""

    content: tuple[Place, ...]
    cue: Place | None
    source: Place | None
    evidence: tuple[float, ...]
    confidence: float


def decode(windows: Sequence[tuple[Floats, Floats]], weights: Weights) -> list[list[Found]]:
    """The attributions of each window, from its label scores (words x labels) and pointer vectors."""
    found: list[list[Found]] = [[] for _ in windows]
    longest_first = sorted(range(len(windows)), key=lambda i: -len(windows[i][0]))
    for at in range(0, len(longest_first), _ROWS):
        rows = longest_first[at : at + _ROWS]
        paths, beliefs = label([windows[i][0] for i in rows], weights)
        for i, path, belief in zip(rows, paths, beliefs, strict=True):
            found[i] = attributions(path, belief, windows[i][1], weights)
    return found


def label(emitted: Sequence[Floats], weights: Weights) -> tuple[list[Labels], list[Floats]]:
    """The likeliest labels of each row and each word's label probabilities; rows are given longest first.

    Both run over the words of all rows at once: the chain is short in labels and long in words.
    """
    sizes = [len(row) for row in emitted]
    scores = np.zeros((sizes[0], len(sizes), len(LABELS)), dtype=np.float32)
    for row, given in enumerate(emitted):
        scores[: len(given), row] = given
    live = [sum(size > place for size in sizes) for place in range(sizes[0])]
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    moving = np.exp(weights.moves)
    best, forward = scores[0] + weights.begins, odds[0] * np.exp(weights.begins)
    forward /= forward.sum(axis=1, keepdims=True)
    final, ahead = best.copy(), [forward]
    back = np.zeros(scores.shape, dtype=np.int64)
    for place in range(1, sizes[0]):
        n = live[place]
        through = best[:n, :, None] + weights.moves
        back[place, :n] = through.argmax(axis=1)
        best = through.max(axis=1) + scores[place, :n]
        final[:n] = best
        forward = (ahead[-1][:n] @ moving) * odds[place, :n]
        ahead.append(forward / forward.sum(axis=1, keepdims=True))
    beliefs = np.zeros(scores.shape, dtype=np.float32)
    behind = np.ones((len(sizes), len(LABELS)), dtype=np.float32)
    for place in range(sizes[0] - 1, -1, -1):
        n = live[place]
        both = ahead[place] * behind[:n]
        beliefs[place, :n] = both / both.sum(axis=1, keepdims=True)
        if place:
            earlier = (behind[:n] * odds[place, :n]) @ moving.T
            behind[:n] = earlier / earlier.sum(axis=1, keepdims=True)
    return [_trace(back, row, size, final[row]) for row, size in enumerate(sizes)], [
        beliefs[:size, row] for row, size in enumerate(sizes)
    ]


def _trace(back: NDArray[np.int64], row: int, size: int, final: Floats) -> Labels:
    path = np.zeros(size, dtype=np.int64)
    label = int(final.argmax())
    for place in range(size - 1, -1, -1):
        path[place] = label
        label = back[place, row, label]
    return path


def spans(path: Labels, begin: int) -> list[Place]:
    """The spans of one role in a path of labels."""
    found: list[Place] = []
    for place, label in enumerate(path):
        if label == begin:
            found.append((place, place))
        elif label == begin + 1 and found:
            found[-1] = (found[-1][0], place)
    return found


def pointer_scores(vectors: Floats, kind: int, asks: list[Place], answers: list[Place], weights: Weights) -> Floats:
    """Scores of each answer for each that asks, and of nobody in the last column."""
    size = weights.nobody.shape[1]
    part = vectors[:, kind * 4 * size : (kind + 1) * 4 * size].reshape(len(vectors), 4, size)
    a, b = np.array(asks).reshape(-1, 2), np.array(answers, dtype=np.int64).reshape(-1, 2)
    asking = part[a[:, 0], 0] + part[a[:, 1], 1]
    answering = np.concatenate([part[b[:, 0], 2] + part[b[:, 1], 3], weights.nobody[kind][None]])
    scores: Floats = asking @ answering.T / 8
    if not answers:
        return scores
    ahead, behind = b[None, :, 0] - a[:, None, 1], b[None, :, 1] - a[:, None, 0]
    gap = np.where(ahead > 0, ahead, np.where(behind < 0, behind, 0))
    bucket = np.minimum(np.log2(np.maximum(np.abs(gap), 1)).astype(np.int64), 6) + np.where(gap < 0, 7, 0)
    after = b[None, :, 0] > a[:, None, 0]
    place = len(answers) - after.sum(axis=1, keepdims=True)
    index = np.arange(len(answers))[None]
    order = np.where(after, np.minimum(index - place, 3), np.clip(place - index - 1, 0, 3) + 4)
    scores[:, :-1] += weights.away[kind][bucket] + weights.apart[kind][order]
    return scores


def attributions(path: Labels, beliefs: Floats, vectors: Floats, weights: Weights) -> list[Found]:
    """The attributions of one window: contents gathered by the cue they point to, the cue's source with them."""
    contents, cues, sources = (spans(path, begin) for begin in (_CONTENT, _CUE, _SOURCE))
    if not contents:
        return []
    to_cue = chances(pointer_scores(vectors, 0, contents, cues, weights))
    to_source = chances(pointer_scores(vectors, 1, cues, sources, weights)) if cues else np.zeros((0, 1))
    chosen = to_cue.argmax(axis=1)
    sure = beliefs[np.arange(len(path)), path]
    found = []
    for number, cue in enumerate([*cues, None]):
        pieces = [i for i, cue_number in enumerate(chosen) if cue_number == number]
        if not pieces:
            continue
        spoken = int(to_source[number].argmax()) if cue else len(sources)
        source = sources[spoken] if spoken < len(sources) else None
        evidence = (
            min(float(sure[contents[i][0] : contents[i][1] + 1].mean()) for i in pieces),
            min(float(sure[contents[i][0]]) for i in pieces),
            min(float(to_cue[i, number]) for i in pieces),
            float(sure[cue[0] : cue[1] + 1].mean()) if cue else 0.0,
            float(to_source[number, spoken]) if cue else 0.0,
            float(sure[source[0] : source[1] + 1].mean()) if source else 0.5,
        )
        found.append(Found(tuple(contents[i] for i in pieces), cue, source, evidence, trust(evidence, weights)))
    return found


def decode_names(scores: Floats) -> list[tuple[int, int, str, float]]:
    """The names in a window as first word, last word, kind and mean probability; ``scores`` is words x labels."""
    belief = chances(scores)
    found: list[tuple[int, int, str, float]] = []
    for place, label in enumerate(belief.argmax(axis=1)):
        if not label:
            continue
        kind, sure = NAME_KINDS[(label - 1) // 2], float(belief[place, label])
        if label % 2 == 0 and found and found[-1][1] == place - 1 and found[-1][2] == kind:
            first, last, _, before = found[-1]
            found[-1] = (first, place, kind, (before * (last - first + 1) + sure) / (last - first + 2))
        else:
            found.append((place, place, kind, sure))
    return found


def chances(scores: Floats) -> Floats:
    """Each row of scores as probabilities."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = odds / odds.sum(axis=1, keepdims=True)
    return result


def trust(evidence: tuple[float, ...], weights: Weights) -> float:
    """The calibrated probability that an attribution is right; ``weights.trust`` ends with the constant term."""
    logits = np.log(np.clip(evidence, 1e-3, 1 - 1e-3)) - np.log1p(-np.clip(evidence, 1e-3, 1 - 1e-3))
    return float(1 / (1 + np.exp(-(logits @ weights.trust[:-1] + weights.trust[-1]))))
