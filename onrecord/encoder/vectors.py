"""Vectors of passages that were placed before, so that an addition places only what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.encoder.passages import NUMBERS, Passage
from onrecord.encoder.session import load_aligner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Halves = NDArray[np.float16]

_OWN, _ASKED = b"0", b"1"


class Vectors:
    """The vectors of passages by their keys: those known from before, and those that the aligner gives.

    A passage has one vector whatever stands beside it, so what is known is what would be reckoned again.
    """

    def __init__(self, known: Mapping[bytes, Halves] | None = None) -> None:
        self._known = dict(known or {})
        self._used: dict[bytes, Halves] = {}

    @property
    def used(self) -> Mapping[bytes, Halves]:
        """Those that were asked for, by key."""
        return self._used

    @property
    def are_new(self) -> bool:
        """Whether those asked for are others than those known from before."""
        return self._used.keys() != self._known.keys()

    def place(self, passages: Sequence[Passage]) -> tuple[Halves, Halves]:
        """The vectors of these passages as ``Aligner.place`` gives them; the network is loaded only for new ones."""
        import numpy as np

        new = [passage for passage in passages if any(key not in self._known for key in _keys(passage))]
        reckoned = dict(self._known)
        for passage, *vectors in zip(new, *load_aligner().place(new), strict=True) if new else ():
            reckoned |= zip(_keys(passage), vectors, strict=False)
        own, asked = (np.zeros((len(passages), NUMBERS), dtype=np.float16) for _ in (_OWN, _ASKED))
        for row, passage in enumerate(passages):
            for placed, key in zip((own, asked), _keys(passage), strict=False):
                self._used[key] = placed[row] = reckoned[key]
        return own, asked


def _keys(passage: Passage) -> list[bytes]:
    """The keys of a passage's vectors: its own and, of an answer, that of what it answers."""
    return [kind + passage.key for kind in ((_OWN, _ASKED) if passage.kind == "answer" else (_OWN,))]
