"""The network of acts: two layers of its own on the vectors of the encoder's body, and a matrix for all that is asked.

The body is the encoder's as it ships, in 8 bits, and is not trained here: what the other heads say stays what it is.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encoder.acts import (
    AROUND,
    BUCKETS,
    FIELDS,
    HEAD,
    HEADS,
    KINDS,
    MODALITIES,
    ROLE,
    ROLES,
    ROOTS,
    TYPES,
    WIDTH,
    Place,
    distances,
    field,
)
from training.base import Base
from training.network import HIDDEN, NEVER, Layer, Network, load_body

BELOW = 3  # layers of the encoder's body under our own
OWN = 2
_FACTS = FIELDS["cue_facts"]


class ActNetwork(nn.Module):
    """Layers and heads; a layer begins as the base encoder's of the same height."""

    def __init__(self, base: Base | None = None) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(OWN))
        if base is not None:
            whole = Network()
            load_body(whole, base.weights)
            for own, given in zip(self.layers, list(whole.layers)[BELOW : BELOW + OWN], strict=True):
                own.load_state_dict(given.state_dict())
        self.drop = nn.Dropout(0.2)
        self.heads = nn.Linear(HIDDEN, WIDTH)
        self.kind_asks = nn.Parameter(torch.zeros(len(KINDS), len(ROLES) * ROLE))
        self.kind_facts = nn.Parameter(torch.zeros(len(KINDS), _FACTS))
        self.far = nn.Parameter(torch.zeros(len(ROLES), BUCKETS))

    def forward(self, vectors: Tensor, pieces: Tensor) -> Tensor:
        """``WIDTH`` numbers for each piece, from the body's vectors (batch x pieces x HIDDEN); piece 0 is padding."""
        mask = (pieces == 0)[:, None, None, :].to(vectors.dtype) * NEVER
        for layer in self.layers:
            vectors = layer(vectors, mask)
        numbers: Tensor = self.heads(self.drop(vectors))
        return numbers

    def facts(self, numbers: Tensor, kind: int, cue: Place) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of types, roots (the last: none) and modalities of a cue; types of other kinds are out of reach."""
        first, end = cue
        found = field(numbers, "cue_facts")[first:end].mean(0) + self.kind_facts[kind]
        found = found + field(numbers, "near_facts")[max(0, first - AROUND) : end + AROUND].mean(0)
        types, roots, modalities = found.split([len(TYPES), len(ROOTS) + 1, len(MODALITIES)])
        other = torch.tensor([of != KINDS[kind] for of, _ in TYPES])
        return types.masked_fill(other, NEVER), roots, modalities

    def roles(self, numbers: Tensor, kind: int, cue: Place) -> Tensor:
        """``role_scores`` of ``onrecord.encoder.acts``, to be learnt."""
        asks = (field(numbers, "asks")[cue[0] : cue[1]].mean(0) + self.kind_asks[kind]).view(len(ROLES), ROLE)
        answers = field(numbers, "answers").reshape(-1, len(ROLES), ROLE)
        scores = torch.einsum("rd,nrd->rn", asks, answers) / ROLE**0.5
        return scores + field(numbers, "apt").T + self.far[:, torch.from_numpy(distances(len(numbers), cue))]

    def pair(self, numbers: Tensor, by: list[int], to: list[int]) -> Tensor:
        """The scores behind ``root_chances`` of ``onrecord.encoder.acts``, to be learnt."""
        asks, own = field(numbers, "pair_by")[by].mean(0), field(numbers, "by_root")[by].mean(0)
        if to:
            asks = asks + field(numbers, "pair_to")[to].mean(0)
            own = own + field(numbers, "to_root")[to].mean(0)
        words = field(numbers, "pair_word").reshape(-1, HEADS, HEAD)
        looks = functional.softmax(torch.einsum("hd,nhd->hn", asks.view(HEADS, HEAD), words) / HEAD**0.5, dim=-1)
        seen = torch.einsum("hn,nhr->r", looks, field(numbers, "pair_seen").reshape(-1, HEADS, len(ROOTS)))
        return seen + own + field(numbers, "all_root").mean(0)
