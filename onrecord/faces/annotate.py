"""JSON lines of texts in, JSON lines of annotations out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.errors import WhenError
from onrecord.faces.exports.json import encoded
from onrecord.model import When
from onrecord.pipeline.annotation import LAYERS, Item, annotate_texts


@dataclass(frozen=True, slots=True)
class Failed:
    """A line that cannot be annotated, and why."""

    id: object
    error: str


def annotate_lines(lines: BinaryIO, out: BinaryIO, layers: Sequence[str] | None = None) -> int:
    """How many lines could not be annotated, after writing one line for each line that came in, in their order.

    Blank lines are passed over. Raises UsageError for an unknown layer.
    """
    queue = _Queue(lines)
    failed = 0
    results = annotate_texts(queue.items(), layers or tuple(LAYERS))
    for found in results:
        failed += _write_failed(queue.next_failed(), out)
        if found.failed is not None:
            failed += _write_failed([Failed(found.id, found.failed)], out)
        else:
            out.write(encoded({"id": found.id, **found.layers}) + b"\n")
        out.flush()
    return failed + _write_failed(queue.rest(), out)


def read_line(line: bytes) -> Item | Failed:
    """The text that a line holds, or why it holds none.

    >>> read_line(b'{"id": 7}')
    Failed(id=7, error="no text: the key 'text' is missing")
    """
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Failed(None, f"no JSON in UTF-8: {error}")
    if not isinstance(values, dict):
        return Failed(None, 'a JSON object is expected: {"id", "text", "published", "outlet"}')
    key, text, published = values.get("id"), values.get("text"), values.get("published")
    if "text" not in values:
        return Failed(key, "no text: the key 'text' is missing")
    if not isinstance(text, str) or not text:
        return Failed(key, "no text: 'text' must be a string that is not empty")
    outlet = values.get("outlet")
    if not isinstance(outlet, str | None) or not isinstance(published, str | None):
        return Failed(key, "'outlet' and 'published' must be strings or null")
    try:
        when = When.of(published.partition("T")[0], None, "metadata") if published else None
    except WhenError as error:
        return Failed(key, f"published: {error}")
    return Item(key, text, when, outlet)


class _Queue:
    """The lines read so far: the good ones go to be annotated, the others wait for their place in the output."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = lines
        self._waiting: list[Failed | None] = []  # None stands for a line that is being annotated

    def items(self) -> Iterator[Item]:
        """The texts to annotate, read as they are asked for."""
        for line in self._lines:
            if not line.strip():
                continue
            read = read_line(line)
            self._waiting.append(read if isinstance(read, Failed) else None)
            if isinstance(read, Item):
                yield read

    def next_failed(self) -> list[Failed]:
        """The failed lines that stand before the next annotated one."""
        place = self._waiting.index(None)
        failed = [line for line in self._waiting[:place] if line]
        del self._waiting[: place + 1]
        return failed

    def rest(self) -> list[Failed]:
        """The failed lines after the last annotated one."""
        return [line for line in self._waiting if line]


def _write_failed(lines: Sequence[Failed], out: BinaryIO) -> int:
    for line in lines:
        out.write(encoded(line) + b"\n")
    return len(lines)
