"""What is wanted: the words after a word of demanding, of whom it is wanted, and the items of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from onrecord.model import Span
from onrecord.reading.acts.clauses import clause_end, verb_ings
from onrecord.reading.acts.phrases import is_finite, is_noun_word, parties_in, phrase_end
from onrecord.reading.acts.words import base_forms, verb_forms, word_class
from onrecord.reading.passage import Passage

_ITEM = 14  # words in which the "and" of a list of verbs follows


@dataclass(frozen=True, slots=True)
class Wanted:
    """What follows a word of demanding: how it stands, of whom it is wanted, and the items of a list."""

    how: str  # "that", "base_that", "to_do", "to", "ing", "object"
    to: tuple[Span, ...]
    items: tuple[tuple[int, int], ...]  # word indices; one act each


def find_wanted(passage: Passage, index: int, high: int) -> Wanted | None:
    """What stands after a verb of demanding."""
    while index < high and (
        index in passage.time_of
        or passage.low(index) == "#"
        or passage.low(index) in word_class("adverb") - {"all", "both", "first", "further"}
        or (passage.low(index) == "on" and index + 1 in passage.time_of)
    ):
        index += 1
    if index >= high or (passage.words[index].is_mark and passage.words[index].text not in '“"‘«'):
        return None
    index, to = _asked_of(passage, index, high)
    end = _list_end(passage, index, clause_end(passage, index, high), high)
    low = passage.low(index)
    if low == "that":
        how = "base_that" if _is_subjunctive(passage, index + 1, end) else "that"
        return _listed(passage, Wanted(how, to or _that_subject(passage, index + 1, end), ((index, end),)))
    if low == "to" or (low == "not" and passage.low(index + 1) == "to"):
        return _listed(passage, Wanted("to", to, ((index, end),)))
    place = _infinitive(passage, index, end)
    if place is not None:
        return _listed(passage, Wanted("to_do", to or parties_in(passage, index, place), ((index, end),)))
    if _is_subjunctive(passage, index, end) and parties_in(passage, index, party_end(passage, index, end)):
        return _listed(passage, Wanted("base_that", to or _that_subject(passage, index, end), ((index, end),)))
    if low in word_class("preposition") or low in word_class("conjunction") or end <= index:
        return None
    return _listed(passage, Wanted("object", to or _asked_at_end(passage, index, end), ((index, end),)))


def find_hung(passage: Passage, index: int, high: int) -> Wanted | None:
    """What hangs on a noun of demanding: "for guarantees that ...", "that Sudmark withdraw", "of not boarding"."""
    link, first = passage.low(index), index + 1
    if link == "that":
        end = _that_end(passage, first, high)
        modal = any(passage.low(n) in word_class("modal") for n in range(first, min(end, first + 12)))
        if not modal and not _is_subjunctive(passage, first, end):
            return None  # "the demands that Berg handed over": a relative clause
        return Wanted("that", _that_subject(passage, first, end), ((first, end),)) if end > first + 1 else None
    if link in ("to", "not"):
        start = first if passage.low(first) in base_forms() else first + 1
        if passage.low(start) not in base_forms() or start in passage.name_of:
            return None
        return Wanted("to", (), ((index, verbless_end(passage, first, high)),))
    doer_end = party_end(passage, first, high)
    if passage.low(doer_end) in verb_ings() or (
        passage.low(doer_end) == "to" and passage.low(doer_end + 1) in base_forms()
    ):
        to = parties_in(passage, first, doer_end) if doer_end > first else ()
        return Wanted("ing", to, ((first, verbless_end(passage, doer_end + 1, high)),))
    if passage.low(first) in ("not", "never"):
        return Wanted("ing", (), ((first, verbless_end(passage, first + 1, high)),))
    end = _before_speed(passage, first, phrase_end(passage, index, high))
    if passage.low(end) == "that" and end > first:
        inner = _that_end(passage, end + 1, high)
        return Wanted("object", _that_subject(passage, end + 1, inner), ((first, inner),))
    return Wanted("object", (), ((first, end),)) if end > first else None


def _before_speed(passage: Passage, first: int, end: int) -> int:
    """Up to how fast it was answered: "dismissed the call for an apology | within the hour"."""
    for index in range(first + 1, end):
        if passage.low(index) == "within" and {passage.low(index + 1), passage.low(index + 2)} & {"hour", "hours"}:
            return index
    return end


def find_polarity(passage: Passage, first: int, end: int) -> Literal["want", "not_want"]:
    """Whether it is wanted that something be done or that it be not done; "by the end of the year" is only a date."""
    words = {passage.low(n) for n in range(first, end) if n not in passage.time_of and not _ends_a_time(passage, n)}
    if words & _preventing() or any(word.startswith("non-") for word in words):
        return "not_want"
    return "want"


def find_polarities(passage: Passage, items: Sequence[tuple[int, int]]) -> Iterator[Literal["want", "not_want"]]:
    """The polarity of each thing of a list; "to refrain from patrols, | from flights | and sending ships" is one.

    Only what begins with "from" hangs on refraining, and then what follows it in -ing.
    """
    refrains = hangs = False
    for first, end in items:
        hangs = refrains and (passage.low(first) == "from" or (hangs and passage.low(first) in verb_ings()))
        yield "not_want" if hangs else find_polarity(passage, first, end)
        refrains = hangs or any(passage.low(n) in _refraining() for n in range(first, end))


def _ends_a_time(passage: Passage, index: int) -> bool:
    """Whether "end" is that of a stretch of time: "by the end of the year"."""
    before = passage.low(index - 2)
    named = passage.low(index) == "end" and passage.low(index - 1) == "the" and passage.low(index + 1) == "of"
    return named and before in ("by", "at", "before", "until", "till", "towards", "toward", "since")


def _asked_of(passage: Passage, index: int, high: int) -> tuple[int, tuple[Span, ...]]:
    """Past "from Sudmark" or "of Sudmark" right after the verb, with the party."""
    if passage.low(index) in ("from", "of"):
        end = party_end(passage, index + 1, high)
        parties = parties_in(passage, index + 1, end)
        if parties and end < high:
            return end, parties
    return index, ()


def _asked_at_end(passage: Passage, index: int, end: int) -> tuple[Span, ...]:
    """The party after "from" in "demanded guarantees from Sudmark"."""
    for place in range(end - 1, index, -1):
        if passage.low(place) == "from":
            return parties_in(passage, place + 1, end)
    return ()


def party_end(passage: Passage, index: int, high: int) -> int:
    """Where the party that begins at ``index`` ends: before "to", "that", a verb in -ing or one more article."""
    place = index
    while place < min(high, index + 10) and (is_noun_word(passage, place) or passage.low(place) == "and"):
        if passage.low(place) in ("that", "to") or passage.low(place) in verb_ings():
            break
        if passage.low(place) in word_class("article") and place - 1 in passage.name_of:
            break
        place += 1
    return place


def _infinitive(passage: Passage, index: int, end: int) -> int | None:
    """Where "to withdraw" stands after one noun phrase, in "Sudmark to withdraw"."""
    relative = False
    for place in range(index + 1, min(end, index + 14)):
        low = passage.low(place)
        if low == "who":
            relative = True  # "the rebels who hold the valley to name their prisoners"
        if (
            low == "to"
            and (passage.low(place + 1) in base_forms() | {"be", "not"})
            and place + 1 not in passage.name_of
        ):
            return place
        if low == "not" and passage.low(place + 1) == "to":
            return place
        if is_finite(passage, place) and relative:
            relative = False
        elif is_finite(passage, place) or low in word_class("subordinator") - {"as", "who"}:
            return None
    return None


def _is_subjunctive(passage: Passage, index: int, end: int) -> bool:
    """Whether the clause wants something done: "that Sudmark withdraw", "that the base be closed", "must", "should"."""
    for place in range(index, min(end, index + 16)):
        low = passage.low(place)
        if low in ("must", "should", "be", "not") and place > index:
            return True
        if low in base_forms() and place > index and place not in passage.name_of:
            before = passage.low(place - 1)
            if before not in word_class("article") | word_class("possessive") | word_class("preposition"):
                return is_noun_word(passage, place - 1)
        if is_finite(passage, place) or low in word_class("relative"):
            return False
    return False


def _that_end(passage: Passage, index: int, high: int) -> int:
    """Where a "that" clause ends inside a noun phrase: before the next verb that is not its own.

    "its demand that Sudmark withdraw | has gone unanswered"
    """
    limit, verbs = clause_end(passage, index, high), 0
    for place in range(index, limit):
        low = passage.low(place)
        if low in ("which", "who", "and"):
            verbs = 0 if low != "and" else verbs - 1
        elif is_finite(passage, place) and passage.low(place - 1) not in word_class("modal") | word_class(
            "have"
        ) | word_class("be"):
            if verbs > 0 and passage.low(place - 1) not in word_class("negator") | word_class("adverb"):
                return place
            verbs += 1
        elif low in base_forms() and place > index and place not in passage.name_of and verbs <= 0:
            verbs += is_noun_word(passage, place - 1) or passage.low(place - 1) in word_class("negator")
    return limit


def _that_subject(passage: Passage, index: int, end: int) -> tuple[Span, ...]:
    """The parties that are to do it: the subject of the "that" clause."""
    place = index
    while place < min(end, index + 12) and (is_noun_word(passage, place) or passage.low(place) in ("and", "of")):
        if place > index and passage.low(place) in base_forms() and place not in passage.name_of:
            break
        place += 1
    return parties_in(passage, index, place)


def verbless_end(passage: Passage, index: int, high: int) -> int:
    """Where an infinitive or -ing phrase ends: at the clause's end or before a finite verb."""
    limit = clause_end(passage, index, high)
    for place in range(index, limit):
        if is_finite(passage, place) and not _in_relative(passage, index, place):
            return place
    return limit


