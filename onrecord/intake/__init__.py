"""Bytes to articles: finding the files, reading them, and saying what in their text is not the article."""

from onrecord.intake.articles import READERS, Intake, article_id, take_in
from onrecord.intake.drafts import Draft, Reader, SetAside, Source, Unread
from onrecord.intake.metadata import Metadata, read_published
from onrecord.intake.roles import Roles
from onrecord.intake.sources import find_sources

__all__ = [
    "READERS",
    "Draft",
    "Intake",
    "Metadata",
    "Reader",
    "Roles",
    "SetAside",
    "Source",
    "Unread",
    "article_id",
    "find_sources",
    "read_published",
    "take_in",
]
