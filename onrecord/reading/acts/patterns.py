"""Patterns of words, as the lexicon writes them, and where they stand in a passage.

A pattern is a row of elements parted by blanks:

- ``word`` or ``one|another``: the word itself, in lower case;
- ``~reject`` or ``~turn|~hand``: any form of the verb; ``~take:past`` only that form;
- ``@paper``: a word of that class of ``act_words.tsv``;
- ``<name>``: a word that belongs to a name or to a reference; ``<time>`` a time expression;
- ``?not``: the element may be missing; ``..4``: up to four words, no marks, between its neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.errors import PluginError
from onrecord.reading.acts.words import verb_forms, word_class
from onrecord.reading.passage import Passage


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: the words it takes, or a gap of up to ``gap`` words."""

    words: frozenset[str] = frozenset()
    special: str = ""  # "<name>", "<time>"
    optional: bool = False
    gap: int = 0

    def takes(self, passage: Passage, index: int) -> bool:
        """Whether the word at ``index`` may stand in this place."""
        if self.special == "<name>":
            return index in passage.name_of or index in passage.reference_of
        if self.special == "<time>":
            return index in passage.time_of
        return passage.low(index) in self.words


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of elements; ``written`` is how the lexicon writes it."""

    written: str
    elements: tuple[Element, ...]

    def match(self, passage: Passage, index: int) -> int | None:
        """Where the pattern ends (exclusive) if it begins at ``index``; the shortest way through its gaps."""
        return _match(self.elements, passage, index)


@cache
def read_pattern(written: str) -> Pattern:
    """The pattern that a cell of the lexicon writes.

    Raises PluginError where the first element cannot anchor a search.

    >>> read_pattern("~rule out").elements[1].words
    frozenset({'out'})
    """
    elements = tuple(_element(part) for part in written.split())
    if not elements or elements[0].optional or elements[0].gap:
        raise PluginError(f"the pattern {written!r} must begin with a word, a ~verb, a @class or a <name>")
    return Pattern(written, elements)


def _element(part: str) -> Element:
    if part.startswith(".."):
        return Element(gap=int(part[2:]))
    optional, what = part.startswith("?"), part.removeprefix("?")
    if what in ("<name>", "<time>"):
        return Element(special=what, optional=optional)
    words = frozenset(word for choice in what.split("|") for word in _choice(choice))
    return Element(words=words, optional=optional)


def _choice(choice: str) -> frozenset[str]:
    if choice.startswith("@"):
        return word_class(choice[1:])
    if choice.startswith("~"):
        verb, _, part = choice[1:].partition(":")
        return frozenset(form for form, kind in verb_forms(verb).items() if not part or kind == part)
    return frozenset({choice})


def _match(elements: tuple[Element, ...], passage: Passage, index: int) -> int | None:
    if not elements:
        return index
    first, rest = elements[0], elements[1:]
    if first.gap:
        for skipped in range(first.gap + 1):
            end = _match(rest, passage, index + skipped)
            if end is not None:
                return end
            if index + skipped >= len(passage.words) or passage.words[index + skipped].is_mark:
                return None
        return None
    if index < len(passage.words) and first.takes(passage, index):
        end = _match(rest, passage, index + 1)
        if end is not None:
            return end
    return _match(rest, passage, index) if first.optional else None
