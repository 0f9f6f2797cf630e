"""Groups: which tellings tell one entry. Blocked by kind and side, decided on slots and content words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import combinations
from math import ceil

from onrecord.lexicon.tables import read_table
from onrecord.linking.actors import Actors
from onrecord.linking.order import in_order
from onrecord.linking.spelling import fold
from onrecord.linking.wording import content_words, denies, shared
from onrecord.model import Act, Corpus, Group, Telling, When, entry_id

_SAME_WORDS = 0.5  # of the content words of both wordings
_SAME_WORDS_OTHER_DAY = 0.65
_LEAST_WORDS = 5  # shorter wordings are the same by chance
# Words of a name that tell one paper of a party from its next: "a second draft" is not the draft before it.
MAKES = frozenset(
    (
        *("preliminary", "initial", "interim", "oral", "verbal", "draft", "final", "new", "revised", "amended"),
        *("first", "second", "third", "fourth", "fifth", "another", "separate", "side"),
    )
)
_DAYS_APART = 3  # one event is not told more days apart than this


def find_groups(corpus: Corpus, actors: Actors, tellings: list[Telling], ranks: dict[str, int]) -> tuple[Group, ...]:
    """Tellings joined into entries. The first telling of a group founds it, and its id is made from that one."""
    blocks: dict[tuple[str, tuple[str, ...]], list[Telling]] = defaultdict(list)
    for telling in tellings:
        blocks[telling.kind, _block(telling, actors)].append(telling)
    groups = [group for key in sorted(blocks) for group in _join(in_order(blocks[key], ranks), actors)]
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


def _join(tellings: list[Telling], actors: Actors) -> list[Group]:
    kind = tellings[0].kind
    same: Callable[[Telling, Telling, Actors], str | None] = _RULES[kind]
    members: list[list[Telling]] = []
    reasons: list[list[str]] = []
    founders = _Founders(actors, Counter(word for telling in tellings for word in content_words(words_of(telling))))
    for telling in tellings:
        for number in founders.near(telling):
            # A telling joins a group only by its founder, so that likeness does not creep from one to the next.
            group = members[number]
            why = _same_place_in_text(group[0], telling) or (
                same(group[0], telling, actors) if _is_supposed(group[0]) == _is_supposed(telling) else None
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


class _Founders:
    """The founders of groups, by what a telling of the same has in common with one: never all are compared.

    Of the words of a telling only the rarest are looked up, so many that two tellings with ``_SAME_WORDS`` in common
    must share one of them. Source: prefix filtering (Chaudhuri, Ganti, Kaushik, 2006).
    """

    def __init__(self, actors: Actors, counts: Mapping[str, int]) -> None:
        self._actors, self._counts = actors, counts
        self._by_mark: dict[tuple[str, object], list[int]] = defaultdict(list)
        self._by_word: dict[str, list[int]] = defaultdict(list)

    def add(self, number: int, telling: Telling) -> None:
        for mark in _marks(telling, self._actors):
            self._by_mark[mark].append(number)
        for word in self._rarest(telling):
            self._by_word[word].append(number)

    def near(self, telling: Telling) -> list[int]:
        """The founders that share a mark or a rare word, which every rule asks for, in their order."""
        found = {number for word in self._rarest(telling) for number in self._by_word.get(word, ())}
        return sorted(found.union(*(self._by_mark.get(mark, ()) for mark in _marks(telling, self._actors))))

    def _rarest(self, telling: Telling) -> list[str]:
        words = sorted(content_words(words_of(telling)), key=lambda word: (self._counts[word], word))
        return words[: len(words) - ceil(_SAME_WORDS * len(words)) + 1]


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


def _same_statement(a: Telling, b: Telling, actors: Actors) -> str | None:
    return _same_words(a, b) if a.by and is_near(a.when, b.when) else None


def _same_demand(a: Telling, b: Telling, actors: Actors) -> str | None:
    if not a.by or a.attributes.get("polarity") != b.attributes.get("polarity"):
        return None
    return _same_words(a, b) if may_be_one(a.to, b.to, actors) else None


def _same_answer(a: Telling, b: Telling, actors: Actors) -> str | None:
    if not a.by or a.status != b.status or not may_be_one(a.to, b.to, actors) or not is_near(a.when, b.when):
        return None
    return _same_words(a, b)


def _same_meeting(a: Telling, b: Telling, actors: Actors) -> str | None:
    """Two tellings of one meeting: by parties with day or place, or by day and place, or by their words.

    "met on 9 May in Arden Bay" and "met in Arden Bay on Wednesday", the 10th, are one meeting dated twice.
    """
    if a.status != b.status or not is_near(a.when, b.when) or (a.place and b.place and a.place != b.place):
        return None
    one, two = ({actors.side(actor) for actor in (*t.by, *t.to)} for t in (a, b))
    if one and two and not one & two:
        return None
    dated, placed = _known(a.when) and _known(b.when), a.place is not None and a.place == b.place
    if placed and not dated and a.article == b.article and {*a.by, *a.to} != {*b.by, *b.to}:
        return _same_words(a, b)  # one article's "Berg and Ek's talks in Vessel" and an earlier round of their states'
    if len(one & two) > 1 and (one <= two or two <= one) and (dated or placed):
        return "the same parties, and the same " + ("day" if dated else "place")
    if dated and placed:
        return "the same day and place" if agree(a.when, b.when) else "the same place, a few days apart"
    # "the two governments meet" and "the first meeting of the two" share their words by chance.
    return _same_words(a, b) if one & two or dated or placed else None


def _same_document(a: Telling, b: Telling, actors: Actors) -> str | None:
    """Two tellings of one stage of a paper: the same author, kind of paper and status, or the same words."""
    if not a.by or a.status != b.status or not may_be_one(a.to, b.to, actors) or not is_near(a.when, b.when):
        return None
    if _make(a) != _make(b) or _differ(a, b, "year") or _differ(a, b, "form") or is_absent(a) != is_absent(b):
        return None
    papers = {kind_of_paper(str(telling.attributes.get("name", ""))) for telling in (a, b)}
    if a.status and len(papers) == 1 and (kind := papers.pop()):
        return f"one party's {kind}, told at the same stage"
    return _same_words(a, b)


def _same_commitment(a: Telling, b: Telling, actors: Actors) -> str | None:
    """ "the Sabel Convention of 1974" and "the Sabel Convention of 1973" are one treaty, dated twice."""
    names = _name_without_year(a), _name_without_year(b)
    if names[0] and names[0] == names[1]:
        return "the same name"
    return None if any(names) else _same_words(a, b)


def _same_action(a: Telling, b: Telling, actors: Actors) -> str | None:
    if not a.by or a.attributes.get("plover") != b.attributes.get("plover") or not is_near(a.when, b.when):
        return None
    return _same_words(a, b) if may_be_one(a.to, b.to, actors) else None


def _same_place_in_text(a: Telling, b: Telling) -> str | None:
    """One annotation in two articles that run one text, or the same words in two that do not."""
    if a.annotation.id == b.annotation.id:
        return "the same words in two articles"
    words = fold(words_of(a)), fold(words_of(b))
    long_enough = len(words[0].split()) >= _LEAST_WORDS
    return "the same words" if long_enough and words[0] == words[1] and a.status == b.status else None


def _same_words(a: Telling, b: Telling) -> str | None:
    """Why two wordings are one. A wording is never joined with what denies it.

    Outlets date one event a day or two apart: then the wordings must share more.
    """
    words = words_of(a), words_of(b)
    if denies(words[0]) != denies(words[1]):
        return None
    one, two = (content_words(written) for written in words)
    common = shared(one, two)
    least = _SAME_WORDS if agree(a.when, b.when) else _SAME_WORDS_OTHER_DAY
    return f"{common:.0%} of the content words are the same" if common >= least and len(one & two) > 1 else None


def _known(when: When | None) -> bool:
    return when is not None and when.edtf is not None


def _differ(a: Telling, b: Telling, slot: str) -> bool:
    """Whether both tell the slot, and not the same: "the protocol of 2015" and "the protocol of 2019"."""
    return a.attributes.get(slot) != b.attributes.get(slot) and None not in (
        a.attributes.get(slot),
        b.attributes.get(slot),
    )


def kind_of_paper(name: str) -> str | None:
    """What kind of paper a name names, by its last known word; None where that may be any ("the paper") or none is.

    >>> kind_of_paper("a written response"), kind_of_paper("a counter-proposal"), kind_of_paper("the six-page text")
    ('reply', 'reply', None)
    """
    row = paper_word(name)
    return row["paper"] if row and row["paper"] != "any" else None


def paper_word(name: str) -> Mapping[str, str] | None:
    """The row of ``papers.tsv`` for the last word of a name that stands there; None where no word does."""
    words = fold(name).split()
    for end in range(len(words), 0, -1):
        for start in (end - 2, end - 1):  # "counter-proposal" is folded into two words
            row = _papers().get(" ".join(words[max(0, start) : end]))
            if row:
                return row
    return None


def is_absent(telling: Telling) -> bool:
    """Whether what is told of a paper is that there is none: "had received no reply"."""
    return fold(str(telling.attributes.get("name", ""))).split()[:1] in (["no"], ["any"], ["neither"])


def _make(telling: Telling) -> frozenset[str]:
    """The words that tell one paper of a party from its next: "a preliminary reaction" is not "a written response"."""
    return MAKES & frozenset(fold(str(telling.attributes.get("name", ""))).split())


@cache
def _papers() -> Mapping[str, Mapping[str, str]]:
    return {fold(row["word"]): row for row in read_table("papers")}


def _name_without_year(telling: Telling) -> str:
    """A treaty's name without its article, its year and "of"."""
    words = fold(str(telling.attributes.get("name", ""))).split()
    return " ".join(word for word in words if not word.isdigit()).removeprefix("the ").removesuffix(" of")


def may_be_one(a: tuple[str, ...], b: tuple[str, ...], actors: Actors) -> bool:
    """Whether two lists of parties can be one: they share a side, or one of them is not known."""
    return not a or not b or bool({actors.side(x) for x in a} & {actors.side(x) for x in b})


_RULES: dict[str, Callable[[Telling, Telling, Actors], str | None]] = {
    "statement": _same_statement,
    "demand": _same_demand,
    "answer": _same_answer,
    "meeting": _same_meeting,
    "document": _same_document,
    "commitment": _same_commitment,
    "action": _same_action,
}
