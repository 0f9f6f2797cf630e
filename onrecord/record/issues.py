"""Issues: demands that ask for the same, under a label taken from their own words."""

from __future__ import annotations

import re
from collections import defaultdict

from onrecord.model import Group, Issue, Linked, Telling, digest

_LONGEST_LABEL = 110
_SURE = 0.75  # demands that are less sure give their words to a label only where no other is there

# What remains of the asking before the thing asked: "urged | on Thursday that | the crews go free".
_LINK = re.compile(
    r"^(?: ?(?:[\w-]++ ){0,4}?that | ?of | ?(?:for|on|to|about|over) (?!\w+ing\b)| ?: ?)",
    re.IGNORECASE,
)
# "central demands | from Russia": whose they are, and nothing of what.
_WHOSE = re.compile(r" ?(?:from|by|of|to)(?: the)?(?: (?:[A-Z][\w’'.-]*|and|the|of))+[ ,.]*")
_NOT = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)  # "should not | make hasty assessments"
_RELATIVE = re.compile(r",? (?:that |which |who |as )?(?:[\w’'-]++ ){0,3}$", re.IGNORECASE)
# "Wants it gone": which thing, the words do not say.
_POINTS = re.compile(r"\b(?:it|him|her|them|this|that one|these|those|its own|such|all|what)\b", re.IGNORECASE)
_MARKS = " ,;:.“”«»‘’\"'"
_FEWEST = 2  # words of a label that says what is asked for
_WORDY = re.compile(r"[^\W\d_]{4,}|\d+")


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
    tellings = [telling for group in demands for telling in group.tellings]
    label = min(_rank(_asked(telling), telling) for telling in tellings)[-1]
    if len(label) > _LONGEST_LABEL:
        label = label[:_LONGEST_LABEL].rsplit(" ", 1)[0] + " …"
    return label[:1].upper() + label[1:]


def _rank(words: str, telling: Telling) -> tuple[bool, bool, bool, int, str]:
    """What makes a label worse, the worst first: few words, words that only point, doubt, length."""
    return (
        len(_WORDY.findall(words)) < _FEWEST,
        bool(_POINTS.search(words)),
        telling.confidence < _SURE,
        len(words),
        words,
    )


def _asked(telling: Telling) -> str:
    """A demand without its words of asking: what stands behind its cue, or before: "the tapes | that she asked for".

    Whole where these words say no, or where only whose it is stands behind them.
    """
    content = telling.content[0]
    words = content.exact
    cue = next((span for span in telling.cue if content.covers(span)), None)
    if cue is not None and not _NOT.search(cue.exact):
        behind = _on_a_line(words[cue.end - content.start :])
        before = _RELATIVE.sub("", _on_a_line(words[: cue.start - content.start]))
        parts = () if _WHOSE.fullmatch(behind) else (_LINK.sub("", behind, count=1), before)
        words = next((part for part in parts if _says_what(part)), words)
    return _on_a_line(words).strip(_MARKS) or _on_a_line(content.exact)


def _on_a_line(words: str) -> str:
    return re.sub(r"\s+", " ", words)


def _says_what(words: str) -> bool:
    return bool(_WORDY.search(_POINTS.sub("", words)))
