"""Copies: shingles, who repeats whom, paragraphs taken over, credits, and how many sources an entry has."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest

from onrecord.linking import link
from onrecord.linking.copies import find_copies, find_shared
from onrecord.linking.credits import find_credits
from onrecord.linking.shingles import SIZE, common, shingles, shingles_of_each
from onrecord.record import build_record
from tests.corpora import act, article, at, corpus, name, noise, says

STORY = """Norland will free eleven of the nineteen fishermen that it has held since April, it said on Thursday.

The patrol boats will stay where they are, the ministry added, because the strait had become a playground for smugglers.

A commission of the two countries is to look at the licences, which Norland withdrew the day after the boats were taken.

Of the radar recordings, for which Sudmark had asked in its note of last month, the paper says nothing at all."""

OTHER = """A ferry brought the first men home shortly after eight in the evening, and half the town stood there.

Nobody had told the band what to play. The mayor read a list of names from a piece of paper that the wind took twice.

On the boats that did not come back the insurers put a price this week; the owners say it would not pay for the nets."""


def _joined(*bodies: str) -> list[tuple[str, str]]:
    made = corpus(*(article(f"{number}", body) for number, body in enumerate(bodies)))
    return [(copy.article, copy.original) for copy in find_copies(made)]


def test_shingles_are_the_runs_of_words_that_a_loop_would_find() -> None:
    for body in (STORY, OTHER, "a b c", "", "Überraschung in Ōsaka: 12 Boote, 3 𝔐änner und ein Hund"):
        words = re.findall(r"[^\W_]+", body.lower())
        assert len(shingles(body)) == len(set(zip(*(words[at:] for at in range(SIZE)), strict=False)))


def test_what_is_left_out_is_in_no_shingle() -> None:
    inside = STORY.index("A commission")
    assert common(shingles(STORY, [(0, inside)]), shingles(STORY[inside:])) == len(shingles(STORY[inside:]))
    assert len(shingles(STORY, [(0, len(STORY))])) == 0


def test_a_long_text_and_a_short_one_have_the_same_numbers() -> None:
    assert common(shingles(STORY), shingles("word " * 50_000 + STORY)) == len(shingles(STORY))


@pytest.mark.parametrize("names", [True, False])
def test_texts_read_together_have_the_shingles_that_each_has_alone(names: bool) -> None:
    """Whatever the texts beside it are: empty, short, torn, in rare letters, or longer than what is read at once."""
    long = " ".join(f"{word} {number}" for number, word in enumerate(STORY.split() * 100))
    odd = ("", "\n", "a b c", "Norland \ud800 will \udc00 free " * 9, "𝔐änner 𝔅 in Ōsaka İ ß " * 9, "\0", "x" * 100_000)
    texts = [(body, ()) for body in (STORY, *odd, OTHER, long, "Berg Ek", "Ek Berg", STORY[:500], "")] * 20
    texts += [(STORY, [(0, 90), (60, 200)]), (OTHER, [(0, len(OTHER))]), (STORY, [(len(STORY) - 300, len(STORY))])]
    found = list(shingles_of_each(texts, names=names))
    assert len(found) == len(texts)
    alone = {body: shingles(body, names=names) for body, _ in texts}
    for (body, left_out), together in zip(texts, found, strict=True):
        one = shingles(body, left_out, names=names) if left_out else alone[body]
        assert together.tolist() == one.tolist(), body[:60]


def test_no_shingle_reaches_from_one_text_into_the_next() -> None:
    texts = ("Berg met Ek", "in Vessel today", "", "at noon", "and left again")
    assert [len(found) for found in shingles_of_each([(body, ()) for body in texts])] == [0] * 5


def test_names_at_the_end_of_one_text_and_the_start_of_the_next_are_two() -> None:
    """Words with a capital on end count as one, and without the second no run would be left of the next text."""
    texts = [("the paper came from Berg", ()), ("Ek read it aloud", ())]
    assert [len(found) for found in shingles_of_each(texts, names=False)] == [2, 1]


def test_a_paragraph_taken_over_is_found_far_down_in_a_long_text() -> None:
    """Each paragraph is looked at by itself; to look at the whole text again for each took minutes here."""
    lines = "\n".join(f"{number} {OTHER[number % 50 : number % 50 + 60]} {number}" for number in range(15_000))
    _, taken = find_shared(corpus(article("a", STORY), article("b", f"{lines}\n{SENTENCES[2]}")))
    assert [one.start for one in taken] == [len(lines) + 1]


def test_what_is_left_out_is_left_out_of_its_paragraph() -> None:
    caption = "Photo: two men look at the harbour from a rowing boat"
    body = f"{OTHER}\n\n{SENTENCES[2]} {caption}\n\n{OTHER[::-1]}"
    shares = []
    for draws in ((), (noise(caption),)):
        _, (taken,) = find_shared(corpus(article("a", STORY), article("b", body, *draws)))
        shares.append(taken.score)
    assert shares[0] < shares[1] == 1.0


CHANGED = STORY.replace("fishermen", "sailors").replace("playground", "haven").replace("withdrew", "cancelled")
SENTENCES = STORY.split("\n\n")


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("the same letter for letter", STORY),
        ("another headline and a credit", f"Eleven men to go home\n\nVESSEL (LPA) - {STORY}\n\n(LPA)"),
        ("words changed", CHANGED),
        ("cut", "\n\n".join(SENTENCES[:2])),
        ("its paragraphs moved", "\n\n".join([*SENTENCES[2:], *SENTENCES[:2]])),
        ("names spelled otherwise", STORY.replace("Norland", "Norrlannd").replace("Sudmark", "Zudmarck")),
    ],
)
def test_a_text_that_repeats_another_is_its_copy(what: str, body: str) -> None:
    assert _joined(STORY, OTHER, body) == [("t-2", "t-0")], what


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("another report", OTHER),
        ("a paragraph taken over", f"{OTHER}\n\n{SENTENCES[2]}\n\n{OTHER.replace('ferry', 'boat')[::-1]}"),
        ("a pattern filled with other names", "Norland freed Berg on Monday. " * 3),
    ],
)
def test_a_text_of_its_own_is_no_copy(what: str, body: str) -> None:
    assert _joined(STORY, body) == [], what


def test_lists_after_one_pattern_are_no_copies_of_one_another() -> None:
    """Each line says the same of somebody else."""
    line = "{0} {1} is the director of {2}. {1} was designated for having acted for {2}. {2} trades in {3}."
    one = " ".join(line.format(f"Aaa{n}", f"Bbb{n}", f"Ccc{n} Works", f"oil{n}") for n in range(12))
    two = " ".join(line.format(f"Xaa{n}", f"Ybb{n}", f"Zcc{n} Mills", f"ore{n}") for n in range(12))
    assert _joined(one, two) == []


def test_two_reports_that_quote_one_speech_at_length_are_no_copies() -> None:
    speech = " ".join(SENTENCES)
    bodies = (f"Berg spoke. “{speech}” {OTHER}", f"Ek listened. “{speech}” {' '.join(reversed(OTHER.split()))}")

    def quoted(text):
        first, second = text.body.split()[:2]
        return replace(says(first, second[:-1], speech)(text), verbatim=(at(text, speech),))

    assert find_copies(corpus(*(article(str(n), body, quoted) for n, body in enumerate(bodies)))) == ()


def test_a_paragraph_that_two_articles_share_is_named() -> None:
    body = f"{OTHER}\n\n{SENTENCES[2]}\n\n{OTHER[::-1]}"
    _, (taken,) = find_shared(corpus(article("a", STORY), article("b", body)))
    assert (taken.article, taken.original, body[taken.start : taken.end]) == ("t-b", "t-a", SENTENCES[2])


@pytest.mark.parametrize(
    ("body", "agency"),
    [
        (f"VESSEL, April 20 (LPA) - {STORY}", "LPA"),
        (f"Headline\n\n(LPA) - {STORY}", "LPA"),
        (f"VESSEL, April 20. /LPA/. {STORY}", "LPA"),
        (f"{STORY}\n\n(LPA)", "LPA"),
        (f"{STORY}\n\nSource: LPA", "LPA"),
        (f"{STORY}\n\n– Lantern Press Agency", "Lantern Press Agency"),
        (f"LPA, VESSEL, April 20 - {STORY}", "LPA"),
        (f"Anna Berg, Vessel, April 20 - {STORY}", None),
        (f"(Update) - {STORY}", None),
        (f"April 20 (Monday) - {STORY}", None),
        (f"{STORY} Berg told LPA that she knew nothing.", None),
        (f"{STORY}\n\nPhoto: LPA", None),
        (f"{STORY}\n\n– Anna Berg", None),
        (f"{STORY}\n\n(Anna Berg)", None),
    ],
)
def test_a_credit_counts_in_its_place_only(body: str, agency: str | None) -> None:
    draws = [noise("Photo: LPA", "credit")] if "Photo" in body else []
    found = find_credits(corpus(article("a", body, *draws)))
    assert [credit.agency for credit in found] == ([agency] if agency else [])
    for credit in found:
        assert credit.span is not None
        assert body[credit.span.start : credit.span.end] == agency


def test_an_agency_and_its_clients_have_one_name() -> None:
    found = find_credits(
        corpus(
            article("a", STORY, outlet="Lantern Press Agency"),
            article("b", f"VESSEL (LPA) - {OTHER}"),
            article("c", OTHER[::-1], outlet="Vessel Courier"),
        )
    )
    assert [(credit.article, credit.agency) for credit in found] == [
        ("t-a", "Lantern Press Agency"),
        ("t-b", "Lantern Press Agency"),
    ]


DEMAND = "Norland demanded that Sudmark leave the strait"


def _sources(*bodies: str) -> tuple[int, object]:
    drawn = (
        name("Norland", "state"),
        name("Sudmark", "state"),
        act("demand", "demanded", DEMAND, "Norland", "Sudmark"),
    )
    (entry,) = build_record(link(corpus(*(article(f"{n}", body, *drawn) for n, body in enumerate(bodies))))).entries
    return entry.independent_sources, entry.attributes.get("sources_at_most")


def test_what_only_clients_of_one_agency_tell_has_one_source_or_two() -> None:
    assert _sources(f"{DEMAND}. {STORY}", f"{DEMAND}. {OTHER}") == (2, None)
    assert _sources(f"VESSEL (LPA) - {DEMAND}. {STORY}", f"VESSEL (LPA) - {DEMAND}. {OTHER}") == (1, 2)
    assert _sources(f"{DEMAND}. {STORY}", f"{DEMAND}. {STORY} It rained.") == (1, None)


def test_what_stands_in_a_paragraph_taken_over_has_one_source_or_two() -> None:
    paragraph = f"{DEMAND}. {SENTENCES[2]}"
    shared = f"{OTHER}\n\n{paragraph}\n\n{OTHER[::-1]}"
    assert _sources(f"{paragraph}\n\n{STORY}", shared) == (1, 2)


def test_a_run_that_many_texts_share_leads_to_the_first_of_them_alone() -> None:
    """A paragraph that stands in every article is found in the first hundred, however many articles there are."""
    own = (" ".join(f"word{number}x{place}" for place in range(40)) for number in range(300))
    _, taken = find_shared(corpus(*(article(f"{n:03}", f"{SENTENCES[2]}\n\n{body}") for n, body in enumerate(own))))
    assert max(Counter(one.article for one in taken).values()) == 100
    assert {one.original for one in taken} == {f"t-{number:03}" for number in range(100)}


def test_five_thousand_copies_of_one_text_are_found_one_by_one() -> None:
    """A family is one text of the index, however many are in it."""
    bodies = [STORY + f" {number}." for number in range(5000)]
    assert len(_joined(*bodies)) == 4999
