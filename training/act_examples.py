"""Examples of acts: windows of the corpus with the vectors of the encoder's body, and what is to be learnt there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from onrecord.encoder.acts import KINDS, MODALITIES, ROOTS, TYPES, Place
from onrecord.encoder.session import Encoder
from onrecord.encoder.windows import Window
from training.acts import Drawn, Passage
from training.examples import paragraphs


@dataclass(frozen=True, slots=True)
class Sought:
    """An act to be learnt, in words of its window and numbers of ``onrecord.encoder.acts``; parts are sets of words."""

    kind: int
    cue: Place
    type: int
    root: int  # len(ROOTS) where it has none
    modality: int
    by: frozenset[int]
    to: frozenset[int]
    content: frozenset[int]


@dataclass(frozen=True, slots=True)
class ActExample:
    """A window with its vectors (pieces x numbers) and its acts."""

    id: str
    window: Window
    vectors: NDArray[np.float32]
    acts: tuple[Sought, ...] = field(default=())


def of_acts(encoder: Encoder, tokenizer: Tokenizer, passages: Iterable[Passage]) -> list[ActExample]:
    """The windows of passages, each with the acts whose cue lies in it."""
    windows = [(p, window) for p in passages for window in paragraphs(tokenizer, p.text)]
    vectors = encoder.vectors([window for _, window in windows])
    return [
        ActExample(p.id, window, found, _sought(window, p.acts))
        for (p, window), found in zip(windows, vectors, strict=True)
    ]


def _sought(window: Window, acts: Sequence[Drawn]) -> tuple[Sought, ...]:
    """Acts of one cue and nature are one here, with all their parts; decoding tells one content from two."""
    found: dict[tuple[int, Place, int, int, int], list[Drawn]] = {}
    for act in acts:
        words = window.touched([act.cue])
        if not words or not _inside(window, act.cue):
            continue
        kind, root = KINDS.index(act.kind), ROOTS.index(act.root) if act.root else len(ROOTS)
        about = TYPES.index((act.kind, act.status)), root, MODALITIES.index(act.modality)
        found.setdefault((kind, (words[0], words[-1] + 1), *about), []).append(act)
    return tuple(
        Sought(*key, *(_parts(window, alike, role) for role in ("by", "to", "content"))) for key, alike in found.items()
    )


def _parts(window: Window, acts: Sequence[Drawn], role: str) -> frozenset[int]:
    spans = [act.content for act in acts] if role == "content" else [span for a in acts for span in getattr(a, role)]
    return frozenset(window.touched([span for span in spans if _inside(window, span)]))


def _inside(window: Window, span: Place) -> bool:
    return window.starts[0] <= span[0] and span[1] <= window.ends[-1]
