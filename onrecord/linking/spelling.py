"""Names as keys: one folding for every spelling, and a skeleton that survives transliteration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import product

from anyascii import anyascii
from rapidfuzz.distance import OSA

from onrecord.linking.remembered import remembered

_REMEMBERED = 2**16  # spellings whose folding is kept: an exchange asks for the same ones again and again
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d+")

# "Sergey", "Sergei", "Serhiy", "Sergej" are one name in four transliterations: letters that transliterations of
# Slavic, Arabic and Greek names into English, German, French and Polish exchange are written one way.
_EXCHANGED = (
    ("schtsch", "sc"),
    ("chtch", "sc"),
    ("shch", "sc"),
    ("szcz", "sc"),
    ("dsch", "j"),
    ("tsch", "c"),
    ("tch", "c"),
    ("dzh", "j"),
    ("dj", "j"),
    ("sch", "s"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "z"),
    ("ch", "c"),
    ("cz", "c"),
    ("sz", "s"),
    ("sh", "s"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("qu", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
)
# Letters that no decomposition parts into a letter and its mark.
_WHOLE_LETTERS = {
    ord(c): plain for c, plain in zip("ıłđøæœþð", ("i", "l", "d", "o", "ae", "oe", "th", "d"), strict=True)
}
_GREEK = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("ου", "u"))
_CYRILLIC = (("чх", "ч"), ("тх", "т"), ("пх", "п"), ("кх", "к"), ("цз", "дз"), ("ё", "йо"))
# Arabic letters that are vowels inside a word, or that anyascii gives sounds which no Latin spelling of a name has.
_ARABIC = {
    **dict.fromkeys("اأإآةى", "a"),
    "و": "u",
    "ي": "i",
    "ی": "i",
    "ظ": "dh",
    "ذ": "dh",
    "ہ": "h",
    "ث": "th",
    "ع": "",
    "ء": "",
}
_HEBREW = dict.fromkeys("אע", "")
_ABJADS = {ord(letter): latin for letter, latin in (*_ARABIC.items(), *_HEBREW.items())}
_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{2})")  # "al-" written into the Arabic word
_ALLAH = re.compile(r"(?<!\w)الله(?!\w)")
_LAST_H = re.compile(r"(?<=\w)[هہ](?!\w)")  # "Abdullah", and Persian "-e": a vowel at the end
_SILENT = re.compile(r"(?<=\w)[וי]")  # Hebrew letters that mostly stand for vowels inside a word
_ABJAD = re.compile(r"[\u0590-\u06ff]")
_EXCHANGED_SOUNDS = str.maketrans({"p": "b", "c": "s", "z": "s", "q": "k", "j": "i"})
# What Latin spellings write for a letter of the abjad, besides the letter itself: "Lavrov" is written with f, "Nawaz"
# with the letter of u; Dhafri, Zafri; Qaddafi, Gaddafi; Ghalibaf, Qalibaf; Larijani, Larigani; Herzog.
_WRITTEN = (("v", ("f", "u")), ("dh", ("z", "d")), ("q", ("k", "g")), ("gh", ("g", "h")), ("tsh", ("c",)))
# And how Latin spellings write what the abjad has one letter for: Clinton, Laricani; Mesut; Maxamed; Jamal, Gamal.
_SPOKEN = (
    (r"c(?=[^h]|$)", ("k", "i", "s")),
    (r"t$", ("t", "d")),
    (r"x", ("ks", "h")),
    (r"^g|g(?=[aeiou])", ("g", "i", "h")),
)
_VOWELS = "aeiou"


@remembered(_REMEMBERED)
def latin(name: str) -> str:
    """The name in Latin letters; what is Latin already stays as it is, accents and all.

    Source: the tables of anyascii, after what letters do together in Greek, Arabic and Hebrew.

    >>> latin("Сергій"), latin("Ντόρα"), latin("习近平")
    ('Sergiy', 'Dora', 'XiJinPing')
    """
    if name.isascii():
        return name
    name = unicodedata.normalize("NFC", name)
    if _ABJAD.search(name):
        name = _LAST_H.sub("a", _ALLAH.sub("llah", name))
        name = _SILENT.sub("", _ARTICLE.sub("", name)).translate(_ABJADS)
    for written, one in (*_GREEK, *_CYRILLIC):
        name = name.replace(written, one).replace(written.capitalize(), one.capitalize())
    return "".join(c if _is_latin(c) else anyascii(c) for c in name)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or (unicodedata.name(letter, "").startswith(("LATIN", "COMBINING")) and letter not in "łŁ")


@remembered(_REMEMBERED)
def fold(name: str) -> str:
    """The name in lower case, without accents and punctuation, words parted by one blank.

    >>> fold("Élysée  Palace")
    'elysee palace'
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_WHOLE_LETTERS)
    return " ".join(word.replace("’", "").replace("'", "").replace("-", " ") for word in _WORD.findall(plain))


