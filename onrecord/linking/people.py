"""Whether two names are one person's: the words of both paired by how they are spelt, and what is left over weighed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from onrecord.lexicon.tables import read_list, read_table
from onrecord.linking.chinese import readings
from onrecord.linking.spelling import edits, fold, latin, romanised, skeleton, spells
from onrecord.linking.spellings import learnt

# Typos in both words and a further name are still one person (0.85 x 0.85 x 0.95); with an initial they are not.
_ONE_PERSON = 0.65
_LIKE, _LIKE_ACROSS = 0.5, 0.2  # nats for each letter, above which two spellings are one name's
_CLEAR = 6  # letters; in a longer word a wrong vowel is a slip
_SHORT = 1.5  # and so much more, shared among its letters
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
_SYLLABLES = re.compile(r"(?:[bcdfghjklmnpqrstwxyz]{0,2}[aeiou]{1,3}(?:ng?|[rlmkpt](?![aeiou]))?){1,2}$")  # "Yongchol"
# Chinese in pinyin: its syllables are few, so that a letter makes another name.
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:i?ang|i?ong|uang|eng|ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|"
    r"ia|ie|iu|ua|uo|ui|ue|[aoeiu])){1,2}$"
)
_HYPHENED = re.compile(r"\w+ [A-Z]\w{1,5}-[a-z]\w{0,4}$|^[A-Z]\w{1,5}-[a-z]\w{0,4} \w+$")
_SYLLABLE = re.compile(r"[A-Z][a-z]*")
_VOWELS = "aeiou"
_ABJADS = frozenset(("arabic", "hebrew"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two names are one person's, how sure that is (0 to 1), and why."""

    match: bool
    score: float
    why: str


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


@dataclass(frozen=True, slots=True)
class _Pair:
    """A word of either name, and how alike they are."""

    one: int
    other: int
    score: float
    why: str


def same_person(a: str, b: str) -> Verdict:
    """Whether the two names can be one person's, in any script.

    A given name that differs is a veto: father and son, and people who share a surname, stay apart. A word that only
    one name has (a patronymic, a middle name, the second of two surnames) is no contradiction, unless it is the first:
    "Saddam Hussein" is not "Qusay Saddam Hussein".

    >>> same_person("Segrgey Lavrov", "Sergei Lavrov").match
    True
    >>> same_person("Sergei Lavrov", "Igor Lavrov").match
    False
    """
    one, other = parse_name(a), parse_name(b)
    if one is None or other is None:
        return Verdict(False, 0.0, "a name without letters")
    if fold(a) == fold(b) and one.family == other.family:
        return Verdict(True, 1.0, "the same spelling")
    if one.generation != other.generation:
        return Verdict(False, 0.3, f"only one is called the {one.generation or other.generation}")
    if one.chinese and other.chinese:
        shared = one.chinese & other.chinese
        if shared:
            return Verdict(True, 0.9, f"one Chinese name, {' '.join(min(shared))}")
        return Verdict(False, 0.2, "two Chinese names")
    one, other = _joined(one, other), _joined(other, one)
    if min(len(one.words), len(other.words)) == 1:
        return _single(one, other)
    return _compare(one, other)


def surname_of(name: str) -> str:
    """The folded surname: the last word, or the first before a comma, with no honorific and no particle.

    >>> surname_of("Mr. Jan de Wit")
    'wit'
    """
    person = parse_name(name)
    return person.words[-1 if person.family is None else person.family] if person else ""


@lru_cache(2**14)
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
    words, fathers = _cut(latin(spaced))
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
    return Parsed(words, family, script, frozenset(fathers), generation, readings(_untitled(plain)), hyphened)


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


