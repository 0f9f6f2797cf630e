"""The encoder: the small neural networks of the house. Text in; attributions, names, acts and likeness out."""

from onrecord.encoder.passages import NUMBERS, Aligner, Passage
from onrecord.encoder.session import (
    ActHeard,
    Attributed,
    Encoder,
    Marks,
    Named,
    check_weights,
    load_aligner,
    load_encoder,
)
from onrecord.encoder.vectors import Vectors

__all__ = [
    "NUMBERS",
    "ActHeard",
    "Aligner",
    "Attributed",
    "Encoder",
    "Marks",
    "Named",
    "Passage",
    "Vectors",
    "check_weights",
    "load_aligner",
    "load_encoder",
]
