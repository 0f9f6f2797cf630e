"""Offices to their holders: who "the Russian foreign minister" of an article was.

    python -m benchmarks.offices [--half dev|held_out] [--errors N]

A probe is a short text with its date of publication, one office in it named without its holder, and the Wikidata id of
who held it at the date that is meant; none where the text, the date or the gazetteer does not settle it
(``benchmarks/gold``).
The whole way is asked: the words are read, the state is found, the date is anchored. **P**: of the answers given, the
share that names the holder. **R**: of the probes that have a holder, the share answered with him. Several candidates
are no answer.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from onrecord.linking import Actors
from onrecord.linking.offices import Holders
from onrecord.model import Article, Corpus, Office, Text, When
from onrecord.pipeline.reading import Task, read_text
from onrecord.plugins import load_stages

GOLD = Path(__file__).resolve().parent / "gold"


def probes(half: str) -> list[dict[str, Any]]:
    """The probes of one half."""
    lines = (GOLD / f"offices_{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line]


def answer(probe: dict[str, Any]) -> list[str]:
    """The Wikidata ids of everybody who can have held the office that the probe asks for."""
    text = Text.of(probe["text"])
    stages = [stage for stage in load_stages() if stage.name in ("roles", "names", "times")]
    done = read_text(Task(text, {stage.name: "" for stage in stages}), stages)
    published = When.of(probe["published"], None, "metadata") if probe["published"] else None
    article = Article(probe["id"], text.id, "", f"{probe['id']}.txt", None, "text", "utf-8", published=published)
    corpus = Corpus((article,), {text.id: text}, {text.id: done.layers})
    actors = Actors(corpus)
    start = probe["text"].index(probe["words"])
    end = start + len(probe["words"])
    asked = [office for office in corpus.all(text.id, Office) if office.span.start < end and start < office.span.end]
    holders = Holders(corpus, actors.name_at)
    return sorted({term.wikidata for office in asked for term in holders.of(article, office)})


def score(half: str) -> tuple[dict[str, float], list[str]]:
    """P and R in percent, and what went wrong."""
    right = given = asked = 0
    told = []
    for probe in probes(half):
        found = answer(probe)
        one = found if len(found) == 1 else []
        asked += bool(probe["holder"])
        given += bool(one)
        right += bool(one) and one == probe["holder"]
        if one != probe["holder"]:
            told.append(f"{probe['id']} {probe['published']} {probe['words']!r}: {probe['holder']}, found {found}")
    return {"P": round(100 * right / max(1, given), 1), "R": round(100 * right / max(1, asked), 1)}, told


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("dev", "dev2", "held_out"), default="held_out")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="of the half that is not held out")
    options = parser.parse_args()
    figures, told = score(options.half)
    print(f"offices, {options.half}: {len(probes(options.half))} probes {figures}")
    if options.half != "held_out":
        print("\n".join(told[: options.errors]))


if __name__ == "__main__":
    main()
