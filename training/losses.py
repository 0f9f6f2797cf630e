"""What the network is trained on: the likelihood of label paths, of links and of names."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.examples import UNKNOWN, Example
from training.network import NEVER, Grammar, Network

HIDDEN_SHARE = 0.04
MASK = 103  # the piece that stands for a hidden one; all up to it are marks
GRAMMAR = 0.1  # of a word's part of speech, relation and head
NAMES = 0.3  # weight of a word's name label beside the statements, where a tagger or our statements gave it
GOLD_NAMES = 1.0  # where it was drawn in by hand


def loss_of(network: Network, grammar: Grammar, examples: list[Example]) -> Tensor:
    """The sum of all losses over the windows of a batch."""
    device = network.device
    pieces, letters, quotes = (numbers.to(device) for numbers in collate(examples))
    body = network.encode(_hide(pieces), letters, quotes)
    emitted, vectors, named = (scores.float() for scores in network.heads(body))
    size = max(len(e.window.first) for e in examples)
    first = torch.zeros(len(examples), size, dtype=torch.long)
    for row, example in enumerate(examples):
        first[row, : len(example.window.first)] = torch.tensor(example.window.first)
    first = first.to(device)
    emitted, vectors, named = (_at(scores, first) for scores in (emitted, vectors, named))
    names = torch.full((len(examples), size), UNKNOWN)
    for row, example in enumerate(examples):
        names[row, : len(example.names)] = torch.tensor(example.names)
    shares = torch.tensor([[GOLD_NAMES if example.gold else NAMES] for example in examples], device=device)
    each = functional.cross_entropy(
        named.flatten(0, 1), names.flatten().to(device), ignore_index=UNKNOWN, reduction="none"
    )
    loss = (shares * each.view(len(examples), size)).sum()
    known = [row for row, example in enumerate(examples) if example.labels]
    if known:
        loss = loss + chain_loss(network, emitted[known], [examples[row] for row in known])
    loss = loss + GRAMMAR * grammar_loss(grammar, _at(body, first), examples)
    for row, e in enumerate(examples):
        for kind, asks, answers, gold in (
            (0, e.contents, e.cues, e.content_cue),
            (1, e.cues, e.sources, e.cue_source),
        ):
            if asks:
                scores = pointer_scores(network, vectors[row], kind, asks, answers)
                target = torch.tensor([len(answers) if g < 0 else g for g in gold], device=device)
                loss = loss + functional.cross_entropy(scores, target, reduction="sum")
    return loss


def grammar_loss(grammar: Grammar, words: Tensor, examples: list[Example]) -> Tensor:
    """Of parts of speech, relations and heads, summed over the words that have them."""
    gold = torch.full((len(examples), words.shape[1], 3), UNKNOWN)
    for row, example in enumerate(examples):
        if example.grammar:
            gold[row, : len(example.grammar)] = torch.tensor(example.grammar)
    gold = gold.to(words.device)
    parts, relations, heads = (scores.float() for scores in grammar(words))
    sizes = torch.tensor([len(e.window.first) for e in examples], device=words.device)
    outside = torch.arange(words.shape[1], device=words.device)[None, None] >= sizes[:, None, None]
    heads = heads.masked_fill(outside, NEVER)
    scores = (parts, relations, heads)
    return sum(
        (
            functional.cross_entropy(s.flatten(0, 1), gold[:, :, i].flatten(), ignore_index=UNKNOWN, reduction="sum")
            for i, s in enumerate(scores)
        ),
        start=torch.zeros((), device=words.device),
    )


def _hide(pieces: Tensor) -> Tensor:
    """Some pieces hidden, so that a cue never seen is known by what stands around it."""
    hidden = (torch.rand(pieces.shape).to(pieces.device) < HIDDEN_SHARE) & (pieces > MASK)
    return torch.where(hidden, MASK, pieces)


def collate(examples: list[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, letters and quotes, each batch x pieces, padded with 0."""
    size = max(len(e.window.pieces) for e in examples)
    batch = torch.zeros(3, len(examples), size, dtype=torch.long)
    for row, example in enumerate(examples):
        for kind, numbers in enumerate((example.window.pieces, example.window.letters, example.window.quotes)):
            batch[kind, row, : len(numbers)] = torch.tensor(numbers)
    return batch[0], batch[1], batch[2]


def chain_loss(network: Network, emitted: Tensor, examples: list[Example]) -> Tensor:
    """Negative log likelihood of the label paths, summed; ``emitted`` is batch x words x labels."""
    batch, size, _ = emitted.shape
    labels = torch.zeros(batch, size, dtype=torch.long)
    mask = torch.zeros(batch, size)
    for row, example in enumerate(examples):
        labels[row, : len(example.labels)] = torch.tensor(example.labels)
        mask[row, : len(example.labels)] = 1.0
    labels, mask = labels.to(emitted.device), mask.to(emitted.device)
    moves = network.moves
    gold = (emitted.gather(2, labels[:, :, None])[:, :, 0] * mask).sum() + network.begins[labels[:, 0]].sum()
    gold = gold + (moves[labels[:, :-1], labels[:, 1:]] * mask[:, 1:]).sum()
    alpha = network.begins + emitted[:, 0]
    for place in range(1, size):
        after = torch.logsumexp(alpha[:, :, None] + moves, dim=1) + emitted[:, place]
        alpha = torch.where(mask[:, place, None] > 0, after, alpha)
    return torch.logsumexp(alpha, dim=1).sum() - gold


def pointer_scores(
    network: Network, vectors: Tensor, kind: int, asks: list[tuple[int, int]], answers: list[tuple[int, int]]
) -> Tensor:
    """The scores of ``onrecord.encoder.decoding.pointer_scores``, to be learnt; ``vectors`` is words x 8 POINTER."""
    parts = vectors.view(len(vectors), 8, -1)[:, kind * 4 : kind * 4 + 4].unbind(1)
    device = vectors.device
    a, b = torch.tensor(asks, device=device), torch.tensor(answers, dtype=torch.long, device=device).view(-1, 2)
    asking = parts[0][a[:, 0]] + parts[1][a[:, 1]]
    answering = torch.cat([parts[2][b[:, 0]] + parts[3][b[:, 1]], network.nobody[kind][None]])
    scores = asking @ answering.T / 8
    if not answers:
        return scores
    ahead, behind = b[None, :, 0] - a[:, None, 1], b[None, :, 1] - a[:, None, 0]
    gap = torch.where(ahead > 0, ahead, torch.where(behind < 0, behind, torch.zeros_like(ahead)))
    bucket = torch.log2(gap.abs().clamp(min=1).float()).long().clamp(max=6)
    bucket = torch.where(gap >= 0, bucket, bucket + 7)
    after = b[None, :, 0] > a[:, None, 0]
    place = len(answers) - after.long().sum(1, keepdim=True)
    index = torch.arange(len(answers), device=device)[None]
    order = torch.where(after, (index - place).clamp(max=3), (place - index - 1).clamp(0, 3) + 4)
    extra = network.away[kind][bucket] + network.apart[kind][order]
    return scores + torch.cat([extra, torch.zeros(len(asks), 1, device=device)], dim=1)


def _at(scores: Tensor, first: Tensor) -> Tensor:
    return scores.gather(1, first[:, :, None].expand(-1, -1, scores.shape[2]))
