"""The quote-mark state machine: which words stand between quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from onrecord.model import Span, Text
from onrecord.reading.cues import verbs

Family = Literal["double", "single"]

_DEPTH = 4  # deeper openings are taken for stray marks; keeps hostile text linear

_MARK = re.compile(r"``|''|[\"“”„‟«»″‶〝〞＂‘’‚‛‹›']")
_OPENING = frozenset("“„‟«‶〝‘‚‛‹") | {"``"}
_CLOSING = frozenset("”»〞’›") | {"''"}
_SINGLE = frozenset("‘’‚‛‹›'")
_REVERSIBLE = frozenset("”»›")  # ”Vi väntar”, »Wir warten«, ›Nein‹
_BEFORE_OPENING = frozenset("([{<—–-/:,“„«‹‘\"'″`…")
_CLOSING_SINGLE = re.compile(r"(?<=[^\s(\[“\"‘])['’](?!\w)")
_ELISION = re.compile(r"['‘’](?:\d0s\b|\d\d\b|[Tt]is\b|[Tt]was\b|[Tt]il\b|em\b|n['’]|[Cc]ause\b|round\b|bout\b)")
_ASIDE = re.compile(r"(?P<end>[,?!.…])\s{0,2}[—–]\s{0,2}(?P<clause>[^—–«»“”„\"\n]{3,90}?)[.,]\s{0,2}[—–]\s{0,2}(?=\w)")
_NO_CUE_CLAUSE = frozenset(("which", "that", "who", "and", "but", "had", "has", "have", "as", "is", "was", "will"))


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    ``span`` runs from the opening mark to the closing one (both included where printed), ``inner`` holds the words
    alone. ``closed`` is False where no closing mark was found and the end is the end of the paragraph, or the place
    before a cue clause in it. ``continues`` is True where the mark was reopened at a paragraph's start and the
    quotation goes on from the one before. ``depth`` is 0 for an outermost quotation, 1 for one inside another.
    """

    span: Span
    inner: Span
    closed: bool = True
    continues: bool = False
    depth: int = 0


def find_quotations(text: Text, paragraphs: tuple[Span, ...]) -> tuple[Quotation, ...]:
    """What stands between quotation marks, in order of the opening mark.

    A mark that cannot be paired is dropped or ends with its paragraph: it never loses the rest of the text.

    >>> text = Text.of("“We will ‘wait’,” Berg said.")
    >>> [q.inner.exact for q in find_quotations(text, (text.span(0, len(text.body)),))]
    ['We will ‘wait’,', 'wait']
    """
    found: list[Quotation] = []
    reopens: str | None = None
    for paragraph in paragraphs:
        machine = _Paragraph(text, paragraph)
        machine.run()
        # Each paragraph of a long quotation opens anew and only the last one closes.
        if reopens and machine.found and machine.first_mark == paragraph.start and _alike(reopens, machine.first):
            machine.found = [replace(q, continues=q.span.start == paragraph.start) for q in machine.found]
        reopens = machine.left_open
        found.extend(sorted(machine.found, key=lambda q: (q.span.start, -q.span.end)))
    return tuple(found)


def _alike(mark: str, other: str) -> bool:
    return (mark in _SINGLE) == (other in _SINGLE)


@dataclass(slots=True)
class _Open:
    mark: str
    start: int  # of the mark
    reversed: bool = False  # »Wir warten«: opened by a mark that usually closes

    @property
    def family(self) -> Family:
        return "single" if self.mark in _SINGLE else "double"


