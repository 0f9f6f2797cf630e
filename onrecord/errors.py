"""Every error onrecord raises.

::

    OnRecordError
    ├── InputError            a file or folder that cannot be read as articles; set aside, named, counted
    │   ├── NotAnArticle      readable, but no article of any supported format
    │   └── Hostile           too large, too deep, a bomb: refused before it costs anything
    ├── ModelError            a law of the data model is broken
    │   ├── SpanError         words that do not stand where they should
    │   ├── WhenError         a date the record cannot hold
    │   └── EvidenceError     an entry, position or difference without evidence
    ├── StoreError            the record on disk
    │   ├── NotARecord        the file or folder holds no record
    │   ├── NewerSchema       written by a later version of onrecord
    │   ├── Locked            another process is writing this record
    │   ├── Damaged           the file is no longer a sound database, or its rows break a law
    │   └── OutOfSpace        the disk is full or the folder is read-only
    ├── UsageError            the words of a command are off
    ├── WeightsError          the encoder's files are missing or not as shipped
    └── PluginError           a reader, stage or exporter that is missing or does not keep its contract

A message says what was found, where, what was expected, and the command or edit that mends it.
"""

from __future__ import annotations


class OnRecordError(Exception):
    """The root of every error raised by onrecord."""


class InputError(OnRecordError):
    """A file or folder that cannot be read as articles."""


class NotAnArticle(InputError):
    """Readable, but no article of any supported format."""


class Hostile(InputError):
    """Too large, too deep or a bomb."""


class ModelError(OnRecordError):
    """A law of the data model is broken."""


class SpanError(ModelError):
    """Words that do not stand where they should."""


class WhenError(ModelError):
    """A date the record cannot hold."""


class EvidenceError(ModelError):
    """An entry, position or difference without evidence."""


class StoreError(OnRecordError):
    """The record on disk cannot be used as asked."""


class NotARecord(StoreError):
    """The file or folder holds no record."""


class NewerSchema(StoreError):
    """The record was written by a later version of onrecord."""


class Locked(StoreError):
    """Another process is writing this record."""


class Damaged(StoreError):
    """The file is no longer a sound database, or its rows break a law."""


class OutOfSpace(StoreError):
    """The disk is full or the folder is read-only."""


class UsageError(OnRecordError):
    """The words of a command are off."""


class WeightsError(OnRecordError):
    """The encoder's files are missing or not as shipped."""


class PluginError(OnRecordError):
    """A reader, stage or exporter that is missing or does not keep its contract."""
