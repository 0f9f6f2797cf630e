"""The words of a page, as the name rules see them, and the sheet on which they put down what they found."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from onrecord.model import Span
from onrecord.model.annotation import NameKind
from onrecord.reading.names.words import Phrase, Phrases, national_words
from onrecord.reading.page import Page

_WORD = re.compile(
    r"(?P<url>(?:https?://|www\.)\S+|[@]\w+)"  # no names in addresses: "— Anna Berg (@annaberg)"
    r"|(?P<initials>(?:[A-Z]\.){2,})"  # "U.S. and NATO"
    r"|(?P<word>[^\W_]+(?:(?:['’]|[-‐‑])[^\W_]+)*)"  # "O'Brien", "Jong-un", "Norland's"
    r"|(?P<mark>\S)"
)
_POSSESSIVE = re.compile(r"(.+?)(['’][sS])")
_LONG = 60  # letters; no name is one word longer than this, and hostile text holds words of millions
_TITLED_SHARE = 0.6
LONGEST_PARAGRAPH = 1_000_000  # characters; past this the words are no prose, and are left unread


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark. ``first`` is True where its capital may owe to its place: after a stop, a colon, a quote mark.

    ``titled`` is True in a line whose words nearly all have capitals, where a capital says nothing.
    """

    start: int
    end: int
    word: str
    paragraph: int
    first: bool = False
    titled: bool = False

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.word[0].isupper()

    @property
    def possessive(self) -> bool:
        """Whether it is the 's of "Norland's"."""
        return self.word.lower() in ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Claim:
    """Tokens ``first`` to ``last`` (half open) name something. ``why`` is the rule or list that says so."""

    first: int
    last: int
    kind: NameKind
    name: str
    why: str
    country: str | None = None
    adjective: bool = False
    place_use: bool = False


@dataclass
class Sheet:
    """The tokens of a page and the claims on them; no two claims share a token."""

    tokens: tuple[Token, ...]
    body: str
    _holder: dict[int, Claim] = field(default_factory=dict)

    def word(self, index: int) -> str:
        """The word at ``index``, or nothing past either end or across a paragraph's edge from no token."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""

    def claim(self, claim: Claim) -> bool:
        """Puts the claim down; False and nothing where one of its tokens is taken."""
        places = range(claim.first, claim.last)
        if any(place in self._holder for place in places):
            return False
        for place in places:
            self._holder[place] = claim
        return True

    def drop(self, claim: Claim) -> None:
        """Takes a claim back."""
        for place in range(claim.first, claim.last):
            del self._holder[place]

    def at(self, index: int) -> Claim | None:
        """The claim that holds the token."""
        return self._holder.get(index)

    def free(self, first: int, last: int) -> bool:
        """Whether no token of ``first`` to ``last`` is claimed."""
        return not any(place in self._holder for place in range(first, last))

    def claims(self) -> Iterator[Claim]:
        """Every claim once, in order."""
        for place in sorted(self._holder):
            claim = self._holder[place]
            if claim.first == place:
                yield claim

    def claims_in(self, first: int, last: int) -> list[Claim]:
        """The claims that lie within ``first`` to ``last``, in order."""
        held = {place: claim for place in range(first, last) if (claim := self._holder.get(place))}
        return [claim for place, claim in held.items() if claim.first == place and claim.last <= last]

    def together(self, first: int, last: int) -> bool:
        """Whether the tokens stand in one paragraph."""
        return 0 <= first < last <= len(self.tokens) and self.tokens[first].paragraph == self.tokens[last - 1].paragraph

    def phrase(self, table: Phrases, index: int) -> Phrase | None:
        """The longest phrase of the table that stands at the token, whatever its capitals."""
        if not 0 <= index < len(self.tokens):
            return None
        for phrase in table.get(self._low[index], ()):
            last = index + len(phrase.words)
            if self._low[index:last] == phrase.words and self.together(index, last):
                return phrase
        return None

    @cached_property
    def _low(self) -> tuple[str, ...]:
        return tuple(token.word.lower() for token in self.tokens)

    def words(self, first: int, last: int) -> str:
        """The body's words from token ``first`` to ``last``, white space made single."""
        return " ".join(self.body[self.tokens[first].start : self.tokens[last - 1].end].split())


