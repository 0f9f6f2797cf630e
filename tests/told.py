"""Records of single sentences on Norland and Sudmark, written for the tests of event data, and how these are read."""

from __future__ import annotations

import csv
import io

from onrecord.faces.exports import make_exporter
from onrecord.model import Actor, Entry, Evidence, Record, RecordText, Report, ReportSpans, When
from tests.records import make_entry

NAMES = {
    "berg": ("person", "Anna Berg"),
    "ek": ("person", "Jon Ek"),
    "envoy": ("person", "Mira Solt"),
    "norland": ("state", "Norland"),
    "sudmark": ("state", "Sudmark"),
    "varland": ("state", "Varland"),
    "ministry": ("body", "Ministry of Foreign Affairs of Norland"),
    "assembly": ("body", "National Assembly of Norland"),
    "league": ("organisation", "Harbour League"),
    "vessel": ("place", "Vessel"),
}
PUBLISHED = When.of("2031-05-10", None, "metadata")


def export(name: str, record: Record) -> bytes:
    stream = io.BytesIO()
    make_exporter(name).write(record, stream)
    return stream.getvalue()


def rows(name: str, record: Record) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(name, record).decode(), newline=""), delimiter="\t"))


def tell(kind: str, words: str, cue: str | None = None, entry: str = "e1", **fields: object) -> Entry:
    """An entry told in one sentence, which is the whole article ``t-ENTRY``."""
    text = f"t-{entry}"
    cues = (Evidence(text, words.index(cue), words.index(cue) + len(cue), cue),) if cue else ()
    spans = ReportSpans((Evidence(text, 0, len(words), words),), cues)
    return make_entry(entry, kind, (Report(text, "outlet", (), None, None, spans, 0.9),), **fields)


def hold(*entries: Entry, actors: tuple[Actor, ...] = ()) -> Record:
    """A record of these entries, with an article for each and everybody of NAMES."""
    bodies = {entry.reports[0].text: entry.reports[0].spans.content[0].exact for entry in entries}
    texts = tuple(RecordText(t, f"{t}.txt", "Harbour Post", None, PUBLISHED, None, b, ()) for t, b in bodies.items())
    given = {actor.id for actor in actors}
    made = tuple(actor_of(id_, bodies) for id_ in NAMES if id_ not in given)
    timeline = tuple(entry.id for entry in entries if entry.certainty == "published")
    return Record(texts=texts, actors=(*actors, *made), entries=entries, timeline=timeline)


def actor_of(id_: str, bodies: dict[str, str] | None = None, **fields: object) -> Actor:
    kind, name = NAMES[id_]
    mentions = tuple(
        Evidence(text, body.index(word), body.index(word) + len(word), word)
        for text, body in (bodies or {}).items()
        for word in (name, name.split()[-1])
        if word in body
    )
    unknown: dict[str, object] = {"country": None, "wikidata": None, "offices": ()}
    return Actor(id=id_, kind=kind, name=name, aliases=(), mentions=mentions, **{**unknown, **fields})  # type: ignore[arg-type]


def coded(*entries: Entry) -> list[tuple[str, str, str]]:
    """PLOVER type and mode of each row of POLECAT, and the CAMEO code of the row of ICEWS that goes with it."""
    record = hold(*entries)
    codes = {
        entry.id: [row["CAMEO Code"] for row in rows("cameo", record) if row["Entry"] == entry.id] for entry in entries
    }
    return [(row["Event Type"], row["Event Mode"], codes[row["Entry"]].pop(0)) for row in rows("plover", record)]


def day_of_may(day: int) -> When:
    return When.of(f"2031-05-{day:02}", None, "printed")
