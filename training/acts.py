"""The corpus of acts: its files read, the words of each act placed, and what is off in them named.

python -m training.acts PATH...      reads files and folders, prints what is off and counts

The layout is described in ``training/corpus/acts/README.md``.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.encoder.acts import KINDS, MODALITIES, ROOTS, TYPES
from training.corpus import Off, Place, numbered, whole

STATUSES = {kind: tuple(status for of, status in TYPES if of == kind and status) for kind in KINDS}
KEPT = ("quarrels", "shuttles")
"""Files of ``train/`` that the network is not taught: by them it is learnt how sure an act is."""
_SPANS = ("by", "to", "cue", "content", "voice", "when")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One act of a passage; places are code points in the passage's text. ``status`` is a demand's polarity too."""

    kind: str
    status: str | None
    root: str | None
    cue: Place
    content: Place
    by: tuple[Place, ...] = ()
    to: tuple[Place, ...] = ()
    voice: tuple[Place, ...] = ()
    when: tuple[Place, ...] = ()
    modality: str = "real"


@dataclass(frozen=True, slots=True)
class Miss:
    """Words that look like an act of a kind and are none."""

    kind: str
    cue: Place
    why: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the corpus; its paragraphs are parted by blank lines."""

    id: str
    style: str
    text: str
    acts: tuple[Drawn, ...]
    misses: tuple[Miss, ...]


@dataclass
class _Draft:
    line: int
    head: list[str]
    text: list[str] = field(default_factory=list)
    marks: list[tuple[int, str]] = field(default_factory=list)


def read_acts(path: Path, off: list[str] | None = None) -> list[Passage]:
    """The passages of a file, or of a folder's files in order. What is off is raised, or collected in ``off``."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    faults: list[str] = []
    found = [passage for file in files for passage in _passages(file, faults)]
    faults += (f"the id {i} is used {n} times" for i, n in Counter(p.id for p in found).items() if n > 1)
    if off is None and faults:
        raise Off("\n".join(faults))
    if off is not None:
        off += faults
    return found


def _passages(file: Path, faults: list[str]) -> Iterator[Passage]:
    for draft in _drafts(file, faults):
        text = "\n\n".join(" ".join(line.split()) for line in draft.text if line.strip())
        acts: list[Drawn] = []
        misses: list[Miss] = []
        for number, mark in draft.marks:
            try:
                if mark[0] == "+":
                    acts.append(_act(text, mark[1:]))
                else:
                    misses.append(_miss(text, mark[1:]))
            except Off as error:
                faults.append(f"{file}: line {number}: {error}")
        if len(draft.head) != 2 or not text:
            faults.append(f"{file}: line {draft.line}: to be '=== id | style' and a text below it")
        else:
            yield Passage(draft.head[0], draft.head[1], text, tuple(acts), tuple(misses))


def _drafts(file: Path, faults: list[str]) -> Iterator[_Draft]:
    draft: _Draft | None = None
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("=== "):
            if draft:
                yield draft
            draft = _Draft(number, [part.strip() for part in line[4:].split("|")])
        elif draft is None:
            if line.strip() and not line.startswith("#"):
                faults.append(f"{file}: line {number}: text before the first '===' line")
        elif line.startswith(("+ ", "- ")):
            draft.marks.append((number, line))
        elif draft.marks and line.strip():
            faults.append(f"{file}: line {number}: text after the acts of {draft.head[0]}")
        else:
            draft.text.append(line)
    if draft:
        yield draft


def _act(text: str, mark: str) -> Drawn:
    head, *rest = (part.strip() for part in mark.split(" | "))
    kind, _, status = head.partition(" ")
    if kind not in STATUSES or (status.strip() or None) not in (STATUSES[kind] or (None,)):
        wanted = ", ".join(STATUSES.get(kind, ())) or "none" if kind in STATUSES else f"a kind of {', '.join(STATUSES)}"
        raise Off(f"{head!r} is no act: {wanted}")
    if not rest or rest[0] not in (*ROOTS, "-"):
        raise Off(f"the second part is to be '-' or one of {', '.join(ROOTS)}")
    fields = _fields(rest[1:])
    modality = fields.pop("modality", "real")
    if modality not in MODALITIES:
        raise Off(f"the modality {modality!r} is none of {', '.join(MODALITIES)}")
    if unknown := set(fields) - set(_SPANS):
        raise Off(f"unknown field {', '.join(sorted(unknown))}")
    if not {"cue", "content"} <= set(fields):
        raise Off("an act needs cue and content")
    spans = {name: tuple(_place(text, words) for words in value.split(";")) for name, value in fields.items()}
    for name in ("cue", "content"):
        if len(spans[name]) != 1:
            raise Off(f"{name} is one run of words")
    return Drawn(
        kind, status.strip() or None, None if rest[0] == "-" else rest[0], spans.pop("cue")[0], spans.pop("content")[0],
        modality=modality, **spans,
    )  # fmt: skip


def _miss(text: str, mark: str) -> Miss:
    kind, *rest = (part.strip() for part in mark.split(" | "))
    fields = _fields(rest)
    if kind.split()[0] not in STATUSES or set(fields) != {"cue", "why"}:
        raise Off("a near miss is '- KIND | cue=WORDS | why=...'")
    return Miss(kind.split()[0], _place(text, fields["cue"]), fields["why"])


def _fields(parts: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for part in parts:
        name, sign, value = part.partition("=")
        if not sign or not value.strip() or name in fields:
            raise Off(f"{part!r} is no field=words, or stands twice")
        fields[name] = value.strip()
    return fields


def _place(text: str, words: str) -> Place:
    """Where words stand in the text, whole words only; ``...[..]...`` stands for all between its two ends."""
    words, nth = numbered(words)
    nth = nth or 1
    first, _, last = (" ".join(part.split()) for part in words.partition("[..]"))
    places = whole(text, first.removesuffix("..."))
    if last:
        ends = whole(text, last.removeprefix("..."))
        places = [(a, next(e for s, e in ends if s >= b)) for a, b in places if any(s >= b for s, _ in ends)]
    if len(places) < nth:
        raise Off(f"{words!r} stands {len(places)} times in the text")
    return places[nth - 1]


def main(paths: list[str]) -> int:
    """Print what is off and counts; 1 where anything is."""
    off: list[str] = []
    passages = [passage for path in paths for passage in read_acts(Path(path), off)]
    acts = [act for passage in passages for act in passage.acts]
    sys.stdout.writelines(f"{line}\n" for line in off)
    sys.stdout.write(
        f"{len(passages)} passages, {sum(bool(p.acts) for p in passages)} with acts, {len(acts)} acts, "
        f"{sum(len(p.misses) for p in passages)} near misses\n"
    )
    for title, counts in (
        ("kinds", Counter(f"{act.kind} {act.status or ''}".strip() for act in acts)),
        ("types", Counter(act.root or "-" for act in acts)),
        ("modality", Counter(act.modality for act in acts)),
    ):
        sys.stdout.write(f"  {title}: {', '.join(f'{name} {n}' for name, n in counts.most_common())}\n")
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