def _cut(name: str) -> tuple[tuple[str, ...], set[str]]:
    """The words of a name that tell people apart, and which of them are a father's name."""
    words = fold(_spread(name)).split()
    kept = [word for word in words if word not in _words("honorific")] or words[-1:]
    if "of" in kept[2:]:
        kept = kept[: kept.index("of", 2)]  # "Baroness Margaret Oakenshaw of Tilbrook"
    while len(kept) > 2 and kept[0] in _words("title"):
        kept.pop(0)
    while len(kept) > 2 and kept[-1] in _words("letters"):
        kept.pop()
    if len(kept) == 2 and kept[0] in _words("title") and kept[0] not in _given():
        kept.pop(0)
    fathers = {word for place, (before, word) in enumerate(pairwise(kept)) if before in _SON_OF and place}
    slavic = [word for word in kept[1:] if _PATRONYMIC.search(word)] if len(kept) > 2 else []
    fathers |= set(slavic[:1])
    bare = [word for place, word in enumerate(kept) if word not in _words("particle") or (word == "ben" and not place)]
    bare = bare if len(bare) > 1 or len(kept) == 1 else kept
    told = tuple(_with_servant(bare))[:_LONGEST]
    return told, {word for word in told if word in fathers or (word.startswith("abd") and fathers & _SERVANT)}


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


def _joined(person: Parsed, other: Parsed) -> Parsed:
    """The name with neighbouring words run together where the other name writes them as one: "Jin ping", "Jinping"."""
    words, family = list(person.words), person.family
    eastern = other.script in ("han", "hangul") or (person.hyphened and len(other.words) == 2)
    if eastern and len(words) == 3:
        first = words.pop(family or 0)
        return replace(person, words=(first, "".join(words)), family=0)
    for place in range(len(words) - 1):
        run = words[place] + words[place + 1]
        if len(run) > 4 and len(words[place]) > 1 and _is_word_of(run, person, other):
            words[place : place + 2] = [run]
            family = family - (family > place) if family is not None else None
            return replace(person, words=tuple(words), family=family)
    return person


def _is_word_of(run: str, person: Parsed, other: Parsed) -> bool:
    """Whether what the one name writes as two words is a word of the other."""
    if romanised(run) in {romanised(word) for word in other.words}:
        return True
    scripts = {person.script, other.script}
    comparable = bool(_ABJADS & scripts) and bool({"latin", "cyrillic"} & scripts) and len(run) > 7
    return comparable and any(_across_either(run, word, person.script, other.script) for word in other.words)


def _single(one: Parsed, other: Parsed) -> Verdict:
    """A name of one word: the surname alone, or all there is."""
    short, long = (one, other) if len(one.words) == 1 else (other, one)
    if len(short.words[0]) == 1:
        return Verdict(False, 0.0, "an initial alone")
    places = [len(long.words) - 1 if long.family is None else long.family]
    if len(long.words) == 2 and long.family is None and long.words[0] not in _given():
        places.append(0)  # "Hsiu" for "Hsiu Wenta"
    found = [_alike(short, 0, long, place) for place in places]
    best = max(found, key=lambda pair: pair.score)
    if best.score == 0 or best.why == "an initial":
        return Verdict(False, 0.0, f"surnames differ: {short.words[0]} and {long.words[places[0]]}")
    known = 1.0 if len(long.words) == 1 else 0.75
    return Verdict(best.score >= 0.85, round(known * best.score, 3), f"surname alone: {best.why}")


def _compare(one: Parsed, other: Parsed) -> Verdict:
    pairs = _pair(one, other)
    left = [word for place, word in enumerate(one.words) if place not in {pair.one for pair in pairs}]
    right = [word for place, word in enumerate(other.words) if place not in {pair.other for pair in pairs}]
    if left and right:
        return Verdict(False, 0.1 if pairs else 0.0, _differ(one, other, pairs))
    told = [pair for pair in pairs if pair.score != _INITIAL]
    if not told:
        return Verdict(False, 0.2, "initials alone")
    if reason := _against(one, other, pairs):
        return Verdict(False, 0.3, reason)
    score = 1.0
    for pair in pairs:
        score *= pair.score
    if left or right:
        score *= 0.95
    family = _family_pair(one, other, pairs)
    given = [pair for pair in pairs if pair is not family]
    parts = [f"surname: {family.why}", "given name: " + ", ".join(dict.fromkeys(pair.why for pair in given))]
    if left or right:
        parts.append(f"one with a further name, {' '.join(left or right)}")
    return Verdict(score >= _ONE_PERSON, round(score, 3), "; ".join(parts))


