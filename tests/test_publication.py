"""When articles appeared: what their text prints, the bounds that it sets, and what relative dates make of them."""

from __future__ import annotations

import time
from datetime import date

import pytest

from onrecord.linking.anchors import Anchors
from onrecord.linking.publication import Publication
from onrecord.model import Article, Corpus, Layer, Statement, Text, Timex, When, digest
from onrecord.reading.page import Page
from onrecord.reading.times import Times


def corpus(*bodies: str, published: str | None = None) -> Corpus:
    """Articles with their times read; only the last may have a date."""
    articles, texts, layers = [], {}, {}
    for number, body in enumerate(bodies, start=1):
        text = Text.of(body)
        times = Layer(text.id, "times", "", Times().read(Page(text)).annotations)
        known = When.of(published, None, "metadata") if published and number == len(bodies) else None
        raw = digest(body)
        articles.append(Article(f"t{number}", text.id, raw, f"{number}.txt", None, "text", "utf-8", published=known))
        texts[text.id], layers[text.id] = text, (times,)
    return Corpus(tuple(articles), texts, layers)


def dated(found: Corpus, words: str) -> When:
    """The date of words in the first article."""
    article = found.articles[0]
    body = found.texts[article.text].body
    start = body.index(words)
    there = Anchors(found).of(article, found.texts[article.text].span(start, start + len(words)))
    assert there is not None
    return there.when


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("VELMIRA, 20 April 2023 (LPA) - Tervania waits.", "2023-04-20"),
        ("VELMIRA, Tervania, April 20, 2023 — Tervania waits.", "2023-04-20"),
        ("Port Lume, 20 April 2023. Tervania waits.", "2023-04-20"),
        ("Tervania waits\n\n20 April 2023, 14:05\n\nNothing came.", "2023-04-20"),
        ("Tervania waits\nPublished: April 20, 2023\nNothing came.", "2023-04-20"),
        ("On 20 April 2023 Tervania waited - and nothing came.", None),
        ("The treaty of 20 April 2023 - a short one - holds.", None),
        ("Tervania waits. On 20 April 2023, nothing came.", None),
        ("VELMIRA, April 20 (LPA) - Tervania waits.", None),
    ],
)
def test_a_day_printed_whole_at_the_head_is_when_the_article_appeared(body: str, day: str | None) -> None:
    found = corpus(body)
    when = Publication(found).of(found.articles[0])
    assert (when.edtf if when else None) == day
    assert when is None or (when.rule == "printed" and when.stated and when.stated in body)


@pytest.mark.parametrize(
    ("body", "earliest", "latest"),
    [
        ("The ministers met on Monday, 14 February 2022.", "2022-02-14", "2022-08-16"),
        ("The ministers will meet on 3 March 2022.", "2021-08-15", "2022-03-03"),
        ("They met on 14 February 2022. They will meet again on 3 March.", "2022-02-14", "2022-03-03"),
        ("The summit planned for 14 February 2022 was called off on 20 January.", "2022-01-20", "2022-08-16"),
        ("Berg said they met on 14 February 2022. “We will meet on 3 March,” she said.", "2022-02-14", "2022-08-16"),
        ("VELMIRA, February 14 (LPA) - They met on 3 February 2022.", "2022-02-14", "2022-02-15"),
    ],
)
def test_an_article_without_a_date_has_the_bounds_that_its_words_set(body: str, earliest: str, latest: str) -> None:
    found = corpus(body, "Sudmark sent a paper on 14 February 2022.")
    estimate = Publication(found).estimate(found.articles[0])
    assert estimate is not None
    assert (estimate.earliest, estimate.latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    for ground in estimate.grounds:
        assert ground.span is None or found.texts[found.articles[0].text].holds(ground.span)


def test_a_post_is_a_lower_bound_of_the_article_that_shows_it() -> None:
    text = Text.of("We have sent it.\n\n— Jon Ek (@jonek) January 26, 2022")
    times = Layer(text.id, "times", "", Times().read(Page(text)).annotations)
    signed = text.span(text.body.index("January"), len(text.body))
    post = Statement(
        text=text.id, span=text.span(0, 16), content=(text.span(0, 16),), manner="verbatim", medium="tweet", time=signed
    )
    article = Article("t1", text.id, "r", "1.txt", None, "text", "utf-8")
    layers = {text.id: (times, Layer(text.id, "statements", "", (post,)))}
    estimate = Publication(Corpus((article,), {text.id: text}, layers)).estimate(article)
    assert estimate is not None
    assert estimate.earliest == date(2022, 1, 26)
    assert estimate.grounds[0].span == signed


def test_an_article_with_a_date_or_with_nothing_to_go_by_has_no_estimate() -> None:
    known = corpus("They met on 14 February 2022.", published="2022-02-15")
    assert Publication(known).estimate(known.articles[0]) is None
    silent = corpus("They met on a Monday.")
    assert Publication(silent).estimate(silent.articles[0]) is None


def test_bounds_that_contradict_each_other_are_no_estimate() -> None:
    found = corpus("They met on 14 February 2022. They will meet on 3 January 2022.")
    assert Publication(found).estimate(found.articles[0]) is None


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("last year", "2021"),  # whenever it appeared, between February and August 2022
        ("in January", "2022-01"),
        ("on Friday", None),  # no Friday is the same for all days
        ("last month", None),
        ("yesterday", None),
    ],
)
def test_an_estimate_anchors_only_what_holds_for_all_of_it(words: str, edtf: str | None) -> None:
    found = corpus(f"They met on 14 February 2022. Ek had come {words}.", "A paper was sent on 14 February 2022.")
    assert dated(found, words.removeprefix("in ").removeprefix("on ")).edtf == edtf


