"""Actors across articles: which names name one actor, and which actors stand behind given words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from onrecord.linking.order import article_order
from onrecord.linking.people import same_person, surname_of
from onrecord.linking.places import Places
from onrecord.linking.spelling import fold, skeleton
from onrecord.linking.wording import content_words
from onrecord.model import Actor, Article, Corpus, Evidence, Name, Office, OfficeHeld, Reference, Span, digest
from onrecord.model.record import ActorKind

# Where texts disagree on what a name is (an invented or little-known state found as a place in one of them),
# the kind that claims most about its part in the exchange holds.
_KINDS: tuple[ActorKind, ...] = ("person", "state", "body", "organisation", "group", "place")

# Endings that make an adjective of a state's name: Tervania, Tervanian; Norland, Norlandic.
_ADJECTIVES = ("n", "an", "ian", "ish", "ese", "i", "er", "ic")


@dataclass(frozen=True)
class Mention:
    """A name in an article."""

    article: Article
    name: Name


class Actors:
    """The actors of a corpus, and a look-up from words of a text to the actors they name.

    >>> Actors(Corpus((), {}, {})).listed
    ()
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        clusters = _cluster(_mentions(corpus))
        self._of_name: dict[tuple[str, Span], str] = {}
        ids = _ids(clusters)
        for key, mentions in clusters.items():
            for mention in mentions:
                self._of_name[mention.article.text, mention.name.span] = ids[key]
        self._kinds = {ids[key]: _kind(mentions) for key, mentions in clusters.items()}
        self._by_text = {text: _Words(corpus, text) for text in corpus.texts}
        self.listed = tuple(
            self._actor(ids[key], mentions) for key, mentions in sorted(clusters.items(), key=lambda c: ids[c[0]])
        )
        self._known: Mapping[str, Actor] = {actor.id: actor for actor in self.listed}
        self._printed = self._unique_spellings()
        states = [actor for actor in self.listed if actor.kind == "state"]
        self._states = {key: state.id for state in states for key in (state.country, fold(state.name)) if key}

    def named(self, text: str, span: Span) -> str | None:
        """The actor that the name at exactly this place names."""
        return self._of_name.get((text, span))

    def spelt(self, words: str) -> str | None:
        """The only actor of the exchange that is spelt exactly so: "Stavna", in a text that does not say what it is."""
        return self._printed.get(_bare(words))

    def words(self, actor: str) -> frozenset[str]:
        """The content words of an actor's names."""
        return self._words[actor]

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        names = {actor.id: (actor.name, *actor.aliases) for actor in self.listed}
        return {key: frozenset(w for name in listed for w in content_words(name)) for key, listed in names.items()}

    def side(self, actor: str) -> str:
        """What an actor stands for in a negotiation: the state it is, belongs to or holds office of; else itself."""
        known = self._known[actor]
        if known.kind == "state":
            return actor
        by_country = self._states.get(known.country or "")
        by_name = self._states.get(fold(known.name).rpartition(" of ")[2]) if known.kind == "body" else None
        # Only what is no person itself: two people whom a text made each other's office would ask in a ring.
        offices = (held.of for held in known.offices if held.of and self._known[held.of].kind != "person")
        office = next(offices, None) if known.kind == "person" else None
        by_office = self.side(office) if office else None
        return by_country or by_name or by_office or actor

    def parties(self, text: str, span: Span) -> tuple[str, ...]:
        """The actors that these words name: "the U.S. and NATO" are two, "Foreign Minister Anna Berg" is one.

        Empty where the words name nobody that is known; a pronoun or description counts where reading resolved it.
        """
        words = self._by_text[text]
        offices = list(words.offices.touching(span.start, span.end))
        near = words.names.touching(span.start, span.end)
        named = [name for name in near if span.covers(name.span) or name.span.covers(span)]
        found = [name for name in named if not self._belongs_to_other(name, named, offices)]
        if any(name.kind == "person" for name in found):
            found = [name for name in found if not name.adjective]
        actors = [self._of_name.get((text, name.span)) for name in found]
        if not any(actors):
            actors = self._described(text, span, offices) or [self.spelt(span.exact)]
        return tuple(dict.fromkeys(actor for actor in actors if actor))

    def _unique_spellings(self) -> dict[str, str]:
        """The spellings that name one actor alone, for texts that say too little to know a name by themselves."""
        spelt: dict[str, set[str]] = defaultdict(set)
        for actor in self.listed:
            for spelling in (actor.name, *actor.aliases):
                spelt[fold(spelling)].add(actor.id)
        return {spelling: next(iter(ids)) for spelling, ids in spelt.items() if len(ids) == 1}

    def _belongs_to_other(self, name: Name, names: list[Name], offices: list[Office]) -> bool:
        """Whether a name is part of a longer name or says only whose office a named person holds."""
        if any(other.span.covers(name.span) and other.span != name.span for other in names):
            return True
        return any(o.holder and o.holder != name.span and o.span.covers(name.span) for o in offices)

    def _described(self, text: str, span: Span, offices: list[Office]) -> list[str | None]:
        found = self._by_text[text].references.touching(span.start, span.end)
        if found:
            return [self._of_name.get((text, reference.antecedent)) for reference in found]
        return [self._of_name.get((text, o.of)) for o in offices if o.of and not o.holder and span.covers(o.span)]

    def _actor(self, actor: str, mentions: list[Mention]) -> Actor:
        name = _canonical(mentions)
        spellings = Counter(m.name.name for m in mentions) + Counter(
            m.name.span.exact for m in mentions if not m.name.adjective
        )
        aliases = sorted(" ".join(s.split()) for s in spellings)
        return Actor(
            id=actor,
            kind=self._kinds[actor],
            name=name,
            aliases=tuple(dict.fromkeys(alias for alias in aliases if alias and alias != name)),
            country=next((m.name.country for m in mentions if m.name.country), None),
            wikidata=None,
            offices=self._offices(mentions),
            mentions=tuple(sorted({*self._named_at(mentions), *self._described_at(mentions)})),
        )

    def _named_at(self, mentions: list[Mention]) -> Iterator[Evidence]:
        """The words that name an actor."""
        return (Evidence.of(mention.article.id, mention.name.span) for mention in mentions)

    def _described_at(self, mentions: list[Mention]) -> Iterator[Evidence]:
        """The words that describe an actor, pronouns left out: "the minister", "the alliance"."""
        for mention in mentions:
            for reference in self._by_text[mention.article.text].described.get(mention.name.span, ()):
                yield Evidence.of(mention.article.id, reference.span)

    def _offices(self, mentions: list[Mention]) -> tuple[OfficeHeld, ...]:
        held: dict[tuple[str, str | None], list[tuple[str, Evidence]]] = defaultdict(list)
        for mention in mentions:
            for office in self._by_text[mention.article.text].held_by.get(mention.name.span, ()):
                of = self._of_name.get((mention.article.text, office.of)) if office.of else None
                held[fold(office.title), of].append((office.title, Evidence.of(mention.article.id, office.span)))
        return tuple(
            OfficeHeld(_most_common(title for title, _ in told), of, None, None, tuple(sorted({e for _, e in told})))
            for (_, of), told in sorted(held.items(), key=lambda item: (-len(item[1]), item[0][0], item[0][1] or ""))
        )