def _pair(one: Parsed, other: Parsed) -> list[_Pair]:
    """The words of both, each with the likeliest of the other's; at equal likeness what stands in one place."""
    alike = [_alike(one, i, other, j) for i in range(len(one.words)) for j in range(len(other.words))]
    ends = len(one.words), len(other.words)

    def order(pair: _Pair) -> tuple[float, int, int]:
        return -pair.score, min(abs(pair.one - pair.other), abs(ends[0] - pair.one - ends[1] + pair.other)), pair.one

    taken: list[_Pair] = []
    for pair in sorted((pair for pair in alike if pair.score), key=order):
        if all(pair.one != done.one and pair.other != done.other for done in taken):
            taken.append(pair)
    return sorted(taken, key=lambda pair: pair.one)


def _family_pair(one: Parsed, other: Parsed, pairs: Sequence[_Pair]) -> _Pair:
    """The pair that holds the surname: what print says, else the last word of the shorter name."""
    for person, place in ((one, "one"), (other, "other")):
        if person.family is not None:
            return next((pair for pair in pairs if getattr(pair, place) == person.family), pairs[-1])
    if len(one.words) <= len(other.words):
        return max(pairs, key=lambda pair: pair.one)
    return max(pairs, key=lambda pair: pair.other)


def _against(one: Parsed, other: Parsed, pairs: Sequence[_Pair]) -> str:
    """What speaks against one person although every word of the shorter name is found in the longer; else nothing."""
    short, long = (one, other) if len(one.words) <= len(other.words) else (other, one)
    order = [
        pair.other if short is one else pair.one
        for pair in sorted(pairs, key=lambda p: p.one if short is one else p.other)
    ]
    turned = order != sorted(order)
    if turned and not _may_turn(short, long, order):
        return "the same words in another order"
    further = len(long.words) - len(short.words)
    if further and 0 not in order and not turned and len(long.words[0]) > 1 and not _may_drop(long.words[0]):
        return f"{long.words[0]} comes before: it may be another of the family"
    initials = any(len(word) == 1 for word in (*short.words, *long.words))
    if further and initials and len(short.words) > 2 and 1 not in order and not turned and 0 in order:
        return f"the second names differ: {short.words[1]} and {long.words[1]}"
    if further and 0 not in order and not turned and len(long.words[0]) == 1:
        return f"the initial {long.words[0]} comes before"
    if further > len(pairs):
        return "too little of the longer name"
    last = len(long.words) - 1 if long.family is None else long.family
    if further and last not in order and not turned and len(order) < 2:
        return "the surname is missing"
    families = (_families(short), _families(long)) if turned else (short.family, long.family)
    if None not in families and families not in {(p.one, p.other) if short is one else (p.other, p.one) for p in pairs}:
        return "the given name of one is the surname of the other"
    return ""


def _may_drop(first: str) -> bool:
    """ "Mohammad Javad Zarif", "Maria Conceição Pinto": first names that many bear before the one they go by."""
    return any(_groups()[romanised(first)] & _groups()[romanised(name)] for name in ("mohammed", "maria", "jose"))


def _families(person: Parsed) -> int | None:
    """Where the surname stands; the last word where all could be given names, for then nothing else tells."""
    if person.family is None and not _is_pinyin(person) and all(_is_given(word) for word in person.words):
        return len(person.words) - 1
    return person.family


def _is_pinyin(person: Parsed) -> bool:
    """Whether every word can be Chinese in pinyin."""
    return all(_PINYIN.match(word) for word in person.words)


def _is_given(word: str) -> bool:
    known = romanised(word)
    return known in _genders() or bool(_groups()[known])


