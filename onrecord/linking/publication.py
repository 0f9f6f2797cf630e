"""When articles appeared: what metadata or a dateline says; else an estimate, between bounds, with what it rests on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property

from onrecord.linking.dates import anchor
from onrecord.linking.places import SENTENCE_END
from onrecord.model import Article, Corpus, Estimate, Ground, Span, Statement, Timex, When

_LONGEST = timedelta(days=365)  # printed days further apart are not all of this exchange
_BESIDE = timedelta(days=183)  # a day without a year lies within half a year of the days that are printed whole
_HEAD = 300  # code points into a text, within which the line that dates it stands
_DAY = timedelta(days=1)

# VELMIRA, Tervania, April 20 (LPA) - ; NEW YORK, 8 October 2003. ; 26 January 2022, 14:05 ; Published: January 26, 2022
_PLACE_BEFORE = re.compile(
    r"(?:^|\n)[^\S\n]*[A-ZÀ-Þ][\w.’'-]*(?:[ -][A-ZÀ-Þ][\w.’'-]*){0,3}(?:,[^\S\n]*[A-Z][\w. ]{1,24})?,?[^\S\n]*\(?\Z"
)
_DASH_BEHIND = re.compile(
    r"\)?,?[^\S\n]*(?:[(/][^()\n]{2,40}[)/])?[^\S\n]*(?:[-–—]|\.\s|:\s|/\w{2,12}/|\([^()\n]{2,40}\)\s)"
)
_ALONE_BEFORE = re.compile(
    r"(?:^|\n)[^\S\n]*(?:(?:published|posted|issued|filed|date)(?: on| at)?:?[^\S\n]*)?\Z", re.IGNORECASE
)
_ALONE_BEHIND = re.compile(r"(?:,|[^\S\n]+at|[^\S\n]*[-–—|])?[^\S\n]*(?:\d{1,2}[:.]\d{2}[^\n]{0,20})?[^\S\n]*(?:\n|\Z)")

_NOT_YET = re.compile(
    r"\b(?:planned|scheduled|set|slated|due|expected|fixed|until|till|before|by|for|from|than|deadline of|prior|beyond"
    r"|through|after|between|between [^.]{3,20} and)"
    r"(?: (?:for|on|the|to|of|\d[\d:]* [ap]\.?m\.?|[a-z]+ (?:standard|daylight) time))*\s*\Z",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|shall|is to|are to|is due|are due|is set|are set|is expected|are expected|plans? to)\b")
_SINCE = re.compile(r"\b(?:since|after|of)\b")  # "it will be the first since the talks in June"
_QUOTE = re.compile('[“”"«»]')
_FAR = 240  # code points back from a date to the words that say whether it is to come


class Publication:
    """Looks up when the articles of an exchange appeared."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._estimates: dict[str, Estimate | None] = {}

    def of(self, article: Article) -> When | None:
        """When the article appeared, by its metadata; else by the day its text prints at its head; None: not known.

        ``rule`` is ``printed`` where the text says it.
        """
        return article.published or self._printed.get(article.text)

    def estimate(self, article: Article) -> Estimate | None:
        """Between which days an article must have appeared of which nothing says when; None where nothing fixes either.

        ==============================================  ===========================================================
        the text says                                   bound
        ==============================================  ===========================================================
        VELMIRA, April 20 (LPA) -                       that day or the next
        Berg met Ek on Monday, February 14              not before: it tells of that day
        — Jon Ek (@jonek) January 26, 2022              not before: it shows the post
        Berg will meet Ek on 3 March                    not after: it tells of that day as still to come
        nothing                                         half a year around the days that the other articles print
        ==============================================  ===========================================================

        Where the bounds contradict each other there is no estimate.
        """
        if article.id not in self._estimates:
            self._estimates[article.id] = None if self.of(article) else self._estimate(article)
        return self._estimates[article.id]

    def base(self, article: Article) -> When | None:
        """What relative dates of an article are reckoned from: when it appeared, else all the days it may have."""
        known = self.of(article)
        estimate = None if known else self.estimate(article)
        return known or (estimate.when if estimate else None)

    @cached_property
    def exchange(self) -> When | None:
        """The stretch of days in which the exchange lies, from the days its articles print or were published on.

        None where there are none, or where they lie more than a year apart and so do not fix one stretch.
        """
        return _stretch([day for days in self._days.values() for day in days])

    @cached_property
    def _days(self) -> dict[str, list[date]]:
        """By article the day it appeared on by its metadata, and those that its text prints whole."""
        found: dict[str, list[date]] = {}
        for article in self._corpus.articles:
            times = (t for t in self._corpus.all(article.text, Timex) if t.type == "DATE" and t.earliest == t.latest)
            found[article.id] = [timex.earliest for timex in times if timex.earliest]
            if article.published and article.published.earliest:
                found[article.id].append(article.published.earliest)
        return found

    @cached_property
    def _edges(self) -> tuple[list[tuple[date, str]], list[tuple[date, str]]]:
        """The two earliest first days of articles and the two latest last ones, each with its article."""
        firsts = sorted((min(days), key) for key, days in self._days.items() if days)
        lasts = sorted(((max(days), key) for key, days in self._days.items() if days), reverse=True)
        return firsts[:2], lasts[:2]

    @cached_property
    def _printed(self) -> dict[str, When]:
        """The day that each text prints whole in its dateline or on a line of its own at its head."""
        found = {}
        for key in self._corpus.texts:
            timex = self._heading(key)
            if timex and timex.edtf and timex.earliest == timex.latest:
                found[key] = When(timex.edtf, timex.earliest, timex.latest, timex.span.exact, "printed")
        return found

    def _heading(self, text: str) -> Timex | None:
        """The day that stands at the head of a text and dates it."""
        body = self._corpus.texts[text].body
        for timex in self._corpus.all(text, Timex):
            start, end = timex.span.start, timex.span.end
            if start > _HEAD:
                return None
            line = max(0, body.rfind("\n", 0, start))
            after = body[end : end + 80]
            if _ALONE_BEFORE.search(body[line:start]) and _ALONE_BEHIND.match(after):
                return timex
            if _PLACE_BEFORE.search(body[line:start]) and _DASH_BEHIND.match(after):
                return timex
        return None

    def _estimate(self, article: Article) -> Estimate | None:
        grounds = [*self._grounds(article), *self._around(article)]
        lower = max(
            (g for g in grounds if g.bound == "earliest"), key=lambda g: (g.day, g.span is not None), default=None
        )
        upper = min((g for g in grounds if g.bound == "latest"), key=lambda g: (g.day, g.span is None), default=None)
        kept = tuple(ground for ground in (lower, upper) if ground)
        if not any(ground.span for ground in kept) and not (lower and upper):
            return None
        if lower and upper and lower.day > upper.day:
            return None
        return Estimate(article.id, lower.day if lower else None, upper.day if upper else None, kept)

    def _grounds(self, article: Article) -> Iterator[Ground]:
        """The bounds that the text's own words set."""
        body = self._corpus.texts[article.text].body
        heading = self._heading(article.text)
        posts = {s.time for s in self._corpus.all(article.text, Statement) if s.medium == "tweet" and s.time}
        quotes = [match.start() for match in _QUOTE.finditer(body)]
        for timex in self._corpus.all(article.text, Timex):
            if timex.type not in ("DATE", "TIME") or timex.anchor == "text":
                continue
            when = anchor(timex, body[timex.span.start : timex.span.end], None, self.exchange)
            if when.earliest is None or when.latest is None:
                continue
            if timex == heading:
                yield Ground("earliest", when.earliest, timex.span, "the day its dateline prints")
                yield Ground("latest", when.latest + _DAY, timex.span, "the day after its dateline")
            elif timex.span in posts:
                yield Ground("earliest", when.earliest, timex.span, "it shows a post of that day")
            elif timex.direction == "past" and not _is_still_to_come(body, timex.span):
                yield Ground("earliest", when.earliest, timex.span, "it tells of that day as past")
            elif (
                timex.direction == "future"
                and _will_be(body, timex.span)
                and not bisect_right(quotes, timex.span.start) % 2
            ):
                yield Ground("latest", when.latest, timex.span, "it tells of that day as still to come")

    def _around(self, article: Article) -> Iterator[Ground]:
        """The bounds that the other articles leave open."""
        firsts, lasts = self._edges
        beside = [next((day for day, other in edge if other != article.id), None) for edge in (firsts, lasts)]
        others = _stretch([day for day in beside if day])
        if self.exchange and others and others.earliest and others.latest:
            why = "half a year around the days that the other articles print or appeared on"
            yield Ground("earliest", others.earliest, None, why)
            yield Ground("latest", others.latest, None, why)


def _stretch(days: list[date]) -> When | None:
    """Half a year around days; None where they lie too far apart to be of one exchange."""
    if not days or max(days) - min(days) > _LONGEST:
        return None
    first, last = min(days) - _BESIDE, max(days) + _BESIDE
    return When.of(f"{first.isoformat()}/{last.isoformat()}", None, "bound")


def _is_still_to_come(body: str, place: Span) -> bool:
    """ "the summit planned for 9 June was called off": before that day, perhaps."""
    return bool(_NOT_YET.search(body, max(0, place.start - 80), place.start))


def _will_be(body: str, place: Span) -> bool:
    """Whether the words before a date, in its sentence, tell what the outlet says is to come."""
    start = max(0, place.start - _FAR)
    ends = [match.end() for match in SENTENCE_END.finditer(body, start, place.start)]
    will = _WILL.search(body, ends[-1] if ends else start, place.start)
    return will is not None and not _SINCE.search(body, will.end(), place.start)
