"""What follows a word of speech: where its content begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Name
from onrecord.reading.cues import CueWord, verbs
from onrecord.reading.statements.frames import Frame
from onrecord.reading.statements.sources import find_source_after
from onrecord.reading.words import month_names, words_of

_NAMING = frozenset(("call", "dub", "term", "label", "brand"))  # called the reply “a joke”: only the quotation is said
_FREE = frozenset(("say", "tell", "believe", "think"))  # nearly always with a clause, "that" or not
_ADJUNCT_REACH = 30  # tokens between a cue and its "that"
_CLAUSE_REACH = 40  # tokens in which a clause shows its verb


@dataclass(frozen=True, slots=True)
class Content:
    """Tokens ``first`` to ``last``; ``kind`` says how they are joined to the cue; ``listener`` is the one spoken to."""

    first: int
    last: int
    kind: str  # "that", "bare", "quote", "question", "fact", "as"
    listener: tuple[int, int] | None = None


def last_of(frame: Frame) -> int:
    """The last token of a frame that is a word or a quotation."""
    place = len(frame.tokens) - 1
    while place > 0 and not frame.tokens[place].is_word and not frame.tokens[place].quotation:
        if frame.tokens[place].text in (")", "]"):
            return place
        place -= 1
    return place


def after_opener(frame: Frame) -> int:
    """The first token after a dateline, or after "However," and its like."""
    if (dateline := _dateline(frame)) is not None:
        return dateline
    if frame.tokens[0].lower not in words_of("opener"):
        return 0
    return 2 if len(frame.tokens) > 2 and frame.tokens[1].text == "," else min(1, len(frame.tokens) - 1)


def _dateline(frame: Frame) -> int | None:
    """VALD (RNN) - The talks are over: the first token after the dash."""
    dash = next((i for i, t in enumerate(frame.tokens[:14]) if t.text in ("-", "–", "—")), None)
    if dash is None or dash + 1 >= len(frame.tokens) or not frame.tokens[0].text.isupper():
        return None
    if frame.tokens[dash - 1].text != ")" or frame.start != frame.page.paragraphs[frame.paragraph].start:
        return None
    return dash + 1


def find_content(frame: Frame, place: int, word: CueWord) -> Content | None:
    """The content that follows a word of speech which ends before token ``place``; None where there is none."""
    listener = None
    if "addressee" in word.takes:
        listener = find_listener(frame, place)
        place = listener[1] + 1 if listener else place
    if ("must_addressee" in word.takes and listener is None) or place >= len(frame.tokens):
        return None
    after = _past_time(frame, place)
    if after > place and frame.tokens[after - 1].text == "," and after < len(frame.tokens) and is_adjunct(frame, after):
        # "Norland will wait, Berg said on Sunday, after talks in Vessel": what follows the comma is no bare clause.
        found = _content_past_adjunct(frame, place, word)
        return Content(found.first, found.last, found.kind, listener) if found and found.kind != "bare" else None
    # said [on Friday] that: what can be an adjunct is one, unless nothing follows it.
    ways = (_content_past_adjunct, _content_at) if is_adjunct(frame, place) else (_content_at, _content_past_adjunct)
    found = ways[0](frame, place, word) or ways[1](frame, place, word)
    return Content(found.first, found.last, found.kind, listener) if found else None


def _content_at(frame: Frame, place: int, word: CueWord) -> Content | None:
    """Content that begins right here."""
    tokens, last = frame.tokens, last_of(frame)
    if place > last:
        return None
    token, takes = tokens[place], word.takes
    if takes & {"that", "clause"} and token.lower == "that" and place < last:
        return Content(place + 1, last, "that")
    if "whether" in takes and token.lower in words_of("question") and place < last:
        return Content(place, last, "question")
    if "fact" in takes and frame.text(place, min(place + 2, last)).lower() == "the fact that" and place + 3 <= last:
        return Content(place + 3, last, "fact")
    if takes & {"quote", "clause", "that"} and (quoted := _quotation_at(frame, place)) is not None:
        return quoted
    if "as" in takes and _is_as(frame, place, last, word):
        if word.base in _NAMING:
            first = next(p for p in range(place, last + 1) if frame.tokens[p].quotation)
            return Content(first, _run_of_quotations(frame, first), "as")
        return Content(place, last, "as")
    return Content(place, last, "bare") if "clause" in takes and _is_bare(frame, place, last, word) else None


def _quotation_at(frame: Frame, place: int) -> Content | None:
    """said: “A.” / said, “A.” / said “piece” would come"""
    tokens, last = frame.tokens, last_of(frame)
    mark = tokens[place].text in (",", ":")
    first = place + 1 if mark else place
    if first > last:
        return None
    if not tokens[first].quotation:
        # Berg said: Norland will wait.
        return Content(first, last, "that") if tokens[place].text == ":" and is_clause(frame, first, last) else None
    if mark or first == last or not tokens[first + 1].is_word or tokens[first].text[-2:-1] in ".!?,":
        return Content(first, _run_of_quotations(frame, first), "quote")
    return Content(first, last, "that")


def _run_of_quotations(frame: Frame, first: int) -> int:
    """The last of several quotations that only a word or two join: “A” and “B”."""
    last = first
    for place in range(first + 1, min(len(frame.tokens), first + 40)):
        token = frame.tokens[place]
        if token.quotation:
            last = place
        elif (token.is_word and token.lower not in words_of("connective")) or place - last > 3:
            break
    return last


def _content_past_adjunct(frame: Frame, place: int, word: CueWord) -> Content | None:
    """said [in Vienna on Monday] that / said [Friday] he would / said [at a briefing]: “A.”"""
    if not is_adjunct(frame, place) and frame.tokens[place].text != ",":
        return None
    after = _past_time(frame, place)
    if after > place and (found := _content_at(frame, after, word)) is not None:
        return found
    for here in range(place, min(len(frame.tokens), place + _ADJUNCT_REACH)):
        token = frame.tokens[here]
        if token.lower in words_of("auxiliary") or token.lower in ("he", "she", "they", "we", "who", "which"):
            return None
        following = frame.tokens[here + 1].lower if here + 1 < len(frame.tokens) else ""
        before = frame.tokens[here - 1]
        if token.lower == "that" and before.lower in verbs():
            return None  # said on Friday, while insisting that: what follows is insisted
        if token.lower == "that" and before.lower not in words_of("preposition") | {"of"}:
            # said, in a letter to Ek, that; but not: said, as that paper shows
            closed = frame.tokens[place].text != "," or before.text == ","
            if closed and following not in words_of("auxiliary") and word.takes & {"that", "clause"}:
                return Content(here + 1, last_of(frame), "that")
        if token.text in (":", ",") and following == "" and here + 1 < len(frame.tokens):
            if frame.tokens[here + 1].quotation:
                return _quotation_at(frame, here)
        elif token.quotation or token.text in (";", ":"):
            return None
    return None


def _past_time(frame: Frame, place: int) -> int:
    """The token after "on Monday, February 14," or "Friday"."""
    here = place
    if frame.tokens[here].lower in ("on", "late", "early", "earlier", "last", "this"):
        here += 1
    while here < len(frame.tokens) and frame.tokens[here].lower in words_of("time"):
        here += 1
    if here == place or frame.tokens[here - 1].lower not in words_of("time"):
        return place
    after = here
    while after < len(frame.tokens) and after - here < 5:
        token = frame.tokens[after]
        if not (token.text == "," or token.text[0].isdigit() or token.text in month_names()):
            break
        after += 1
    return after


def is_adjunct(frame: Frame, place: int) -> bool:
    """Whether words of time, place or manner begin at a token: "in Vienna", "Friday", "speaking to", "when asked"."""
    word = frame.tokens[place].lower
    return any(word in words_of(name) for name in ("preposition", "source_end", "time", "adjunct"))


def is_clause(frame: Frame, first: int, last: int) -> bool:
    """Whether tokens ``first`` to ``last`` hold a finite verb; a quotation of some words counts as one."""
    for place in range(first, min(last + 1, first + _CLAUSE_REACH)):
        token = frame.tokens[place]
        if token.quotation:
            if token.quotation.inner.exact.count(" ") >= 3:
                return True
            continue
        if token.lower in words_of("auxiliary"):
            return True
        if token.is_word and place > first and _looks_finite(frame, place):
            return True
    return False


def _looks_finite(frame: Frame, place: int) -> bool:
    """ "received", "says": a verb by its ending, after a name, pronoun or noun and not after an article."""
    word, before = frame.tokens[place].lower, frame.tokens[place - 1].lower
    if before in words_of("determiner") or before in words_of("preposition") or not word[0].isalpha():
        return False
    verb = verbs().get(word)
    if verb is not None and verb.form in ("past", "present"):
        return True
    if word.endswith("ed") and len(word) > 4:
        return True
    found = frame.ending_at(place - 1)
    named = (found is not None and isinstance(found[1], Name)) or before in words_of("nominative")
    return named and word.endswith("s") and frame.tokens[place].text.islower()


def _is_bare(frame: Frame, first: int, last: int, word: CueWord) -> bool:
    """Whether a clause without "that" begins here: "said Norland would wait", but not "said nothing"."""
    token = frame.tokens[first]
    if token.quotation or not token.is_word or last - first < 2:
        return False
    if token.lower in words_of("object_word") or token.lower in words_of("time"):
        return False
    begins = (
        token.lower in words_of("nominative")
        or token.lower in words_of("determiner")
        or frame.starting_at(first) is not None
        or token.text[0].isupper()
        or token.text[0].isdigit()
        or (token.lower.endswith("s") and token.lower not in words_of("auxiliary"))
    )
    reach = last if word.base in _FREE else min(last, first + 14)
    if not begins and word.base != "say":
        return False
    if token.lower in words_of("auxiliary") or token.lower in ("by", "to", "for", "of", "with", "and", "or", "as"):
        return False
    if word.base not in _FREE and not _is_plain_clause(frame, first, reach):
        return False
    if word.base == "warn" and any(t.lower == "to" for t in frame.tokens[first : first + 5]):
        return False  # warned the council to wait
    return is_clause(frame, first, reach)


def _is_plain_clause(frame: Frame, first: int, last: int) -> bool:
    """Whether the verb comes before any "and", "which" or comma: "promised a reply and delivered it" is no clause."""
    for place in range(first + 1, last + 1):
        if is_clause(frame, place - 1, place):
            return True
        if frame.tokens[place].text == "," or frame.tokens[place].lower in ("and", "or", "but", "which", "who", "that"):
            return False
    return False


def _is_as(frame: Frame, place: int, last: int, word: CueWord) -> bool:
    """blasted the reply as late / called the reply “a joke”"""
    between = frame.tokens[place : last + 1]
    if between[0].text in (".", ",", ";") or between[0].lower in ("on", "for", "in", "to", "by", "upon", "off"):
        return False
    if word.base in _NAMING:
        return any(t.quotation for t in between[:8])
    return any(t.lower == "as" for t in between[1:30])


def find_listener(frame: Frame, place: int) -> tuple[int, int] | None:
    """The one spoken to, from token ``place``: told [reporters], told [the council] that, told [RBC] on Monday."""
    if place >= len(frame.tokens) or not frame.tokens[place].is_word or frame.tokens[place].lower == "that":
        return None
    if frame.tokens[place].lower in words_of("listener") and not frame.starting_at(place):
        last = place
        while last + 1 < len(frame.tokens) and frame.tokens[last + 1].lower in words_of("listener"):
            last += 1
        return place, last
    found = frame.starting_at(place)
    if found is not None:
        return place, found[0]
    source = find_source_after(frame, place, len(frame.tokens))
    return (source.first, source.last) if source else None
