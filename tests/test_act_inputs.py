"""Texts that are hard to keep an honest record of: what they tell is told of the right party, or left out."""

from __future__ import annotations

import onrecord
from onrecord.linking import link
from onrecord.model import Article, Corpus, Entry, Record, Text
from onrecord.record import build_record


def record_of(*bodies: str) -> Record:
    """The record of articles without names, outlets or days."""
    articles, texts, layers = [], {}, {}
    for number, body in enumerate(bodies):
        text = Text.of(body)
        articles.append(Article(f"t-{number}", text.id, "0" * 64, f"{number}.txt", None, "text", "utf-8"))
        texts[text.id], layers[text.id] = text, onrecord.read(body)
    return build_record(link(Corpus(tuple(articles), texts, layers)))


def entries(record: Record, kind: str, *, sure: bool = True) -> list[Entry]:
    return [e for e in record.entries if e.kind == kind and (not sure or e.certainty == "published")]


def parties(record: Record, entry: Entry) -> list[str]:
    named = {actor.id: actor.name for actor in record.actors}
    return [named[actor] for actor in entry.by]


def test_a_text_of_nothing_but_demands_has_demands_and_no_answers() -> None:
    record = record_of(
        "Norland demanded that Sudmark withdraw its patrol boats. Norland also demanded that Sudmark free the crew "
        "of the Alba. Norland called for an end to the blockade. Norland urged Sudmark to publish its charts."
    )
    told = entries(record, "demand")
    assert len(told) == 4
    assert {tuple(parties(record, entry)) for entry in told} == {("Norland",)}
    assert len(record.issues) == 4
    assert not entries(record, "answer")
    silent = [position for position in record.positions if position.stance == "no answer found"]
    assert len(silent) == 3  # the blockade is laid to nobody


def test_an_interview_gives_the_answers_to_who_gives_them_and_makes_no_demand_of_a_question() -> None:
    record = record_of(
        "Foreign Minister Anna Berg of Norland spoke to the Varland Herald on Friday.\n\n"
        "Varland Herald: Will Norland sign the treaty? Would you ask Sudmark to leave the bay?\n\n"
        "Berg: Norland will not sign the treaty before the crew is free.\n\n"
        "Varland Herald: And what do you want from the League?\n\n"
        "Berg: I want the League to send observers to the bay."
    )
    assert not [entry for entry in entries(record, "demand") if "leave the bay" in entry.content]
    acts = [entry for entry in record.entries if entry.kind != "statement" and entry.certainty == "published"]
    assert not [entry for entry in acts if "Varland Herald" in parties(record, entry)]


def test_the_points_of_a_communique_are_kept_apart() -> None:
    record = record_of(
        "The foreign ministers of Norland and Sudmark met in Kelvar on 4 May 2031 and signed a protocol.\n\n"
        "1. Norland will withdraw its boats from the bay.\n\n"
        "2. Sudmark will free the crew of the Alba.\n\n"
        "3. Both sides call on the League to send observers."
    )
    [met] = entries(record, "meeting")
    assert sorted(parties(record, met)) == ["Norland", "Sudmark"]
    for entry in record.entries:
        points = [
            point for point in ("withdraw its boats", "free the crew", "send observers") if point in entry.content
        ]
        assert len(points) <= 1
    [asked] = entries(record, "demand")
    assert "send observers" in asked.content


def test_where_no_party_is_named_none_is_invented() -> None:
    record = record_of("They demanded that the gates be opened. The other side refused. Talks were held all night.")
    assert record.actors == ()
    assert entries(record, "demand")
    assert not [entry for entry in record.entries if entry.by or entry.to]


STATES = ("Norland", "Sudmark", "Varland", "Tervania", "Kestria", "Ostria", "Jelavia", "Turghal", "Belkhara", "Qasmara")


def test_a_demand_of_ten_states_is_the_demand_of_each() -> None:
    listed = ", ".join(STATES[:-1]) + " and " + STATES[-1]
    record = record_of(f"The governments of {listed} demanded that Calder reopen the lock gates at Emsel.")
    [demand] = entries(record, "demand", sure=False)
    assert set(parties(record, demand)) == set(STATES)


def test_an_article_that_contradicts_itself_has_both_and_says_so() -> None:
    """Nothing chooses between the two; both stand with their words."""
    record = record_of(
        "Sudmark demanded that Norland withdraw its boats from the bay.\n\n"
        "Norland rejected the demand to withdraw its boats from the bay, its government said on Monday.\n\n"
        "Norland accepted the demand to withdraw its boats from the bay, its government said on Monday."
    )
    answers = [entry for entry in entries(record, "answer") if "Norland" in parties(record, entry)]
    assert {entry.status for entry in answers} == {"rejected", "accepted"}
    assert len({entry.issue for entry in answers}) == 1
    stances = {position.stance for position in record.positions}
    assert {"rejects", "accepts"} <= stances
