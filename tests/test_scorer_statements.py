"""The scorer of statements on the project's own corpus: names, pairs, chains and what counts as wrong, by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks import statements
from benchmarks.statements import same, score, table
from onrecord.pipeline.annotation import Annotated, Item, StatementMade
from training.corpus import Passage, read_corpus

TEXT = "Ana Relk of Calder said that Jon Maas had told her that the answer was lost. “We wait,” she said in Vell."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Relk", "Ana Relk"),
        ("Ana Relk", "RELK"),
        ("the Calder Council", "Calder Council"),
        ("President Ana Relk", "Relk"),
        ("Calder", "Calder’s"),
        ("Calder", "Calder's"),
        ("Ministry of Foreign Affairs of Calder", "the Calder foreign ministry"),
        ("Calderan foreign ministry", "Foreign Ministry of Calder"),
        (None, None),
    ],
)
def test_names_are_the_same(one: str | None, other: str | None) -> None:
    """Without case, article, title or possessive; by surname; a body by the stems of its words."""
    assert same(one, other)
    assert same(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ana Relk", "Jon Relk"),
        ("Ana Relk", "Ana"),
        ("Ana Relk", "elk"),
        ("Ana Relk", None),
        ("Calder Council", "Ostria Council"),
        ("Calder", "Calder Council"),
        ("foreign ministry", "defence ministry"),
        ("the President", "Ana Relk"),
    ],
)
def test_names_are_not_the_same(one: str | None, other: str | None) -> None:
    """Another first name, a first name alone, part of a word, a state and its council, nobody and somebody."""
    assert not same(one, other)
    assert not same(other, one)


def place(words: str, nth: int = 1) -> tuple[tuple[int, int], ...]:
    at = -1
    for _ in range(nth):
        at = TEXT.index(words, at + 1)
    return ((at, at + len(words)),)


def made(
    content: str,
    speaker: str | None = "Ana Relk",
    source: str = "",
    inner: tuple[StatementMade, ...] = (),
    manner: str = "paraphrase",
) -> StatementMade:
    """A statement as reading gives it, placed by its words."""
    return StatementMade(
        source=place(source) if source else (),
        cue=(),
        content=place(content),
        manner=manner,
        speaker=speaker,
        method="named",
        chain=(),
        cue_class="say",
        confidence=0.9,
        inner=inner,
    )


GOLD = """\
=== calder-01 | agency | Tarn News
{text}
---
1
  source: Ana Relk of Calder
  cue: said
  content: that Jon Maas [...] lost
  speaker: Ana Relk | name
2
  source: Jon Maas
  cue: had told
  content: that the answer was lost
  in: 1
  speaker: Jon Maas | name
3
  source: she
  cue: said
  content: “We wait,”
  speaker: Ana Relk | pronoun