class _Words:
    """What reading found in one text that can name an actor."""

    def __init__(self, corpus: Corpus, text: str) -> None:
        offices = corpus.all(text, Office)
        names = (name for name in corpus.all(text, Name) if name.kind not in ("office", "document"))
        self.names = Places((name.span, name) for name in names)
        self.offices = Places((office.span, office) for office in offices)
        references = corpus.all(text, Reference)
        self.references = Places((found.span, found) for found in references)
        self.described: dict[Span, list[Reference]] = defaultdict(list)
        for reference in references:
            if " " in reference.span.exact:  # a pronoun is one word, a description more
                self.described[reference.antecedent].append(reference)
        self.held_by: dict[Span, list[Office]] = defaultdict(list)
        for office in offices:
            if office.holder:
                self.held_by[office.holder].append(office)


def _bare(words: str) -> str:
    """Folded words without an article before them or a possessive ending."""
    return fold(words.removesuffix("’s").removesuffix("'s")).removeprefix("the ")


def _mentions(corpus: Corpus) -> list[Mention]:
    return [
        Mention(article, name)
        for article in sorted(corpus.articles, key=article_order)
        for name in corpus.all(article.text, Name)
        if name.kind not in ("office", "document")
    ]


def _cluster(mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Mentions by actor; the key is stable while articles are added."""
    clusters: dict[str, list[Mention]] = defaultdict(list)
    people: dict[str, list[Mention]] = defaultdict(list)
    states = {fold(mention.name.name) for mention in mentions if mention.name.kind == "state"}
    for mention in mentions:
        if mention.name.kind == "person":
            people[fold(mention.name.name)].append(mention)
        else:
            clusters["name " + _of_state(fold(mention.name.name), states)].append(mention)
    for forms in _join_people(people):
        joined = [mention for form in forms for mention in people[form]]
        joined.sort(key=lambda m: (article_order(m.article), m.name.span))
        clusters["person " + _person_key(joined)] += joined
    return dict(clusters)


def _of_state(name: str, states: set[str]) -> str:
    """The name with a state's adjective replaced by the state, where the exchange names both.

    One text has only "the Tervanian foreign ministry"; that its state is Tervania, another text says.
    """
    head, of, whose = name.rpartition(" of ")
    for ending in _ADJECTIVES:
        stem = whose.removesuffix(ending)
        if stem == whose or len(stem) < 3:
            continue
        fits = [state for state in (stem, stem + "a", stem + "ia") if state in states and state != whose]
        if len(fits) == 1:
            return head + of + fits[0]
    return name


def _join_people(people: Mapping[str, list[Mention]]) -> list[list[str]]:
    """Forms of names that are one person's. Full names first; a lone surname joins only a surname held by one."""
    full = sorted((f for f in people if " " in f), key=lambda f: (-len(f.split()), -len(people[f]), f))
    joined: list[list[str]] = []
    for form in full:
        fits = [group for group in joined if all(same_person(form, other).match for other in group)]
        if len(fits) == 1:
            fits[0].append(form)
        else:
            joined.append([form])
    for form in sorted(f for f in people if " " not in f):
        fits = [group for group in joined if any(same_person(surname_of(f), form).match for f in group)]
        exact = [group for group in fits if any(surname_of(f) == form for f in group)] or fits
        if len(exact) == 1:
            exact[0].append(form)
        else:
            joined.append([form])
    return joined


def _person_key(mentions: list[Mention]) -> str:
    return " ".join(skeleton(word) for word in fold(_canonical(mentions)).split())


def _ids(clusters: Mapping[str, list[Mention]]) -> dict[str, str]:
    return {key: "a-" + digest("actor", key)[:12] for key in clusters}


def _canonical(mentions: list[Mention]) -> str:
    """The name most articles give in full; where as many give another, the one more often printed, then by letter."""
    articles: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        articles[mention.name.name].add(mention.article.text)
    printed = Counter(mention.name.name for mention in mentions)
    person = any(m.name.kind == "person" for m in mentions)
    plain = {fold(name) for name in articles}
    derived = {name for name in articles if _of_state(fold(name), plain) != fold(name)}
    return min(
        articles,
        key=lambda name: (
            (person and " " not in name.strip()) or name in derived,
            -len(articles[name]),
            -printed[name],
            -len(name),
            name,
        ),
    )


def _kind(mentions: list[Mention]) -> ActorKind:
    counted = Counter(mention.name.kind for mention in mentions)
    return min((kind for kind in _KINDS if counted[kind]), key=lambda kind: (-counted[kind], _KINDS.index(kind)))


def _most_common(words: Iterable[str]) -> str:
    counted = Counter(words)
    return min(counted, key=lambda word: (-counted[word], word))
