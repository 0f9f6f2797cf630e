"""Differences: one typed slot in which tellings of one thing exclude each other, both shown by their words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations

from onrecord.model import Difference, Entry, Evidence, Linked, RecordText, Report, Telling, Value, When, digest
from onrecord.model.record import Slot
from onrecord.record.ties import tied

_NUMBER = re.compile(r"\b(\d+(?:[.,]\d+)*)[\s-]+([^\W\d_]{3,})")
_WAY = ("sent", "received", "read")  # how far a paper that was handed over has come

_LONG_NUMBER = 3  # digits; of two, "13 boats" and "31 boats" may be both

# Attributes that hold one number, with the slot in which two of them differ.
_NUMBERED: tuple[tuple[str, Slot], ...] = (("pages", "number"), ("duration", "number"), ("year", "date"))

# What excludes what: silence and an answer, a yes and a no. A part accepted and the rest refused do not.
_EXCLUDING = frozenset(
    {
        frozenset(pair)
        for pair in (
            ("accepted", "rejected"),
            ("accepted", "unanswered"),
            ("rejected", "unanswered"),
            ("accepted", "deferred"),
            ("rejected", "partial"),
            ("held", "cancelled"),
            ("planned", "cancelled"),
        )
    }
)


def find_differences(
    linked: Linked, entries: tuple[Entry, ...], texts: tuple[RecordText, ...]
) -> tuple[Difference, ...]:
    """Numbers and dates that differ within an entry, and statuses that exclude each other between entries."""
    family = {text.id: text.copy_of or text.id for text in texts}
    tellings = {group.id: group.tellings for group in linked.groups}
    shown = [entry for entry in entries if entry.certainty == "published"]
    found: dict[tuple[object, ...], Difference] = {}
    for entry in shown:
        told = tellings[entry.id]
        for difference in (*_numbers(entry, family), *_dates(entry, told, family), *_attributes(entry, told, family)):
            found.setdefault(_said(difference), difference)
    sides = linked.sides
    between = (_statuses(shown, family, sides), _stages(shown, family, sides), _miswritten(shown, family, sides))
    for difference in chain.from_iterable(between):
        found.setdefault(_said(difference), difference)
    return tuple(found.values())


def _said(difference: Difference) -> tuple[object, ...]:
    """What a difference comes down to: five outlets with one number and one with another are one difference."""
    return (difference.slot, difference.entries, frozenset(value.value for value in difference.values))


def _numbers(entry: Entry, family: dict[str, str]) -> Iterator[Difference]:
    """ "12 boats" in one article and "14 boats" in another."""
    told: dict[str, list[Value]] = defaultdict(list)
    for of, value in _told_numbers(entry):
        told[of].append(value)
    for of in sorted(told):
        values = _one_each(told[of])
        if len(values) > 1 and len({family[value.text] for value in values}) > 1:
            yield _difference("number", (entry,), values)


def _told_numbers(entry: Entry) -> Iterator[tuple[str, Value]]:
    """Each number of an entry's wordings, with what it counts."""
    for report in entry.reports:
        for span in report.spans.content:
            for number in _NUMBER.finditer(span.exact):
                words = Evidence(span.text, span.start + number.start(), span.start + number.end(), number[0])
                yield number[2].casefold().removesuffix("s"), Value(number[1].replace(",", ""), span.text, words)


def _miswritten(entries: list[Entry], family: dict[str, str], sides: Mapping[str, str]) -> Iterator[Difference]:
    """ "212 million" in one article and "221 million" in another: one number with its digits changed round.

    Of articles that tell of one side at least in common: the next exchange has numbers of its own.
    """
    parties: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for report in entry.reports:
            parties[report.text] |= {sides.get(actor, actor) for actor in (*entry.by, *entry.to)}
    told: dict[tuple[str, str], list[tuple[Value, Entry]]] = defaultdict(list)
    for entry in entries:
        for of, value in _told_numbers(entry):
            digits = "".join(sorted(c for c in value.value if c.isdigit()))
            if len(set(digits)) > 1 and len(digits) >= _LONG_NUMBER:
                told[of, digits].append((value, entry))
    for key in sorted(told):
        values = _one_each([value for value, _ in told[key]])
        telling = [{family[v.text] for v, _ in told[key] if v.value == value.value} for value in values]
        # An article that tells both numbers tells of two things.
        apart = len(values) == 2 and not telling[0] & telling[1]
        if apart and parties[values[0].text] & parties[values[1].text]:
            first = [next(entry for value, entry in told[key] if value == one) for one in values]
            yield _difference("number", tuple({entry.id: entry for entry in first}.values()), values)


def _dates(entry: Entry, tellings: tuple[Telling, ...], family: dict[str, str]) -> Iterator[Difference]:
    """Days that share none; "December 2021" and "mid-December" agree."""
    dated = [(telling, telling.when) for telling in tellings if telling.when and telling.when_words]
    for (a, one), (b, two) in combinations(dated, 2):
        if family[a.article] == family[b.article] or not _apart(one, two):
            continue
        values = tuple(_dated_value(telling, when) for telling, when in ((a, one), (b, two)))
        yield _difference("date", (entry,), values)


