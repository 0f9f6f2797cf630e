"""Actors across articles: which names name one actor, and which actors stand behind given words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from onrecord.linking.clusters import (
    Mention,
    choose_kind,
    choose_name,
    cluster_mentions,
    find_mentions,
    make_ids,
    mention_order,
)
from onrecord.linking.known import find_known
from onrecord.linking.offices import Holders, Term, is_held, is_named, keys_of
from onrecord.linking.places import Places
from onrecord.linking.spelling import fold
from onrecord.linking.titles import key_of
from onrecord.linking.wording import content_words
from onrecord.model import Actor, Article, Corpus, Evidence, Name, Office, OfficeHeld, Reference, Span, Statement

# Where somebody is posted is not whom he stands for: "Norland's ambassador in Vessel", "the envoy to Sudmark".
_POSTED = re.compile(r"\w\s+(?:in|at|to|near)\s+(?:the\s+)?$")

# “As the head of the ministry, I must say”: who speaks, by his office.
_AS = re.compile(r"\b(?:as|being)\s+(?:the\s+)?\Z", re.IGNORECASE)
_I = re.compile(r",?\s+I\b")
_NEAR = 16  # code points


_WHOSE = frozenset({"his", "her"})
_OTHER_PARTY = re.compile(
    r"\b(?:neighbou?rs?|all(?:y|ies)|partners?|rivals?|counterparts?|opponents?|adversar(?:y|ies)|enem(?:y|ies)|friends?)$"
)


class Actors:
    """The actors of a corpus, and a look-up from words of a text to the actors they name.

    >>> Actors(Corpus((), {}, {})).listed
    ()
    """

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        names = {text: _names(corpus, text) for text in corpus.texts}
        clusters = cluster_mentions(find_mentions(corpus, names))
        known = find_known(corpus, names, clusters)
        for key, mentions in known.items():
            clusters[key] = sorted((*clusters[key], *mentions), key=mention_order)
        by_text = {text: dict.fromkeys(found) for text, found in names.items()}
        for mention in chain.from_iterable(known.values()):  # one of each article of the text
            by_text[mention.article.text][mention.name] = None
        self._of_name: dict[tuple[str, Span], str] = {}
        ids = make_ids(clusters)
        for key, mentions in clusters.items():
            for mention in mentions:
                self._of_name[mention.article.text, mention.name.span] = ids[key]
        self._holders = Holders(corpus, self._name_of(clusters))
        self._kinds = {ids[key]: choose_kind(mentions) for key, mentions in clusters.items()}
        self._by_text = {text: _Words(corpus, text, tuple(by_text[text])) for text in corpus.texts}
        self.listed = tuple(
            self._actor(ids[key], mentions) for key, mentions in sorted(clusters.items(), key=lambda c: ids[c[0]])
        )
        self._known: Mapping[str, Actor] = {actor.id: actor for actor in self.listed}
        self._printed = self._unique_spellings()
        states = [actor for actor in self.listed if actor.kind == "state"]
        self._states = {key: state.id for state in states for key in (state.country, fold(state.name)) if key}

    def _name_of(self, clusters: Mapping[str, list[Mention]]) -> Callable[[str, Span], tuple[str, str | None] | None]:
        """What looks up the name and state of what words name, before the actors are made."""
        places: dict[tuple[str, Span], tuple[str, str | None]] = {}
        for mentions in clusters.values():
            name, country = choose_name(mentions), next((m.name.country for m in mentions if m.name.country), None)
            for mention in mentions:
                places[mention.article.text, mention.name.span] = name, country
        return lambda text, span: places.get((text, span))

    def named(self, text: str, span: Span) -> str | None:
        """The actor that the name at exactly this place names."""
        return self._of_name.get((text, span))

    def named_in(self, text: str) -> frozenset[str]:
        """The actors that a text names."""
        return self._named_in.get(text, frozenset())

    @cached_property
    def _named_in(self) -> dict[str, frozenset[str]]:
        named: dict[str, set[str]] = defaultdict(set)
        for (text, _), actor in self._of_name.items():
            named[text].add(actor)
        return {text: frozenset(actors) for text, actors in named.items()}

    def name_at(self, text: str, span: Span) -> tuple[str, str | None] | None:
        """The name of the actor named at exactly this place, and the state it is or belongs to, as its code."""
        actor = self._known.get(self.named(text, span) or "")
        return (actor.name, actor.country) if actor else None

    def spelt(self, words: str) -> str | None:
        """The only actor of the exchange that is spelt exactly so: "Stavna", in a text that does not say what it is."""
        return self._printed.get(_bare(words))

    def kind(self, actor: str) -> str:
        """What an actor is: "person", "state", "organisation" and so on."""
        return self._known[actor].kind

    def words(self, actor: str) -> frozenset[str]:
        """The content words of an actor's names."""
        return self._words[actor]

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        names = {actor.id: (actor.name, *actor.aliases) for actor in self.listed}
        return {key: frozenset(w for name in listed for w in content_words(name)) for key, listed in names.items()}

    @cached_property
    def by_title(self) -> Mapping[str, frozenset[str]]:
        """Who holds an office of each title, of whichever state, by the folded title."""
        held: dict[str, set[str]] = defaultdict(set)
        for actor in self.listed:
            for office in actor.offices:
                held[fold(office.title)].add(actor.id)
        return {title: frozenset(people) for title, people in held.items()}

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
        named = [name for name in named if not _POSTED.search(span.exact[: max(0, name.span.start - span.start)])]
        found = [name for name in named if not self._belongs_to_other(name, named, offices)]
        if any(name.kind == "person" for name in found):
            found = [name for name in found if not name.adjective]
        actors = [self._of_name.get((text, name.span)) for name in found]
        if not any(actors):
            actors = self._described(text, span, offices) or [self.spelt(span.exact)]
        return tuple(dict.fromkeys(actor for actor in actors if actor))

    def holders(self, article: Article, span: Span) -> tuple[str, ...]:
        """Who holds the office that these words name without its holder, by what the articles say of their people.

        "The Norlandian foreign minister said", in an article that does not name him. More than one where an office
        changed hands and the day of publication does not tell; then nobody is chosen.
        """
        found: dict[str, None] = {}
        body = self._corpus.texts[article.text].body
        for office in self._by_text[article.text].offices.touching(span.start, span.end):
            named = self.named(article.text, office.of) if office.of else None
            if office.holder or named is None or not span.covers(office.span) or not is_held(body, office):
                continue
            known = self._known[named]
            for key in keys_of(office.title, known.name, known.country):
                found |= dict.fromkeys(self._in_office.get((key, self.side(named)), ()))
        return tuple(person for person in found if self._may_hold(person, article))

    @cached_property
    def _in_office(self) -> dict[tuple[str, str], list[str]]:
        """The people of the exchange by the key of their office and the side they hold it for."""
        held: dict[tuple[str, str], list[str]] = defaultdict(list)
        for actor in self.listed:
            for office in actor.offices if actor.kind == "person" else ():
                if office.of and self._known[office.of].kind != "person":
                    of = self._known[office.of]
                    for key in keys_of(office.title, of.name, of.country):
                        if actor.id not in held[key, self.side(office.of)]:
                            held[key, self.side(office.of)].append(actor.id)
        return held

    def _may_hold(self, person: str, article: Article) -> bool:
        """Whether somebody's terms of office, as far as they are known, allow for the day an article appeared."""
        day = article.published.earliest.isoformat() if article.published and article.published.earliest else None
        terms = [(held.since, held.until) for held in self._known[person].offices if held.since or held.until]
        return day is None or not terms or any((a or "") <= day[: len(a or "")] and day <= (b or "9") for a, b in terms)

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
        found = list(self._by_text[text].references.touching(span.start, span.end))
        # "his government was studying the note": "his" says whose it is, not who.
        # and "its eastern neighbour" is somebody else.
        whose = _WHOSE | {"its", "their"} if _OTHER_PARTY.search(span.exact) else _WHOSE
        found = [one for one in found if one.span == span or one.span.exact.lower() not in whose]
        if found:
            return [self._of_name.get((text, reference.antecedent)) for reference in found]
        return [self._of_name.get((text, o.of)) for o in offices if o.of and not o.holder and span.covers(o.span)]

    def _actor(self, actor: str, mentions: list[Mention]) -> Actor:
        name = choose_name(mentions)
        spellings = Counter(m.name.name for m in mentions) + Counter(
            m.name.span.exact for m in mentions if not m.name.adjective
        )
        aliases = sorted(" ".join(s.split()) for s in spellings)
        terms = self._terms(name, mentions) if self._kinds[actor] == "person" else ()
        return Actor(
            id=actor,
            kind=self._kinds[actor],
            name=name,
            aliases=tuple(dict.fromkeys(alias for alias in aliases if alias and alias != name)),
            country=next((m.name.country for m in mentions if m.name.country), None),
            wikidata=terms[0].wikidata if terms else None,
            offices=self._offices(mentions, terms),
            mentions=tuple(sorted({*self._named_at(mentions), *self._described_at(mentions)})),
        )

    def _named_at(self, mentions: list[Mention]) -> Iterator[Evidence]:
        """The words that name an actor."""
        return (Evidence.of(mention.article.id, mention.name.span) for mention in mentions)

    def _described_at(self, mentions: list[Mention]) -> Iterator[Evidence]:
        """The words that describe an actor, pronouns left out: "the minister", "the alliance"."""
        for mention in mentions:
            for span in self._by_text[mention.article.text].described.get(mention.name.span, ()):
                yield Evidence.of(mention.article.id, span)

    def _terms(self, name: str, mentions: list[Mention]) -> tuple[Term, ...]:
        """The terms that the gazetteer has for somebody of this name in an office that the articles give him at its
        date.

        All of one person; none where it knows two such.
        """
        found: dict[Term, None] = {}
        for mention in mentions:
            for office in self._by_text[mention.article.text].held_by.get(mention.name.span, ()):
                for term in self._holders.of(mention.article, office):
                    if is_named(term, name):
                        found[term] = None
        return tuple(found) if len({term.wikidata for term in found}) == 1 else ()

    def _offices(self, mentions: list[Mention], terms: tuple[Term, ...]) -> tuple[OfficeHeld, ...]:
        held: dict[tuple[str, str | None], list[tuple[str, Evidence]]] = defaultdict(list)
        for mention in mentions:
            for office in self._by_text[mention.article.text].held_by.get(mention.name.span, ()):
                of = self._of_name.get((mention.article.text, office.of)) if office.of else None
                held[fold(office.title), of].append((office.title, Evidence.of(mention.article.id, office.span)))
        return tuple(
            OfficeHeld(
                title := _most_common(title for title, _ in told),
                of,
                *_dates(title, terms),
                tuple(sorted({e for _, e in told})),
            )
            for (_, of), told in sorted(held.items(), key=lambda item: (-len(item[1]), item[0][0], item[0][1] or ""))
        )


