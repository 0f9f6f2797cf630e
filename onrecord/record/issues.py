"""Issues: demands that ask for the same, under a label taken from their own words."""

from __future__ import annotations

import re
from collections import defaultdict

from onrecord.model import Group, Issue, Linked, digest

_LONGEST_LABEL = 110

# "Norland's demand for security guarantees" is about "security guarantees": the asking goes, the thing asked stays.
# "demanded on Thursday that Sudmark free the crews" loses its day as well.
_ASKING = re.compile(
    r"^.{0,60}?\b(?:demand|call|request|requirement|condition|insist|urge|ask|want|wish)(?:s|d|ed|ing)?\b"
    r"(?:(?:\s+[\w-]+){0,4}?\s+that\s+|\s+(?:for|of|on|to)\s+)",
    re.IGNORECASE | re.DOTALL,
)


def build_issues(linked: Linked) -> tuple[Issue, ...]:
    """Every demand in exactly one issue, in the order of the founding demands."""
    groups = {group.id: group for group in linked.groups if group.kind == "demand"}
    founder = {link.a: link.b for link in linked.links if link.kind == "issue"}
    members: dict[str, list[Group]] = defaultdict(list)
    for group in groups.values():
        members[founder.get(group.id, group.id)].append(group)
    return tuple(
        Issue("i-" + digest("issue", first)[:12], _label(demands), tuple(group.id for group in demands))
        for first, demands in members.items()
    )


def _label(demands: list[Group]) -> str:
    """The shortest full wording of what is asked for; words of a demand, cut at a word where they are long."""
    wordings = [" ".join(span.exact for span in t.content[:1]) for group in demands for t in group.tellings]
    asked = [_ASKING.sub("", " ".join(wording.split())) for wording in wordings]
    label = min((words for words in asked if len(words.split()) > 1), key=lambda w: (len(w), w), default=asked[0])
    if len(label) > _LONGEST_LABEL:
        label = label[:_LONGEST_LABEL].rsplit(" ", 1)[0] + " …"
    return label[:1].upper() + label[1:]
