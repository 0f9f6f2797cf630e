"""Speed and memory beside a peer in the same run; absolute times mean nothing on a shared machine.

    python -m benchmarks.speed SHARED

| figure | measured | beside | must be |
|---|---|---|---|
| help | ``onrecord --help`` | ``python -c pass`` | at most 8 x |
| cold build | five articles, cold start to record on disk | importing the run-time dependencies | at most 5 x |
| reading | words per CPU-second through all stages of a build, one thread | spaCy md, full pipeline | at least 1 x |
| acts | CPU time of all stages of a build | the same without the stage of acts | at most 1.25 x |
| times | words per CPU-second through the stage of time expressions | dateparser's ``search_dates`` | at least 5 x |
| copies | texts of 350 words per CPU-second, none a copy | datasketch, shingles made in Python | at least 10 x |
| memory | the most that the process of "reading" held | (spaCy md's is printed) | under 600 MB |

Each side is run several times in turn and the medians are compared. The articles of the first two are
SHARED/seeds/*.txt; where that folder is missing, five plain files of the example exchange stand in. The texts of the
last two are those of SHARED/data/attribution/dev.jsonl.gz, else the articles of examples/. The table says which. Words
are what stands between white space; loading is left out of "reading" and is in "memory"; a MB is a million bytes. spaCy
stands in an environment of its own (``make .venv-peers/ready``); where it is missing, the table says that "reading" was
not measured beside it. Ends with status 1 where a figure is not what it must be.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".venv-peers"
SIDE = str(ROOT / "benchmarks" / "side.py")
DEPENDENCIES = (
    "charset_normalizer, click, feedparser, jinja2, lxml.html, rapidfuzz, rich.console, rich.table, "
    "numpy, onnxruntime, py3langid, snowballstemmer, tokenizers, trafilatura, yaml"
)
RUNS = 7
ROUNDS = 5
PIECE = 350  # words of a text in which copies are looked for
DATED = 12  # articles in which the peer looks for dates
_THREADED = ("OMP", "OPENBLAS", "MKL", "BLIS", "RAYON")
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in _THREADED} | {
    "VECLIB_MAXIMUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


@dataclass(frozen=True, slots=True)
class Bound:
    """What a figure must be."""

    words: str  # "at most", "at least", "under"
    value: float
    unit: str

    def holds(self, value: float) -> bool:
        """Whether the figure is what it must be."""
        if self.words == "at least":
            return value >= self.value
        return value < self.value if self.words == "under" else value <= self.value


@dataclass(frozen=True, slots=True)
class Cost:
    """What a side took to read the texts."""

    who: str
    speed: float  # words per CPU-second, the median of the rounds
    memory: float  # MB, of one process with all it loads


def main() -> None:
    """Prints the table; status 1 where a figure is not what it must be."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    seeds = sorted((shared / "seeds").glob("*.txt")) if shared else []
    articles = seeds or sorted(ROOT.glob("examples/*/articles/*.txt"))[:5]
    where, texts = _texts(shared)
    words = sum(len(text.split()) for text in texts)
    print(f"five articles: {'the seeds' if seeds else 'plain files of the example exchange'}")
    print(f"texts to read: {len(texts)} with {words:,} words, {where}\n")
    print(f"{'figure':12}{'found':>10}   must be")
    started = _ratio(_command("-m", "onrecord", "--help"), _command("-c", "pass"))
    kept = [_show("help", started, Bound("at most", 8, "x"))]
    built = _ratio(_build(articles), _command("-c", f"import {DEPENDENCIES}"))
    kept += [_show("cold build", built, Bound("at most", 5, "x")), _show_times(texts), _show_copies(texts)]
    kept += _show_reading(texts, words)
    sys.exit(not all(kept))


def _show(name: str, value: float, bound: Bound, beside: str = "") -> bool:
    found = f"{value:.2f} {bound.unit}" if bound.unit == "x" else f"{value:,.0f} {bound.unit}"
    must = f"{bound.words} {bound.value:g} {bound.unit}"
    holds = bound.holds(value)
    print(f"{name:12}{found:>10}   {must:16}{'' if holds else 'MISSED  '}{beside}".rstrip(), flush=True)
    return holds


def _show_times(texts: list[str]) -> bool:
    """Time expressions, ours and the peer's, in one process; a few articles, for the peer is slow."""
    from dateparser.search import search_dates

    from onrecord.intake.roles import Roles
    from onrecord.model import Layer, Text
    from onrecord.reading.page import Page
    from onrecord.reading.times import Times

    few = texts[:DATED]
    roles = {}  # whose words are noise: another stage
    for text in few:
        found = Roles().read(Page(body := Text.of(text), {}))
        roles[text] = Layer(body.id, "roles", "", found.annotations, found.unread)

    def ours(text: str) -> None:
        Times().read(Page(Text.of(text), {"roles": roles[text]}))

    seconds: dict[Callable[[str], Any], list[float]] = {ours: [], lambda text: search_dates(text, languages=["en"]): []}
    for read in seconds:
        read(few[0])  # what is loaded at the first text
    for _ in range(3):
        for read, spent in seconds.items():
            start = time.process_time()
            for text in few:
                read(text)
            spent.append(time.process_time() - start)
    mine, peers = (sum(len(text.split()) for text in few) / statistics.median(spent) for spent in seconds.values())
    beside = f"words per CPU-second: {mine:,.0f}, dateparser {peers:,.0f}"
    return _show("times", mine / peers, Bound("at least", 5, "x"), beside)


