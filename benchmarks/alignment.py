"""Alignment: what several outlets tell of one thing, in whole records of the invented exchanges.

    python -m benchmarks.alignment SHARED [--half held_out|dev] [--show]

Each exchange of ``tests/exchanges`` is built, and its reports are matched with the items of its gold as
SHARED/score/record.py does it, published and possible entries alike: whether a thing is found is measured elsewhere
(``benchmarks.exchanges``), here it is whether what was found is brought together.

What is counted are pairs of found items of one kind, in two articles; a quotation and a paraphrase are of one kind.

**One in the gold** are two items that stand in one overlap, or in one group: demands of one party for one thing,
answers of one status to one such demand, tellings of one paper; commitments of one name.
**One in the record** are two items whose reports belong to one entry, to entries of one kind that a chain of
``related`` ties, or to entries of one kind and one status on one issue.

**P** is the share of pairs that are one in the record which are one in the gold, **R** the share of pairs that are one
in the gold which are one in the record. **Opposed** counts the answers of one entry that the gold gives as opposite
ones (accepted and rejected), and the demands of one entry of which one asks for what the other asks not to happen.
**Differences**: P is the share of the record's differences that touch a difference of the gold, R the share of those of
the gold that one of the record touches, all of them as SHARED/score/links.py defines it, over published entries.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.exchanges import counts, exchanges

KINDS = ("demand", "answer", "meeting", "document", "commitment", "action")
SPEECH = ("quote", "paraphrase")
OPPOSED = {frozenset(pair) for pair in (("accepted", "rejected"), ("accepted", "unanswered"))}

Item = dict[str, Any]
Entry = dict[str, Any]


def score(half: str, shared: Path, show: bool = False) -> dict[str, float]:
    """The figures of one half, in percent; of ``opposed`` the number."""
    tally: Counter[str] = Counter()
    for folder in exchanges(half):
        tally += of_exchange(folder, shared, show)
    share = lambda part, whole: round(100 * tally[part] / max(1, tally[whole]), 1)  # noqa: E731
    figures = {}
    for kind in ("all", *KINDS, "speech"):
        if tally[f"{kind} ours"] or tally[f"{kind} gold"]:
            figures[f"{kind} P"] = share(f"{kind} both", f"{kind} ours")
            figures[f"{kind} R"] = share(f"{kind} both", f"{kind} gold")
    figures["differences P"] = share("differences right", "differences ours")
    figures["differences R"] = share("differences found", "differences gold")
    return figures | {"opposed (negative)": 0.0 - tally["opposed"]}


def of_exchange(folder: Path, shared: Path, show: bool = False) -> Counter[str]:
    """The counts of one exchange."""
    links, matching, verify = _scorers(shared)
    data = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    record = verify.Record(_built(folder))
    gold = matching.Gold(data, record, folder)
    said = matching.reports(record, gold, record.data["entries"])
    found = matching.match(
        gold.units(gold.speech()), [r for r in said if r.kind == "statement"], gold, record, 0.5, False
    )
    for kind in KINDS:
        items = [item for item in gold.items.values() if item["kind"] == kind]
        found |= matching.match(gold.units(items), [r for r in said if r.kind == kind], gold, record, 0.3, True)
    tally: Counter[str] = Counter()
    overlaps, chains = _overlaps(data), _chains(record.data["entries"])
    for a, b in combinations(sorted(found), 2):
        one, two = gold.items[a], gold.items[b]
        if one["article"] == two["article"] or _kind(one) != _kind(two):
            continue
        ours, true = (
            _is_one(found[a].entry, found[b].entry, chains),
            bool(overlaps[a] & overlaps[b]) or _is_same(one, two),
        )
        for name in ("all", _kind(one)):
            tally.update({f"{name} ours": ours, f"{name} gold": true, f"{name} both": ours and true})
        if found[a].entry is found[b].entry:
            tally["opposed"] += _is_opposed(one, two)
        if show and (ours or true):
            sign = "  " if ours and true else "- " if true else "+ "
            print(f"{sign}{folder.name} {_kind(one)}\n     {a}: {_words(found[a])}\n     {b}: {_words(found[b])}")
    return tally + _differences(links.score_differences(gold, record, _published(found)), show)


def _scorers(shared: Path) -> tuple[Any, Any, Any]:
    """The modules of SHARED/score by which reports and gold items are matched."""
    sys.path.insert(0, str(shared / "score"))
    try:
        import links  # type: ignore[import-not-found]
        import match  # type: ignore[import-not-found]
        import verify  # type: ignore[import-not-found]
    finally:
        sys.path.pop(0)
    return links, match, verify


def _built(folder: Path) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as out:
        build = [sys.executable, "-m", "onrecord", "build", str(folder / "articles"), "--out", out]
        built = subprocess.run(build, capture_output=True, text=True, check=False)
        if built.returncode not in (0, 3):
            sys.exit(f"{folder.name}: the build failed\n{built.stderr}")
        record: dict[str, Any] = json.loads(Path(out, "record.json").read_text(encoding="utf-8"))
        return record


def _overlaps(gold: dict[str, Any]) -> dict[str, set[str]]:
    member_of: dict[str, set[str]] = {item["id"]: set() for item in gold["items"]}
    for overlap in gold["overlaps"]:
        for member in overlap["members"]:
            member_of[member].add(overlap["id"])
    return member_of


def _kind(item: Item) -> str:
    return "speech" if item["kind"] in SPEECH else str(item["kind"])


def _is_same(a: Item, b: Item) -> bool:
    """Whether the gold gives two items of one kind as one thing without an overlap that says so."""
    kind, one, two = a["kind"], a["normalised"], b["normalised"]
    if kind == "commitment":
        return bool(one.get("name")) and one.get("name") == two.get("name")
    if kind not in ("demand", "answer", "document"):
        return False
    alike = bool(a.get("group")) and a.get("group") == b.get("group")
    return alike and (kind != "answer" or one.get("status_code") == two.get("status_code"))


def _is_one(a: Entry, b: Entry, chains: dict[str, str]) -> bool:
    if chains[a["id"]] == chains[b["id"]]:
        return True
    return bool(a["issue"]) and (a["kind"], a["issue"], a["status"]) == (b["kind"], b["issue"], b["status"])


def _chains(entries: Sequence[Entry]) -> dict[str, str]:
    """Of each entry the first of those of its kind that a chain of ``related`` ties to it."""
    kinds, first = {entry["id"]: entry["kind"] for entry in entries}, {entry["id"]: entry["id"] for entry in entries}
    for entry in entries:
        for other in entry["attributes"].get("related", []):
            if kinds[other] == entry["kind"]:
                one, two = first[entry["id"]], first[other]
                first |= {key: one for key, found in first.items() if found == two}
    return first


def _is_opposed(a: Item, b: Item) -> bool:
    one, two = a["normalised"], b["normalised"]
    if a["kind"] == b["kind"] == "answer":
        return frozenset((one.get("status_code"), two.get("status_code"))) in OPPOSED
    both = (one.get("polarity"), two.get("polarity"))
    return a["kind"] == b["kind"] == "demand" and None not in both and both[0] != both[1]


def _words(report: Any) -> str:
    return f"{report.entry['id'][:8]} " + " … ".join(s["exact"] for s in report.data["spans"]["content"])[:150]


def _published(found: dict[str, Any]) -> dict[str, list[Any]]:
    return {item: [report] for item, report in found.items() if report.entry["certainty"] == "published"}


def _differences(result: dict[str, Any], show: bool) -> Counter[str]:
    found, gold = counts(result.get("found", "0 (0/0)"))
    if show:
        print("\n".join(f"- difference {row}" for row in result["missing"]))
    ours = result["predicted"]
    return Counter(
        {
            "differences found": found,
            "differences gold": gold,
            "differences ours": ours,
            "differences right": ours - result["unjudged"],
        }
    )


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--half", choices=("held_out", "dev"), default="held_out")
    parser.add_argument("--show", action="store_true", help="list the pairs that differ; of the dev half only")
    options = parser.parse_args()
    if not (options.shared / "score" / "match.py").is_file():
        sys.exit("name the folder of score/: python -m benchmarks.alignment SHARED; without it nothing can be matched")
    if options.show and options.half == "held_out":
        sys.exit("what is held out is not looked at; --show goes with --half dev")
    for name, value in score(options.half, options.shared, options.show).items():
        print(f"{name:20} {value:6.1f}")


if __name__ == "__main__":
    main()
