"""Small corpora for tests of linking and of the record: articles with annotations named by their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from onrecord.model import Act, Annotation, Article, Corpus, Layer, Name, Office, Role, Span, Statement, Text, When
from onrecord.model.annotation import ActKind, NameKind

Draw = Callable[[Text], Annotation]


def at(text: Text, words: str, number: int = 0) -> Span:
    """The span of the words, by occurrence."""
    start = -1
    for _ in range(number + 1):
        start = text.body.index(words, start + 1)
    return text.span(start, start + len(words))


def name(words: str, kind: NameKind = "person", number: int = 0, **more: Any) -> Draw:
    full = more.pop("full", words)
    return lambda text: Name(text=text.id, span=at(text, words, number), kind=kind, name=full, **more)


def office(words: str, title: str, holder: str | None = None, of: str | None = None) -> Draw:
    return lambda text: Office(
        text=text.id,
        span=at(text, words),
        title=title,
        holder=at(text, holder) if holder else None,
        of=at(text, of) if of else None,
    )


def noise(words: str, role: Any = "credit") -> Draw:
    return lambda text: Role(text=text.id, span=at(text, words), role=role, why="test")


def says(source: str, cue: str, *content: str, **more: Any) -> Draw:
    def draw(text: Text) -> Statement:
        spans = tuple(at(text, words) for words in content)
        speaker = more.pop("speaker", source)
        values = {**more, "speaker": at(text, speaker) if speaker else None}
        everything = [*spans, at(text, source), at(text, cue)]
        whole = text.span(min(s.start for s in everything), max(s.end for s in everything))
        return Statement(
            text=text.id, span=whole, content=spans, source=(at(text, source),), cue=(at(text, cue),), **values
        )

    return draw


def act(kind: ActKind, cue: str, content: str, by: str | None = None, to: str | None = None, **more: Any) -> Draw:
    def draw(text: Text) -> Act:
        span = at(text, content)
        places = {slot: at(text, more.pop(slot)) for slot in ("place", "forum", "time") if slot in more}
        return Act(
            text=text.id,
            span=span,
            kind=kind,
            cue=at(text, cue),
            content=(span,),
            by=(at(text, by),) if by else (),
            to=(at(text, to),) if to else (),
            **places,
            **more,
        )

    return draw


def article(file: str, body: str, *draws: Draw, **more: Any) -> tuple[Article, Text, Layer]:
    text = Text.of(body)
    published = more.pop("published", None)
    made = Article(
        id=f"t-{file}",
        text=text.id,
        raw="0" * 64,
        file=f"{file}.txt",
        locator=None,
        format="text",
        decoding="utf-8",
        published=When.of(published, None, "metadata") if published else None,
        **more,
    )
    return made, text, Layer(text.id, "test", "f", tuple(draw(text) for draw in draws))


def corpus(*articles: tuple[Article, Text, Layer]) -> Corpus:
    return Corpus(
        tuple(a for a, _, _ in articles),
        {t.id: t for _, t, _ in articles},
        {layer.text: (layer,) for _, _, layer in articles},
    )
