"""Copies: which texts repeat another's words, on 10,000 texts of 350 words with edits as newsrooms make them.

    python -m benchmarks.copies SHARED

The originals are pieces of the articles of SHARED/data/attribution and of the statements of SHARED/data/public_domain.
Five of six texts are made from an original by one edit (``EDITS``), drawn alike each time. All edits but one make a
copy of their original: where a paragraph of one is taken over into another, the text is the other's, and the two
stay two.

**P** and **R** are of pairs: "these two repeat one text". **Sources** is the share of originals whose texts are counted
as one, and with them nothing else. By edit, the share of copies that are joined with their original is printed too.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from onrecord.linking.copies import find_copies
from onrecord.model import Article, Corpus, Text

TEXTS, WORDS, EACH = 10_000, 350, 5  # texts in all, words of an original, texts made of each
SOURCES = ("attribution/train", "attribution/dev", "public_domain/us_statements")
RUN = 30
_SWAPS = (
    ("ei", "ey"),
    ("y", "i"),
    ("ff", "v"),
    ("ck", "k"),
    ("ou", "u"),
    ("ee", "i"),
    ("c", "k"),
    ("i", "y"),
    ("a", "ah"),
)


@dataclass(frozen=True, slots=True)
class Made:
    """A text, the original it comes from, and by which edit."""

    body: str
    original: int
    edit: str


def pieces(shared: Path) -> list[str]:
    """The originals: pieces of whole sentences; one that has ``RUN`` words on end from an earlier one is none."""
    found: list[str] = []
    seen: set[tuple[str, ...]] = set()
    for name in SOURCES:
        with gzip.open(shared / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for piece in (piece for line in lines for piece in _cut(json.loads(line)["text"])):
                words = re.findall(r"\w+", piece.lower())
                runs = set(zip(*(words[at:] for at in range(RUN)), strict=False))
                if seen.isdisjoint(runs):
                    found.append(piece)
                    seen |= runs
    return found


def _cut(body: str) -> Iterable[str]:
    held: list[str] = []
    for sentence in _sentences(body):
        held.append(sentence)
        if sum(len(s.split()) for s in held) >= WORDS:
            yield _paragraphs(held)
            held = []


def _sentences(body: str) -> list[str]:
    return [s.strip() for s in re.split(r"(?<=[.!?][”\"’])\s+|(?<=[.!?])\s+|\n+", body) if s.strip()]


def _paragraphs(sentences: Sequence[str]) -> str:
    return "\n\n".join(" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3))


def _headline(body: str, chance: random.Random, words: Sequence[str]) -> str:
    return f"{' '.join(chance.sample(words, 7)).capitalize()}\n\nVELMIRA (LPA) - {body}\n\n(LPA)"


def _light(body: str, chance: random.Random, words: Sequence[str]) -> str:
    """A word in twenty-five changed, a sentence lost."""
    sentences = _sentences(_changed(body, chance, words, 0.04))
    del sentences[chance.randrange(len(sentences))]
    return _paragraphs(sentences)


def _rewritten(body: str, chance: random.Random, words: Sequence[str]) -> str:
    """A word in five changed and some sentences moved: the texts share three runs of three words in ten."""
    sentences = _sentences(_changed(body, chance, words, 0.2))
    at = chance.randrange(len(sentences))
    return _paragraphs([*sentences[at:], *sentences[:at]])


def _shortened(body: str, chance: random.Random, words: Sequence[str]) -> str:
    sentences = _sentences(body)
    return _paragraphs(sentences[: max(3, int(len(sentences) * chance.uniform(0.35, 0.8)))])


def _respelled(body: str, chance: random.Random, words: Sequence[str]) -> str:
    """Every word with a capital spelled otherwise."""
    return re.sub(r"\b[A-Z]\w{3,}", lambda found: _spell(found[0]), body)


def _spell(word: str) -> str:
    for old, new in _SWAPS:
        if old in word[1:]:
            return word[0] + word[1:].replace(old, new, 1)
    return word + "h"


EDITS: dict[str, Callable[[str, random.Random, Sequence[str]], str]] = {
    "same": lambda body, chance, words: body,
    "headline": _headline,
    "light": _light,
    "rewritten": _rewritten,
    "cut": _shortened,
    "names": _respelled,
}
PARAGRAPH = "paragraph"  # taken over into another original


def _changed(body: str, chance: random.Random, words: Sequence[str], share: float) -> str:
    return re.sub(r"\w+", lambda found: chance.choice(words) if chance.random() < share else found[0], body)


def make(originals: Sequence[str], texts: int) -> list[Made]:
    """Originals and what edits make of them, the same each time."""
    chance = random.Random(1)
    words = sorted({word.lower() for body in originals[:200] for word in re.findall(r"[a-z]{4,}", body)})
    made: list[Made] = []
    numbers = iter(range(len(originals)))
    while len(made) < texts:
        number = next(numbers)
        body = originals[number]
        made.append(Made(body, number, "original"))
        for edit in chance.choices([*EDITS, PARAGRAPH], k=EACH):
            if edit == PARAGRAPH:
                other = chance.randrange(number or 1)
                paragraphs = originals[other].split("\n\n")
                paragraphs.insert(2, max(body.split("\n\n")[1:4], key=len))
                made.append(Made("\n\n".join(paragraphs), other, PARAGRAPH))
            else:
                made.append(Made(EDITS[edit](body, chance, words), number, edit))
    return made[:texts]


def corpus_of(bodies: Iterable[str]) -> Corpus:
    """A corpus of nothing but texts, in their order."""
    texts = [Text.of(body) for body in bodies]
    articles = tuple(
        Article(f"t-{number:05}", text.id, "0" * 64, f"{number:05}.txt", None, "plain", "utf-8")
        for number, text in enumerate(texts)
    )
    return Corpus(articles, {text.id: text for text in texts}, {})


def score(made: Sequence[Made]) -> dict[str, float]:
    """The figures of the head of this file, in percent."""
    copy_of = {int(copy.article[2:]): int(copy.original[2:]) for copy in find_copies(corpus_of(m.body for m in made))}
    said = [copy_of.get(number, number) for number in range(len(made))]
    true = [m.original for m in made]
    pairs = lambda groups: sum(n * (n - 1) // 2 for n in Counter(groups).values())  # noqa: E731
    both, ours, gold = pairs(zip(said, true, strict=True)), pairs(said), pairs(true)
    members: dict[int, set[int]] = defaultdict(set)
    for number, family in enumerate(said):
        members[family].add(number)
    wanted: dict[int, set[int]] = defaultdict(set)
    for number, original in enumerate(true):
        wanted[original].add(number)
    right = sum(any(members[said[n]] == group for n in islice(group, 1)) for group in wanted.values())
    figures = {"P": both / max(1, ours), "R": both / max(1, gold), "sources": right / len(wanted)}
    first = {m.original: number for number, m in reversed(list(enumerate(made)))}
    for edit in (*EDITS, PARAGRAPH):
        of_edit = [n for n, m in enumerate(made) if m.edit == edit and first[m.original] != n]
        figures[edit] = sum(said[n] == said[first[made[n].original]] for n in of_edit) / max(1, len(of_edit))
    return {name: round(100 * value, 1) for name, value in figures.items()}


def main() -> None:
    """Prints the figures."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "data").is_dir():
        sys.exit("name the folder of data/: python -m benchmarks.copies SHARED; without it there is nothing to measure")
    made = make(pieces(Path(sys.argv[1])), TEXTS)
    print(f"{len(made):,} texts of {len({m.original for m in made}):,} originals")
    for name, value in score(made).items():
        print(f"{name:10} {value:5.1f} %")


if __name__ == "__main__":
    main()
