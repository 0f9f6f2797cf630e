"""Texts annotated on their own, without a record: the reading stages, dates anchored, names in clusters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from onrecord.errors import UsageError
from onrecord.model import (
    Act,
    Annotation,
    Article,
    Corpus,
    Name,
    Office,
    Role,
    Span,
    Statement,
    Text,
    Timex,
    When,
    digest,
)
from onrecord.pipeline.reading import Task, read_text

if TYPE_CHECKING:
    from onrecord.linking.actors import Actors
    from onrecord.reading.page import Stage

LAYERS: Mapping[str, str] = {
    "statements": "statements",
    "timexes": "times",
    "names": "names",
    "acts": "acts",
    "noise": "roles",
}
"""What can be asked for, and the stage that makes it."""

Pair = tuple[int, int]
A = TypeVar("A", bound=Annotation)


@dataclass(frozen=True, slots=True)
class Item:
    """A text to annotate. ``id`` is given back as it came; ``published`` anchors relative dates."""

    id: object
    text: str
    published: When | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class StatementMade:
    """A statement as INTERFACE.md gives it; offsets are pairs of code points, half open."""

    source: tuple[Pair, ...]
    cue: tuple[Pair, ...]
    content: tuple[Pair, ...]
    manner: str
    speaker: str | None
    method: str
    chain: tuple[str, ...]
    cue_class: str
    confidence: float
    inner: tuple[StatementMade, ...]


@dataclass(frozen=True, slots=True)
class TimexMade:
    """A time expression; ``value`` is TIMEX3, completed where an anchor gave the missing parts."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None
    edtf: str | None
    earliest: date | None
    latest: date | None
    anchor: str
    grammar_rule: str


@dataclass(frozen=True, slots=True)
class NameMade:
    """A name; equal ``actor`` means the same actor, across all texts of one call."""

    start: int
    end: int
    kind: str
    name: str
    actor: str | None


@dataclass(frozen=True, slots=True)
class ActMade:
    """An act; ``content`` is its extent."""

    kind: str
    plover: str | None
    by: tuple[Pair, ...]
    to: tuple[Pair, ...]
    cue: Pair
    content: Pair
    status: str | None
    negated: bool
    modality: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NoiseMade:
    """A stretch that is not the article, and why it is held for that."""

    start: int
    end: int
    role: str
    why: str


Made = StatementMade | TimexMade | NameMade | ActMade | NoiseMade


@dataclass(frozen=True, slots=True)
class Annotated:
    """What was found in one item: for each layer asked for, its annotations in the order of the text.

    ``failed`` says why the item could not be read; the layers are empty then.
    """

    id: object
    layers: Mapping[str, tuple[Made, ...]]
    failed: str | None = None


def annotate_texts(items: Iterable[Item], layers: Sequence[str] = tuple(LAYERS)) -> Iterator[Annotated]:
    """One result for each item, in order.

    With the layer ``names``, all items are read before the first result comes: an actor's names may stand in any of
    them. Without it, each result comes as soon as its text is read. Raises UsageError for an unknown layer.

    >>> [found.layers for found in annotate_texts([], ["noise"])]
    []
    """
    for layer in layers:
        if layer not in LAYERS:
            raise UsageError(f"there is no layer {layer!r}; there are {', '.join(LAYERS)}")
    stages = _stages(layers)
    read = (_read(number, item, stages) for number, item in enumerate(items))
    if "names" not in layers:
        yield from (_annotate(found, layers, None) for found in read)
        return
    held = list(read)
    from onrecord.linking.actors import Actors

    together = Actors(_joined([found.corpus for found in held]))
    yield from (_annotate(found, layers, together) for found in held)


@dataclass(frozen=True, slots=True)
class _Read:
    """An item read, as a corpus of its own: no other text may lend it a date or a speaker."""

    id: object
    corpus: Corpus
    failed: str | None


