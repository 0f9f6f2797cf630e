"""Years, and quarters, halves, seasons, decades and centuries of years in words and figures."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from onrecord.lexicon.parts import MODS, part_of_year
from onrecord.reading.times.dates import key_of_part
from onrecord.reading.times.draft import Draft, Rule, outside, rules_of
from onrecord.reading.times.words import values

_PAPER = re.compile(
    r"\b(?:Document|Act|Charter|Treaty|Accords?|Agreement|Declaration|Convention|Memorandum|Protocol) $"
)
_NO_YEAR = re.compile(r"\b(?:pp?|nos?|tel)\. ?$")


@cache
def year_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence."""
    patterns = (
        ("quarter-sign", r"(?#clue #)\b(?P<n>Q[1-4]|H[12]) (?P<y>{YEAR})\b", _quarter_sign),
        ("quarter", r"(?#clue quarter)\b(?i:the )?(?P<n>{ORDINAL})[- ](?i:quarter)(?i: of) (?P<y>{YEAR})\b", _quarter),
        ("half", r"\b(?i:the )?(?P<n>(?i:first|second))[- ](?i:half of) (?P<y>{YEAR})\b", _half),
        ("season", r"\b(?i:the )?(?P<s>{SEASON})(?i: of)? (?P<y>{YEAR})\b", _season),
        ("years", r"(?<![\w.,/$€£-])(?P<y>{YEAR})(?: ?[-–—/] ?)(?P<y2>(?:19|20)?\d{2})(?![\w/-]|[.,]\d)", _years),
        ("opening-year", r"(?m)^(?P<y>{YEAR})(?=: )", _opening_year),
        (
            "decade-word",
            r"(?#clue nties|rties|fties|xties|ghties|neties)\b(?i:the )"
            r"(?P<w>(?i:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))\b",
            _decade_word,
        ),
        (
            "decade",
            r"(?<![\w.,$€£-])(?:(?i:the )(?:(?P<mod>(?i:early|late|mid))[- ])?)?(?P<y>(?:1\d|20)\d)0s\b",
            _decade,
        ),
        ("century", r"\b(?i:the )?(?P<n>\d{1,2}(?:st|nd|rd|th)|{ORDINAL})[- ](?i:century)\b", _century),
        (
            "part-year",
            r"\b{EARLY}(?P<y>{YEAR})\b",
            _part_year,
        ),
        (
            "year",
            r"(?<![\w.,$€£-])(?P<p>(?i:in|since|of|from|until|till|by|before|after|during|to|through|between|and|the|or|"
            r"as early as|back in|for|around|circa|about|(?:the )?year) ?\(?|\()(?P<y>{YEAR})(?![\w/-])",
            _year,
        ),
        (
            "year-of-paper",
            r"(?<=[a-z] )(?P<y>{YEAR})(?=[.,;:)]|$)",
            _year_of_paper,
        ),
    )
    return rules_of(patterns)


def _part_year(match: re.Match[str]) -> Draft | None:
    words = match["mod"].lower()
    mod = MODS[key_of_part(words)]
    part = part_of_year(int(match["y"]), mod, at_edge=not _is_wide(words))
    return Draft("DATE", match["y"], mod, part.edtf, part.limits)


def _is_wide(words: str) -> bool:
    """ "early" and "late" take in more of a year than its beginning and end."""
    return "early" in words or "late" in words


def _quarter_sign(match: re.Match[str]) -> Draft:
    """ "Q4 2023"."""
    months = 3 if match["n"][0] == "Q" else 6
    first = months * (int(match["n"][1]) - 1) + 1
    return Draft(
        "DATE", f"{match['y']}-{match['n']}", edtf=f"{match['y']}-{first:02}/{match['y']}-{first + months - 1:02}"
    )


def _quarter(match: re.Match[str]) -> Draft | None:
    number = int(values("ordinal")[match["n"].lower()])
    if number > 4:
        return None
    year, first = match["y"], 3 * number - 2
    return Draft("DATE", f"{year}-Q{number}", edtf=f"{year}-{first:02}/{year}-{first + 2:02}")


