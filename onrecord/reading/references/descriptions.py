"""Descriptions: what a text calls somebody or some body beside its name, before it or after it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon.tables import read_table
from onrecord.model import Name, Office, Span
from onrecord.reading.callings import (
    RANKS,
    body_nouns,
    canonical,
    described,
    ends_phrase,
    gender_of_word,
    is_spoken,
    office_keys,
    person_nouns,
)
from onrecord.reading.page import Page
from onrecord.reading.words import words_of

_TOKEN = re.compile(r"\w[\w’'.-]*|[^\w\s]")
_AFTER = re.compile(r"\s?[,–—(-]\s?([^,.;:–—()“”«»\"\n]{3,140})(?=[,.;:–—()]|\s[–—-]|$)")
_LEADS = re.compile(
    r"who\s(?:has\s|had\s)?(?:(?P<is>is|was)\s|(?P<leads>leads|led|heads|headed|runs|chairs|chaired)\s)"
)
_POSSESSIVE = re.compile(r"[’']s?$")
_OWNS = re.compile(r"[’']s?\s")
_DETERMINERS = frozenset(("the", "a", "an", "his", "her", "its", "their", "our", "my", "one", "this", "another"))
_JOINS = ("of", "for", "in", "at", "to", "from")  # "the ministry's spokesman in Vald, Jon Ek"
_NAMED = frozenset(("named", "called"))
_BACK = 120  # code points before a name in which its description stands
_PORTFOLIOS = frozenset(("minister", "secretary", "commissioner", "ministry"))
_PARTY_STEM = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: the words of its head in lower case, and whose it is, as names and capitalised words.

    ``of`` are the plain words after "of" or "for": "water" in "the minister of water".
    """

    words: tuple[str, ...]
    whose: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Description:
    """A phrase that a text uses of the bearer of ``name``, named at ``span``; all of it from ``start`` to ``end``."""

    name: str
    phrase: Phrase
    span: Span
    start: int
    end: int


def find_descriptions(page: Page, names: Sequence[Name]) -> tuple[Description, ...]:
    """What the text calls its people and bodies, in order: offices, words before their names, words after them."""
    found = [*_from_offices(page)]
    starts = [name.span.start for name in names]
    for sentence in page.sentences:
        limit = sentence.start
        for name in names[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]:
            if name.kind in ("place", "group") or name.adjective:
                continue
            if own := _in_name(name):
                found.append(Description(name.name, own, name.span, name.span.start, name.span.end))
            for phrase, start in _before(page, names, name, limit):
                found.append(Description(name.name, phrase, name.span, start, name.span.end))
            if after := _after(page, names, name, sentence.end):
                found.append(Description(name.name, after[0], name.span, name.span.start, after[1]))
            if name.kind == "person" and not _OWNS.match(page.text.body, name.span.end):
                limit = name.span.end  # "Minister Berg met Minister Ek": what Ek is called begins after Berg
    return tuple(sorted(found, key=lambda one: one.start))


def read_phrase(tokens: Sequence[str], inside: Iterable[Name]) -> Phrase | None:
    """The phrase that tokens make, a determiner left out; ``inside`` are the names in it. None where it has no head.

    >>> read_phrase(["the", "Sudmark", "minister", "of", "water"], [])
    Phrase(words=('minister',), whose=frozenset({'Sudmark'}), of=frozenset({'water'}))
    """
    whose = {name.name for name in inside}
    words: list[str] = []
    of: set[str] = set()
    after_of = False
    for token in tokens:
        lower = token.lower()
        if not token[0].isalnum() or lower in _DETERMINERS or (not words and lower in ("same", "own", "very", "late")):
            continue
        if lower in ("of", "for"):
            after_of = True
        elif lower in ends_phrase() or lower in ("and", "or"):
            break
        elif _POSSESSIVE.search(token) and token[0].isupper():
            whose.add(_POSSESSIVE.sub("", token))
        elif token[0].isupper() and not _is_title(lower):
            whose.add(token)
        elif after_of:
            of.add(lower)
        elif _POSSESSIVE.search(token):
            words.clear()  # "the seamen's union": the union
        else:
            words.append(lower)
    return Phrase(tuple(words), frozenset(whose), frozenset(of)) if words else None


