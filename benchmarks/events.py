"""The type of event between a marked source and target: PLOVER's root types on the sentences of PLV.

    python -m benchmarks.events SHARED

Each sentence of SHARED/data/events/plv_train.tsv is given to the encoder with its marked source and target, and the
likeliest type is taken. The encoder has learnt none of these sentences: its acts come from our own corpus alone. Scored
by score/events.py; also for the odd rows apart, which nobody looked at.
"""

from __future__ import annotations

import csv
import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.encoder import load_encoder
from onrecord.model import Span, Text

_MARK = re.compile(r"(</?[st]>)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its source and target marked, and the type that its gold gives."""

    id: str
    text: Text
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    root: str


def read_marked(path: Path) -> Iterator[Marked]:
    """The rows of a table of marked sentences."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            words, places = "", {"s": list[list[int]](), "t": list[list[int]]()}
            for piece in _MARK.split(" ".join(row["marked_sentence"].split())):
                if not _MARK.fullmatch(piece):
                    words += piece
                elif piece[1] == "/":
                    places[piece[2]][-1].append(len(words))
                else:
                    places[piece[1]].append([len(words)])
            text = Text.of(words)
            source, target = (tuple(text.span(*place) for place in places[role]) for role in "st")
            yield Marked(row["id"], text, source, target, row["gold_root"])


def score(shared: Path) -> dict[str, dict[str, Any]]:
    """The scorer's figures for all rows and for the odd ones."""
    rows = list(read_marked(shared / "data" / "events" / "plv_train.tsv"))
    said = []
    for row in rows:
        chances = load_encoder().root(row.text, row.source, row.target)
        said.append({"id": row.id, "root": max(chances, key=lambda root: chances[root])})
    gold = [{"id": row.id, "gold_root": row.root} for row in rows]
    sys.path.insert(0, str(shared / "score"))
    judge = importlib.import_module("events")
    sys.path.pop(0)
    return {"all": judge.score(gold, said), "odd": judge.score(gold[1::2], said[1::2])}


def main() -> None:
    """Prints the figures, and those of each type."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "data" / "events" / "plv_train.tsv").is_file():
        print("events skipped: name the folder that holds data/events/plv_train.tsv and score/events.py")
        return
    found = score(Path(sys.argv[1]))
    for name, result in found.items():
        root = result["root"]
        print(f"{name:5}{result['rows']:6} rows   macro-F1 {root['macro_f1']:5.1f}   accuracy {root['accuracy']:5.1f}")
    for root, row in found["all"]["per_root"].items():
        print(f"  {root:10} P {row['p']:5.1f}  R {row['r']:5.1f}  F1 {row['f']:5.1f}   {row['n']}")


if __name__ == "__main__":
    main()
