"""The page rendered and written: HTML with its style and script inside, and nothing that could leave the file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import OutOfSpace
from onrecord.faces.harmless import make_harmless
from onrecord.faces.page import sections
from onrecord.faces.page.article import cut_article
from onrecord.faces.page.cards import make_card
from onrecord.faces.page.index import ARTICLES_PER_FILE, MAIN_FILE, Index, file_name, span_address
from onrecord.faces.page.ledger import make_ledger
from onrecord.faces.page.words import KINDS, count
from onrecord.model import Record, RecordText

if TYPE_CHECKING:
    from jinja2 import Environment


SHELF = "index.html"


def render_page(record: Record) -> Iterator[tuple[str, str]]:
    """File names with their HTML: "record.html" and, past 500 articles, "record-articles-2.html" and so on.

    The same record gives the same bytes. Every id of the record is an HTML id of "record.html".

    >>> [name for name, html in render_page(Record())]
    ['record.html']
    """
    index = Index(record)
    environment = _environment(index)
    page = environment.get_template("page.html")
    texts = record.texts
    yield file_name(0), page.render(here="", articles=texts[:ARTICLES_PER_FILE], **_contents(index))
    for number, at in enumerate(range(ARTICLES_PER_FILE, len(texts), ARTICLES_PER_FILE), start=1):
        articles = texts[at : at + ARTICLES_PER_FILE]
        html = environment.get_template("articles.html").render(
            here=MAIN_FILE, articles=articles, first=at + 1, all=len(texts)
        )
        yield file_name(number), html


def write_page(record: Record, out: Path) -> tuple[Path, ...]:
    """Paths of the files written into the folder ``out``, each put in place whole.

    Files of an earlier, larger record are removed. Raises OutOfSpace where the folder cannot be written.
    """
    written = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, html in render_page(record):
            beside = out / f".{name}.new"
            beside.write_text(html, encoding="utf-8", newline="\n")
            beside.replace(out / name)
            written.append(out / name)
        for stale in sorted(out.glob("record-articles-*.html")):
            if stale not in written:
                stale.unlink()
    except OSError as error:
        raise OutOfSpace(
            f"{out}: the page could not be written ({error.strerror}); free some space or name a folder you may write"
        ) from error
    return tuple(written)


@dataclass(frozen=True, slots=True)
class Shelved:
    """A record on the page that lists several: its address, who it is between, and what is in it."""

    href: str
    name: str
    counts: str


def write_shelf(parts: Sequence[Shelved], out: Path) -> Path:
    """The page of a folder that lists the records in it."""
    html = _environment(Index(Record())).get_template("exchanges.html").render(here="", parts=parts)
    beside = out / f".{SHELF}.new"
    beside.write_text(html, encoding="utf-8", newline="\n")
    beside.replace(out / SHELF)
    return out / SHELF


def _contents(index: Index) -> dict[str, Any]:
    cards = {key: make_card(index, entry) for key, entry in index.entries.items()}
    months, undated = sections.make_timeline(index, cards)
    published = [cards[entry.id] for entry in index.published]
    kinds = [(kind, word, sum(1 for card in published if card.kind == kind)) for kind, word in KINDS.items()]
    parties = {key: None for entry in index.published for key in (*entry.by, *entry.to)}
    return {
        "masthead": sections.make_masthead(index),
        "ledger": make_ledger(index, cards),
        "months": months,
        "undated": undated,
        "kinds": [(kind, word, number) for kind, word, number in kinds if number],
        "party_choices": sorted((index.name(key), key) for key in parties),
        "speakers": sections.make_speakers(index, cards),
        "people": sections.make_people(index),
        "papers": sections.make_papers(index, cards),
        "meetings": [card for card in published if card.kind == "meeting"],
        "deeds": [card for card in published if card.kind in ("commitment", "action")],
        "differences": sections.make_differences(index),
        "sources": sections.make_sources(index, cards),
        "possible": [cards[key] for key, entry in index.entries.items() if entry.certainty == "possible"],
        "published_count": len(published),
        "all": len(index.texts),
    }


def _environment(index: Index) -> Environment:
    """The templates, behind one gate: whatever they show is made harmless, then escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    def gate(value: Any) -> Any:
        return make_harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    folder = files("onrecord.faces.page")
    inlined = {name: (folder / name).read_text(encoding="utf-8") for name in ("page.css", "page.js", "early.js")}
    environment = Environment(
        loader=PackageLoader("onrecord.faces.page", "templates"),
        autoescape=True,
        finalize=gate,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        # Our own files, nothing of the record: they go in as they are.
        inlined={name: Markup(text) for name, text in inlined.items()},  # noqa: S704
        policy=_policy(inlined),
        paragraphs=lambda text: cut_article(text, index.marks.get(text.id, ())),
        index=index,
        span_address=span_address,
        count=count,
        source_head=_source_head,
    )
    return environment


def _policy(inlined: dict[str, str]) -> str:
    """The content security policy: only the very style and scripts of this file, no request to anywhere."""
    hashes = {
        name: f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for name, text in inlined.items()
    }
    return (
        f"default-src 'none'; style-src {hashes['page.css']}; script-src {hashes['page.js']} {hashes['early.js']}; "
        "base-uri 'none'; form-action 'none'"
    )


def _source_head(text: RecordText) -> str:
    return text.title or text.file
