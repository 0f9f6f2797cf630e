"""Scores against gold, beside the floors they must not fall below.

    python -m benchmarks.scores SHARED [--raise-floors]

SHARED is the folder that holds the scorers (``score/``), the seed articles (``seeds/``) and ``data/``. Where it is
missing, nothing is scored and the command says so.

| what | how | figures defined in |
|---|---|---|
| seeds, every example | built in a temporary folder | score/record.py |
| attribution-dev | ``onrecord annotate`` on the development articles | score/attribution.py |
| exchanges | five outlets each, a half held out | benchmarks/exchanges.py |
| events | PLOVER types on PLV | benchmarks/events.py |
| held-out passages | the held-out files of training/corpus | benchmarks/statements.py |
| times, names, people, offices | their held-out sets, and AQUAINT, MEANTIME and name_bench | the module of that name |
| copies | 10,000 texts with edits | benchmarks/copies.py |
| stories | ECB+ and the UCI headlines, test halves | benchmarks/stories.py |
| alignment | what several outlets tell of one thing, a half held out | benchmarks/alignment.py |
| clusters | the named mentions of MEANTIME | benchmarks/clusters.py |

Floors stand in ``tests/floors.json`` with the digest of the gold they were measured on; those of statements alone were
set 0.3 below what was measured, for processors round differently. A figure below its floor ends with status 1.
``--raise-floors`` writes figures that are better than their floors; it never lowers one.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import (
    alignment,
    clusters,
    copies,
    events,
    exchanges,
    names,
    offices,
    people,
    statements,
    stories,
    times,
)
from training.corpus import read_corpus

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests" / "floors.json"


@dataclass(frozen=True)
class Exchange:
    """Articles with the gold of what belongs on the record."""

    name: str
    articles: tuple[Path, ...]
    gold: Path


@dataclass(frozen=True)
class Scored:
    """Something that is scored: its gold, and what measures it."""

    name: str
    gold: tuple[Path, ...]
    measure: Callable[[], dict[str, float]]

    @property
    def digest(self) -> str:
        """SHA-256 of the gold; of one file its own."""
        if len(self.gold) == 1:
            return hashlib.sha256(self.gold[0].read_bytes()).hexdigest()
        return hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in self.gold)).hexdigest()


def scored(shared: Path) -> Iterator[Scored]:
    """All that is scored."""
    scorers = shared / "score"
    for exchange in single_exchanges(shared):
        yield Scored(exchange.name, (exchange.gold,), partial(score, exchange, scorers / "record.py"))
    dev = shared / "data" / "attribution" / "dev.jsonl.gz"
    if dev.is_file():
        yield Scored("attribution-dev", (dev,), partial(score_attribution, dev, scorers / "attribution.py"))
    held_out = tuple(sorted(statements.HELD_OUT.glob("*.txt")))
    yield Scored("held-out passages", held_out, partial(score_passages, statements.HELD_OUT))
    for half in ("held_out", "dev"):
        golds = tuple(folder / "gold.json" for folder in exchanges.exchanges(half))
        yield Scored(f"exchanges, {half}", golds, partial(exchanges.score, half, shared))
        yield Scored(f"alignment, {half}", golds, partial(alignment.score, half, shared))
    marked = shared / "data" / "events" / "plv_train.tsv"
    if marked.is_file():
        yield Scored("events", (marked,), partial(score_events, shared))
    edited = [shared / "data" / f"{name}.jsonl.gz" for name in copies.SOURCES]
    if all(file.is_file() for file in edited):
        yield Scored("copies", tuple(edited), partial(score_copies, shared))
    told = tuple(shared / "data" / "stories" / name for name in ("uci_stories.csv.gz", "ecbplus.jsonl.gz"))
    if all(file.is_file() for file in told):
        yield Scored("stories", told, partial(stories.score, shared))
    yield from scored_names(shared)


def score_copies(shared: Path) -> dict[str, float]:
    """Pairs of texts that repeat one another, and originals whose texts are counted as one."""
    figures = copies.score(copies.make(copies.pieces(shared), copies.TEXTS))
    return {name: figures[name] for name in ("P", "R", "sources")}


def score_events(shared: Path) -> dict[str, float]:
    """Macro-F1 of PLOVER's types on PLV, and on its odd rows."""
    return {name: result["root"]["macro_f1"] for name, result in events.score(shared).items()}


