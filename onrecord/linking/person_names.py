"""Names of people as they are compared: the words that tell people apart, and what their print says of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, takewhile

from onrecord.lexicon.tables import read_table
from onrecord.linking.chinese import readings
from onrecord.linking.remembered import remembered
from onrecord.linking.spelling import fold, latin

_LONGEST = 12  # words; nobody's name has more, and pairing costs their square
_SUFFIX = re.compile(r",?\s*\b(?:phd|esq|obe|cbe|ret|ret'd)\b\.?|\bH\.\s?[EHM]\.", re.IGNORECASE)
_YOUNGER = re.compile(
    r",?[\s\-]*\b(?:jr|junior|filho|fils|hijo|mladshiy|the younger|младший|молодший)\b\.?", re.IGNORECASE
)
_ELDER = re.compile(r",?[\s\-]*\b(?:sr|senior|père|starshiy|the elder|старший)\b\.?$", re.IGNORECASE)
_PATRONYMIC = re.compile(
    r"\w{2}(?:[oei]vich|[oei]vych|[oei]vitch|owitsch|ewitsch|owicz|[oei]vna|[oi]wna|ilyich|ilich|inichna)$"
)
_SON_OF = frozenset(("bin", "ibn", "ben", "bint", "bn"))
_ASIDE = re.compile(r"\([^)]*\)|[\"“”„«][^\"“”„«»]*[\"“”»]")
_SCRIPTS = {
    "han": re.compile(r"[\u3400-\u9fff]"),
    "hangul": re.compile(r"[\uac00-\ud7a3]"),
    "hebrew": re.compile(r"[\u0590-\u05ff]"),
    "arabic": re.compile(r"[\u0600-\u06ff]"),
    "cyrillic": re.compile(r"[\u0400-\u04ff]"),
}
_SERVANT = frozenset(("abd", "abdul", "abdel", "abdal", "abdol", "abdur", "abdus", "bd"))
_JOINED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_HYPHENED = re.compile(r"\w+ [A-Z]\w{1,5}-[a-z]\w{0,4}$|^[A-Z]\w{1,5}-[a-z]\w{0,4} \w+$")
_SYLLABLE = re.compile(r"[A-Z][a-z]*")
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name as it is compared: folded words, none of them a title or a particle."""

    words: tuple[str, ...]
    family: int | None  # the word that is printed as the family name, where the print says so
    script: (
        str  # "latin", "cyrillic", "arabic", "hebrew", "han", "foreign han" (a foreign name in it), "hangul", "other"
    )
    fathers: frozenset[str] = frozenset()  # the words that are a patronymic
    generation: str = ""  # "younger", "elder"
    chinese: frozenset[tuple[str, ...]] = frozenset()  # how it reads in pinyin, if it can be Chinese
    hyphened: bool = False  # a given name as Wade-Giles and Korean spellings write it: "Chia-pao"
    particles: tuple[str, ...] = ()  # those before the surname: "von der" Leyen


def surname_of(name: str) -> str:
    """The folded surname: the last word, or the first before a comma, with no honorific and no particle.

    >>> surname_of("Mr. Jan de Wit")
    'wit'
    """
    person = parse_name(name)
    return person.words[-1 if person.family is None else person.family] if person else ""


def is_surname(name: str) -> bool:
    """Whether a name is no more than a surname, as far as its words tell.

    >>> is_surname("von der Leyen"), is_surname("al-Assad"), is_surname("Jan de Wit")
    (True, True, False)
    """
    person = parse_name(name)
    if person is None or person.chinese:
        return False
    only_particles = person.words[:-1] == person.particles and person.words[0] not in given_names()
    return len(person.words) == 1 or only_particles


@remembered(2**16)
def parse_name(name: str) -> Parsed | None:
    """The words of a name that tell people apart, and what its print says of them; None for a name without letters."""
    generation = "younger" if _YOUNGER.search(name) else "elder" if _ELDER.search(name) else ""
    plain = _ELDER.sub("", _YOUNGER.sub("", _SUFFIX.sub(" ", _ASIDE.sub(" ", name)))).strip() or name
    script = _script(plain)
    if script in ("han", "hangul"):
        syllables = [part.lower() for part in _SYLLABLE.findall(latin(plain.replace(" ", "")))]
        told = syllables[0], "".join(syllables[1:])
        return Parsed(told, 0, script, chinese=readings(plain.replace(" ", ""))) if len(syllables) > 1 else None
    head, comma, tail = plain.partition(",")
    comma = comma if set(fold(latin(tail)).split()) - _words("honorific") else ""
    if comma:
        plain = f"{tail} {head}"
    spaced = re.sub("[·・]", " ", plain)
    spaced = _JOINED.sub(" ", spaced) if " " not in spaced.strip() else spaced
    chinese = readings(_untitled(plain))
    words, fathers, particles = _cut(latin(spaced), bool(chinese))
    if not words:
        return None
    marked = [word for word in spaced.split() if len(word) > 2 and word.isupper()]
    family = None
    if comma:
        family = len(words) - 1
    elif len(marked) == 1 and len(spaced.split()) > 1 and (shouted := fold(latin(marked[0]))) in words:
        family = words.index(shouted)
    elif len(words) == 3 and words[2] in fathers and _PATRONYMIC.search(words[2]):
        family = 0  # "Petrov Aleksandr Ivanovich"
    hyphened = bool(_HYPHENED.search(plain))
    if hyphened and len(words) == 3 and family is None:  # "Yoon Seok-ho", "Seok-ho Yoon": the given name is the pair
        family = 0 if "-" in plain.split()[-1] else 2
    return Parsed(words, family, script, frozenset(fathers), generation, chinese, hyphened, particles)


