"""Groups: which tellings tell one entry. Blocked by kind and side, decided on slots and content words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from math import ceil, fsum

from onrecord.linking.actors import Actors
from onrecord.linking.order import in_order
from onrecord.linking.paper_names import is_absent, kind_of_paper, makes_in
from onrecord.linking.places import SENTENCE_END
from onrecord.linking.spelling import fold
from onrecord.linking.wording import ASKING, capital_words, content_words, denies, rarity, shared
from onrecord.model import Act, Corpus, Group, Statement, Telling, When, entry_id

_SAME_WORDS = 0.5  # of the words of both wordings, names and all
# Or of the weight of the shorter wording without names, rare words weighing most: where two words are the same, or
# more. Beside half of all words this joins, on our corpus of tellings, 114 instead of 73 pairs of statements that are
# one and 3 instead of 2 that are not, and about twice as many answers and meetings, with no more that are wrong.
_SAME_OF_TWO, _SAME_OF_MORE = 0.6, 0.4
_OF_SENTENCE, _SURER = 3, 0.1  # words that two sentences share, and so much more of the shorter
_OTHER_DAY = 0.15  # and so much more where the days differ
_LITTLE = 0.4  # weight of words that nobody wrote, so that two common words of three are not yet likeness
_FEWEST_COMMON = 2  # words
_LEAST_WORDS = 5  # shorter wordings are the same by chance
_DAYS_APART = 3  # one event is not told more days apart than this
_WHOSE = (["of"], ["for"])  # behind an office: whose it is
_OF_NOBODY = ("meeting", "commitment")  # kinds of which the rules below ask no author


def find_groups(corpus: Corpus, actors: Actors, tellings: list[Telling], ranks: dict[str, int]) -> tuple[Group, ...]:
    """Tellings joined into entries. The first telling of a group founds it, and its id is made from that one."""
    blocks: dict[tuple[str, tuple[str, ...]], list[Telling]] = defaultdict(list)
    for telling in tellings:
        blocks[telling.kind, _block(telling, actors)].append(telling)
    names = frozenset(word for actor in actors.listed for word in actors.words(actor.id))
    known = _Known(actors, rarity(map(words_of, tellings)), names)
    groups = [group for key in sorted(blocks) for group in _join(in_order(blocks[key], ranks), known)]
    groups = _with_speakers(groups, known, ranks)
    order = {id(telling): number for number, telling in enumerate(in_order(tellings, ranks))}
    return tuple(sorted(groups, key=lambda group: order[id(group.tellings[0])]))


def words_of(telling: Telling) -> str:
    """The words of a telling, the pieces of a broken quotation parted."""
    return " … ".join(span.exact for span in telling.content)


def agree(a: When | None, b: When | None) -> bool:
    """Whether two dates can be one: they share a day, or one of them is not known."""
    if a is None or b is None or a.edtf is None or b.edtf is None:
        return True
    starts = [when.earliest for when in (a, b) if when.earliest]
    ends = [when.latest for when in (a, b) if when.latest]
    return not starts or not ends or max(starts) <= min(ends)


def is_near(a: When | None, b: When | None) -> bool:
    """Whether two dates agree or lie so few days apart that one of them may be wrong."""
    if agree(a, b) or a is None or b is None or not (a.earliest and a.latest and b.earliest and b.latest):
        return agree(a, b)
    gap = max(a.earliest, b.earliest) - min(a.latest, b.latest)
    return gap.days <= _DAYS_APART


def _block(telling: Telling, actors: Actors) -> tuple[str, ...]:
    """Only tellings of one kind by one side are compared; a meeting is its participants' alike."""
    if telling.kind == "statement":
        return telling.by
    if telling.kind == "meeting":
        return ()
    return tuple(sorted({actors.side(actor) for actor in telling.by}))


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rules need beside two tellings: who is who, how rare each word is, and which are words of names."""

    actors: Actors
    rarity: Mapping[str, float]
    names: frozenset[str]

    def words(self, telling: Telling) -> frozenset[str]:
        """The words that say what a telling tells: not whom it names, nor that something is asked."""
        return self.said(words_of(telling))

    def said(self, wording: str) -> frozenset[str]:
        """The same of any words."""
        return content_words(wording) - (capital_words(wording) & self.names) - ASKING

    def weight(self, words: Iterable[str]) -> float:
        """How much some words say; the same in whatever order a set gives them."""
        return fsum(self.rarity.get(word, 1.0) for word in words)

    def by_rarity(self, words: Iterable[str]) -> list[str]:
        """The rarest first."""
        return sorted(words, key=lambda word: (-self.rarity.get(word, 1.0), word))


def _join(tellings: list[Telling], known: _Known) -> list[Group]:
    kind = tellings[0].kind
    same = _RULES[kind]
    members: list[list[Telling]] = []
    reasons: list[list[str]] = []
    founders = _Founders(known, by_words=bool(tellings[0].by) or kind in _OF_NOBODY)
    for telling in tellings:
        for number in founders.near(telling):
            # A telling joins a group only by its founder, so that likeness does not creep from one to the next.
            group = members[number]
            why = _same_place_in_text(group[0], telling) or (
                same(group[0], telling, known) if _is_supposed(group[0]) == _is_supposed(telling) else None
            )
            if why:
                group.append(telling)
                reasons[number].append(why)
                break
        else:
            founders.add(len(members), telling)
            members.append([telling])
            reasons.append([])
    return [
        Group(_id(group[0]), kind, tuple(group), "; ".join(dict.fromkeys(why)) or "told once")
        for group, why in zip(members, reasons, strict=True)
    ]


def _with_speakers(groups: list[Group], known: _Known, ranks: dict[str, int]) -> list[Group]:
    """What an article gives to an office alone, joined to the only statement of one who holds it that quotes the same.

    "said the Deputy Prime Minister": which state's, another article says.
    """
    spoken = [group for group in groups if group.kind == "statement" and group.tellings[0].by]
    founders = _Founders(known, by_words=True)
    for number, group in enumerate(spoken):
        founders.add(number, group.tellings[0])
    joined: dict[str, list[Telling]] = defaultdict(list)
    for group in groups:
        if group.kind == "statement" and not group.tellings[0].by and _quoted(group.tellings[0]):
            near = [spoken[number] for number in founders.near(group.tellings[0])]
            fits = [other for other in near if all(_may_say(other.tellings[0], t, known) for t in group.tellings)]
            if len(fits) == 1:
                joined[fits[0].id] += group.tellings
    moved = {id(telling) for tellings in joined.values() for telling in tellings}
    kept = [group for group in groups if id(group.tellings[0]) not in moved]
    return [_grown(group, joined[group.id], ranks) if group.id in joined else group for group in kept]


def _may_say(said: Telling, told: Telling, known: _Known) -> bool:
    """Whether somebody's statement may be what another article gives to an office that nobody else is told to hold.

    Words alone do not tell: who contradicts another takes up his words.
    """
    if said.article == told.article or not _quoted(said) or not is_near(said.when, told.when):
        return False
    holders = _holders(" ".join(span.exact for span in told.speaker_words), known.actors)
    enough = len(known.words(said) & known.words(told)) >= _OF_SENTENCE
    return holders == {*said.by} and enough and _same_words(said, told, known) is not None


def _holders(words: str, actors: Actors) -> frozenset[str]:
    """Who holds the office that words begin with; nobody where they say whose it is: "the minister of Sudmark"."""
    speaker = fold(words).removeprefix("the ").split()
    for size in range(len(speaker), 0, -1):  # "the deputy minister" is no minister
        holders = actors.by_title.get(" ".join(speaker[:size]))
        if holders:
            return frozenset() if speaker[size : size + 1] in _WHOSE else holders
    return frozenset()


def _grown(group: Group, more: list[Telling], ranks: dict[str, int]) -> Group:
    tellings = tuple(in_order([*group.tellings, *more], ranks))
    return Group(_id(tellings[0]), group.kind, tellings, f"{group.why}; one quotes it without its speaker")


class _Founders:
    """The founders of groups, by what a telling of the same has in common with one: never all are compared.

    Of two wordings that have enough in common, each has one of its rarest words in the other, as many of them as leave
    less than enough. Source: prefix filtering (Chaudhuri, Ganti, Kaushik, 2006).
    """

    def __init__(self, known: _Known, *, by_words: bool) -> None:
        """Not ``by_words``: the tellings are nobody's, and such are one only where they are the same words."""
        self._known, self._by_words = known, by_words
        self._holding: dict[tuple[str, object], list[int]] = defaultdict(list)

    def add(self, number: int, telling: Telling) -> None:
        for mark in self._found_by(telling, "word", "rare"):
            self._holding[mark].append(number)

    def near(self, telling: Telling) -> list[int]:
        """The founders that share a mark or a rare word, which every rule asks for, in their order."""
        marks = self._found_by(telling, "rare", "word")  # its words among their rarest, its rarest among their words
        return sorted({number for mark in marks for number in self._holding.get(mark, ())})

    def _found_by(self, telling: Telling, each: str, rarest: str) -> Iterator[tuple[str, object]]:
        """What leads to a telling: each of its words and the rarest by these names, its sentences' words, its marks."""
        if self._by_words:
            words = self._known.words(telling)
            yield from ((each, word) for word in words)
            yield from ((rarest, word) for word in self._rarest(words))
            yield from (("sentence", word) for word in self._of_sentences(telling))
            yield from (("of all", word) for word in self._first_half(telling))
        yield from _marks(telling, self._known.actors)

    def _rarest(self, words: frozenset[str]) -> list[str]:
        """The rarest words, so many that the others weigh less than two wordings must have in common."""
        left = self._known.weight(words)
        least = _SAME_OF_MORE * (left + _LITTLE)
        ordered = self._known.by_rarity(words)
        for place, word in enumerate(ordered):
            if left < least:
                return ordered[:place]
            left -= self._known.weight((word,))
        return ordered

    def _of_sentences(self, telling: Telling) -> set[str]:
        """The words of each sentence that is quoted, but for the commonest, which fewer than must be shared may be."""
        sentences = map(self._known.said, _quoted(telling))
        return {word for words in sentences for word in self._known.by_rarity(words)[: 1 - _OF_SENTENCE]}

    def _first_half(self, telling: Telling) -> list[str]:
        """The rarest of all words, so many that the others are fewer than two wordings must have in common."""
        words = content_words(words_of(telling))
        return self._known.by_rarity(words)[: len(words) - ceil(_SAME_WORDS * len(words)) + 1]


