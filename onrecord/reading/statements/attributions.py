"""Attributions: a word of speech, its source and where its content lies, in one frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.model import Name, Office, Span
from onrecord.model.annotation import CueClass
from onrecord.reading.cues import CueWord, nouns, phrases, verbs
from onrecord.reading.statements.following import (
    Content,
    after_opener,
    find_content,
    find_listener,
    is_adjunct,
    is_clause,
    last_of,
)
from onrecord.reading.statements.frames import Frame
from onrecord.reading.statements.sources import Source, find_source_after, find_source_before
from onrecord.reading.statements.words import words_of

Order = Literal["after", "before", "around", "previous", "next"]

_DASHES = ("–", "—", "-")
_QUESTIONS = ("whether", "if", "why", "how", "what", "when", "who", "where")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What one word of speech says about a frame. Numbers are tokens, both ends included.

    ``first`` and ``last`` are the cue clause: source and cue. ``regions`` hold the content, cue clause left out;
    ``order`` tells on which side of the cue clause it lies; "previous" is the sentence before and "next" the one
    after, neither of which has a region.
    """

    first: int
    last: int
    cue: tuple[int, int] | None
    source: Span | None
    regions: tuple[tuple[int, int], ...]
    order: Order
    kind: str
    cue_class: CueClass = "say"
    shared: bool = False  # the source is that of an earlier cue: "and added that"
    hedge: str | None = None
    listener: tuple[int, int] | None = None

    @property
    def start(self) -> int:
        """The first token of all it covers."""
        return min([self.first, *(a for a, _ in self.regions)])


def find_attributions(frame: Frame) -> tuple[Attribution, ...]:
    """The attributions of a frame in the order of their cues; their regions may overlap."""
    found: list[Attribution] = []
    found += [a for a in (_headed(frame), _signed(frame)) if a is not None]
    place = 0
    while place < len(frame.tokens):
        attribution = _attribution_at(frame, place, found)
        if attribution is not None:
            found.append(attribution)
            place = max(place, attribution.cue[1] if attribution.cue else place)
        place += 1
    return tuple(found)


def _attribution_at(frame: Frame, place: int, earlier: list[Attribution]) -> Attribution | None:
    token = frame.tokens[place]
    if not token.is_word:
        return None
    phrase = _phrase_at(frame, place)
    if phrase is not None:
        return _by_phrase(frame, place, *phrase)
    if token.lower == "in" and (viewed := _in_view(frame, place)) is not None:
        return viewed
    noun = nouns().get(token.lower)
    if noun is not None and (claimed := _by_noun(frame, place, noun)) is not None:
        return claimed
    inside = frame.ending_at(place) or frame.starting_at(place)
    if inside is not None and isinstance(inside[1], (Name, Office)):
        return None
    verb, last = _verb_at(frame, place)
    return _by_verb(frame, place, last, verb, earlier) if verb is not None else None


def _verb_at(frame: Frame, place: int) -> tuple[CueWord | None, int]:
    """The verb that begins at a token and its last token: "pointed out" has two."""
    word = frame.tokens[place].lower
    if place + 1 < len(frame.tokens):
        two = verbs().get(f"{word} {frame.tokens[place + 1].lower}")
        if two is not None:
            return two, place + 1
    return verbs().get(word), place


def _by_verb(frame: Frame, place: int, last: int, verb: CueWord, earlier: list[Attribution]) -> Attribution | None:
    before = frame.tokens[place - 1].lower if place else ""
    if before in ("to", "having") or (verb.form == "base" and before in words_of("auxiliary")):
        return None
    if verb.form in ("past", "participle") and _asked_by(frame, place, last, verb):
        return _passive_question(frame, place, last, verb)
    if before in words_of("passive") and verb.form != "ing":
        return None
    inverted = _inverted(frame, place, last, verb)
    if inverted is not None:
        return inverted
    if verb.form in ("ing", "participle") or _joined(frame, place):
        return _shared(frame, place, last, verb, earlier)
    source = find_source_before(frame, place, 0)
    if source is None or (verb.form == "base" and not _plural(frame, source)):
        return None
    return _with_source(frame, (place, last), verb, source)


