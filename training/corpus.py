"""The corpus of statements: its files read, their marks placed, and what is off in them named.

python -m training.corpus PATH...      reads files and folders, prints what is off and counts
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

Place = tuple[int, int]
HOW = frozenset(["name", "office", "pronoun", "organisation", "metonym", "outlet", "unnamed", "continued"])
CLASSES = frozenset(["say", "demand", "ask", "answer", "deny", "promise", "threaten", "believe"])
_SPANS = ("source", "cue", "content", "to", "medium", "when")
_WORDS = ("speaker", "class", "in")
_FIELD = re.compile(r"\s+(\w+):\s*(.*)")
_NTH = re.compile(r"^(.*?)#(\d+)$")


@dataclass(frozen=True, slots=True)
class Marked:
    """One statement of a passage. Places are code points in the passage's text; ``speaker`` None is not known."""

    number: int
    content: tuple[Place, ...]
    cue: tuple[Place, ...] = ()
    source: tuple[Place, ...] = ()
    to: tuple[Place, ...] = ()
    medium: tuple[Place, ...] = ()
    when: tuple[Place, ...] = ()
    speaker: str | None = None
    how: str = "unnamed"
    cue_class: str = "say"
    outer: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the corpus; its paragraphs are parted by blank lines."""

    id: str
    style: str
    outlet: str
    text: str
    statements: tuple[Marked, ...]


class Off(ValueError):
    """A mark that cannot be placed, with where it stands."""


@dataclass
class _Draft:
    line: int
    head: list[str]
    text: list[str] = field(default_factory=list)
    marks: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)  # line, number, fields


def read_corpus(path: Path, off: list[str] | None = None) -> list[Passage]:
    """The passages of a file, or of a folder's files in order. What is off is raised, or collected in ``off``."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    found: list[Passage] = []
    for file in files:
        for draft in _drafts(file):
            try:
                found.append(_passage(draft))
            except Off as error:
                if off is None:
                    raise Off(f"{file}: {error}") from None
                off.append(f"{file}: {error}")
    if repeated := [i for i, n in Counter(p.id for p in found).items() if n > 1]:
        raise Off(f"ids used twice: {', '.join(repeated)}")
    return found


def _drafts(file: Path) -> Iterator[_Draft]:
    draft: _Draft | None = None
    in_text = False
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("=== "):
            if draft:
                yield draft
            draft, in_text = _Draft(number, [part.strip() for part in line[4:].split("|")]), True
        elif draft is None:
            if line.strip() and not line.startswith("#"):
                raise Off(f"{file}: line {number}: text before the first '===' line")
        elif in_text and line.strip() == "---":
            in_text = False
        elif in_text:
            draft.text.append(line.strip())
        elif line.strip().isdigit() and not line.startswith(" "):
            draft.marks.append((number, int(line), {}))
        elif line.strip():
            if not (match := _FIELD.fullmatch(line)) or not draft.marks:
                raise Off(f"{file}: line {number}: neither a statement's number nor an indented 'field: value'")
            if match[1] in draft.marks[-1][2]:
                raise Off(f"{file}: line {number}: the field {match[1]!r} stands twice")
            draft.marks[-1][2][match[1]] = match[2].strip()
    if draft:
        yield draft


def _passage(draft: _Draft) -> Passage:
    if len(draft.head) != 3:
        raise Off(f"line {draft.line}: the head needs 'id | style | outlet'")
    paragraphs = re.split(r"\n{2,}", "\n".join(draft.text).strip())
    text = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    placed: dict[int, Marked] = {}
    numbers = [number for _, number, _ in draft.marks]
    if numbers != list(range(1, len(numbers) + 1)):
        raise Off(f"line {draft.line}: {draft.head[0]}: statements are to be numbered 1, 2, 3 ...")
    # An outer statement may come later than its inner one, and is needed first.
    waiting = list(draft.marks)
    while waiting:
        ready = [m for m in waiting if "in" not in m[2] or m[2]["in"] in map(str, placed)]
        if not ready:
            raise Off(f"line {waiting[0][0]}: 'in' names no statement of the passage")
        for mark in ready:
            placed[mark[1]] = _mark(text, *mark, placed)
            waiting.remove(mark)
    return Passage(draft.head[0], draft.head[1], draft.head[2], text, tuple(placed[n] for n in numbers))


