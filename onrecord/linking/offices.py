"""Who held an office on a day: the gazetteer of office holders, asked by state, title and date."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

from onrecord.errors import WhenError
from onrecord.lexicon.tables import read_table
from onrecord.linking.anchors import Anchors
from onrecord.linking.people import same_person
from onrecord.linking.spelling import fold
from onrecord.linking.titles import key_of
from onrecord.model import Article, Corpus, Office, Span
from onrecord.model.when import limits

COLLECTED = date(2022, 7, 1)
"""A term without an end was still running then; what came after, the gazetteer does not know."""
_FIRST = date(1900, 1, 1)
# Where a state's own words for an office are another state's for another one: the key by state, else by title alone.
_HEADS = {"head of state": "president", "head of government": "prime minister", "chancellor": "finance minister"}
_SAID_OF = {"chancellor": ("GB",)}
_MONARCHIES = frozenset(("GB", "CA", "AU", "JP", "SA"))


@dataclass(frozen=True, slots=True)
class Term:
    """Somebody's time in an office; ``since`` and ``until`` are EDTF as the source has them, None where unknown."""

    country: str
    title: str
    holder: str
    wikidata: str
    since: str | None
    until: str | None
    first: date
    last: date
    rank: int = 0

    def covers(self, days: tuple[date, date]) -> bool:
        """Whether it was running on any of the days; the day of a change belongs to both."""
        return self.first <= days[1] and days[0] <= self.last


def find_holders(country: str | None, title: str, days: tuple[date, date]) -> tuple[Term, ...]:
    """Everybody who can have held the office in those days, one term each; one alone is the answer, several are
    candidates.

    Without a state, only a title that one state alone has ("Chancellor of the Exchequer"). After the day on which the
    gazetteer was collected, nobody.

    >>> [term.holder for term in find_holders("RU", "Foreign Minister", (date(2022, 1, 26), date(2022, 1, 26)))]
    ['Sergey Lavrov']
    """
    if days[1] > COLLECTED:
        return ()
    for terms in _kinds_of_office(country, title):
        running = [term for term in terms if term.covers(days)]
        exact = [term for term in running if _bag(term.title) == _bag(title)]
        if running:
            return tuple({term.wikidata: term for term in exact or running}.values())
    return ()


def _bag(title: str) -> frozenset[str]:
    return frozenset(fold(title).replace("defense", "defence").split()) - {"of", "for", "the", "federal"}


def is_named(term: Term, name: str) -> bool:
    """Whether the holder of a term can be somebody of this name; a surname alone is enough, the office says the
    rest.
    """
    return same_person(term.holder.partition(",")[0], name).match


def _kinds_of_office(country: str | None, title: str) -> Iterable[tuple[Term, ...]]:
    """The terms of offices that the title can mean, the likeliest meaning first."""
    plain = fold(title).removeprefix("the ")
    if country is None:
        return (
            [_by_bag().get(_bag(title), ())]
            if len({term.country for term in _by_bag().get(_bag(title), ())}) == 1
            else []
        )
    key, _ = key_of(title)
    found = [_by_title().get((country, plain), ())]
    if (
        key in _HEADS
        and country in _SAID_OF.get(key, (country,))
        and not (key == "head of state" and country in _MONARCHIES)
    ):
        found += [_by_key().get((country, _HEADS[key], rank), ()) for rank in range(2)]
    return [*found, *(_by_key().get((country, key, rank), ()) for rank in range(3))]


@cache
def _terms() -> tuple[tuple[Term, str], ...]:
    """The terms of the gazetteer with the key of their office; a term without an end ends where the next one begins."""
    rows = [(_term(row), row["key"], row["position"]) for row in read_table("office_holders")]
    offices: dict[tuple[str, str, str], list[Term]] = defaultdict(list)
    for term, _, position in rows:
        offices[term.country, position, term.title].append(term)
    ended = []
    for term, key, position in rows:
        after = [
            t.first
            for t in offices[term.country, position, term.title]
            if t.first > term.first and t.wikidata != term.wikidata
        ]
        open_ended = term.until is None and after and not _is_shared(offices[term.country, position, term.title])
        ended.append((replace(term, last=min(after)) if open_ended else term, key))
    return tuple(ended)


def _is_shared(terms: list[Term]) -> bool:
    """Whether several hold the office at once, as judges and ministers of state do."""
    closed = sorted((term for term in terms if term.until), key=lambda term: term.first)
    overlaps = sum((one.last - other.first).days > 60 for one, other in pairwise(closed))
    return 3 * overlaps > len(closed)


def _term(row: Mapping[str, str]) -> Term:
    since, until = row["since"] or None, row["until"] or None
    first, last = _limits(since)[0] or _FIRST, _limits(until)[1] or date.max
    return Term(row["country"], row["title"], row["person"], row["holder"], since, until, first, last, int(row["rank"]))


def _limits(edtf: str | None) -> tuple[date | None, date | None]:
    try:
        return limits(edtf) if edtf else (None, None)
    except WhenError:
        return None, None


@cache
def _by_title() -> Mapping[tuple[str, str], tuple[Term, ...]]:
    found: dict[tuple[str, str], tuple[Term, ...]] = defaultdict(tuple)
    for term, _ in _terms():
        found[term.country, fold(term.title)] += (term,)
    return dict(found)


@cache
def _by_key() -> Mapping[tuple[str, str, int], tuple[Term, ...]]:
    found: dict[tuple[str, str, int], tuple[Term, ...]] = defaultdict(tuple)
    for term, key in _terms():
        found[term.country, key, term.rank] += (term,)
    return dict(found)


