"""The encoder at work: texts in, attributions out. Loads the weights once a process and checks them first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.encoder.decoding import Found, Weights, decode, decode_names
from onrecord.encoder.windows import Window, make_windows
from onrecord.errors import WeightsError
from onrecord.model import Span, Text

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from onrecord.encoder.decoding import Floats

NETWORK, TOKENIZER, SUMS = "encoder.onnx", "tokenizer.json", "SHA256SUMS"
# Pieces that go through the network at once, padding included: what its caches hold (measured, docs/scores.md).
_BATCH = 256
_RUN = 8  # pieces that one run more costs as much as


_SLOWER = ["SkipLayerNormFusion"]  # onnxruntime's one step for sum and norm takes longer than its two (docs/scores.md)


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution as the encoder reads it: whose words (``source``), by which ``cue``, and which words."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Named:
    """Words that the encoder takes for a name; ``kind`` is one of NAME_KINDS."""

    span: Span
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Marks:
    """All that one pass of the encoder says about some places of a text, in their order."""

    attributions: tuple[Attributed, ...]
    names: tuple[Named, ...]


class Encoder:
    """The network with its tokenizer and the tables of its heads."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._last: tuple[object, Marks] | None = None
        self._weights = Weights.of(json.loads(session.get_modelmeta().custom_metadata_map["onrecord.tables"]))

    def read(self, text: Text, places: Sequence[Span], quoted: Sequence[tuple[Span, Span]]) -> Marks:
        """Who says what in some places of a text, outermost attributions only, and the names there.

        ``places`` are paragraphs, or parts of them, in order. ``quoted`` holds each outermost quotation in the text as
        its span with marks and its inner span, in order. The last pass is kept: stages that ask for the same get it.
        """
        key = (text.id, tuple((p.start, p.end) for p in places), tuple((q.start, q.end) for q, _ in quoted))
        if self._last is None or self._last[0] != key:
            self._last = key, self._pass(text, places, quoted)
        return self._last[1]

    def _pass(self, text: Text, places: Sequence[Span], quoted: Sequence[tuple[Span, Span]]) -> Marks:
        windows = [w for w in make_windows(self._tokenizer, text.body, places, quoted) if w.first]
        scores = self._run(windows)
        attributions: list[Attributed] = []
        names: list[Named] = []
        decoded = decode([(labels, pointers) for labels, pointers, _ in scores], self._weights)
        for window, found, (_, _, named) in zip(windows, decoded, scores, strict=True):
            attributions += (_attributed(text, window, one) for one in found)
            names += (
                Named(text.span(window.starts[first], window.ends[last]), kind, confidence)
                for first, last, kind, confidence in decode_names(named)
            )
        return Marks(tuple(attributions), tuple(names))

    def _run(self, windows: list[Window]) -> list[tuple[Floats, Floats, Floats]]:
        """Label scores, pointer vectors and name scores for each word of each window; like lengths run together."""
        import numpy as np

        outputs: list[tuple[Floats, Floats, Floats] | None] = [None] * len(windows)
        for rows in _batches([len(window.pieces) for window in windows]):
            batch = np.zeros((3, len(rows), max(len(windows[i].pieces) for i in rows)), dtype=np.int64)
            for row, i in enumerate(rows):
                size = len(windows[i].pieces)
                batch[:, row, :size] = windows[i].pieces, windows[i].letters, windows[i].quotes
            labels, pointers, names = self._session.run(
                None, {"pieces": batch[0], "letters": batch[1], "quotes": batch[2]}
            )
            for row, i in enumerate(rows):
                first = windows[i].first
                outputs[i] = labels[row, first], pointers[row, first], names[row, first]
        return [output for output in outputs if output is not None]


def _attributed(text: Text, window: Window, one: Found) -> Attributed:
    def span(place: tuple[int, int]) -> Span:
        return text.span(window.starts[place[0]], window.ends[place[1]])

    return Attributed(
        tuple(span(piece) for piece in one.content),
        span(one.cue) if one.cue else None,
        span(one.source) if one.source else None,
        one.confidence,
    )


def _batches(sizes: Sequence[int]) -> list[list[int]]:
    """Numbers of windows to run together, each run's of like length, so that all runs cost the least.

    A run takes as long as its windows would if all were as long as its longest, and a little more.
    """
    order = sorted(range(len(sizes)), key=lambda i: sizes[i])
    cost, first = [0], [0]  # of the runs of the windows before a place, and where the last of these runs begins
    for place, i in enumerate(order):
        fit = max(1, _BATCH // sizes[i])
        begins = range(max(0, place + 1 - fit), place + 1)
        best = min(begins, key=lambda begin: cost[begin] + (place + 1 - begin) * sizes[i])
        cost.append(cost[best] + (place + 1 - best) * sizes[i] + _RUN)
        first.append(best)
    runs: list[list[int]] = []
    place = len(order)
    while place:
        runs.append(order[first[place] : place])
        place = first[place]
    return runs


@cache
def load_encoder() -> Encoder:
    """The encoder that ships with the package. Raises WeightsError where a file of it is missing or not as shipped."""
    check_weights()
    from onnxruntime import InferenceSession, SessionOptions
    from tokenizers import Tokenizer

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a worker is a process; it takes one core
    options.log_severity_level = 3
    session = InferenceSession(
        str(_folder() / NETWORK), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
    )
    tokenizer = Tokenizer.from_file(str(_folder() / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in an article is three words, not a mark of ours
    return Encoder(session, tokenizer)


@cache
def check_weights() -> str:
    """The digest of the weights, once each file was found to be as shipped. Raises WeightsError."""
    sums = _read(SUMS).decode("ascii", "replace")
    listed = {name: expected for expected, _, name in (line.partition("  ") for line in sums.splitlines())}
    if not {NETWORK, TOKENIZER} <= set(listed):
        raise WeightsError(f"{_folder() / SUMS}: to name {NETWORK} and {TOKENIZER}, and does not; {_MEND}")
    for name, expected in listed.items():
        if (found := hashlib.sha256(_read(name)).hexdigest()) != expected:
            raise WeightsError(f"{_folder() / name}: SHA-256 is {found}, to be {expected}; {_MEND}")
    return hashlib.sha256(sums.encode()).hexdigest()


_MEND = (
    "install the package anew: pip install --force-reinstall --no-deps onrecord "
    "(in a checkout: git checkout -- onrecord/encoder/weights)"
)


def _folder() -> Path:
    return Path(str(files("onrecord.encoder") / "weights"))


def _read(name: str) -> bytes:
    try:
        return (_folder() / name).read_bytes()
    except OSError as error:
        raise WeightsError(
            f"{_folder() / name}: the encoder's file cannot be read ({error.strerror}); {_MEND}"
        ) from error
