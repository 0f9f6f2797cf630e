"""Tellings: what each article says happened or was said, with parties, voice and date resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.linking.actors import Actors
from onrecord.linking.anchors import Anchors, Dated
from onrecord.linking.order import article_order
from onrecord.linking.places import Places
from onrecord.model import Act, Article, Corpus, Role, Span, Statement, Telling, Text, When
from onrecord.model.annotation import AUTHOR, DOUBTFUL
from onrecord.model.record import Manner

# As printed: "us" is a speaker's own side, "US" is a state.
_FIRST_PERSON = frozenset({"I", "me", "my", "My", "we", "We", "us", "our", "Our", "ours"})
_UNSAID = ("deny", "ask")  # "denied that Ek had said so", "asked whether Ek had": nothing of Ek's is told
_LEAST = 4  # words of a statement in the outlet's words that begins as a thing does
_FEWEST = 3  # words that can say something: not "them", nor "June"
_SURE_OF_THING = 0.55  # confidence from which such words are told
_NOMINAL = frozenset(
    ("the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "it", "him")
)
_HYPOTHETICAL = 0.5  # what may or might be is never above the bar of the record
_WHOSE = 0.4  # nor are quoted words of which it is doubtful who says them


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A statement, or one nested in it, with who stands between the outlet and its speaker."""

    statement: Statement
    chain: tuple[str, ...]
    speaker: str | None


def find_tellings(corpus: Corpus, actors: Actors, anchors: Anchors) -> list[Telling]:
    """Every telling of every article, in the order of articles and then of the text."""
    found = []
    for article in sorted(corpus.articles, key=article_order):
        found += _Teller(corpus, actors, anchors, article).tell()
    return found


