"""Before and after: which entries a text itself puts one behind the other ("After that", "a day later")."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from onrecord.linking.places import SENTENCE_END, Places
from onrecord.model import Corpus, Group, Link, Telling, Timex

_FAR = 600  # code points of a sentence that are looked back through


def find_sequence(corpus: Corpus, groups: tuple[Group, ...]) -> tuple[Link, ...]:
    """A link ``after`` from the later group to the earlier, for words that place one thing by another.

    Such words point to the sentence before theirs, or to the words before them in their own. Where more than one
    thing is told there, they may mean any, and there is no link.

    Berg met Ek on 14 March. After that, she wrote to the League: the letter came after the meeting.
    """
    told: dict[str, list[tuple[Telling, str]]] = defaultdict(list)
    for group in groups:
        for telling in group.tellings:
            told[telling.article].append((telling, group.id))
    texts = {article.id: article.text for article in corpus.articles}
    links: dict[tuple[str, str], Link] = {}
    for article in sorted(told):
        for link in _in_article(corpus, texts[article], told[article]):
            links.setdefault((link.a, link.b), link)
    return tuple(link for pair, link in links.items() if pair[::-1] not in links)  # what goes both ways says nothing


def _in_article(corpus: Corpus, text: str, told: list[tuple[Telling, str]]) -> Iterator[Link]:
    body = corpus.texts[text].body
    pointing = {t.span: t for t in corpus.all(text, Timex) if t.anchor == "text" and t.direction}
    things = Places((telling.cue[0], (telling, group)) for telling, group in told if telling.cue)
    for telling, group in told:
        timex = next((pointing[span] for span in telling.when_words if span in pointing), None)
        if timex is None:
            continue
        before = {other for one, other in things.touching(*_pointed_at(body, timex.span.start)) if _happened(one)}
        if len(before) != 1 or group in before:
            continue
        other = before.pop()
        later, earlier = (group, other) if timex.direction == "future" else (other, group)
        yield Link("after", later, earlier, 1.0, f"the text says {timex.span.exact!r}")


def _pointed_at(body: str, start: int) -> tuple[int, int]:
    """The words that "after that" points to: those before it in its sentence, else the sentence before."""
    low = max(0, start - _FAR)
    ends = [match.end() for match in SENTENCE_END.finditer(body, low, start)]
    if not ends or body[ends[-1] : start].strip(" ,—–-"):
        return (ends[-1] if ends else low), start
    return (ends[-2] if len(ends) > 1 else low), ends[-1]


def _happened(telling: Telling) -> bool:
    """Whether something happened: what is only said about something else did not."""
    return telling.kind != "commitment" and telling.status not in ("unanswered", "proposed")
