"""Speed, as ratios beside a peer in the same run; absolute times mean nothing on a shared machine.

    python -m benchmarks.speed SHARED

| figure | measured | beside | at most |
|---|---|---|---|
| help | ``onrecord --help`` | ``python -c pass`` | 8 |
| cold build | five articles, cold start to record on disk | importing the run-time dependencies | 5 |

Each side is run several times in turn and the medians are compared. The articles are SHARED/seeds/*.txt; where that
folder is missing, five plain files of the example exchange stand in and the table says so. Ends with status 1 where a
ratio is above its bound.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEPENDENCIES = (
    "charset_normalizer, click, feedparser, jinja2, lxml.html, rapidfuzz, rensa, rich.console, rich.table, "
    "snowballstemmer, trafilatura, yaml"
)
RUNS = 7


def main() -> None:
    """Prints the table of ratios; status 1 where one is above its bound."""
    seeds = sorted((Path(sys.argv[1]) / "seeds").glob("*.txt")) if len(sys.argv) > 1 else []
    articles = seeds or sorted(ROOT.glob("examples/*/articles/*.txt"))[:5]
    rows = (
        ("help", _command("-m", "onrecord", "--help"), _command("-c", "pass"), 8.0),
        ("cold build", _build(articles), _command("-c", f"import {DEPENDENCIES}"), 5.0),
    )
    print(f"five articles: {'the seeds' if seeds else 'plain files of the example exchange'}\n")
    print(f"{'figure':12}{'ratio':>8}{'at most':>9}")
    above = False
    for name, ours, peer, bound in rows:
        ratio = _ratio(ours, peer)
        above |= ratio > bound
        print(f"{name:12}{ratio:8.2f}{bound:9g}{'   ABOVE' if ratio > bound else ''}")
    sys.exit(above)


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
