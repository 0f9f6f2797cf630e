"""Linking: copies, actors across articles, tellings, groups and links."""

from dataclasses import replace
from itertools import permutations

import pytest

from onrecord.linking import link
from onrecord.linking.actors import Actors
from onrecord.linking.anchors import Anchors
from onrecord.linking.copies import find_copies
from onrecord.linking.spelling import fold
from onrecord.linking.tellings import find_tellings
from onrecord.linking.wording import denies
from onrecord.model import Article, Layer, Linked, Reference, Text
from tests.corpora import act, article, at, corpus, name, noise, office, says

LEAD = (
    "Foreign Minister Anna Berg of Norland told reporters in Kelvar that the patrol boats would leave the strait "
    "before the end of the fishing season, and that no further talks were needed on the matter this year."
)


def test_the_same_text_in_two_outlets_is_a_copy() -> None:
    """Two articles with one text are an original and its copy, the earlier one first."""
    found = find_copies(
        corpus(article("late", LEAD, published="2031-05-02"), article("early", LEAD, published="2031-05-01"))
    )
    assert [(c.article, c.original, c.method) for c in found] == [("t-late", "t-early", "identical")]


def test_a_reworded_headline_leaves_a_near_copy() -> None:
    """An agency text under another headline is a near copy; noise around it does not count."""
    credit = "Image: Harbour Photo"
    found = find_copies(
        corpus(
            article("a", "Boats to leave\n" + LEAD), article("b", "Norland gives way\n" + LEAD + credit, noise(credit))
        )
    )
    assert [(c.article, c.original, c.method) for c in found] == [("t-b", "t-a", "near")]
    assert 0.6 <= found[0].score < 1


def test_two_reports_on_one_event_are_no_copies() -> None:
    """Articles that share their facts and not their words stay apart."""
    other = (
        "Norland's top diplomat has promised that the boats will be gone by autumn. She saw no need to meet again soon."
    )
    assert find_copies(corpus(article("a", LEAD), article("b", other))) == ()


def test_one_actor_for_all_spellings() -> None:
    """Spellings of one person across articles are one actor under the name most articles give in full."""
    actors = Actors(
        corpus(
            article("a", "Sergei Ivashov spoke.", name("Sergei Ivashov")),
            article("b", "Sergey Ivashov spoke.", name("Sergey Ivashov")),
            article("c", "Sergey Ivashov sat. Ivashov stood.", name("Sergey Ivashov"), name("Ivashov", number=1)),
            article("d", "Segrgey Ivashov", name("Segrgey Ivashov")),
        )
    ).listed
    assert [(a.name, a.kind, len(a.mentions)) for a in actors] == [("Sergey Ivashov", "person", 5)]
    assert set(actors[0].aliases) == {"Ivashov", "Segrgey Ivashov", "Sergei Ivashov"}


def test_a_surname_of_two_people_joins_neither() -> None:
    """A lone surname is given to nobody where two people of the exchange share it."""
    actors = Actors(
        corpus(
            article("a", "Anna Berg left.", name("Anna Berg")),
            article("b", "Jon Berg left.", name("Jon Berg")),
            article("c", "Berg left.", name("Berg")),
        )
    ).listed
    assert sorted(a.name for a in actors) == ["Anna Berg", "Berg", "Jon Berg"]


@pytest.mark.parametrize(
    ("names", "surname", "joined"),
    [
        (("Ursel von der Lohe",), "von der Lohe", True),
        (("Tariq al-Haddad", "Tariq Haddad"), "al-Haddad", True),
        (("Ludo van Haarst", "Mieke van Haarst"), "van Haarst", False),
        (("Kate Thornbury",), "Al Thornbury", False),
    ],
    ids=["a surname with its particles", "one of two spellings has it", "two bear it", "a given name"],
)
def test_a_surname_with_its_particles_is_the_only_one_who_bears_it(
    names: tuple[str, ...], surname: str, joined: bool
) -> None:
    full = [article(chr(97 + n), f"{who} spoke.", name(who)) for n, who in enumerate(names)]
    actors = Actors(corpus(*full, article("z", f"{surname} left.", name(surname)))).listed
    assert (surname in next(a for a in actors if a.name in names).aliases) == joined
    assert (surname in {actor.name for actor in actors}) != joined


