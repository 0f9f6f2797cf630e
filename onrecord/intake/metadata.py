"""What a file says about an article besides its words: outlet, date, address, title, author, language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from onrecord.errors import WhenError
from onrecord.model import When

KEYS = ("outlet", "published", "url", "title", "author", "language")
UNREADABLE_DATE = "published-unreadable"

_ABSENT = frozenset({"", "null", "none", "nan", "n/a"})  # news-please and pandas write these for "not known"
_LONGEST = 1_000
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\s?\d{1,2}:\d{2}.{0,40})?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}.{0,10})?")
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DAY_FIRST = re.compile(
    rf"(?:[A-Za-z]{{3,9}},?\s+)?(?P<day>\d{{1,2}})[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})\b.{{0,40}}"
)
# /2022/01/26/, /2022/1/26/, -2022-01-26-, /20220126-
_DAY_IN_ADDRESS = re.compile(
    r"(?<=[/_-])(?P<year>(?:19[89]|20\d)\d)(?:[/_-](?P<month>\d{1,2})[/_-](?P<day>\d{1,2})|(?P<m>\d\d)(?P<d>\d\d))(?!\d)"
)
_MONTH_IN_ADDRESS = re.compile(r"/((?:19[89]|20\d)\d)/(\d{2})/")
_MONTH_FIRST = re.compile(rf"(?:[A-Za-z]{{3,9}},?\s+)?{_MONTH}\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})\b.{{0,40}}")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is said about one article, as words; None: not said."""

    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    language: str | None = None

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Metadata:
        """The metadata in a mapping with (some of) the six keys.

        >>> Metadata.of({"outlet": " Varland Herald ", "author": "NULL"})
        Metadata(outlet='Varland Herald', published=None, url=None, title=None, author=None, language=None)
        """
        return cls(**{key: read_words(values.get(key)) for key in KEYS})

    def or_else(self, other: Metadata) -> Metadata:
        """These values, and those of ``other`` for what is not said here."""
        return Metadata(**{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)})

    def only(self, *keys: str) -> Metadata:
        """The values of these keys alone."""
        return Metadata(**{key: getattr(self, key) for key in keys})


def read_words(value: object) -> str | None:
    """A metadata value on one line; None where it says nothing ("", "NULL", None).

    Of a list, its parts joined by ", ": news-please and newspaper4k give the authors as one.

    >>> read_words(["Anna Berg", "Jon Ek"])
    'Anna Berg, Jon Ek'
    """
    if isinstance(value, list | tuple):
        parts = [words for words in map(read_words, value) if words]
        return ", ".join(parts)[:_LONGEST] or None
    if value is None or isinstance(value, bool | Mapping):
        return None
    words = " ".join(make_storable(str(value)).split())
    return None if words.casefold() in _ABSENT else words[:_LONGEST]


def make_storable(words: str) -> str:
    """The words with lone surrogates and NULs, which neither UTF-8 nor SQLite can hold, each as one U+FFFD.

    >>> make_storable("a\\x00b")
    'a\ufffdb'
    """
    return _UNSTORABLE.sub("\ufffd", words)


_UNSTORABLE = re.compile("[\ud800-\udfff\0]")


def read_published(words: str) -> When | None:
    """The day of publication, as printed in its own offset; None where the words are no date.

    Reads EDTF, ISO 8601, RFC 822 and dates with the month in letters. 01/02/2022 is two different days and is not read.

    >>> read_published("Wed, 26 Jan 2022 23:30:00 -0500").edtf
    '2022-01-26'
    """
    words = words.strip()
    edtf = next((value for value in (_iso(words), _lettered(words), words) if value), words)
    try:
        return When.of(edtf, None, "metadata")
    except WhenError:
        return None


def read_address(url: str) -> When | None:
    """The day, or the month, of publication that an address holds; None where it holds none.

    >>> read_address("https://herald.example/world/2022/01/26/norland-waits").edtf
    '2022-01-26'
    """
    path = url.split("?")[0]
    found = _DAY_IN_ADDRESS.search(path) or _MONTH_IN_ADDRESS.search(path)
    try:
        return When.of("-".join(p.zfill(2) for p in found.groups() if p), None, "metadata") if found else None
    except WhenError:  # 31 February
        return None


def _iso(words: str) -> str | None:
    if found := _ISO_DAY.fullmatch(words):
        return found[1]
    if found := _COMPACT_DAY.fullmatch(words):
        return "-".join(found.groups())
    return None


def _lettered(words: str) -> str | None:
    found = _DAY_FIRST.fullmatch(words) or _MONTH_FIRST.fullmatch(words)
    if not found:
        return None
    word = found["month"].lower().replace("sept", "sep") if len(found["month"]) == 4 else found["month"].lower()
    months = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(word)]
    try:
        return date(int(found["year"]), months[0], int(found["day"])).isoformat() if months else None
    except ValueError:  # 31 February
        return None
