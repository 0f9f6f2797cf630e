"""Talks: a meeting that is planned and then held, and one of which an article says only where."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from onrecord.linking import link
from onrecord.model import Act, Text, Timex, When
from tests.corpora import Draw, act, article, at, corpus, name

STATES = ("Norland", "Sudmark", "Varland")


def tell(file: str, words: str, status: str, day: str | None = None, who: str | None = None) -> Any:
    """An article of one meeting: its states take part, or ``who``; Vessel and Kelvar are where, ``day`` is printed."""
    cast = [name(state, "state") for state in STATES if state in words]
    cast += [name(place, "place") for place in ("Vessel", "Kelvar") if place in words]
    return article(file, f"{words}.", *cast, _meeting(words, status, day, who), *([_day(day)] if day else []))


def _meeting(words: str, status: str, day: str | None, who: str | None) -> Draw:
    place = next((place for place in ("Vessel", "Kelvar") if place in words), None)
    slots = {slot: value for slot, value in (("place", place), ("time", day)) if value}

    def draw(text: Text) -> Act:
        made = act("meeting", "talks", words, status=status, **slots)(text)
        assert isinstance(made, Act)
        return replace(made, by=tuple(at(text, one) for one in ([who] if who else STATES) if one in words))

    return draw


def _day(day: str) -> Draw:
    when = When.of(day, day, "printed")
    days = {"edtf": when.edtf, "earliest": when.earliest, "latest": when.latest}
    return lambda text: Timex(text=text.id, span=at(text, day), type="DATE", value=day, **days)


def one_meeting(*articles: Any) -> list[set[str | None]]:
    """The statuses of each two meetings that are related."""
    found = link(corpus(*articles))
    status = {group.id: group.tellings[0].status for group in found.groups}
    return [{status[one.a], status[one.b]} for one in found.links if one.kind == "related"]


PLANNED = tell("a", "Norland and Sudmark have talks ahead in Vessel on 2031-05-09", "planned", "2031-05-09")


@pytest.mark.parametrize(
    ("words", "status", "day", "same"),
    [
        ("Sudmark and Norland ended their talks on 2031-05-09", "held", "2031-05-09", True),
        ("the talks of Sudmark and Norland fell through on 2031-05-09", "cancelled", "2031-05-09", True),
        ("Sudmark and Norland ended their talks on 2031-05-16", "held", "2031-05-16", False),
        ("Sudmark and Norland ended their talks in Kelvar on 2031-05-09", "held", "2031-05-09", False),
        ("Norland and Varland ended their talks on 2031-05-09", "held", "2031-05-09", False),
        ("Norland was back from its talks on 2031-05-09", "held", "2031-05-09", False),
        ("Norland and Sudmark ended their talks", "held", None, False),
    ],
    ids=["held", "called off", "another day", "another place", "another party", "one party alone", "no day"],
)
def test_a_meeting_is_planned_and_then_held(words: str, status: str, day: str | None, same: bool) -> None:
    assert one_meeting(PLANNED, tell("b", words, status, day)) == ([{"planned", status}] if same else [])


@pytest.mark.parametrize(
    ("words", "who", "same"),
    [
        ("Norland's harbour slept while the ministers had talks in Vessel", "the ministers", True),
        ("Norland's harbour slept while the unions had talks in Vessel", "the unions", False),
        ("the harbour slept while the ministers had talks in Vessel", "the ministers", False),
    ],
    ids=["who was named before", "others", "an article of nobody who took part"],
)
def test_talks_of_which_only_the_place_is_told_are_the_only_ones_there(words: str, who: str, same: bool) -> None:
    """ "While the ministers had talks in Vessel": which talks, another article says."""
    held = tell("a", "Norland and Sudmark ended their talks in Vessel on 2031-05-09", "held", "2031-05-09")
    bare = tell("b", words, "held", who=who)
    assert one_meeting(held, bare) == ([{"held"}] if same else [])
    others = tell("c", "Norland and Varland had talks in Vessel on 2031-06-01", "held", "2031-06-01")
    assert one_meeting(held, bare, others) == []
