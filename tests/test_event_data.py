"""Event data: which entries become rows of PLOVER and CAMEO, between whom, on which day, and what stays empty."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas
import pytest

from onrecord.faces.events.codes import quad_of, scale_of
from onrecord.faces.events.columns import CAMEO, OWN, PLOVER
from onrecord.faces.events.tables import plain_cell, read_table
from onrecord.faces.exports.excerpts import cut_to_excerpts
from onrecord.lexicon.tables import read_table as read_list
from onrecord.model import OfficeHeld, Record, When
from onrecord.model.record import STATUSES
from tests.records import make_entry, make_record
from tests.told import actor_of, coded, day_of_may, export, hold, rows, tell

TYPES = tuple(row["type"] for row in read_table("quads"))


def test_columns_are_those_of_the_schemes_and_then_ours() -> None:
    """POLECAT has forty columns and ICEWS twenty; ours stand after them."""
    assert (len(PLOVER), len(CAMEO), len(OWN)) == (40, 20, 9)
    for name, columns in (("plover", PLOVER), ("cameo", CAMEO)):
        header = export(name, Record()).decode().removesuffix("\n").split("\t")
        assert header == [*columns, *OWN]
        assert len(set(header)) == len(header)


@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_an_empty_record_is_a_header(name: str) -> None:
    """A record without entries has its columns and no row, and loads."""
    assert export(name, Record()).count(b"\n") == 1
    assert pandas.read_csv(io.BytesIO(export(name, Record())), sep="\t").empty


@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_a_data_frame_holds_what_the_file_says(name: str) -> None:
    """Read as text, every cell of a data frame is the cell of the file."""
    record = make_record()
    frame = pandas.read_csv(io.BytesIO(export(name, record)), sep="\t", dtype=str, keep_default_na=False)
    assert frame.to_dict("records") == rows(name, record)


@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_equal_records_give_equal_bytes(name: str) -> None:
    """The same record is the same file, in whatever order its attributes were put together."""
    record = make_record()
    turned = tuple(replace(e, attributes=dict(reversed(list(e.attributes.items())))) for e in record.entries)
    assert export(name, record) == export(name, replace(record, entries=turned))


def test_excerpts_give_the_same_events() -> None:
    """A record cut to its evidence has the same rows."""
    assert export("plover", cut_to_excerpts(make_record())) == export("plover", make_record())


def test_demands_refusals_and_meetings_are_events_and_the_rest_is_not() -> None:
    """Of the small record the demands, the refusal and the meeting are rows; statement, silence and note are none."""
    found = {row["Entry"]: row["Event Type"] for row in rows("plover", make_record())}
    assert found == {"e2": "REQUEST", "e7": "REQUEST", "e4": "REJECT", "e5": "CONSULT"}
    assert {row["Entry"] for row in rows("cameo", make_record())} == found.keys()


def test_an_entry_of_several_reports_and_copies_is_one_row() -> None:
    """Two outlets, or one and its copy, tell one event; the evidence is the first report's."""
    found = rows("plover", make_record())
    assert [row["Entry"] for row in found] == ["e2", "e5", "e4", "e7"]
    by_entry = {row["Entry"]: row for row in found}
    assert (by_entry["e2"]["Article"], by_entry["e2"]["Independent Sources"]) == ("alpha.txt", "2")
    assert (by_entry["e5"]["Article"], by_entry["e5"]["Source"]) == ("beta.txt", "Beta Times")


def test_the_words_of_a_row_stand_at_its_place() -> None:
    """``Exact`` is what stands in the article from ``Start`` to ``End``."""
    record = make_record()
    bodies = {text.id: text.body for text in record.texts}
    for row in (*rows("plover", record), *rows("cameo", record)):
        assert bodies[row["Text"]][int(row["Start"]) : int(row["End"])] == row["Exact"]


def test_what_is_only_possible_is_no_event() -> None:
    """Below the bar stands what may be and what might happen: neither is a row."""
    might = tell("answer", "Sudmark could reject the demand.", status="rejected", certainty="possible")
    assert coded(might) == []
    assert {row["Certainty"] for row in rows("plover", make_record())} == {"published"}


def test_what_was_to_come_when_it_was_told_is_no_event() -> None:
    """An attack dated after every article that tells it did not happen yet; one of the same day did."""
    later, same = (
        tell("action", "Sudmark attacks.", entry=f"e{day}", attributes={"plover": "ASSAULT"}, when=day_of_may(day))
        for day in (11, 10)
    )
    assert [row["Entry"] for row in rows("plover", hold(later, same))] == ["e10"]


