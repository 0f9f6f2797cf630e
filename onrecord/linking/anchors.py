"""Dates anchored per article: by its day of publication, else by what the texts of the exchange themselves fix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from onrecord.linking.dates import anchor
from onrecord.linking.places import Places
from onrecord.model import Article, Corpus, Span, Timex, When

_NEAR = 80  # code points between a reporting verb and the date words that belong to it
_SENTENCE_END = re.compile(r"[.!?…][”\"»’)]*\s|\n")
_OTHER_CLAUSE = re.compile(r"\b(?:that|which|who|but|while|whereas|because|although)\b")
_CLOCKS = ("clock", "four-figures", "hour-word")
_SEASON = re.compile(r"(\d{4})-(?:SP|SU|FA|WI)")
_ASIDE = re.compile(r"\s*(?:who|which|whose|where)\b")
_LONG = 400  # code points of a sentence that are looked through
_AFTER, _BY = 60, 12  # code points
_CLOSE = 100  # code points between a time of day and the day it belongs to
_LONGEST = timedelta(days=365)  # printed days further apart are not all of this exchange
_BESIDE = timedelta(days=183)  # a day without a year lies within half a year of the days that are printed whole


@dataclass(frozen=True, slots=True)
class Dated:
    """Date words in an article and the date they give there."""

    span: Span
    when: When


class Anchors:
    """Looks up the date that words of an article give."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._found: dict[str, dict[Span, Dated]] = {}
        self._places: dict[str, Places[Dated]] = {}

    def of(self, article: Article, span: Span) -> Dated | None:
        """The date that the time expression at this place gives; None where there is none."""
        return self._all(article).get(span)

    def beside(self, article: Article, cue: tuple[Span, ...], content: tuple[Span, ...]) -> Dated | None:
        """The date that stands in the same sentence as the cue, outside the content, nearest to the cue."""
        body = self._corpus.texts[article.text].body
        near = []
        for dated in self._near(article, cue[0]) if cue else ():
            if any(span.overlaps(dated.span) for span in content):
                continue
            between = _between(dated.span, cue[0])
            if _is_anothers(body, dated.span, cue[0]):
                continue
            if between[1] - between[0] <= _NEAR and not _SENTENCE_END.search(body, *between):
                near.append((between[1] - between[0], dated.span.start, dated))
        return min(near, key=lambda found: found[:2])[2] if near else None

    def in_sentence(self, article: Article, place: Span) -> list[When]:
        """The dates of the sentence that holds a place, in the order of the text."""
        body = self._corpus.texts[article.text].body
        found = []
        for dated in self._near(article, place, _LONG):
            first, last = sorted((dated.span, place))
            if last.start - first.end < _LONG and not _SENTENCE_END.search(body, first.end, max(first.end, last.start)):
                found.append(dated.when)
        return found

    def dateline(self, article: Article) -> When | None:
        """The day that a text prints before it begins: "NEW YORK, 8 October 2003."."""
        first = next(iter(self._all(article).values()), None)
        if first is None or first.span.start > _NEAR or first.when.rule != "printed":
            return None
        return first.when if first.when.earliest == first.when.latest else None

    def _near(self, article: Article, cue: Span, reach: int = _NEAR) -> tuple[Dated, ...]:
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
        times = [t for t in self._corpus.all(article.text, Timex) if t.type in ("DATE", "TIME")]
        first = {t.span: anchor(t, body[t.span.start : t.span.end], article.published, self._exchange) for t in times}
        own = None if article.published else self._own_day(list(first.values()))
        found: dict[Span, Dated] = {}
        told: Dated | None = None  # the date told last
        day: Dated | None = None  # the last one that is a day, for "that evening"
        for place, timex in enumerate(times):
            when = first[timex.span]
            base = day if timex.rule == "part-of-text" else told
            if when.edtf is None and timex.anchor == "text":  # "that day", "a day later"
                if base and _may_follow(body, base.span, timex.span):
                    when = anchor(timex, timex.span.exact, None, _last_day(base.when))
                elif base is None and timex.unit in ("month", "year"):  # "Two years earlier" opens the text
                    when = anchor(timex, timex.span.exact, None, article.published)
            elif timex.rule in _CLOCKS and timex.value.startswith("XXXX-XX-XXT") and not _opens(body, timex.span):
                beside = _day_beside(body, timex, times[max(0, place - 4) : place + 5], first)
                when = anchor(timex, timex.span.exact, beside) if beside else when
            elif when.edtf is None and own:
                when = anchor(timex, timex.span.exact, None, own)
            found[timex.span] = Dated(timex.span, when)
            if timex.anchor == "text" and (timex.shift or 0) < 0:
                continue  # "Two days earlier it had fallen" goes back, and the tale goes on from before
            if season := _SEASON.fullmatch(timex.value):  # "the spring of 2018": a year, for what comes after
                told = Dated(timex.span, When.of(season[1], None, "printed"))
            elif when.edtf is not None:
                told = found[timex.span]
                day = told if when.earliest == when.latest else day
        return found

    def _own_day(self, whens: list[When]) -> When | None:
        """The latest day of the exchange that a text without a publication date fixes itself."""
        days = [
            w.latest for w in whens if w.earliest and w.earliest == w.latest and w.latest and self._current(w.latest)
        ]
        return When.of(max(days).isoformat(), None, "bound") if days else None

    def _current(self, day: date) -> bool:
        limits = self._exchange
        return bool(limits and limits.earliest and limits.latest and limits.earliest <= day <= limits.latest)

    @cached_property
    def _exchange(self) -> When | None:
        """The stretch of days in which the exchange lies, from the days its articles print or were published on.

        None where there are none, or where they lie more than a year apart and so do not fix one stretch.
        """
        days = [a.published.earliest for a in self._corpus.articles if a.published and a.published.earliest]
        times = [timex for text in self._corpus.texts for timex in self._corpus.all(text, Timex)]
        days += [t.earliest for t in times if t.type == "DATE" and t.earliest and t.earliest == t.latest]
        if not days or max(days) - min(days) > _LONGEST:
            return None
        first, last = min(days) - _BESIDE, max(days) + _BESIDE
        return When.of(f"{first.isoformat()}/{last.isoformat()}", None, "bound")


