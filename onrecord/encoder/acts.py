"""The acts that the encoder hears: from numbers for each word to cues, their kinds, and the words of their parts.

Two slim layers of their own stand on the vectors that the body has after its third and its last layer, and give each
word ``WIDTH`` numbers, in the order of ``FIELDS``. All that is asked of several words is a mean or a product of these
numbers, so nothing here needs the network again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

KINDS = ("demand", "answer", "meeting", "document", "commitment", "action")
TYPES = (
    ("demand", "want"), ("demand", "not_want"),
    ("answer", "accepted"), ("answer", "rejected"), ("answer", "partial"), ("answer", "deferred"),
    ("answer", "unanswered"), ("answer", "unclear"),
    ("meeting", "held"), ("meeting", "planned"), ("meeting", "proposed"), ("meeting", "cancelled"),
    ("document", "promised"), ("document", "drafted"), ("document", "sent"), ("document", "received"),
    ("document", "read"), ("document", "signed"), ("document", "published"),
    ("commitment", None), ("action", None),
)  # fmt: skip
"""Kinds with their statuses; of a demand, whether it is wanted that something be done or not be done."""
ROOTS = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST",
    "SANCTION", "COERCE", "MOBILIZE", "ASSAULT",
)  # fmt: skip
"""PLOVER's event types; YIELD is its CONCEDE and RETREAT."""
MODALITIES = ("real", "future", "hypothetical", "negated")
ROLES = ("by", "to", "content")
ROLE, HEADS, HEAD = 64, 4, 32  # numbers of a role's vector; heads of the pair and their numbers
AROUND = 10  # words before and behind a cue that say what it is
_APART = -1.0  # words less likely than this part two contents of one cue
_LEAST_OF_SEVERAL, _WEIGHTY = 3, 4.0  # words of each of several contents, and the sum of their scores
BUCKETS = 16  # of the distance from a cue

_FACTS = len(TYPES) + len(ROOTS) + 1 + len(MODALITIES)
FIELDS = {
    "kinds": len(KINDS),  # whether the word belongs to a cue of the kind
    "asks": len(ROLES) * ROLE,  # a cue's side of the product that finds its parts
    "answers": len(ROLES) * ROLE,  # a word's side of it
    "apt": len(ROLES),  # how likely a word is a part of any cue
    "cue_facts": _FACTS,  # type, root and modality, by the words of the cue
    "near_facts": _FACTS,  # the same, by the words around it
    "pair_by": HEADS * HEAD,  # where two parties look for what lies between them: the doer's side,
    "pair_to": HEADS * HEAD,  # the target's side,
    "pair_word": HEADS * HEAD,  # and a word's
    "pair_seen": HEADS * len(ROOTS),  # what a word says of the event's type where a head looks at it
    "by_root": len(ROOTS),  # what the doer's words say of it
    "to_root": len(ROOTS),
    "all_root": len(ROOTS),  # and all words of the window
}
WIDTH = sum(FIELDS.values())
HEARD = sum(size for name, size in FIELDS.items() if "pair" not in name and "_root" not in name)
"""The first columns, which are all that ``decode_acts`` looks at."""
_AT = dict(zip(FIELDS, np.cumsum([0, *FIELDS.values()]), strict=False))
Place = tuple[int, int]  # first word, and the word behind the last


_OF_OTHERS = np.array([[0.0 if of == kind else -1e4 for of, _ in TYPES] for kind in KINDS], np.float32)
"""By kind, what rules out the types of the others."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What decoding needs beside the numbers of the words.

    ``kind_asks`` and ``kind_facts`` are added for a cue's kind, ``far`` scores the distance of a word from the cue.
    """

    kind_asks: Floats  # kinds x (roles * ROLE)
    kind_facts: Floats  # kinds x facts
    far: Floats  # roles x BUCKETS

    @staticmethod
    def of(tables: dict[str, list[object]]) -> Tables:
        """The tables that the network's file carries."""
        return Tables(*(np.asarray(tables[name], dtype=np.float32) for name in ("kind_asks", "kind_facts", "far")))


@dataclass(frozen=True, slots=True)
class Cued:
    """An act in a window, in words: its cue, its parts, what it is, and what its confidence rests on."""

    kind: str
    status: str | None
    root: str | None
    modality: str
    cue: Place
    by: tuple[Place, ...]
    to: tuple[Place, ...]
    content: tuple[Place, ...]
    evidence: tuple[float, ...]  # probabilities: of the cue, of the type, of the content, of the modality


def field(numbers: Floats, name: str) -> Floats:
    """The columns of a field."""
    return numbers[..., _AT[name] : _AT[name] + FIELDS[name]]


def decode_acts(numbers: Floats, tables: Tables, least: float = 0.5) -> Iterator[Cued]:
    """The acts of a window, from words x WIDTH numbers; cues whose words have at least the probability ``least``."""
    cues = _sigmoid(field(numbers, "kinds"))
    for kind in np.flatnonzero((cues >= least).any(axis=0)):
        for cue in _runs(cues[:, kind] >= least):
            yield from _acts_of(numbers, tables, int(kind), cue, float(cues[cue[0] : cue[1], kind].max()))


