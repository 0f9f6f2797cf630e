"""The page without a browser: its structure, its addresses, what it escapes, and how it is split and written."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html as markup

from onrecord.errors import OutOfSpace, UsageError
from onrecord.faces.exports.html import Html
from onrecord.faces.harmless import make_harmless
from onrecord.faces.page import render_page, write_page
from onrecord.faces.page.article import Mark, cut_article
from onrecord.faces.page.words import say_when
from onrecord.model import Record, RecordText, When
from tests.page_records import make_hostile_record, make_large_record, make_record


def render(record: Record) -> markup.HtmlElement:
    return markup.document_fromstring(dict(render_page(record))["record.html"])


@pytest.fixture(scope="module")
def record() -> Record:
    return make_record()


@pytest.fixture(scope="module")
def page(record: Record) -> markup.HtmlElement:
    return render(record)


def words(element: markup.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_thing_of_the_record_has_its_address(record: Record, page: markup.HtmlElement) -> None:
    """Every entry, actor, article, issue and difference is found at its own id."""
    ids = set(page.xpath("//@id"))
    things = (*record.entries, *record.actors, *record.texts, *record.issues, *record.differences)
    assert [thing.id for thing in things if thing.id not in ids] == []


def test_no_address_is_given_twice(page: markup.HtmlElement) -> None:
    """No HTML id stands on the page twice."""
    assert [key for key, number in Counter(page.xpath("//@id")).items() if number > 1] == []


def test_every_link_within_the_page_has_a_target(page: markup.HtmlElement) -> None:
    """A link to a fragment leads to an element of this page; no link leads out of it."""
    ids = {f"#{key}" for key in page.xpath("//@id")}
    assert set(page.xpath("//a/@href")) - ids == set()


def test_an_id_used_in_two_lists_keeps_both_addresses(record: Record) -> None:
    """Where an entry and an actor share an id, the entry has it and the actor gets one of its own."""
    actor = replace(record.actors[8], id=record.entries[0].id)
    ids = render(replace(record, actors=(*record.actors, actor))).xpath("//@id")
    assert ids.count(actor.id) == 1 and f"{actor.id}~actor" in ids


def test_evidence_links_open_the_exact_words(record: Record, page: markup.HtmlElement) -> None:
    """The marked pieces at a report's first span, joined, are the span's exact words, for every report."""
    for entry in record.entries:
        for report in entry.reports:
            for span in report.spans.content:
                body = page.get_element_by_id(f"{report.text}~text").xpath(".//div[@class='body']")[0]
                inside = [
                    mark.text_content()
                    for mark in body.iter("mark")
                    if span.start <= int(mark.get("data-at").split("-")[0])
                    and int(mark.get("data-at").split("-")[1]) <= span.end
                ]
                assert "".join(inside) == span.exact
                assert page.get_element_by_id(f"{span.text}~{span.start}-{span.end}").getparent().tag == "mark"


def test_the_text_shown_is_the_text_read(record: Record, page: markup.HtmlElement) -> None:
    """An article's text on the page is its body, character for character, marks and noise included."""
    for text in record.texts:
        body = page.get_element_by_id(f"{text.id}~text").xpath(".//div[@class='body']")[0]
        assert body.text_content() == make_harmless(text.body)


def test_noise_is_dimmed_and_never_marked(record: Record, page: markup.HtmlElement) -> None:
    """Page noise carries the class that dims it, and no evidence touches it."""
    body = page.get_element_by_id("t-agency~text").xpath(".//div[@class='body']")[0]
    noise = [element for element in body.iter() if element.get("class") == "noise"]
    assert "Subscribe to our newsletter" in noise[0].text_content()
    assert all(element.find(".//mark") is None for element in noise)


def test_the_ledger_names_what_is_known_of_an_answer(page: markup.HtmlElement) -> None:
    """Each stance has its word in the matrix, and silence names how many articles were read."""
    matrix = words(page.xpath("//table[contains(@class, 'matrix')]")[0])
    for said in (
        "rejected",
        "partly accepted",
        "accepted",
        "deferred",
        "no answer found in these 9 articles",
        "unclear",
    ):
        assert said in matrix
    assert "unanswered" in words(page.get_element_by_id("e-unanswered"))


