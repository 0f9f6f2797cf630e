"""Entries: each group of tellings as one item of the record, with a report for every telling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from onrecord.model import (
    Act,
    Entry,
    Evidence,
    Group,
    Issue,
    Linked,
    RecordText,
    Report,
    ReportSpans,
    Span,
    Telling,
    When,
)
from onrecord.record.sources import Sources

_BAR = 0.75  # confidence from which an entry is part of the record; below it is shown apart
_BAR_ALONE = 0.8  # of an act that one witness alone tells: a quarter of these are wrong
# A statement's is calibrated on statements that two people mark alike in three cases of four: at one half its words and
# its speaker are as a rule right and its extent is what may differ.
_BAR_OF_STATEMENTS = 0.5
_SURE_LINK = 0.45  # of an answer to its demand, from which on the demand says who answers whom

_Roles = tuple[tuple[str, ...], tuple[str, ...]]  # by whom, to whom


def build_entries(linked: Linked, texts: tuple[RecordText, ...], issues: tuple[Issue, ...]) -> tuple[Entry, ...]:
    """One entry a group, in the order of the groups."""
    issue_of = {demand: issue.id for issue in issues for demand in issue.demands}
    groups = {group.id: group for group in linked.groups}
    link_of = {link.a: link for link in linked.links if link.kind == "answer"}
    answers = {answer: link.b for answer, link in link_of.items()}
    related: dict[str, set[str]] = defaultdict(set)
    earlier: dict[str, set[str]] = defaultdict(set)
    for link in linked.links:
        if link.kind == "after":
            earlier[link.a].add(link.b)
        if link.kind == "related":
            related[link.a].add(link.b)
            related[link.b].add(link.a)
    sources = Sources(linked, texts)
    about = _articles_by_issue(linked, issue_of, answers)
    built = []
    for group in linked.groups:
        demand = answers.get(group.id)
        issue = issue_of.get(demand or group.id)
        attributes = _attributes(group, related[group.id], earlier[group.id])
        silent = sorted(about.get(issue or "", set()) - {telling.article for telling in group.tellings})
        if silent and issue:
            attributes["not_found_in"] = silent
        roles = _parties(group)
        if demand and link_of[group.id].score >= _SURE_LINK:
            roles, implied = _implied(roles, _parties(groups[demand]))
            if implied:
                attributes["implied"] = implied
        built.append(_entry(group, roles, demand, issue, attributes, sources))
    return tuple(built)


def _parties(group: Group) -> _Roles:
    return _first_known([t.by for t in group.tellings]), _first_known([t.to for t in group.tellings])


def _implied(roles: _Roles, of_demand: _Roles) -> tuple[_Roles, list[str]]:
    """Who answers whom where the words do not say: who was asked answers, and who asked is answered."""
    (by, to), (asker, asked) = roles, of_demand
    implied = []
    if not by and asked and not set(asked) & set(to):
        by, implied = asked, ["by"]
    if not to and asker and not set(asker) & set(by):
        to, implied = asker, [*implied, "to"]
    return (by, to), implied


def _entry(
    group: Group,
    roles: _Roles,
    demand: str | None,
    issue: str | None,
    attributes: Mapping[str, object],
    sources: Sources,
) -> Entry:
    founding = group.tellings[0]
    least, most = sources.bounds(group)
    if most > least:
        attributes = {**attributes, "sources_at_most": most}
    return Entry(
        id=group.id,
        kind=group.kind,
        when=_when(group),
        by=roles[0],
        to=roles[1],
        content=_content(founding),
        status=founding.status,
        answers=demand,
        issue=issue,
        place=next((telling.place for telling in group.tellings if telling.place), None),
        forum=next((telling.forum for telling in group.tellings if telling.forum), None),
        attributes=attributes,
        reports=tuple(_report(telling) for telling in group.tellings),
        independent_sources=least,
        certainty="published" if any(_is_sure(telling) for telling in group.tellings) else "possible",
    )


def _is_sure(telling: Telling) -> bool:
    """Whether what a telling tells is part of the record."""
    if not isinstance(telling.annotation, Act):
        return telling.confidence >= _BAR_OF_STATEMENTS
    return telling.confidence >= (_BAR_ALONE if len(telling.annotation.witnesses) == 1 else _BAR)


def _report(telling: Telling) -> Report:
    return Report(
        text=telling.article,
        voice=telling.voice,
        chain=telling.chain,
        manner=telling.manner,
        speaker=telling.speaker,
        spans=ReportSpans(
            content=_evidence(telling, telling.content),
            cue=_evidence(telling, telling.cue),
            speaker=_evidence(telling, telling.speaker_words),
            when=_evidence(telling, telling.when_words),
        ),
        confidence=round(telling.confidence, 3),
    )


def _evidence(telling: Telling, spans: tuple[Span, ...]) -> tuple[Evidence, ...]:
    return tuple(Evidence.of(telling.article, span) for span in spans)


def _content(telling: Telling) -> str:
    """The words of the founding telling; pieces between which words are left out stay apart."""
    pieces = _evidence(telling, telling.content)
    written = " ".join(pieces[0].exact.split())
    for before, piece in pairwise(pieces):
        written += (" " if before.runs_into(piece) else " […] ") + " ".join(piece.exact.split())
    return written


def _when(group: Group) -> When | None:
    """The most exact date that a telling gives; the founding telling's where two are as exact."""
    dated = [telling.when for telling in group.tellings if telling.when]
    known = [when for when in dated if when.earliest and when.latest]
    if known:
        return min(known, key=lambda when: (when.latest or when.earliest) - when.earliest)  # type: ignore[operator]
    return next((when for when in dated if when.edtf), dated[0] if dated else None)


def _first_known(parties: list[tuple[str, ...]]) -> tuple[str, ...]:
    return next((listed for listed in parties if listed), ())


def _attributes(group: Group, related: set[str], earlier: set[str]) -> dict[str, object]:
    attributes: dict[str, object] = {}
    for telling in group.tellings:
        for name, value in telling.attributes.items():
            attributes.setdefault(name, value)
    if related:
        attributes["related"] = sorted(related)
    if earlier:
        attributes["after"] = sorted(earlier)
    return attributes


def _articles_by_issue(linked: Linked, issue_of: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, set[str]]:
    """The articles that tell anything about each issue."""
    about: dict[str, set[str]] = defaultdict(set)
    for group in linked.groups:
        issue = issue_of.get(answers.get(group.id, group.id))
        if issue:
            about[issue] |= {telling.article for telling in group.tellings}
    return about
