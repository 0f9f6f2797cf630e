"""Passages: a telling as a vector that lies near those of other tellings of the same thing, in other articles' words.

Embeddings propose and never judge: a demand and its opposite lie close too. Who asks whom, numbers and negations are
for the rules that use these vectors.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.encoder.windows import CLS, SEP

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

    Floats = NDArray[np.float32]
    Halves = NDArray[np.float16]

NUMBERS = 384
"""Of a vector."""
_BEFORE, _WITHIN, _AFTER = 24, 48, 12  # pieces of the vocabulary: what tells a thing, and what stands around it
_MARK = 1


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that tell a thing of some kind, with what stands before and after them in their paragraph."""

    kind: str
    before: str
    words: str
    after: str = ""

    @property
    def key(self) -> bytes:
        """Sixteen bytes that stand for what the vectors depend on."""
        told = "\0".join((self.kind, self.before, self.words, self.after))
        return hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=16).digest()


class Aligner:
    """The network with its tokenizer."""

    def __init__(self, session: InferenceSession, tokenizer: Tokenizer) -> None:
        self._session, self._tokenizer = session, tokenizer

    def place(self, passages: Sequence[Passage], threads: int | None = None) -> tuple[Halves, Halves]:
        """Unit vectors of passages, passages x NUMBERS; and of answers where the demands that they answer lie.

        The second is of no use for what is no answer. Each passage goes through the network alone: in 8 bits, what
        runs together is rounded together, and a passage would move with its company. That takes a quarter longer.
        ``threads`` is how many reckon at once. Half precision is finer than what 8 bits leave, and takes half the room
        to keep.
        """
        import numpy as np

        own, asked = (np.zeros((len(passages), NUMBERS), dtype=np.float16) for _ in range(2))
        # The network lets go of Python's lock while it reckons, so threads take a core each; linking has one process.
        pool = ThreadPoolExecutor(threads)
        try:
            for row, placed in enumerate(pool.map(self._place, passages)):
                (own[row],), (asked[row],) = placed
        finally:
            pool.shutdown(cancel_futures=True)  # Ctrl-C does not wait for all that is to come
        return own, asked

    def _place(self, passage: Passage) -> tuple[Floats, Floats]:
        import numpy as np

        pieces, inside = (np.array([numbers], dtype=np.int64) for numbers in pieces_of(self._tokenizer, passage))
        own, asked = self._session.run(None, {"pieces": pieces, "inside": inside})
        return own, asked


def pieces_of(tokenizer: Tokenizer, passage: Passage) -> tuple[list[int], list[int]]:
    """The pieces of a passage, and for each whether it belongs to the words that tell the thing (1) or not (0)."""
    around = (f"{passage.kind} :", passage.before, passage.words, passage.after)
    kind, before, words, after = (code.ids for code in tokenizer.encode_batch(list(around), add_special_tokens=False))
    ahead = [CLS, *kind, *before[-_BEFORE:]]
    within, behind = words[:_WITHIN], [*after[:_AFTER], SEP]
    return [*ahead, *within, *behind], [0] * len(ahead) + [_MARK] * len(within) + [0] * len(behind)
