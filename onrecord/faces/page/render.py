"""The page rendered and written: HTML with its style and script inside, and nothing that could leave the file."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from onrecord.errors import OutOfSpace
from onrecord.faces.harmless import make_harmless
from onrecord.faces.page import sections
from onrecord.faces.page.article import cut_article
from onrecord.faces.page.cards import Card, make_card
from onrecord.faces.page.index import (
    ARTICLES_PER_FILE,
    MAIN_FILE,
    POSSIBLE_PER_FILE,
    Index,
    file_name,
    possible_file,
    span_address,
)
from onrecord.faces.page.ledger import make_ledger
from onrecord.faces.page.words import KINDS, count
from onrecord.model import Record, RecordText

if TYPE_CHECKING:
    from jinja2 import Environment


SHELF = "index.html"

T = TypeVar("T")


def render_page(record: Record) -> Iterator[tuple[str, str]]:
    """File names with their HTML: "record.html", and of a large record more.

    Past 500 articles also "record-articles-2.html" and so on, past 1,000 possible entries "record-possible-1.html".

    The same record gives the same bytes. Every other id of the record is an HTML id of "record.html".

    >>> [name for name, html in render_page(Record())]
    ['record.html']
    """
    return ((name, "".join(pieces)) for name, pieces in _files(Index(record)))


def _files(index: Index) -> Iterator[tuple[str, Iterator[str]]]:
    """File names with their HTML in pieces: in memory are a section of the main file, a card of the further ones."""
    environment = _environment(index)
    page, articles, possible = (environment.get_template(f"{name}.html") for name in ("page", "articles", "possible"))
    texts, cards = index.record.texts, _Cards(index)
    yield file_name(0), page.generate(here="", articles=texts[:ARTICLES_PER_FILE], **_contents(index, cards))
    for number, some in enumerate(_parts(texts, ARTICLES_PER_FILE)):
        if number:
            first = number * ARTICLES_PER_FILE + 1
            yield file_name(number), articles.generate(here=MAIN_FILE, articles=some, first=first, all=len(texts))
    if index.entry_files:
        for number, entries in enumerate(_parts(index.possible, POSSIBLE_PER_FILE)):
            shown = {"first": number * POSSIBLE_PER_FILE + 1, "all": len(index.possible)}
            made = (cards[entry.id] for entry in entries)
            yield possible_file(number), possible.generate(here=MAIN_FILE, cards=made, number=len(entries), **shown)


def _parts(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (things[at : at + size] for at in range(0, len(things), size))


class _Cards(Mapping[str, Card]):
    """The cards of entries by id. Those of the record are kept; the many that are only possible are made when shown."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._kept: dict[str, Card] = {}

    def __getitem__(self, key: str) -> Card:
        if key in self._kept:
            return self._kept[key]
        entry = self._index.entries[key]
        card = make_card(self._index, entry)
        if entry.certainty == "published":
            self._kept[key] = card
        return card

    def __iter__(self) -> Iterator[str]:
        return iter(self._index.entries)

    def __len__(self) -> int:
        return len(self._index.entries)


def is_one_file(record: Record) -> bool:
    """Whether the page of a record is one file."""
    return len(record.texts) <= ARTICLES_PER_FILE and not Index(record).entry_files


def write_page(record: Record, out: Path) -> tuple[Path, ...]:
    """Paths of the files written into the folder ``out``, each put in place whole.

    Files of an earlier, larger record are removed. Raises OutOfSpace where the folder cannot be written.
    """
    written: list[Path] = []
    try:
        out.mkdir(parents=True, exist_ok=True)
        with ExitStack() as files:
            for name, pieces in _files(Index(record)):
                _write_beside(out / name, pieces, files)
                written.append(out / name)
            for path in reversed(written):  # the main file last, which links to the others
                _beside(path).replace(path)
        for stale in sorted((*out.glob("record-articles-*.html"), *out.glob("record-possible-*.html"))):
            if stale not in written:
                stale.unlink()
    except OSError as error:
        raise OutOfSpace(
            f"{out}: the page could not be written ({error.strerror}); free some space or name a folder you may write"
        ) from error
    return tuple(written)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")


def _write_beside(path: Path, pieces: Iterable[str], files: ExitStack) -> None:
    """Write a file that is not yet in its place; with ``files`` it goes unless it got there."""
    files.callback(_beside(path).unlink, missing_ok=True)
    with _beside(path).open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(pieces)


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


def _contents(index: Index, cards: Mapping[str, Card]) -> dict[str, Any]:
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
        "possible": (cards[entry.id] for entry in index.possible if entry.id not in index.entry_files),
        "possible_count": len(index.possible),
        "possible_files": tuple(dict.fromkeys(index.entry_files.values())),
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