class _Teller:
    """Tells one article."""

    def __init__(self, corpus: Corpus, actors: Actors, anchors: Anchors, article: Article) -> None:
        self._actors = actors
        self._article = article
        self._text: Text = corpus.texts[article.text]
        self._anchors = anchors
        noise = (role.span for role in corpus.all(article.text, Role) if role.is_noise)
        self._noise = Places((span, span) for span in noise)
        outermost = corpus.all(article.text, Statement)
        self._spoken = [spoken for statement in outermost for spoken in self._nested(statement, ())]
        self._said = Places((span, spoken) for spoken in self._spoken for span in spoken.statement.content)
        self._extents = Places((spoken.statement.span, spoken) for spoken in self._spoken)
        self._acts = [act for act in corpus.all(article.text, Act) if not act.negated]

    def tell(self) -> list[Telling]:
        tellings = [self._tell_statement(spoken) for spoken in self._spoken if not self._is_only_frame(spoken)]
        tellings += [self._tell_act(act) for act in self._acts]
        whole = [telling for telling in tellings if telling is not None and not self._touches_noise(telling)]
        return sorted(whole, key=lambda t: (t.content[0].start, -t.content[-1].end, t.kind, t.annotation.id))

    def _nested(self, statement: Statement, chain: tuple[str, ...]) -> Iterator[_Spoken]:
        speaker = self._speaker(statement)
        if statement.method != AUTHOR:
            yield _Spoken(statement, chain, speaker)
        if statement.cue_class in _UNSAID:
            return
        words = (
            None if statement.method == AUTHOR else speaker or (statement.source[0].exact if statement.source else None)
        )
        for inner in statement.inner:
            yield from self._nested(inner, (*chain, words) if words else chain)

    def _speaker(self, statement: Statement) -> str | None:
        """The actor who speaks; None where reading did not resolve one, or the words name several."""
        if statement.method == DOUBTFUL:
            return None
        if statement.speaker is None:
            holders = self._holders(statement)
            spelt = self._actors.spelt(statement.source[0].exact) if len(statement.source) == 1 else None
            return spelt or (holders[0] if len(holders) == 1 else None)
        found = self._actors.named(self._text.id, statement.speaker)
        several = (found,) if found else self._actors.parties(self._text.id, statement.speaker)
        return several[0] if len(several) == 1 else None

    def _holders(self, statement: Statement) -> tuple[str, ...]:
        """Who in the exchange holds the office that a statement is given to, where reading found nobody in the text."""
        open_source = statement.speaker is None and len(statement.source) == 1 and statement.method != DOUBTFUL
        return self._actors.holders(self._article, statement.source[0]) if open_source else ()

    def _is_only_frame(self, spoken: _Spoken) -> bool:
        """Whether an outlet says no more than that a statement was made ("RBC reports that Peskov said ...")."""
        if spoken.statement.cue_class in _UNSAID or not self._is_outlet(spoken):
            return False
        held = sum(len(span) for inner in spoken.statement.inner for span in (inner.span, *inner.content)[:1])
        return held > 0.6 * sum(len(span) for span in spoken.statement.content)

    def _is_outlet(self, spoken: _Spoken) -> bool:
        """Whether an organisation speaks that is no party: what it reports is another's."""
        kind = self._actors.kind(spoken.speaker) if spoken.speaker else None
        return kind == "organisation" or (kind is None and spoken.statement.method == "none")

    def _is_told_as_act(self, statement: Statement) -> bool:
        """Whether a demand by the same word holds all that a statement in the outlet's words would say."""
        return statement.cue_class == "demand" and any(
            act.kind == "demand" and any(act.cue.overlaps(cue) for cue in statement.cue) for act in self._acts
        )

    def _tell_statement(self, spoken: _Spoken) -> Telling | None:
        statement = spoken.statement
        if not statement.source and spoken.speaker is None:
            return None  # speech that the text puts in nobody's mouth is the outlet's own voice
        if not statement.verbatim and (not _says_something(statement) or self._is_told_as_act(statement)):
            return None
        time = self._when_said(statement)
        to = self._actors.parties(self._text.id, statement.addressee) if statement.addressee else ()
        attributes: dict[str, object] = {"medium": statement.medium, "hedge": statement.hedge}
        return Telling(
            article=self._article.id,
            annotation=statement,
            kind="statement",
            voice="source",
            content=statement.content,
            cue=statement.cue,
            by=(spoken.speaker,) if spoken.speaker else (),
            to=tuple(actor for actor in to if actor != spoken.speaker),
            speaker=spoken.speaker,
            speaker_words=statement.source or ((statement.speaker,) if statement.speaker else ()),
            chain=spoken.chain,
            manner=statement.manner,
            when=time.when if time else None,
            when_words=(time.span,) if time else (),
            attributes={name: value for name, value in attributes.items() if value},
            confidence=min(statement.confidence, _WHOSE) if statement.method == DOUBTFUL else statement.confidence,
            candidates=() if spoken.speaker else self._holders(statement),
        )

    def _when_said(self, statement: Statement) -> Dated | None:
        """When it was said; none where the words name a day still to come when the article appeared."""
        time = self._anchors.of(self._article, statement.time) if statement.time else None
        return None if time and self._is_to_come(time.when) else time

    def _when_done(self, act: Act, spoken: _Spoken | None) -> Dated | None:
        """When it was done; what a quotation calls "today" is the day on which it was said."""
        if act.time is None:
            return None
        quoted = spoken is not None and any(piece.covers(act.time) for piece in spoken.statement.verbatim)
        if not (spoken and quoted):
            return self._anchors.of(self._article, act.time)
        said = self._when_said(spoken.statement)
        return self._anchors.spoken(self._article, act.time, said.when if said else None)

    def _tell_act(self, act: Act) -> Telling | None:
        spoken = self._around(act)
        speaker_words = self._speaker_words(spoken)
        if spoken and not spoken.speaker and not speaker_words:
            spoken = None
        time = self._when_done(act, spoken)
        by, to = self._parties(act.by, spoken), self._parties(act.to, spoken)
        if act.kind == "answer":  # nobody answers his own demand: "the League, which refuses the demand of its members"
            asking = {self._actors.side(actor) for actor in to}
            by = tuple(actor for actor in by if self._actors.side(actor) not in asking)
        if act.kind == "meeting" and to and not by:
            by = self._speaking_at(act)
        to = tuple(actor for actor in to if actor not in by)
        return Telling(
            article=self._article.id,
            annotation=act,
            kind=act.kind,
            voice="source" if spoken else "outlet",
            content=act.content,
            cue=(act.cue,),
            by=by,
            to=to,
            speaker=spoken.speaker if spoken else None,
            speaker_words=speaker_words if spoken else (),
            chain=spoken.chain if spoken else (),
            manner=_manner_inside(act, spoken.statement) if spoken else None,
            when=time.when if time else None,
            when_words=(time.span,) if time else (),
            status=self._status(act, time.when if time else None),
            place=self._one(act.place),
            forum=self._one(act.forum),
            attributes=_attributes(act),
            confidence=min(act.confidence, _HYPOTHETICAL) if act.modality == "hypothetical" else act.confidence,
        )

    def _status(self, act: Act, when: When | None) -> str | None:
        """The status, a meeting on a day after the article's own not yet held: "The ministers meet again on 24 May"."""
        to_come = act.kind == "meeting" and act.status == "held" and self._is_to_come(when)
        return "planned" if to_come else act.status

    def _is_to_come(self, when: When | None) -> bool:
        """Whether a date lies after the article's own."""
        published = self._anchors.publication.of(self._article)
        return bool(when and when.earliest and published and published.latest and when.earliest > published.latest)

    def _speaker_words(self, spoken: _Spoken | None) -> tuple[Span, ...]:
        if spoken is None:
            return ()
        return spoken.statement.source or ((spoken.statement.speaker,) if spoken.statement.speaker else ())

    def _around(self, act: Act) -> _Spoken | None:
        """The innermost statement in whose content the act is told."""
        near = self._said.touching(act.cue.start, act.cue.end)
        holding = [s for s in near if any(span.covers(act.cue) for span in s.statement.content)]
        return min(holding, key=lambda s: sum(map(len, s.statement.content)), default=None)

    def _speaking_at(self, act: Act) -> tuple[str, ...]:
        """Who speaks at a meeting takes part in it: "Berg, at a meeting with Ek on Monday, said ..."."""
        for spoken in self._extents.touching(act.span.start, act.span.end):
            statement = spoken.statement
            said = any(span.overlaps(act.span) for span in statement.content)
            if spoken.speaker and not said and statement.span.covers(act.span):
                return (spoken.speaker,)
        return ()

    def _parties(self, spans: tuple[Span, ...], spoken: _Spoken | None) -> tuple[str, ...]:
        found: list[str] = []
        for span in spans:
            if span.exact in _FIRST_PERSON:
                found += [spoken.speaker] if spoken and spoken.speaker else []
            else:
                found += self._actors.parties(self._text.id, span)
        return tuple(dict.fromkeys(found))

    def _one(self, span: Span | None) -> str | None:
        found = self._actors.parties(self._text.id, span) if span else ()
        return found[0] if len(found) == 1 else None

    def _touches_noise(self, telling: Telling) -> bool:
        spans = (*telling.content, *telling.cue, *telling.speaker_words, *telling.when_words)
        return any(self._noise.touching(span.start, span.end) for span in spans)