def _mark(text: str, line: int, number: int, fields: dict[str, str], placed: dict[int, Marked]) -> Marked:
    if unknown := set(fields) - {*_SPANS, *_WORDS}:
        raise Off(f"line {line}: unknown field {', '.join(sorted(unknown))}")
    if not fields.get("content") or not fields.get("speaker"):
        raise Off(f"line {line}: a statement needs content and speaker")
    outer = placed[int(fields["in"])] if "in" in fields else None
    within = outer.content if outer else ((0, len(text)),)
    content = tuple(_content(text, piece, within, line) for piece in fields["content"].split("||"))
    if any(a[1] > b[0] for a, b in pairwise(content)):
        raise Off(f"line {line}: the content's pieces are not in the text's order")
    near = {
        n: _near(text, fields[n], content, within, f"line {line}: {n}")
        for n in _SPANS
        if n != "content" and n in fields
    }
    name, _, how = (part.strip() for part in fields["speaker"].partition("|"))
    cue_class = fields.get("class", "say")
    if how not in HOW:
        raise Off(f"line {line}: how is {how!r}, to be one of {', '.join(sorted(HOW))}")
    if cue_class not in CLASSES:
        raise Off(f"line {line}: class is {cue_class!r}, to be one of {', '.join(sorted(CLASSES))}")
    if name != "?" and name.lower() not in text.lower() and how != "outlet":
        raise Off(f"line {line}: the speaker {name!r} does not stand in the passage")
    return Marked(
        number, content, speaker=None if name == "?" else name, how=how, cue_class=cue_class,
        outer=outer.number if outer else None, **near,
    )  # fmt: skip


def _content(text: str, words: str, within: tuple[Place, ...], line: int) -> Place:
    words, nth = numbered(words)
    places = [p for p in _places(text, words) if any(a <= p[0] and p[1] <= b for a, b in within)]
    if nth:
        places = _places(text, words)[nth - 1 : nth]
    if len(places) != 1:
        found = (
            f"{len(places)} times; name which: {words}#1"
            if places
            else "not in the passage (or not inside the outer content)"
        )
        raise Off(f"line {line}: content {words!r} stands {found}")
    return places[0]


def _near(
    text: str, value: str, content: tuple[Place, ...], within: tuple[Place, ...], where: str
) -> tuple[Place, ...]:
    """The occurrences nearest to the content, outside it."""
    found: list[Place] = []
    for piece in value.split("||"):
        words, nth = numbered(piece)
        places = _places(text, words)
        if nth:
            places = places[nth - 1 : nth]
        else:
            places = [p for p in places if not any(a < p[1] and p[0] < b for a, b in content)]
            inside = [p for p in places if any(a <= p[0] and p[1] <= b for a, b in within)]
            places = inside or places
        if not places:
            raise Off(f"{where} {words!r} is not in the passage outside the content")
        found.append(min(places, key=lambda p: min(max(a - p[1], p[0] - b) for a, b in content)))
    return tuple(sorted(found))


def numbered(words: str) -> tuple[str, int]:
    """Words and which of their occurrences is meant ("he#3"), counted from 1; 0 where they do not say."""
    words = " ".join(words.split())
    match = _NTH.match(words)
    return (match[1].strip(), int(match[2])) if match else (words, 0)


def _places(text: str, words: str) -> list[Place]:
    """Where words stand as whole words; ``[...]`` stands for all between two ends."""
    first, _, last = words.partition("[...]")
    places = whole(text, first.strip())
    if not last:
        return places
    ends = whole(text, last.strip())
    return [(a, next(e for s, e in ends if s >= b)) for a, b in places if any(s >= b for s, _ in ends)]


def whole(text: str, words: str) -> list[Place]:
    """Where words stand in a text as whole words."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return [m.span() for m in re.finditer(before + re.escape(words) + after, text)] if words else []


def main(paths: list[str]) -> int:
    """Print what is off and counts; 1 where anything is."""
    off: list[str] = []
    try:
        passages = [p for path in paths for p in read_corpus(Path(path), off)]
    except Off as error:
        off.append(str(error))
        passages = []
    statements = [(p, s) for p in passages for s in p.statements]
    quoted = sum(any(m in p.text[a:b] for a, b in s.content for m in '"“”«»„‘') for p, s in statements)
    sys.stdout.writelines(f"{line}\n" for line in off)
    sys.stdout.write(
        f"{len(passages)} passages, {sum(p.text.count(chr(10) * 2) + 1 for p in passages)} paragraphs, "
        f"{len(statements)} statements, {quoted} with quoted words, "
        f"{sum(s.outer is not None for _, s in statements)} nested\n"
    )
    for name, count in Counter(s.how for _, s in statements).most_common():
        sys.stdout.write(f"  {name} {count}\n")
    return 1 if off else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
