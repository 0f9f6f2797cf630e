"""How a meeting was held: the mode of CONSULT, and which side visited which."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from onrecord.faces.events.parties import country_of
from onrecord.faces.lookup import Lookup, words_of
from onrecord.model import Entry


@dataclass(frozen=True, slots=True)
class Coded:
    """An event in codes. ``back`` is the CAMEO code seen from the other side: who is visited hosts.

    ``turned``: who stands second in the entry does it. ``planned``: agreed on, for a day that is not its own.
    """

    type: str
    mode: str
    code: str
    back: str
    turned: bool = False
    planned: bool = False


# "Berg and Ek spoke by phone", "in a video call", "phoned her colleague"
_REMOTE = re.compile(r"\b(?:(?:tele)?phon(?:e|ed|es|ing)|video ?conference|video ?(?:call|link)|by video)\b", re.I)
_MEDIA = frozenset({"phone", "telephone", "video"})
_NEGOTIATION = re.compile(r"\bnegotiat(?:ions?|ed|ing)\b", re.I)
_VISITS = re.compile(r"visit(?:s|ed|ing)?", re.I)
_HOSTS = re.compile(r"(?:receiv|host|welcom)(?:e|es|ed|ing)", re.I)


def code_meeting(coded: Coded, entry: Entry, lookup: Lookup) -> Coded:
    """The meeting with its mode, where the words or the places of those who met decide it."""
    told = [words_of(report) for report in entry.reports]
    if entry.attributes.get("medium") in _MEDIA or any(_REMOTE.search(words) for words in told):
        return replace(coded, mode="phone", code="041", back="041")
    cues = [cue.exact for report in entry.reports for cue in report.spans.cue]
    if entry.by and entry.to:
        if any(_VISITS.fullmatch(cue) for cue in cues):
            return replace(coded, mode="visit", code="042", back="043")
        if any(_HOSTS.fullmatch(cue) for cue in cues):
            return replace(coded, mode="visit", code="042", back="043", turned=True)
    if entry.forum is not None:
        return replace(coded, mode="multilateral")
    if _is_elsewhere(entry, lookup):
        return replace(coded, mode="third-party", code="044", back="044")
    return replace(coded, code="046", back="046") if any(map(_NEGOTIATION.search, told)) else coded


def _is_elsewhere(entry: Entry, lookup: Lookup) -> bool:
    """Whether they met in a country that is none of theirs; never where a country is not known."""
    place = country_of(entry.place, lookup)
    theirs = {country_of(actor, lookup) for actor in (*entry.by, *entry.to)}
    return bool(place) and len(theirs) > 1 and "" not in theirs and place not in theirs
