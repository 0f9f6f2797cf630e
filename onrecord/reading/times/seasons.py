"""Seasons, weekends and months that no year stands beside, and quarters by their sign."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon.parts import MODS
from onrecord.reading.times.draft import Draft, Rule, outside, rules_of
from onrecord.reading.times.shifts import shift_of, way_of
from onrecord.reading.times.words import month_of, values


@cache
def season_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence."""
    patterns = (
        (
            "quarter-sign",
            r"(?#clue q1|q2|q3|q4|h1|h2)(?<=[a-z,] )(?P<n>Q[1-4]|H[12])\b(?! ?[\d:])",
            _quarter_sign_alone,
        ),
        (
            "season-alone",
            r"(?#clue {SEASON})\b(?P<the>(?i:the )?)(?:(?P<mod>(?i:early|late|mid))[- ])?(?P<s>{SEASON})\b",
            _season_alone,
        ),
        ("weekend", r"\b(?i:the weekend)\b", _weekend),
        (
            "season-which",
            r"(?#clue {SEASON}|fall)\b(?P<which>(?i:last|next|this|that|the "
            r"(?:following|next|coming|previous|past))) (?P<s>{SEASON}|(?i:fall))\b",
            _season,
        ),
        (
            "month-which",
            r"(?#clue the following|the next|the previous)\b"
            r"(?P<which>(?i:the (?:following|next|previous))) (?P<m>{MONTH})\b",
            _following_month,
        ),
    )
    return rules_of(patterns)


def _quarter_sign_alone(match: re.Match[str]) -> Draft:
    """ "in Q2": of the year it is printed in."""
    return Draft("DATE", f"XXXX-{match['n']}", anchor="published", unit="year", shift=0)


def _season_alone(match: re.Match[str]) -> Draft | None:
    """ "in the spring", "by early autumn"; a mountain spring and the prime of summer are none."""
    before, after = outside(match)
    preposition = re.search(
        r"(?i)\b(?:in|by|until|till|since|during|through|throughout|before|after|over|of)\s$", before
    )
    if (
        not preposition
        or re.match(r" of\b|-|[a-z]| [A-Z]", after)
        or (not match["the"] and not match["mod"] and not re.match(r"[.,;:?!)]|$", after))
    ):
        return None
    mod = MODS[match["mod"].lower()] if match["mod"] else None
    ahead = preposition[0].strip().lower() in ("by", "before", "until", "till")
    return Draft(
        "DATE",
        f"XXXX-{values('season')[match['s'].lower()]}",
        mod,
        anchor="published",
        direction="future" if ahead else None,
        tensed=not ahead,
    )


def _weekend(match: re.Match[str]) -> Draft:
    return Draft("DATE", "XXXX-WXX-WE", anchor="published", tensed=True)


def _season(match: re.Match[str]) -> Draft:
    shift, anchor = shift_of(match["which"])
    season = values("season").get(match["s"].lower(), "FA")  # "last fall", but "the fall of the government"
    if match["which"].lower() in ("the following", "the coming"):  # the first after the date told last, or after today
        return Draft("DATE", f"XXXX-{season}", anchor=anchor, direction="future")
    return Draft("DATE", f"XXXX-{season}", anchor=anchor, unit="year", shift=shift, direction=way_of(shift))


def _following_month(match: re.Match[str]) -> Draft:
    """ "the following October": the first after the date told last."""
    shift = -1 if "previous" in match["which"].lower() else 1
    return Draft("DATE", f"XXXX-{month_of(match['m']):02}", anchor="text", shift=shift, direction=way_of(shift))
