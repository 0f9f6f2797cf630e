"""Small records made by hand: two short texts on Norland's patrol boats, written for the tests."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from onrecord.model import (
    Actor,
    Article,
    Corpus,
    Difference,
    Entry,
    Evidence,
    Issue,
    Linked,
    OfficeHeld,
    Position,
    Record,
    RecordText,
    Report,
    ReportSpans,
    Text,
    Value,
    When,
)
from onrecord.store import Store

ALPHA = (
    "Norland keeps waiting for Sudmark\n\n"
    "Norland’s foreign minister, Anna Berg, said on Tuesday, 8 March 2022, that her government “would rather wait a "
    "month than guess” what Sudmark thinks of its demand to move the patrol boats out of the strait. Sudmark has so "
    "far left the demand unanswered. A long paragraph about the weather on the coast follows here, with rain and wind "
    "and nothing at all that anybody would put on a record, so that an excerpt has something to leave out. It goes on "
    "for a while, about herring, ferries, lighthouses and the price of rope.\n\n"
    "Sign up for our morning letter\n"
)
BETA = (
    "A. Berg and her Sudmark colleague Jon Ek met for two hours in Vienna on 9 March. Ek said that Sudmark had turned "
    "down the call to move its patrol boats out of the strait. Norland handed over a written note. Norland also asks "
    "Sudmark to publish the 1974 charts.\n"
)
GAMMA = BETA


def make_record() -> Record:
    """Two texts and a copy: a statement, two demands, two answers that differ, a meeting, a paper."""
    return Record(
        texts=_texts(),
        actors=_actors(),
        entries=(*_said(), *_done()),
        issues=(
            Issue("i1", "Patrol boats out of the strait", ("e2",)),
            Issue("i2", "Publication of the 1974 charts", ("e7",)),
        ),
        positions=(
            Position("a3", "i1", "demands", None, ("e2",)),
            Position("a4", "i1", "rejects", When.of("2022-03-09", None, "completed"), ("e3", "e4")),
            Position("a3", "i2", "demands", None, ("e7",)),
            Position("a4", "i2", "no answer found", None, ("e7",)),
        ),
        differences=(
            Difference(
                "d1",
                "status",
                ("e3", "e4"),
                (
                    Value("unanswered", "t1", find("t1", "left the demand unanswered")),
                    Value("rejected", "t2", find("t2", "had turned down")),
                ),
            ),
        ),
        timeline=("e2", "e1", "e5", "e3", "e4", "e6", "e7"),
    )


def find(text: str, words: str) -> Evidence:
    """The first place in a text of ``make_record`` where the words stand."""
    body = {"t1": ALPHA, "t2": BETA, "t3": GAMMA}[text]
    start = body.index(words)
    return Evidence(text, start, start + len(words), words)


def swap_title(record: Record, title: str) -> Record:
    """The record with another headline for its first article."""
    return replace(record, texts=(replace(record.texts[0], title=title), *record.texts[1:]))


def _texts() -> tuple[RecordText, ...]:
    noise = find("t1", "Sign up for our morning letter")
    day = When.of("2022-03-10", None, "metadata")
    return (
        RecordText(
            "t1", "alpha.txt", None, "Norland keeps waiting for Sudmark", None, None, ALPHA, ((noise.start, noise.end),)
        ),
        RecordText("t2", "beta.txt", "Beta Times", None, day, None, BETA, ()),
        RecordText("t3", "news/gamma.html", "Gamma Post", None, day, "t2", GAMMA, ()),
    )


def _actors() -> tuple[Actor, ...]:
    office = OfficeHeld("foreign minister", "a3", None, None, (find("t1", "Norland’s foreign minister, Anna Berg"),))
    return (
        Actor("a1", "person", "Anna Berg", ("A. Berg",), None, None, (office,), _mentions("Anna Berg", "A. Berg")),
        Actor("a2", "person", "Jon Ek", ("Ek",), None, None, (), _mentions("Jon Ek")),
        Actor("a3", "state", "Norland", (), None, None, (), _mentions("Norland")),
        Actor("a4", "state", "Sudmark", (), None, None, (), _mentions("Sudmark")),
        Actor("a5", "place", "Vienna", (), None, None, (), _mentions("Vienna")),
    )


def _mentions(*names: str) -> tuple[Evidence, ...]:
    bodies = {"t1": ALPHA, "t2": BETA}
    return tuple(find(text, name) for text, body in bodies.items() for name in names if name in body)


def _said() -> tuple[Entry, ...]:
    wait = Report(
        "t1",
        "source",
        (),
        "mixed",
        "a1",
        ReportSpans(
            (find("t1", "her government “would rather wait a month than guess” what Sudmark thinks of its demand"),),
            (find("t1", "said"),),
            (find("t1", "Anna Berg"),),
            (find("t1", "on Tuesday, 8 March 2022"),),
        ),
        0.96,
    )
    refusal = "Sudmark had turned down the call to move its patrol boats out of the strait"
    refused = tuple(
        Report(
            text,
            "source",
            (),
            "paraphrase",
            "a2",
            ReportSpans(
                (find(text, refusal),), (find(text, "said"),), (find("t2", "Ek said"),) if text == "t2" else ()
            ),
            0.9,
        )
        for text in ("t2", "t3")
    )
    refused = tuple(
        replace(r, spans=replace(r.spans, speaker=(_part(find(r.text, "Ek said"), "Ek"),))) for r in refused
    )
    return (
        make_entry(
            "e1",
            "statement",
            (wait,),
            by=("a1",),
            when=When.of("2022-03-08", "on Tuesday, 8 March 2022", "printed"),
            content="Norland would rather wait a month than guess what Sudmark thinks.",
            attributes={"related": ["e2"]},
        ),
        make_entry(
            "e2",
            "demand",
            (
                own_words("t1", "its demand to move the patrol boats out of the strait"),
                own_words("t2", "the call to move its patrol boats out of the strait"),
            ),
            by=("a3",),
            to=("a4",),
            content="Sudmark is to move its patrol boats out of the strait.",
            issue="i1",
            independent_sources=2,
        ),
        make_entry(
            "e3",
            "answer",
            (own_words("t1", "Sudmark has so far left the demand unanswered"),),
            by=("a4",),
            to=("a3",),
            content="Sudmark has not answered.",
            status="unanswered",
            answers="e2",
            issue="i1",
        ),
        make_entry(
            "e4",
            "answer",
            refused,
            by=("a4",),
            to=("a3",),
            content="Sudmark turned the demand down.",
            status="rejected",
            answers="e2",
            issue="i1",
        ),
    )


def _done() -> tuple[Entry, ...]:
    talks = "A. Berg and her Sudmark colleague Jon Ek met for two hours in Vienna"
    return (
        make_entry(
            "e5",
            "meeting",
            tuple(replace_when(own_words(text, talks), find(text, "on 9 March")) for text in ("t2", "t3")),
            by=("a1", "a2"),
            when=When.of("2022-03-09", "on 9 March", "completed"),
            content="Berg and Ek met in Vienna.",
            status="held",
            place="a5",
            attributes={"duration": "PT2H"},
        ),
        make_entry(
            "e6",
            "document",
            (own_words("t2", "Norland handed over a written note"),),
            by=("a3",),
            content="Norland handed over a written note.",
            status="sent",
            attributes={"form": "written", "name": "note"},
        ),
        make_entry(
            "e7",
            "demand",
            (own_words("t2", "Norland also asks Sudmark to publish the 1974 charts"),),
            by=("a3",),
            to=("a4",),
            content="Sudmark is to publish the 1974 charts.",
            issue="i2",
            attributes={"not_found_in": ["t1"]},
        ),
        make_entry(
            "e8",
            "action",
            (own_words("t1", "with rain and wind"),),
            by=("a4",),
            content="It rained.",
            certainty="possible",
        ),
    )


def own_words(text: str, words: str) -> Report:
    """A report in the outlet's own voice."""
    return Report(text, "outlet", (), None, None, ReportSpans((find(text, words),)), 0.9)