def _with_source(frame: Frame, cue: tuple[int, int], word: CueWord, source: Source) -> Attribution | None:
    """Source, then cue: the content follows, or has gone before."""
    content = find_content(frame, cue[1] + 1, word)
    quoted_before = source.first > 0 and _after_quotation(frame, source.first)
    if quoted_before:
        after = content if content is not None and content.kind == "quote" else None
        return _after_content(
            frame, source.first, cue[1], cue, frame.span(source.first, source.last), word, after, source.hedge
        )
    if content is not None:
        span = frame.span(source.first, source.last)
        regions = ((content.first, content.last),)
        first = cue[0] if source.verb is None else source.verb
        return Attribution(
            source.first, content.first - 1, (first, cue[1]), span, regions, "after", content.kind, word.cue_class,
            hedge=source.hedge, listener=content.listener,
        )  # fmt: skip
    if source.first > 0 and "quote" in word.takes and _ends_clause(frame, source.first, cue[1] + 1, word):
        span = frame.span(source.first, source.last)
        return _after_content(frame, source.first, cue[1], cue, span, word, None, source.hedge)
    return _open(frame, cue, word, source)


def _open(frame: Frame, cue: tuple[int, int], word: CueWord, source: Source) -> Attribution | None:
    """Berg told reporters: (and the quotation is the next paragraph)"""
    place = cue[1] + 1
    listener = find_listener(frame, place) if "addressee" in word.takes else None
    place = listener[1] + 1 if listener else place
    if frame.tokens[-1].text not in (":", ",") or "quote" not in word.takes:
        return None
    if place < len(frame.tokens) - 1 and (
        not is_adjunct(frame, place) or is_clause(frame, place, len(frame.tokens) - 1)
    ):
        return None
    span = frame.span(source.first, source.last)
    return Attribution(
        source.first, cue[1], cue, span, (), "next", "open", word.cue_class, hedge=source.hedge, listener=listener
    )


def _inverted(frame: Frame, place: int, last: int, verb: CueWord) -> Attribution | None:
    """“No,” said Berg. / The talks were over, said Berg."""
    if not place or "quote" not in verb.takes or verb.form not in ("past", "present"):
        return None
    if not (_after_quotation(frame, place) or frame.tokens[place - 1].text == ","):
        return None
    source = find_source_after(frame, last + 1, len(frame.tokens))
    if source is None or not _closes(frame, source.last + 1):
        return None
    if not _after_quotation(frame, place) and not (is_clause(frame, 0, place - 2) and _is_named(frame, source)):
        return None
    after = _quotation_after(frame, source.last + 1)
    span = frame.span(source.first, source.last)
    return _after_content(frame, place, source.last, (place, last), span, verb, after, None)


def _is_named(frame: Frame, source: Source) -> bool:
    """Whether a source ends or begins with a name: without a quotation, nothing less makes "said" look back."""
    if source.last - source.first > 12:
        return False
    return bool(frame.ending_at(source.last) or frame.starting_at(source.first) or frame.starting_at(source.first + 1))


def _after_content(
    frame: Frame,
    first: int,
    last: int,
    cue: tuple[int, int],
    source: Span,
    word: CueWord,
    after: Content | None,
    hedge: str | None,
) -> Attribution | None:
    """Content, then the cue clause ``first`` to ``last``; ``after`` is where the quotation goes on."""
    end = first - 1
    while end >= 0 and not frame.tokens[end].is_word and not frame.tokens[end].quotation:
        end -= 1
    begin = _content_start(frame, end)
    if end < begin:
        return None
    regions = [(begin, end)]
    if after is not None:
        regions.append((after.first, after.last))
    elif (rest := _rest_of_clause(frame, begin, end, last + 1)) is not None:
        regions.append(rest)
    listener = find_listener(frame, cue[1] + 1) if "addressee" in word.takes else None
    order: Order = "around" if len(regions) > 1 else "before"
    return Attribution(
        first, last, cue, source, tuple(regions), order, "clause", word.cue_class, hedge=hedge, listener=listener
    )


