"""Attributions: the words of speech of one frame, each with its source and the place of its content."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Name, Office
from onrecord.reading.cues import CueWord, nouns, verbs
from onrecord.reading.statements.attribution import Attribution, CueClause, content_start
from onrecord.reading.statements.following import Content, find_content, find_listener, is_adjunct, is_clause, last_of
from onrecord.reading.statements.frames import Frame
from onrecord.reading.statements.phrases import (
    OWN_CONSTRUCTIONS,
    by_noun,
    by_phrase,
    headed,
    in_view,
    phrase_at,
    signed,
)
from onrecord.reading.statements.sources import Source, find_source_after, find_source_before
from onrecord.reading.words import words_of

_DASHES = ("–", "—", "-")


def find_attributions(frame: Frame) -> tuple[Attribution, ...]:
    """The attributions of a frame in the order of their cues; their regions may overlap."""
    found: list[Attribution] = []
    found += [a for a in (headed(frame), signed(frame)) if a is not None]
    place = 0
    while place < len(frame.tokens):
        attribution = _attribution_at(frame, place, found)
        if attribution is not None:
            if not _is_supposed(frame, attribution):
                found.append(attribution)
            place = max(place, attribution.cue[1] if attribution.cue else place)
        place += 1
    return tuple(found)


def _is_supposed(frame: Frame, attribution: Attribution) -> bool:
    """Whether nothing was said yet: "If Berg says the talks are over", "unless the minister denies that"."""
    before = attribution.first - 1
    return before >= 0 and frame.tokens[before].lower in words_of("condition")


def _attribution_at(frame: Frame, place: int, earlier: list[Attribution]) -> Attribution | None:
    token = frame.tokens[place]
    if not token.is_word:
        return None
    phrase = phrase_at(frame, place)
    if phrase is not None:
        word, last = phrase
        if word.takes & OWN_CONSTRUCTIONS:
            return by_phrase(frame, place, word, last)
        source = find_source_before(frame, place, 0)
        return _with_source(frame, (place, last), word, source) if source else None
    if token.lower == "in" and (viewed := in_view(frame, place)) is not None:
        return viewed
    noun = nouns().get(token.lower)
    if noun is not None and (claimed := by_noun(frame, place, noun)) is not None:
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
    if verb.form == "ing" and (progressive := _progressive(frame, place)) is not None:
        return _with_source(frame, (place, last), verb, progressive)
    if verb.form in ("ing", "participle") or _joined(frame, place):
        return _shared(frame, place, last, verb, earlier)
    source = find_source_before(frame, place, 0)
    if source is None or (verb.form == "base" and not _plural(frame, source)) or _is_noun_of(frame, source, place):
        return None
    return _with_source(frame, (place, last), verb, source)


def _is_noun_of(frame: Frame, source: Source, place: int) -> bool:
    """Whether the word is a noun with its adjective: "the fourth of the Norlandic demands"."""
    found = frame.ending_at(source.last)
    adjective = found is not None and isinstance(found[1], Name) and found[1].adjective
    return adjective and frame.tokens[place].lower in nouns()


def _progressive(frame: Frame, place: int) -> Source | None:
    """Who "is now reporting"; None where no form of "be" stands before the word."""
    before = place - 1
    while before > 0 and frame.tokens[before].lower in words_of("adverb") | words_of("time"):
        before -= 1
    if before < 1 or frame.tokens[before].lower not in ("is", "are", "was", "were"):
        return None
    return find_source_before(frame, before, 0)


def _with_source(frame: Frame, cue: tuple[int, int], word: CueWord, source: Source) -> Attribution | None:
    """Source, then cue: the content follows, or has gone before."""
    content = _before_next_deed(frame, find_content(frame, cue[1] + 1, word))
    span = frame.span(source.first, source.last)
    clause = CueClause(source.first, cue[1], cue, span, source.hedge)
    if source.first > 0 and _after_quotation(frame, source.first):
        after = content if content is not None and content.kind == "quote" else None
        return _after_content(frame, clause, word, after)
    if content is not None and _goes_on(frame, source.first, cue[1] + 1, content):
        return _after_content(frame, clause, word, content)
    if content is not None:
        return Attribution(
            source.first,
            content.first - 1,
            (cue[0] if source.verb is None else source.verb, cue[1]),
            span,
            ((content.first, content.last),),
            "after",
            content.kind,
            word.cue_class,
            hedge=source.hedge,
            listener=content.listener,
        )
    if source.first > 0 and "quote" in word.takes and _ends_clause(frame, source.first, cue[1] + 1, word):
        return _after_content(frame, clause, word, None)
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
    clause = CueClause(place, source.last, (place, last), frame.span(source.first, source.last))
    return _after_content(frame, clause, verb, _quotation_after(frame, source.last + 1))


def _is_named(frame: Frame, source: Source) -> bool:
    """Whether a source ends or begins with a name: without a quotation, nothing less makes "said" look back."""
    if source.last - source.first > 12:
        return False
    return bool(frame.ending_at(source.last) or frame.starting_at(source.first) or frame.starting_at(source.first + 1))


def _after_content(frame: Frame, clause: CueClause, word: CueWord, after: Content | None) -> Attribution | None:
    """Content, then its cue clause; ``after`` is where a broken quotation goes on."""
    end = clause.first - 1
    while end >= 0 and not frame.tokens[end].is_word and not frame.tokens[end].quotation:
        end -= 1
    begin = content_start(frame, end)
    if end < begin:
        return None
    regions = [(begin, end)]
    if after is not None:
        regions.append((after.first, after.last))
    elif (rest := _rest_of_clause(frame, begin, end, clause.last + 1)) is not None:
        regions.append(rest)
    return Attribution(
        clause.first,
        clause.last,
        clause.cue,
        clause.source,
        tuple(regions),
        "around" if len(regions) > 1 else "before",
        "clause",
        word.cue_class,
        hedge=clause.hedge,
        listener=find_listener(frame, clause.cue[1] + 1) if "addressee" in word.takes else None,
    )


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


def _before_next_deed(frame: Frame, content: Content | None) -> Content | None:
    """Berg said that the talks were over, | and asked the council for a ship: what she asked is the outlet's word."""
    if content is None or content.kind not in ("that", "bare"):
        return content
    for place in range(content.first + 2, content.last - 1):
        if frame.tokens[place].text == ";" and frame.tokens[place + 1].lower not in ("that", "and"):
            return replace(content, last=place - 1)  # warned that it would be war; officials dismissed the warning
        verb = verbs().get(frame.tokens[place + 1].lower)
        joined = frame.tokens[place - 1].text == "," and frame.tokens[place].lower in ("and", "but")
        if joined and verb is not None and verb.form == "past" and verb.cue_class in ("ask", "demand"):
            return replace(content, last=place - 2)
    return content


