"""The clause around a verb: who does it, its verb group, where it ends; found by rules one can read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.model import Span
from onrecord.model.annotation import Modality
from onrecord.reading.acts.phrases import FAR, is_finite, is_noun_word, parties_in, phrase_start
from onrecord.reading.acts.words import base_forms, finite_forms, is_ly_adverb, verb_forms, word_class
from onrecord.reading.passage import Passage


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause of a verb, in word indices. ``subject`` is (first, end) of its noun phrase, None: not found.

    ``start`` is where its own words begin: the subject where it stands before the verb, else the verb group
    ("Norland welcomed the paper and | called for talks" starts at "called", with "Norland" as subject).
    """

    start: int
    group: int  # first word of the verb group
    verb: int  # the verb itself
    end: int  # exclusive
    subject: tuple[int, int] | None
    passive: bool = False
    negated: bool = False
    modality: Modality = "real"
    hedge: str | None = None
    form: str = "finite"  # "finite", "infinitive", "participle"

    @property
    def near(self) -> bool:
        """Whether the subject stands before its own verb."""
        return self.subject is not None and self.start <= self.subject[0] < self.group


def find_clause(passage: Passage, verb: int, after: int) -> Clause:
    """The clause whose verb is at ``verb``; ``after`` is the first word after the whole cue."""
    low, high = bounds(passage, verb)
    group = _group_start(passage, verb, low)
    words = [passage.low(n) for n in range(group, verb)]
    form = _form(passage, verb, words)
    subject, start = find_subject(passage, group, low)
    if form == "infinitive":
        subject, start = _controller(passage, group, low), group
    return Clause(
        start=start,
        group=group,
        verb=verb,
        end=clause_end(passage, after, high),
        subject=subject,
        passive=_is_passive(passage, verb, words),
        negated=_has_no(passage, subject)
        or any(word in word_class("negator") for word in words)
        or passage.low(verb) in word_class("negator"),
        modality=_modality(passage, group, words, low),
        hedge=_hedge(passage, group, verb, start),
        form=form,
    )


SAYS_NO = frozenset(("no", "neither", "nobody", "none", "nothing"))
"""Words that, as a subject or its first word, deny what the verb says."""


def _has_no(passage: Passage, subject: tuple[int, int] | None) -> bool:
    """Whether the subject says no: "neither capital", "no party", "nobody"."""
    return subject is not None and passage.low(subject[0]) in SAYS_NO


def bounds(passage: Passage, index: int) -> tuple[int, int]:
    """The words of the innermost reported content that holds the word; else the whole passage.

    An act told by a source ends where the source's words end.
    """
    low, high = 0, len(passage.words)
    for statement in passage.statements:
        for content in statement.content:
            first, end = passage.words_of(content)
            holds = first <= index < end and 4 < end - first <= high - low  # shorter, it is a quoted word or two
            if holds and (content in statement.verbatim or _holds_clause(passage, first, end)):
                low, high = first, end
    return low, high


def _holds_clause(passage: Passage, first: int, end: int) -> bool:
    """Whether the words say something of their own; "published | a package of demands" is one clause with its cue."""
    if passage.low(first) in ("that", "whether", "if", "to"):
        return True
    for index in range(first, end):
        if passage.low(index) in ("which", "who", "whose", "where", "that"):
            return False
        if is_finite(passage, index):
            return True
    return False


def find_subject(passage: Passage, group: int, low: int) -> tuple[tuple[int, int] | None, int]:
    """The noun phrase that does what the verb group at ``group`` says, and where the clause's own words begin."""
    subject, start = _own_subject(passage, group, low)
    return (subject, start) if subject else (_shared_subject(passage, group, low), start)


