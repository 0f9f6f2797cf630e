"""Names that are capitalised phrases: papers, organisations, places."""

from __future__ import annotations

import re

from onrecord.reading.names.countries import has_state_ending
from onrecord.reading.names.gazetteer import Gazetteer
from onrecord.reading.names.tokens import Claim, Sheet
from onrecord.reading.names.words import first_names, titles, word_list

_YEAR = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_LONGEST = 8
_IN_NAMES = frozenset(  # capitalised words that may open a sentence, but also a name
    ("North", "South", "East", "West", "Final", "Founding", "Joint", "General", "New", "Peace", "Security", "Soviet",
     "American", "European", "Arab", "Foreign", "International", "Permanent", "National", "Federal", "Central",
     "Northern", "Southern", "Eastern", "Western", "United", "Military", "Special")
)  # fmt: skip


def claim_documents(sheet: Sheet, names: Gazetteer) -> None:
    """Claims named papers: "the 1999 Istanbul Document", "Minsk agreements", "Treaty of Kelvar".

    ``name`` is the phrase with its year last: "Istanbul Document 1999".
    """
    for index, token in enumerate(sheet.tokens):
        if token.word in word_list("document_head") and not token.titled:
            _claim_document(sheet, index, names)
        elif token.word in word_list("document_word"):
            _claim_lower_document(sheet, index, names)


def _claim_document(sheet: Sheet, head: int, names: Gazetteer) -> None:
    if sheet.word(head + 1) in word_list("organisation_tail"):  # "North Atlantic Treaty Organisation"
        return
    first = _capitals_before(sheet, head)
    last = head + 1
    if sheet.word(last).isdigit() and not _YEAR.fullmatch(sheet.word(last)):  # "Resolution 2202" is no year
        last += 1
    if sheet.word(last).lower() in ("of", "on", "for") and not _YEAR.fullmatch(sheet.word(last + 1)):
        last = last if _is_party(sheet, last + 1, names) else _of_phrase(sheet, last)
    bare = last == head + 1 and first == head
    name = sheet.words(first, last)
    year, first, last = _year_of(sheet, first, last)
    if bare and not year:
        return
    if bare and sheet.tokens[head].first:
        return
    sheet.claim(Claim(first, last, "document", f"{name} {year}" if year else name, "document"))


def _is_party(sheet: Sheet, index: int, names: Gazetteer) -> bool:
    """Whether an organisation or state stands there: "the Istanbul Document of the OSCE"."""
    place = index + (sheet.word(index).lower() == "the")
    return any(entry.use in ("organisation", "body", "state") for entry in names.match(sheet, place))


def _claim_lower_document(sheet: Sheet, head: int, names: Gazetteer) -> None:
    """ "Minsk agreements": after a place or an unknown name; a state's or a person's agreement is only described."""
    place = head - 1
    if place < 0 or not sheet.tokens[place].capital or sheet.tokens[head].titled or not sheet.together(place, head):
        return
    word = sheet.word(place)
    if word in word_list("no_name") or word in first_names() or word.isupper():
        return
    listed = [entry.use for entry in names.match(sheet, place)]
    if listed and not set(listed) <= {"capital", "place"}:
        return
    if not listed and (sheet.tokens[place].first or not word.isalpha() or has_state_ending(word) or word[-1] in "ns"):
        return  # "Norlandic agreements": an adjective no list knows
    name = sheet.words(place, head + 1)
    year, first, last = _year_of(sheet, place, head + 1)
    sheet.claim(Claim(first, last, "document", f"{name} {year}" if year else name, "document"))


def _year_of(sheet: Sheet, first: int, last: int) -> tuple[str, int, int]:
    """The year beside a paper's name, and the name's limits with it."""
    if _YEAR.fullmatch(sheet.word(last)):
        return sheet.word(last), first, last + 1
    if sheet.word(last).lower() in ("of", "from") and _YEAR.fullmatch(sheet.word(last + 1)):
        return sheet.word(last + 1), first, last + 2
    if _YEAR.fullmatch(sheet.word(first - 1)):
        return sheet.word(first - 1), first - 1, last
    return "", first, last