def _half(match: re.Match[str]) -> Draft:
    year = match["y"]
    if match["n"].lower() == "first":
        return Draft("DATE", f"{year}-H1", edtf=f"{year}-01/{year}-06")
    return Draft("DATE", f"{year}-H2", edtf=f"{year}-07/{year}-12")


def _season(match: re.Match[str]) -> Draft:
    """A season has a value and no EDTF: its days are not the same north and south."""
    return Draft("DATE", f"{match['y']}-{values('season')[match['s'].lower()]}", anchor="none")


def _years(match: re.Match[str]) -> Draft | None:
    first, last = match["y"], match["y2"]
    if len(last) == 2:
        last = first[:2] + last
    if _NO_YEAR.search(outside(match)[0]) or not (
        1800 <= int(first) < int(last) <= 2100 and int(last) - int(first) <= 60
    ):
        return None  # "a score of 1998-21", telephone numbers
    return Draft("DATE", f"{first}/{last}", edtf=f"{first}/{last}")


def _decade(match: re.Match[str]) -> Draft:
    first = int(match["y"]) * 10
    mod = MODS[match["mod"].lower()] if match["mod"] else None
    if mod:
        return Draft("DATE", match["y"], mod, unit="decade")
    limits = (date(first, 1, 1), date(first + 9, 12, 31))
    return Draft("DATE", match["y"], None, f"{first}/{first + 9}", limits, unit="decade")


def _opening_year(match: re.Match[str]) -> Draft | None:
    """A chronicle: "1871: the first survey"."""
    return Draft("DATE", match["y"], edtf=match["y"]) if 1000 <= int(match["y"]) <= 2100 else None


def _decade_word(match: re.Match[str]) -> Draft | None:
    """ "the eighties", not "in the high thirties"."""
    words = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    first = 1920 + 10 * words.index(match["w"].lower())
    limits = (date(first, 1, 1), date(first + 9, 12, 31))
    return Draft("DATE", str(first // 10), None, f"{first}/{first + 9}", limits, unit="decade")


def _century(match: re.Match[str]) -> Draft | None:
    word = match["n"].lower()
    number = int(values("ordinal").get(word) or re.sub(r"\D", "", word))
    if word in ("last", "final") or not 10 < number <= 21:
        return None
    first = (number - 1) * 100 + 1
    return Draft("DATE", str(number - 1), edtf=f"{first}/{first + 99}")


def _year(match: re.Match[str]) -> Draft | None:
    """A four-figure number is a year only where its neighbours allow: not "of 1999 troops", "to 2000 dollars"."""
    before, after = match["p"].strip().lower(), outside(match)[1]
    year = int(match["y"])
    following = re.match(r"[ \u00a0-]([A-Za-z]+)", after)
    word = following[1] if following else ""
    if word.lower() in values("counted") or (
        before == "("
        and re.search(r"\bresolutions? \d{3,4} \($", match.string[max(0, match.start() - 30) : match.start("y")])
    ):
        return None
    if before in ("and", "to") and re.search(r"\b\w*(?:rains|lights|oted|ooms?) \d+ $", outside(match)[0]):
        return None  # "voted 2020 to 1999", "trains 1917 and 2001"
    if before == "the" and 1900 <= year <= 2100 and year % 100:  # "the 1992 protests", but "the 2000 troops"
        return Draft("DATE", match["y"], edtf=match["y"], start=match.start("y"))
    sure = before in ("in", "since", "during", "until", "till", "back in", "as early as", "(", "year", "the year")
    if not sure and (year < 1800 or (word[:1].islower() and word.endswith("s") and before not in ("by", "from"))):
        return None
    if before in ("for", "and", "or", "to", "about", "around") and not 1900 <= year <= 2100:
        return None
    if before == "in" and year < 1500 and not re.match(r"\s*[.,;)]|$", after):
        return None
    start = match.start("y")
    return Draft("DATE", match["y"], edtf=match["y"], start=start)


def _year_of_paper(match: re.Match[str]) -> Draft | None:
    """ "the Istanbul Document 1999": after the kind of a paper, before a mark."""
    if not _PAPER.search(outside(match)[0]) or not 1900 <= int(match["y"]) <= 2100:
        return None
    return Draft("DATE", match["y"], edtf=match["y"])
