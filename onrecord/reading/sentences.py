"""Paragraphs and sentences."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.model import Span, Text
from onrecord.reading.cues import verbs

_LINE = re.compile(r"[^\n\r\u2028\u2029\v\f\x85]+")
_STOP = re.compile(r"(?P<stop>[.!?…]+|\.\s\.\s\.)(?P<closing>[\"”“’'»«›)\]″]{0,4})(?P<space>\s+|$|(?=[\"“‘«A-Z]))")
_SIGNED = re.compile(r"[—–―]\s?[A-Z][^.!?,]{2,60}[.]?$|[—–―]\s?[A-Z][^.!?,\n]{2,60}\.?\s*[\n\r]")
_LAST_WORD = re.compile(r"[\w’'.-]{1,20}$")
_FIRST_WORD = re.compile(r"[\"“‘«‹„″'(\[—–\s-]{0,6}(\w[\w’'-]{0,30})")
_NAMES = re.compile(r"(?:(?:[A-Z][\w.’'-]{0,30}|[Tt]he|of|for|and|de|von|van|der|al|bin)[\s,]+){1,8}([a-z]+)\b")


def find_paragraphs(text: Text) -> tuple[Span, ...]:
    """Paragraphs in order: runs of text between line breaks, without the white space around them.

    >>> [p.exact for p in find_paragraphs(Text.of("Talks fail\\n\\n Berg left. "))]
    ['Talks fail', 'Berg left.']
    """
    found = []
    for line in _LINE.finditer(text.body):
        words = line.group()
        start = line.start() + len(words) - len(words.lstrip())
        end = line.start() + len(words.rstrip())
        if start < end:
            found.append(text.span(start, end))
    return tuple(found)


def find_sentences(text: Text, paragraphs: tuple[Span, ...]) -> tuple[Span, ...]:
    """Sentences in order; none crosses a paragraph.

    A sentence takes in the marks that close after its full stop. Text without punctuation is one sentence a paragraph.

    >>> text = Text.of("“We met Mr. Ek in the U.S. last week.” The minister left.")
    >>> [s.exact for s in find_sentences(text, find_paragraphs(text))]
    ['“We met Mr. Ek in the U.S. last week.”', 'The minister left.']
    """
    found = []
    for paragraph in paragraphs:
        start = paragraph.start
        for stop in _STOP.finditer(text.body, paragraph.start, paragraph.end):
            if stop.end() < paragraph.end and _ends(text.body, start, stop, paragraph.end):
                found.append(text.span(start, stop.start("space")))
                start = stop.end()
        if start < paragraph.end:
            found.append(text.span(start, paragraph.end))
    return tuple(found)


def _ends(body: str, start: int, stop: re.Match[str], limit: int) -> bool:
    """Whether a sentence that began at ``start`` ends at this stop; something follows it before ``limit``."""
    following = _FIRST_WORD.match(body, stop.end(), min(limit, stop.end() + 60))
    if not following:
        return bool(stop.group("space"))
    word = following.group(1)
    if stop.group("closing") and _SIGNED.match(body, stop.end(), limit):
        return False  # “We will wait.” — Anna Berg
    marks, closing = stop.group("stop"), stop.group("closing")
    if not stop.group("space") and not _run_together(body, stop, word):
        return False
    if word[0].islower():
        return False  # “Why now?” he asked
    if body[stop.start() - 1 : stop.start()] in "<[(" and closing[:1] in "])>":
        return False  # We know. [...] They know.
    if marks == "." and not closing and not _stops(body, start, stop, word):
        return False
    # “Why now?” Anna Berg asked.
    return not (closing and marks[-1] in "!?…" and _cue_follows(body, following.start(1), limit))


def _run_together(body: str, stop: re.Match[str], word: str) -> bool:
    """talks.The minister left: two letters before and a capital with a small letter after, no closing mark between."""
    before = body[max(0, stop.start() - 2) : stop.start()]
    if stop.group("closing"):
        return False
    if body[stop.end()] in '"“‘«':
        return before.isalpha()  # talks.“We will wait
    return len(before) == 2 and before.isalpha() and before.islower() and word[:2].istitle() and len(word) > 1


def _stops(body: str, start: int, stop: re.Match[str], word: str) -> bool:
    """Whether a single full stop after a word ends the sentence, and is not that of an abbreviation or a number."""
    found = _LAST_WORD.search(body, max(start, stop.start() - 20), stop.start())
    if not found:
        return True
    last = found.group().lstrip("’'-.")
    if last.isdigit() and found.start() == start:
        return False  # 1. Withdraw the boats
    kind = _abbreviations().get(last) or _abbreviations().get(last[:1].lower() + last[1:])
    if kind == "before":
        # "They said no. The minister left": only with a number is "no." an abbreviation.
        return last.lower() in ("no", "nos", "art", "mar", "sec") and not (word[0].isdigit() or word == "No")
    if kind == "either":
        return word.lower() in _starters()  # in the U.S. The minister
    initial = len(last) == 1 and last.isupper() and last != "I"
    return not initial or word.lower() in _starters()  # J. Berg


def _cue_follows(body: str, start: int, limit: int) -> bool:
    found = _NAMES.match(body, start, min(limit, start + 120))
    return bool(found and (verb := verbs().get(found.group(1))) and "quote" in verb.takes)


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["kind"] for row in read_table("abbreviations")}


@cache
def _starters() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("starters"))
