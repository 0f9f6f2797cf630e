"""What each party holds on an issue from when to when, and who says so in which outlets."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import permutations

import pytest
from lxml import html as markup
from rich.console import Console

from onrecord.errors import EvidenceError
from onrecord.faces.brief import Around, make_brief
from onrecord.faces.page import render_page
from onrecord.faces.rows import IssueRow, make_rows
from onrecord.faces.tables import make_table
from onrecord.linking import link
from onrecord.model import (
    Actor,
    Corpus,
    Entry,
    Evidence,
    Group,
    Issue,
    Linked,
    Position,
    Record,
    RecordText,
    Report,
    ReportSpans,
    Stand,
    Standing,
    When,
)
from onrecord.pipeline import Exchange
from onrecord.record import build_record, find_standings
from onrecord.record.differences import find_differences
from tests.corpora import corpus
from tests.records import make_entry
from tests.test_linking import _two_demands

ACTORS = {
    "norland": ("state", "Norland"),
    "sudmark": ("state", "Sudmark"),
    "varland": ("state", "Varland"),
    "berg": ("person", "Anna Berg"),
    "ek": ("person", "Jon Ek"),
    "lind": ("person", "Mia Lind"),
}
STANCES = {
    "accepted": "accepts",
    "rejected": "rejects",
    "partial": "partly accepts",
    "deferred": "defers",
    "unanswered": "no answer found",
    "unclear": "unclear",
}
OUTLETS = ("Harbour Post", "Tidende", "Southern Mirror")


def told(text: str, words: str, speaker: str | None = None, who: str = "") -> Report:
    """A report in the text of this id, by an actor, by words that name nobody, or by the outlet itself."""
    voice = "source" if speaker or who else "outlet"
    named = (Evidence(text, 0, len(who), who),) if who else ()
    spans = ReportSpans((Evidence(text, 0, len(words), words),), (), named)
    return Report(text, voice, (), "paraphrase" if voice == "source" else None, speaker, spans, 0.9)  # type: ignore[arg-type]


def answer(status: str, when: str | None, *reports: Report, key: str = "", by: str = "sudmark") -> Entry:
    """An answer to the demand ``d``, on this day or of no date, told by Harbour Post unless reports are given."""
    key = key or f"{status}-{when}"
    day = When.of(when, None, "printed") if when else None
    given = reports or (told("t0", f"Sudmark: {key}"),)
    return make_entry(key, "answer", given, by=(by,), when=day, status=status, answers="d", issue="i", content=key)


def hold(*answers: Entry, asked: tuple[str, ...] = ("sudmark",)) -> Record:
    """The record of Norland's demand and these answers, with the positions that follow from them."""
    demand = make_entry(
        "d",
        "demand",
        (told("t0", "Norland demands the boats be moved", "berg"),),
        by=("norland",),
        to=asked,
        when=When.of("2031-04-01", None, "printed"),
        issue="i",
        content="The boats are to be moved.",
    )
    entries = (demand, *answers)
    held: dict[tuple[str, str], list[str]] = {}
    for entry in answers:
        held.setdefault((entry.by[0], STANCES[entry.status or ""]), []).append(entry.id)
    silent = [party for party in asked if party not in {party for party, _ in held}]
    bodies = {f"t{n}": "" for n in range(len(OUTLETS))}
    for report in (report for entry in entries for report in entry.reports):
        bodies[report.text] = max(bodies[report.text], report.spans.content[0].exact, key=len)
    return Record(
        texts=tuple(
            RecordText(key, f"{key}.txt", OUTLETS[n], None, None, None, body or "Nothing.", ())
            for n, (key, body) in enumerate(bodies.items())
        ),
        actors=tuple(Actor(key, kind, name, (), None, None, (), ()) for key, (kind, name) in ACTORS.items()),  # type: ignore[arg-type]
        entries=entries,
        issues=(Issue("i", "Boats out of the strait", ("d",)),),
        positions=(
            Position("norland", "i", "demands", demand.when, ("d",)),
            *(Position(party, "i", stance, None, tuple(of)) for (party, stance), of in held.items()),  # type: ignore[arg-type]
            *(Position(party, "i", "no answer found", None, ("d",)) for party in silent),
        ),
        timeline=tuple(entry.id for entry in entries),
    )