def _marks(telling: Telling, actors: Actors) -> Iterator[tuple[str, object]]:
    """What may make two tellings one though their words are other ones: the rules below, each by what it asks for."""
    yield "annotation", telling.annotation.id
    yield "words", fold(words_of(telling))
    if telling.kind == "meeting":
        sides = sorted({actors.side(party) for party in (*telling.by, *telling.to)})
        yield from (("sides", pair) for pair in combinations(sides, 2))
        if telling.place:
            yield "place", telling.place
    if telling.kind == "document":
        yield "paper", kind_of_paper(str(telling.attributes.get("name", "")))
    if telling.kind == "commitment":
        yield "name", _name_without_year(telling)


def _is_supposed(telling: Telling) -> bool:
    """Whether a telling says only what might be: "the ministers could meet before then" is no telling of a meeting."""
    return isinstance(telling.annotation, Act) and telling.annotation.modality == "hypothetical"


def _id(founder: Telling) -> str:
    return entry_id(founder.kind, founder.annotation.id)


def _same_statement(a: Telling, b: Telling, known: _Known) -> str | None:
    """One outlet quotes of a statement what another leaves out: one sentence that both quote is enough."""
    if not a.by or not is_near(a.when, b.when):
        return None
    return _same_words(a, b, known) or (_same_sentence(a, b, known) if a.article != b.article else None)


