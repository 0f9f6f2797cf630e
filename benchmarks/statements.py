"""Statements with chain and resolved speaker, scored on the project's own corpus.

    python -m benchmarks.statements [CORPUS] [--errors N]

CORPUS is a file or folder of the corpus; without it, the held-out files. Outermost and nested statements count alike.

DEFINITION
    tokens      word tokens; a span stands for those it touches, as in score/attribution.py.
    pair        one predicted and one gold statement, best token IoU of their contents first, at least 0.5.
    source      the pair's sources share a token, or both have none.
    speaker     the pair's speakers are the same name, or both are unknown. Names are the same where they are equal
                without case, articles, titles and possessive, where one's words are the last words of the other
                ("Relk", "Ana Relk"), or, with two words or more, where one's words, cut to five letters, are all in
                the other. A foreign office is a foreign ministry.
    chain       the pair stands equally deep, and the speakers of the statements around it are the same or both
                unknown.
    statement   precision, recall and F1 of pairs in which source, speaker and chain hold.
    wrong       among pairs whose prediction has quoted words: a speaker is named, and it is not the gold's. What the
                gold calls unknown and the prediction names is wrong; what is left unknown is not, nor a metonym left
                as it is printed ("Vell said", where the gold knows whose capital Vell is).
    by how      of the gold pairs of each kind of source, the share with the right speaker, and with a wrong one.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.pipeline.annotation import Item, StatementMade, annotate_texts
from training.corpus import Marked, Passage, Place, read_corpus

HELD_OUT = Path(__file__).resolve().parent.parent / "training" / "corpus" / "held_out"
_TOKEN = re.compile(r"\w+(?:['’.-]\w+)*")
_SMALL = frozenset(("of", "the", "for", "and", "affai"))
_TITLES = frozenset(
    ("the", "a", "an", "mr", "mrs", "ms", "dr", "president", "minister", "ambassador", "general", "colonel",
     "chancellor", "premier")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class One:
    """A statement of gold or prediction as token sets, with its speakers outermost first."""

    content: frozenset[int]
    source: frozenset[int]
    speaker: str | None
    above: tuple[str | None, ...]
    how: str
    quoted: bool
    words: str
    source_words: str

    @property
    def told(self) -> str:
        """The statement in a line, for people."""
        return f"[{self.speaker}, {self.how}, in {list(self.above)}] {self.words}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?", default=HELD_OUT)
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="also list the first N of each kind of error"
    )
    options = parser.parse_args()
    if options.errors and "held_out" in options.corpus.resolve().parts:
        sys.exit("what is held out is not looked at; give a file or folder of training/corpus/train")
    tally, errors = score(read_corpus(options.corpus))
    for line in table(tally):
        print(line)
    for kind in sorted({kind for kind, _ in errors}) if options.errors else ():
        print(f"\n{kind}")
        for line in [line for other, line in errors if other == kind][: options.errors]:
            print(f"  {line}")


def score(passages: Sequence[Passage]) -> tuple[Counter[str], list[tuple[str, str]]]:
    """Counts by the definition above, and what went wrong as (kind, words)."""
    tally: Counter[str] = Counter()
    errors: list[tuple[str, str]] = []
    items = [Item(passage.id, passage.text) for passage in passages]
    for passage, read in zip(passages, annotate_texts(items, ["statements"]), strict=True):
        tokens = [m.span() for m in _TOKEN.finditer(passage.text)]
        gold = [_of_gold(passage, marked, tokens) for marked in passage.statements]
        made = (one for one in read.layers["statements"] if isinstance(one, StatementMade))
        found = [one for outer in made for one in _of_made(passage.text, outer, tokens, ()) if one.content]
        tally["gold"] += len(gold)
        tally["found"] += len(found)
        pairs = list(_pairs(gold, found))
        for i, j in pairs:
            _judge(gold[i], found[j], tally, errors, passage.id)
        hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
        errors += [("missed", f"{passage.id}: {g.told}") for i, g in enumerate(gold) if i not in hit]
        errors += [("spurious", f"{passage.id}: {f.told}") for j, f in enumerate(found) if j not in used]
    return tally, errors


def _judge(gold: One, found: One, tally: Counter[str], errors: list[tuple[str, str]], where: str) -> None:
    source = bool(gold.source & found.source) or not (gold.source or found.source)
    speaker = same(gold.speaker, found.speaker)
    chain = len(gold.above) == len(found.above) and all(map(same, gold.above, found.above))
    as_printed = gold.how == "metonym" and same(found.speaker, found.source_words)
    wrong = found.speaker is not None and not speaker and not as_printed
    tally["pairs"] += 1
    tally["source"] += source
    tally["speaker"] += speaker
    tally["chain"] += chain
    tally["statement"] += source and speaker and chain
    tally[f"how {gold.how}"] += 1
    tally[f"right {gold.how}"] += speaker
    tally[f"wrong {gold.how}"] += wrong
    if found.quoted:
        tally["quoted"] += 1
        tally["quoted wrong"] += wrong
    for kind, held in (("source", source), ("speaker", speaker), ("chain", chain)):
        if not held:
            named = "speaker wrong" if kind == "speaker" and wrong else kind
            errors.append((named, f"{where}: {gold.told} / {found.told}"))


def table(tally: Counter[str]) -> Iterator[str]:
    """The figures, a line each."""

    def share(part: str, whole: str) -> str:
        return f"{100 * tally[part] / max(1, tally[whole]):5.1f}"

    yield f"statements: gold {tally['gold']}, found {tally['found']}, pairs {tally['pairs']}"
    for name in ("pairs", "statement"):
        precision, recall = tally[name] / max(1, tally["found"]), tally[name] / max(1, tally["gold"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        yield f"{name:12} P {100 * precision:5.1f}  R {100 * recall:5.1f}  F {100 * f1:5.1f}"
    yield "of the pairs: " + ", ".join(f"{name} {share(name, 'pairs')}" for name in ("source", "speaker", "chain"))
    wrong = f"{tally['quoted wrong']} of {tally['quoted']}, {share('quoted wrong', 'quoted')} %"
    yield f"wrong speaker on quoted words: {wrong}"
    for kind in sorted(key[4:] for key in tally if key.startswith("how ")):
        right, wrong = (share(f"{judged} {kind}", f"how {kind}") for judged in ("right", "wrong"))
        yield f"  {kind:13}{tally['how ' + kind]:5}  right {right}  wrong {wrong}"


def same(one: str | None, other: str | None) -> bool:
    """Whether two names of one passage are the same by the definition above."""
    if one is None or other is None:
        return one is other
    a, b = _name(one), _name(other)
    if not a or not b:
        return a == b
    if a[-len(b) :] == b or b[-len(a) :] == a:
        return True
    # "Norland foreign ministry" is the Ministry of Foreign Affairs of Norland: one's words, cut, are in the other.
    stems, others = ({word[:5] for word in words} - _SMALL for words in (a, b))
    return len(stems) > 1 and len(others) > 1 and (stems <= others or others <= stems)


def _name(words: str) -> list[str]:
    plain = re.sub(r"[’']s?(?=\s|$)", "", words.lower()).replace("foreign office", "foreign ministry")
    return [word for word in _TOKEN.findall(plain) if word not in _TITLES]


def _of_gold(passage: Passage, marked: Marked, tokens: list[Place]) -> One:
    by_number = {s.number: s for s in passage.statements}
    above: list[str | None] = []
    outer = marked.outer
    while outer is not None:
        above.insert(0, by_number[outer].speaker)
        outer = by_number[outer].outer
    words = " || ".join(passage.text[a:b] for a, b in (*marked.source, *marked.cue, *marked.content))
    content, source = _cover(marked.content, tokens), _cover(marked.source, tokens)
    return One(content, source, marked.speaker, tuple(above), marked.how, False, words, "")


def _of_made(text: str, made: StatementMade, tokens: list[Place], above: tuple[str | None, ...]) -> Iterator[One]:
    words = " || ".join(text[a:b] for a, b in (*made.source, *made.cue, *made.content))
    yield One(
        _cover(made.content, tokens), _cover(made.source, tokens), made.speaker, above, made.method,
        made.manner != "paraphrase", words, " ".join(text[a:b] for a, b in made.source),
    )  # fmt: skip
    for inner in made.inner:
        yield from _of_made(text, inner, tokens, (*above, made.speaker))


def _cover(places: Sequence[Place], tokens: list[Place]) -> frozenset[int]:
    return frozenset(i for i, (start, end) in enumerate(tokens) if any(a < end and start < b for a, b in places))


def _pairs(gold: list[One], found: list[One]) -> Iterator[tuple[int, int]]:
    shared = [
        (len(g.content & f.content) / len(g.content | f.content), -i, -j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.content & f.content
    ]
    hit: set[int] = set()
    used: set[int] = set()
    for value, i, j in sorted(shared, reverse=True):
        if value >= 0.5 and -i not in hit and -j not in used:
            hit.add(-i)
            used.add(-j)
            yield -i, -j


if __name__ == "__main__":
    main()
