"""Which agency an article has its words from, by its own word: a credit in its place, and nowhere else.

A dateline ("VELMIRA, April 20 (LPA) -"), the line that ends the article ("(LPA)", "Source: LPA"), a byline ("By LPA"),
the author or the outlet of the metadata. "Berg told LPA" quotes a medium, and a picture's credit is the picture's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.linking.order import article_order
from onrecord.linking.organisations import same_organisation
from onrecord.model import Article, Corpus, Credit, Role, Span, Text

_AGENCY = r"(?P<agency>[A-Z][\w&.-]*(?:[ ][A-Z][\w&.-]*){0,3})"
_INITIALS = r"(?P<agency>[A-Z][A-Z&.-]{1,6})"
_CITY = r"[A-Z][^\W\d_]*(?:[ -][A-Z]?[^\W\d_]+){0,3}"
_DAY = r"(?:[A-Za-z]{3,9}\.?,? ?\d{1,2}|\d{1,2}\.? [A-Za-z]{3,9}\.?)(?:,? \d{4})?"
_DATELINES = (
    # VELMIRA, April 20 (LPA) - ...; (LPA) - ...
    re.compile(rf"(?:{_CITY}(?:, {_CITY})?(?:, {_DAY})?\.? )?[(/]{_AGENCY}[)/] ?[-–—:]"),
    # VELMIRA, April 20. /LPA/. ...
    re.compile(rf"{_CITY}(?:, {_CITY})?(?:, {_DAY})?\. /{_AGENCY}/\.?"),
    # April 20 (LPA): ...; LPA, VELMIRA, April 20 - ...
    re.compile(rf"{_DAY} \({_AGENCY}\)[ :.-]"),
    re.compile(rf"{_INITIALS}, {_CITY}, {_DAY}[ .]*[-–—]"),
)
_TAILS = (
    re.compile(rf"[(/\[]{_AGENCY}[)/\]]\.?"),
    re.compile(rf"[-–—] ?{_AGENCY}\.?"),
    re.compile(rf"(?:[Ss]ource|SOURCE|[Cc]redit|[Tt]ext|[Aa]gency)s?: ?{_AGENCY}\.?"),
    re.compile(rf"[(\[]?(?:With|with|Based on)(?: \w+)* (?:from|by|of) {_AGENCY}\.?[)\]]?"),
)
_BYLINE = re.compile(rf"(?:[Bb]y|BY|From) {_AGENCY}(?: staff| reporters?)?\.?")
_SHORT = re.compile(r"[A-Z][A-Z&.-]{1,6}")
_SAYS_AGENCY = re.compile(r"(?i)\b(?:agency|wire|press service|news service|newswire)\b")
# What stands in an agency's place and is none: "(Update) - ...", "May 5 (Monday) - ...".
_NO_AGENCY = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Updat|Correct|Opinion|Editorial|Analysis|Video|Photo|Picture|Live|"
    r"Exclusive|Breaking|Column|Comment|Interview|Watch|Read)"
)
_HEAD, _TAIL = 4, 4  # paragraphs from the start and from the end where a credit may stand


@dataclass(frozen=True, slots=True)
class _Found:
    """A credit as it stands."""

    article: Article
    words: str
    span: Span | None
    why: str


def find_credits(corpus: Corpus) -> tuple[Credit, ...]:
    """At most one credit an article, in their order; agencies under one name: "LPA" is "Lantern Press Agency".

    An article of an agency itself is credited to it where others credit it, or where its name says what it is.
    """
    articles = sorted(corpus.articles, key=article_order)
    credited = {article.id: found for article in articles if (found := _credit(corpus, article))}
    spoken = {found.words for found in credited.values()}
    for article in articles:
        if article.id in credited or not article.outlet:
            continue
        if _SAYS_AGENCY.search(article.outlet) or any(_is_same(article.outlet, agency) for agency in spoken):
            credited[article.id] = _Found(article, article.outlet, None, "published by the agency itself")
    outlets = [a.outlet for a in articles if a.outlet and any(_is_same(a.outlet, agency) for agency in spoken)]
    names = _names([*(found.words for found in credited.values()), *outlets])
    return tuple(
        Credit(article.id, names[found.words], found.span, found.why)
        for article in articles
        if (found := credited.get(article.id))
    )


def _names(spoken: Sequence[str]) -> dict[str, str]:
    """The longest name of each agency, by every name it is called."""
    longest: dict[str, str] = {}
    for name in sorted(dict.fromkeys(spoken), key=lambda name: (-len(name), name)):
        longest[name] = next((other for other in longest.values() if _is_same(name, other)), name)
    return longest


def _is_same(a: str, b: str) -> bool:
    return same_organisation(a, b).match or any(
        _SHORT.fullmatch(short) and short.replace(".", "") == "".join(word[0] for word in long.split())
        for short, long in ((a, b), (b, a))
    )


def _credit(corpus: Corpus, article: Article) -> _Found | None:
    text = corpus.texts[article.text]
    roles = corpus.all(article.text, Role)
    paragraphs = list(_paragraphs(text))
    for start, line in paragraphs[:_HEAD]:
        for pattern in _DATELINES:
            found = pattern.match(line)
            if found and not _NO_AGENCY.match(found["agency"]):
                return _Found(article, found["agency"], _span(text, start, found), "the dateline")
    for role in roles:
        if role.role == "byline" and (found := _BYLINE.match(role.span.exact)) and _is_agency(found["agency"]):
            return _Found(article, found["agency"], _span(text, role.span.start, found), "the byline")
    pictures = [role.span for role in roles if role.role in ("caption", "credit", "embed")]
    last = [(start, line) for start, line in paragraphs if not any(s.start <= start < s.end for s in pictures)]
    for start, line in last[-_TAIL:]:
        for pattern in _TAILS:
            found = pattern.fullmatch(line)
            if found and _is_agency(found["agency"]):
                return _Found(article, found["agency"], _span(text, start, found), "the line that ends the article")
    if article.author and _is_agency(article.author):
        return _Found(article, article.author, None, "the author in the metadata")
    return None


def _is_agency(name: str) -> bool:
    """Whether a name alone tells an agency: initials ("LPA"), or a word that says so."""
    return bool(_SHORT.fullmatch(name) or _SAYS_AGENCY.search(name))


def _paragraphs(text: Text) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.body.splitlines(keepends=True):
        words = line.strip()
        if words:
            yield start + line.index(words), words
        start += len(line)


def _span(text: Text, start: int, found: re.Match[str]) -> Span:
    return text.span(start + found.start("agency"), start + found.end("agency"))
