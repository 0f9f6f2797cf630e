"""Exports: the record in the formats other programs read. Plugins add theirs under the entry point group below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, ClassVar, Protocol, runtime_checkable

from onrecord.errors import PluginError, UsageError
from onrecord.model import Record

GROUP = "onrecord.exporters"
"""The entry point group under which a package offers exporters of its own: ``name = "package.module:Class"``."""

BUILT_IN: Mapping[str, str] = {
    "json": "onrecord.faces.exports.json:Json",
    "html": "onrecord.faces.exports.html:Html",
    "csv": "onrecord.faces.exports.csv:Csv",
    "jsonl": "onrecord.faces.exports.jsonl:Jsonl",
}


@runtime_checkable
class Exporter(Protocol):
    """Writes a record in one format. Made without arguments; the same record gives the same bytes."""

    name: ClassVar[str]
    suffix: ClassVar[str]
    about: ClassVar[str]  # what comes out, in a few words

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the whole record to the stream, item by item where it can be large."""
        ...


def exporter_names() -> tuple[str, ...]:
    """Names of the formats at hand, ours first, then those of plugins."""
    return (*BUILT_IN, *sorted(set(_plugins()) - set(BUILT_IN)))


def make_exporter(name: str) -> Exporter:
    """The exporter of this name.

    Raises UsageError where there is none, PluginError where a plugin's cannot be loaded or does not keep the contract.

    >>> make_exporter("json").suffix
    '.json'
    """
    address = BUILT_IN.get(name) or _plugins().get(name)
    if address is None:
        raise UsageError(f"there is no format {name!r}; there are {', '.join(exporter_names())}")
    from importlib import import_module

    module, _, kind = address.partition(":")
    try:
        made = getattr(import_module(module), kind)()
    except (ImportError, AttributeError, TypeError) as error:
        raise PluginError(f"the exporter {name!r} ({address}) cannot be loaded: {error}") from error
    if not isinstance(made, Exporter):
        raise PluginError(f"the exporter {name!r} ({address}) has no name, suffix, about or write(record, stream)")
    return made


def _plugins() -> dict[str, str]:
    from importlib.metadata import entry_points

    return {point.name: point.value for point in entry_points(group=GROUP)}
