"""Layers as rows, written whole and checked against their text both ways (offset law)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import fields

from onrecord.errors import ModelError, SpanError
from onrecord.model import Annotation, Layer, Span, Text, decode, digest, encode
from onrecord.store.database import Database, Row, words
from onrecord.store.faults import damaged
from onrecord.store.items import dump

_PUT_ANNOTATION = "INSERT OR IGNORE INTO annotation VALUES (?, ?, ?, ?, ?, ?, ?, ?)"

_LAYERS = """
SELECT layer.id, layer.stage, layer.fingerprint, layer.unread
FROM layer JOIN stage ON stage.name = layer.stage AND stage.fingerprint = layer.fingerprint
WHERE layer.text_id = ? ORDER BY layer.stage
"""

_ANNOTATIONS = """
SELECT claim, start, "end", exact, confidence, value
FROM annotation WHERE layer_id = ? ORDER BY start, "end" DESC, id
"""


def write(database: Database, text: Text, layer: Layer) -> None:
    """Put a layer in place of the text's older one of the same stage.

    Raises SpanError where the layer or one of its annotations is not of this text, or words do not stand in it.
    """
    check(text, layer)
    layer_id = digest("layer", layer.text, layer.stage, layer.fingerprint)
    unread = dump([[span.start, span.end, reason] for span, reason in layer.unread])
    database.write("DELETE FROM layer WHERE text_id = ? AND stage = ?", (text.id, layer.stage))
    database.write(
        "INSERT INTO layer VALUES (?, ?, ?, ?, ?)", (layer_id, text.id, layer.stage, layer.fingerprint, unread)
    )
    database.write_all(_PUT_ANNOTATION, (_row(layer_id, annotation) for annotation in layer.annotations))


def read(database: Database, text: Text) -> tuple[Layer, ...]:
    """The current layers of a text, annotations in its order.

    Raises Damaged, naming text and layer, where a row's words do not stand in the text or its values make no claim.
    """
    return tuple(_layer(database, text, *row) for row in database.rows(_LAYERS, (text.id,)))


def ids(database: Database, text: Text, stage: str) -> tuple[str, ...]:
    """The ids of a layer's annotations as they were written."""
    found = database.rows(
        "SELECT annotation.id FROM annotation JOIN layer ON layer.id = layer_id WHERE text_id = ? AND stage = ?",
        (text.id, stage),
    )
    return tuple(row[0] for row in found)


def check(text: Text, layer: Layer) -> None:
    """Raises SpanError where the layer is not of this text or any of its words do not stand in it."""
    for annotation in layer.annotations:
        if annotation.text != text.id or layer.text != text.id:
            raise SpanError(f"stage {layer.stage} made a {annotation.claim} of text {annotation.text} for {text.id}")
        for span in spans_of(annotation):
            if not text.holds(span):
                raise SpanError(
                    f"stage {layer.stage}: {span.exact[:60]!r} does not stand at {span.start} to {span.end} of text "
                    f"{text.id}, where {text.body[span.start : span.end][:60]!r} does"
                )


def spans_of(value: object) -> Iterator[Span]:
    """Every span in an annotation, those of nested annotations too."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif isinstance(value, Annotation):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))


def _row(layer: str, annotation: Annotation) -> Row:
    value = encode(annotation)
    del value["span"]
    value.pop("confidence", None)
    span = annotation.span
    written = dump(value)
    return (
        *(layer, annotation.id, annotation.claim, span.start, span.end, span.exact),
        *(annotation.confidence, written),
    )


def _layer(database: Database, text: Text, layer: str, stage: str, fingerprint: str, unread: str) -> Layer:
    try:
        places = tuple((text.span(start, end), reason) for start, end, reason in json.loads(unread))
        found = tuple(_annotation(text, row) for row in database.rows(_ANNOTATIONS, (layer,)))
    except (ModelError, ValueError, TypeError) as error:
        raise damaged(database.path, f"text {text.id}, layer {stage}: {error}") from error
    return Layer(text.id, stage, fingerprint, found, places)


def _annotation(text: Text, row: Row) -> Annotation:
    claim, start, end, exact, confidence, value = row
    if text.body[start:end] != words(exact):
        raise SpanError(f"{words(exact)[:60]!r} does not stand at {start} to {end}")
    return decode(claim, {"span": [start, end], "confidence": confidence, **json.loads(value)}, text)
