"""The corpus of tellings: one thing of an exchange as several outlets tell it, and things that only look alike.

    python -m training.tellings [FOLDER]          # reads everything, names what is off, counts

``training/corpus/tellings/README.md`` describes the layout. Files under ``train/`` teach which passages tell one thing;
those under ``held_out/`` only test it, and are not read while rules are written.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from training.corpus import Off

CORPUS = Path(__file__).resolve().parent / "corpus" / "tellings"
STATUSES = ("accepted", "rejected", "partial", "deferred", "unanswered")
STYLES = frozenset(
    (
        "agency",
        "broadsheet",
        "tabloid",
        "blog",
        "state",
        "translated",
        "regional",
        "headline",
        "radio",
        "minutes",
        "column",
    )
)
LEAST = 3  # tellings of a thing
LONGEST = 40  # words that tell it
_HEAD = re.compile(
    r"(demand|answer|statement|document|meeting|commitment) (\w+)(?: of (\w+))? \| ([^|]+?) > ([^|]+?) \| (.+)"
)
_TOLD = re.compile(r"- (\w+) \| (.+)")


@dataclass(frozen=True, slots=True)
class Thing:
    """What may be told: a demand by somebody to somebody, an answer of a status to the demand ``of``, and so on."""

    kind: str
    key: str
    of: str | None
    by: str
    to: str
    what: str  # of an answer its status


@dataclass(frozen=True, slots=True)
class Passage:
    """What one outlet prints, with the words that tell the thing apart from what stands before and after them."""

    thing: Thing
    style: str
    before: str
    words: str
    after: str


@dataclass(slots=True)
class Exchange:
    """The things of an exchange, by key, and the passages that tell them."""

    title: str
    things: dict[str, Thing] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)


def read_tellings(path: Path) -> list[Exchange]:
    """The exchanges of a file. Raises Off where a line cannot be read, with its number."""
    exchanges: list[Exchange] = []
    thing: Thing | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path}, line {number}"
        if not line.strip() or line.startswith(("@parties ", "@people ", "# ")):
            continue
        if line.startswith("== "):
            exchanges.append(Exchange(line.removeprefix("== ").strip()))
            thing = None
        elif not exchanges:
            raise Off(f"{where}: stands before the first exchange (== TITLE)")
        elif line.startswith("- "):
            if thing is None:
                raise Off(f"{where}: a telling stands under no thing")
            exchanges[-1].passages.append(_passage(line, thing, where))
        else:
            thing = _thing(line, exchanges[-1], where)
            exchanges[-1].things[thing.key] = thing
    return exchanges


def _passage(line: str, thing: Thing, where: str) -> Passage:
    found = _TOLD.fullmatch(line)
    if not found or found[1] not in STYLES:
        raise Off(f"{where}: to begin with a style ({', '.join(sorted(STYLES))}), and does not")
    before, opened, rest = found[2].partition("[[")
    words, closed, after = rest.partition("]]")
    if not (opened and closed) or "[[" in rest or "]]" in after:
        raise Off(f"{where}: to have one pair of [[ and ]]")
    if not 1 <= len(words.split()) <= LONGEST:
        raise Off(f"{where}: {len(words.split())} words tell the thing; to be 1 to {LONGEST}")
    return Passage(thing, found[1], before, words, after)


def _thing(line: str, exchange: Exchange, where: str) -> Thing:
    found = _HEAD.fullmatch(line)
    if not found:
        raise Off(f"{where}: to be KIND KEY | by > to | what, and is not: {line[:60]}")
    thing = Thing(*found.groups())
    if thing.key in exchange.things:
        raise Off(f"{where}: the key {thing.key} is given twice")
    if (thing.kind == "answer") != (thing.of is not None):
        raise Off(f"{where}: an answer, and nothing else, is `of` a demand")
    if thing.of and (thing.of not in exchange.things or thing.what not in STATUSES):
        raise Off(f"{where}: answers {thing.of} as {thing.what!r}; to answer a demand above, by {', '.join(STATUSES)}")
    return thing


def counts(exchanges: list[Exchange]) -> Counter[str]:
    """How many exchanges, tellings, and things of each kind."""
    found = Counter(thing.kind for exchange in exchanges for thing in exchange.things.values())
    found["exchanges"], found["tellings"] = len(exchanges), sum(len(exchange.passages) for exchange in exchanges)
    return found


def rare(exchanges: list[Exchange]) -> Iterator[str]:
    """The things that fewer than ``LEAST`` passages tell."""
    for exchange in exchanges:
        told = Counter(passage.thing.key for passage in exchange.passages)
        yield from (
            f"{exchange.title}: {key} is told {told[key]} times" for key in exchange.things if told[key] < LEAST
        )


def main(argv: list[str] | None = None) -> int:
    """Prints what is off and the counts; status 1 where anything is off."""
    folder = Path((argv if argv is not None else sys.argv[1:] or [str(CORPUS)])[0])
    wrong = 0
    for file in sorted(folder.rglob("*.txt")):
        try:
            exchanges = read_tellings(file)
        except Off as off:
            sys.stdout.write(f"{off}\n")
            wrong += 1
            continue
        few = list(rare(exchanges))
        wrong += len(few)
        counted = f"{file.relative_to(folder)}: {dict(sorted(counts(exchanges).items()))}"
        sys.stdout.writelines(f"{line}\n" for line in (*few, counted))
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
