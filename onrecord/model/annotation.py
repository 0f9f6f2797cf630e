"""Annotations: one claim about the words of one text. Layers: all that one stage says about one text."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import ClassVar, Literal

from onrecord.model.ids import digest
from onrecord.model.text import Span

RoleName = Literal[
    "headline", "lead_dup", "byline", "caption", "credit", "embed", "call_to_action", "comment_ui", "related", "residue"
]
NameKind = Literal["person", "organisation", "state", "body", "place", "group", "office", "document"]
CueClass = Literal["say", "demand", "ask", "answer", "deny", "promise", "threaten", "believe"]
StatementManner = Literal["verbatim", "paraphrase", "mixed"]
ActKind = Literal["demand", "answer", "meeting", "document", "commitment", "action"]
Modality = Literal["real", "future", "hypothetical"]

EVIDENCE_ROLES = frozenset({"headline", "lead_dup", "embed"})
"""Roles whose words belong to the article and may be evidence; so may the body, which has no role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One claim about a span of the text ``text``; ``span`` is the whole extent of the claim.

    The id hashes what is claimed (claim, text, span, every value field), never who claimed it nor how sure it is,
    so a better version of a stage that says the same keeps the id and a person's judgement survives (id law).
    """

    claim: ClassVar[str] = "annotation"

    text: str
    span: Span
    confidence: float = 1.0
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Twenty hexadecimal digits; equal for equal claims."""
        if self._id is None:  # hashed when first asked for and kept: linking asks for each id many times over
            values = {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name not in _UNHASHED}
            object.__setattr__(self, "_id", digest(self.claim, values))
        assert self._id is not None
        return self._id


_UNHASHED = frozenset({"confidence", "witnesses", "_id"})


def _plain(value: object) -> object:
    """A field's value as JSON: spans as [start, end], nested annotations as their ids."""
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, Annotation):
        return value.id
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Annotation):
    """What a stretch of the text is, where it is not plain body."""

    claim: ClassVar[str] = "role"

    role: RoleName
    why: str

    @property
    def is_noise(self) -> bool:
        """Whether these words may not be evidence."""
        return self.role not in EVIDENCE_ROLES


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Annotation):
    """Words that name somebody or something. ``name`` is the fullest form this text gives for it."""

    claim: ClassVar[str] = "name"

    kind: NameKind
    name: str
    country: str | None = None  # ISO 3166-1 alpha-2 of the state it is or belongs to; None: not known
    adjective: bool = False  # "Russian" in "the Russian demand": names the state, but is no noun
    place_use: bool = False  # "in Moscow": the name of a capital used for the place, not the government


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Annotation):
    """An office with, where the words say so, its holder and what it is an office of."""

    claim: ClassVar[str] = "office"

    title: str  # "Foreign Minister"
    of: Span | None = None  # "Russian", "of Russia"
    holder: Span | None = None  # "Sergei Lavrov"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Annotation):
    """A pronoun or description ("the minister", "it", "the alliance") and the name it stands for in this text."""

    claim: ClassVar[str] = "reference"

    antecedent: Span  # a Name's span
    method: str  # "recent", "office", "apposition", ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex(Annotation):
    """A time expression. What needs an anchor stays unresolved here; linking anchors it per article.

    ``edtf``, ``earliest`` and ``latest`` are set only where the words alone give the whole value (``anchor``
    "none"). Otherwise ``value`` holds the TIMEX3 value as far as the words go ("XXXX-02-14") and ``shift``
    with ``unit`` and ``direction`` say how to reckon from the anchor.
    """

    claim: ClassVar[str] = "timex"

    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    mod: str | None = None
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    anchor: Literal["none", "published", "text"] = "none"
    direction: Literal["past", "future"] | None = None
    weekday: int | None = None  # ISO: Monday is 1
    unit: Literal["day", "week", "month", "quarter", "year", "decade"] | None = None
    shift: int | None = None  # in units, from the anchor: "last year" is -1 year, "a day later" is 1 day
    rule: str = ""  # the grammar rule that fired


DOUBTFUL = "doubtful"
"""The method of quoted words that somebody seems to have said, too doubtful to give them to him."""
AUTHOR = "author"
"""The method of what the text's author says of himself: "I expect that it never will"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Annotation):
    """Somebody says something. ``content`` is one span or several: a broken quotation is never stitched."""

    claim: ClassVar[str] = "statement"

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    manner: StatementManner = "paraphrase"
    verbatim: tuple[Span, ...] = ()  # the words inside quotation marks, as the state machine found them
    speaker: Span | None = None  # the words that name the speaker in this text; None: not resolved
    method: str = "none"  # how the speaker was resolved: "named", "pronoun", ...; "none", DOUBTFUL or AUTHOR
    addressee: Span | None = None
    medium: str | None = None  # "radio", "tweet"
    hedge: str | None = None  # "reportedly"
    cue_class: CueClass = "say"
    time: Span | None = None  # the Timex that says when it was said
    negated: bool = False  # "that Sudmark would not sign"
    modality: Modality = "real"  # of what is said, by its first clause
    inner: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Annotation):
    """An act between parties, as told at one place. Who tells it follows from the statement around it, if any."""

    claim: ClassVar[str] = "act"

    kind: ActKind
    cue: Span
    content: tuple[Span, ...]
    by: tuple[Span, ...] = ()
    to: tuple[Span, ...] = ()
    status: str | None = None
    plover: str | None = None
    negated: bool = False
    modality: Modality = "real"
    polarity: Literal["want", "not_want"] | None = None
    place: Span | None = None
    forum: Span | None = None
    time: Span | None = None  # the Timex that governs it
    name: str | None = None  # of a document, treaty or principle
    year: int | None = None
    duration: str | None = None  # ISO 8601
    pages: int | None = None
    form: str | None = None  # "written", "oral"
    hedge: str | None = None
    rule: str = ""  # the rule that found it
    witnesses: tuple[str, ...] = ()  # who found it: "rules", "encoder"


@dataclass(frozen=True, slots=True)
class Layer:
    """All that one stage says about one text, written at once.

    ``fingerprint`` hashes the stage's name, version, settings, weights and the fingerprints of what it needs.
    ``unread`` gives a reason for each place the stage could not judge.
    """

    text: str
    stage: str
    fingerprint: str
    annotations: tuple[Annotation, ...] = ()
    unread: tuple[tuple[Span, str], ...] = ()
