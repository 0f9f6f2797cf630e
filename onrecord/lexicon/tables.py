"""The word lists beside this file, read as rows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from onrecord.errors import PluginError


@cache
def read_table(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of the list ``name``, in the order of the file, each a read-only mapping from column to cell.

    A list is ``onrecord/lexicon/NAME.tsv``: UTF-8, tab separated. Lines that start with ``#`` say who reads the
    list and where it comes from; the first other line names the columns. Every row has every column; a cell that
    says nothing is empty. Raises PluginError where the list is missing or a row has too many or too few cells.

    >>> read_table("months")[0]["name"]
    'January'
    """
    file = files("onrecord.lexicon") / f"{name}.tsv"
    try:
        written = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise PluginError(
            f"the word list {name}.tsv is not in onrecord/lexicon; add the file, or install onrecord again"
        ) from error
    columns: tuple[str, ...] = ()
    rows: list[Mapping[str, str]] = []
    for number, line in enumerate(written.split("\n"), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if not columns:
            columns = cells
            continue
        if len(cells) != len(columns):
            raise PluginError(
                f"{name}.tsv, line {number}: {len(cells)} cells where the columns are {', '.join(columns)}; "
                "part cells with one tab each, and leave a cell empty where it says nothing"
            )
        rows.append(MappingProxyType(dict(zip(columns, cells, strict=True))))
    return tuple(rows)


def read_list(cell: str) -> tuple[str, ...]:
    """The items of a cell that holds several, parted by ``|``.

    >>> read_list("Kyiv|Kiev")
    ('Kyiv', 'Kiev')
    """
    return tuple(item for item in (part.strip() for part in cell.split("|")) if item)


def read_learnt(package: str, name: str) -> Mapping[str, float]:
    """The weights of a file in a package that one of our commands has learnt: a feature and its weight in each row.

    Raises PluginError where the file is missing or a row holds anything else.
    """
    try:
        written = (files(package) / name).read_text(encoding="utf-8")
        rows = (line.split("\t") for line in written.splitlines() if line and not line.startswith("#"))
        next(rows)  # the names of the columns
        return {feature: float(weight) for feature, weight in rows}
    except (OSError, ValueError, StopIteration) as error:
        path = f"{package.replace('.', '/')}/{name}"
        raise PluginError(f"{path} cannot be read; install onrecord again") from error
