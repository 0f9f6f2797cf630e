"""Small stand-ins for reading, linking and record, so that store and pipeline are tested without their rules.

``main`` builds as a program does, in a process of its own that the tests can kill.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from onrecord import pipeline
from onrecord.intake import find_sources, take_in
from onrecord.model import (
    Actor,
    Article,
    Copy,
    Corpus,
    Entry,
    Evidence,
    Link,
    Linked,
    Name,
    Record,
    RecordText,
    Report,
    ReportSpans,
    Span,
    Statement,
    Text,
    digest,
)
from onrecord.pipeline import Workshop
from onrecord.reading.page import Page, Reading, Stage


class Names:
    """Capitalised words."""

    name = "names"
    version = 1
    needs: tuple[str, ...] = ()
    makes = (Name,)

    def read(self, page: Page) -> Reading:
        if "SLOW" in page.text.body:
            time.sleep(0.003)
        if "STUCK" in page.text.body:
            time.sleep(60)
        if gate := re.search(r"GATE (\S+)", page.text.body):
            while not Path(gate[1]).exists():
                time.sleep(0.005)
        if "PRINT" in page.text.body:
            print("a stage that prints")
        if "DIE" in page.text.body:
            os.kill(os.getpid(), signal.SIGKILL)
        if "LEAVE" in page.text.body:
            os._exit(3)
        spans = [
            page.text.span(*found.span()) for found in re.finditer(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*", page.text.body)
        ]
        names = (Name(text=page.text.id, span=span, kind="person", name=span.exact, confidence=0.75) for span in spans)
        return Reading(tuple(names), tuple((span, "too short to judge") for span in spans if len(span) < 4))


class Sayings:
    """What stands between quotation marks, said by the last name before it."""

    name = "statements"
    version = 1
    needs = ("names",)
    makes = (Statement,)

    def read(self, page: Page) -> Reading:
        if "BREAK" in page.text.body:
            raise ValueError("a word\nit does not know")
        found = []
        for mark in re.finditer(r"“([^”]+)”", page.text.body):
            words = page.text.span(*mark.span(1))
            before = [name.span for name in page.all(Name) if name.span.end <= words.start]
            speaker = before[-1] if before else None
            found.append(Statement(text=page.text.id, span=words, content=(words,), speaker=speaker, manner="verbatim"))
        return Reading(tuple(found))


class NewSayings(Sayings):
    """A later version that says the same."""

    version = 2


def link(corpus: Corpus, vectors: object = None) -> Linked:
    first: dict[str, Article] = {}
    copies = []
    for article in sorted(corpus.articles, key=lambda article: (article.file, article.id)):
        original = first.setdefault(article.text, article)
        if original is not article:
            copies.append(Copy(article.id, original.id, "identical", 1.0, "the same text"))
    links = [Link("related", "a", "b", 0.5, "only to fill the table")] if corpus.articles else []
    return Linked(corpus, tuple(copies), (), (), tuple(links))


def draw(linked: Linked) -> Record:
    corpus = linked.corpus
    copy_of = {copy.article: copy.original for copy in linked.copies}
    articles = sorted(corpus.articles, key=lambda article: (article.file, article.id))
    texts = tuple(_shown(article, corpus.texts[article.text], copy_of.get(article.id)) for article in articles)
    mentions: dict[str, list[Evidence]] = defaultdict(list)
    reports: dict[str, list[Report]] = defaultdict(list)
    speakers: dict[str, list[str]] = defaultdict(list)
    for article in articles:
        for name in corpus.all(article.text, Name):
            mentions[name.name].append(_evidence(article, name.span))
        for said in corpus.all(article.text, Statement):
            speaker = f"a-{digest(said.speaker.exact)}" if said.speaker else None
            spans = ReportSpans((_evidence(article, said.span),))
            reports[said.span.exact].append(Report(article.id, "source", (), "verbatim", speaker, spans, 0.5))
            speakers[said.span.exact] += [speaker] if speaker else []
    actors = tuple(
        Actor(f"a-{digest(name)}", "person", name, (), None, None, (), tuple(found))
        for name, found in sorted(mentions.items())
    )
    entries = tuple(
        _entry(words, tuple(dict.fromkeys(speakers[words])), tuple(told)) for words, told in sorted(reports.items())
    )
    return Record(texts, actors, entries, timeline=tuple(entry.id for entry in entries))


def workshop(stages: Sequence[Stage] = (Names(), Sayings()), version: str = "1") -> Workshop:
    return Workshop(find_sources, take_in, tuple(stages), link, draw, version)


def write_articles(folder: Path, numbers: Iterable[int], mark: str = "") -> list[Path]:
    """One plain text for each number, each with names and a quotation; every fifth says the same words."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in numbers:
        words = "We wait for a reply." if number % 5 == 0 else f"We have counted {number} boats."
        path = folder / f"article-{number:03}.txt"
        path.write_text(
            f"---\noutlet: Outlet {number % 3}\n---\nNorland waits {mark}\n\nAnna Berg of Norland said: “{words}” "
            f"Jon Ek of Sudmark was told {number} times.\n",
            encoding="utf-8",
        )
        paths.append(path)
    return paths


def article(file: str, text: Text, raw: str = "0" * 64, **metadata: str) -> Article:
    """An article of this text, by hand."""
    made = Article("t-" + digest(file, text.id)[:12], text.id, raw, file, None, "text", "utf-8")
    return replace(made, **metadata)  # type: ignore[arg-type]


def _shown(article: Article, text: Text, copy_of: str | None) -> RecordText:
    return RecordText(
        article.id, article.file, article.outlet, article.title, article.published, copy_of, text.body, ()
    )


def _entry(words: str, speakers: tuple[str, ...], told: tuple[Report, ...]) -> Entry:
    entry = "e-" + digest(words)
    attributes = {"plover": "CONSULT", "related": []}
    return Entry(
        *(entry, "statement", None, speakers, (), words, None, None, None, None, None, attributes, told, 1, "published")
    )


def _evidence(article: Article, span: Span) -> Evidence:
    return Evidence(article.id, span.start, span.end, span.exact)


def start(out: Path, workers: int, *paths: Path, before: str = "") -> subprocess.Popen[str]:
    """A process that builds and prints how many texts it read; ``before`` is code that it runs first."""
    code = f"{before}\nfrom tests.standins import main; main()"
    command = [sys.executable, "-c", code, str(out), str(workers), *map(str, paths)]
    home = Path(__file__).parents[1]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=home)


def main() -> None:
    """Build from the words of the command line."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job hands on that it is ignored
    out, workers, *paths = sys.argv[1:]
    print("ready", flush=True)
    outcome = pipeline.build([Path(path) for path in paths], Path(out), int(workers), None, workshop())
    print(outcome.read, flush=True)
