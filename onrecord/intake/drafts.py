"""What readers give: articles without an id yet, and what they could not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from onrecord.intake.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Source:
    """One input file found. ``metadata`` holds its row of a manifest.csv, else nothing."""

    path: Path
    file: str  # relative to the given input: "sub/a.txt"; for a file given by name, its name
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An input that is no article, with the reason: what was found, and what to do."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as a reader found it.

    ``own_first`` names the metadata that the file says about this very article, which a manifest does not override.
    """

    body: str
    format: str
    decoding: str
    metadata: Metadata = field(default_factory=Metadata)
    own_first: tuple[str, ...] = ()
    locator: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of a file that gave no article: ``locator`` "line 3", or None for the whole file."""

    locator: str | None
    reason: str


class Reader(Protocol):
    """What reads one family of formats."""

    @property
    def format(self) -> str:
        """The word that Article.format holds: "html"."""
        ...

    @property
    def file_limit(self) -> int:
        """The largest file it reads, in bytes."""
        ...

    def claims(self, name: str, head: bytes) -> bool:
        """Whether a file with this name (in lower case) and these first bytes is for this reader."""
        ...

    def read(self, raw: bytes) -> Iterator[Draft | Unread]:
        """The articles in these bytes, in their order. Raises InputError where the whole file is no article."""
        ...