def _manner_inside(act: Act, statement: Statement) -> Manner:
    """How the words of an act told inside a statement are given."""
    quoted = [any(v.covers(span) for v in statement.verbatim) for span in act.content]
    if all(quoted):
        return "verbatim"
    return "mixed" if any(v.overlaps(span) for v in statement.verbatim for span in act.content) else "paraphrase"


def _attributes(act: Act) -> dict[str, object]:
    values = {
        "polarity": act.polarity,
        "name": act.name,
        "year": act.year,
        "duration": act.duration,
        "pages": act.pages,
        "form": act.form,
        "hedge": act.hedge,
        "plover": act.plover,
    }
    return {name: value for name, value in values.items() if value is not None}


def _says_something(statement: Statement) -> bool:
    """Whether a statement in the outlet's words is more than an act, as "welcomed the offer", "agreed to meet" are."""
    words = [word.lower() for piece in statement.content for word in piece.exact.split()]
    if words[0] in ("to", "for") or (len(words) < _FEWEST and words[0] not in ("no", "yes")):
        return False
    # "Russia reacted to the US offer for dialogue with restraint" puts no words in Russia's mouth.
    if words[0] not in _NOMINAL or statement.method == "continued":
        return True
    return len(words) >= _LEAST and statement.confidence >= _SURE_OF_THING
