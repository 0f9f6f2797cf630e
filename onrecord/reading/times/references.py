"""Recently, now, prior to this: before, at or after, and no more."""

from __future__ import annotations

import re
from functools import cache

from onrecord.reading.times.draft import Draft, Rule, outside
from onrecord.reading.times.words import compile_pattern, values


@cache
def vague_rules() -> tuple[Rule, ...]:
    """The rules for "recently", "now", "prior to this": before, at or after, and no more."""
    return (
        Rule("reference", compile_pattern(_references()), _reference, tuple(sorted(values("sense")))),
        Rule("reference", compile_pattern(r"(?<![\w-])(?i:recent)(?= (?!{UNIT})[a-z])"), _past, ("recent",)),
        Rule("reference", compile_pattern(r"\b(?i:the (?:near|long|short|medium|longer)) term\b"), _future, (" term",)),
        Rule("earlier", compile_pattern(r"(?<![\w-])Earlier(?=,)"), _past, ("earlier,",)),
    )


def _references() -> str:
    words = sorted(values("sense"), key=lambda word: (-len(word), word))
    return r"(?<![\w-])(?i:" + "|".join(words) + r")(?![\w-])"


_GIVEN = re.compile(r" (?:[a-z]+ed|used|sent|held|made|known|given|by)\b")
_HAD = re.compile(r"\b(?:had|has|have)(?: \w+)? $")


def _reference(match: re.Match[str]) -> Draft | None:
    words = " ".join(match[0].lower().split())
    if re.search(r"\b[Aa]s $", outside(match)[0]):  # "as long ago as the autumn of 2012"
        return None
    if words == "previously" and _GIVEN.match(match.string, match.end()) and not _HAD.search(outside(match)[0]):
        return None  # "the aluminium previously used", "as was previously reported"
    if words.startswith(("after ", "before ", "prior to ")):  # "After that": by what was told before
        return Draft(
            "DATE", values("sense")[words], anchor="text", direction="future" if words.startswith("after") else "past"
        )
    return Draft("DATE", values("sense")[words])


def _past(match: re.Match[str]) -> Draft:
    """ "recent talks"; "Earlier, Berg had said"."""
    return Draft("DATE", "PAST_REF")


def _future(match: re.Match[str]) -> Draft:
    """ "in the near term"."""
    return Draft("DATE", "FUTURE_REF")