def _attributes(entry: Entry, tellings: tuple[Telling, ...], family: dict[str, str]) -> Iterator[Difference]:
    """A paper of six pages and of eight, talks of three hours and of two and a half, a treaty of two years."""
    for name, slot in _NUMBERED:
        told = [
            Value(str(t.attributes[name]), t.article, Evidence.of(t.article, t.content[0]))
            for t in tellings
            if name in t.attributes
        ]
        values = _one_each(told)
        if len(values) > 1 and len({family[value.text] for value in values}) > 1:
            yield _difference(slot, (entry,), values)


def _dated_value(telling: Telling, when: When) -> Value:
    return Value(when.edtf or "", telling.article, Evidence.of(telling.article, telling.when_words[0]))


def _statuses(entries: list[Entry], family: dict[str, str], sides: Mapping[str, str]) -> Iterator[Difference]:
    """One side's answer to one issue told as two that exclude each other, by two independent articles."""
    answers: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.kind == "answer" and entry.issue:
            for side in dict.fromkeys(sides.get(actor, actor) for actor in entry.by):
                answers[entry.issue, side].append(entry)
    for (_, side), told in answers.items():
        for a, b in combinations(told, 2):
            # A minister and the opposition may answer otherwise; a minister and his state do not.
            if side not in (*a.by, *b.by) and not set(a.by) & set(b.by):
                continue
            if frozenset({a.status, b.status}) not in _EXCLUDING or _came_after(a, b) or _came_after(b, a):
                continue
            pair = next(
                ((x, y) for x in a.reports for y in b.reports if family[x.text] != family[y.text]),
                None,
            )
            if pair:
                values = tuple(
                    Value(entry.status or "", report.text, _says(report))
                    for entry, report in zip((a, b), pair, strict=True)
                )
                yield _difference("status", (a, b), values)


def _stages(entries: list[Entry], family: dict[str, str], sides: Mapping[str, str]) -> Iterator[Difference]:
    """One statement in two tellings, by which a paper has come to two different points: he has it, he has read it."""
    papers = {entry.id: entry for entry in entries if entry.kind == "document" and entry.status in _WAY}
    for said in entries:
        if said.kind != "statement":
            continue
        told: dict[str, list[tuple[Entry, Report]]] = defaultdict(list)
        for paper in (papers[one] for one in tied(said, "related") if one in papers):
            for report in paper.reports:
                if any(_lies_in(report, telling) for telling in said.reports):
                    told[family[report.text]].append((paper, report))
        furthest = [_fullest(max(stages, key=_how_far), papers.values()) for stages in told.values()]
        for (a, one), (b, two) in combinations(sorted(furthest, key=_how_far), 2):
            authors = [{sides.get(actor, actor) for actor in paper.by} for paper in (a, b)]
            if a.status != b.status and (not all(authors) or authors[0] & authors[1]):
                values = tuple(Value(e.status or "", r.text, _says(r)) for e, r in ((a, one), (b, two)))
                yield _difference("status", (a, b), values)


def _how_far(stage: tuple[Entry, Report]) -> int:
    return _WAY.index(stage[0].status or "")


def _fullest(stage: tuple[Entry, Report], papers: Iterable[Entry]) -> tuple[Entry, Report]:
    """Where the same article tells the same state of the same paper, the telling that names most parties."""
    entry, report = stage
    key = entry.attributes.get("paper"), entry.status
    same = [paper for paper in papers if (paper.attributes.get("paper"), paper.status) == key]
    found = [(paper, other) for paper in same for other in paper.reports if other.text == report.text]
    return max(found, key=lambda one: len(one[0].by) + len(one[0].to), default=stage)


def _lies_in(report: Report, telling: Report) -> bool:
    """Whether what a report tells stands in the words of another."""
    holding = [span for span in telling.spans.content if span.text == report.text]
    return all(any(h.start <= s.start and s.end <= h.end for h in holding) for s in report.spans.content)


def _came_after(a: Entry, b: Entry) -> bool:
    """ "Unanswered" on 14 March and "rejected" on 16 March: both are true. "Unanswered" on the 17th is not, then."""
    known = a.when and b.when and a.when.earliest and b.when.latest
    return bool(known and a.when.earliest > b.when.latest and a.status != "unanswered")  # type: ignore[union-attr, operator]


def _says(report: Report) -> Evidence:
    """The words that tell the status: the cue of the act, else the content."""
    return (report.spans.cue or report.spans.content)[0]


def _one_each(values: list[Value]) -> tuple[Value, ...]:
    """The first telling of each value."""
    first: dict[str, Value] = {}
    for value in values:
        first.setdefault(value.value, value)
    return tuple(first.values())


def _apart(a: When, b: When) -> bool:
    if not (a.earliest and a.latest and b.earliest and b.latest):
        return False
    return a.latest < b.earliest or b.latest < a.earliest


def _difference(slot: Slot, entries: tuple[Entry, ...], values: tuple[Value, ...]) -> Difference:
    ids = tuple(entry.id for entry in entries)
    key = digest("difference", slot, ids, [[v.value, v.text, v.span.start, v.span.end] for v in values])
    return Difference("d-" + key[:12], slot, ids, values)