def _content_start(frame: Frame, end: int) -> int:
    """Where content that ends at a token begins: at a whole quotation, or at the frame's start after an opener."""
    for place in range(end, 0, -1):
        token, before = frame.tokens[place], frame.tokens[place - 1]
        if token.quotation and (
            before.text == ":" or (before.text == "," and token.quotation.inner.exact[:1].isupper())
        ):
            return place
    return after_opener(frame)


def _rest_of_clause(frame: Frame, begin: int, end: int, place: int) -> tuple[int, int] | None:
    """Norland, he said, would wait: a verb after the comma and none before it."""
    if place + 2 >= len(frame.tokens) or frame.tokens[place].text != "," or is_clause(frame, begin, end):
        return None
    if any(t.quotation for t in frame.tokens[begin : end + 1]):
        return None
    if frame.tokens[place + 1].lower not in words_of("auxiliary"):
        return None
    return place + 1, last_of(frame)


def _after_quotation(frame: Frame, place: int) -> bool:
    """Whether a quotation ends right before a token, but for a comma or dash."""
    before = place - 1
    while before >= 0 and (frame.tokens[before].text == "," or frame.tokens[before].text in _DASHES):
        before -= 1
    return before >= 0 and frame.tokens[before].quotation is not None


def _quotation_after(frame: Frame, place: int) -> Content | None:
    """“No,” said Berg, “never.”"""
    if place + 1 < len(frame.tokens) and frame.tokens[place].text in (",", ":"):
        second = place + 2 if frame.tokens[place + 1].lower in words_of("connective") else place + 1
        if second < len(frame.tokens) and frame.tokens[second].quotation:
            return Content(second, second, "quote")
    return None


def _closes(frame: Frame, place: int) -> bool:
    """Whether a cue clause can end before a token."""
    if place >= len(frame.tokens):
        return True
    token = frame.tokens[place]
    return (not token.is_word and not token.quotation) or is_adjunct(frame, place)


def _ends_clause(frame: Frame, first: int, after: int, word: CueWord) -> bool:
    """The talks were over, Berg said on Friday: a clause before the comma, nothing but adjuncts after the cue."""
    if frame.tokens[first - 1].text not in (",", *_DASHES) or not is_clause(frame, 0, first - 2):
        return False
    listener = find_listener(frame, after) if "addressee" in word.takes else None
    return _closes(frame, listener[1] + 1 if listener else after)


def _joined(frame: Frame, place: int) -> bool:
    """... but underlined that / ... and later added that"""
    before = place - 1
    while before >= 0 and (
        frame.tokens[before].lower in words_of("adverb") or frame.tokens[before].lower.endswith("ly")
    ):
        before -= 1
    return before >= 0 and frame.tokens[before].lower in ("and", "but", "while")


def _shared(frame: Frame, place: int, last: int, verb: CueWord, earlier: list[Attribution]) -> Attribution | None:
    """A cue without a source of its own: it has that of the cue before, or the sentence's subject."""
    content = find_content(frame, last + 1, verb)
    if content is None or (content.kind == "bare" and verb.form == "ing"):
        return None
    if verb.form == "participle" or (verb.form == "ing" and not _apart(frame, place)):
        return None
    source = next((a.source for a in reversed(earlier) if a.source and a.kind != "according"), None)
    if source is None:
        found = frame.starting_at(0) or (frame.starting_at(1) if frame.tokens[0].lower == "the" else None)
        if found is None or (isinstance(found[1], Name) and found[1].adjective):
            return None
        source = frame.span(0, found[0])
    regions = ((content.first, content.last),)
    return Attribution(
        place, content.first - 1, (place, last), source, regions, "after", content.kind, verb.cue_class, shared=True
    )


def _apart(frame: Frame, place: int) -> bool:
    """..., stressing that: a participle set off from what stands before."""
    return place > 0 and (
        frame.tokens[place - 1].text == "," or frame.tokens[place - 1].lower in ("and", "while", "but")
    )


