"""What is worked out once: the words of a wording, how a name is read. Kept while a corpus is linked, and no longer."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T", bound=Callable[..., object])

_KEPT: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[T], T]:
    """Keep the results of a function of what was asked last, so many of them, until they are forgotten."""

    def keep(function: T) -> T:
        kept = lru_cache(most)(function)
        _KEPT.append(kept.cache_clear)
        return kept  # type: ignore[return-value]

    return keep


def forget() -> None:
    """Give the memory back: of a large corpus it is more than the record that is drawn from it."""
    for clear in _KEPT:
        clear()