class _Words:
    """What reading found in one text that can name an actor."""

    def __init__(self, corpus: Corpus, text: str, names: tuple[Name, ...]) -> None:
        offices = corpus.all(text, Office)
        self.names = Places((name.span, name) for name in names)
        self.offices = Places((office.span, office) for office in offices)
        references = corpus.all(text, Reference)
        self.references = Places((found.span, found) for found in references)
        self.described: dict[Span, list[Span]] = defaultdict(list)
        for reference in references:
            if " " in reference.span.exact:  # a pronoun is one word, a description more
                self.described[reference.antecedent].append(reference.span)
        for speaker, words in _of_themselves(corpus, text, self.offices):
            self.described[speaker].append(words)
        self.held_by: dict[Span, list[Office]] = defaultdict(list)
        for office in offices:
            if office.holder:
                self.held_by[office.holder].append(office)


def _of_themselves(corpus: Corpus, text: str, offices: Places[Office]) -> Iterator[tuple[Span, Span]]:
    """Who names himself by his office, and in which words: “Being the head of the ministry, I must say,” Berg said."""
    body = corpus.texts[text].body
    for statement in corpus.all(text, Statement):
        for piece in statement.verbatim if statement.speaker else ():
            for office in offices.touching(piece.start, piece.end):
                start, end = office.span.start, office.span.end
                if _AS.search(body, max(piece.start, start - _NEAR), start) and _I.match(body, end, piece.end):
                    assert statement.speaker
                    yield statement.speaker, office.span


def _names(corpus: Corpus, text: str) -> tuple[Name, ...]:
    """The names of a text that can be an actor's."""
    return tuple(name for name in corpus.all(text, Name) if name.kind not in ("office", "document"))


def _dates(title: str, terms: tuple[Term, ...]) -> tuple[str | None, str | None]:
    """Since when and until when the office was held, where the gazetteer has this very office."""
    fits = [term for term in terms if key_of(term.title)[0] == key_of(title)[0]]
    return (fits[0].since, fits[0].until) if len(fits) == 1 else (None, None)


def _bare(words: str) -> str:
    """Folded words without an article before them or a possessive ending."""
    return fold(words.removesuffix("’s").removesuffix("'s")).removeprefix("the ")


def _most_common(words: Iterable[str]) -> str:
    counted = Counter(words)
    return min(counted, key=lambda word: (-counted[word], word))
