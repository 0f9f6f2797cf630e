"""The cast: the people of a text, who is who, and whether "he" or "she" can be each of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from onrecord.model import Name
from onrecord.reading.callings import gender_of_given_name, gender_of_word
from onrecord.reading.page import Page
from onrecord.reading.references.descriptions import Description, Phrase

_IN_PLACE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Ff]rom|[Aa]t)\s$")
_WORDS = re.compile(r"\w+")


class Cast:
    """People by the fullest form of their names, with gender.

    Gender comes from what the text calls somebody (Mr, spokeswoman, his widow), else from pronouns that can mean
    nobody else (``learn``), else from the given name, which is a hint and no more.
    """

    def __init__(self, page: Page, names: Sequence[Name], descriptions: Sequence[Description]) -> None:
        people = [name for name in names if name.kind == "person"]
        self._full = _full_forms({name.name for name in people})
        self._told: dict[str, str] = {}
        self.described: defaultdict[str, set[Phrase]] = defaultdict(set)
        for description in descriptions:
            who = self._full.get(description.name)
            if who is not None:
                self.described[who].add(description.phrase)
                if gender := gender_of_word().get(description.phrase.words[-1]):
                    self._told.setdefault(who, gender)
        for name in people:
            before = _WORDS.findall(page.text.body[max(0, name.span.start - 24) : name.span.start])[-2:]
            own = _WORDS.findall(name.span.exact)[:-1]
            for word in (*before[-1:], *own):
                if gender := gender_of_word().get(word.lower()):
                    self._told.setdefault(self.who(name), gender)
        self.places = _places(page, people, self.who) - set(self._told)
        self._learnt: Mapping[str, str] = {}

    def who(self, name: Name) -> str:
        """The fullest form of a person's name."""
        return self._full.get(name.name, name.name)

    def knows(self, name: str) -> bool:
        """Whether a name is a person's."""
        return name in self._full

    def gender(self, who: str) -> str:
        """m, f, or empty where nothing says so."""
        given = who.split()[0].split("-")[0] if " " in who else ""
        return self._told.get(who) or gender_of_given_name().get(given, "") or self._learnt.get(who, "")

    def learn(self, heard: Sequence[tuple[str, str]]) -> None:
        """Takes over genders from pronouns that could mean only one person; mixed ones say nothing."""
        votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for who, gender in heard:
            votes[who][gender] += 1
        self._learnt = {who: next(iter(counts)) for who, counts in votes.items() if len(counts) == 1}


def _places(page: Page, people: Sequence[Name], who: Callable[[Name], str]) -> frozenset[str]:
    """What the names took for people although the text treats it as a place or state.

    Nobody is "in Kallsund"; "VARENHOLT (CT)" is a dateline; what is a state in one sentence is no man in the next.
    """
    others = {n.name.casefold() for n in page.all(Name) if n.kind in ("place", "state", "body", "organisation")}
    body = page.text.body
    return frozenset(
        who(name)
        for name in people
        if _IN_PLACE.search(body, max(0, name.span.start - 10), name.span.start)
        or name.span.exact.isupper()
        or name.name.casefold() in others
    )


def _full_forms(names: set[str]) -> Mapping[str, str]:
    """The one longer name that each name begins or ends, else itself: "Wen" is Wen Tai-shan."""
    by_edge: defaultdict[str, set[str]] = defaultdict(set)
    for name in names:
        words = name.split()
        if len(words) > 1:
            by_edge[words[0]].add(name)
            by_edge[words[-1]].add(name)
    full = {}
    for name in names:
        longer = by_edge[name] if " " not in name else set()
        full[name] = next(iter(longer)) if len(longer) == 1 else name
    return full
