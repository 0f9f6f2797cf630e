"""Noun phrases around a word, found without a parser: by articles, links, names and what can only be a verb."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.model import Span
from onrecord.reading.acts.words import base_forms, finite_forms, is_ly_adverb, word_class
from onrecord.reading.passage import Passage

FAR = 60
"""No phrase or clause is followed further than this many words; a longer one is no sentence of a newspaper."""

_QUOTES = frozenset('“”"‘’«»„″')


def is_finite(passage: Passage, index: int) -> bool:
    """Whether the word can only be, or by its place is, the verb of a clause.

    "Norland demands that" has a verb; "Norland's demands", "the central demands from", "signed by Norland" have none.
    """
    low = passage.low(index)
    if index in passage.name_of and index not in passage.cue_words:
        return False  # "the United States"
    if low in base_forms():
        return _is_plural_verb(passage, index)
    if low in word_class("modal") | word_class("do") or low in word_class("have") | word_class("be"):
        return low not in ("being", "be", "been", "having")
    if low not in finite_forms() or (passage.low(index + 1) == "by" and passage.low(index - 1) not in word_class("be")):
        return False
    before = passage.low(index - 1)
    if before in word_class("article") | word_class("possessive") | word_class("preposition"):
        return before == "that"
    if low.endswith("s") and low not in ("was", "has", "is", "does"):
        # "Sudmark, which denied it, wants": after a comma only what is hardly a noun, or what "that" follows.
        opens = before in (",", ")", "and", "or") and low not in word_class("noun_or_verb")
        return opens or (before == "," and passage.low(index + 1) == "that") or _may_be_subject(passage, index - 1)
    owner = passage.name_of.get(index - 1)
    if owner is not None and owner.adjective:
        return False
    # "the proposed treaty", "the so-called format": a participle between an article and a noun is no verb.
    return not (_is_noun_like(passage, index + 1) and _article_before(passage, index - 1))


def is_noun_word(passage: Passage, index: int) -> bool:
    """Whether the word may stand inside a noun phrase, prepositions and conjunctions aside."""
    if not 0 <= index < len(passage.words):
        return False
    word = passage.words[index]
    if word.text in _QUOTES or word.text in "#&%$€£/":
        return True
    if word.is_mark or word.low in _bounds():
        return False
    return index in passage.name_of or not is_finite(passage, index)


def phrase_start(passage: Passage, head: int) -> int:
    """The first word of the noun phrase whose last word before any link is ``head``.

    "the primary Norlandic | demand", "Norland and Sudmark's | talks".
    """
    index = head
    while index > max(0, head - 14) and is_noun_word(passage, index - 1):
        before = passage.low(index - 1)
        if before in word_class("pronoun") - word_class("possessive") - {"both", "neither"}:
            break
        if passage.low(index) in word_class("article") and passage.low(index - 1) not in ("all", "both", "half"):
            break
        if index in passage.office_starts and index - 1 not in passage.name_of and before not in _owners():
            break  # "in the letter | Foreign Minister Berg agrees"
        if index - 1 in passage.time_of and passage.low(index) not in ("’s", "'s"):
            break
        if before in ("’s", "'s"):
            index = _owner_start(passage, index - 1)
            break
        index -= 1
    while index < head and passage.words[index].text in _QUOTES and passage.low(index - 1):
        index += 1
    return index


def phrase_end(passage: Passage, head: int, limit: int) -> int:
    """The end (exclusive) of the noun phrase of ``head``, what hangs on it by "of", "from", "on" included.

    "the reply from Norland and the League | was", "the demand for guarantees | that".
    """
    index = head + 1
    limit = min(limit, head + FAR)
    while index < limit:
        low = passage.low(index)
        if low == "(":
            index = _after_bracket(passage, index, limit)
        elif low == "such" and passage.low(index + 1) == "as":
            index += 3
        elif low in finite_forms() and passage.low(index + 1) == "by":
            break
        elif low in word_class("link") and not (low == "to" and passage.low(index + 1) in base_forms()):
            if not is_noun_word(passage, index + 1) and index + 1 not in passage.name_of:
                break
            index += 2
        elif low in ("and", "or", "&"):
            if not _joins_names(passage, index) and not _joins_nouns(passage, index, limit):
                break
            index += 2
        elif index in passage.time_of or (is_noun_word(passage, index) and low not in word_class("subject_pronoun")):
            if index in passage.name_of and _starts_anew(passage, index):
                break
            index += 1
        elif low == "," and index + 1 in passage.time_of and index - 1 in passage.time_of:
            index += 1
        else:
            break
    while index > head + 1 and passage.low(index - 1) in word_class("adverb"):
        index -= 1
    return index


def party_after(passage: Passage, index: int, limit: int) -> tuple[Span, ...]:
    """The parties right after a link at ``index``: "by | the ministry of Norland | on Friday"."""
    stop = index + 1
    while stop < limit and stop not in passage.time_of:
        low = passage.low(stop)
        if (passage.words[stop].is_mark and low not in ("&", "#", "“", "”", '"')) or is_finite(passage, stop):
            break
        if low in word_class("link") - {"of"} or low in word_class("relative"):
            break
        if low in word_class("article") and stop - 1 in passage.name_of:
            break
        stop += 1
    return parties_in(passage, index + 1, stop)


def parties_in(passage: Passage, first: int, end: int) -> tuple[Span, ...]:
    """The parties that a noun phrase names, one span each: "Norland and the League" are two.

    A phrase that ends in a name is that name ("Foreign Minister Anna Berg" is "Anna Berg"); one that ends in an
    office or a common noun is the whole phrase ("Norland's foreign minister"). Nothing where it names no party.
    """
    found = []
    for low, high in _split(passage, first, end):
        part = _party(passage, low, high)
        name = passage.name_of.get(high - 1)
        if part is None and high < end and name is not None and name.adjective:
            part = name.span  # "the Norlandic | and Sudmarkian negotiators"
        if part is not None:
            found.append(part)
    return tuple(found)


def _party(passage: Passage, first: int, end: int) -> Span | None:
    while end > first and (passage.words[end - 1].is_mark or end - 1 in passage.time_of):
        end -= 1
    while first < end and (passage.words[first].is_mark or passage.low(first) in ("also", "of", "by", "from")):
        first += 1
    if passage.low(first) == "both" and first + 1 in passage.name_of:
        first += 1
    if first >= end:
        return None
    last = passage.name_of.get(end - 1)
    if last is not None and last.kind != "document" and not last.adjective:
        low, high = passage.words_of(last.span)
        before = low - 1 - (passage.low(low - 1) in word_class("article"))
        if before < first or passage.low(before) not in word_class("link"):
            return last.span if high <= end else passage.cut(first, end)
    last_reference = passage.reference_of.get(end - 1)
    if last_reference is not None:
        return last_reference.span
    if passage.low(end - 1) in ("two", "three", "four") and passage.low(end - 2) in ("the", "all"):
        return passage.cut(first, end)  # "the two met in Vessel"
    named = passage.name_of.get(_head(passage, first, end))
    if named is not None and not named.adjective and named.kind not in ("document", "place"):
        return named.span  # "Foreign Minister Anna Berg of Norland", "by Norland of laying mines"
    holds = any(n in passage.name_of and passage.name_of[n].kind != "document" for n in range(first, end))
    head = _head(passage, first, end)
    if passage.low(head) in word_class("party_noun") | word_class("pronoun") | word_class("possessive"):
        return passage.cut(first, end)
    if (holds and end - first == 1) or _is_proper(passage, first, end):
        return passage.cut(first, end)
    return None


def _is_proper(passage: Passage, first: int, end: int) -> bool:
    """Whether a short phrase is printed as a name: "Stavna turned the demand down", in a text that says no more of it.

    Who that is, if anybody, other articles of the exchange may say.
    """
    return end - first <= 3 and all(passage.words[index].text[:1].isupper() for index in range(first, end))


def _head(passage: Passage, first: int, end: int) -> int:
    """The head noun: the last word before the first link."""
    for index in range(first + 1, end):
        if passage.low(index) in word_class("link") or passage.low(index) in word_class("relative"):
            return index - 1
    return end - 1


def _split(passage: Passage, first: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a phrase that "and", "as well as" or a comma join."""
    low = first
    for index in range(first, end):
        word = passage.low(index)
        inside = index in passage.name_of and index - 1 in passage.name_of
        if word in ("and", ",", "&", "or", "with") and not (
            inside and passage.name_of[index] is passage.name_of[index - 1]
        ):
            yield low, index
            low = index + 1
    yield low, end


