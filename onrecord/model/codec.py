"""Annotations as JSON values and back. Spans are written as [start, end] and read again from the text."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from onrecord.errors import ModelError
from onrecord.model.annotation import Act, Annotation, Name, Office, Reference, Role, Statement, Timex
from onrecord.model.text import Span, Text, shared

CLAIMS: Mapping[str, type[Annotation]] = {
    kind.claim: kind for kind in (Role, Name, Office, Reference, Timex, Statement, Act)
}


def encode(annotation: Annotation) -> dict[str, Any]:
    """The value fields of an annotation, as JSON; fields at their default are left out."""
    written = {}
    for field in fields(annotation):
        value = getattr(annotation, field.name)
        if field.init and field.name != "text" and value != field.default:
            written[field.name] = _write(value)
    return written


def decode(claim: str, values: Mapping[str, Any], text: Text) -> Annotation:
    """The annotation that ``encode`` wrote, its spans read from the text again.

    Raises ModelError where the claim is unknown or a value does not fit; SpanError where a span leaves the text.
    """
    kind = CLAIMS.get(claim)
    if kind is None:
        raise ModelError(f"no annotation is called {claim!r}; there are {', '.join(CLAIMS)}")
    hints = _hints(claim)
    unknown = values.keys() - hints.keys()
    if unknown:
        raise ModelError(f"a {claim} has no {', '.join(sorted(unknown))}")
    try:
        return kind(text=text.id, **{name: _read(value, hints[name], text) for name, value in values.items()})
    except (TypeError, ValueError) as error:
        raise ModelError(f"this is no {claim}: {dict(values)!r}") from error


@cache
def _hints(claim: str) -> dict[str, Any]:
    kind = CLAIMS[claim]
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind) if field.init and field.name != "text"}


def _write(value: object) -> Any:
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Annotation):
        return encode(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_write(item) for item in value]
    return value


def _read(value: Any, hint: Any, text: Text) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return _read(value, next(option for option in get_args(hint) if option is not type(None)), text)
    if hint is Span:
        return text.span(*value)
    if hint is date:
        return date.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Annotation):
        return decode(hint.claim, value, text)
    if origin is tuple:
        return tuple(_read(item, get_args(hint)[0], text) for item in value)
    return shared(value) if isinstance(value, str) else value
