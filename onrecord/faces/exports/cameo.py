"""Event data in the columns of ICEWS: a row for each event, with its CAMEO code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, ClassVar

from onrecord.faces.events.codes import scale_of
from onrecord.faces.events.columns import CAMEO, OWN, own_cells
from onrecord.faces.events.events import Event, find_events
from onrecord.faces.events.parties import Parties, country_of
from onrecord.faces.events.tables import write_table
from onrecord.faces.lookup import Lookup
from onrecord.model import Record


class Cameo:
    """Events in the columns of ICEWS. Codes are text: "040" is not 40."""

    name: ClassVar[str] = "cameo"
    suffix: ClassVar[str] = ".tsv"
    about: ClassVar[str] = "event data in the columns of ICEWS, with CAMEO codes"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the events of the record, tab-separated in UTF-8 with a header; meetings once in each direction."""
        lookup = Lookup(record)
        parties = Parties(lookup)
        rows = (_cells(event, lookup, parties) for event in find_events(lookup, both_ways=True))
        write_table((*CAMEO, *OWN), rows, stream)


def _cells(event: Event, lookup: Lookup, parties: Parties) -> Mapping[str, object]:
    text = lookup.texts[event.report.text]
    source, target = (parties.describe(actor, event.report) for actor in (event.source, event.target))
    return {
        "Event ID": event.id,
        "Event Date": event.day,
        "Source Name": source.name,
        "Source Sectors": source.sector,
        "Source Country": source.country,
        "Event Text": f"{event.type} {event.mode}".strip(),
        "CAMEO Code": event.code,
        "Intensity": scale_of(event.code),
        "Target Name": target.name,
        "Target Sectors": target.sector,
        "Target Country": target.country,
        "Story ID": text.id,
        "Publisher": text.outlet,
        "Country": country_of(event.entry.place, lookup),
        **own_cells(event, lookup),
    }