def scored_names(shared: Path) -> Iterator[Scored]:
    """Who and when: names, people, offices, times and clusters, on what is held out or given for scoring."""
    gold, data = times.GOLD, shared / "data"
    yield Scored("names, held out", (names.HELD_OUT,), score_names)
    yield Scored("people, held out", (gold / "people_held_out.tsv",), lambda: people.score(people.people("held_out")))
    yield Scored("offices, held out", (gold / "offices_held_out.jsonl",), lambda: offices.score("held_out")[0])
    bench = data / "names" / "name_bench.csv"
    if bench.is_file():
        yield Scored("name_bench", (bench,), lambda: people.score(people.name_bench(bench)))
    meantime = data / "entities" / "meantime.jsonl.gz"
    if meantime.is_file():
        yield Scored("clusters", (meantime,), partial(score_clusters, shared))
    files = [data / "times" / f"{name}.jsonl.gz" for name in ("aquaint", "meantime")]
    if all(file.is_file() for file in files):
        yield Scored("times", (*files, gold / "times_held_out.txt"), partial(score_times, shared))


def score_names() -> dict[str, float]:
    """F1 of each class of names, and of all."""
    figures, _ = names.score(list(names.read_passages(names.HELD_OUT)))
    return {kind: row["F"] for kind, row in figures.items()}


def score_clusters(shared: Path) -> dict[str, float]:
    """B3 of each type."""
    return {kind: row["f"] for kind, row in clusters.score(shared).items()}


def score_times(shared: Path) -> dict[str, float]:
    """Values, raw and as days, of each set."""
    figures = {}
    for name, texts in times.sets(shared, dev=False):
        result = times.score(texts, shared / "score" / "times.py")
        figures |= {f"{name} {part}": result[part]["f"] for part in ("value", "calendar")}
    return figures


def score_attribution(gold: Path, scorer: Path) -> dict[str, float]:
    """The figures of the statements that ``onrecord annotate`` finds in the gold's texts."""
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    asked = "".join(json.dumps({"id": a["id"], "text": a["text"]}) + "\n" for a in articles)
    command = [sys.executable, "-m", "onrecord", "annotate", "--layers", "statements"]
    made = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.write(made.stdout)
        file.flush()
        judge = [sys.executable, str(scorer), str(gold), file.name, "--json"]
        result = json.loads(subprocess.run(judge, capture_output=True, text=True, check=True).stdout)
    figures = {"stmt": result["all"]["stmt"]["f"], "stmt P": result["all"]["stmt"]["p"]}
    figures |= {"stmt R": result["all"]["stmt"]["r"], "strict": result["all"]["content_strict"]["f"]}
    figures |= {"tok": result["all"]["content_tok"]["f"], "direct stmt": result["direct"]["stmt"]["f"]}
    return figures


def score_passages(folder: Path) -> dict[str, float]:
    """The figures of passages of our own; wrong speakers are given as what is left of 100."""
    tally, _ = statements.score(read_corpus(folder))
    share = lambda part, whole: round(100 * tally[part] / max(1, tally[whole]), 1)  # noqa: E731
    figures = {}
    for name in ("pairs", "statement"):
        precision, recall = share(name, "found"), share(name, "gold")
        figures[name] = round(2 * precision * recall / max(0.1, precision + recall), 1)
    figures["no wrong speaker on quoted words"] = round(100 - share("quoted wrong", "quoted"), 1)
    return figures | {f"speaker by {how}": share(f"right {how}", f"how {how}") for how in ("name", "office", "pronoun")}


