"""Why names are one actor's, and which actors may be one: links for a person to judge, none of them a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from onrecord.linking.organisations import same_organisation
from onrecord.linking.people import same_person
from onrecord.linking.person_names import surname_of
from onrecord.linking.spelling import fold
from onrecord.model import Actor, Link

_FAMILY = 20  # people of one surname; of more, every pair would say nothing
_DOUBT = 0.2  # below this two names are two people's


def find_identities(actors: Iterable[Actor]) -> Iterator[Link]:
    """For each name that was joined to an actor a link with the reason, and one for each two people who may be one.

    ``merged``: from the actor to the name, as printed. ``unsure``: between two people of one surname whose names
    leave it
    open ("Berg" beside Anna and Jon Berg, "Saddam Hussein" beside "Qusay Saddam Hussein"); they stay two.
    """
    people: dict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        yield from _merged(actor)
        if actor.kind == "person":
            people[surname_of(actor.name)].append(actor)
    for _, family in sorted(people.items()):
        for one, other in combinations(family[:_FAMILY], 2):
            verdict = same_person(one.name, other.name)
            if verdict.score >= _DOUBT:
                yield Link("unsure", one.id, other.id, verdict.score, verdict.why)


def _merged(actor: Actor) -> Iterator[Link]:
    for alias in actor.aliases:
        if fold(alias) == fold(actor.name):
            continue
        if actor.kind == "person":
            verdict = same_person(actor.name, alias)
        elif actor.kind == "organisation":
            verdict = same_organisation(actor.name, alias)
        else:
            yield Link("merged", actor.id, alias, 1.0, "listed as one name of it")
            continue
        why = verdict.why if verdict.match else "given in full, or in short, by an article that prints both"
        yield Link("merged", actor.id, alias, verdict.score if verdict.match else 0.7, why)