def _is_plural_verb(passage: Passage, index: int) -> bool:
    """Whether a base form is the verb of a plural: "the replies fail to address", not "the talks plan"."""
    before, after = passage.low(index - 1), passage.low(index + 1)
    plural = before in ("they", "we", "i", "you", "who", "both") or (
        before.endswith("s") and before[:-1] not in base_forms() and before not in ("’s", "'s", "its", "this", "us")
    )
    opens = word_class("article") | {"to", "that", "not", "for"}
    return plural and index - 1 not in passage.time_of and (before in ("they", "we", "i", "you") or after in opens)


def _may_be_subject(passage: Passage, index: int) -> bool:
    name = passage.name_of.get(index)
    if name is not None:
        return not name.adjective
    low = passage.low(index)
    known = low in word_class("pronoun") | word_class("relative") or index in passage.reference_of
    if is_ly_adverb(low) or low in word_class("adverb"):
        return index > 0 and _may_be_subject(passage, index - 1)
    return known or (low in word_class("party_noun") | word_class("paper") and not low.endswith("s"))


def _is_noun_like(passage: Passage, index: int) -> bool:
    low = passage.low(index)
    known = _bounds() | word_class("link") | word_class("article") | word_class("pronoun") | word_class("adverb")
    return bool(low) and low[0].isalpha() and low not in known and not is_ly_adverb(low)


