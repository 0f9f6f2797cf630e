"""How long and how often: durations, sets, and times of day."""

from __future__ import annotations

import re
from functools import cache

from onrecord.reading.times.draft import Draft, Rule, outside
from onrecord.reading.times.words import clue_of, compile_pattern, number_of, values, weekday_of

_MODS = {
    "more than": "MORE_THAN", "over": "MORE_THAN", "at least": "EQUAL_OR_MORE", "less than": "LESS_THAN",
    "under": "LESS_THAN", "up to": "EQUAL_OR_LESS", "at most": "EQUAL_OR_LESS", "about": "APPROX", "around": "APPROX",
    "roughly": "APPROX", "some": "APPROX", "nearly": "LESS_THAN", "almost": "LESS_THAN",
}  # fmt: skip
_MOD = "(?:(?P<mod>(?i:" + "|".join(_MODS) + ")) )?"
_BEFORE_A = re.compile(
    r"(?i)\b(?:for|within|over|in|after|than|about|nearly|almost|lasted|last|lasting|takes?|took|of|half|another|under)\s$"
)


@cache
def length_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence."""
    patterns = (
        (
            "clock",
            r"(?<![\w.,:/-])(?P<h>[01]?\d|2[0-3])(?P<m>[:.][0-5]\d)?(?: ?(?P<ap>(?i:a\.m\.|p\.m\.|am\b|pm\b)))?"
            r"(?: (?P<z>GMT|UTC|CET|CEST|EST|EDT|ET|MSK|BST|local time))?(?! ?[-:/%]|[\w])"
            r"(?:(?: on|,)? (?P<d>today|yesterday|{WEEKDAY}))?",
            _clock,
        ),
        ("four-figures", r"(?<![\w.,:/-])(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d) ?(?P<z>GMT|UTC|hours)\b", _clock),
        ("set-each", r"\b(?P<each>(?i:every|each)) (?:(?P<n>{NUMBER}) )?(?P<u>{UNIT}|{WEEKDAY})s?\b", _each),
        ("set-adverb", r"(?<![\w-])(?P<f>(?i:" + "|".join(values("frequency")) + r"))(?![\w-])", _frequency),
        (
            "set-rate",
            r"(?P<n>(?i:once|twice|times|\d|hundred|thousand|million|billion)) (?P<per>(?i:an|a|per)) (?P<u>{UNIT})\b",
            _rate,
        ),
        ("half-hour", _MOD + r"\b(?i:half an|half-an|a half) ?-?(?P<u>(?i:hour|year))\b", _half),
        (
            "and-a-half",
            _MOD + r"\b(?P<n>{NUMBER}) and a half[- ](?P<u>{UNIT})s?\b",
            _and_a_half,
        ),
        (
            "the-last",
            r"\b(?i:the )?(?i:last|past|next|coming|previous|recent|following) (?:(?P<n>{NUMBER}) )?(?P<u>{UNIT})s\b",
            _window,
        ),
        (
            "span",
            r"\b(?P<n1>{NUMBER})(?: to | or |[-–])(?P<n>{NUMBER})[- ](?P<u>{UNIT})s?\b(?![- ]old)",
            _span,
        ),
        (
            "length",
            _MOD + r"(?<![\w.,:$€£-])(?:(?P<a>(?i:an?|the)) )?(?P<n>{NUMBER})(?P<sep> |-)"
            r"(?:(?i:straight|consecutive|full|whole|more) )?(?P<u>{UNIT})(?P<s>s?)\b(?![- ]old)",
            _length,
        ),
        (
            "vague-length",
            r"(?<![\w-])(?P<u>(?i:minutes|hours|days|weeks|months|years|decades|centuries))(?:(?![\w-])|-(?i:long|old)\b)",
            _vague,
        ),
    )
    return tuple(Rule(name, compile_pattern(pattern), build, clue_of(pattern)) for name, pattern, build in patterns)


def _clock(match: re.Match[str]) -> Draft | None:
    """ "at 10 a.m.", "16:00 GMT", "0800 UTC"; a bare "16:00" only after "at" or the like."""
    groups = match.groupdict()
    hour, minute = int(match["h"]), (match["m"] or "00").lstrip(":.")
    half, zone = (groups.get("ap") or "").lower(), match["z"]
    if not (half or zone):
        before, _ = outside(match)
        if not (match["m"] or "").startswith(":") or not re.search(
            r"(?i)\b(?:at|until|by|from|before|after|around) $", before
        ):
            return None
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    zulu = "Z" if zone in ("GMT", "UTC") else ""
    day = groups.get("d")
    time = f"T{hour:02}:{minute}{zulu}"
    if day and day.lower() in ("today", "yesterday"):
        return Draft("TIME", f"XXXX-XX-XX{time}", anchor="published", unit="day", shift=-(day == "yesterday"))
    if day:
        number = weekday_of(day)
        return Draft("TIME", f"XXXX-WXX-{number}{time}", anchor="published", weekday=number, tensed=True)
    return Draft("TIME", f"XXXX-XX-XX{time}", anchor="published")


def _each(match: re.Match[str]) -> Draft | None:
    weekday = weekday_of(match["u"]) if match["u"][0].isupper() and match["u"].lower() not in values("unit") else None
    if weekday:
        return Draft("SET", f"XXXX-WXX-{weekday}", weekday=weekday)
    return Draft("SET", _period(number_of(match["n"] or "1"), match["u"]))


def _frequency(match: re.Match[str]) -> Draft:
    return Draft("SET", values("frequency")[match["f"].lower()])


def _rate(match: re.Match[str]) -> Draft:
    return Draft("SET", _period("1", match["u"]), start=match.start("per"))


def _half(match: re.Match[str]) -> Draft:
    return Draft("DURATION", "PT30M" if match["u"].lower() == "hour" else "P6M", _mod(match))


def _and_a_half(match: re.Match[str]) -> Draft | None:
    number = number_of(match["n"])
    return Draft("DURATION", _period(f"{number}.5", match["u"]), _mod(match)) if number.isdigit() else None


def _window(match: re.Match[str]) -> Draft | None:
    """ "the past two weeks", "recent years", "the coming days"."""
    return Draft("DURATION", _period(number_of(match["n"]) if match["n"] else "X", match["u"]))


def _span(match: re.Match[str]) -> Draft | None:
    """ "three to five days" has no one length."""
    return Draft("DURATION", _period("X", match["u"]))


def _length(match: re.Match[str]) -> Draft | None:
    """ "three days", "two-hour"; "a week" only where it is a length: "for a week", not "a week of talks"."""
    word = match["n"].lower()
    if word in ("a", "an"):
        before, after = outside(match)
        if match["s"] or match["sep"] == "-" or not (_BEFORE_A.search(before) or match["mod"]):
            return None
        if re.match(r" (?:ago|later|earlier|before|after)\b", after):
            return None
    if word == "second" or ((match["a"] or "").lower() == "the" and match["sep"] == " " and word == "one"):
        return None
    if match["u"].lower() in ("second", "quarter") and not match["s"]:
        return None  # "one second proposal", "about a quarter of the ships"
    start = match.start("n") if match["a"] and not match["mod"] else None
    if word in ("some", "few", "recent") and not match["s"]:
        return None
    return Draft("DURATION", _period(number_of(word), match["u"]), _mod(match), start=start)


def _vague(match: re.Match[str]) -> Draft | None:
    before, _ = outside(match)
    hyphened = "-" in match[0]  # "a decades-long dispute"
    if not hyphened and not re.search(r"(?i)\b(?:for|in|of|within|after|over|took|take|takes|lasted|last)\s$", before):
        return None
    word = match["u"].lower()
    unit = "century" if word == "centuries" else word[:-1]
    return Draft("DURATION", _period("X", unit))


def _mod(match: re.Match[str]) -> str | None:
    return _MODS.get((match["mod"] or "").lower())


def _period(number: str, unit: str) -> str:
    """ISO 8601: PT1H30M for 1.5 hours, P3D, PXW; decades and centuries as years where they are counted."""
    code = values("unit")[unit.lower().removesuffix("s") if unit.lower() not in values("unit") else unit.lower()]
    if code in ("DE", "CE"):
        return f"P{int(number) * (10 if code == 'DE' else 100)}Y" if number.isdigit() else f"PX{code}"
    if "." in number:
        whole, _, part = number.partition(".")
        smaller = {"TH": ("TM", 60), "TM": ("TS", 60), "D": ("TH", 24), "Y": ("M", 12)}.get(code)
        rest = round(float(f"0.{part}") * smaller[1]) if smaller else 0
        if smaller and rest:
            first = f"{whole}{code[-1]}" if int(whole) else ""
            if code == "D":
                return f"P{first}T{rest}H"
            return ("PT" if code.startswith("T") else "P") + first + f"{rest}{smaller[0][-1]}"
        if part.strip("0"):
            return f"P{number}{code}"
        number = whole
    return f"P{'T' if code.startswith('T') else ''}{number}{code[-1]}"
