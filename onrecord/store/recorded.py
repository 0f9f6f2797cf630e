"""The record as tables: replaced as a whole, read back item by item, every span checked both ways."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from onrecord.errors import EvidenceError, ModelError, SpanError
from onrecord.model import Actor, Difference, Entry, Evidence, Issue, Linked, Position, Record, RecordText, Text
from onrecord.store.database import Database, Row, words
from onrecord.store.faults import damaged
from onrecord.store.items import as_text, from_text

T = TypeVar("T")
_Item = tuple[str, str]  # table, id
_Place = tuple[str, int, int]  # article, start, end

_TABLES = ("estimate", "link", "difference", "position", "report", "party", "entry", "issue", "actor", "source")


def write(database: Database, record: Record, linked: Linked) -> None:
    """Replace the record tables, keep where replaced ids went.

    Raises SpanError where evidence does not stand in its article, EvidenceError where an id leads nowhere.
    """
    check(record)
    gone = _gone(database, record)
    # Entries name one another: without an index, each that goes or comes is looked for in all others.
    database.write("CREATE INDEX answered ON entry (answers_id)")
    for table in _TABLES:
        database.write(f"DELETE FROM {table}")  # noqa: S608
    names = {actor.id: actor.name for actor in record.actors}
    text_ids = {article.id: article.text for article in linked.corpus.articles}
    bodies = {article.id: linked.corpus.texts[article.text].body for article in linked.corpus.articles}
    _write_rows(database, "source", (_source_row(t, text_ids[t.id], bodies[t.id]) for t in record.texts))
    _write_rows(database, "actor", map(_actor_row, record.actors))
    _write_rows(database, "issue", ((None, issue.id, issue.label, as_text(issue)) for issue in record.issues))
    places = {entry: place for place, entry in enumerate(record.timeline)}
    _write_rows(database, "entry", (_entry_row(entry, names, places.get(entry.id)) for entry in record.entries))
    _write_rows(database, "party", (row for entry in record.entries for row in _party_rows(entry)))
    _write_rows(database, "report", (row for entry in record.entries for row in _report_rows(entry)))
    _write_rows(database, "position", map(_position_row, record.positions))
    _write_rows(database, "difference", map(_difference_row, record.differences))
    _write_rows(database, "link", _link_rows(linked))
    _write_rows(database, "estimate", _estimate_rows(linked))
    database.write("DROP INDEX answered")
    for table, number, parent in database.check_foreign_keys():
        raise EvidenceError(
            f"row {number} of table {table} names what is not in table {parent}; the record was not kept"
        )
    _write_successors(database, gone, record)


def read(database: Database, text: Callable[[str], Text]) -> Record:
    """The record that was written last; an empty one where there is none.

    Raises Damaged where an item cannot be read or its words do not stand in their article.
    """
    timeline = database.rows("SELECT id FROM entry WHERE timeline IS NOT NULL ORDER BY timeline")
    try:
        record = Record(
            texts=tuple(_texts(database, text)),
            actors=_items(database, "actor", Actor),
            entries=_items(database, "entry", Entry),
            issues=_items(database, "issue", Issue),
            positions=_items(database, "position", Position),
            differences=_items(database, "difference", Difference),
            timeline=tuple(row[0] for row in timeline),
        )
        check(record)
    except (ModelError, ValueError, TypeError, KeyError) as error:
        raise damaged(database.path, f"the record tables: {error}") from error
    return record


def check(record: Record) -> None:
    """Raises SpanError where a span's words do not stand in its article."""
    bodies = {text.id: text.body for text in record.texts}
    items: tuple[Actor | Entry | Difference, ...] = (*record.actors, *record.entries, *record.differences)
    for item in items:
        for span in evidence_of(item):
            if span.text not in bodies:
                raise SpanError(f"{item.id} rests on article {span.text}, which is not in the record")
            if bodies[span.text][span.start : span.end] != span.exact:
                place = f"{span.start} to {span.end} of article {span.text}"
                raise SpanError(f"{item.id}: {span.exact[:60]!r} does not stand at {place}")


def evidence_of(item: Actor | Entry | Difference) -> Iterator[Evidence]:
    """Every span that an item rests on."""
    if isinstance(item, Actor):
        yield from item.mentions
        for office in item.offices:
            yield from office.evidence
    elif isinstance(item, Entry):
        for report in item.reports:
            spans = report.spans
            yield from (*spans.content, *spans.cue, *spans.speaker, *spans.when)
    else:
        yield from (value.span for value in item.values)


def _texts(database: Database, text: Callable[[str], Text]) -> Iterator[RecordText]:
    for text_id, body, item in database.rows("SELECT text_id, body, item FROM source ORDER BY number"):
        shown = text(text_id).body if body is None else words(body)
        yield replace(from_text(RecordText, item), body=shown)


def _items(database: Database, table: str, kind: type[T]) -> tuple[T, ...]:
    found = database.rows(f"SELECT item FROM {table} ORDER BY number")  # noqa: S608
    return tuple(from_text(kind, item) for (item,) in found)


def _write_rows(database: Database, table: str, rows: Iterator[Row]) -> None:
    first = next(rows, None)
    if first is not None:
        marks = ", ".join("?" * len(first))
        database.write_all(f"INSERT INTO {table} VALUES ({marks})", chain([first], rows))  # noqa: S608