def _acts_of(numbers: Floats, tables: Tables, kind: int, cue: Place, sure: float) -> Iterator[Cued]:
    first, end = cue
    facts = _mean(field(numbers, "cue_facts")[first:end]) + tables.kind_facts[kind]
    facts = facts + _mean(field(numbers, "near_facts")[max(0, first - AROUND) : end + AROUND])
    types, roots, modalities = facts[: len(TYPES)], facts[len(TYPES) : -len(MODALITIES)], facts[-len(MODALITIES) :]
    chances = _softmax(types + _OF_OTHERS[kind])
    modality = _softmax(modalities)
    roles = role_scores(numbers, tables, kind, cue)
    by, to = (tuple(_runs(roles[role] > 0)) for role in (0, 1))
    root = int(roots.argmax())
    for content in _contents(roles[2], several=KINDS[kind] == "demand"):
        yield Cued(
            KINDS[kind],
            TYPES[int(chances.argmax())][1],
            ROOTS[root] if root < len(ROOTS) else None,
            MODALITIES[int(modality.argmax())],
            cue,
            by,
            to,
            (content,),
            (
                sure,
                float(chances.max()),
                float(_sigmoid(roles[2][content[0] : content[1]]).mean()),
                float(modality.max()),
            ),
        )


def role_scores(numbers: Floats, tables: Tables, kind: int, cue: Place) -> Floats:
    """For each role and word, the odds (log) that the word plays that part for the cue."""
    asks = (_mean(field(numbers, "asks")[cue[0] : cue[1]]) + tables.kind_asks[kind]).reshape(len(ROLES), ROLE)
    answers = field(numbers, "answers").reshape(-1, len(ROLES), ROLE)
    scores: Floats = np.einsum("rd,nrd->rn", asks, answers) / ROLE**0.5
    return scores + field(numbers, "apt").T + tables.far[:, distances(len(numbers), cue)]


def _buckets(apart: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.minimum(np.log2(apart).astype(np.int64), 6) + 1


_BEHIND = _buckets(np.arange(1, 1025))  # a window holds fewer words
_BEFORE = 8 + _BEHIND[::-1]
_INSIDE = np.zeros_like(_BEHIND)


def distances(size: int, cue: Place) -> NDArray[np.int64]:
    """The bucket of each word's distance from the cue: 0 inside, 1 to 7 behind it, 8 to 15 before it."""
    first, end = cue
    return np.concatenate((_BEFORE[len(_BEFORE) - first :], _INSIDE[: end - first], _BEHIND[: size - end]))


def root_chances(numbers: Floats, by: Sequence[int], to: Sequence[int]) -> Floats:
    """The probability of each of ``ROOTS`` for what the words ``by`` do to the words ``to``; either may be none."""
    asks, own = np.zeros(HEADS * HEAD, np.float32), np.zeros(len(ROOTS), np.float32)
    for words, asking, said in ((by, "pair_by", "by_root"), (to, "pair_to", "to_root")):
        if len(words):
            asks = asks + field(numbers, asking)[list(words)].mean(0)
            own = own + field(numbers, said)[list(words)].mean(0)
    answers = field(numbers, "pair_word").reshape(-1, HEADS, HEAD)
    looks = _softmax(np.einsum("hd,nhd->hn", asks.reshape(HEADS, HEAD), answers) / HEAD**0.5)
    seen = np.einsum("hn,nhr->r", looks, field(numbers, "pair_seen").reshape(-1, HEADS, len(ROOTS)))
    return _softmax(seen + own + field(numbers, "all_root").mean(0))


def _contents(scores: Floats, several: bool) -> list[Place]:
    """The run of words whose scores have the largest sum, unlikely words between likely ones included.

    An act may hold several where words part them that are surely no part: "wanted the posts manned | and | the seals
    changed".
    """
    first, end = _heaviest(scores)
    if not several:
        return [(first, end)]
    parted: list[Place] = []
    for low, high in _runs(scores > _APART):
        inside = max(low, first), min(high, end)
        outside = [run for run in ((low, min(high, first)), (max(low, end), high)) if run[1] > run[0]]
        for run in (inside, *outside):
            weight = float(scores[slice(*run)].sum()) if run[1] > run[0] else 0.0
            parted += [run] * (run[1] - run[0] >= _LEAST_OF_SEVERAL and weight >= _WEIGHTY)
    return sorted(_trimmed(scores, run) for run in parted) if len(parted) > 1 else [(first, end)]


def _trimmed(scores: Floats, run: Place) -> Place:
    first, end = _heaviest(scores[slice(*run)])
    return run[0] + first, run[0] + end


def _heaviest(scores: Floats) -> Place:
    """The run of words whose scores have the largest sum."""
    best, at, total, start = -np.inf, (0, 1), 0.0, 0
    for place, score in enumerate(float(score) for score in scores):
        if total <= 0:
            total, start = 0.0, place
        total += score
        if total > best:
            best, at = total, (start, place + 1)
    return at


def _runs(marked: NDArray[np.bool_]) -> list[Place]:
    """The runs of marked words."""
    changes = (np.flatnonzero(marked[1:] != marked[:-1]) + 1).tolist()
    edges = [0] * bool(marked[0]) + changes + [len(marked)] * bool(marked[-1])
    return list(zip(edges[::2], edges[1::2], strict=True))


def _mean(rows: Floats) -> Floats:
    """``rows.mean(0)``, without what that takes to get going."""
    mean: Floats = np.add.reduce(rows, axis=0) / np.float32(len(rows))
    return mean


def _sigmoid(scores: Floats) -> Floats:
    chances: Floats = np.reciprocal(1 + np.exp(-scores))
    return chances


def _softmax(scores: Floats) -> Floats:
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = odds / odds.sum(axis=-1, keepdims=True)
    return chances