def read_tokens(page: Page) -> tuple[Token, ...]:
    """The tokens of the page in order, noise left out."""
    noise = sorted((span.start, span.end) for span in page.noise)
    starts = frozenset(span.start for span in page.sentences)
    tokens: list[Token] = []
    edge = 0
    for number, paragraph in enumerate(page.paragraphs):
        if len(paragraph) > LONGEST_PARAGRAPH:
            continue
        while edge < len(noise) and noise[edge][1] <= paragraph.start:
            edge += 1
        found = _read_paragraph(page.text.body, paragraph, starts, number)
        near = [n for n in noise[edge:] if n[0] < paragraph.end] if edge < len(noise) else []
        tokens += _outside(found, near) if near else found
    return tuple(tokens)


def split_name(name: str) -> tuple[str, ...]:
    """The words of a listed name, parted as those of a page are.

    >>> split_name("Côte d'Ivoire")
    ('Côte', "d'Ivoire")
    """
    found: list[str] = []
    for match in _WORD.finditer(name):
        found += [match[0]] if match["mark"] else [piece for _, _, piece in _parts(0, match[0])]
    return tuple(found)


def _outside(tokens: list[Token], noise: list[tuple[int, int]]) -> Iterator[Token]:
    """The tokens that share no code point with noise. Roles do not overlap much, so the last start before decides."""
    begins = [start for start, _ in noise]
    reach: list[int] = []
    for _, end in noise:
        reach.append(max(end, reach[-1]) if reach else end)
    for token in tokens:
        place = bisect_right(begins, token.end - 1) - 1
        if place < 0 or reach[place] <= token.start:
            yield token


def _read_paragraph(body: str, paragraph: Span, starts: frozenset[int], number: int) -> list[Token]:
    pieces: list[tuple[int, int, str, bool]] = []
    first = True
    for match in _WORD.finditer(body, paragraph.start, paragraph.end):
        start, end = match.span()
        if match["url"] or end - start > _LONG:
            continue
        first = first or start in starts
        if match["mark"]:
            pieces.append((start, end, match[0], False))
            first = first or match[0] in '“«„"‘:•″'
            continue
        for piece in _parts(start, match[0]):
            pieces.append((*piece, first))
            first = False
    titled = _is_titled([word for _, _, word, _ in pieces])
    return [Token(start, end, word, number, at_first, titled) for start, end, word, at_first in pieces]


def _parts(start: int, word: str) -> Iterator[tuple[int, int, str]]:
    """The word, its possessive ending parted: "Norland’s" is "Norland" and "’s"."""
    ending = _POSSESSIVE.fullmatch(word)
    base = ending[1] if ending else word
    place = start
    for piece in _compound(base):
        yield place, place + len(piece), piece
        place += len(piece)
    if ending:
        yield place, place + len(ending[2]), ending[2]


def _compound(word: str) -> list[str]:
    """The parts of "Norland-Sudmark" and "Moscow-based", each dash a part; "Jong-un" and "Le-Drian" stay whole.

    Two halves are parted where both could stand alone: each has a capital and more than four letters, or one is all
    capitals ("US-Russia", "NATO-led").
    """
    dash = next((mark for mark in "-‐‑" if mark in word), None)
    if dash is None:
        return [word]
    parts = word.split(dash)
    acronym = any(len(part) > 1 and part.isupper() for part in parts)
    lower_tail = parts[0][:1].isupper() and parts[-1] in _TAILS
    if not (acronym or lower_tail or (len(parts) == 2 and _is_demonym_pair(parts))):
        return [word]
    pieces: list[str] = []
    for part in parts:
        pieces += [dash, part] if pieces else [part]
    return [piece for piece in pieces if piece]


_TAILS = frozenset({"led", "backed", "based", "brokered", "born", "occupied", "controlled", "wide", "sponsored"})


def _is_demonym_pair(parts: list[str]) -> bool:
    return any(part in national_words() for part in parts)


def _is_titled(words: list[str]) -> bool:
    """Whether a line is in headline capitals: "Lavrov: Demand for Guarantees Left Unanswered"."""
    if words and (words[-1] in ".!" or words[-2:-1] == ["."]):  # a sentence, however many names are in it
        return False
    long = [word for word in words if len(word) > 3 and word.isalpha()]
    if len(long) < 4 or len(words) > 40:
        return False
    return sum(word[0].isupper() for word in long) / len(long) >= _TITLED_SHARE
