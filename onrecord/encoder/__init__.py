"""The encoder: the small neural network of the reading room. Text in, attributions out."""

from onrecord.encoder.session import Attributed, Encoder, Marks, Named, check_weights, load_encoder

__all__ = ["Attributed", "Encoder", "Marks", "Named", "check_weights", "load_encoder"]
