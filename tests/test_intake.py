"""From files to articles: what is body, what is metadata, and what is left out and named."""

from __future__ import annotations

import doctest
import hashlib
import importlib
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.intake import Draft, Source, Unread, article_id, find_sources, take_in
from onrecord.intake.articles import READERS
from onrecord.intake.decoding import decode_bytes
from onrecord.intake.metadata import read_published
from tests.intake_inputs import ATOM, MORE_PROSE, PAGE, PROSE, RSS, take, take_one


@pytest.mark.parametrize("module", ["articles", "decoding", "furniture", "html", "markup", "metadata", "roles", "text"])
def test_examples_in_docstrings_run(module: str) -> None:
    """Each example in the intake's docstrings gives what it shows."""
    result = doctest.testmod(importlib.import_module(f"onrecord.intake.{module}"))
    assert result.attempted > 0
    assert result.failed == 0


class TestPlainText:
    def test_body_is_the_file_unchanged(self, tmp_path: Path) -> None:
        """Line ends, trailing blanks and empty lines at the end stay as they are."""
        written = "Norland waits\r\n\r\n" + PROSE + "  \r\n\tindented\r\rlast \n\n"
        article, text = take_one(tmp_path, "a.txt", written)
        assert text.body == written
        assert (article.format, article.decoding, article.flags) == ("text", "utf-8", ())
        assert article.raw == hashlib.sha256(written.encode()).hexdigest()

    def test_what_is_not_given_is_not_known(self, tmp_path: Path) -> None:
        """A plain file has no outlet, date, title, author, address or language, whatever its time on the disk."""
        article, _ = take_one(tmp_path, "a.txt", PROSE)
        given = (article.outlet, article.published, article.title, article.author, article.url, article.language)
        assert given == (None,) * 6

    def test_front_matter_is_metadata_and_no_body(self, tmp_path: Path) -> None:
        """The six keys are read; what follows the closing line is the body, unchanged."""
        front = "---\noutlet: Varland Herald\npublished: 2022-03-14\nurl: https://v.example/1\ntitle: 'No: reply'\n"
        article, text = take_one(tmp_path, "a.txt", front + "author: Jon Ek\nlanguage: en\ndraft: true\n---\n" + PROSE)
        assert text.body == PROSE
        assert article.published is not None
        assert (article.outlet, article.published.edtf, article.published.rule) == (
            "Varland Herald",
            "2022-03-14",
            "metadata",
        )
        assert (article.title, article.author, article.language) == ("No: reply", "Jon Ek", "en")

    def test_front_matter_with_a_colon_in_a_title_is_read(self, tmp_path: Path) -> None:
        """A second colon, which YAML refuses, does not lose the article."""
        article, text = take_one(tmp_path, "a.txt", f"---\r\ntitle: Berg: no reply yet\r\n---\r\n{PROSE}")
        assert (article.title, text.body) == ("Berg: no reply yet", PROSE)

    def test_front_matter_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        """Broken front matter is neither dropped nor taken for the article's words."""
        intake = take(tmp_path, "a.txt", f"---\noutlet: [Varland\nand so on\n---\n{PROSE}")
        assert intake.articles == ()
        assert "front matter" in intake.set_aside[0].reason

    def test_three_hyphens_without_a_known_key_are_body(self, tmp_path: Path) -> None:
        """A text that begins with a rule is all body."""
        written = f"---\nThe week in brief: nothing\n---\n{PROSE}"
        assert take_one(tmp_path, "a.txt", written)[1].body == written

    def test_front_matter_counts_before_the_manifest(self, tmp_path: Path) -> None:
        """What the file says of itself stands; the manifest fills what it leaves open."""
        article, _ = take_one(
            tmp_path, "a.txt", f"---\noutlet: Herald\n---\n{PROSE}", {"outlet": "Other", "author": "Jon Ek"}
        )
        assert (article.outlet, article.author) == ("Herald", "Jon Ek")

    def test_unreadable_date_is_flagged_and_not_guessed(self, tmp_path: Path) -> None:
        """01/02/2022 is two different days; neither goes on the record."""
        article, _ = take_one(tmp_path, "a.txt", PROSE, {"published": "01/02/2022"})
        assert article.published is None
        assert article.flags == ("published-unreadable",)


