"""Names found in text, against paragraphs of our own with every name drawn in.

    python -m benchmarks.names [FILE ...] [--errors N]

Without files: ``benchmarks/gold/names_held_out.txt``, whose text is not read while rules are written. The layout is
described in ``benchmarks/gold/README.md``.

A name counts as found where its place is the same, to the code point, and its class: *person*, *organisation* (an
organisation or an organ of a state) or *state and place*. F1 of each, and of all three together. Adjectives
("Norlandian"),
offices, documents and other names are not scored, nor is what is found at exactly such a place. "Touched" counts a
name found where a
name of its class shares a character with it. Names come from the reading room alone: one text at a time, no metadata.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Name, Text
from onrecord.pipeline.reading import Task, read_text
from onrecord.plugins import load_stages

GOLD = Path(__file__).resolve().parent / "gold"
HELD_OUT = GOLD / "names_held_out.txt"
CLASSES = {"person": "person", "organisation": "organisation", "body": "organisation"} | dict.fromkeys(
    ("state", "place"), "state and place"
)
_DRAWN = re.compile(r"\[([^\[\]|]+)\|([a-z]+)\]")

Found = tuple[int, int, str]


@dataclass(frozen=True)
class Passage:
    """A text and the names drawn into it: start, end and kind."""

    id: str
    text: str
    names: tuple[Found, ...]


def read_passages(file: Path) -> Iterator[Passage]:
    """The passages of a file."""
    for block in file.read_text(encoding="utf-8").strip().split("\n\n= "):
        head, _, drawn = block.removeprefix("= ").partition("\n")
        text, names, end = "", [], 0
        for found in _DRAWN.finditer(drawn):
            text += drawn[end : found.start()]
            names.append((len(text), len(text) + len(found[1]), found[2]))
            text, end = text + found[1], found.end()
        yield Passage(head, text + drawn[end:], tuple(names))


def names_of(text: str) -> tuple[Found, ...]:
    """What the reading room finds; adjectives are left out."""
    stages = load_stages()
    wanted = {stage.name: "" for stage in stages if stage.name in ("roles", "encoded", "names")}
    done = read_text(Task(Text.of(text), wanted), stages)
    found = [name for layer in done.layers for name in layer.annotations if isinstance(name, Name)]
    return tuple((name.span.start, name.span.end, name.kind) for name in found if not name.adjective)


def score(passages: list[Passage], errors: int = 0) -> tuple[dict[str, dict[str, float]], list[str]]:
    """P, R, F1 and touched of each class and of all; and the first errors."""
    tally: Counter[tuple[str, str]] = Counter()
    told: list[str] = []
    for passage in passages:
        gold = {(a, b): CLASSES[kind] for a, b, kind in passage.names if kind in CLASSES}
        ignored = {(a, b) for a, b, kind in passage.names if kind not in CLASSES}
        mine = {
            (a, b): CLASSES[kind] for a, b, kind in names_of(passage.text) if kind in CLASSES and (a, b) not in ignored
        }
        for place, kind in gold.items():
            tally[kind, "gold"] += 1
            tally[kind, "right"] += mine.get(place) == kind
            tally[kind, "touched"] += any(k == kind and a < place[1] and place[0] < b for (a, b), k in mine.items())
            if mine.get(place) != kind:
                told.append(f"missed {kind:16} {_shown(passage.text, place)}   found {mine.get(place, '-')}")
        for place, kind in mine.items():
            tally[kind, "found"] += 1
            if place not in gold:
                told.append(f"wrong  {kind:16} {_shown(passage.text, place)}")
    kinds = sorted(set(CLASSES.values()))
    for part in ("gold", "right", "touched", "found"):
        tally["all", part] = sum(tally[kind, part] for kind in kinds)
    return {kind: _figures(tally, kind) for kind in (*kinds, "all")}, told[:errors]


def _figures(tally: Counter[tuple[str, str]], kind: str) -> dict[str, float]:
    gold, right, found = (
        max(1, tally[kind, part]) if part != "right" else tally[kind, part] for part in ("gold", "right", "found")
    )
    figures = {"P": 100 * right / found, "R": 100 * right / gold, "F": 200 * right / (gold + found)}
    return {
        name: round(value, 1) for name, value in (figures | {"touched": 100 * tally[kind, "touched"] / gold}).items()
    }


def _shown(text: str, place: tuple[int, int]) -> str:
    start, end = place
    around = text[max(0, start - 40) : start] + "[" + text[start:end] + "]" + text[end : end + 30]
    return around.replace("\n", " ")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="of files that are not held out")
    options = parser.parse_args()
    files = options.files or [HELD_OUT]
    shown = 0 if HELD_OUT in [file.resolve() for file in files] else options.errors
    for file in files:
        figures, told = score(list(read_passages(file)), shown)
        for kind, row in figures.items():
            print(f"{file.name:22} {kind:16} {row}")
        print("\n".join(told))


if __name__ == "__main__":
    main()