def _in_relative(passage: Passage, first: int, index: int) -> bool:
    return any(passage.low(n) in word_class("subordinator") for n in range(first, index))


def _list_end(passage: Passage, index: int, end: int, high: int) -> int:
    """Past the further items of a list: "that A, that B, and that C", "a halt to A; B; and the removal of C"."""
    opener = passage.low(index)
    if opener in ("that", "to"):
        for place in range(index + 1, high):
            stop = _separator(passage, place) if passage.low(place) == opener else None
            if stop is not None and end < stop:
                break
            if stop is not None:
                end = max(end, clause_end(passage, place, high))
        return end
    if passage.low(end) == "," and passage.low(end + 1) == "with":  # "for a fund, with a seat for each; a truce; and"
        stop = clause_end(passage, end + 1, high)
        end = stop if passage.low(stop) == ";" else end
    while passage.low(end) == ";":
        start = end + 1 + (passage.low(end + 1) == "and")
        stop = clause_end(passage, start, high)
        if stop <= start or verbless_end(passage, start, high) < stop:
            break  # "Norland wants the boats back; | the ministry refused"
        end = stop
    return end


def _separator(passage: Passage, place: int) -> int | None:
    """The comma or semicolon that parts the item at ``place``, an "and" between, from the one before."""
    before = place - 1 - (passage.low(place - 1) == "and")
    return before if passage.low(before) in (",", ";") else None


