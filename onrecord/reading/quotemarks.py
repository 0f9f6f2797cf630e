"""The quote-mark state machine: which words stand between quotation marks."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Span, Text


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    ``span`` runs from the opening mark to the closing one (both included where printed), ``inner`` holds the words
    alone. ``closed`` is False where no closing mark was found and the end is the end of the paragraph.
    ``continues`` is True where the mark was reopened at a paragraph's start and the quotation goes on from the one
    before. ``depth`` is 0 for an outermost quotation, 1 for one inside another, and so on.
    """

    span: Span
    inner: Span
    closed: bool = True
    continues: bool = False
    depth: int = 0


def find_quotations(text: Text, paragraphs: tuple[Span, ...]) -> tuple[Quotation, ...]:
    """What stands between quotation marks, in order of the opening mark."""
    return ()
