"""What goes wrong on a machine: killed, two at once, a full disk, a read-only folder, a damaged or newer file."""

from __future__ import annotations

import io
import os
import pickle
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.errors import Damaged, Locked, NewerSchema, OnRecordError, OutOfSpace, PluginError
from onrecord.model import Record, Text
from onrecord.pipeline import Outcome, workers
from onrecord.pipeline.reading import Task, read_text
from onrecord.store import Store, find_faults, write_atomically
from tests.standins import Names, Sayings, start, workshop, write_articles

SHOP = workshop()

posix = pytest.mark.skipif(sys.platform == "win32", reason="sends POSIX signals")
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks for the workers in /proc")


def build(folder: Path, out: Path, count: int = 1) -> Outcome:
    return pipeline.build([folder], out, count, None, SHOP)


def count_layers(out: Path) -> int:
    """Layers on disk, as any other program sees them."""
    if not (out / "record.db").exists():
        return 0
    try:
        with closing(sqlite3.connect(out / "record.db")) as connection:
            return int(connection.execute("SELECT count(*) FROM layer").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # killed before the schema was there


_KILL_AT = """
import itertools, os, signal
from onrecord.store.database import Database
calls = itertools.count()
def counted(real):
    def call(*given, **named):
        if next(calls) == {moment}:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given, **named)
    return call
for verb in ("rows", "write", "write_all"):
    setattr(Database, verb, counted(getattr(Database, verb)))
"""


@posix
@pytest.mark.parametrize("moment", sorted(random.Random(7).sample(range(124), 15)))
def test_a_build_killed_at_any_call_of_the_database_is_completed_by_the_next(tmp_path: Path, moment: int) -> None:
    write_articles(tmp_path / "in", range(6))
    whole = build(tmp_path / "in", tmp_path / "whole").record
    process = start(tmp_path / "out", 1, tmp_path / "in", before=_KILL_AT.format(moment=moment))
    process.communicate(timeout=30)
    assert process.returncode == -signal.SIGKILL
    finished = count_layers(tmp_path / "out")
    outcome = build(tmp_path / "in", tmp_path / "out")
    assert outcome.record == whole
    assert finished == 2 * outcome.unchanged  # all layers of a text are written at once, and none is read again
    with Store.open(tmp_path / "out", readonly=True) as store:
        assert list(find_faults(store)) == []


@posix
@pytest.mark.parametrize("count", [1, 2])
def test_a_build_killed_again_and_again_loses_no_finished_layer(tmp_path: Path, count: int) -> None:
    write_articles(tmp_path / "in", range(60), "SLOW")
    whole = build(tmp_path / "in", tmp_path / "whole").record
    chance = random.Random(count)  # seeded; the moments still vary with the machine, which is the point
    out = tmp_path / "out"
    finished = 0
    for _ in range(8):
        process = start(out, count, tmp_path / "in")
        assert process.stdout
        process.stdout.readline()  # ready: from here on every moment counts
        time.sleep(chance.uniform(0.02, 0.12) if count == 1 else chance.uniform(0.1, 0.4))
        process.kill()
        process.communicate()
        assert count_layers(out) >= finished
        finished = count_layers(out)
    outcome = build(tmp_path / "in", out)
    assert outcome.record == whole
    assert finished == 2 * outcome.unchanged


@posix
def test_a_killed_addition_leaves_the_record_as_it_was_until_the_next_is_through(tmp_path: Path) -> None:
    before = build(write_articles(tmp_path / "a", range(3))[0].parent, tmp_path / "out").record
    write_articles(tmp_path / "b", range(3, 6))

    def interrupted(corpus: object, vectors: object) -> None:
        raise KeyboardInterrupt

    shop = pipeline.Workshop(SHOP.find, SHOP.take_in, SHOP.stages, interrupted, SHOP.draw, "1")  # type: ignore[arg-type]
    with pytest.raises(KeyboardInterrupt):
        pipeline.add(tmp_path / "out", [tmp_path / "b"], 1, None, shop)
    with pipeline.open_record(tmp_path / "out") as store:
        assert (store.record(), len(store.articles())) == (before, 3)
    only_one = pipeline.add(tmp_path / "out", [tmp_path / "b" / "article-004.txt"], 1, None, SHOP)
    assert (only_one.read, len(only_one.record.texts)) == (0, 4)


@linux
def test_ctrl_c_ends_a_build_with_its_workers_and_lets_the_next_one_in(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", range(4), "STUCK")
    process = start(tmp_path / "out", 2, tmp_path / "in")
    assert process.stdout
    process.stdout.readline()
    pids: list[str] = []
    deadline = time.monotonic() + 20
    while len(pids) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
        pids = [
            pid for file in Path(f"/proc/{process.pid}/task").glob("*/children") for pid in file.read_text().split()
        ]
    assert len(pids) == 2
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in complaint
    assert process.returncode != 0
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    Store.open(tmp_path / "out").close()


@posix
def test_of_two_builds_at_once_the_second_says_so_and_stops(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    write_articles(tmp_path / "in", range(40), f"GATE {gate}")
    first = start(tmp_path / "out", 1, tmp_path / "in")
    deadline = time.monotonic() + 20
    while not (tmp_path / "out" / "record.db").exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    with pytest.raises(Locked, match=rf"\(pid {first.pid}\)"):
        build(tmp_path / "in", tmp_path / "out")
    gate.touch()
    said, complaint = first.communicate(timeout=30)
    assert (said.split(), complaint) == (["ready", "40"], "")
    assert build(tmp_path / "in", tmp_path / "out").read == 0


@posix
def test_many_builds_at_once_leave_one_sound_record(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", range(10), "SLOW")
    started = [start(tmp_path / "out", 1, tmp_path / "in") for _ in range(4)]
    said = [process.communicate(timeout=60) for process in started]
    assert any(out.endswith("10\n") for out, _ in said)
    assert all(
        process.returncode == 0 or "Locked" in complaint for process, (_, complaint) in zip(started, said, strict=True)
    )
    with Store.open(tmp_path / "out", readonly=True) as store:
        assert list(find_faults(store)) == []


@posix
@pytest.mark.parametrize("limit", [0, 20_000, 150_000, 190_000, 250_000])
def test_a_full_disk_is_named_with_the_way_out_and_the_next_build_completes_it(tmp_path: Path, limit: int) -> None:
    write_articles(tmp_path / "in", range(60))
    before = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))"
    process = start(tmp_path / "out", 1, tmp_path / "in", before=before)
    _, complaint = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "onrecord.errors.OutOfSpace: no space left to write" in complaint
    assert "Free some space" in complaint
    outcome = build(tmp_path / "in", tmp_path / "out")
    assert outcome.record == build(tmp_path / "in", tmp_path / "whole").record


def test_a_database_that_may_not_grow_is_a_full_disk_and_keeps_the_record_that_stood(tmp_path: Path) -> None:
    record = build(write_articles(tmp_path / "in", range(3))[0].parent, tmp_path / "out").record
    with Store.open(tmp_path / "out") as store:
        store.database.rows("PRAGMA max_page_count = 1")
        sources, _ = SHOP.find(write_articles(tmp_path / "more", range(3, 40)))
        with pytest.raises(OutOfSpace, match=r"record\.db"), store.transaction():
            for source in sources:
                intake = SHOP.take_in(source)
                store.put(intake.raw, intake.sha256, intake.articles)
    with pipeline.open_record(tmp_path / "out") as store:
        assert store.record() == record
        assert list(find_faults(store)) == []


@posix
def test_an_output_that_does_not_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    code = (
        "import resource, signal; resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "from pathlib import Path\nfrom onrecord.store import write_atomically\n"
        f"with write_atomically(Path({str(tmp_path / 'record.json')!r})) as stream: stream.write(b'x' * 1000)\n"
    )
    process = start(tmp_path, 1, before=code)
    assert "OutOfSpace" in process.communicate(timeout=30)[1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [13, 1, 30])
def test_a_read_only_folder_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    real = os.open

    def refuse(path: object, flags: int, *args: object, **kwargs: object) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            raise OSError(number, os.strerror(number), str(path))
        return real(path, flags, *args, **kwargs)  # type: ignore[arg-type]

    def refuse_file(path: Path, mode: str = "r", *args: object, **kwargs: object) -> object:
        raise OSError(number, os.strerror(number), str(path))

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse_file)
    with pytest.raises(OutOfSpace, match=r"read-only here. Choose another place \(--out or -o\)"):
        pipeline.build([], tmp_path / "out", 1, None, SHOP)
    with pytest.raises(OutOfSpace, match=r"cannot write .*record\.json"), write_atomically(tmp_path / "record.json"):
        pass
    monkeypatch.undo()
    assert [file.name for file in tmp_path.rglob("*")] == ["out"]


def test_a_read_only_database_is_said_to_be(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.database.rows("PRAGMA query_only = ON")
        with pytest.raises(OutOfSpace, match="read-only"):
            store.put_stages([])


@pytest.mark.broken_record
def test_a_record_of_a_newer_schema_is_left_as_it_is(tmp_path: Path) -> None:
    build(write_articles(tmp_path / "in", range(2))[0].parent, tmp_path / "out")
    with closing(sqlite3.connect(tmp_path / "out" / "record.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (tmp_path / "out" / "record.db").read_bytes()
    with pytest.raises(NewerSchema, match=r"schema 99 .* upgrade onrecord"):
        build(tmp_path / "in", tmp_path / "out")
    assert (tmp_path / "out" / "record.db").read_bytes() == before


@pytest.mark.broken_record
@pytest.mark.parametrize("share", [0.0001, 0.05, 0.3, 0.7, 0.999])
def test_a_file_cut_off_is_damage_wherever_it_breaks_off(tmp_path: Path, share: float) -> None:
    build(write_articles(tmp_path / "in", range(5))[0].parent, tmp_path / "out")
    path = tmp_path / "out" / "record.db"
    os.truncate(path, max(10, int(path.stat().st_size * share)))
    for attempt in (lambda: build(tmp_path / "in", tmp_path / "out"), lambda: pipeline.open_record(path)):
        with pytest.raises(Damaged, match=r"breaks off after \d+ .*onrecord build"):
            attempt()


@pytest.mark.broken_record
def test_a_file_overwritten_in_its_middle_is_damage_or_a_fault_and_never_a_wrong_record(tmp_path: Path) -> None:
    record = build(write_articles(tmp_path / "in", range(30))[0].parent, tmp_path / "out").record
    path = tmp_path / "out" / "record.db"
    sound = path.read_bytes()
    chance = random.Random(2)
    for _ in range(25):
        place = chance.randrange(100, len(sound) - 2000)
        path.write_bytes(sound[:place] + chance.randbytes(2000) + sound[place + 2000 :])
        try:
            with pipeline.open_record(path) as store:
                faults = list(find_faults(store))
                assert faults or store.record() == record
        except OnRecordError as error:
            assert str(path) in str(error)


def test_a_worker_answers_each_task_until_there_are_no_more() -> None:
    texts = [Text.of(f"Anna Berg said: “No, {number}.”") for number in range(3)]
    tasks = [Task(text, {"names": "f1", "statements": "f2"}) for text in texts]
    addresses = ["tests.standins:Names", "tests.standins:Sayings"]
    path = list(sys.path)
    asked = io.BytesIO(b"".join(pickle.dumps(value) for value in ((path, addresses), *tasks)))
    answers = io.BytesIO()
    workers.serve(asked, answers)
    answers.seek(0)
    assert pickle.load(answers) is None
    assert [pickle.load(answers) for _ in tasks] == [read_text(task, (Names(), Sayings())) for task in tasks]
    refused = io.BytesIO()
    workers.serve(io.BytesIO(pickle.dumps((path, ["tests.standins:Nothing"]))), refused)
    assert "tests.standins:Nothing cannot be loaded" in pickle.loads(refused.getvalue())


def test_a_worker_that_does_not_end_when_told_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdin=subprocess.PIPE)
    real = process.wait
    monkeypatch.setattr(process, "wait", lambda timeout=None: real(timeout and 0.05))
    assert workers._wait(process) == -signal.SIGKILL


def test_a_worker_that_cannot_start_says_what_to_try(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path / "in", range(3))
    monkeypatch.setattr(workers, "_PROGRAM", "raise SystemExit(7)")
    with pytest.raises(PluginError, match="exit status 7 before its first text; try --workers 1"):
        build(tmp_path / "in", tmp_path / "out", 2)
    monkeypatch.undo()

    class Local(Names):
        """A stage that no other process can find."""

    with pytest.raises(PluginError, match="cannot load its stages"):
        pipeline.build([tmp_path / "in"], tmp_path / "out", 2, None, workshop((Local(), Sayings())))
    assert build(tmp_path / "in", tmp_path / "out", 2).read == 3


def test_nothing_is_lost_where_reading_stops_for_want_of_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path / "in", range(12))
    kept: list[object] = []
    real = Store.put_layers

    def put(store: Store, text: object, made: object) -> None:
        if len(kept) == 5:
            raise OutOfSpace("no space left")
        kept.append(text)
        real(store, text, made)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "put_layers", put)
    with pytest.raises(OutOfSpace):
        build(tmp_path / "in", tmp_path / "out", 2)
    monkeypatch.undo()
    outcome = build(tmp_path / "in", tmp_path / "out")
    assert (outcome.read, outcome.unchanged) == (7, 5)
    assert outcome.record != Record()
