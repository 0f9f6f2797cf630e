"""Strangers: capitalised words that no stage recognised, and people left without a name, who may well be "he"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.model import Name, Office
from onrecord.reading.cues import verbs
from onrecord.reading.page import Page
from onrecord.reading.words import words_of

_CAPITALISED = re.compile(r"\b([A-Z][a-z]{2,})((?:[ ](?:al-)?[A-Z][\w-]+)?)")
# "a European security treaty": an adjective of a place is nobody.
_ADJECTIVE = re.compile(r"[A-Z][a-z]+(?:ean|ian|ish|ese)[ ](?!said|says|told)[a-z]{4,}")
_WORD = re.compile(r" (?:also |later |has |had )?(\w+)")
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
        strangers += (sentence.start + place for place in _unnamed_speakers(sentence.exact))
    return tuple(sorted(strangers))


def _unnamed_speakers(sentence: str) -> Iterator[int]:
    """Where somebody without a name speaks: "The talks are off, an official said. “For good,” he added." """
    for match in _unnamed().finditer(sentence):
        after, before = _WORD.match(sentence, match.end()), sentence[: match.start()].split()[-1:]
        spoken = [after[1]] if after else []
        if any(word in verbs() and verbs()[word].form in ("past", "present") for word in (*spoken, *before)):
            yield match.start()


@cache
def _unnamed() -> re.Pattern[str]:
    people = {row["description"] for row in read_table("descriptions") if row["kind"] == "person"} | words_of("unnamed")
    return re.compile(rf"\b[Aa]n? (?:[\w-]+ ){{0,3}}(?:{'|'.join(map(re.escape, sorted(people)))})\b(?! [A-Z])")


@cache
def _calendar() -> frozenset[str]:
    return frozenset(row["name"] for table in ("months", "weekdays") for row in read_table(table))
