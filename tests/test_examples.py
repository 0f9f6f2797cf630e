"""The example exchange: its gold holds in the bodies, and everything its README promises is there."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from onrecord.model import Text
from onrecord.model.record import STATUSES
from onrecord.model.when import limits

EXAMPLES = Path(__file__).parent.parent / "examples"
FOLDER = EXAMPLES / "sabel-strait"
GOLD: dict[str, Any] = json.loads((FOLDER / "gold.json").read_text(encoding="utf-8"))
ITEMS: list[dict[str, Any]] = GOLD["items"]
BODIES = {article["id"]: article["text"] for article in GOLD["articles"]}
README = (FOLDER / "README.md").read_text(encoding="utf-8")
PLACES = re.findall(r"(?m)^\| ([^|`]+) \| `([^`|]+)` \| ([^|]+) \|$", README.partition("## What is hard")[2])


def load_make_gold() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_gold", EXAMPLES / "make_gold.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_gold"] = module
    spec.loader.exec_module(module)
    return module


make_gold = load_make_gold()


@pytest.fixture(scope="module")
def found() -> list[Any]:
    listed: list[Any] = make_gold.read_articles(FOLDER / "articles")
    return listed


def write_source(folder: Path, *lines: str) -> Path:
    path = folder / "gold_source.txt"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_every_gold_article_has_the_body_that_intake_gives_today(found: list[Any]) -> None:
    given = {hashlib.sha256(article.body.encode()).hexdigest() for article in found}
    assert {article["text_sha256"] for article in GOLD["articles"]} == given


def test_the_gold_is_what_its_source_gives(found: list[Any]) -> None:
    assert make_gold.read_source(FOLDER / "gold_source.txt", found).as_json() == GOLD


def test_every_gold_span_holds_in_its_body() -> None:
    for item in ITEMS:
        assert Text.of(BODIES[item["article"]]).span(item["start"], item["end"]).exact == item["evidence"], item["id"]


def test_gold_ids_are_unique_and_every_member_names_one() -> None:
    ids = [item["id"] for item in ITEMS]
    assert len(ids) == len(set(ids))
    members = [member for row in (*GOLD["overlaps"], *GOLD["differences"]) for member in row["members"]]
    assert set(members) <= set(ids)


def test_no_item_stands_twice() -> None:
    seen = [(i["article"], i["kind"], i["start"], i["end"], i.get("group")) for i in ITEMS]
    assert len(seen) == len(set(seen))


def test_statuses_are_those_of_the_record() -> None:
    for item in ITEMS:
        slots = item["normalised"]
        for kind, key in (("answer", "status_code"), ("meeting", "held"), ("document", "status")):
            if item["kind"] == kind and slots.get(key):
                assert slots[key] in STATUSES[kind], item["id"]


def test_dates_are_in_the_calendar() -> None:
    values = [i["normalised"].get("value" if i["kind"] == "date" else "date") for i in ITEMS]
    assert all(limits(value) for value in values if isinstance(value, str))


@pytest.mark.parametrize(
    ("article", "words", "weekday"), [("courier", "on Friday", 5), ("recap", "on Monday", 1), ("cargo", "on Monday", 1)]
)
def test_a_weekday_has_a_value_on_that_day(article: str, words: str, weekday: int) -> None:
    (item,) = (i for i in ITEMS if i["article"] == article and i["kind"] == "date" and i["evidence"] == words)
    assert date.fromisoformat(item["normalised"]["value"]).isoweekday() == weekday


def test_every_issue_with_an_answer_has_its_demand() -> None:
    groups = {item.get("group") for item in ITEMS}
    answered = {item["group"].split(":")[1] for item in ITEMS if item["kind"] == "answer" and item.get("group")}
    assert {f"demand:{name}" for name in answered} <= groups


def test_four_demands_of_one_note_end_in_four_ways() -> None:
    statuses = {
        name: {i["normalised"]["status_code"] for i in ITEMS if i.get("group") == f"answer:{name}"}
        for name in ("crews", "patrols", "licences", "radar")
    }
    assert statuses == {
        "crews": {"partial"},
        "patrols": {"rejected"},
        "licences": {"deferred"},
        "radar": {"unanswered"},
    }


def test_each_of_the_four_demands_is_told_by_several_outlets() -> None:
    outlets = {article["id"]: article["outlet"] for article in GOLD["articles"]}
    for name in ("crews", "patrols", "licences", "radar"):
        told = {outlets[i["article"]] for i in ITEMS if str(i.get("group")).endswith(f":{name}")}
        assert len(told) >= 4, name


def test_every_claim_no_record_may_make_can_be_checked_by_machine() -> None:
    assert all(claim["checks"] for claim in GOLD["must_not_emit"])
    kinds = {check["type"] for claim in GOLD["must_not_emit"] for check in claim["checks"]}
    assert {"null_field", "not_speaker", "not_verbatim", "not_answer", "not_party", "not_evidence", "not_date"} == kinds


def test_the_gold_breaks_none_of_its_own_speaker_checks() -> None:
    checks = [c for claim in GOLD["must_not_emit"] for c in claim["checks"] if c["type"] == "not_speaker"]
    speech = [i for i in ITEMS if i["kind"] in ("quote", "paraphrase")]
    for check in checks:
        for item in speech:
            inside = item["start"] < check["end"] and check["start"] < item["end"]
            if item["article"] == check["article"] and inside:
                assert check["speaker"] not in ("*", item["normalised"].get("speaker")), item["id"]


def test_differences_and_overlaps_span_several_articles() -> None:
    where = {item["id"]: item["article"] for item in ITEMS}
    for row in (*GOLD["overlaps"], *GOLD["differences"]):
        assert len({where[member] for member in row["members"]}) > 1, row["id"]


def test_there_are_enough_articles_outlets_and_formats(found: list[Any]) -> None:
    assert len(found) >= 14
    assert len({article.outlet for article in found} - {None}) >= 7
    endings = {Path(article.file).suffix for article in found}
    assert endings == {".txt", ".html", ".jsonl", ".xml"}
    assert len([article for article in found if article.file.endswith(".html")]) >= 3
    assert (FOLDER / "articles" / "manifest.csv").is_file()
    assert sum(article.published is None and article.outlet is None for article in found) == 2


def test_the_readme_names_enough_hard_places() -> None:
    assert len(PLACES) >= 50


@pytest.mark.parametrize(("case", "file", "words"), PLACES, ids=[f"{case}-{file}" for case, file, _ in PLACES])
def test_a_hard_case_stands_where_the_readme_says(found: list[Any], case: str, file: str, words: str) -> None:
    bodies = [article.body for article in found if article.file == file]
    raw = (FOLDER / "articles" / file).read_text(encoding="utf-8")
    assert any(words.strip() in text for text in (raw, *bodies)), case


def test_the_counts_in_the_readme_are_those_of_the_gold() -> None:
    told = dict(re.findall(r"\| (\w+) \| (\d+) (?=\|)", README.partition("| kind | items")[2]))
    told = {kind: int(number) for kind, number in told.items()}
    assert told == {kind: GOLD["counts"][kind] for kind in told}
    assert len(told) >= 14
    assert f"| {GOLD['total']} |" in README


def test_words_that_are_not_there_stop_the_gold(tmp_path: Path) -> None:
    article = make_gold.Found("a.txt", None, None, None, "Anna Berg said no. Jon Ek said no.")
    source = write_source(tmp_path, "@article a | a.txt", "quote | said yes | speaker=Anna Berg")
    with pytest.raises(make_gold.SourceError, match=r"line 2: 'said yes' stands at 0 places in a, not at one"):
        make_gold.read_source(source, [article])


def test_words_that_stand_twice_need_their_place(tmp_path: Path) -> None:
    article = make_gold.Found("a.txt", None, None, None, "Anna Berg said no. Jon Ek said no.")
    source = write_source(tmp_path, "@article a | a.txt", "answer | said no | status=rejected | per=Anna Berg")
    with pytest.raises(make_gold.SourceError, match="stands at 2 places"):
        make_gold.read_source(source, [article])
    write_source(tmp_path, "@article a | a.txt", "answer @2 | said no | status=rejected | per=Jon Ek")
    (item,) = make_gold.read_source(source, [article]).items
    assert (item["start"], item["end"], item["evidence"]) == (26, 33, "said no")


def test_a_wrong_place_number_stops_the_gold(tmp_path: Path) -> None:
    article = make_gold.Found("a.txt", None, None, None, "Anna Berg said no.")
    source = write_source(tmp_path, "@article a | a.txt", "answer @2 | said no | status=rejected")
    with pytest.raises(make_gold.SourceError, match="not at place 2"):
        make_gold.read_source(source, [article])


def test_a_gold_is_not_written_when_the_source_fails(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Anna Berg said on Monday that Norland would wait for a reply.\n")
    write_source(tmp_path, "@article a | a.txt", "quote | never said")
    command = [sys.executable, str(EXAMPLES / "make_gold.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=EXAMPLES.parent)
    assert done.returncode == 1
    assert "line 2" in done.stderr
    assert not (tmp_path / "gold.json").exists()


def test_two_builds_give_the_same_bytes_whatever_the_order_of_sets(tmp_path: Path) -> None:
    """Two processes with other hash seeds, in two folders: record.json and record.html are the same, byte for byte."""
    for seed in ("0", "7"):
        command = [sys.executable, "-m", "onrecord", "build", str(FOLDER / "articles"), "--out", str(tmp_path / seed)]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed})
    for name in ("record.json", "record.html"):
        assert (tmp_path / "0" / name).read_bytes() == (tmp_path / "7" / name).read_bytes()
