"""What the encoder reads, laid on frames: whose words, by which cue, and which words, as tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.encoder import Attributed, load_encoder
from onrecord.model import Span
from onrecord.model.annotation import CueClass
from onrecord.reading.cues import nouns, phrases, verbs
from onrecord.reading.encoded import read_marks
from onrecord.reading.page import Page
from onrecord.reading.quotemarks import Quotation
from onrecord.reading.statements.attribution import Attribution
from onrecord.reading.statements.following import find_listener
from onrecord.reading.statements.frames import Frame
from onrecord.reading.statements.sources import find_source_after
from onrecord.reading.words import words_of

Region = tuple[int, int]  # first and last token
_MEANT = 0.5  # of a quotation; where the encoder's content covers less of it, it means the words around
_EDGES = " ,;:.–—-\n\t"


@dataclass(frozen=True, slots=True)
class Heard:
    """An attribution of the encoder: its cue clause in frame ``frame``, and where its content lies, frame by frame."""

    frame: int
    attribution: Attribution
    regions: tuple[tuple[int, tuple[Region, ...]], ...]
    confidence: float


def hear(page: Page, frames: Sequence[Frame]) -> tuple[Heard, ...]:
    """The outermost attributions of a page in the order of the text."""
    return lay(read_marks(page).attributions, frames)


def hear_inside(page: Page, frames: Sequence[Frame], *, quoted: bool) -> tuple[Heard, ...]:
    """The outermost attributions in the places of some frames, which lie in quotations where ``quoted`` says so."""
    places = [page.text.span(frame.start, frame.end) for frame in frames]
    marks = [(q.span, q.inner) for q in page.quotations if q.depth == quoted]
    return lay(load_encoder().read(page.text, places, marks).attributions, frames)


def lay(found: Sequence[Attributed], frames: Sequence[Frame]) -> tuple[Heard, ...]:
    """Attributions of the encoder laid on frames; those whose cue lies in a quotation are no outermost ones."""
    starts = [frame.start for frame in frames]
    laid = []
    for one in found:
        if one.cue is None:
            continue  # a quotation that goes on: the rules find it, and its speaker
        place = bisect_right(starts, one.cue.start) - 1
        cue = _cue(frames[place], one.cue) if place >= 0 else None
        if cue is None:
            continue
        heard = _lay_one(one, frames, starts, place, cue)
        if heard is not None:
            laid.append(heard)
    return tuple(laid)


def _lay_one(one: Attributed, frames: Sequence[Frame], starts: list[int], place: int, cue: Region) -> Heard | None:
    frame = frames[place]
    source = (None if _is_passive(frame, cue) else _source(frame, one.source)) or _agent(frame, cue)
    cue = _with_verb(frame, cue)
    taken = [cue]
    if source is not None and frame.start <= source.start < frame.end and (spoken := frame.tokens_in(source)):
        taken.append(spoken)
    by_frame: dict[int, list[Region]] = {}
    for piece in one.content:
        number = max(0, bisect_right(starts, piece.start) - 1)
        while number < len(frames) and frames[number].start < piece.end:
            regions = _regions(frames[number], piece, taken if number == place else [])
            by_frame.setdefault(number, []).extend(r for r in regions if r not in by_frame.get(number, ()))
            number += 1
    by_frame = {number: _merged(regions) for number, regions in by_frame.items() if regions}
    if not by_frame:
        return None
    first, last = min(t[0] for t in taken), max(t[1] for t in taken)
    if first > 0 and frame.tokens[first - 1].lower in words_of("condition"):
        return None  # "If Berg says the talks are over": nothing was said yet
    own = by_frame.get(place, [])
    if _says_nothing(frame, cue) or (own and _is_title(frame, cue, own[0][0])):
        return None
    if own and _whole_clause(frame, cue):
        own = by_frame[place] = [(first, max(last, own[-1][1]))]
    before = any(r[1] < cue[0] for r in own)
    after = any(r[0] > cue[1] for r in own) or max(by_frame) > place
    attribution = Attribution(
        first,
        last,
        cue,
        source,
        tuple(own),
        "around" if before and after else "before" if before else "after",
        "heard",
        class_of(frame, cue),
        hedge=_hedge(frame, cue),
        listener=_listener(frame, cue, own),
    )
    return Heard(place, attribution, tuple((n, tuple(r)) for n, r in sorted(by_frame.items())), one.confidence)


def _cue(frame: Frame, cue: Span) -> Region | None:
    """The tokens of a cue, without the titles quoted in it; None where it lies in a quotation."""
    inside = frame.tokens_in(cue)
    if inside is None or frame.tokens[inside[0]].quotation:
        return None
    quoted = (place for place in range(inside[0], inside[1] + 1) if frame.tokens[place].quotation)
    return inside[0], next(quoted, inside[1] + 1) - 1


def _says_nothing(frame: Frame, cue: Region) -> bool:
    """ "Berg had nothing to say about the maps": the maps are not what is said."""
    words = " ".join(frame.tokens[place].lower for place in range(cue[0], cue[1] + 1))
    return "nothing to say" in words or "nothing to add" in words


def _is_title(frame: Frame, cue: Region, content: int) -> bool:
    """ "Berg's commentary, “The Long Pier”": what is quoted right after a work is its title."""
    if frame.tokens[cue[1]].lower not in words_of("work") or frame.tokens[content].quotation is None:
        return False
    return [t.text for t in frame.tokens[cue[1] + 1 : content]] in ([], [","])


def _is_passive(frame: Frame, cue: Region) -> bool:
    """ "Sudmark was told that", "she had been assured": the subject is the one spoken to, and nobody says by whom."""
    words = [frame.tokens[place].lower for place in range(cue[0], cue[1] + 1)]
    return words[-1] in words_of("told") and any(w in ("was", "were", "been", "being", "be") for w in words[:-1])


def _agent(frame: Frame, cue: Region) -> Span | None:
    """ "when asked by Ek whether", "was told by the minister that": who stands after "by"."""
    if frame.tokens[cue[1]].lower == "by":
        place = cue[1] + 1
    elif cue[1] + 1 < len(frame.tokens) and frame.tokens[cue[1] + 1].lower == "by":
        place = cue[1] + 2
    else:
        return None
    agent = find_source_after(frame, place, len(frame.tokens)) if place < len(frame.tokens) else None
    return frame.span(agent.first, agent.last) if agent else None


def _with_verb(frame: Frame, cue: Region) -> Region:
    """A cue that ends before its verb, with the verb: "reportedly | said that"."""
    after = cue[1] + 1
    if after >= len(frame.tokens) or frame.tokens[cue[1]].lower not in words_of("hedge") | words_of("adverb"):
        return cue
    verb = verbs().get(frame.tokens[after].lower)
    return (cue[0], after) if verb is not None and verb.form in ("past", "present") else cue


def _whole_clause(frame: Frame, cue: Region) -> bool:
    """ "Berg did not rule out further talks": the outlet's words, and the whole clause is what is told of Berg."""
    phrase = phrases().get(" ".join(frame.tokens[i].lower for i in range(cue[0], cue[1] + 1)))
    return phrase is not None and "whole_clause" in phrase.takes


