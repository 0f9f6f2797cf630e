"""Statements as the rules read them: who says what, in which words. Names are set by hand; the encoder stays out.

What the encoder reads is laid on frames in tests/test_heard.py, and scored by benchmarks/statements.py.
"""

from __future__ import annotations

import re
import time

import pytest

import onrecord
from onrecord.model import Annotation, Layer, Name, Office, Reference, Role, Span, Statement, Text
from onrecord.model.annotation import NameKind
from onrecord.reading.page import Page
from onrecord.reading.references import References
from onrecord.reading.statements import Statements
from tests.marked import Case, read_cases

# Surface, kind and name of everybody in the cases; a longer surface comes before a shorter one.
CAST: tuple[tuple[str, NameKind, str], ...] = (
    ("Anna Berg", "person", "Anna Berg"),
    ("Berg", "person", "Anna Berg"),
    ("Jon Ek", "person", "Jon Ek"),
    ("Ek", "person", "Jon Ek"),
    ("Karl Holm", "person", "Karl Holm"),
    ("Holm", "person", "Karl Holm"),
    ("Norland Foreign Ministry", "body", "Ministry of Foreign Affairs of Norland"),
    ("Foreign Ministry", "body", "Ministry of Foreign Affairs of Norland"),
    ("Norland", "state", "Norland"),
    ("Sudmark", "state", "Sudmark"),
    ("Northern Alliance", "organisation", "Northern Alliance"),
    ("RNN", "organisation", "RNN"),
    ("Vald", "place", "Vald"),
)
_TITLE = re.compile(r"(?:(Norland|Sudmark) )?(Foreign Minister|President)(?: of (Norland) –)? $")


def page_of(body: str, *roles: Annotation) -> Page:
    """The page of a text with the cast's names and the references read from them."""
    text = Text.of(body)
    names = [
        Name(text=text.id, span=text.span(m.start(), m.end()), kind=kind, name=name) for m, kind, name in _found(body)
    ]
    offices = [office for name in names if name.kind == "person" and (office := _office(text, name))]
    layers = {
        "roles": Layer(text.id, "roles", "", roles),
        "names": Layer(text.id, "names", "", (*names, *offices)),
    }
    references = References().read(Page(text, layers)).annotations
    return Page(text, {**layers, "references": Layer(text.id, "references", "", references)})


def _found(body: str) -> list[tuple[re.Match[str], NameKind, str]]:
    rows = {surface: (kind, name) for surface, kind, name in CAST}
    return [(m, *rows[m.group()]) for m in re.finditer(rf"\b(?:{'|'.join(rows)})\b", body)]


def _office(text: Text, name: Name) -> Office | None:
    title = _TITLE.search(text.body, max(0, name.span.start - 60), name.span.start)
    if not title:
        return None
    of = next((text.span(title.start(i), title.end(i)) for i in (1, 3) if title.group(i)), None)
    span = text.span(title.start(), name.span.end)
    return Office(text=text.id, span=span, title=title.group(2), of=of, holder=name.span)


def read_statements(body: str) -> list[Statement]:
    """The statements of a text as all stages together read it."""
    found = [a for layer in onrecord.read(body) for a in layer.annotations]
    return [a for a in found if isinstance(a, Statement)]


def statements_of(page: Page) -> list[Statement]:
    """What the stage finds with the rules alone, every annotation a statement."""
    return [s for s in Statements(("rules",)).read(page).annotations if isinstance(s, Statement)]


def _spans(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s in spans]


def _numbers(case: Case) -> list[str]:
    return sorted({m.label.removeprefix("content") for m in case.marks if m.label.startswith("content")})


STATEMENTS = read_cases("statements")


@pytest.mark.parametrize("case", STATEMENTS, ids=lambda case: case.says)
def test_contents_are_those_marked_and_no_others(case: Case) -> None:
    found = sorted(_spans(s.content) for s in statements_of(page_of(case.text)))
    assert found == sorted(case.spans(f"content{n}") for n in _numbers(case))


@pytest.mark.parametrize("case", STATEMENTS, ids=lambda case: case.says)
def test_each_content_has_the_marked_cue_source_speaker_and_manner(case: Case) -> None:
    page = page_of(case.text)
    names = {n.span: n.name for n in page.all(Name)}
    by_content = {tuple(_spans(s.content)): s for s in statements_of(page)}
    for number in _numbers(case):
        statement = by_content[tuple(case.spans(f"content{number}"))]
        assert statement.manner == case.values(f"content{number}")[0]
        if cue := case.spans(f"cue{number}"):
            assert _spans(statement.cue) == cue
        if source := case.spans(f"speaker{number}"):
            assert _spans(statement.source) == source
            assert statement.speaker is not None
            assert names[statement.speaker] == case.values(f"speaker{number}")[0]


@pytest.mark.parametrize("case", [c for c in STATEMENTS if c.spans("inner.content")], ids=lambda case: case.says)
def test_nested_speech_stands_under_the_outer_statement(case: Case) -> None:
    (outer,) = statements_of(page_of(case.text))
    (inner,) = outer.inner
    assert _spans(inner.content) == case.spans("inner.content")
    assert _spans(inner.cue) == case.spans("inner.cue")
    assert _spans(inner.source) == case.spans("inner.source")


@pytest.mark.parametrize("case", read_cases("speakers"), ids=lambda case: case.says)
def test_sources_stand_for_the_marked_names(case: Case) -> None:
    page = page_of(case.text)
    names = {n.span: n.name for n in page.all(Name)}
    by_source = {_spans(s.source)[0]: s for s in statements_of(page) if s.source}
    for mark in case.marks:
        method, _, name = (mark.value or "").partition(":")
        statement = by_source[mark.start, mark.end]
        assert (statement.method, names.get(statement.speaker) if statement.speaker else None) == (method, name or None)