def single_exchanges(shared: Path) -> Iterator[Exchange]:
    """The seeds and every example of the project that has a gold."""
    seeds = shared / "seeds"
    if (seeds / "gold_dev.json").is_file():
        yield Exchange("seeds", tuple(sorted(seeds.glob("*.txt"))), seeds / "gold_dev.json")
    for gold in sorted((ROOT / "examples").glob("*/gold.json")):
        yield Exchange(gold.parent.name, (gold.parent / "articles",), gold)


def score(exchange: Exchange, scorer: Path) -> dict[str, float]:
    """The figures of one exchange, by name; higher is better for all of them."""
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "onrecord", "build", *map(str, exchange.articles), "--out", folder]
        built = subprocess.run(build, capture_output=True, text=True, check=False)
        if built.returncode not in (0, 3):
            sys.exit(f"{exchange.name}: the build failed\n{built.stderr}")
        command = [sys.executable, str(scorer), f"{folder}/record.json", str(exchange.gold), "--json"]
        scored = subprocess.run(command, capture_output=True, text=True, check=False)
    if scored.returncode:
        sys.exit(f"{exchange.name}: the scorer failed\n{scored.stdout}{scored.stderr}")
    return dict(_figures(json.loads(scored.stdout)))


def _figures(result: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Recall and precision as the scorer gives them; what is right of the found, as a share of all gold items.

    So a figure rises when more is found, even where the newly found are harder.
    """
    for kind, row in result["recall"].items():
        yield f"recall {kind}", row["r"]
    for kind, row in result["precision"].items():
        yield f"precision {kind}", row["p"]
    for kind, slot in (("quote", "speaker"), ("paraphrase", "speaker"), ("answer", "status"), ("answer", "answers")):
        if slot in result["attributes"].get(kind, {}):
            yield f"{slot} of {kind}", _right(result["attributes"][kind][slot], result["recall"][kind]["gold"])
    for kind in ("persons", "organisations", "places"):
        if "found" in result[kind]:
            yield f"{kind} found", _right(result[kind]["found"], result[kind]["n"])
            yield f"{kind} canonical", _right(result[kind].get("canonical", "0 (0/0)"), result[kind]["n"])
    if "value" in result["dates"]:
        asked = int(result["dates"]["found"].split("/")[1].rstrip(")"))
        yield "dates found", _right(result["dates"]["found"], asked)
        yield "dates value", _right(result["dates"]["value"], asked)
    for name in ("overlaps", "differences"):
        if "found" in result[name]:
            yield f"{name} found", float(result[name]["found"].split()[0])
    yield "dates invented (negative)", 0.0 - result["dates"]["invented"]
    yield "must-not violations (negative)", 0.0 - result["must_not"]["violations"]
    yield "boilerplate in evidence (negative)", 0.0 - result["boilerplate"]["in_evidence"]
    yield "exact spans", float(result["exact"]["percent"])


def _right(told: str, of: int) -> float:
    """The right ones in "75.8 (72/95)", as a percentage of ``of``."""
    return round(100 * int(told.split("(")[1].split("/")[0]) / of, 1)


def main() -> None:
    """Prints every figure beside its floor; status 1 where one lies below."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--raise-floors", action="store_true")
    options = parser.parse_args()
    if not (options.shared / "score" / "record.py").is_file():
        print(f"scores skipped: there is no {options.shared / 'score'}; name the folder that holds score/ and seeds/")
        return
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    below = 0
    for one in scored(options.shared):
        known = floors.setdefault(one.name, {"gold_sha256": one.digest, "floors": {}})
        if known["gold_sha256"] != one.digest and not options.raise_floors:
            print(f"{one.name}: the gold has changed since its floors were set; look, then run with --raise-floors")
            below += 1
        print(f"\n{one.name}")
        for name, value in one.measure().items():
            floor = known["floors"].get(name)
            mark = "" if floor is None else f"floor {floor:g}" + ("  BELOW" if value < floor else "")
            below += floor is not None and value < floor
            print(f"  {name:38}{value:8.1f}   {mark}")
            if options.raise_floors and (floor is None or value > floor or known["gold_sha256"] != one.digest):
                known["floors"][name] = value
        if options.raise_floors:
            known["gold_sha256"] = one.digest
    if options.raise_floors:
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
