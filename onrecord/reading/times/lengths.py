"""How long and how often: durations and sets."""

from __future__ import annotations

import re
from functools import cache

from onrecord.reading.times.draft import Draft, Rule, outside, rules_of
from onrecord.reading.times.words import month_of, number_of, values, weekday_of

_PARTS = {"a half": ".5", "a quarter": ".25", "three quarters": ".75"}
_MODS = {
    "more than": "MORE_THAN", "over": "MORE_THAN", "at least": "EQUAL_OR_MORE", "less than": "LESS_THAN",
    "under": "LESS_THAN", "up to": "EQUAL_OR_LESS", "at most": "EQUAL_OR_LESS", "about": "APPROX", "around": "APPROX",
    "roughly": "APPROX", "some": "APPROX", "nearly": "LESS_THAN", "almost": "LESS_THAN",
}  # fmt: skip
_MOD = "(?:(?P<mod>(?i:" + "|".join(_MODS) + ")) )?"
# "80 miles an hour", "half an hour"; but "lasts an hour", "was an hour late".
_RATED = re.compile(r"(?i)\b(?:km|half|quarter of|per|(?!(?:was|is|lasts|takes|as|this|plus)\b)\w+s) $")
_BEFORE_A = re.compile(
    r"(?i)\b(?:for|within|over|in|after|than|about|nearly|almost|lasted|last|lasting|takes?|took|of|half|another|under)\s$"
)


@cache
def set_rules() -> tuple[Rule, ...]:
    """The rules for what comes again and again; they go before those for the days and months in them."""
    patterns = (
        (
            "set-nth",
            r"(?#clue month)\b(?i:the )(?:{ORDINAL}|last|(?i:first working)) (?:{WEEKDAY}|"
            r"(?i:day)) (?i:of (?:each|every)) (?i:month)\b",
            _nth,
        ),
        ("set-part", r"(?#clue every|each)\b(?i:every|each) (?:(?P<w>{WEEKDAY}) )?(?P<p>{PART})\b", _each_part),
        ("set-weekend", r"(?#clue weekend)\b(?i:every|each) (?i:weekend)\b", _each_weekend),
        ("set-month", r"(?#clue every|each)\b(?i:every|each) (?P<m>{MONTH}|{SEASON})\b", _each_month),
        (
            "set-each",
            r"(?#clue every|each)\b(?P<each>(?i:every|each)) (?:(?P<other>(?i:other|second)) |"
            r"(?P<nth>{ORDINAL}) |(?P<n>{NUMBER}) )?"
            r"(?P<u>{UNIT}|{WEEKDAY})s?\b",
            _each,
        ),
    )
    return rules_of(patterns)


@cache
def length_rules() -> tuple[Rule, ...]:
    """The rules in order of precedence."""
    patterns = (
        (
            "set-adverb",
            r"(?#clue ly|annual)(?<![\w-])(?P<f>(?i:" + "|".join(values("frequency")) + r"))(?![\w-])",
            _frequency,
        ),
        (
            "set-rate",
            r"(?#clue {UNIT})(?P<n>(?i:once|twice|\b(?:three|four|five|six|several|many|\d+) "
            r"times|times|\d|hundred|thousand|million|billion)) (?P<per>(?i:an|a|per)) (?P<u>{UNIT})\b",
            _rate,
        ),
        (
            "quarter-hour",
            _MOD + r"(?#clue of an hour)\b(?P<n>(?i:a quarter|three[- ]quarters)) of an hour\b",
            _quarter_hour,
        ),
        (
            "and-a-half",
            _MOD + r"(?#clue half|quarter)\b(?:(?P<n>{NUMBER})|(?i:an?))[- ]"
            r"(?P<u>{UNIT})s?[- ]and[- ](?P<part>(?i:a[- ]half|a[- ]quarter|three[- ]quarters))\b",
            _and_a_part,
        ),
        ("quarter-century", _MOD + r"(?#clue of a century)\b(?i:a quarter) of a century\b", _quarter_century),
        (
            "half-hour",
            _MOD + r"(?#clue half)\b(?i:half an|half-an|half a|a half) ?-?(?P<u>(?i:hour|year|day|decade|century))\b",
            _half,
        ),
        (
            "two-lengths",
            _MOD + r"(?#clue  and )\b(?P<n>{NUMBER}) (?P<u>{UNIT})s? and (?P<n2>{NUMBER}) "
            r"(?P<u2>{UNIT})s?\b(?! (?i:ago|later|earlier))",
            _two_lengths,
        ),
        (
            "fortnight",
            _MOD + r"(?#clue fortnight)\b(?i:a |the past |the next |the last )?(?i:fortnight)\b(?! ago| later)",
            _fortnight,
        ),
        (
            "and-a-half",
            _MOD + r"(?#clue half|quarter)\b(?P<n>{NUMBER})[- ]and[- ]a[- ]half[- ](?P<u>{UNIT})s?\b",
            _and_a_half,
        ),
        (
            "the-last",
            r"(?#clue last|past|next|coming|previous|recent|following)\b(?i:the )?"
            r"(?i:last|past|next|coming|previous|recent|following) (?:(?P<n>{NUMBER}) )?(?P<u>{UNIT})s\b",
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
            "length",
            r"(?#clue an hour|another|a single|one more)(?<![\w.,:$€£-])(?:(?P<an>(?i:an)) (?P<u>(?i:hour))|"
            r"(?i:another|a single|one more) (?P<u2>{UNIT}))\b"
            r"(?! (?:ago|later|earlier|before|after|of|and|that|which)\b|[-s])",
            _one,
        ),
        (
            "vague-length",
            r"(?#clue minutes|hours|days|weeks|months|years|decades|centuries)(?<![\w-])(?P<u>"
            r"(?i:minutes|hours|days|weeks|months|years|decades|centuries))(?:(?![\w-])|-(?i:long|old)\b)",
            _vague,
        ),
    )
    return rules_of(patterns)


