"""Treaties: which commitments invoke one and the same, however each outlet names it."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.linking import link
from onrecord.model import Act, Text
from tests.corpora import Draw, article, corpus, name

STATES = ("Norland", "Sudmark")


def tell(file: str, *sentences: tuple[str, str, str | None]) -> Any:
    """An article of sentences, each with the words that invoke a treaty and with its name, if they give it."""
    body = " ".join(sentence for sentence, _, _ in sentences)
    draws: list[Draw] = [name(state, "state", number) for state in STATES for number in range(body.count(state))]
    return article(file, body, *draws, *(_draw(*told) for told in sentences))


def _draw(sentence: str, words: str, treaty: str | None) -> Draw:
    def draw(text: Text) -> Act:
        start = text.body.index(sentence) + sentence.index(words)
        span = text.span(start, start + len(words))
        digits = [word for word in (treaty or "").split() if word.isdigit()]
        return Act(
            text=text.id, span=span, confidence=0.9, kind="commitment", cue=span, content=(span,),
            name=treaty, year=int(digits[0]) if digits else None,
        )  # fmt: skip

    return draw


def tied(*articles: Any) -> list[tuple[str, str]]:
    """The words of each commitment that is tied to another, with those of the other."""
    linked = link(corpus(*articles))
    words = {group.id: group.tellings[0].content[0].exact for group in linked.groups}
    return [(words[one.a], words[one.b]) for one in linked.links if one.kind == "related"]


FULL = ("Norland invoked the Gannet Protocol of 1998.", "the Gannet Protocol of 1998", "Gannet Protocol of 1998")


@pytest.mark.parametrize(
    ("sentence", "words", "treaty"),
    [
        ("Sudmark says the protocol of 1998 binds nobody.", "the protocol of 1998 binds nobody", None),
        ("Under the protocol, Sudmark may close the bridge.", "may close the bridge", None),
        ("Article 7 lets Sudmark close the bridge.", "Article 7 lets Sudmark close the bridge", None),
    ],
)
def test_one_treaty_by_its_name_or_by_words_that_point_to_it(sentence: str, words: str, treaty: str | None) -> None:
    assert tied(tell("a.txt", FULL), tell("b.txt", (sentence, words, treaty))) == [(words, FULL[1])]


@pytest.mark.parametrize(
    ("sentence", "words", "treaty"),
    [
        ("Sudmark invoked the Teal Protocol of 1998.", "the Teal Protocol of 1998", "Teal Protocol of 1998"),
        ("Sudmark invoked the Gannet Treaty of 1998.", "the Gannet Treaty of 1998", "Gannet Treaty of 1998"),
        ("Sudmark says the protocol of 2009 binds nobody.", "the protocol of 2009 binds nobody", None),
        ("Sudmark promised to open the bridge.", "to open the bridge", None),
        ("Article 31 of its statute binds the court.", "Article 31 of its statute binds the court", None),
    ],
)
def test_another_treaty_or_none(sentence: str, words: str, treaty: str | None) -> None:
    assert tied(tell("a.txt", FULL), tell("b.txt", (sentence, words, treaty))) == []


def test_two_years_are_one_treaty_dated_twice_unless_one_article_tells_both() -> None:
    other = ("Norland cited the Gannet Protocol of 1999.", "the Gannet Protocol of 1999", "Gannet Protocol of 1999")
    assert not tied(tell("a.txt", FULL, other))
    pointer = ("Sudmark says the protocol binds nobody.", "the protocol binds nobody", None)
    assert not tied(tell("a.txt", FULL, other), tell("b.txt", pointer))


def test_of_two_treaties_the_one_told_before_in_the_article_is_meant() -> None:
    teal = ("Sudmark cited the Teal Protocol of 2009.", "the Teal Protocol of 2009", "Teal Protocol of 2009")
    pointer = ("Under the protocol, it may close the bridge.", "may close the bridge", None)
    assert tied(tell("a.txt", FULL), tell("b.txt", teal, pointer)) == [("may close the bridge", teal[1])]
    assert tied(tell("a.txt", FULL, teal), tell("b.txt", pointer)) == []


def test_a_name_with_its_year_before_it_is_the_same_entry() -> None:
    turned = ("Sudmark reads the 1998 Gannet Protocol otherwise.", "the 1998 Gannet Protocol", "1998 Gannet Protocol")
    linked = link(corpus(tell("a.txt", FULL), tell("b.txt", turned)))
    assert [len(group.tellings) for group in linked.groups] == [2]