@pytest.mark.parametrize(
    ("kind", "status", "given", "expected"),
    [
        ("demand", None, "REQUEST", ("REQUEST", "100")),
        ("demand", None, None, ("REQUEST", "100")),
        ("answer", "accepted", "AGREE", ("AGREE", "050")),
        ("answer", "accepted", "CONCEDE", ("CONCEDE", "080")),
        ("answer", "accepted", "YIELD", ("CONCEDE", "080")),
        ("answer", "partial", "AGREE", ("AGREE", "050")),
        ("answer", "rejected", "REJECT", ("REJECT", "120")),
        ("answer", "deferred", None, None),
        ("answer", "unanswered", None, None),
        ("answer", "unclear", None, None),
        ("meeting", "held", "CONSULT", ("CONSULT", "040")),
        ("meeting", "planned", "CONSULT", ("AGREE", "036")),
        ("meeting", "proposed", None, None),
        ("meeting", "cancelled", None, None),
        ("meeting", None, None, None),
        ("statement", None, None, None),
        ("document", "sent", None, None),
        ("document", "signed", None, None),
        ("commitment", None, None, None),
        ("action", None, "SANCTION", ("SANCTION", "160")),
        ("action", None, "YIELD", ("CONCEDE", "080")),
        ("action", None, "JUGGLE", None),
        ("action", None, None, None),
    ],
)
def test_each_row_of_the_table_holds(
    kind: str, status: str | None, given: str | None, expected: tuple[str, str] | None
) -> None:
    """Kind and status of an entry, and the type that the record names, decide what event it is."""
    told = tell(kind, "So it was told.", status=status, attributes={"plover": given} if given else {})
    assert [(event, code) for event, _, code in coded(told)] == ([expected] if expected else [])


@pytest.mark.parametrize("event", TYPES)
def test_actions_are_as_the_record_codes_them(event: str) -> None:
    """Each of the sixteen types is kept, has a class, and a code with a place on the scale."""
    ((found, mode, code),) = coded(tell("action", "So it was done.", attributes={"plover": event}))
    assert (found, mode) == (event, "")
    assert -10 <= scale_of(code) <= 10
    assert quad_of(event).split()[0] in ("VERBAL", "MATERIAL")


def test_troops_that_leave_are_a_retreat() -> None:
    """YIELD is RETREAT where troops withdraw, and CONCEDE where something else is given up."""
    for words, event in (("Sudmark withdrew its troops.", "RETREAT"), ("Sudmark withdrew the charge.", "CONCEDE")):
        assert [row[0] for row in coded(tell("action", words, attributes={"plover": "YIELD"}))] == [event]


def test_an_answer_that_accepts_a_part_and_rejects_the_rest_is_two_events() -> None:
    """The rejection is a row where the words say so, and no second time where an entry of its own tells it."""
    words = "Sudmark accepted the inspections in part but rejected the rest."
    told = tell("answer", words, status="partial", by=("sudmark",))
    record = hold(told)
    found = rows("plover", record)
    assert [(row["Event ID"], row["Event Type"]) for row in found] == [("e1.1", "AGREE"), ("e1.2", "REJECT")]
    rest = make_entry("e2", "answer", told.reports, status="rejected", by=("sudmark",))
    both = replace(record, entries=(told, rest), timeline=("e1", "e2"))
    assert [row["Event ID"] for row in rows("plover", both)] == ["e1", "e2"]
    assert [row[0] for row in coded(tell("answer", "Sudmark accepted some of it.", status="partial"))] == ["AGREE"]


def test_each_pair_of_two_parties_on_each_side_is_a_row() -> None:
    """Two that demand something of two are four rows of one entry, numbered."""
    told = tell("demand", "Both asked both.", by=("norland", "varland"), to=("sudmark", "league"))
    for name, source, target in (("plover", "Actor Name", "Recipient Name"), ("cameo", "Source Name", "Target Name")):
        found = rows(name, hold(told))
        assert [(row["Event ID"], row[source], row[target]) for row in found] == [
            ("e1.1", "Norland", "Sudmark"),
            ("e1.2", "Norland", "Harbour League"),
            ("e1.3", "Varland", "Sudmark"),
            ("e1.4", "Varland", "Harbour League"),
        ]
        assert {row["Entry"] for row in found} == {"e1"}


