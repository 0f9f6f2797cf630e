"""Acts: every rule of the lexicon by its own sentence, marked sentences, laws of spans, hostile text."""

from __future__ import annotations

import re
import time

import pytest

from onrecord.lexicon.tables import read_list, read_table
from onrecord.model import Act, Layer, Name, Role, Statement, Text, Timex
from onrecord.model.annotation import NameKind
from onrecord.model.record import STATUSES
from onrecord.reading.acts import Acts
from onrecord.reading.acts.patterns import read_pattern
from onrecord.reading.acts.stage import find_acts
from onrecord.reading.page import Page
from onrecord.reading.passage import find_passages
from tests.marked import Case, read_cases

NAMES: dict[str, NameKind] = {
    "Norland": "state",
    "Norlandic": "state",
    "Sudmark": "state",
    "Sudmarkian": "state",
    "Varland": "state",
    "Anna Berg": "person",
    "Berg": "person",
    "Jon Ek": "person",
    "Ek": "person",
    "League": "organisation",
    "Harbour Council": "organisation",
    "West": "group",
    "Seven Ports Format": "organisation",
    "Vessel": "place",
    "Old Mint": "place",
}
ADJECTIVES = {"Norlandic", "Sudmarkian"}
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH = r"(?:January|March|May|June|July|December)"
TIMES = re.compile(rf"(?:{WEEKDAY}, )?\d{{1,2}} {MONTH}|{WEEKDAY}|{MONTH}|next week|last week|(?<=in )\d{{4}}")
HOURS = re.compile(r"two hours")


def page_of(body: str) -> Page:
    """A page with names and times as hand-made layers, so that only the acts are under test."""
    text = Text.of(body)
    names: list[Name] = []
    for name in sorted(NAMES, key=len, reverse=True):
        for found in re.finditer(rf"\b{name}\b", body):
            span = text.span(*found.span())
            if not any(other.span.overlaps(span) for other in names):
                adjective, kind = name in ADJECTIVES, NAMES[name]
                names.append(Name(text=text.id, span=span, kind=kind, name=name, adjective=adjective))
    times = [Timex(text=text.id, span=text.span(*m.span()), type="DATE", value="X") for m in TIMES.finditer(body)]
    times += [
        Timex(text=text.id, span=text.span(*m.span()), type="DURATION", value="PT2H") for m in HOURS.finditer(body)
    ]
    layers = {"names": Layer(text.id, "names", "", tuple(names)), "times": Layer(text.id, "times", "", tuple(times))}
    return Page(text, layers)


def acts_of(body: str, kind: str | None = None) -> list[Act]:
    """What the rules alone find: each case is the sentence of a rule."""
    found = {act.id: act for passage in find_passages(page_of(body)) for act in find_acts(passage)}.values()
    acts = sorted(found, key=lambda act: (act.span.start, act.span.end, act.id))
    return [act for act in acts if kind in (None, act.kind)]


def all_acts_of(body: str, kind: str | None = None) -> list[Act]:
    """What the stage says, by both witnesses."""
    found = Acts().read(page_of(body)).annotations
    return [act for act in found if isinstance(act, Act) and kind in (None, act.kind)]


@pytest.mark.parametrize("row", read_table("act_predicates"), ids=lambda row: row["id"])
def test_every_predicate_finds_the_act_in_its_own_sentence(row):
    rules = [act.rule for act in acts_of(row["sentence"], row["kind"])]
    assert row["id"] in rules, f"{row['sentence']!r} gave {rules}"


@pytest.mark.parametrize("row", read_table("act_stops"), ids=lambda row: row["id"])
def test_every_stop_rule_keeps_its_own_sentence_free_of_the_acts_it_stops(row):
    for kind in read_list(row["kinds"]):
        assert not [act for act in all_acts_of(row["sentence"], kind) if not act.negated]


def marked(case: Case) -> list[dict[str, object]]:
    """The acts drawn in a case, in order: content, value, by, to and the facts marked for each."""
    drawn: dict[str, dict[str, object]] = {}
    for mark in case.marks:
        label = re.fullmatch(r"([a-z]+)(\d*)", mark.label)
        assert label
        act = drawn.setdefault(label[2] or "1", {"by": [], "to": []})
        words = case.text[mark.start : mark.end]
        if label[1] in ("by", "to"):
            act[label[1]] = [*act[label[1]], words]  # type: ignore[misc]
        else:
            act[label[1]] = words if mark.value is None and label[1] != "act" else mark.value
            if label[1] == "act":
                act["content"] = words
    return list(drawn.values())


