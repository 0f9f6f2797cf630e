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
            _claim(sheet, first, last)


def _claim(sheet: Sheet, first: int, last: int) -> None:
    tokens = sheet.tokens[first:last]
    words = sheet.words(first, last)
    head = next((place for place in range(first + 1, last) if sheet.word(place) in ("of", "for")), last) - 1
    if sheet.word(head).lower() in word_list("speaking_body"):
        if last - first > 1:
            # "Mornay's government", "the Borovian mission": what the body's name holds is no party of its own here.
            inside = [claim for claim in sheet.claims() if first <= claim.first and claim.last <= last]
            if not any(claim.last > head >= claim.first for claim in inside) and _has_name(tokens):
                for claim in inside:
                    sheet.drop(claim)
                sheet.claim(Claim(first, last, "body", words, "speaks"))
                return
        if not _is_short_form(sheet, words, first):
            sheet.claim(Claim(first, last, "body", words, "speaks"))
        return
    proper = all(t.capital or t.word.lower() in _JOINS for t in tokens) and tokens[-1].capital
    if not proper or title_at(sheet, first) or tokens[0].word in word_list("no_name") or tokens[0].titled:
        return
    if last - first == 1 and (tokens[0].first or tokens[0].word.endswith("s")) and not _is_met_again(sheet, first):
        return  # "Farmers had been demanding": the capital is the sentence's
    if not _is_short_form(sheet, words, first):
        sheet.claim(Claim(first, last, "organisation", words, "speaks"))


def _has_name(tokens: Sequence[Token]) -> bool:
    return any(t.capital and not t.first for t in tokens)


def _is_short_form(sheet: Sheet, words: str, first: int) -> bool:
    """ "the Council", "the newspaper": short for a body named in full, or an outlet, which References resolves."""
    last_word = words.split()[-1].lower()
    if words in word_list("state_word"):
        return True  # "the Emirate"
    if last_word in word_list("speaking_outlet") and words.islower():
        return True
    short = words.lower().split()
    return any(
        claim.kind in ("body", "organisation") and len(full) > len(short) and set(short) <= set(full)
        for claim in sheet.claims()
        if claim.first != first and (full := claim.name.lower().split())
    )


def _is_met_again(sheet: Sheet, index: int) -> bool:
    """Whether the word has its capital within a sentence, too."""
    word = sheet.word(index)
    return any(t.word == word and not t.first and not t.titled for t in sheet.tokens)
