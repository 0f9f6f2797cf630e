"""Stories: which articles tell of one course of events, on headlines and on short articles, as they come in.

    python -m benchmarks.stories SHARED [--dev]

| set | articles | read of each |
|---|---|---|
| uci | the headlines of ``data/stories/uci_stories.csv.gz`` | headline and address |
| uci, headlines | the same | headline |
| ecbplus | ``data/stories/ecbplus.jsonl.gz`` | headline and text |

Figures are those of ``score/stories.py``: **P**, **R** and **F1** are BCubed, of the half of the stories that the
module calls test; ``--dev`` shows the half that may be looked at. All articles of a set are grouped, those of the other
half too. They come in batches of 200, in the order of the SHA-256 of their ids: the files stand story by story, and
the times in the first are those of a crawl that took one story after another, so neither order nor times may help.
``P``, ``R`` and ``F1`` are of what is grouped once all are known and settled; ``F1 running`` is of the stories as they
stand after the last batch, some articles having been put to stories as they came and not looked at since.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.linking.stories import Printed, Stories

BATCH = 200  # articles that come in together


@dataclass(frozen=True, slots=True)
class Told:
    """An article, the id that the data give it, and the story that they say it tells."""

    id: str
    story: str
    printed: Printed


def sets(shared: Path) -> Iterator[tuple[str, list[Told]]]:
    """Each set's name and its articles, in the order in which they come in."""
    folder = shared / "data" / "stories"
    with gzip.open(folder / "uci_stories.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    yield "uci", _mixed(Told(r["id"], r["story"], Printed(r["title"], address=r["url"])) for r in rows)
    yield "uci, headlines", _mixed(Told(r["id"], r["story"], Printed(r["title"])) for r in rows)
    with gzip.open(folder / "ecbplus.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    yield "ecbplus", _mixed(Told(t["id"], t["story"], Printed(t["title"] or "", t["text"])) for t in texts)


def _mixed(told: Iterator[Told]) -> list[Told]:
    return sorted(told, key=lambda one: hashlib.sha256(one.id.encode()).digest())


def group(told: list[Told]) -> dict[str, tuple[int, ...]]:
    """The story of each article: ``running``, after the last batch, and ``settled``."""
    stories = Stories()
    for at in range(0, len(told), BATCH):
        stories.add(one.printed for one in told[at : at + BATCH])
    running = stories.groups()
    stories.settle()
    return {"running": running, "settled": stories.groups()}


def score(shared: Path, half: str = "test") -> dict[str, float]:
    """BCubed P, R and F1 of each set, settled, and F1 running; percent."""
    judge = _scorer(shared)
    figures: dict[str, float] = {}
    for name, told in sets(shared):
        gold = [{"id": one.id, "story": one.story} for one in told]
        for when, clusters in group(told).items():
            said = [{"id": one.id, "cluster": str(cluster)} for one, cluster in zip(told, clusters, strict=True)]
            found = judge.score(gold, said, half)["bcubed"]
            parts = {"P": "p", "R": "r", "F1": "f"} if when == "settled" else {"F1 running": "f"}
            figures |= {f"{name} {part}": round(found[key], 1) for part, key in parts.items()}
    return figures


def _scorer(shared: Path) -> Any:
    """The module ``score/stories.py``, which has the name of this one and imports its neighbours."""
    sys.path.insert(0, str(shared / "score"))
    try:
        import stories  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    return stories


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--dev", action="store_true", help="the half that may be looked at")
    options = parser.parse_args()
    for needed in (options.shared / "score" / "stories.py", options.shared / "data" / "stories"):
        if not needed.exists():
            print(f"stories skipped: there is no {needed}; name the folder that holds score/ and data/")
            return
    for name, value in score(options.shared, "dev" if options.dev else "test").items():
        print(f"{name:28}{value:6.1f} %")


if __name__ == "__main__":
    main()