def standing(record: Record, actor: str = "sudmark") -> Standing:
    (found,) = (it for it in find_standings(record) if it.actor == actor)
    return found


def course(record: Record, actor: str = "sudmark") -> list[tuple[str | None, list[str]]]:
    """Turn and stances of each stretch; what has no place among them last, under "apart"."""
    found = standing(record, actor)
    stretches = [(stretch.turn, [stand.stance for stand in stretch.stands]) for stretch in found.stretches]
    return [*stretches, *([("apart", [stand.stance for stand in found.apart])] if found.apart else [])]  # type: ignore[list-item]


def show(record: Record, *, brief: bool = False) -> str:
    shown = make_brief(record, Around("x/"), 80) if brief else make_table("demands", make_rows("demands", record), 80)
    console = Console(file=io.StringIO(), width=80, markup=False, emoji=False, highlight=False)
    console.print(shown)
    assert isinstance(console.file, io.StringIO)
    return " ".join(console.file.getvalue().split())


CHANGED = (
    answer("rejected", "2031-04-20", told("t0", "Sudmark will not move its boats", "ek")),
    answer("partial", "2031-05-04", told("t1", "Half of the boats may go", "lind"), told("t2", "Half of the boats go")),
)


def test_a_later_other_answer_is_a_change_with_both_sources() -> None:
    """ "No" on 20 April and "in part" on 4 May: both stand, in this order, each with its day, speaker and outlet."""
    found = standing(hold(*CHANGED))
    assert course(hold(*CHANGED)) == [(None, ["rejects"]), ("change", ["partly accepts"])]
    before, after = (stretch.stands[0] for stretch in found.stretches)
    assert [(s.first.edtf, [(t.voice, t.speaker, t.texts) for t in s.tellers]) for s in (before, after) if s.first] == [
        ("2031-04-20", [("source", "ek", ("t0",))]),
        ("2031-05-04", [("source", "lind", ("t1",)), ("outlet", None, ("t2",))]),
    ]


@pytest.mark.parametrize("early", ["deferred", "unanswered", "unclear"])
def test_an_answer_after_none_is_a_step(early: str) -> None:
    """Put off or unanswered in April, rejected in May: that contradicts nothing."""
    record = hold(answer(early, "2031-04"), answer("rejected", "2031-05-04"))
    assert course(record)[1] == ("step", ["rejects"])


def test_an_answer_taken_back_is_a_change() -> None:
    """Accepted first and put off later is a changed position; that somebody then sees no answer is only told later."""
    assert course(hold(answer("accepted", "2031-04-20"), answer("deferred", "2031-05-04")))[1][0] == "change"
    assert course(hold(answer("accepted", "2031-04-20"), answer("unanswered", "2031-05-04")))[1][0] == "later"


def test_a_position_that_comes_back_is_three_stretches() -> None:
    """Rejected, accepted, rejected again: no stance is folded into the earlier one."""
    back = (answer("rejected", "2031-04-20"), answer("accepted", "2031-05-04"), answer("rejected", "2031-05-09"))
    assert [stances for _, stances in course(hold(*back))] == [["rejects"], ["accepts"], ["rejects"]]


@pytest.mark.parametrize("other", [None, "2031-04", "2031-04-20", "../2031-04-25", "2031-04-18/.."])
def test_dates_that_overlap_or_are_missing_give_no_order(other: str | None) -> None:
    """Two stances whose days may be the same stand side by side."""
    record = hold(answer("rejected", "2031-04-20"), answer("partial", other))
    assert course(record) == [(None, ["rejects", "partly accepts"])]
    assert show(record).count("order not known") == 1