def _capitals_before(sheet: Sheet, head: int) -> int:
    """Where the run of capitalised words that ends before ``head`` starts."""
    first = head
    while first > 0 and head - first < _LONGEST and sheet.together(first - 1, head + 1):
        word = sheet.word(first - 1)
        inner = word in ("-", "–", "‑") and first - 1 > 0 and sheet.word(first - 2)[:1].isupper()
        joined = word in ("and", "on", "for", "of") and sheet.word(first - 2) in word_list("document_head")
        if not (inner or joined or (word[:1].isupper() and not _opens(sheet, first - 1))):
            break
        if not sheet.free(first - 1, first):
            break
        first -= 1
    return first


def _opens(sheet: Sheet, index: int) -> bool:
    """Whether a capitalised word only opens the sentence: "The Final Act", "Under Protocol 2"."""
    word = sheet.word(index)
    if word in _IN_NAMES:
        return False
    return word in word_list("no_name")


def _of_phrase(sheet: Sheet, index: int) -> int:
    """The end of "of Kelvar", "on Open Skies", "on the Law of the Sea" that starts at the preposition."""
    place = index + 1
    if sheet.word(place).lower() == "the":
        place += 1
    end = index
    while place < len(sheet.tokens) and place - index < _LONGEST and sheet.together(index, place + 1):
        word = sheet.word(place)
        if word[:1].isupper() and word[0].isalpha() and sheet.free(place, place + 1):
            place += 1
            end = place
        elif word in ("of", "the", "and", "on", "for") and place > index + 1:
            place += 1
        else:
            break
    return end


def claim_defined(sheet: Sheet) -> dict[str, str]:
    """Claims organisations whose acronym the text defines, "Council of Straits States (CSS)", and their acronyms.

    Gives the acronyms with their long forms.
    """
    known: dict[str, str] = {}
    for index in range(1, len(sheet.tokens) - 1):
        word = sheet.word(index)
        if sheet.word(index - 1) != "(" or sheet.word(index + 1) != ")" or not _is_acronym(word):
            continue
        first = _spelt_out(sheet, index - 2, word)
        if first is not None and sheet.free(first, index - 1):
            known[word] = sheet.words(first, index - 1)
            sheet.claim(Claim(first, index - 1, "organisation", known[word], "defined"))
    for index, token in enumerate(sheet.tokens):
        if token.word in known:
            sheet.claim(Claim(index, index + 1, "organisation", known[token.word], "defined"))
    return known


def _is_acronym(word: str) -> bool:
    return 2 <= len(word) <= 8 and word.isalpha() and sum(letter.isupper() for letter in word) >= 2


def _spelt_out(sheet: Sheet, last: int, acronym: str) -> int | None:
    """Where the phrase ending at ``last`` starts whose initials are the acronym."""
    letters = [letter for letter in acronym if letter.isupper()]
    place = last
    while letters and place >= 0 and sheet.together(place, last + 1) and last - place < 12:
        word = sheet.word(place)
        if word[0].upper() == letters[-1] and (word[0].isupper() or len(letters) < len(acronym)):
            letters.pop()
            if not letters:
                return place if sheet.tokens[place].capital else None
        elif word.lower() not in word_list("acronym_filler") and not word[0].isupper() and word not in "-–":
            return None
        place -= 1
    return None


def claim_organisations(sheet: Sheet, names: Gazetteer) -> None:
    """Claims organisations and media by the last or first word of their names: "Straits Council", "Varland Herald"."""
    tails = word_list("organisation_tail") | word_list("outlet_tail")
    for index, token in enumerate(sheet.tokens):
        if token.titled or not token.capital:
            continue
        if token.word in word_list("organisation_head") and sheet.word(index + 1) == "of":
            last = _of_phrase(sheet, index + 1)
            if last > index + 1 and not _is_party(sheet, index + 2, names):
                first = _capitals_before(sheet, index)
                sheet.claim(Claim(first, last, "organisation", sheet.words(first, last), "head"))
        elif token.word in tails:
            first = _name_before(sheet, index)
            if first < index:
                sheet.claim(Claim(first, index + 1, "organisation", sheet.words(first, index + 1), "tail"))


def claim_quoted_media(sheet: Sheet) -> None:
    """Claims media that are only quoted: "told the Echo", and the agency of a dateline, "KELVAR (Meridian) -"."""
    for index, token in enumerate(sheet.tokens):
        if token.titled or not token.capital or not sheet.free(index, index + 1):
            continue
        if token.word in word_list("no_name"):
            continue
        told = sheet.word(index - 1) == "the" and sheet.word(index - 2).lower() in ("told", "tells", "telling")
        if (told and not sheet.word(index + 1)[:1].isupper()) or _is_agency(sheet, index):
            sheet.claim(Claim(index, index + 1, "organisation", token.word, "quoted"))


