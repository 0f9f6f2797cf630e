"""Which demand an answer answers, and which demands are one issue."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.linking import link
from onrecord.linking.meanings import Meanings
from onrecord.model import Act, Group, Link, Linked, Text
from tests.corpora import act, article, at, corpus, name

Drawn = tuple[str, str, str | None]  # kind with status or polarity, its words (the cue in bars), who


def linked(*bodies: tuple[str, list[Drawn]]) -> Linked:
    """The links of articles; the acts of each are drawn with their cue between bars."""
    made = []
    for number, (body, drawn) in enumerate(bodies):
        acts = []
        for kind, words, by in drawn:
            of, _, status = kind.partition(" ")
            before, cue, after = words.split("|")
            facts = {"polarity": status or "want"} if of == "demand" else {"status": status}
            acts.append(act(of, cue, before + cue + after, *([by] if by else []), **facts))
        cast = (name(state, "state") for state in ("Norland", "Sudmark") if state in body)
        made.append(article(chr(97 + number), body, *cast, *acts))
    return link(corpus(*made))


def words_of(found: Linked, id_: str) -> str:
    group: Group = next(group for group in found.groups if group.id == id_)
    return group.tellings[0].content[0].exact


def answered(found: Linked) -> list[tuple[str, str]]:
    """Each answer with the demand that it answers."""
    links: list[Link] = [one for one in found.links if one.kind == "answer"]
    return [(words_of(found, one.a), words_of(found, one.b)) for one in links]


def issues(found: Linked) -> list[tuple[str, str]]:
    """Each demand with the earlier one that asks for the same."""
    links: list[Link] = [one for one in found.links if one.kind == "issue"]
    return [(words_of(found, one.a), words_of(found, one.b)) for one in links]


CREWS: Drawn = ("demand", "Sudmark |demands| that the crews go free", "Sudmark")


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ("Sudmark demands that the crews go free. Norland refused.", "|refused|"),
        (
            "Sudmark demands that the crews go free. “We shall see in spring,” Berg told them.",
            "We |shall see| in spring",
        ),
        ("Sudmark demands that the crews go free. On Monday, Norland let the crews sail.", "|let| the crews sail"),
    ],
    ids=["no word of its own", "other words", "a word of the demand"],
)
def test_an_answer_goes_to_the_demand_told_before_it(body: str, answer: str) -> None:
    found = linked((body, [CREWS, ("answer rejected", answer, None)]))
    assert [demand for _, demand in answered(found)] == ["Sudmark demands that the crews go free"]


def test_the_topic_that_opens_the_sentence_is_what_is_answered() -> None:
    """ "On the fee, it would wait" answers the demand about the fee, though another stands nearer."""
    body = (
        "Sudmark asked Norland to lower the fee. It also wants the harbour dredged before the winter sets in. "
        "On the fee, Norland would wait until the autumn."
    )
    fee: Drawn = ("demand", "Sudmark |asked| Norland to lower the fee", "Sudmark")
    harbour: Drawn = ("demand", "|wants| the harbour dredged before the winter sets in", None)
    found = linked((body, [fee, harbour, ("answer deferred", "Norland |would wait| until the autumn", "Norland")]))
    assert [demand for _, demand in answered(found)] == ["Sudmark asked Norland to lower the fee"]


def test_the_words_that_answer_are_no_demand_that_is_answered() -> None:
    """One clause read as a demand and as an answer is not its own answer."""
    body = "Norland said that this demand has been postponed."
    found = linked(
        (
            body,
            [("demand", "|this demand| has been postponed", None), ("answer deferred", "|has been postponed|", None)],
        )
    )
    assert answered(found) == []


def test_a_demand_named_in_the_answer_is_what_is_answered() -> None:
    body = "Sudmark demands that the crews go free. Norland turned down Sudmark's request that the duty be lifted."
    request: Drawn = ("demand", "Sudmark's |request| that the duty be lifted", "Sudmark")
    refusal: Drawn = ("answer rejected", "|turned down| Sudmark's request that the duty be lifted", "Norland")
    assert [demand for _, demand in answered(linked((body, [CREWS, request, refusal])))] == [
        "Sudmark's request that the duty be lifted"
    ]


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Sudmark |demands| an apology", "Sudmark |wants| Norland to apologise", True),
        ("Sudmark |demands| the withdrawal of the boats", "Sudmark |asked| Norland to withdraw its boats", True),
        ("Sudmark |demands| the withdrawal of the boats", "Sudmark |asked| Norland to sell its boats", False),
        ("Sudmark |demands| the release of 12 pilots", "Sudmark |wants| 14 pilots out of jail", False),
    ],
)
def test_demands_of_the_same_matter_are_one_issue(first: str, second: str, same: bool) -> None:
    one, two = (words.replace("|", "") + "." for words in (first, second))
    found = linked((one, [("demand", first, "Sudmark")]), (two, [("demand", second, "Sudmark")]))
    demands = [group for group in found.groups if group.kind == "demand"]
    assert (len(demands) == 1 or bool(issues(found))) == same


def test_demands_for_and_against_are_two_issues() -> None:
    one, two = "Sudmark wants the harbour gates closed.", "Sudmark does not want the harbour gates closed."
    found = linked(
        (one, [("demand want", "|wants| the harbour gates closed", "Sudmark")]),
        (two, [("demand not_want", "|does not want| the harbour gates closed", "Sudmark")]),
    )
    assert issues(found) == []


def test_a_demand_that_only_points_back_is_the_one_before_it() -> None:
    """ "This demand", "wants it gone": what is meant stands before."""
    body = "Sudmark demands that the crews go free. The demand was made twice."
    found = linked((body, [CREWS, ("demand", "|The demand|", None)]))
    assert issues(found) == [("The demand", "Sudmark demands that the crews go free")]
    pointing = "The duty on steel is 14 per cent. Norland wants it gone."
    full = "Norland wants the duty on steel lifted."
    found = linked(
        (full, [("demand", "Norland |wants| the duty on steel lifted", "Norland")]),
        (pointing, [("demand", "Norland |wants| it gone", "Norland")]),
    )
    assert issues(found) == [("Norland wants it gone", "Norland wants the duty on steel lifted")]


def demand(words: str, by: str | None = None) -> tuple[str, list[Drawn]]:
    """An article of one demand, whose cue stands between bars."""
    return f"{words.replace('|', '')}.", [("demand", words, by)]


def issue_of(found: Linked) -> dict[str, str]:
    """For each demand, by its words, the one that founded its issue."""
    groups = [group for group in found.groups if group.kind == "demand"]
    first = {link.a: link.b for link in found.links if link.kind == "issue"}
    return {words_of(found, group.id): words_of(found, first.get(group.id, group.id)) for group in groups}


def test_two_askers_have_two_issues_though_a_third_article_leaves_open_who_asks() -> None:
    an_envoy: Drawn = ("demand", "an envoy |asked| that the boats leave the Sound", None)
    found = linked(
        ("In Norland, an envoy asked that the boats leave the Sound.", [an_envoy]),
        demand("Norland |asked| that the boats leave the Sound", "Norland"),
        demand("Sudmark |asked| that the boats leave the Sound", "Sudmark"),
    )
    issues_of = issue_of(found)
    assert len(set(issues_of.values())) == 2
    assert (
        issues_of["Norland asked that the boats leave the Sound"]
        != (issues_of["Sudmark asked that the boats leave the Sound"])
    )


def test_an_article_that_tells_of_no_party_is_compared_by_whom_it_names() -> None:
    """Nobody is known to ask there: what is said decides."""
    open_asker: tuple[str, list[Drawn]] = (
        "There was a note in Norland. It was asked that the boats leave the Sound.",
        [("demand", "It was |asked| that the boats leave the Sound", None)],
    )
    found = linked(open_asker, demand("Norland |wants| the boats to leave the Sound", "Norland"))
    assert len(set(issue_of(found).values())) == 1


def told_twice(first: str, second: str) -> tuple[str, list[Drawn]]:
    """An article with two demands of Norland's, whose cues stand between bars."""
    body = f"{first.replace('|', '')}. {second.replace('|', '')}."
    return body, [("demand", first, "Norland"), ("demand", second, "Norland")]


