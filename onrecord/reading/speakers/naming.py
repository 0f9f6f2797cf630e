"""Naming: who says each statement of a page, weighed over the whole text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.model import Span, Statement
from onrecord.reading.page import Page
from onrecord.reading.speakers.features import OWN_NAME, Question, kind_of, phrase_of, weigh
from onrecord.reading.speakers.parties import Scene
from onrecord.reading.speakers.ranking import ITSELF, choose, rank, read_weights
from onrecord.reading.speakers.sources import UNKNOWN, Speaker

_NEW = frozenset(("a", "an", "one", "another", "some"))


def name_speakers(page: Page, statements: Sequence[Statement]) -> list[Statement]:
    """The statements, in the order of the text, with their speakers.

    The rules' answers, by which the statements come, are one witness; the other is what the text tells of everybody
    who may be meant. What they leave open stays open.
    """
    return _Naming(page).outermost(statements)


@dataclass(frozen=True, slots=True)
class _Said:
    """A speaker with the party that it is."""

    speaker: Speaker
    party: int | None


class _Naming:
    """One page, statement by statement."""

    def __init__(self, page: Page) -> None:
        self._page = page
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
                said = _Said(Speaker(earlier.speaker, "continued") if earlier else UNKNOWN, None)
            else:
                said = self._ask(statement, None)
            named.append(self._with(statement, said))
        return named

    def _with(self, statement: Statement, said: _Said) -> Statement:
        inner = tuple(self._with(one, self._ask(one, said)) for one in sorted(statement.inner, key=_begins))
        method = said.speaker.method if said.speaker.name is not None else "none"
        return replace(statement, speaker=said.speaker.name, method=method, inner=inner)

    def _ask(self, statement: Statement, outer: _Said | None) -> _Said:
        """Who says a statement that has a source, and that the scene knows from now on."""
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
        chosen = choose(rank(case, self._weights), case, question.ruled, rule.method, quoted=quoted)
        if chosen == question.ruled:
            return _Said(rule, question.ruled)
        if chosen == ITSELF and question.kind in OWN_NAME:
            start = question.source.start + max(0, question.source.exact.find(question.words))
            words = self._page.text.span(start, start + len(question.words))
            return _Said(Speaker(words, "as printed"), self._scene.add_unnamed(question.words))
        if isinstance(chosen, int) and self._may_be_unnamed(chosen, question):
            return _Said(UNKNOWN, None)
        if isinstance(chosen, int) and (told := self._scene.parties[chosen].named_at(question.source.end)):
            named = self._page.text.span(told.start, told.end)
            return _Said(Speaker(named, _method(question, named)), chosen)
        return _Said(UNKNOWN, None)

    def _may_be_unnamed(self, party: int, question: Question) -> bool:
        """Whether the words bring in somebody new ("an official"), or "he" may be one who came in since the party."""
        if question.kind in OWN_NAME:
            return question.source.exact.split()[0].lower() in _NEW
        last = self._scene.parties[party].before(question.source.start)
        return last is not None and last.start < self._unnamed < question.source.start


def _method(question: Question, named: Span) -> str:
    if question.source.covers(named):
        return "named"
    return "pronoun" if question.kind not in OWN_NAME else "office" if question.kind == "person" else "recent"


def _begins(statement: Statement) -> int:
    return min(span.start for span in (*statement.source, *statement.cue, *statement.content))
