"""Claims: what a text says may be left out of the record, and is never told wrong. All stages read each sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest

import onrecord
from onrecord.linking import link
from onrecord.model import Act, Linked, Statement, Text, When
from tests.corpora import act, article, corpus, name, says


def acts_of(body: str, kind: str) -> list[Act]:
    """The acts of one kind that all stages together read, those that the record tells: sure, and not only supposed."""
    found = [a for layer in onrecord.read(body) for a in layer.annotations if isinstance(a, Act) and a.kind == kind]
    return [act for act in found if act.confidence >= 0.75 and act.modality != "hypothetical"]


def statements_of(body: str) -> list[Statement]:
    found = [a for layer in onrecord.read(body) for a in layer.annotations]
    return [a for a in found if isinstance(a, Statement)]


def _said(statement: Statement) -> tuple[str, str]:
    """Source and content, without the "that" before it."""
    return statement.source[0].exact, " … ".join(span.exact.removeprefix("that ") for span in statement.content)


@pytest.mark.parametrize(
    ("body", "source", "content"),
    [
        (
            "Norland will answer the note within two weeks, its minister said on Tuesday, while insisting that "
            "Sudmark owed an apology.",
            "its minister",
            "Norland will answer the note within two weeks",
        ),
        (
            "The president has read the reply and will answer it, the Linden Palace said on Friday.",
            "the Linden Palace",
            "The president has read the reply and will answer it",
        ),
        (
            "The paper is already with the president, the speaker of the Quay said, “but he has not yet read it”.",
            "the speaker of the Quay",
            "The paper is already with the president … “but he has not yet read it”",
        ),
        (
            "Norland and Sudmark will reopen the port, Foreign Minister Anna Berg said on Sunday, after talks brokered "
            "by the League.",
            "Foreign Minister Anna Berg",
            "Norland and Sudmark will reopen the port",
        ),
        (
            "A Western diplomat in Vienna said that Norland would wait.",
            "A Western diplomat in Vienna",
            "Norland would wait",
        ),
        ("An aide says the mood is “good”, which is what aides always say.", "An aide", "the mood is … “good”"),
        (
            "The head of Norlandic diplomacy informed that the note had been received.",
            "The head of Norlandic diplomacy",
            "the note had been received",
        ),
        (
            "The mayor, Adela Kovarik, said that talks were the way, and asked the government to send an envoy.",
            "The mayor, Adela Kovarik",
            "talks were the way",
        ),
        (
            "Norland's chief registrar, Yoshira Hayami, said the rules were fair.",
            "Norland's chief registrar, Yoshira Hayami",
            "the rules were fair",
        ),
    ],
)
def test_each_has_his_own_words(body: str, source: str, content: str) -> None:
    """The words that somebody says are given to him alone, whole, and without the outlet's remarks."""
    assert (source, content) in [_said(statement) for statement in statements_of(body)]
    assert all(statement.source[0].exact not in ("Vienna", "Palace") for statement in statements_of(body))


@pytest.mark.parametrize(
    ("body", "outer"),
    [
        ("Coast One is now reporting that Anna Berg told its crew that the boats would leave.", "Coast One"),
        (
            "Norlandic television reported that Anna Berg had said the protocol remained in force.",
            "Norlandic television",
        ),
        (
            "A senior diplomat, speaking on condition of anonymity, said Norland had told the League that it would go.",
            "A senior diplomat",
        ),
    ],
)
def test_what_is_told_at_second_hand_keeps_its_teller(body: str, outer: str) -> None:
    """A statement told by another source stands inside that source's own."""
    [whole] = statements_of(body)
    assert whole.source[0].exact.startswith(outer)
    assert whole.inner


def test_he_is_not_the_minister_where_somebody_unnamed_has_spoken() -> None:
    """ "The talks are off, an official said. “For good,” he added." is not the minister's, named before."""
    body = (
        "Foreign Minister Ishaq Darel of Norland warned that the loss would be “an act of war”; officials laughed. "
        "The talks are off, a Norlandic official said. “They are off for good,” he added."
    )
    first, *_, last = statements_of(body)
    assert first.content[-1].exact == "“an act of war”"
    assert last.source[0].exact == "he"
    assert last.speaker is None


