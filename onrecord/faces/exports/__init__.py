"""Exports: the record in the formats other programs read. Plugins add theirs as ``onrecord.exporters``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, ClassVar, Protocol, runtime_checkable

from onrecord.errors import UsageError
from onrecord.model import Record
from onrecord.plugins import EXPORTERS, load, offered

BUILT_IN: Mapping[str, str] = {
    "json": "onrecord.faces.exports.json:Json",
    "html": "onrecord.faces.exports.html:Html",
    "csv": "onrecord.faces.exports.csv:Csv",
    "jsonl": "onrecord.faces.exports.jsonl:Jsonl",
    "plover": "onrecord.faces.exports.plover:Plover",
    "cameo": "onrecord.faces.exports.cameo:Cameo",
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


def make_exporter(name: str) -> Exporter:
    """The exporter of this name.

    Raises UsageError where there is none, PluginError where a plugin's cannot be loaded or does not keep the contract.

    >>> make_exporter("json").suffix
    '.json'
    """
    if name in BUILT_IN:
        made: Exporter = load(BUILT_IN[name], _breaks_contract)
        return made
    offers: list[Exporter] = [load(address, _breaks_contract) for address in offered(EXPORTERS)]
    found = [exporter for exporter in offers if exporter.name == name]
    if not found:
        known = (*BUILT_IN, *(exporter.name for exporter in offers))
        raise UsageError(f"there is no format {name!r}; there are {', '.join(known)}")
    return found[0]


def _breaks_contract(made: object) -> str | None:
    return (
        None if isinstance(made, Exporter) else "an exporter has `name`, `suffix`, `about` and `write(record, stream)`"
    )
