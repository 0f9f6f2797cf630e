"""The command line: what it prints, where, and with which exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.faces.cli import main
from onrecord.faces.commands import run
from onrecord.faces.commands.asking import SECTIONS
from onrecord.faces.rows import SECTIONS as MADE
from onrecord.faces.standard_input import guess_suffix
from tests.records import ALPHA, BETA, keep_record

Captured = pytest.CaptureFixture[str]


def call(*words: str, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own, as a shell would run it."""
    command = [sys.executable, "-m", "onrecord", *words]
    return subprocess.run(command, input=given, capture_output=True, env={**os.environ, **environment}, check=False)


@pytest.fixture
def exchange(tmp_path: Path) -> Path:
    return keep_record(tmp_path / "exchange")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "alpha.txt").write_text(ALPHA, encoding="utf-8")
    (folder / "beta.txt").write_text(f"---\noutlet: Beta Times\npublished: 2022-03-10\n---\n{BETA}", encoding="utf-8")
    return folder


def test_help_costs_little() -> None:
    """`onrecord --help` takes at most 8 times what Python needs to start, so it must not wake the command framework."""

    def least(*words: str) -> float:
        times = []
        for _ in range(7):
            start = time.perf_counter()
            subprocess.run([sys.executable, *words], capture_output=True, check=True)
            times.append(time.perf_counter() - start)
        return min(times)

    assert least("-m", "onrecord", "--help") <= 8 * least("-c", "pass")


def test_help_wakes_nothing_heavy() -> None:
    """Help for one command imports neither rich nor jinja2 nor lxml nor the reading stages."""
    script = (
        "import sys\nfrom onrecord.faces.commands import run\nassert run(['build', '--help']) == 0\n"
        "print(sorted({'rich', 'jinja2', 'lxml', 'trafilatura', 'onrecord.reading', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--version"]])
def test_the_door_answers_itself(words: list[str], capsys: Captured) -> None:
    """Help and version leave with 0."""
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(("Usage: onrecord", "onrecord 0."))


def test_the_commands_are_those_of_the_interface() -> None:
    """Every command that other programs may rely on is there, and its help has an example."""
    for command in ("build", "add", "remove", "show", "export", "pack", "verify", "annotate"):
        shown = call(command, "--help")
        assert shown.returncode == 0
        assert b"Example:" in shown.stdout


