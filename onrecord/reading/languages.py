"""Paragraphs in other languages than English: which they are, and in what language."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from onrecord.lexicon.tables import read_table
from onrecord.model import Span, Text
from onrecord.reading.page import Page

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENGLISH, UNKNOWN = "en", "und"

# Words are those without a capital. The figures part English news from the messages of free software in 90 languages:
# see `_judge`.
_LONG = 8  # words in which a paragraph may differ from its text
_FEW = 5  # different words in which a text may be other than English
_DENSE = 0.3  # of the words of a text or paragraph, which is English then: so many are English function words
_SOME = 0.2  # the same for a paragraph of an English text
_VERY = 0.4  # the same for a line of few words in a text of another language; 2 in 1,000 such lines are no English
_LINE = 3  # words of such a line
_DOUBT = 0.05  # the chance of English from which a paragraph stays English
_SURE = 0.8  # the chance at which a language is named
_MOSTLY = 2 / 3  # of a paragraph's letters, or of a text's words
_SAMPLE = 1200  # code points that are enough to identify
_LETTERS = 60  # of another script in which a paragraph may differ from its text
_DENSE_SCRIPTS = ("CJK", "HANGUL", "HIRAGANA", "KATAKANA")  # a letter says as much as three Latin ones

_OTHER = re.compile("[^\\W\\d_\\x00-\u02af\u1e00-\u1eff]")  # a letter that is not Latin, or is Latin by its looks only
_WORD = re.compile(r"[^\W\d_]{2,}")


def find_foreign(page: Page) -> tuple[tuple[Span, str], ...]:
    """The paragraphs that are not English, in order, each with its ISO 639-1 code, or "und" where that is not clear.

    A paragraph in another script says it by its letters. In Latin letters the text is judged as a whole, and a
    paragraph differs from it only where it is long enough and the case is clear: names, quotations of a few foreign
    words, headlines and tables stay what the text is. Paragraphs that are noise throughout are left out.

    >>> from onrecord.model import Text
    >>> [(p.exact, code) for p, code in find_foreign(Page(Text.of("They wait.\\n\\nΠεριμένουν την απάντηση.")))]
    [('Περιμένουν την απάντηση.', 'el')]
    """
    found = _not_english(page.text, page.paragraphs)
    starts = [sentence.start for sentence in page.sentences] if found and page.noise else []
    return tuple(one for one in found if not page.noise or _is_read(one[0], starts))


@lru_cache(maxsize=2)  # each stage asks
def _not_english(text: Text, paragraphs: tuple[Span, ...]) -> tuple[tuple[Span, str], ...]:
    by_script: dict[str, list[Span]] = {}
    for paragraph, script in zip(paragraphs, _scripts(text, paragraphs), strict=True):
        by_script.setdefault(script, []).append(paragraph)
    found = (
        (paragraph, code)
        for script, some in by_script.items()
        for paragraph, code in _of_script(script, some)
        if code != ENGLISH
    )
    return tuple(sorted(found))


def name_language(code: str) -> str:
    """A code of ``find_foreign`` with its language's name.

    >>> name_language("ru"), name_language("und")
    ('Russian (ru)', 'another language (und)')
    """
    return f"{_names().get(code, 'another language')} ({code})"


def _is_read(paragraph: Span, starts: Sequence[int]) -> bool:
    """Whether a sentence outside noise begins in the paragraph."""
    place = bisect_left(starts, paragraph.start)
    return place < len(starts) and starts[place] < paragraph.end


def _scripts(text: Text, paragraphs: Sequence[Span]) -> list[str]:
    """The script of each paragraph, as in Unicode names; LATIN where no other one is the most of it."""
    if not _OTHER.search(text.body):
        return ["LATIN"] * len(paragraphs)
    return [_script(p.exact) if _OTHER.search(p.exact) else "LATIN" for p in paragraphs]


def _script(words: str) -> str:
    counts: Counter[str] = Counter()
    for letter, times in Counter(words).items():
        script = _script_of(letter)
        counts[script] += times * 3 if script in _DENSE_SCRIPTS else times
    del counts[""]
    # Blinken in a Chinese paragraph does not make it English, nor 布林肯 an English one Chinese.
    if counts["LATIN"] > (1 - _MOSTLY) * counts.total():
        return "LATIN"
    script = max(counts, key=lambda script: counts[script], default="LATIN")
    beside = next((other for other in ("HIRAGANA", "HANGUL") if counts[other] * 10 >= counts["CJK"]), script)
    return beside if script == "CJK" else script


@cache
def _script_of(letter: str) -> str:
    """The script of a letter, by its plain form; nothing for what is no letter, or only modifies one."""
    plain = unicodedata.normalize("NFKC", letter)[:1]
    if unicodedata.category(plain) not in ("Lu", "Ll", "Lt", "Lo"):
        return ""
    return unicodedata.name(plain, "").partition(" ")[0]


def _of_script(script: str, paragraphs: list[Span]) -> list[tuple[Span, str]]:
    if script == "LATIN":
        return _in_latin(paragraphs)
    codes = _codes().get(script, (UNKNOWN,))
    if len(codes) == 1:
        return [(p, codes[0]) for p in paragraphs]
    whole = _name_sure(_chances(_sample(p.exact for p in paragraphs), script))
    return [(p, _own_in(p, script, whole)) for p in paragraphs]


def _own_in(paragraph: Span, script: str, whole: str) -> str:
    """The language of a paragraph in a script of several languages: that of the whole, unless it clearly differs."""
    sample = paragraph.exact[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < _LETTERS:
        return whole
    code = _name_sure(_chances(sample, script))
    return whole if code == UNKNOWN else code


def _in_latin(paragraphs: list[Span]) -> list[tuple[Span, str]]:
    words = [_words(p.exact) for p in paragraphs]
    every = [word for some in words for word in some]
    if len(set(every)) < _FEW:
        return []
    dense = _density(every) >= _DENSE
    own = [_own_latin(some, _SOME if dense else _DENSE) for some in words]
    whole = ENGLISH if dense else _whole(own, words)
    return [(p, code or whole) for p, code in zip(paragraphs, own, strict=True)]


def _own_latin(words: list[str], dense: float) -> str | None:
    """The language of a paragraph in Latin letters; None where its words are too few to say it."""
    if len(words) >= _LONG:
        return _judge(words, dense)
    return ENGLISH if len(words) >= _LINE and _density(words) >= _VERY else None


def _whole(own: list[str | None], words: list[list[str]]) -> str:
    """The language of a text that few English function words speak for: that of most words in long paragraphs."""
    spoken: Counter[str] = Counter()
    for code, some in zip(own, words, strict=True):
        if code is not None and len(some) >= _LONG:
            spoken[code] += len(some)
    if not spoken:
        return _judge([word for some in words for word in some], _SOME)
    if spoken[ENGLISH] > (1 - _MOSTLY) * spoken.total():
        return ENGLISH
    return max((code for code in spoken if code != ENGLISH), key=lambda code: spoken[code])


def _words(paragraph: str) -> list[str]:
    """The Latin words without a capital, bold letters made plain; names and their particles are of any language."""
    found = _WORD.findall(paragraph)
    if not paragraph.isascii():
        found = [word if word.isascii() else unicodedata.normalize("NFKC", word) for word in found]
        found = [word for word in found if word.isascii() or not _OTHER.search(word)]
    particles = _particles()
    return [word for word in found if word.islower() and word not in particles]


def _judge(words: list[str], dense: float) -> str:
    """The language of words without a capital; English where anything speaks for it.

    Of 15,800 paragraphs of English of eight words or more, none has a chance of English below 0.2; of 2,800 in 78
    other languages, 43 have one above 0.05, and most of these quote English.
    """
    if _density(words) >= dense:
        return ENGLISH
    chances = _chances(_sample(words), "LATIN")
    if chances.pop(ENGLISH) >= _DOUBT:
        return ENGLISH
    return _name_sure(chances)


def _density(words: Sequence[str]) -> float:
    known = _function_words()
    return sum(word in known for word in words) / len(words)


def _sample(parts: Iterable[str]) -> str:
    """As many parts from the first as are enough to identify a language by."""
    taken: list[str] = []
    size = 0
    for part in parts:
        if size >= _SAMPLE:
            break
        taken.append(part[:_SAMPLE])
        size += len(part) + 1
    return " ".join(taken)


def _name_sure(chances: Mapping[str, float]) -> str:
    code = max(chances, key=lambda code: chances[code])
    return code if chances[code] >= _SURE else UNKNOWN


def _chances(words: str, script: str) -> dict[str, float]:
    """The chance of each language of a script."""
    return dict(_identifier(script).rank(words))


@cache
def _identifier(script: str) -> LanguageIdentifier:
    """What tells the languages of one script apart."""
    identifier = copy(_every_language())
    identifier.set_languages(_codes()[script])
    return identifier


@cache
def _every_language() -> LanguageIdentifier:
    """Takes 0.3 seconds and some memory: asked for only where the function words leave a doubt."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    codes: dict[str, list[str]] = {}
    for row in read_table("languages"):
        codes.setdefault(row["script"], []).append(row["code"])
    return {script: tuple(some) for script, some in codes.items()}


@cache
def _names() -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in read_table("languages")}


@cache
def _particles() -> frozenset[str]:
    """Inés de la Brume, Joost von der Kaap and Nasser bin Idhari came."""
    particles = frozenset(row["word"] for row in read_table("name_words") if row["list"] == "particle")
    return particles - _function_words()  # it lists "of" and "and", too


@cache
def _function_words() -> frozenset[str]:
    return frozenset(row["word"] for row in read_table("function_words"))