class TestDecoding:
    @pytest.mark.parametrize(
        ("raw", "declared", "decoding"),
        [
            ("Берг".encode("utf-8-sig"), None, "utf-8 (bom)"),
            ("Берг".encode("utf-16"), None, "utf-16-le (bom)"),
            (("Берг ждёт ответа. " * 9).encode("utf-16-be"), None, "utf-16-be (detected)"),
            ("Берг".encode("cp1251"), "windows-1251", "windows-1251 (declared)"),
            ("Берг".encode(), None, "utf-8"),
            (("Министр сказал, что Норландия ждёт ответа. " * 9).encode("cp1251"), None, "windows-1251 (detected)"),
            ("“Берг”".encode(), "utf-16", "utf-8"),
            ("Берг".encode(), "no-such-encoding\0", "utf-8"),
        ],
    )
    def test_order_is_mark_declaration_utf8_detector(self, raw: bytes, declared: str | None, decoding: str) -> None:
        """Each way of decoding gives the words, and says which way it was."""
        decoded = decode_bytes(raw, declared)
        assert decoded.decoding == decoding
        assert any(word in decoded.text for word in ("Берг", "Министр"))
        assert not decoded.text.startswith("\ufeff")
        assert decoded.flags == (("encoding-guessed",) if "detected" in decoding else ())

    def test_latin_1_means_windows_1252(self) -> None:
        """Pages that declare ISO-8859-1 keep their curly quotation marks at 0x93 and 0x94."""
        assert decode_bytes(b"\x93No\x94", "iso-8859-1").text == "“No”"

    def test_few_broken_bytes_are_replaced_and_flagged(self) -> None:
        """A broken byte in UTF-8 becomes U+FFFD; the rest of the words is not decoded as something else."""
        decoded = decode_bytes("“Берг ждёт ответа”".encode() + b"\xff!")
        assert decoded.text == "“Берг ждёт ответа”\ufffd!"
        assert (decoded.decoding, decoded.flags) == ("utf-8", ("undecodable",))


