"""What the pipeline works with: how files become articles, the stages, and how annotations become a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.intake import Intake, SetAside, Source
from onrecord.model import Corpus, Linked, Record
from onrecord.pipeline.code import digest_rooms, digest_weights
from onrecord.plugins import load_readers, load_stages
from onrecord.reading.page import Stage

if TYPE_CHECKING:
    from onrecord.linking import Vectors

_DRAWN_BY = ("model", "lexicon", "encoder", "linking", "record")
"""The rooms whose code and word lists a record depends on beside its layers and the networks' weights."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """The makers of each arrow of the house. ``version`` names the code and the weights of ``link`` and ``draw``."""

    find: Callable[[Sequence[Path], Path | None], tuple[tuple[Source, ...], tuple[SetAside, ...]]]
    take_in: Callable[[Source], Intake]
    stages: tuple[Stage, ...]
    link: Callable[[Corpus, Vectors], Linked]
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
        version=f"{digest_rooms(*_DRAWN_BY)} {digest_weights()}",
    )
