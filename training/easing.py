"""Easing: what is hard to round in 8 bits is moved from the activations into the weights, before both are rounded.

An activation has one scale for a whole matrix, so a few large columns leave the others few steps; a weight has a scale
for each channel. Dividing a column of the one and multiplying that of the other changes nothing else. Source: Xiao et
al. 2023, SmoothQuant, section 4. Here the division stays a step of its own: the same vectors go on past the matrix.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

import torch
from torch import Tensor, nn

from onrecord.encoder.windows import Window
from training.evaluate import run
from training.network import Layer, Network

SHARE = 0.9  # of the activations' range that goes into the weights (measured: docs/encoder.md)
_ALIKE = (("query", "key", "value"), ("mixed",), ("wide",), ("narrow",))  # matrices that take the same vectors


class Eased(nn.Module):
    """A matrix with its input's columns made alike in range."""

    def __init__(self, matrix: nn.Linear, range_: Tensor) -> None:
        super().__init__()
        self.matrix, self.ease = matrix, nn.Parameter(1 / range_)
        self.matrix.weight.data *= range_

    def forward(self, x: Tensor) -> Tensor:
        """What the matrix would give."""
        made: Tensor = self.matrix(x * self.ease)
        return made


def ease(network: Network, windows: Sequence[Window]) -> Network:
    """A copy of the network that gives the same, eased by what its activations are over some windows."""
    eased = deepcopy(network).cpu().eval()
    ranges = _ranges(eased, windows)
    for layer in _layers(eased):
        for names in _ALIKE:
            matrices = [getattr(layer, name) for name in names]
            weights = torch.stack([m.weight.detach().abs().amax(0) for m in matrices]).amax(0).clamp(min=1e-5)
            range_ = ranges[matrices[0]].clamp(min=1e-5) ** SHARE / weights ** (1 - SHARE)
            range_ = (range_ / range_.mean()).clamp(min=1e-3)
            for name, matrix in zip(names, matrices, strict=True):
                setattr(layer, name, Eased(matrix, range_))
    return eased


def _ranges(network: Network, windows: Sequence[Window]) -> dict[nn.Module, Tensor]:
    """The largest absolute value in each column of what goes into each group of matrices."""
    found: dict[nn.Module, Tensor] = {}

    def see(matrix: nn.Module, given: tuple[Tensor, ...]) -> None:
        most = given[0].detach().abs().flatten(0, -2).amax(0).clone()
        found[matrix] = torch.maximum(found.get(matrix, most), most)

    firsts = [getattr(layer, names[0]) for layer in _layers(network) for names in _ALIKE]
    hooks = [matrix.register_forward_pre_hook(see) for matrix in firsts]
    run(network, windows)
    for hook in hooks:
        hook.remove()
    return found


def _layers(network: Network) -> list[Layer]:
    return [layer for layer in network.layers if isinstance(layer, Layer)]