@dataclass(slots=True)
class _Paragraph:
    """The machine's state within one paragraph."""

    text: Text
    paragraph: Span
    found: list[Quotation] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    left_open: str | None = None
    first_mark: int = -1
    first: str = ""
    last_outer: Quotation | None = None
    clauses: list[tuple[int, int]] | None = None
    singles: list[int] | None = None

    def run(self) -> None:
        body, end = self.text.body, self.paragraph.end
        for match in _MARK.finditer(body, self.paragraph.start, end):
            mark = match.group()
            if self.first_mark < 0:
                self.first_mark, self.first = match.start(), mark
            if _measures(body, match, bool(self.stack)):
                continue
            if mark in _SINGLE and mark not in "‹›":
                self._take_single(match)
            elif self._opens(match):
                self._open(match)
            else:
                self._close(match)
        self._end()

    def _opens(self, match: re.Match[str]) -> bool:
        """Whether a double mark or a guillemet opens here."""
        mark, opening = match.group(), _stands_open(self.text.body, match)
        inside = next(
            (o for o in reversed(self.stack) if o.family == ("single" if mark in _SINGLE else "double")), None
        )
        if mark in _REVERSIBLE:
            return not inside and opening
        if mark in _OPENING:
            # „Wir warten“, »Wir warten«, and “We wait“ typed with the same mark twice.
            closes = (
                inside and (inside.mark == "„" or inside.reversed or not opening) and not _starts(self.text.body, match)
            )
            return not closes
        if mark == "''":
            return opening and not inside
        return opening or (not inside and _stands_free(self.text.body, match))

    def _open(self, match: re.Match[str]) -> None:
        if len(self.stack) >= _DEPTH:
            return
        if self.stack:
            # “We wait, Berg said. “We have time.” The first mark was never closed.
            outer = self.stack[-1]
            clause = self._clause(outer.start + len(outer.mark), match.start())
            if clause is not None and outer.family == "double":
                self._finish_unclosed(clause)
        mark = match.group()
        self.stack.append(_Open(mark, match.start(), mark in _CLOSING and mark != "''"))

    def _close(self, match: re.Match[str]) -> None:
        family: Family = "single" if match.group() in _SINGLE else "double"
        place = next((i for i in range(len(self.stack) - 1, -1, -1) if self.stack[i].family == family), None)
        if place is None:
            self._extend(match)
            return
        del self.stack[place + 1 :]  # a single mark left open inside was an apostrophe
        self._add(self.stack.pop(), match.start(), match.end(), closed=True)

    def _take_single(self, match: re.Match[str]) -> None:
        body, mark = self.text.body, match.group()
        before, after = body[match.start() - 1 : match.start()], body[match.end() : match.end() + 1]
        if before.isalnum() and after.isalnum():
            return  # Norland’s
        is_open = any(o.family == "single" for o in self.stack)
        if mark != "’" and not is_open and _stands_open(body, match) and not _ELISION.match(body, match.start()):
            if mark == "'" and self._closing_single(match.end()) is None:
                return
            if len(self.stack) < _DEPTH:
                self.stack.append(_Open(mark, match.start()))
        elif mark in "’'‘" and is_open and before and not before.isspace() and not after.isalnum():
            if before in "sS" and self._is_possessive(match):
                return
            self._close(match)

    def _is_possessive(self, match: re.Match[str]) -> bool:
        """‘The ministers’ reply was late,’ Berg said: a later mark after a comma or stop is the closing one."""
        if not re.match(r"\s[a-z]", self.text.body[match.end() : match.end() + 2]):
            return False
        later = self._closing_single(match.end())
        return later is not None and self.text.body[later - 1] in ",.!?…"

    def _closing_single(self, start: int) -> int | None:
        """Where the next single mark after ``start`` stands that can only close, before the next that opens."""
        if self.singles is None:
            found = _CLOSING_SINGLE.finditer(self.text.body, self.paragraph.start, self.paragraph.end)
            self.singles = [match.start() for match in found]
        place = bisect_left(self.singles, start)
        return self.singles[place] if place < len(self.singles) else None

    def _extend(self, match: re.Match[str]) -> None:
        """A closing mark where nothing is open.

        “far off.” not lost.” is one garbled quotation; “No,” Ek said.” has a stray mark.
        """
        last, body = self.last_outer, self.text.body
        if last is None or not last.closed or match.start() - last.span.end > 60 or _stands_open(body, match):
            return
        between = body[last.span.end : match.start()]
        garbled = re.match(r" [a-z]", between) and last.inner.exact[-1] == "." and between[-1] in ".!?,…"
        if not garbled or re.search(r"[.!?]\s", between) or any(w in verbs() for w in re.findall(r"[a-z]+", between)):
            return
        self.found[self.found.index(last, max(0, len(self.found) - _DEPTH))] = self.last_outer = replace(
            last,
            span=self.text.span(last.span.start, match.end()),
            inner=self.text.span(last.inner.start, match.start()),
        )

    def _end(self) -> None:
        """What is still open at the paragraph's end: a cue clause or the paragraph's end closes it."""
        while self.stack:
            outer = self.stack[-1]
            if outer.family == "single" and outer.mark not in "‹›":
                self.stack.pop()
                continue
            clause = self._clause(outer.start + len(outer.mark), self.paragraph.end)
            if clause is not None:
                self._finish_unclosed(clause)
            else:
                self.left_open = outer.mark
                self._add(self.stack.pop(), self.paragraph.end, self.paragraph.end, closed=False)

    def _finish_unclosed(self, end: int) -> None:
        self._add(self.stack.pop(), end, end, closed=False)

    def _add(self, opened: _Open, end: int, outer_end: int, closed: bool) -> None:
        start = opened.start + len(opened.mark)
        if not self.text.body[start:end].strip():
            return
        # Asides part an outermost quotation; inside another they would be that one's own.
        pieces = [] if self.stack or opened.family == "single" else list(_asides(self.text.body, start, end))
        span_start = opened.start
        for aside in pieces:
            self.found.append(
                Quotation(self.text.span(span_start, aside[0]), self.text.span(start, aside[0]), closed=False)
            )
            span_start = start = aside[1]
        inner, span = self.text.span(start, end), self.text.span(span_start, outer_end)
        quotation = Quotation(span, inner, closed, depth=len(self.stack))
        self.found.append(quotation)
        if not self.stack:
            self.last_outer = quotation

    def _clause(self, start: int, end: int) -> int | None:
        """Where words that can only be a cue clause begin (after their comma) between two places."""
        if self.clauses is None:
            self.clauses = list(_cue_clauses(self.text.body, self.paragraph))
        place = bisect_left(self.clauses, (start, 0))
        if place < len(self.clauses) and self.clauses[place][1] <= end:
            return self.clauses[place][0]
        return None