def _may_turn(short: Parsed, long: Parsed, order: list[int]) -> bool:
    """Family name first in one of two: "Li Wen" and "Wen Li". Not where both words are given names: Hans Friedrich."""
    marked, other = (short, long) if short.family is not None else (long, short)
    western = not (marked.hyphened or other.hyphened or _is_pinyin(marked))
    if western and marked.family is not None and other.family is None and all(_is_given(w) for w in marked.words):
        # "BERNARD, Thomas" is not Bernard Thomas: where all are given names, the surname of the other is its last word.
        there = order[marked.family] if marked is short else order.index(marked.family)
        return there == len(other.words) - 1
    if short.family is not None or long.family is not None:
        place = _families(short)
        family = order[place] if place is not None else _families(long)
        return family in (0, len(long.words) - 1)
    if _families(short) is not None or _families(long) is not None:
        return False
    ahead = order[1:] + order[:1], order[-1:] + order[:-1]
    return any(turn == sorted(turn) for turn in ahead)


_INITIAL = 0.86
_DIGRAPHS = frozenset(("ts", "ch", "sh", "zh", "kh", "yu", "ya", "ye", "th", "dzh"))


def _alike(one: Parsed, i: int, other: Parsed, j: int) -> _Pair:
    x, y = one.words[i], other.words[j]
    if (x in one.fathers) != (y in other.fathers) and len(x) > 1 and len(y) > 1:
        return _Pair(i, j, 0.0, "")  # a father's name is not the son's
    if (len(x) == 1) != (len(y) == 1) and (_is_family(other, j) if len(x) == 1 else _is_family(one, i)):
        return _Pair(i, j, 0.0, "")  # an initial stands for a given name
    if {x, y} & _DIGRAPHS and (i == 0 or j == 0) and (y.startswith(x) or x.startswith(y)):
        return _Pair(i, j, _INITIAL, "an initial")  # "Ts. Grozdanova"
    chinese = _is_pinyin(one) and _is_pinyin(other)
    likeness = _likeness(x, y, one.script, other.script, chinese)
    if not likeness[0] and one.hyphened != other.hyphened and _SYLLABLES.match(x) and _SYLLABLES.match(y):
        likeness = (0.85, f"one name in two romanisations, {x} and {y}") if _coarse(x) == _coarse(y) else likeness
    return _Pair(i, j, *likeness)


def _is_family(person: Parsed, place: int) -> bool:
    if person.family is not None:
        return place == person.family
    return len(person.words) > 1 and place == len(person.words) - 1


def _likeness(x: str, y: str, script: str, other: str, chinese: bool = False) -> tuple[float, str]:
    """How alike two words of names are, 0 to 1, and in what."""
    if x == y:
        return 1.0, "the same spelling"
    if len(x) == 1 or len(y) == 1:
        same = romanised(x)[:1] == romanised(y)[:1] or x[0] == y[0]
        return (_INITIAL, "an initial") if same else (0.0, "")
    if script == other and script not in ("latin", "cyrillic", "other"):
        return 0.0, ""  # in a script that leaves out vowels or sounds, the letters that are there must agree
    if _across_either(x, y, script, other):
        return 0.9, f"one name in two scripts, {x} and {y}"
    if _ABJADS & {script, other}:
        word, abjad = (x, y) if other in _ABJADS else (y, x)
        if any(_across_either(abjad, form, "arabic", "latin") for form in _other_forms(word)):
            return 0.9, f"two forms of one name, {x} and {y}"
        return 0.0, ""
    a, b = romanised(x), romanised(y)
    if _groups()[a] & _groups()[b]:
        return 0.95, f"two forms of one name, {x} and {y}"
    if _other_names(x, y):
        return 0.0, ""
    if "han" in (script, other) or chinese:
        return (0.97, f"one name in two spellings, {x} and {y}") if a == b else (0.0, "")
    score, why = _spelling(x, y, script == other)
    if not score and not _vowels_differ(a, b) and not _ending_differs(a, b) and _near(a, b):
        likeness = _learnt_likeness(x, y, script == other) - _SHORT / min(len(a), len(b))
        if likeness >= (_LIKE if script == other else _LIKE_ACROSS):
            return 0.85, f"one name in two spellings, {x} and {y}"
    if not score and (_misspelt_form(a, b) or _misspelt_form(b, a)):
        return 0.85, f"a letter from a form of {y}, {x}"
    return score, why