def _plural(frame: Frame, source: Source) -> bool:
    only = frame.tokens[source.last].lower
    found = frame.ending_at(source.last)
    many = found is not None and isinstance(found[1], Name) and found[1].kind == "group"
    return only in ("they", "we", "i") or only.endswith("s") or many or " and " in frame.text(source.first, source.last)


def _asked_by(frame: Frame, place: int, last: int, verb: CueWord) -> bool:
    following = frame.tokens[last + 1].lower if last + 1 < len(frame.tokens) else ""
    return verb.cue_class == "ask" and following == "by"


def _passive_question(frame: Frame, place: int, last: int, verb: CueWord) -> Attribution | None:
    """... when asked by Ek whether Norland would wait: what follows is Ek's."""
    source = find_source_after(frame, last + 2, len(frame.tokens))
    if source is None or source.last + 1 >= len(frame.tokens) or frame.tokens[source.last + 1].lower not in _QUESTIONS:
        return None
    regions = ((source.last + 1, last_of(frame)),)
    span = frame.span(source.first, source.last)
    return Attribution(place, source.last, (place, last + 1), span, regions, "after", "question", verb.cue_class)


def _by_noun(frame: Frame, place: int, noun: CueWord) -> Attribution | None:
    """They rejected Ek’s claim that Norland had lied."""
    if place + 2 >= len(frame.tokens) or frame.tokens[place + 1].lower != "that" or place < 2:
        return None
    for owner in range(place - 1, max(-1, place - 4), -1):
        found = frame.starting_at(owner)
        token = frame.tokens[owner]
        owned = found is not None and found[0] == owner and token.lower.endswith(("’s", "'s"))
        if not (owned or token.lower in ("his", "her", "its", "their")):
            continue
        if (
            owner == 0
            or not any(_finite(frame, p) for p in range(owner))
            or not is_clause(frame, place + 2, last_of(frame))
        ):
            return None
        source = found[1].span if found is not None else frame.span(owner, owner)
        regions = ((place + 2, last_of(frame)),)
        return Attribution(owner, place + 1, (place, place), source, regions, "after", "noun", noun.cue_class)
    return None


def _finite(frame: Frame, place: int) -> bool:
    word = frame.tokens[place].lower
    return word in words_of("auxiliary") or (word.endswith("ed") and len(word) > 3)


def _in_view(frame: Frame, place: int) -> Attribution | None:
    """In Norland’s view, the reply was late."""
    for last in range(place + 1, min(place + 8, len(frame.tokens) - 2)):
        row = phrases().get("'s " + frame.tokens[last].lower)
        if row is None:
            continue
        owner = frame.tokens[last - 1].lower
        if not (owner.endswith(("’s", "'s")) or (owner in ("his", "her", "its", "their") and last == place + 2)):
            return None
        found = frame.starting_at(last - 1) or frame.starting_at(place + 1)
        source = found[1].span if found is not None else frame.span(place + 1, last - 1)
        regions = _other_side(frame, place, last)
        if not regions:
            return None
        order: Order = "after" if regions[0][0] > last else "before"
        return Attribution(place, last, (place, last), source, regions, order, "according", row.cue_class)
    return None