def test_one_demand_in_two_wordings_is_one_issue_and_its_neighbours_are_others() -> None:
    found = linked(
        told_twice(
            "Norland |demanded| that Sudmark withdraw its patrol boats from the Inner Sound",
            "Norland |called for| the release of the detained fishermen",
        ),
        told_twice(
            "Norland |wants| Sudmark's grey hulls gone from the Inner Sound",
            "Norland |asked| that the men from the trawlers be let go",
        ),
    )
    issues_of = issue_of(found)
    assert issues_of["Norland wants Sudmark's grey hulls gone from the Inner Sound"] == (
        "Norland demanded that Sudmark withdraw its patrol boats from the Inner Sound"
    )
    assert issues_of["Norland asked that the men from the trawlers be let go"] == (
        "Norland called for the release of the detained fishermen"
    )


def test_what_one_article_tells_in_words_of_their_own_is_two_issues_whatever_another_tells() -> None:
    found = linked(
        told_twice(
            "Norland |demanded| that Sudmark withdraw its patrol boats from the Inner Sound",
            "Norland |asked| that the grey hulls be taken away",
        ),
        demand("Norland |demanded| that Sudmark withdraw the grey hulls from the Inner Sound", "Norland"),
    )
    issues_of = issue_of(found)
    assert (
        issues_of["Norland asked that the grey hulls be taken away"]
        != (issues_of["Norland demanded that Sudmark withdraw its patrol boats from the Inner Sound"])
    )


