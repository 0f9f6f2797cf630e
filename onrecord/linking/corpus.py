"""See onrecord.model.corpus."""

from onrecord.model.corpus import Corpus

__all__ = ["Corpus"]
