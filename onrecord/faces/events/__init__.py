"""Event data: which entries of a record are events in the schemes of PLOVER and CAMEO, between whom, in which codes."""

from __future__ import annotations

from onrecord.faces.events.events import Event, find_events

__all__ = ["Event", "find_events"]
