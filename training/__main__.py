"""Make the weights of the encoder: silver names and grammar, training, export, calibration, card.

    python -m training SHARED [--epochs N] [--work FOLDER] [--to FOLDER] [--checkpoint FILE]

SHARED is the folder that holds data/ and score/. A run that was cut off goes on after its last epoch when it is started
again.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from onrecord.encoder.session import NETWORK, SUMS, TOKENIZER
from onrecord.errors import OnRecordError
from training import TrainingError
from training.base import Base, digest, find_base, load_tokenizer, write_tokenizer
from training.calibrate import calibrate
from training.card import CARD, FACTS, Facts, Source, versions, write_card
from training.corpus import Off, Passage, read_corpus
from training.easing import ease
from training.evaluate import evaluate, predict, predict_exported
from training.examples import paragraphs, read_lines
from training.export import export, load_network, set_trust, write_sums
from training.names import Named, read_named
from training.network import Network
from training.silver import read_silver, tagger_version
from training.train import Settings, find_device, make_examples, train

GATE = 0.5  # points of stmt that 8 bits may lose
_ROOT = Path(__file__).resolve().parent.parent
_OWN, _NAMES, _HELD_OUT = (_ROOT / "training" / "corpus" / name for name in ("train", "names", "held_out"))
_EASED_BY = 42  # each so manyth article shows what the activations are: some 400 windows
_log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Given:
    """What the weights are made from."""

    base: Base
    articles: list[dict[str, Any]]
    passages: list[Passage]
    names: list[Named]
    dev: list[dict[str, Any]]
    scorer: Path
    sources: tuple[Source, ...]


def main() -> int:
    """Makes the weights, saying how it goes; 1 where they cannot be made or are not good enough."""
    logging.basicConfig(format="%(message)s", level=logging.ERROR, stream=sys.stdout)
    _log.setLevel(logging.INFO)
    options = _options()
    settings = Settings(options.epochs, options.rate, options.budget, options.seed)
    torch.set_num_threads(options.threads)
    try:
        given = _read(options.shared)
        checkpoint = options.checkpoint or _train(given, settings, options.work, options.limit)
        _finish(given, settings, checkpoint, options.work / "weights")
    except (OnRecordError, Off) as error:
        _log.error("%s", error)
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    for name in (NETWORK, TOKENIZER, SUMS, FACTS, CARD):
        shutil.copyfile(options.work / "weights" / name, options.to / name)
    _log.info("the weights and their card are in %s", options.to)
    return 0


def _read(shared: Path) -> Given:
    data = shared / "data" / "attribution"
    for path in (data / "train.jsonl.gz", data / "dev.jsonl.gz", shared / "score" / "attribution.py"):
        if not path.is_file():
            raise TrainingError(f"{path} is missing; name the folder of data/ and score/: make weights SHARED=...")
    articles, dev, passages = read_lines(data / "train.jsonl.gz"), read_lines(data / "dev.jsonl.gz"), read_corpus(_OWN)
    sources = (
        _polnear(data / "train.jsonl.gz", articles, "train"),
        _polnear(data / "dev.jsonl.gz", dev, "choose and calibrate"),
        *(_own(file, "train") for file in sorted(_OWN.rglob("*.txt"))),
        *(_names(file) for file in sorted(_NAMES.rglob("*.txt"))),
        *(_own(file, "kept apart; tests only") for file in sorted(_HELD_OUT.rglob("*.txt"))),
    )
    return Given(find_base(), articles, passages, read_named(_NAMES), dev, shared / "score", sources)


def _polnear(path: Path, articles: Sequence[dict[str, Any]], use: str) -> Source:
    statements = sum(len(article["statements"]) for article in articles)
    holds = f"PolNeAR {path.name.split('.')[0]}: {len(articles)} articles, {statements:,} statements"
    return Source(path.name, digest(path), path.stat().st_size, holds, use, "none")


def _own(path: Path, use: str) -> Source:
    passages = read_corpus(path)
    holds = f"{len(passages)} passages, {sum(len(p.statements) for p in passages)} statements"
    name = path.relative_to(_ROOT).as_posix()
    return Source(name, digest(path), path.stat().st_size, holds, use, "Apache-2.0, written for this project")


def _names(path: Path) -> Source:
    passages = read_named(path)
    holds = f"{len(passages)} passages, {sum(len(p.names) for p in passages)} names"
    name = path.relative_to(_ROOT).as_posix()
    return Source(name, digest(path), path.stat().st_size, holds, "train", "Apache-2.0, written for this project")


def _train(given: Given, settings: Settings, work: Path, limit: int | None) -> Path:
    """The checkpoint of the last epoch."""
    own, articles = given.passages[:limit], given.articles[:limit]
    silver = read_silver("own", [(p.id, p.text) for p in own], work)
    silver |= read_silver("articles", [(a["id"], a["text"]) for a in articles], work)
    tokenizer = load_tokenizer(given.base.tokenizer)
    examples = make_examples(tokenizer, articles, own, silver, given.names[:limit], settings.seed)[:limit]

    def tell(epoch: int, network: Network) -> None:
        figures = evaluate(given.dev, predict(network, tokenizer, given.dev), given.scorer)
        _log.info("epoch %d %s", epoch, json.dumps(figures))

    return train(given.base, examples, settings, work, tell)


def _finish(given: Given, settings: Settings, checkpoint: Path, folder: Path) -> None:
    """The files that ship, in ``folder``. Raises TrainingError where 8 bits lose too much."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer, network = load_tokenizer(given.base.tokenizer), load_network(checkpoint)
    fp32 = evaluate(given.dev, predict(network, tokenizer, given.dev), given.scorer)
    shown = [window for a in given.articles[::_EASED_BY] for window in paragraphs(tokenizer, a["text"])]
    export(ease(network, shown), folder / NETWORK)
    write_tokenizer(given.base, folder / TOKENIZER)
    predicted = predict_exported(folder, given.dev)
    int8 = evaluate(given.dev, predicted, given.scorer)
    _log.info("fp32 %s\nint8 %s", json.dumps(fp32), json.dumps(int8))
    if fp32["stmt"] - int8["stmt"] > GATE + 1e-9:
        lost = f"8 bits take stmt from {fp32['stmt']} to {int8['stmt']}, more than {GATE} points"
        raise TrainingError(f"{checkpoint}: {lost}; try another epoch (--checkpoint) or SHARE in training/easing.py")
    calibration = calibrate(given.dev, predicted, given.scorer)
    set_trust(folder / NETWORK, calibration.trust)
    write_sums(folder)
    files = {name: digest(folder / name) for name in (NETWORK, TOKENIZER)}
    device = "CPU" if find_device().type == "cpu" else f"GPU ({torch.cuda.get_device_name()})"
    facts = Facts(settings, device, versions(), tagger_version(), given.sources, files, fp32, int8, calibration)
    write_card(facts, folder)
    _log.info("expected calibration error %.1f %%", calibration.error)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Settings()
    parser.add_argument("shared", type=Path, metavar="SHARED")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="where silver and checkpoints go")
    parser.add_argument("--to", type=Path, default=_ROOT / "onrecord/encoder/weights", help="where the weights go")
    parser.add_argument("--checkpoint", type=Path, help="an epoch's weights, made by the settings given: no training")
    parser.add_argument("--epochs", type=int, default=default.epochs)
    parser.add_argument("--rate", type=float, default=default.rate)
    parser.add_argument("--budget", type=int, default=default.budget, help="pieces in a batch")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--threads", type=int, default=1, help="of the CPU")
    parser.add_argument("--limit", type=int, help="articles, passages and windows to train on, to try things out")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
