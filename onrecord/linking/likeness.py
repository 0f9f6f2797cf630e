"""How alike two words of names are: forms of one given name, transliterations, slips, and what no one writes for it."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon.tables import read_list, read_table
from onrecord.linking.person_names import given_names
from onrecord.linking.remembered import remembered
from onrecord.linking.spelling import edits, romanised, skeleton, spells
from onrecord.linking.spellings import learnt

_LIKE, _LIKE_ACROSS = 0.5, 0.2  # nats for each letter, above which two spellings are one name's
_CLEAR = 6  # letters; in a longer word a wrong vowel is a slip
_SHORT = 1.5  # and so much more, shared among its letters
SYLLABLES = re.compile(r"(?:[bcdfghjklmnpqrstwxyz]{0,2}[aeiou]{1,3}(?:ng?|[rlmkpt](?![aeiou]))?){1,2}$")  # "Yongchol"
_VOWELS = "aeiou"
ABJADS = frozenset(("arabic", "hebrew"))
INITIAL = 0.86


def likeness_of(x: str, y: str, script: str, other: str, chinese: bool = False) -> tuple[float, str]:
    """How alike two words of names are, 0 to 1, and in what."""
    if x == y:
        return 1.0, "the same spelling"
    if len(x) == 1 or len(y) == 1:
        same = romanised(x)[:1] == romanised(y)[:1] or x[0] == y[0]
        return (INITIAL, "an initial") if same else (0.0, "")
    if script == other and script not in ("latin", "cyrillic", "other"):
        return 0.0, ""  # in a script that leaves out vowels or sounds, the letters that are there must agree
    if across_scripts(x, y, script, other):
        return 0.9, f"one name in two scripts, {x} and {y}"
    if ABJADS & {script, other}:
        word, abjad = (x, y) if other in ABJADS else (y, x)
        if any(across_scripts(abjad, form, "arabic", "latin") for form in _other_forms(word)):
            return 0.9, f"two forms of one name, {x} and {y}"
        return 0.0, ""
    a, b = romanised(x), romanised(y)
    if groups_of(a) & groups_of(b):
        return 0.95, f"two forms of one name, {x} and {y}"
    if _other_names(x, y):
        return 0.0, ""
    if "han" in (script, other) or chinese:
        return (0.97, f"one name in two spellings, {x} and {y}") if a == b else (0.0, "")
    score, why = _spelling(x, y, script == other)
    if not score and not _vowels_differ(a, b) and not _ending_differs(a, b) and _near(a, b, script == other):
        least = (_LIKE if script == other else _LIKE_ACROSS) + _SHORT / min(len(a), len(b))
        if _are_learnt_alike(x, y, script == other, least):
            return 0.85, f"one name in two spellings, {x} and {y}"
    if not score and (_misspelt_form(a, b) or _misspelt_form(b, a)):
        return 0.85, f"a letter from a form of {y}, {x}"
    return score, why


@remembered(2**16)
def may_be_alike(x: str, y: str) -> bool:
    """Whether two words of one script are near enough to be weighed: ``likeness_of`` is 0 for what is not."""
    if x.startswith(y) or y.startswith(x):
        return True
    a, b = romanised(x), romanised(y)
    if len(x) == 1 or len(y) == 1:
        return a[:1] == b[:1]
    if a == b or groups_of(a) & groups_of(b) or _near(a, b, within=True):
        return True
    return _misspelt_form(a, b) or _misspelt_form(b, a)


def _other_forms(word: str) -> set[str]:
    """What the list of given names has for a name that is no other spelling of it: Ishaq for Isaac."""
    known = romanised(word)
    found = {form for group in groups_of(known) for form in _forms()[group]}
    return {form for form in found if re.sub("[aeiou]", "", form) != re.sub("[aeiou]", "", known)}


def _near(a: str, b: str, within: bool) -> bool:
    """Whether two words have enough in common to be worth weighing: half the letters, across scripts four in ten."""
    longest = max(len(a), len(b))
    most = longest * (5 if within else 6) // 10
    return min(len(a), len(b)) > 2 and edits(a, b, most) <= most


@remembered(2**14)
def _are_learnt_alike(x: str, y: str, within: bool, least: float) -> bool:
    return learnt("within" if within else "across").are_alike(x, y, least)


def _misspelt_form(word: str, name: str) -> bool:
    """ "Segrgey" for "Serhii": a letter from another form of the name, and no name itself."""
    if len(word) < 6 or groups_of(word) or _ending_differs(word, name):
        return False
    return any(edits(word, form, 1) == 1 for group in groups_of(name) for form in _forms()[group] if len(form) > 4)


def _across(x: str, y: str, script: str, other: str) -> bool:
    """Whether a word from a script that does not tell some sounds apart can be the other word."""
    match script:
        case "arabic" | "hebrew":
            return spells(x, y, loose=script == "hebrew" or other in ("arabic", "hebrew"))
        case "hangul" | "foreign hangul":
            return coarse(x) == coarse(y)
        case "han":
            return other == "cyrillic" and coarse(x) == coarse(y)
        case "foreign han":
            heard = {_coarsest(x.replace("j", "g").replace("x", one)) for one in "sh"} - {""}
            return not heard.isdisjoint({_coarsest(re.sub("c(?!h)", one, y)) for one in "ck"})
        case "cyrillic":
            return other == "latin" and bool(SYLLABLES.match(y)) and coarse(x) == coarse(y)
    return False


def across_scripts(x: str, y: str, script: str, other: str) -> bool:
    """Whether two words can be one where either script does not tell some sounds apart."""
    return _across(x, y, script, other) or _across(y, x, other, script)


def _spelling(x: str, y: str, within: bool) -> tuple[float, str]:
    a, b = romanised(x), romanised(y)
    if a == b:
        return 0.97, f"one name in two spellings, {x} and {y}"
    if _variants(a, b, within) or (min(len(a), len(b)) > 4 and _variants(_loosened(a), _loosened(b), within)):
        return 0.95, f"one name in two spellings, {x} and {y}"
    if _ending_differs(a, b):
        return 0.0, ""
    # "Segrgey" for "Sergei": a letter too many in one of two transliterations. Short words must have all the letters
    # that the other has: Haddad and Hadid are two families.
    short = min(len(a), len(b)) if len(a) == len(b) else min(len(x), len(y))
    allowed = 2 if short >= 9 else 1 if short >= 5 else 0
    found = edits(a, b, allowed) if allowed else 1
    if (
        found <= allowed
        and not _vowels_differ(a, b)
        and not _first_vowels_differ(a, b)
        and (short > 5 or len(a) != len(b) or sorted(a) == sorted(b))
    ):
        return 0.85, f"a letter or two apart, {x} and {y}"
    return 0.0, ""


def _variants(a: str, b: str, within: bool = True) -> bool:
    """One name in two transliterations: the same consonants, with vowels between them that are written for each other.

    ``within``: both from one script, where less is exchanged.

    >>> _variants("sergei", "sergi"), _variants("hasan", "husein"), _variants("takashi", "takeshi")
    (True, False, False)
    """
    if skeleton(a) != skeleton(b) and not (a[0] in _VOWELS and b[0] in _VOWELS and skeleton(a)[1:] == skeleton(b)[1:]):
        return False
    if min(len(a), len(b)) < 4:
        return False
    slots = list(zip(re.split(f"[^{_VOWELS}]", a), re.split(f"[^{_VOWELS}]", b), strict=False))
    return all(_exchanged(x, y, len(slots) - 1 - place, a + b, within) for place, (x, y) in enumerate(slots))


def _vowels_differ(a: str, b: str) -> bool:
    """ "Haddad" and "Hadid", "Takashi" and "Takeshi": the same consonants, and vowels that nobody writes for each
    other. Of a longer word only the first vowel counts so: Lindgren and Lundgren.
    """
    if _first_vowels_differ(a, b):
        return True
    if len(a) > _CLEAR or len(a) != len(b) or len(skeleton(a)) < 2:
        return False
    return skeleton(a) == skeleton(b) and not _variants(a, b)


_CLOSE_VOWELS = (frozenset("ei"), frozenset("ou"), frozenset("ae"), frozenset("ao"))


def _first_vowels_differ(a: str, b: str) -> bool:
    """Whether all is the same but the first vowel, and nobody writes the one for the other."""
    if len(a) != len(b) or a == b:
        return False
    place = next(place for place, (x, y) in enumerate(zip(a, b, strict=True)) if x != y)
    vowels = {a[place], b[place]}
    first = not set(a[:place]) & set(_VOWELS)
    return first and vowels <= set(_VOWELS) and a[place + 1 :] == b[place + 1 :] and vowels not in _CLOSE_VOWELS


def _loosened(romanised_word: str) -> str:
    """What Ukrainian and Russian, or French and English, write for each other: Hrynevich, Grinevich; Bachar, Bashar."""
    return re.sub("skaia$", "ska", romanised_word.replace("h", "g").replace("c", "s").replace("z", "s"))


def _exchanged(x: str, y: str, left: int, both: str, within: bool) -> bool:
    """Whether transliterations write one of two groups of vowels for the other; ``left`` groups come after them."""
    if x == y or (x and y and (set(x) & set(y) or {x, y} <= {"e", "i"} or {x, y} <= {"o", "u", "oe"})):
        return True
    if {x, y} == {"a", "e"}:
        return not within or (
            left == 1 and both[-1] not in _VOWELS
        )  # "Alexander", "Aleksandar", but Takashi and Takeshi are two
    if {x, y} == {"e", "o"} and both.endswith("v"):
        return True  # "Gorbachev", "Gorbatschow"
    if x and y:
        return False
    if left:
        return True
    return "a" not in x + y and (
        not within or ("ine" in both and {x, y} == {"", "e"}) or ({x, y} == {"", "i"} and both[-1] not in "ki")
    )


_SUFFIX_OF_SURNAME = re.compile(
    r"(?:a|[oe]va?|[io]c|enko|iak|ski|ska|sen|son|ina?|ian|uk|escu|ez|es|i[lc]i|adze|svili|zade)$"
)


def _ending_differs(a: str, b: str) -> bool:
    """ "Ivan" and "Ivana", "Petrov" and "Petrova", "Marin" and "Marinov" are two people."""
    short, long = sorted((a, b), key=len)
    return long.startswith(short) and bool(_SUFFIX_OF_SURNAME.fullmatch(long[len(short) :]))


def coarse(word: str) -> str:
    """What Korean, and Chinese in Cyrillic, write for each other: "Gim" and "Kim", "Bak" and "Pak", "Ven" and "Wen"."""
    plain = word.replace("ung", "ong").replace("tse", "ze").replace("tze", "ze").replace("ih", "i")
    for written, one in (
        ("eo", "o"),
        ("eu", "u"),
        ("ch", "j"),
        ("zh", "j"),
        ("dz", "j"),
        ("ng", "n"),
        ("sh", "s"),
        ("hs", "s"),
    ):
        plain = plain.replace(written, one)
    for letters, one in (("g", "k"), ("d", "t"), ("bvw", "p"), ("zxqjc", "s"), ("y", "i"), ("f", "h"), ("l", "r")):
        plain = plain.translate({ord(letter): one for letter in letters})
    return re.sub("i(?=[aou])", "", re.sub(r"(.)\1+", r"\1", plain))


def _coarsest(word: str) -> str:
    """What is left of a foreign name in Chinese characters: its consonants, without l, r and the ends of syllables."""
    plain = romanised(word).replace("ng", "n")
    plain = re.sub("[aeioulrhy]", "", plain.translate(str.maketrans("gdbvfzcq", "ktpppsss")))
    return re.sub(r"(.)\1+", r"\1", plain)


def _other_names(x: str, y: str) -> bool:
    """Whether both are given names of the list, and not one name in two spellings: Maria and Marina, Oleg and Olga."""
    a, b = romanised(x), romanised(y)
    one, other = genders().get(a), genders().get(b)
    if not one or not other:
        return False
    return {one, other} == {"m", "f"} or (a != b and not _variants(a, b, within=False))


@cache
def genders() -> dict[str, str]:
    """The gender of given names, by their romanised form."""
    return {romanised(name): gender for name, gender in given_names().items()}


@cache
def _forms() -> tuple[frozenset[str], ...]:
    """The groups of given_names.tsv: romanised forms that stand for one another."""
    return tuple(
        frozenset(romanised(form) for form in (row["name"], *read_list(row["forms"])))
        for row in read_table("given_names")
    )


def groups_of(form: str) -> frozenset[int]:
    """The groups of given_names.tsv that a romanised form belongs to."""
    return _groups().get(form, frozenset())


@cache
def _groups() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, group in enumerate(_forms()):
        for form in group:
            found[form] = found.get(form, frozenset()) | {number}
    return found
