"""Hostile and broken input: each is refused with a reason, in bounded time, loses nothing else and fetches nothing."""

from __future__ import annotations

import bz2
import gzip
import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.intake import Roles, SetAside, Source, find_sources, take_in
from onrecord.model import Text
from tests.intake_inputs import ATOM, MORE_PROSE, PAGE, PROSE, RSS, refusal, take, take_one

SECONDS = 10.0  # a bound that only a blow-up breaks, on however slow a machine


@pytest.fixture(autouse=True)
def in_bounded_time() -> Iterator[None]:
    """Every test of this file is over in seconds."""
    started = time.perf_counter()
    yield
    assert time.perf_counter() - started < SECONDS


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connection and every look-up of a name is an error."""

    def refuse(*args: object, **kwargs: object) -> None:
        pytest.fail(f"a connection was attempted: {args!r}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_empty_files_say_so(tmp_path: Path) -> None:
    """A file without a byte, and one of white space, are set aside with that reason."""
    assert refusal(tmp_path, "a.txt", b"") == "is empty; save the article again, or remove the file."
    for name, content in (("b.txt", " \n\t\r\n"), ("c.txt", b"\xef\xbb\xbf\n"), ("d.json", '{"text": " "}')):
        assert "only white space" in refusal(tmp_path, name, content)
    assert "page" in refusal(tmp_path, "e.html", " \n ")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, "a picture (JPEG)"),
        (b"\x7fELF\x02\x01\x01" + bytes(4000), "a program (ELF)"),
        (b"%PDF-1.7\n%\xe2\xe3" + bytes(range(256)), "a PDF"),
        (b"PK\x03\x04" + bytes(range(256)), "a zip archive or an office document"),
        (b"SQLite format 3\0" + bytes(4000), "an SQLite database"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "a web archive"),
        (bytes(range(256)) * 200, "binary data"),
        (b"\0" * 5000, "binary data"),
        (b"Berg\1\2\3\4\5\6" * 500, "binary data"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.xml", "a"])
def test_binary_files_say_what_they_are(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    """A binary file is recognised whatever its name, and is not decoded."""
    assert words in refusal(tmp_path, name, content)


@pytest.mark.parametrize(
    ("name", "words"),
    [("a.csv", "a table"), ("a.css", "a saved page"), ("a.docm", "ends in .docm"), ("a.mhtml", "a packed page")],
)
def test_files_of_other_kinds_say_so(tmp_path: Path, name: str, words: str) -> None:
    """A file that no reader knows is set aside with what it is or how it ends."""
    assert words in refusal(tmp_path, name, PROSE)


def test_200_mb_are_refused_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size alone decides; not one byte of the file is read."""
    for name in ("a.txt", "a.html", "a.xml", "a.json"):
        path = tmp_path / name
        with path.open("wb") as file:
            file.truncate(200_000_000)
        monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("the file was opened"))
        intake = take_in(Source(path, name, {}))
        monkeypatch.undo()
        assert (intake.raw, intake.articles) == (b"", ())
        assert "a file of 200,000,000 bytes, and the limit is 50,000,000" in intake.set_aside[0].reason


def test_file_of_one_20_mb_line_is_refused(tmp_path: Path) -> None:
    """A text of 20 MB is no article, as text, as JSON, as a page or as a feed."""
    line = "Norland waits. " * 1_400_000
    assert "the limit is 5,000,000" in refusal(tmp_path, "a.txt", line)
    assert "the limit is 5,000,000" in refusal(tmp_path, "a.json", json.dumps({"text": line}))
    assert "the limit is 10,000,000" in refusal(tmp_path, "a.html", f"<html><body><p>{line}</p></body></html>")
    assert "the limit is 10,000,000" in refusal(tmp_path, "a.xml", f"<rss><channel><item>{line}</item></channel></rss>")


def test_long_lines_of_json_lose_only_themselves(tmp_path: Path) -> None:
    """A line of over 20 MB among JSON lines is named; the lines around it are kept."""
    lines = [json.dumps({"text": words}) for words in ("One.", "x" * 20_000_001, "Three.")]
    intake = take(tmp_path, "a.jsonl", "\n".join(lines))
    assert [text.body for _, text in intake.articles] == ["One.", "Three."]
    assert intake.set_aside == (SetAside("a.jsonl", "line 2 is longer than 20,000,000 bytes; split it into articles."),)


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<div><p>", "<b>", "<ul><li>", "<table><tr><td>", "<div></p></b>", "<DIV a='1'>", "<x-y>", "<font><i>x"],
)
def test_100_000_nested_elements_are_refused(tmp_path: Path, unit: str) -> None:
    """Nesting is counted before a parser sees it, in pages and in what feeds carry."""
    nested = unit * 100_000
    assert "nests more than 250 elements" in refusal(tmp_path, "a.html", f"<html><body>{nested}{PROSE}")
    within = "nests more than 250 elements"
    feed = (
        f"<rss version='2.0'><channel><title>F</title><item><description>{nested}</description></item></channel></rss>"
    )
    assert within in refusal(tmp_path, "a.xml", feed)
    hidden = feed.replace(nested, nested.replace("<", "&lt;"))
    assert within in refusal(tmp_path, "b.xml", hidden)