def test_a_status_is_never_colour_alone(page: markup.HtmlElement) -> None:
    """Each status has a word and a shape."""
    chips = page.xpath("//span[starts-with(@class, 'chip')]")
    assert chips and all(words(chip) and chip.find("svg") is not None for chip in chips)


def test_a_broken_quotation_is_shown_in_its_pieces(page: markup.HtmlElement) -> None:
    """Two spans stand as two pieces with a visible break between them."""
    said = page.get_element_by_id("e-thrice").xpath(".//blockquote")[0]
    pieces = [piece.text_content() for piece in said.xpath(".//span[contains(@class, 'piece')]")]
    assert pieces == ["We have asked three times", "and we have been given three speeches."]
    assert words(said) == f"{pieces[0]} […] {pieces[1]}"


def test_manners_are_told_apart_by_word_and_form(page: markup.HtmlElement) -> None:
    """Verbatim, mixed and paraphrase each carry their word and their class."""
    for key, manner, word in (
        ("e-waters", "verbatim", "verbatim"),
        ("e-halfstep", "mixed", "paraphrase with quoted words"),
        ("e-crewfirst", "paraphrase", "paraphrase"),
        ("e-unanswered", "outlet", "the outlet’s own words"),
    ):
        entry = page.get_element_by_id(key)
        assert manner in entry.xpath(".//blockquote/@class")[0]
        assert words(entry.xpath(".//*[contains(@class, 'manner')]")[0]) == word


def test_the_chain_shows_who_stands_between(page: markup.HtmlElement) -> None:
    """Outlet, agency and speaker stand in their order."""
    chain = words(page.get_element_by_id("e-ultimatum").xpath(".//*[@class='chain']")[0])
    assert re.search("Tidende.*Radio Sund.*Jon Ek", chain)


def test_a_speaker_not_resolved_stays_in_the_words_of_the_article(page: markup.HtmlElement) -> None:
    """Where nobody is named, the surface form is shown in quotation marks and under no name."""
    entry = page.get_element_by_id("e-looking")
    assert "“A spokesman”" in words(entry)
    assert "Speakers not resolved" in words(entry.xpath("ancestor::section[@class='speaker']")[0])


def test_a_copy_is_folded_under_its_original(page: markup.HtmlElement) -> None:
    """Copies stand within their original's source, and with its report in an entry."""
    assert page.get_element_by_id("t-courier").xpath("ancestor::article/@id") == ["t-agency"]
    entry = page.get_element_by_id("e-unanswered")
    assert len(entry.xpath(".//blockquote")) == 1
    assert "same text in Harbour Courier, 15 March 2022, Evening Ledger" in words(entry)
    assert "1 independent source" in words(entry) and "3 outlets" in words(entry)


def test_what_an_article_leaves_out_is_said_as_not_found(page: markup.HtmlElement) -> None:
    """An omission names the text it was not found in, and the source lists it."""
    assert "not found in the text of Tidende" in words(page.get_element_by_id("e-waters"))
    source = words(page.get_element_by_id("t-tidende"))
    assert "4 items not found in this outlet’s text" in source and "The boats stay." in source


def test_possible_entries_stand_apart(page: markup.HtmlElement) -> None:
    """Entries below the bar stand in their own section, marked, and nowhere else."""
    for key in ("e-maybe-read", "e-maybe-says", "e-maybe-demand"):
        entry = page.get_element_by_id(key)
        assert entry.xpath("ancestor::section/@id") == ["_possible"]
        assert "possible" in words(entry.getparent())
    assert page.xpath("//*[@id='_timeline']//a[@href='#e-maybe-read']") == []


def test_the_timeline_holds_every_published_entry_once(record: Record, page: markup.HtmlElement) -> None:
    """The timeline shows the published entries in the record's order, those without a first day apart."""
    hrefs = page.xpath("//li[contains(@class, 'row')]//p[@class='what']/a/@href")
    assert sorted(hrefs) == sorted(f"#{key}" for key in record.timeline)
    undated = page.xpath("//section[contains(@class, 'undated')]//p[@class='what']/a/@href")
    assert "#e-northern" in undated and "#e-inquiry" in undated and "#e-wait" not in undated


