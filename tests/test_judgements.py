"""Judgements: what people decide is laid on the record, kept, replayed by every build, and never silently dropped."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import onrecord
from onrecord.faces.commands import run
from onrecord.faces.commands.judging import VERDICTS as OFFERED
from onrecord.linking import link
from onrecord.model import Judgement, Linked, Record
from onrecord.model.judgement import VERDICTS, Verdict
from onrecord.record import build_record, replay
from tests.corpora import act, article, corpus, name, says

DEMAND = "Norland demanded that Sudmark leave the strait"
AGAIN = "Norland wants Sudmark out of these waters at once"
REFUSED = "Sudmark rejected the demand"
PARTIES = (name("Norland", "state"), name("Sudmark", "state"))


def _linked() -> Linked:
    return link(
        corpus(
            article(
                "a",
                f"{DEMAND}. {REFUSED}. Anna Berg said the boats would stay.",
                *PARTIES,
                name("Anna Berg"),
                act("demand", "demanded", DEMAND, "Norland", "Sudmark", polarity="want"),
                act("answer", "rejected", REFUSED, "Sudmark", status="rejected"),
                says("Anna Berg", "said", "the boats would stay"),
            ),
            article("b", f"{DEMAND}. {OTHER}", *PARTIES, act("demand", "demanded", DEMAND, "Norland", polarity="want")),
            article("c", f"{AGAIN}. Elin Quill was there.", *PARTIES, name("Elin Quill"), _again()),
        )
    )


OTHER = "It rained on the mole, and the band was asked to stop."


def _again():
    return act("demand", "wants", AGAIN, "Norland", "Sudmark", polarity="want")


def _id(linked: Linked, kind: str, number: int = 0) -> str:
    return [group.id for group in linked.groups if group.kind == kind][number]


def _judged(*made: tuple[str, Verdict, str, str], linked: Linked | None = None) -> Record:
    """The record after judgements of (subject, verdict, slot, value), all of which must find a place."""
    told = linked or _linked()
    judgements = [
        Judgement(subject, verdict, "A. Editor", f"2031-05-01T08:00:{number:02}+00:00", "", slot, value)
        for number, (subject, verdict, slot, value) in enumerate(made)
    ]
    changed, unplaced = replay(told, judgements)
    assert unplaced == ()
    return build_record(changed)


def _reason(subject: str, verdict: Verdict, slot: str = "", value: str = "") -> str:
    (one,) = replay(_linked(), [Judgement(subject, verdict, "A", "2031-05-01", "", slot, value)])[1]
    return one.reason


def _of(record: Record, kind: str):
    return [entry for entry in record.entries if entry.kind == kind]


def test_the_command_offers_every_verdict() -> None:
    assert OFFERED == VERDICTS


def test_no_takes_an_entry_out_with_all_that_hangs_on_it() -> None:
    linked = _linked()
    record = _judged((_id(linked, "demand"), "no", "", ""))
    assert len(_of(record, "demand")) == len(_of(build_record(linked), "demand")) - 1
    assert all(entry.answers != _id(linked, "demand") for entry in record.entries)


def test_yes_publishes_and_unsure_sets_aside() -> None:
    linked = _linked()
    answer = _id(linked, "answer")
    (doubted,) = _of(_judged((answer, "unsure", "", "")), "answer")
    (sure,) = _of(_judged((answer, "unsure", "", ""), (answer, "yes", "", "")), "answer")
    assert (doubted.certainty, sure.certainty) == ("possible", "published")


def test_same_makes_one_entry_of_two_and_its_links_go_with_it() -> None:
    linked = _linked()
    first, second = _id(linked, "demand"), _id(linked, "demand", 1)
    record = _judged((second, "same", "", first))
    (demand,) = _of(record, "demand")
    assert (demand.id, {report.text for report in demand.reports}) == (second, {"t-a", "t-b", "t-c"})
    assert [entry.answers for entry in _of(record, "answer")] == [second]


def test_apart_makes_two_of_one_and_the_founder_keeps_the_id() -> None:
    linked = _linked()
    whole = _id(linked, "demand")
    for away in ("t-a", "t-b"):
        demands = _of(_judged((whole, "apart", "", away)), "demand")
        assert len(demands) == 3
        assert {report.text for demand in demands if demand.id == whole for report in demand.reports} == {"t-a"}


def test_what_was_parted_can_be_judged_by_its_own_id() -> None:
    linked = _linked()
    parted = _judged((_id(linked, "demand"), "apart", "", "t-b"))
    new = next(e.id for e in _of(parted, "demand") if {r.text for r in e.reports} == {"t-b"})
    record = _judged((_id(linked, "demand"), "apart", "", "t-b"), (new, "no", "", ""))
    assert new not in {entry.id for entry in record.entries}


@pytest.mark.parametrize(
    ("kind", "slot", "value", "found"),
    [
        ("answer", "status", "deferred", "deferred"),
        ("answer", "to", "Norland", ("Norland",)),
        ("demand", "by", "Sudmark; Norland", ("Sudmark", "Norland")),
        ("demand", "when", "2031-04", "2031-04"),
        ("demand", "polarity", "not_want", "not_want"),
        ("demand", "place", "Sudmark", "Sudmark"),
        ("statement", "speaker", "Norland", ("Norland",)),
    ],
)
def test_a_slot_is_corrected(kind: str, slot: str, value: str, found: object) -> None:
    record = _judged((_id(_linked(), kind), "set", slot, value))
    entry = _of(record, kind)[0]
    names = {actor.id: actor.name for actor in record.actors}
    shown = {
        "status": entry.status,
        "by": tuple(names[one] for one in entry.by),
        "to": tuple(names[one] for one in entry.to),
        "when": entry.when and entry.when.edtf,
        "polarity": entry.attributes.get("polarity"),
        "place": names.get(entry.place or ""),
        "speaker": tuple(names[one] for one in entry.by),
    }
    assert shown[slot] == found


def test_the_later_of_two_corrections_stands() -> None:
    answer = _id(_linked(), "answer")
    (entry,) = _of(_judged((answer, "set", "status", "deferred"), (answer, "set", "status", "partial")), "answer")
    assert entry.status == "partial"


def test_an_answer_is_given_to_another_demand() -> None:
    linked = _linked()
    second = _id(linked, "demand", 1)
    (answer,) = _of(_judged((_id(linked, "answer"), "set", "answers", second)), "answer")
    assert answer.answers == second


def test_a_link_is_refused_and_made() -> None:
    linked = _linked()
    answer, demand, other = _id(linked, "answer"), _id(linked, "demand"), _id(linked, "demand", 1)
    (refused,) = _of(_judged((f"answer:{answer}:{demand}", "no", "", "")), "answer")
    assert refused.answers is None
    joined = _judged((f"issue:{other}:{demand}", "yes", "", ""))
    assert {entry.issue for entry in _of(joined, "demand")} == {joined.issues[0].id}


def test_two_people_are_made_one() -> None:
    linked = _linked()
    one, two = (next(actor.id for actor in linked.actors if actor.name == name) for name in ("Anna Berg", "Elin Quill"))
    for made in ((one, "same", "", two), (f"unsure:{one}:{two}", "yes", "", "")):
        people = [actor for actor in _judged(made).actors if actor.kind == "person"]  # type: ignore[arg-type]
        assert [(actor.id, actor.name, "Elin Quill" in actor.aliases) for actor in people] == [(one, "Anna Berg", True)]
        assert len(people[0].mentions) == 2


def test_an_entry_is_known_by_the_id_it_had_before_an_earlier_article_came() -> None:
    """The founder changes, and with it the id; a judgement on the old id still finds the entry."""
    drawn = act("demand", "demanded", DEMAND, "Norland", polarity="want")
    old = link(corpus(article("b", f"{DEMAND}. {OTHER}", *PARTIES, drawn))).groups[0].id
    linked = _linked()
    assert old not in {group.id for group in linked.groups}
    assert len(_of(_judged((old, "no", "", ""), linked=linked), "demand")) == 1


@pytest.mark.parametrize(
    ("kind", "verdict", "slot", "value", "reason"),
    [
        ("", "no", "", "", "no entry rests on the words of e-gone any more"),
        ("demand", "set", "colour", "red", "no slot 'colour'"),
        ("demand", "set", "status", "rejected", "a demand cannot have the status 'rejected'"),
        ("demand", "set", "when", "Friday", "no EDTF date"),
        ("demand", "set", "by", "Varland", "no actor is called 'Varland'"),
        ("demand", "set", "speaker", "Norland", "nobody speaks"),
        ("demand", "apart", "", "t-z", "does not tell"),
        ("answer", "set", "polarity", "want", "polarity"),
    ],
)
def test_what_finds_no_place_says_why(kind: str, verdict: Verdict, slot: str, value: str, reason: str) -> None:
    assert reason in _reason(_id(_linked(), kind) if kind else "e-gone", verdict, slot, value)


def test_entries_of_two_kinds_are_never_one() -> None:
    linked = _linked()
    assert "cannot be one" in _reason(_id(linked, "demand"), "same", "", _id(linked, "answer"))


# The commands

FIRST = "Norland demanded on Thursday that Sudmark withdraw its patrol boats from the strait.\n"
SECOND = "Sudmark rejected Norland's demand to withdraw its patrol boats from the strait.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two articles with a record beside them."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for file, words in (("one.txt", FIRST), ("two.txt", SECOND)):
        (articles / file).write_text(
            f"{words}\nForeign Minister Anna Berg of Norland was in Vessel.\n", encoding="utf-8"
        )
    onrecord.build([articles], out=tmp_path / "record")
    return tmp_path


def _answer(folder: Path):
    return next((e for e in onrecord.open(folder / "record").record.entries if e.kind == "answer"), None)


def test_a_judgement_is_kept_and_replayed_by_the_next_build(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = _answer(folder)
    words = [
        "judge",
        str(folder / "record"),
        answer.id,
        "set",
        "status",
        "deferred",
        "--who",
        "A. Editor",
        "--why",
        "so",
    ]
    assert run(words) == 0
    assert _answer(folder).status == "deferred"
    assert run(["build", str(folder / "articles"), "--out", str(folder / "record"), "-q"]) == 0
    assert _answer(folder).status == "deferred"
    capsys.readouterr()
    run(["judge", str(folder / "record"), "--made"])
    assert "A. Editor  set status deferred" in capsys.readouterr().out


def test_what_finds_no_place_is_refused_when_it_is_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["judge", str(folder / "record"), _answer(folder).id, "set", "by", "Varland"]) == 2
    assert "no actor is called 'Varland'; nothing was kept" in capsys.readouterr().err
    run(["judge", str(folder / "record"), "--made"])
    assert "nobody has judged" in capsys.readouterr().out


def test_a_judgement_whose_evidence_is_gone_is_named_and_comes_back_with_it(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, answer = str(folder / "record"), _answer(folder)
    run(["judge", record, answer.id, "no"])
    assert _answer(folder) is None
    capsys.readouterr()
    run(["remove", record, "two.txt", "-q"])
    assert "judgements that find no place: 1" in capsys.readouterr().err
    run(["judge", record, "--made"])
    assert "finds no place: no entry rests on" in " ".join(capsys.readouterr().out.split())
    run(["add", record, str(folder / "articles" / "two.txt"), "-q"])
    assert "no place" not in capsys.readouterr().err
    assert _answer(folder) is None


def test_judgements_go_out_and_come_into_another_record(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, other, lines = str(folder / "record"), folder / "other", folder / "judgements.jsonl"
    run(["judge", record, _answer(folder).id, "no", "--why", "a question"])
    assert run(["judge", record, "--export", str(lines)]) == 0
    onrecord.build([folder / "articles"], out=other)
    assert run(["judge", str(other), "--import", str(lines)]) == 0
    assert not [e for e in onrecord.open(other).record.entries if e.kind == "answer"]
    capsys.readouterr()
    run(["judge", str(other), "--made", "--json"])
    (made,) = json.loads(capsys.readouterr().out)
    assert made == json.loads(lines.read_text(encoding="utf-8"))


def test_doubts_are_listed_and_what_is_judged_is_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = str(folder / "record")
    run(["judge", record, _answer(folder).id, "unsure"])
    capsys.readouterr()
    assert run(["judge", record, "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert _answer(folder).id not in [row["subject"] for row in listed]
    assert run(["judge", record]) == 0
    assert "Is this told?" in capsys.readouterr().out or not listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["e-1"], "say what you decide of e-1"),
        (["e-1", "maybe"], "maybe"),
        (["e-1", "set", "status"], "`set` takes SLOT and VALUE; 1 given"),
        (["e-1", "yes", "indeed"], "`yes` takes nothing more; 1 given"),
    ],
)
def test_words_that_are_off_are_named(
    folder: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["judge", str(folder / "record"), *words]) == 2
    assert said in capsys.readouterr().err
