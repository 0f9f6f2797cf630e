"""What each line of a text is. The answer is drawn in the text: ⟦words|role⟧; what is not drawn is body."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from onrecord.intake import Roles
from onrecord.intake.furniture import judge_line
from onrecord.intake.lines import Line
from onrecord.lexicon.tables import read_table
from onrecord.model import Text
from tests.intake_inputs import MORE_PROSE, PROSE

_DRAWN = re.compile(r"⟦(.+?)\|(\w+)⟧", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """A page as this stage sees it."""

    text: Text


def _draw(drawn: str) -> tuple[str, list[tuple[str, str]]]:
    """The body without the marks, and what is drawn in it."""
    return _DRAWN.sub(lambda found: found[1], drawn), [(found[1], found[2]) for found in _DRAWN.finditer(drawn)]


def _read(body: str) -> list[tuple[str, str]]:
    return [(role.span.exact, role.role) for role in Roles().read(Page(Text.of(body))).annotations]


PAGES = {
    "headline with the site's name in bars": f"""
⟦Berg sees a way to agree with Sudmark on ″the bay″|headline⟧ ⟦| World news | VH|residue⟧

⟦by harbour news|byline⟧

{PROSE}
""",
    "headline with the site's name after a dash": f"""
⟦Norland waits – and Sudmark is silent|headline⟧ ⟦- The Varland Herald|residue⟧
{PROSE}
""",
    "a dash in a headline is part of it": f"""
⟦Talks in Varland fail – ministers leave at dawn|headline⟧
{PROSE}
""",
    "a menu on one line comes before the headline": f"""
⟦Home | World | Sea & Coast | Weather|residue⟧

⟦Berg: “Sudmark Has Closed the Door”|headline⟧
⟦By Jon Ek, Varland Press|byline⟧ | 14 March 2022

{PROSE}
""",
    "so does the way to the page": f"""
⟦Main page > News > Foreign policy|residue⟧

⟦Berg: «Sudmark Has Closed the Door»|headline⟧

{PROSE}
""",
    "and a menu with strokes between": f"""
⟦MAIN / STATE / TRADE / LATIN SCRIPT|residue⟧

⟦Berg: «Sudmark Has Closed the Door»|headline⟧

{PROSE}
""",
    "an article that starts with its lead has no headline": f"""
Norland does not want a quarrel but will not give up its demand, Foreign Minister Anna Berg said on Friday.
{PROSE}
⟦Be the first to comment|comment_ui⟧
""",
    "a quotation on the first line that ends as a sentence is body": f"""
“We will wait for the reply.”
{PROSE}
""",
    "a headline that ends in initials or a question mark": f"""
⟦Has Norland been heard by the U.N.|headline⟧
{PROSE}
""",
    "a headline repeated in the lead": f"""
⟦Norland waits for a reply|headline⟧

⟦“Norland waits for a reply.”|lead_dup⟧ {PROSE}
""",
    "a second headline run into the lead, with what is left of a picture's tag": f"""
⟦Berg spoke about Sudmark's reaction to the demand on the bay|headline⟧

⟦Berg: Norland received a first reaction from Sudmark on the bay|lead_dup⟧ The head of the foreign ministry \
stressed that it was only a first reaction. ⟦“Berg told of the reaction of Sudmark” />|residue⟧

⟦Anna Berg|caption⟧

{PROSE}
""",
    "a heading is not a caption": f"""
⟦Norland waits for a reply|headline⟧

Patrol Boats

{PROSE}

Sudmark's answer

{MORE_PROSE}
""",
    "captions and credits": f"""
