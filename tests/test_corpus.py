"""The corpus of statements: how marks are placed, what is off is named with its line, what is held out is apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from training import corpus
from training.corpus import Marked, Off, Passage, read_corpus

HOME = Path(corpus.__file__).parent / "corpus"
BODY = """\
Foreign Minister Ana Relk of Calder said on Tuesday that her government had received no
answer. “We are patient,” she told reporters, “but not for ever.”

Jon Maas said that Relk had said so, and that the answer was lost. He left.
"""


def passage(tmp_path: Path, *fields: str, body: str = BODY, head: str = "calder-01 | agency | Tarn News") -> Passage:
    """One passage whose statements are given as "number field: value; field: value"."""
    lines = [f"=== {head}", *body.splitlines(), "---"]
    for number, statement in enumerate(fields, 1):
        lines += [str(number), *(f"  {field}" for field in statement.split("; "))]
    file = tmp_path / "calder.txt"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (read,) = read_corpus(file)
    return read


def mark(tmp_path: Path, *fields: str) -> tuple[Passage, Marked]:
    read = passage(tmp_path, *fields)
    return read, read.statements[-1]


def words(read: Passage, places: tuple[tuple[int, int], ...]) -> list[str]:
    return [read.text[a:b] for a, b in places]


def test_paragraphs_are_lines_joined_and_parted_by_blank_lines(tmp_path: Path) -> None:
    read = passage(tmp_path)
    assert (read.id, read.style, read.outlet) == ("calder-01", "agency", "Tarn News")
    assert read.text.count("\n") == 2
    assert "received no answer. “We" in read.text
    assert read.statements == ()


def test_every_field_is_placed_on_its_words(tmp_path: Path) -> None:
    read, said = mark(
        tmp_path,
        "source: she; cue: told; content: “We are patient,” || “but not for ever.”; to: reporters; "
        "speaker: Ana Relk | pronoun; class: promise",
    )
    assert words(read, said.content) == ["“We are patient,”", "“but not for ever.”"]
    assert (words(read, said.source), words(read, said.cue), words(read, said.to)) == (["she"], ["told"], ["reporters"])
    assert (said.speaker, said.how, said.cue_class, said.outer) == ("Ana Relk", "pronoun", "promise", None)


def test_dots_in_brackets_stand_for_all_between_two_ends(tmp_path: Path) -> None:
    """From each beginning to the first end after it."""
    read, said = mark(tmp_path, "content: that her [...] answer; cue: said; speaker: ? | unnamed")
    assert words(read, said.content) == ["that her government had received no answer"]
    assert said.speaker is None


def test_a_number_says_which_of_several_is_meant(tmp_path: Path) -> None:
    read, said = mark(tmp_path, "content: answer#2; cue: said#3; speaker: Jon Maas | name")
    assert said.content[0][0] == read.text.rindex("answer")
    assert said.cue[0][0] == read.text.rindex("said")


def test_without_a_number_the_nearest_outside_the_content_is_meant(tmp_path: Path) -> None:
    """ "said" stands three times; that of each content is the one beside it, and never one within it."""
    read, first = mark(tmp_path, "content: that her [...] answer; cue: said; speaker: ? | unnamed")
    assert first.cue[0][0] == read.text.index("said")
    read, second = mark(tmp_path, "content: that Relk had said so; cue: said; speaker: Jon Maas | name")
    assert first.cue != second.cue
    assert read.text[: second.cue[0][1]].endswith("Jon Maas said")


def test_a_nested_statement_is_looked_for_within_the_outer_one(tmp_path: Path) -> None:
    """Cue and source of "Relk had said so" stand in what Maas said, though others stand nearer the front."""
    read, inner = mark(
        tmp_path,
        "source: Jon Maas; cue: said; content: that Relk had said so; speaker: Jon Maas | name",
        "source: Relk; cue: had said; content: so; in: 1; speaker: Ana Relk | name",
    )
    assert inner.outer == 1
    outer = read.statements[0].content[0]
    assert all(outer[0] <= a and b <= outer[1] for a, b in (*inner.source, *inner.cue, *inner.content))


def test_an_outer_statement_may_come_later(tmp_path: Path) -> None:
    read = passage(
        tmp_path,
        "source: Relk; cue: had said; content: so; in: 2; speaker: Ana Relk | name",
        "source: Jon Maas; cue: said; content: that Relk had said so; speaker: Jon Maas | name",
    )
    assert [(s.number, s.outer) for s in read.statements] == [(1, 2), (2, None)]


def test_words_are_whole_words(tmp_path: Path) -> None:
    """ "he" is not found in "her"; marks need no edge."""
    read, said = mark(tmp_path, "source: He; cue: left; content: was lost; speaker: Jon Maas | pronoun")
    assert words(read, said.source) == ["He"]
    with pytest.raises(Off):
        mark(tmp_path, "content: patien; speaker: ? | unnamed")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("content: that her government; speaker: Ana Relk | voice", "how is 'voice'"),
        ("content: that her government; speaker: Ana Relk", "how is ''"),
        ("content: that her government; speaker: Karl Holm | name", "does not stand in the passage"),
        ("content: that her government; class: mutter; speaker: ? | unnamed", "class is 'mutter'"),
        ("content: that her government; tone: sharp; speaker: ? | unnamed", "unknown field tone"),
        ("content: that his government; speaker: ? | unnamed", "not in the passage"),
        ("content: said; speaker: ? | unnamed", "stands 3 times"),
        ("content: said#4; speaker: ? | unnamed", "not in the passage"),
        ("content: that her; cue: sang; speaker: ? | unnamed", "cue 'sang' is not in the passage"),
        ("content: “but not for ever.” || “We are patient,”; speaker: ? | unnamed", "not in the text's order"),
        ("cue: said; speaker: ? | unnamed", "needs content and speaker"),
        ("content: that her", "needs content and speaker"),
        ("content: that her; content: that her; speaker: ? | unnamed", "stands twice"),
        ("content: that her; in: 7; speaker: ? | unnamed", "'in' names no statement"),
        ("content: that her; in: 1; speaker: ? | unnamed", "'in' names no statement"),
        pytest.param(
            "content: that her; in: two; speaker: ? | unnamed",
            "'in' names no statement",
        ),
    ],
)
def test_what_is_off_is_named_with_its_line(tmp_path: Path, fields: str, says: str) -> None:
    with pytest.raises(Off) as raised:
        passage(tmp_path, fields)
    assert says in str(raised.value)
    line = re.search(r"line (\d+)", str(raised.value))
    assert line is not None
    assert int(line[1]) >= len(BODY.splitlines()) + 3, "the statement's own line, after head, text and rule"


def test_a_speaker_who_is_the_outlet_need_not_stand_in_the_passage(tmp_path: Path) -> None:
    assert mark(tmp_path, "content: that her; speaker: Tarn News | outlet")[1].speaker == "Tarn News"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Berg waits.\n", "line 1: text before"),
        ("=== a | b\nText.\n", "the head needs"),
        ("=== a | b | c\nText.\n---\n2\n  content: Text.\n  speaker: ? | unnamed\n", "numbered 1, 2, 3"),
        ("=== a | b | c\nText.\n---\n  content: Text.\n", "line 4: neither"),
        ("=== a | b | c\nText.\n---\n1\ncontent: Text.\n", "line 5: neither"),
        ("=== a | b | c\nText.\n---\n=== a | b | c\nText.\n---\n", "ids used twice: a"),
    ],
)
def test_a_file_that_is_no_list_of_passages_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "off.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Off, match=re.escape(says)):
        read_corpus(file)


def test_what_is_off_loses_no_other_passage(tmp_path: Path) -> None:
    """Collected, each is named with its file, and the passages after it are read."""
    good, bad = (f"=== {i} | b | c\nBerg waits.\n---\n1\n  content: {{}}\n  speaker: ? | unnamed\n" for i in "xy")
    (tmp_path / "two.txt").write_text("# A comment.\n\n" + bad.format("Ek waits.") + good.format("Berg waits."))
    off: list[str] = []
    assert [p.id for p in read_corpus(tmp_path, off)] == ["x"]
    (line,) = off
    assert line.startswith(f"{tmp_path / 'two.txt'}: line 6: ")


def test_the_command_counts_and_fails_where_anything_is_off(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    passage(tmp_path, "content: that her government; cue: said; speaker: Ana Relk | name")
    assert corpus.main([str(tmp_path)]) == 0
    assert "1 passages, 2 paragraphs, 1 statements, 0 with quoted words, 0 nested" in capsys.readouterr().out
    (tmp_path / "off.txt").write_text("Berg waits.\n")
    assert corpus.main([str(tmp_path)]) == 1


# The corpus that is shipped. Held-out words are counted here and never printed.


def runs(passages: list[Passage], size: int = 8) -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for read in passages:
        said = re.findall(r"\w+", read.text.lower())
        found.update(tuple(said[i : i + size]) for i in range(len(said) - size + 1))
    return found


@pytest.mark.parametrize("part", ["train", "held_out"])
def test_every_file_of_the_corpus_is_read_without_fault(part: str) -> None:
    off: list[str] = []
    passages = read_corpus(HOME / part, off)
    faults = len(off)
    assert faults == 0
    assert len({p.id for p in passages}) == len(passages) > 50
    assert sum(bool(p.statements) for p in passages) > len(passages) / 2


@pytest.mark.parametrize("part", ["train", "held_out"])
def test_marks_lie_in_their_text_and_nested_ones_in_what_holds_them(part: str) -> None:
    wrong = 0
    for read in read_corpus(HOME / part, []):
        by_number = {s.number: s for s in read.statements}
        for said in read.statements:
            places = (*said.content, *said.cue, *said.source)
            wrong += any(not 0 <= a < b <= len(read.text) for a, b in places)
            wrong += any(a < d and c < b for a, b in said.content for c, d in (*said.cue, *said.source))
            outer = by_number[said.outer].content if said.outer else ((0, len(read.text)),)
            wrong += any(not any(c <= a and b <= d for c, d in outer) for a, b in said.content)
    assert wrong == 0


def test_what_is_held_out_is_not_trained_on() -> None:
    """No passage id and no run of eight words stands in both."""
    train, held_out = read_corpus(HOME / "train", []), read_corpus(HOME / "held_out", [])
    ids = len({p.id for p in train} & {p.id for p in held_out})
    shared = len(runs(train) & runs(held_out))
    assert (ids, shared) == (0, 0)
