"""Acts told by a noun and what is done with it: "sent | a letter", "the talks | took place", "at | a meeting"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.reading.acts.clauses import Clause, bounds, find_clause
from onrecord.reading.acts.phrases import is_finite, parties_in
from onrecord.reading.acts.predicates import Hit
from onrecord.reading.acts.words import base_forms, is_ly_adverb, known_forms, word_class
from onrecord.reading.passage import Passage


@dataclass(frozen=True, slots=True)
class Government:
    """A verb that governs a noun phrase. ``receiver`` is (first, end) of what stands between verb and noun."""

    hit: Hit
    clause: Clause
    frame: str
    receiver: tuple[int, int] | None = None


def find_governments(passage: Passage, verbs: tuple[Hit, ...], first: int, end: int) -> Iterator[Government]:
    """Which of the verbs govern the noun phrase at words ``first`` to ``end``, the surest first."""
    ways = (
        _as_object(passage, verbs, first),
        _as_subject(passage, verbs, first, end),
        _in_relative(passage, verbs, first, end),
    )
    return (found for found in ways if found is not None)


def _as_object(passage: Passage, verbs: tuple[Hit, ...], first: int) -> Government | None:
    """The verb right before the phrase, or with the receiver between: "handed Norland | a letter"."""
    low, _ = bounds(passage, first)
    for hit in reversed([h for h in verbs if h.predicate.frame in ("object", "receiver") and h.end <= first]):
        if hit.first < low or first - hit.end > 10:
            continue
        between = (hit.end, first)
        if not _is_bridge(passage, *between):
            continue
        verb = _main_verb(passage, hit)
        clause = find_clause(passage, verb, hit.end)
        if not _is_verb(passage, verb, clause):
            continue
        frame = hit.predicate.frame
        if clause.passive and passage.low(verb + 1) != "by":
            # "Norland was handed a reply": the subject of the passive receives.
            frame = "handed"
        return Government(hit, clause, frame, between if hit.end < first else None)
    return None


def _as_subject(passage: Passage, verbs: tuple[Hit, ...], first: int, end: int) -> Government | None:
    """The verb after the phrase: "the talks | took place", "the letter | was sent", "a reply, Ek said, | was read"."""
    _, high = bounds(passage, first)
    verb = _next_verb(passage, end, high)
    if verb is None:
        return None
    hits = [h for h in verbs if verb <= h.first <= verb + 4]
    for hit in hits:
        main = _main_verb(passage, hit)
        if not _same_group(passage, verb, main, hit):
            continue
        clause = find_clause(passage, main, hit.end)
        active = not clause.passive
        if hit.predicate.frame == "subject" or (hit.predicate.frame in ("object", "receiver") and not active):
            return Government(hit, clause, "subject" if hit.predicate.frame == "subject" else "passive")
    return None


def _in_relative(passage: Passage, verbs: tuple[Hit, ...], first: int, end: int) -> Government | None:
    """The verb of a clause that hangs on the phrase: "papers, which Norland | handed over", "drafts | sent by Ek"."""
    place = end + (passage.low(end) == ",")
    hits = [h for h in verbs if place <= h.first <= place + 10]
    for hit in hits:
        main = _main_verb(passage, hit)
        if _is_auxiliary(passage, hit):
            continue
        between = range(place, hit.first)
        hangs = passage.low(first - 1) in word_class("preposition") or is_finite(passage, first - 1)
        if (
            hit.first == place
            and hit.predicate.frame != "subject"
            and passage.low(hit.end) in ("by", "to", "in", "on", "at", "last")
            and (hangs or not is_finite(passage, main))
        ):
            return Government(hit, find_clause(passage, main, hit.end), "passive")
        if hit.first == place and hit.predicate.frame != "subject" and place == end and hit.end in passage.time_of:
            return Government(hit, find_clause(passage, main, hit.end), "passive")
        if hit.predicate.frame == "subject":
            if passage.low(place) in ("which", "that") and hit.first == place + 1:
                return Government(hit, find_clause(passage, _main_verb(passage, hit), hit.end), "subject")
            continue
        relative = passage.low(place) in ("which", "that") or bool(parties_in(passage, place, hit.first))
        if relative and not any(passage.words[n].is_mark for n in between) and is_finite(passage, main):
            clause = find_clause(passage, main, hit.end)
            if not clause.passive and passage.low(hit.end) in word_class("article"):
                continue  # "the letter, which gave | the sides a week"
            return Government(hit, clause, "passive" if clause.passive else "relative")
    return None


def _next_verb(passage: Passage, index: int, high: int) -> int | None:
    """The first finite verb after a phrase; what stands between commas, or hangs on by "which", is passed over."""
    place, far = index, min(high, index + 30)
    while place < far:
        low = passage.low(place)
        if low == ",":
            closing = next((n for n in range(place + 1, far) if passage.low(n) == ","), None)
            if closing is None:
                return None
            place = closing + 1
            continue
        if low in (";", ":", "but", "while", "which", "who", "that", "since"):
            return None  # "the first talks since the row | began"
        if is_finite(passage, place):
            return _main_after(passage, place, far) if place == index else place
        place += 1
    return None


def _main_after(passage: Passage, place: int, far: int) -> int:
    """The main verb where the one at ``place`` only describes: "a meeting planned for 3 July | was postponed"."""
    if not passage.low(place).endswith("ed") or passage.low(place + 1) not in ("for", "in", "on", "at"):
        return place
    for later in range(place + 2, far):
        if passage.words[later].is_mark or passage.low(later) in ("and", "but", "that", "which", "who", "when"):
            return place
        if passage.low(later) in ("was", "were", "is", "are", "has", "have", "had"):
            return later
    return place


def _is_bridge(passage: Passage, first: int, end: int) -> bool:
    """Whether the words between verb and noun are a receiver, "with" a party, or nothing that parts them."""
    if first == end:
        return True
    if any(passage.words[n].is_mark or is_finite(passage, n) for n in range(first, end)):
        return False
    if passage.low(first) in ("to", "back", "out", "over", "the", "on", "not"):
        first += 1
    return first == end or bool(parties_in(passage, first, end)) or all(n in passage.time_of for n in range(first, end))


def _main_verb(passage: Passage, hit: Hit) -> int:
    skipped = word_class("be") | word_class("have") | word_class("modal") | word_class("adverb") | {"to"}
    inside = (n for n in range(hit.first, hit.end) if passage.low(n) not in skipped)
    return next(inside, hit.first)


def _is_auxiliary(passage: Passage, hit: Hit) -> bool:
    """Whether "have" only helps another verb: "the talks that Norland | had | asked for" were not had."""
    return hit.end == hit.first + 1 and passage.low(hit.first) in word_class("have") and _is_past(passage.low(hit.end))


def _is_past(word: str) -> bool:
    """Whether a word has the form of a participle: "asked", "held", "been"."""
    return word.endswith("ed") or word in word_class("be") or word in known_forms() - base_forms()


def _is_verb(passage: Passage, verb: int, clause: Clause) -> bool:
    """Whether the cue is a verb here: "presented a plan", "to present", not "the present plan"."""
    low = passage.low(verb)
    if low in base_forms():
        before = passage.low(verb - 1)
        aux = word_class("modal") | word_class("do") | {"to", "not", "and", "they", "we", "i", "you"}
        return before in aux or clause.near
    return passage.low(verb - 1) not in word_class("article") | word_class("possessive")


def _same_group(passage: Passage, verb: int, main: int, hit: Hit) -> bool:
    """Whether a cue belongs to the verb group that begins at ``verb``: "has | been handed over"."""
    helpers = word_class("be") | word_class("have") | word_class("modal") | word_class("do") | word_class("negator")
    middle = range(verb, main)
    return all(
        passage.low(n) in helpers | word_class("adverb") | {"to", "due", "expected", "set"}
        or is_ly_adverb(passage.low(n))
        for n in middle
    )