⟦Norland waits for a reply|headline⟧
⟦Anna Berg arrives for the talks in Varland|caption⟧ ⟦[Jon Ek/Varland Press]|credit⟧
{PROSE}
⟦FILE PHOTO: Anna Berg leaves the ministry, March 2, 2022. Varland Press/Jon Ek|caption⟧
⟦The minister at the harbour.|caption⟧ ⟦Photo: Jon Ek/Varland Press|credit⟧
{MORE_PROSE}
⟦Image by Norland Press (Commons)/Attribution 2.0 Generic (CC BY-NC-ND 2.0)|credit⟧
⟦© 2022 Varland Herald. All rights reserved.|credit⟧
⟦The post Ek says no to Norland appeared first on Varland Herald.|credit⟧
""",
    "an embedded post without blank lines, with a link in it": f"""
⟦Norland waits for a reply|headline⟧
{PROSE}
Taking it to the network, the spokesman – Jon Ek tweeted,
⟦We have now conveyed our answer to #Norland. Talks & diplomacy, not force.|embed⟧ ⟦https://t.co/4dQcLYEsK6|residue⟧
⟦— Jon Ek (@jonek) March 14, 2022|embed⟧
{MORE_PROSE}
""",
    "an embedded post of several lines": f"""
{PROSE}

The minister wrote:

⟦Today I met my colleague.|embed⟧

⟦We agreed on nothing. #bay|embed⟧ ⟦pic.twitter.com/AbC1|residue⟧

⟦— Anna Berg (@annaberg) March 14, 2022|embed⟧

{MORE_PROSE}
""",
    "an embedded post on one line": f"""
{PROSE}
⟦We have sent our answer to Norland — Jon Ek (@jonek) March 14, 2022|embed⟧
{MORE_PROSE}
""",
    "the tail of a page": f"""
⟦Norland waits for a reply|headline⟧
{PROSE}
{MORE_PROSE}
{MORE_PROSE}
⟦Subscribe to the Varland Herald Get news before anyone|call_to_action⟧
⟦Share this article: Facebook Email Copy link|call_to_action⟧
⟦See also:|related⟧
⟦Ek: “Norland must wait”|related⟧
⟦Ferry fares to rise in June|related⟧
⟦Read more: What is a median line?|related⟧
⟦You may also like|related⟧
⟦Leave a Reply|comment_ui⟧
⟦Your email address will not be published.|comment_ui⟧
""",
    "readers' comments are nobody's words on the record": f"""
{PROSE}
{MORE_PROSE}
{MORE_PROSE}
⟦2 Comments|comment_ui⟧
⟦Seafarer says:|comment_ui⟧
⟦March 15, 2022 at 10:31 am|comment_ui⟧
⟦Berg said “we will wait” and she will wait for ever, everybody in Sudmark knows that.|comment_ui⟧
⟦Reply|comment_ui⟧
""",
    "a counter of comments over the article hides nothing": f"""
⟦Norland waits for a reply|headline⟧
⟦3 comments|comment_ui⟧
{PROSE}
{MORE_PROSE}
""",
    "links in the middle of an article": f"""
{PROSE}
⟦Related:|related⟧
⟦Ferry fares to rise in June|related⟧
⟦Fog in the strait|related⟧
What Sudmark wants
{MORE_PROSE}
""",
    "a menu before the article, and the date that stands in it": f"""
