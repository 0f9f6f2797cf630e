"""The paper trail: which entries are stages of one paper, which paper a reply answers, which answer is a paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, pairwise, product

from onrecord.linking.actors import Actors
from onrecord.linking.anchors import Anchors
from onrecord.linking.groups import is_near, may_be_one
from onrecord.linking.paper_names import MAKES
from onrecord.linking.spelling import fold
from onrecord.linking.stages import Stage, find_stages
from onrecord.model import Act, Corpus, Group, Link, Span, Telling

# A paper is promised or drafted, then sent, then received, then read. It may be signed and published at any point.
_PATH = {"promised": 0, "drafted": 0, None: 1, "sent": 1, "received": 2, "read": 3}
_LONGEST_WAY = 60  # days between two stages told of one paper; what lies further apart may be the next one
_DAYS_APART = 3  # two outlets date one stage no more days apart than this
_SAME_PLACE = 0.8  # of the shorter wording of a paper and of an answer lies in the other

_TELLING = MAKES - {"draft"}  # words that tell a paper of so many points from another of as many

# Which entry of a paper a reply answers: the one by which it came to whoever answers.
_ANSWERED_AT = ("sent", "received", "published", None, "signed", "read", "drafted", "promised")


def find_papers(corpus: Corpus, groups: tuple[Group, ...], actors: Actors, anchors: Anchors) -> tuple[Link, ...]:
    """Links ``related`` between the stages of one paper, ``answer`` from a reply to the paper that its words name.

    And ``related`` between a paper and the answer that the same words tell. A paper of another author, receiver, kind,
    form or number of pages is another paper, and so is "a second draft". Where two papers fit, there is no link.

    Ek promised a written reply on 14 March. Sudmark handed the reply over on 20 March: one paper, two stages.
    """
    stages = find_stages(corpus, groups, actors, anchors)
    papers = _Papers(stages)
    for block in _by_author(stages):
        for alike in _find_alike(block):
            papers.join(alike, "one party's paper of one kind")
    for alike in _of_so_many_points(stages):
        papers.join(alike, "the only paper of so many points")
    for stage in stages:
        if stage.points_back:
            papers.join_told_before(stage)
    involved = _involved(groups, actors)
    named = {a.id: frozenset(map(actors.side, actors.named_in(a.text))) for a in corpus.articles}
    for stage in stages:
        if not stage.by and stage.kinds:
            papers.join_of_one_day(stage, named)
            papers.join_only_one(stage, involved)
    return (*papers.links(), *_answers(stages, papers), *_told_as_answers(groups, actors))


def _involved(groups: Sequence[Group], actors: Actors) -> Mapping[str, frozenset[str]]:
    """Of each article the sides that do anything in it, or are told or asked anything."""
    found: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for telling in group.tellings:
            found[telling.article] |= {actors.side(actor) for actor in (*telling.by, *telling.to)}
    return {article: frozenset(sides) for article, sides in found.items()}


def _by_author(stages: tuple[Stage, ...]) -> list[list[Stage]]:
    """The stages of each author whose paper has a known kind or number of pages."""
    blocks: dict[tuple[str, ...], list[Stage]] = defaultdict(list)
    for stage in stages:
        if stage.by and (stage.kinds or stage.pages):
            blocks[tuple(sorted(stage.by))].append(stage)
    return list(blocks.values())


class _Papers:
    """Papers as they come together: of each stage the members of its paper, in the order of the stages."""

    def __init__(self, stages: tuple[Stage, ...]) -> None:
        self._stages = stages
        self._rank = {stage.group.id: number for number, stage in enumerate(stages)}
        self._of: dict[str, tuple[Stage, ...]] = {stage.group.id: (stage,) for stage in stages}
        self._why: dict[str, str] = {}
        self._told_in: dict[str, list[tuple[int, Stage]]] = defaultdict(list)
        for stage in stages:
            for article, start in stage.places:
                self._told_in[article].append((start, stage))
        self._of_party: dict[tuple[str, str], list[Stage]] = defaultdict(list)  # what has an author, by whose it may be
        for stage in stages:
            for key in product(stage.kinds, stage.by | stage.to if stage.by else ()):
                self._of_party[key].append(stage)

    def of(self, stage: Stage) -> tuple[Stage, ...]:
        """All stages of the paper that this is one of."""
        return self._of[stage.group.id]

    def all(self) -> tuple[tuple[Stage, ...], ...]:
        """Every paper once, in the order of their first stages."""
        return tuple({members[0].group.id: members for members in map(self.of, self._stages)}.values())

    def join(self, stages: Sequence[Stage], why: str) -> None:
        """Makes one paper of these stages and of all that are one with them already."""
        found = {one.group.id: one for stage in stages for one in self.of(stage)}
        members = tuple(sorted(found.values(), key=lambda stage: self._rank[stage.group.id]))
        for stage in members:
            self._of[stage.group.id] = members
            self._why.setdefault(stage.group.id, why)

    def join_told_before(self, stage: Stage) -> None:
        """Joins "the letter" or "read it" to the only paper that its article tells before, and that it can be."""
        if len(self.of(stage)) > 1 or len(stage.places) > 1:
            return
        [(article, start)] = stage.places
        before: dict[str, tuple[Stage, ...]] = {}
        for at, other in self._told_in[article]:
            if at < start:
                before[self.of(other)[0].group.id] = self.of(other)
        fitting = [paper for paper in before.values() if _may_be_meant(stage, paper)]
        if len(fitting) == 1:
            self.join([*fitting[0], stage], "the article tells one such paper before")

    def join_of_one_day(self, stage: Stage, named: Mapping[str, frozenset[str]]) -> None:
        """Joins "a written reply handed over on Thursday" to the only reply of that day from or to whom it names."""
        if _is_dated(stage) and not any(other.by for other in self.of(stage)):
            found = (other for other in self._of_parties(stage, named) if _is_dated(other))
            of_day = (other for other in found if other.first == stage.first)
            self._join_if_only_one(stage, of_day, "the only such paper of that day")

    def join_only_one(self, stage: Stage, involved: Mapping[str, frozenset[str]]) -> None:
        """Joins "the list", whose author its article does not say, to the only list from or to a party of that article.

        "A list" may be another.
        """
        paper = self.of(stage)
        if not any(other.by or any(map(_is_new, other.group.tellings)) for other in paper):
            self._join_if_only_one(stage, self._of_parties(stage, involved), "the only such paper of its parties")

    def _of_parties(self, stage: Stage, involved: Mapping[str, frozenset[str]]) -> Iterator[Stage]:
        """What has an author, is of the kind of a stage, and from or to a party of its article."""
        parties = {party for article, _ in stage.places for party in involved[article]}
        return (other for kind in stage.kinds for party in parties for other in self._of_party.get((kind, party), ()))

    def _join_if_only_one(self, stage: Stage, found: Iterable[Stage], why: str) -> None:
        papers = {self.of(other)[0].group.id: self.of(other) for other in found}
        fitting = [p for _, p in sorted(papers.items()) if all(_may_be_meant(one, p) for one in self.of(stage))]
        if len(fitting) == 1:
            self.join([*fitting[0], stage], why)

    def links(self) -> Iterator[Link]:
        """Each stage of a paper with the next that is told."""
        for paper in self.all():
            for a, b in pairwise(paper):
                yield Link("related", b.group.id, a.group.id, 1.0, f"stages of one paper: {self._why[b.group.id]}")


def _of_so_many_points(stages: tuple[Stage, ...]) -> Iterator[list[Stage]]:
    """The stages of papers of so many points, whoever wrote them, where nothing parts any two of them."""
    blocks: dict[frozenset[str], list[Stage]] = defaultdict(list)
    for stage in stages:
        authors = any(isinstance(t.annotation, Act) and t.annotation.by for t in stage.group.tellings)
        if stage.points and (stage.by or not authors):  # an author whom nobody knows may be another
            blocks[stage.points].append(stage)
    for block in blocks.values():
        if not any(_exclude(a, b) for a, b in combinations(block, 2)):
            yield block


def _find_alike(block: list[Stage]) -> Iterator[list[Stage]]:
    """The stages of one author that are one paper by all that is told of them, two or more of each paper.

    "A" may be "B" and "B" may be "C" where "A" cannot be "C": then only what says more than author and kind counts.
    """
    fits, excluded = _compare(block)
    ties = [
        (n, m, specific)
        for n, found in enumerate(fits)
        for m, specific in found.items()
        if m < n and not _has_rival(n, m, fits, excluded) and not _has_rival(m, n, fits, excluded)
    ]
    for chosen in (ties, [tie for tie in ties if tie[2]]):
        for paper in _connected([(n, m) for n, m, _ in chosen]):
            if not any(excluded[n] & paper for n in paper):
                yield [block[n] for n in sorted(paper)]


def _compare(block: list[Stage]) -> tuple[list[dict[int, bool]], list[set[int]]]:
    """By number: what fits each stage, with whether something specific says so, and what it cannot be one with."""
    fits: list[dict[int, bool]] = [{} for _ in block]
    excluded: list[set[int]] = [set() for _ in block]
    for n, a in enumerate(block):
        for m, b in enumerate(block[:n]):
            if _exclude(a, b):
                excluded[n].add(m)
                excluded[m].add(n)
            elif _is_alike(a, b):
                fits[n][m] = fits[m][n] = _is_specific(a, b)
    return fits, excluded


def _has_rival(n: int, m: int, fits: list[dict[int, bool]], excluded: list[set[int]]) -> bool:
    """Whether ``n`` fits as well to a stage that ``m`` cannot be: where two papers fit, none is chosen."""
    as_sure = {k for k, specific in fits[n].items() if specific >= fits[n][m]}
    return not as_sure.isdisjoint(excluded[m])


def _connected(ties: list[tuple[int, int]]) -> list[set[int]]:
    """The numbers that ties connect, each set once."""
    papers: dict[int, set[int]] = {}
    for n, m in ties:
        one, two = papers.setdefault(n, {n}), papers.setdefault(m, {m})
        if one is not two:
            one |= two
            papers |= dict.fromkeys(two, one)
    return list({id(paper): paper for paper in papers.values()}.values())


def _is_alike(a: Stage, b: Stage) -> bool:
    """Whether two stages of one author that nothing parts are one paper: the same kind under the same name.

    "A side letter" and "the letter" of two articles may be two letters; "the paper" may be any, unless its pages tell.
    """
    return a.marks == b.marks and bool(a.kinds & b.kinds or a.pages & b.pages or a.points & b.points)


def _is_specific(a: Stage, b: Stage) -> bool:
    """Whether something more than author and kind is the same: pages, points, topic, year, or what is answered."""
    answered = a.answered and b.answered and a.answered.kind == b.answered.kind
    same = a.pages & b.pages or a.points & b.points or a.topics & b.topics or a.years & b.years
    return bool(same or answered)


def _exclude(a: Stage, b: Stage) -> bool:
    """Whether two stages cannot be of one paper."""
    if (a.by and b.by and a.by != b.by) or _is_received(a, b) or _is_received(b, a):
        return True
    slots = [(s.to, s.points, s.numbers, s.topics, s.forms, s.pages, s.years) for s in (a, b)]
    if any(one and two and not one & two for one, two in zip(*slots, strict=True)):
        return True
    if _are_named_apart(a, b):
        return True
    if _is_answer_to(a, b) or _is_answer_to(b, a):
        return True
    return _answer_others(a, b) or _are_far(a, b) or _go_back(a, b) or _go_back(b, a)


def _are_named_apart(a: Stage, b: Stage) -> bool:
    """Whether two names tell two papers: by their kinds, or each by a word that the other lacks.

    A reply may be a letter, a note or a list; the draft of nine points becomes the protocol of nine points.
    """
    if a.points & b.points:
        replies = {"reply" in stage.kinds for stage in (a, b) if stage.kinds}
        return len(replies) > 1 or a.marks & _TELLING != b.marks & _TELLING
    one, two = (stage.kinds - {"reply"} for stage in (a, b))
    return bool(one and two and not one & two) or not (a.marks <= b.marks or b.marks <= a.marks)


def _is_received(a: Stage, b: Stage) -> bool:
    """Whether whoever has written ``b`` is handed ``a``, of which nobody says who wrote it: it is another's."""
    return bool(not a.by and b.by and a.to and a.to <= b.by)