def _each(match: re.Match[str]) -> Draft | None:
    weekday = weekday_of(match["u"]) if match["u"][0].isupper() and match["u"].lower() not in values("unit") else None
    if weekday:
        return Draft("SET", f"XXXX-WXX-{weekday}", weekday=weekday)
    number = (
        "2" if match["other"] else values("ordinal").get((match["nth"] or "").lower()) or number_of(match["n"] or "1")
    )
    return Draft("SET", _period(number, match["u"])) if number.isdigit() else None


def _nth(match: re.Match[str]) -> Draft:
    """ "the first Monday of each month": a day of the month, and no more can be said."""
    return Draft("SET", "XXXX-XX")


def _each_weekend(match: re.Match[str]) -> Draft:
    return Draft("SET", "XXXX-WXX-WE")


def _each_part(match: re.Match[str]) -> Draft:
    day = f"XXXX-WXX-{weekday_of(match['w'])}" if match["w"] else "XXXX-XX-XX"
    return Draft("SET", f"{day}T{values('part')[match['p'].lower()]}")


def _each_month(match: re.Match[str]) -> Draft:
    season = values("season").get(match["m"].lower())
    return Draft("SET", f"XXXX-{season}" if season else f"XXXX-{month_of(match['m']):02}")


def _frequency(match: re.Match[str]) -> Draft:
    return Draft("SET", values("frequency")[match["f"].lower()])


def _rate(match: re.Match[str]) -> Draft:
    """ "twice a week"; of "300 tons a day" only "a day" is a time."""
    often = match["n"].lower() in ("once", "twice") or re.search(r"(?i)\b(?:\w+ )?times$", match["n"])
    return Draft("SET", _period("1", match["u"]), start=match.start() if often else match.start("per"))


def _half(match: re.Match[str]) -> Draft:
    values_ = {"hour": "PT30M", "year": "P6M", "day": "PT12H", "decade": "P5Y", "century": "P50Y"}
    return Draft("DURATION", values_[match["u"].lower()], _mod(match))


def _quarter_century(match: re.Match[str]) -> Draft:
    return Draft("DURATION", "P25Y", _mod(match))


def _quarter_hour(match: re.Match[str]) -> Draft:
    return Draft("DURATION", "PT15M" if match["n"].lower() == "a quarter" else "PT45M", _mod(match))


def _and_a_part(match: re.Match[str]) -> Draft | None:
    number = number_of(match["n"] or "1")
    if not number.isdigit():
        return None
    return Draft(
        "DURATION", _period(number + _PARTS[re.sub("[- ]", " ", match["part"].lower())], match["u"]), _mod(match)
    )


def _two_lengths(match: re.Match[str]) -> Draft | None:
    """ "six months and three days"; "two days and two nights" are two things."""
    one, other = _period(number_of(match["n"]), match["u"]), _period(number_of(match["n2"]), match["u2"])
    smaller = "YMWDTHM".find(other[-1]) > "YMWDTHM".find(one[-1])
    if not smaller or "X" in one + other or "DE" in one or "CE" in one:
        return None
    return Draft("DURATION", one + (other[2:] if "T" in one and "T" in other else other[1:]), _mod(match))


def _fortnight(match: re.Match[str]) -> Draft:
    return Draft("DURATION", "P2W", _mod(match))


def _and_a_half(match: re.Match[str]) -> Draft | None:
    number = number_of(match["n"])
    return Draft("DURATION", _period(f"{number}.5", match["u"]), _mod(match)) if number.isdigit() else None


def _window(match: re.Match[str]) -> Draft | None:
    """ "the past two weeks", "recent years", "the coming days"."""
    return Draft("DURATION", _period(number_of(match["n"]) if match["n"] else "X", match["u"]))


def _span(match: re.Match[str]) -> Draft | None:
    """ "three to five days" has no one length; "thirty-six hours" has."""
    whole = re.fullmatch(r"(\w+)-(\w+)", match[0][: match.end("n") - match.start()])
    if whole and number_of(whole[0]).isdigit():
        return Draft("DURATION", _period(number_of(whole[0]), match["u"]))
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


def _one(match: re.Match[str]) -> Draft | None:
    """ "an hour longer", "another day"; "80 miles an hour" is a rate, and "another second" none."""
    before, _ = outside(match)
    if match["an"]:
        return None if _RATED.search(before) else Draft("DURATION", "PT1H")
    unit = match["u2"].lower()
    return None if unit in ("second", "quarter", "minute") else Draft("DURATION", _period("1", unit))


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
    """TIMEX3: PT1H30M for 1.5 hours, P3D, PXW, P2DE for two decades."""
    code = values("unit")[unit.lower().removesuffix("s") if unit.lower() not in values("unit") else unit.lower()]
    if code in ("DE", "CE"):
        return f"P{number}{code}"
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
