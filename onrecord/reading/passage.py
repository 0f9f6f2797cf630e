"""A passage: one sentence as words, with everything earlier stages said about it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple, TypeVar

from onrecord.model import Annotation, Name, Office, Reference, Span, Statement, Text, Timex
from onrecord.reading.page import Page

A = TypeVar("A", bound=Annotation)

# "U.S." and "10.5" are one word, "co-operate" is one, "Norland's" is two: the possessor and its mark.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|\w+?n['’]t\b|['’]s\b|['’]re\b|\w+(?:[-‐‑]\w+)*|[^\w\s]")


class Word(NamedTuple):
    """A word or a mark of a passage; ``low`` is the word in lower case."""

    start: int
    end: int
    text: str
    low: str

    @property
    def is_mark(self) -> bool:
        """Whether it is punctuation."""
        return not self.text[0].isalnum() and len(self.text) == 1


@dataclass(frozen=True)
class Passage:
    """One sentence. Word indices are half open: (first, end) is ``words[first:end]``."""

    text: Text
    span: Span
    words: tuple[Word, ...]
    names: tuple[Name, ...] = ()
    references: tuple[Reference, ...] = ()
    offices: tuple[Office, ...] = ()
    times: tuple[Timex, ...] = ()
    statements: tuple[Statement, ...] = field(default=())

    def cut(self, first: int, end: int) -> Span:
        """The span of ``words[first:end]``, without the marks that stand loose at its ends.

        Quotation marks and brackets stay where both of the pair are inside.
        """
        inside = self.words[first:end]
        kept = [n for n, word in enumerate(inside) if not word.is_mark]
        low, high = (kept[0], kept[-1] + 1) if kept else (0, len(inside))
        while high < len(inside) and inside[high].text in _CLOSING and _unclosed(inside[low:high], inside[high].text):
            high += 1
        if low and inside[low - 1].text in _OPENING and inside[high - 1].text in _CLOSING:
            low -= 1
        return self.text.span(inside[low].start, inside[high - 1].end)

    def words_of(self, span: Span) -> tuple[int, int]:
        """The word indices that a span of the text covers."""
        return bisect_left(self._ends, span.start + 1), bisect_left(self._starts, span.end)

    def low(self, index: int) -> str:
        """The word at an index in lower case; empty outside the passage."""
        return self.words[index].low if 0 <= index < len(self.words) else ""

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each word stands, by the word in lower case."""
        found: dict[str, list[int]] = {}
        for index, word in enumerate(self.words):
            found.setdefault(word.low, []).append(index)
        return found

    @cached_property
    def name_of(self) -> dict[int, Name]:
        """The name, if any, that each word belongs to."""
        return dict(self._spread(self.names))

    @cached_property
    def reference_of(self) -> dict[int, Reference]:
        """The reference, if any, that each word belongs to."""
        return dict(self._spread(self.references))

    @cached_property
    def time_of(self) -> dict[int, Timex]:
        """The time expression, if any, that each word belongs to."""
        return dict(self._spread(self.times))

    @cached_property
    def office_starts(self) -> frozenset[int]:
        """Words at which an office begins ("Foreign Minister")."""
        return frozenset(self.words_of(office.span)[0] for office in self.offices)

    @cached_property
    def cue_words(self) -> frozenset[int]:
        """Words that are the verb of a statement ("said")."""
        cues = (cue for statement in self.statements for cue in statement.cue if self.span.covers(cue))
        return frozenset(n for cue in cues for n in range(*self.words_of(cue)))

    @cached_property
    def quoted(self) -> frozenset[int]:
        """The words inside quotation marks that close in the sentence, the marks with them."""
        inside: set[int] = set()
        opened: tuple[int, str] | None = None
        for index, word in enumerate(self.words):
            if opened and word.text == opened[1]:
                inside.update(range(opened[0], index + 1))
                opened = None
            elif opened is None and word.text in _QUOTES:
                opened = index, _QUOTES[word.text]
        return frozenset(inside)

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    def _spread(self, found: Sequence[A]) -> Iterator[tuple[int, A]]:
        for annotation in sorted(found, key=lambda a: len(a.span)):
            for index in range(*self.words_of(annotation.span)):
                yield index, annotation


_QUOTES = {"“": "”", "«": "»", "„": "”", '"': '"'}
_CLOSING = frozenset('”"’»)]″')
_OPENING = frozenset('“"‘«([„″')
_PAIR = {"”": "“„", '"': '"', "’": "‘", "»": "«", ")": "(", "]": "[", "″": "″"}


def _unclosed(words: Sequence[Word], closing: str) -> bool:
    """Whether one of the words opens what the mark closes."""
    opened = sum(word.text in _PAIR[closing] for word in words)
    closed = sum(word.text == closing for word in words)
    return opened % 2 == 1 if closing in _PAIR[closing] else opened > closed


def find_words(text: Text, span: Span) -> tuple[Word, ...]:
    """The words and marks of a span, in order.

    >>> [word.text for word in find_words(Text.of("Norland’s reply"), Text.of("Norland’s reply").span(0, 15))]
    ['Norland', '’s', 'reply']
    """
    found = _WORD.finditer(text.body, span.start, span.end)
    return tuple(Word(m.start(), m.end(), m[0], m[0].lower()) for m in found)


def find_passage(page: Page, sentence: Span) -> Passage:
    """One sentence with its names, offices, references and times."""
    return Passage(
        page.text,
        sentence,
        find_words(page.text, sentence),
        _inside(page.all(Name), sentence),
        _inside(page.all(Reference), sentence),
        _inside(page.all(Office), sentence),
        _inside(page.all(Timex), sentence),
    )


def find_passages(page: Page) -> Iterator[Passage]:
    """The sentences of a page, each with the annotations that lie in it; statements also where they only overlap."""
    told = _by_sentence(_flat(page.all(Statement)), page.sentences)
    for sentence, statements in zip(page.sentences, told, strict=True):
        yield replace(find_passage(page, sentence), statements=tuple(statements))


def _inside(found: Sequence[A], sentence: Span) -> tuple[A, ...]:
    first = bisect_left(found, sentence.start, key=lambda a: a.span.start)
    last = bisect_left(found, sentence.end, key=lambda a: a.span.start)
    return tuple(a for a in found[first:last] if a.span.end <= sentence.end)


def _by_sentence(statements: Sequence[Statement], sentences: Sequence[Span]) -> list[list[Statement]]:
    """For each sentence the statements that overlap it, in the order given."""
    starts, ends = [s.start for s in sentences], [s.end for s in sentences]
    found: list[list[Statement]] = [[] for _ in sentences]
    for statement in statements:
        for place in range(bisect_right(ends, statement.span.start), bisect_left(starts, statement.span.end)):
            found[place].append(statement)
    return found


def _flat(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Statements and those nested in them, outermost first."""
    return tuple(deep for s in statements for deep in (s, *_flat(s.inner)))