"""
INNER = made("that the answer was lost", "Jon Maas", "Jon Maas")
OUTER = made("that Jon Maas had told her that the answer was lost", "Ana Relk", "Ana Relk", (INNER,))
QUOTED = made("“We wait,”", "Ana Relk", "she", manner="verbatim")


@pytest.fixture
def gold(tmp_path: Path) -> list[Passage]:
    file = tmp_path / "calder.txt"
    file.write_text(GOLD.format(text=TEXT), encoding="utf-8")
    return read_corpus(file)


def tallied(monkeypatch: pytest.MonkeyPatch, gold: Sequence[Passage], *found: StatementMade) -> Counter[str]:
    """The counts for what is found in the one passage."""

    def annotate(items: Iterable[Item], layers: Sequence[str]) -> Iterator[Annotated]:
        assert layers == ["statements"]
        return (Annotated(item.id, {"statements": found}) for item in items)

    monkeypatch.setattr(statements, "annotate_texts", annotate)
    return score(gold)[0]


def test_what_is_found_as_it_is_marked_is_all_right(monkeypatch: pytest.MonkeyPatch, gold: list[Passage]) -> None:
    """Outermost and nested statements count alike."""
    tally = tallied(monkeypatch, gold, OUTER, QUOTED)
    assert [tally[k] for k in ("gold", "found", "pairs", "source", "speaker", "chain", "statement")] == [3] * 7
    assert (tally["quoted"], tally["quoted wrong"]) == (1, 0)
    assert (tally["how name"], tally["right name"], tally["how pronoun"], tally["right pronoun"]) == (2, 2, 1, 1)
    assert any("F 100.0" in line for line in table(tally) if line.startswith("statement"))


def test_nothing_found_is_nothing_right(monkeypatch: pytest.MonkeyPatch, gold: list[Passage]) -> None:
    tally = tallied(monkeypatch, gold)
    assert (tally["gold"], tally["found"], tally["pairs"], tally["statement"]) == (3, 0, 0, 0)
    assert any("F   0.0" in line for line in table(tally))


def test_a_nested_statement_at_the_surface_breaks_the_chain(
    monkeypatch: pytest.MonkeyPatch, gold: list[Passage]
) -> None:
    """What Maas said as if the outlet told it: pair, source and speaker hold, the chain does not."""
    tally = tallied(monkeypatch, gold, INNER)
    assert (tally["pairs"], tally["source"], tally["speaker"], tally["chain"], tally["statement"]) == (1, 1, 1, 0, 0)


def test_a_wrong_speaker_above_breaks_the_chain_below(monkeypatch: pytest.MonkeyPatch, gold: list[Passage]) -> None:
    outer = made("that Jon Maas had told her that the answer was lost", "Jon Maas", "Ana Relk", (INNER,))
    tally = tallied(monkeypatch, gold, outer)
    assert (tally["pairs"], tally["speaker"], tally["chain"], tally["statement"]) == (2, 1, 1, 0)


@pytest.mark.parametrize(("speaker", "wrong"), [("Ana Relk", 0), (None, 0), ("Jon Maas", 1)])
def test_a_named_speaker_who_is_not_the_golds_is_wrong_and_one_left_unknown_is_not(
    monkeypatch: pytest.MonkeyPatch, gold: list[Passage], speaker: str | None, wrong: int
) -> None:
    tally = tallied(monkeypatch, gold, made("“We wait,”", speaker, "she", manner="verbatim"))
    assert (tally["quoted"], tally["quoted wrong"]) == (1, wrong)
    assert tally["right pronoun"] == (speaker == "Ana Relk")
    assert tally["wrong pronoun"] == wrong


def test_a_name_for_somebody_the_gold_does_not_know_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "unknown.txt"
    file.write_text(GOLD.format(text=TEXT).replace("Ana Relk | pronoun", "? | unnamed"), encoding="utf-8")
    tally = tallied(monkeypatch, read_corpus(file), QUOTED)
    assert (tally["quoted wrong"], tally["wrong unnamed"], tally["speaker"]) == (1, 1, 0)


def test_a_metonym_left_as_printed_is_neither_right_nor_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """ "Vell said", where the gold knows that Vell is Calder's capital; another state's name is wrong all the same."""
    file = tmp_path / "metonym.txt"
    marked = (
        GOLD.format(text=TEXT).replace("Ana Relk | pronoun", "Calder | metonym").replace("source: she", "source: Vell")
    )
    file.write_text(marked, encoding="utf-8")
    for speaker, right, wrong in (("Vell", 0, 0), ("Calder", 1, 0), ("Ostria", 0, 1)):
        tally = tallied(monkeypatch, read_corpus(file), made("“We wait,”", speaker, "Vell", manner="verbatim"))
        assert (tally["right metonym"], tally["wrong metonym"]) == (right, wrong)


@pytest.mark.parametrize(
    ("content", "pairs"),
    [("that the answer was lost", 1), ("the answer was lost", 1), ("answer was lost", 1), ("was lost", 0)],
)
def test_contents_pair_from_half_of_their_words_on(
    monkeypatch: pytest.MonkeyPatch, gold: list[Passage], content: str, pairs: int
) -> None:
    """Of the five words of "that the answer was lost" three are enough, two are not."""
    assert tallied(monkeypatch, gold, made(content, "Jon Maas", "Jon Maas"))["pairs"] == pairs


def test_each_statement_pairs_once_and_with_the_best(monkeypatch: pytest.MonkeyPatch, gold: list[Passage]) -> None:
    """Told twice, the better one counts, and the other is spurious."""
    worse = made("the answer was lost", "Jon Maas", "Ana Relk")
    tally = tallied(monkeypatch, gold, worse, OUTER)
    assert (tally["found"], tally["pairs"], tally["statement"]) == (3, 2, 2)


def test_another_source_is_no_source(monkeypatch: pytest.MonkeyPatch, gold: list[Passage]) -> None:
    """One shared word is enough; none where there is one, and one where there is none, are not."""
    for source, right in (("Relk", 1), ("Jon Maas", 0), ("", 0)):
        outer = made("that Jon Maas had told her that the answer was lost", "Ana Relk", source)
        tally = tallied(monkeypatch, gold, outer)
        assert (tally["pairs"], tally["source"], tally["statement"]) == (1, right, right)


def test_a_content_without_a_word_is_not_counted(monkeypatch: pytest.MonkeyPatch, gold: list[Passage]) -> None:
    tally = tallied(monkeypatch, gold, made("“", None))
    assert tally["found"] == 0


def test_errors_of_what_is_held_out_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["statements", "--errors", "3"])
    with pytest.raises(SystemExit) as left:
        statements.main()
    assert "held out" in str(left.value.code)
