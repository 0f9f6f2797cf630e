"""How cost grows with the articles, on one machine: 100, 1,000 and 10,000 articles of 20 exchanges, then 5 more.

    python -m benchmarks.scale SHARED [--articles 100,1000,10000] [--data FILE]

Articles are made of the paragraphs of the example exchanges and of the public-domain statements of SHARED, six each,
drawn alike each time. Every exchange has people, states and places of its own: each name is spelt anew, the same
wherever it stands in the exchange. One word in four is changed, so that articles with a paragraph in common are no
copies. An article has an outlet, an address and a day in two years.

| figure | measured | must be |
|---|---|---|
| growth | CPU time of ``onrecord build`` for an article, of the most articles beside the fewest | at most 1.3 x |
| memory | the most that one process of the largest build or addition held | under 2 GB |
| read | articles that ``onrecord add`` of five more reads | 5 |
| addition | wall time of the build beside that of the addition | at least 200 x |

CPU time is that of all processes of the command. ``--data docs/scale.tsv`` keeps the figures as a table and draws them
beside it (``docs/scale.svg``). 1,000 take some four minutes, 10,000 half an hour and more.
Ends with status 1 where a figure is not what it must be.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from pathlib import Path

from benchmarks.drawing import draw_growth
from benchmarks.exchanges import ROOT, exchanges
from benchmarks.speed import Bound
from onrecord.intake import find_sources, take_in

EXCHANGES, PARAGRAPHS, MORE = 20, 6, 5
GROWTH = 1.3  # times what an article of the fewest takes, at most
CHANGED = 0.25  # of the words; what two articles then share of a paragraph is too little for a copy
SIZES = (100, 1_000, 10_000)
FIRST, DAYS = date(2023, 1, 2), 730
OUTLETS = (
    "Meridian Wire",
    "Harbour Post",
    "The Ledger",
    "Radio Veln",
    "State Gazette",
    "Inland Courier",
    "Foreign Desk",
)
_CAPITAL = re.compile(r"(?<=[^.!?:\n“\"] )[A-Z][a-z]{2,}\b")  # not at the beginning of a sentence
_WORD, _NAME = re.compile(r"\b[a-z]{5,}\b"), re.compile(r"\b[A-Z][a-z]{2,}\b")
_KEPT = frozenset(
    """January February March April June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday President Prime Minister Foreign Secretary Mrs Ambassador General Council Commission
    Union League Ministry Treaty Convention Protocol Article""".split()  # noqa: SIM905
)
_ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pr r s sh st t th tr v w y z".split()  # noqa: SIM905
_VOWELS = "a e i o u ae ei ou".split()  # noqa: SIM905
_CODAS = "n r l s k m nd rt sk v th ng".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Cost:
    """One size: how many articles, CPU seconds and seconds of the build, seconds of the addition, what it read, MB."""

    articles: int
    cpu: float
    build: float
    addition: float
    read: int
    memory: float


def paragraphs(shared: Path) -> list[str]:
    """The paragraphs that articles are made of: of twelve words or more."""
    bodies = []
    for folder in (*sorted(ROOT.glob("examples/*/articles")), *(e / "articles" for e in exchanges("dev"))):
        sources, _ = find_sources([folder])
        bodies += [text.body for source in sources for _, text in take_in(source).articles]
    statements = shared / "data" / "public_domain" / "us_statements.jsonl.gz"
    with gzip.open(statements, "rt", encoding="utf-8") as lines:
        bodies += [json.loads(line)["text"] for line in lines]
    return [line.strip() for body in bodies for line in body.splitlines() if 12 <= len(line.split()) <= 120]


def articles(pool: Sequence[str], count: int) -> Iterator[dict[str, str]]:
    """Articles as lines of JSON, the same each time; a smaller count gives the first of a larger one."""
    words = sorted({word for text in pool for word in _WORD.findall(text)})
    names = sorted({name for text in pool for name in _CAPITAL.findall(text)} - _KEPT)
    spelt = [{name: _spelt(number, name) for name in names} for number in range(EXCHANGES)]
    for number in range(count):
        chance = random.Random(number)
        body = _changed("\n\n".join(chance.choice(pool) for _ in range(PARAGRAPHS)), words, chance)
        body = _renamed(body, spelt[number % EXCHANGES])
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        outlet = chance.choice(OUTLETS)
        url = f"https://{outlet.lower().replace(' ', '-')}.example/{day:%Y/%m/%d}/{number}"
        yield {"text": body, "title": f"Article {number}", "date": day.isoformat(), "outlet": outlet, "url": url}


def _changed(body: str, words: Sequence[str], chance: random.Random) -> str:
    return _WORD.sub(lambda found: chance.choice(words) if chance.random() < CHANGED else found[0], body)


def _renamed(body: str, spelt: Mapping[str, str]) -> str:
    return _NAME.sub(lambda found: spelt.get(found[0], found[0]), body)


def _spelt(exchange: int, name: str) -> str:
    """A name of two or three syllables that stands for another in one exchange."""
    letters = random.Random(hashlib.sha256(f"{exchange} {name}".encode()).digest())
    syllable = lambda: letters.choice(_ONSETS) + letters.choice(_VOWELS)  # noqa: E731
    return "".join((*(syllable() for _ in range(letters.choice((2, 2, 3)))), letters.choice(_CODAS))).capitalize()


def measure(pool: Sequence[str], count: int) -> Cost:
    """Builds so many articles and adds five more."""
    made = [json.dumps(article) + "\n" for article in articles(pool, count + MORE)]
    with tempfile.TemporaryDirectory() as folder:
        first, more, out = (Path(folder, name) for name in ("first.jsonl", "more.jsonl", "out"))
        first.write_text("".join(made[:count]), encoding="utf-8")
        more.write_text("".join(made[count:]), encoding="utf-8")
        before = _cpu()
        build, _ = _timed("build", str(first), "--out", str(out))
        cpu = _cpu() - before
        addition, said = _timed("add", str(out), str(more))
    read = re.search(r"(\d[\d,]*)\s+(?:articles?\s+)?read", said)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 / 1e6
    return Cost(count, round(cpu, 1), round(build, 1), round(addition, 1), int(read[1]) if read else -1, round(peak))


def _timed(*command: str) -> tuple[float, str]:
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "onrecord", *command], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(f"onrecord {' '.join(command)} ended with {done.returncode}\n{done.stderr}")
    return time.perf_counter() - start, done.stdout + done.stderr


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--articles", default=",".join(map(str, SIZES)), help="how many, parted by commas")
    parser.add_argument("--data", type=Path, help="where the figures go as a table and a picture")
    options = parser.parse_args()
    if not (options.shared / "data" / "public_domain").is_dir():
        sys.exit("name the folder of data/: python -m benchmarks.scale SHARED; without it there is nothing to build")
    pool, costs = paragraphs(options.shared), []
    print(f"{'articles':>9}{'CPU s':>9}{'ms each':>9}{'build s':>9}{'5 more s':>9}{'read':>6}{'MB':>7}", flush=True)
    for count in map(int, options.articles.split(",")):
        costs.append(cost := measure(pool, count))
        each = 1000 * cost.cpu / cost.articles
        print(
            f"{count:>9,}{cost.cpu:9.1f}{each:9.0f}{cost.build:9.1f}{cost.addition:9.1f}{cost.read:6}{cost.memory:7.0f}"
        )
        sys.stdout.flush()
        if options.data:  # after each size: the last takes long and may be cut off
            _keep(costs, options.data)
    sys.exit(not _judge(costs))


def _keep(costs: Sequence[Cost], data: Path) -> None:
    """Writes the figures as a table, and draws them beside it."""
    rows = [[field.name for field in fields(Cost)], *(map(str, astuple(cost)) for cost in costs)]
    data.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    points = [(cost.articles, 1000 * cost.cpu / cost.articles) for cost in costs]
    data.with_suffix(".svg").write_text(draw_growth(points, GROWTH), encoding="utf-8")


def _judge(costs: Sequence[Cost]) -> bool:
    first, last = costs[0], costs[-1]
    figures = (
        ("growth", (last.cpu / last.articles) / (first.cpu / first.articles), Bound("at most", GROWTH, "x")),
        ("memory", max(cost.memory for cost in costs), Bound("under", 2000, "MB")),
        ("read", float(last.read), Bound("at most", MORE, "articles")),
        ("addition", last.build / last.addition, Bound("at least", 200, "times in a build")),
    )
    for name, value, bound in figures:
        missed = "" if bound.holds(value) else "  MISSED"
        print(f"{name:10}{value:10.2f} {bound.unit}, must be {bound.words} {bound.value:g}{missed}")
    return all(bound.holds(value) for _, value, bound in figures)


if __name__ == "__main__":
    main()