⟦Norland waits for a reply|headline⟧
⟦World|residue⟧
⟦Politics|residue⟧
⟦Business|residue⟧
⟦Harbour|residue⟧
14 March 2022
{PROSE}
""",
    "leftovers of markup inside a paragraph": f"""
{PROSE} ⟦<a href="x" target="_blank">|residue⟧more⟦</a>|residue⟧ ⟦[caption id="3"]|residue⟧ and [USA] <…> stay.
⟦(function(d, s, id) {{ var js|residue⟧
⟦World > Europe > Norland waits|residue⟧
""",
}


@pytest.mark.parametrize("name", PAGES)
def test_roles_are_as_drawn(name: str) -> None:
    """Each stretch has the role that is drawn, and all else is body."""
    body, expected = _draw(PAGES[name].lstrip("\n"))
    assert _read(body) == expected


@pytest.mark.parametrize(
    "line",
    [
        "“Subscribe to our demands,” the envoy wrote on the door of the ministry.",
        "Sign up for peace, Berg said.",
        "Share this burden with us, she told parliament",
        "Photo: Berg denies the report",
        "Get our boats out of the bay, Norland demanded",
        "Written by two ministers in the last days of the old century, the paper has been signed by eleven states.",
        "By Friday the two delegations will have met three times in Varland.",
        "The post of foreign minister has been vacant since March.",
        "Posted in Varland since 2019, the ambassador knows both ministers well.",
        "Copyright rules between Norland and Sudmark expire in May.",
        "Norland's demands",
        "Background",
        "The two ministers will meet again in Varland in the spring.Choose what you want delivered to your inbox.",
    ],
)
def test_words_of_the_list_alone_mask_no_line_of_the_article(line: str) -> None:
    """A quotation, a verb of speech, prose and a section heading stay body, whatever words they begin with."""
    assert _read(f"{PROSE}\n{line}\n{MORE_PROSE}\n") == []


@pytest.mark.parametrize("line", ["Subscribe to our newsletter", "Leave a Reply", "By Anna Berg", "Photo: Jon Ek"])
def test_first_line_is_never_noise(line: str) -> None:
    """Whatever the first line says, no word of the list makes it noise."""
    assert not any(role.is_noise for role in Roles().read(Page(Text.of(f"{line}\n{PROSE}\n"))).annotations)


def test_empty_and_single_line_texts_have_no_headline() -> None:
    """Where nothing follows, the first line is all there is."""
    assert _read(PROSE) == []
    assert _read("Norland waits for a reply") == []


def test_text_broken_at_a_fixed_width_is_prose() -> None:
    """The lines of a text that is broken at 60 columns are parts of sentences, and none is furniture or a headline."""
    body = (
        "Foreign Minister Anna Berg of Norland said on Monday that a\n"
        "reply had not come, and that the ministry would not see it\n"
        "by Norland Day, as the envoys of both states had once hoped\n"
        "share on the quay. The ambassador, who had handed the note\n"
        "over himself, declined to answer. His counterpart stayed in\n"
        "the harbour town for the night.\n"
    )
    assert _read(body) == []


def test_each_role_says_why() -> None:
    """Every role names the rule that found it."""
    found = Roles().read(Page(Text.of(_draw(PAGES["the tail of a page"])[0]))).annotations
    assert found
    assert all(role.why for role in found)
    assert {role.why for role in found if role.span.exact == "Leave a Reply"} == {"page furniture: leave a reply"}


def test_roles_rest_on_the_text_alone() -> None:
    """The stage needs no other layer, and says the same of the same text again."""
    body = _draw(PAGES["captions and credits"])[0]
    assert Roles.needs == ()
    assert Roles().read(Page(Text.of(body))) == Roles().read(Page(Text.of(body)))


@pytest.mark.parametrize(
    "row", [row for row in read_table("page_furniture") if row["example"]], ids=lambda r: r["words"]
)
def test_examples_of_the_list_are_found(row: dict[str, str]) -> None:
    """The example beside a row of the list is found, with the row's role."""
    found = judge_line(Line(1, 0, row["example"]))
    if row["role"] == "comments_follow":
        assert judge_line(Line(1, 0, row["words"])).comments_follow  # type: ignore[union-attr]
    else:
        assert found is not None
        assert found.role == row["role"]


def test_list_is_without_repetition_and_in_lower_case() -> None:
    """No row of the list stands twice, and none could never match."""
    rows = [(row["role"], row["match"], row["words"]) for row in read_table("page_furniture")]
    assert len(rows) == len(set(rows))
    assert all(words == words.casefold() and words for _, _, words in rows)
    assert {match for _, match, _ in rows} == {"whole", "start", "has", "label", "word"}
