"""What the encoder says of a page: one pass, shared by the stages that ask for it."""

from __future__ import annotations

from onrecord.encoder import Marks, load_encoder
from onrecord.reading.languages import find_foreign
from onrecord.reading.page import Page


def read_marks(page: Page) -> Marks:
    """Attributions and names in the page's paragraphs, without noise and what is not English."""
    foreign = {paragraph for paragraph, _ in find_foreign(page)}
    places = [p for p in page.paragraphs if p not in foreign and not page.is_noisy(p)]
    return load_encoder().read(page.text, places, [(q.span, q.inner) for q in page.quotations if q.depth == 0])
