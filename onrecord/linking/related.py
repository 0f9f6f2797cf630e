"""What stands in two entries: an act told inside a statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from onrecord.linking.places import Places
from onrecord.model import Group, Link, Span


def find_related(groups: tuple[Group, ...]) -> Iterator[Link]:
    """Each act with the statements in whose words it is told."""
    contents: dict[str, list[tuple[Span, tuple[Span, str]]]] = defaultdict(list)
    for group in groups:
        if group.kind == "statement":
            for telling in group.tellings:
                contents[telling.article] += ((span, (span, group.id)) for span in telling.content)
    statements = {article: Places(placed) for article, placed in contents.items()}
    for group in groups:
        if group.kind == "statement":
            continue
        around: dict[str, None] = {}
        for telling in group.tellings:
            if telling.cue and telling.article in statements:
                cue = telling.cue[0]
                near = statements[telling.article].touching(cue.start, cue.end)
                around |= {said: None for span, said in near if span.covers(cue)}
        yield from (Link("related", group.id, said, 1.0, "told inside this statement") for said in around)