def test_a_paper_gathers_its_stages_in_order(page: markup.HtmlElement) -> None:
    """Entries of one paper stand together, with the stages told of."""
    paper = page.get_element_by_id("e-reply-read").xpath("ancestor::section[@class='paper']")[0]
    stages = [words(stage).split()[0] for stage in paper.xpath(".//ol[@class='stages']/li")]
    assert stages == ["promised", "sent", "received", "read"]


def test_a_difference_quotes_both_sides(page: markup.HtmlElement) -> None:
    """Each value stands with the words of every article that tells it."""
    sides = page.get_element_by_id("d-crew").xpath(".//ul[@class='sides']/li")
    assert [words(side.xpath("./p[@class='value']")[0]) for side in sides] == ["11", "12"]
    assert [len(side.xpath(".//blockquote")) for side in sides] == [2, 1]
    assert sides[1].xpath(".//b")[0].text_content() == "crew of twelve"


def test_hostile_strings_stay_words() -> None:
    """Markup in any field of the record becomes text, and no element or attribute comes of it."""
    source = dict(render_page(make_hostile_record()))["record.html"]
    assert len(re.findall("<script", source)) == 2, "only the two scripts of the page itself"
    assert "<img" not in source and "{{" in source and "49" not in words(render(make_hostile_record()).body)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", source)
    assert make_harmless("\u202etxet siht\u202c") in source and "␀" in source


def test_a_lone_surrogate_can_be_written(tmp_path: Path) -> None:
    """A body that UTF-8 cannot hold is still written, the surrogate replaced by something visible."""
    text = RecordText("t-1", "a.txt", None, None, None, None, "half \ud83d a pair", ())
    assert make_harmless("half \ud83d a pair") in write_page(Record((text,)), tmp_path)[0].read_text("utf-8")


def test_nothing_can_leave_the_file(page: markup.HtmlElement) -> None:
    """The policy allows the page's own style and scripts by their hash, and nothing else; no address leads out."""
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    for block in page.xpath("//script | //style"):
        expected = base64.b64encode(hashlib.sha256(block.text_content().encode()).digest()).decode()
        assert f"'sha256-{expected}'" in policy
    assert page.xpath("//@src | //@style | //*[@*[starts-with(name(), 'on')]]") == []
    assert not re.search(r"https?://|url\(|@import", markup.tostring(page, encoding="unicode"))


def test_the_same_record_gives_the_same_bytes(record: Record) -> None:
    """Two renderings do not differ."""
    assert list(render_page(record)) == list(render_page(make_record()))


def test_an_empty_record_is_a_page() -> None:
    """A record of nothing renders, and says so."""
    assert "No article has been read yet" in words(render(Record()).body)


def test_past_five_hundred_articles_the_texts_are_split(tmp_path: Path) -> None:
    """Further texts lie in a second file, links lead there and back, and the first keeps every article’s address."""
    record = make_large_record(articles=520, per_article=1)
    files = write_page(record, tmp_path)
    assert [path.name for path in files] == ["record.html", "record-articles-2.html"]
    first, second = (markup.document_fromstring(path.read_text("utf-8")) for path in files)
    ids = {"record.html": set(first.xpath("//@id")), "record-articles-2.html": set(second.xpath("//@id"))}
    for name, page in (("record.html", first), ("record-articles-2.html", second)):
        for href in set(page.xpath("//a/@href")):
            file, _, key = href.partition("#")
            assert not key or key in ids[file or name]
    assert {text.id for text in record.texts} <= ids["record.html"]
    assert len(first.xpath("//article[@class='text']")) == 500 and len(second.xpath("//article[@class='text']")) == 20
    link = first.get_element_by_id("e-510.0").xpath(".//a[@class='open']")[0]
    assert link.get("href").startswith("record-articles-2.html#t-510~") and link.get("data-open") is None


