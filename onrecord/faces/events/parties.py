"""Actors as event data has them: name, country, sector, title, and the words that name them in the passage."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.faces.events.tables import read_table
from onrecord.faces.lookup import Lookup, join_pieces
from onrecord.model import Actor, Evidence, OfficeHeld, Report

# What is named so is part of a state's government. Parliaments, courts, armies and agencies are not, and stay open.
_GOVERNMENT = re.compile(
    r"\b(?:government|cabinet|ministry|foreign office|home office|presidency|chancellery|kremlin|white house|treasury"
    r"|downing street|[ée]lys[ée]e|quai d[’']orsay|embassy|state department|department of)\b",
    re.I,
)
# Who holds such an office of a state, or of what is named so, is the government's.
_OFFICE = re.compile(
    r"\b(?:ministers?|president|premier|chancellor|secretary|ambassador|envoy|representative|negotiator|consul"
    r"|spokes(?:man|woman|person))\b",
    re.I,
)
_NO_OFFICE = re.compile(r"\b(?:former|ex|opposition|parliament\w*|senate|congress|court|party|designate|elect)\b", re.I)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in cells; what is not known is empty. ``country`` is ISO 3166-1 alpha-3, ``raw`` the article's words."""

    name: str = ""
    country: str = ""
    sector: str = ""
    title: str = ""
    raw: str = ""


class Parties:
    """Describes the actors of one record."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup
        self._mentions: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
        self._named: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for actor in lookup.record.actors:
            for mention in actor.mentions:
                self._mentions[actor.id, mention.text].append(mention)
            for text in dict.fromkeys(mention.text for mention in actor.mentions):
                self._named[text][actor.kind].append(actor.name)

    def describe(self, actor: str | None, report: Report) -> Party:
        """The actor as the report has it; an empty party where nobody is known."""
        found = self._lookup.actors.get(actor or "")
        if found is None:
            return Party(name=actor or "")
        held = _office(found, self._lookup)
        return Party(
            found.name,
            country_of(found.id, self._lookup),
            "GOV" if _is_government(found, self._lookup) else "",
            held.title if held else "",
            self.raw(found.id, report),
        )

    def raw(self, actor: str, report: Report) -> str:
        """The words that name the actor in the passage itself; empty where another sentence does."""
        spans = (*report.spans.content, *report.spans.speaker, *report.spans.cue)
        for mention in self._mentions.get((actor, report.text), ()):
            if any(span.start <= mention.start and mention.end <= span.end for span in spans):
                return mention.exact
        return join_pieces(report.spans.speaker) if report.speaker == actor else ""

    def named(self, text: str, *kinds: str) -> str:
        """The names of all actors of these kinds that an article names, parted by "; "."""
        named: Mapping[str, list[str]] = self._named.get(text, {})
        return "; ".join(name for kind in kinds for name in named.get(kind, ()))


def country_of(actor: str | None, lookup: Lookup) -> str:
    """The country in three letters: the actor's own, else the one of the state whose offices somebody holds."""
    found = lookup.actors.get(actor or "")
    if found is None:
        return ""
    if found.country:
        return _alpha3().get(found.country, "")
    of = (lookup.actors.get(office.of or "") for office in _held(found))
    countries = {actor.country for actor in of if actor and actor.country}
    return _alpha3().get(countries.pop(), "") if len(countries) == 1 else ""


def _is_government(actor: Actor, lookup: Lookup) -> bool:
    if actor.kind in ("state", "body"):
        return _governs(actor)
    return actor.kind == "person" and any(_is_of_government(office, lookup) for office in _held(actor))


def _governs(actor: Actor | None) -> bool:
    """Whether an actor is a state, or a body that is named as part of its government."""
    if actor is None:
        return False
    return actor.kind == "state" or (actor.kind == "body" and bool(_GOVERNMENT.search(actor.name)))


def _is_of_government(office: OfficeHeld, lookup: Lookup) -> bool:
    fits = _OFFICE.search(office.title) and not _NO_OFFICE.search(office.title)
    return bool(fits) and _governs(lookup.actors.get(office.of or ""))


def _office(actor: Actor, lookup: Lookup) -> OfficeHeld | None:
    """The office to name: one of a known state or body before one of nobody's."""
    held = sorted(_held(actor), key=lambda office: office.of not in lookup.actors)
    return held[0] if held else None


def _held(actor: Actor) -> tuple[OfficeHeld, ...]:
    """The offices that nothing says have ended."""
    return tuple(office for office in actor.offices if office.until is None)


@cache
def _alpha3() -> Mapping[str, str]:
    return {row["alpha2"]: row["alpha3"] for row in read_table("countries")}
