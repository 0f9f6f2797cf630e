"""What an act's words tell beside its parties: venue and length of a meeting, name and pages of a paper or treaty."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Act
from onrecord.reading.acts.commitments import named_pacts
from onrecord.reading.acts.documents import describe_paper, papers_in
from onrecord.reading.acts.meetings import duration, venue
from onrecord.reading.passage import Passage


def describe(act: Act, passage: Passage, first: int, end: int) -> Act:
    """The act with what the words ``first`` to ``end`` of its sentence, which are its content, say of it."""
    low, high = passage.words_of(act.cue)
    low, high = min(first, low or first), max(end, high)
    if act.kind == "meeting":
        place, forum = venue(passage, low, high)
        return replace(act, place=place, forum=forum, duration=duration(passage, low, high))
    if act.kind == "document":
        papers = [paper for paper in papers_in(passage) if low <= paper.head < high]
        return describe_paper(passage, papers[0], act, (low, high)) if papers else act
    if act.kind == "commitment":
        for begin, stop, year in named_pacts(passage):
            if low < stop and begin < high:
                return replace(act, name=passage.cut(begin, stop).exact, year=year)
    return act
