"""Learn how spellings of one name differ: ``onrecord/lexicon/spellings.tsv``, from pairs of names of one person.

    python -m training.spellings [--check]

The words of a person's names (``benchmarks/gold/people_dev*.tsv``, never the held-out file) are paired, and the
probability of writing
one or two letters for one or two others, or of leaving one out, is learnt by expectation maximisation. Once for words
of one script, once
for words of two. ``--check`` learns from two files
and tells how words of the third come apart, each in turn; nothing is written.

Source: E. S. Ristad and P. N. Yianilos, "Learning String-Edit Distance" (1998), with runs of two letters as in S.
Jiampojamarn and
others, "Applying Many-to-Many Alignments and Hidden Markov Models to Letter-to-Phoneme Conversion" (2007).
"""

from __future__ import annotations

import argparse
import csv
import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from onrecord.linking.person_names import parse_name
from onrecord.linking.spelling import edits, fold, romanised
from onrecord.linking.spellings import LONGEST_RUN, Spellings, letters

ROOT = Path(__file__).resolve().parent.parent
GOLD = sorted((ROOT / "benchmarks" / "gold").glob("people_dev*.tsv"))
TARGET = ROOT / "onrecord" / "lexicon" / "spellings.tsv"
ROUNDS = 8
LEAST = 0.4  # likeness by plain edits, of words that are paired to learn from
RARE = 0.5  # counts below this are dropped

Word = tuple[str, str]  # word and script
Pairs = list[tuple[Word, Word]]


def read_people(files: Iterable[Path]) -> dict[str, list[str]]:
    """The names of each person."""
    people: dict[str, list[str]] = defaultdict(list)
    for file in files:
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t"):
                people[f"{file.stem} {row['person']}"].append(row["name"])
    return people


def word_pairs(people: dict[str, list[str]]) -> Pairs:
    """Words of a person's names that are spellings of one word, by plain edits."""
    found = []
    for names in people.values():
        for a, b in itertools.combinations(names, 2):
            one, other = parse_name(a), parse_name(b)
            if one is None or other is None:
                continue
            for x in one.words:
                best = max(other.words, key=lambda y: likeness(x, y))
                if len(x) > 2 and len(best) > 2 and likeness(x, best) >= LEAST:
                    found.append(((x, one.script), (best, other.script)))
    return found


def likeness(x: str, y: str) -> float:
    """One less the share of letters that differ."""
    a, b = romanised(x), romanised(y)
    longest = max(len(a), len(b))
    return 1 - edits(a, b, longest) / longest if longest else 0.0


