"""The encoder at work: texts in; attributions, names and acts out. Weights are checked and loaded once a process."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.encoder.acts import HEARD, ROOTS, WIDTH, Cued, Tables, decode_acts, root_chances
from onrecord.encoder.batches import make_batches
from onrecord.encoder.decoding import Found, Weights, decode, decode_names
from onrecord.encoder.passages import Aligner
from onrecord.encoder.windows import Window, make_windows
from onrecord.errors import WeightsError
from onrecord.model import Span, Text

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    from onrecord.encoder.decoding import Floats

NETWORK, ACTS, ALIGNER = "encoder.onnx", "acts.onnx", "aligner.onnx"
TOKENIZER, SUMS = "tokenizer.json", "SHA256SUMS"
_READING = (NETWORK, ACTS, TOKENIZER)
TABLES = "onrecord.tables"  # where a network's file carries its small tables

_HEADS = ("labels", "pointers", "names")
_LEAST_CUE = 0.4  # probability of the likeliest word of a cue; of what is less likely, one in ten was right (8 of 82)
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
class ActHeard:
    """An act as the encoder reads it: what is done by whom to whom. ``status`` of a demand is its polarity."""

    kind: str
    status: str | None
    root: str | None  # one of ROOTS
    modality: str
    cue: Span
    content: tuple[Span, ...]
    by: tuple[Span, ...]
    to: tuple[Span, ...]
    evidence: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Marks:
    """All that one pass of the encoder says about some places of a text, in their order."""

    attributions: tuple[Attributed, ...]
    names: tuple[Named, ...]


class Encoder:
    """The networks with their tokenizer and the tables of their heads; ``acts`` only where acts are asked for."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer, acts: InferenceSession | None = None) -> None:
        self._session, self._acts = session, acts
        self._tokenizer = tokenizer
        self._last: tuple[object, Marks] | None = None
        self._seen: tuple[tuple[str, object, object], list[Window], list[Floats]] | None = None
        self._weights = Weights.of(_tables(session))
        self._act_tables = Tables.of(_tables(acts)) if acts else None

    def read(self, text: Text, places: Sequence[Span], quoted: Sequence[tuple[Span, Span]]) -> Marks:
        """Who says what in some places of a text, outermost attributions only, and the names there.

        ``places`` are paragraphs, or parts of them, in order. ``quoted`` holds each outermost quotation in the text as
        its span with marks and its inner span, in order. The last pass is kept: stages that ask for the same get it.
        """
        key = _key(text, places, quoted)
        if self._last is None or self._last[0] != key:
            self._last = key, self._pass(text, places, quoted)
        return self._last[1]

    def hear_acts(
        self, text: Text, places: Sequence[Span], quoted: Sequence[tuple[Span, Span]]
    ) -> tuple[ActHeard, ...]:
        """The acts told in some places of a text; the arguments are those of ``read``.

        Reckoned on what ``read`` saw there, where that was the first thing asked of the text.
        """
        assert self._acts is not None
        assert self._act_tables is not None
        key = _key(text, places, quoted)
        if self._seen is None or self._seen[0] != key:
            self._seen = None
            self._pass(text, places, quoted)
        assert self._seen is not None
        _, windows, vectors = self._seen
        numbers = self._run_acts(windows, vectors, HEARD)
        return tuple(
            _heard(text, window, act)
            for window, found in zip(windows, numbers, strict=True)
            for act in decode_acts(found, self._act_tables, _LEAST_CUE)
        )

    def root(self, text: Text, by: Sequence[Span], to: Sequence[Span]) -> dict[str, float]:
        """How likely each type of event is for what ``by`` does to ``to``, in a text of one paragraph.

        ``to`` may be empty. The types are PLOVER's, YIELD standing for its CONCEDE and RETREAT.
        """
        (window,) = (w for w in make_windows(self._tokenizer, text.body, [text.span(0, len(text.body))], ()) if w.first)
        (numbers,) = self._run_acts([window], self.vectors([window]), WIDTH)
        own, other = (window.touched([(span.start, span.end) for span in spans]) for spans in (by, to))
        chances = root_chances(numbers, own, other)
        return dict(zip(ROOTS, (float(chance) for chance in chances), strict=True))

    def vectors(self, windows: list[Window]) -> list[Floats]:
        """What the body gives for each piece of each window after its third and its last layer, side by side."""
        return [found[0] for found in self._run(windows, ("vectors",))]

    def _pass(self, text: Text, places: Sequence[Span], quoted: Sequence[tuple[Span, Span]]) -> Marks:
        windows = [w for w in make_windows(self._tokenizer, text.body, places, quoted) if w.first]
        first_of_text = self._seen is None or self._seen[0][0] != text.id
        scores = self._run(windows, _HEADS + ("vectors",) * first_of_text)
        if first_of_text:
            self._seen = _key(text, places, quoted), windows, [found[3] for found in scores]
        attributions: list[Attributed] = []
        names: list[Named] = []
        scores = [
            tuple(rows[window.first] for rows in found[:3]) for window, found in zip(windows, scores, strict=True)
        ]
        decoded = decode([(labels, pointers) for labels, pointers, _ in scores], self._weights)
        for window, found, (_, _, named) in zip(windows, decoded, scores, strict=True):
            attributions += (_attributed(text, window, one) for one in found)
            names += (
                Named(text.span(window.starts[first], window.ends[last]), kind, confidence)
                for first, last, kind, confidence in decode_names(named)
            )
        return Marks(tuple(attributions), tuple(names))

    def _run(self, windows: Sequence[Window], wanted: Sequence[str]) -> list[tuple[Floats, ...]]:
        """The wanted outputs for each piece of each window; like lengths run together."""
        import numpy as np

        outputs: list[tuple[Floats, ...]] = [()] * len(windows)
        for rows in make_batches([len(window.pieces) for window in windows]):
            batch = np.zeros((3, len(rows), max(len(windows[i].pieces) for i in rows)), dtype=np.int64)
            for row, i in enumerate(rows):
                size = len(windows[i].pieces)
                batch[:, row, :size] = windows[i].pieces, windows[i].letters, windows[i].quotes
            found = self._session.run(list(wanted), {"pieces": batch[0], "letters": batch[1], "quotes": batch[2]})
            for row, i in enumerate(rows):
                outputs[i] = tuple(output[row, : len(windows[i].pieces)] for output in found)
        return outputs

    def _run_acts(self, windows: Sequence[Window], vectors: Sequence[Floats], columns: int) -> list[Floats]:
        """The first columns of the numbers of ``onrecord.encoder.acts`` for each word of each window."""
        import numpy as np

        assert self._acts is not None
        outputs: list[Floats | None] = [None] * len(windows)
        for rows in make_batches([len(window.pieces) for window in windows]):
            size = max(len(windows[i].pieces) for i in rows)
            pieces = np.zeros((len(rows), size), dtype=np.int64)
            held = np.zeros((len(rows), size, vectors[rows[0]].shape[1]), dtype=np.float32)
            for row, i in enumerate(rows):
                pieces[row, : len(windows[i].pieces)] = windows[i].pieces
                held[row, : len(windows[i].pieces)] = vectors[i]
            (found,) = self._acts.run(None, {"vectors": held, "pieces": pieces})
            for row, i in enumerate(rows):
                outputs[i] = found[row, :, :columns][windows[i].first]
        return [output for output in outputs if output is not None]


