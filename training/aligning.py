"""Make the weights of the aligner: the base encoder learns which passages of different outlets tell one thing.

    python -m training.aligning [--epochs N] [--from CHECKPOINT] [--to FOLDER]

Reads training/corpus/tellings/train. Of the passages of an exchange, those that tell one thing are drawn together and
all others apart, its twins among them; an answer's second vector is drawn to the demand that it answers.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from onrecord.encoder import passages as product
from onrecord.encoder.passages import pieces_of
from onrecord.encoder.session import ALIGNER, TOKENIZER
from training.act_training import WEIGHTS
from training.base import Base, digest, find_base, load_tokenizer
from training.card import versions
from training.export import to_int8, write_sums
from training.network import HIDDEN, NEVER, Network, load_body
from training.tellings import CORPUS, Exchange, Passage, read_tellings

ROOT = Path(__file__).resolve().parent.parent
FACTS = "ALIGNER.json"
BETWEEN = ROOT / "build" / "training"  # what is kept between runs
AROUND = 0.5  # weight of the whole passage beside the words that tell the thing
SHARP = 0.07  # temperature of the contrast
OTHER_KIND = -1.0  # on the scores of passages of another kind: they are told apart by their kind anyway
OF_ANSWERS = 0.5  # weight of finding the demand that is answered
MOST = 40  # passages of an exchange at once
# What reading does to a passage: its words begin or end elsewhere, and other things are told before it.
SHIFTED, FOLLOWS, BARE = 0.3, 0.5, 0.1
_log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class AlignerSettings:
    """What decides the weights beside the corpus."""

    epochs: int = 8
    rate: float = 4e-5
    seed: int = 1


class AlignerNetwork(nn.Module):
    """The body of the base encoder, told which pieces tell the thing; a passage's vector is the mean over these."""

    def __init__(self, base: Base | None = None) -> None:
        super().__init__()
        body = Network()
        if base is not None:
            load_body(body, base.weights)
        self.pieces, self.places, self.kind = body.pieces, body.places, body.kind
        self.norm, self.drop = body.norm, body.drop
        self.layers = body.layers
        self.inside = nn.Parameter(torch.zeros(HIDDEN))
        self.asked = nn.Linear(HIDDEN, HIDDEN, bias=False)
        nn.init.eye_(self.asked.weight)

    def forward(self, pieces: Tensor, inside: Tensor) -> tuple[Tensor, Tensor]:
        """Unit vectors, passages x HIDDEN: the passage's own, and for an answer that of what it answers."""
        marked = inside.to(self.kind.dtype)
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.places(places) + self.kind + marked[..., None] * self.inside
        x = self.drop(self.norm(x))
        there = (pieces != 0).to(x.dtype)
        mask = (1 - there)[:, None, None, :] * NEVER
        for layer in self.layers:
            x = layer(x, mask)
        told = _mean(x, marked) + AROUND * _mean(x, there)
        return functional.normalize(told, dim=-1), functional.normalize(self.asked(told), dim=-1)


def _mean(x: Tensor, weights: Tensor) -> Tensor:
    return (x * weights[..., None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1)


def collate(tokenizer: Tokenizer, passages: Sequence[product.Passage]) -> tuple[Tensor, Tensor]:
    """Passages as the network takes them, each passages x pieces; 0 is padding."""
    given = [pieces_of(tokenizer, passage) for passage in passages]
    size = max(len(pieces) for pieces, _ in given)
    batch = torch.zeros(2, len(given), size, dtype=torch.long)
    for row, both in enumerate(given):
        batch[:, row, : len(both[0])] = torch.tensor(both)
    return batch[0], batch[1]


def as_read(passage: Passage) -> product.Passage:
    """A passage of the corpus as the product sees it."""
    return product.Passage(passage.thing.kind, passage.before, passage.words, passage.after)


def roughened(passage: Passage, others: Sequence[Passage], chance: random.Random) -> product.Passage:
    """A passage as reading may hand it over: shifted, behind another of the exchange, or without what is around it."""
    read = as_read(passage)
    if chance.random() < SHIFTED:
        read = _shifted(read, chance)
    if chance.random() < FOLLOWS:
        other = chance.choice(others)
        read = replace(read, before=f"{other.before}{other.words}{other.after} {read.before}")
    elif chance.random() < BARE:
        read = replace(read, before="", after="")
    return read


def _shifted(read: product.Passage, chance: random.Random) -> product.Passage:
    """One end of the words moved outwards, into what is around; inwards only where nothing stands around that end."""
    before, words, after = read.before.split(), read.words.split(), read.after.split()
    if chance.random() < 0.5 and before:
        taken = chance.randint(1, min(6, len(before)))
        before, words = before[:-taken], before[-taken:] + words
    elif after:
        taken = chance.randint(1, min(6, len(after)))
        words, after = words + after[:taken], after[taken:]
    elif len(words) > 3:
        cut = chance.randint(1, (len(words) - 1) // 2)
        before, words = before + words[:cut], words[cut:]
    return product.Passage(read.kind, " ".join(before), " ".join(words), " ".join(after))


def train(
    exchanges: Sequence[Exchange],
    tokenizer: Tokenizer,
    settings: AlignerSettings,
    start: Path | None = None,
    keep: Path | None = None,
) -> AlignerNetwork:
    """The network that has learnt from the exchanges; ``keep`` is written after each epoch."""
    torch.manual_seed(settings.seed)
    network = AlignerNetwork(find_base())
    if start:
        network.load_state_dict(torch.load(start, weights_only=True))
    network.train()
    steps = settings.epochs * len(exchanges)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), max(0.02, 1 - step / steps))
    )
    chance = random.Random(settings.seed)  # noqa: S311 - to be drawn alike again
    for epoch in range(settings.epochs):
        begun, total = time.monotonic(), 0.0
        for exchange in chance.sample(exchanges, len(exchanges)):
            loss = loss_of(network, tokenizer, exchange, chance)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        _log.info("epoch %d: loss %.3f, %.0f s", epoch + 1, total / len(exchanges), time.monotonic() - begun)
        if keep:
            torch.save(network.state_dict(), keep)
    return network.eval()


