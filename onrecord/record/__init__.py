"""The record: linked tellings as entries, issues, positions, differences and a timeline. Pure."""

from onrecord.model import Linked, Record
from onrecord.record.changes import find_changes
from onrecord.record.differences import find_differences
from onrecord.record.entries import build_entries
from onrecord.record.exchanges import find_exchanges, name_exchange
from onrecord.record.issues import build_issues
from onrecord.record.judged import replay
from onrecord.record.papers import trace_papers
from onrecord.record.positions import find_positions
from onrecord.record.standings import find_standings
from onrecord.record.texts import build_texts
from onrecord.record.timeline import order_entries, weigh

__all__ = ["build_record", "find_changes", "find_exchanges", "find_standings", "name_exchange", "replay"]


def build_record(linked: Linked) -> Record:
    """The record of a linked corpus.

    >>> from onrecord.model import Corpus
    >>> build_record(Linked(Corpus((), {}, {}))).entries
    ()
    """
    texts = build_texts(linked)
    issues = build_issues(linked)
    entries = weigh(trace_papers(build_entries(linked, texts, issues)))
    timeline = order_entries(entries, texts)
    positions = find_positions(linked, entries, issues)
    differences = find_differences(linked, entries, texts)
    return Record(texts, linked.actors, entries, issues, positions, differences, timeline)
