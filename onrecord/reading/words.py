"""The word classes of ``lexicon/statement_words.tsv`` and its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onrecord.lexicon.tables import read_table


@cache
def words_of(name: str) -> frozenset[str]:
    """The words of one class, in lower case.

    >>> "reportedly" in words_of("hedge")
    True
    """
    return frozenset(row["word"] for row in read_table("statement_words") if row["class"] == name)


@cache
def media() -> Mapping[str, str]:
    """Medium by the word that tells it: "radio", "tweet"."""
    return {row["word"]: row["medium"] for row in read_table("media")}


@cache
def judgements() -> frozenset[str]:
    """Words that judge: "unacceptable"."""
    return frozenset(row["word"] for row in read_table("judgements"))


@cache
def month_names() -> frozenset[str]:
    """Months as printed: "February"."""
    return frozenset(row["name"] for row in read_table("months"))
