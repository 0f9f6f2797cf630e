"""Bad input at the command line: it is named with the way out, the exit status says so, and nothing else is lost."""

from __future__ import annotations

import ctypes
import gzip
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.faces.commands import run
from onrecord.faces.commands.asking import SECTIONS
from onrecord.faces.commands.writing import FLAGS
from onrecord.pipeline import open_record
from onrecord.store.database import SCHEMA
from tests.intake_inputs import ATOM, MORE_PROSE, PAGE, PROSE, RSS

SECONDS = 60  # for one command on a slow machine that has more to do; only a blow-up takes longer
OUTPUTS = {"record.db", "record.html", "record.json"}

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs links, modes and limits of POSIX")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of two good files with three articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    front = "outlet: Varland Herald\npublished: 2022-03-14\n"
    (folder / "good.txt").write_text(f"---\n{front}---\n{PROSE}\n\n{MORE_PROSE}\n", encoding="utf-8")
    lines = ({"text": words, "sitename": "Norland Wire", "date": "2022-03-15"} for words in (PROSE, MORE_PROSE))
    (folder / "good.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


def call(*words: str | Path, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own; ``before`` runs in it first."""
    command = [sys.executable, "-m", "onrecord", *map(str, words)]
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, preexec_fn=before, check=False
    )
    assert "Traceback" not in done.stderr
    return done


def build(articles: Path, *more: Path, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Builds into the folder ``out`` beside the articles."""
    return call("build", articles, *more, "--out", articles.parent / "out", "--quiet", before=before)


def texts(articles: Path) -> list[tuple[str, str]]:
    """File and words of each article on the record, after making sure that nothing is half-written."""
    out = articles.parent / "out"
    assert {path.name for path in out.iterdir()} == OUTPUTS
    found = json.loads((out / "record.json").read_text(encoding="utf-8"))["texts"]
    return sorted((text["file"], text["body"]) for text in found)


def is_whole(articles: Path) -> bool:
    """Whether all three good articles, and nothing else, are on the record."""
    return [file for file, _ in texts(articles)] == ["good.jsonl", "good.jsonl", "good.txt"]


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200_000_000)


def _entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>' + RSS.partition("?>")[2].strip()
    return bomb.replace("Short.", "&l11;").encode()


SET_ASIDE: dict[str, tuple[str, Callable[[], bytes] | None, str]] = {
    "an empty file": ("bad.txt", lambda: b"", "is empty; save the article again, or remove the file."),
    "a binary file": (
        "bad.txt",
        lambda: bytes(range(256)) * 200,
        "holds binary data, not text; give the article as text, HTML, JSONL or a feed.",
    ),
    "a file of 200 MB": (
        "bad.txt",
        None,
        "is a file of 200,000,000 bytes, and the limit is 50,000,000; split it into articles.",
    ),
    "one line of 20 MB": (
        "bad.txt",
        lambda: b"Norland waits. " * 1_400_000,
        "is one text of 21,000,000 characters, and the limit is 5,000,000; split it into articles.",
    ),
    "100,000 nested elements": (
        "bad.html",
        lambda: b"<html><body>" + b"<div>" * 100_000 + PROSE.encode(),
        "nests more than 250 elements; save the article as plain text.",
    ),
    "a million <p>": (
        "bad.html",
        lambda: b"<html><body>" + b"<p>" * 1_000_000,
        "has more than 30,000 tags; save the article alone, or as plain text.",
    ),
    "a decompression bomb": (
        "bad.html",
        lambda: gzip.compress(b"0" * 50_000_000, 1),
        "is packed (gzip); unpack it first.",
    ),
    "an entity bomb": (
        "bad.xml",
        _entity_bomb,
        "declares XML entities, which can be made to grow without end; remove its DOCTYPE.",
    ),
    "a feed without items": (
        "bad.xml",
        lambda: b"<rss version='2.0'><channel><title>F</title></channel></rss>",
        "is a feed without items; save it again when it has some.",
    ),
}


@pytest.mark.parametrize("case", SET_ASIDE)
def test_a_bad_file_is_set_aside_by_name_and_loses_no_other(articles: Path, case: str) -> None:
    """Of a folder with one bad file the others are on the record; the bad one is named with what to do."""
    name, make, reason = SET_ASIDE[case]
    if make is None:
        _sparse(articles / name)
    else:
        (articles / name).write_bytes(make())
    done = build(articles)
    assert done.returncode == 3
    assert done.stderr == f"set aside: 1 input\n  {name}: {reason}\n"
    assert is_whole(articles)


def test_invalid_utf_8_is_read_and_named(articles: Path) -> None:
    """Bytes that stand for nothing cost their own place, no more; the article is named, and the exit status is 0."""
    (articles / "bad.txt").write_bytes(f"{PROSE} Na".encode() + b"\xefve\xff" + f" {MORE_PROSE} «“Nej”» £5".encode())
    done = build(articles)
    assert done.returncode == 0
    assert done.stderr == (
        "read, but look at:\n  bad.txt: holds bytes that are no utf-8, shown as \ufffd; save it again as UTF-8.\n"
    )
    assert texts(articles)[0] == ("bad.txt", f"{PROSE} Na\ufffdve\ufffd {MORE_PROSE} «“Nej”» £5")


def test_all_that_is_off_in_an_article_is_said(articles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every flag that the intake sets has its words, said once a file, and is no reason for another exit status."""
    odd = [{"text": f"{number} {words}"} for number, words in enumerate(("a\0b", "\ud83d", "\u202egpj.exe", "\u202e"))]
    lines = [json.dumps(line) for line in (*odd, {"text": PROSE, "date": "Thursday week"})]
    (articles / "odd.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (articles / "bytes.txt").write_bytes(f"{PROSE} «“Nej”» £5".encode() + b"\xff")
    (articles / "keys.md").write_text(f"---\ndate: 2022-03-14\nsite: Norland Wire\n---\n{PROSE}", encoding="utf-8")
    (articles / "guess.txt").write_bytes(("Министр сказал, что Норландия ждёт ответа. " * 9).encode("cp1251"))
    assert run(["build", str(articles), "--out", str(articles.parent / "out"), "--quiet"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "read, but look at:"
    assert [line.split(":")[0] for line in said[1:]] == [
        *("  bytes.txt", "  guess.txt", "  keys.md"),
        *["  odd.jsonl"] * 4,
    ]
    assert "guess.txt: names no encoding and is no UTF-8; read as windows-1251: save it as UTF-8 if" in said[2]
    with open_record(articles.parent / "out") as store:
        assert {flag for article in store.articles() for flag in article.flags} == set(FLAGS)


def test_a_broken_line_loses_no_other_line(articles: Path) -> None:
    """Of JSON lines the broken one is named by number; the others are on the record."""
    lines = (articles / "good.jsonl").read_text(encoding="utf-8").splitlines()
    (articles / "good.jsonl").write_text("\n".join([lines[0], '{"text": "Sudm', lines[1]]), encoding="utf-8")
    done = build(articles)
    assert done.returncode == 3
    assert "good.jsonl: line 2 is no JSON" in done.stderr
    assert "; mend or remove the line." in done.stderr
    assert is_whole(articles)


def test_a_folder_that_does_not_exist_is_named_and_nothing_is_written(articles: Path) -> None:
    """A misspelt path is the words of the command: it is named, and there is no half a record without it."""
    done = build(articles, articles.parent / "artikles")
    assert done.returncode == 2
    assert f"'{articles.parent / 'artikles'}' does not exist; give files and folders that are there" in done.stderr
    assert not (articles.parent / "out").exists()


@posix
def test_a_link_out_of_the_folder_is_not_followed(articles: Path) -> None:
    """A symbolic link that leads out is named with where it leads; what is there does not get on the record."""
    (articles.parent / "secret.txt").write_text("The password is “herring”.", encoding="utf-8")
    (articles / "bad.txt").symlink_to(articles.parent / "secret.txt")
    done = build(articles)
    assert done.returncode == 3
    assert f"bad.txt: is a symbolic link out of the folder, to {articles.parent / 'secret.txt'}; give" in done.stderr
    assert is_whole(articles)
    assert b"herring" not in (articles.parent / "out" / "record.db").read_bytes()


@pytest.mark.broken_record
def test_a_record_of_a_newer_schema_is_left_alone(articles: Path) -> None:
    """Neither building into it nor showing it touches it; the message says what to upgrade."""
    build(articles)
    out = articles.parent / "out"
    with closing(sqlite3.connect(out / "record.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = {name: (out / name).read_bytes() for name in OUTPUTS}
    for done in (build(articles), call("show", out)):
        assert done.returncode == 1
        told = f"{out / 'record.db'} has schema 99 and this onrecord knows up to {SCHEMA}; upgrade onrecord"
        assert told in done.stderr
    assert {name: (out / name).read_bytes() for name in OUTPUTS} == before


@posix
@pytest.mark.parametrize("room", [20_000, 300_000])
def test_a_full_disk_keeps_the_record_that_stood(articles: Path, tmp_path: Path, room: int) -> None:
    """Where there is no more room, the old outputs stand as they were, and the next build completes the new ones."""
    import resource

    build(articles)
    out = tmp_path / "out"
    before = (out / "record.json").read_bytes(), (out / "record.html").read_bytes()
    for number in range(3):
        (articles / f"more-{number}.txt").write_text(f"{number}.\n{MORE_PROSE}{' ' * 99_999}", encoding="utf-8")
    full = build(articles, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)))
    assert full.returncode == 1
    assert f"no space left to write {out / 'record.db'}" in full.stderr
    assert "Free some space" in full.stderr
    assert ((out / "record.json").read_bytes(), (out / "record.html").read_bytes()) == before
    assert call("show", out, "sources").returncode == 0
    assert build(articles).returncode == 0
    assert len(texts(articles)) == 6


def _obey_modes() -> None:
    """Take from root the right to write where the mode of a folder forbids it."""
    if os.geteuid() == 0:
        drop_from_bounding_set, capabilities = 24, (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
        for capability in capabilities:
            ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Callable[[Path, int], None]]:
    """Closes a file or folder for the test, where modes count; skips the test where they do not."""
    closed: list[Path] = []

    def close(path: Path, mode: int) -> None:
        path.chmod(mode)
        closed.append(path)
        code = f"import os; os.{'listdir' if path.is_dir() else 'open'}({str(path)!r}{'' if path.is_dir() else ', 0'})"
        if (
            mode == 0
            and not subprocess.run(
                [sys.executable, "-c", code], preexec_fn=_obey_modes, capture_output=True, check=False
            ).returncode
        ):
            pytest.skip("modes do not count for this user")

    yield close
    for path in closed:
        path.chmod(0o700)


@posix
def test_a_read_only_folder_is_named(articles: Path, tmp_path: Path, closed: Callable[[Path, int], None]) -> None:
    """A record that may not be written is named and unchanged, and can still be shown."""
    build(articles)
    out = tmp_path / "out"
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (tmp_path / "probe").mkdir()
    closed(tmp_path / "probe", 0)  # skips where modes do not count
    closed(out, 0o500)
    (articles / "more.txt").write_text(MORE_PROSE, encoding="utf-8")
    done = build(articles, before=_obey_modes)
    assert done.returncode == 1
    assert f"cannot write {out / 'record.db'}" in done.stderr
    assert "read-only here. Choose another place (--out or -o)" in done.stderr
    assert call("show", out, "sources", before=_obey_modes).returncode == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@posix
def test_what_may_not_be_read_is_set_aside(articles: Path, closed: Callable[[Path, int], None]) -> None:
    """A file and a folder without permission are named; the others beside them are on the record."""
    (articles / "shut").mkdir()
    (articles / "bad.txt").write_text(PROSE, encoding="utf-8")
    closed(articles / "bad.txt", 0)
    closed(articles / "shut", 0)
    done = build(articles, before=_obey_modes)
    assert done.returncode == 3
    assert "bad.txt: cannot be read (Permission denied); check that" in done.stderr
    assert "shut: cannot be listed (Permission denied); check that you may read it." in done.stderr
    assert is_whole(articles)


@posix
def test_a_killed_build_is_completed(articles: Path, tmp_path: Path) -> None:
    """A build killed while it reads leaves no outputs; the next goes on from there and gives the whole record."""
    for number in range(25):
        (articles / f"more-{number}.txt").write_text(f"{PROSE} {number}\n\n{MORE_PROSE}\n" * 4, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "onrecord", "build", str(articles), "--out", str(out), "--workers", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + SECONDS
    while _count_layers(out / "record.db") < 5 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.kill()
    process.wait()
    finished = _count_layers(out / "record.db")
    assert finished >= 5
    assert not (out / "record.json").exists()
    assert build(articles).returncode == 0
    assert _count_layers(out / "record.db") > finished
    completed = (out / "record.json").read_bytes()
    assert call("build", articles, "--out", tmp_path / "whole", "--quiet").returncode == 0
    assert (tmp_path / "whole" / "record.json").read_bytes() == completed


def _count_layers(record: Path) -> int:
    if not record.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"{record.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM layer").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # the schema is not there yet


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A server on this machine that nobody may call: it also sees what a library in C would fetch."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def test_nothing_opens_a_connection(tmp_path: Path, server: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    """From build to verify, over all formats full of addresses, nothing is looked up, called or fetched."""
    remote = f"http://127.0.0.1:{server.getsockname()[1]}/x"
    _write_tempting(tmp_path / "in", remote)
    attempts: list[object] = []

    def refuse(*given: object, **named: object) -> None:
        attempts.append(given)
        raise OSError("a connection was attempted")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)
    out, pack = str(tmp_path / "out"), str(tmp_path / "pack.zip")
    assert run(["build", str(tmp_path / "in"), "--out", out]) == 0
    assert run(["show", out]) == run(["show", out, *SECTIONS]) == run(["show", out, "--json"]) == 0
    for name in ("json", "html", "csv", "jsonl"):
        assert run(["export", out, "--format", name, "-o", str(tmp_path / f"x.{name}")]) == 0
    assert run(["pack", out, "-o", pack]) == 0
    assert run(["verify", out]) == run(["verify", pack]) == run(["verify", str(tmp_path / "x.json")]) == 0
    assert attempts == []
    with pytest.raises(BlockingIOError):
        server.accept()


def _write_tempting(folder: Path, remote: str) -> None:
    """An article in each format, with everything that a careless reader would fetch."""
    folder.mkdir()
    head = f'<base href="{remote}"><meta http-equiv=refresh content="0; url={remote}"><script src="{remote}"></script>'
    page = PAGE.replace("<!doctype html>", f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{remote}.dtd">')
    page = page.replace("</head>", f"{head}</head>").replace("https://varland-herald.example", remote)
    feed = RSS.replace("<rss ", f'<!DOCTYPE rss SYSTEM "{remote}.dtd"><rss ').replace("<p>", f'<p><img src="{remote}">')
    files = {
        "a.txt": f"---\noutlet: Norland Wire\nurl: {remote}\n---\n{PROSE} {remote}",
        "b.html": page.replace("</article>", f'<iframe src="{remote}"></iframe></article>'),
        "c.xhtml": f'<?xml version="1.0"?><?xml-stylesheet href="{remote}.xsl"?>{page}',
        "d.jsonl": json.dumps({"text": PROSE, "url": remote, "image_url": remote}),
        "e.json": json.dumps({"maintext": MORE_PROSE, "url": remote}),
        "f.xml": feed.replace("https://radio-varland.example", remote),
        "g.atom": ATOM.replace("https://wire.example", remote),
        "manifest.csv": f"file,outlet,url\na.txt,Norland Wire,{remote}\n",
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
