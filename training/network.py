"""The network: a MiniLM-L6 body with an embedding for letters and one for quotation marks, and its heads."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encoder.decoding import LABELS, NAME_KINDS

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, PLACES = 384, 6, 12, 1536, 30522, 512
POINTER = 64  # numbers of a span's vector in the pointers
NEVER = -1e4
NEW = ("letters", "quotes", "emit", "name", "point", "moves", "begins", "nobody", "away", "apart")
"""What the base encoder does not have."""


class Layer(nn.Module):
    """One block of the body, or one with fewer numbers inside."""

    def __init__(self, inner: int = INNER) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.mixed = nn.Linear(HIDDEN, HIDDEN)
        self.mixed_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.wide, self.narrow = nn.Linear(HIDDEN, inner), nn.Linear(inner, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` is batch x pieces x HIDDEN, ``mask`` batch x 1 x 1 x pieces, added to the scores."""
        batch, size, _ = x.shape
        apart = lambda y: y.view(batch, size, HEADS, HIDDEN // HEADS).transpose(1, 2)  # noqa: E731
        seen = functional.scaled_dot_product_attention(
            apart(self.query(x)),
            apart(self.key(x)),
            apart(self.value(x)),
            mask,
            dropout_p=0.1 if self.training else 0.0,
        )
        x = self.mixed_norm(x + self.drop(self.mixed(seen.transpose(1, 2).reshape(batch, size, HIDDEN))))
        return self.norm(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Network(nn.Module):
    """Body and heads. The outputs of ``forward`` are what the run-time file gives."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces = nn.Embedding(VOCABULARY, HIDDEN)
        self.places = nn.Embedding(PLACES, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.letters, self.quotes = nn.Embedding(6, HIDDEN), nn.Embedding(4, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.emit = nn.Linear(HIDDEN, len(LABELS))
        self.name = nn.Linear(HIDDEN, 1 + 2 * len(NAME_KINDS))
        # A span's vector is that of its first word plus that of its last: content and cue ask, cue and source answer.
        self.point = nn.Linear(HIDDEN, 8 * POINTER)
        self.moves = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.begins = nn.Parameter(torch.zeros(len(LABELS)))
        self.nobody = nn.Parameter(torch.zeros(2, POINTER))  # answers "no cue here" and "no source here"
        self.away = nn.Parameter(torch.zeros(2, 14))  # by the distance of two spans, in words
        self.apart = nn.Parameter(torch.zeros(2, 8))  # by how many spans of the kind stand between
        nn.init.normal_(self.letters.weight, std=0.02)
        nn.init.normal_(self.quotes.weight, std=0.02)
        for place, label in enumerate(LABELS):
            if label[0] == "I":
                self.begins.data[place] = NEVER
                for before, other in enumerate(LABELS):
                    if other[1:] != label[1:]:
                        self.moves.data[before, place] = NEVER

    def forward(self, pieces: Tensor, letters: Tensor, quotes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of labels, pointer vectors and scores of names for each piece; three times batch x pieces go in.

        0 is padding.
        """
        return self.heads(self.encode(pieces, letters, quotes))

    @property
    def device(self) -> torch.device:
        """Where the network's numbers lie; what goes in must lie there too."""
        return self.kind.device

    def heads(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """What ``forward`` gives, from the body's vectors."""
        return self.emit(x), self.point(x), self.name(x)

    def encode(self, pieces: Tensor, letters: Tensor, quotes: Tensor) -> Tensor:
        """The body's vectors, batch x pieces x HIDDEN."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.places(places) + self.kind + self.letters(letters) + self.quotes(quotes)
        x = self.drop(self.norm(x))
        mask = (pieces == 0)[:, None, None, :].to(x.dtype) * NEVER
        for layer in self.layers:
            x = layer(x, mask.to(x.dtype))
        dropped: Tensor = self.drop(x)
        return dropped


class Grammar(nn.Module):
    """Heads for parts of speech, dependency labels and heads of words: they teach the body, and are not shipped."""

    def __init__(self, parts: int, relations: int) -> None:
        super().__init__()
        self.part, self.relation = nn.Linear(HIDDEN, parts), nn.Linear(HIDDEN, relations)
        self.asks, self.answers = nn.Linear(HIDDEN, POINTER), nn.Linear(HIDDEN, POINTER)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of parts, relations and heads, from batch x words x HIDDEN."""
        return self.part(x), self.relation(x), self.asks(x) @ self.answers(x).transpose(1, 2) / 8


def load_body(network: Network, path: Path) -> None:
    """Fill the body from the safetensors of the base encoder."""
    given = load_file(path)
    kept = {
        "pieces.weight": given["embeddings.word_embeddings.weight"],
        "places.weight": given["embeddings.position_embeddings.weight"],
        "kind": given["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
    }
    names = {
        "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
        "attention.output.dense": "mixed", "attention.output.LayerNorm": "mixed_norm",
        "intermediate.dense": "wide", "output.dense": "narrow", "output.LayerNorm": "norm",
    }  # fmt: skip
    for layer in range(LAYERS):
        for theirs, ours in names.items():
            for part in ("weight", "bias"):
                kept[f"layers.{layer}.{ours}.{part}"] = given[f"encoder.layer.{layer}.{theirs}.{part}"]
    missing, unexpected = network.load_state_dict(kept, strict=False)
    assert not unexpected, unexpected
    assert all(name.split(".")[0] in NEW for name in missing), missing
