"""Credits, and the captions they stand at the end of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.furniture import has_speech
from onrecord.intake.lines import Line
from onrecord.intake.pieces import Piece

_MOST_CAPTION_WORDS = 60
_LONGEST_CREDIT = 90
# "Anna Berg arrives in Vienna. Photo: Jon Ek/Norland Press"
_LABELLED = re.compile(
    r"(?<=[.!?)\s])[(\[]?(?:File )?(?:Photo|Image|Picture|Photograph|Credit)s?(?: credit)? ?(?:by |: ?|© ?)(?=[A-Z])"
)
# "Anna Berg arrives in Vienna [Jon Ek/Varland Press via AP]", "(AP Photo/Jon Ek)"
_BRACKETED = re.compile(r"[\[(](?:File: ?)?[A-Z][\w.,' -]{1,50}+/ ?[A-Z][\w.,'/ -]{1,70}+[\])]$")
_POST_NOTE = re.compile(r"The post .{1,300} appeared first on .{1,100}")


def find_credits(lines: tuple[Line, ...]) -> Iterator[Piece]:
    """Credits at the end of a line, the caption before them, and the note that feeds put under an article."""
    for line in lines:
        if not line.number or line.count > _MOST_CAPTION_WORDS:
            continue
        if _POST_NOTE.fullmatch(line.words):
            yield Piece.of(line, "credit", "the note of a feed: The post ... appeared first on ...")
            continue
        start = _find_credit(line.words)
        if start is None:
            continue
        yield Piece.of(line, "credit", "a credit at the end of a line", (start, len(line.words)))
        before = line.words[:start].rstrip()
        if before and before[0].isalnum() and not line.has_quote and not has_speech(before):
            yield Piece.of(line, "caption", "a line that ends in a picture's credit", (0, len(before)))


def _find_credit(words: str) -> int | None:
    """Where the credit at the end of the line begins; None where there is none."""
    tail = max(0, len(words) - _LONGEST_CREDIT)
    if words[-1] in "])":
        opening = max(words.rfind("[", tail), words.rfind("(", tail))
        if opening > 0 and _BRACKETED.match(words, opening):
            return opening
    labelled = _LABELLED.search(words, tail)
    if labelled and not re.search(r"[.!?] [A-Z]\w+ \w+ \w+ ", words[labelled.end() :]):
        return labelled.start()
    return None