def _same_sentence(a: Telling, b: Telling, known: _Known) -> str | None:
    """Whether a sentence that one quotes is one that the other quotes, perhaps in another translation."""
    for one, other in product(_quoted(a), _quoted(b)):
        words = known.said(one), known.said(other)
        enough = len(words[0] & words[1]) >= _OF_SENTENCE and denies(one) == denies(other)
        if enough and _same_matter(*words, _SURER, known):
            return "both quote one sentence"
    return None


def _quoted(telling: Telling) -> tuple[str, ...]:
    """The sentences of a statement that are given in the speaker's words."""
    verbatim = telling.annotation.verbatim if isinstance(telling.annotation, Statement) else ()
    return tuple(part for span in verbatim for part in SENTENCE_END.split(span.exact) if part)


def _same_demand(a: Telling, b: Telling, known: _Known) -> str | None:
    if not a.by or a.attributes.get("polarity") != b.attributes.get("polarity"):
        return None
    return _same_words(a, b, known) if may_be_one(a.to, b.to, known.actors) else None


def _same_answer(a: Telling, b: Telling, known: _Known) -> str | None:
    if not a.by or a.status != b.status or not may_be_one(a.to, b.to, known.actors) or not is_near(a.when, b.when):
        return None
    return _same_words(a, b, known)


def _same_meeting(a: Telling, b: Telling, known: _Known) -> str | None:
    """Two tellings of one meeting: by parties with day or place, or by day and place, or by their words.

    "met on 9 May in Arden Bay" and "met in Arden Bay on Wednesday", the 10th, are one meeting dated twice.
    """
    if a.status != b.status or not is_near(a.when, b.when) or (a.place and b.place and a.place != b.place):
        return None
    one, two = ({known.actors.side(actor) for actor in (*t.by, *t.to)} for t in (a, b))
    if one and two and not one & two:
        return None
    dated, placed = _is_known(a.when) and _is_known(b.when), a.place is not None and a.place == b.place
    if placed and not dated and a.article == b.article and {*a.by, *a.to} != {*b.by, *b.to}:
        # One article's "Berg and Ek's talks in Vessel" and an earlier round of their states'.
        return _same_words(a, b, known)
    if len(one & two) > 1 and (one <= two or two <= one) and (dated or placed):
        return "the same parties, and the same " + ("day" if dated else "place")
    if dated and placed:
        return "the same day and place" if agree(a.when, b.when) else "the same place, a few days apart"
    # "the two governments meet" and "the first meeting of the two" share their words by chance.
    may_be = one <= two or two <= one or (dated and placed)  # not Norland with Sudmark, and Norland with Varland
    return _same_words(a, b, known) if may_be and (one & two or dated or placed) else None


