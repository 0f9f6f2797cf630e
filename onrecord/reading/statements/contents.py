"""Contents: the spans of what was said, quotations apart from the words around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.model import Span
from onrecord.model.annotation import StatementManner
from onrecord.reading.quotemarks import Quotation
from onrecord.reading.statements.frames import TERM, Frame, word_list
from onrecord.reading.words import words_of

_NO_NOUN = ("preposition", "boundary", "auxiliary", "connective", "adverb", "determiner", "time", "nominative")


@dataclass(frozen=True, slots=True)
class Contents:
    """The pieces of a content in order, the quoted ones among them, and its manner."""

    pieces: tuple[Span, ...]
    verbatim: tuple[Span, ...]
    manner: StatementManner


def find_contents(frame: Frame, regions: tuple[tuple[int, int], ...]) -> Contents | None:
    """The content in some regions of a frame; None where no words are in them.

    A quotation is a piece of its own, with its marks. A term that the text quotes wherever it stands is no quotation
    of this speaker and stays in its clause.
    """
    pieces: list[Span] = []
    verbatim: list[Span] = []
    for first, last in regions:
        run: list[int] = []
        for place in range(first, last + 1):
            token = frame.tokens[place]
            if token.quotation and not is_term(frame, token.quotation) and not _names_a_thing(frame, place):
                _add_run(frame, run, pieces, bool(verbatim))
                run = []
                pieces.append(token.quotation.span)
                verbatim.append(token.quotation.span)
            else:
                run.append(place)
        _add_run(frame, run, pieces, bool(verbatim))
    if not pieces:
        return None
    if not verbatim:
        return Contents(tuple(pieces), (), "paraphrase")
    manner: StatementManner = "verbatim" if len(verbatim) == len(pieces) else "mixed"
    if frame.headline:
        # Headlines put their own wording between marks: Berg: “Demand Left Unanswered”
        return Contents(tuple(pieces), (), "paraphrase")
    return Contents(tuple(pieces), tuple(verbatim), manner)


def join_contents(parts: Sequence[Contents]) -> Contents | None:
    """One content of parts in several frames; None where there is none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    pieces = tuple(piece for part in parts for piece in part.pieces)
    verbatim = tuple(piece for part in parts for piece in part.verbatim)
    manner: StatementManner = "paraphrase" if not verbatim else "verbatim" if len(verbatim) == len(pieces) else "mixed"
    return Contents(pieces, verbatim, manner)


def _add_run(frame: Frame, run: list[int], pieces: list[Span], quoted: bool) -> None:
    """The words between quotations, unless they only join them: “A” but “B”."""
    while run and not _is_content(frame, run[0]):
        run = run[1:]
    if run and quoted and any(t.lower == "which" for t in frame.tokens[max(0, run[0] - 2) : run[0] + 1]):
        return  # the mood is “good”, which is what aides always say: the outlet's remark
    while run and not _is_content(frame, run[-1]) and frame.tokens[run[-1]].text not in (")", "]"):
        run = run[:-1]
    if run and not (quoted and all(_joins(frame, place) for place in run)):
        pieces.append(frame.span(run[0], run[-1]))


def _is_content(frame: Frame, place: int) -> bool:
    token = frame.tokens[place]
    return token.is_word or token.quotation is not None or token.text in "([#@$€£<"


def _joins(frame: Frame, place: int) -> bool:
    token = frame.tokens[place]
    return not token.is_word or token.lower in words_of("connective")


def is_term(frame: Frame, quotation: Quotation) -> bool:
    """Whether a quotation is a term: a few words without a verb that stand elsewhere in the text, too."""
    words = tuple(word_list(quotation.inner.exact))
    if not words or words_of("auxiliary") & set(words):
        return False
    return len(words) <= TERM and frame.runs[words] > 1


def _names_a_thing(frame: Frame, place: int) -> bool:
    """Norland’s “open door” policy: a word or three before the noun that they name."""
    quotation = frame.tokens[place].quotation
    assert quotation is not None
    words = quotation.inner.exact.split()
    if len(words) > 3 or quotation.inner.exact[-1:] in ",.!?" or not 0 < place < len(frame.tokens) - 1:
        return False
    before, after = frame.tokens[place - 1].lower, frame.tokens[place + 1]
    owned = before in words_of("determiner") or before.endswith(("’s", "'s"))
    noun = after.is_word and not any(after.lower in words_of(name) for name in _NO_NOUN)
    return owned and noun and not after.lower.endswith("ly")
