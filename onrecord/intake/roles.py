"""What each line of a text is, where it is not plain body. Noise is annotated, never taken away.

Precision before recall, in one direction: a line of the article taken for noise is lost to the record, so the
first line, a quotation and a line with a verb of speech are never noise on the word of a list alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Protocol

from onrecord.intake.blocks import find_comments, find_embeds, find_menus, find_related
from onrecord.intake.furniture import judge_line
from onrecord.intake.heads import find_bylines, find_captions, find_headline, find_lead_repeat
from onrecord.intake.lines import LONGEST, Line, find_lines
from onrecord.intake.pieces import Piece
from onrecord.intake.residue import find_residue
from onrecord.intake.tails import find_credits
from onrecord.model import Annotation, Role, Span, Text


class HasText(Protocol):
    """A page, as far as this stage looks at it."""

    @property
    def text(self) -> Text:
        """The text to be read."""
        ...


@dataclass(frozen=True, slots=True)
class RolesFound:
    """What the stage found, in the shape of every stage's reading."""

    annotations: tuple[Role, ...] = ()
    unread: tuple[tuple[Span, str], ...] = ()


class Roles:
    """Marks headline, repeated headline, byline, captions, credits, embedded posts and all page furniture."""

    name: ClassVar[str] = "roles"
    version: ClassVar[int] = 1
    needs: ClassVar[tuple[str, ...]] = ()
    makes: ClassVar[tuple[type[Annotation], ...]] = (Role,)

    def read(self, page: HasText) -> RolesFound:
        """The roles in the page's text, in order, none overlapping another."""
        text = page.text
        found = (
            Role(text=text.id, span=text.span(piece.start, piece.end), role=piece.role, why=piece.why)
            for piece in find_roles(text.body)
        )
        return RolesFound(tuple(found))


def find_roles(body: str) -> tuple[Piece, ...]:
    """The pieces of the body that have a role, sorted, disjoint, without white space at their ends.

    >>> [(piece.role, piece.why) for piece in find_roles("Berg will wait for a reply.\\n\\nLeave a Reply\\n")]
    [('comment_ui', 'page furniture: leave a reply')]
    """
    lines = find_lines(body)
    taken: dict[int, list[Piece]] = defaultdict(list)  # by line; of two claims on the same words the first counts
    short = tuple(line for line in lines if len(line.words) <= LONGEST)
    for line in lines:
        taken[line.number].extend(find_residue(line))
    for piece in _claims(lines, short):
        _add(piece, taken[piece.line], body)
    return tuple(sorted(piece for pieces in taken.values() for piece in pieces))


def _claims(lines: tuple[Line, ...], short: tuple[Line, ...]) -> Iterator[Piece]:
    """What each rule says, the surest first."""
    yield from find_embeds(short)
    headline = tuple(find_headline(lines))
    yield from headline
    furniture = {line.number: found for line in short if line.number and (found := judge_line(line))}
    yield from find_comments(lines, furniture)
    yield from find_related(lines, furniture)
    for number, found in furniture.items():
        yield Piece.of(lines[number], found.role, f"page furniture: {found.words}")
    yield from find_credits(short)
    yield from find_bylines(lines)
    yield from find_captions(lines)
    yield from find_menus(lines)
    for piece in headline:
        if piece.role == "headline":
            yield from find_lead_repeat(lines, piece)


def _add(piece: Piece, taken: list[Piece], body: str) -> None:
    """Adds what of the piece is not taken yet: a link in an embedded post parts the post in two."""
    start = piece.start
    free: list[Piece] = []
    for other in (*sorted(taken), None):
        end = piece.end if other is None else min(max(other.start, start), piece.end)
        free += _trim(piece, start, end, body)
        start = max(start, other.end) if other else start
    taken += free


def _trim(piece: Piece, start: int, end: int, body: str) -> Iterable[Piece]:
    words = body[start:end]
    if not any(character.isalnum() for character in words):
        return ()
    start += len(words) - len(words.lstrip())
    return (Piece(start, start + len(words.strip()), piece.line, piece.role, piece.why),)
