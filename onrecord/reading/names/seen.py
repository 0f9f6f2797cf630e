"""Names that the encoder sees where no list or rule knows them, as tokens of a sheet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.encoder import Named
from onrecord.reading.names.countries import has_state_ending
from onrecord.reading.names.titles import Title, title_at
from onrecord.reading.names.tokens import Claim, Sheet
from onrecord.reading.names.words import word_list

_SURE = 0.7  # mean probability of the name's words
_SURE_ALONE = 0.85  # of a name of one word
_LONGEST = 6  # words of a person's name


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder takes for a name: tokens ``first`` to ``last`` (half open) and its kind."""

    first: int
    last: int
    kind: str


def place_seen(sheet: Sheet, names: Sequence[Named]) -> tuple[Seen, ...]:
    """The names that the encoder is sure of, without titles before them and possessive endings after them."""
    starts, ends = [t.start for t in sheet.tokens], [t.end for t in sheet.tokens]
    found = []
    for name in names:
        first, last = bisect_right(ends, name.span.start), bisect_left(starts, name.span.end)
        while last > first and _is_ending(sheet, last - 1):
            last -= 1
        while first < last and not sheet.word(first)[0].isalnum():
            first += 1
        title = title_at(sheet, first) if first < last else None
        if title and name.kind == "person":
            first = title[0]
        if first >= last or not sheet.together(first, last) or not any(t.capital for t in sheet.tokens[first:last]):
            continue
        if name.confidence >= (_SURE if last - first > 1 else _SURE_ALONE):
            found.append(Seen(first, last, name.kind))
    return tuple(found)


def _is_ending(sheet: Sheet, index: int) -> bool:
    """A mark or a possessive ending, which is no word of a name; typed apart it is two tokens."""
    word = sheet.word(index)
    return (
        not word[-1].isalnum()
        or sheet.tokens[index].possessive
        or (word == "s" and sheet.word(index - 1) in ("'", "’"))
    )


def seen_surnames(sheet: Sheet, seen: Sequence[Seen]) -> Iterator[str]:
    """Words that end the names of people who are named by more than one."""
    return (sheet.word(one.last - 1) for one in seen if one.kind == "person" and one.last - one.first > 1)


def seen_states(sheet: Sheet, seen: Sequence[Seen]) -> frozenset[str]:
    """Words that the encoder takes for states or cities."""
    return frozenset(sheet.words(one.first, one.last) for one in seen if one.kind == "state")


def _always_seen(sheet: Sheet, seen: Sequence[Seen]) -> frozenset[str]:
    """Words that the encoder takes for people nearly wherever they stand."""
    met = Counter(token.word for token in sheet.tokens)
    people = Counter(sheet.word(one.last - 1) for one in seen if one.kind == "person")
    return frozenset(word for word, times in people.items() if 3 * times >= 2 * met[word])


def claim_seen(sheet: Sheet, seen: Sequence[Seen], kind: str, titles: Sequence[Title]) -> None:
    """Claims the names of one kind whose words nothing has claimed and no title holds."""
    titled = {place for title in titles for place in range(title.first, title.last)}
    always = _always_seen(sheet, seen) if kind == "person" else frozenset()
    for one in seen:
        if one.kind != kind or not sheet.free(one.first, one.last) or sheet.tokens[one.first].titled:
            continue
        if not titled.isdisjoint(range(one.first, one.last)):
            continue  # "Secretary of State"
        alone = one.last - one.first == 1
        if alone and kind == "person" and sheet.word(one.first) not in always:
            continue  # "talks in Torvik": a word that is a person here and something else there
        if kind == "person" and (one.last - one.first > _LONGEST or sheet.word(one.first) in word_list("no_name")):
            continue
        words = sheet.words(one.first, one.last)
        if alone and has_state_ending(words):
            continue  # "Borovian": made from the name of a state
        sheet.claim(Claim(one.first, one.last, "person" if kind == "person" else "organisation", words, "encoder"))


def claim_seen_places(sheet: Sheet, seen: Sequence[Seen]) -> None:
    """Claims places where places stand, which nothing has claimed: "landed in Porto Lume shortly"."""
    for one in seen:
        after_preposition = sheet.word(one.first - 1).lower() in word_list("place_word_before")
        if one.kind in ("place", "state") and after_preposition and sheet.free(one.first, one.last):
            words = sheet.words(one.first, one.last)
            sheet.claim(Claim(one.first, one.last, "place", words, "encoder", place_use=True))