def test_past_a_thousand_possible_entries_these_are_split(tmp_path: Path) -> None:
    """They lie in files of their own, which link back to the record; the first file names them and holds the rest."""
    large = make_large_record(articles=105, per_article=10)
    doubted = tuple(
        replace(entry, certainty="possible", attributes={"related": (large.entries[0].id,)})
        for entry in large.entries[1:]
    )
    asked = replace(large.entries[0], attributes={"related": (doubted[-1].id,)})
    record = replace(large, entries=(asked, *doubted), timeline=(asked.id,))
    files = write_page(record, tmp_path)
    assert [path.name for path in files] == ["record.html", "record-possible-1.html", "record-possible-2.html"]
    pages = {path.name: markup.document_fromstring(path.read_text("utf-8")) for path in files}
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    assert [len({entry.id for entry in doubted} & ids[path.name]) for path in files] == [0, 1_000, 49]
    for name, page in pages.items():
        for href in set(page.xpath("//a/@href")):
            file, _, key = href.partition("#")
            assert not key or key in ids[file or name], (name, href)
        assert not page.xpath("//*[@data-open]") or name == "record.html", "a pane opens where its article is"
    told = set(" ".join(pages["record.html"].xpath("//@data-entries")).split())
    assert told == {asked.id}, "an article names only entries of its own file"
    assert pages["record.html"].get_element_by_id("_possible").xpath(".//p[@class='elsewhere']/a/@href") == [
        "record-possible-1.html",
        "record-possible-2.html",
    ]


def test_a_page_of_several_files_is_not_put_into_one(tmp_path: Path) -> None:
    """Neither 501 articles nor 1,001 possible entries; a folder takes them."""
    large = make_large_record(articles=101, per_article=10)
    doubted = tuple(replace(entry, certainty="possible") for entry in large.entries)
    for record in (replace(large, entries=doubted, timeline=()), make_large_record(articles=501, per_article=1)):
        with pytest.raises(UsageError, match=r"\d+ articles and [\d,]+ entries is several files; name a folder"):
            Html().write(record, io.BytesIO())
        assert len(write_page(record, tmp_path)) > 1
    stream = io.BytesIO()
    Html().write(make_record(), stream)
    assert stream.getvalue().decode() == dict(render_page(make_record()))["record.html"]


def test_a_page_that_fails_half_way_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_page(make_record(), tmp_path)
    before = (tmp_path / "record.html").read_bytes()

    def fail(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("onrecord.faces.page.render._source_head", fail)
    with pytest.raises(KeyboardInterrupt):
        write_page(make_large_record(articles=501, per_article=1), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["record.html"]
    assert (tmp_path / "record.html").read_bytes() == before


def test_writing_replaces_and_clears_what_is_stale(tmp_path: Path) -> None:
    """A smaller record leaves no further files of a larger one, and no half-written file stays."""
    for name in ("record-articles-2.html", "record-possible-1.html"):
        (tmp_path / name).write_text("old")
    write_page(make_record(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["record.html"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where the page cannot be written the error names the place and the way out."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutOfSpace, match=r"file: the page could not be written .*free some space"):
        write_page(make_record(), tmp_path / "file")


@pytest.mark.parametrize(
    ("edtf", "shown"),
    [
        ("2022-01-26", "26 January 2022"),
        ("2022-01", "January 2022"),
        ("2022", "2022"),
        ("2021-12-15~", "about 15 December 2021"),
        ("2022-01-09/2022-01-10", "9–10 January 2022"),
        ("2022-01-30/2022-02-02", "30 January – 2 February 2022"),
        ("2021-12/2022-01", "December 2021 – January 2022"),
        ("../2022-01-26", "by 26 January 2022"),
        ("2022-01-26/..", "from 26 January 2022"),
    ],
)
def test_dates_are_said_as_precisely_as_they_are_known(edtf: str, shown: str) -> None:
    """No date gains or loses precision on its way to the page."""
    said = say_when(When.of(edtf, None, "metadata"))
    assert said and said.shown == shown


def test_marks_that_overlap_are_cut_where_either_ends() -> None:
    """Pieces join to the body, keep its line ends and name every mark that covers them."""
    text = RecordText("t", "t", None, None, None, None, "\r\none two\r\nthree\n", ((11, 16),))
    a, b = Mark(2, 7, True, ("e-1",)), Mark(6, 13, False, ("e-2",))
    paragraphs = cut_article(text, [b, a])
    pieces = [piece for paragraph in paragraphs for piece in paragraph.pieces]
    assert "".join(piece.words for piece in pieces) == text.body
    assert [piece.entries for piece in pieces if piece.words.strip()] == ["e-1", "e-1 e-2", "e-2", "e-2", ""]
    assert [paragraph.noise for paragraph in paragraphs] == [True, False, True]