def test_an_event_without_parties_is_a_row_with_empty_names() -> None:
    """A doer that the record does not know stays empty; nobody is put in his place."""
    (row,) = rows("plover", hold(tell("answer", "The demand was rejected.", status="rejected", to=("norland",))))
    assert (row["Event ID"], row["Actor Name"], row["Recipient Name"]) == ("e1", "", "Norland")
    (row,) = rows("cameo", hold(tell("meeting", "The talks took place.", status="held")))
    assert (row["Source Name"], row["Target Name"]) == ("", "")


def test_nobody_does_something_to_himself() -> None:
    """A party that stands on both sides makes no pair with itself."""
    told = tell("demand", "Norland asked.", by=("norland",), to=("norland", "sudmark"))
    assert [row["Recipient Name"] for row in rows("plover", hold(told))] == ["Sudmark"]


def test_those_who_met_are_paired_once_in_polecat_and_each_way_in_icews() -> None:
    """Three that meet are three pairs, and six with their directions."""
    told = tell("meeting", "They met.", status="held", by=("berg", "ek"), to=("envoy",))
    found = [(row["Actor Name"], row["Recipient Name"]) for row in rows("plover", hold(told))]
    assert found == [("Anna Berg", "Jon Ek"), ("Anna Berg", "Mira Solt"), ("Jon Ek", "Mira Solt")]
    each_way = [(row["Source Name"], row["Target Name"]) for row in rows("cameo", hold(told))]
    assert each_way == [*found, *((second, first) for first, second in found)]


@pytest.mark.parametrize(
    ("when", "day"),
    [
        (When.of("2031-05-09", "on 9 May", "completed"), "2031-05-09"),
        (When.of("2031-05", None, "printed"), ""),
        (When.of("2031", None, "printed"), ""),
        (When.of("2031-05-01/2031-05-03", None, "printed"), ""),
        (When.of("../2031-05-09", None, "bound"), ""),
        (When.of("2031-05-09~", "about 9 May", "printed"), ""),
        (When.unresolved("on Friday"), ""),
        (None, ""),
    ],
)
def test_a_date_not_known_to_the_day_is_empty(when: When | None, day: str) -> None:
    """A month, a range, a limit or a guess is no day; the day of publication never stands in for it."""
    record = hold(tell("demand", "Norland asked.", when=when))
    (polecat,), (icews,) = rows("plover", record), rows("cameo", record)
    assert (polecat["Event Date"], icews["Event Date"]) == (day, day)
    assert polecat["Publication Date"] == "2031-05-10"


def test_the_day_a_meeting_is_planned_for_is_not_the_day_it_was_agreedday_of_may() -> None:
    """The event is the agreement, whose day the record does not know."""
    (row,) = rows("plover", hold(tell("meeting", "They will meet.", status="planned", when=day_of_may(24))))
    assert (row["Event Type"], row["Event Mode"], row["Event Date"]) == ("AGREE", "meet", "")


def test_a_publication_date_that_is_not_known_is_empty() -> None:
    """So is the source, where nobody says who published the article."""
    (row, *_) = rows("plover", make_record())
    assert (row["Article"], row["Publication Date"], row["Source"]) == ("alpha.txt", "", "")


def test_sectors_say_only_what_is_known() -> None:
    """States, ministries and their ministers are GOV; parliaments, organisations and others stay open."""
    held = {"berg": "foreign minister", "ek": "former minister", "envoy": "speaker of parliament"}
    office = {id_: OfficeHeld(title, "norland", None, None, ()) for id_, title in held.items()}
    people = tuple(actor_of(id_, offices=(office[id_],)) for id_ in held)
    everyone = ("norland", "ministry", "assembly", "league", "berg", "ek", "envoy")
    found = rows("plover", hold(tell("demand", "All asked.", by=everyone, to=("sudmark",)), actors=people))
    assert [row["Primary Actor Sector"] for row in found] == ["GOV", "GOV", "", "", "GOV", "", ""]
    assert found[4]["Actor Title"] == "foreign minister"