def _same_document(a: Telling, b: Telling, known: _Known) -> str | None:
    """Two tellings of one stage of a paper: the same author, kind of paper and status, or the same words."""
    if not a.by or a.status != b.status or not may_be_one(a.to, b.to, known.actors) or not is_near(a.when, b.when):
        return None
    if makes_in(a) != makes_in(b) or _differ(a, b, "year") or _differ(a, b, "form") or is_absent(a) != is_absent(b):
        return None
    papers = {kind_of_paper(str(telling.attributes.get("name", ""))) for telling in (a, b)}
    if a.status and len(papers) == 1 and (kind := papers.pop()):
        return f"one party's {kind}, told at the same stage"
    return _same_words(a, b, known)


def _same_commitment(a: Telling, b: Telling, known: _Known) -> str | None:
    """ "the Sabel Convention of 1974" and "the Sabel Convention of 1973" are one treaty, dated twice."""
    names = _name_without_year(a), _name_without_year(b)
    if names[0] and names[0] == names[1]:
        return "the same name"
    return None if any(names) else _same_words(a, b, known)


def _same_action(a: Telling, b: Telling, known: _Known) -> str | None:
    if not a.by or a.attributes.get("plover") != b.attributes.get("plover") or not is_near(a.when, b.when):
        return None
    return _same_words(a, b, known) if may_be_one(a.to, b.to, known.actors) else None


def _same_place_in_text(a: Telling, b: Telling) -> str | None:
    """One annotation in two articles that run one text, or the same words in two that do not."""
    if a.annotation.id == b.annotation.id:
        return "the same words in two articles"
    words, others = (fold(words_of(telling)) for telling in (a, b))
    same = words == others and a.status == b.status
    return "the same words" if same and len(words.split()) >= _LEAST_WORDS else None


def _same_words(a: Telling, b: Telling, known: _Known) -> str | None:
    """Why two wordings are one. A wording is never joined with what denies it.

    Outlets date one event a day or two apart: then the wordings must share more.
    """
    if denies(words_of(a)) != denies(words_of(b)):
        return None
    more = 0.0 if agree(a.when, b.when) else _OTHER_DAY
    one, two = content_words(words_of(a)), content_words(words_of(b))
    alike = shared(one, two) >= _SAME_WORDS + more and len(one & two) >= _FEWEST_COMMON
    # Two letters of one party are told in the same words but for their names: of papers, all words count.
    if not alike and (a.kind == "document" or not _same_matter(known.words(a), known.words(b), more, known)):
        return None
    return f"{shared(one, two):.0%} of the content words are the same"


def _same_matter(one: frozenset[str], two: frozenset[str], more: float, known: _Known) -> bool:
    """Whether so much of the shorter wording, names and words of asking left out, stands in the other."""
    common = one & two
    if len(common) < _FEWEST_COMMON:
        return False
    least = _SAME_OF_TWO if len(common) == _FEWEST_COMMON else _SAME_OF_MORE
    return known.weight(common) >= (least + more) * (min(known.weight(one), known.weight(two)) + _LITTLE)


def _is_known(when: When | None) -> bool:
    return when is not None and when.edtf is not None


def _differ(a: Telling, b: Telling, slot: str) -> bool:
    """Whether both tell the slot, and not the same: "the protocol of 2015" and "the protocol of 2019"."""
    return a.attributes.get(slot) != b.attributes.get(slot) and None not in (
        a.attributes.get(slot),
        b.attributes.get(slot),
    )


def _name_without_year(telling: Telling) -> str:
    """A treaty's name without its article, its year and "of"."""
    words = fold(str(telling.attributes.get("name", ""))).split()
    return " ".join(word for word in words if not word.isdigit()).removeprefix("the ").removesuffix(" of")


def may_be_one(a: tuple[str, ...], b: tuple[str, ...], actors: Actors) -> bool:
    """Whether two lists of parties can be one: they share a side, or one of them is not known."""
    return not a or not b or bool({actors.side(x) for x in a} & {actors.side(x) for x in b})


_RULES: dict[str, Callable[[Telling, Telling, _Known], str | None]] = {
    "statement": _same_statement,
    "demand": _same_demand,
    "answer": _same_answer,
    "meeting": _same_meeting,
    "document": _same_document,
    "commitment": _same_commitment,
    "action": _same_action,
}
