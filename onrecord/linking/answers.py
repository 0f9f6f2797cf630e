"""Which demands ask for the same, which demand an answer answers, and what else tells of the same thing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from onrecord.linking.actors import Actors
from onrecord.linking.groups import words_of
from onrecord.linking.places import Places
from onrecord.linking.wording import content_words, held, shared
from onrecord.model import Act, Group, Link, Span, Telling

_SAME_ISSUE = 0.65  # of the content words of the shorter demand stand in the longer
_LEAST_SHARED = 0.2  # of the content words of both
_SAME_MATTER = 0.5  # of the content words of the shorter of answer and demand
_NEAR = 400  # code points back from an answer to the demand that "the demand" points to
_FEW = 2  # content words that say no matter: "the main question"
_THAT_DEMAND = re.compile(
    r"\b(?:the|this|that|these|those|such|its|their|his|her|both|all|most)\s+(?:\w+\s+){0,2}"
    r"(?:demands?|calls?|requests?|requirements?|conditions?|proposals?|appeals?|terms|points|issues)\b",
    re.IGNORECASE,
)

# Stems of words that say that something is asked, and not what.
_ASKING = frozenset(
    {
        "demand",
        "requir",
        "request",
        "condit",
        "call",
        "insist",
        "ask",
        "propos",
        "want",
        "wish",
        "urg",
        "central",
        "main",
    }
)


# Stems of words that say no matter after a word of answering: "excluded any concession".
_NO_MATTER = frozenset({"concess", "compromis", "question", "matter", "issu", "chang", "answer", "respons", "repli"})


def find_links(groups: tuple[Group, ...], actors: Actors) -> tuple[Link, ...]:
    """Issue, answer and related links between the groups of a corpus."""
    demands = [group for group in groups if group.kind == "demand"]
    answers = [group for group in groups if group.kind == "answer"]
    issues = tuple(_issue_links(demands, actors))
    answered = tuple(link for answer in answers for link in _answer_link(answer, demands, actors))
    return (*issues, *answered, *_related_links(groups))


def _issue_links(demands: list[Group], actors: Actors) -> Iterator[Link]:
    """Each demand that asks for the same as an earlier one, with the first of its issue.

    Demands of different sides, polarity or numbers are different issues, however alike their words. Where the asker is
    not known, the words alone decide.
    """
    issues: list[list[Group]] = []
    for demand in demands:
        scored = [(max(_issue_score(demand, member, actors) for member in issue), -n) for n, issue in enumerate(issues)]
        score, number = max(scored, default=(0.0, 0))
        if score >= _SAME_ISSUE:
            issue = issues[-number]
            issue.append(demand)
            yield Link("issue", demand.id, issue[0].id, round(score, 3), "the shorter wording is in the longer")
        else:
            issues.append([demand])


def _issue_score(a: Group, b: Group, actors: Actors) -> float:
    one, two = a.tellings[0], b.tellings[0]
    asking = _sides(one.by, actors), _sides(two.by, actors)
    if all(asking) and asking[0] != asking[1]:
        return 0.0
    if one.attributes.get("polarity") != two.attributes.get("polarity"):
        return 0.0
    words = _matter(one, actors), _matter(two, actors)
    # Two words of a short demand stand by chance in a long sentence that asks for something else.
    if _numbers(words[0]) != _numbers(words[1]) or len(words[0] & words[1]) < 2 or shared(*words) < _LEAST_SHARED:
        return 0.0
    return held(*words)


def _answer_link(answer: Group, demands: list[Group], actors: Actors) -> Iterator[Link]:
    """The demand that an answer answers: named inside it, alike in words, or the one it follows in its text."""
    fitting = [demand for demand in demands if _may_answer(answer.tellings[0], demand.tellings[0], actors)]
    scored = []
    for number, demand in enumerate(fitting):
        score, why = _answer_score(answer, demand, actors)
        scored.append((score, -number, demand.id, why))
    best = max(scored, default=None)
    if best and best[0] >= _SAME_MATTER:
        yield Link("answer", answer.id, best[2], round(best[0], 3), best[3])


def _may_answer(answer: Telling, demand: Telling, actors: Actors) -> bool:
    """Whether the parties allow it: nobody answers his own demand, and the asked answers to the asker."""
    by, to = _sides(answer.by, actors), _sides(answer.to, actors)
    asker, asked = _sides(demand.by, actors), _sides(demand.to, actors)
    if asker and (by == asker or (to and not to & asker)):
        return False
    if not asker and by and by == _sides((demand.speaker,) if demand.speaker else (), actors):
        return False  # "Norland says the replies fail to address their demand": theirs is the speaker's
    return not asked or not by or bool(asked & by)


def _answer_score(answer: Group, demand: Group, actors: Actors) -> tuple[float, str]:
    for told in answer.tellings:
        for asked in demand.tellings:
            if told.article == asked.article and _inside(asked, told):
                return 1.0, "the answer names the demand"
    # Many tellings of one group have the same words: a pair of wordings is held against one another once.
    told_so, asked_so = ({_matter(telling, actors) for telling in group.tellings} for group in (answer, demand))
    best = max(_common(one, two) for one in told_so for two in asked_so)
    if best >= _SAME_MATTER:
        return 0.9 * best, "the two share their words"
    pointing = [told for told in answer.tellings if _points_back(told, actors) and _is_made(demand.tellings[0])]
    gap = min((_gap(told, asked) for told in pointing for asked in demand.tellings), default=_NEAR)
    if gap < _NEAR:
        return _SAME_MATTER + 0.1 * (1 - gap / _NEAR), "the demand told just before it"
    return 0.0, ""


def _points_back(answer: Telling, actors: Actors) -> bool:
    """Whether an answer says no matter of its own, so that it answers what was told before it.

    "Sudmark rejected these demands" and "Sudmark refused" point back; "they agreed to test the hotline" does not.
    """
    words = words_of(answer)
    if _THAT_DEMAND.search(words):
        return True
    if answer.status != "unanswered" and _object(answer):
        return False  # "said no to an apology" names what it says no to
    return len(_matter(answer, actors) - content_words(_cue(answer))) <= _FEW


def _is_made(demand: Telling) -> bool:
    """Whether a demand was made: "if Sudmark sends a ship, Norland will call on the League" asks for nothing yet."""
    return not isinstance(demand.annotation, Act) or demand.annotation.modality == "real"


def _object(answer: Telling) -> frozenset[str]:
    """The content words that follow the cue of an answer: what it answers, where it says so."""
    end = max((span.end for span in answer.cue), default=0)
    last = answer.content[-1]
    return (
        content_words(last.exact[max(0, end - last.start) :]) - _ASKING - _NO_MATTER if last.end > end else frozenset()
    )


def _cue(telling: Telling) -> str:
    return " ".join(span.exact for span in telling.cue)


def _common(one: frozenset[str], two: frozenset[str]) -> float:
    return held(one, two) if len(one & two) > 1 else 0.0


def _gap(answer: Telling, demand: Telling) -> int:
    """Code points from the end of a demand to the answer after it in the same article."""
    gap = answer.content[0].start - demand.content[-1].end
    return gap if answer.article == demand.article and gap >= 0 else _NEAR


def _inside(inner: Telling, outer: Telling) -> bool:
    whole = outer.annotation.span
    return all(whole.covers(span) or any(span.overlaps(part) for part in outer.content) for span in inner.content)


def _related_links(groups: tuple[Group, ...]) -> Iterator[Link]:
    """A passage that stands in two entries: an act told inside a statement."""
    contents: dict[str, list[tuple[Span, tuple[Span, str]]]] = defaultdict(list)
    for group in groups:
        if group.kind == "statement":
            for telling in group.tellings:
                contents[telling.article] += ((span, (span, group.id)) for span in telling.content)
    statements = {article: Places(placed) for article, placed in contents.items()}
    for group in groups:
        if group.kind == "statement":
            continue
        around: dict[str, None] = {}
        for telling in group.tellings:
            if telling.cue and telling.article in statements:
                cue = telling.cue[0]
                near = statements[telling.article].touching(cue.start, cue.end)
                around |= {said: None for span, said in near if span.covers(cue)}
        yield from (Link("related", group.id, said, 1.0, "told inside this statement") for said in around)


def _matter(telling: Telling, actors: Actors) -> frozenset[str]:
    """The content words of what is asked for: without the words of asking, and without who asks whom."""
    parties = frozenset(word for actor in (*telling.by, *telling.to) for word in actors.words(actor))
    return content_words(words_of(telling)) - _ASKING - parties


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit())


def _sides(parties: tuple[str, ...], actors: Actors) -> frozenset[str]:
    return frozenset(actors.side(actor) for actor in parties)