def test_a_noun_is_no_word_of_speech() -> None:
    """ "the fourth of the Norlandic demands" says nothing."""
    assert not statements_of(
        "Norland asked twice. He had nothing to say about the maps, the fourth of the Russian demands."
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Asked by a reporter about the right to make public the replies, Berg left.", "demand"),
        ("Berg said Norland demanded nothing in return.", "demand"),
        ("Norland will not allow Sudmark to ignore its demand for a seat.", "answer"),
        ("Berg's spokeswoman, Dana Holm, did not respond to a request for comment.", "answer"),
        ("Rates stay high until the two governments meet in May.", "meeting"),
        ("Berg feared that Norland would cancel the summit in Vienna on Friday.", "meeting"),
    ],
)
def test_what_nobody_did_is_no_act(body: str, kind: str) -> None:
    """A reporter's question, a thing that is ruled out and one that is only feared are no acts."""
    assert not acts_of(body, kind)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            "France and Germany have agreed to go on talking after their ministers met on 9 May in Vienna.",
            "commitment",
        ),
        ("France and Germany agreed to bring the session forward to July.", "commitment"),
        (
            "Talks between Norland and Sudmark were held in Vienna, on 12 January, the papers were read in Bonn.",
            "meeting",
        ),
        ("Norland accused Sudmark of skipping the session last September.", "action"),
        ("It was the first meeting of the two since the row began last month.", "meeting"),
    ],
)
def test_a_date_of_something_else_is_no_date(body: str, kind: str) -> None:
    """A date belongs to its own verb: an act beside it stays without one."""
    found = acts_of(body, kind)
    assert found
    assert all(a.time is None for a in found)


def test_what_the_author_thinks_is_nobody_elses() -> None:
    """ "I expect that it never will", outside all quotation marks, is not said by the party told of before."""
    found = statements_of(
        "Anna Berg spoke on Friday. Norland wants a treaty, and I expect that Sudmark never will sign it."
    )
    assert [s.method for s in found if s.source[0].exact == "I"] == ["author"]
    body = "Anna Berg spoke on Friday. I expect that Norland will never sign the treaty."
    expects = replace(says("I", "expect", "that Norland will never sign the treaty")(Text.of(body)), method="author")
    linked = _linked(article("a", body, name("Berg"), lambda _: expects))
    assert linked.groups == ()


def test_words_announced_as_anothers_do_not_go_on_with_the_speakers() -> None:
    """A sentence that brings in somebody else before its colon ends what was said before it."""
    found = statements_of(
        "“There is no such letter,” Minister Jon Ek said on Friday. Ek said he would do so again. "
        "Anna Berg's response was delivered over her shoulder: “The court will hear us in October.”"
    )
    told = [(s.speaker.exact if s.speaker else None, span.exact) for s in found for span in s.content]
    assert ("Jon Ek", "“There is no such letter,”") in told
    assert not [who for who, words in told if "October" in words and who in ("Ek", "Jon Ek")]


def test_an_auxiliary_alone_is_no_word_of_saying() -> None:
    """Somebody who had Norland asking for something quotes nobody."""
    body = (
        "At the kitchen table last night a television presenter had Orlan asking Belkhara to cut the steel duty, which "
        "is like asking your neighbour's cat to lower the rent."
    )
    assert not [s for s in statements_of(body) if s.source and s.source[0].exact == "Orlan"]


def test_adjectives_of_two_states_name_both() -> None:
    """ "the French and German envoys" are of both states."""
    [met] = acts_of("At last, the French and German envoys held a meeting in Vienna.", "meeting")
    assert [span.exact for span in met.by] == ["French", "German envoys"]


def _linked(*articles: object) -> Linked:
    return link(corpus(*articles))  # type: ignore[arg-type]