def _asides(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cue clauses between dashes inside one pair of marks, as (end of the words before, start of those after).

    «We did not close it, — the minister said. — But who comes without a paper will answer.» The aside is the outlet's.
    """
    for match in _ASIDE.finditer(body, start, end):
        words = match.group("clause").split()
        if match.end() < end and any(word.strip(",.") in verbs() for word in words):
            yield match.end("end"), match.end()


def _cue_clauses(body: str, paragraph: Span) -> Iterator[tuple[int, int]]:
    """Cue clauses as (end of the words before them, end of the verb)."""
    for match in _cue_clause().finditer(body, paragraph.start, paragraph.end):
        words, after = match.group("words").split(), match.group("after").strip()
        if words:
            named = words[0][0].isupper() or words[0] in ("he", "she", "they") or (words[0] == "the" and len(words) > 1)
            clause = named and not _NO_CUE_CLAUSE.intersection(words)
        else:
            clause = after[:1].isupper() or after in ("the", "he", "she")
        if clause:
            yield match.end("end"), match.end("verb")


@cache
def _cue_clause() -> re.Pattern[str]:
    """“We will wait, Berg said. / “We will wait,— the minister noted. / “We will wait, said Berg."""
    # Only past forms and "says": in "..., the answers to which" and "..., the claims" they are nouns.
    forms = (v.words for v in verbs().values() if "quote" in v.takes and (v.form == "past" or v.words == "says"))
    return re.compile(
        r"(?P<end>[,?!.…])\s*[—–-]*\s*"
        r"(?P<words>(?:(?:[A-Z][\w.’'-]{0,30}|he|of|[a-z]{3,14})[\s,]+){0,7}?)"
        rf"(?P<verb>{'|'.join(sorted(forms))})\b"
        r"(?P<after>\s+(?:[A-Z]|the\b|he\b|she\b|a\b)|[,.:;]|\s+(?:on|in|at|after|during|to)\b|$)"
    )


def _measures(body: str, match: re.Match[str], is_open: bool) -> bool:
    """5'10", 5′10″, a 10" pipe: feet, inches, minutes and seconds are no quotation marks."""
    before = body[max(0, match.start() - 4) : match.start()]
    if match.group() not in ('"', "″", "''", "'", "’") or not before[-1:].isdigit():
        return False
    if match.group() in ("'", "’"):
        return bool(re.match(r"\s?\d", body[match.end() : match.end() + 2]))
    return not is_open or bool(re.search(r"\d['’′]\s?\d\d?$", before))


def _stands_open(body: str, match: re.Match[str]) -> bool:
    """Nothing or a blank before, a word after."""
    before, after = body[match.start() - 1 : match.start()], body[match.end() : match.end() + 1]
    return (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _stands_free(body: str, match: re.Match[str]) -> bool:
    """Blanks on both sides: " We wait " typed with blanks inside the marks."""
    before, after = body[match.start() - 1 : match.start()], body[match.end() : match.end() + 1]
    return (not before or before.isspace()) and after.isspace() and after not in "\n\r"


def _starts(body: str, match: re.Match[str]) -> bool:
    """Whether a mark stands first in its line."""
    return match.start() == 0 or body[match.start() - 1] in "\n\r"
