"""Posts: embedded messages of social media, signed below."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from onrecord.model import Span, Timex
from onrecord.reading.page import Page

# — Anna Berg (@annaberg) January 26, 2022
_SIGNATURE = re.compile(r"[—–-]{1,2}\s*(?P<name>[^()@\n]{2,60}?)\s*\(@\w{1,30}\)")
_LINK = re.compile(r"\s*(?:https?://\S+|pic\.\w+\.com/\S+)\s*$")


@dataclass(frozen=True, slots=True)
class Post:
    """The words of a post, the name in its signature, and the paragraphs that it takes up."""

    content: Span
    signer: Span
    time: Span | None  # the day behind the signature
    paragraphs: tuple[int, ...]


def find_posts(page: Page) -> tuple[Post, ...]:
    """The signed posts of a page; links at the end of one are no words of it."""
    found = []
    for number, paragraph in enumerate(page.paragraphs):
        match = _SIGNATURE.search(page.text.body, paragraph.start, min(paragraph.end, paragraph.start + 4000))
        if not match or page.is_noisy(paragraph):
            continue
        own = match.start() > paragraph.start
        place = number if own else number - 1
        if place < 0:
            continue
        words = page.paragraphs[place]
        end = match.start() if own else words.end
        content = _without_links(page, words.start, end)
        if content is not None and not page.is_noisy(content):
            signer = page.text.span(match.start("name"), match.end("name"))
            found.append(
                Post(content, signer, _day_behind(page, match.end()), (place, number) if place != number else (number,))
            )
    return tuple(found)


def _day_behind(page: Page, signed: int) -> Span | None:
    """The day that a signature ends with: "(@annaberg) January 26, 2022"."""
    times = page.all(Timex)
    place = bisect_left(times, signed, key=lambda time: time.span.start)
    if place == len(times) or page.text.body[signed : times[place].span.start].strip(" ,·|-–—\n"):
        return None
    return times[place].span


def _without_links(page: Page, start: int, end: int) -> Span | None:
    words = page.text.body[start:end].rstrip()
    for _ in range(4):
        shorter = _LINK.sub("", words)
        if shorter == words:
            break
        words = shorter
    return page.text.span(start, start + len(words)) if words.strip() else None
