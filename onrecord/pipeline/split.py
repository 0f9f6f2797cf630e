"""A record of several exchanges taken apart: one record each, from what is read already."""

from __future__ import annotations

import re
import shutil
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from onrecord.model import Record
from onrecord.pipeline.run import keep_only
from onrecord.pipeline.vectors import vectors_beside
from onrecord.pipeline.workshop import Workshop
from onrecord.record import find_exchanges, name_exchange
from onrecord.store import FILE

_SEVERAL = 6  # articles, below which parties alone tell exchanges apart
_MANY = 1_000  # articles, above which only the beginning of each tells its story: all words would outweigh the record
_LEAD = 300  # code points of such a beginning


@dataclass(frozen=True, slots=True)
class Part:
    """One exchange: its folder, the parties it is known by, and its record."""

    folder: Path
    parties: tuple[str, ...]
    record: Record


def exchanges_of(record: Record, sample: int | None = None) -> tuple[tuple[str, ...], ...]:
    """The ids of the articles of each exchange: by the parties they share and the stories they tell.

    Of a larger record only a ``sample`` of so many articles, one in so many of them in their order.
    """
    if len(record.texts) < _SEVERAL:
        return find_exchanges(record)
    from onrecord.linking.stories import Printed, group_stories

    step = -(-len(record.texts) // sample) if sample else 1
    texts = record.texts[::step]
    read = _LEAD if len(texts) > _MANY else None
    stories = group_stories([Printed(text.title or "", text.body[:read]) for text in texts])
    return find_exchanges(record, {text.id: story for text, story in zip(texts, stories, strict=True)})


def split(record: Record, out: Path, workshop: Workshop | None = None) -> tuple[Part, ...]:
    """The exchanges of the record in ``out``, each kept in a folder of its own under it; nothing is read again.

    A folder is named by the parties, with a number where two would be called alike.
    """
    parts: list[Part] = []
    for texts in exchanges_of(record):
        parties = name_exchange(record, texts)
        folder = _free(out, _slug(parties), {part.folder for part in parts})
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(out / FILE, folder / FILE)
        if vectors_beside(out / FILE).exists():  # of which the part keeps its own
            shutil.copyfile(vectors_beside(out / FILE), vectors_beside(folder / FILE))
        parts.append(Part(folder, parties, keep_only(folder / FILE, texts, workshop)))
    return tuple(parts)


def _slug(parties: tuple[str, ...]) -> str:
    plain = unicodedata.normalize("NFKD", " ".join(parties[:2])).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60] or "exchange"


def _free(out: Path, name: str, taken: set[Path]) -> Path:
    number = 1
    while (folder := out / (name if number == 1 else f"{name}-{number}")) in taken:
        number += 1
    return folder
