"""The paper trail: of each entry that tells a paper, which paper that is and which stage of it comes when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from onrecord.model import Entry, digest
from onrecord.record.ties import tied

_PATH = ("promised", "drafted", "sent", "received", "read")
"""The way of a paper. It may be signed and published at any point of it."""


def trace_papers(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries, those of kind ``document`` with ``paper`` and ``stage`` among their attributes.

    ``paper`` is one id for all stages of a paper, as ``related`` ties them; ``stage`` counts from 1 in the order in
    which they came: by the way of a paper, what was signed or published by its day, what only names the paper last.

    >>> trace_papers(())
    ()
    """
    documents = {entry.id: entry for entry in entries if entry.kind == "document"}
    told = {key: number for number, key in enumerate(documents)}
    placed: dict[str, tuple[str, int]] = {}
    for paper in _gather(documents):
        name = "p-" + digest("paper", paper[0].id)[:12]
        placed |= {entry.id: (name, number) for number, entry in enumerate(_order(paper, told), start=1)}
    return tuple(
        replace(entry, attributes={**entry.attributes, "paper": placed[entry.id][0], "stage": placed[entry.id][1]})
        if entry.id in placed
        else entry
        for entry in entries
    )


def _gather(documents: Mapping[str, Entry]) -> list[list[Entry]]:
    """The entries of each paper, in the order in which they are told."""
    leader: dict[str, str] = {key: key for key in documents}

    def lead(key: str) -> str:
        while leader[key] != key:
            leader[key] = leader[leader[key]]
            key = leader[key]
        return key

    for entry in documents.values():
        for other in tied(entry, "related"):
            if other in documents:
                leader[lead(other)] = lead(entry.id)
    papers: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in documents.values():
        papers[lead(entry.id)].append(entry)
    return list(papers.values())


def _order(paper: list[Entry], told: Mapping[str, int]) -> list[Entry]:
    """The stages of one paper as they came."""
    ordered = sorted(
        (entry for entry in paper if entry.status in _PATH),
        key=lambda entry: (_PATH.index(entry.status or ""), _first(entry), told[entry.id]),
    )
    beside = (entry for entry in paper if entry.status in ("signed", "published"))
    for entry in sorted(beside, key=lambda entry: (_first(entry), entry.status == "published", told[entry.id])):
        later = (n for n, other in enumerate(ordered) if _is_before(entry, other))
        ordered.insert(next(later, len(ordered)), entry)
    return [*ordered, *(entry for entry in paper if entry.status is None)]


def _first(entry: Entry) -> date:
    """The first possible day; what is not dated stands behind what is."""
    return entry.when.earliest if entry.when and entry.when.earliest else date.max


def _is_before(a: Entry, b: Entry) -> bool:
    last = a.when.latest if a.when else None
    return last is not None and last < _first(b) < date.max