def _stages(layers: Sequence[str]) -> tuple[Stage, ...]:
    """The stages that make the layers and what they need, each after what it needs."""
    from onrecord.plugins import load_stages

    known = load_stages()
    wanted = {LAYERS[layer] for layer in layers}
    for stage in reversed(known):
        if stage.name in wanted:
            wanted.update(stage.needs)
    return tuple(stage for stage in known if stage.name in wanted)


def _read(number: int, item: Item, stages: Sequence[Stage]) -> _Read:
    text = Text.of(item.text)
    done = read_text(Task(text, {stage.name: "" for stage in stages}), stages)
    key, raw = digest("item", number, text.id), digest("text", text.id)
    article = Article(key, text.id, raw, f"{number:08d}", None, "jsonl", "utf-8", item.outlet, published=item.published)
    failed = f"the stage {done.failed} failed on this text: {done.reason}" if done.failed else None
    return _Read(item.id, Corpus((article,), {text.id: text}, {text.id: done.layers}), failed)


def _joined(corpora: Sequence[Corpus]) -> Corpus:
    return Corpus(
        tuple(article for corpus in corpora for article in corpus.articles),
        {key: text for corpus in corpora for key, text in corpus.texts.items()},
        {key: layers for corpus in corpora for key, layers in corpus.layers.items()},
    )


def _annotate(read: _Read, layers: Sequence[str], together: Actors | None) -> Annotated:
    if read.failed is not None:
        return Annotated(read.id, {}, read.failed)
    item = _OneText(read.corpus, together)
    return Annotated(read.id, {layer: tuple(getattr(item, layer)()) for layer in LAYERS if layer in layers})


class _OneText:
    """The layers of one text, in the shapes of INTERFACE.md."""

    def __init__(self, corpus: Corpus, together: Actors | None) -> None:
        from onrecord.linking.actors import Actors

        self._corpus, self._together = corpus, together
        self._article = corpus.articles[0]
        self._alone = Actors(corpus)

    def statements(self) -> Iterator[Made]:
        return (self._statement(statement, ()) for statement in self._all(Statement))

    def timexes(self) -> Iterator[Made]:
        from onrecord.linking.anchors import Anchors

        anchors = Anchors(self._corpus)
        for timex in self._all(Timex):
            dated = anchors.of(self._article, timex.span)
            edtf, earliest, latest = timex.edtf, timex.earliest, timex.latest
            if dated and edtf is None:
                edtf, earliest, latest = dated.when.edtf, dated.when.earliest, dated.when.latest
            yield TimexMade(
                start=timex.span.start,
                end=timex.span.end,
                type=timex.type,
                value=complete_value(timex, edtf),
                mod=timex.mod,
                edtf=edtf,
                earliest=earliest,
                latest=latest,
                anchor=timex.anchor,
                grammar_rule=timex.rule,
            )

    def names(self) -> Iterator[Made]:
        found: list[NameMade] = []
        for name in self._all(Name):
            actor = self._together.named(self._article.text, name.span) if self._together else None
            found.append(NameMade(name.span.start, name.span.end, name.kind, name.name, actor))
        found += (NameMade(o.span.start, o.span.end, "office", o.title, None) for o in self._all(Office))
        return iter(sorted(found, key=lambda name: (name.start, -name.end, name.kind)))

    def acts(self) -> Iterator[Made]:
        for act in self._all(Act):
            content = (min(span.start for span in act.content), max(span.end for span in act.content))
            yield ActMade(
                kind=act.kind,
                plover=act.plover,
                by=_pairs(act.by),
                to=_pairs(act.to),
                cue=(act.cue.start, act.cue.end),
                content=content,
                status=act.status,
                negated=act.negated,
                modality=act.modality,
                confidence=act.confidence,
            )

    def noise(self) -> Iterator[Made]:
        return (NoiseMade(r.span.start, r.span.end, r.role, r.why) for r in self._all(Role) if r.is_noise)

    def _all(self, kind: type[A]) -> tuple[A, ...]:
        return self._corpus.all(self._article.text, kind)

    def _statement(self, statement: Statement, chain: tuple[str, ...]) -> StatementMade:
        speaker = self._speaker(statement)
        words = speaker or (statement.source[0].exact if statement.source else None)
        return StatementMade(
            source=_pairs(statement.source),
            cue=_pairs(statement.cue),
            content=_pairs(statement.content),
            manner=statement.manner,
            speaker=speaker,
            method=statement.method,
            chain=chain,
            cue_class=statement.cue_class,
            confidence=statement.confidence,
            inner=tuple(self._statement(inner, (*chain, words) if words else chain) for inner in statement.inner),
        )

    def _speaker(self, statement: Statement) -> str | None:
        """The speaker's name in its fullest form in this text, else the words that were resolved as the speaker."""
        if statement.speaker is None:
            return None
        named = self._alone.named(self._article.text, statement.speaker)
        found = (named,) if named else self._alone.parties(self._article.text, statement.speaker)
        names = [actor.name for actor in self._alone.listed if actor.id in found]
        return names[0] if len(names) == 1 else statement.speaker.exact


