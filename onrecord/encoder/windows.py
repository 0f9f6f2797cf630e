"""Windows: the words of a paragraph, or of a part of one, as the network takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from unicodedata import combining

from onrecord.model import Span

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

CLS, SEP = 101, 102  # of the uncased WordPiece vocabulary
LONGEST = 256  # pieces of a window, with its marks; attention grows with the square of it
_ENDS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_LONE = re.compile("[\ud800-\udfff]")  # halves of a pair, which the tokenizer refuses

# What the letters of a word say that the uncased vocabulary does not.
OTHER, LOWER, TITLE, UPPER, MIXED = 1, 2, 3, 4, 5
# Where a word stands among quotation marks.
OUTSIDE, INSIDE, MARK = 1, 2, 3


@dataclass(slots=True)
class Window:
    """What the network reads at once.

    ``pieces``, ``letters`` and ``quotes`` have one number for each piece, marks included; ``first`` has for each word
    the place of its first piece, ``starts`` and ``ends`` its code points in the text.
    """

    pieces: list[int] = field(default_factory=lambda: [CLS])
    letters: list[int] = field(default_factory=lambda: [0])
    quotes: list[int] = field(default_factory=lambda: [0])
    first: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def touched(self, places: Sequence[tuple[int, int]]) -> list[int]:
        """The words that places of the text, each from its first code point to behind its last, touch."""
        words = enumerate(zip(self.starts, self.ends, strict=True))
        return [n for n, (start, end) in words if any(start < b and a < end for a, b in places)]

    def close(self) -> None:
        """End a paragraph with its mark."""
        self.pieces.append(SEP)
        self.letters.append(0)
        self.quotes.append(0)


@dataclass(frozen=True, slots=True)
class _Word:
    pieces: list[int]
    start: int
    end: int


def make_windows(
    tokenizer: Tokenizer,
    body: str,
    paragraphs: Sequence[Span],
    quoted: Sequence[tuple[Span, Span]],
) -> list[Window]:
    """The windows of a text's paragraphs, in order; a paragraph too long for one is parted at sentence ends.

    ``quoted`` holds each outermost quotation as its span with marks and its inner span, in order.
    """
    known = _LONE.sub("\N{REPLACEMENT CHARACTER}", body)
    codes = tokenizer.encode_batch([known[p.start : p.end] for p in paragraphs], add_special_tokens=False)
    marks = _Marks(quoted)
    windows: list[Window] = []
    for paragraph, code in zip(paragraphs, codes, strict=True):
        for part in _parts(_words(code, paragraph.start, body), body):
            window = Window()
            for word in part:
                _add(window, word, _letters(body[word.start : word.end]), marks.at(word.start))
            window.close()
            windows.append(window)
    return windows


def _add(window: Window, word: _Word, letters: int, quotes: int) -> None:
    window.first.append(len(window.pieces))
    window.starts.append(word.start)
    window.ends.append(word.end)
    window.pieces += word.pieces
    window.letters += [letters] * len(word.pieces)
    window.quotes += [quotes] * len(word.pieces)


def _words(code: Encoding, offset: int, body: str) -> list[_Word]:
    words: list[_Word] = []
    last: int | None = -1
    following = [*(start for start, _ in code.offsets[1:]), len(body) - offset][: len(code.ids)]
    for piece, number, (start, end), limit in zip(code.ids, code.word_ids, code.offsets, following, strict=True):
        while end < limit and combining(body[offset + end]):  # a mark that the vocabulary leaves out
            end += 1
        if number == last:
            words[-1] = _Word([*words[-1].pieces, piece], words[-1].start, offset + end)
        else:
            words.append(_Word([piece], offset + start, offset + end))
            last = number
    return words


def _parts(words: list[_Word], body: str) -> Iterator[list[_Word]]:
    """A paragraph's words whole, or parted where sentences end if a window cannot hold them."""
    start = size = 0
    stop = None  # after the last sentence end in the part
    for place, word in enumerate(words):
        size += len(word.pieces)
        while size > LONGEST - 2 and start < place:
            cut = stop if stop is not None and stop > start else place
            yield words[start:cut]
            start, stop = cut, None
            size = sum(len(w.pieces) for w in words[start : place + 1])
        if (word.end - word.start == 1 and body[word.start] in _ENDS) or (
            stop == place and word.end - word.start == 1 and body[word.start] in _CLOSERS
        ):
            stop = place + 1
    if start < len(words):
        yield words[start:]


def _letters(word: str) -> int:
    if not word[0].isalpha():
        return OTHER
    if word.islower():
        return LOWER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return TITLE
    return UPPER if word.isupper() else MIXED


class _Marks:
    """Where places stand among quotations; asked in the order of the text."""

    def __init__(self, quoted: Sequence[tuple[Span, Span]]) -> None:
        self._quoted = quoted
        self._next = 0

    def at(self, place: int) -> int:
        while self._next < len(self._quoted) and self._quoted[self._next][0].end <= place:
            self._next += 1
        if self._next == len(self._quoted) or place < self._quoted[self._next][0].start:
            return OUTSIDE
        inner = self._quoted[self._next][1]
        return INSIDE if inner.start <= place < inner.end else MARK