@cache
def _by_bag() -> Mapping[frozenset[str], tuple[Term, ...]]:
    found: dict[frozenset[str], tuple[Term, ...]] = defaultdict(tuple)
    for term, _ in _terms():
        found[_bag(term.title)] += (term,)
    return dict(found)


# What makes of an office another one, or none that the gazetteer has.
_NOT_HELD = re.compile(
    r"\b(?:former|ex|then|acting|deputy|next|future|incoming|outgoing|designate|elect|shadow|late|interim|caretaker)\b"
)
_APART = re.compile(r"\band\b|[,;:.\n(]")
_SEVERAL = re.compile(
    r"\b(?:ministers|presidents|premiers|chancellors|secretaries|chiefs|leaders|heads|speakers|governors|ambassadors)\b"
)
_SERVANT = re.compile(
    r"['’]s (?:chief |press |foreign policy "
    r")?(?:spokes\w+|aide|advis[eo]r|wife|husband|office|envoy|deputy|secretary|press)\b"
)
_THEN = re.compile(r"\bthe then\b", re.IGNORECASE)
_FAR = timedelta(days=45)  # a date so far from publication is when the office is meant


def _asked(title: str, name: str, country: str | None) -> tuple[str | None, list[str]]:
    """The state, and the titles in full where what it is an office of says the rest: "head of the Russian foreign
    ministry".
    """
    leads = key_of(title)[0] in ("head", "chief", "leader", "director", "boss")
    ministry = _MINISTRY.match(name)
    seat = next((seat for seat in read_table("seats") if seat["name"] == name), None)
    if seat:
        return seat["country"], [seat["office"] if leads else title]
    if leads and ministry:
        return country, [f"minister of {ministry[1] or ministry[2]}"]
    if leads and name.startswith("Government of "):
        return country, ["prime minister"]
    if fold(title) == "leader" and country in _LED_BY_PRESIDENTS and name in _states():
        return country, ["president"]
    if country is None:
        return None, [f"secretary-general of {name}" if leads else f"{title} of {name}", f"director-general of {name}"]
    if fold(title) == "minister" and name.startswith("Armed Forces"):
        return country, ["defence minister"]
    core = name.partition(" of ")[0] if name.partition(" of ")[0] != "Government" else ""
    return country, [
        *([f"{title} of the {core}"] if (core and fold(core) != fold(name)) or " " not in name else []),
        title,
    ]


_MINISTRY = re.compile(r"Ministry of (?:the )?(.+?)(?: of [A-Z][\w ]+)?$|(.+?) [Mm]inistry(?: of .*)?$")
# States whose "leader" is their president: where the president governs.
_LED_BY_PRESIDENTS = frozenset(
    ["RU", "US", "UA", "FR", "BY", "TR", "SY", "EG", "KZ", "AZ", "AR", "BR", "MX", "ID", "KR", "ZA", "CN"]
)


@cache
def _states() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("states"))


def is_held(body: str, office: Office) -> bool:
    """Whether words name one who is in office: not "the former minister", "the minister's aide", "both ministers"."""
    before = _APART.split(body[max(0, office.span.start - 24) : office.span.start])[-1]
    words = _THEN.sub("", (before + office.span.exact).lower())
    several = _SEVERAL.search(office.title.lower())
    return not (several or _NOT_HELD.search(words) or _SERVANT.match(body, office.span.end))


def keys_of(title: str, name: str, country: str | None) -> tuple[str, ...]:
    """The keys of the offices that a title of something names, of those that one alone holds at a time.

    >>> keys_of("head", "Ministry of Foreign Affairs of Norland", None), keys_of("ambassador", "Norland", None)
    (('foreign minister',), ())
    """
    keys = dict.fromkeys(key_of(asked)[0] for asked in (title, *_asked(title, name, country)[1]))
    return tuple(key for key in keys if key.endswith(" minister") or key in _OF_ONE)


_OF_ONE = frozenset(("president", "prime minister", "monarch", "chancellor", "secretary-general"))


class Holders:
    """Looks up who held the offices that texts name without their holder."""

    def __init__(self, corpus: Corpus, named: Callable[[str, Span], tuple[str, str | None] | None]) -> None:
        """``named`` gives the canonical name of what words of a text name, and the state it is or belongs to, as
        its code.
        """
        self._corpus = corpus
        self._anchors = Anchors(corpus)
        self._named = named

    def of(self, article: Article, office: Office) -> tuple[Term, ...]:
        """Everybody who can have held an office at the date it is meant; empty where that is not known."""
        if not is_held(self._corpus.texts[article.text].body, office):
            return ()
        days = self._days(article, office.span)
        if days is None:
            return ()
        named = self._named(article.text, office.of) if office.of else None
        if office.of and named is None:
            return ()
        if named is None:
            return find_holders(None, office.title, days)
        country, titles = _asked(office.title, *named)
        return next((held for title in titles if (held := find_holders(country, title, days))), ())

    def _days(self, article: Article, place: Span) -> tuple[date, date] | None:
        """When an office is meant: a date of its own sentence far from publication, else publication."""
        published = self._anchors.publication.of(article)
        told = self._anchors.in_sentence(article, place)
        for when in told:
            if (
                when.earliest
                and when.latest
                and (published is None or published.earliest is None or abs(when.earliest - published.earliest) > _FAR)
            ):
                return when.earliest, when.latest
        if published and published.earliest and published.latest:
            return published.earliest, published.latest
        return None
