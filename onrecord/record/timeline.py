"""The order of entries: by their earliest day; what has no day stands where its text puts it."""

from __future__ import annotations

from datetime import date

from onrecord.model import Entry, RecordText


def order_entries(entries: tuple[Entry, ...], texts: tuple[RecordText, ...]) -> tuple[str, ...]:
    """Ids of the published entries: dated ones by earliest, then latest day, then as told; undated ones last."""
    rank = {text.id: number for number, text in enumerate(texts)}

    def place(entry: Entry) -> tuple[bool, date, date, int, int, str]:
        when, first = entry.when, entry.reports[0]
        known = when is not None and when.earliest is not None
        earliest = when.earliest if when and when.earliest else date.max
        latest = when.latest if when and when.latest else date.max
        return (not known, earliest, latest, rank[first.text], first.spans.content[0].start, entry.id)

    return tuple(entry.id for entry in sorted(entries, key=place) if entry.certainty == "published")
