"""Building, adding and removing: the same inputs give the same record, and nothing is read twice."""

from __future__ import annotations

import io
import itertools
import os
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import onrecord
from onrecord import pipeline
from onrecord.errors import InputError, NotARecord, PluginError, UsageError
from onrecord.faces.exports.json import write_json
from onrecord.model import Record, Statement, Text
from onrecord.pipeline import Exchange, Outcome, SetAside, code
from onrecord.pipeline.plan import mark_stages
from onrecord.reading.page import Page, Reading
from tests.records import make_record
from tests.standins import Names, NewSayings, Sayings, article, workshop, write_articles

SHOP = workshop()


def build(paths: list[Path], out: Path, workers: int = 1) -> Outcome:
    return pipeline.build(paths, out, workers, None, SHOP)


def as_bytes(record: Record) -> bytes:
    stream = io.BytesIO()
    write_json(record, stream)
    return stream.getvalue()


class Steps:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str | int] = []

    def start(self, total: int) -> None:
        self.told.append(total)

    def step(self, what: str) -> None:
        self.told.append(what)

    def done(self) -> None:
        self.told.append("done")


def test_other_weights_of_what_links_draw_the_record_anew_and_read_nothing_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sums of all networks' weights are part of a record's version, and of no stage's mark."""
    before = pipeline.standard_workshop()
    marks = mark_stages(before.stages)
    monkeypatch.setattr("onrecord.pipeline.workshop.digest_weights", lambda: "other")
    after = pipeline.standard_workshop()
    assert before.version != after.version
    assert mark_stages(after.stages) == marks
    names = [name for name, _ in code._contents(files("onrecord.encoder"), "encoder")]
    assert names
    assert not any("weights" in name for name in names)


