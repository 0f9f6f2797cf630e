"""Bodies known by what they do: a name no list knows that stands as the source of a statement."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.model import Span
from onrecord.reading.names.titles import title_at
from onrecord.reading.names.tokens import Claim, Sheet, Token
from onrecord.reading.names.words import word_list

_JOINS = frozenset(("of", "for", "and", "the", "on", "to", "in", "&", "de", "des", "du", "del", "la"))
_BEFORE = frozenset(("the", "its", "their", "his", "her", "this", "that"))
_FIRST_PART = re.compile(
    r"[^,(–—:]+?(?=,|\s[–—-]\s|\s?\(|\s(?:who|whose|which|that|in|at|on|from|with|through|via)\b|:|$)"
)
_INDEFINITE = frozenset(
    ("whose", "a", "an", "A", "An", "same", "other", "another", "both", "one", "some", "two", "three")
)
_LONGEST = 8  # words of a body's name


def claim_speaking(sheet: Sheet, sources: Sequence[Span]) -> None:
    """Claims bodies that speak: "Oltania asked", "the Mission of Good Offices said", "the palace according to".

    Of a source the first part counts, before any comma, relative clause or adjunct. Wants everything else claimed.
    """
    if not sources:
        return
    speaking = _Speaking(sheet)
    starts, ends = [t.start for t in sheet.tokens], [t.end for t in sheet.tokens]
    for source in sources:
        part = _FIRST_PART.match(source.exact)
        if part is None:
            continue
        first = bisect_right(ends, source.start)
        last = bisect_left(starts, source.start + part.end())
        while first < last and sheet.word(first).lower() in _BEFORE:
            first += 1
        while last > first and (sheet.tokens[last - 1].possessive or not sheet.word(last - 1)[0].isalnum()):
            last -= 1
        if first < last <= first + _LONGEST and sheet.together(first, last) and sheet.word(first) not in _INDEFINITE:
            speaking.claim(first, last)


class _Speaking:
    """One sheet: what its bodies are called is gathered once, however many sources there are."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._called: dict[tuple[str, ...], set[int]] = {}  # where the claims of each name begin
        for claim in sheet.claims():
            self._note(claim)
        self._within = {t.word for t in sheet.tokens if not t.first and not t.titled}  # as printed within a sentence

    def claim(self, first: int, last: int) -> None:
        sheet = self._sheet
        tokens = sheet.tokens[first:last]
        words = sheet.words(first, last)
        head = next((place for place in range(first + 1, last) if sheet.word(place) in ("of", "for")), last) - 1
        if sheet.word(head).lower() in word_list("speaking_body"):
            if last - first > 1:
                # "Mornay's government", "the Borovian mission": what the body's name holds is no party of its own here.
                inside = sheet.claims_in(first, last)
                if not any(claim.last > head >= claim.first for claim in inside) and _has_name(tokens):
                    for claim in inside:
                        sheet.drop(claim)
                        self._called.get(_parts(claim.name), set()).discard(claim.first)
                    self._make(Claim(first, last, "body", words, "speaks"))
                    return
            if not self._is_short_form(words, first):
                self._make(Claim(first, last, "body", words, "speaks"))
            return
        proper = all(t.capital or t.word.lower() in _JOINS for t in tokens) and tokens[-1].capital
        if not proper or title_at(sheet, first) or tokens[0].word in word_list("no_name") or tokens[0].titled:
            return
        alone = last - first == 1 and (tokens[0].first or tokens[0].word.endswith("s"))
        if alone and tokens[0].word not in self._within:
            return  # "Farmers had been demanding": the capital is the sentence's
        if not self._is_short_form(words, first):
            self._make(Claim(first, last, "organisation", words, "speaks"))

    def _make(self, claim: Claim) -> None:
        if self._sheet.claim(claim):
            self._note(claim)

    def _note(self, claim: Claim) -> None:
        if claim.kind in ("body", "organisation"):
            self._called.setdefault(_parts(claim.name), set()).add(claim.first)

    def _is_short_form(self, words: str, first: int) -> bool:
        """ "the Council", "the newspaper": short for a body named in full, or an outlet, which References resolves."""
        if words in word_list("state_word"):
            return True  # "the Emirate"
        short = _parts(words)
        if short[-1] in word_list("speaking_outlet") and words.islower():
            return True
        return any(
            len(full) > len(short) and set(short) <= set(full) and places - {first}
            for full, places in self._called.items()
        )


def _parts(name: str) -> tuple[str, ...]:
    return tuple(name.lower().split())


def _has_name(tokens: Sequence[Token]) -> bool:
    return any(t.capital and not t.first for t in tokens)
