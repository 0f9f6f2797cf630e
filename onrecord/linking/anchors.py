"""Dates anchored per article: by its day of publication, else by what the texts of the exchange themselves fix."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.linking.dates import anchor, days_around
from onrecord.linking.places import SENTENCE_END, Places
from onrecord.linking.publication import Publication
from onrecord.model import Article, Corpus, Span, Timex, When

_CLOCKS = ("clock", "four-figures", "hour-word")
_SEASON = re.compile(r"(\d{4})-(SP|SU|FA|WI)")
_MONTHS = {"SP": "{0}-03/{0}-05", "SU": "{0}-06/{0}-08", "FA": "{0}-09/{0}-11", "WI": "{0}-12/{1:04}-02"}
_LONG = 400  # code points of a sentence that are looked through
_AFTER, _BY = 60, 12  # code points
_SAME_TALE = 100  # days from publication; what lies further off is background
_FEW = 8  # dates told last, among which "that" is looked for
_CLOSE = 100  # code points between a time of day and the day it belongs to


@dataclass(frozen=True, slots=True)
class Dated:
    """Date words in an article and the date they give there."""

    span: Span
    when: When


class Anchors:
    """Looks up the date that words of an article give."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self.publication = Publication(corpus)
        self._found: dict[str, dict[Span, Dated]] = {}
        self._places: dict[str, Places[Dated]] = {}
        self._times: dict[str, dict[Span, Timex]] = {}

    def of(self, article: Article, span: Span) -> Dated | None:
        """The date that the time expression at this place gives; None where there is none."""
        return self._all(article).get(span)

    def spoken(self, article: Article, span: Span, said: When | None) -> Dated | None:
        """The date that words of a quotation give, reckoned from the day on which they were said, where it is known.

        Berg said on Monday: “We have now sent it. You will have it tomorrow.”
        """
        timex = self._timexes(article.text).get(span)
        if timex is None or said is None or said.earliest is None or said.earliest != said.latest:
            return self.of(article, span)
        if timex.value == "PRESENT_REF":
            return Dated(span, When.of(said.earliest.isoformat(), span.exact, "relative"))
        if timex.anchor != "published":
            return self.of(article, span)
        return Dated(span, anchor(timex, span.exact, said))

    def in_sentence(self, article: Article, place: Span) -> list[When]:
        """The dates of the sentence that holds a place, in the order of the text."""
        body = self._corpus.texts[article.text].body
        found = []
        for dated in self._near(article, place, _LONG):
            first, last = sorted((dated.span, place))
            if last.start - first.end < _LONG and not SENTENCE_END.search(body, first.end, max(first.end, last.start)):
                found.append(dated.when)
        return found

    def _timexes(self, text: str) -> dict[Span, Timex]:
        if text not in self._times:
            self._times[text] = {timex.span: timex for timex in self._corpus.all(text, Timex)}
        return self._times[text]

    def _near(self, article: Article, cue: Span, reach: int) -> tuple[Dated, ...]:
        if article.id not in self._places:
            self._places[article.id] = Places((dated.span, dated) for dated in self._all(article).values())
        return self._places[article.id].touching(cue.start - reach - 1, cue.end + reach + 1)

    def _all(self, article: Article) -> dict[Span, Dated]:
        if article.id not in self._found:
            self._found[article.id] = self._anchor_all(article)
        return self._found[article.id]

    def _anchor_all(self, article: Article) -> dict[Span, Dated]:
        """Two passes: what words, publication and exchange fix; then the rest from what the text itself fixes."""
        body = self._corpus.texts[article.text].body
        times = [t for t in self._timexes(article.text).values() if t.type in ("DATE", "TIME")]
        base, exchange = self.publication.base(article), self.publication.exchange
        first = {t.span: anchor(t, body[t.span.start : t.span.end], base, exchange) for t in times}
        found: dict[Span, Dated] = {}
        recent: deque[Dated] = deque(maxlen=_FEW)
        told: Dated | None = None  # the date told last
        day: Dated | None = None  # the last one that is a day, for "that evening"
        for place, timex in enumerate(times):
            when = first[timex.span]
            before = _as_close(timex, told, day)
            if timex.value == "PAST_REF" and timex.anchor == "text":  # "After that"
                when = _beyond(body, timex, recent)
            elif when.edtf is None and timex.anchor == "text":  # "that day", "a day later"
                if before and _may_follow(body, before.span, timex.span):
                    when = anchor(timex, timex.span.exact, None, _last_day(before.when))
                elif before is None and (timex.unit in ("month", "year") or timex.rule == "the-day"):
                    # "Two years earlier" opens the text.
                    when = anchor(timex, timex.span.exact, None, base)
            elif timex.rule in _CLOCKS and timex.value.startswith("XXXX-XX-XXT") and not _opens(body, timex.span):
                beside = _day_beside(body, timex, times[max(0, place - 4) : place + 5], first)
                when = anchor(timex, timex.span.exact, beside) if beside else when
                if not beside and day and timex.shift == 0 and _goes_on(body, day, timex, base):
                    when = anchor(timex, timex.span.exact, day.when)  # "on Thursday. At 6:10 the keeper rang"
            elif timex.rule == "day-alone" and told and _may_follow(body, told.span, timex.span):
                when = (
                    _nearest(timex, told.when, base) or when
                )  # "ends on 19 November, and what will happen on the 20th"
            found[timex.span] = Dated(timex.span, when)
            recent.append(found[timex.span])
            if timex.anchor == "text" and ((timex.shift or 0) < 0 or timex.value == "PAST_REF"):
                continue  # "Two days earlier it had fallen" goes back, and the tale goes on from before
            if season := _SEASON.fullmatch(timex.value):  # "the spring of 2018": its months, for what comes after
                months = _MONTHS[season[2]].format(season[1], int(season[1]) + 1)
                told = Dated(timex.span, When.of(months, None, "printed"))
            elif when.edtf is not None:
                told = found[timex.span]
                day = told if when.earliest == when.latest else day
        return found


