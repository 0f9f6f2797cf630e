"""Polarity and modality of what is said: whether its first clause denies, and whether it tells of what is not yet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.model import Span
from onrecord.model.annotation import CueClass, Modality

_WORD = re.compile(r"[a-z]+(?:[’'][a-z]+)?|[,;:.!?]")
_MONTH = re.compile(r"(\w) May\b")  # "held in May": no verb, which has its capital only at the start
_CLAUSE = 14  # words in which a clause shows whether it denies
_DENIES = frozenset(
    ["not", "no", "never", "neither", "nor", "nobody", "nothing", "none", "cannot", "without", "hardly"]
)
_FUTURE = frozenset(["will", "shall", "ll"])
_OPEN = frozenset(["may", "might", "could", "should", "would", "if", "unless", "whether", "perhaps", "possibly"])
_AHEAD: frozenset[CueClass] = frozenset(("demand", "promise", "threaten"))


def tone_of(content: Sequence[Span], cue_class: CueClass) -> tuple[bool, Modality]:
    """Whether a content is negated, and its modality, both by its first clause.

    >>> from onrecord.model import Text
    >>> said = Text.of("that Sudmark would not sign")
    >>> tone_of([said.span(0, 27)], "say")
    (True, 'hypothetical')
    """
    words = _first_clause(" ".join(piece.exact for piece in content))
    negated = any(word in _DENIES or word.endswith(("n't", "n’t")) for word in words)
    stems = {part for word in words for part in re.split(r"[’']", "will" if word in ("won't", "won’t") else word)}
    if stems & _FUTURE or "going to" in " ".join(words):
        return negated, "future"
    if stems & _OPEN:
        return negated, "hypothetical"
    return negated, "future" if cue_class in _AHEAD or words[:1] == ["to"] else "real"


def _first_clause(words: str) -> list[str]:
    found: list[str] = []
    for match in _WORD.finditer(_MONTH.sub(r"\1 -", words[:400]).lower()):
        if match[0] in ";:.!?" or (match[0] == "," and len(found) > 3) or len(found) == _CLAUSE:
            break
        if match[0] != ",":
            found.append(match[0])
    return found