def test_sections_of_show_are_those_that_have_rows() -> None:
    """The sections that the command names are those that tables are made of."""
    assert tuple(MADE) == SECTIONS


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["bild"],
        ["build"],
        ["build", "nowhere/", "--out", "x"],
        ["build", ".", "--out"],
        ["build", "."],
        ["build", ".", "--out", "x", "--workers", "0"],
        ["show", "x", "weather"],
        ["export", "x"],
        ["export", "x", "--format", "wordperfect"],
        ["pack", "x"],
        ["verify", "nowhere.json"],
        ["annotate", "--layers", "verbs"],
    ],
)
def test_words_that_are_off_give_2(words: list[str], capsys: Captured, tmp_path: Path, monkeypatch: object) -> None:
    """A missing or wrong word gives exit status 2 and a message, and writes nothing."""
    assert run(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err
    assert "Traceback" not in said.err


def test_no_record_says_how_to_build_one(tmp_path: Path, capsys: Captured) -> None:
    """A folder without a record gives exit status 1 and the command that makes one."""
    assert run(["show", str(tmp_path)]) == 1
    assert "onrecord build" in capsys.readouterr().err


def test_build_writes_record_export_and_page(articles: Path, tmp_path: Path, capsys: Captured) -> None:
    """A build leaves the three files, prints the brief, and gives 0; the export verifies."""
    out = tmp_path / "out"
    assert run(["build", str(articles), "--out", str(out)]) == 0
    assert {"record.db", "record.json", "record.html"} <= {path.name for path in out.iterdir()}
    said = capsys.readouterr()
    assert "2 articles" in said.out
    assert str(out / "record.html") in said.out.replace("\n", "")
    assert said.err == ""
    assert run(["verify", str(out / "record.json")]) == 0
    assert run(["verify", str(out)]) == 0


def test_building_again_changes_nothing(articles: Path, tmp_path: Path, capsys: Captured) -> None:
    """The second build reads nothing and writes the same bytes."""
    out = tmp_path / "out"
    run(["build", str(articles), "--out", str(out)])
    first = (out / "record.json").read_bytes()
    capsys.readouterr()
    run(["build", str(articles), "--out", str(out)])
    assert (out / "record.json").read_bytes() == first
    assert "2 unchanged" in capsys.readouterr().out


def test_a_record_among_its_articles_is_no_input(
    articles: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`onrecord build . --out exchange` says the same each day, whatever it wrote there the day before."""
    monkeypatch.chdir(articles)
    for command in (["build", ".", "--out", "exchange"], ["build", ".", "--out", "exchange"], ["add", "exchange", "."]):
        assert run([*command, "--quiet"]) == 0
        assert capsys.readouterr().err == ""
    assert run(["build", ".", "--out", "another", "--quiet"]) == 3
    assert capsys.readouterr().err.count("was written by onrecord and is no article") == 3


def test_only_what_a_command_was_given_is_named(articles: Path, tmp_path: Path, capsys: Captured) -> None:
    """What yesterday's build set aside gives neither today's addition nor a removal another exit status."""
    (articles / "empty.txt").write_bytes(b"")
    out = str(tmp_path / "out")
    assert run(["build", str(articles / "alpha.txt"), str(articles / "empty.txt"), "--out", out, "--quiet"]) == 3
    assert "empty.txt" in capsys.readouterr().err
    assert run(["add", out, str(articles / "beta.txt")]) == 0
    said = capsys.readouterr()
    assert (said.err, "set aside" in said.out) == ("", False)
    assert run(["remove", out, "beta.txt", "--quiet"]) == 0
    assert run(["add", out, str(articles), "--quiet"]) == 3


def test_what_a_person_types_next_can_be_copied(tmp_path: Path, capsys: Captured) -> None:
    """A folder with blanks in its name stands in quotation marks in the commands that are suggested."""
    (tmp_path / "empty.txt").write_bytes(b"")
    out = tmp_path / "talks in the strait"
    run(["build", str(tmp_path / "empty.txt"), "--out", str(out)])
    assert f"onrecord add '{out}/' PATH" in capsys.readouterr().out.replace("\n", " ")
    out = keep_record(tmp_path / "talks in the bay")
    run(["show", str(out)])
    assert f"show '{out}' timeline --possible" in capsys.readouterr().out
    run(["show", str(tmp_path / "no record")])
    assert f"--out '{tmp_path / 'no record'}'" in capsys.readouterr().err


def test_a_folder_called_like_a_file_is_a_record(articles: Path, tmp_path: Path) -> None:
    """`--out exchange.db` makes a folder, and the folder is found again."""
    assert run(["build", str(articles), "--out", str(tmp_path / "exchange.db"), "--quiet"]) == 0
    assert run(["show", str(tmp_path / "exchange.db"), "sources"]) == 0


def test_what_is_set_aside_is_named(articles: Path, tmp_path: Path, capsys: Captured) -> None:
    """An input that is no article gives exit status 3 and is named with its reason; the others are built."""
    (articles / "photo\x1b[2J.bin").write_bytes(bytes(range(256)) * 20)
    assert run(["build", str(articles), "--out", str(tmp_path / "out")]) == 3
    said = capsys.readouterr()
    assert "set aside: 1 input" in said.err
    assert "photo" in said.err
    assert "\x1b" not in said.err
    assert "2 articles" in said.out


def test_build_add_remove(articles: Path, tmp_path: Path, capsys: Captured) -> None:
    """Building A and adding B gives the export of building both; removing B gives that of A; the page goes along."""
    both, grown = tmp_path / "both", tmp_path / "grown"
    run(["build", str(articles / "alpha.txt"), str(articles / "beta.txt"), "--out", str(both), "--quiet"])
    run(["build", str(articles / "alpha.txt"), "--out", str(grown), "--quiet"])
    alone = (grown / "record.json").read_bytes()
    assert run(["add", str(grown), str(articles / "beta.txt"), "--quiet"]) == 0
    assert (grown / "record.json").read_bytes() == (both / "record.json").read_bytes()
    assert (grown / "record.html").read_bytes() == (both / "record.html").read_bytes()
    assert run(["remove", str(grown), "beta.txt", "--quiet"]) == 0
    assert (grown / "record.json").read_bytes() == alone
    assert run(["remove", str(grown), "gamma.txt"]) == 2
    assert capsys.readouterr().out == ""


def test_articles_come_from_standard_input(tmp_path: Path) -> None:
    """`-` takes JSON lines or a text, and one article is one article."""
    line = json.dumps({"text": BETA, "url": "https://beta.example/1", "source": "Beta Times"}).encode()
    for number, given in enumerate((line + b"\n", ALPHA.encode())):
        out = tmp_path / str(number)
        done = call("build", "-", "--out", str(out), given=given)
        assert done.returncode == 0, done.stderr
        assert b"1 article" in done.stdout


@pytest.mark.parametrize(
    ("first", "suffix"),
    [
        (b'\xef\xbb\xbf {"text": "x"}', ".jsonl"),
        (b'{"text": "x\n{"text": "y"}\n', ".jsonl"),
        (b'{\n  "text": "x",\n  "outlet": "y"\n}\n', ".json"),
        (b'[\n  {"text": "x"}]', ".json"),
        (b"[Updated] Norland waits.", ".txt"),
        (b"<!DOCTYPE html><p>x", ".html"),
        (b"<?xml version='1.0'?><rss/>", ".xml"),
        (b"<?xml version='1.0'?><html xmlns='x'>", ".html"),
        (b"Norland waits.", ".txt"),
    ],
)
def test_the_kind_of_standard_input_is_seen_from_its_first_bytes(first: bytes, suffix: str) -> None:
    """Readers go by the suffix, so the spooled file needs the right one."""
    assert guess_suffix(first) == suffix


@pytest.mark.parametrize("section", SECTIONS)
def test_show_prints_every_section(section: str, exchange: Path, capsys: Captured) -> None:
    """Every section has a table and the same rows as JSON."""
    assert run(["show", str(exchange), section]) == 0
    table = capsys.readouterr().out
    assert table.strip()
    assert "\x1b" not in table
    assert run(["show", str(exchange), section, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_show_json_of_all_sections(exchange: Path, capsys: Captured) -> None:
    """Without a section, JSON holds them all."""
    run(["show", str(exchange), "--json"])
    assert tuple(json.loads(capsys.readouterr().out)) == SECTIONS


def test_show_chooses_by_party_and_status(exchange: Path, capsys: Captured) -> None:
    """A desk officer who filters "rejected" sees that answer, its demand, and nothing of the other issue."""
    run(["show", str(exchange), "demands", "--status", "rejected", "--json"])
    (issue,) = json.loads(capsys.readouterr().out)
    assert issue["label"] == "Patrol boats out of the strait"
    run(["show", str(exchange), "timeline", "--by", "BERG", "--json"])
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["e1", "e5"]
    run(["show", str(exchange), "timeline", "--possible", "--json"])
    assert json.loads(capsys.readouterr().out)[-1]["certainty"] == "possible"
    run(["show", str(exchange), "timeline", "--by", "Varland"])
    assert "nothing in timeline fits --by Varland" in capsys.readouterr().out
    assert run(["show", str(exchange), "demands", "--status", "REJECTED"]) == 0
    assert "Patrol boats out of the strait" in capsys.readouterr().out
    assert run(["show", str(exchange), "demands", "--status", "refused"]) == 2
    assert "no entry has the status 'refused'; there are accepted, rejected," in capsys.readouterr().err


def test_export_to_file_and_stdout_agree(exchange: Path, tmp_path: Path, capsysbinary: object) -> None:
    """The same bytes come out of -o FILE and of standard output."""
    for name in ("json", "csv", "jsonl", "html"):
        file = tmp_path / f"out.{name}"
        assert run(["export", str(exchange), "--format", name, "-o", str(file)]) == 0
        assert call("export", str(exchange), "--format", name).stdout == file.read_bytes()


def test_export_of_excerpts_verifies(exchange: Path, tmp_path: Path, capsys: Captured) -> None:
    """What is shared as excerpts still holds, and leaves the rest of the articles out."""
    file = tmp_path / "excerpts.json"
    run(["export", str(exchange), "--format", "json", "--excerpts", "-o", str(file)])
    assert "lighthouses" not in file.read_text(encoding="utf-8")
    assert run(["verify", str(file)]) == 0


def test_export_into_a_folder(exchange: Path, tmp_path: Path, capsys: Captured) -> None:
    """A page may go into a folder; another format needs a file, and a folder that is missing is named."""
    assert run(["export", str(exchange), "--format", "html", "-o", str(tmp_path)]) == 0
    assert (tmp_path / "record.html").exists()
    assert run(["export", str(exchange), "--format", "csv", "-o", str(tmp_path)]) == 2
    assert run(["export", str(exchange), "--format", "csv", "-o", str(tmp_path / "no" / "x.csv")]) == 2
    assert "mkdir" in capsys.readouterr().err


def test_a_pack_goes_into_a_file(exchange: Path, tmp_path: Path, capsys: Captured) -> None:
    """A folder, one that is missing and standard output are no place for a pack, and the message names one."""
    for place, said in ((tmp_path, "exchange.zip"), (tmp_path / "no" / "x.zip", "mkdir -p"), ("-", "exchange.zip")):
        assert run(["pack", str(exchange), "-o", str(place)]) == 2
        assert said in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["exchange"]


def test_csv_from_the_command_line(exchange: Path) -> None:
    """The table can be read as it comes."""
    rows = list(csv.reader(io.StringIO(call("export", str(exchange), "--format", "csv").stdout.decode())))
    assert len({len(row) for row in rows}) == 1


def test_pack_and_verify(exchange: Path, tmp_path: Path, capsys: Captured) -> None:
    """A pack prints its seal, verify prints the same one, and a changed pack gives exit status 1."""
    file = tmp_path / "pack.zip"
    assert run(["pack", str(exchange), "-o", str(file)]) == 0
    seal = capsys.readouterr().out.split()[-1]
    assert run(["verify", str(file)]) == 0
    assert seal in capsys.readouterr().out
    exported = tmp_path / "r.json"
    run(["export", str(exchange), "--format", "json", "-o", str(exported)])
    exported.write_text(exported.read_text(encoding="utf-8").replace("the 1974 charts", "the 1975 charts", 3))
    assert run(["verify", str(exported)]) == 1
    assert "exact" in capsys.readouterr().out
    assert run(["verify", str(exported), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["holds"] is False


def test_verify_reads_standard_input(exchange: Path) -> None:
    """An export can be piped into verify."""
    exported = call("export", str(exchange), "--format", "json").stdout
    assert call("verify", "-", given=exported).returncode == 0
    assert call("verify", "-", given=exported[:-9]).returncode == 1


def test_a_closed_pipe_is_silent(exchange: Path) -> None:
    """`onrecord export | head -1` says nothing on standard error."""
    command = f"{sys.executable} -m onrecord export {exchange} --format html | head -c 10"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout) == 10


@pytest.mark.broken_record
def test_a_closed_pipe_changes_no_exit_status(exchange: Path, articles: Path, tmp_path: Path) -> None:
    """What was set aside is named, and what does not hold gives 1, though `head` reads one line only."""
    (articles / "empty.txt").write_bytes(b"")
    exported = tmp_path / "changed.json"
    run(["export", str(exchange), "--format", "json", "-o", str(exported)])
    exported.write_text(exported.read_text(encoding="utf-8").replace("1974 charts", "1975 charts", 3), encoding="utf-8")
    for words, status, said in (
        (f"build {articles} --out {tmp_path / 'out'}", 3, b"set aside: 1 input\n  empty.txt: is empty"),
        (f"verify {exported}", 1, b""),
        (f"verify {exported} --json", 1, b""),
    ):
        command = f"{sys.executable} -m onrecord {words} | true"
        done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, check=False)
        assert done.returncode == status
        assert done.stderr.startswith(said)
        assert b"Broken" not in done.stderr


def test_a_narrow_terminal_loses_no_column(exchange: Path) -> None:
    """On 40 columns lines are longer than the terminal, and still say what it is about."""
    assert b"charts" in call("show", str(exchange), "timeline", COLUMNS="40").stdout
    for columns in ("40", "70", "120"):
        sources = call("show", str(exchange), "sources", COLUMNS=columns).stdout.decode().splitlines()
        assert sources[1].split()[0] == "source"
        assert sources[3].split()[0] == "alpha.txt"
        assert any(line.split() == ["Beta", "Times", "beta.txt"] for line in sources)


def test_a_closed_output_is_no_crash(exchange: Path) -> None:
    """`onrecord show x >&-`, as a scheduler may run it, does its work and says nothing."""
    for words in (f"show {exchange}", f"show {exchange} --json", f"verify {exchange}"):
        command = f"{sys.executable} -m onrecord {words} >&-"
        done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b"")


def test_help_to_a_full_disk_is_said() -> None:
    """`onrecord --help > file` on a full disk gives 1 and a line, no traceback."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    for words in ("--help", "--version", "show --help"):
        command = f"{sys.executable} -m onrecord {words} > /dev/full"
        done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (1, b"onrecord: the output: No space left on device\n")


def test_a_terminal_without_unicode_is_no_crash(exchange: Path) -> None:
    """Where the terminal knows ASCII only, what it cannot show becomes a question mark."""
    done = call("show", str(exchange), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert done.stdout.decode("ascii")


def test_an_unwritable_output_is_said(exchange: Path, capsys: Captured) -> None:
    """A place that cannot be written gives a message and exit status 1."""
    assert run(["export", str(exchange), "--format", "csv", "-o", "/proc/exchange.csv"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("onrecord: ")
    assert "/proc" in said


def test_a_place_that_is_taken_is_said(articles: Path, tmp_path: Path, capsys: Captured) -> None:
    """A file where a folder should be, and a folder where a file should be, give 1 and the way out."""
    (tmp_path / "taken" / "record.json").mkdir(parents=True)
    for out, place in ((articles / "alpha.txt" / "x", "record.db"), (tmp_path / "taken", "record.json")):
        assert run(["build", str(articles), "--out", str(out), "--quiet"]) == 1
        said = capsys.readouterr().err
        assert f"cannot use {out / place}" in said
        assert "give another place (--out or -o)" in said
    (tmp_path / "taken" / "record.json").rmdir()


def test_an_interrupted_command_says_so(exchange: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C leaves with 130 and one line."""

    def interrupt(*words: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.store.Store.open", interrupt)
    assert run(["show", str(exchange)]) == 130
    assert "stopped" in capsys.readouterr().err
