"""Titles of office as keys: one key for every way in which a state's foreign minister is called."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon.tables import read_list, read_table
from onrecord.linking.spelling import fold

_DECORATION = re.compile(
    r"^(?:federal |union |cabinet )?(?=minister|secretary)| of the (?:state "
    r"council|council of ministers|government|republic)$"
)
_PORTFOLIO = re.compile(
    r"^(?:minister of state|minister|secretary of state|secretary|ministry) "
    r"(?:of|for|in charge of|responsible for) (?:the )?(.+)$"
)
_BEFORE = re.compile(r"^(.+) (?:minister|secretary)$")
# What a portfolio begins with, and whose it is: "Foreign Affairs and International Cooperation".
_PORTFOLIOS = tuple(
    (re.compile(pattern), f"{key} minister")
    for pattern, key in (
        (r"foreign (?!trade|economic)|external (?:affairs|relations)|europe.* foreign", "foreign"),
        (r"(?:national |peoples )?defence|(?:the )?armed forces", "defence"),
        (r"interior|home (?:affairs|department)|internal affairs", "interior"),
        (r"finance|treasury|economy,? (?:and )?finance", "finance"),
        (r"econom(?:y|ic|ics)\b", "economy"),
        (r"(?:international |foreign )?trade|commerce", "trade"),
        (r"energy|petroleum|oil", "energy"),
        (r"transport", "transport"),
        (r"(?:public )?health", "health"),
        (r"environment|ecology", "environment"),
        (r"agricultur", "agriculture"),
        (r"(?:national )?education", "education"),
        (r"labou?r", "labour"),
        (r"sports?\b", "sports"),
        (r"industr", "industry"),
        (r"emergenc", "emergency situations"),
    )
)
_HEADS = {
    "president of the republic": "president",
    "federal president": "president",
    "premier of the state council": "prime minister",
    "king": "monarch",
    "queen": "monarch",
    "emir": "monarch",
}


def key_of(title: str) -> tuple[str, int]:
    """The key of a title, and how directly it follows: 0 a form of the office, 1 by its portfolio, 2 its own words.

    >>> key_of("Minister of Foreign Affairs"), key_of("Federal Minister of Health, Labour and Welfare")
    (('foreign minister', 0), ('health minister', 1))
    """
    lower = " ".join(title.lower().split()).replace("defense", "defence").replace("’", "'").removeprefix("the ")
    plain = _DECORATION.sub("", lower)
    if plain in _HEADS or lower in _HEADS:
        return _HEADS.get(plain) or _HEADS[lower], 0
    if fold(plain) in forms():
        return forms()[fold(plain)], 0
    found = _PORTFOLIO.match(plain)
    if not found:
        before = _BEFORE.match(plain)
        return (f"{before[1]} minister", 1) if before and len(before[1].split()) < 4 else (plain, 2)
    for pattern, key in _PORTFOLIOS:
        if pattern.match(found[1]):
            return key, 1
    return f"{re.split(r',| and ', found[1])[0]} minister", 1


@cache
def forms() -> dict[str, str]:
    """The key of each form of a title of office, folded, as ``offices.tsv`` has it."""
    offices = [row for row in read_table("offices") if row["kind"] == "office"]
    known = {
        fold(form).replace("defense", "defence"): row["key"]
        for row in offices
        for form in (row["title"], *read_list(row["forms"]))
    }
    return {form: key for form, key in known.items() if key not in ("adviser", "head", "minister")}
