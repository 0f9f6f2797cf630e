"""What is asked for, refused or agreed to, read off the verb or noun that says it; None where that decides nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.faces.events.tables import read_table

_TOKEN = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*|[.,;:!?—–()“”\"]")
_MARK = re.compile(r"\W")
_FAR = 12  # words from "that" to the verb, and from the verb to what goes with it


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of REQUEST, REJECT and AGREE, with the CAMEO codes of asking for it and of refusing it, "" for none."""

    name: str
    ask: str
    refuse: str


@dataclass(frozen=True, slots=True)
class _Row:
    heads: tuple[tuple[str, ...], ...]
    needs: tuple[frozenset[str], ...]
    refuses: frozenset[str]
    mode: Mode


def find_mode(words: str, start: int = 0, *, answer: bool = False) -> Mode | None:
    """The mode by what stands after the word of asking or answering, which ends at ``start``; None if undecided.

    In an ``answer`` what follows "to", "for", "of" and "that" counts after a word of asking only: who rejects a plan
    to withdraw refuses no withdrawal.

    >>> find_mode("demanded that Sudmark withdraw its troops", 8)
    Mode(name='yield', ask='1056', refuse='1246')
    >>> find_mode("rejected the plan to withdraw the troops", 8, answer=True) is None
    True
    """
    before, printed = _TOKEN.findall(words[:start].lower()), _TOKEN.findall(words[start:])
    tokens = [token.lower() for token in printed]
    found = _verb(tokens, _past_adverbs(tokens, 0), before)
    at = len(tokens) if found else 0
    while at < len(tokens):
        end = _phrase_end(tokens, at)
        phrase, link = tokens[at:end], tokens[end] if end < len(tokens) else ""
        after = _past_adverbs(tokens, end + 1)
        if _words("negation") & {*phrase, link}:
            return None
        if link == "to" and not _is_party(printed, end + 1):
            return _verb(tokens, after) if _leads_on(phrase, answer) else None
        found = _noun(tokens, end - 1) if phrase else None
        if found or link not in _words("link"):
            return found
        if link in ("to", "that", "for", "of") and not _leads_on(phrase, answer):
            return _offered(phrase, tokens, end + 1)
        if link == "that":
            return _subject_verb(tokens, end + 1)
        if link in ("of", "from") and (found := _verb(tokens, after) or _doing(tokens, end + 1)):
            return found
        at = end + 1
    return found


def _is_party(printed: Sequence[str], at: int) -> bool:
    """Whether a name or an article stands after "to": "appealed to Sudmark to lift it", "an end to the blockade"."""
    word = printed[at] if at < len(printed) else ""
    return word[:1].isupper() or word in _words("article") or word == "both"


def _leads_on(phrase: Sequence[str], answer: bool) -> bool:
    """Whether what hangs on a phrase is what is asked for: always in a demand, in an answer after a word of asking."""
    return not (answer and phrase) or phrase[-1] in _words("asked")


def _offered(phrase: Sequence[str], tokens: Sequence[str], at: int) -> Mode | None:
    """The talks of "rejected the offer of talks"; of other offers nothing is asked for."""
    found = _noun(tokens, _phrase_end(tokens, at) - 1) if phrase[-1] in _words("offered") else None
    return found if found and found.name == "meet" else None


def _verb(tokens: Sequence[str], at: int, before: Sequence[str] = ()) -> Mode | None:
    """The mode of the verb at this place; of "be lifted" what is to be lifted may stand before it."""
    passive = at < len(tokens) and tokens[at] == "be"
    place = _past_adverbs(tokens, at + 1) if passive else at
    return _decide("verb", tokens, place, before if passive else ())


def _subject_verb(tokens: Sequence[str], at: int) -> Mode | None:
    """The verb of a clause after "that": the first known one, unless a "not" or another clause comes before it."""
    subject = _subject(tokens, at)
    known = (
        _decide("verb", tokens, place, tokens[at:place]) for place in subject if tokens[place] not in _words("modal")
    )
    return next((mode for mode in known if mode), None)


def _doing(tokens: Sequence[str], at: int) -> Mode | None:
    """The verb of "the demand of Sudmark withdrawing its troops"."""
    known = (_decide("verb", tokens, place) for place in _subject(tokens, at) if tokens[place].endswith("ing"))
    return next((mode for mode in known if mode), None)


def _subject(tokens: Sequence[str], at: int) -> Sequence[int]:
    """The places where the verb of a clause may stand, its subject before it; a word after an article is no verb."""
    stops = (_words("negation") | _words("break") | _words("link")) - {"and", "of"}
    end = min(at + _FAR, len(tokens))
    end = next((place for place in range(at, end) if tokens[place] in stops or _MARK.match(tokens[place])), end)
    return [place for place in range(at + 1, end) if tokens[place - 1] not in _words("article")]


def _noun(tokens: Sequence[str], place: int) -> Mode | None:
    """The mode of the noun at the end of a phrase."""
    return _decide("noun", tokens, place, tokens[max(0, place - 3) : place])


def _decide(form: str, tokens: Sequence[str], place: int, before: Sequence[str] = ()) -> Mode | None:
    for row in _rows(form):
        for head in row.heads:
            if tuple(tokens[place : place + len(head)]) == head:
                clause = {*before, *_clause(tokens, place + len(head))}
                if all(need & clause for need in row.needs) and not row.refuses & clause:
                    return row.mode
    return None


def _clause(tokens: Sequence[str], at: int) -> Sequence[str]:
    """The words that belong to the head before ``at``: up to the next mark or clause."""
    stops = (_words("break") | {"that"}) - {"and", "or"}
    for place in range(at, min(at + _FAR, len(tokens))):
        if _MARK.match(tokens[place]) or tokens[place] in stops:
            return tokens[at:place]
    return tokens[at : at + _FAR]


def _phrase_end(tokens: Sequence[str], at: int) -> int:
    """Where the noun phrase that begins here ends: before a preposition, a mark, or another clause."""
    for place in range(at, len(tokens)):
        token = tokens[place]
        if token in _words("link") or token in _words("break") or token in _words("modal") or _MARK.match(token):
            return place
    return len(tokens)


def _past_adverbs(tokens: Sequence[str], at: int) -> int:
    while at < len(tokens) and (tokens[at] in _words("adverb") or tokens[at].endswith("ly")):
        at += 1
    return at


@cache
def _rows(form: str) -> tuple[_Row, ...]:
    return tuple(
        _Row(
            tuple(tuple(head.split()) for head in row["head"].split("|")),
            tuple(frozenset(need.strip().split("|")) for need in row["with"].split("&") if need.strip()),
            frozenset(row["without"].split("|")) - {""},
            Mode(row["mode"], row["ask"], row["refuse"]),
        )
        for row in read_table("modes")
        if row["form"] == form
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return next(frozenset(row["words"].split("|")) for row in read_table("words") if row["class"] == kind)