class TestHtml:
    def test_page_gives_headline_and_paragraphs(self, tmp_path: Path) -> None:
        """The body is the headline, a blank line and the article's paragraphs, without the page around them."""
        article, text = take_one(tmp_path, "a.html", PAGE)
        assert text.body.startswith("Norland waits for a reply\n\nForeign Minister Anna Berg")
        assert text.body.count("Norland waits for a reply") == 1
        assert PROSE in text.body
        assert MORE_PROSE in text.body
        for furniture in ("Home", "You may also like", "Ferry fares", "Leave a Reply", "email address"):
            assert furniture not in text.body
        assert (article.format, article.decoding) == ("html", "utf-8 (declared)")

    def test_embedded_post_stays_in_the_body(self, tmp_path: Path) -> None:
        """The words of an embedded post and its signature are lines of their own."""
        lines = take_one(tmp_path, "a.html", PAGE)[1].body.splitlines()
        assert "We have handed over our answer to #Norland. https://t.co/abc" in lines
        assert "— Jon Ek (@jonek) March 14, 2022" in lines

    def test_metadata_is_what_the_page_declares(self, tmp_path: Path) -> None:
        """Outlet, title, author, address and language come from the page; the day is that of its own offset."""
        article, _ = take_one(tmp_path, "a.html", PAGE)
        assert (article.outlet, article.title, article.author) == (
            "Varland Herald",
            "Norland waits for a reply",
            "Jon Ek",
        )
        assert (article.url, article.language) == ("https://varland-herald.example/2022/norland-waits", "en-GB")
        assert article.published is not None
        assert article.published.edtf == "2022-03-14"

    def test_title_with_the_outlet_at_its_end(self, tmp_path: Path) -> None:
        """The outlet's name is no part of the title, and a title that says more than the headline is not put before."""
        page = PAGE.replace('"Norland waits for a reply"', '"Norland waits for a reply - Varland Herald"')
        article, text = take_one(tmp_path, "a.html", page)
        assert article.title == "Norland waits for a reply"
        page = PAGE.replace('"Norland waits for a reply"', '"Norland waits for a reply | World news | VH"')
        _, same = take_one(tmp_path, "b.html", page)
        assert same.body == text.body

    def test_json_ld_is_read_and_broken_json_ld_ignored(self, tmp_path: Path) -> None:
        """Structured data counts, inside a graph too; a script that is no JSON does no harm."""
        data = {
            "@graph": [
                {"@type": "WebSite", "name": "Site"},
                {
                    "@type": ["NewsArticle"],
                    "headline": "Ek waits",
                    "datePublished": "2022-03-15",
                    "author": [{"name": "Anna Berg"}, {"name": "Jon Ek"}],
                    "publisher": {"name": "Sudmark Post"},
                },
            ]
        }
        page = (
            "<html><head><script type='application/ld+json'>{broken</script>"
            f"<script type='application/ld+json'>{json.dumps(data)}</script></head>"
            f"<body><article><p>{PROSE}</p><p>{MORE_PROSE}</p></article></body></html>"
        )
        article, text = take_one(tmp_path, "a.html", page)
        assert (article.title, article.outlet, article.author) == ("Ek waits", "Sudmark Post", "Anna Berg, Jon Ek")
        assert article.published is not None
        assert article.published.edtf == "2022-03-15"
        assert text.body.startswith("Ek waits\n\nForeign")

    def test_dates_in_the_words_or_of_comments_are_no_publication_date(self, tmp_path: Path) -> None:
        """A date in the prose, or time tags that differ, date nothing."""
        page = (
            "<html><head><link rel=canonical href='https://v.example/2021/x'></head><body><article>"
            f"<p>Published 7 May 2021. {PROSE}</p><p>{MORE_PROSE}</p></article><time datetime='2021-05-08'>8 May</time>"
            "<time datetime='2021-05-09'>9 May</time></body></html>"
        )
        assert take_one(tmp_path, "a.html", page)[0].published is None

    @pytest.mark.parametrize(
        ("address", "day"),
        [
            ("https://v.example/2021/05/06/x", "2021-05-06"),
            ("https://v.example/world/2021/5/6/x", "2021-05-06"),
            ("https://v.example/20210506-x", "2021-05-06"),
            ("https://v.example/x-2021-05-06.html", "2021-05-06"),
            ("https://v.example/2021/05/x", "2021-05"),
            ("https://v.example/2021/02/31/x", None),
            ("https://v.example/1234567890", None),
            ("https://v.example/x?day=2021-05-06", None),
            ("https://v.example/2021-22-goals", None),
        ],
    )
    def test_the_address_dates_an_article_that_nothing_else_does(
        self, tmp_path: Path, address: str, day: str | None
    ) -> None:
        page = f"<html><head><link rel=canonical href='{address}'></head><body><article><p>{PROSE}</p></article></body>"
        published = take_one(tmp_path, "a.html", page)[0].published
        assert (published.edtf if published else None) == day
        dated = take_one(tmp_path, "b.html", page, {"published": "2020-01-01"})[0].published
        assert dated is not None
        assert dated.edtf == "2020-01-01"

    def test_manifest_counts_before_the_page(self, tmp_path: Path) -> None:
        """A person's manifest corrects what a page says of itself."""
        article, _ = take_one(tmp_path, "a.html", PAGE, {"outlet": "Herald of Varland"})
        assert article.outlet == "Herald of Varland"

    def test_page_saved_as_text_is_still_a_page(self, tmp_path: Path) -> None:
        """A file that begins as an HTML document is read as one, whatever its name."""
        assert take_one(tmp_path, "page.txt", PAGE)[0].format == "html"

    def test_pictures_inside_the_page_do_not_matter(self, tmp_path: Path) -> None:
        """A page saved with 12 MB of pictures inside it is read."""
        page = PAGE.replace("https://varland-herald.example/berg.jpg", "data:image/png;base64," + "A" * 12_000_000)
        assert PROSE in take_one(tmp_path, "a.html", page)[1].body