def test_a_person_whom_one_article_takes_for_an_organisation_is_the_person() -> None:
    """By the full name, where more articles know it for a person's."""
    read = [article(file, f"Anna Berg {verb}.", name("Anna Berg")) for file, verb in (("a", "spoke"), ("b", "left"))]
    wrong = article("c", "Anna Berg signed it.", name("Anna Berg", "organisation"))
    [berg] = Actors(corpus(*read, wrong)).listed
    assert (berg.name, berg.kind, len(berg.mentions)) == ("Anna Berg", "person", 3)
    again = article("d", "Anna Berg wrote it.", name("Anna Berg", "organisation"))
    assert len(Actors(corpus(*read, wrong, again)).listed) == 2


def _of_the_league(file: str, words: str, *names: str) -> tuple[Article, Text, Layer]:
    """An article that names organisations one after the other, and then two people."""
    body = f"{words} Anna Berg left with Jon Ek."
    drawn = [name(one, "organisation", number=words[: words.rindex(one)].count(one)) for one in names]
    return article(file, body, *drawn, name("Anna Berg"), name("Jon Ek"))


def test_an_organisation_is_known_by_the_head_of_its_name() -> None:
    """ "The League" is the League of Ports that its article names in full, and in another article of the exchange."""
    full = _of_the_league("a", "The League of Ports met. The League waited.", "League of Ports", "League")
    other = _of_the_league("b", "She asked the League.", "League")
    [league] = [a for a in Actors(corpus(full, other)).listed if a.kind == "organisation"]
    assert (league.name, league.aliases, len(league.mentions)) == ("League of Ports", ("League",), 3)


def test_the_head_of_two_names_is_neither() -> None:
    """ "The League" between two leagues, in one article or in two of the exchange; and the league of another one."""
    words = "The League of Ports met the League of Lakes. The League waited."
    both = _of_the_league("a", words, "League of Ports", "League of Lakes", "League")
    full = _of_the_league("b", "The League of Ports met. The League waited.", "League of Ports", "League")
    lakes = _of_the_league("c", "The Northern League met.", "Northern League")
    bare = _of_the_league("d", "She asked the League.", "League")
    strange = article("e", "He played in the League.", name("League", "organisation"))
    for articles, others in (((both,), "League of Lakes"), ((full, lakes, bare), "Northern League")):
        actors = Actors(corpus(*articles)).listed
        assert {a.name for a in actors if a.kind == "organisation"} == {"League of Ports", others, "League"}
    actors = Actors(corpus(full, strange)).listed
    assert {a.name: len(a.mentions) for a in actors if "League" in a.name} == {"League of Ports": 2, "League": 1}


@pytest.mark.parametrize(
    ("others", "surname"),
    [
        (("Bashar Haddad", "Rifaat al-Haddad"), "al-Haddad"),
        (("Abdullah bin Zayed", "Omar bin Zayed Al Nahin"), "Bin Zayed"),
        (("Tran Minh",), "Le Minh"),
    ],
    ids=["a brother without the particle", "a brother with a further name", "a given name"],
)
def test_a_surname_that_may_be_another_is_nobodys(others: tuple[str, ...], surname: str) -> None:
    full = [article(chr(97 + n), f"{who} spoke.", name(who)) for n, who in enumerate(others)]
    actors = Actors(corpus(*full, article("z", f"{surname} left.", name(surname)))).listed
    assert {actor.name for actor in actors} == {*others, surname}


def test_the_fuller_of_two_short_names_is_shown() -> None:
    """ "Ben Wallis" once, and twice "Wallis"."""
    read = [article(file, f"{who} {verb}.", name(who)) for file, who, verb in _WALLIS]
    assert [actor.name for actor in Actors(corpus(*read)).listed] == ["Ben Wallis"]


