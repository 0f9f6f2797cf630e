"""Exchanges: which articles of a record tell of one exchange, where it holds several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from onrecord.model import Record

_SHARED = 2  # actors that two articles of one exchange have in common at least; one may be in the news everywhere
_NO_PARTY = ("place", "group")
_NAMED = 3  # parties by which an exchange is known


def find_exchanges(record: Record, stories: Mapping[str, int] | None = None) -> tuple[tuple[str, ...], ...]:
    """The ids of the articles of each exchange, in their order, the largest first.

    Articles are of one exchange where they tell one story and name two of the same people, states, bodies or
    organisations, or where a chain of such articles leads from one to the other. ``stories`` has the number of each
    article's story; without it, all are taken for one. An article that is the only one of its story, such as a
    round-up of several exchanges, belongs to the one with which it shares most.

    >>> find_exchanges(Record())
    ()
    """
    texts_of, actors_in = _actors(record)
    told = stories or {text.id: 0 for text in record.texts}
    size = Counter(told.values())
    alone = [text.id for text in record.texts if size[told[text.id]] == 1 and len(record.texts) > 1]
    head = {text.id: text.id for text in record.texts}
    met = {text: Counter(other for actor in actors_in[text] for other in texts_of[actor]) for text in head}
    for text, others in met.items():
        for other, shared in others.items():
            if shared >= _SHARED and told[other] == told[text]:
                head[_top(head, other)] = _top(head, text)
    for copy in record.texts:
        if copy.copy_of:
            head[_top(head, copy.id)] = _top(head, copy.copy_of)
    for text in alone:
        near = Counter({_top(head, other): 0 for other in met[text]})
        for other, shared in met[text].items():
            near[_top(head, other)] += shared if shared >= _SHARED and other != text else 0
        likest = max(near, key=lambda one: near[one], default=text)
        if near[likest]:
            head[_top(head, text)] = likest
    found: dict[str, list[str]] = defaultdict(list)
    for text in head:
        found[_top(head, text)].append(text)
    return tuple(tuple(texts) for texts in sorted(found.values(), key=lambda texts: -len(texts)))


def _actors(record: Record) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The articles that name each person, state, body or organisation, and whom each article names."""
    texts_of = {
        actor.id: list(dict.fromkeys(span.text for span in actor.mentions))
        for actor in record.actors
        if actor.kind not in _NO_PARTY
    }
    actors_in: dict[str, list[str]] = defaultdict(list)
    for actor, texts in texts_of.items():
        for text in texts:
            actors_in[text].append(actor)
    return texts_of, actors_in


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
