"""Acts in whole records: the invented exchanges of five outlets, those held out and those that rules were written on.

    python -m benchmarks.exchanges SHARED [--half held_out|dev]

Each exchange of ``tests/exchanges`` is built and scored by SHARED/score/record.py; its ``--help`` defines the figures.
Here they are summed over the exchanges of a half: **P** and **R** of each kind over all its reports and gold items; the
status and the link of an answer over all found answers of which the gold states it; **B3** of issues as the mean over
exchanges, weighed by their demands; **must not** counts violations.

Nobody who writes rules reads those held out (``HELD_OUT``), nor is anything trained on them.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
EXCHANGES = ROOT / "tests" / "exchanges"
HELD_OUT = frozenset(("harrow-pass", "senna-dam"))
KINDS = ("demand", "answer", "meeting", "document", "commitment")


def exchanges(half: str) -> list[Path]:
    """The folders of one half."""
    folders = sorted(gold.parent for gold in EXCHANGES.glob("*/gold.json"))
    return [folder for folder in folders if (folder.name in HELD_OUT) == (half == "held_out")]


def results(folders: list[Path], scorer: Path) -> Iterator[dict[str, Any]]:
    """What the scorer says of each exchange, built as it is."""
    for folder in folders:
        with tempfile.TemporaryDirectory() as out:
            build = [sys.executable, "-m", "onrecord", "build", str(folder / "articles"), "--out", out]
            built = subprocess.run(build, capture_output=True, text=True, check=False)
            if built.returncode not in (0, 3):
                sys.exit(f"{folder.name}: the build failed\n{built.stderr}")
            command = [sys.executable, str(scorer), f"{out}/record.json", str(folder / "gold.json"), "--json"]
            yield json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def score(half: str, shared: Path) -> dict[str, float]:
    """The figures of one half, in percent; of ``must not`` the number."""
    tally: Counter[str] = Counter()
    for result in results(exchanges(half), shared / "score" / "record.py"):
        for kind in KINDS:
            tally[f"{kind} found"] += result["recall"].get(kind, {}).get("found", 0)
            tally[f"{kind} gold"] += result["recall"].get(kind, {}).get("gold", 0)
            tally[f"{kind} matched"] += result["precision"].get(kind, {}).get("matched", 0)
            tally[f"{kind} reports"] += result["precision"].get(kind, {}).get("reports", 0)
        for slot in ("status", "answers"):
            right, asked = counts(result["attributes"].get("answer", {}).get(slot, "0 (0/0)"))
            tally[f"{slot} right"] += right
            tally[f"{slot} asked"] += asked
        demands = result["issues"]["demands"]
        tally["demands"] += demands
        tally["b3"] += round(demands * result["issues"]["b3"]["f"] * 10)
        tally["must not"] += result["must_not"]["violations"]
    share = lambda part, whole: round(100 * tally[part] / max(1, tally[whole]), 1)  # noqa: E731
    figures = {}
    for kind in KINDS:
        figures[f"{kind} P"] = share(f"{kind} matched", f"{kind} reports")
        figures[f"{kind} R"] = share(f"{kind} found", f"{kind} gold")
    figures["status of found answers"] = share("status right", "status asked")
    figures["link of found answers"] = share("answers right", "answers asked")
    figures["issues B3"] = round(tally["b3"] / 10 / max(1, tally["demands"]), 1)
    return figures | {"must not (negative)": 0.0 - tally["must not"]}


def counts(told: str) -> tuple[int, int]:
    """The right ones and all, of "75.8 (72/95)"."""
    found = re.search(r"\((\d+)/(\d+)\)", told)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def main() -> None:
    """Prints the figures of each half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--half", choices=("held_out", "dev"))
    options = parser.parse_args()
    if not (options.shared / "score" / "record.py").is_file():
        print(f"exchanges skipped: there is no {options.shared / 'score'}; name the folder that holds score/")
        return
    for half in (options.half,) if options.half else ("held_out", "dev"):
        print(f"{half}: {', '.join(folder.name for folder in exchanges(half))}")
        for name, value in score(half, options.shared).items():
            print(f"  {name:28}{value:8.1f}")


if __name__ == "__main__":
    main()
