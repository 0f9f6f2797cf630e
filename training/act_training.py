"""Make the weights of the acts: the network learns from our own corpus and is exported, in 8 bits, beside the encoder.

    python -m training.act_training [--epochs N] [--to FOLDER]

Reads training/corpus/acts/train, but for the files that are kept, and the encoder's weights as they ship.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from onnxruntime import InferenceSession  # type: ignore[import-untyped]
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from onrecord.encoder.acts import KINDS, ROLES, ROOTS, field
from onrecord.encoder.session import ACTS, NETWORK, TOKENIZER, Encoder
from training.act_examples import ActExample, Sought, of_acts
from training.act_network import ActNetwork
from training.acts import KEPT, read_acts
from training.base import digest, find_base, load_tokenizer
from training.card import versions
from training.export import export_acts, write_sums
from training.train import Average

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "training" / "corpus" / "acts" / "train"
WEIGHTS = ROOT / "onrecord" / "encoder" / "weights"
FACTS = "ACTS.json"
BATCH = 16
HEADS = 4  # the rate of the heads beside that of the layers
MISSED = 2.0  # weight of a cue's word beside that of any other
OF_ROLES, OF_MODALITY, SMOOTH = 0.15, 0.5, 0.1
_log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class ActSettings:
    """What decides the weights beside the corpus."""

    epochs: int = 8
    rate: float = 3e-4
    seed: int = 1
    decay: float = 0.999  # of the average of the weights over the steps, which is what is kept


def train_acts(examples: Sequence[ActExample], settings: ActSettings) -> ActNetwork:
    """The network that has learnt from the examples."""
    torch.manual_seed(settings.seed)
    network = ActNetwork(find_base()).train()
    layers = list(network.layers.parameters())
    own = {id(p) for p in layers}
    heads = [p for p in network.parameters() if id(p) not in own]
    groups = [{"params": layers, "lr": settings.rate}, {"params": heads, "lr": HEADS * settings.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = settings.epochs * -(-len(examples) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (0.1 * steps), max(0.02, 1 - step / steps))
    )
    chance = random.Random(settings.seed)  # noqa: S311 - to be drawn alike again
    average = Average(network, settings.decay)
    for epoch in range(settings.epochs):
        start, total = time.monotonic(), 0.0
        for batch in _batches(examples, chance):
            loss = _loss(network, batch)
            optimizer.zero_grad(set_to_none=True)
            (loss / BATCH).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            average.take(network)
            total += loss.item()
        _log.info("epoch %d: loss %.2f, %.0f s", epoch + 1, total / len(examples), time.monotonic() - start)
    average.lend(network)
    return network.eval()


def _batches(examples: Sequence[ActExample], chance: random.Random) -> Iterator[list[ActExample]]:
    """Batches of windows alike in length, in random order."""
    order = sorted(examples, key=lambda e: len(e.window.pieces) + 16 * chance.random())
    made = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    chance.shuffle(made)
    yield from made


def _loss(network: ActNetwork, examples: Sequence[ActExample]) -> Tensor:
    """The sum over the windows: which words are cues, and of each act what it is and which words are its parts."""
    size = max(len(e.window.pieces) for e in examples)
    vectors = torch.zeros(len(examples), size, examples[0].vectors.shape[1])
    pieces = torch.zeros(len(examples), size, dtype=torch.long)
    for row, e in enumerate(examples):
        vectors[row, : len(e.vectors)] = torch.from_numpy(e.vectors)
        pieces[row, : len(e.window.pieces)] = torch.tensor(e.window.pieces)
    numbers = network(vectors, pieces)
    return torch.stack([_loss_of(network, numbers[row, e.window.first], e) for row, e in enumerate(examples)]).sum()


def _loss_of(network: ActNetwork, numbers: Tensor, example: ActExample) -> Tensor:
    cues = torch.zeros(len(numbers), len(KINDS))
    for act in example.acts:
        cues[act.cue[0] : act.cue[1], act.kind] = 1.0
    loss = functional.binary_cross_entropy_with_logits(
        field(numbers, "kinds"), cues, reduction="sum", pos_weight=torch.tensor(MISSED)
    )
    for act in example.acts:
        loss = loss + _loss_of_act(network, numbers, act)
    return loss


def _loss_of_act(network: ActNetwork, numbers: Tensor, act: Sought) -> Tensor:
    types, roots, modalities = network.facts(numbers, act.kind, act.cue)
    loss = functional.cross_entropy(types[None], torch.tensor([act.type]))
    loss = loss + functional.cross_entropy(roots[None], torch.tensor([act.root]))
    loss = loss + OF_MODALITY * functional.cross_entropy(modalities[None], torch.tensor([act.modality]))
    parts = torch.zeros(len(ROLES), len(numbers))
    for row, words in enumerate((act.by, act.to, act.content)):
        parts[row, sorted(words)] = 1.0
    scores = network.roles(numbers, act.kind, act.cue)
    loss = loss + OF_ROLES * functional.binary_cross_entropy_with_logits(scores, parts, reduction="sum")
    if act.by and act.root < len(ROOTS):
        scores = network.pair(numbers, sorted(act.by), sorted(act.to))
        loss = loss + functional.cross_entropy(scores[None], torch.tensor([act.root]), label_smoothing=SMOOTH)
    return loss


def _open_body(tokenizer: Tokenizer) -> Encoder:
    """The encoder as it ships, without the acts."""
    session = InferenceSession(str(WEIGHTS / NETWORK), providers=["CPUExecutionProvider"])
    return Encoder(session, tokenizer)


def main() -> None:
    """Makes the weights and says how it goes."""
    logging.basicConfig(format="%(message)s", level=logging.INFO, stream=sys.stdout)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=ActSettings().epochs)
    parser.add_argument("--seed", type=int, default=ActSettings().seed)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="where the weights go")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    files = [file for file in sorted(CORPUS.glob("*.txt")) if file.stem not in KEPT]
    passages = [passage for file in files for passage in read_acts(file)]
    tokenizer = load_tokenizer(WEIGHTS / TOKENIZER)
    examples = of_acts(_open_body(tokenizer), tokenizer, passages)
    _log.info("%d windows, %d acts", len(examples), sum(len(e.acts) for e in examples))
    settings = ActSettings(epochs=options.epochs, seed=options.seed)
    network = train_acts(examples, settings)
    options.to.mkdir(parents=True, exist_ok=True)
    torch.save({name: tensor.half() for name, tensor in network.state_dict().items()}, options.to / "acts.pt")
    export_acts(network, options.to / ACTS)
    write_facts(files, examples, settings, options.to)
    if options.to == WEIGHTS:
        write_sums(WEIGHTS)


def write_facts(files: Sequence[Path], examples: Sequence[ActExample], settings: ActSettings, folder: Path) -> None:
    """Write what the weights were made of: the corpus's files with their digests, the settings, the encoder below."""
    facts = {
        "settings": asdict(settings),
        "versions": versions(),
        "windows": len(examples),
        "acts": sum(len(example.acts) for example in examples),
        "below": {NETWORK: digest(WEIGHTS / NETWORK)},
        "files": {ACTS: digest(folder / ACTS)},
        "sources": {file.relative_to(ROOT).as_posix(): digest(file) for file in files},
        "kept": [(CORPUS / f"{name}.txt").relative_to(ROOT).as_posix() for name in KEPT],
    }
    (folder / FACTS).write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
