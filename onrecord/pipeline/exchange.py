"""A record in a notebook: its entries by kind, and tables of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import PluginError, UsageError
from onrecord.intake import SetAside
from onrecord.model import Actor, Difference, Entry, Issue, Position, Record, RecordText, Standing
from onrecord.record import find_standings

if TYPE_CHECKING:
    import pandas

_KINDS = {
    "statements": "statement",
    "demands": "demand",
    "answers": "answer",
    "meetings": "meeting",
    "documents": "document",
    "commitments": "commitment",
    "actions": "action",
}
_ITEMS = ("actors", "articles", "differences", "issues", "positions")
TABLES = ("timeline", *_KINDS, "reports", *_ITEMS)
"""The names that ``to_dataframe`` takes."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A record as Python sees it. Entries come in the order of the timeline, those below the bar (``possible``) last.

    >>> Exchange(Record()).demands
    ()
    """

    record: Record
    path: Path | None = None  # of record.db
    set_aside: tuple[SetAside, ...] = ()

    def __repr__(self) -> str:
        """Its size: in a notebook, a record of 500 articles would fill the page with itself."""
        held = f"{len(self.articles)} articles, {len(self.record.entries)} entries"
        return f"<Exchange {self.path or 'in memory'}: {held}>"

    @property
    def statements(self) -> tuple[Entry, ...]:
        """Who said what."""
        return self._of("statement")

    @property
    def demands(self) -> tuple[Entry, ...]:
        """Who asked what of whom."""
        return self._of("demand")

    @property
    def answers(self) -> tuple[Entry, ...]:
        """Replies to demands, and reports of their absence."""
        return self._of("answer")

    @property
    def meetings(self) -> tuple[Entry, ...]:
        """Talks, calls and summits."""
        return self._of("meeting")

    @property
    def documents(self) -> tuple[Entry, ...]:
        """Papers and where they went."""
        return self._of("document")

    @property
    def commitments(self) -> tuple[Entry, ...]:
        """Treaties, principles and pledges cited or made."""
        return self._of("commitment")

    @property
    def actions(self) -> tuple[Entry, ...]:
        """Other acts between the parties."""
        return self._of("action")

    @property
    def timeline(self) -> tuple[Entry, ...]:
        """The published entries, in their order."""
        entries = {entry.id: entry for entry in self.record.entries}
        return tuple(entries[entry] for entry in self.record.timeline)

    @property
    def actors(self) -> tuple[Actor, ...]:
        """Who and what the record names."""
        return self.record.actors

    @property
    def articles(self) -> tuple[RecordText, ...]:
        """The articles the record rests on."""
        return self.record.texts

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What the demands are about."""
        return self.record.issues

    @property
    def positions(self) -> tuple[Position, ...]:
        """Who stands where on an issue."""
        return self.record.positions

    @property
    def standings(self) -> tuple[Standing, ...]:
        """What each party holds on an issue from when to when, and who says so in which articles."""
        return find_standings(self.record)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where articles exclude each other."""
        return self.record.differences

    def to_dataframe(self, table: str) -> pandas.DataFrame:
        """One of ``TABLES`` as a data frame: one row an item, names beside ids, dates as EDTF with their limits.

        Raises UsageError for a table that does not exist, PluginError where pandas is not installed.
        """
        if table not in TABLES:
            raise UsageError(f"there is no table {table!r}; there are {', '.join(TABLES)}")
        try:
            import pandas
        except ImportError as error:
            raise PluginError("data frames need pandas, which is not installed: `pip install pandas`") from error
        rows, columns = self._table(table)
        return pandas.DataFrame(rows, columns=columns)

    def _of(self, kind: str) -> tuple[Entry, ...]:
        possible = (entry for entry in self.record.entries if entry.certainty == "possible")
        return tuple(entry for entry in (*self.timeline, *possible) if entry.kind == kind)

    def _table(self, table: str) -> tuple[list[tuple[Any, ...]], list[str]]:
        if table == "timeline":
            return [self._entry(entry) for entry in self.timeline], list(_ENTRY)
        if table in _KINDS:
            return [self._entry(entry) for entry in self._of(_KINDS[table])], list(_ENTRY)
        if table == "reports":
            return [row for entry in self.record.entries for row in self._reports(entry)], list(_REPORT)
        columns = list(_COLUMNS[table])
        items: tuple[Any, ...] = getattr(self, table)
        return [tuple(_shown(getattr(item, name)) for name in columns) for item in items], columns

    def _names(self, actors: tuple[str, ...]) -> str:
        known = {actor.id: actor.name for actor in self.record.actors}
        return "; ".join(known.get(actor, actor) for actor in actors)

    def _entry(self, entry: Entry) -> tuple[Any, ...]:
        when = entry.when
        dates = (when.edtf, _shown(when.earliest), _shown(when.latest), when.rule) if when else (None,) * 4
        return (
            *(entry.id, entry.kind, *dates, self._names(entry.by), self._names(entry.to), entry.content, entry.status),
            *(entry.answers, entry.issue, len(entry.reports), entry.independent_sources, entry.certainty),
        )

    def _reports(self, entry: Entry) -> list[tuple[Any, ...]]:
        articles = {text.id: text for text in self.record.texts}
        rows = []
        for report in entry.reports:
            content = report.spans.content
            exact = " [...] ".join(span.exact for span in content)
            speaker = self._names((report.speaker,)) if report.speaker else None
            chain = self._names(report.chain)
            told = (report.text, articles[report.text].outlet, report.voice, report.manner, speaker, chain)
            rows.append((entry.id, entry.kind, *told, content[0].start, content[-1].end, exact, report.confidence))
        return rows


_ENTRY = (
    *("id", "kind", "edtf", "earliest", "latest", "rule", "by", "to", "content", "status"),
    *("answers", "issue", "reports", "independent_sources", "certainty"),
)
_REPORT = (
    *("entry", "kind", "article", "outlet", "voice", "manner", "speaker", "chain", "start", "end", "exact"),
    "confidence",
)
_COLUMNS = {
    "actors": ("id", "kind", "name", "aliases", "country", "wikidata"),
    "articles": ("id", "file", "outlet", "title", "published", "copy_of"),
    "differences": ("id", "slot", "entries", "values"),
    "issues": ("id", "label", "demands"),
    "positions": ("actor", "issue", "stance", "when", "entries"),
}


def _shown(value: Any) -> Any:
    """A value for a cell: dates as EDTF or ISO, several values parted by "; "."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "; ".join(str(_shown(item)) for item in value)
    if hasattr(value, "edtf"):
        return value.edtf
    if hasattr(value, "value"):
        return value.value
    return value.isoformat()
