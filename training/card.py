"""The card: what the weights are, what they were made of and how, how good they are, and where they err."""

from __future__ import annotations

import json
import platform
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from onrecord.encoder.decoding import LABELS, NAME_KINDS
from training.base import PACKAGE, SUMS, VERSION
from training.calibrate import FOLDS, Calibration
from training.losses import GOLD_NAMES, GRAMMAR, HIDDEN_SHARE, NAMES
from training.train import HEADS, LAST, Settings

CARD, FACTS = "CARD.md", "CARD.json"
LIBRARIES = ("torch", "onnx", "onnxruntime", "tokenizers", "numpy", "spacy")
_SHOWN = ("strict", "tok", "iou50", "stmt", "direct stmt", "stmt P", "stmt R", "source")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that something was learnt or measured from; ``use`` says which."""

    file: str
    sha256: str
    bytes: int
    holds: str
    use: str
    licence: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the card tells; scores are percent on the development articles, ``files`` are SHA-256 by name."""

    settings: Settings
    device: str
    versions: Mapping[str, str]
    tagger: str
    sources: tuple[Source, ...]
    files: Mapping[str, str]
    fp32: Mapping[str, float]
    int8: Mapping[str, float]
    calibration: Calibration


def versions() -> dict[str, str]:
    """The versions of what made the weights."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def write_card(facts: Facts, folder: Path) -> None:
    """Write the card and its figures into the folder of the weights."""
    (folder / FACTS).write_text(json.dumps(asdict(facts), indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (folder / CARD).write_text(_card(facts), encoding="utf-8")


def _card(facts: Facts) -> str:
    parts = (
        _head(),
        _base(),
        _data(facts),
        _heads(),
        _making(facts),
        _scores(facts),
        _confidence(facts),
        _limits(facts),
    )
    return "\n\n".join(block for part in parts for block in part) + "\n"


def _head() -> tuple[str, ...]:
    return (
        "# The encoder of onrecord",
        _prose("""
            A small neural network that reads English news: whose words (source), by which words of saying (cue),
            which words (content), and which words are names. MiniLM-L6, 22 million parameters, fine-tuned and
            exported to ONNX in 8 bits; it runs on one core of a CPU. It is made by `make weights`
            (docs/encoder.md), which also wrote this card; `CARD.json` has its figures. It marks where the words of
            a statement lie. What stands inside quotation marks is decided by the quotation marks, never by this
            network."""),
    )


def _base() -> tuple[str, ...]:
    return (
        "## Base encoder",
        _prose(f"""
            all-MiniLM-L6-v2 of the sentence-transformers project, Apache-2.0, from the Python package
            {PACKAGE.replace("_", "-")} {VERSION} (which declares MIT for its own code). Its own training data, some
            billion pairs of sentences, includes MS MARCO, whose terms allow non-commercial research only. The first
            digest is that of the official file."""),
        _table(("file", "SHA-256"), [(f"`{name}`", f"`{found}`") for name, found in SUMS.items()]),
    )


def _data(facts: Facts) -> tuple[str, ...]:
    rows = [(f"`{s.file}`", s.holds, s.use, f"{s.bytes:,} bytes", s.licence, f"`{s.sha256}`") for s in facts.sources]
    return (
        "## Data",
        _table(("file", "holds", "used to", "size", "licence as found", "SHA-256"), rows),
        _prose(f"""
            PolNeAR (networkdynamics/PolNeAR, US news of 2015 and 2016) carries no licence: it is a research corpus,
            and its texts belong to their publishers. Neither they nor anything copied from them is in this package.
            The network also learnt names, parts of speech and grammar that a tagger gave the training texts,
            uncorrected: {facts.tagger} (MIT), and names that were marked by hand in passages of our own. MEANTIME
            was not used."""),
    )


def _heads() -> tuple[str, ...]:
    labels, kinds = ", ".join(f"`{label}`" for label in LABELS), ", ".join(f"`{kind}`" for kind in NAME_KINDS)
    return (
        "## Labels and heads",
        _points(
            f"a label for each word, of {labels}, chosen for a whole paragraph at once by a chain;",
            "a pointer from each content to its cue, and from each cue to its source, or to none;",
            f"a label for each word of a name: {kinds}.",
        ),
        _prose("""
            In go pieces of an uncased WordPiece vocabulary, with two added embeddings: the letters' case, and where
            a word stands among quotation marks."""),
    )


def _making(facts: Facts) -> tuple[str, ...]:
    s = facts.settings
    return (
        "## Making",
        _prose(f"""
            Seed {s.seed}, {s.epochs} epochs, AdamW at {s.rate:g} ({HEADS} times that for the heads) with linear
            decay, about {s.budget:,} pieces in a batch, bfloat16, {100 * HIDDEN_SHARE:g} % of the pieces hidden,
            weights averaged over the steps with decay {s.decay:g}, and over the last {LAST} epochs.
            The loss of the tagger's names weighs {NAMES:g}, that of names marked by hand {GOLD_NAMES:g}, that of
            grammar {GRAMMAR:g}. Trained on: {facts.device}. In 8
            bits: weights per channel, in 7 bits of the 8, which is right on processors without VNNI; activations
            eased into them (training/easing.py)."""),
        _table(("made with", "version"), list(facts.versions.items())),
        _table(("file", "SHA-256"), [(f"`{name}`", f"`{found}`") for name, found in facts.files.items()]),
    )


def _scores(facts: Facts) -> tuple[str, ...]:
    rows = [(name, f"{facts.fp32[name]:.1f}", f"{facts.int8[name]:.1f}") for name in _SHOWN]
    return (
        "## Scores",
        _prose("""
            PolNeAR dev, the encoder alone (no rules), percent, by `score/attribution.py`. Two people who mark the
            same article agree at about 69 (strict), 91 (tok), 79 (iou50) and 75 (stmt). The settings were chosen on
            these articles, so other articles will score a little lower."""),
        _table(("figure", "fp32", "int8, as shipped"), rows),
    )


def _confidence(facts: Facts) -> tuple[str, ...]:
    c = facts.calibration
    rows = [(f"{b.size:,}", f"{100 * b.confidence:.0f}", f"{100 * b.right:.0f}") for b in c.bins]
    return (
        "## Confidence",
        _prose(f"""
            The confidence of a statement is the probability that it counts for `stmt`: a logistic regression on
            what the network says of its parts, fitted on the same articles. With each article's confidence by
            weights fitted on others ({FOLDS} parts), the expected calibration error is {c.error:.1f} %:"""),
        _table(("statements", "mean confidence, %", "right, %"), rows),
    )


def _limits(facts: Facts) -> tuple[str, ...]:
    i = facts.int8
    return (
        "## Limits",
        _points(
            """The gold is US politics of 2015 and 2016, as its first annotator saw it. Diplomacy is known only from
            the passages written for this project, in which every state and person is invented. English only.""",
            """PolNeAR marks the outermost attribution only, and beliefs and polls as well as speech. Nested ones
            were learnt from our own passages alone.""",
            "Names and grammar were learnt from a tagger's output, with its errors.",
            f"""Of the gold's statements on dev {100 - i["iou50 R"]:.0f} % are missed outright or by half: found are
            {i["found direct"]:.0f} % of the direct, {i["found mixed"]:.0f} % of the mixed and
            {i["found indirect"]:.0f} % of the indirect ones. Of those it marks, {100 - i["iou50 P"]:.0f} % meet no
            statement of the gold. Of the contents found, {100 - 100 * i["strict"] / max(i["iou50"], 1):.0f} in 100
            are longer or shorter than the gold's; of their sources, {100 - i["source"]:.0f} in 100 are wrong.""",
            "It errs most where speech is told without a verb of saying, by nouns, and by cues it never saw.",
            """It reads a paragraph at a time and does not know who "she" is. The product's rules resolve that, or
            leave it open.""",
        ),
    )


def _prose(text: str, indent: str = "") -> str:
    return textwrap.fill(
        " ".join(text.split()), 120, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _points(*texts: str) -> str:
    return "\n".join(_prose(f"- {text}", "  ") for text in texts)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, ["---"] * len(head), *rows))
