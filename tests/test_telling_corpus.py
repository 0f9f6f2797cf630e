"""The corpus of tellings: passages stand under the thing they tell, what is off is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from training import tellings
from training.corpus import Off
from training.tellings import CORPUS, counts, read_tellings

TEXT = """== Boats
@parties Norland (Vessel, Norlanders); Sudmark (Arden, Sudmarkers)
@people Ana Berg, foreign minister of Norland

demand d1 | Norland > Sudmark | withdrawal of the patrol boats
- agency | A list was handed over. [[Sudmark must pull its boats out]], Ana Berg said.
- blog | Grey hulls again. [[She wants them out]], three times now.
- headline | [[Norland wants boats gone]]

answer a1 of d1 | Sudmark > Norland | rejected
- headline | [[Boats stay, says Arden]]
"""


def read(tmp_path: Path, text: str) -> list[tellings.Exchange]:
    file = tmp_path / "tellings.txt"
    file.write_text(text, encoding="utf-8")
    return read_tellings(file)


def test_a_passage_is_read_with_its_thing_and_what_stands_around_its_words(tmp_path: Path) -> None:
    (exchange,) = read(tmp_path, TEXT)
    passage = exchange.passages[1]
    assert (passage.before, passage.words, passage.after) == (
        "Grey hulls again. ",
        "She wants them out",
        ", three times now.",
    )
    assert (passage.style, passage.thing.kind, passage.thing.by, passage.thing.to) == (
        "blog",
        "demand",
        "Norland",
        "Sudmark",
    )
    assert (exchange.things["a1"].of, exchange.things["a1"].what) == ("d1", "rejected")


@pytest.mark.parametrize(
    ("line", "instead", "said"),
    [
        ("== Boats", "", "before the first exchange"),
        ("- headline | [[Norland wants boats gone]]", "- headline | Norland wants boats gone", r"line 8.*one pair"),
        ("- headline | [[Norland", "- whisper | [[Norland", "to begin with a style"),
        ("answer a1 of d1", "answer a1 of d2", "answers d2"),
        ("answer a1 of d1", "answer a1", "`of` a demand"),
        ("| rejected", "| refused", "'refused'"),
        ("answer a1 of d1", "demand d1", "given twice"),
        ("demand d1 | Norland > Sudmark", "demand d1 | Norland, Sudmark", "KIND KEY"),
        ("[[She wants them out]]", "[[]]", "0 words"),
    ],
)
def test_what_is_off_is_named(tmp_path: Path, line: str, instead: str, said: str) -> None:
    assert line in TEXT
    with pytest.raises(Off, match=said):
        read(tmp_path, TEXT.replace(line, instead, 1))


def test_the_command_counts_and_names_what_is_told_too_seldom(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    read(tmp_path, TEXT)
    assert tellings.main([str(tmp_path)]) == 1
    printed = capsys.readouterr().out
    assert "Boats: a1 is told 1 times" in printed
    assert "'tellings': 4" in printed


# The corpus that is shipped. Held-out words are counted here and never printed.


def test_the_corpus_is_whole_and_as_large_as_its_readme_says() -> None:
    said = (CORPUS / "README.md").read_text(encoding="utf-8")
    for half in ("train", "held_out"):
        files = sorted((CORPUS / half).glob("*.txt"))
        found = counts([exchange for file in files for exchange in read_tellings(file)])
        assert f"{found['exchanges']} exchanges with {found['tellings']:,} passages in `{half}/`" in said


def test_no_title_stands_in_both_halves() -> None:
    halves = [
        {exchange.title for file in (CORPUS / half).glob("*.txt") for exchange in read_tellings(file)}
        for half in ("train", "held_out")
    ]
    assert not halves[0] & halves[1]