def _is_answer_to(a: Stage, b: Stage) -> bool:
    """Whether ``a`` answers a paper of the kind that ``b`` is: "its reply to the note", and the note."""
    return bool(a.answered and a.answered.kind in b.kinds and "reply" not in b.kinds)


def _answer_others(a: Stage, b: Stage) -> bool:
    """Whether two replies answer two papers: one the note, one the letter."""
    if a.answered is None or b.answered is None:
        return False
    if a.answered.kind and b.answered.kind and a.answered.kind != b.answered.kind:
        return True
    days = a.answered.days, b.answered.days
    return all(days) and not any(is_near(x, y) for x in days[0] for y in days[1])


def _are_far(a: Stage, b: Stage) -> bool:
    """Whether the days of two stages lie too far apart, or one stage is told of two days."""
    starts = [stage.first or stage.last for stage in (a, b)]
    ends = [stage.last or stage.first for stage in (a, b)]
    if None in starts or None in ends:
        return False
    gap = (max(day for day in starts if day) - min(day for day in ends if day)).days
    if gap > _LONGEST_WAY:
        return True
    # A paper that is only named with a day ("the note of 20 April") is named by the day it was sent.
    dated = a.first and b.first and a.status != "promised"
    same = a.status == b.status or {a.status, b.status} == {None, "sent"}
    return bool(dated and same and gap > _DAYS_APART)