def _own_subject(passage: Passage, group: int, low: int) -> tuple[tuple[int, int] | None, int]:
    """The subject that stands before its own verb group."""
    index = group
    while index > low and index - 1 in passage.time_of:  # "Norland on Monday rejected"
        index -= 1
        if passage.low(index - 1) in ("on", "in", "at", "since"):
            index -= 1
    before = passage.low(index - 1) if index > low else ""
    if before in ("which", "who", "that") and index - 1 > low:
        antecedent = index - 2 if passage.low(index - 2) == "," else index - 1
        first = _phrase_before(passage, antecedent, low)
        return ((first, antecedent) if first < antecedent else None), index - 1
    if before in (",", ")", "–", "—", "-"):
        opened = _interpolation_start(passage, index - 1, low)
        if opened is not None and passage.low(group) not in verb_ings():
            first = _phrase_before(passage, opened, low)
            if first < opened:
                return (first, opened), first
    if before in ("it", "he", "she", "they", "we", "i"):
        return (index - 1, index), index - 1  # "told the League | it would not sign"
    first = _phrase_before(passage, index, low)
    if first < index and before not in ("and", "or", "but"):
        return (first, index), first
    return None, group


def clause_end(passage: Passage, index: int, limit: int) -> int:
    """Where the clause that runs on at ``index`` ends (exclusive)."""
    limit = min(limit, index + FAR)
    place = index
    while place < limit:
        low = passage.low(place)
        if low in (";", ":", "—", "–") or low in _plain_breaks():
            break
        if low == "(":
            place = _closed(passage, place, limit)
            continue
        if low == "," and _breaks_at_comma(passage, place, limit):
            break
        if low in ("and", "or") and _opens_clause(passage, place + 1, limit):
            break
        place += 1
    while place > index and passage.words[place - 1].is_mark and passage.words[place - 1].text not in _KEPT:
        place -= 1
    return place


def subject_parties(passage: Passage, clause: Clause) -> tuple[Span, ...]:
    """The parties that the clause's subject names."""
    return parties_in(passage, *clause.subject) if clause.subject else ()


@cache
def verb_ings() -> frozenset[str]:
    """The -ing form of every known verb."""
    return frozenset(form for verb in base_forms() for form, part in verb_forms(verb).items() if part == "ing")


_KEPT = frozenset('”"’»)]″%')


@cache
def _plain_breaks() -> frozenset[str]:
    return frozenset(("but", "while", "whereas", "although", "though", "because", "unless", "despite", "amid"))


def _group_start(passage: Passage, verb: int, low: int) -> int:
    """The first word of the verb group: auxiliaries, negations and adverbs before the verb belong to it."""
    index = verb
    part_of = word_class("be") | word_class("have") | word_class("do") | word_class("modal") | word_class("negator")
    while index > low:
        word = passage.low(index - 1)
        if (
            word in part_of - {"no", "neither", "nor", "without"}
            or word in ("to", "yet")
            or (
                (word in word_class("adverb") or word in word_class("hedge") or is_ly_adverb(word))
                and not (
                    index - 1 in passage.name_of or (word in ("so", "first", "both", "all", "long") and index == verb)
                )
            )
        ):
            index -= 1
        else:
            break
    while index < verb and passage.low(index) in word_class("adverb") and index == low:
        index += 1
    return index


def _form(passage: Passage, verb: int, group: list[str]) -> str:
    if "to" in group and not any(word in word_class("be") | word_class("have") for word in group[: group.index("to")]):
        return "infinitive"
    if passage.low(verb) in verb_ings() and not any(word in word_class("be") for word in group):
        return "participle"
    return "finite"


def _is_passive(passage: Passage, verb: int, group: list[str]) -> bool:
    word = passage.low(verb)
    if word in verb_ings():
        return False
    if any(aux in word_class("be") for aux in group):
        return True
    # "the treaty signed by Norland": a participle with its doer and no auxiliary.
    return word not in base_forms() and passage.low(verb + 1) == "by" and not group


