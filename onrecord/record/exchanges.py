"""Exchanges: which articles of a record tell of one exchange, where it holds several."""

from __future__ import annotations

from collections import Counter, defaultdict

from onrecord.model import Record

_SHARED = 2  # actors that two articles of one exchange have in common at least; one may be in the news everywhere
_NO_PARTY = ("place", "group")
_NAMED = 3  # parties by which an exchange is known


def find_exchanges(record: Record) -> tuple[tuple[str, ...], ...]:
    """The ids of the articles of each exchange, in their order, the largest first.

    Articles are of one exchange where they name two of the same people, states, bodies or organisations, or where a
    chain of such articles leads from one to the other. Two exchanges of the same parties are one here.

    >>> find_exchanges(Record())
    ()
    """
    head = {text.id: text.id for text in record.texts}
    texts_of: dict[str, list[str]] = {
        actor.id: list(dict.fromkeys(span.text for span in actor.mentions))
        for actor in record.actors
        if actor.kind not in _NO_PARTY
    }
    actors_in: dict[str, list[str]] = defaultdict(list)
    for actor, texts in texts_of.items():
        for text in texts:
            actors_in[text].append(actor)
    for text in head:
        met = Counter(other for actor in actors_in[text] for other in texts_of[actor])
        for other, shared in met.items():
            if shared >= _SHARED:
                head[_top(head, other)] = _top(head, text)
    for copy in record.texts:
        if copy.copy_of:
            head[_top(head, copy.id)] = _top(head, copy.copy_of)
    found: dict[str, list[str]] = defaultdict(list)
    for text in head:
        found[_top(head, text)].append(text)
    return tuple(tuple(texts) for texts in sorted(found.values(), key=lambda texts: -len(texts)))


def name_exchange(record: Record, texts: tuple[str, ...]) -> tuple[str, ...]:
    """The parties by which an exchange is known: those who most ask, answer, meet and write in its articles."""
    mine = set(texts)
    counted = Counter(
        actor
        for entry in record.entries
        if entry.kind in ("demand", "answer", "meeting", "document") and entry.certainty == "published"
        if any(report.text in mine for report in entry.reports)
        for actor in {*entry.by, *entry.to}
    )
    kinds = {actor.id: actor for actor in record.actors if actor.kind in ("state", "organisation", "body")}
    outlets = {text.outlet for text in record.texts}
    known = sorted(counted, key=lambda actor: (-counted[actor], actor))
    names = [kinds[actor].name for actor in known if actor in kinds]
    return tuple(name for name in names if name not in outlets)[:_NAMED]


def _top(head: dict[str, str], text: str) -> str:
    while head[text] != text:
        head[text] = head[head[text]]
        text = head[text]
    return text
