"""The structure of a JSON export, held against record.schema.json, which ships beside this file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

Faults = Iterator[tuple[str, str]]
_Check = Callable[[Any, str], Faults]

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
    "boolean": (bool,),
}


def check_structure(data: object) -> Faults:
    """(place, what is wrong) wherever a parsed export departs from the schema.

    >>> list(check_structure([]))
    [('record', 'a list stands here, where an object belongs')]
    """
    return _checks()(data, "record")


def read_schema() -> Mapping[str, Any]:
    """The JSON Schema of the export, format 1."""
    path = resources.files("onrecord.pipeline") / "record.schema.json"
    schema: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def _checks() -> _Check:
    schema = read_schema()
    named: dict[str, _Check] = {}
    for name, part in schema["$defs"].items():
        named[name] = _compile(part, named)
    return _compile(schema, named)


def _compile(schema: Mapping[str, Any], named: Mapping[str, _Check]) -> _Check:
    """A function that checks a value against one part of the schema; only what record.schema.json uses is known."""
    unknown = schema.keys() - _KNOWN
    if unknown:
        raise NotImplementedError(f"record.schema.json uses {', '.join(sorted(unknown))}, which is not checked yet")
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return lambda value, place: named[name](value, place)
    if "anyOf" in schema:
        return _compile_any([_compile(option, named) for option in schema["anyOf"]])
    if "const" in schema or "enum" in schema:
        return _compile_choice(schema["enum"] if "enum" in schema else [schema["const"]])
    if schema.get("type") == "object":
        return _compile_object(schema, named)
    if schema.get("type") == "array":
        return _compile_array(schema, named)
    return _compile_scalar(schema)


_KNOWN = frozenset(
    {"$schema", "$defs", "$ref", "title", "type", "required", "additionalProperties", "properties", "items", "anyOf"}
    | {"const", "enum", "pattern", "minLength", "minimum", "maximum", "minItems", "maxItems"}
)


def _compile_any(options: list[_Check]) -> _Check:
    def check(value: Any, place: str) -> Faults:
        tries = []
        for option in options:
            faults = list(option(value, place))
            if not faults:
                return
            tries.append(faults)
        yield from min(tries, key=lambda faults: (-max(len(where) for where, _ in faults), len(faults)))

    return check


def _compile_choice(choices: list[Any]) -> _Check:
    def check(value: Any, place: str) -> Faults:
        # True == 1 in Python, but not in JSON.
        if not any(value == choice and isinstance(value, bool) == isinstance(choice, bool) for choice in choices):
            wanted = ", ".join(map(repr, choices))
            yield place, f"{_named(value)} stands here, where {wanted} belongs"

    return check


def _compile_object(schema: Mapping[str, Any], named: Mapping[str, _Check]) -> _Check:
    properties = {name: _compile(part, named) for name, part in schema.get("properties", {}).items()}
    required, closed = schema.get("required", ()), schema.get("additionalProperties") is False

    def check(value: Any, place: str) -> Faults:
        if not isinstance(value, dict):
            yield place, f"{_kind(value)} stands here, where an object belongs"
            return
        for name in required:
            if name not in value:
                yield place, f"the key {name!r} is missing"
        for name, item in value.items():
            if name in properties:
                yield from properties[name](item, f"{place}/{name}")
            elif closed:
                yield place, f"the key {_named(name)} is not of this format"

    return check


def _compile_array(schema: Mapping[str, Any], named: Mapping[str, _Check]) -> _Check:
    check_item = _compile(schema.get("items", {}), named)
    least, most = schema.get("minItems", 0), schema.get("maxItems")

    def check(value: Any, place: str) -> Faults:
        if not isinstance(value, list):
            yield place, f"{_kind(value)} stands here, where a list belongs"
            return
        if len(value) < least or (most is not None and len(value) > most):
            yield place, f"a list of {len(value)} stands here, where {least if most else f'at least {least}'} belong"
        for index, item in enumerate(value):
            yield from check_item(item, f"{place}/{index}")

    return check


def _compile_scalar(schema: Mapping[str, Any]) -> _Check:
    names = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", ())
    types = tuple(kind for name in names for kind in _TYPES[name])
    pattern = re.compile(schema["pattern"]) if "pattern" in schema else None
    shortest, least, most = schema.get("minLength", 0), schema.get("minimum"), schema.get("maximum")

    def check(value: Any, place: str) -> Faults:
        if types and (not isinstance(value, types) or (isinstance(value, bool) and bool not in types)):
            yield place, f"{_kind(value)} stands here, where {' or '.join(names)} belongs"
        elif isinstance(value, str):
            # Python's $ also matches before a last line break; JSON Schema's does not.
            if pattern and (not pattern.search(value) or value.endswith("\n")):
                yield place, f"{_named(value)} is not of the form {pattern.pattern}"
            if len(value) < shortest:
                yield place, "the words are missing"
        elif isinstance(value, int | float) and not isinstance(value, bool):
            # NaN compares false with everything, so the range is asked for, not its opposite.
            in_range = (least is None or value >= least) and (most is None or value <= most)
            if not in_range:
                yield place, f"{value} is out of range"

    return check


def _named(value: Any) -> str:
    words = repr(value)
    return words if len(words) <= 60 else words[:59] + "…"


def _kind(value: Any) -> str:
    names = {
        dict: "an object",
        list: "a list",
        str: "a string",
        int: "an integer",
        float: "a number",
        bool: "a boolean",
    }
    return names.get(type(value), "null")
