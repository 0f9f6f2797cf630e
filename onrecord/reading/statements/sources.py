"""Sources: the noun phrase beside a word of speech."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Name, Office, Reference
from onrecord.reading.cues import nouns, verbs
from onrecord.reading.statements.frames import Frame, Token
from onrecord.reading.words import media, words_of

_LONGEST = 18  # words of a source
_DASHES = ("–", "—", "-")
_PRONOUNS = frozenset(("he", "she", "they", "we", "i"))
_POSSESSIVES = frozenset(("his", "her", "its", "their", "him", "them"))
_ENDS = ("source_end", "boundary", "auxiliary", "time")


@dataclass(frozen=True, slots=True)
class Source:
    """Tokens ``first`` to ``last`` of a frame; ``hedge`` is what stands between them and the cue."""

    first: int
    last: int
    hedge: str | None = None
    verb: int | None = None  # where the auxiliaries of the verb begin: "has said"


def find_source_before(frame: Frame, cue: int, floor: int) -> Source | None:
    """The source whose verb is token ``cue``, looked for back to token ``floor``.

    "Berg said", "Berg has also said", "Berg, at a meeting in Vienna on Monday, said".
    """
    last, hedge, verb = _over_adverbs(frame, cue, floor)
    if last < floor:
        return None
    apposed = frame.tokens[last].text == "," and _is_apposed(frame, last, floor)
    if frame.tokens[last].text == ",":
        last = last - 1 if apposed else _over_aside(frame, last, floor)
        if last < floor:
            return None
    last = _over_brackets(frame, last, floor)
    if frame.tokens[last].lower in _PRONOUNS:
        return Source(last, last, hedge, verb)
    first = _without_opener(frame, _first_of(frame, last, floor), last)
    if first is None or not _is_nominal(frame, first, last):
        found = frame.ending_at(last)
        if found is None or found[0] < floor or frame.tokens[last].lower in _POSSESSIVES:
            return None
        first = _with_its_head(frame, found[0], floor)
        if first is None:
            return None
    if apposed and first - 2 >= floor and frame.tokens[first - 1].text == ",":
        first = _first_of(frame, first - 2, floor)  # "the secretary of the council, Anna Berg, said"
    return Source(first, last, hedge, verb)


def _with_its_head(frame: Frame, first: int, floor: int) -> int | None:
    """Where the phrase begins that a name ends; None where what the name hangs on is no phrase.

    "the Linden Palace said"; "a Western diplomat in Vessel said" is the diplomat's, not Vessel's.
    """
    if first > floor and frame.tokens[first - 1].lower == "the":
        first -= 1
    if first <= floor or frame.tokens[first - 1].lower not in words_of("preposition"):
        return first
    head = _first_of(frame, first - 2, floor) if first - 2 >= floor else first
    return head if head <= first - 2 and _is_nominal(frame, head, first - 2) else None


def find_source_after(frame: Frame, first: int, ceiling: int) -> Source | None:
    """The source that begins at token ``first``, after its verb or "according to", before token ``ceiling``."""
    last = first - 1
    for place in range(first, min(ceiling, first + _LONGEST)):
        token = frame.tokens[place]
        entity = frame.starting_at(place)
        if place <= last:
            continue
        if entity is not None and entity[0] < ceiling:
            last = max(last, entity[0])
            continue
        if token.text in _DASHES and place > first and frame.starting_at(place + 1):
            last = place
            continue
        if token.text == "/" and place > first:
            continue  # 9/11 widow
        if not token.is_word or any(token.lower in words_of(name) for name in _ENDS):
            break
        last = place
    if last >= first and frame.tokens[last].text in _DASHES:
        last -= 1
    if last > first and frame.tokens[last].lower.endswith(("ed", "seen")) and not frame.ending_at(last):
        last -= 1  # according to [a letter] handed to Ek
    return Source(first, last) if last >= first and _is_nominal(frame, first, last) else None


def _over_adverbs(frame: Frame, cue: int, floor: int) -> tuple[int, str | None, int | None]:
    """The token before the verb's adverbs and auxiliaries, the hedge among them, and where they begin."""
    last = cue - 1
    hedge: str | None = None
    verb: int | None = None
    while last >= floor:
        word = frame.tokens[last].lower
        if frame.ending_at(last):
            break
        if word in words_of("hedge"):
            hedge = word
        elif word in words_of("perfect"):
            verb = last
        elif not (word in words_of("adverb") or (word.endswith("ly") and len(word) > 4)):
            break
        last -= 1
    return last, hedge, verb


def _over_brackets(frame: Frame, last: int, floor: int) -> int:
    """The token before "(NDP, North)" in "Anna Berg (NDP, North) said"."""
    if frame.tokens[last].text != ")":
        return last
    opening = next((p for p in range(last, max(floor, last - 12), -1) if frame.tokens[p].text == "("), last + 1)
    return max(floor, opening - 1)


def _is_apposed(frame: Frame, comma: int, floor: int) -> bool:
    """Whether the name before a comma is the subject's: "Norland's foreign minister, Anna Berg, said".

    Not where the subject may be another: "Jon Ek, who met the minister, Anna Berg, said".
    """
    found = frame.ending_at(comma - 1) if comma > floor else None
    named = found is not None and isinstance(found[1], Name) and found[1].kind == "person"
    first, entity = found or (_first_capital(frame, comma, floor), None)
    if (
        (named or (entity is None and first <= comma - 2))
        and first - 2 >= floor
        and frame.tokens[first - 1].text == ","
    ):
        first = _first_of(frame, first - 2, floor)
    elif not (isinstance(entity, Office) and entity.holder):
        return False
    before = frame.tokens[first - 1] if first > floor else None
    if before is None or before.quotation or before.lower in ("that", "but"):
        return True
    return before.text == "," and (frame.tokens[first - 2].quotation is not None or not _ends_person(frame, first - 2))