def _modality(passage: Passage, group: int, words: list[str], low: int) -> Modality:
    before = [passage.low(n) for n in range(max(low, group - 12), group)]
    reported = low > 0 or any(n in passage.cue_words for n in range(group))
    if "would" in words and reported and not any(word in ("if", "unless", "whether") for word in before):
        return "future"  # "Berg said she would reply": the future, as a past report tells it
    if any(word in word_class("hypothetical") for word in words):
        return "hypothetical"
    if any(word in ("if", "unless", "whether") for word in before):
        return "hypothetical"
    if any(word in word_class("future") for word in words) or words[:2] in (["is", "to"], ["are", "to"]):
        return "future"
    if words and words[-1] == "to" and before and before[-1] in _intentions():
        return "future"
    return "real"


@cache
def _intentions() -> frozenset[str]:
    verbs = ("plan", "intend", "vow", "pledge", "promise", "expect", "want", "hope", "prepare", "threaten", "offer")
    forms = (form for verb in verbs for form in verb_forms(verb))
    return frozenset(forms) | {"set", "due", "ready", "willing", "likely", "going", "about", "able"}


def _hedge(passage: Passage, group: int, verb: int, start: int) -> str | None:
    for index in range(max(0, start - 2), verb + 1):
        if passage.low(index) in word_class("hedge"):
            return passage.low(index)
    return None


def _phrase_before(passage: Passage, end: int, low: int) -> int:
    """Where the subject noun phrase that ends before ``end`` begins, its "of" and "from" phrases included."""
    index, listed = end, False
    while index > low:
        if not is_noun_word(passage, index - 1) or index - 1 in passage.time_of:
            break
        first = max(phrase_start(passage, index - 1), low)
        before = passage.low(first - 1) if first - 2 >= low else ""
        joined = before == "and" and (
            _is_conjunct(passage, first - 2, first, low) or _ends_list(passage, first - 2, low)
        )
        if (
            joined
            or (before in _hanging() and _hangs(passage, first - 2))
            or (before == "," and listed and _is_item(passage, first - 2))
        ):
            listed = joined or (listed and before == ",")
            index = first - 1
        else:
            return first
    return index


@cache
def _hanging() -> frozenset[str]:
    return frozenset(("of", "for", "from", "to", "by", "between", "with", "on", "in", "at", "against"))


def _hangs(passage: Passage, index: int) -> bool:
    """Whether a link after this word hangs on a noun: "the ministry of", but not "he said in"."""
    return is_noun_word(passage, index) and index not in passage.time_of and index not in passage.cue_words


def _is_conjunct(passage: Passage, index: int, after: int, low: int) -> bool:
    """Whether "and" joins two subjects: "Norland and the League rejected", not "left Norland and Sudmark said"."""
    left = passage.name_of.get(index) or passage.reference_of.get(index)
    if left is None and passage.low(index) not in word_class("party_noun") | word_class("paper"):
        return False
    first = phrase_start(passage, index)
    before = passage.low(first - 1) if first > low else ""
    return (
        not before or before in _subject_openers() or passage.words[first - 1].is_mark or first - 1 in passage.time_of
    )


def _ends_list(passage: Passage, index: int, low: int) -> bool:
    """Whether the name at ``index`` is the last but one of a list: "Norland, Sudmark | and Varland"."""
    first = phrase_start(passage, index)
    listed = first - 2 >= low and passage.low(first - 1) == ","
    return listed and index in passage.name_of and _is_item(passage, first - 2)


def _is_item(passage: Passage, index: int) -> bool:
    """Whether a name before a comma is an item of a list of doers: not "In Norland, Sudmark and Varland asked"."""
    before = passage.low(phrase_start(passage, index) - 1)
    return index in passage.name_of and before not in word_class("preposition") - {"of", "from"}


@cache
def _subject_openers() -> frozenset[str]:
    return frozenset(word_class("subordinator") | {"both", "and", "that", "from", "by", "of", "said", "says"})