def learn(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """The probability of each writing, of all writings together."""
    data = [(letters(x), letters(y)) for x, y in pairs] + [(letters(y), letters(x)) for x, y in pairs]
    odds: dict[tuple[str, str], float] = {}
    for x, y in data:
        for move in _moves_of(x, y):
            odds[move] = 8.0 if move[0] == move[1] else 1.0 if len(move[0]) == len(move[1]) == 1 else 0.2
    for _ in range(ROUNDS):
        counts: Counter[tuple[str, str]] = Counter()
        for x, y in data:
            _expect(x, y, odds, counts)
        total = sum(counts.values())
        odds = {move: count / total for move, count in counts.items() if count > RARE}
    return odds


def _moves_of(x: str, y: str) -> set[tuple[str, str]]:
    runs = lambda w: {w[i : i + n] for n in range(1, LONGEST_RUN + 1) for i in range(len(w) - n + 1)}  # noqa: E731
    one, other = runs(x), runs(y)
    moves = {(a, b) for a in one for b in other if len(a) < 2 or len(b) < 2 or a != b}
    return moves | {(a, "") for a in one if len(a) == 1} | {("", b) for b in other if len(b) == 1}


def _steps() -> list[tuple[int, int]]:
    runs = range(1, LONGEST_RUN + 1)
    return [(i, j) for i in runs for j in runs] + [(1, 0), (0, 1)]


def _expect(x: str, y: str, odds: dict[tuple[str, str], float], counts: Counter[tuple[str, str]]) -> None:
    n, m = len(x), len(y)
    ahead = [[0.0] * (m + 1) for _ in range(n + 1)]
    behind = [[0.0] * (m + 1) for _ in range(n + 1)]
    ahead[0][0] = behind[n][m] = 1.0
    for i in range(n + 1):
        for j in range(m + 1):
            for a, b in _steps():
                if i >= a and j >= b and ahead[i - a][j - b]:
                    ahead[i][j] += ahead[i - a][j - b] * odds.get((x[i - a : i], y[j - b : j]), 0.0)
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            for a, b in _steps():
                if i + a <= n and j + b <= m and behind[i + a][j + b]:
                    behind[i][j] += behind[i + a][j + b] * odds.get((x[i : i + a], y[j : j + b]), 0.0)
    whole = ahead[n][m]
    if not whole:
        return
    for i in range(n + 1):
        for j in range(m + 1):
            for a, b in _steps():
                if i + a <= n and j + b <= m and ahead[i][j] and behind[i + a][j + b]:
                    move = x[i : i + a], y[j : j + b]
                    counts[move] += ahead[i][j] * odds.get(move, 0.0) * behind[i + a][j + b] / whole


def tables(pairs: Pairs) -> dict[str, dict[tuple[str, str], float]]:
    """The writings within one script and across two."""
    within = [(x, y) for (x, one), (y, other) in pairs if one == other]
    across = [
        (x, y) for (x, one), (y, other) in pairs if one != other and not {"arabic", "hebrew", "han"} & {one, other}
    ]
    return {"within": learn(within), "across": learn(across)}


def write(made: dict[str, dict[tuple[str, str], float]]) -> None:
    """The table that ships: costs in nats."""
    lines = [
        "# How spellings of one name differ: the cost, in nats, of writing one run of "
        "letters for another. Read by: onrecord.linking.spellings.py",
        "# Source: learnt from benchmarks/gold/people_dev*.tsv by python -m training.spellings",
        "scripts\tone\tother\tcost",
    ]
    for scripts, odds in made.items():
        lines += [f"{scripts}\t{a}\t{b}\t{-math.log(p):.2f}" for (a, b), p in sorted(odds.items()) if a <= b]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def check() -> None:
    """Learn from all files but one, and tell how the words of that one come apart."""
    for left_out in GOLD:
        made = tables(word_pairs(read_people(file for file in GOLD if file != left_out)))
        judge = {scripts: Spellings(odds_to_costs(odds)) for scripts, odds in made.items()}
        people = read_people([left_out])
        same, other = [], []
        for (x, one), (y, two) in word_pairs(people):
            same.append(judge["within" if one == two else "across"].likeness(x, y))
        names = [(who, parse_name(name)) for who, listed in people.items() for name in listed]
        for (who, one_), (whom, other_) in itertools.islice(itertools.combinations(names, 2), 0, None, 7):
            if who != whom and one_ and other_:
                for x, y in itertools.product(one_.words, other_.words):
                    if x != y and likeness(x, y) >= LEAST and len(x) > 2 and len(y) > 2 and fold(x)[:1]:
                        other.append(judge["within" if one_.script == other_.script else "across"].likeness(x, y))
        for cut in (0.0, 0.3, 0.6, 0.9, 1.2, 1.5):
            lost, kept = sum(s < cut for s in same) / len(same), sum(s >= cut for s in other) / max(1, len(other))
            print(  # noqa: T201 - a figure, as the benchmarks print theirs
                f"{left_out.stem} at {cut}: spellings of one word lost {lost:.1%}, of two words "
                f"taken for one {kept:.1%} of {len(other)}"
            )


def odds_to_costs(odds: dict[tuple[str, str], float]) -> dict[tuple[str, str], float]:
    """Nats."""
    return {move: -math.log(p) for move, p in odds.items()}


def main() -> None:
    """Writes the table, or checks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    if parser.parse_args().check:
        check()
    else:
        write(tables(word_pairs(read_people(GOLD))))


if __name__ == "__main__":
    main()