def _other_side(frame: Frame, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """The clause that an "according to Berg" belongs to: after its comma, or before it."""
    at_start = (
        first == 0
        or frame.tokens[first - 1].lower in words_of("opener")
        or (first > 1 and frame.tokens[first - 1].text == "," and frame.tokens[first - 2].lower in words_of("opener"))
    )
    if at_start or frame.tokens[first - 1].lower in ("but", "and", "that", "while"):
        if last + 2 < len(frame.tokens) and frame.tokens[last + 1].text == ",":
            return ((last + 2, last_of(frame)),)
        return ()
    end = first - 1
    while end > 0 and not frame.tokens[end].is_word and not frame.tokens[end].quotation:
        end -= 1
    begin = _content_start(frame, end)
    quoted = any(t.quotation for t in frame.tokens[begin : end + 1])
    return ((begin, end),) if quoted or is_clause(frame, begin, end) else ()


def _by_phrase(frame: Frame, place: int, phrase: CueWord, last: int) -> Attribution | None:
    takes = phrase.takes
    if "before_source" in takes:
        source = find_source_after(frame, last + 1, len(frame.tokens))
        if source is None or words_of("paper") & set(frame.text(source.first, source.last).lower().split()):
            return None
        regions = _other_side(frame, place, source.last)
        if not regions:
            return None
        span = frame.span(source.first, source.last)
        order: Order = "after" if regions[0][0] > last else "before"
        return Attribution(place, source.last, (place, last), span, regions, order, "according", phrase.cue_class)
    if "anaphoric" in takes:
        source = find_source_after(frame, last + 1, len(frame.tokens)) if place == 0 else None
        if source is None:
            return None
        span = frame.span(source.first, source.last)
        return Attribution(place, source.last, (place, last), span, (), "previous", "anaphoric", phrase.cue_class)
    source = find_source_before(frame, place, 0)
    if source is None:
        return None
    if "whole_clause" in takes:
        span, regions = frame.span(source.first, source.last), ((source.first, last_of(frame)),)
        return Attribution(source.first, last, (place, last), span, regions, "after", "whole", phrase.cue_class)
    return _with_source(frame, (place, last), phrase, source)


def _phrase_at(frame: Frame, place: int) -> tuple[CueWord, int] | None:
    """The longest phrase of speech that begins at a token, and its last token."""
    for words, phrase in _phrases_by_first().get(frame.tokens[place].lower, ()):
        last = place + len(words) - 1
        if last < len(frame.tokens) and all(frame.tokens[place + i].lower == w for i, w in enumerate(words)):
            return phrase, last
    return None


@cache
def _phrases_by_first() -> Mapping[str, tuple[tuple[tuple[str, ...], CueWord], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], CueWord]]] = {}
    for words, phrase in sorted(phrases().items(), key=lambda item: -len(item[0])):
        parts = tuple(words.split())
        found.setdefault(parts[0], []).append((parts, phrase))
    return {first: tuple(rows) for first, rows in found.items()}


def _headed(frame: Frame) -> Attribution | None:
    """Berg: Norland will wait (a headline, or a line that begins with its speaker)."""
    colon = next((i for i, t in enumerate(frame.tokens[:9]) if t.text == ":"), None)
    if not colon or colon + 2 >= len(frame.tokens) or frame.start != frame.page.paragraphs[frame.paragraph].start:
        return None
    found = frame.ending_at(colon - 1)
    if found is None or not isinstance(found[1], (Name, Office)) or (found[0] > 0 and not _titled(frame, found[0])):
        return None
    if isinstance(found[1], Name) and (found[1].kind == "place" or found[1].adjective):
        return None
    words = sum(t.is_word for t in frame.tokens[colon + 1 :])
    quoted = frame.tokens[colon + 1].quotation is not None
    if not quoted and words < 4:
        return None
    regions = ((colon + 1, last_of(frame)),)
    return Attribution(0, colon, None, frame.span(0, colon - 1), regions, "after", "headed")


def _signed(frame: Frame) -> Attribution | None:
    """“We will wait.” — Anna Berg"""
    last = last_of(frame)
    found = frame.ending_at(last)
    if found is None or not isinstance(found[1], Name) or found[1].kind != "person" or found[0] < 2:
        return None
    dash, quoted = frame.tokens[found[0] - 1], frame.tokens[found[0] - 2].quotation
    if dash.text not in ("–", "—", "―") or quoted is None:
        return None
    regions = ((found[0] - 2, found[0] - 2),)
    return Attribution(found[0], last, None, found[1].span, regions, "before", "signed")


def _titled(frame: Frame, first: int) -> bool:
    return all((t.is_word and t.text[:1].isupper()) or t.lower in ("of", "the") for t in frame.tokens[:first])
