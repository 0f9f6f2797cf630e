"""References: the names that pronouns and descriptions ("the minister", "the alliance") stand for."""

from onrecord.reading.references.stage import References

__all__ = ["References"]
