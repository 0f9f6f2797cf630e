"""Names of papers: what kind of paper a name names, and the words that tell one paper of a party from its next."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.linking.spelling import fold
from onrecord.model import Telling

# Words of a name that tell one paper of a party from its next: "a second draft" is not the draft before it.
MAKES = frozenset(
    (
        *("preliminary", "initial", "interim", "oral", "verbal", "draft", "final", "new", "revised", "amended"),
        *("first", "second", "third", "fourth", "fifth", "another", "separate", "side"),
    )
)


def kind_of_paper(name: str) -> str | None:
    """What kind of paper a name names, by its last known word; None where that may be any ("the paper") or none is.

    >>> kind_of_paper("a written response"), kind_of_paper("a counter-proposal"), kind_of_paper("the six-page text")
    ('reply', 'reply', None)
    """
    row = paper_word(name)
    return row["paper"] if row and row["paper"] != "any" else None


def paper_word(name: str) -> Mapping[str, str] | None:
    """The row of ``papers.tsv`` for the last word of a name that stands there; None where no word does."""
    words = fold(name).split()
    for end in range(len(words), 0, -1):
        for start in (end - 2, end - 1):  # "counter-proposal" is folded into two words
            row = _papers().get(" ".join(words[max(0, start) : end]))
            if row:
                return row
    return None


def is_absent(telling: Telling) -> bool:
    """Whether what is told of a paper is that there is none: "had received no reply"."""
    return fold(str(telling.attributes.get("name", ""))).split()[:1] in (["no"], ["any"], ["neither"])


def makes_in(telling: Telling) -> frozenset[str]:
    """The words that tell one paper of a party from its next: "a preliminary reaction" is not "a written response"."""
    return MAKES & frozenset(fold(str(telling.attributes.get("name", ""))).split())


@cache
def _papers() -> Mapping[str, Mapping[str, str]]:
    return {fold(row["word"]): row for row in read_table("papers")}
