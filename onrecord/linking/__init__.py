"""Links: what annotations across articles say of one another. Machines suggest here; nothing is shown yet."""

from collections.abc import Iterator

from onrecord.encoder import Vectors
from onrecord.linking.actors import Actors
from onrecord.linking.anchors import Anchors
from onrecord.linking.answers import Answers
from onrecord.linking.copies import find_shared
from onrecord.linking.credits import find_credits
from onrecord.linking.groups import find_groups
from onrecord.linking.identities import find_identities
from onrecord.linking.issues import find_issues
from onrecord.linking.matters import Matters
from onrecord.linking.meanings import Meanings
from onrecord.linking.order import article_order, telling_order
from onrecord.linking.organisations import same_organisation
from onrecord.linking.papers import find_papers
from onrecord.linking.people import Verdict, same_person
from onrecord.linking.publication import Publication
from onrecord.linking.related import find_related
from onrecord.linking.remembered import forget
from onrecord.linking.sequence import find_sequence
from onrecord.linking.talks import find_talks
from onrecord.linking.tellings import find_tellings
from onrecord.linking.treaties import find_treaties
from onrecord.model import Corpus, Estimate, Group, Link, Linked, When

__all__ = ["Vectors", "Verdict", "link", "same_organisation", "same_person"]


def link(corpus: Corpus, vectors: Vectors | None = None) -> Linked:
    """Everything that linking says about a corpus: copies, actors, groups of tellings, and links between them.

    The same for any order of articles and layers, and whatever ``vectors`` are known from before.

    >>> link(Corpus((), {}, {})).groups
    ()
    """
    actors = Actors(corpus)
    anchors = Anchors(corpus)
    tellings = find_tellings(corpus, actors, anchors)
    groups = find_groups(corpus, actors, tellings, telling_order(corpus))
    sides = {actor.id: actors.side(actor.id) for actor in actors.listed}
    matters = Matters(corpus, actors, groups)
    meanings = Meanings(corpus, actors, groups, vectors or Vectors())
    links = (
        *find_issues([group for group in groups if group.kind == "demand"], matters, meanings),
        *Answers(groups, matters, meanings).find(),
        *find_related(groups),
        *find_talks(corpus, groups, actors),
        *find_papers(corpus, groups, actors, anchors),
        *find_treaties(corpus, groups),
        *find_sequence(corpus, groups),
        *_candidates(groups),
        *find_identities(actors.listed),
    )
    printed, estimates = _published(corpus, anchors.publication)
    copies, taken = find_shared(corpus)
    forget()
    return Linked(corpus, copies, actors.listed, groups, links, sides, printed, estimates, taken, find_credits(corpus))


def _candidates(groups: tuple[Group, ...]) -> Iterator[Link]:
    """Who may speak where an office has several holders; none of them is chosen."""
    for group in groups:
        for person in sorted({one for telling in group.tellings for one in telling.candidates}):
            yield Link("candidate", group.id, person, 0.5, "one of those who hold the office that speaks")


def _published(corpus: Corpus, publication: Publication) -> tuple[dict[str, When], tuple[Estimate, ...]]:
    """Of the articles without metadata, the days that their texts print and the estimates for the rest."""
    undated = sorted((article for article in corpus.articles if article.published is None), key=article_order)
    printed = {article.id: day for article in undated if (day := publication.of(article))}
    return printed, tuple(found for article in undated if (found := publication.estimate(article)))