def _listed(passage: Passage, wanted: Wanted) -> Wanted:
    """The same with its list taken apart: "refrain from A, from B, as well as refusing C" are three things."""
    first, end = wanted.items[0]
    cuts: list[tuple[int, int]] = []
    for place in range(first + 2, end - 1):
        in_verbs = bool(cuts) and passage.low(cuts[-1][0]) == "," and passage.low(cuts[-1][1]) in base_forms()
        after = _item_start(passage, place, first, in_verbs=in_verbs)
        if after is None and wanted.how == "object" and passage.low(place) in (",", ";"):
            after = _noun_item(passage, place + 1, sure=passage.low(place) == ";")
        if after is not None and after < end and (not cuts or place > cuts[-1][1]):
            cuts.append((place, after))
    starts = [first, *(after for _, after in cuts)]
    ends = [*(place for place, _ in cuts), end]
    items = list(zip(starts, ends, strict=True))
    if cuts and wanted.how == "object" and passage.low(cuts[-1][0]) != ";":
        # "an end to A, the release of B and compensation": the last "and" of a list parts two things.
        low, high = items[-1]
        last = next((n for n in range(high - 2, low, -1) if passage.low(n) == "and"), None)
        if last is not None and last + 1 not in passage.name_of and last - 1 not in passage.name_of:
            items[-1:] = [(low, last), (last + 1, high)]
    return replace(wanted, items=tuple(items))


