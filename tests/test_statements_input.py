"""Bad input to the reading: other languages, odd characters and endless paragraphs have a clear outcome."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from onrecord.encoder import session
from onrecord.encoder.windows import LONGEST, Window, make_windows
from onrecord.model import Layer, Role, Span, Statement, Text
from onrecord.pipeline.reading import Done, Task, read_text
from onrecord.plugins import load_stages
from onrecord.reading.languages import find_foreign, name_language
from onrecord.reading.page import Page

GERMAN = (
    "Die Außenministerin von Nordland sagte am Freitag, dass sie auf die Antwort aus Südmark noch warten wolle.",
    "„Wir haben den Brief erhalten und werden ihn in Ruhe prüfen“, sagte Anna Berg nach dem Treffen.",
    "Ein Sprecher der Regierung erklärte, die Gespräche seien nicht gescheitert, doch müsse jede Seite nun handeln.",
    "Foto: Jon Ek",
)
RUSSIAN = (
    "Министр иностранных дел Норландии Анна Берг заявила в пятницу, что её страна ждёт ответа Судмарка.",
    "«Мы получили письмо и спокойно его изучим», — сказала она после встречи с послами.",
    "Фото: Йон Эк",
)
ARABIC = (
    "قالت وزيرة خارجية نورلاند آنا بيرغ يوم الجمعة إن بلادها تنتظر رد جارتها على الرسالة.",
    "وأضافت: «تلقينا الرسالة وسندرسها بهدوء قبل أن نرد عليها».",
)
FRENCH = "La ministre a déclaré vendredi que son pays attendait toujours la réponse de ses voisins à cette lettre."
ENGLISH = (
    "Anna Berg, the foreign minister of Norland, said on Friday that she would wait for the reply of Sudmark.",
    "“We have the letter and will read it with care,” she told reporters after the meeting.",
    "Jon Ek, a spokesman for the harbour office, denied that the talks had failed.",
)
STAYS = {
    "a list of foreign names": "Inés de la Brume, Piet van der Zwaluw, Joost von der Kaap and Nasser bin Idhari came.",
    "a few foreign words": "Berg called it a “fait accompli” and a “Schnapsidee”, and wished him “bonne chance”.",
    "a word in another script": "The paper, Вестник, printed the word «нет» on its front page, said Jon Ek (Йон Эк).",
    "a saying in another script": "Berg quoted the old sailors’ line «мы ждём, пока море молчит» twice on Friday.",
    "a headline in capitals": "NORLAND MINISTER REJECTS SUDMARK DEMAND ON HARBOUR TREATY AFTER NIGHT TALKS",
    "a headline": "Norland Foreign Minister Rejects Sudmark Demand, Blames Varland Navy, Awaits Reply",
    "machine translation": "Minister foreign affairs informed, what answer side Sudmark received, now goes study.",
    "numbers": "1994 12.5 7/8 (9) 14:20 0.3 1,200 88 90 2011 2012 2013 14 15 16 17",
    "bold letters": "𝐀𝐧𝐧𝐚 𝐁𝐞𝐫𝐠 𝐬𝐚𝐢𝐝 𝐭𝐡𝐚𝐭 𝐬𝐡𝐞 𝐰𝐨𝐮𝐥𝐝 𝐰𝐚𝐢𝐭 𝐟𝐨𝐫 𝐭𝐡𝐞 𝐫𝐞𝐩𝐥𝐲 𝐨𝐟 𝐭𝐡𝐞 𝐨𝐭𝐡𝐞𝐫 𝐬𝐢𝐝𝐞",
    "one foreign line": "Foto: Jon Ek",
    "nothing to say": "…",
}
QUOTATION_MARKS = "\"'“”‘’«»‹›„‚‟‛′″`´「」"
ODD = {
    "a lone surrogate": "Anna Berg said \ud83d that “we \udfff wait”.",
    "NUL": "Anna\0Berg said\0 that “we\0wait”.\0",
    "zero-width characters": "An\u200bna Berg sa\u200did “we\u2060 wait”, Jon Ek\ufeff said.",
    "bidi controls": "\u202eAnna Berg said “we\u202c wait”, \u2067Jon Ek\u2069 said.",
    "astral characters": "𝐀𝐧𝐧𝐚 𝐁𝐞𝐫𝐠 said “𝓌𝑒 wait \U00010400 \U0002000b”.",
    "combining characters": "Berg said “w\u0301\u0323e\u0308\u0345 wai" + "\u0301\u0323" * 5_000 + "t” on Friday.",
    "letters that grow in lower case": "İİİİ said “İstanbul ǅ ŉ ΐ ẞ waits”, Anna İ Berg said.",
    "a word of 100,000 letters": "Anna Berg said: “" + "x" * 100_000 + " waits.”",
    "100,000 letters with accents": "é" * 100_000,
    "marks of the encoder": "Anna Berg [SEP] said [CLS] that [MASK] she [PAD] would [UNK] wait ##for it.",
    "emojis only": "😀 👩‍👩‍👧 🇳🇴 ❤️ " * 1_000,
    "no letter": "12 34, 5.6 — 7/8 (9)\n" * 100,
    "white space and marks": " \t\u00a0\u3000…\n\n\u2028—\n",
}


def read(body: str) -> Done:
    """What every stage says of a text; each annotation and each unread place holds the words at its place."""
    text = Text.of(body)
    stages = load_stages()
    done = read_text(Task(text, {stage.name: "" for stage in stages}), stages)
    assert done.failed is None, f"{done.failed}: {done.reason}"
    assert len(done.layers) == len(stages)
    assert all(text.holds(span) for span in spans_of(done.layers))
    return done


def spans_of(thing: Any) -> Iterator[Span]:
    """Every span in layers, annotations and what stands in them."""
    if isinstance(thing, Span):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from spans_of(part)
    elif dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from spans_of(getattr(thing, field.name))


def statements(done: Done) -> tuple[tuple[Statement, ...], tuple[tuple[Span, str], ...]]:
    """The statements, and the places unread with their reasons."""
    layer = next(layer for layer in done.layers if layer.stage == "statements")
    return tuple(s for s in layer.annotations if isinstance(s, Statement)), layer.unread


def foreign(*paragraphs: str) -> list[tuple[str, str]]:
    return [(span.exact, code) for span, code in find_foreign(Page(Text.of("\n\n".join(paragraphs))))]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(files("onrecord.encoder") / "weights" / session.TOKENIZER))


@pytest.fixture
def windows_read(monkeypatch: pytest.MonkeyPatch) -> list[Window]:
    """Every window that the encoder is given from here on."""
    given: list[Window] = []

    def keep(*args: Any) -> list[Window]:
        made = make_windows(*args)
        given.extend(made)
        return made

    monkeypatch.setattr(session, "make_windows", keep)
    return given


# Other languages


@pytest.mark.parametrize(
    ("paragraphs", "code"), [(GERMAN, "de"), (RUSSIAN, "ru"), (ARABIC, "ar")], ids=["de", "ru", "ar"]
)
def test_a_text_in_another_language_is_marked_to_its_last_line(paragraphs: tuple[str, ...], code: str) -> None:
    assert foreign(*paragraphs) == [(paragraph, code) for paragraph in paragraphs]


@pytest.mark.parametrize("paragraphs", [GERMAN, RUSSIAN, ARABIC, (FRENCH,)], ids=["de", "ru", "ar", "fr"])
def test_nothing_in_another_language_becomes_a_statement_and_the_language_is_named(paragraphs: tuple[str, ...]) -> None:
    found, unread = statements(read("\n\n".join(paragraphs)))
    assert found == ()
    assert [place.exact for place, _ in unread] == list(paragraphs)
    code = foreign(*paragraphs)[0][1]
    assert all(name_language(code) in reason for _, reason in unread)


def test_paragraphs_of_a_text_in_two_languages_are_each_judged() -> None:
    mixed = (ENGLISH[0], RUSSIAN[0], ENGLISH[1], FRENCH, GERMAN[0], ENGLISH[2])
    assert foreign(*mixed) == [(RUSSIAN[0], "ru"), (FRENCH, "fr"), (GERMAN[0], "de")]


def test_what_is_english_in_a_text_of_two_languages_is_read() -> None:
    body = "\n\n".join((*ENGLISH, *RUSSIAN, GERMAN[0]))
    found, unread = statements(read(body))
    english = len("\n\n".join(ENGLISH))
    assert len(found) == len(ENGLISH)
    assert all(statement.span.end <= english for statement in found)
    assert [place.exact for place, _ in unread] == [*RUSSIAN, GERMAN[0]]


@pytest.mark.parametrize("line", STAYS.values(), ids=STAYS.keys())
def test_lines_that_are_english_or_say_nothing_clear_stay_english(line: str) -> None:
    assert foreign(line) == []
    assert foreign(*ENGLISH, line, ENGLISH[0]) == []


def test_a_short_line_is_what_its_text_is_unless_its_english_is_plain() -> None:
    assert foreign(*GERMAN, "They would not say who it was.") == [(paragraph, "de") for paragraph in GERMAN]
    assert foreign(*ENGLISH, GERMAN[3]) == []


def test_a_language_that_is_not_clear_has_no_name() -> None:
    """Few Cyrillic letters, and a script of no language that we know."""
    assert foreign("Добро") == [("Добро", "und")]
    assert foreign("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ") == [("ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "und")]


def test_han_with_kana_is_japanese_and_names_in_latin_letters_change_no_script() -> None:
    assert foreign("外務大臣は金曜日に返事を待つと述べた。") == [("外務大臣は金曜日に返事を待つと述べた。", "ja")]
    assert foreign("外交部长 Anna Berg 周五表示，她将等待南马克的答复。")[0][1] == "zh"


def test_paragraphs_of_noise_are_not_judged() -> None:
    text = Text.of("\n\n".join((*ENGLISH, RUSSIAN[0])))
    place = text.span(text.body.index(RUSSIAN[0]), len(text.body))
    noise = Role(text=text.id, span=place, confidence=1.0, role="related", why="a line of links")
    assert find_foreign(Page(text)) == ((place, "ru"),)
    assert find_foreign(Page(text, {"roles": Layer(text.id, "roles", "", (noise,))})) == ()


# Odd characters


@pytest.mark.parametrize("body", ODD.values(), ids=ODD.keys())
def test_odd_characters_are_read_and_every_place_holds(body: str) -> None:
    read(body)
    read("\n\n".join((ENGLISH[0], body, ENGLISH[1])))


@pytest.mark.parametrize("body", [ODD["no letter"], ODD["emojis only"], ODD["white space and marks"]])
def test_a_text_without_a_letter_says_nothing(body: str) -> None:
    assert statements(read(body))[0] == ()


@pytest.mark.parametrize("name", ["a lone surrogate", "NUL", "zero-width characters", "bidi controls"])
def test_what_is_said_around_odd_characters_is_found(name: str) -> None:
    assert len(statements(read(ODD[name]))[0]) == 1


PIECES = (
    *("Anna Berg ", "said ", "that ", "we ", "wait", ". ", "\n\n", "“", "”", '"', "e\u0301", "\u0345", "İ", "ﬁ"),
    *(
        "\ud800",
        "\udfff",
        "\0",
        "\u200b",
        "\u202e",
        "\u2066",
        "\ufeff",
        "😀",
        "👩\u200d👧",
        "汉字",
        "שׁ",
        "كتب",
        "Мы ",
        "[SEP]",
    ),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))
def test_any_arrangement_of_odd_characters_is_read(pieces: list[str]) -> None:
    read("".join(pieces))


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(), min_size=1, max_size=60))
@example(":\u0c3c")  # a mark that is a word of its own
def test_windows_hold_words_in_order_inside_their_paragraphs(body: str) -> None:
    tokenizer = session.load_encoder()._tokenizer
    paragraphs = Page(Text.of(body)).paragraphs
    reached = 0
    for window in make_windows(tokenizer, body, paragraphs, ()):
        assert len(window.pieces) == len(window.letters) == len(window.quotes) <= LONGEST
        for start, end in zip(window.starts, window.ends, strict=True):
            assert reached <= start < end
            assert any(p.start <= start and end <= p.end for p in paragraphs)
            reached = end


# Endless paragraphs


def test_a_paragraph_of_50000_tokens_is_set_aside_with_its_reason() -> None:
    found, unread = statements(read("Anna Berg said that " + "the talks went on and " * 10_000))
    assert found == ()
    assert len(unread) == 1
    assert "a sentence of 50004 words" in unread[0][1]


def test_a_long_paragraph_of_sentences_is_read_to_its_end() -> None:
    found, unread = statements(read((ENGLISH[0] + " ") * 700))
    assert (len(found), unread) == (700, ())


@pytest.mark.parametrize("mark", QUOTATION_MARKS)
def test_10000_quotation_marks_of_a_kind_say_nothing(mark: str) -> None:
    found, unread = statements(read(mark * 10_000))
    assert found == ()
    assert len(unread) <= 1


@pytest.mark.parametrize(
    "piece", ['"we wait ', "“we wait ", "«we wait» ", "said “", "😀", "x" * 50 + " ", "\u0301e", "。"]
)
def test_the_encoder_reads_twice_as_much_of_a_text_twice_as_long(piece: str, windows_read: list[Window]) -> None:
    taken = []
    for times in (400, 800):
        windows_read.clear()
        read(piece * times)
        taken.append((len(windows_read), sum(len(window.pieces) for window in windows_read)))
    (windows, pieces), (more_windows, more_pieces) = taken
    assert more_windows <= 2 * windows + 2
    assert more_pieces <= 2 * pieces + 2 * LONGEST


@pytest.mark.parametrize("parts", [["word "], ["“word” "], ["word. "], ["word. ", "word " * 20]])
def test_windows_grow_with_the_text(parts: Sequence[str], tokenizer: Tokenizer) -> None:
    counts = []
    for times in (2_000, 4_000):
        text = Text.of("".join(parts) * times)
        made = make_windows(tokenizer, text.body, [text.span(0, len(text.body))], ())
        assert sum(len(window.first) for window in made) >= times
        counts.append(len(made))
    assert counts[1] <= 2 * counts[0] + 1


def test_identifying_a_language_takes_a_sample_however_long_the_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.reading import languages

    asked: list[int] = []
    chances = languages._chances

    def count(words: str, script: str) -> dict[str, float]:
        asked.append(len(words))
        return chances(words, script)

    monkeypatch.setattr(languages, "_chances", count)
    for times in (1, 500):
        asked.clear()
        assert [code for _, code in foreign(GERMAN[0] * times, RUSSIAN[0] * times)] == ["de", "ru"]
        assert len(asked) <= 3
        assert max(asked) < 3_000
