"""The head of an article: headline, its repetition, byline, caption."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from onrecord.intake.furniture import has_speech, judge_line, names_outlet
from onrecord.intake.lines import Line
from onrecord.intake.pieces import Piece

_LONGEST_HEADLINE = 220
_MOST_HEADLINE_WORDS = 30
_BARS = re.compile(r"\s{1,5}(?:[|¦»•]|::)\s{1,5}")
# Between the entries of a menu, and on the way to a page, each with the fewest entries: "Home | World | Sea | Weather".
_MENUS = ((_BARS, 4), (re.compile(r"\s{1,5}[/·]\s{1,5}"), 4), (re.compile(r"\s{1,5}[>›→]\s{1,5}"), 3))
_DASH = re.compile(r"\s[-–—]\s(?!.*\s[-–—]\s)")  # the last one
_DOMAIN = re.compile(r"(?:www\.)?[\w-]{2,40}\.(?:com|net|org|info|eu|int|gov|news|co\.\w\w|[a-z]{2})")
_SMALL = frozenset((*("of", "the", "and", "for", "in", "de", "la", "del", "&", "al", "el"),))

_BY = re.compile(r"(?:(?:written|reported|posted|published|compiled) )?by:? (?=\S)", re.I)
_BY_END = re.compile(
    r"\s*(?:[|•·,–—-]|\s(?:on|at|in)\b)?\s*(?:\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|"
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d|\b\d{1,4}\b)"
)
_NO_NAME = frozenset(
    (
        *("the", "a", "an", "this", "that", "these", "those", "its", "his", "her", "their"),
        *("our", "then", "contrast"),
    )
)
_HEAD_LINES = 6
_MOST_BYLINE_WORDS = 12

_NAME_WORD = re.compile(r"[^\W\d_a-z](?:[^\W\d_]|[-'’.])*")
_WORDS = re.compile(r"\w+")
_COMMON = frozenset(
    (
        *("the", "a", "an", "of", "in", "on", "at", "to", "for", "by", "with", "and", "or", "as"),
        *("is", "are", "was", "were", "be", "has", "have", "had", "not", "no", "from", "its"),
    )
)
# A second headline run into the lead: "... on security guarantees The minister stressed that ..."
_RUN_IN = re.compile(r"[a-z0-9”’)] (?=(?:The|A|An|He|She|It|In|On|At|This|According) [a-z])|[a-z0-9”’)] (?=The [A-Z])")


def find_headline(lines: tuple[Line, ...]) -> Iterator[Piece]:
    """The first line where it has the shape of a headline, and the name of the site at its end.

    The menu of a site on a line before it ("Home | World | Weather | Subscribe") is residue.
    """
    if not lines or not any(line.count >= 8 for line in lines[1:]):
        return
    line = lines[0]
    if _is_menu(line.words):
        yield Piece.of(line, "residue", "a menu on one line: Home | World | Weather")
        line = lines[1]
    too_long = len(line.words) > _LONGEST_HEADLINE or line.count > _MOST_HEADLINE_WORDS
    goes_on = any(following.continues for following in lines[line.number + 1 : line.number + 2])
    if too_long or goes_on or not line.is_headline_like or judge_line(line):
        return
    start, end = _strip_site(line.words)
    yield Piece.of(line, "headline", "the first line, which is no sentence", (start, end))
    for part in ((0, start), (end, len(line.words))):
        if line.words[slice(*part)].strip():
            yield Piece.of(line, "residue", "the name of the site beside the headline", part)


def _strip_site(words: str) -> tuple[int, int]:
    """Where the headline stands in a line that also names the site: "No deal yet | World news | DW"."""
    starts = [0, *(bar.end() for bar in _BARS.finditer(words))]
    ends = [*(bar.start() for bar in _BARS.finditer(words)), len(words)]
    parts = list(zip(starts, ends, strict=True))
    start, end = max(parts, key=lambda part: part[1] - part[0])
    others = [words[a:b] for a, b in parts if (a, b) != (start, end)]
    if len(words[start:end].split()) < 3 or any(has_speech(other) or len(other.split()) > 6 for other in others):
        start, end = 0, len(words)
    dash = _DASH.search(words, start, end)
    if dash and _is_outlet(words[dash.end() : end]) and len(words[start : dash.start()].split()) >= 3:
        end = dash.start()
    return start, end


def _is_menu(words: str) -> bool:
    listed = ((bars.split(words), fewest) for bars, fewest in _MENUS)
    return any(len(parts) >= fewest and all(1 <= len(part.split()) <= 3 for part in parts) for parts, fewest in listed)


def _is_outlet(words: str) -> bool:
    parts = words.split()
    if _DOMAIN.fullmatch(words):
        return True
    written_as_name = all(part[:1].isupper() or part.lower() in _SMALL for part in parts)
    return 1 <= len(parts) <= 6 and written_as_name and names_outlet(words)


def find_lead_repeat(lines: tuple[Line, ...], headline: Piece) -> Iterator[Piece]:
    """The headline's words where one of the next lines begins with them again.

    Also a second wording of the headline that runs into the lead without a full stop, if it shares half its words.
    """
    first = lines[headline.line]
    title = _WORDS.findall(first.words[headline.start - first.start : headline.end - first.start].casefold())
    if len(title) < 3:
        return
    for line in lines[first.number + 1 : first.number + 4]:
        found = list(_WORDS.finditer(line.words[: 2 * _LONGEST_HEADLINE]))
        if [word[0].casefold() for word in found[: len(title)]] == title:
            end = found[len(title) - 1].end()
            rest = line.words[end:]
            end += len(rest) - len(rest.lstrip("\"'”’»″)?!."))
            yield Piece.of(line, "lead_dup", "the words of the headline again", (0, end))
            return
        run_in = _RUN_IN.search(line.words[: 2 * _LONGEST_HEADLINE])
        if run_in and _shares_half(title, line.words[: run_in.end()]):
            yield Piece.of(line, "lead_dup", "a second headline run into the lead", (0, run_in.end() - 1))
            return


def _shares_half(title: list[str], words: str) -> bool:
    if re.search(r"[.!?]\s", words):
        return False
    told = set(title) - _COMMON
    return len(told) >= 3 and 2 * len(told & set(_WORDS.findall(words.casefold()))) >= len(told)


def find_bylines(lines: tuple[Line, ...]) -> Iterator[Piece]:
    """Lines of "by" and a name. The date after the name stays readable: it may date the article."""
    in_head = True
    for line in lines[1:]:
        in_head = in_head and line.number < _HEAD_LINES and not line.is_prose
        by = _BY.match(line.words)
        if not by or line.count > _MOST_BYLINE_WORDS or line.ends_sentence or line.has_quote or line.continues:
            continue
        late = _BY_END.search(line.words, by.end())
        end = late.start() if late and late.start() > by.end() else len(line.words)
        names = [word for word in re.split(r"[\s,]+", line.words[by.end() : end]) if word]
        if not names or names[0].lower() in _NO_NAME or has_speech(line.words) or (late and late.start() <= by.end()):
            continue
        written_as_name = names[0][:1].isupper() and 2 * sum(word[:1].isupper() for word in names) >= len(names)
        if in_head or written_as_name:
            yield Piece.of(line, "byline", "by and a name", (0, end))


def find_captions(lines: tuple[Line, ...]) -> Iterator[Piece]:
    """A name alone on a line between headline and lead, which is what remains of a picture there.

    The last of its words must be named in the article, and none may be used as a common word in it: "Segrgey Lavrov"
    over a report on Lavrov is a caption, "Security Assistance" over a report on assistance is a heading.
    """
    for line, following in pairwise(lines[1 : _HEAD_LINES + 1]):
        words = line.words.split()
        if not 2 <= len(words) <= 4 or not all(_NAME_WORD.fullmatch(word) for word in words) or not following.is_prose:
            continue
        told = {word for other in lines[following.number :] for word in _WORDS.findall(other.words)}
        if words[-1] in told and told.isdisjoint(word.lower() for word in words):
            yield Piece.of(line, "caption", "a name alone between headline and lead")
