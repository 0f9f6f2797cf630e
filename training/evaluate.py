"""Score a network on the development articles, decoded as at run time."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from onrecord.encoder.decoding import Found, Weights, decode
from onrecord.encoder.session import Encoder
from onrecord.encoder.windows import Window
from training.base import load_tokenizer
from training.examples import paragraphs
from training.export import NETWORK, TABLES, TOKENIZER
from training.network import Network

Articles = Sequence[dict[str, Any]]
_ROWS = 16  # windows that go through the network at once


def load_scorer(folder: Path) -> ModuleType:
    """The module ``attribution`` of the folder of scorers."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))  # it imports its neighbours by their bare names
    return import_module("attribution")


def predict(network: Network, tokenizer: Tokenizer, articles: Articles) -> list[dict[str, Any]]:
    """Statements of each article in the scorer's shape, with the evidence of each."""
    made = [paragraphs(tokenizer, article["text"]) for article in articles]
    decoded = iter(decode(run(network, [w for windows in made for w in windows]), weights_of(network)))
    return [
        _article(article["id"], windows, [next(decoded) for _ in windows])
        for article, windows in zip(articles, made, strict=True)
    ]


def predict_exported(folder: Path, articles: Articles) -> list[dict[str, Any]]:
    """The same by the exported files in ``folder``, run as the product runs them: an article at a time."""
    from onnxruntime import InferenceSession, SessionOptions  # type: ignore[import-untyped]

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    tokenizer = load_tokenizer(folder / TOKENIZER)
    encoder = Encoder(InferenceSession(str(folder / NETWORK), options, providers=["CPUExecutionProvider"]), tokenizer)
    found = []
    for article in articles:
        windows = paragraphs(tokenizer, article["text"])
        # Not ``read``, which gives the confidence alone: the evidence is what it is to be fitted on.
        scores = [
            (a[w.first], b[w.first])
            for w, (a, b) in zip(windows, encoder._run(windows, ("labels", "pointers")), strict=True)
        ]
        found.append(_article(article["id"], windows, decode(scores, encoder._weights)))
    return found


def evaluate(articles: Articles, predicted: Articles, scorer: Path) -> dict[str, float]:
    """The figures a network is judged by, in percent."""
    result = load_scorer(scorer).score(articles, predicted)
    every, direct = result["all"], result["direct"]
    return {
        "stmt": every["stmt"]["f"],
        "stmt P": every["stmt"]["p"],
        "stmt R": every["stmt"]["r"],
        "strict": every["content_strict"]["f"],
        "tok": every["content_tok"]["f"],
        "iou50": every["content_iou50"]["f"],
        "iou50 P": every["content_iou50"]["p"],
        "iou50 R": every["content_iou50"]["r"],
        "source": every["source_head"],
        "direct stmt": direct["stmt"]["f"],
        **{f"found {kind}": tally["iou50"] for kind, tally in result["recall_by_type"].items()},
    }


def weights_of(network: Network) -> Weights:
    """The small parameters that decoding needs; nothing calibrated."""
    return Weights(*(getattr(network, name).detach().float().cpu().numpy() for name in TABLES), trust=np.zeros(7))


def run(network: Network, windows: Sequence[Window]) -> list[tuple[Any, Any]]:
    """Label scores and pointer vectors at the first piece of each word of each window."""
    outputs: list[Any] = [None] * len(windows)
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].pieces))
    network.eval()
    for at in range(0, len(order), _ROWS):
        chosen = order[at : at + _ROWS]
        batch = torch.zeros(3, len(chosen), len(windows[chosen[-1]].pieces), dtype=torch.long)
        for row, i in enumerate(chosen):
            w = windows[i]
            for kind, numbers in enumerate((w.pieces, w.letters, w.quotes)):
                batch[kind, row, : len(numbers)] = torch.tensor(numbers)
        with torch.inference_mode():
            labels, pointers, _ = (scores.cpu() for scores in network(*batch.to(network.device)))
        for row, i in enumerate(chosen):
            outputs[i] = (labels[row].numpy()[windows[i].first], pointers[row].numpy()[windows[i].first])
    return outputs


def _article(id_: str, windows: Sequence[Window], decoded: Sequence[Sequence[Found]]) -> dict[str, Any]:
    pairs = zip(windows, decoded, strict=True)
    return {"id": id_, "statements": [made for window, found in pairs for made in _statements(window, found)]}


def _statements(window: Window, found: Sequence[Found]) -> Iterator[dict[str, Any]]:
    for one in found:
        if one.cue is not None:  # without one, a quotation goes on, and the rules of the product find it
            yield {
                "content": [[window.starts[a], window.ends[b]] for a, b in one.content],
                "cue": [[window.starts[one.cue[0]], window.ends[one.cue[1]]]],
                "source": [[window.starts[one.source[0]], window.ends[one.source[1]]]] if one.source else [],
                "evidence": one.evidence,
            }