def _key(text: Text, places: Sequence[Span], quoted: Sequence[tuple[Span, Span]]) -> tuple[str, object, object]:
    return text.id, tuple((p.start, p.end) for p in places), tuple((q.start, q.end) for q, _ in quoted)


def _tables(session: InferenceSession) -> dict[str, list[object]]:
    tables: dict[str, list[object]] = json.loads(session.get_modelmeta().custom_metadata_map[TABLES])
    return tables


def _attributed(text: Text, window: Window, one: Found) -> Attributed:
    def span(place: tuple[int, int]) -> Span:
        return text.span(window.starts[place[0]], window.ends[place[1]])

    return Attributed(
        tuple(span(piece) for piece in one.content),
        span(one.cue) if one.cue else None,
        span(one.source) if one.source else None,
        one.confidence,
    )


def _heard(text: Text, window: Window, act: Cued) -> ActHeard:
    def spans(places: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
        return tuple(text.span(window.starts[first], window.ends[end - 1]) for first, end in places)

    (cue,) = spans([act.cue])
    return ActHeard(
        act.kind,
        act.status,
        act.root,
        act.modality,
        cue,
        spans(act.content),
        spans(act.by),
        spans(act.to),
        act.evidence,
    )


@cache
def load_encoder() -> Encoder:
    """The encoder that ships with the package. Raises WeightsError where a file of it is missing or not as shipped."""
    check_weights()
    return Encoder(_open_network(NETWORK), _tokenizer(), _open_network(ACTS))


@cache
def load_aligner() -> Aligner:
    """The aligner that ships with the package. Raises WeightsError as ``load_encoder`` does."""
    check_weights()
    return Aligner(_open_network(ALIGNER), _tokenizer())


def _open_network(name: str) -> InferenceSession:
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # a worker is a process; it takes one core
    options.log_severity_level = 3
    path = str(_folder() / name)
    return InferenceSession(path, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER)


def _tokenizer() -> Tokenizer:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(_folder() / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True  # "[SEP]" in an article is three words, not a mark of ours
    return tokenizer


@cache
def check_weights() -> str:
    """The digest of what reads, once each file was found to be as shipped. Raises WeightsError."""
    sums = _read(SUMS).decode("ascii", "replace")
    listed = {name: expected for expected, _, name in (line.partition("  ") for line in sums.splitlines())}
    if not {*_READING, ALIGNER} <= set(listed):
        named = ", ".join((*_READING, ALIGNER))
        raise WeightsError(f"{_folder() / SUMS}: to name {named}, and does not; {_MEND}")
    for name, expected in listed.items():
        if (found := hashlib.sha256(_read(name)).hexdigest()) != expected:
            raise WeightsError(f"{_folder() / name}: SHA-256 is {found}, to be {expected}; {_MEND}")
    # The aligner reads nothing: with a better one no article is read again, and only the record is drawn anew.
    return hashlib.sha256("".join(f"{listed[name]}  {name}\n" for name in _READING).encode()).hexdigest()


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
