"""Vectors of passages that were placed before, so that an addition places only what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from onrecord.encoder.passages import NUMBERS, Passage
from onrecord.encoder.session import load_aligner

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Halves = NDArray[np.float16]


class Vectors:
    """The vectors of passages by their keys: those known from before, and those that the aligner gives.

    An answer's is where the demand lies that it answers. A passage has one vector whatever stands beside it, so what is
    known is what would be reckoned again. ``threads`` is how many reckon at once.
    """

    WIDTH: ClassVar[int] = NUMBERS

    def __init__(self, known: Mapping[bytes, Halves] | None = None, threads: int | None = None) -> None:
        self._known, self._threads = dict(known or {}), threads
        self._before = frozenset(self._known)
        self._used: set[bytes] = set()

    @property
    def used(self) -> Mapping[bytes, Halves]:
        """Those that were asked for, by key."""
        return {key: self._known[key] for key in sorted(self._used)}

    @property
    def are_new(self) -> bool:
        """Whether those asked for are others than those known from before."""
        return self._used != self._before

    def place(self, passages: Sequence[Passage]) -> list[Halves]:
        """The vector of each of these passages; the network is loaded only where some are new."""
        new = [passage for passage in passages if passage.key not in self._known]
        for passage, own, asked in zip(new, *load_aligner().place(new, self._threads), strict=True) if new else ():
            self._known[passage.key] = (asked if passage.kind == "answer" else own).copy()
        keys = [passage.key for passage in passages]
        self._used.update(keys)
        return [self._known[key] for key in keys]