def fits(called: Phrase, told: Phrase) -> bool:
    """Whether one whom the text has called ``told`` can be meant by ``called``.

    "the minister" can be the foreign minister, not the prime minister nor the deputy foreign minister; "the Sudmark
    minister" nobody's of Norland; "the water minister" the minister of water, not the minister of trade.
    """
    words, known = canonical(called.words), canonical(told.words)
    head = words[-1]
    if called.whose and told.whose and not same_party(called.whose, told.whose):
        return False
    if set(words) & RANKS != set(known) & RANKS and not (
        set(known) & RANKS == {"prime"} and head in ("leader", "head")
    ):
        return False
    if head not in known or any(word in person_nouns() for word in known[known.index(head) + 1 :]):
        row = described().get(" ".join(called.words)) or described().get(called.words[-1])
        ends = row["fits"].split("|") if row and row["fits"] and row["kind"] == "person" else []
        return any(" ".join(known).endswith(end) for end in ends)
    if head in _PORTFOLIOS:
        return set(words[:-1]) <= {*known, *told.of}
    return True


def same_party(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of names share a state or body: "Russian", "Ministry of Foreign Affairs of Russia"."""
    return any(
        a == b or a.endswith("of " + b) or b.endswith("of " + a) or _stem(a) == _stem(b) for a in one for b in other
    )


def _stem(name: str) -> str:
    """ "Tamri" and "Tamrin" are of one place."""
    word = name.split()[-1].casefold()
    return word[:_PARTY_STEM] if len(word) >= _PARTY_STEM else word


def _is_title(lower: str) -> bool:
    return lower in _title_words() or lower in person_nouns() or lower in body_nouns() or lower in RANKS


@cache
def _title_words() -> frozenset[str]:
    return frozenset(word for form in office_keys() for word in form.split()) - {"of", "the", "for"}


def _from_offices(page: Page) -> Iterator[Description]:
    at = {name.span: name for name in page.all(Name)}
    for office in page.all(Office):
        holder = at.get(office.holder) if office.holder else None
        if holder is not None:
            of = at.get(office.of) if office.of else None
            whose = frozenset({of.name}) if of else frozenset()
            words = tuple(office.title.lower().split())
            phrase = read_phrase(words, [of] if of else []) or Phrase(words, whose)
            yield Description(holder.name, phrase, holder.span, office.span.start, office.span.end)


def _in_name(name: Name) -> Phrase | None:
    """The title that a name begins with: "Inspector Ulrike Sand"."""
    words = name.span.exact.split()
    known = len(words) > 1 and name.kind == "person" and words[0].lower() in person_nouns()
    return Phrase((words[0].lower(),)) if known else None


def _before(page: Page, names: Sequence[Name], name: Name, limit: int) -> Iterator[tuple[Phrase, int]]:
    """ "the former wrestler Ek", "a lawyer named Ek", "the head of the union, Ek", "The envoy, General Jon Ek".

    Each phrase with where it starts; the one right before the name first, then one that a comma parts from it.
    """
    start = max(limit, name.span.start - _BACK)
    tokens = list(_TOKEN.finditer(page.text.body, start, name.span.start))
    while tokens and tokens[-1].group().rstrip(".") in _honorifics():
        tokens.pop()
    apart = bool(tokens) and tokens[-1].group() == ","
    for _ in range(2):
        if tokens and (apart or tokens[-1].group() in _NAMED):
            tokens.pop()
        if not tokens or tokens[-1].group().lower() in _DETERMINERS | {"of", "for"}:
            return  # "the owner of Radio Vald": what owns is not the radio
        first, determined = _phrase_start(tokens, _JOINS if apart else _JOINS[:2])
        if first is None:
            return
        words = [token.group() for token in tokens[first:]]
        determined = determined or (first == 0 and start == limit and bool(words) and _is_title(words[0].lower()))
        if not words or not (determined or (not apart and words[-1].lower() in person_nouns())):
            return
        phrase = read_phrase(words, _inside(names, tokens[first].start(), name.span.start))
        if phrase and not (apart and name.kind == "person" and phrase.words[-1] not in person_nouns()):
            yield phrase, tokens[first].start()
        tokens = tokens[:first]
        if apart or not tokens or tokens[-1].group() != ",":
            return
        apart = True


def _phrase_start(tokens: Sequence[re.Match[str]], joins: Sequence[str]) -> tuple[int | None, bool]:
    """Where the noun phrase that ends the tokens begins, and whether a determiner or owner begins it.

    "the head of the seamen's union" is one phrase, "the reaction of Tashret's consul" ends in another: the nearest that
    is a person counts. None where it may be either: "the press secretary of the president Ivan Orlov".
    """
    nearest: int | None = None
    first = len(tokens)
    while first > 0:
        word = tokens[first - 1].group()
        lower = word.lower()
        if not word[0].isalnum() or is_spoken(lower) or lower == "and":
            break
        if lower in ends_phrase() - _DETERMINERS and (lower not in joins or first == len(tokens)):
            break
        first -= 1
        if lower in _DETERMINERS or (_POSSESSIVE.search(word) and word[0].isupper()):
            if first > 0 and tokens[first - 1].group() in joins:
                nearest = first if nearest is None and _is_person(tokens[-1]) else nearest
                continue
            ahead = next((i for i in range(first, len(tokens)) if tokens[i].group() in joins), len(tokens))
            if nearest is not None:
                return (None, False) if _is_person(tokens[ahead - 1]) else (nearest, True)
            return first, True
    return (nearest, True) if nearest is not None else (first, False)


def _is_person(token: re.Match[str]) -> bool:
    return token.group().lower() in person_nouns()


@cache
def _honorifics() -> frozenset[str]:
    rows = [row for row in read_table("offices") if row["kind"] == "honorific"]
    return frozenset(row["title"] for row in rows) | {word.capitalize() for word in gender_of_word()}


def _after(page: Page, names: Sequence[Name], name: Name, limit: int) -> tuple[Phrase, int] | None:
    """ "Ek, the envoy of Norland", "Ek, Norland's envoy", "Ek (head of the delegation)", "Ek, who leads the party"."""
    match = _AFTER.match(page.text.body, name.span.end, limit)
    if match is None or (name.kind != "person" and not match.group().startswith(",")):
        return None
    start = match.start(1)
    relative = _LEADS.match(match.group(1))
    if relative:
        start += relative.end()
    tokens = _TOKEN.findall(page.text.body, start, match.end(1))
    if relative and relative["leads"]:
        tokens = ["head", "of", *tokens]
    if not tokens or not _is_apposition(tokens) or _person_at(names, start):
        return None
    phrase = read_phrase(_noun_phrase(tokens), _inside(names, start, match.end(1)))
    return (phrase, match.end()) if phrase else None


def _is_apposition(tokens: Sequence[str]) -> bool:
    """Whether the words after a name's comma are a noun phrase: not "met Ek, the minister said", a new clause."""
    first = tokens[0].lower()
    if first in ends_phrase() - _DETERMINERS:
        return False
    if any(is_spoken(token.lower()) or token in words_of("auxiliary") for token in tokens):
        return False
    owned = tokens[0][0].isupper() and bool(_POSSESSIVE.search(tokens[0]))
    if first in _DETERMINERS or owned:
        return True
    # "Ek, skipper of the Rosa", but not "Ek, met the envoy"
    head = next((i for i, token in enumerate(tokens[:4]) if token.lower() in person_nouns()), None)
    return head is not None and not any(token.lower() in _DETERMINERS for token in tokens[:head])


def _noun_phrase(tokens: list[str]) -> list[str]:
    """The tokens without what follows the noun: "a teacher" of "a teacher taken in the winter"."""
    last = max((i for i, token in enumerate(tokens[:6]) if token.lower() in person_nouns()), default=None)
    if last is None or any(token in ("of", "for") for token in tokens[:last]):
        return tokens
    return tokens[: None if tokens[last + 1 : last + 2] in (["of"], ["for"]) else last + 1]


def _person_at(names: Sequence[Name], start: int) -> bool:
    place = bisect_left(names, start, key=lambda n: n.span.start)
    return place < len(names) and names[place].span.start == start and names[place].kind == "person"


def _inside(names: Sequence[Name], start: int, end: int) -> list[Name]:
    first = bisect_left(names, start, key=lambda n: n.span.start)
    last = bisect_left(names, end, key=lambda n: n.span.start)
    return [n for n in names[first:last] if n.kind in ("state", "body", "organisation")]