def _as_close(timex: Timex, told: Dated | None, day: Dated | None) -> Dated | None:
    """What "a day later" is reckoned from: the date told last; for days and weeks the last that is a day."""
    by_days = timex.rule == "part-of-text" or timex.unit in ("day", "week")
    return day if by_days and day else told


def _goes_on(body: str, day: Dated, clock: Timex, published: When | None) -> bool:
    """Whether a time of day goes on from a day told in a sentence before, in its paragraph: "on Thursday. At 6:10"."""
    between = body[day.span.end : clock.span.start]
    if "\n" in between or not SENTENCE_END.search(between) or "today" in clock.span.exact.lower():
        return False
    known = published and published.latest and day.when.latest
    return not known or day.when.latest <= published.latest  # type: ignore[union-attr, operator]


def _nearest(timex: Timex, told: When, published: When | None) -> When | None:
    """A day alone, "the 20th", nearest to the date told last, where that is a day or a month of the same tale."""
    if told.earliest is None or told.latest is None or (told.latest - told.earliest).days > 31:
        return None
    if published and published.earliest and abs((told.earliest - published.earliest).days) > _SAME_TALE:
        return None
    middle = told.earliest + (told.latest - told.earliest) / 2
    best = min(days_around(middle, int(timex.value[8:10])), key=lambda found: abs((found - middle).days), default=None)
    return When.of(best.isoformat(), timex.span.exact, "completed") if best else None


def _day_beside(body: str, clock: Timex, times: list[Timex], found: dict[Span, When]) -> When | None:
    """The day that the sentence of a time of day tells: "on Friday, at 10 a.m.", "16:15 GMT, June 1st"; the nearest."""
    near: list[tuple[int, When]] = []
    for timex in times:
        first, last = sorted((timex.span, clock.span))
        when = found[timex.span]
        if timex.value.startswith("XXXX-XX-XXT") or when.earliest is None or when.earliest != when.latest:
            continue
        after = _AFTER if timex.span > clock.span else 0  # a day before is likelier than one after, unless it is beside
        if last.start - first.end <= _CLOSE and not SENTENCE_END.search(body, first.end, last.start):
            near.append((last.start - first.end + (after if last.start - first.end > _BY else 0), when))
    return min(near, key=lambda one: one[0])[1] if near else None


def _beyond(body: str, timex: Timex, told: Iterable[Dated]) -> When:
    """ "After that", "Prior to this": on some day after or before what the sentence before, or its own, tells.

    Of several days told there, the bound is the one that holds whichever is meant.
    """
    days = []
    for dated in told:
        between = body[dated.span.end : timex.span.start]
        if len(SENTENCE_END.findall(between)) <= 1 and dated.when.earliest and dated.when.latest:
            days.append((dated.when.earliest, dated.when.latest))
    if not days:
        return When.unresolved(timex.span.exact)
    if timex.direction == "future":
        return When.of(f"{min(first for first, _ in days).isoformat()}/..", timex.span.exact, "bound")
    return When.of(f"../{max(last for _, last in days).isoformat()}", timex.span.exact, "bound")


def _opens(body: str, place: Span) -> bool:
    """Whether a line begins here, as a ticker's do: "18:40 UTC Sirens"."""
    return not body[body.rfind("\n", 0, place.start) + 1 : place.start].strip()


def _may_follow(body: str, told: Span, later: Span) -> bool:
    """Whether "a month later" can be reckoned from a date: one of its paragraph, or of the one before that it
    begins.
    """
    between = body[told.end : later.start]
    breaks = between.count("\n")
    return not breaks or (breaks <= 2 and not between.rsplit("\n", 1)[1].strip())


def _last_day(when: When) -> When:
    """What comes after "9-11 March" comes after its last day."""
    if when.earliest and when.latest and 0 < (when.latest - when.earliest).days <= 10:
        return When.of(when.latest.isoformat(), None, when.rule)
    return when
