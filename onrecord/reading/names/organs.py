"""Organs that every state has, named with their state: "the Russian Foreign Ministry", "the government of Norland"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.reading.names.gazetteer import states
from onrecord.reading.names.titles import Title
from onrecord.reading.names.tokens import Claim, Sheet
from onrecord.reading.names.words import organs


def claim_organs(sheet: Sheet) -> None:
    """Claims organs of states: "the Russian Foreign Ministry", "Norland's government", "the parliament of Sudmark".

    Takes the claim of the state beside them into the body's. Wants the states claimed.
    """
    index = 0
    alone: list[tuple[int, int, str]] = []
    while index < len(sheet.tokens):
        organ = sheet.phrase(organs(), index)
        last = index + len(organ.words) if organ else index + 1
        claimed = organ and sheet.free(index, last) and _claim_organ(sheet, index, last, organ.name)
        if organ and not claimed and organ.kind == "alone" and _may_stand_alone(sheet, index, last):
            alone.append((index, last, organ.name))
        index = last
    for first, last, name in alone:
        _claim_alone(sheet, first, last, name)


def _claim_organ(sheet: Sheet, first: int, last: int, name: str) -> bool:
    place = first - 1
    if place >= 0 and sheet.tokens[place].possessive:
        place -= 1
    before = sheet.at(place)
    if before and before.kind == "state" and sheet.together(before.first, last):
        sheet.drop(before)
        return sheet.claim(_organ_claim(sheet, before.first, last, name, before))
    place = last + 1 + (sheet.word(last + 1).lower() == "the")
    after = sheet.at(place) if sheet.word(last).lower() == "of" else None
    if after and after.kind == "state" and after.first == place and not after.adjective:
        sheet.drop(after)
        return sheet.claim(_organ_claim(sheet, first, after.last, name, after))
    return False


def _organ_claim(sheet: Sheet, first: int, last: int, name: str, state: Claim) -> Claim:
    if state.adjective and sheet.words(state.first, state.last) == state.name:
        # The text has only the adjective of a state no list knows; what the state is called is not known.
        return Claim(first, last, "body", sheet.words(first, last), "organ", state.country)
    return Claim(first, last, "body", f"{name} of {_of(state)}", "organ", state.country)


def _may_stand_alone(sheet: Sheet, first: int, last: int) -> bool:
    """ "the Foreign Ministry reiterated", "Foreign Ministry spokesman"; never "a foreign ministry"."""
    capitals = all(sheet.tokens[place].capital for place in (first, last - 1))
    return capitals or sheet.word(first - 1).lower() == "the"


def _claim_alone(sheet: Sheet, first: int, last: int, name: str) -> None:
    sheet.claim(Claim(first, last, "body", name, "organ alone"))


def settle_ministries(sheet: Sheet, offices: tuple[Title, ...]) -> None:
    """Gives each ministry without a state beside it the state whose ministry or minister the page names.

    "Russian Foreign Minister Lavrov ... The Foreign Ministry reiterated". Where the page names those of two states,
    the ministry stays nobody's.
    """
    whose: dict[str, set[tuple[str, str | None]]] = {}
    for claim in sheet.claims():
        if claim.why == "organ":
            name, _, of = claim.name.partition(" of ")
            for ministry in _ministers():
                if claim.name.startswith(f"{ministry} of "):
                    name, of = ministry, claim.name.removeprefix(f"{ministry} of ")
            whose.setdefault(name, set()).add((of, claim.country))
    for title in offices:
        for ministry, key in _ministers().items():
            # The US Secretary of State is a foreign minister, but has no foreign ministry.
            minister = title.key == key and "inister" in sheet.words(title.first, title.last)
            if minister and title.of and title.of.kind == "state":
                whose.setdefault(ministry, set()).add((_of(title.of), title.of.country))
    for claim in list(sheet.claims()):
        owners = whose.get(claim.name, set()) if claim.why == "organ alone" else set()
        if len(owners) == 1:
            of, country = next(iter(owners))
            sheet.drop(claim)
            sheet.claim(replace(claim, name=f"{claim.name} of {of}", country=country))


@cache
def _ministers() -> dict[str, str]:
    """Ministries by the record's name for them, with the key of their minister's office."""
    ministries = [row for row in read_table("organs") if row["alone"]]
    return {row["name"]: row["organ"].lower().replace("ministry", "minister") for row in ministries}


def _of(state: Claim) -> str:
    known = states().get(state.country or "")
    return known.of() if known else state.name
