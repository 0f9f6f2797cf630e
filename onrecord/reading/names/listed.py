"""Names the lists know, and what each occurrence stands for: Moscow the place or Moscow the government."""

from __future__ import annotations

from onrecord.reading.names.gazetteer import Entry, Gazetteer, State
from onrecord.reading.names.tokens import Claim, Sheet
from onrecord.reading.names.words import first_names, word_list

_PARTS = frozenset(("eastern", "western", "northern", "southern", "central", "north-eastern", "south-eastern"))
_HELD = frozenset(("official", "offer", "responses", "proposals", "senator", "answers", "replies", "side"))


def claim_listed(sheet: Sheet, names: Gazetteer, uses: tuple[str, ...]) -> None:
    """Claims every free listed name of these uses, the longest at each place."""
    spoken_of = _states_named(sheet, names)
    index = 0
    while index < len(sheet.tokens):
        claim = _claim_at(sheet, names, index, uses, spoken_of)
        index = claim.last if claim and sheet.claim(claim) else index + 1


def claim_long_names(sheet: Sheet, names: Gazetteer) -> None:
    """Claims states and places of several words, so that "Russian Federation" and "West Bank" are no organisations."""
    index = 0
    while index < len(sheet.tokens):
        claim = None
        for entry in names.match(sheet, index):
            if entry.use in ("state", "place") and len(entry.words) > 1:
                claim = _claim(sheet, index, entry, names)
                break
        index = claim.last if claim and sheet.claim(claim) else index + 1


def _claim_at(
    sheet: Sheet, names: Gazetteer, index: int, uses: tuple[str, ...], spoken_of: frozenset[str]
) -> Claim | None:
    for entry in names.match(sheet, index):
        if entry.use not in uses:
            continue
        if _is_person_word(sheet, index, entry):
            return None
        if not entry.sure and (entry.state is None or entry.state.name not in spoken_of):
            continue
        return _claim(sheet, index, entry, names)
    return None


def _claim(sheet: Sheet, first: int, entry: Entry, names: Gazetteer) -> Claim | None:
    last = first + len(entry.words)
    state = entry.state
    country = state.country if state else None
    if entry.use in ("organisation", "outlet"):
        return Claim(first, last, "organisation", entry.name, entry.use)
    if entry.use == "body":
        return Claim(first, last, "body", entry.name, "body", country)
    if entry.use == "place" or state is None:
        return Claim(first, last, "place", entry.name, "place")
    if entry.use == "capital":
        if is_place_use(sheet, first, last, state, names):
            return Claim(first, last, "place", entry.name, "capital", country, place_use=True)
        return Claim(first, last, "state", state.name, "capital", country)
    if entry.use == "people":
        if sheet.word(first - 1).lower() == "the":  # "unacceptable to the Americans"
            return Claim(first, last, "state", state.name, "people", country)
        return Claim(first, last, "group", sheet.words(first, last), "people", country)
    if entry.use == "state" and sheet.word(first - 1) in _PARTS and sheet.together(first - 1, last):
        # "in eastern Ukraine": where, not who; "Eastern Ukraine" opening a sentence is left to the state.
        return Claim(first - 1, last, "place", sheet.words(first - 1, last), "part", country)
    adjective = entry.use == "adjective" and not _stands_alone(sheet, entry, last)
    if adjective and sheet.word(last).lower() in word_list("side_word"):  # "the Russian side"
        return Claim(first, last + 1, "state", state.name, "side", country)
    return Claim(first, last, "state", state.name, entry.use, country, adjective=adjective)


def _stands_alone(sheet: Sheet, entry: Entry, last: int) -> bool:
    """Whether "US" or "UK", noun and adjective in one, is the noun here."""
    if entry.state is None or entry.words[0].rstrip(".").replace(".", "") not in ("US", "UK", "New"):
        return False
    follows = sheet.word(last)
    if not follows or not follows[0].isalpha():
        return True
    if follows in ("and", "or"):
        return True
    attributes = word_list("state_organ") | word_list("place_noun") | word_list("group_noun") | _HELD
    return not follows[0].isupper() and follows.lower() not in attributes


def _is_person_word(sheet: Sheet, index: int, entry: Entry) -> bool:
    """Whether a listed word is part of a person's name: "Jordan Ek", "Michael Washington"; but not "in Jordan"."""
    if len(entry.words) > 1:
        return False
    before, word, after = sheet.word(index - 1), sheet.word(index), sheet.word(index + 1)
    if before in first_names() and sheet.together(index - 1, index + 1) and entry.use not in ("adjective", "people"):
        return entry.use != "organisation" or not word.isupper()
    if word not in first_names() or before.lower() in word_list("place_word_before"):
        return False
    return after[:1].isupper() and after.isalpha() and after not in word_list("no_name")


def _states_named(sheet: Sheet, names: Gazetteer) -> frozenset[str]:
    """Names of the states that the page speaks of, by any name of theirs."""
    found = set()
    for index in range(len(sheet.tokens)):
        if sheet.tokens[index].capital:
            found |= {e.state.name for e in names.match(sheet, index) if e.state and e.use not in ("body", "capital")}
    return frozenset(found)


def is_place_use(sheet: Sheet, first: int, last: int, state: State, names: Gazetteer) -> bool:
    """Whether a capital's name is the place here; else it stands for the government.

    "in Moscow", "flew to Moscow", "the Moscow talks", "Moscow, Russia" and "MOSCOW (Reuters)" are the place;
    "Moscow demanded", "Moscow’s demand", "a reply to Moscow" the government.
    """
    before, follows = sheet.word(first - 1).lower(), sheet.word(last)
    if before in word_list("place_word_before"):
        return True
    if before in ("to", "from", "for", "of", "into", "towards") or before in word_list("motion"):
        back = {sheet.word(place).lower() for place in range(max(0, first - 5), first)}
        if back & word_list("motion") and sheet.together(max(0, first - 1), last):
            return True
    if before in ("and", "or") and _place_before(sheet, first - 2):  # "talks in Geneva and Vienna"
        return True
    if follows == "," and any(e.state == state and e.use == "state" for e in names.match(sheet, last + 1)):
        return True
    if follows in ("'s", "’s"):
        return sheet.word(last + 1).lower() in word_list("place_noun") - {"talks", "meeting", "visit", "trip"}
    if follows in ("-", "‑", "–") and sheet.word(last + 1) in ("based", "born"):
        return True
    if follows.lower() in word_list("place_noun"):
        return True
    return _is_dateline(sheet, first, last)


def _place_before(sheet: Sheet, index: int) -> bool:
    claim = sheet.at(index)
    return claim is not None and claim.kind == "place"


def _is_dateline(sheet: Sheet, first: int, last: int) -> bool:
    """ "MOSCOW (Reuters) -", "Moscow, 14 March —": a paragraph's first words and then a mark."""
    if first > 0 and sheet.tokens[first - 1].paragraph == sheet.tokens[first].paragraph:
        return False
    follows = sheet.word(last)
    return follows in ("(", ".", "—", "–") or (follows == "," and sheet.tokens[first].word.isupper())