def _source_row(text: RecordText, text_id: str, body: str) -> Row:
    return (
        None,
        text.id,
        text_id,
        text.copy_of,
        None if text.body == body else text.body,
        as_text(replace(text, body="")),
    )


def _actor_row(actor: Actor) -> Row:
    aliases = "; ".join(actor.aliases)
    return (None, actor.id, actor.kind, actor.name, aliases, actor.country, actor.wikidata, as_text(actor))


def _entry_row(entry: Entry, names: Mapping[str, str], place: int | None) -> Row:
    when = entry.when
    days = (when.earliest, when.latest) if when else (None, None)
    return (
        *(None, entry.id, entry.kind, entry.status, when.edtf if when else None),
        *(day.isoformat() if day else None for day in days),
        *("; ".join(names.get(party, party) for party in parties) for parties in (entry.by, entry.to)),
        *(entry.content, entry.answers, entry.issue, entry.place, entry.forum, entry.certainty),
        *(entry.independent_sources, place, as_text(entry)),
    )


def _party_rows(entry: Entry) -> Iterator[Row]:
    for role, parties in (("by", entry.by), ("to", entry.to)):
        for actor in dict.fromkeys(parties):
            yield actor, role, entry.id


def _report_rows(entry: Entry) -> Iterator[Row]:
    for number, report in enumerate(entry.reports):
        content = report.spans.content
        yield (
            *(entry.id, number, report.text, report.voice, report.manner, report.speaker),
            *(content[0].start, content[-1].end, " [...] ".join(span.exact for span in content), report.confidence),
        )


def _position_row(position: Position) -> Row:
    edtf = position.when.edtf if position.when else None
    return None, position.actor, position.issue, position.stance, edtf, as_text(position)


def _difference_row(difference: Difference) -> Row:
    told = " / ".join(dict.fromkeys(value.value for value in difference.values))
    return None, difference.id, difference.slot, told, as_text(difference)


def _link_rows(linked: Linked) -> Iterator[Row]:
    rows: dict[tuple[str, str, str], tuple[float, str]]
    rows = {(link.kind, link.a, link.b): (link.score, link.why) for link in linked.links}
    rows.update({("copy", copy.article, copy.original): (copy.score, copy.why) for copy in linked.copies})
    rows.update({("taken", one.article, one.original): (one.score, one.why) for one in linked.taken})
    rows.update({("credit", one.article, one.agency): (1.0, one.why) for one in linked.credits})
    for key, value in sorted(rows.items()):
        yield (*key, *value)


def _estimate_rows(linked: Linked) -> Iterator[Row]:
    texts = {article.id: linked.corpus.texts[article.text] for article in linked.corpus.articles}
    for estimate in linked.estimates:
        for ground in estimate.grounds:
            span = ground.span
            if span and not texts[estimate.article].holds(span):
                raise SpanError(f"{span.exact[:60]!r} does not stand at {span.start} of article {estimate.article}")
            place = (span.start, span.end, span.exact) if span else (None, None, None)
            yield (estimate.article, ground.bound, ground.day.isoformat(), *place, ground.why)


def _gone(database: Database, record: Record) -> dict[_Item, frozenset[_Place]]:
    """The places that each actor and entry rests on which was in the record and is in it no longer.

    Only these are read: of a large record most stays.
    """
    stay = {item.id for _, item in _held(record)}
    kinds: tuple[tuple[str, type[Actor | Entry]], ...] = (("actor", Actor), ("entry", Entry))
    return {
        (table, key): frozenset(_places(from_text(kind, item)))
        for table, kind in kinds
        for key, item in database.each(f"SELECT id, item FROM {table}")  # noqa: S608
        if key not in stay
    }


def _held(record: Record) -> Iterator[tuple[str, Actor | Entry]]:
    """The actors and entries of a record, each with its table."""
    yield from (("actor", actor) for actor in record.actors)
    yield from (("entry", entry) for entry in record.entries)


def _places(item: Actor | Entry) -> Iterator[_Place]:
    """The places of what an actor or an entry chiefly rests on."""
    if isinstance(item, Actor):
        return ((span.text, span.start, span.end) for span in item.mentions)
    return ((span.text, span.start, span.end) for report in item.reports for span in report.spans.content)


def _write_successors(database: Database, gone: Mapping[_Item, frozenset[_Place]], record: Record) -> None:
    """An id that went is succeeded by the item of its table that took over most of its evidence; by id where equal."""
    asked = {(table, place) for (table, _), places in gone.items() for place in places}
    holders: dict[tuple[str, _Place], list[str]] = defaultdict(list)
    for table, item in _held(record) if asked else ():
        for place in set(_places(item)):
            if (table, place) in asked:
                holders[table, place].append(item.id)
    for table, old in sorted(gone):
        counted = Counter(key for place in gone[table, old] for key in holders[table, place])
        if counted:
            new = min(counted, key=lambda key: (-counted[key], key))
            database.write("INSERT OR REPLACE INTO successor VALUES (?, ?)", (old, new))
    database.write_all("DELETE FROM successor WHERE old_id = ?", ((item.id,) for _, item in _held(record)))