def told(act: Act) -> dict[str, object]:
    """An act as a case draws it."""
    value = {"demand": act.polarity, "document": act.status or "named", "commitment": act.name, "action": act.plover}
    said = ("no " if act.negated else "") + (value.get(act.kind, act.status) or "")
    facts = {
        "act": said + ("?" if act.confidence < 0.75 else "") or None,
        "content": act.content[0].exact,
        "by": [span.exact for span in act.by],
        "to": [span.exact for span in act.to],
        "place": act.place and act.place.exact,
        "forum": act.forum and act.forum.exact,
        "time": act.time and act.time.exact if act.kind != "commitment" else None,
        "year": act.year and str(act.year),
        "pages": act.pages and str(act.pages),
        "form": act.form,
        "duration": act.duration,
    }
    return {key: fact for key, fact in facts.items() if fact is not None or key == "act"}


KINDS = ("demand", "answer", "meeting", "document", "commitment", "action")
CASES = [pytest.param(kind, case, id=f"{kind}: {case.says}") for kind in KINDS for case in read_cases(f"acts_{kind}s")]


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_the_acts_drawn_in_a_sentence_are_found_and_no_others(kind, case):
    found = sorted((told(act) for act in acts_of(case.text, kind)), key=str)
    assert found == sorted(marked(case), key=str), case.says


def test_spans_of_acts_hold_the_words_they_stand_for_and_statuses_are_those_of_the_record():
    for kind, case in ((param.values[0], param.values[1]) for param in CASES):
        text = Text.of(case.text)
        for act in acts_of(case.text):
            spans = [act.span, act.cue, *act.content, *act.by, *act.to, act.place, act.forum, act.time]
            assert all(text.holds(span) for span in spans if span is not None), (kind, case.text)
            assert act.status is None or act.status in STATUSES.get(act.kind, ())
            assert act.rule
            assert 0 < act.confidence <= 1


def test_an_act_ends_where_the_words_of_its_source_end():
    body = "“We reject the demand for a fishing limit” and nothing more was said by Berg."
    page = page_of(body)
    inner = page.text.span(1, 41)
    said = Statement(text=page.text.id, span=page.text.span(0, 42), content=(inner,))
    layers = {**page.layers, "statements": Layer(page.text.id, "statements", "", (said,))}
    acts = [act for act in Acts().read(Page(page.text, layers)).annotations if isinstance(act, Act)]
    assert acts
    assert all(inner.covers(act.span) for act in acts if act.span.overlaps(inner))


def test_noise_holds_no_act():
    body = "Norland rejected the demand.\n\nSudmark rejected the demand."
    page = page_of(body)
    noise = Role(text=page.text.id, span=page.text.span(30, len(body)), role="related", why="test")
    layers = {**page.layers, "roles": Layer(page.text.id, "roles", "", (noise,))}
    acts = Acts().read(Page(page.text, layers)).annotations
    assert "Norland rejected the demand" in [act.span.exact for act in acts]
    assert all(act.span.end < 30 for act in acts)


def test_a_sentence_without_end_is_named_as_unread_and_costs_little():
    body = "Norland demanded that Sudmark and " * 10_000
    begin = time.process_time()
    reading = Acts().read(Page(Text.of(body)))
    assert time.process_time() - begin < 10
    assert not reading.annotations
    assert "clauses cannot be told apart" in reading.unread[0][1]


@pytest.mark.parametrize(
    "piece", ["demanded ", "“", "to reject ", "which met, ", "the talks of ", "(", "no answer and ", "a letter, "]
)
def test_a_long_sentence_of_one_piece_costs_little(piece):
    page = page_of(piece * (390 // max(1, len(piece.split()))) + ".")
    begin = time.process_time()
    Acts().read(page)
    assert time.process_time() - begin < 5


def test_a_text_without_parties_gives_a_demand_without_parties():
    (act,) = acts_of("The demand that the base be closed was heard.")
    assert act.by == ()
    assert act.to == ()
    assert act.confidence < 0.9


def test_the_same_page_gives_the_same_acts():
    body = "Norland demanded that Sudmark withdraw. Sudmark rejected the demand."
    assert Acts().read(page_of(body)) == Acts().read(page_of(body))


def test_a_pattern_must_begin_with_something_that_anchors_it():
    from onrecord.errors import PluginError

    for written in ("?not ~reject", "..3 reply", ""):
        with pytest.raises(PluginError, match="must begin"):
            read_pattern(written)


def test_two_demands_in_one_that_end_alike_keep_their_words() -> None:
    """The last "to" may hang on either verb of asking: each has it, and no words run backwards."""
    body = "He asked Norland to call on Sudmark to free the crew, and to meet Berg."
    asked = {
        (act.cue.exact, act.content[0].exact)
        for passage in find_passages(page_of(body))
        for act in find_acts(passage)
        if act.kind == "demand"
    }
    assert {("asked", "to meet Berg"), ("call on", "to call on Sudmark to free the crew")} <= asked
