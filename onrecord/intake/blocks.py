"""Furniture of several lines: embedded posts, reader comments, lists of links, menus."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from onrecord.intake.furniture import Furniture, has_speech
from onrecord.intake.lines import Line
from onrecord.intake.pieces import Piece

# — Jon Ek (@jonek) January 26, 2022
_SIGNATURE = re.compile(r"[—–―-]{1,2}\s{0,3}[^()]{1,60}\(@\w{1,30}\)(?:\s[^()]{3,40})?$")
_POST_TAIL = re.compile(r"\s[—–―]\s{0,3}[^—–―()]{1,60}\(@\w{1,30}\)\s\w{3,9}\s\d{1,2},\s\d{4}$")
_SHARED_POST = re.compile(r"A post shared by [^()]{1,80}\(@[\w.]{1,40}\)")
_LONGEST_POST = 600
_MOST_POST_LINES = 6

# How a comment begins or ends in the common systems: "Jon Ek says:", "January 26, 2022 at 10:31 am", "Reply".
_COMMENT = re.compile(
    r".{2,40} says:|(?:.{3,30} )?at \d{1,2}:\d{2} ?[ap]m|Reply|Report|Like|Likes?:? \d+|"
    r"\d+ (?:hours?|days?|minutes?) ago",
    re.I,
)

_MOST_LINK_WORDS = 20
_MENU_LINES = 4


def find_embeds(lines: tuple[Line, ...]) -> Iterator[Piece]:
    """Embedded posts, known by the line that signs them."""
    for place, line in enumerate(lines):
        if line.words[0] in "—–―-" and _SIGNATURE.match(line.words):
            for post in _post_lines(lines[max(0, place - _MOST_POST_LINES) : place]):
                yield Piece.of(post, "embed", "the post over its signature")
            yield Piece.of(line, "embed", "the signature of a post: — Name (@name) date")
        elif line.number and len(line.words) <= _LONGEST_POST and "(@" in line.words and _POST_TAIL.search(line.words):
            yield Piece.of(line, "embed", "a post with its signature")
        elif line.number and _SHARED_POST.match(line.words):
            yield Piece.of(line, "embed", "the signature of a post: A post shared by (@name)")


def _post_lines(before: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a post among those before its signature.

    A post of several lines begins after the line that announces it ("… the minister tweeted,"); where no line does,
    only the last line is surely of the post.
    """
    before = tuple(line for line in before if line.number)
    for place in range(len(before) - 1, -1, -1):
        line = before[place]
        if line.words.endswith((":", ",")) and place < len(before) - 1:
            return before[place + 1 :]
        if line.is_prose and place < len(before) - 1 and not ({"#", "@"} & set(line.words)):
            break
    return before[-1:]


def find_comments(lines: tuple[Line, ...], furniture: Mapping[int, Furniture]) -> Iterator[Piece]:
    """What stands under the heading of the readers' comments, to the end of the text.

    A heading above the article's words is a counter beside the headline, and nothing follows from it. Where nothing
    but the heading says that comments follow, a line with a quotation or a verb of speech stays what it is.
    """
    prose = 0
    for line in lines:
        if line.number in furniture and furniture[line.number].comments_follow and prose >= 3:
            after = lines[line.number + 1 :]
            sure = any(_COMMENT.fullmatch(other.words[:80]) for other in after)
            for other in after:
                if sure or not (other.has_quote or has_speech(other.words)):
                    yield Piece.of(other, "comment_ui", f"under the readers' comments: {furniture[line.number].words}")
            return
        prose += line.is_prose


def find_related(lines: tuple[Line, ...], furniture: Mapping[int, Furniture]) -> Iterator[Piece]:
    """Lists of links to other articles, under their headings.

    In the tail of the page every line that has the shape of a headline is such a link. Before more of the article,
    the last short line may be the heading of the section that follows, and one with a quotation or a verb of speech
    may belong to the article: these stay.
    """
    last_prose = max((line.number for line in lines if line.is_prose), default=-1)
    for number, found in furniture.items():
        if not found.list_follows:
            continue
        links = []
        for line in lines[number + 1 :]:
            if not line.is_headline_like or line.count > _MOST_LINK_WORDS or line.number in furniture:
                break
            links.append(line)
        if number < last_prose:
            links = [line for line in links[:-1] if not (line.has_quote or has_speech(line.words))]
        for line in links:
            yield Piece.of(line, "related", f"a link under: {found.words}")


def find_menus(lines: tuple[Line, ...]) -> Iterator[Piece]:
    """Runs of four or more lines of one to three words before the first paragraph or after the last."""
    prose = [line.number for line in lines if line.is_prose]
    if not prose:
        return
    for part in (lines[1 : prose[0]], lines[prose[-1] + 1 :]):
        run: list[Line] = []
        for line in (*part, None):
            if line and line.count <= 3 and not line.ends_sentence and not line.has_quote and not _has_digit(line):
                run.append(line)
                continue
            if len(run) >= _MENU_LINES:
                yield from (Piece.of(item, "residue", "a line of a menu") for item in run)
            run = []


def _has_digit(line: Line) -> bool:
    """Dates stay readable: "26 January 2022" among the lines of a menu is the article's date."""
    return any(character.isdigit() for character in line.words)
