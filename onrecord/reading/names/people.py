"""People: by title, by given name, by a verb of speech, and by a surname that the text has established."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.reading.names.seen import Seen, claim_seen
from onrecord.reading.names.spelling import choose_full_forms
from onrecord.reading.names.titles import DASHES, Title, bare_titles, title_at
from onrecord.reading.names.tokens import Claim, Sheet
from onrecord.reading.names.words import first_names, word_list

_ARTICLES = frozenset(("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "d", "l"))
_NO_OFFICE = frozenset(("diplomat", "official", "correspondent", "professor", "counterpart"))  # without a holder
_LONGEST = 5  # words of a name: "Maria do Carmo Silva Santos"


def surname_hints(sheet: Sheet) -> frozenset[str]:
    """Words that end a person's name somewhere: after a given name, or right after a title.

    Cheap and made before anything is claimed, so that "Berg's government" makes no state of Berg.
    """
    hints = set()
    for index, token in enumerate(sheet.tokens):
        if token.word in first_names() and _may_name(sheet, index + 1) and sheet.together(index, index + 2):
            hints.add(sheet.word(index + 1))
    for _, last, kind, _ in bare_titles(sheet):
        end = name_end(sheet, last) if kind in ("office", "honorific") and last < len(sheet.tokens) else None
        if end:
            hints.update(sheet.word(place) for place in range(last, end))
    return frozenset(hints)


def claim_people(sheet: Sheet, titles: tuple[Title, ...], seen: Sequence[Seen] = ()) -> None:
    """Claims every person's name on the sheet; ``name`` is the fullest form of it that the page gives."""
    for title in titles:
        _claim_after_title(sheet, title)
    for index in range(len(sheet.tokens)):
        _claim_by_given_name(sheet, index)
    for index in range(len(sheet.tokens)):
        _claim_by_speech(sheet, index)
    claim_seen(sheet, seen, "person", titles)
    _claim_repetitions(sheet)
    _give_full_forms(sheet)


def name_end(sheet: Sheet, index: int) -> int | None:
    """Where the person's name that starts at the token ends (half open); None where none can start."""
    if not _may_name(sheet, index):
        return None
    place = index + 1
    last_capital = place
    while place < len(sheet.tokens) and place - index < _LONGEST and sheet.together(index, place + 1):
        word = sheet.word(place)
        if word == "." and len(sheet.word(place - 1)) == 1:  # "Anna K. Berg"
            place += 1
            continue
        if _may_name(sheet, place):
            place += 1
            last_capital = place
        elif word in word_list("particle") and sheet.free(place, place + 1):
            place += 1
        else:
            break
    return last_capital


def _may_name(sheet: Sheet, index: int) -> bool:
    """Whether the token can be a word of a person's name."""
    if not 0 <= index < len(sheet.tokens) or not sheet.free(index, index + 1):
        return False
    token = sheet.tokens[index]
    word = token.word
    if word in word_list("no_name") or not (token.capital or _has_article(word)) or not word[0].isalpha():
        return False
    return len(word) == 1 or not word.isupper() or len(word) > 5


def _has_article(word: str) -> bool:
    """ "al-Rashid", "d’Estaing"."""
    dash = next((place for place, letter in enumerate(word[:4]) if letter in "-‑'’"), None)
    return dash is not None and word[:dash] in _ARTICLES and word[dash + 1 : dash + 2].isupper()


def _claim_after_title(sheet: Sheet, title: Title) -> None:
    place = title.ends
    apart = sheet.word(place) in DASHES or sheet.word(place) == ","
    place += apart
    end = _trusted_end(sheet, place, alone=not apart or sheet.word(title.ends) != ",")
    if end is None or not sheet.together(title.first, end):
        return
    if title.kind == "office" and title.first > 0 and title.last == place and _common_title(sheet, title):
        return
    sheet.claim(Claim(place, end, "person", sheet.words(place, end), f"after {title.kind}"))
    if title.kind == "plural" and sheet.word(end) == "and":
        second = _trusted_end(sheet, end + 1, alone=True)
        if second:
            sheet.claim(Claim(end + 1, second, "person", sheet.words(end + 1, second), "after plural"))


def _common_title(sheet: Sheet, title: Title) -> bool:
    """Whether a lower-case "head", "chief" or "official" stands before what need not be its holder's name."""
    return sheet.tokens[title.last - 1].word in ("head", "official", "representative", "deputy", "chair")


def _trusted_end(sheet: Sheet, index: int, *, alone: bool) -> int | None:
    """The end of the name at the token. In a line of headline capitals two words at most, the first a given name.

    After a comma a lone word is no holder: "the foreign minister, Kelvar said".
    """
    end = name_end(sheet, index)
    if end is None:
        return None
    if sheet.tokens[index].titled:
        if sheet.word(index) in first_names() and _may_name(sheet, index + 1):
            return index + 2
        return index + 1 if alone else None
    return end if alone or end > index + 1 else None


def _claim_by_given_name(sheet: Sheet, index: int) -> None:
    if sheet.word(index) not in first_names():
        return
    end = _trusted_end(sheet, index, alone=False)
    if end is None or end == index + 1 or _is_other_phrase(sheet, index, end):
        return
    sheet.claim(Claim(index, end, "person", sheet.words(index, end), "given name"))