def _article_before(passage: Passage, index: int) -> bool:
    for place in range(index, max(index - 3, -1), -1):
        low = passage.low(place)
        if low in word_class("article") | word_class("possessive") or low.isdigit():
            return True
        if place in passage.name_of or not (is_ly_adverb(low) or low in word_class("determiner")):
            return False
    return False


def _owner_start(passage: Passage, mark: int) -> int:
    """Where the owner before a possessive mark begins: "Norland and Sudmark" in "Norland and Sudmark's talks"."""
    index = mark
    while (
        index > max(0, mark - 10)
        and is_noun_word(passage, index - 1)
        and passage.low(index) not in word_class("article")
    ):
        if index - 1 in passage.time_of:
            break
        index -= 1
    if passage.low(index - 1) == "and" and index - 2 in passage.name_of and index in passage.name_of:
        index = passage.words_of(passage.name_of[index - 2].span)[0]
    return index


def _joins_names(passage: Passage, index: int) -> bool:
    after = index + 2 if passage.low(index + 1) in word_class("article") else index + 1
    if (index - 1 not in passage.name_of and passage.low(index - 1) != ")") or after not in passage.name_of:
        return False
    end = passage.words_of(passage.name_of[after].span)[1]
    # "the reply from Norland and Sudmark said": a clause of its own, unless the phrase itself is the subject.
    return not is_finite(passage, end) or not any(is_finite(passage, n) for n in range(max(0, index - 20), index))


def _joins_nouns(passage: Passage, index: int, limit: int) -> bool:
    """Whether what follows "and" is one more noun phrase and no clause or verb of its own."""
    for place in range(index + 1, min(index + 9, limit)):
        low = passage.low(place)
        if is_finite(passage, place) or (place == index + 1 and low in base_forms() and place not in passage.name_of):
            return False
        if passage.words[place].is_mark or low in _bounds():
            break
    return is_noun_word(passage, index + 1) and passage.low(index + 1) not in word_class("subject_pronoun")


def _starts_anew(passage: Passage, index: int) -> bool:
    """Whether a name begins a clause of its own right after another name: "... to Norland Sudmark said"."""
    before, name = passage.name_of.get(index - 1), passage.name_of[index]
    end = passage.words_of(name.span)[1]
    return before is not None and before is not name and not before.adjective and is_finite(passage, end)


def _after_bracket(passage: Passage, index: int, limit: int) -> int:
    for place in range(index + 1, min(index + 16, limit)):
        if passage.low(place) == ")":
            return place + 1
    return limit


@cache
def _owners() -> frozenset[str]:
    return word_class("article") | word_class("possessive") | {"former", "then", "new", "deputy", "acting"}


@cache
def _bounds() -> frozenset[str]:
    """Words that end a noun phrase."""
    classes = ("preposition", "conjunction", "subordinator", "negator")
    return frozenset().union(*map(word_class, classes)) - {"no", "neither", "&"} | {
        "to",
        "up",
        "down",
        "off",
        "away",
        "back",
    }