@remembered(_REMEMBERED)
def romanised(word: str) -> str:
    """The word with the letters that transliterations exchange written one way.

    >>> romanised("Sergey") == romanised("Sergei")
    True
    """
    plain = fold(word).replace(" ", "")
    for written, one in _EXCHANGED:
        plain = plain.replace(written, one)
    plain = re.sub(r"(.)\1+", r"\1", plain)
    plain = plain[:-1] + "v" if plain.endswith(("of", "ef")) else plain  # "Lavroff"
    return plain.removesuffix("h") if plain.endswith("ah") else plain  # "Sarah"


@remembered(_REMEMBERED)
def skeleton(word: str) -> str:
    """What a name's word keeps through transliteration: its consonants and its first letter.

    >>> skeleton("Sergey") == skeleton("Sergiy") == skeleton("Serghei")
    True
    """
    plain = romanised(word)
    return plain[:1] + re.sub(r"[aeiou]", "", plain[1:])


def spells(abjad: str, word: str, loose: bool = False) -> bool:
    """Whether a word from an Arabic or Hebrew spelling, which leaves short vowels out, can be the Latin word.

    Each long vowel that is written must be in the Latin word, and no other long one. ``loose``: Hebrew writes v as b,
    f as p, and its vowels or not.

    >>> spells("slman", "Salman"), spells("hsin", "Hussein"), spells("hsn", "Hussein")
    (True, True, False)
    """
    if loose:
        one, other = (_loose(w) for w in (abjad, word))
        return one == other != ""
    return any(_spells(x, y) for x in _written(abjad) for y in _spoken(word))


def _written(abjad: str) -> Iterator[str]:
    """The Latin letters that the letters of the abjad can stand for."""
    choices = [[(letters, one) for one in ones] for letters, ones in _WRITTEN if letters in abjad]
    for chosen in product(*choices):
        plain = abjad
        for letters, one in chosen:
            plain = plain.replace(letters, one)
        yield romanised(plain)


def _spoken(word: str) -> Iterator[str]:
    """The word as it may be heard: a letter of one language has other sounds in another."""
    choices = [[(letters, one) for one in ones] for letters, ones in _SPOKEN if re.search(letters, word)]
    for v in "fu" if re.search("[vw]", word) else "f":
        for chosen in product(*choices):
            plain = word
            for letters, one in chosen:
                plain = re.sub(letters, one, plain)
            yield romanised(plain).replace("v", v)


def _loose(word: str) -> str:
    plain = romanised(fold(word).replace("ch", "h")).translate(_EXCHANGED_SOUNDS)
    plain = plain.replace("v", "b").replace("f", "b").replace("k", "h")
    return re.sub(f"[{_VOWELS}]", "", plain).removesuffix("h")


def _spells(abjad: str, word: str) -> bool:
    one, other = (w.translate(_EXCHANGED_SOUNDS).removesuffix("h") for w in (abjad, word))
    letters = re.sub(f"[{_VOWELS}]", "", one)
    if not letters or letters != re.sub(f"[{_VOWELS}]", "", other):
        return False
    slots = list(zip(re.split(f"[^{_VOWELS}]", one), re.split(f"[^{_VOWELS}]", other), strict=True))
    if slots[-1][1].endswith("a") and not slots[-1][0].endswith("a"):
        return False  # a last "a" is always written: Aleksandr is not Aleksandra
    return all(_fills(x, y, place == 0) for place, (x, y) in enumerate(slots))


def _fills(written: str, spoken: str, first: bool) -> bool:
    if not written:
        return len(spoken) < 2
    if first:
        return bool(spoken)
    heard = {"a": "aeo", "i": "ie", "u": "uo"}
    return all(set(heard.get(letter, letter)) & set(spoken) for letter in written)


def edits(a: str, b: str, most: int) -> int:
    """How many letters must be added, dropped, changed or swapped with a neighbour to make ``a`` into ``b``.

    Counted up to ``most``; ``most + 1`` stands for more. Source: optimal string alignment (Damerau, 1964).

    >>> edits("segrgey", "sergey", 2)
    1
    """
    return int(OSA.distance(a, b, score_cutoff=most))
