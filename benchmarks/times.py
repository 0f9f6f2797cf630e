"""Time expressions: where they are and what they mean.

    python -m benchmarks.times SHARED [--dev] [--errors N]

| set | texts | used for |
|---|---|---|
| aquaint | ``data/times/aquaint.jsonl.gz``, ids with an odd SHA-256; even with ``--dev`` | odd: never looked at |
| meantime | ``data/times/meantime.jsonl.gz``, split in the same way | odd: never looked at |
| own | ``benchmarks/gold/times_held_out.txt``; ``times_dev*.txt`` with ``--dev`` | held out: never looked at |

The printed date line of MEANTIME (``dct``) is part of the gold, as in ``score/times.py``, which defines every figure:
``strict``, ``relaxed`` (places), ``value`` (raw) and ``calendar`` (the days meant). Predictions are what ``onrecord
annotate --layers timexes`` writes. The layout of our own set is described in ``benchmarks/gold/README.md``.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GOLD = Path(__file__).resolve().parent / "gold"
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:T|$)")
_DRAWN = re.compile(r"\{([^{}|]+)\|(DATE|TIME|DURATION|SET) (\S+)(?: ([A-Z_]+))?\}")


def sets(shared: Path, dev: bool) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each set's name and its texts, in the layout of ``data/README.md``."""
    for name in ("aquaint", "meantime"):
        file = shared / "data" / "times" / f"{name}.jsonl.gz"
        if not file.is_file():
            print(f"{name} skipped: there is no {file}")
            continue
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts = [json.loads(line) for line in lines]
        yield name, [text for text in texts if is_odd(text["id"]) != dev]
    for half in ("dev", "dev2", "dev3", "dev4") if dev else ("held_out",):
        yield f"own {half}", list(own(half))


def is_odd(name: str) -> bool:
    """Whether the SHA-256 of an article's id is odd."""
    return hashlib.sha256(name.encode()).digest()[-1] % 2 == 1


def own(half: str) -> Iterator[dict[str, Any]]:
    """The passages of one half of our own set."""
    for block in (GOLD / f"times_{half}.txt").read_text(encoding="utf-8").strip().split("\n\n= "):
        head, published, *lines = block.removeprefix("= ").split("\n")
        text, timexes = "", []
        drawn, end = "\n".join(lines), 0
        for found in _DRAWN.finditer(drawn):
            text += drawn[end : found.start()]
            timex = {"start": len(text), "end": len(text) + len(found[1]), "type": found[2], "value": found[3]}
            timexes.append(timex | ({"mod": found[4]} if found[4] else {}))
            text, end = text + found[1], found.end()
        date = published.removeprefix("published: ")
        yield {"id": head, "dct": None if date == "unknown" else date, "text": text + drawn[end:], "timexes": timexes}


def annotated(texts: list[dict[str, Any]]) -> list[str]:
    """The lines that ``onrecord annotate`` writes for the texts."""
    dates = {t["id"]: t["dct"] if t["dct"] and _DATE.match(t["dct"]) else None for t in texts}  # one is "03-02-2009"
    asked = "".join(json.dumps({"id": t["id"], "text": t["text"], "published": dates[t["id"]]}) + "\n" for t in texts)
    command = [sys.executable, "-m", "onrecord", "annotate", "--layers", "timexes"]
    return subprocess.run(command, input=asked, capture_output=True, text=True, check=True).stdout.splitlines()


def score(texts: list[dict[str, Any]], scorer: Path, errors: int = 0) -> dict[str, Any]:
    """The figures of ``score/times.py`` for our predictions."""
    with tempfile.TemporaryDirectory() as folder:
        gold, predicted = Path(folder, "gold.jsonl"), Path(folder, "predicted.jsonl")
        gold.write_text("\n".join(map(json.dumps, texts)) + "\n", encoding="utf-8")
        predicted.write_text("\n".join(annotated(texts)) + "\n", encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(predicted), "--json", "--errors", str(errors)]
        result: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return result


def main() -> None:
    """Prints the figures of each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--dev", action="store_true", help="the halves that may be looked at")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="with --dev: list errors")
    options = parser.parse_args()
    scorer = options.shared / "score" / "times.py"
    if not scorer.is_file():
        print(f"times skipped: there is no {scorer}; name the folder that holds score/ and data/")
        return
    for name, texts in sets(options.shared, options.dev):
        result = score(texts, scorer, options.errors if options.dev else 0)
        figures = {key: result[key]["f"] for key in ("strict", "relaxed", "value", "calendar")}
        print(f"{name:12} {sum(len(text['timexes']) for text in texts):4} expressions  {figures}")
        for kind in ("missed", "spurious", "wrong_value"):
            for line in result.get(kind, ()) if options.errors else ():
                print(f"  {kind:12} {line}")


if __name__ == "__main__":
    main()
