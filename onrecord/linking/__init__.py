"""Links: what annotations across articles say of one another. Machines suggest here; nothing is shown yet."""

from onrecord.linking.actors import Actors
from onrecord.linking.answers import find_links
from onrecord.linking.copies import find_copies
from onrecord.linking.groups import find_groups
from onrecord.linking.identities import find_identities
from onrecord.linking.order import telling_order
from onrecord.linking.organisations import same_organisation
from onrecord.linking.people import Verdict, same_person
from onrecord.linking.tellings import find_tellings
from onrecord.model import Corpus, Linked

__all__ = ["Verdict", "link", "same_organisation", "same_person"]


def link(corpus: Corpus) -> Linked:
    """Everything that linking says about a corpus: copies, actors, groups of tellings, and links between them.

    The same for any order of articles and layers.

    >>> link(Corpus((), {}, {})).groups
    ()
    """
    actors = Actors(corpus)
    tellings = find_tellings(corpus, actors)
    groups = find_groups(corpus, actors, tellings, telling_order(corpus))
    sides = {actor.id: actors.side(actor.id) for actor in actors.listed}
    links = (*find_links(groups, actors), *find_identities(actors.listed))
    return Linked(corpus, find_copies(corpus), actors.listed, groups, links, sides)