def _goes_on(frame: Frame, first: int, after: int, content: Content) -> bool:
    """The talks were over, Berg said, “but not the war”: the quotation goes on with the clause before."""
    quotation = frame.tokens[content.first].quotation
    if content.kind != "quote" or quotation is None or first < 2 or frame.tokens[after].text != ",":
        return False
    opened = frame.tokens[0].lower in ("after", "as", "when", "while", "before", "asked", "although", "though", "if")
    joined = quotation.inner.exact[:1].islower() and frame.tokens[first - 1].text == ","
    return joined and not opened and is_clause(frame, 0, first - 2)


def _joined(frame: Frame, place: int) -> bool:
    """... but underlined that / ... and later added that"""
    before = place - 1
    while before >= 0 and (
        frame.tokens[before].lower in words_of("adverb") | words_of("perfect")
        or frame.tokens[before].lower.endswith("ly")
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
    before = next((a for a in reversed(earlier) if a.source and a.kind != "according"), None)
    if before and before.cue and _had(frame, place) and not _had(frame, before.cue[0]):
        return None  # "She said that he had repeated his promise and had assured her that": "he" assured her
    source = before.source if before else None
    if source is None:
        found = frame.starting_at(0) or (frame.starting_at(1) if frame.tokens[0].lower == "the" else None)
        if found is None or (isinstance(found[1], Name) and found[1].adjective):
            return None
        source = frame.span(0, found[0])
    regions = ((content.first, content.last),)
    return Attribution(
        place, content.first - 1, (place, last), source, regions, "after", content.kind, verb.cue_class, shared=True
    )


def _had(frame: Frame, place: int) -> bool:
    """Whether the verb's group begins with "had"."""
    return "had" in (token.lower for token in frame.tokens[max(0, place - 2) : place + 1])


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
    if source is None or source.last + 1 >= len(frame.tokens):
        return None
    if frame.tokens[source.last + 1].lower not in words_of("question"):
        return None
    regions = ((source.last + 1, last_of(frame)),)
    span = frame.span(source.first, source.last)
    return Attribution(place, source.last, (place, last + 1), span, regions, "after", "question", verb.cue_class)