def _go_back(a: Stage, b: Stage) -> bool:
    """Whether ``b`` comes after ``a`` on the way of a paper and yet was done, or told, before it."""
    if a.status not in _PATH or b.status not in _PATH or _PATH[a.status] >= _PATH[b.status]:
        return False
    if a.first and b.last and b.last < a.first:
        return True
    # "Norland has the letter. Ek promised a letter within a week": what is promised after it came is the next one. For
    # the rest the order of telling says nothing: "She has read the letter, which came on Monday".
    undated = _is_undated(a) and _is_undated(b) and not a.points_back
    return a.status in ("promised", "drafted") and undated and _is_told_after(a, b)


def _is_undated(stage: Stage) -> bool:
    return stage.first is None or stage.first == stage.told


def _is_told_after(a: Stage, b: Stage) -> bool:
    """Whether in every article that tells both, ``a`` stands behind ``b``."""
    first, second = dict(a.places), dict(b.places)
    both = first.keys() & second.keys()
    return bool(both) and all(first[article] > second[article] for article in both)


def _may_be_meant(stage: Stage, paper: tuple[Stage, ...]) -> bool:
    """Whether words that point back can mean a paper: nothing parts them, and they name it with no new word.

    What is itself only pointed to ("read it") is no paper that they could mean.
    """
    if not any(other.kinds or other.by for other in paper):
        return False
    known = frozenset(mark for other in paper for mark in other.marks)
    return stage.marks <= known and not any(_exclude(stage, other) for other in paper)


