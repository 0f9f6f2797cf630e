"""The network of acts: two slim layers of its own on vectors of the encoder's body, and a matrix for all that is asked.

The body is the encoder's as it ships, in 8 bits, and is not trained here: what the other heads say stays what it is.
"""

from __future__ import annotations

from collections.abc import Mapping

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

BELOW = (3, 6)  # after how many layers of the encoder's body the vectors are taken, side by side
OWN, INNER = 2, 768  # layers of our own, and the numbers inside one: half of the body's
_BEGINS = 3  # the layer of the base encoder as which our first one begins
_SHARE = 0.6  # of each of the body's vectors in the mean with which the mixing begins
_FACTS = FIELDS["cue_facts"]


class ActNetwork(nn.Module):
    """Layers and heads; a layer begins as the base encoder's of the same height, with what weighs most inside it."""

    def __init__(self, base: Base | None = None) -> None:
        super().__init__()
        self.mix = nn.Linear(HIDDEN * len(BELOW), HIDDEN)
        with torch.no_grad():
            self.mix.weight.copy_(torch.cat([_SHARE * torch.eye(HIDDEN)] * len(BELOW), dim=1))
            self.mix.bias.zero_()
        self.layers = nn.ModuleList(Layer(INNER) for _ in range(OWN))
        if base is not None:
            whole = Network()
            load_body(whole, base.weights)
            for own, given in zip(self.layers, list(whole.layers)[_BEGINS : _BEGINS + OWN], strict=True):
                own.load_state_dict(_slimmed(given.state_dict()))
        self.drop = nn.Dropout(0.2)
        self.heads = nn.Linear(HIDDEN, WIDTH)
        self.kind_asks = nn.Parameter(torch.zeros(len(KINDS), len(ROLES) * ROLE))
        self.kind_facts = nn.Parameter(torch.zeros(len(KINDS), _FACTS))
        self.far = nn.Parameter(torch.zeros(len(ROLES), BUCKETS))

    def forward(self, vectors: Tensor, pieces: Tensor) -> Tensor:
        """``WIDTH`` numbers for each piece; piece 0 is padding.

        ``vectors`` are the body's, batch x pieces x (HIDDEN for each of ``BELOW``).
        """
        mask = (pieces == 0)[:, None, None, :].to(vectors.dtype) * NEVER
        vectors = self.mix(vectors)
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


def _slimmed(given: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of a layer of the base encoder with only the ``INNER`` numbers inside that weigh most."""
    weight = given["wide.weight"].norm(dim=1) * given["narrow.weight"].norm(dim=0)
    kept = weight.argsort(descending=True)[:INNER].sort().values
    return {
        **given,
        "wide.weight": given["wide.weight"][kept],
        "wide.bias": given["wide.bias"][kept],
        "narrow.weight": given["narrow.weight"][:, kept],
    }