def test_a_second_build_reads_nothing_and_gives_the_same_bytes(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", range(12))
    first = build([tmp_path / "in"], tmp_path / "out")
    again = build([tmp_path / "in"], tmp_path / "out")
    assert (first.read, first.unchanged) == (12, 0)
    assert (again.read, again.unchanged, again.removed) == (0, 12, 0)
    assert as_bytes(again.record) == as_bytes(first.record)
    assert len(first.record.entries) == 10  # three articles tell one thing


def test_two_folders_get_the_same_record(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", range(6))
    records = [build([tmp_path / "in"], tmp_path / name).record for name in ("one", "two")]
    assert as_bytes(records[0]) == as_bytes(records[1])


def test_the_record_is_drawn_again_only_where_something_changed(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", range(3))
    drawn: list[Record] = []

    def draw_and_count(linked: object) -> Record:
        drawn.append(SHOP.draw(linked))  # type: ignore[arg-type]
        return drawn[-1]

    for version in ("1", "1", "2"):
        shop = pipeline.Workshop(SHOP.find, SHOP.take_in, SHOP.stages, SHOP.link, draw_and_count, version)
        pipeline.build([tmp_path / "in"], tmp_path / "out", 1, None, shop)
    assert len(drawn) == 2


@pytest.mark.parametrize("workers", [2, 3])
def test_any_number_of_workers_gives_the_same_record(tmp_path: Path, workers: int) -> None:
    write_articles(tmp_path / "in", range(15))
    alone = build([tmp_path / "in"], tmp_path / "one")
    together = build([tmp_path / "in"], tmp_path / "several", workers)
    assert together.read == 15
    assert as_bytes(together.record) == as_bytes(alone.record)


def test_a_stage_that_makes_what_it_did_not_declare_fails(tmp_path: Path) -> None:
    class Undeclared(Names):
        makes = (Statement,)

    class Astray(Names):
        def read(self, page: Page) -> Reading:
            return super().read(Page(Text.of(page.text.body + "."), page.layers))

    for stage, why in ((Undeclared(), "made a name, but says that it makes statement"), (Astray(), "while reading")):
        with pytest.raises(PluginError, match=why):
            pipeline.read("Anna Berg", workshop((stage,)))


def test_what_a_stage_prints_does_not_get_among_the_answers(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", range(3), "PRINT")
    outcome = build([tmp_path / "in"], tmp_path / "out", 2)
    assert (outcome.read, outcome.set_aside) == (3, ())


def test_adding_in_any_order_equals_building_together(tmp_path: Path) -> None:
    parts = [
        write_articles(tmp_path / name, numbers) for name, numbers in (("a", [0, 1]), ("b", [5, 2]), ("c", [10, 3]))
    ]
    whole = as_bytes(build([tmp_path / "a", tmp_path / "b", tmp_path / "c"], tmp_path / "whole").record)
    for number, order in enumerate(itertools.permutations(parts)):
        out = tmp_path / f"order-{number}"
        build(order[0], out)
        for part in order[1:]:
            outcome = pipeline.add(out, part, 1, None, SHOP)
            assert outcome.read == 2
        assert as_bytes(outcome.record) == whole
    assert as_bytes(build([tmp_path / "c", tmp_path / "b", tmp_path / "a"], tmp_path / "turned").record) == whole


def test_adding_to_no_record_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotARecord, match="onrecord build"):
        pipeline.add(tmp_path, [], 1, None, SHOP)


def test_removing_what_was_added_gives_the_record_before(tmp_path: Path) -> None:
    before = build(write_articles(tmp_path / "a", range(4)), tmp_path / "out").record
    added = pipeline.add(tmp_path / "out", write_articles(tmp_path / "b", range(4, 7)), 1, None, SHOP)
    assert len(added.record.texts) == 7
    gone = pipeline.remove(tmp_path / "out", [f"article-{n:03}.txt" for n in range(4, 7)], 1, None, SHOP)
    assert (gone.read, gone.removed) == (0, 3)
    assert as_bytes(gone.record) == as_bytes(before)
    with pipeline.open_record(tmp_path / "out") as store:
        assert store.database.value("SELECT count(*) FROM text") == 4
        assert store.database.value("SELECT count(*) FROM raw") == 4
        assert store.database.value("SELECT count(*) FROM layer") == 8


def test_building_into_a_folder_leaves_exactly_the_given_inputs(tmp_path: Path) -> None:
    paths = write_articles(tmp_path / "in", range(6))
    build(paths, tmp_path / "out")
    fewer = build(paths[:2], tmp_path / "out")
    assert (fewer.read, fewer.unchanged, fewer.removed) == (0, 2, 4)
    assert as_bytes(fewer.record) == as_bytes(build(paths[:2], tmp_path / "fresh").record)


def test_one_text_in_two_articles_is_read_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Anna Berg said: “No.”\n", encoding="utf-8")
    outcome = build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "out")
    assert (outcome.read, len(outcome.record.texts)) == (1, 2)
    left = pipeline.remove(tmp_path / "out", ["b.txt"], 1, None, SHOP)
    assert (len(left.record.texts), left.record.entries[0].content) == (1, "No.")


def test_a_record_without_articles_is_a_record(tmp_path: Path) -> None:
    outcome = build([], tmp_path / "out")
    assert outcome == Outcome(Record(), 0, 0, 0, ())
    assert pipeline.add(tmp_path / "out", write_articles(tmp_path / "in", [1]), 1, None, SHOP).read == 1


def test_what_is_no_article_is_set_aside_and_stays_named(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "nothing.txt").write_bytes(b"")
    first = build([tmp_path / "empty.txt", *write_articles(tmp_path / "in", [1])], tmp_path / "out")
    assert [item.file for item in first.set_aside] == ["empty.txt"]
    second = pipeline.add(tmp_path / "out", [tmp_path / "nothing.txt"], 1, None, SHOP)
    assert [item.file for item in second.set_aside] == ["empty.txt", "nothing.txt"]
    with pipeline.open_record(tmp_path / "out") as store:
        assert [SetAside(*item) for item in store.set_aside()] == list(second.set_aside)
    assert (first.earlier, [item.file for item in second.earlier]) == ((), ["empty.txt"])
    assert pipeline.remove(tmp_path / "out", ["article-001.txt"], 1, None, SHOP).earlier == second.set_aside
    assert build(write_articles(tmp_path / "in", [1]), tmp_path / "out").set_aside == ()


def test_a_file_that_was_mended_and_added_is_no_longer_set_aside(tmp_path: Path) -> None:
    (tmp_path / "article-002.txt").write_bytes(b"")
    build([tmp_path / "article-002.txt", *write_articles(tmp_path / "in", [1])], tmp_path / "out")
    mended = pipeline.add(tmp_path / "out", write_articles(tmp_path / "in", [2]), 1, None, SHOP)
    assert (len(mended.record.texts), mended.set_aside, mended.earlier) == (2, (), ())


def test_a_path_that_does_not_exist_leaves_no_empty_record_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist; give files or folders that do"):
        onrecord.build([tmp_path / "nowhere"], out=tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_stage_that_fails_on_one_text_loses_that_article_alone(tmp_path: Path, workers: int) -> None:
    write_articles(tmp_path / "in", range(4))
    write_articles(tmp_path / "bad", [7], "BREAK")
    outcome = build([tmp_path / "in", tmp_path / "bad"], tmp_path / "out", workers)
    assert (outcome.read, len(outcome.record.texts)) == (4, 4)
    (aside,) = outcome.set_aside
    assert aside.file == "article-007.txt"
    assert "the stage 'statements' could not read it (ValueError: a word it does not know)" in aside.reason
    assert as_bytes(outcome.record) == as_bytes(build([tmp_path / "in"], tmp_path / "good").record)
    with pipeline.open_record(tmp_path / "out") as store:
        assert store.set_aside("reading")
        assert not store.set_aside("intake")
    mended = pipeline.add(tmp_path / "out", [], 1, None, workshop((Names(),)))
    assert (mended.read, len(mended.record.texts), mended.set_aside) == (0, 5, ())


@pytest.mark.parametrize(("mark", "how"), [("DIE", "was killed \\(SIGKILL\\)"), ("LEAVE", "ended with exit status 3")])
def test_a_worker_that_dies_takes_only_the_text_it_was_reading(tmp_path: Path, mark: str, how: str) -> None:
    write_articles(tmp_path / "in", range(9))
    write_articles(tmp_path / "bad", [50, 51], mark)
    outcome = build([tmp_path / "in", tmp_path / "bad"], tmp_path / "out", 2)
    assert (outcome.read, len(outcome.record.texts)) == (9, 9)
    assert [item.file for item in outcome.set_aside] == ["article-050.txt", "article-051.txt"]
    for item in outcome.set_aside:
        assert re.search(how, item.reason)


def test_a_new_version_of_a_stage_reads_that_stage_alone(tmp_path: Path) -> None:
    write_articles(tmp_path / "in", range(3))
    first = build([tmp_path / "in"], tmp_path / "out")
    newer = workshop((Names(), NewSayings()))
    with pipeline.open_record(tmp_path / "out") as store:
        before = dict(store.database.rows("SELECT id, fingerprint FROM layer WHERE stage = 'names'"))
    outcome = pipeline.build([tmp_path / "in"], tmp_path / "out", 1, None, newer)
    assert outcome.read == 3
    assert as_bytes(outcome.record) == as_bytes(first.record)
    with pipeline.open_record(tmp_path / "out") as store:
        assert dict(store.database.rows("SELECT id, fingerprint FROM layer WHERE stage = 'names'")) == before
        assert store.database.value("SELECT count(*) FROM layer") == 6


def test_a_fingerprint_holds_version_settings_weights_and_needs() -> None:
    class Weighted(Names):
        weights = "sha256:1"

    class Set(Names):
        settings = ("strict",)

    class Newer(Names):
        version = 2

    marks = [mark_stages((names, Sayings())) for names in (Names(), Weighted(), Set(), Newer())]
    assert len({mark[0].fingerprint for mark in marks}) == 4
    assert len({mark[1].fingerprint for mark in marks}) == 4
    assert mark_stages((Names(), Sayings())) == marks[0]


def test_changed_metadata_change_the_record_and_read_nothing(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Anna Berg said: “No.”\n", encoding="utf-8")
    (tmp_path / "in" / "manifest.csv").write_text("file,outlet\na.txt,Norland Post\n", encoding="utf-8")
    assert build([tmp_path / "in"], tmp_path / "out").record.texts[0].outlet == "Norland Post"
    (tmp_path / "in" / "manifest.csv").write_text("file,outlet\na.txt,Norland Times\n", encoding="utf-8")
    outcome = build([tmp_path / "in"], tmp_path / "out")
    assert (outcome.read, outcome.record.texts[0].outlet) == (0, "Norland Times")


def test_of_two_articles_with_one_id_the_one_that_says_more_is_kept_in_any_order(tmp_path: Path) -> None:
    for folder, row in (("a", "a.txt,Norland Post,"), ("b", "a.txt,Norland Times,2022-03-16")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("Anna Berg said: “No.”\n", encoding="utf-8")
        (tmp_path / folder / "manifest.csv").write_text(f"file,outlet,published\n{row}\n", encoding="utf-8")
    together = build([tmp_path / "a", tmp_path / "b"], tmp_path / "ab").record
    for first, second in (("a", "b"), ("b", "a")):
        build([tmp_path / first], tmp_path / first / "out")
        outcome = pipeline.add(tmp_path / first / "out", [tmp_path / second / "a.txt"], 1, None, SHOP)
        assert outcome.record == together
    assert [text.outlet for text in together.texts] == ["Norland Times"]


def test_articles_are_removed_by_id_address_file_or_its_last_part(tmp_path: Path) -> None:
    (tmp_path / "in" / "sub").mkdir(parents=True)
    for name in ("a.txt", "b.txt", "sub/c.txt", "sub/d.txt"):
        (tmp_path / "in" / name).write_text(
            f"---\nurl: https://example.org/{name}\n---\nAnna Berg said: “No, {name}.”\n", encoding="utf-8"
        )
    record = build([tmp_path / "in"], tmp_path / "out").record
    first = next(text.id for text in record.texts if text.file == "a.txt")
    for wanted in (first, "https://example.org/b.txt", "sub/c.txt", "d.txt"):
        assert pipeline.remove(tmp_path / "out", [wanted], 1, None, SHOP).removed == 1
    with pipeline.open_record(tmp_path / "out") as store:
        assert store.articles() == ()


def test_an_unknown_article_is_refused_with_what_comes_near_and_nothing_is_removed(tmp_path: Path) -> None:
    build(write_articles(tmp_path / "in", range(3)), tmp_path / "out")
    with pytest.raises(UsageError, match="did you mean article-00"):
        pipeline.remove(tmp_path / "out", ["article-001.txt", "article-009.txt"], 1, None, SHOP)
    with pytest.raises(UsageError, match="show RECORD sources"):
        pipeline.remove(tmp_path / "out", ["£££"], 1, None, SHOP)
    with pipeline.open_record(tmp_path / "out") as store:
        assert len(store.articles()) == 3


def test_a_file_name_that_fits_several_articles_lists_their_ids(tmp_path: Path) -> None:
    lines = [f'{{"text": "Anna Berg said: “No, {n}.”", "title": "No {n}"}}' for n in range(25)]
    (tmp_path / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")
    record = build([tmp_path / "feed.jsonl"], tmp_path / "out").record
    with pytest.raises(UsageError, match="fits 25 articles") as error:
        pipeline.remove(tmp_path / "out", ["feed.jsonl"], 1, None, SHOP)
    assert sum(text.id in str(error.value) for text in record.texts) == 20
    assert "and 5 more" in str(error.value)


def test_progress_is_told_of_each_round(tmp_path: Path) -> None:
    steps = Steps()
    pipeline.build(write_articles(tmp_path / "in", range(2)), tmp_path / "out", 1, steps, SHOP)
    assert steps.told[:4] == [2, "article-000.txt", "article-001.txt", "done"]
    assert steps.told[4] == 2
    assert sorted(steps.told[5:7], key=str) == ["article-000.txt", "article-001.txt"]
    assert steps.told[7:] == ["done"]


def test_the_words_of_the_call_are_checked_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UsageError, match="is a file"):
        build([], tmp_path / "out")
    with pytest.raises(UsageError, match="--workers 1"):
        build([], tmp_path / "elsewhere", 0)
    assert not (tmp_path / "elsewhere").exists()


def test_many_texts_get_several_workers_by_default_and_few_get_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.pipeline import run

    monkeypatch.setattr(run.os, "cpu_count", lambda: 6)
    work = run._Work(SHOP, None, None)
    assert [work._count_workers(texts) for texts in (0, run.FEW - 1, run.FEW, 1000)] == [1, 1, 2, 6]
    monkeypatch.setattr(run.os, "cpu_count", lambda: None)
    assert work._count_workers(1000) == 1


def test_each_step_can_be_used_alone(tmp_path: Path) -> None:
    text = Text.of("Anna Berg said: “No.”")
    layers = pipeline.read(text, SHOP)
    assert [layer.stage for layer in layers] == ["names", "statements"]
    assert pipeline.read(text.body, SHOP) == layers
    with pytest.raises(PluginError, match="'statements' could not read"):
        pipeline.read("BREAK", SHOP)
    linked = pipeline.link([(article("a.txt", text), text), (article("b.txt", text), text)], SHOP)
    assert linked.corpus.layers == {text.id: layers}
    assert [copy.method for copy in linked.copies] == ["identical"]
    assert SHOP.draw(linked).entries[0].content == "No."


def test_the_public_verbs_work_together(tmp_path: Path) -> None:
    paths = write_articles(tmp_path / "in", range(3))
    made = onrecord.build([str(path) for path in paths[:2]], out=str(tmp_path / "out"))
    assert onrecord.open(tmp_path / "out") == made
    more = onrecord.add(tmp_path / "out", str(paths[2]))
    assert [text.file for text in more.articles] == [path.name for path in paths]
    assert repr(more) == f"<Exchange {tmp_path / 'out'}: 3 articles, {len(more.record.entries)} entries>"
    assert onrecord.remove(tmp_path / "out", paths[2].name).record == made.record
    onrecord.export(more, "json", tmp_path / "record.json")
    onrecord.export(more.record, "json", tmp_path / "again.json")
    assert (tmp_path / "record.json").read_bytes() == (tmp_path / "again.json").read_bytes() == as_bytes(more.record)
    assert all(callable(getattr(onrecord, name)) for name in onrecord.__all__ if name != "__version__")


def test_importing_onrecord_imports_nothing_else() -> None:
    code = (
        "import sys, onrecord; print(*(name for name in sys.modules if name.startswith(('onrecord.', 'lxml', 'rich'))))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


def test_an_exchange_gives_entries_by_kind_and_data_frames(tmp_path: Path) -> None:
    exchange = Exchange(build(write_articles(tmp_path / "in", range(6)), tmp_path / "out").record)
    assert len(exchange.statements) == len(exchange.timeline) == 5
    kinds = (
        "demands",
        "answers",
        "meetings",
        "documents",
        "commitments",
        "actions",
        "issues",
        "positions",
        "differences",
    )
    for name in kinds:
        assert getattr(exchange, name) == ()
    frame = exchange.to_dataframe("statements")
    assert list(frame["id"]) == [entry.id for entry in exchange.statements]
    assert set(frame["by"]) == {"Norland"}
    for table in pipeline.TABLES:
        assert exchange.to_dataframe(table).columns[0] in ("id", "entry", "actor")
    reports = exchange.to_dataframe("reports")
    body = {text.id: text.body for text in exchange.articles}
    assert all(body[row.article][row.start : row.end] == row.exact for row in reports.itertuples())
    with pytest.raises(UsageError, match="timeline, statements"):
        exchange.to_dataframe("sayings")


def test_every_table_of_a_full_record_is_a_data_frame() -> None:
    record = make_record()
    exchange = Exchange(record)
    for table, items in (
        ("actors", record.actors),
        ("articles", record.texts),
        ("issues", record.issues),
        ("positions", record.positions),
        ("differences", record.differences),
        ("timeline", record.timeline),
    ):
        assert len(exchange.to_dataframe(table)) == len(items)
    told = exchange.to_dataframe("differences")["values"]
    assert list(told) == ["; ".join(value.value for value in item.values) for item in record.differences]
    dated = exchange.to_dataframe("timeline").set_index("id")["edtf"]
    assert all(dated[entry.id] == entry.when.edtf for entry in exchange.timeline if entry.when)


def test_a_data_frame_without_pandas_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(PluginError, match="pip install pandas"):
        Exchange(Record()).to_dataframe("actors")


REPORTS = {
    "post.txt": """---
outlet: Norland Post
published: 2031-03-15
---
Norland wants the pilots back

Foreign Minister Anna Berg of Norland said on Monday that Sudmark “must let the harbour pilots go home” before any
talks. Norland demands that Sudmark release the pilots. Sudmark has not answered the demand.
""",
    "times.txt": """---
outlet: Sudmark Times
published: 2031-03-16
---
Foreign ministers Anna Berg and Jon Ek met in Vienna on 15 March. Ek said Sudmark had rejected the demand to release
the pilots. “Nobody is held against his will,” he said.
""",
    "radio.txt": """---
outlet: Radio Varland
---
Sudmark’s Foreign Ministry handed over a written note on Friday. “We will look at the note with care,” Anna Berg told
Radio Varland. Norland demanded that Sudmark release the harbour pilots by May.
""",
}

BUILD = """
import sys
from importlib.resources import files
from pathlib import Path
from onrecord import pipeline
from onrecord.faces.exports.json import write_json
outcome = pipeline.build([Path(sys.argv[1])], Path(sys.argv[2]), int(sys.argv[3]))
write_json(outcome.record, sys.stdout.buffer)
"""


def test_our_own_rules_give_the_same_bytes_in_any_order_and_process(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for file, body in REPORTS.items():
        (tmp_path / "in" / file).write_text(body, encoding="utf-8")
    printed = {
        subprocess.run(
            [sys.executable, "-c", BUILD, str(tmp_path / "in"), str(tmp_path / f"out-{seed}"), workers],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed, workers in (("1", "1"), ("2", "2"))
    }
    for number, order in enumerate(itertools.permutations(REPORTS)):
        pipeline.build([tmp_path / "in" / order[0]], tmp_path / f"order-{number}")
        for file in order[1:]:
            outcome = pipeline.add(tmp_path / f"order-{number}", [tmp_path / "in" / file])
        printed.add(as_bytes(outcome.record))
    assert len(printed) == 1
    assert outcome.record.entries
    again = pipeline.build([tmp_path / "in"], tmp_path / "out-1")
    assert (again.read, as_bytes(again.record)) == (0, printed.pop())
