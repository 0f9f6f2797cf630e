"""Whether two names are one person's, on pairs of names.

    python -m benchmarks.people SHARED [--half dev|held_out] [--errors N]

| set | pairs | right |
|---|---|---|
| name_bench | 826 of ``data/names/name_bench.csv`` | its ``is_match``; what is no person by ``same_organisation`` |
| people | all pairs of names of one half of ``benchmarks/gold/people_*.tsv`` | one id, one person |

A half holds no person of the other. ``held_out`` is not looked at while rules are written; errors are listed for dev
only.
Figures are ``pairs`` of ``score/names.py``: P, R and F1 of "match".
"""

from __future__ import annotations

import argparse
import csv
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.linking import same_organisation, same_person

GOLD = Path(__file__).resolve().parent / "gold"


@dataclass(frozen=True)
class Case:
    """Two names, and whether they are one's."""

    one: str
    other: str
    match: bool
    person: bool = True


def name_bench(file: Path) -> list[Case]:
    """The cases of nomenklatura's name bench."""
    with file.open(encoding="utf-8", newline="") as rows:
        return [
            Case(row["name1"], row["name2"], row["is_match"] == "true", row["schema"] == "Person")
            for row in csv.DictReader(rows)
        ]


def people(half: str) -> list[Case]:
    """Every pair of names of one half of our own set."""
    with (GOLD / f"people_{half}.tsv").open(encoding="utf-8", newline="") as rows:
        named = [(row["person"], row["name"]) for row in csv.DictReader(rows, delimiter="\t")]
    return [Case(a, b, one == other) for (one, a), (other, b) in itertools.combinations(named, 2)]


def score(cases: list[Case]) -> dict[str, float]:
    """P, R and F1 of "match", in percent."""
    said = [judge(case) for case in cases]
    right = sum(case.match and match for case, match in zip(cases, said, strict=True))
    precision, recall = 100 * right / max(1, sum(said)), 100 * right / max(1, sum(case.match for case in cases))
    f = 2 * precision * recall / max(1e-9, precision + recall)
    return {"P": round(precision, 1), "R": round(recall, 1), "F": round(f, 1)}


def judge(case: Case) -> bool:
    """What we say of a case."""
    verdict: Callable[[str, str], object] = same_person if case.person else same_organisation
    return bool(verdict(case.one, case.other).match)  # type: ignore[attr-defined]


def _wrong(cases: list[Case]) -> Iterator[str]:
    for case in cases:
        if judge(case) != case.match:
            verdict = (same_person if case.person else same_organisation)(case.one, case.other)
            yield f"{'missed' if case.match else 'merged'}  {case.one} | {case.other} | {verdict.score} {verdict.why}"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--half", choices=("dev", "dev2", "dev3", "dev4", "held_out"), default="held_out")
    parser.add_argument("--errors", type=int, default=0, metavar="N")
    options = parser.parse_args()
    bench = options.shared / "data" / "names" / "name_bench.csv"
    if bench.is_file():
        print(f"name_bench        {score(name_bench(bench))}")
    else:
        print(f"name_bench skipped: there is no {bench}")
    print(f"people, {options.half:9} {score(people(options.half))}")
    if options.errors and options.half != "held_out":
        print("\n".join(itertools.islice(_wrong(people(options.half)), options.errors)))


if __name__ == "__main__":
    main()
