"""Reads what outlets report about a diplomatic exchange and keeps the record of it."""

__version__ = "0.1.0"