@pytest.mark.parametrize("unit", ["<p>", "<p>x</p>", "<br>", "<p>word and word", "<a href=x></a>"])
def test_a_million_tags_are_refused(tmp_path: Path, unit: str) -> None:
    """Tags are counted before a parser sees them."""
    reason = refusal(tmp_path, "a.html", f"<html><body>{unit * 1_000_000}</body></html>")
    assert "more than 30,000 tags" in reason or "the limit is 10,000,000" in reason
    assert "more than 30,000 tags" in refusal(tmp_path, "b.html", unit * 50_000)
    hidden = (unit * 60_000).replace("<", "&lt;")
    feed = (
        f"<rss version='2.0'><channel><title>F</title><item><description>{hidden}</description></item></channel></rss>"
    )
    assert "more than 30,000 tags" in refusal(tmp_path, "a.xml", feed)


@pytest.mark.parametrize("unit", ["<!--", "<![CDATA[", "<script>", "<", "</", "<a ", "<a b='", "&lt;", "<!", "<?x "])
def test_unfinished_markup_is_read_in_bounded_time(tmp_path: Path, unit: str) -> None:
    """Markup that is never closed costs no more than its length."""
    intake = take(tmp_path, "a.html", f"<html><body><article><p>{PROSE}</p><p>{MORE_PROSE}</p>{unit * 200_000}")
    assert len(intake.articles) + len(intake.set_aside) == 1


def test_markup_that_is_only_told_does_not_count(tmp_path: Path) -> None:
    """Tags in comments and scripts nest nothing, so that the page is read."""
    page = PAGE.replace("</head>", f"<script>var x = '{'<div>' * 50_000}';</script><!--{'<div>' * 50_000}--></head>")
    assert PROSE in take_one(tmp_path, "a.html", page)[1].body