_SEASON = re.compile(r"XXXX-(?:SP|SU|FA|WI)")
_COARSE = re.compile(r"XXXX(?:-(?:\d\d|XX))?")  # a year, or a month


def complete_value(timex: Timex, edtf: str | None) -> str:
    """The TIMEX3 value with the parts that the anchored date gives.

    >>> friday = Text.of("on Friday").span(3, 9)
    >>> complete_value(Timex(text="", span=friday, type="DATE", value="XXXX-WXX-5"), "2022-01-28")
    '2022-01-28'
    """
    if edtf is None or timex.type not in ("DATE", "TIME") or (timex.edtf is not None and "X" not in timex.value):
        return timex.value
    plain = re.sub(r"[~?%]", "", edtf)
    if _SEASON.fullmatch(timex.value) and plain[:4].isdigit():
        return plain[:4] + timex.value[4:]
    if "/" in timex.value:  # "January 9 and 10"
        return plain
    if "/" in plain:
        return _stretch(plain, timex)
    if timex.type == "TIME" and "T" in timex.value:
        return plain + timex.value[timex.value.index("T") :]
    # "late November" is 1999-11 with the modifier END, however closely its days are told.
    return plain[: len(timex.value)] if _COARSE.fullmatch(timex.value) else plain


def _stretch(edtf: str, timex: Timex) -> str:
    """Weeks, quarters and decades by their own names, part of a month or year by the whole."""
    months = edtf.split("/")
    if timex.value.startswith(("XXXX-Q", "XXXX-H")) and len(months[0]) == len("2022-01"):
        return f"{months[0][:4]}{timex.value[4:]}"
    if timex.unit == "decade" and len(months[0]) == 4 and months[0].endswith("0"):
        return months[0][:3]
    try:
        first, last = (date.fromisoformat(day) for day in months)
    except ValueError:
        return timex.value
    if timex.value == "XXXX-WXX-WE":
        return f"{first.isocalendar().year}-W{first.isocalendar().week:02d}-WE"
    if timex.rule == "part-of-unit" and timex.unit == "week":  # "earlier this week"
        return f"{first.isocalendar().year}-W{first.isocalendar().week:02d}"
    if timex.rule == "part-of-unit" and timex.unit in ("month", "year") and first.year == last.year:
        return first.isoformat()[: len("2022-01") if timex.unit == "month" else len("2022")]
    if first.isoweekday() == 1 and (last - first).days == 6:
        return f"{first.isocalendar().year}-W{first.isocalendar().week:02d}"
    if timex.unit == "quarter" and first.day == 1:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    if timex.unit == "decade" and first.year % 10 == 0 and last.year == first.year + 9:
        return str(first.year // 10)
    return timex.value


def _pairs(spans: Iterable[Span]) -> tuple[Pair, ...]:
    return tuple((span.start, span.end) for span in spans)