def test_quoted_words_are_verbatim_and_lie_in_the_content() -> None:
    (statement,) = statements_of(page_of("Berg said Norland received “unsatisfactory answers” from Sudmark."))
    assert [s.exact for s in statement.verbatim] == ["“unsatisfactory answers”"]
    assert all(v in statement.content for v in statement.verbatim)


def test_a_headline_in_marks_is_never_verbatim() -> None:
    body = "Berg: “Norland’s Demand Left Unanswered”\nTalks were held in Vald."
    text = Text.of(body)
    role = Role(text=text.id, span=text.span(0, body.index("\n")), role="headline", why="first line")
    (statement,) = statements_of(page_of(body, role))
    assert (statement.manner, statement.verbatim) == ("paraphrase", ())


def test_no_statement_touches_noise() -> None:
    body = "“We will wait,” Berg said.\nBerg said that you should subscribe to our newsletter."
    text = Text.of(body)
    role = Role(text=text.id, span=text.span(body.index("\n") + 1, len(body)), role="call_to_action", why="subscribe")
    (statement,) = statements_of(page_of(body, role))
    assert statement.span.end <= role.span.start


def test_hedge_medium_listener_and_class_are_told() -> None:
    (hedged,) = statements_of(page_of("Berg reportedly told four radio stations that Norland would wait."))
    assert (hedged.hedge, hedged.medium, hedged.cue_class) == ("reportedly", "radio", "say")
    assert hedged.addressee is not None and hedged.addressee.exact == "four radio stations"
    (denied,) = statements_of(page_of("Berg denied that Norland had lied."))
    assert denied.cue_class == "deny"


def test_a_reference_stands_for_the_only_fitting_name() -> None:
    page = page_of("Anna Berg met Karl Holm. She left.")
    assert [(r.span.exact, r.antecedent.exact) for r in page.all(Reference)] == [("She", "Anna Berg")]


def test_an_it_that_does_not_speak_stands_for_no_name() -> None:
    assert page_of("Norland waits. It will take time, and it rains in Vald.").all(Reference) == ()


@pytest.mark.parametrize(
    "hostile",
    [
        "“a,” Ek said. " * 3_000,
        "Ek said that " * 8_000,
        "said, " * 20_000,
        "“" * 10_000,
        "Ek, " * 10_000,
        "word " * 50_000,
    ],
)
def test_hostile_paragraphs_stay_quick(hostile: str) -> None:
    start = time.perf_counter()
    statements_of(page_of(hostile))
    assert time.perf_counter() - start < 10


def test_a_sentence_too_long_to_judge_is_named_as_unread() -> None:
    reading = Statements(("rules",)).read(page_of("Ek said that " * 200))
    assert reading.annotations == ()
    ((span, reason),) = reading.unread
    assert span.start == 0 and "600 words" in reason


def test_words_quoted_in_what_is_told_of_another_are_not_surely_the_speakers() -> None:
    """ "Berg said Mr Ek spoke of freeing “some of the men”": whose words they are is open, and so below the bar."""
    [open_whose] = statements_of(page_of("Anna Berg said that Jon Ek spoke of freeing “some of the younger men”."))
    assert open_whose.manner == "mixed" and open_whose.confidence < 0.75
    [plain] = statements_of(page_of("Anna Berg said that the reply was “some kind of a joke”."))
    assert plain.manner == "mixed" and plain.confidence >= 0.75


def test_a_pronoun_does_not_pass_over_somebody_who_was_not_recognised() -> None:
    """ "she" after "the skipper's wife Rosa" is not the woman named before, whatever else of Rosa is not known."""
    page = page_of("Anna Berg called it incomplete. The skipper's wife Rosa counted the men. “Twice,” she said.")
    assert [(s.source[0].exact, s.speaker) for s in statements_of(page) if s.manner == "verbatim"] == [("she", None)]
    page = page_of("Anna Berg called the European security plan incomplete. “Twice,” she said.")
    [said] = [s for s in statements_of(page) if s.manner == "verbatim"]
    assert said.speaker is not None and said.speaker.exact == "Anna Berg"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Norland's foreign minister, Anna Berg, said the talks had failed.", "Anna Berg"),
        ("The head of the delegation, Anna Berg, said the talks had failed.", "Anna Berg"),
        ("Speaking in Kelvar, the ambassador, Jon Ek, said the reply was late.", "Jon Ek"),
        ("Jon Ek, who met the minister, Anna Berg, said the talks had failed.", "Jon Ek"),
        ("Jon Ek, a friend of the minister, Anna Berg, said the talks had failed.", "Jon Ek"),
        ("The spokesman of President Anna Berg said the talks had failed.", None),
        ("An aide to Foreign Minister Anna Berg said the talks had failed.", None),
        ("The press secretary of the President Anna Berg said the talks had failed.", None),
    ],
)
def test_in_a_phrase_of_several_only_its_head_speaks(sentence: str, speaker: str | None) -> None:
    """The one named in apposition speaks; the one whose aide, spokesman or friend is told of does not."""
    [said] = [statement for statement in read_statements(f"Norland waits. {sentence}") if statement.cue]
    assert (said.speaker.exact if said.speaker else None) == speaker


def test_what_may_be_said_is_not_said() -> None:
    """ "If Berg says the talks are over" makes no statement."""
    assert read_statements("Norland waits. If Anna Berg says the talks are over, they are over.") == []
