"""Naming: who says each statement of a page, weighed over the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.model import Span, Statement
from onrecord.model.annotation import AUTHOR, DOUBTFUL
from onrecord.reading.page import Page
from onrecord.reading.speakers.features import OWN_NAME, Question, kind_of, phrase_of, weigh
from onrecord.reading.speakers.parties import Scene
from onrecord.reading.speakers.ranking import (
    DESCRIBED,
    ITSELF,
    SURE_DESCRIBED,
    SURE_OF_QUOTED,
    SURE_OF_SOURCE,
    choose,
    rank,
    read_weights,
)
from onrecord.reading.speakers.sources import UNKNOWN, Speaker

_AUTHOR = frozenset(("i", "me", "my"))
_NEW = frozenset(("a", "an", "one", "another", "some"))


def name_speakers(
    page: Page, statements: Sequence[Statement], ruled: Sequence[tuple[Span, Span]] = ()
) -> list[Statement]:
    """The statements, in the order of the text, with their speakers.

    The rules' answers, by which the statements come, are one witness; the other is what the text tells of everybody
    who may be meant. What they leave open stays open. ``ruled`` are the sources that rules read, each with its cue:
    where somebody else read a statement, they bear out who says it.
    """
    return _Naming(page, ruled).outermost(statements)


@dataclass(frozen=True, slots=True)
class _Said:
    """A speaker with the party that it is, and how sure the naming is, given that the source is right."""

    speaker: Speaker
    party: int | None
    sure: float = 1.0


class _Naming:
    """One page, statement by statement."""

    def __init__(self, page: Page, ruled: Sequence[tuple[Span, Span]]) -> None:
        self._page = page
        self._ruled = {end: source for source, cue in ruled for end in (cue.start, cue.end)}
        self._scene = Scene(page)
        self._weights = read_weights()
        self._unnamed = -1  # where somebody whom the text does not name spoke last

    def outermost(self, statements: Sequence[Statement]) -> list[Statement]:
        """The statements named in order; one that goes on is the earlier one's speaker's."""
        named: list[Statement] = []
        for statement in sorted(statements, key=_begins):
            if statement.method == "continued":
                start = statement.content[0].start
                earlier = next((s for s in reversed(named) if s.content[0].start < start), None)
                said = _Said(_goes_on(earlier), None)
            else:
                said = self._ask(statement, None)
            named.append(self._with(statement, said))
        return named

    def _with(self, statement: Statement, said: _Said) -> Statement:
        said = self._judged(statement, said)
        inner = tuple(self._with(one, self._ask(one, said)) for one in sorted(statement.inner, key=_begins))
        speaker = said.speaker
        kept = speaker.name is not None or speaker.method in (DOUBTFUL, AUTHOR)
        method = speaker.method if kept else UNKNOWN.method
        return replace(statement, speaker=speaker.name, method=method, inner=inner)

    def _ask(self, statement: Statement, outer: _Said | None) -> _Said:
        """Who says a statement that has a source, and that the scene knows from now on."""
        if statement.method == "first person" and outer is not None and outer.speaker.name is None:
            return outer
        if outer is None and self._is_authors(statement):
            return _Said(Speaker(None, AUTHOR), None)
        ruled = self._scene.party_at(statement.speaker)
        rule = Speaker(statement.speaker, statement.method)
        if not statement.source or (ruled is None and statement.speaker is not None):
            return _Said(rule, ruled)
        source = statement.source[0]
        if ruled is not None and rule.name is not None and len(rule.name) == len(source):
            self._scene.speaks(ruled, source)
            return _Said(rule, ruled)  # the name alone
        kind, gender = kind_of(source.exact)
        question = Question(
            source, phrase_of(source.exact), kind, gender, statement.content, statement.cue_class,
            outer.party if outer else None, ruled, statement.method,
        )  # fmt: skip
        said = self._decide(question, rule, quoted=bool(statement.verbatim))
        if said.party is not None:
            self._scene.speaks(said.party, source)
        elif kind in OWN_NAME:
            self._unnamed = source.start
        return said

    def _decide(self, question: Question, rule: Speaker, *, quoted: bool) -> _Said:
        case = weigh(self._scene, question)
        ranked = rank(case, self._weights)
        chosen = choose(ranked, case, question.ruled, rule.method, quoted=quoted)
        if question.ruled is not None and chosen == question.ruled:
            sure = ranked.parties.get(question.ruled, 1.0)
            return _Said(rule, question.ruled, max(sure, SURE_DESCRIBED) if rule.method in DESCRIBED else sure)
        if chosen == ITSELF and question.kind in OWN_NAME:
            start = question.source.start + max(0, question.source.exact.find(question.words))
            words = self._page.text.span(start, start + len(question.words))
            return _Said(Speaker(words, "as printed"), self._scene.add_unnamed(question.words), ranked.itself)
        if isinstance(chosen, int) and self._may_be_unnamed(chosen, question):
            return _Said(UNKNOWN, None)
        if isinstance(chosen, int) and (told := self._scene.parties[chosen].named_at(question.source.end)):
            named = self._page.text.span(told.start, told.end)
            return _Said(Speaker(named, _method(question, named)), chosen, ranked.parties[chosen])
        return _Said(UNKNOWN, None)

    def _judged(self, statement: Statement, said: _Said) -> _Said:
        """The same, but nobody where quoted words are given to somebody by a reading and a naming that are unsure."""
        if not statement.verbatim or not statement.source or said.speaker.name is None:
            return said
        reading = SURE_OF_SOURCE if self._is_ruled(statement) else statement.confidence
        if reading * said.sure >= SURE_OF_QUOTED:
            return said
        return replace(said, speaker=UNKNOWN if reading >= SURE_OF_QUOTED else Speaker(None, DOUBTFUL))

    def _is_authors(self, statement: Statement) -> bool:
        """Whether who speaks is "I" outside all quotation marks: nobody whom the text tells of."""
        own = len(statement.source) == 1 and statement.source[0].exact.lower() in _AUTHOR
        return own and not any(q.span.covers(statement.source[0]) for q in self._page.quotations)

    def _is_ruled(self, statement: Statement) -> bool:
        """Whether the rules read the same source with the same cue."""
        sources = (self._ruled.get(end) for cue in statement.cue for end in (cue.start, cue.end))
        return any(source is not None and source.overlaps(statement.source[0]) for source in sources)

    def _may_be_unnamed(self, party: int, question: Question) -> bool:
        """Whether the words bring in somebody new ("an official"), or "he" may be one who came in since the party."""
        if question.kind in OWN_NAME:
            return question.source.exact.split()[0].lower() in _NEW
        last = self._scene.parties[party].before(question.source.start)
        return last is not None and last.start < self._unnamed < question.source.start


def _goes_on(earlier: Statement | None) -> Speaker:
    """The speaker of a quotation that goes on with what ``earlier`` began."""
    if earlier is None:
        return UNKNOWN
    return Speaker(earlier.speaker, DOUBTFUL if earlier.method == DOUBTFUL else "continued")


def _method(question: Question, named: Span) -> str:
    if question.source.covers(named):
        return "named"
    return "pronoun" if question.kind not in OWN_NAME else "office" if question.kind == "person" else "recent"


def _begins(statement: Statement) -> int:
    return min(span.start for span in (*statement.source, *statement.cue, *statement.content))