def _show_reading(texts: list[str], words: int) -> tuple[bool, ...]:
    """The two figures of reading; the peer's side is left out where it is not installed."""
    (ours, without), peer = _costs(texts, words, ("onrecord", "without_acts"), "spacy")
    memory = Bound("under", 600, "MB")
    beside = f"words per CPU-second: {ours.speed:,.0f}, without acts {without.speed:,.0f}"
    acts = _show("acts", without.speed / ours.speed, Bound("at most", 1.25, "x"), beside)
    if peer is None:
        print(f"{'reading':12}{'-':>10}   NOT MEASURED: spaCy is not installed (make {PEERS.name}/ready)")
        return acts, _show("memory", ours.memory, memory)
    beside = f"words per CPU-second: {ours.speed:,.0f}, spaCy md {peer.speed:,.0f}"
    held = (
        acts,
        _show("reading", ours.speed / peer.speed, Bound("at least", 1, "x"), beside),
        _show("memory", ours.memory, memory, f"spaCy md {peer.memory:,.0f} MB"),
    )
    print(f"\n{ours.who}\n{peer.who}")
    return held


def _show_copies(texts: list[str]) -> bool:
    """Finding copies beside datasketch, on pieces of the texts; left out where the peer is not installed."""
    words = [word for text in texts for word in text.split()]
    pieces = [" ".join(words[at : at + PIECE]) for at in range(0, len(words) - PIECE + 1, PIECE)]
    (ours,), peer = _costs(pieces, len(pieces), ("copies",), "datasketch")
    if peer is None:
        print(f"{'copies':12}{'-':>10}   NOT MEASURED: datasketch is not installed (make {PEERS.name}/ready)")
        return True
    beside = f"texts per CPU-second: {ours.speed:,.0f}, {peer.who} {peer.speed:,.0f}"
    return _show("copies", ours.speed / peer.speed, Bound("at least", 10, "x"), beside)


def _texts(shared: Path | None) -> tuple[str, list[str]]:
    file = shared / "data" / "attribution" / "dev.jsonl.gz" if shared else None
    if file and file.is_file():
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            return f"articles of {file}", [json.loads(line)["text"] for line in lines]
    from onrecord.intake import find_sources, take_in

    sources, _ = find_sources(sorted(ROOT.glob("examples/*/articles")))
    bodies = [text.body for source in sources for _, text in take_in(source).articles]
    return f"articles of examples/, too few for a steady figure: there is no {file or 'SHARED'}", bodies


def _costs(texts: list[str], units: int, ours: Sequence[str], peer: str) -> tuple[list[Cost], Cost | None]:
    """What the texts take each of our sides, and the peer where it is installed; all take turns."""
    sides = [_Side([sys.executable, "-I", SIDE, name], texts) for name in ours]
    if (PEERS / "ready").is_file():
        sides.append(_Side([f"{PEERS}/bin/python", "-I", SIDE, peer], texts))
    for _ in range(ROUNDS):
        for side in sides:
            side.read()
    costs = [Cost(side.who, units / statistics.median(side.seconds), side.peak / 1e6) for side in sides]
    return costs[: len(ours)], next(iter(costs[len(ours) :]), None)


class _Side:
    """A process of ``benchmarks/side.py``, which loads its reader once and ends with this one."""

    def __init__(self, command: list[str], texts: list[str]) -> None:
        self._name = " ".join(command)
        # A process begins with the peak of the one that started it (ru_maxrss outlives exec); this one is small.
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | ONE_THREAD
        )
        self.who: str = self._ask(json.dumps(texts))
        self.seconds: list[float] = []
        self.peak = 0

    def read(self) -> None:
        seconds, self.peak = self._ask("")
        self.seconds.append(seconds)

    def _ask(self, line: str) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):  # it has ended; what it said stands above, and no answer comes
            print(line, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            sys.exit(f"{self._name} ended with {self._process.wait()}; what it said stands above")
        return json.loads(answer)


def _ratio(ours: Callable[[], None], peer: Callable[[], None]) -> float:
    """Median against median; the two take turns, so that a busy moment hits both."""
    times: dict[Callable[[], None], list[float]] = {ours: [], peer: []}
    for _ in range(RUNS):
        for run in (ours, peer):
            start = time.perf_counter()
            run()
            times[run].append(time.perf_counter() - start)
    return statistics.median(times[ours]) / statistics.median(times[peer])


def _command(*words: str) -> Callable[[], None]:
    return lambda: _run([sys.executable, *words])


def _build(articles: list[Path]) -> Callable[[], None]:
    def build() -> None:
        with tempfile.TemporaryDirectory() as folder:
            _run([sys.executable, "-m", "onrecord", "build", *map(str, articles), "--out", folder])

    return build


def _run(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"{' '.join(command)} ended with {done.returncode}\n{done.stderr}")


if __name__ == "__main__":
    main()
