"""What does not hold in a record: the structure of its schema and the six rules of RECORD.md.

Works on the parsed JSON export, so that a record.json from anywhere, an evidence pack and a record.db are all held
to the same rules by the same code.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.errors import WhenError
from onrecord.model.record import STATUSES
from onrecord.model.when import limits
from onrecord.pipeline.schema import check_structure

RULES = ("schema", "references", "exact", "entries", "dates", "noise")

Items = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: the rule it breaks, the place in the record, and what is wrong there."""

    rule: str
    place: str
    what: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of a check: how many of each thing were looked at, and every fault."""

    texts: int
    entries: int
    spans: int
    faults: tuple[Fault, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def check_record(data: object) -> Checked:
    """Every fault of a parsed JSON export, in the order of the rules.

    Where the structure is wrong, the other rules are not tried: they would speak of parts that are not there.

    >>> check_record({"onrecord": 2}).faults[0]
    Fault(rule='schema', place='record', what="the key 'texts' is missing")
    """
    faults = [Fault("schema", place, what) for place, what in check_structure(data)]
    if faults or not isinstance(data, Mapping):
        return Checked(0, 0, 0, tuple(faults))
    record = _Parsed(data)
    spans = 0
    for place, span in record.spans():
        spans += 1
        faults += _check_exact(place, span, record)
    rules = (_check_references, _check_entries, _check_dates, _check_noise)
    for rule in rules:
        faults += rule(record)
    faults.sort(key=lambda fault: RULES.index(fault.rule))
    return Checked(len(record.texts), len(record.entries), spans, tuple(faults))


class _Parsed:
    """The lists of an export and their look-ups."""

    def __init__(self, data: Items) -> None:
        self.data = data
        self.texts = {item["id"]: item for item in data["texts"]}
        self.actors = {item["id"]: item for item in data["actors"]}
        self.entries = {item["id"]: item for item in data["entries"]}
        self.issues = {item["id"]: item for item in data["issues"]}

    def evidence(self) -> Iterator[tuple[str, Items]]:
        """Spans that something rests on, each with its place: all but the mentions of actors."""
        for entry in self.data["entries"]:
            for number, report in enumerate(entry["reports"]):
                for name, spans in report["spans"].items():
                    for span in spans:
                        yield f"entry {entry['id']}, report {number}, {name}", span
        for actor in self.data["actors"]:
            for office in actor["offices"]:
                for span in office["evidence"]:
                    yield f"actor {actor['id']}, office {office['title']!r}", span
        for difference in self.data["differences"]:
            for value in difference["values"]:
                yield f"difference {difference['id']}, value {value['value']!r}", value["span"]

    def spans(self) -> Iterator[tuple[str, Items]]:
        """Every span of the record with its place."""
        yield from self.evidence()
        for actor in self.data["actors"]:
            for span in actor["mentions"]:
                yield f"actor {actor['id']}, mention", span


def _check_exact(place: str, span: Items, record: _Parsed) -> Iterator[Fault]:
    text, start, end, exact = span["text"], span["start"], span["end"], span["exact"]
    if text not in record.texts:
        yield Fault("references", place, f"there is no text {text!r}")
        return
    body = record.texts[text]["body"]
    if not 0 <= start < end <= len(body):
        yield Fault("exact", place, f"{start} to {end} is no place in text {text}, which has {len(body)} characters")
    elif body[start:end] != exact:
        yield Fault(
            "exact", place, f"text {text} says {_short(body[start:end])} at {start} to {end}, not {_short(exact)}"
        )


def _check_references(record: _Parsed) -> Iterator[Fault]:
    for name in ("texts", "actors", "entries", "issues", "differences"):
        for key, count in Counter(item["id"] for item in record.data[name]).items():
            if count > 1:
                yield Fault("references", name, f"the id {key!r} is used {count} times")
    for place, kind, key in _references(record.data):
        if key is not None and key not in getattr(record, _LISTS[kind]):
            yield Fault("references", place, f"there is no {kind} {key!r}")
    for text in record.data["texts"]:
        original = record.texts.get(text["copy_of"])
        if original and (original["id"] == text["id"] or original["copy_of"]):
            yield Fault("references", f"text {text['id']}", f"copy_of names {original['id']}, which is a copy itself")
    for issue in record.data["issues"]:
        for demand in issue["demands"]:
            entry = record.entries.get(demand)
            if entry and (entry["kind"] != "demand" or entry["issue"] != issue["id"]):
                yield Fault("references", f"issue {issue['id']}", f"{demand} is no demand of this issue")
    yield from _check_issues(record)
    for difference in record.data["differences"]:
        for value in difference["values"]:
            if value["span"]["text"] != value["text"]:
                yield Fault("references", f"difference {difference['id']}", "a value's span lies in another text")


def _check_issues(record: _Parsed) -> Iterator[Fault]:
    for entry in record.data["entries"]:
        issue = record.issues.get(entry["issue"])
        if entry["kind"] == "demand" and issue and entry["id"] not in issue["demands"]:
            yield Fault("references", f"entry {entry['id']}", f"issue {issue['id']} does not list this demand")


_LISTS = {"text": "texts", "actor": "actors", "entry": "entries", "issue": "issues"}


def _references(data: Items) -> Iterator[tuple[str, str, str | None]]:
    """(place, what kind of thing, its id) for every id that is named, but those of spans."""
    for text in data["texts"]:
        yield f"text {text['id']}, copy_of", "text", text["copy_of"]
    for actor in data["actors"]:
        for office in actor["offices"]:
            yield f"actor {actor['id']}, office {office['title']!r}", "actor", office["of"]
    for entry in data["entries"]:
        yield from _references_of_entry(entry)
    for issue in data["issues"]:
        yield from ((f"issue {issue['id']}", "entry", demand) for demand in issue["demands"])
    for number, position in enumerate(data["positions"]):
        yield f"position {number}", "actor", position["actor"]
        yield f"position {number}", "issue", position["issue"]
        yield from ((f"position {number}", "entry", entry) for entry in position["entries"])
    for difference in data["differences"]:
        place = f"difference {difference['id']}"
        yield from ((place, "entry", entry) for entry in difference["entries"])
        yield from ((place, "text", value["text"]) for value in difference["values"])
    yield from (("timeline", "entry", entry) for entry in data["timeline"])


def _references_of_entry(entry: Items) -> Iterator[tuple[str, str, str | None]]:
    place = f"entry {entry['id']}"
    for name in ("by", "to"):
        yield from ((f"{place}, {name}", "actor", actor) for actor in entry[name])
    for name in ("place", "forum"):
        yield f"{place}, {name}", "actor", entry[name]
    yield f"{place}, answers", "entry", entry["answers"]
    yield f"{place}, issue", "issue", entry["issue"]
    yield from ((f"{place}, related", "entry", other) for other in entry["attributes"].get("related", ()))
    for number, report in enumerate(entry["reports"]):
        yield f"{place}, report {number}", "text", report["text"]
        yield f"{place}, report {number}, speaker", "actor", report["speaker"]


def _check_entries(record: _Parsed) -> Iterator[Fault]:
    for entry in record.data["entries"]:
        place = f"entry {entry['id']}"
        if entry["status"] is None:
            if entry["kind"] == "answer":
                yield Fault("entries", place, "an answer needs a status; 'unclear' where the words leave it open")
        elif entry["status"] not in STATUSES.get(entry["kind"], ()):
            yield Fault("entries", place, f"the status {entry['status']!r} is not for a {entry['kind']}")
        for number, report in enumerate(entry["reports"]):
            for what in _check_report(entry["kind"], report):
                yield Fault("entries", f"{place}, report {number}", what)
        originals = {record.texts.get(r["text"], {}).get("copy_of") or r["text"] for r in entry["reports"]}
        if entry["independent_sources"] > len(originals):
            yield Fault(
                "entries",
                place,
                f"{entry['independent_sources']} independent sources, but only {len(originals)} texts without copies",
            )


def _check_report(kind: str, report: Items) -> Iterator[str]:
    if report["voice"] == "outlet":
        if report["speaker"] is not None or report["chain"]:
            yield "the outlet's own voice has no speaker and no chain"
    else:
        if report["speaker"] is None and not report["spans"]["speaker"]:
            yield "a source's voice needs a speaker, or the words that name one"
        if kind == "statement" and report["manner"] is None:
            yield "a source's statement needs a manner"
    if any(span["text"] != report["text"] for spans in report["spans"].values() for span in spans):
        yield f"a span lies outside the report's text {report['text']}"


def _check_dates(record: _Parsed) -> Iterator[Fault]:
    for place, when in _whens(record.data):
        for what in _check_when(when):
            yield Fault("dates", place, what)
    published = Counter(e["id"] for e in record.data["entries"] if e["certainty"] == "published")
    listed: Counter[str] = Counter(record.data["timeline"])
    for entry in published - listed:
        yield Fault("dates", "timeline", f"the published entry {entry} is not in it")
    for entry in listed - published:
        yield Fault("dates", "timeline", f"{entry} is in it, but is no published entry or stands in it twice")
    last, before = "", ""
    for entry in record.data["timeline"]:
        day = ((record.entries.get(entry) or {}).get("when") or {}).get("earliest")
        if day and day < last:
            yield Fault("dates", "timeline", f"{entry} of {day} stands after {before} of {last}")
        elif day:
            last, before = day, entry


def _whens(data: Items) -> Iterator[tuple[str, Items]]:
    places = [(f"text {text['id']}, published", text["published"]) for text in data["texts"]]
    places += [(f"entry {entry['id']}, when", entry["when"]) for entry in data["entries"]]
    places += [(f"position {number}, when", position["when"]) for number, position in enumerate(data["positions"])]
    return ((place, when) for place, when in places if when is not None)


def _check_when(when: Items) -> Iterator[str]:
    edtf, earliest, latest = when["edtf"], when["earliest"], when["latest"]
    if (edtf is None) != (when["rule"] == "unresolved"):
        yield f"the rule {when['rule']!r} does not go with the value {edtf!r}"
    if edtf is None:
        if earliest or latest:
            yield "a date without a value has no limits"
        return
    try:
        days = tuple(day.isoformat() if day else None for day in limits(edtf))
    except WhenError as error:
        yield str(error)
        return
    if not re.search(r"[~?%]", edtf) and (earliest, latest) != days:
        yield f"{edtf} is {days[0]} to {days[1]}, not {earliest} to {latest}"
    elif earliest and latest and earliest > latest:
        yield f"the limits {earliest} and {latest} are the wrong way round"


_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def _check_noise(record: _Parsed) -> Iterator[Fault]:
    noisy: dict[str, list[tuple[int, int]]] = {}
    for key, text in record.texts.items():
        last = 0
        for start, end in text["noise"]:
            if not last <= start < end <= len(text["body"]):
                yield Fault("noise", f"text {key}", f"the noise {start} to {end} is out of order or outside the body")
            last = max(last, end)
        if text["noise"]:
            noisy[key] = _touched_words(text["body"], text["noise"])
    for place, span in record.evidence():
        for start, end in _overlapping(noisy.get(span["text"], []), span["start"], span["end"]):
            word = record.texts[span["text"]]["body"][start:end]
            yield Fault("noise", place, f"the evidence touches {_short(word)}, which is noise in text {span['text']}")
            break


def _touched_words(body: str, noise: list[list[int]]) -> list[tuple[int, int]]:
    """The words of a body that noise touches, in order."""
    words, at = [], 0
    for match in _WORD.finditer(body):
        start, end = match.span()
        while at < len(noise) and noise[at][1] <= start:
            at += 1
        if at < len(noise) and noise[at][0] < end:
            words.append((start, end))
    return words


def _overlapping(words: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    at = bisect_left(words, start, key=lambda word: word[1] - 1)
    while at < len(words) and words[at][0] < end:
        yield words[at]
        at += 1


def _short(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:59] + "…")
