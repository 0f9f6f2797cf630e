"""Placeholder until the grammar's anchoring lands."""

from onrecord.model import Timex, When


def anchor(timex: Timex, words: str, published: When | None, text_anchor: When | None = None) -> When:
    """The date, unresolved."""
    return When.unresolved(words)