def _other_forms(word: str) -> set[str]:
    """What the list of given names has for a name that is no other spelling of it: Ishaq for Isaac."""
    known = romanised(word)
    forms = {form for group in _groups()[known] for form in _forms()[group]}
    return {form for form in forms if re.sub("[aeiou]", "", form) != re.sub("[aeiou]", "", known)}


def _near(a: str, b: str) -> bool:
    """Whether two words have enough in common to be worth weighing."""
    longest = max(len(a), len(b))
    return min(len(a), len(b)) > 2 and edits(a, b, longest * 6 // 10) <= longest * 6 // 10


@lru_cache(2**14)
def _learnt_likeness(x: str, y: str, within: bool) -> float:
    return learnt("within" if within else "across").likeness(x, y)


def _misspelt_form(word: str, name: str) -> bool:
    """ "Segrgey" for "Serhii": a letter from another form of the name, and no name itself."""
    if len(word) < 6 or _groups()[word] or _ending_differs(word, name):
        return False
    return any(edits(word, form, 1) == 1 for group in _groups()[name] for form in _forms()[group] if len(form) > 4)


def _across(x: str, y: str, script: str, other: str) -> bool:
    """Whether a word from a script that does not tell some sounds apart can be the other word."""
    match script:
        case "arabic" | "hebrew":
            return spells(x, y, loose=script == "hebrew" or other in ("arabic", "hebrew"))
        case "hangul" | "foreign hangul":
            return _coarse(x) == _coarse(y)
        case "han":
            return other == "cyrillic" and _coarse(x) == _coarse(y)
        case "foreign han":
            heard = {_coarsest(x.replace("j", "g").replace("x", one)) for one in "sh"} - {""}
            return not heard.isdisjoint({_coarsest(re.sub("c(?!h)", one, y)) for one in "ck"})
        case "cyrillic":
            return other == "latin" and bool(_SYLLABLES.match(y)) and _coarse(x) == _coarse(y)
    return False


def _across_either(x: str, y: str, script: str, other: str) -> bool:
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
    if found <= allowed and not _vowels_differ(a, b) and (short > 5 or len(a) != len(b) or sorted(a) == sorted(b)):
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
    other.
    """
    if len(a) > _CLEAR or len(a) != len(b) or len(skeleton(a)) < 2:
        return False
    return skeleton(a) == skeleton(b) and not _variants(a, b)


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


def _coarse(word: str) -> str:
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
    one, other = _genders().get(a), _genders().get(b)
    if not one or not other:
        return False
    return {one, other} == {"m", "f"} or (a != b and not _variants(a, b, within=False))


def _differ(one: Parsed, other: Parsed, pairs: Sequence[_Pair]) -> str:
    last = len(one.words) - 1, len(other.words) - 1
    if not any(pair.one == last[0] and pair.other == last[1] for pair in pairs):
        return f"surnames differ: {one.words[-1]} and {other.words[-1]}"
    return f"given names differ: {' '.join(one.words[:-1])} and {' '.join(other.words[:-1])}"


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("name_parts") if row["class"] == kind)


@cache
def _given() -> dict[str, str]:
    """Given names and their gender."""
    return {fold(row["name"]): row["gender"] for row in read_table("first_names")}


@cache
def _genders() -> dict[str, str]:
    """The gender of given names, by their romanised form."""
    return {romanised(name): gender for name, gender in _given().items()}


@cache
def _forms() -> tuple[frozenset[str], ...]:
    """The groups of given_names.tsv: romanised forms that stand for one another."""
    return tuple(
        frozenset(romanised(form) for form in (row["name"], *read_list(row["forms"])))
        for row in read_table("given_names")
    )


@cache
def _groups() -> defaultdict[str, frozenset[int]]:
    """The groups that a romanised form belongs to."""
    groups: defaultdict[str, frozenset[int]] = defaultdict(frozenset)
    for number, forms in enumerate(_forms()):
        for form in forms:
            groups[form] |= {number}
    return groups
