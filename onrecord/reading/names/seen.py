"""Names that the encoder sees where no list or rule knows them, as tokens of a sheet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.encoder import Named
from onrecord.model import Span
from onrecord.model.annotation import NameKind
from onrecord.reading.names.countries import has_state_ending
from onrecord.reading.names.titles import Title, title_at
from onrecord.reading.names.tokens import Claim, Sheet
from onrecord.reading.names.words import word_list

_SURE = 0.7  # mean probability of the name's words
_LIKELY = 0.5
_SURE_ALONE = 0.85  # of a name of one word
_LONGEST = 6  # words of a person's name


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder takes for a name: tokens ``first`` to ``last`` (half open) and its kind."""

    first: int
    last: int
    kind: str
    sure: float = 1.0


def place_seen(sheet: Sheet, names: Sequence[Named], sure: bool = True) -> tuple[Seen, ...]:
    """The names that the encoder is sure of, without titles before them and possessive endings after them.

    Not ``sure``: those that are likelier names than not.
    """
    starts, ends = [t.start for t in sheet.tokens], [t.end for t in sheet.tokens]
    found = []
    for name in names:
        first, last = bisect_right(ends, name.span.start), bisect_left(starts, name.span.end)
        while last > first and _is_ending(sheet, last - 1):
            last -= 1
        while first < last and not sheet.word(first)[0].isalnum():
            first += 1
        if last - first > 1 and sheet.word(first).lower() == "the":
            first += 1
        title = title_at(sheet, first) if first < last else None
        if title and name.kind == "person":
            first = title[0]
        if first >= last or not sheet.together(first, last) or not any(t.capital for t in sheet.tokens[first:last]):
            continue
        if name.confidence >= (_LIKELY if not sure else _SURE if last - first > 1 else _SURE_ALONE):
            found.append(Seen(first, last, name.kind, name.confidence))
    return tuple(found)


def _is_ending(sheet: Sheet, index: int) -> bool:
    """A mark or a possessive ending, which is no word of a name; typed apart it is two tokens."""
    word = sheet.word(index)
    return (
        not word[-1].isalnum()
        or sheet.tokens[index].possessive
        or (word == "s" and sheet.word(index - 1) in ("'", "’"))
    )


def seen_surnames(sheet: Sheet, seen: Sequence[Seen]) -> Iterator[str]:
    """Words that end the names of people who are named by more than one."""
    return (sheet.word(one.last - 1) for one in seen if one.kind == "person" and one.last - one.first > 1)


def seen_states(sheet: Sheet, seen: Sequence[Seen]) -> frozenset[str]:
    """Words that the encoder takes for states or cities."""
    return frozenset(sheet.words(one.first, one.last) for one in seen if one.kind == "state")


def _always_seen(sheet: Sheet, seen: Sequence[Seen]) -> frozenset[str]:
    """Words that the encoder takes for people nearly wherever they stand."""
    met = Counter(token.word for token in sheet.tokens)
    people = Counter(sheet.word(one.last - 1) for one in seen if one.kind == "person")
    return frozenset(word for word, times in people.items() if 3 * times >= 2 * met[word])


def claim_seen(sheet: Sheet, seen: Sequence[Seen], kind: str, titles: Sequence[Title]) -> None:
    """Claims the names of one kind whose words nothing has claimed and no title holds."""
    titled = {place for title in titles for place in range(title.first, title.last)}
    always = _always_seen(sheet, seen) if kind == "person" else frozenset()
    for one in seen:
        if one.kind != kind or not sheet.free(one.first, one.last) or sheet.tokens[one.first].titled:
            continue
        if not titled.isdisjoint(range(one.first, one.last)):
            continue  # "Secretary of State"
        alone = one.last - one.first == 1
        if alone and kind == "person" and sheet.word(one.first) not in always:
            continue  # "talks in Torvik": a word that is a person here and something else there
        if kind == "person" and (one.last - one.first > _LONGEST or sheet.word(one.first) in word_list("no_name")):
            continue
        words = sheet.words(one.first, one.last)
        if alone and has_state_ending(words):
            continue  # "Borovian": made from the name of a state
        sheet.claim(Claim(one.first, one.last, "person" if kind == "person" else "organisation", words, "encoder"))


def claim_seen_places(sheet: Sheet, seen: Sequence[Seen]) -> None:
    """Claims places where places stand, which nothing has claimed: "landed in Porto Lume shortly"."""
    for one in seen:
        after_preposition = sheet.word(one.first - 1).lower() in word_list("place_word_before")
        if one.kind in ("place", "state") and after_preposition and sheet.free(one.first, one.last):
            words = sheet.words(one.first, one.last)
            sheet.claim(Claim(one.first, one.last, "place", words, "encoder", place_use=True))


