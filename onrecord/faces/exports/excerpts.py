"""A record for sharing where the articles may not be: bodies cut to the words that are evidence and a little around.

Offsets, ids and evidence stay as they are, so an excerpt verifies like the record it was cut from.
"""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.faces.lookup import Lookup
from onrecord.model import Evidence, Record, RecordText

AROUND = 120
"""Code points kept before and after evidence, cut back to whole words."""

_BLANK = re.compile(r"\s")
# Dots in groups of eight: the line still wraps, and neither words nor their lengths show through.
_MASK = "······· "


def cut_to_excerpts(record: Record, around: int = AROUND) -> Record:
    """The same record, each body as long as before, its unshared stretches dotted out; line breaks stay.

    Mentions of actors keep their own words and nothing around them. Noise is never context.
    """
    lookup = Lookup(record)
    shown: dict[str, list[tuple[int, int]]] = {text.id: [] for text in record.texts}
    for span in lookup.evidence():
        shown[span.text].append(_widen(span, lookup.texts[span.text], around))
        shown[span.text].append((span.start, span.end))
    for actor in record.actors:
        for mention in actor.mentions:
            shown[mention.text].append((mention.start, mention.end))
    return replace(
        record, texts=tuple(replace(text, body=_mask(text.body, sorted(shown[text.id]))) for text in record.texts)
    )


def _widen(span: Evidence, text: RecordText, around: int) -> tuple[int, int]:
    """The span with its surroundings: whole words, within the lines' noise-free stretch."""
    start, end = max(0, span.start - around), min(len(text.body), span.end + around)
    for low, high in text.noise:
        if high <= span.start:
            start = max(start, high)
        elif low >= span.end:
            end = min(end, low)
    if start:
        blank = _BLANK.search(text.body, start, span.start)
        start = blank.end() if blank else span.start
    if end < len(text.body):
        while end > span.end and not text.body[end].isspace():
            end -= 1
    return start, end


def _mask(body: str, shown: list[tuple[int, int]]) -> str:
    pieces, done = [], 0
    for start, end in shown:
        if start > done:
            pieces.append(_dots(body[done:start]))
        pieces.append(body[max(start, done) : end])
        done = max(done, end)
    pieces.append(_dots(body[done:]))
    return "".join(pieces)


def _dots(stretch: str) -> str:
    """As many characters as the stretch has, with its line breaks."""
    lines = re.split(r"([\r\n])", stretch)
    return "".join(line if line in ("\r", "\n") else (_MASK * (len(line) // 8 + 1))[: len(line)] for line in lines)