def test_a_meeting_after_the_article_has_not_been_held() -> None:
    """ "The ministers meet again on 24 May", printed on 12 May, is planned."""
    body = "The ministers meet again on 2031-05-24."
    day = When.of("2031-05-24", "2031-05-24", "printed")
    linked = _linked(
        article("a", body, _time("2031-05-24", day), _met(time="2031-05-24"), published="2031-05-12"),
    )
    assert [t.status for g in linked.groups for t in g.tellings] == ["planned"]


def _time(words: str, when: When):  # type: ignore[no-untyped-def]
    from onrecord.model import Timex
    from tests.corpora import at

    return lambda text: Timex(
        text=text.id,
        span=at(text, words),
        type="DATE",
        value=words,
        edtf=when.edtf,
        earliest=when.earliest,
        latest=when.latest,
    )


def _met(**more: object):  # type: ignore[no-untyped-def]
    return act("meeting", "meet again", "The ministers meet again on 2031-05-24", status="held", **more)  # type: ignore[arg-type]


def test_a_preliminary_reaction_is_not_the_written_response() -> None:
    """Two papers of one party that the texts tell apart stay two entries."""
    first = "Norland received a preliminary reaction from Sudmark."
    last = "Norland received a written response from Sudmark."
    cast = (name("Norland", "state"), name("Sudmark", "state"))
    linked = _linked(
        article("a", first, *cast, act("document", "received", first[:-1], "Sudmark", "Norland", status="received",
                                       name="a preliminary reaction")),
        article("b", last, *cast, act("document", "received", last[:-1], "Sudmark", "Norland", status="received",
                                      name="a written response")),
    )  # fmt: skip
    assert [len(group.tellings) for group in linked.groups] == [1, 1]


def test_what_might_be_is_no_telling_of_what_is() -> None:
    """ "the ministers could meet" joins no meeting."""
    one, two = "Berg and Ek will meet in Kelvar.", "Berg and Ek could meet in Kelvar."
    cast = (name("Berg"), name("Ek"))
    linked = _linked(
        article("a", one, *cast, act("meeting", "meet", one[:-1], "Berg", "Ek", status="held")),
        article(
            "b", two, *cast, act("meeting", "meet", two[:-1], "Berg", "Ek", status="held", modality="hypothetical")
        ),
    )
    assert [len(group.tellings) for group in linked.groups] == [1, 1]


def test_an_answer_that_names_its_matter_points_to_no_other_demand() -> None:
    """ "The crews must go free. Norland said no to an apology." answers another demand than the one before it."""
    body = "Sudmark demands that the crews go free. Norland said no to an apology."
    cast = (name("Norland", "state"), name("Sudmark", "state"))
    linked = _linked(
        article("a", body, *cast, act("demand", "demands", "Sudmark demands that the crews go free", "Sudmark"),
                act("answer", "said no to", "Norland said no to an apology", "Norland", status="rejected")),
    )  # fmt: skip
    assert not [one for one in linked.links if one.kind == "answer"]


def test_a_date_in_anothers_clause_does_not_date_what_is_said() -> None:
    """ "he said, but the reply that he had promised on Tuesday" was not said on Tuesday."""
    body = "The move was late, Berg said, but the reply that she had promised on 2031-05-04 would come."
    day = When.of("2031-05-04", "2031-05-04", "printed")
    linked = _linked(
        article("a", body, name("Berg"), says("Berg", "said", "The move was late"), _time("2031-05-04", day)),
    )
    [telling] = [t for g in linked.groups for t in g.tellings]
    assert telling.when is None


def test_where_somebody_is_posted_is_not_whom_he_stands_for() -> None:
    """ "Norland's ambassador in Kelvar" is Norland's."""
    body = "Norland's ambassador in Kelvar handed over a letter."
    linked = _linked(
        article("a", body, name("Norland", "state"), name("Kelvar", "state"),
                act("document", "handed over", body[:-1], "Norland's ambassador in Kelvar", status="sent")),
    )  # fmt: skip
    names = {actor.id: actor.name for actor in linked.actors}
    assert [[names[a] for a in t.by] for g in linked.groups for t in g.tellings] == [["Norland"]]