def test_an_office_that_has_ended_says_nothing() -> None:
    """Neither title nor sector nor country come from it."""
    ended = OfficeHeld("foreign minister", "norland", None, "2029", ())
    actors = (actor_of("berg", offices=(ended,)), actor_of("norland", country="NO"))
    (row,) = rows("plover", hold(tell("demand", "Berg asked.", by=("berg",)), actors=actors))
    assert (row["Actor Title"], row["Primary Actor Sector"], row["Actor Country"]) == ("", "", "")


def test_countries_have_three_letters() -> None:
    """The actor's own, else that of the state whose office somebody holds; every state of the lexicon has its code."""
    office = OfficeHeld("foreign minister", "norland", None, None, ())
    actors = (actor_of("berg", offices=(office,)), actor_of("norland", country="NO"))
    (row,) = rows("cameo", hold(tell("demand", "Berg asked.", by=("berg",), to=("norland",)), actors=actors))
    assert (row["Source Country"], row["Target Country"]) == ("NOR", "NOR")
    known = {row["alpha2"]: row["alpha3"] for row in read_table("countries")}
    assert {row["iso"] for row in read_list("states")} <= known.keys()
    assert len(set(known.values())) == len(known)


def test_raw_names_are_words_of_the_passage() -> None:
    """The name is canonical, the raw name as the passage prints it; empty where another sentence names him."""
    told = tell("demand", "Berg asked for it.", by=("berg",), to=("sudmark",))
    (row,) = rows("plover", hold(told))
    assert (row["Actor Name"], row["Actor Name Raw"], row["Recipient Name Raw"]) == ("Anna Berg", "Berg", "")
    assert row["Story People"] == "Anna Berg"


def test_leading_zeros_are_kept() -> None:
    """A CAMEO code is text: 040 is not 40."""
    record = hold(tell("meeting", "They met.", status="held", by=("berg",), to=("ek",)))
    assert {row["CAMEO Code"] for row in rows("cameo", record)} == {"040"}
    assert b"\t040\t" in export("cameo", record)


def test_intensity_is_the_published_scale_of_the_code_and_otherwise_empty() -> None:
    """A meeting has 1.0 and a demand -5.0 in ICEWS; for POLECAT we know of no rule that is certain."""
    record = hold(tell("meeting", "They met.", status="held"), tell("demand", "He asked.", entry="e2"))
    assert [row["Intensity"] for row in rows("cameo", record)] == ["1.0", "-5.0"]
    assert {row["Intensity"] for row in rows("plover", record)} == {""}


@pytest.mark.parametrize("name", ["plover", "cameo"])
def test_tabs_and_line_breaks_of_a_text_do_not_break_a_row(name: str) -> None:
    """A row is one line, and a cell one cell, whatever the article holds."""
    record = hold(tell("demand", 'Norland\tasked\r\nfor "talks"\u2028at\x0bonce.', by=("norland",)))
    record = replace(record, texts=(replace(record.texts[0], outlet="Post\nand\tTimes", file='a\t"b".txt'),))
    written = export(name, record).decode()
    assert len(written.splitlines()) == 2
    assert {len(line.split("\t")) for line in written.splitlines()} == {len(rows(name, record)[0])}
    (row,) = rows(name, record)
    assert (row["Exact"], row["Article"]) == ('Norland asked for "talks" at once.', 'a "b".txt')


def test_a_spreadsheet_runs_nothing_and_half_a_letter_is_written() -> None:
    """Words that a spreadsheet takes for a formula are led by a mark, numbers are not; no text stops the export."""
    assert plain_cell("=HYPERLINK(A1)") == "'=HYPERLINK(A1)"
    assert plain_cell(-5.0) == -5.0
    (row,) = rows("plover", hold(tell("demand", "He asked \ud83d for it.")))
    assert row["Exact"] == "He asked \\ud83d for it."


def test_the_tables_fit_one_another() -> None:
    """Every status is one that entries have, every type has a class, and every code a place on the scale."""
    codes = read_table("codes")
    assert all(not row["status"] or row["status"] in STATUSES[row["kind"]] for row in codes)
    assert {row["type"] for row in codes} == set(TYPES)
    assert len({(row["kind"], row["status"], row["given"]) for row in codes}) == len(codes)
    modes = {code for row in read_table("modes") for code in (row["ask"], row["refuse"]) if code}
    written = {row["code"] for row in codes} | modes | {"041", "042", "043", "044", "046"}
    assert written == {row["code"] for row in read_table("scale")}
    assert {row["mode"] for row in read_table("modes")} == {"assist", "change", "yield", "meet"}
