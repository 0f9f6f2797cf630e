"""Verification: what is changed in a record, an export or a pack is found and named; hostile packs are refused."""

from __future__ import annotations

import copy
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import Hostile, InputError, NotARecord
from onrecord.faces.exports.json import write_json
from onrecord.faces.pack import Contents, write_pack
from onrecord.faces.verify import verify
from onrecord.pipeline import packs
from onrecord.pipeline.checks import check_record
from onrecord.pipeline.packs import check_json, check_pack
from onrecord.store import Store
from tests.records import keep_record, make_record


def exported() -> dict[str, Any]:
    stream = io.BytesIO()
    write_json(make_record(), stream)
    data: dict[str, Any] = json.loads(stream.getvalue())
    return data


def entry(data: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in data["entries"] if item["id"] == key)
    return found


def test_a_sound_record_holds() -> None:
    """Nothing is found in a record that keeps the contract."""
    checked = check_record(exported())
    assert checked.holds
    assert (checked.texts, checked.entries) == (3, 8)


def _set(*path: str | int) -> Callable[[Any], Callable[[dict[str, Any]], None]]:
    def to(value: Any) -> Callable[[dict[str, Any]], None]:
        def change(data: dict[str, Any]) -> None:
            place: Any = data
            for step in path[:-1]:
                place = place[step]
            place[path[-1]] = value

        return change

    return to


_SPAN = ("entries", 0, "reports", 0, "spans", "content", 0)
_WHEN = ("entries", 0, "when")

CHANGES: dict[str, tuple[str, str, Callable[[dict[str, Any]], None]]] = {
    "another version": ("schema", "1 belongs", _set("onrecord")(2)),
    "true is not 1": ("schema", "1 belongs", _set("onrecord")(True)),
    "a list missing": ("schema", "'timeline' is missing", lambda d: d.pop("timeline")),
    "an unknown key": ("schema", "not of this format", _set("entries", 0, "mood")("bad")),
    "a wrong type": ("schema", "where string belongs", _set("entries", 0, "content")(7)),
    "empty words": ("schema", "the words are missing", _set("entries", 0, "content")("")),
    "an id with a blank": ("schema", "is not of the form", _set("entries", 0, "id")("e 1")),
    "an id with a line break": ("schema", "is not of the form", _set("entries", 0, "id")("e1\n")),
    "a confidence above one": ("schema", "out of range", _set("entries", 0, "reports", 0, "confidence")(1.5)),
    "no report": ("schema", "at least 1", _set("entries", 0, "reports")([])),
    "noise of three numbers": ("schema", "a list of 3", _set("texts", 0, "noise")([[1, 2, 3]])),
    "an object for a list": ("schema", "where a list belongs", _set("entries")({})),
    "a string for an object": ("schema", "where an object belongs", _set("texts", 0)("t1")),
    "a kind that is none": ("schema", "belongs", _set("entries", 0, "kind")("rumour")),
    "a country in lower case": ("schema", "is not of the form", _set("actors", 2, "country")("no")),
    "an id used twice": ("references", "used 2 times", _set("entries", 1, "id")("e1")),
    "an actor that is not there": ("references", "no actor 'a9'", _set("entries", 0, "by")(["a9"])),
    "a related entry that is not there": (
        "references",
        "no entry 'e99'",
        _set("entries", 0, "attributes", "related")(["e99"]),
    ),
    "a span in no text": ("references", "no text 't9'", _set(*_SPAN, "text")("t9")),
    "a copy of a copy": ("references", "is a copy itself", _set("texts", 1, "copy_of")("t3")),
    "an issue that lists an answer": (
        "references",
        "no demand of this issue",
        _set("issues", 0, "demands")(["e2", "e3"]),
    ),
    "an issue that leaves a demand out": ("references", "does not list this demand", _set("issues", 1, "demands")([])),
    "a value quoted from another text": (
        "references",
        "another text",
        _set("differences", 0, "values", 0, "text")("t2"),
    ),
    "a changed quotation": ("exact", "not 'her country'", _set(*_SPAN, "exact")("her country")),
    "a moved offset": ("exact", "is no place", _set(*_SPAN, "end")(100000)),
    "a mention moved": ("exact", "text t1 says", _set("actors", 0, "mentions", 0, "start")(3)),
    "a changed body": ("exact", "not", _set("texts", 0, "body")("Norland keeps silent." + "·" * 600)),
    "a status of another kind": ("entries", "is not for a statement", _set("entries", 0, "status")("held")),
    "an answer without status": ("entries", "needs a status", _set("entries", 2, "status")(None)),
    "outlet voice with a chain": (
        "entries",
        "no speaker and no chain",
        _set("entries", 1, "reports", 0, "chain")(["a1"]),
    ),
    "a statement without manner": ("entries", "needs a manner", _set("entries", 0, "reports", 0, "manner")(None)),
    "a report across texts": ("entries", "outside the report's text", _set("entries", 0, "reports", 0, "text")("t2")),
    "a copy counted as a source": ("entries", "only 1 texts", _set("entries", 3, "independent_sources")(2)),
    "a value called unresolved": ("dates", "does not go with", _set(*_WHEN, "rule")("unresolved")),
    "limits of another day": ("dates", "not 2022-03-07", _set(*_WHEN, "earliest")("2022-03-07")),
    "a day that is none": ("dates", "not in the calendar", _set(*_WHEN, "edtf")("2022-02-30")),
    "limits without a value": ("dates", "has no limits", lambda d: d["entries"][0]["when"].update(edtf=None)),
    "limits the wrong way round": (
        "dates",
        "wrong way round",
        lambda d: d["entries"][0]["when"].update(edtf="2022-03-08~", latest="2022-03-01"),
    ),
    "an entry off the timeline": ("dates", "e6 is not in it", lambda d: d["timeline"].remove("e6")),
    "a possible entry on it": ("dates", "e8 is in it", lambda d: d["timeline"].append("e8")),
    "days out of order": ("dates", "stands after e5", lambda d: d["timeline"].sort(key="e5e1e2e3e4e6e7".find)),
    "noise outside the body": ("noise", "outside the body", _set("texts", 1, "noise")([[5, 99999]])),
    "noise out of order": ("noise", "out of order", _set("texts", 1, "noise")([[250, 255], [5, 6]])),
    "evidence in noise": ("noise", "touches 'Berg'", _set("texts", 1, "noise")([[4, 6]])),
}


