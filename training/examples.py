"""Examples: windows with the labels, links and names they are to get."""

from __future__ import annotations

import gzip
import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from onrecord.encoder.decoding import NAME_KINDS
from onrecord.encoder.windows import LOWER, OTHER, Window, make_windows
from onrecord.model import Span, Text
from onrecord.reading.quotemarks import Quotation, find_quotations
from onrecord.reading.sentences import find_paragraphs
from training.corpus import Marked, Passage

Place = tuple[int, int]
SOURCE, CUE, CONTENT = 1, 3, 5  # the label that begins each; the next number goes on
UNKNOWN = -100  # a word whose name label nobody gave


@dataclass(frozen=True, slots=True)
class Example:
    """A window and its gold. Spans are first and last word; links point into them, -1 where there is nothing.

    ``labels`` is empty where the statements are not known. ``names`` has a label for each word, ``grammar`` its part
    of speech, its relation and its head's place; UNKNOWN
    where there is nothing to be learnt.
    """

    window: Window
    labels: list[int]
    contents: list[Place]
    cues: list[Place]
    sources: list[Place]
    content_cue: list[int]
    cue_source: list[int]
    names: list[int]
    grammar: list[tuple[int, int, int]] = field(default_factory=list)
    gold: bool = False  # whether the names were drawn in by hand; then nothing else is to be learnt


PARTS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905
RELATIONS = (  # noqa: SIM905
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj csubjpass dative "
    "dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj poss preconj "
    "predet prep prt punct quantmod relcl xcomp"
).split()


@dataclass(frozen=True, slots=True)
class Silver:
    """What a tagger says of a text: names as (start, end, kind), words as (start, part, relation, head's start)."""

    names: Sequence[Sequence[Any]]
    words: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be learnt of one statement, in code points."""

    source: Sequence[Place]
    cue: Sequence[Place]
    content: Sequence[Place]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped where the name says so."""
    held = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in held.decode().split("\n") if line]


def of_articles(
    tokenizer: Tokenizer, articles: Sequence[Mapping[str, Any]], silver: Mapping[str, Silver]
) -> Iterator[Example]:
    """The paragraphs of articles with their outermost statements; ``silver`` by article id, where there is any."""
    for article in articles:
        said = [Said(s["source"], s["cue"], s["content"]) for s in article["statements"]]
        for window in paragraphs(tokenizer, article["text"]):
            example = mark(window, said)
            if (known := silver.get(article["id"])) is not None:
                example = replace(example, names=named(window, known.names), grammar=_grammar(window, known.words))
            yield example


def of_passage(tokenizer: Tokenizer, passage: Passage, silver: Silver) -> Iterator[Example]:
    """A passage's paragraphs with their outermost statements, then each content with what is nested right in it.

    Of its names those of speakers are known.
    """
    text = Text.of(passage.text)
    quotations = find_quotations(text, find_paragraphs(text))
    people, organisations = _people(passage), _organisations(passage)

    def marked(windows: list[Window], outer: int | None) -> Iterator[Example]:
        said = [Said(s.source, s.cue, s.content) for s in passage.statements if s.outer == outer]
        for window in windows:
            names = _known(window, [*people, *organisations])
            yield replace(mark(window, said), names=names, grammar=_grammar(window, silver.words))

    yield from marked(paragraphs(tokenizer, passage.text), None)
    for statement in passage.statements:
        for depth, places in enumerate(_inside(text, statement, quotations)):
            if places:
                yield from marked(_windows(tokenizer, text, places, quotations, depth), statement.number)


def paragraphs(tokenizer: Tokenizer, body: str) -> list[Window]:
    """The windows of a text's paragraphs, as the reading room makes them."""
    text = Text.of(body)
    places = find_paragraphs(text)
    return _windows(tokenizer, text, places, find_quotations(text, places), 0)


def _windows(
    tokenizer: Tokenizer, text: Text, places: Sequence[Span], quotations: Sequence[Quotation], depth: int
) -> list[Window]:
    quoted = [(q.span, q.inner) for q in quotations if q.depth == depth]
    return [w for w in make_windows(tokenizer, text.body, places, quoted) if w.first]


def _inside(text: Text, statement: Marked, quotations: Sequence[Quotation]) -> tuple[list[Span], list[Span]]:
    """Where nested statements may stand: in unquoted pieces of the content, and within its quotations."""
    plain: list[Span] = []
    quoted: list[Span] = []
    for start, end in statement.content:
        whole = next((q for q in quotations if q.depth == 0 and q.span.start <= start and end <= q.span.end), None)
        if whole is None:
            plain.append(text.span(start, end))
        elif (a := max(start, whole.inner.start)) < (b := min(end, whole.inner.end)):
            quoted.append(text.span(a, b))
    return plain, quoted