@pytest.mark.parametrize(
    ("body", "words", "edtf"),
    [
        ("They met on 14 March 2022. After that, Ek wrote.", "After that", "2022-03-14/.."),
        ("They met on 14 March 2022. Prior to this, Ek wrote.", "Prior to this", "../2022-03-14"),
        ("They met on 14 March 2022.\n\nBefore that, Ek wrote.", "Before that", "../2022-03-14"),
        ("On 14 March 2022 they read the paper of 3 May 1999. After that, Ek wrote.", "After that", "1999-05-03/.."),
        ("On 14 March 2022 they read the paper of 3 May 1999. Before that, Ek wrote.", "Before that", "../2022-03-14"),
        ("They met on 14 March 2022. It rained. It was cold. After that, Ek wrote.", "After that", None),
        ("Nobody came. After that, Ek wrote.", "After that", None),
    ],
)
def test_after_that_is_bounded_by_the_day_told_before(body: str, words: str, edtf: str | None) -> None:
    when = dated(corpus(body), words)
    assert when.edtf == edtf
    assert when.rule == ("bound" if edtf else "unresolved")
    assert when.stated == words


@pytest.mark.parametrize(
    ("body", "words", "edtf"),
    [
        ("They met on Saturday and Sunday.", "Saturday and Sunday", "2022-03-12/2022-03-13"),
        ("It was shut on Tuesday. At 6:10 the keeper rang.", "6:10", "2022-03-15"),
        ("It ends on 19 March, and nobody knows what comes on the 20th.", "the 20th", "2022-03-20"),
        ("It fell on 12 March 2022, and has done so since 1994. The following week they met.", "The following week",
         "2022-03-14/2022-03-20"),
        ("It ended in the summer of 2020, and the following spring it was sold.", "the following spring", "2021"),
        ("It will be done in ten days.", "ten days", "2022-03-27"),
        ("It stands half-built since this winter.", "this winter", "2021"),
    ],
)  # fmt: skip
def test_relative_words_are_reckoned_from_what_the_text_tells(body: str, words: str, edtf: str) -> None:
    assert dated(corpus(body, published="2022-03-17"), words).edtf == edtf


@pytest.mark.parametrize(
    "piece", ["last year, ", "a day later, ", "After that, ", "at 6:10. ", "on the 20th, ", "14 March, "]
)
@pytest.mark.parametrize("published", [None, "2022-03-17"])
def test_ten_thousand_dates_in_one_line_are_anchored_in_a_time_that_grows_with_them(
    piece: str, published: str | None
) -> None:
    taken = []
    for count in (2_500, 10_000):
        found = corpus("They met on 14 March 2022. " + piece * count, published=published)
        article = found.articles[0]
        begin = time.process_time()
        anchors = Anchors(found)
        held = [anchors.of(article, timex.span) for timex in found.all(article.text, Timex)]
        taken.append(time.process_time() - begin)
        assert len(held) == count + 1
        assert all(held)
    assert taken[1] < 8 * taken[0] + 0.5