_WALLIS = (("a", "Ben Wallis", "spoke"), ("b", "Wallis", "left"), ("c", "Wallis", "sat"))


def test_a_place_that_one_article_takes_for_a_person_is_the_place() -> None:
    """One article's person of one word is the place that more articles name, unless somebody is called so."""
    read = [
        article("a", "They met in Velmira.", name("Velmira", "place")),
        article("b", "She flew to Velmira.", name("Velmira", "place")),
        article("c", "Velmira's request was put off.", name("Velmira")),
    ]
    assert [(a.name, a.kind, len(a.mentions)) for a in Actors(corpus(*read)).listed] == [("Velmira", "place", 3)]
    somebody = article("d", "Jon Velmira left.", name("Jon Velmira"))
    actors = Actors(corpus(*read, somebody)).listed
    assert sorted((a.name, a.kind) for a in actors) == [("Jon Velmira", "person"), ("Velmira", "place")]


def test_words_name_the_person_and_not_what_he_is_minister_of() -> None:
    """ "Foreign Minister Anna Berg of Norland" is Anna Berg; "Norland and Sudmark" are two."""
    text = "Foreign Minister Anna Berg of Norland met envoys of Norland and Sudmark."
    found = corpus(
        article(
            "a",
            text,
            name("Anna Berg"),
            name("Norland", "state"),
            name("Norland", "state", 1),
            name("Sudmark", "state"),
            office("Foreign Minister Anna Berg of Norland", "Foreign Minister", "Anna Berg", "Norland"),
        )
    )
    actors = Actors(found)
    body = next(iter(found.texts.values()))
    named = {actor.id: actor.name for actor in actors.listed}
    assert [named[a] for a in actors.parties(body.id, at(body, "Foreign Minister Anna Berg of Norland"))] == [
        "Anna Berg"
    ]
    assert [named[a] for a in actors.parties(body.id, at(body, "Norland and Sudmark"))] == ["Norland", "Sudmark"]
    berg = next(actor for actor in actors.listed if actor.name == "Anna Berg")
    assert berg.offices[0].title == "Foreign Minister" and named[berg.offices[0].of or ""] == "Norland"
    assert actors.side(berg.id) == actors.side(next(a.id for a in actors.listed if a.name == "Norland"))


def test_nested_speech_keeps_its_chain() -> None:
    """ "Radio Kelvar reports that Berg said ..." is Berg's statement, with the radio between."""
    text = "Radio Kelvar reports that Anna Berg said the boats would leave."
    inner = says("Anna Berg", "said", "the boats would leave")

    def outer(body):  # type: ignore[no-untyped-def]
        drawn = says("Radio Kelvar", "reports", "Anna Berg said the boats would leave")(body)
        return replace(drawn, inner=(inner(body),))

    found = corpus(article("a", text, name("Radio Kelvar", "organisation"), name("Anna Berg"), outer))
    actors = Actors(found)
    named = {actor.id: actor.name for actor in actors.listed}
    tellings = find_tellings(found, actors, Anchors(found))
    assert [(named[t.speaker or ""], [named[c] for c in t.chain]) for t in tellings] == [
        ("Anna Berg", ["Radio Kelvar"])
    ]


def test_an_act_inside_a_statement_belongs_to_its_speaker() -> None:
    """ "Ek said Sudmark had rejected the demand" is Ek's report of an answer by Sudmark."""
    text = "Jon Ek said Sudmark had rejected the demand."
    found = corpus(
        article(
            "a",
            text,
            name("Jon Ek"),
            name("Sudmark", "state"),
            says("Jon Ek", "said", "Sudmark had rejected the demand"),
            act("answer", "rejected", "Sudmark had rejected the demand", by="Sudmark", status="rejected"),
        )
    )
    actors = Actors(found)
    named = {actor.id: actor.name for actor in actors.listed}
    answer = next(t for t in find_tellings(found, actors, Anchors(found)) if t.kind == "answer")
    assert (answer.voice, named[answer.speaker or ""], [named[a] for a in answer.by]) == (
        "source",
        "Jon Ek",
        ["Sudmark"],
    )


