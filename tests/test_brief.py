"""Brief and tables: what they say, at 80 and at 140 columns, of hostile words and of records without anything."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from onrecord.faces.brief import Around, make_brief
from onrecord.faces.harmless import make_harmless, on_one_line
from onrecord.faces.rows import SECTIONS, Filter, make_rows
from onrecord.faces.tables import make_table
from onrecord.model import Record, When
from tests.records import make_record, swap_title

WIDTHS = (60, 80, 140)


def show(shown: RenderableType, width: int, *, colour: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False, force_terminal=colour
    )
    console.print(shown)
    written = console.file
    assert isinstance(written, io.StringIO)
    return written.getvalue()


def brief(record: Record, width: int = 80) -> str:
    return show(make_brief(record, Around("exchange/", "exchange/record.html", "2 read, 1 unchanged"), width), width)


def test_the_brief_says_what_a_desk_officer_asks_first() -> None:
    """How many articles, outlets and copies; who against whom; what was asked, who answered how, who did not."""
    text = " ".join(brief(make_record()).split())
    for words in (
        "3 articles · 2 outlets · 1 of them a copy",
        "2022-03-08 to 2022-03-09",
        "Between Norland, Sudmark",
        "Patrol boats out of the strait",
        "Sudmark unanswered says alpha.txt (own words)",
        "rejects Jon Ek in Beta Times, Gamma Post · order not known",
        "Sudmark no answer found in these 3 articles",
        "“would rather wait a month than guess”",
        "held Anna Berg, Jon Ek Vienna",
        "sent Norland handed over a written note.",
        "had turned down",
        "On record 7 entries",
        "2 read, 1 unchanged",
        "exchange/record.html",
    ):
        assert words in text


def test_who_only_reports_is_no_party() -> None:
    """An outlet that has seen the letter is named in it, and stands not between the parties."""
    record = make_record()
    line = next(line for line in brief(record).splitlines() if line.startswith("Between "))
    party = line.removeprefix("Between ").split(",")[0].strip()
    record = replace(record, texts=(replace(record.texts[0], outlet=party), *record.texts[1:]))
    assert party not in next((line for line in brief(record).splitlines() if line.startswith("Between ")), "")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("section", SECTIONS)
def test_tables_fit_their_terminal(section: str, width: int) -> None:
    """No line is longer than the terminal is wide, and no word of a party is lost."""
    text = show(make_table(section, make_rows(section, make_record()), width), width)
    assert all(len(line) <= width for line in text.splitlines())
    if section not in ("documents",):
        assert "Sudmark" in text or "Berg" in text or "Beta" in text


@pytest.mark.parametrize("width", WIDTHS)
def test_the_brief_fits_its_terminal(width: int) -> None:
    """The brief wraps; only a command stays whole, so that it can be copied."""
    lines = brief(make_record(), width).splitlines()
    assert all(len(line) <= width for line in lines if not line.startswith("Possible"))


def test_colours_are_for_terminals() -> None:
    """What is read by a program has no colour codes; a terminal has them."""
    table = make_table("demands", make_rows("demands", make_record()), 80)
    assert "\x1b[" not in show(table, 80)
    assert "\x1b[31mrejects" in show(table, 80, colour=True)


def test_words_of_articles_are_never_markup() -> None:
    """Square brackets and colons in an article are shown as they stand, not read as colours or pictures."""
    record = make_record()
    entry = replace(record.entries[0], content="[red]He[/red] said :smile: [bold")
    record = replace(record, entries=(entry, *record.entries[1:]))
    text = " ".join(show(make_table("timeline", make_rows("timeline", record), 140), 140).split())
    assert "[red]He[/red] said :smile: [bold" in text


def test_words_of_articles_cannot_steer_the_terminal() -> None:
    """Escape codes and bidi overrides in an article come out as visible signs."""
    record = make_record()
    hostile = "\x1b[2J\x1b]0;owned\x07 \u202egpj.exe"
    text = replace(record.texts[0], outlet=hostile)
    entries = tuple(replace(entry, content=hostile) for entry in record.entries)
    record = swap_title(replace(record, entries=entries, texts=(text, *record.texts[1:])), hostile)
    for shown in (brief(record), *(show(make_table(s, make_rows(s, record), 80), 80) for s in SECTIONS)):
        assert not set(shown) & set("\x1b\x07\u202e")


@given(st.text(st.characters()))
def test_harmless_words_keep_their_length(words: str) -> None:
    """Each character is replaced by one, so that offsets hold, and nothing that steers is left."""
    harmless = make_harmless(words)
    assert len(harmless) == len(words)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in harmless)
    assert not any(0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E or 0xD800 <= ord(c) < 0xE000 for c in harmless)
    assert "\n" not in on_one_line(words)


def test_plain_words_stay_as_they_are() -> None:
    """Letters of any script, quotation marks and joiners are no danger."""
    for words in ("“Нет”, said Ek – été", "می‌خواهم", "a\tb\nc"):
        assert make_harmless(words) == words


def test_an_empty_record_says_how_to_go_on() -> None:
    """A record without articles names the command that adds some; a section without rows says so."""
    assert "onrecord add exchange/" in brief(Record())
    for section in SECTIONS:
        assert f"no {section} in this record" in show(make_table(section, make_rows(section, Record()), 80), 80)


def test_a_record_with_nothing_found_says_so() -> None:
    """Articles without anything to report still give a brief."""
    text = brief(Record(texts=make_record().texts[:1]))
    assert "1 article · outlets not known" in text
    assert "No demands found" in text


def test_dates_without_a_value_show_the_words() -> None:
    """A date that is not known is never made up: its words are shown in quotation marks."""
    record = make_record()
    entry = replace(record.entries[0], when=When.unresolved("on Tuesday"))
    record = replace(record, entries=(entry, *record.entries[1:]))
    rows = make_rows("timeline", record)
    assert next(row for row in rows if getattr(row, "id", "") == "e1").date == "“on Tuesday”"  # type: ignore[union-attr]


def test_sources_say_what_each_tells_and_leaves_out() -> None:
    """A copy is counted as a copy, what only one outlet tells as alone, what it was read for and lacks as left out."""
    rows = {row.source: row for row in make_rows("sources", make_record())}  # type: ignore[union-attr]
    assert (rows["Gamma Post"].copies, rows["Gamma Post"].alone) == (1, 0)  # type: ignore[union-attr]
    assert (rows["Beta Times"].alone, rows["alpha.txt"].leaves_out) == (2, 1)  # type: ignore[union-attr]
    assert [row.files for row in rows.values()] == [("alpha.txt",), ("beta.txt",), ("news/gamma.html",)]  # type: ignore[union-attr]


def test_a_filter_finds_people_by_any_spelling() -> None:
    """ "a. berg" finds what Anna Berg said."""
    rows = make_rows("statements", make_record(), Filter(by="a. berg"))
    assert [row.id for row in rows] == ["e1"]  # type: ignore[union-attr]
    assert make_rows("statements", make_record(), Filter(by="varland")) == ()