@pytest.mark.parametrize(("by", "answered_"), [("Ole Ek", True), ("Sudmark", False)], ids=["a person", "another state"])
def test_who_answers_may_speak_for_who_was_asked(by: str, answered_: bool) -> None:
    """Somebody whose side no article tells may be of the side that was asked; another state is not."""
    words = "Sudmark demands that Norland free the crews"
    body = f"{words}. {by} refused."
    cast = [name("Norland", "state"), name("Sudmark", "state"), name("Ole Ek")][: 3 if by == "Ole Ek" else 2]
    asked = act("demand", "demands", words, "Sudmark", "Norland", polarity="want")
    refused = act("answer", "refused", f"{by} refused", None, status="rejected")

    def draw(text: Text) -> Act:
        made = refused(text)
        assert isinstance(made, Act)
        return replace(made, by=(at(text, by, body.count(by) - 1),))

    found = link(corpus(article("a", body, *cast, asked, draw)))
    assert bool(answered(found)) == answered_


def test_meaning_chooses_between_demands_and_links_nothing_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """ "The ships" are the boats, though the fishermen stand nearer; in another article they may be other ships."""
    means_boats = lambda _, __, demand: 0.9 if "boats" in demand.tellings[0].content[0].exact else 0.1  # noqa: E731
    monkeypatch.setattr(Meanings, "pointing", means_boats)
    boats = "Norland demanded that Sudmark withdraw its patrol boats from the Inner Sound"
    body, demands = told_twice(boats.replace("demanded", "|demanded|"), "Norland |called for| the fishermen's release")
    words = "Sudmark refused to move the ships"
    answer: Drawn = ("answer rejected", words.replace("refused", "|refused|"), "Sudmark")
    assert answered(linked((f"{body} {words}.", [*demands, answer]))) == [(words, boats)]
    assert answered(linked((body, demands), (f"{words}.", [answer]))) == []
