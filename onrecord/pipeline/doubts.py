"""Doubts: what a person could decide in a record, the most doubtful first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Entry
from onrecord.store import Store, judgements

Question = Literal["entry", "answer", "issue", "candidate", "unsure"]

_SURE = 0.75  # of a link; from here on it is not asked about


@dataclass(frozen=True, slots=True)
class Doubt:
    """One open question. ``subject`` is what a judgement is made on, ``ends`` the entries or actors it is about."""

    subject: str
    question: Question
    ends: tuple[str, ...]
    score: float
    why: str


def find_doubts(store: Store) -> tuple[Doubt, ...]:
    """Possible entries and doubtful links that nobody has judged yet; those nearest to one half first.

    What is at one half is most worth a look: a yes and a no are as likely.
    """
    entries = {entry.id: entry for entry in store.record().entries}
    judged = {one for judgement in judgements(store) for one in (judgement.subject, store.successor(judgement.subject))}
    found = [*_of_entries(entries.values()), *_of_links(store, entries)]
    left = (doubt for doubt in found if doubt.subject not in judged)
    return tuple(sorted(left, key=lambda doubt: (abs(doubt.score - 0.5), doubt.subject)))


def _of_entries(entries: Iterable[Entry]) -> Iterator[Doubt]:
    for entry in entries:
        if entry.certainty == "possible":
            yield Doubt(entry.id, "entry", (entry.id,), _confidence(entry), "found, but not sure enough for the record")


def _of_links(store: Store, entries: dict[str, Entry]) -> Iterator[Doubt]:
    for kind, a, b, score, why in store.links("answer", "issue", "candidate", "unsure"):
        ends = (a,) if kind == "candidate" else () if kind == "unsure" else (a, b)
        shown = all(end in entries and entries[end].certainty == "published" for end in ends)
        if score < _SURE and shown:
            yield Doubt(f"{kind}:{a}:{b}", kind, (a, b), score, why)  # type: ignore[arg-type]


def _confidence(entry: Entry) -> float:
    return max(report.confidence for report in entry.reports)
