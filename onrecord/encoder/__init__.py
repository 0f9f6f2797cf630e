"""The encoder: the small neural network of the reading room. Text in; attributions, names and acts out."""

from onrecord.encoder.session import ActHeard, Attributed, Encoder, Marks, Named, check_weights, load_encoder

__all__ = ["ActHeard", "Attributed", "Encoder", "Marks", "Named", "check_weights", "load_encoder"]