def test_what_touches_noise_is_never_told() -> None:
    """A caption's words are no evidence, whatever they seem to say."""
    text = "Jon Ek said no.\nRelated: Anna Berg said yes."
    found = corpus(
        article(
            "a",
            text,
            name("Jon Ek"),
            name("Anna Berg"),
            noise("Related: Anna Berg said yes."),
            says("Jon Ek", "said", "no"),
            says("Anna Berg", "said yes", "yes"),
        )
    )
    assert [t.content[0].exact for t in find_tellings(found, Actors(found), Anchors(found))] == ["no"]


def _two_demands():  # type: ignore[no-untyped-def]
    one = "Norland demanded that Sudmark withdraw its patrol boats from the strait. Sudmark rejected the demand."
    two = "Norland's demand that Sudmark withdraw its patrol boats has gone unanswered."
    return (
        article(
            "a",
            one,
            name("Norland", "state"),
            name("Sudmark", "state"),
            name("Sudmark", "state", 1),
            act(
                "demand",
                "demanded",
                "that Sudmark withdraw its patrol boats from the strait",
                "Norland",
                "Sudmark",
                polarity="want",
            ),
            act("answer", "rejected", "Sudmark rejected the demand", "Sudmark", status="rejected"),
        ),
        article(
            "b",
            two,
            name("Norland", "state"),
            name("Sudmark", "state"),
            act(
                "demand",
                "demand",
                "Norland's demand that Sudmark withdraw its patrol boats",
                "Norland",
                "Sudmark",
                polarity="want",
            ),
            act("answer", "unanswered", "has gone unanswered", "Sudmark", "Norland", status="unanswered"),
        ),
    )


def test_one_demand_told_twice_is_one_entry_and_both_answers_point_to_it() -> None:
    """Two outlets' wordings of one demand are one group; the rejection and the silence both answer it."""
    linked = link(corpus(*_two_demands()))
    demands = [group for group in linked.groups if group.kind == "demand"]
    assert [len(group.tellings) for group in demands] == [2]
    answers = {link.a: link.b for link in linked.links if link.kind == "answer"}
    assert set(answers.values()) == {demands[0].id} and len(answers) == 2


def test_links_do_not_depend_on_the_order_of_articles() -> None:
    """Any order of articles gives the same groups, links, copies and actors."""
    articles = (*_two_demands(), article("c", LEAD, published="2031-05-01"), article("d", LEAD))
    results = {
        repr((x.groups, x.links, x.copies, x.actors)) for x in (link(corpus(*p)) for p in permutations(articles))
    }
    assert len(results) == 1


def test_a_wording_is_never_joined_with_what_denies_it() -> None:
    """ "will withdraw the boats from the strait" and "will not withdraw ..." are two statements."""
    yes, no = "Norland will withdraw its boats from the strait", "Norland will not withdraw its boats from the strait"
    linked = link(
        corpus(
            article("a", f"Anna Berg said {yes}.", name("Anna Berg"), says("Anna Berg", "said", yes)),
            article("b", f"Anna Berg said {no}.", name("Anna Berg"), says("Anna Berg", "said", no)),
            article("c", f"Anna Berg said that {yes}.", name("Anna Berg"), says("Anna Berg", "said", yes)),
        )
    )
    assert sorted(len(group.tellings) for group in linked.groups) == [1, 2]
    assert denies(no) and not denies(yes)


def test_us_is_a_state_and_us_is_the_speaker() -> None:
    """ "rejected by the US" is the state's; "our demand" is the speaker's own."""
    text = "Jon Ek said the US had ignored our demand."
    found = corpus(
        article(
            "a",
            text,
            name("Jon Ek"),
            name("US", "state", full="United States"),
            says("Jon Ek", "said", "the US had ignored our demand"),
            act("answer", "ignored", "the US had ignored our demand", by="US", to="our", status="unanswered"),
        )
    )
    actors = Actors(found)
    named = {actor.id: actor.name for actor in actors.listed}
    answer = next(t for t in find_tellings(found, actors, Anchors(found)) if t.kind == "answer")
    assert ([named[a] for a in answer.by], [named[a] for a in answer.to]) == (["United States"], ["Jon Ek"])


