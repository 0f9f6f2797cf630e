"""What the word lists know by name: states, capitals, organisations, bodies, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicon.tables import read_list, read_table
from onrecord.reading.names.tokens import Sheet, Token, split_name

Use = Literal["state", "adjective", "people", "capital", "organisation", "outlet", "body", "place"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of a list, what it is used for, and whose it is. ``sure`` is False where other states have such too."""

    words: tuple[str, ...]
    use: Use
    name: str
    state: State | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class State:
    """A state, from the lists or found in the text. ``country`` is None for a state that no list knows."""

    name: str
    country: str | None = None
    article: str = ""

    def of(self) -> str:
        """The state as it stands after "of": "of the United States"."""
        return f"{self.article} {self.name}".strip()


class Gazetteer:
    """Entries by their first word, longest first."""

    def __init__(self, entries: Iterable[Entry], beneath: Gazetteer | None = None) -> None:
        """``beneath`` is asked where no entry of this one stands at a word."""
        self._by_word: dict[str, list[Entry]] = {}
        self._beneath = beneath
        for entry in entries:
            self._by_word.setdefault(entry.words[0], []).append(entry)
        for found in self._by_word.values():
            found.sort(key=lambda entry: -len(entry.words))

    def match(self, sheet: Sheet, index: int) -> Sequence[Entry]:
        """The entries whose words stand at the token, longest first. "MOSCOW (Reuters)" matches Moscow."""
        word = sheet.word(index)
        shouted = len(word) > 4 and word.isupper()
        if not shouted and not self.knows(word):
            return ()
        found = self._standing(word, sheet, index)
        if shouted:
            found = [*found, *self._standing(word.capitalize(), sheet, index)]
        return [*found, *self._beneath.match(sheet, index)] if self._beneath else found

    def _standing(self, first: str, sheet: Sheet, index: int) -> Sequence[Entry]:
        entries = self._by_word.get(first)
        return [entry for entry in entries if _stands(entry.words, sheet.tokens, index)] if entries else ()

    def knows(self, word: str) -> bool:
        """Whether an entry begins with the word."""
        return word in self._by_word or (self._beneath is not None and self._beneath.knows(word))


def _stands(words: tuple[str, ...], tokens: tuple[Token, ...], index: int) -> bool:
    if index + len(words) > len(tokens) or tokens[index + len(words) - 1].paragraph != tokens[index].paragraph:
        return False
    return all(
        token.word == word or (token.word == word.upper() and len(word) > 4)
        for word, token in zip(words, tokens[index : index + len(words)], strict=True)
    )


@cache
def gazetteer() -> Gazetteer:
    """The entries of every list."""
    return Gazetteer([*_states(), *_organisations(), *_bodies(), *_places()])


@cache
def states() -> Mapping[str, State]:
    """The listed states by ISO code."""
    return {row["iso"]: State(row["name"], row["iso"], row["article"]) for row in read_table("states")}


def _states() -> Iterator[Entry]:
    for row in read_table("states"):
        for name in (row["name"], *read_list(row["names"])):
            yield Entry(split_name(name), "state", row["name"], states()[row["iso"]])
        for name in read_list(row["adjectives"]):
            yield Entry(split_name(name), "adjective", row["name"], states()[row["iso"]])
        for name in read_list(row["people"]):
            yield Entry(split_name(name), "people", row["name"], states()[row["iso"]])
        cities = read_list(row["capitals"])
        for name in cities:
            yield Entry(split_name(name), "capital", cities[0], states()[row["iso"]])


def _organisations() -> Iterator[Entry]:
    for row in read_table("organisations"):
        use: Use = "outlet" if row["kind"] in ("outlet", "platform") else "organisation"
        for name in (row["name"], *read_list(row["names"])):
            yield Entry(split_name(name), use, row["name"])


def _bodies() -> Iterator[Entry]:
    for row in read_table("bodies"):
        for name in (row["name"], *read_list(row["names"])):
            yield Entry(split_name(name), "body", row["name"], states()[row["iso"]], bool(row["sure"]))


def _places() -> Iterator[Entry]:
    for row in read_table("places"):
        for name in (row["name"], *read_list(row["names"])):
            yield Entry(split_name(name), "place", row["name"])
