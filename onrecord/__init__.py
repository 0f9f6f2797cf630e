"""Reads what outlets report about a diplomatic exchange and keeps the record of it.

::

    import onrecord

    record = onrecord.build(["articles/"], out="exchange/")  # or onrecord.open("exchange/")
    for entry in record.timeline:
        print(entry.when, entry.content)
    onrecord.export(record, "csv", "exchange.csv")

Beneath ``build`` are the steps, each usable alone: ``read`` one text, ``link`` what was read in several, and
``draw`` the record from the links. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.linking import Verdict
    from onrecord.model import Article, Layer, Linked, Record, Text
    from onrecord.pipeline import Exchange

__version__ = "0.1.0"

__all__ = ["__version__", "add", "build", "draw", "export", "link", "open", "read", "remove", "same_person"]


def build(paths: Sequence[str | PathLike[str]], out: str | PathLike[str], workers: int | None = None) -> Exchange:
    """The record of these files and folders, kept in ``out/record.db``; what stands there is not read again.

    ``set_aside`` of the result names the inputs that are not in it. Raises OnRecordError.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("Norland will wait, Foreign Minister Anna Berg said.")
    >>> [text.file for text in build([folder / "a.txt"], out=folder / "exchange").articles]
    ['a.txt']
    """
    from onrecord import pipeline

    outcome = pipeline.build(_paths(paths), Path(out), workers)
    return pipeline.Exchange(outcome.record, Path(out), outcome.set_aside)


def add(record: str | PathLike[str], paths: Sequence[str | PathLike[str]], workers: int | None = None) -> Exchange:
    """The record with the articles of these files and folders added; the same as built of both together."""
    from onrecord import pipeline

    outcome = pipeline.add(Path(record), _paths(paths), workers)
    return pipeline.Exchange(outcome.record, Path(record), outcome.set_aside)


def remove(record: str | PathLike[str], articles: str | Sequence[str]) -> Exchange:
    """The record without these articles (ids, addresses or file names) and what rested on them alone."""
    from onrecord import pipeline

    chosen = (articles,) if isinstance(articles, str) else articles
    outcome = pipeline.remove(Path(record), chosen)
    return pipeline.Exchange(outcome.record, Path(record), outcome.set_aside)


def open(path: str | PathLike[str]) -> Exchange:  # noqa: A001 - `onrecord.open` says what it does
    """The record in this folder or file. Raises NotARecord where there is none."""
    from onrecord import pipeline

    with pipeline.open_record(Path(path)) as store:
        aside = tuple(pipeline.SetAside(file, reason) for file, reason in store.set_aside())
        return pipeline.Exchange(store.record(), Path(path), aside)


def read(text: str | Text) -> tuple[Layer, ...]:
    """What each stage says about one text, in the order in which they ran; nothing is kept.

    Raises PluginError where a stage fails.

    >>> {layer.stage for layer in read("Norland will wait, Foreign Minister Anna Berg said.")} >= {"names"}
    True
    """
    from onrecord import pipeline

    return pipeline.read(text)


def link(articles: Iterable[tuple[Article, Text]]) -> Linked:
    """What articles say of one another: each is read, then copies, actors and tellings of one thing are found.

    >>> link([]).groups
    ()
    """
    from onrecord import pipeline

    return pipeline.link(articles)


def draw(linked: Linked) -> Record:
    """The record of linked articles: entries, issues, positions, differences and a timeline.

    >>> draw(link([])).timeline
    ()
    """
    from onrecord.record import build_record

    return build_record(linked)


def export(record: Exchange | Record, format: str, path: str | PathLike[str]) -> Path:  # noqa: A002
    """The path of the file written: the record in one of the formats of `onrecord export --help`.

    Raises UsageError for a format that does not exist, OutOfSpace where the file cannot be written.
    """
    from onrecord.faces.exports import make_exporter
    from onrecord.model import Record
    from onrecord.store import write_atomically

    whole = record if isinstance(record, Record) else record.record
    exporter = make_exporter(format)
    with write_atomically(Path(path)) as stream:
        exporter.write(whole, stream)
    return Path(path)


def same_person(a: str, b: str) -> Verdict:
    """Whether two spellings can be one person's name: ``match``, ``score`` from 0 to 1, and ``why``.

    >>> same_person("Segrgey Lavrov", "Sergei Lavrov").match
    True
    """
    from onrecord.linking import same_person as judge

    return judge(a, b)


def _paths(paths: Sequence[str | PathLike[str]]) -> tuple[Path, ...]:
    if isinstance(paths, str | PathLike):  # a string is a sequence too, and each of its letters a path
        return (Path(paths),)
    return tuple(Path(path) for path in paths)