class TestJson:
    def test_field_names_of_three_libraries_and_ours(self, tmp_path: Path) -> None:
        """Lines of trafilatura, news-please, newspaper4k and our own give the same kind of article."""
        lines = [
            {"text": "One.\n", "title": "T", "author": "A", "sitename": "S1", "hostname": "s1.example"}
            | {"date": "2022-03-14", "source": "https://s1.example/1", "language": "en"},
            {"maintext": "Two.", "title": "T", "authors": ["A", "B"], "date_publish": "2022-03-14 10:00:00"}
            | {"source_domain": "s2.example", "url": "https://s2.example/2", "language": "en"},
            {"text": "Three.", "title": "T", "authors": ["A"], "publish_date": "2022-03-14T10:00:00+00:00"}
            | {"source_url": "https://s3.example", "url": "https://s3.example/3", "meta_lang": "en"},
            {"id": "x", "text": "Four.", "published": "2022-03-14", "outlet": "S4"},
        ]
        intake = take(tmp_path, "a.jsonl", "\n".join(map(json.dumps, lines)))
        assert intake.set_aside == ()
        assert [text.body for _, text in intake.articles] == ["One.\n", "Two.", "Three.", "Four."]
        articles = [article for article, _ in intake.articles]
        assert [a.outlet for a in articles] == ["S1", "s2.example", "https://s3.example", "S4"]
        assert {a.published.edtf for a in articles if a.published} == {"2022-03-14"}
        assert [a.author for a in articles] == ["A", "A, B", "A", None]
        assert [a.url for a in articles] == [
            "https://s1.example/1",
            "https://s2.example/2",
            "https://s3.example/3",
            None,
        ]
        assert [a.locator for a in articles] == ["line 1", "line 2", "line 3", "line 4"]

    def test_null_in_words_is_not_known(self, tmp_path: Path) -> None:
        """News-please writes NULL and None for what it did not find."""
        line: dict[str, object] = {
            "maintext": PROSE,
            "title": "NULL",
            "date_publish": "None",
            "authors": [],
            "url": None,
        }
        article, _ = take_one(tmp_path, "a.jsonl", json.dumps(line))
        assert (article.title, article.published, article.author, article.url) == (None,) * 4
        assert article.flags == ()

    def test_one_object_and_a_list_are_read(self, tmp_path: Path) -> None:
        """A .json file may hold an article or a list of them."""
        assert take_one(tmp_path, "a.json", json.dumps({"text": "One."}))[1].body == "One."
        several = take(tmp_path, "b.json", json.dumps([{"text": "One."}, {"text": "Two."}, 3]))
        assert [text.body for _, text in several.articles] == ["One.", "Two."]
        assert several.set_aside[0].reason.startswith("item 3 ")

    def test_id_does_not_depend_on_the_line(self, tmp_path: Path) -> None:
        """The same article on another line keeps its id."""
        one, two = json.dumps({"text": "One."}), json.dumps({"text": "Two."})
        forwards = take(tmp_path, "a.jsonl", f"{one}\n{two}\n")
        backwards = take(tmp_path, "a.jsonl", f"\n{two}\n{one}\n")
        assert {a.id for a, _ in forwards.articles} == {a.id for a, _ in backwards.articles}

    def test_one_text_of_two_outlets_is_two_articles(self, tmp_path: Path) -> None:
        """Without addresses the outlet tells two publications apart, in any order; a plain repeat is kept once."""
        lines = [json.dumps({"text": PROSE, "outlet": outlet}) for outlet in ("A", "B", "A")]
        intake = take(tmp_path, "a.jsonl", "\n".join(lines))
        assert len({article.id for article, _ in intake.articles}) == 2
        assert intake.set_aside[0].reason == "line 3 repeats line 1 word for word; it is kept once."
        turned = take(tmp_path, "a.jsonl", "\n".join(lines[::-1]))
        assert {a.id for a, _ in turned.articles} == {a.id for a, _ in intake.articles}

    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ({"items": [], "must_not_emit": []}, "gold file"),
            ({"onrecord": 1, "texts": [], "entries": []}, "a record that onrecord wrote"),
            ({"name": "x"}, "`text`"),
        ],
    )
    def test_json_that_is_no_article_says_what_it_is(self, tmp_path: Path, value: object, words: str) -> None:
        """A gold file, a record and other JSON are set aside with that reason."""
        intake = take(tmp_path, "a.json", json.dumps(value))
        assert intake.articles == ()
        assert words in intake.set_aside[0].reason


