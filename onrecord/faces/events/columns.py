"""The columns of the schemes, in their order, and ours, which stand after them."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.faces.events.events import Event
from onrecord.faces.lookup import Lookup

PLOVER = (
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
)
"""The forty columns of POLECAT."""

CAMEO = (
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
)
"""The twenty columns of ICEWS."""

OWN = ("Article", "Entry", "Text", "Start", "End", "Exact", "Chain", "Certainty", "Independent Sources")
"""The words that an event rests on, and who tells it."""


def own_cells(event: Event, lookup: Lookup) -> Mapping[str, object]:
    """The cells of ``OWN``: the place is the first content span of the entry's first report."""
    entry, report, span = event.entry, event.report, event.report.spans.content[0]
    return {
        "Article": lookup.texts[report.text].file,
        "Entry": entry.id,
        "Text": report.text,
        "Start": span.start,
        "End": span.end,
        "Exact": span.exact,
        "Chain": " > ".join(lookup.names(report.chain)),
        "Certainty": entry.certainty,
        "Independent Sources": entry.independent_sources,
    }