def _untitled(name: str) -> str:
    return " ".join(word for word in name.split() if fold(word) not in _words("honorific") | _words("title"))


def _script(name: str) -> str:
    first = next((letter for letter in name if letter.isalpha()), "")
    for script, letters in _SCRIPTS.items():
        if letters.match(first):
            short = len(re.findall(r"\w", name)) <= 4 and not re.search("[·・]", name)
            if (script == "han" and not short) or (script == "hangul" and " " in name.strip()):
                return "foreign " + script
            return script
    return "latin" if not first or latin(first) == first else "other"


def _cut(name: str, chinese: bool) -> tuple[tuple[str, ...], set[str], tuple[str, ...]]:
    """The words of a name that tell people apart, which of them are a father's name, and the particles before the last.

    "von der Leyen" is a surname alone; "Al Gore" and "al-Assad" may be either, as "Le Duan" may, and keep both words.
    """
    words = fold(_spread(name)).split()
    kept = [word for word in words if word not in _words("honorific")] or words[-1:]
    if "of" in kept[2:]:
        kept = kept[: kept.index("of", 2)]  # "Baroness Margaret Oakenshaw of Tilbrook"
    while len(kept) > 2 and kept[0] in _words("title"):
        kept.pop(0)
    while len(kept) > 2 and kept[-1] in _words("letters"):
        kept.pop()
    if len(kept) == 2 and kept[0] in _words("title") and kept[0] not in given_names():
        kept.pop(0)
    particles = _particles_before_last(kept)
    alone = 0 < len(particles) == len(kept) - 1 and kept[-1] not in _particles()
    alone = alone and not chinese and not (len(particles) == 1 and particles[0] in _words("given particle"))
    fathers = {word for place, (before, word) in enumerate(pairwise(kept)) if before in _SON_OF and (place or alone)}
    slavic = [word for word in kept[1:] if _PATRONYMIC.search(word)] if len(kept) > 2 else []
    fathers |= set(slavic[:1])
    bare = [word for place, word in enumerate(kept) if word not in _particles() or (word == "ben" and not place)]
    bare = bare if alone or len(bare) > 1 or len(kept) == 1 else kept
    told = tuple(_with_servant(bare))[:_LONGEST]
    return told, {w for w in told if w in fathers or (w.startswith("abd") and fathers & _SERVANT)}, particles


def _particles_before_last(words: Sequence[str]) -> tuple[str, ...]:
    before = list(takewhile(_particles().__contains__, reversed(words[:-1])))
    return tuple(reversed(before))


@cache
def _particles() -> frozenset[str]:
    return _words("particle") | _words("given particle")


def _spread(name: str) -> str:
    """Initials that are written together, apart: "S.V. Lavrov", "JC Juncker"."""
    words = []
    for word in name.split():
        bare = word.strip(".,")
        initials = bare.isupper() and bare.isalpha() and len(bare) == 2 and not set(bare.lower()) & set(_VOWELS + "y")
        words.append(" ".join(bare) if initials and not name.isupper() else word.replace(".", ". "))
    return " ".join(words)


def _with_servant(words: list[str]) -> Iterator[str]:
    """ "Abd al-Rahman", "Abdul Rahman" and "Abdelrahman" are one word."""
    waiting = False
    for word in words:
        if word in _SERVANT:
            waiting = True
            continue
        whole = re.match(r"abd(?:[aeou]l|[aeou](?=r))(?=\w{4})", word)
        yield "abd" + word[whole.end() :] if whole else ("abd" + word if waiting else word)
        waiting = False
    if waiting:
        yield "abd"


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("name_parts") if row["class"] == kind)


@cache
def given_names() -> dict[str, str]:
    """Given names and their gender."""
    return {fold(row["name"]): row["gender"] for row in read_table("first_names")}
