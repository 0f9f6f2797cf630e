"""One actor for all its names: clusters of the named mentions of MEANTIME, across its articles.

    python -m benchmarks.clusters SHARED [--errors N]

The gold mentions that name somebody (``form`` NAM or PRE.NAM) of persons, organisations and places are given, place and
type; which of them are one is asked. A mention is what our reading takes the words for, where it finds one name in
them or the same words elsewhere, else the words as they stand; linking does the rest, over the four corpora as one.
B3 is that of ``score/names.py clusters``,
whose ``by_type`` is printed. MEANTIME may be used for development; nothing of it is held out here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.linking import Actors
from onrecord.model import Article, Corpus, Layer, Name, Span, Text
from onrecord.pipeline.reading import Task, read_text
from onrecord.plugins import load_stages

KINDS = {"PER": "person", "ORG": "organisation", "LOC": "place"}
FORMS = ("NAM", "PRE.NAM")


def predict(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The gold mentions with the actor that linking gives each."""
    articles, bodies, layers = [], {}, {}
    made_of = [Text.of(given["text"]) for given in texts]
    read = [_read(text) for text in made_of]
    elsewhere = _elsewhere(read)
    for number, (text, given) in enumerate(zip(made_of, texts, strict=True)):
        articles.append(Article(f"x{number}", text.id, "", given["id"], None, "text", "utf-8"))
        bodies[text.id] = text
        layers[text.id] = (Layer(text.id, "names", "", tuple(_names(text, given, read[number], elsewhere)), ()),)
    corpus = Corpus(tuple(articles), bodies, layers)
    actors = Actors(corpus)
    made = []
    for article, given in zip(articles, texts, strict=True):
        found = [
            {
                "start": m["start"],
                "end": m["end"],
                "cluster": actors.named(article.text, bodies[article.text].span(m["start"], m["end"])),
            }
            for m in _named(given)
        ]
        made.append({"id": given["id"], "mentions": [one for one in found if one["cluster"]]})
    return made


def _named(given: dict[str, Any]) -> list[dict[str, Any]]:
    return [m for m in given["mentions"] if m["kind"] == "entity" and m.get("form") in FORMS and m["type"] in KINDS]


def _read(text: Text) -> dict[Span, Name]:
    stages = [stage for stage in load_stages() if stage.name in ("roles", "names")]
    done = read_text(Task(text, {stage.name: "" for stage in stages}), stages)
    return {n.span: n for layer in done.layers for n in layer.annotations if isinstance(n, Name)}


def _names(text: Text, given: dict[str, Any], read: dict[Span, Name], elsewhere: dict[str, Name]) -> list[Name]:
    found = {}
    for mention in _named(given):
        span, kind = text.span(mention["start"], mention["end"]), KINDS[mention["type"]]
        words = _bare(span.exact)
        inside = [name for at, name in read.items() if span.covers(at) and _fits(name.kind, kind)]
        if kind == "place":  # "Cupertino, California" is not California
            inside = [
                name for name in inside if not any(w[:1].isupper() for w in words.replace(name.span.exact, "").split())
            ]
        known = (
            read.get(span) or (inside[-1] if len({name.name for name in inside}) == 1 else None) or elsewhere.get(words)
        )
        if known is None and kind == "person":  # "Jim Press" in "the vice chairman of Chrysler LLC Jim Press"
            known = next((name for w, name in elsewhere.items() if " " in w and words.endswith(f" {w}")), None)
        same = known is not None and _fits(known.kind, kind)
        found[span] = (
            replace(known, text=text.id, span=span)
            if known and same
            else Name(text=text.id, span=span, kind=kind, name=words)
        )
    return list(found.values())


def _bare(words: str) -> str:
    return words.removeprefix("the ").removeprefix("The ").removesuffix("'s").removesuffix("’s").strip()


def _elsewhere(read: Iterable[dict[Span, Name]]) -> dict[str, Name]:
    """Words that our reading takes for one name alone."""
    known: dict[str, dict[str, Name]] = defaultdict(dict)
    for found in read:
        for span, name in found.items():
            known[_bare(span.exact)][name.kind + name.name] = name
    return {words: next(iter(names.values())) for words, names in known.items() if len(names) == 1}


def _fits(found: str, kind: str) -> bool:
    """Whether a kind of ours is one of the gold's."""
    return found == kind or (found, kind) in (("body", "organisation"), ("state", "place"))


def score(shared: Path) -> dict[str, Any]:
    """B3 by type, as ``score/names.py`` has it."""
    return _score(shared, predict(_texts(shared)))


def _texts(shared: Path) -> list[dict[str, Any]]:
    file = shared / "data" / "entities" / "meantime.jsonl.gz"
    return [json.loads(line) for line in gzip.decompress(file.read_bytes()).decode().splitlines()]


def _score(shared: Path, predicted: list[dict[str, Any]]) -> dict[str, Any]:
    gold, scorer = shared / "data" / "entities" / "meantime.jsonl.gz", shared / "score" / "names.py"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "predicted.jsonl")
        file.write_text("\n".join(map(json.dumps, predicted)) + "\n", encoding="utf-8")
        command = [sys.executable, str(scorer), "clusters", str(gold), str(file), "--kind", "entity", "--json"]
        command += ["--form", ",".join(FORMS), "--type", ",".join(KINDS)]
        result = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    by_type: dict[str, Any] = result["by_type"]
    return by_type


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="the N largest actors that are in pieces or mixed"
    )
    options = parser.parse_args()
    gold = options.shared / "data" / "entities" / "meantime.jsonl.gz"
    scorer = options.shared / "score" / "names.py"
    if not gold.is_file() or not scorer.is_file():
        print(f"clusters skipped: there is no {gold}")
        return
    texts = _texts(options.shared)
    predicted = predict(texts)
    for kind, row in _score(options.shared, predicted).items():
        print(f"{kind} {row}")
    if options.errors:
        _tell(texts, predicted, options.errors)


def _tell(texts: list[dict[str, Any]], predicted: list[dict[str, Any]], most: int) -> None:
    by_gold: dict[str, Counter[str]] = defaultdict(Counter)
    by_ours: dict[str, Counter[str]] = defaultdict(Counter)
    words: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for given, made in zip(texts, predicted, strict=True):
        cluster = {(m["start"], m["end"]): m["cluster"] for m in made["mentions"]}
        for m in _named(given):
            ours = cluster.get((m["start"], m["end"]), "-")
            by_gold[m["type"] + " " + m["instance"]][ours] += 1
            by_ours[ours][m["type"] + " " + m["instance"]] += 1
            words[m["type"] + " " + m["instance"], ours][given["text"][m["start"] : m["end"]]] += 1
    for table, flip in ((by_gold, False), (by_ours, True)):
        for key, parts in sorted(table.items(), key=lambda item: -(sum(item[1].values()) - max(item[1].values())))[
            :most
        ]:
            if len(parts) > 1:
                print(
                    key,
                    {
                        p: (n, dict(words[(p, key) if flip else (key, p)].most_common(3)))
                        for p, n in parts.most_common(5)
                    },
                )


if __name__ == "__main__":
    main()
