"""Our own paragraphs with every name drawn in, as examples: as they are, and with their names exchanged for others.

The layout and the kinds are described in ``benchmarks/gold/README.md``. Exchanged, a paragraph teaches that a name is
known by what stands around it: each name gives way to one of the same kind and make from another passage, the same in
all of its mentions.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from benchmarks.names import read_passages
from training.corpus import Off
from training.examples import Example, named, paragraphs

KINDS = {
    "person": "person", "organisation": "organisation", "body": "organisation", "state": "state", "place": "place",
    "adjective": "group",
}  # fmt: skip
"""Our label of each kind that is drawn in; the others ("office", "document", "other") have none."""
KEPT = 0.15  # of the names that could be exchanged
EXCHANGED = 2  # copies of each passage with other names

Name = tuple[int, int, str]


@dataclass(frozen=True)
class Named:
    """A passage and its names: start, end and kind as drawn."""

    id: str
    text: str
    names: tuple[Name, ...]


def read_named(path: Path) -> list[Named]:
    """The passages of a file or of a folder's files. Raises Off where brackets do not close."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    return [passage for file in files for passage in _read(file)]


def _read(file: Path) -> Iterator[Named]:
    for passage in read_passages(file):
        if "|" in passage.text or "[" in passage.text:
            raise Off(f"{file}: {passage.id}: a name is not drawn as [words|kind]")
        yield Named(f"{file.stem} {passage.id}", passage.text, passage.names)


def of_named(tokenizer: Tokenizer, passages: Sequence[Named], seed: int) -> Iterator[Example]:
    """The windows of each passage and of its copies; they teach names alone."""
    pool = _pool(passages)
    for passage in passages:
        chance = random.Random(f"{seed} {passage.id}")  # noqa: S311 - to be drawn alike again
        for one in (passage, *(_exchange(passage, pool, chance) for _ in range(EXCHANGED))):
            names = [(start, end, KINDS[kind]) for start, end, kind in one.names if kind in KINDS]
            for window in paragraphs(tokenizer, one.text):
                yield Example(window, [], [], [], [], [], [], named(window, names), [], gold=True)


def _pool(passages: Sequence[Named]) -> Mapping[tuple[str, str], list[str]]:
    pool: dict[tuple[str, str], list[str]] = defaultdict(list)
    for passage in passages:
        for start, end, kind in passage.names:
            words = passage.text[start:end]
            pool[kind, _make(words)].append(words)
    return pool


def _make(words: str) -> str:
    """What a name looks like: its letters, and how many words it has."""
    letters = "upper" if words.isupper() and len(words) > 1 else "lower" if words.islower() else "title"
    return f"{letters} {len(words.split())}"


def _exchange(passage: Named, pool: Mapping[tuple[str, str], list[str]], chance: random.Random) -> Named:
    """The passage with other names; a surname alone goes with the full name it belongs to."""
    other: dict[str, str] = {}
    for start, end, kind in sorted(passage.names, key=lambda name: name[0] - name[1]):
        words = passage.text[start:end]
        listed = pool.get((kind, _make(words)), [])
        if words in other or kind not in KINDS or chance.random() < KEPT or not listed:
            continue
        other[words] = chance.choice(listed)
        if kind == "person":
            for word, another in zip(words.split(), other[words].split(), strict=True):
                if word[:1].isupper() and len(word) > 2:
                    other.setdefault(word, another)
    text, names, end = "", [], 0
    for start, stop, kind in passage.names:
        words = other.get(passage.text[start:stop], passage.text[start:stop])
        text += passage.text[end:start]
        names.append((len(text), len(text) + len(words), kind))
        text, end = text + words, stop
    return Named(passage.id, text + passage.text[end:], tuple(names))
