"""Several exchanges in one folder: said in the brief, and taken apart where asked."""

from __future__ import annotations

from pathlib import Path

import pytest

import onrecord
from onrecord.faces.commands import run
from onrecord.model import Record
from onrecord.pipeline import exchanges_of
from onrecord.record import find_exchanges, name_exchange

TOLD = {
    "norland-1.txt": "Norland demanded on Thursday that Sudmark withdraw its boats from the strait, Anna Berg said.",
    "norland-2.txt": "Sudmark rejected Norland's demand to withdraw the boats. Anna Berg of Norland spoke in Vessel.",
    "ostmark-1.txt": "Ostmark demanded on Monday that Westria reopen the bridge, Foreign Minister Otto Kranz said.",
    "ostmark-2.txt": "Westria promised a written reply to Ostmark. Otto Kranz of Ostmark welcomed the promise.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles of each of two exchanges."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for file, words in TOLD.items():
        sides = ("Norland", "Sudmark", "Anna Berg") if "norland" in file else ("Ostmark", "Westria", "Otto Kranz")
        more = f"Foreign Minister {sides[2]} of {sides[0]} and the government of {sides[1]} have met twice."
        (articles / file).write_text(f"{words}\n\n{more}\n", encoding="utf-8")
    return tmp_path


def test_articles_without_a_party_in_common_are_of_two_exchanges(folder: Path) -> None:
    record = onrecord.build([folder / "articles"], out=folder / "out").record
    files = {text.id: text.file for text in record.texts}
    found = [sorted(files[text] for text in texts) for texts in find_exchanges(record)]
    assert sorted(found) == [["norland-1.txt", "norland-2.txt"], ["ostmark-1.txt", "ostmark-2.txt"]]
    assert {name_exchange(record, texts)[0] for texts in find_exchanges(record)} <= {
        "Norland",
        "Sudmark",
        "Ostmark",
        "Westria",
    }


def test_the_brief_says_so_and_one_exchange_says_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["build", str(folder / "articles"), "--out", str(folder / "out")])
    assert "These look like 2 exchanges" in capsys.readouterr().out
    only = [str(folder / "articles" / file) for file in TOLD if "norland" in file]
    run(["build", *only, "--out", str(folder / "one")])
    assert "exchanges" not in capsys.readouterr().out


def test_split_gives_each_exchange_the_record_of_its_articles_alone(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = folder / "out"
    assert run(["build", str(folder / "articles"), "--out", str(out), "--split"]) == 0
    printed = capsys.readouterr().out
    folders = sorted(path.parent for path in out.glob("*/record.db"))
    assert len(folders) == 2
    assert all(str(part) in printed for part in folders)
    for part in folders:
        files = sorted(text.file for text in onrecord.open(part).record.texts)
        alone = onrecord.build([folder / "articles" / file for file in files], out=folder / "alone" / part.name).record
        assert onrecord.open(part).record == alone
    page = (out / "index.html").read_text(encoding="utf-8")
    assert all(f"{part.name}/record.html" in page and (part / "record.html").exists() for part in folders)


GAS = (
    "Norland demanded that Sudmark pay 64 million crowns for gas drawn from the northern pipeline last winter. Energy "
    "Minister Ole Dahl of Norland said the arrears must be settled before the valve is opened in January.",
    "Sudmark refuses to pay Norland for the gas. Its energy ministry told Ole Dahl that the meters at the pipeline "
    "station were broken all winter, and that the arrears were never measured.",
    "The gas dispute of Norland and Sudmark goes to arbitration. Ole Dahl said on Friday that Norland would accept a "
    "neutral reading of the meters of the pipeline, and that the valve stays shut until the arrears are paid.",
)
BOATS = (
    "Foreign Minister Anna Berg of Norland demanded that Sudmark withdraw its patrol boats from the Inner Sound and "
    "free the six fishermen held since March.",
    "Sudmark rejected Norland's demand to withdraw the patrol boats. The fishermen, its coast guard told Anna Berg, "
    "had cast nets in closed waters of the sound.",
    "Six fishermen were freed by Sudmark on Tuesday. Anna Berg thanked the coast guard, and said Norland still wants "
    "the patrol boats out of the Inner Sound.",
)
ROUND_UP = (
    "Norland's week: Ole Dahl and Sudmark still argue over the arrears for gas and the meters of the pipeline, while a "
    "school in the north opened, a ferry ran aground and Anna Berg turned fifty."
)


def _mixed(folder: Path, **more: str) -> Record:
    """The record of the two exchanges of Norland and Sudmark, and of more articles."""
    told = {
        f"{file}{number}": body for file, bodies in (("g", GAS), ("b", BOATS)) for number, body in enumerate(bodies)
    }
    for file, body in {**told, **more}.items():
        (folder / f"{file}.txt").write_text(body + "\n", encoding="utf-8")
    return onrecord.build([folder], out=folder / "out").record


def _parts(record: Record, exchanges: tuple[tuple[str, ...], ...]) -> list[str]:
    files = {text.id: text.file for text in record.texts}
    return sorted(" ".join(sorted(files[text][0] for text in texts)) for texts in exchanges)


def test_two_exchanges_of_the_same_parties_are_two_by_what_they_tell(tmp_path: Path) -> None:
    record = _mixed(tmp_path)
    assert _parts(record, exchanges_of(record)) == ["b b b", "g g g"]


def test_of_many_articles_a_sample_tells_the_exchanges(tmp_path: Path) -> None:
    """One in so many of the articles, in their order; the others are in none."""
    record = _mixed(tmp_path)
    assert [text.file[0] for text in record.texts] == list("bbbggg")
    [*found] = exchanges_of(record, 3)
    assert sorted(text for texts in found for text in texts) == sorted(text.id for text in record.texts[::2])


def test_a_round_up_belongs_to_one_exchange_and_does_not_join_two(tmp_path: Path) -> None:
    record = _mixed(tmp_path, round_up=ROUND_UP)
    stories = {text.id: "gbr".index(text.file[0]) for text in record.texts}
    assert _parts(record, find_exchanges(record, stories)) == ["b b b", "g g g r"]


def test_split_again_reads_nothing_and_gives_the_same(folder: Path) -> None:
    words = ["build", str(folder / "articles"), "--out", str(folder / "out"), "--split", "-q"]
    run(words)
    first = {path: path.read_bytes() for path in (folder / "out").glob("*/record.json")}
    assert run(words) == 0
    assert {path: path.read_bytes() for path in (folder / "out").glob("*/record.json")} == first