def test_nobody_answers_his_own_demand() -> None:
    """Where reading gives one state both parts of an answer, the answerer stays unknown."""
    text = "Norland rejects the demand of Norland."
    found = corpus(
        article(
            "a",
            text,
            name("Norland", "state"),
            name("Norland", "state", 1),
            act(
                "answer",
                "rejects",
                "Norland rejects the demand of Norland",
                by="Norland",
                to="Norland",
                status="rejected",
            ),
        )
    )
    answer = next(t for t in find_tellings(found, Actors(found), Anchors(found)) if t.kind == "answer")
    assert answer.by == () and len(answer.to) == 1


def test_who_speaks_at_a_meeting_takes_part_in_it() -> None:
    """ "Anna Berg, at a meeting with Jon Ek, said ..." is a meeting of the two."""
    text = "Anna Berg, at a meeting with Jon Ek, said the boats would leave."
    found = corpus(
        article(
            "a",
            text,
            name("Anna Berg"),
            name("Jon Ek"),
            says("Anna Berg", "said", "the boats would leave"),
            act("meeting", "meeting", "at a meeting with Jon Ek", to="Jon Ek", status="held"),
        )
    )
    actors = Actors(found)
    named = {actor.id: actor.name for actor in actors.listed}
    meeting = next(t for t in find_tellings(found, actors, Anchors(found)) if t.kind == "meeting")
    assert ([named[a] for a in meeting.by], [named[a] for a in meeting.to]) == (["Anna Berg"], ["Jon Ek"])


def test_descriptions_are_mentions_and_pronouns_are_not() -> None:
    """ "the minister" and "she", both resolved to Anna Berg: the first describes her, the second names nobody."""
    text = "Anna Berg left. The minister sighed, and she smiled."

    def refers(words: str):  # type: ignore[no-untyped-def]
        return lambda body: Reference(
            text=body.id, span=at(body, words), antecedent=at(body, "Anna Berg"), method="recent"
        )

    [berg] = Actors(corpus(article("a", text, name("Anna Berg"), refers("The minister"), refers("she")))).listed
    assert [mention.exact for mention in berg.mentions] == ["Anna Berg", "The minister"]
    assert berg.aliases == ()


def test_who_speaks_of_himself_by_his_office_is_mentioned_there() -> None:
    """“Being the head of the ministry, I must say,” Berg said: that head is Berg, the head of the bank is not."""
    body = "“Being the head of the ministry, I must say that the head of the bank, I fear, is wrong,” Anna Berg said."
    quoted = body[1 : body.index("”")]
    found = corpus(
        article(
            "a",
            body,
            name("Anna Berg"),
            office("head of the ministry", "head"),
            office("head of the bank", "head"),
            says("Anna Berg", "said", quoted, manner="verbatim", verbatim=(Text.of(body).span(1, 1 + len(quoted)),)),
        )
    )
    [berg] = Actors(found).listed
    assert [span.exact for span in berg.mentions] == ["head of the ministry", "Anna Berg"]


def test_a_name_that_another_article_makes_known_is_a_mention() -> None:
    """ "to Pelora" in a text that says no more of it is the state of another article."""
    actors = Actors(
        corpus(
            article(
                "a",
                "Pelora, a state, waits. Standard and Anna Berg agree.",
                name("Pelora", "state"),
                name("Standard", "organisation"),
            ),
            article("b", "She went to Pelora. Standard procedure was kept. The pelora tree stood.", noise("stood")),
            article("c", "They left Pelora.", noise("Pelora")),
            article("d", "Pelora Day is a feast.", name("Pelora Day", "group")),
        )
    ).listed
    told = {actor.name: [(m.text, m.start) for m in actor.mentions] for actor in actors}
    assert told["Pelora"] == [("t-a", 0), ("t-b", 12)]
    assert told["Standard"] == [("t-a", 24)]