def loss_of(network: AlignerNetwork, tokenizer: Tokenizer, exchange: Exchange, chance: random.Random) -> Tensor:
    """How far passages of one thing lie apart beside all others, and answers from what they answer."""
    told = chance.sample(exchange.passages, min(MOST, len(exchange.passages)))
    own, asked = network(*collate(tokenizer, [roughened(one, exchange.passages, chance) for one in told]))
    things = [passage.thing for passage in told]
    same = torch.tensor([[a.key == b.key for b in things] for a in things]) & ~torch.eye(len(told), dtype=torch.bool)
    kinds = torch.tensor([[a.kind == b.kind for b in things] for a in things])
    scores = own @ own.T / SHARP + torch.where(kinds, 0.0, OTHER_KIND)
    loss = _contrast(scores.masked_fill(torch.eye(len(told), dtype=torch.bool), NEVER), same)
    answers = [row for row, thing in enumerate(things) if thing.kind == "answer"]
    demands = [row for row, thing in enumerate(things) if thing.kind == "demand"]
    if answers and demands:
        answered = torch.tensor([[things[a].of == things[d].key for d in demands] for a in answers])
        loss = loss + OF_ANSWERS * _contrast(asked[answers] @ own[demands].T / SHARP, answered)
    return loss


def _contrast(scores: Tensor, right: Tensor) -> Tensor:
    """The mean over the rows of how unlikely what is right is. Source: supervised contrast, Khosla and others, 2020."""
    has = right.any(1)
    if not has.any():
        return scores.sum() * 0
    chances = functional.log_softmax(scores, dim=1)
    return -((chances * right).sum(1) / right.sum(1).clamp(min=1))[has].mean()


def export(network: AlignerNetwork, path: Path) -> None:
    """Write the network to ``path``, in 8 bits."""
    network.cpu().eval()
    names = ("pieces", "inside"), ("own", "asked")
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            network,
            tuple(torch.ones(2, 5, dtype=torch.long) for _ in names[0]),
            str(plain),
            input_names=list(names[0]),
            output_names=list(names[1]),
            dynamic_axes={name: {0: "rows", 1: "pieces"} for name in names[0]} | {n: {0: "rows"} for n in names[1]},
            opset_version=17,
            dynamo=False,
        )
        to_int8(plain, path)


def write_facts(files: Sequence[Path], count: int, settings: AlignerSettings, folder: Path) -> None:
    """Write what the weights were made of: the corpus's files with their digests, and the settings."""
    facts = {
        "settings": asdict(settings),
        "versions": versions(),
        "passages": count,
        "files": {ALIGNER: digest(folder / ALIGNER)},
        "sources": {file.relative_to(ROOT).as_posix(): digest(file) for file in files},
    }
    (folder / FACTS).write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    """Makes the weights and says how it goes."""
    logging.basicConfig(format="%(message)s", level=logging.INFO, stream=sys.stdout)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=AlignerSettings().epochs)
    parser.add_argument("--rate", type=float, default=AlignerSettings().rate)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--from", dest="start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="where the weights go")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    files = sorted((CORPUS / "train").glob("*.txt"))
    exchanges = [exchange for file in files for exchange in read_tellings(file)]
    count = sum(len(exchange.passages) for exchange in exchanges)
    _log.info("%d exchanges, %d passages", len(exchanges), count)
    settings = AlignerSettings(epochs=options.epochs, rate=options.rate)
    options.to.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(WEIGHTS / TOKENIZER)
    BETWEEN.mkdir(parents=True, exist_ok=True)
    network = train(exchanges, tokenizer, settings, options.start, BETWEEN / "aligner.pt")
    export(network, options.to / ALIGNER)
    write_facts(files, count, settings, options.to)
    if options.to == WEIGHTS:
        write_sums(WEIGHTS)


if __name__ == "__main__":
    main()