class TestFeeds:
    def test_each_entry_is_an_article(self, tmp_path: Path) -> None:
        """The full content counts before the summary; the outlet is the feed; the day is that of its own offset."""
        intake = take(tmp_path, "a.xml", RSS)
        assert intake.set_aside == ()
        (first, text), (second, other) = intake.articles
        assert text.body == f"Sudmark answers & waits\n\n{PROSE}\n\n{MORE_PROSE}\n"
        assert other.body == f"Nothing else\n\n{MORE_PROSE}\n"
        assert (first.outlet, first.title, first.locator) == ("Radio Varland", "Sudmark answers & waits", "entry rv-7")
        assert (first.url, first.author, first.format) == ("https://radio-varland.example/7", "Anna Berg", "feed")
        assert first.published is not None
        assert first.published.edtf == "2022-03-14"
        assert second.published is None

    def test_updated_is_not_published(self, tmp_path: Path) -> None:
        """Atom's date of the last change is no publication date."""
        article, text = take_one(tmp_path, "a.atom", ATOM)
        assert article.published is None
        assert (article.outlet, article.url) == ("Norland Wire", "https://wire.example/2")
        assert text.body == f"No reply yet\n\n{PROSE}\n"

    def test_plain_text_of_atom_is_no_markup(self, tmp_path: Path) -> None:
        """What Atom calls plain text keeps its angle brackets."""
        plain = ATOM.replace('type="html">&lt;p&gt;', 'type="text">They &lt;say&gt; ').replace("&lt;/p&gt;", "")
        assert "They <say> Foreign Minister" in take_one(tmp_path, "a.atom", plain)[1].body

    def test_rdf_date_is_published(self, tmp_path: Path) -> None:
        """RSS 1.0 dates its items with dc:date, which is their publication."""
        feed = (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Sudmark Post</title></channel><item>'
            f"<title>Ek waits</title><description>{PROSE}</description><dc:date>2022-03-14</dc:date></item></rdf:RDF>"
        )
        article, _ = take_one(tmp_path, "a.rdf", feed)
        assert article.published is not None
        assert (article.published.edtf, article.outlet) == ("2022-03-14", "Sudmark Post")

    def test_entries_without_words_are_named_and_lose_nothing(self, tmp_path: Path) -> None:
        """An entry of a headline alone is set aside; the others are kept."""
        intake = take(tmp_path, "a.xml", RSS.replace(f"<description>{MORE_PROSE}</description>", ""))
        assert len(intake.articles) == 1
        assert intake.set_aside[0].reason.startswith("entry rv-8 has no text")

    def test_unclosed_breaks_inside_cdata_are_no_nesting(self, tmp_path: Path) -> None:
        """HTML that feeds carry leaves tags open; a report with hundreds of line breaks is read."""
        feed = RSS.replace(f"<p>{MORE_PROSE}</p>", f"{'x<br>' * 400}{MORE_PROSE}")
        assert MORE_PROSE in take(tmp_path, "a.xml", feed).articles[0][1].body

    def test_declared_encoding_counts(self, tmp_path: Path) -> None:
        """A feed in windows-1251 gives Cyrillic words."""
        feed = RSS.replace("utf-8", "windows-1251").replace("Radio Varland", "Радио").encode("cp1251", "replace")
        article = take(tmp_path, "a.xml", feed).articles[0][0]
        assert (article.outlet, article.decoding) == ("Радио", "windows-1251 (declared)")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2022-03-14", "2022-03-14"),
        ("2022-03-14T23:59:00-05:00", "2022-03-14"),
        ("2022-03-14 10:00:00", "2022-03-14"),
        ("20220314", "2022-03-14"),
        ("2022-03", "2022-03"),
        ("Mon, 14 Mar 2022 10:00:00 GMT", "2022-03-14"),
        ("March 14, 2022", "2022-03-14"),
        ("14 March 2022, 10:00", "2022-03-14"),
        ("01/02/2022", None),
        ("31 February 2022", None),
        ("2022-02-31", None),
        ("Marble 3, 2022", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_or_left(words: str, day: str | None) -> None:
    """A date in a form that can mean one day only is read; all else is not known."""
    when = read_published(words)
    assert (when.edtf if when else None) == day


def test_article_id_rests_on_file_address_title_and_words() -> None:
    """The id changes with any of the four, and is made of nothing else."""
    given = article_id("a.txt", None, "T", "0")
    assert given == article_id("a.txt", None, "T", "0")
    others = {
        article_id("b.txt", None, "T", "0"),
        article_id("a.txt", "u", "T", "0"),
        article_id("a.txt", None, "T", "1"),
    }
    assert given not in others
    assert len(others) == 3


def test_what_is_found_can_be_sent_to_another_process(tmp_path: Path) -> None:
    """Sources and what they give can be pickled, as worker processes need it."""
    (tmp_path / "a.txt").write_text(PROSE)
    sources, _ = find_sources([tmp_path])
    assert pickle.loads(pickle.dumps(sources)) == sources
    intake = take_in(Source(tmp_path / "a.txt", "a.txt"))
    assert pickle.loads(pickle.dumps(intake)) == intake


def test_nothing_is_written_to_the_terminal(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The libraries beneath keep their remarks to themselves."""
    code = (
        "import sys, pathlib; from onrecord.intake import Source, take_in; "
        "[take_in(Source(pathlib.Path(name), 'a.html')) for name in sys.argv[1:]]"
    )
    (tmp_path / "a.html").write_text("<html><body><p>x</p></body></html>")
    (tmp_path / "b.html").write_text(PAGE)
    subprocess.run([sys.executable, "-c", code, tmp_path / "a.html", tmp_path / "b.html"], check=True)
    assert capfd.readouterr() == ("", "")


def test_a_plugin_can_add_a_reader(tmp_path: Path) -> None:
    """A reader of another format is asked before ours, and its articles are finished like ours."""

    class Telegrams:
        format = "telegram"
        file_limit = 1_000

        def claims(self, name: str, head: bytes) -> bool:
            return name.endswith(".tgm")

        def read(self, raw: bytes) -> Iterator[Draft | Unread]:
            for number, words in enumerate(raw.decode().split(" STOP "), start=1):
                yield Draft(words, self.format, "utf-8", locator=f"telegram {number}")

    path = tmp_path / "a.tgm"
    path.write_text("BERG WILL WAIT STOP EK WILL NOT")
    intake = take_in(Source(path, "a.tgm", {}), (Telegrams(), *READERS))
    assert [text.body for _, text in intake.articles] == ["BERG WILL WAIT", "EK WILL NOT"]
    assert {article.format for article, _ in intake.articles} == {"telegram"}
