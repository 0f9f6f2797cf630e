"""What the encoder says of a page: one pass, shared by the stages that ask for it."""

from __future__ import annotations

from onrecord.encoder import Marks, load_encoder
from onrecord.model import Span
from onrecord.reading.languages import find_foreign
from onrecord.reading.page import Page


def read_marks(page: Page) -> Marks:
    """Attributions and names in the page's paragraphs, without noise and what is not English."""
    return load_encoder().read(
        page.text, paragraphs_read(page), [(q.span, q.inner) for q in page.quotations if q.depth == 0]
    )


def paragraphs_read(page: Page) -> list[Span]:
    """The paragraphs that the encoder is shown."""
    foreign = {paragraph for paragraph, _ in find_foreign(page)}
    return [p for p in page.paragraphs if p not in foreign and not page.is_noisy(p)]