def _item_start(passage: Passage, place: int, first: int, *, in_verbs: bool) -> int | None:
    """Where the next item of a list begins, if one ends at ``place``; ``in_verbs``: the last is a bare verb."""
    low, after = passage.low(place), place + 1
    if low == "and" and in_verbs and passage.low(after) in base_forms() and after not in passage.name_of:
        return after
    if low == "and" and passage.low(after) in ("that", "to") and place - 1 not in passage.name_of:
        earlier = {passage.low(n) for n in range(first, place)}
        goal = passage.low(after) == "to" and passage.low(after + 1) in word_class("article")  # "and to the League"
        return after if passage.low(after) in earlier and not goal else None
    if low not in (",", ";", "as") or (low == "as" and passage.low(place + 1) != "well"):
        return None
    if low == "as":
        return place + 3 if passage.low(place + 2) == "as" and passage.low(place - 1) != "," else None
    if passage.low(after) == "as" and passage.low(after + 1) == "well":
        return after + 3
    joined = passage.low(after) in ("and", "or")
    after += joined
    start = passage.low(after)
    earlier = {passage.low(n) for n in range(first, place)}
    if start in ("that", "to") and start in earlier:
        return after
    if start in ("from", "for") and start in earlier:
        return after
    verb = start in base_forms() and after not in passage.name_of
    if verb and joined and ("to" in earlier or "that" in earlier):
        return after
    if verb and "to" in earlier and _ends_in_verb(passage, after):
        return after
    return None


def _ends_in_verb(passage: Passage, index: int) -> bool:
    """Whether a list of verbs goes on at ``index``: "to release A, | return the boat and pay the fine"."""
    for place in range(index + 2, min(index + _ITEM, len(passage.words) - 1)):
        if passage.low(place) == "and":
            return passage.low(place + 1) in base_forms() and place + 1 not in passage.name_of
        if passage.words[place].is_mark and passage.low(place) != ",":
            return False
    return False


def _noun_item(passage: Passage, index: int, *, sure: bool) -> int | None:
    """Where the next thing of a list of nouns begins after a comma: "an end to A, | the release of B"."""
    index += passage.low(index) == "and"
    begins = passage.low(index) in word_class("article") and index + 1 not in passage.name_of
    return index if begins or sure else None


@cache
def _preventing() -> frozenset[str]:
    verbs = (
        "refrain",
        "stop",
        "halt",
        "cease",
        "bar",
        "refuse",
        "abstain",
        "avoid",
        "prohibit",
        "ban",
        "renounce",
        "forbid",
    )
    return frozenset(form for verb in verbs for form in verb_forms(verb)) | {"not", "no", "never", "without", "end"}


@cache
def _refraining() -> frozenset[str]:
    """Verbs with "from" and what is not to be done: the next thing of a list may be one more."""
    verbs = ("refrain", "abstain", "desist")
    return frozenset(form for verb in verbs for form in verb_forms(verb))