def _ends_person(frame: Frame, place: int) -> bool:
    """Whether a person is named right before: what follows in commas is that person's apposition."""
    found = frame.ending_at(place)
    return found is not None and (isinstance(found[1], Office) or getattr(found[1], "kind", "") == "person")


def _first_capital(frame: Frame, comma: int, floor: int) -> int:
    """Where two to four capitalised words begin that end before a comma: a name that nobody knows."""
    first = comma
    while first > floor and comma - first < 4 and frame.tokens[first - 1].is_word:
        if not frame.tokens[first - 1].text[0].isupper():
            break
        first -= 1
    return first


def _over_aside(frame: Frame, comma: int, floor: int) -> int:
    """The token before an aside in commas: "Berg, at a meeting with Ek on Monday, May 2, said"; floor - 1 if none."""
    for place in range(comma - 1, max(floor, comma - 45), -1):
        if frame.tokens[place].quotation:
            return floor - 1
        if frame.tokens[place].text == "," and place > floor:
            last = _over_brackets(frame, place - 1, floor)
            first = _first_of(frame, last, floor)
            if frame.ending_at(last) is None and not (
                first == floor and frame.tokens[first].lower in ("a", "an", "the") and last > first
            ):
                continue  # "A senior diplomat, speaking on condition of anonymity, said"
            before = frame.tokens[first - 1] if first > floor else None
            if before is None or before.text == "," or before.lower in ("that", "but"):
                return last
    return floor - 1


def _first_of(frame: Frame, last: int, floor: int) -> int:
    """Where the noun phrase that ends at ``last`` begins: after a boundary, a verb or a comma."""
    place = last
    while place >= floor and last - place <= _LONGEST:
        found = frame.ending_at(place)
        if found is not None and found[0] >= floor:
            place = found[0] - 1
            continue
        token = frame.tokens[place]
        if token.text in _DASHES and place < last and _is_title_before(frame, place, floor):
            place -= 1
            continue
        if not token.is_word or token.lower in words_of("boundary") or token.lower in words_of("auxiliary"):
            break
        if token.lower == "and" and not _joins(frame, place, floor):
            break
        if _is_verb(token):
            break
        place -= 1
    return place + 1


def _is_verb(token: Token) -> bool:
    verb = verbs().get(token.lower)
    return bool(verb and verb.form in ("past", "present") and token.lower not in nouns())


def _is_title_before(frame: Frame, dash: int, floor: int) -> bool:
    """The Foreign Minister of Norland – Anna Berg said: the dash joins a title and its holder."""
    after = frame.starting_at(dash + 1)
    if after is None or not isinstance(after[1], Name) or after[1].kind != "person":
        return False
    before = dash - 1
    while before >= floor and dash - before <= 12 and frame.tokens[before].is_word:
        if frame.tokens[before].lower in words_of("auxiliary") or _is_verb(frame.tokens[before]):
            return False
        before -= 1
    return before < dash - 1


def _joins(frame: Frame, place: int, floor: int) -> bool:
    """Berg and Ek said: a name first in its clause on the left of "and"."""
    found = frame.ending_at(place - 1) if place > floor else None
    if found is None:
        return False
    before = found[0] - 1
    return before < floor or not frame.tokens[before].is_word or frame.tokens[before].lower in ("that", "the", "both")


def _without_opener(frame: Frame, first: int, last: int) -> int | None:
    """The noun phrase without what stands before it: "Earlier Berg", "In Vienna the minister"."""
    while first <= last and frame.tokens[first].lower in words_of("opener") and not frame.starting_at(first):
        first += 1
    if first < last and frame.tokens[first].text.isdigit() and frame.tokens[first - 1].text == ":":
        first += 1  # "19:50 Norland One reports": the time of an entry in a live page
    if first > last:
        return None
    if frame.tokens[first].lower in words_of("preposition") and not frame.starting_at(first):
        return None
    return first


def _is_nominal(frame: Frame, first: int, last: int) -> bool:
    """Whether tokens ``first`` to ``last`` can be somebody who speaks."""
    tokens = frame.tokens[first : last + 1]
    if len(tokens) > _LONGEST or any(t.quotation for t in tokens):
        return False
    only = tokens[0].lower if len(tokens) == 1 else ""
    if only in ("he", "she", "they", "we", "i", "it"):
        return True
    if only in words_of("determiner") or only in words_of("nominative") or tokens[-1].lower in words_of("preposition"):
        return False
    if tokens[0].lower in ("this", "that", "these", "those") or tokens[-1].lower.endswith(("’s", "'s")):
        return False
    entity = frame.ending_at(last)
    if entity is not None and isinstance(entity[1], (Name, Office, Reference)):
        return not (isinstance(entity[1], Name) and entity[1].kind == "place")
    if tokens[0].lower in words_of("determiner") or tokens[0].lower.endswith(("’s", "'s")):
        return True
    if all(t.text[0].isupper() for t in tokens if t.is_word and t.lower not in ("of", "the", "for", "and")):
        return tokens[0].text[0].isupper() and tokens[0].lower not in words_of("opener")
    if len(tokens) <= 4 and tokens[0].text[0].isupper() and tokens[-1].lower in {*media(), *words_of("outlet")}:
        return tokens[0].lower not in words_of("opener")  # "Norlandic television", "Coast news agency"
    # "officials said", "Western diplomats said"
    return len(tokens) <= 4 and tokens[-1].lower.endswith("s") and tokens[-1].text[0].islower()
