"""The record as JSON, to the contract of RECORD.md: one item a line, written as it goes, the same bytes each time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, BinaryIO, ClassVar

from onrecord.model import Record


class Json:
    """The whole record, format 1 of the contract."""

    name: ClassVar[str] = "json"
    suffix: ClassVar[str] = ".json"
    about: ClassVar[str] = "the whole record, to the contract of RECORD.md"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the record as one JSON object in UTF-8."""
        write_json(record, stream)


def write_json(record: Record, stream: BinaryIO) -> None:
    """The record on the stream as one JSON object; equal records give equal bytes.

    >>> import io
    >>> stream = io.BytesIO()
    >>> write_json(Record(), stream)
    >>> json.loads(stream.getvalue())["onrecord"]
    1
    """
    stream.write(b'{"onrecord": %d' % record.onrecord)
    for field in fields(record):
        if field.name != "onrecord":
            stream.write(b',\n"%s": [' % field.name.encode())
            _write_items(getattr(record, field.name), stream)
            stream.write(b"]")
    stream.write(b"}\n")


def as_json(value: object) -> str:
    """Any part of a record as JSON on one line, keys in the order of the model, attributes sorted."""
    return json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False)


def encoded(value: object) -> bytes:
    """``as_json`` in UTF-8; half of a surrogate pair, which UTF-8 cannot hold, as JSON's own escape for it.

    >>> encoded("\\ud83d")
    b'"\\\\ud83d"'
    """
    return as_json(value).encode("utf-8", "backslashreplace")


def write_rows(rows: Iterable[object], stream: BinaryIO) -> None:
    """Rows of a section as a JSON list, one a line."""
    stream.write(b"[")
    _write_items(rows, stream)
    stream.write(b"]")


def _write_items(items: Iterable[object], stream: BinaryIO) -> None:
    before = b"\n"
    for item in items:
        stream.write(before + encoded(item))
        before = b",\n"


def _plain(value: object) -> Any:
    """What the JSON writer does not know: a dataclass, a date, a read-only mapping."""
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _sorted(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _sorted(value)
    raise TypeError(f"a record holds no {type(value).__name__}")


def _sorted(value: object) -> object:
    """Attributes come in the order of their names, however they were put together."""
    return {key: _sorted(value[key]) for key in sorted(value)} if isinstance(value, Mapping) else value


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