def _source(frame: Frame, source: Span | None) -> Span | None:
    """The source without the commas around it."""
    if source is None:
        return None
    words = source.exact.strip(_EDGES)
    if not words:
        return None
    start = source.start + source.exact.index(words)
    return frame.page.text.span(start, start + len(words))


def _regions(frame: Frame, piece: Span, taken: list[Region]) -> list[Region]:
    """The tokens of a piece in a frame: whole quotations or none of them, and nothing of the cue clause."""
    inside = frame.tokens_in(piece)
    if inside is None:
        return []
    runs: list[Region] = []
    for place in range(inside[0], inside[1] + 1):
        token = frame.tokens[place]
        if any(first <= place <= last for first, last in taken):
            continue
        if token.quotation is not None and not _means(piece, token.quotation):
            continue
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _means(piece: Span, quotation: Quotation) -> bool:
    shared = min(piece.end, quotation.inner.end) - max(piece.start, quotation.inner.start)
    return shared >= _MEANT * len(quotation.inner)


def _merged(regions: list[Region]) -> list[Region]:
    """Regions in order, those that touch made one."""
    merged: list[Region] = []
    for first, last in sorted(regions):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _hedge(frame: Frame, cue: Region) -> str | None:
    """ "reportedly said", "allegedly has said": the word by which the outlet does not vouch for it."""
    near = (token.lower for token in frame.tokens[max(0, cue[0] - 2) : cue[1] + 1])
    return next((word for word in near if word in words_of("hedge")), None)


def _listener(frame: Frame, cue: Region, content: list[Region]) -> Region | None:
    """The one spoken to, where the verb takes one and the words are not what is said."""
    verb = verbs().get(frame.tokens[cue[1]].lower)
    if verb is None or "addressee" not in verb.takes:
        return None
    listener = find_listener(frame, cue[1] + 1)
    if listener is None or any(first <= listener[1] and listener[0] <= last for first, last in content):
        return None
    return listener


def class_of(frame: Frame, cue: Region) -> CueClass:
    """What is done by the words of a cue: the class of its last word of speech."""
    words = [frame.tokens[place].lower for place in range(cue[0], cue[1] + 1)]
    for size in (3, 2, 1):
        for first in range(len(words) - size, -1, -1):
            known = " ".join(words[first : first + size])
            for table in (phrases(), verbs(), nouns()):
                if known in table:
                    return table[known].cue_class
    return "say"