def settle(sheet: Sheet, seen: Sequence[Seen], titles: Sequence[Title], shown: Sequence[Span]) -> None:
    """Where rules and encoder differ on where a name begins and ends, the encoder is right; what no list knows and the
    encoder does not see, in the paragraphs it was ``shown``, is no name.

    What the rules know of a name (whose ministry it is, which state's adjective) they keep; documents are theirs alone.
    Measured on paragraphs of our own: of the names that both touch and part otherwise, 66 of 77 are as the encoder
    has them.
    """
    titled = {place for title in titles if title.kind != "honorific" for place in range(title.first, title.last)}
    seen = [one for one in seen if titled.isdisjoint(range(one.first, one.last))]  # "Secretary of State"
    wanted = _alike(sheet, [one for one in seen if one.kind != "group"])
    known = {sheet.words(one.first, one.last) for one in wanted}
    known |= {sheet.word(one.last - 1) for one in wanted if one.kind == "person"}
    for one in wanted:
        held = list({id(c): c for place in range(one.first, one.last) if (c := sheet.at(place))}.values())
        if any(claim.kind in _RULED or _holds(claim, one) for claim in held):
            continue
        if len(held) == 1 and (held[0].first, held[0].last) == (one.first, one.last):
            _settle_kind(sheet, held[0], one)
        elif not held or _parts_it(held, one):
            for claim in held:
                sheet.drop(claim)
            sheet.claim(_claim_of(sheet, one, held))
    touched = {place for one in seen for place in range(one.first, one.last)}
    for claim in list(sheet.claims()):
        weak = claim.kind in ("person", "organisation", "place") and claim.why not in _LISTED
        unseen = (
            touched.isdisjoint(range(claim.first, claim.last)) and sheet.words(claim.first, claim.last) not in known
        )
        start = sheet.tokens[claim.first].start
        if weak and unseen and any(p.start <= start < p.end for p in shown):
            sheet.drop(claim)


def _alike(sheet: Sheet, seen: Sequence[Seen]) -> list[Seen]:
    """The same words are one kind of thing in one text: what they mostly are, each time weighed by how sure it is.

    A word that ends a person's full name and is nothing else in full is that person.
    """
    weights: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    surnames: Counter[str] = Counter()
    for one in seen:
        weights[sheet.words(one.first, one.last)][one.kind] += one.sure
        if one.kind == "person" and one.last - one.first > 1:
            surnames[sheet.word(one.last - 1)] += 1
    found = []
    for one in seen:
        words = sheet.words(one.first, one.last)
        if words in surnames and one.kind in ("place", "state") and weights[words]["person"] > 0:
            found.append(replace(one, kind="person"))
            continue
        kind, weight = max(weights[words].items(), key=lambda item: item[1])
        found.append(replace(one, kind=kind) if weight > 1.5 * weights[words][one.kind] else one)
    return [_with_stop(sheet, one) for one in found]


_STOPPED = frozenset(("Co", "Jr", "Sr", "Inc", "Ltd", "Corp", "Bros"))


def _with_stop(sheet: Sheet, one: Seen) -> Seen:
    """ "Sonnleitner & Co." with its stop."""
    if sheet.word(one.last - 1) in _STOPPED and sheet.word(one.last) == "." and sheet.together(one.first, one.last + 1):
        return replace(one, last=one.last + 1)
    return one


_RULED = ("document", "group")
_LISTED = frozenset(
    ("organisation", "outlet", "body", "place", "capital", "people", "state", "adjective", "part", "side")
)
_KINDS = ("person", "state", "place")


def _holds(claim: Claim, one: Seen) -> bool:
    """ "Norland's central bank" and "the Norland parliament" are one body, whatever is seen of Norland in it."""
    return claim.kind == "body" and claim.first <= one.first and one.last <= claim.last and claim.first < claim.last - 1


def _settle_kind(sheet: Sheet, claim: Claim, one: Seen) -> None:
    """An organisation that no list knows is what the encoder takes it for."""
    if claim.kind == "organisation" and claim.why not in _LISTED and one.kind in _KINDS:
        sheet.drop(claim)
        sheet.claim(_claim_of(sheet, one, []))


def _parts_it(held: Sequence[Claim], one: Seen) -> bool:
    """Whether the claims on a seen name may give way to it: adjectives that reach no further, and whatever is no
    list's.
    """
    return all((claim.first >= one.first and claim.last <= one.last) or claim.why not in _LISTED for claim in held)


def _claim_of(sheet: Sheet, one: Seen, held: Sequence[Claim]) -> Claim:
    words = sheet.words(one.first, one.last)
    kind: NameKind = one.kind  # type: ignore[assignment]
    country = next((claim.country for claim in held if claim.country), None)
    if kind == "organisation" and any(claim.kind == "body" for claim in held):
        kind = "body"
    state = next((claim for claim in held if claim.kind == "state" and not claim.adjective), None)
    if kind == "state" and state:  # "Republic of Ustan" is Ustan
        return Claim(one.first, one.last, "state", state.name, "encoder", state.country)
    return Claim(
        one.first, one.last, kind, words, "encoder", country if kind == "body" else None, place_use=kind == "place"
    )
