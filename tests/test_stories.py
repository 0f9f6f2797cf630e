"""Stories: which articles tell of one course of events."""

from __future__ import annotations

from itertools import combinations
from random import Random

from onrecord.linking.stories import _ALIKE, Printed, Stories, _joined, group_stories

BOATS = (
    "Norland will free eleven of the fishermen that it has held since April, the foreign ministry said. The patrol "
    "boats stay in the strait. A commission is to look at the licences of the fishermen, which Norland withdrew.",
    "Eleven fishermen held by Norland since April are to be freed. Sudmark, whose fishermen they are, asks that the "
    "patrol boats leave the strait and that the commission give back the licences.",
    "Families waited for the fishermen whom Norland has held. The commission on licences meets on Monday, and the "
    "patrol boats were seen in the strait again.",
)
BRIDGE = (
    "Engineers closed the railway bridge at Vessel after cracks were found in two of its pillars. Trains from Westria "
    "go round by the tunnel, and the repair of the pillars may take until autumn.",
    "The cracks in the pillars of the railway bridge at Vessel are older than was thought, the engineers wrote. Until "
    "the repair is done, trains take the tunnel.",
    "Westria will pay for the repair of the railway bridge at Vessel. The pillars with the cracks date from the year "
    "in which the tunnel was dug.",
)
HEADLINES = (
    "Norland frees eleven fishermen",
    "Cracks close railway bridge at Vessel",
    "Eleven fishermen freed by Norland",
    "Railway bridge at Vessel closed for cracks - Radio Westria",
)


def _group(*bodies: str) -> tuple[int, ...]:
    return group_stories([Printed("", body) for body in bodies])


def test_articles_of_two_courses_of_events_are_two_stories() -> None:
    assert _group(*BOATS, *BRIDGE) == (0, 0, 0, 1, 1, 1)


def test_stories_are_numbered_in_the_order_of_their_first_articles() -> None:
    assert _group(BRIDGE[0], BOATS[0], BOATS[1], BRIDGE[1], BRIDGE[2], BOATS[2]) == (0, 1, 1, 0, 0, 1)


def test_headlines_alone_are_grouped_too() -> None:
    assert group_stories([Printed(headline) for headline in HEADLINES]) == (0, 1, 0, 1)


def test_an_address_speaks_where_the_headline_says_nothing() -> None:
    told = [*map(Printed, HEADLINES), Printed("Live", address="https://a.example/norland-frees-eleven-fishermen.html")]
    assert group_stories(told) == (0, 1, 0, 1, 0)


def test_an_article_that_comes_later_joins_its_story() -> None:
    stories = Stories()
    stories.add(Printed("", body) for body in (*BOATS[:2], *BRIDGE[:2]))
    assert stories.groups() == (0, 0, 1, 1)
    stories.add([Printed("", BRIDGE[2])])
    stories.add([Printed("", BOATS[2])])
    assert stories.groups() == (0, 0, 1, 1, 1, 0)


def test_settling_again_changes_nothing() -> None:
    stories = Stories()
    stories.add(Printed("", body) for body in (*BOATS, *BRIDGE))
    stories.settle()
    first = stories.groups()
    stories.settle()
    assert stories.groups() == first == (0, 0, 0, 1, 1, 1)


def test_the_same_text_twice_is_one_story() -> None:
    assert _group(BOATS[0], BRIDGE[0], BOATS[0]) == (0, 1, 0)


def test_what_says_nothing_stands_alone() -> None:
    assert _group("", BOATS[0], "", BOATS[1]) == (0, 1, 2, 1)


def test_one_article_is_one_story_and_none_is_none() -> None:
    assert _group(BOATS[0]) == (0,)
    assert _group() == ()
    stories = Stories()
    stories.add([])
    assert stories.groups() == ()


def test_articles_with_one_word_in_common_are_not_one_story() -> None:
    assert _group(BOATS[0], BRIDGE[0] + " Norland sent no engineers.") == (0, 1)


def test_the_order_of_the_articles_changes_no_story() -> None:
    texts = [*BOATS, *BRIDGE]
    for turned in range(len(texts)):
        expected = (0,) * (3 - turned % 3) + (1,) * 3 + (0,) * (turned % 3)
        assert _group(*texts[turned:], *texts[:turned]) == expected


def test_always_the_likest_two_stories_of_all_are_joined() -> None:
    chance = Random(7)
    words = [{word: chance.random() for word in chance.sample("abcdefghijklmnop", 4)} for _ in range(40)]
    like = [[sum(weight * other.get(word, 0) for word, weight in one.items()) for other in words] for one in words]
    stories = [[article] for article in range(40)]
    while True:
        found = [(sum(like[i][j] for i in a for j in b) / len(a) / len(b), a, b) for a, b in combinations(stories, 2)]
        likeness, a, b = max(found)
        if likeness <= _ALIKE:
            break
        stories = [story for story in stories if story not in (a, b)] + [sorted(a + b)]
    assert 1 < len(stories) < 40
    said = _joined(words, range(40), range(40))
    assert sorted(stories) == [[i for i in range(40) if said[i] == first] for first in sorted(set(said))]
