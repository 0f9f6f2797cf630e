"""Bodies: which ministry "the ministry" is, and which federation "the Federation"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from onrecord.lexicon.tables import read_list
from onrecord.model import Name
from onrecord.reading.callings import body_nouns, described, organisation_kinds
from onrecord.reading.references.descriptions import Description, Phrase, same_party
from onrecord.reading.references.discourse import SUBJECT, Discourse, Places
from onrecord.reading.references.mentions import Mention

_KINDS = ("organisation", "body", "state", "group")


class Bodies:
    """The bodies, organisations and states of a text, by the nouns they go by."""

    def __init__(self, names: Sequence[Name], descriptions: Sequence[Description], places: Places) -> None:
        self._names = [n for n in names if n.kind in _KINDS and not n.adjective]
        self._places = places
        self._told: defaultdict[str, set[Phrase]] = defaultdict(set)
        for one in descriptions:
            self._told[one.name].add(one.phrase)
        self._longest: defaultdict[str, int] = defaultdict(int)  # letters of the longest name, by its head noun
        for name in self._names:
            for head in _heads(name.span.exact):
                self._longest[head] = max(self._longest[head], len(name.span))
        self._places_of: defaultdict[str, list[Name]] = defaultdict(list)  # where each is named, short forms left out
        for name in self._names:
            if not self.is_short(name):
                self._places_of[name.name].append(name)

    @cached_property
    def heads(self) -> frozenset[str]:
        """Nouns by which the text may go on: "federation" after the Federation of Zambare, "fund" after a Fund."""
        told = {phrase.words[-1] for name in self._names for phrase in self._told[name.name]}
        return frozenset(told.union(*(_heads(name.name) | _heads(name.span.exact) for name in self._names)))

    def is_short(self, name: Name) -> bool:
        """Whether a name only repeats a part of a longer one: "the Ministry", after the Ministry of Ports."""
        words = name.span.exact.removeprefix("the ").removeprefix("The ")
        if name.kind == "person" or " " in words or name.adjective:
            return False
        lower = words.lower()
        return lower in body_nouns() or self._longest[lower] > len(name.span)

    def named_by(self, mention: Mention, told: Discourse) -> Name | None:
        """The body that a description stands for: the only one of its kind so far, or the only one near in front."""
        assert mention.phrase is not None
        phrase = mention.phrase
        start = mention.span.start
        last: dict[str, Name] = {}
        for who, named in self._places_of.items():
            before = bisect_left(named, start, key=lambda n: n.span.start)
            if before and self.fits(phrase, named[before - 1]):
                last[who] = named[before - 1]
        if len(last) == 1:
            return next(iter(last.values()))
        near = {
            who: seen
            for who, (_, seen) in told.candidates(start, "").items()
            if who in last and self._places.apart(seen.start, start) <= 1
        }
        if len(near) == 1:
            [seen] = near.values()
            return seen.name if seen.weight >= SUBJECT else None
        return None

    def fits(self, phrase: Phrase, name: Name) -> bool:
        """Whether a description may mean the bearer of a name."""
        head = phrase.words[-1]
        told = self._told[name.name]
        if phrase.whose and not (
            same_party(phrase.whose, name.name.split()) or any(same_party(phrase.whose, one.whose) for one in told)
        ):
            return False
        if any(head == one.words[-1] for one in told):
            return True
        own = {word.lower() for word in re.findall(r"\w+", name.name + " " + name.span.exact)}
        row = described().get(" ".join(phrase.words)) or described().get(head)
        if row is None or row["kind"] == "person":
            return head in _heads(name.name) | _heads(name.span.exact) and set(phrase.words) <= own
        if name.kind != row["kind"] and head not in own:
            return False
        ends = read_list(row["fits"])
        if not ends:
            return True
        extra = set(phrase.words) - {head} - own - set(" ".join(ends).lower().split())
        return not extra and (head in own or any(_describes(end, name.name) for end in ends))


def _describes(fit: str, name: str) -> bool:
    if fit.startswith("kind:"):
        return organisation_kinds().get(name) == fit.removeprefix("kind:")
    return re.search(rf"\b{re.escape(fit)}\b", name) is not None


def _heads(name: str) -> set[str]:
    """The head noun of a body's name: "federation" of the Federation of Vald, "alliance" of the Northern Alliance."""
    words = re.findall(r"[\w-]+", name)
    for place, word in enumerate(words):
        if word in ("of", "for") and place:
            return {words[place - 1].lower()}
    return {words[-1].lower()} if len(words) > 1 else set()