@pytest.mark.parametrize("name", CHANGES)
def test_each_rule_finds_its_fault(name: str) -> None:
    """One change to a sound record is found by the rule it breaks, in words that say what is wrong."""
    rule, words, change = CHANGES[name]
    data = exported()
    change(data)
    faults = [fault for fault in check_record(data).faults if fault.rule == rule]
    assert any(words in fault.what for fault in faults), check_record(data).faults
    assert all(fault.place for fault in faults)


def test_source_voice_needs_somebody() -> None:
    """Speech in nobody's mouth is a fault."""
    data = exported()
    report = entry(data, "e1")["reports"][0]
    report["speaker"], report["spans"]["speaker"] = None, []
    assert "needs a speaker" in check_record(data).faults[0].what


def test_what_touches_noise_with_marks_only_is_no_fault() -> None:
    """Noise that ends at a quotation mark beside the evidence touches no word of it."""
    data = exported()
    span = entry(data, "e6")["reports"][0]["spans"]["content"][0]
    data["texts"][1]["noise"] = [[span["end"], span["end"] + 1]]
    assert check_record(data).holds


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no JSON"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"onrecord": NaN}', "no JSON"),
        (b'{"onrecord": 1, "onrecord": 2}', "stands twice"),
        (b'{"onrecord": "\xff"}', "no JSON"),
        (b"null", "null stands here"),
    ],
)
def test_what_is_no_record_is_said(content: bytes, words: str) -> None:
    """Bytes that hold no record give one fault, not a crash."""
    faults = check_json(content, "record.json").faults
    assert faults[0].rule == "schema"
    assert words in faults[0].what


def test_a_kept_record_holds(tmp_path: Path) -> None:
    """A record.db is verified by its folder or by its file."""
    folder = keep_record(tmp_path / "exchange")
    assert verify(folder).holds
    assert verify(folder / "record.db").spans > 25


def test_changed_raw_bytes_are_found(tmp_path: Path) -> None:
    """Bytes changed behind the store's back no longer have their digest."""
    file = keep_record(tmp_path) / "record.db"
    with sqlite3.connect(file) as database:
        database.execute(
            "UPDATE raw SET compression = 'none', bytes = x'00' WHERE sha256 = (SELECT min(sha256) FROM raw)"
        )
    found = verify(file)
    assert not found.holds
    assert found.faults[0].rule == "store"


