"""From trained weights to what the product reads: an int8 ONNX graph with its small tables inside, and sums."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]

from onrecord.encoder.session import ACTS, ALIGNER, NETWORK, SUMS, TOKENIZER
from onrecord.encoder.session import TABLES as KEY
from training.act_network import BELOW, ActNetwork
from training.base import digest
from training.network import HIDDEN, Network

TABLES = ("moves", "begins", "nobody", "away", "apart")
ACT_TABLES = ("kind_asks", "kind_facts", "far")
_NO_TRUST = (0.0,) * 6 + (1.0,)  # one confidence for all: nothing was calibrated


def export(network: Network, path: Path, quantize: bool = True, trust: Sequence[float] = _NO_TRUST) -> None:
    """Write ``network`` to ``path``; with ``quantize`` in 8 bits, a scale for each channel.

    Weights use 7 of the 8 bits (``reduce_range``): processors without VNNI add pairs of products in 16 bits, which
    overflow with 8.
    """
    network.cpu().eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        _trace(network, plain)
        if quantize:
            to_int8(plain, plain.with_name("small.onnx"))
            plain = plain.with_name("small.onnx")
        graph = onnx.load(str(plain))
    show_vectors(graph)
    tables = {name: getattr(network, name).detach().float().numpy().round(5).tolist() for name in TABLES}
    onnx.helper.set_model_props(graph, {KEY: json.dumps({**tables, "trust": list(trust)})})
    onnx.save(graph, str(path))


def show_vectors(graph: onnx.ModelProto) -> None:
    """Let the exported network also give what its body has after the layers that the acts stand on, side by side."""
    layers = [f"/layers.{layer - 1}/norm/LayerNormalization_output_0" for layer in BELOW]
    graph.graph.node.append(onnx.helper.make_node("Concat", layers, ["vectors"], axis=-1))
    shape = ["rows", "pieces", HIDDEN * len(BELOW)]
    graph.graph.output.append(onnx.helper.make_tensor_value_info("vectors", onnx.TensorProto.FLOAT, shape))


def export_acts(network: ActNetwork, path: Path) -> None:
    """Write the network of acts to ``path``, in 8 bits, with its tables inside."""
    network.cpu().eval()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            network,
            (torch.zeros(2, 5, HIDDEN * len(BELOW)), torch.ones(2, 5, dtype=torch.long)),
            str(plain),
            input_names=["vectors", "pieces"],
            output_names=["numbers"],
            dynamic_axes={name: {0: "rows", 1: "pieces"} for name in ("vectors", "pieces", "numbers")},
            opset_version=17,
            dynamo=False,
        )
        to_int8(plain, path)
    graph = onnx.load(str(path))
    tables = {name: getattr(network, name).detach().float().numpy().round(5).tolist() for name in ACT_TABLES}
    onnx.helper.set_model_props(graph, {KEY: json.dumps(tables)})
    onnx.save(graph, str(path))


def to_int8(plain: Path, path: Path) -> None:
    """Write the network of ``plain`` to ``path`` with weights of 8 bits."""
    quantize_dynamic(
        plain, path, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Gather"], extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def set_trust(path: Path, trust: Sequence[float]) -> None:
    """Put the weights of the confidence into an exported network."""
    graph = onnx.load(str(path))
    tables = json.loads({prop.key: prop.value for prop in graph.metadata_props}[KEY])
    onnx.helper.set_model_props(graph, {KEY: json.dumps({**tables, "trust": list(trust)})})
    onnx.save(graph, str(path))


def write_sums(folder: Path) -> None:
    """Write the digests by which the product checks the files."""
    lines = (f"{digest(folder / name)}  {name}\n" for name in (NETWORK, ACTS, ALIGNER, TOKENIZER))
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


def load_network(path: Path) -> Network:
    """The network with the weights of a checkpoint."""
    network = Network()
    held = torch.load(path, weights_only=True, map_location="cpu")
    network.load_state_dict({name: tensor.float() for name, tensor in held.items()})
    return network


def _trace(network: Network, path: Path) -> None:
    names = ("pieces", "letters", "quotes"), ("labels", "pointers", "names")
    torch.onnx.export(
        network,
        tuple(torch.ones(2, 5, dtype=torch.long) for _ in range(3)),
        str(path),
        input_names=list(names[0]),
        output_names=list(names[1]),
        dynamic_axes={name: {0: "rows", 1: "pieces"} for name in (*names[0], *names[1])},
        opset_version=17,
        dynamo=False,
    )
