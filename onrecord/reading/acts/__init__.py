"""Acts: who demanded, answered, met, passed papers, committed itself or did something else, at one place of a text."""

from onrecord.reading.acts.stage import Acts

__all__ = ["Acts"]