@pytest.mark.broken_record
def test_changed_words_in_the_database_are_found(tmp_path: Path) -> None:
    """A body changed behind the store's back is found."""
    file = keep_record(tmp_path) / "record.db"
    with sqlite3.connect(file) as database:
        database.create_function("keep", 1, lambda value: value)
        database.execute("UPDATE text SET body = replace(body, 'month', 'mouth')")
    found = verify(file)
    assert not found.holds
    assert found.kind == "database"


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    """A text file is neither record, export nor pack, and the message says what would be."""
    (tmp_path / "alpha.txt").write_text("Norland waits.")
    with pytest.raises(InputError, match="no JSON export and no evidence pack"):
        verify(tmp_path / "alpha.txt")
    with pytest.raises(NotARecord):
        verify(tmp_path)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = keep_record(tmp_path / "exchange")
    with Store.open(folder, readonly=True) as store, (tmp_path / "pack.zip").open("wb") as stream:
        write_pack(Contents(store.record(), store.articles(), store.raw, ({"verdict": "yes"},)), stream)
    return tmp_path / "pack.zip"


def rewrite(pack: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """The pack written again after a change of its members."""
    with zipfile.ZipFile(pack) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(pack, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)


def test_a_pack_holds_and_has_a_seal(pack: Path) -> None:
    """A fresh pack verifies, and its seal is the digest of its list of digests."""
    found = verify(pack)
    assert found.holds
    assert found.kind == "pack"
    with zipfile.ZipFile(pack) as opened:
        assert found.seal == packs.seal(opened.read("SHA256SUMS"))
        assert {"record.json", "record.html", "articles.jsonl", "judgements.jsonl", "README.txt"} <= set(
            opened.namelist()
        )


def test_packs_are_the_same_each_time(pack: Path, tmp_path: Path) -> None:
    """Equal records give the same pack, byte for byte, whenever it is written."""
    with Store.open(tmp_path / "exchange", readonly=True) as store:
        again = io.BytesIO()
        write_pack(Contents(store.record(), store.articles(), store.raw, ({"verdict": "yes"},)), again)
    assert again.getvalue() == pack.read_bytes()


def test_every_flipped_byte_of_an_article_is_found(pack: Path) -> None:
    """One changed byte of one article is found, and the file is named."""
    name = next(n for n in zipfile.ZipFile(pack).namelist() if n.startswith("raw/"))
    rewrite(pack, lambda m: m.update({name: m[name].replace(b"Sudmark", b"Sudmarl", 1)}))
    found = verify(pack)
    assert [fault.place for fault in found.faults] == [name]
    assert "was changed" in found.faults[0].what


def test_a_flipped_bit_of_the_zip_is_found(pack: Path) -> None:
    """A bit changed in the packed bytes of a file is found and the file named."""
    with zipfile.ZipFile(pack) as opened:
        member = opened.getinfo("record.json")
    content = bytearray(pack.read_bytes())
    content[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 0x40
    pack.write_bytes(bytes(content))
    assert [fault.place for fault in verify(pack).faults] == ["record.json"]


def test_no_flipped_bit_is_a_crash(pack: Path) -> None:
    """Wherever a bit of the zip file is changed, the answer is a verdict or a refusal in words."""
    sound = pack.read_bytes()
    for place in (*range(0, len(sound), len(sound) // 60), *range(len(sound) - 700, len(sound), 11)):
        content = bytearray(sound)
        content[place] ^= 0x15
        pack.write_bytes(bytes(content))
        with suppress(InputError):
            verify(pack)


def test_a_pack_cut_short_is_damaged(pack: Path) -> None:
    """Half a pack is refused, not verified by half."""
    pack.write_bytes(pack.read_bytes()[:-2000])
    with pytest.raises(InputError, match="damaged"):
        verify(pack)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda m: m.update({"extra.txt": b"x"}), "not listed"),
        (lambda m: m.pop("README.txt"), "not in the pack"),
        (lambda m: m.update({"SHA256SUMS": m["SHA256SUMS"] + b"nonsense\n"}), "is not '<sha256>"),
        (lambda m: m.update({"record.json": m["record.json"].replace(b"Vienna.", b"Geneva.")}), "was changed"),
        (lambda m: m.update({"articles.jsonl": b"{}\n"}), "names raw bytes"),
        (lambda m: m.update({"judgements.jsonl": b"{\n"}), "is no JSON"),
    ],
)
def test_what_was_done_to_a_pack_is_said(pack: Path, change: Callable[[dict[str, bytes]], object], words: str) -> None:
    """Files added, taken out or changed are each named."""
    rewrite(pack, change)
    found = verify(pack)
    assert not found.holds
    assert any(words in fault.what for fault in found.faults), found.faults


def test_raw_bytes_under_another_name_are_found(pack: Path) -> None:
    """A raw file's name is its digest, whatever the list says."""

    def swap(members: dict[str, bytes]) -> None:
        first, second = [name for name in members if name.startswith("raw/")][:2]
        members[first] = members[second]
        members["SHA256SUMS"] = members["SHA256SUMS"].replace(
            f"{first[4:]}  {first}".encode(), f"{second[4:]}  {first}".encode()
        )

    rewrite(pack, swap)
    assert any("other bytes than its name says" in fault.what for fault in verify(pack).faults)


@pytest.mark.parametrize("name", ["../outside.txt", "/etc/passwd", "a/../../b", "..\\b", "C:/b"])
def test_names_that_leave_the_folder_are_refused(pack: Path, name: str) -> None:
    """A pack that would write outside the folder it is unpacked in is refused before anything is read."""
    rewrite(pack, lambda m: m.update({name: b"x"}))
    with pytest.raises(Hostile, match="leads out of the folder"):
        verify(pack)


def test_a_name_given_twice_is_refused(pack: Path) -> None:
    """Programs differ in which of two files of one name they show; a pack has each name once."""
    with zipfile.ZipFile(pack, "a") as opened, pytest.warns(UserWarning):
        opened.writestr("record.json", b"{}")
    with pytest.raises(Hostile, match="2 times"):
        verify(pack)


def test_a_link_is_refused(pack: Path) -> None:
    """A symbolic link in a zip file can point anywhere."""
    link = zipfile.ZipInfo("raw/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(pack, "a") as opened:
        opened.writestr(link, b"/etc/passwd")
    with pytest.raises(Hostile, match="is a link"):
        verify(pack)


def test_a_bomb_is_refused_unread(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More bytes than a pack may hold are refused by what its directory says, before unpacking."""
    monkeypatch.setattr(packs, "MOST_BYTES", 1000)
    with pytest.raises(Hostile, match="unpacks to"):
        verify(pack)
    monkeypatch.undo()
    monkeypatch.setattr(packs, "MOST_MEMBERS", 2)
    with pytest.raises(Hostile, match="at most 2"):
        verify(pack)
    monkeypatch.undo()
    monkeypatch.setattr(packs, "MOST_RECORD", 10)
    with pytest.raises(Hostile, match="unpacks to more than"):
        verify(pack)


def test_a_record_that_does_not_fit_is_not_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be verified is not written."""
    monkeypatch.setattr("onrecord.faces.pack.MOST_BYTES", 1000)
    with pytest.raises(Hostile, match="build smaller records"):
        write_pack(Contents(make_record(), (), lambda digest: b""), io.BytesIO())


def test_a_zip_of_something_else_is_no_pack(tmp_path: Path) -> None:
    """The message says which files a pack has."""
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as opened:
        opened.writestr("photo.jpg", b"x")
    with pytest.raises(InputError, match="no evidence pack: it has no SHA256SUMS"):
        check_pack(tmp_path / "photos.zip")


def test_checks_do_not_change_what_they_check() -> None:
    """The parsed export is left as it was."""
    data = exported()
    before = copy.deepcopy(data)
    check_record(data)
    assert data == before


def test_a_changed_record_in_the_store_is_not_kept(tmp_path: Path) -> None:
    """Words that do not stand in their article never reach the record: the store refuses them."""
    record = make_record()
    broken = replace(record.texts[0], body=record.texts[0].body.replace("month", "mouth"))
    with pytest.raises(Exception, match="does not stand at"):
        keep_record(tmp_path, replace(record, texts=(broken, *record.texts[1:])))