def test_packed_files_are_not_unpacked(tmp_path: Path) -> None:
    """A decompression bomb stays packed, whatever its name."""
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 60_000
    for name in ("a.gz", "a.txt", "a.jsonl", "a.html", "a.xml", "a"):
        assert refusal(tmp_path, name, bomb) == "is packed (gzip); unpack it first."
    assert "bzip2" in refusal(tmp_path, "a.bz2", bz2.compress(PROSE.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entity_bombs_are_refused_before_they_are_parsed(tmp_path: Path, encoding: str) -> None:
    """Ten lines of entities that name each other are a reason, not gigabytes; in any encoding."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    feed = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>' + RSS.partition("?>")[2].strip()
    assert "declares XML entities" in refusal(tmp_path, "a.xml", feed.replace("Short.", "&l11;").encode(encoding))


def test_yaml_bombs_are_harmless(tmp_path: Path) -> None:
    """Aliases that multiply in front matter are no words of a known key."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    article, text = take_one(tmp_path, "a.txt", f"---\n{bomb}outlet: *i\ntitle: T\n---\n{PROSE}")
    assert (article.outlet, article.title, text.body) == (None, "T", PROSE)
    deep = take(tmp_path, "b.txt", f"---\noutlet: {'[' * 15_000}\n---\n{PROSE}")
    assert len(deep.articles) + len(deep.set_aside) == 1


def test_invalid_utf8_is_replaced_and_flagged(tmp_path: Path) -> None:
    """Bytes that stand for nothing become U+FFFD in the body, stay in the raw, and are flagged."""
    raw = f"“Берг” {PROSE}".encode() + b" \xff\xc3( end"
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    intake = take_in(Source(path, "a.txt", {}))
    ((article, text),) = intake.articles
    assert intake.raw == raw
    assert text.body.endswith(" \ufffd\ufffd( end")
    assert article.flags == ("undecodable",)


def test_what_cannot_be_stored_is_replaced_one_for_one(tmp_path: Path) -> None:
    """Lone surrogates and NULs become U+FFFD each; bidi controls stay; all three are flagged."""
    line = '{"title": "No \\ud83d", "text": "a\\u0000b \\ud83d c \\u202egpj.exe\\u202c \\ud83d\\ude00"}'
    article, text = take_one(tmp_path, "a.jsonl", line)
    assert text.body == "a\ufffdb \ufffd c \u202egpj.exe\u202c 😀"
    assert article.title == "No \ufffd"
    assert article.flags == ("bidi-control", "lone-surrogate", "nul")
    assert article.raw == take(tmp_path, "a.jsonl", line).sha256


def test_nul_in_plain_text_and_page_is_replaced_and_flagged(tmp_path: Path) -> None:
    """A NUL does not cut the text off."""
    article, text = take_one(tmp_path, "a.txt", f"No\0reply. {PROSE}")
    assert (text.body, article.flags) == (f"No\ufffdreply. {PROSE}", ("nul",))
    article, text = take_one(tmp_path, "a.html", PAGE.replace("ambassador", "am\0bassador"))
    assert "am\ufffdbassador handed over" in text.body
    assert article.flags == ("nul",)


def test_one_broken_line_loses_no_other(tmp_path: Path) -> None:
    """The broken lines of a JSONL are named by number; all others are kept."""
    lines = [
        '{"text": "One."}',
        '{"text": "Two."',
        "",
        '["Three."]',
        '{"text": 4}',
        "[" * 100_000,
        '{"text": "Six."}\r',
    ]
    intake = take(tmp_path, "a.jsonl", "\n".join(lines))
    assert [text.body for _, text in intake.articles] == ["One.", "Six."]
    assert [item.reason.split(" ", 2)[:2] for item in intake.set_aside] == [["line", n] for n in ("2", "4", "5", "6")]
    assert "mend or remove the line" in intake.set_aside[0].reason


def test_json_of_hostile_shape_is_refused(tmp_path: Path) -> None:
    """JSON that is nested without end, numbers of a million digits and no JSON at all give reasons."""
    assert "too deep" in refusal(tmp_path, "a.json", "[" * 1_000_000)
    assert "is no JSON" in refusal(tmp_path, "b.json", "9" * 1_000_000)
    assert "is no JSON" in refusal(tmp_path, "c.json", PROSE)
    assert "neither an object" in refusal(tmp_path, "d.json", '"words"')
    assert "an empty list" in refusal(tmp_path, "e.json", "[]")


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        ("<rss version='2.0'><channel><title>F</title></channel></rss>", "a feed without items"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title></feed>", "a feed without items"),
        ("<rss version='2.0'><channel><title>F", "a feed without items"),
        ("<rss", "a feed without items"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "neither RSS nor Atom"),
        ("https://feeds.example/rss.xml", "neither RSS nor Atom"),
    ],
)
def test_feeds_without_items_say_so(tmp_path: Path, feed: str, words: str) -> None:
    """A feed without items, one that breaks off and XML of another kind give different reasons."""
    assert words in refusal(tmp_path, "a.xml", feed)


def test_feed_that_breaks_off_keeps_its_whole_items(tmp_path: Path) -> None:
    """What was read before the break is kept."""
    intake = take(tmp_path, "a.xml", RSS[: RSS.index("<item><title>Nothing")])
    assert PROSE in intake.articles[0][1].body


def test_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without permission, or gone since it was found, is set aside with the system's words."""
    path = tmp_path / "a.txt"
    gone = take_in(Source(path, "a.txt", {}))
    assert gone.set_aside[0].reason.startswith("cannot be read (No such file or directory); check")
    path.write_text(PROSE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "(Permission denied)" in take_in(Source(path, "a.txt", {})).set_aside[0].reason


def test_one_bad_file_loses_no_other(tmp_path: Path) -> None:
    """Of a folder of good and bad files each good one is an article and each bad one is named."""
    for name, content in (("a.txt", PROSE), ("b.txt", ""), ("c.html", PAGE), ("d.json", "{"), ("e.xml", ATOM)):
        (tmp_path / name).write_text(content)
    intakes = [take_in(source) for source in find_sources([tmp_path])[0]]
    assert [article.file for intake in intakes for article, _ in intake.articles] == ["a.txt", "c.html", "e.xml"]
    assert [item.file for intake in intakes for item in intake.set_aside] == ["b.txt", "d.json"]


@pytest.mark.usefixtures("no_network")
def test_no_input_makes_a_connection(tmp_path: Path) -> None:
    """Remote pictures, styles, frames, DTDs, entities and feeds that are an address are never fetched."""
    remote = "https://tracker.example/x"
    page = PAGE.replace("<!doctype html>", f'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "{remote}.dtd">')
    page = page.replace("</head>", f'<base href="{remote}"><meta http-equiv=refresh content="0; url={remote}"></head>')
    page = page.replace("</article>", f'<iframe src="{remote}"></iframe><link rel=import href="{remote}"></article>')
    assert PROSE in take_one(tmp_path, "a.html", page)[1].body
    xhtml = f'<?xml version="1.0"?><?xml-stylesheet href="{remote}.xsl"?>{page}'
    assert PROSE in take_one(tmp_path, "a.xhtml", xhtml)[1].body
    feed = RSS.replace("<rss ", f'<!DOCTYPE rss SYSTEM "{remote}.dtd"><rss ')
    feed = feed.replace("Short.", f'&lt;img src="{remote}.png"&gt;').replace("<p>", f'<p><img src="{remote}.png">')
    assert len(take(tmp_path, "a.xml", feed).articles) == 2
    for name in ("b.txt", "b.html", "b.xml", "b.rss", "b.json", "b.jsonl", "b"):
        take(tmp_path, name, f"{remote}.xml")
    include = (
        f'<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><description><xi:include href="{remote}"/>'
    )
    take(tmp_path, "c.xml", include + f"{PROSE}</description></item></channel></rss>")
    take_one(tmp_path, "c.jsonl", json.dumps({"text": PROSE, "url": remote, "image_url": remote}))
    take_one(tmp_path, "c.txt", f"---\nurl: {remote}\n---\n{PROSE} {remote}")


def test_feed_that_names_a_file_does_not_open_it(tmp_path: Path) -> None:
    """A feed whose only words are the name of another feed is not that feed."""
    (tmp_path / "other.xml").write_text(RSS)
    assert "neither RSS nor Atom" in refusal(tmp_path, "a.xml", str(tmp_path / "other.xml"))


class _Page:
    def __init__(self, text: Text) -> None:
        self.text = text


def check_roles_hold(text: Text) -> None:
    """Every role stands where it says, in order, none over another."""
    found = Roles().read(_Page(text)).annotations
    ends = [0]
    for role in found:
        assert text.holds(role.span)
        assert role.span.start >= ends[-1]
        assert role.span.exact == role.span.exact.strip()
        ends.append(role.span.end)


_MARKS = (
    *("“", "”", "<p>", "</p>", "<div>", "—", "{", "}", ",", "&lt;", '"', "\0", "\ud83d", "\u202e"),
    *("\n", "\r\n", "\n\n", "---\n"),
)
_LINES = (
    *("Leave a Reply", "See also:", "By Anna Berg", "https://t.co/x", "[Jon Ek/AP]", " | DW", "Photo: Jon Ek", PROSE),
    *("— Jon Ek (@jonek) March 14, 2022", '" />', "<rss version='2.0'>", "<item><description>", "outlet: x\n"),
)
_PIECES = st.sampled_from((*_MARKS, *_LINES))
_NAMES = st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "a.xml", "a", "a.bin"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=_NAMES,
    raw=st.binary(max_size=300)
    | st.lists(_PIECES, max_size=25).map(lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")),
)
def test_any_bytes_give_articles_or_reasons(tmp_path: Path, name: str, raw: bytes) -> None:
    """Whatever the bytes, each file gives articles or a reason, its raw is kept, and every role holds."""
    intake = take(tmp_path, name, raw)
    assert intake.articles or intake.set_aside
    assert intake.raw in (raw, b"")
    for article, text in intake.articles:
        assert text.body.strip()
        text.body.encode("utf-8")
        assert "\0" not in text.body
        assert (article.text, article.raw) == (text.id, intake.sha256)
        check_roles_hold(text)
    assert take_in(Source(tmp_path / name, name, {})) == intake


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300) | st.lists(_PIECES, max_size=25).map("".join))
def test_roles_hold_in_any_text(body: str) -> None:
    """Whatever the words, the roles stand in them."""
    check_roles_hold(Text.of(body))


@pytest.mark.parametrize(
    "make",
    [
        lambda: "“" * 500_000,
        lambda: "<" * 500_000,
        lambda: "https://a " * 100_000,
        lambda: "[A/" * 100_000 + "]",
        lambda: ("— Jon Ek (@jonek) March 14, 2022\n") * 10_000,
        lambda: "See also\nFerry fares\n" * 10_000,
        lambda: f"{PROSE}\n" * 4 + "Comments\n" + "No.\n" * 20_000,
        lambda: "Home | " * 50_000 + f"\n{PROSE}",
        lambda: "By " * 100_000 + f"\n{PROSE}",
        lambda: "\n" * 1_000_000 + "x",
        lambda: "The post " * 100_000,
        lambda: "word " * 600_000,
    ],
)
def test_roles_are_found_in_bounded_time(make: Callable[[], str]) -> None:
    """Text made to be slow is read in time that grows with its length."""
    check_roles_hold(Text.of(make()))