def test_bounds_give_an_order_where_they_leave_no_doubt() -> None:
    """Known only to be before 25 April comes before 4 May, and from 4 May on comes after it."""
    record = hold(answer("rejected", "../2031-04-25"), answer("partial", "2031-05-04/.."))
    assert course(record) == [(None, ["rejects"]), ("change", ["partly accepts"])]


@pytest.mark.parametrize("when", [None, "2031", "2031-04-20/2031-05-04"])
def test_an_undated_answer_does_not_hide_a_change(when: str | None) -> None:
    """What may lie before and after the change is kept apart from it, and is said to have no known order."""
    record = hold(*CHANGED, answer("rejected", when, key="some day"))
    assert course(record) == [(None, ["rejects"]), ("change", ["partly accepts"]), ("apart", ["rejects"])]
    assert [stand.entries for stand in standing(record).apart] == [("some day",)]


def test_the_same_answer_told_again_is_one_stand_with_its_first_and_last_day() -> None:
    """A refusal repeated a week later is held from the first day to the last."""
    (stretch,) = standing(hold(answer("rejected", "2031-04-27"), answer("rejected", "2031-04-20"))).stretches
    (stand,) = stretch.stands
    assert stand.first and stand.last and (stand.first.edtf, stand.last.edtf) == ("2031-04-20", "2031-04-27")


def test_the_order_of_entries_does_not_matter() -> None:
    """The same record from answers in any order has the same courses."""
    answers = (*CHANGED, answer("deferred", "2031-04-10"), answer("unclear", None))
    timeline = hold(*answers).timeline
    found = {
        str([(s.stretches, s.apart) for s in find_standings(replace(hold(*order), timeline=timeline))])
        for order in permutations(answers)
    }
    assert len(found) == 1


def test_a_refusal_and_a_claim_of_silence_under_one_position_are_two() -> None:
    """A position may rest on both; its parts are not flattened into one word."""
    record = hold(answer("rejected", None), answer("unanswered", None))
    one = Position("sudmark", "i", "rejects", None, ("rejected-None", "unanswered-None"))
    record = replace(record, positions=(record.positions[0], one))
    assert course(record) == [(None, ["rejects", "unanswered"])]


def test_who_asks_and_answers_has_two_standings() -> None:
    """A party's demand is no position that its own answer on the same issue would change."""
    record = hold(answer("accepted", "2031-05-04", by="norland"))
    assert [(s.actor, [it.stance for st in s.stretches for it in st.stands]) for s in find_standings(record)] == [
        ("norland", ["demands"]),
        ("norland", ["accepts"]),
        ("sudmark", ["no answer found"]),
    ]


def test_silence_has_no_day_and_no_teller() -> None:
    """No answer found is the record's own word: it has not the day of the demand, and nobody says it."""
    (stretch,) = standing(hold()).stretches
    assert [(s.stance, s.first, s.last, s.tellers) for s in stretch.stands] == [("no answer found", None, None, ())]


def test_unanswered_reads_as_the_claim_of_who_says_it() -> None:
    """Berg says that Sudmark has not answered; of Varland the record itself found no answer in what it read."""
    record = hold(answer("unanswered", None, told("t1", "no reply has come", "berg")), asked=("sudmark", "varland"))
    text = show(record)
    assert "Sudmark unanswered unanswered-None says Anna Berg in Tidende" in text
    assert "Varland no answer found in these 3 articles" in text
    assert "Sudmark unanswered says Anna Berg in Tidende" in show(record, brief=True)


def test_the_terminal_marks_where_a_position_changed() -> None:
    """Old and new stance stand one under the other with an arrow, each with day, speakers and outlets."""
    for text in (show(hold(*CHANGED)), show(hold(*CHANGED), brief=True)):
        for words in (
            "2031-04-20 · Jon Ek in Harbour Post → partly accepts",
            "2031-05-04 · Mia Lind in Tidende; Southern Mirror (own words)",
        ):
            assert words in text
    assert "then rejects" in show(hold(answer("deferred", "2031-04-10"), CHANGED[0]))