def test_a_spelling_of_two_actors_makes_nobody_known() -> None:
    """A surname that two people of the exchange share is given to neither elsewhere."""
    actors = Actors(
        corpus(
            article("a", "Anna Berg left. Berg smiled.", name("Anna Berg"), name("Berg", number=1, full="Anna Berg")),
            article("b", "Jon Berg left. Berg smiled.", name("Jon Berg"), name("Berg", number=1, full="Jon Berg")),
            article("c", "They asked Berg again."),
        )
    ).listed
    assert not [m for actor in actors for m in actor.mentions if m.text == "t-c"]


def test_what_somebody_denies_that_another_said_is_not_told() -> None:
    """ "Berg denied that Ek had said the boats would leave" is Berg's statement and none of Ek's."""
    text = "Anna Berg denied that Jon Ek had said the boats would leave."

    def outer(body):  # type: ignore[no-untyped-def]
        inner = says("Jon Ek", "said", "the boats would leave")(body)
        denied = says("Anna Berg", "denied", "Jon Ek had said the boats would leave", cue_class="deny")(body)
        return replace(denied, inner=(inner,))

    found = corpus(article("a", text, name("Anna Berg"), name("Jon Ek"), outer))
    actors = Actors(found)
    named = {actor.id: actor.name for actor in actors.listed}
    assert [named[t.speaker or ""] for t in find_tellings(found, actors, Anchors(found))] == ["Anna Berg"]


def _by_office(*others: tuple[Article, Text, Layer]) -> Linked:
    """An article in which Norland's foreign minister speaks unnamed, beside others."""
    body = "The Norlandian foreign minister said that she would wait."
    spoken = article(
        "z",
        body,
        name("Norlandian", "state", full="Norland", adjective=True),
        office("Norlandian foreign minister", "foreign minister", of="Norlandian"),
        says("The Norlandian foreign minister", "said", "that she would wait", speaker=None),
        published="2031-03-14",
    )
    return link(corpus(spoken, *others))


def _minister(file: str, who: str, title: str = "foreign minister") -> tuple[Article, Text, Layer]:
    body = f"Norland's {title} {who} came to Vald."
    words = f"Norland's {title}"
    return article(file, body, name("Norland", "state"), name(who), office(words, title, who, "Norland"))


def test_an_office_names_the_one_person_of_the_exchange_who_holds_it() -> None:
    linked = _by_office(_minister("a", "Anna Berg"), _minister("b", "Jon Ek", "defence minister"))
    [telling] = [t for group in linked.groups for t in group.tellings if t.kind == "statement"]
    assert [actor.name for actor in linked.actors if actor.id == telling.speaker] == ["Anna Berg"]


def test_of_two_who_hold_an_office_none_is_chosen_and_both_are_candidates() -> None:
    linked = _by_office(_minister("a", "Anna Berg"), _minister("b", "Jon Ek"))
    [telling] = [t for group in linked.groups for t in group.tellings if t.kind == "statement"]
    assert telling.speaker is None
    names = {actor.id: actor.name for actor in linked.actors}
    assert {names[one.b] for one in linked.links if one.kind == "candidate"} == {"Anna Berg", "Jon Ek"}


def test_an_ambassador_is_one_of_many() -> None:
    linked = _by_office(_minister("a", "Anna Berg", "ambassador"))
    [telling] = [t for group in linked.groups for t in group.tellings if t.kind == "statement"]
    assert telling.speaker is None
    assert not [one for one in linked.links if one.kind == "candidate"]


def test_what_was_worked_out_for_a_corpus_is_forgotten_with_it() -> None:
    """And a name is folded anew, to the same, for the next one."""
    before = fold("Élysée Palace")
    link(corpus(article("a", "Anna Berg left.", name("Anna Berg"))))
    assert fold.cache_info().currsize == 0  # type: ignore[attr-defined]
    assert fold("Élysée Palace") == before
