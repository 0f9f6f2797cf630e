"""A page: one text with the layers a stage declared that it needs, and the segments every stage shares."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import accumulate, chain, groupby
from typing import ClassVar, Protocol, TypeVar, cast

from onrecord.errors import PluginError
from onrecord.model import Annotation, Layer, Role, Span, Text
from onrecord.reading.quotemarks import Quotation, find_quotations
from onrecord.reading.sentences import find_paragraphs, find_sentences

A = TypeVar("A", bound=Annotation)


class Stage(Protocol):
    """What reads one kind of thing in one text. No clock, randomness, locale, database or other text."""

    name: ClassVar[str]
    version: ClassVar[int]  # raised whenever the stage may say something else of the same text
    needs: ClassVar[tuple[str, ...]]  # names of the stages whose layers it reads
    makes: ClassVar[tuple[type[Annotation], ...]]

    def read(self, page: Page) -> Reading:
        """All that the stage says about the page's text."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What a stage found, and the places it could not judge, each with its reason."""

    annotations: tuple[Annotation, ...] = ()
    unread: tuple[tuple[Span, str], ...] = ()


@dataclass(frozen=True)
class Page:
    """A text and its declared layers, by stage name."""

    text: Text
    layers: Mapping[str, Layer] = field(default_factory=dict)
    _found: dict[type[Annotation], tuple[Annotation, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def all(self, kind: type[A]) -> tuple[A, ...]:
        """The annotations of one kind in the declared layers, in the order of the text."""
        if kind not in self._found:
            found = [a for layer in self.layers.values() for a in layer.annotations if isinstance(a, kind)]
            found.sort(key=lambda a: (a.span.start, -a.span.end))
            alike = groupby(found, key=lambda a: (a.span.start, a.span.end))  # few are: an id costs a digest
            same_place = (list(group) for _, group in alike)
            ordered = (sorted(group, key=lambda a: a.id) if len(group) > 1 else group for group in same_place)
            self._found[kind] = tuple(chain.from_iterable(ordered))
        return cast(tuple[A, ...], self._found[kind])

    def layer(self, stage: str) -> Layer:
        """One declared layer. Raises PluginError where the stage did not declare that it needs it."""
        if stage not in self.layers:
            raise PluginError(f"the layer {stage!r} was not declared; add it to the stage's `needs`")
        return self.layers[stage]

    @cached_property
    def noise(self) -> tuple[Span, ...]:
        """Stretches that may not be evidence."""
        return tuple(role.span for role in self.all(Role) if role.is_noise)

    def is_noisy(self, span: Span) -> bool:
        """Whether noise touches the span."""
        starts, reaches = self._noise_limits
        before = bisect_left(starts, span.end) - 1
        return before >= 0 and reaches[before] > span.start

    @cached_property
    def _noise_limits(self) -> tuple[list[int], list[int]]:
        """Where each stretch of noise starts, and how far those up to it reach: one may lie inside another."""
        return [n.start for n in self.noise], list(accumulate((n.end for n in self.noise), max))

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Paragraphs, noise included, in order; blank lines and line breaks part them."""
        return _paragraphs(self.text)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Sentences outside noise, in order; none crosses a paragraph."""
        return tuple(s for s in _sentences(self.text) if not self.is_noisy(s))

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """What stands between quotation marks, in order, by the quote-mark state machine."""
        return _quotations(self.text)


# The stages read one text after the other, each on a page of its own: its segments are found once.
_TEXTS = 2


@lru_cache(maxsize=_TEXTS)
def _paragraphs(text: Text) -> tuple[Span, ...]:
    return find_paragraphs(text)


@lru_cache(maxsize=_TEXTS)
def _sentences(text: Text) -> tuple[Span, ...]:
    return find_sentences(text, _paragraphs(text))


@lru_cache(maxsize=_TEXTS)
def _quotations(text: Text) -> tuple[Quotation, ...]:
    return find_quotations(text, _paragraphs(text))
