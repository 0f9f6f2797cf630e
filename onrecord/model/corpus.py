"""What linking is given: every article of the exchange, the texts they publish and what reading found in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from onrecord.model.annotation import Annotation, Layer
from onrecord.model.text import Article, Text

A = TypeVar("A", bound=Annotation)


@dataclass(frozen=True)
class Corpus:
    """The articles of one exchange. ``texts`` and ``layers`` are keyed by text id."""

    articles: tuple[Article, ...]
    texts: Mapping[str, Text]
    layers: Mapping[str, tuple[Layer, ...]]

    def all(self, text: str, kind: type[A]) -> tuple[A, ...]:
        """The annotations of one kind on one text, in its order."""
        found = [a for layer in self.layers.get(text, ()) for a in layer.annotations if isinstance(a, kind)]
        return tuple(sorted(found, key=lambda a: (a.span.start, -a.span.end, a.id)))
