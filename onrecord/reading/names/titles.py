"""Titles of office in a text, what they are an office of, and where their holder may stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.reading.names.tokens import Claim, Sheet
from onrecord.reading.names.words import prefixes, titles, word_list

DASHES = frozenset("–—-−‐‑")
_PORTFOLIO_ENDS = frozenset(
    ("affairs", "policy", "issues", "relations", "integration", "security", "cooperation", "disarmament", "control")
)


@dataclass(frozen=True, slots=True)
class Title:
    """Tokens ``first`` to ``last`` are a title. ``of``: the claim it is an office of.

    ``begins`` is the first token of the whole phrase ("Russian" in "Russian Foreign Minister"), ``ends`` the token
    after it (after "of Russia"). ``kind`` is office, honorific or plural.
    """

    first: int
    last: int
    kind: str
    key: str
    of: Claim | None
    begins: int
    ends: int


def find_titles(sheet: Sheet) -> tuple[Title, ...]:
    """The titles of the page in order, none inside another. Wants states, organisations and bodies claimed."""
    found = []
    index = 0
    while index < len(sheet.tokens):
        title = _read_title(sheet, index)
        if title:
            found.append(title)
        index = title.last if title else index + 1
    return tuple(found)


def title_at(sheet: Sheet, index: int) -> tuple[int, str, str] | None:
    """Where the title at the token ends, its kind and key; prefixes such as "deputy" belong to it."""
    place = index
    for _ in range(3):
        prefix = sheet.phrase(prefixes(), place)
        if prefix is None:
            break
        place += len(prefix.words)
        place += sheet.word(place) in DASHES  # "then-foreign minister"
    qualified = sheet.phrase(titles(), place) if place > index else None
    plain = sheet.phrase(titles(), index)
    # "deputy foreign minister" reaches further than the "deputy" who sits in a parliament.
    if qualified and qualified.kind != "honorific":
        end = place + len(qualified.words)
        if sheet.together(index, end) and (plain is None or end > index + len(plain.words)):
            return end, qualified.kind, f"{prefix_key(sheet, index)} {qualified.name}".strip()
    if plain is None or (plain.kind == "honorific" and not sheet.tokens[index].capital):
        return None
    end = index + len(plain.words)
    return (end + 1 if plain.kind == "honorific" and sheet.word(end) == "." else end), plain.kind, plain.name


def prefix_key(sheet: Sheet, index: int) -> str:
    """What the prefix at the token makes of an office: "deputy", "former", or nothing ("acting")."""
    prefix = sheet.phrase(prefixes(), index)
    return prefix.name if prefix and prefix.name in ("deputy", "former") else ""


def _read_title(sheet: Sheet, index: int) -> Title | None:
    found = title_at(sheet, index)
    if found is None:
        return None
    last, kind, key = found
    if not sheet.together(index, last) or not sheet.free(index, last):
        return None
    if kind == "honorific":
        return Title(index, last, kind, key, None, index, last)
    last = _portfolio(sheet, last)
    before = _of_before(sheet, index)
    after, ends = _of_after(sheet, last)
    begins = before.first if before else index
    return Title(index, last, kind, key, before or after, begins, ends)


def _portfolio(sheet: Sheet, last: int) -> int:
    """The end of "deputy minister for political affairs" and "Under Secretary of State for Arms Control"."""
    if sheet.word(last).lower() not in ("for", "of"):
        return last
    for place in range(last + 2, min(last + 6, len(sheet.tokens))):
        if not sheet.together(last, place + 1) or not sheet.free(last, place + 1):
            return last
        if sheet.word(place).lower() in _PORTFOLIO_ENDS:
            return place + 1
    return last


def _of_before(sheet: Sheet, first: int) -> Claim | None:
    place = first - 1
    if sheet.word(place) == "and" and sheet.word(place - 1).islower() and sheet.together(place - 1, first):
        place -= 2  # "the French economy and finance minister"
    if place >= 0 and sheet.tokens[place].possessive:
        place -= 1
    claim = sheet.at(place)
    if claim is None or not sheet.together(claim.first, first + 1):
        return None
    return claim if claim.kind in ("state", "organisation", "body", "place", "person") else None


def _of_after(sheet: Sheet, last: int) -> tuple[Claim | None, int]:
    """The claim after "of (the)", and where the whole phrase ends."""
    if sheet.word(last).lower() not in ("of", "for", "to", "at"):
        return None, last
    place = last + 1
    if sheet.word(place).lower() in ("the", "its", "their"):
        place += 1
    claim = sheet.at(place)
    if claim is None or claim.first != place or not sheet.together(last, claim.last):
        return None, last
    if claim.kind not in ("state", "organisation", "body") or claim.adjective:
        return None, last
    if claim.kind == "state" and sheet.word(claim.last).lower() in word_list("state_organ"):
        return None, last  # "head of the Norland mission" is no office of Norland
    return (claim if sheet.word(last).lower() != "to" else None), claim.last


def bare_titles(sheet: Sheet) -> Iterator[tuple[int, int, str, str]]:
    """Every title with its first and last token, kind and key, whatever is claimed."""
    index = 0
    while index < len(sheet.tokens):
        found = title_at(sheet, index)
        if found:
            yield index, found[0], found[1], found[2]
        index = found[0] if found else index + 1