def _day_beside(body: str, clock: Timex, times: list[Timex], found: dict[Span, When]) -> When | None:
    """The day that the sentence of a time of day tells: "on Friday, at 10 a.m.", "16:15 GMT, June 1st"; the nearest."""
    near: list[tuple[int, When]] = []
    for timex in times:
        first, last = sorted((timex.span, clock.span))
        when = found[timex.span]
        if timex.value.startswith("XXXX-XX-XXT") or when.earliest is None or when.earliest != when.latest:
            continue
        after = _AFTER if timex.span > clock.span else 0  # a day before is likelier than one after, unless it is beside
        if last.start - first.end <= _CLOSE and not _SENTENCE_END.search(body, first.end, last.start):
            near.append((last.start - first.end + (after if last.start - first.end > _BY else 0), when))
    return min(near, key=lambda one: one[0])[1] if near else None


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


def _is_anothers(body: str, date: Span, cue: Span) -> bool:
    """Whether date words stand in another verb's clause: "he said, but the reply that he had promised on Tuesday".

    "Berg, who came on Monday, said" was not said on Monday either.
    """
    if date.start >= cue.end:
        return bool(_OTHER_CLAUSE.search(body, cue.end, date.start))
    comma = body.rfind(",", max(0, date.start - _NEAR), date.start)
    after = _OTHER_CLAUSE.search(body, date.end, cue.start)
    return bool(after) or (comma >= 0 and bool(_ASIDE.match(body, comma + 1)))


def _between(a: Span, b: Span) -> tuple[int, int]:
    """The places between two spans; empty where they touch or overlap."""
    return min(a.end, b.end), max(min(a.end, b.end), max(a.start, b.start))
