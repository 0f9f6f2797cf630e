"""What the pipeline works with: how files become articles, the stages, and how annotations become a record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from onrecord.intake import Intake, SetAside, Source
from onrecord.model import Corpus, Linked, Record
from onrecord.plugins import load_readers, load_stages
from onrecord.reading.page import Stage

_DRAWN_BY = ("model", "lexicon", "encoder", "linking", "record")
"""The rooms whose code and word lists a record depends on beside its layers."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The makers of each arrow of the house. ``version`` names the code of ``link`` and ``draw``."""

    find: Callable[[Sequence[Path], Path | None], tuple[tuple[Source, ...], tuple[SetAside, ...]]]
    take_in: Callable[[Source], Intake]
    stages: tuple[Stage, ...]
    link: Callable[[Corpus], Linked]
    draw: Callable[[Linked], Record]
    version: str


def standard_workshop() -> Workshop:
    """The workshop of this installation, plugins included. A part that is missing raises before the first article."""
    from onrecord.intake import READERS, find_sources, take_in
    from onrecord.linking import link
    from onrecord.record import build_record

    readers = (*load_readers(), *READERS)
    return Workshop(
        find=find_sources,
        take_in=lambda source: take_in(source, readers),
        stages=load_stages(),
        link=link,
        draw=build_record,
        version=_code_digest(),
    )


def _code_digest() -> str:
    """A hash of the code that draws a record from its layers: a changed rule draws it again without being told to."""
    hashed = hashlib.sha256()
    for room in _DRAWN_BY:
        for name, content in _contents(files(f"onrecord.{room}"), room):
            hashed.update(f"{name} {len(content)}\n".encode())
            hashed.update(content)
    return hashed.hexdigest()[:20]


def _contents(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir() and item.name != "__pycache__":
            found += _contents(item, f"{name}/{item.name}")
        elif item.name.endswith((".py", ".tsv")):
            found.append((f"{name}/{item.name}", item.read_bytes()))
    return found
