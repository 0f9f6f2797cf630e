"""The record on disk: one SQLite file. The only SQL of the project; read schema.sql first."""

from onrecord.store.articles import says_more
from onrecord.store.checks import find_faults
from onrecord.store.judgements import judge, judgements, read_jsonl, write_jsonl
from onrecord.store.outputs import write_atomically
from onrecord.store.shards import merge
from onrecord.store.store import FILE, Found, StageMark, Stale, Store, record_file

__all__ = [
    "FILE",
    "Found",
    "StageMark",
    "Stale",
    "Store",
    "find_faults",
    "judge",
    "judgements",
    "merge",
    "read_jsonl",
    "record_file",
    "says_more",
    "write_atomically",
    "write_jsonl",
]