def _interpolation_start(passage: Passage, close: int, low: int) -> int | None:
    """The mark that opens the words which the mark at ``close`` ends: ", Norland's foreign minister,"."""
    wanted = {",": (",",), ")": ("(",)}.get(passage.low(close), ("–", "—", "-"))
    for index in range(close - 1, max(low, close - 26), -1):
        if passage.low(index) in wanted:
            return index
        if passage.low(index) in (";", ":"):
            return None
    return None


def _controller(passage: Passage, group: int, low: int) -> tuple[int, int] | None:
    """Who is to do what an infinitive says: "Norland agreed to send", "urged | Sudmark | to send".

    "Norland welcomed the decision to send" leaves it open.
    """
    before = group - 1
    if before < low:
        return None
    if before in passage.name_of or before in passage.reference_of or passage.low(before) in word_class("party_noun"):
        first = _phrase_before(passage, group, low)
        return (first, group) if first < group else None
    verb_like = passage.low(before) in finite_forms() | base_forms() | _intentions() | verb_ings()
    nominal = passage.low(before - 1) in word_class("article") | word_class("possessive")
    return _shared_subject(passage, group, low) if verb_like and not nominal else None


def _shared_subject(passage: Passage, group: int, low: int) -> tuple[int, int] | None:
    """The subject of the nearest verb before that has one, which this verb shares: "Norland waited and | demanded"."""
    low = max(low, group - FAR)
    for index in range(group - 1, low - 1, -1):
        if passage.low(index) == ";":
            return None
        if is_finite(passage, index):
            subject, _ = _own_subject(passage, _group_start(passage, index, low), low)
            if subject is not None:
                return subject
    return None


def _closed(passage: Passage, index: int, limit: int) -> int:
    for place in range(index + 1, min(index + 30, limit)):
        if passage.low(place) == ")":
            return place + 1
    return index + 1


def _breaks_at_comma(passage: Passage, comma: int, limit: int) -> bool:
    after = comma + 1
    if after >= limit:
        return True
    if after in passage.time_of and comma - 1 in passage.time_of:
        return False
    low = passage.low(after)
    if low in ("in", "at", "on") and _dates_next(passage, after + 1, limit):
        return True
    if low in ("and", "or") or low in ("as", "including", "not", "nor", "to", "in", "at", "on", "from"):
        return low in ("and", "or") and _opens_clause(passage, after + 1, limit)
    if low in word_class("clause_break") or low in verb_ings() or is_finite(passage, after):
        return True
    return not _is_list_item(passage, after, limit)


def _dates_next(passage: Passage, index: int, limit: int) -> bool:
    """Whether a date dates the next clause: "the talks were held in Vessel, on 12 March, the papers were read"."""
    end = next((n for n in range(index, limit) if n not in passage.time_of), limit)
    return index < end < limit and passage.low(end) == ","


def _is_list_item(passage: Passage, index: int, limit: int) -> bool:
    """Whether the words after a comma are one more item of a list that "and" ends."""
    for place in range(index, min(index + 14, limit)):
        low = passage.low(place)
        if place in passage.cue_words or is_finite(passage, place) or low in (";", ":", "“", '"'):
            return False
        if low in ("and", "or"):
            return not _opens_clause(passage, place + 1, limit)
    return False


def _opens_clause(passage: Passage, index: int, limit: int) -> bool:
    """Whether a clause, or a verb with the same subject, begins here, rather than one more noun."""
    while passage.low(index) in word_class("adverb") or is_ly_adverb(passage.low(index)):
        index += 1
    if index >= limit:
        return False
    if is_finite(passage, index) or passage.low(index) in finite_forms() - word_class("talk"):
        return True
    if passage.low(index) in word_class("clause_break") | word_class("subject_pronoun"):
        return passage.low(index) not in ("according",)
    for place in range(index, min(index + 12, limit)):
        low = passage.low(place)
        if is_finite(passage, place):
            return True
        if passage.words[place].is_mark or low in ("that", "which", "who"):
            return False
    return False
