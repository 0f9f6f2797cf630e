"""Marked sentences: cases whose answer is drawn in the text itself.

A case file holds blocks parted by blank lines. Lines that start with ``#`` say what must hold; the other lines are the
text, one paragraph a line. ``[words|label]`` or ``[words|label=value]`` marks a place; marks nest; brackets without a
bar are part of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_CASES = Path(__file__).parent / "cases"
_LABEL = re.compile(r"\|([a-z]+\d*(?:\.[a-z]+)?)(?:=([^\[\]|]*))?$")


@dataclass(frozen=True)
class Mark:
    label: str
    value: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Case:
    """A text without its marks, the marks in order, and the sentence that says what must hold."""

    says: str
    text: str
    marks: tuple[Mark, ...]

    def spans(self, label: str) -> list[tuple[int, int]]:
        return [(m.start, m.end) for m in self.marks if m.label == label]

    def values(self, label: str) -> list[str | None]:
        return [m.value for m in self.marks if m.label == label]


def read_cases(name: str) -> list[Case]:
    """The cases of ``tests/cases/NAME.txt``."""
    found = []
    for block in re.split(r"\n\s*\n", (_CASES / f"{name}.txt").read_text(encoding="utf-8")):
        lines = block.strip("\n").split("\n")
        says = " ".join(line.lstrip("# ").strip() for line in lines if line.startswith("#"))
        body = "\n".join(line for line in lines if not line.startswith("#"))
        if body.strip():
            found.append(Case(says, *read_marks(body)))
    return found


def read_marks(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without marks, and the marks with their places in it.

    >>> read_marks("[Berg|speaker] said")
    ('Berg said', (Mark(label='speaker', value=None, start=0, end=4),))
    """
    out: list[str] = []
    opened: list[int] = []
    marks: list[Mark] = []
    for char in marked:
        if char == "[":
            opened.append(len(out))
        elif char == "]" and opened:
            start = opened.pop()
            inside = "".join(out[start:])
            label = _LABEL.search(inside)
            if label:
                del out[start + label.start() :]
                marks.append(Mark(label.group(1), label.group(2), start, start + label.start()))
                continue
            out.insert(start, "[")
            # Marks inside plain brackets move with the bracket put back before them.
            marks = [Mark(m.label, m.value, m.start + 1, m.end + 1) if m.start >= start else m for m in marks]
            out.append("]")
            continue
        if char != "[":
            out.append(char)
    return "".join(out), tuple(sorted(marks, key=lambda m: (m.start, -m.end)))