def _is_dated(stage: Stage) -> bool:
    """Whether a day is told on which a paper passed from one to the other."""
    return stage.first is not None and stage.first == stage.last and stage.status in ("sent", "received")


def _is_new(telling: Telling) -> bool:
    """Whether the words name a paper as one not told before: "a list"."""
    return fold(str(telling.attributes.get("name") or "")).split()[:1] in (["a"], ["an"], ["another"])


def _answers(stages: tuple[Stage, ...], papers: _Papers) -> Iterator[Link]:
    """Each reply whose words name the paper it answers, with that paper, where only one can be meant."""
    for stage in stages:
        if stage.answered is None:
            continue
        found = [paper for paper in papers.all() if _is_answered(stage, paper)]
        if len(found) == 1:
            entry = min(found[0], key=lambda one: _ANSWERED_AT.index(one.status))
            yield Link("answer", stage.group.id, entry.group.id, 0.9, "the reply names the paper that it answers")


def _is_answered(reply: Stage, paper: tuple[Stage, ...]) -> bool:
    """Whether a paper can be what a reply says that it answers: another's, of that kind, owner and day, before it."""
    named = reply.answered
    author = next((stage.by for stage in paper if stage.by), frozenset())
    kinds = frozenset(kind for stage in paper for kind in stage.kinds)
    if named is None or not author or author & reply.by or (reply.to and not author & reply.to):
        return False
    if (named.by and not author & named.by) or (named.kind and named.kind not in kinds):
        return False
    whens = [t.when for stage in paper for t in stage.group.tellings if t.when and stage.status != "read"]
    if named.days and whens and not any(is_near(day, when) for day in named.days for when in whens):
        return False
    return not any(_is_before(reply.last, stage.first) for stage in paper if stage.status in (None, "sent"))


def _is_before(last: date | None, first: date | None) -> bool:
    return last is not None and first is not None and last < first


def _told_as_answers(groups: tuple[Group, ...], actors: Actors) -> Iterator[Link]:
    """ "Norland was handed a written refusal" tells a paper and an answer in the same words."""
    answers: dict[str, list[tuple[Telling, str]]] = defaultdict(list)
    for group in groups:
        if group.kind == "answer":
            for telling in group.tellings:
                answers[telling.article].append((telling, group.id))
    for group in groups:
        if group.kind != "document":
            continue
        found = {
            answer: None
            for telling in group.tellings
            for other, answer in answers[telling.article]
            if _have_same_words(telling, other) and may_be_one(telling.by, other.by, actors)
        }
        yield from (Link("related", group.id, answer, 1.0, "told by the same words") for answer in found)


def _have_same_words(a: Telling, b: Telling) -> bool:
    common = sum(_overlap(one, two) for one in a.content for two in b.content)
    return common >= _SAME_PLACE * min(sum(map(len, telling.content)) for telling in (a, b))


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))
