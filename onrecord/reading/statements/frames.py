"""Frames: a sentence, or several that one quotation spans, as words around quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.lexicon.tables import read_table
from onrecord.model import Annotation, Name, Office, Reference, Role, Span
from onrecord.reading.page import Page
from onrecord.reading.quotemarks import Quotation

TERM = 4  # words of the longest term
_MARKS = frozenset('"“”„‟«»″‶〝〞＂`')


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark, or a whole quotation outside which nobody looks."""

    start: int
    end: int
    text: str
    quotation: Quotation | None = None

    @property
    def lower(self) -> str:
        """The word in lower case; a quotation has none."""
        return "" if self.quotation else self.text.lower()

    @property
    def is_word(self) -> bool:
        """Whether it is a word outside quotations."""
        return not self.quotation and (self.text[0].isalnum() or self.text[0] == "_")


@dataclass(frozen=True)
class Frame:
    """Words ``start`` to ``end`` of a page, which lie in one paragraph."""

    page: Page
    start: int
    end: int
    tokens: tuple[Token, ...]
    entities: tuple[Annotation, ...]  # names, offices with their holders, references: outside documents, in order
    runs: Counter[tuple[str, ...]]  # how often each run of up to TERM words stands in the whole text
    paragraph: int
    headline: bool

    @cached_property
    def quotations(self) -> tuple[Quotation, ...]:
        """The outermost quotations in the frame."""
        return tuple(t.quotation for t in self.tokens if t.quotation)

    @cached_property
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    @cached_property
    def _token_ends(self) -> list[int]:
        return [t.end for t in self.tokens]

    def span(self, first: int, last: int) -> Span:
        """The words from token ``first`` to token ``last``, both included."""
        return self.page.text.span(self.tokens[first].start, self.tokens[last].end)

    def text(self, first: int, last: int) -> str:
        """The same as printed."""
        return self.page.text.body[self.tokens[first].start : self.tokens[last].end]

    def tokens_in(self, span: Span) -> tuple[int, int] | None:
        """The first and last token that a span touches; None where it touches none."""
        first = bisect_right(self._token_ends, span.start)
        last = bisect_left(self._token_starts, span.end) - 1
        return (first, last) if first <= last else None

    def ending_at(self, last: int) -> tuple[int, Annotation] | None:
        """The longest entity whose last token is ``last``, with its first token."""
        return self._edges[1].get(last)

    def starting_at(self, first: int) -> tuple[int, Annotation] | None:
        """The longest entity whose first token is ``first``, with its last token."""
        return self._edges[0].get(first)

    @cached_property
    def _edges(self) -> tuple[dict[int, tuple[int, Annotation]], dict[int, tuple[int, Annotation]]]:
        by_first: dict[int, tuple[int, Annotation]] = {}
        by_last: dict[int, tuple[int, Annotation]] = {}
        for entity in self.entities:
            first = bisect_right(self._token_starts, entity.span.start) - 1
            last = bisect_left(self._token_ends, entity.span.end)
            if not 0 <= first <= last < len(self.tokens):
                continue
            if first not in by_first or by_first[first][0] < last:
                by_first[first] = (last, entity)
            # "Norland’s" names Norland, but a source does not end there.
            whole = self.tokens[last].end == entity.span.end
            if whole and (last not in by_last or by_last[last][0] > first):
                by_last[last] = (first, entity)
        return by_first, by_last


def find_frames(builder: Frames) -> tuple[Frame, ...]:
    """The frames of a page in order, noise left out; sentences that share a quotation make one frame."""
    frames: list[Frame] = []
    pending: tuple[int, int] | None = None
    for sentence in builder.page.sentences:
        if pending and sentence.start < pending[1]:
            pending = (pending[0], max(pending[1], sentence.end))
        else:
            if pending:
                frames.append(builder.frame(*pending))
            pending = (sentence.start, sentence.end)
        pending = (pending[0], builder.end_of_quotation(pending[1]))
    if pending:
        frames.append(builder.frame(*pending))
    return tuple(frames)


class Frames:
    """What the frames of a page are cut from, each sorted by place."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.quotations = [q for q in page.quotations if q.depth == 0 and not page.is_noisy(q.span)]
        self.nested = [q for q in page.quotations if q.depth == 1 and not page.is_noisy(q.span)]
        self.starts = [q.span.start for q in self.quotations]
        self.nested_starts = [q.span.start for q in self.nested]
        self.headlines = [r.span for r in page.all(Role) if r.role == "headline"]
        self.paragraphs = [p.start for p in page.paragraphs]
        entities: list[Annotation] = [n for n in page.all(Name) if n.kind not in ("document", "office")]
        entities += [*page.all(Office), *page.all(Reference)]
        self.entities = sorted(entities, key=lambda a: (a.span.start, a.span.end, a.id))
        self.entity_starts = [a.span.start for a in self.entities]
        words = word_list(page.text.body) if self.quotations else []
        self.runs = Counter(tuple(words[i : i + n]) for n in range(1, TERM + 1) for i in range(len(words) - n + 1))

    def end_of_quotation(self, place: int) -> int:
        """Where the quotation that is open at a place ends, or the place itself."""
        last = bisect_left(self.starts, place) - 1
        return max(place, self.quotations[last].span.end) if last >= 0 else place

    def frame(self, start: int, end: int, *, quoted: bool = False) -> Frame:
        """The frame of a place; of one inside a quotation where ``quoted`` says so."""
        quotations, starts = (self.nested, self.nested_starts) if quoted else (self.quotations, self.starts)
        inside = quotations[bisect_left(starts, start) : bisect_left(starts, end)]
        entities = self.entities[bisect_left(self.entity_starts, start) : bisect_left(self.entity_starts, end)]
        tokens: list[Token] = []
        place = start
        for quotation in inside:
            if quotation.span.start < place or quotation.span.end > end:
                continue
            tokens += _words(self.page.text.body, place, quotation.span.start)
            tokens.append(Token(quotation.span.start, quotation.span.end, quotation.span.exact, quotation))
            place = quotation.span.end
        tokens += _words(self.page.text.body, place, end)
        paragraph = bisect_right(self.paragraphs, start) - 1
        headline = any(h.start <= start and end <= h.end + 1 for h in self.headlines)
        return Frame(self.page, start, end, tuple(tokens), tuple(entities), self.runs, paragraph, headline)


def _words(body: str, start: int, end: int) -> list[Token]:
    """Words and punctuation; stray quotation marks are left out."""
    found = _token().finditer(body, start, end)
    return [Token(m.start(), m.end(), m.group()) for m in found if m.group() not in _MARKS]


@cache
def _token() -> re.Pattern[str]:
    """Words, with the stops of "U.S." and "Mr." in them, and punctuation marks."""
    titles = (r["abbreviation"] for r in read_table("abbreviations") if r["kind"] == "before")
    shortened = "|".join(sorted(map(re.escape, (t for t in titles if t[0].isupper())), key=len, reverse=True))
    return re.compile(rf"(?:[A-Za-z]\.){{2,}}|(?:{shortened})\.(?=\s[A-Z])|\w+(?:['’.-]\w+)*|[^\w\s]")


def word_list(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [m.lower() for m in _token().findall(text) if m[0].isalnum()]
