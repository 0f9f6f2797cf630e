"""Statements: who says what, in which words, by cue and quotation."""

from onrecord.reading.statements.stage import Statements

__all__ = ["Statements"]
