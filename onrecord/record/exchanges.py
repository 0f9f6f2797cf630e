"""Exchanges: which articles of a record tell of one exchange, where it holds several."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import chain

from onrecord.model import Record

_SHARED = 2  # actors that two articles of one exchange have in common at least; one may be in the news everywhere
_NO_PARTY = ("place", "group")
_NAMED = 3  # parties by which an exchange is known


def find_exchanges(record: Record, stories: Mapping[str, int] | None = None) -> tuple[tuple[str, ...], ...]:
    """The ids of the articles of each exchange, in their order, the largest first.

    Articles are of one exchange where they tell one story and name two of the same people, states, bodies or
    organisations, or where a chain of such articles leads from one to the other. ``stories`` has the number of each
    article's story, and other articles are left out; without it, all are taken for one story. An article that is the
    only one of its story, such as a round-up of several exchanges, belongs to the one with which it shares most.

    >>> find_exchanges(Record())
    ()
    """
    told = {text.id: 0 for text in record.texts} if stories is None else stories
    head = {text: text for text in told}
    shares = _Shares(record, told)
    for text, story in told.items():
        for other, shared in shares.of(text, story).items():
            if shared >= _SHARED:
                head[_top(head, other)] = _top(head, text)
    for copy in record.texts:
        if copy.id in head and copy.copy_of in head:
            head[_top(head, copy.id)] = _top(head, copy.copy_of)
    size = Counter(told.values())
    for text in (text for text in told if size[told[text]] == 1 and len(told) > 1):
        met = shares.of(text)
        near = Counter({_top(head, other): 0 for other in met})
        for other, shared in met.items():
            near[_top(head, other)] += shared if shared >= _SHARED and other != text else 0
        likest = max(near, key=lambda one: near[one], default=text)
        if near[likest]:
            head[_top(head, text)] = likest
    found: dict[str, list[str]] = defaultdict(list)
    for text in head:
        found[_top(head, text)].append(text)
    return tuple(tuple(texts) for texts in sorted(found.values(), key=lambda texts: -len(texts)))


class _Shares:
    """How many people, states, bodies and organisations two articles both name; asked for one article at a time."""

    def __init__(self, record: Record, told: Mapping[str, int]) -> None:
        self._texts_of: dict[str, list[str]] = {}
        self._of_story: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._actors_in: dict[str, list[str]] = defaultdict(list)
        for actor in record.actors:
            if actor.kind not in _NO_PARTY:
                texts = [text for text in dict.fromkeys(span.text for span in actor.mentions) if text in told]
                self._texts_of[actor.id] = texts
                for text in texts:
                    self._of_story[actor.id, told[text]].append(text)
                    self._actors_in[text].append(actor.id)

    def of(self, text: str, story: int | None = None) -> Counter[str]:
        """The articles, of one story or of all, that name anybody whom this one names, itself among them."""
        named = self._actors_in[text]
        lists = (self._texts_of[one] if story is None else self._of_story[one, story] for one in named)
        return Counter(chain.from_iterable(lists))


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
