"""What linking says: copies, tellings with their slots resolved, and which tellings tell the same entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from onrecord.model.annotation import Act, Statement
from onrecord.model.corpus import Corpus
from onrecord.model.record import Actor, EntryKind, Manner, Voice
from onrecord.model.text import Span
from onrecord.model.when import When


@dataclass(frozen=True, slots=True)
class Copy:
    """One article repeats another's words."""

    article: str
    original: str
    method: Literal["identical", "near"]
    score: float  # share of the shorter's word shingles that both have, 0 to 1
    why: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A paragraph of an article, ``start`` to ``end`` in its text, that another article has too."""

    article: str
    original: str
    start: int
    end: int
    score: float  # share of the paragraph's word shingles, 0 to 1
    why: str


@dataclass(frozen=True, slots=True)
class Credit:
    """The agency that an article names as where it has its words from. ``span``: in its text; None: in the metadata."""

    article: str
    agency: str  # one name for all articles that credit it
    span: Span | None
    why: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One article's telling of one thing: an annotation with its parties, voice and date resolved.

    ``by``, ``to``, ``speaker``, ``place`` and ``forum`` are actor ids; ``chain`` holds actor ids or words of the text,
    outermost first. Spans lie in the text of ``article``.
    """

    article: str
    annotation: Statement | Act
    kind: EntryKind
    voice: Voice
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    speaker: str | None = None
    speaker_words: tuple[Span, ...] = ()
    chain: tuple[str, ...] = ()
    manner: Manner | None = None
    when: When | None = None
    when_words: tuple[Span, ...] = ()
    status: str | None = None
    place: str | None = None
    forum: str | None = None
    attributes: Mapping[str, object] = field(default_factory=dict)
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()  # who may speak, where the words name an office that several hold


@dataclass(frozen=True, slots=True)
class Group:
    """Tellings of one entry, the founding one first. ``why`` says what made them one."""

    id: str
    kind: EntryKind
    tellings: tuple[Telling, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Link:
    """A claim about two groups: ``answer`` (a answers b), ``issue`` (both demands ask for the same), ``related``.

    And ``after``: the text says that a came after b; ``candidate``: the speaker of a may be the actor b.

    Or about actors: ``merged`` (the words b are a name of a), ``unsure`` (a and b may be one person).
    """

    kind: Literal["answer", "issue", "related", "after", "candidate", "merged", "unsure"]
    a: str
    b: str
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Ground:
    """Why an article cannot have appeared before or after a day. ``span`` lies in its text; None: other articles'."""

    bound: Literal["earliest", "latest"]
    day: date
    span: Span | None
    why: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """Between which days an article without a date must have appeared. Never given as its ``published``.

    None: that side is open. ``grounds`` says what each bound rests on.
    """

    article: str
    earliest: date | None
    latest: date | None
    grounds: tuple[Ground, ...]

    @property
    def when(self) -> When:
        """The bounds as a date of the record."""
        first, last = (day.isoformat() if day else ".." for day in (self.earliest, self.latest))
        return When.of(f"{first}/{last}", None, "bound")


@dataclass(frozen=True)
class Linked:
    """All that linking says about a corpus. ``sides``: for each actor the one it stands for in a negotiation.

    ``printed``: by article, the day of publication that its text prints and its metadata does not give.
    """

    corpus: Corpus
    copies: tuple[Copy, ...] = ()
    actors: tuple[Actor, ...] = ()
    groups: tuple[Group, ...] = ()
    links: tuple[Link, ...] = ()
    sides: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, When] = field(default_factory=dict)
    estimates: tuple[Estimate, ...] = ()
    taken: tuple[Taken, ...] = ()
    credits: tuple[Credit, ...] = ()