def replace_when(report: Report, when: Evidence) -> Report:
    """The report with the words that date it."""
    return replace(report, spans=replace(report.spans, when=(when,)))


def make_entry(entry: str, kind: str, reports: tuple[Report, ...], **fields: object) -> Entry:
    """An entry with everything unknown that is not given."""
    unknown: dict[str, object] = {
        "when": None,
        "by": (),
        "to": (),
        "content": "Something.",
        "status": None,
        "answers": None,
        "issue": None,
        "place": None,
        "forum": None,
        "attributes": {},
        "independent_sources": 1,
        "certainty": "published",
    }
    return Entry(id=entry, kind=kind, reports=reports, **{**unknown, **fields})  # type: ignore[arg-type]


def _part(span: Evidence, words: str) -> Evidence:
    start = span.start + span.exact.index(words)
    return Evidence(span.text, start, start + len(words), words)


def keep_record(folder: Path, record: Record | None = None) -> Path:
    """The folder, with a record kept in it as if it had been built; its articles and their bytes beside it."""
    record = record or make_record()
    corpus = _corpus(record)
    with Store.open(folder, create=True) as store:
        for article in corpus.articles:
            raw = corpus.texts[article.text].body.encode()
            store.put(raw, article.raw, [(article, corpus.texts[article.text])])
        with store.transaction():
            store.finish([article.id for article in corpus.articles], [])
            store.put_record(record, Linked(corpus), "by hand")
    return folder


def _corpus(record: Record) -> Corpus:
    texts = {shown.id: Text.of(shown.body) for shown in record.texts}
    articles = tuple(
        Article(
            id=shown.id,
            text=texts[shown.id].id,
            raw=hashlib.sha256(shown.body.encode()).hexdigest(),
            file=shown.file,
            locator=None,
            format="text",
            decoding="utf-8",
            outlet=shown.outlet,
            title=shown.title,
            published=shown.published,
        )
        for shown in record.texts
    )
    return Corpus(articles, {text.id: text for text in texts.values()}, {})
