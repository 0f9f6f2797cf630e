"""The types of the record as JSON values and back, field for field as in RECORD.md."""

from __future__ import annotations

import json
import types
from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def as_text(value: object) -> str:
    """JSON of a record item, or of any part of one, keys in the order of the model, attributes sorted.

    >>> as_text(date(2022, 1, 26))
    '"2022-01-26"'
    """
    return dump(_plain(value))


def dump(value: object) -> str:
    """Compact JSON, readable in a database browser; words that UTF-8 cannot hold are escaped."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        written.encode()
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return written


def from_text(kind: type[T], written: str) -> T:
    """The item that ``as_text`` wrote.

    Raises ValueError, TypeError or KeyError where it is no such item.
    """
    item: T = read_value(json.loads(written), kind)
    return item


def read_value(value: Any, hint: Any) -> Any:
    """A JSON value as the type a field declares."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return read_value(value, next(option for option in get_args(hint) if option is not type(None)))
    if origin is tuple:
        options = get_args(hint)
        if options[-1] is Ellipsis:
            return tuple(read_value(item, options[0]) for item in value)
        return tuple(read_value(item, option) for item, option in zip(value, options, strict=True))
    if is_dataclass(hint):
        if not isinstance(value, dict):
            raise TypeError(f"{str(value)[:40]!r} stands where a {getattr(hint, '__name__', 'record item')} should")
        kinds = _hints(cast(Hashable, hint))
        return hint(**{name: read_value(item, kinds[name]) for name, item in value.items()})  # type: ignore[operator]
    if hint is date:
        return date.fromisoformat(value)
    return value


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(value[key]) for key in sorted(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)
