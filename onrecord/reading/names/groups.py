"""Collective and unnamed parties: "the West", "Western partners", "NATO allies", "two diplomats", "both sides"."""

from __future__ import annotations

from onrecord.reading.names.tokens import Claim, Sheet
from onrecord.reading.names.words import phrase_list, word_list

_UNNAMED = frozenset(("diplomats", "officials", "sources", "envoys", "negotiators", "lawmakers"))
_SPEAKERS = frozenset(
    ("diplomats", "officials", "sources", "lawmakers", "politicians", "experts", "intelligence officials")
)
_MEMBERS = frozenset(
    ("allies", "members", "countries", "states", "partners", "leaders", "diplomats", "officials", "ministers",
     "capitals", "member states", "foreign ministers", "ambassadors", "powers")
)  # fmt: skip


def claim_groups(sheet: Sheet) -> None:
    """Claims the groups on the sheet. Wants states and organisations claimed; takes those before a noun in."""
    for claim in list(sheet.claims()):
        _claim_members(sheet, claim)
    index = 0
    while index < len(sheet.tokens):
        found = _phrase_at(sheet, index) or _adjective_at(sheet, index) or _count_at(sheet, index)
        index = found.last if found and sheet.claim(found) else index + 1


def _claim_members(sheet: Sheet, claim: Claim) -> None:
    """ "NATO allies", "EU leaders"; "Russian officials", who are not Russia."""
    noun = sheet.phrase(phrase_list("group_noun"), claim.last)
    if noun is None:
        return
    last = claim.last + len(noun.words)
    takes = _MEMBERS if claim.kind == "organisation" and claim.why == "organisation" else frozenset()
    if claim.kind == "state" and (claim.adjective or sheet.word(claim.last - 1) in ("US", "UK", "U.S.", "U.K.")):
        takes = _SPEAKERS
    if noun.name in takes and sheet.free(claim.last, last) and sheet.together(claim.first, last):
        sheet.drop(claim)
        sheet.claim(Claim(claim.first, last, "group", sheet.words(claim.first, last), "members", claim.country))


def _phrase_at(sheet: Sheet, index: int) -> Claim | None:
    phrase = sheet.phrase(phrase_list("group_phrase"), index)
    if phrase is None:
        return None
    last = index + len(phrase.words)
    if phrase.name == "the West":
        # "west of the river" and "the West Bank" are no party.
        if sheet.word(last - 1) != "West" or (sheet.word(last)[:1].isupper() and sheet.together(index, last + 1)):
            return None
        return Claim(index, last, "group", "the West", "phrase")
    return Claim(index, last, "group", phrase.name, "phrase")


def _adjective_at(sheet: Sheet, index: int) -> Claim | None:
    adjective = sheet.phrase(phrase_list("group_adjective"), index)
    if adjective is None or not (sheet.tokens[index].capital or adjective.words[0] in ("allied", "transatlantic")):
        return None
    noun_at = index + len(adjective.words)
    noun = sheet.phrase(phrase_list("group_noun"), noun_at)
    if noun is None or not sheet.together(index, noun_at + len(noun.words)):
        return None
    last = noun_at + len(noun.words)
    return Claim(index, last, "group", sheet.words(index, last), "adjective")


def _count_at(sheet: Sheet, index: int) -> Claim | None:
    if sheet.word(index).lower() not in word_list("group_count"):
        return None
    noun_at = index + 1 + (sheet.word(index + 1) in ("senior", "unnamed", "other", "Western", "European"))
    noun = sheet.phrase(phrase_list("group_noun"), noun_at)
    if noun is None or noun.name not in _UNNAMED or not sheet.together(index, noun_at + 1):
        return None
    return Claim(index, noun_at + 1, "group", sheet.words(index, noun_at + 1), "unnamed")
