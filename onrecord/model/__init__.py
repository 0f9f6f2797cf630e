"""The nouns: frozen types and the laws they keep. Importable by every room."""

from onrecord.model.annotation import (
    Act,
    Annotation,
    Layer,
    Name,
    Office,
    Reference,
    Role,
    Statement,
    Timex,
)
from onrecord.model.change import Change, ChangeKind
from onrecord.model.codec import decode, encode
from onrecord.model.corpus import Corpus
from onrecord.model.ids import digest, entry_id
from onrecord.model.judgement import Judgement, Unplaced
from onrecord.model.link import Copy, Credit, Estimate, Ground, Group, Link, Linked, Taken, Telling
from onrecord.model.record import (
    Actor,
    Difference,
    Entry,
    Evidence,
    Issue,
    OfficeHeld,
    Position,
    Record,
    RecordText,
    Report,
    ReportSpans,
    Value,
)
from onrecord.model.standing import Stand, Standing, Stretch, Teller
from onrecord.model.text import Article, Span, Text
from onrecord.model.when import When

__all__ = [
    "Act",
    "Actor",
    "Annotation",
    "Article",
    "Change",
    "ChangeKind",
    "Copy",
    "Corpus",
    "Credit",
    "Difference",
    "Entry",
    "Estimate",
    "Evidence",
    "Ground",
    "Group",
    "Issue",
    "Judgement",
    "Layer",
    "Link",
    "Linked",
    "Name",
    "Office",
    "OfficeHeld",
    "Position",
    "Record",
    "RecordText",
    "Reference",
    "Report",
    "ReportSpans",
    "Role",
    "Span",
    "Stand",
    "Standing",
    "Statement",
    "Stretch",
    "Taken",
    "Teller",
    "Telling",
    "Text",
    "Timex",
    "Unplaced",
    "Value",
    "When",
    "decode",
    "digest",
    "encode",
    "entry_id",
]
