"""Which words of a line are page furniture, by the list lexicon/page_furniture.tsv."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from onrecord.errors import PluginError
from onrecord.intake.lines import Line
from onrecord.model.annotation import RoleName

_ROLES = frozenset({"byline", "caption", "credit", "embed", "call_to_action", "comment_ui", "related", "residue"})
_MARKS = frozenset({"comments_follow", "outlet", "keep"})
_KEPT_PROSE = frozenset({"byline", "caption", "credit", "related"})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*k?")
_BULLETS = " \t-–—*•·▪►»>|"
_AROUND = _BULLETS + ".:…!›→[]()"
_MOST_WORDS = 40
_MOST_WORDS_BEFORE = 8
_WORD = re.compile(r"[^\W\d_]++(?:[/'][^\W\d_]++)*+")


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the list says of a line: its role, and the words of the list that say so."""

    role: RoleName
    words: str
    comments_follow: bool = False
    list_follows: bool = False


@dataclass(frozen=True, slots=True)
class _Table:
    whole: Mapping[str, RoleName]
    start: Mapping[str, tuple[tuple[str, RoleName], ...]]  # by the first word
    has: tuple[tuple[str, RoleName], ...]
    label: Mapping[str, RoleName]
    words: Mapping[str, frozenset[str]]  # by mark
    comments: frozenset[str]


def judge_line(line: Line) -> Furniture | None:
    """What kind of furniture the line is; None where the list knows nothing of it, or where its words alone are
    not enough: a line with a quotation or a verb of speech, or a paragraph of prose.
    """
    if line.count > _MOST_WORDS or line.continues:
        return None
    table = _read_furniture()
    plain = " ".join(line.words.replace("’", "'").casefold().lstrip(_BULLETS).split())
    bare = _NUMBER.sub("#", plain.strip(_AROUND))
    numbered = _NUMBER.sub("#", plain.rstrip(".:…!"))
    key = next((key for key in (bare, numbered) if key in table.whole or key in table.comments), None)
    if key is not None:
        return Furniture(table.whole.get(key, "comment_ui"), key, comments_follow=key in table.comments)
    if bare in table.label:
        return Furniture(table.label[bare], bare, list_follows=True)
    label, colon, rest = plain.partition(":")
    if colon and label.strip() in table.label and line.is_headline_like and rest.strip():
        return Furniture(table.label[label.strip()], label.strip())
    if line.has_quote or has_speech(line.words):
        return None
    found = _find_phrase(plain, table)
    if found and found.role in _KEPT_PROSE and line.ends_sentence and line.count > 16 and ";" not in plain:
        return None  # "Written by the two ministers in 1999, the paper has since been signed by eleven states ..."
    return found


def has_speech(words: str) -> bool:
    """Whether one of the words is a verb of speech.

    >>> has_speech("Berg said no.")
    True
    """
    return not _read_furniture().words["keep"].isdisjoint(_WORD.findall(words.casefold()))


def names_outlet(words: str) -> bool:
    """Whether the words may be an outlet's name.

    >>> names_outlet("Varland Herald"), names_outlet("no deal yet")
    (True, False)
    """
    return not _read_furniture().words["outlet"].isdisjoint(_WORD.findall(words.casefold()))


def _find_phrase(plain: str, table: _Table) -> Furniture | None:
    plain = _NUMBER.sub("#", plain)
    first, _, _ = plain.partition(" ")
    for phrase, role in table.start.get(first, ()):
        if plain.startswith(phrase) and not (phrase[-1].isalnum() and plain[len(phrase) :][:1].isalnum()):
            return Furniture(role, phrase)
    for phrase, role in table.has:
        place = plain.find(phrase)
        if place >= 0 and not plain[place - 1 : place].isalnum() and _is_near_start(plain[:place]):
            return Furniture(role, phrase)
    return None


def _is_near_start(before: str) -> bool:
    """Whether no sentence of the article stands before: pages run their last sentence into the furniture after it.

    "The ministers will meet again in May.Choose what you want delivered to your inbox."
    """
    return len(before[: max(before.rfind(mark) for mark in ".!?") + 1].split()) <= _MOST_WORDS_BEFORE


def _read_rows() -> Iterator[tuple[str, str, str]]:
    """Role, match and words of each row. This room imports no other, so the lexicon's own reader is not used."""
    list_ = (files("onrecord") / "lexicon" / "page_furniture.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in list_.split("\n") if line.strip() and not line.startswith("#")]
    if rows[0] != ["role", "match", "words", "example"] or any(len(row) != len(rows[0]) for row in rows):
        raise PluginError("page_furniture.tsv: each row needs the four cells role, match, words, example")
    yield from ((role.strip(), match.strip(), words.strip()) for role, match, words, _ in rows[1:])


@cache
def _read_furniture() -> _Table:
    whole: dict[str, RoleName] = {}
    label: dict[str, RoleName] = {}
    start: dict[str, list[tuple[str, RoleName]]] = {}
    has: list[tuple[str, RoleName]] = []
    marked: dict[str, set[str]] = {mark: set() for mark in _MARKS}
    for role, kind, words in _read_rows():
        if role in _MARKS:
            marked[role].add(words)
            continue
        if role not in _ROLES:
            known_roles = ", ".join(sorted(_ROLES))
            raise PluginError(f"page_furniture.tsv: {role!r} is no role of a line; use one of {known_roles}")
        known = cast("RoleName", role)
        match kind:
            case "whole":
                whole[words] = known
            case "label":
                label[words] = known
            case "start":
                start.setdefault(words.partition(" ")[0], []).append((words, known))
            case "has":
                has.append((words, known))
            case other:
                raise PluginError(f"page_furniture.tsv: {other!r} is no match; use whole, start, has, label or word")
    return _Table(
        whole,
        {first: tuple(phrases) for first, phrases in start.items()},
        tuple(has),
        label,
        {mark: frozenset(words) for mark, words in marked.items()},
        frozenset(marked["comments_follow"]),
    )
