"""How a Chinese name reads in pinyin, whichever of the systems of romanisation it is printed in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from onrecord.lexicon.tables import read_table
from onrecord.linking.remembered import remembered
from onrecord.linking.spelling import fold, latin

_HAN = re.compile(r"[\u3400-\u9fff]{2,4}")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SYLLABLE = re.compile(r"[A-Z][a-z]*")
_GIVEN = 2  # syllables, at most
_TWO_SYLLABLES = frozenset(  # family names; all others have one
    ("ou yang", "si ma", "si tu", "shang guan", "zhu ge", "huang fu", "dong fang", "mu rong", "ling hu", "gong sun")
)


@remembered(2**14)
def readings(name: str) -> frozenset[tuple[str, ...]]:
    """The syllables of the name in pinyin, family name first; none where it cannot be a Chinese name.

    Several where the print leaves it open: without its apostrophes, Wade-Giles writes "ji" and "qi" alike; and a name
    of two words may have the family name last.

    >>> readings("Guoqiang Huang") & readings("Huang Kuo-ch'iang") == readings("Хуан Гоцян")
    True
    >>> readings("Robert Whitlocke")
    frozenset()
    """
    if _HAN.fullmatch(name):
        return frozenset([tuple(syllable.lower() for syllable in _SYLLABLE.findall(latin(name)))])
    if _CYRILLIC.match(name):
        return _read(name.lower().replace("і", "и").replace("е", "э").split(), "palladius")
    words = name.replace("’", "'").split()
    hyphened = any("-" in word for word in words)
    pinyin = _read([fold(word) for word in words], "pinyin")
    # The systems write many syllables alike; only the hyphen, or a syllable that pinyin lacks, tells Wade-Giles.
    return pinyin if pinyin and not hyphened else pinyin | _read([fold(word) for word in words], "wade_giles")


def _read(words: list[str], system: str) -> frozenset[tuple[str, ...]]:
    if len(words) not in (2, 3) or any(len(word) > 14 for word in words):
        return frozenset()
    ways = [tuple(_syllables(word.replace(" ", ""), system)) for word in words]
    found: set[tuple[str, ...]] = set()
    orders = (ways, ways[-1:] + ways[:-1])
    for order in orders:
        families = [one for one in order[0] if len(one) == 1 or " ".join(one) in _TWO_SYLLABLES]
        given = [sum(chosen, ()) for chosen in product(*order[1:])]
        found |= {family + rest for family in families for rest in given if len(rest) <= _GIVEN}
    return frozenset(found)


def _syllables(word: str, system: str) -> Iterator[tuple[str, ...]]:
    """The word as one or two syllables of the system, in pinyin."""
    table = _table(system)
    yield from ((one,) for one in table.get(word, ()))
    for cut in range(1, len(word)):
        for one in table.get(word[:cut], ()):
            yield from ((one, other) for other in table.get(word[cut:], ()))


@cache
def _table(system: str) -> dict[str, frozenset[str]]:
    """What a syllable of the system stands for, in pinyin without its marks."""
    table: dict[str, frozenset[str]] = {}
    for row in read_table("chinese_syllables"):
        written = row[system].replace("е", "э") if system == "palladius" else fold(row[system])
        ways = (written, written.replace("ts", "tz")) if system == "wade_giles" else (written,)
        for way in ways:
            table[way] = table.get(way, frozenset()) | {fold(row["pinyin"])}
    return table
