"""Treaties: which commitments invoke one and the same, by its name, by "the 1992 declaration", by "the treaty"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.tables import read_list, read_table
from onrecord.linking.groups import words_of
from onrecord.linking.places import SENTENCE_END
from onrecord.linking.spelling import fold
from onrecord.model import Corpus, Group, Link, Telling

_FAR = 80  # code points before the words of a telling in which its treaty may stand
_NAMED, _POINTED = 0.95, 0.7
_YEAR = re.compile(r"\b1[89]\d\d\b|\b20\d\d\b")
_SMALL = frozenset(("the", "of", "on", "a", "an", "in", "and", "for", "its", "this", "that"))


@dataclass(frozen=True, slots=True)
class _Treaty:
    """What a telling says of its treaty: the noun ("treaty"), the other words of its name, the year, and where."""

    noun: str
    words: frozenset[str]
    year: str | None
    article: str
    start: int
    group: str


def find_treaties(corpus: Corpus, groups: Sequence[Group]) -> Iterator[Link]:
    """Links ``related`` from each commitment to the first that invokes the same treaty.

    Two full names are one treaty where their words are the same and their years agree; where no article tells both, one
    outlet may have the year wrong. "The declaration of 1992", "the treaty" and "Article 7" are the treaty that the
    article tells before them, else the only one of the exchange; where two could be meant, there is no link.
    """
    told = [
        _read(corpus, group, telling) for group in groups if group.kind == "commitment" for telling in group.tellings
    ]
    found = [treaty for treaty in told if treaty]
    names = _Names([treaty for treaty in found if treaty.words])
    first_of: dict[int, str] = {}
    linked: set[str] = set()
    for treaty in found:
        number = names.number(treaty)
        if number is None:
            continue
        first = first_of.setdefault(number, treaty.group)
        if treaty.group not in (first, *linked):
            linked.add(treaty.group)
            why = "the same treaty, by its name" if treaty.words else "the only treaty that its words can mean"
            yield Link("related", treaty.group, first, _NAMED if treaty.words else _POINTED, why)


class _Names:
    """The treaties that the exchange names in full."""

    def __init__(self, named: Sequence[_Treaty]) -> None:
        self._of: dict[_Treaty, int] = {}
        self._told: list[list[_Treaty]] = []
        years: dict[str, set[str | None]] = defaultdict(set)
        for treaty in named:
            years[treaty.article].add(treaty.year)
        for treaty in named:
            fitting = [n for n, told in enumerate(self._told) if all(_is_one(treaty, one, years) for one in told)]
            if not fitting:
                fitting = [len(self._told)]
                self._told.append([])
            self._told[fitting[0]].append(treaty)
            self._of[treaty] = fitting[0]

    def number(self, treaty: _Treaty) -> int | None:
        """Of a treaty by its full name, or of the only one that other words can mean."""
        if treaty.words:
            return self._of[treaty]
        meant = [n for n, told in enumerate(self._told) if any(_may_be(treaty, one) for one in told)]
        before = [
            n for n in meant if any(one.article == treaty.article and one.start < treaty.start for one in self._told[n])
        ]
        chosen = before or meant
        return chosen[0] if len(chosen) == 1 else None


def _is_one(a: _Treaty, b: _Treaty, years: dict[str, set[str | None]]) -> bool:
    if a.noun != b.noun or a.words != b.words:
        return False
    if a.year == b.year or None in (a.year, b.year):
        return True
    return not any({a.year, b.year} <= told for told in years.values())


def _is_before(one: _Treaty, other: _Treaty) -> bool:
    return one.article == other.article and one.start < other.start


def _may_be(pointer: _Treaty, named: _Treaty) -> bool:
    return pointer.noun in ("", named.noun) and (pointer.year is None or pointer.year == named.year)


def _read(corpus: Corpus, group: Group, telling: Telling) -> _Treaty | None:
    """The treaty of a telling; None where its words hold no word for one."""
    name = str(telling.attributes.get("name") or "")
    noun = _nouns().search(name)
    said = name if noun else _pointer(corpus, telling)
    if said is None:
        return None
    found = noun or _nouns().search(said)
    year = telling.attributes.get("year") if noun else None
    dated = _YEAR.search(said)
    return _Treaty(
        noun=found[0].lower() if found else "",
        words=frozenset(fold(_YEAR.sub(" ", name)).split()) - _SMALL - {fold(noun[0])} if noun else frozenset(),
        year=str(year) if year else dated[0] if dated else None,
        article=telling.article,
        start=telling.content[0].start,
        group=group.id,
    )


def _pointer(corpus: Corpus, telling: Telling) -> str | None:
    """The words by which a telling, or its sentence before it, points to a treaty without its name."""
    start = telling.content[0].start
    near = corpus.texts[telling.annotation.text].body[max(0, start - _FAR) : start]
    begins = [match.end() for match in SENTENCE_END.finditer(near)]
    found = _POINTER.search(near[begins[-1] if begins else 0 :] + words_of(telling))
    return found[0] if found else None


@cache
def _nouns() -> re.Pattern[str]:
    words = next(read_list(row["words"]) for row in read_table("act_words") if row["class"] == "pact")
    return re.compile(rf"\b(?:{'|'.join(sorted((*words, *_MORE), key=len, reverse=True))})\b", re.IGNORECASE)


_MORE = ("understanding", "final act", "covenant", "compact", "statute", "accords", "document")
# "recites the declaration of 1992", "under the 1996 treaty", "the same article", "Article 7"
_POINTER = re.compile(
    r"\b(?:the|that|this)\s+(?:(?:1[89]|20)\d\d\s+)?"
    r"(?:treaty|convention|declaration|protocol|memorandum|accords?|pact|charter|covenant|understanding|statute)"
    r"(?:\s+of\s+(?:1[89]|20)\d\d)?(?!\s+(?:of|on|with|between)\b)"
    r"|\bArticle\s+\d+\b(?!\s+of\b)|\bthe\s+same\s+article\b",
    re.IGNORECASE,
)