def test_a_brief_of_many_stances_says_how_many_it_leaves_out() -> None:
    """The brief is short; what it does not show is counted."""
    days = [answer(("rejected", "partial")[n % 2], f"2031-04-{n + 10}") for n in range(7)]
    assert "and 2 more stances" in show(hold(*days), brief=True)


def test_a_source_without_a_name_keeps_the_words_of_the_article() -> None:
    """ "two envoys" are nobody that the record knows; an outlet's own words are no source's."""
    record = hold(
        answer("rejected", None, told("t0", "two envoys say no", who="two envoys"), told("t1", "Sudmark: no"))
    )
    (issue,) = make_rows("demands", record)
    assert isinstance(issue, IssueRow)
    assert [(t.speaker, t.sources) for stand in issue.standings[1:] for t in stand.tellers] == [
        ("“two envoys”", ("Harbour Post",)),
        (None, ("Tidende",)),
    ]


def test_the_page_marks_a_change_and_names_who_says_so() -> None:
    """Each party has its line under the issue, with an arrow at the change, for eyes and for ears."""
    page = markup.document_fromstring(dict(render_page(hold(*CHANGED, asked=("sudmark", "varland"))))["record.html"])
    lines = {words(row.xpath("./dt")[0]): row for row in page.xpath("//dl[@class='courses']/div")}
    assert list(lines) == ["Norland", "Sudmark", "Varland"]
    before, after = (words(item) for item in lines["Sudmark"].xpath(".//li"))
    assert before == "rejected 20 April 2031 Jon Ek in Harbour Post"
    assert after == "→ changed to partly accepted 4 May 2031 Mia Lind in Tidende; Southern Mirror (own words)"
    assert words(lines["Varland"].xpath(".//li")[0]) == "no answer found in these 3 articles"
    assert "→ changed to partly accepted" in words(page.xpath("//table[contains(@class, 'matrix')]")[0])


def words(element: markup.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_linked_articles_have_their_standings() -> None:
    """From articles to courses: one outlet tells a refusal, another silence, neither of a day."""
    record = build_record(link(corpus(*_two_demands())))
    named = {actor.id: actor.name for actor in record.actors}
    found = [
        (named[it.actor], [{stand.stance for stand in stretch.stands} for stretch in it.stretches])
        for it in find_standings(record)
    ]
    assert found == [("Norland", [{"demands"}]), ("Sudmark", [{"rejects", "unanswered"}])]
    assert find_standings(record) == Exchange(record).standings


@pytest.mark.parametrize(
    ("silence", "refusal", "differ"),
    [
        ("2031-03-14", "2031-03-16", False),
        ("2031-03-14", "2031-03-14", True),
        ("2031-03-17", "2031-03-16", True),
        (None, None, True),
    ],
)
def test_an_answer_that_came_later_is_no_difference(silence: str | None, refusal: str | None, differ: bool) -> None:
    """Unanswered on 14 March and rejected on 16 March are both true; unanswered on the 17th is not, then."""
    one, two = told("t0", "no reply"), told("t1", "the reply is no")
    record = hold(answer("unanswered", silence, one), answer("rejected", refusal, two))
    linked = Linked(Corpus((), {}, {}), groups=_groups(record))
    assert bool(find_differences(linked, record.entries, record.texts)) == differ


def _groups(record: Record) -> tuple[Group, ...]:
    return tuple(Group(entry.id, entry.kind, (), "test") for entry in record.entries)


def test_a_stand_without_an_entry_cannot_be_made() -> None:
    """What rests on nothing is not held."""
    with pytest.raises(EvidenceError, match="rests on no entry"):
        Stand("rejects", None, None, ())
