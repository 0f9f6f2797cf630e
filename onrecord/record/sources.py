"""How many sources an entry has: copies of one text, clients of one agency and shared paragraphs are one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.model import Group, Linked, RecordText


@dataclass(frozen=True, slots=True)
class _Taken:
    """A paragraph that an article, by the head of its family, has from another."""

    source: str
    start: int
    end: int


class Sources:
    """Counts the independent sources of entries."""

    def __init__(self, linked: Linked, texts: Sequence[RecordText]) -> None:
        self._family = {text.id: text.copy_of or text.id for text in texts}
        self._agency: dict[str, str] = {}
        for credit in linked.credits:  # one credit in a family is that of all of it
            self._agency.setdefault(self._family[credit.article], credit.agency)
        self._taken: dict[str, list[_Taken]] = {}
        for taken in linked.taken:
            one = _Taken(self._family[taken.original], taken.start, taken.end)
            self._taken.setdefault(taken.article, []).append(one)

    def bounds(self, group: Group) -> tuple[int, int]:
        """At least and at most so many sources tell an entry.

        At most: each family of copies is one. At least: also each agency that families credit, and each paragraph
        that one family has from another.
        """
        families = list(dict.fromkeys(self._family[telling.article] for telling in group.tellings))
        joined = {family: family for family in families}
        by_agency: dict[str, str] = {}
        for family in families:
            agency = self._agency.get(family)
            if agency:
                _join(joined, family, by_agency.setdefault(agency, family))
        for telling in group.tellings:
            start = telling.content[0].start
            for taken in self._taken.get(telling.article, ()):
                if taken.source in joined and taken.start <= start < taken.end:
                    _join(joined, self._family[telling.article], taken.source)
        return _count(joined, families), len(families)


def _top(joined: Mapping[str, str], one: str) -> str:
    while joined[one] != one:
        one = joined[one]
    return one


def _join(joined: dict[str, str], a: str, b: str) -> None:
    joined[_top(joined, a)] = _top(joined, b)


def _count(joined: Mapping[str, str], families: Iterable[str]) -> int:
    return len({_top(joined, family) for family in families})