def mark(window: Window, statements: Sequence[Said]) -> Example:
    """A window with the part of the statements that lies in it."""
    labels = [0] * len(window.first)
    owner: list[tuple[int, int]] = [(0, -1)] * len(window.first)  # role and statement of each word
    for role, key in ((CONTENT, "content"), (SOURCE, "source"), (CUE, "cue")):
        for number, statement in enumerate(statements):
            for start, end in getattr(statement, key):
                for place in range(*_words(window, start, end)):
                    owner[place] = (role, number)
    # A span written over in part begins anew after the part that was written over.
    spans: dict[int, list[tuple[int, int, int]]] = {SOURCE: [], CUE: [], CONTENT: []}
    for place, (role, number) in enumerate(owner):
        if role and (place == 0 or owner[place - 1] != (role, number)):
            labels[place] = role
            spans[role].append((place, place, number))
        elif role:
            labels[place] = role + 1
            spans[role][-1] = (spans[role][-1][0], place, number)
    cue_of = {number: i for i, (_, _, number) in reversed(list(enumerate(spans[CUE])))}
    source_of = {number: i for i, (_, _, number) in reversed(list(enumerate(spans[SOURCE])))}
    # A source that two statements share ("X said A and added B") is one span, of the one that wrote it last.
    for number, statement in enumerate(statements):
        if number not in source_of:
            for start, end in statement.source:
                first, last = _words(window, start, end)
                for i, (a, b, _) in enumerate(spans[SOURCE]):
                    if first < last and a <= first <= b:
                        source_of[number] = i
    return Example(
        window,
        labels,
        [(a, b) for a, b, _ in spans[CONTENT]],
        [(a, b) for a, b, _ in spans[CUE]],
        [(a, b) for a, b, _ in spans[SOURCE]],
        [cue_of.get(number, -1) for _, _, number in spans[CONTENT]],
        [source_of.get(number, -1) for _, _, number in spans[CUE]],
        [UNKNOWN] * len(labels),
    )


def _known(window: Window, names: Sequence[Sequence[Any]]) -> list[int]:
    """The labels of the names that are known, of words that cannot begin a name, and UNKNOWN for all others."""
    found = named(window, names)
    small = (LOWER, OTHER)
    letters = [window.letters[place] for place in window.first]
    return [label or (0 if form in small else UNKNOWN) for label, form in zip(found, letters, strict=True)]


def named(window: Window, names: Sequence[Sequence[Any]]) -> list[int]:
    """The label of each word of a window, from names as (start, end, kind)."""
    labels = [0] * len(window.first)
    for start, end, kind in names:
        first, last = _words(window, start, end)
        for place in range(first, last):
            labels[place] = 1 + 2 * NAME_KINDS.index(kind) + (place > first)
    return labels


def _people(passage: Passage) -> list[tuple[int, int, str]]:
    """Where the passage names people who speak: in full, or by the last word of the name."""
    names = {s.speaker for s in passage.statements if s.speaker and s.how in ("name", "office", "continued")}
    return _places(passage, [form for name in sorted(names) for form in (name, name.split()[-1])], "person")


def _organisations(passage: Passage) -> list[tuple[int, int, str]]:
    """Where the passage names organisations that speak, in full; a name of one word may as well be a state's."""
    names = {s.speaker for s in passage.statements if s.speaker and s.how in ("organisation", "outlet")}
    return _places(passage, sorted(name for name in names if name[0].isupper() and " " in name), "organisation")


def _places(passage: Passage, forms: Sequence[str], kind: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for words in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", passage.text):
            if words[0].isupper() and not any(a < match.end() and match.start() < b for a, b, _ in found):
                found.append((*match.span(), kind))
    return found


def _grammar(window: Window, words: Sequence[Sequence[Any]]) -> list[tuple[int, int, int]]:
    place_of = {start: place for place, start in enumerate(window.starts)}
    found = [(UNKNOWN, UNKNOWN, UNKNOWN)] * len(window.first)
    for start, part, relation, head in words:
        if (place := place_of.get(start)) is not None:
            known = (
                PARTS.index(part) if part in PARTS else UNKNOWN,
                RELATIONS.index(relation) if relation in RELATIONS else UNKNOWN,
            )
            found[place] = (*known, place_of.get(head, UNKNOWN))
    return found


def _words(window: Window, start: int, end: int) -> Place:
    """The words of a window that two code points enclose, half open."""
    first = bisect_left(window.ends, start + 1)
    return first, max(first, bisect_left(window.starts, end))