def _claim_by_speech(sheet: Sheet, index: int) -> None:
    """ "Serrgei Ivashov said": two capitalised words beside a verb of speech; but no person is "the White Quay"."""
    if sheet.tokens[index].titled or not _may_name(sheet, index):
        return
    end = name_end(sheet, index)
    if end is None or end - index < 2 or _is_other_phrase(sheet, index, end):
        return
    before, after = sheet.word(index - 1).lower(), sheet.word(end).lower()
    if before in ("the", "a", "an"):
        return
    if after in word_list("speech") or (before in ("said", "says") and after in (".", ",", "", ";")):
        sheet.claim(Claim(index, end, "person", sheet.words(index, end), "speech"))


def _is_other_phrase(sheet: Sheet, first: int, last: int) -> bool:
    """Whether the words are an organisation, place or office: "Alexandria University", "Victoria Harbour"."""
    ends = sheet.word(last - 1)
    tails = ("organisation_tail", "outlet_tail", "place_tail", "document_head")
    if any(ends in word_list(tail) for tail in tails) and ends not in first_names():
        return True
    return title_at(sheet, first) is not None


def _claim_repetitions(sheet: Sheet) -> None:
    """A surname, or a family name printed first ("Xi"), stands for the person named in full elsewhere."""
    people = [claim for claim in sheet.claims() if claim.kind == "person"]
    surnames = {sheet.word(claim.last - 1) for claim in people}
    surnames |= {word[0].upper() + word[1:] for word in surnames}  # "Al-Rashid declined"
    shouted = {word.upper() for word in surnames}
    full = [claim for claim in people if claim.last - claim.first > 1]
    leading = {sheet.word(claim.first) for claim in full} - surnames
    for index in range(len(sheet.tokens)):
        word = sheet.word(index)
        if not sheet.free(index, index + 1) or not (sheet.tokens[index].capital or _has_article(word)):
            continue
        if word in surnames or (len(word) > 3 and word in shouted):  # "BERG: We will wait."
            first = _given_before(sheet, index)
            sheet.claim(Claim(first, index + 1, "person", sheet.words(first, index + 1), "surname"))
        elif word in leading and not _is_capital_before_more(sheet, index):
            sheet.claim(Claim(index, index + 1, "person", word, "leading name"))


def _given_before(sheet: Sheet, index: int) -> int:
    """Where the name that ends in this surname starts: "Segrgey Lavrov" under a picture, but not "However Lavrov"."""
    place = index - 1
    if place < 0 or not sheet.together(place, index + 1) or not _may_name(sheet, place):
        return index
    if sheet.tokens[place].titled:
        return index
    return place


def _is_capital_before_more(sheet: Sheet, index: int) -> bool:
    return _may_name(sheet, index + 1) and sheet.together(index, index + 2)


def _give_full_forms(sheet: Sheet) -> None:
    people = [claim for claim in sheet.claims() if claim.kind == "person"]
    forms = choose_full_forms([(claim.name, claim.why.startswith("after")) for claim in people])
    for claim in people:
        full = forms.get(claim.name, claim.name)
        if full != claim.name:
            sheet.drop(claim)
            sheet.claim(replace(claim, name=full))


def holders(sheet: Sheet, titles: tuple[Title, ...]) -> Iterator[tuple[Title, Claim | None]]:
    """Each title with the person who holds it where the words say so, after the title or before it."""
    for title in titles:
        if title.kind != "office":
            continue
        holder = _holder_after(sheet, title) or _holder_before(sheet, title)
        if holder and title.of is None:
            title = replace(title, of=_of_after_holder(sheet, holder))
        if holder or title.key not in _NO_OFFICE:
            yield title, holder


def _of_after_holder(sheet: Sheet, holder: Claim) -> Claim | None:
    """ "Foreign Minister Anna Berg of Norland"."""
    if sheet.word(holder.last) != "of":
        return None
    claim = sheet.at(holder.last + 1 + (sheet.word(holder.last + 1) == "the"))
    if claim and claim.kind in ("state", "organisation", "body") and sheet.together(holder.first, claim.last):
        return None if claim.adjective else claim
    return None


def _holder_after(sheet: Sheet, title: Title) -> Claim | None:
    place = title.ends
    if sheet.word(place) in DASHES:
        place += 1
    elif sheet.word(place) == ",":  # "the Norland foreign minister, Anna Berg, said"
        place += 1
        claim = sheet.at(place)
        if claim is None or claim.kind != "person" or claim.last - claim.first < 2:
            return None
        if sheet.word(claim.last) not in (",", ".", "") or not title.of:
            return None
    claim = sheet.at(place)
    if claim is None or claim.kind != "person" or claim.first != place or not sheet.together(title.first, claim.last):
        return None
    return claim


def _holder_before(sheet: Sheet, title: Title) -> Claim | None:
    """ "Dmitry Peskov, the Kremlin spokesman," and "Anna Berg, Norland's foreign minister,"."""
    place = title.begins - 1
    if sheet.word(place).lower() in ("the", "a", "an", "his", "her", "its", "their"):
        place -= 1
    if sheet.word(place) != "," or not (title.of or title.last - title.first > 1):
        return None
    claim = sheet.at(place - 1)
    if claim is None or claim.kind != "person" or not sheet.together(claim.first, title.last):
        return None
    if sheet.word(claim.first - 1) in ("and", ",") and not title.of:
        return None
    return claim
