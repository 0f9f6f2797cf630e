"""Paragraphs and sentences."""

from __future__ import annotations

from onrecord.model import Span, Text


def find_paragraphs(text: Text) -> tuple[Span, ...]:
    """Paragraphs in order: runs of text between line breaks, without the white space around them."""
    return ()


def find_sentences(text: Text, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """Sentences in order; none crosses a paragraph."""
    return ()
