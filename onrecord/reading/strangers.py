"""Strangers: capitalised words that no stage recognised, and that may well be somebody."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.model import Name, Office
from onrecord.reading.page import Page

_CAPITALISED = re.compile(r"\b([A-Z][a-z]{2,})((?:[ ](?:al-)?[A-Z][\w-]+)?)")
# "a European security treaty": an adjective of a place is nobody.
_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ean|ian|ish|ese)[ ](?!said|says|told)[a-z]{4,}")
_OPENING = " “\"'«„(–—-"


def find_strangers(page: Page) -> tuple[int, ...]:
    """Where capitalised words begin that are no part of a name, office, quotation or date, nor begin a sentence.

    "Nuno's wife Rosa counted the men. “Twice,” she said.": where Rosa is no known name, "she" must not pass over her
    to the woman named before.
    """
    covered = bytearray(len(page.text.body))
    known = (*(name.span for name in page.all(Name)), *(office.span for office in page.all(Office)))
    for span in (*known, *(quotation.span for quotation in page.quotations)):
        covered[span.start : span.end] = b"\1" * len(span)
    strangers = []
    for sentence in page.sentences:
        for number, match in enumerate(_CAPITALISED.finditer(sentence.exact)):
            alone = not match.group(2)
            opens = number == 0 and alone and not sentence.exact[: match.start()].strip(_OPENING)
            nobody = match.group(1) in _calendar() or (alone and _ADJECTIVE.match(sentence.exact, match.start()))
            if not (covered[sentence.start + match.start()] or opens or nobody):
                strangers.append(sentence.start + match.start())
    return tuple(strangers)


@cache
def _calendar() -> frozenset[str]:
    return frozenset(row["name"] for table in ("months", "weekdays") for row in read_table(table))
