"""Works out what is stale, runs it and keeps it: three verbs over one record, and their steps alone."""

from onrecord.intake import SetAside
from onrecord.pipeline.doubts import Doubt, find_doubts
from onrecord.pipeline.exchange import TABLES, Exchange
from onrecord.pipeline.run import Outcome, Progress, add, build, judge, open_record, remove
from onrecord.pipeline.since import record_before
from onrecord.pipeline.split import Part, exchanges_of, split
from onrecord.pipeline.steps import link, read
from onrecord.pipeline.workshop import Workshop, standard_workshop
from onrecord.record import find_changes, find_standings, name_exchange

__all__ = [
    "TABLES",
    "Doubt",
    "Exchange",
    "Outcome",
    "Part",
    "Progress",
    "SetAside",
    "Workshop",
    "add",
    "build",
    "exchanges_of",
    "find_changes",
    "find_doubts",
    "find_standings",
    "judge",
    "link",
    "name_exchange",
    "open_record",
    "read",
    "record_before",
    "remove",
    "split",
    "standard_workshop",
]
