"""Write the gazetteer of office holders, ``onrecord/lexicon/office_holders.tsv``, from the table of facts.

    python -m training.office_holders SHARED

SHARED holds ``data/names/office_holders.csv``: terms of office from Wikidata (facts, CC0), each with the Wikidata
ids. What is added here
is the key of an office, by which "the Russian foreign minister" finds "Minister of Foreign Affairs": that of
``offices.tsv`` where the title is
one of its forms, else the portfolio that the title names first, else the title itself.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping
from pathlib import Path

from onrecord.linking.titles import key_of

TARGET = Path(__file__).resolve().parent.parent / "onrecord" / "lexicon" / "office_holders.tsv"
COLUMNS = ("country", "key", "rank", "title", "position", "person", "holder", "since", "until")
# Titles that the source gives to another office than their words say.
_CORRECTED = {("IN", "Minister of Foreign Affairs"): ("foreign secretary of india", 2)}  # the civil servant


def rows(table: Path) -> Iterator[Mapping[str, str]]:
    """The rows of the gazetteer, in order of state, office and time."""
    with table.open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    made = []
    for term in given:
        key, rank = _CORRECTED.get((term["country"], term["position"])) or key_of(term["position"])
        cells = (term["country"], key, str(rank), term["position"], term["position_qid"], term["person"])
        made.append((*cells, term["person_qid"], term["start"], term["end"]))
    for cells in sorted(set(made), key=lambda c: (c[0], c[1], c[2], c[7] or "0", c[6])):
        yield dict(zip(COLUMNS, cells, strict=True))


def main() -> None:
    """Writes the gazetteer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    table = parser.parse_args().shared / "data" / "names" / "office_holders.csv"
    lines = [
        "# Who held which office when, in 35 states and world bodies, mostly since 2000; collected by July 2022.",
        "# Read by: onrecord/linking/offices.py. Made by: python -m training.office_holders",
        "# Source: Wikidata (CC0). country: ISO 3166-1 alpha-2, INT for world bodies; "
        "position and holder: Wikidata ids; since and until: year, month or day,",
        "# empty where unknown or still in office; key: the office as offices.tsv has it; "
        "rank: how directly the title gives the key, 0 best.",
        "\t".join(COLUMNS),
        *("\t".join(row[column] for column in COLUMNS) for row in rows(table)),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
