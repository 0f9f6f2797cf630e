"""What an entry is in the schemes: its PLOVER type and mode, and its CAMEO code. An entry that is no event has none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from onrecord.faces.events.meetings import Coded, code_meeting
from onrecord.faces.events.modes import Mode, find_mode
from onrecord.faces.events.tables import read_table
from onrecord.faces.lookup import Lookup, words_of
from onrecord.model import Entry, Report

_TROOPS = re.compile(r"\b(?:troops|forces|soldiers|army|tanks|artillery|patrol boats|warships|gunboats)\b", re.I)
_LEAVING = re.compile(r"\b(?:withdr[ae]w\w*|retreat\w*|pull\w*\b.{0,40}\b(?:back|out))\b", re.I)
_REJECTS = re.compile(
    r"(?<!\bnot )\b(?:reject\w*|refus\w+|declin\w+|turned down|turns down|ruled out|rules out)\b", re.I
)


def code_entry(entry: Entry, lookup: Lookup) -> tuple[Coded, ...]:
    """The events that an entry is: none, one, or the two halves of an answer that accepts one part and rejects another.

    The table of EVENTS.md, row for row, is ``codes.tsv``.
    """
    given = _given(entry)
    row = _rows().get((entry.kind, entry.status or "", given)) or _rows().get((entry.kind, entry.status or "", ""))
    if row is None:
        return ()
    coded = Coded(row["type"], "", row["code"], row["code"])
    if coded.type == "CONSULT":
        return (code_meeting(coded, entry, lookup),)
    if entry.kind == "meeting":
        return (replace(coded, mode="meet", planned=True),)
    found = (_with_mode(coded, entry, lookup),)
    return (*found, _rejected()) if entry.status == "partial" and _rejects_the_rest(entry, lookup) else found


@cache
def quad_of(event_type: str) -> str:
    """The class of a PLOVER type: verbal or material, cooperation or conflict.

    >>> quad_of("REJECT")
    'VERBAL CONFLICT'
    """
    return next(row["quad"] for row in read_table("quads") if row["type"] == event_type)


@cache
def scale_of(code: str) -> float:
    """How cooperative or hostile an event of this CAMEO code is, from -10 to 10.

    Source: Goldstein (1992), fitted to CAMEO; the table ``scale.tsv``.

    >>> scale_of("120")
    -4.0
    """
    return next(float(row["scale"]) for row in read_table("scale") if row["code"] == code)


@cache
def _rows() -> Mapping[tuple[str, str, str], Mapping[str, str]]:
    return {(row["kind"], row["status"], row["given"]): row for row in read_table("codes")}


def _rejected() -> Coded:
    row = _rows()["answer", "rejected", ""]
    return Coded(row["type"], "", row["code"], row["code"])


def _given(entry: Entry) -> str:
    """The type that the record names. YIELD stands for two: RETREAT where troops withdraw, else CONCEDE."""
    given = str(entry.attributes.get("plover") or "")
    if given != "YIELD":
        return given
    told = [words_of(report) for report in entry.reports]
    return "RETREAT" if any(_TROOPS.search(words) and _LEAVING.search(words) for words in told) else "CONCEDE"


def _with_mode(coded: Coded, entry: Entry, lookup: Lookup) -> Coded:
    """With the mode, where the words of the entry, or else of the demand that it answers, decide it."""
    if coded.type not in ("REQUEST", "REJECT", "AGREE") or entry.kind == "action":
        return coded
    demand = lookup.entries.get(entry.answers or "")
    mode = _mode_of(entry, entry.kind == "answer") or (_mode_of(demand, False) if demand else None)
    if mode is None:
        return coded
    code = {"REQUEST": mode.ask, "REJECT": mode.refuse}.get(coded.type) or coded.code
    return replace(coded, mode=mode.name, code=code, back=code)


def _mode_of(entry: Entry, answer: bool) -> Mode | None:
    """The mode by the first report whose words decide it."""
    found = (find_mode(*_asked_words(report), answer=answer) for report in entry.reports)
    return next((mode for mode in found if mode), None)


def _asked_words(report: Report) -> tuple[str, int]:
    """The words of the span that holds the cue, and where the cue ends in them; else of the first span, and 0."""
    for span in report.spans.content:
        for cue in report.spans.cue:
            if span.text == cue.text and span.start <= cue.start and cue.end <= span.end:
                return span.exact, cue.end - span.start
    return report.spans.content[0].exact, 0


def _rejects_the_rest(entry: Entry, lookup: Lookup) -> bool:
    """Whether the words that tell a partial answer say that the rest is rejected, and no answer of its own tells it."""
    report = entry.reports[0]
    if not _REJECTS.search(words_of(report)):
        return False
    places = report.spans.content
    return not any(
        span.text == place.text and span.start < place.end and place.start < span.end
        for other in lookup.ordered("answer")
        if other.status == "rejected" and other.by == entry.by
        for told in other.reports
        for span in told.spans.content
        for place in places
    )