def _is_agency(sheet: Sheet, index: int) -> bool:
    """Whether the word stands alone in brackets, near a paragraph's start, before a dash."""
    if sheet.word(index - 1) != "(" or sheet.word(index + 1) != ")" or sheet.word(index + 2) not in ("-", "–", "—"):
        return False
    return _opens_dateline(sheet, index - 1)


def claim_datelines(sheet: Sheet) -> None:
    """Claims the place of a dateline that no list knows: "KELVAR, 20 April (Meridian) -"."""
    for index, token in enumerate(sheet.tokens):
        opens = index == 0 or sheet.tokens[index - 1].paragraph != token.paragraph
        if not (opens and token.word.isupper() and len(token.word) > 3 and sheet.free(index, index + 1)):
            continue
        near = [sheet.word(place) for place in range(index + 1, min(index + 10, len(sheet.tokens)))]
        if near and near[0] in (",", "(", "-", "–", "—") and any(mark in ("-", "–", "—") for mark in near):
            sheet.claim(Claim(index, index + 1, "place", token.word.capitalize(), "dateline", place_use=True))


def _opens_dateline(sheet: Sheet, index: int) -> bool:
    paragraph = sheet.tokens[index].paragraph
    return index < 8 or sheet.tokens[index - 8].paragraph != paragraph


def _name_before(sheet: Sheet, head: int) -> int:
    """As ``_capitals_before``, less a title or a sentence opener at the start: "President Berg Foundation"."""
    first = _capitals_before(sheet, head)
    while first < head and (
        sheet.word(first).lower() in titles() or sheet.word(first) in "-–" or _is_lone_opener(sheet, first, head)
    ):
        first += 1
    return first


def _is_lone_opener(sheet: Sheet, first: int, head: int) -> bool:
    """ "Joint Commission": a common adjective alone before the tail names nobody yet."""
    return first == head - 1 and sheet.tokens[first].first and sheet.word(first) in word_list("no_name")


def claim_places(sheet: Sheet, people: frozenset[str]) -> None:
    """Claims places no list knows: "in Kelvar", "at Hagel Palace", "the Varland Strait", "the Gulf of Sund"."""
    for index, token in enumerate(sheet.tokens):
        if token.titled or not token.capital or not sheet.free(index, index + 1):
            continue
        if token.word in word_list("place_tail"):
            first = _capitals_before(sheet, index)
            if first < index and sheet.word(first) not in people:
                sheet.claim(Claim(first, index + 1, "place", sheet.words(first, index + 1), "tail"))
        elif token.word in word_list("place_head") and sheet.word(index + 1) == "of":
            last = _of_phrase(sheet, index + 1)
            if last > index + 1:
                sheet.claim(Claim(index, last, "place", sheet.words(index, last), "head"))
    found: set[str] = set()
    for index in range(1, len(sheet.tokens)):
        end = _place_after(sheet, index, people)
        if end:
            found.add(sheet.words(index, end))
            sheet.claim(Claim(index, end, "place", sheet.words(index, end), "in", place_use=True))
    for index, token in enumerate(sheet.tokens):
        if token.word in found and not token.titled:
            sheet.claim(Claim(index, index + 1, "place", token.word, "repeated"))


def _place_after(sheet: Sheet, index: int, people: frozenset[str]) -> int | None:
    """The end of the place that starts at the token after "in" or "near"; "at" is said of firms and schools too."""
    if sheet.word(index - 1).lower() == "at":
        return None
    if sheet.word(index - 1).lower() not in word_list("place_word_before") or not sheet.together(index - 1, index + 1):
        return None
    end = index
    while end < len(sheet.tokens) and end - index < 3 and sheet.together(index, end + 1):
        word = sheet.word(end)
        if not (word[0].isupper() and len(word) > 2 and word.replace("-", "").isalpha() and sheet.free(end, end + 1)):
            break
        if word in people or word in word_list("no_name") or word.isupper():
            break
        end += 1
    # "at Berg’s request", "in Ek’s view": a possessive after "in" and "at" is a person more often than a place.
    if end == index or sheet.word(end) in ("'s", "’s") or sheet.word(index) in word_list("group_adjective"):
        return None
    follows = sheet.word(end)
    if sheet.together(index, min(end + 1, len(sheet.tokens))) and follows[:1].isalnum():
        return end if follows in word_list("place_follows") else None
    return end
