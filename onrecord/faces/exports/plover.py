"""Event data in the columns of POLECAT: a row for each event, coded by the PLOVER ontology of 2021."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, ClassVar

from onrecord import __version__
from onrecord.faces.events.codes import quad_of
from onrecord.faces.events.columns import OWN, PLOVER, own_cells
from onrecord.faces.events.events import Event, day_only, find_events
from onrecord.faces.events.parties import Parties, Party, country_of
from onrecord.faces.events.tables import write_table
from onrecord.faces.lookup import Lookup
from onrecord.model import Record


class Plover:
    """Events in the columns of POLECAT."""

    name: ClassVar[str] = "plover"
    suffix: ClassVar[str] = ".tsv"
    about: ClassVar[str] = "event data in the columns of POLECAT, a row for each event"

    def write(self, record: Record, stream: BinaryIO) -> None:
        """Write the events of the record, tab-separated in UTF-8 with a header. What is not known is empty."""
        lookup = Lookup(record)
        parties = Parties(lookup)
        rows = (_cells(event, lookup, parties) for event in find_events(lookup))
        write_table((*PLOVER, *OWN), rows, stream)


def _cells(event: Event, lookup: Lookup, parties: Parties) -> Mapping[str, object]:
    entry, report = event.entry, event.report
    text = lookup.texts[report.text]
    return {
        "Event ID": event.id,
        "Event Date": event.day,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Quad Code": quad_of(event.type),
        **_party_cells("Actor", parties.describe(event.source, report)),
        **_party_cells("Recipient", parties.describe(event.target, report)),
        "Placename": lookup.name(entry.place),
        "Country": country_of(entry.place, lookup),
        "Raw Placename": parties.raw(entry.place, report) if entry.place else None,
        "Source": text.outlet,
        "Publication Date": day_only(text.published),
        "Story People": parties.named(text.id, "person"),
        "Story Organizations": parties.named(text.id, "organisation", "body"),
        "Story Locations": parties.named(text.id, "state", "place"),
        "Version": f"onrecord {__version__}",
        **own_cells(event, lookup),
    }


def _party_cells(role: str, party: Party) -> Mapping[str, object]:
    return {
        f"{role} Name": party.name,
        f"{role} Country": party.country,
        f"Primary {role} Sector": party.sector,
        f"{role} Sectors": party.sector,
        f"{role} Title": party.title,
        f"{role} Name Raw": party.raw,
    }
