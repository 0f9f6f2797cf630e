"""Clusters: which mentions across articles name one actor, and under which name, kind and id."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.linking.blocks import Blocks
from onrecord.linking.forms import is_head, join_forms, join_heads
from onrecord.linking.order import article_order
from onrecord.linking.people import may_be_same, same_person
from onrecord.linking.person_names import is_surname, parse_name, surname_of
from onrecord.linking.spelling import fold, skeleton
from onrecord.model import Article, Corpus, Name, digest
from onrecord.model.record import ActorKind

# Where texts disagree on what a name is (an invented or little-known state found as a place in one of them),
# the kind that claims most about its part in the exchange holds.
_KINDS: tuple[ActorKind, ...] = ("person", "state", "body", "organisation", "group", "place")

_TAKEN_FOR = ("organisation",)  # what a person's full name is read as in an article that says little of him

_SMALL = 3  # letters of a word that is small in a name: "of", "the"

# Endings that make an adjective of a state's name: Tervania, Tervanian; Norland, Norlandic.
_ADJECTIVES = ("n", "an", "ian", "ish", "ese", "i", "er", "ic")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in an article."""

    article: Article
    name: Name


def mention_order(mention: Mention) -> tuple[object, ...]:
    """Sorts mentions by article, those of one by their place."""
    return article_order(mention.article), mention.name.span


def find_mentions(corpus: Corpus, names: Mapping[str, Sequence[Name]]) -> list[Mention]:
    """Every name of every article, in the order of articles; ``names`` holds those of each text."""
    return [
        Mention(article, name) for article in sorted(corpus.articles, key=article_order) for name in names[article.text]
    ]


def cluster_mentions(mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Mentions by actor; the key is stable while articles are added."""
    clusters: dict[str, list[Mention]] = defaultdict(list)
    people: dict[str, list[Mention]] = defaultdict(list)
    states = {fold(mention.name.name) for mention in mentions if mention.name.kind == "state"}
    forms = _forms_of_organisations(mentions)
    heads = _heads_of_organisations(mentions, forms)
    places, read_otherwise = _places_read_as_people(mentions), _people_read_otherwise(mentions)
    for mention in mentions:
        is_person = mention.name.kind == "person" and fold(mention.name.name) not in places
        if is_person or (mention.name.kind in _TAKEN_FOR and fold(mention.name.name) in read_otherwise):
            people[fold(mention.name.name)].append(mention)
        else:
            name = forms.get(mention.name.name, mention.name.name)
            name = heads.get((mention.article.text, name), name)
            clusters["name " + _of_state(fold(name), states)].append(mention)
    for spellings in _join_people(people):
        joined = [mention for form in spellings for mention in people[form]]
        joined.sort(key=mention_order)
        clusters["person " + _person_key(joined)] += joined
    return dict(clusters)


def _places_read_as_people(mentions: list[Mention]) -> set[str]:
    """Names of one word that more articles know as a state or a place than as a person, and that end nobody's full
    name: "Velmira's request", in the one article that says no more of it.
    """
    articles: dict[str, dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention in mentions:
        if mention.name.kind in ("person", "state", "place") and " " not in mention.name.name:
            articles[fold(mention.name.name)][mention.name.kind == "person"].add(mention.article.text)
    surnames = {fold(m.name.name).split()[-1] for m in mentions if m.name.kind == "person" and " " in m.name.name}
    return {name for name, known in articles.items() if len(known[False]) > len(known[True]) and name not in surnames}


def _people_read_otherwise(mentions: list[Mention]) -> set[str]:
    """Full names that more articles know as a person than as an organisation; a place may be named after somebody."""
    articles: dict[str, dict[bool, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention in mentions:
        if mention.name.kind in ("person", *_TAKEN_FOR) and not is_surname(mention.name.name):
            articles[fold(mention.name.name)][mention.name.kind == "person"].add(mention.article.text)
    return {name for name, known in articles.items() if len(known[True]) > len(known[False]) > 0}


def _forms_of_organisations(mentions: list[Mention]) -> dict[str, str]:
    """For each name of an organisation the one that stands for all its forms."""
    printed: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.name.kind == "organisation":
            printed[mention.name.name].add(mention.article.text)
    others = {mention.name.name for mention in mentions if mention.name.kind not in ("organisation", "body")}
    return join_forms({name: sorted(texts) for name, texts in printed.items() if name not in others})


def _heads_of_organisations(mentions: list[Mention], forms: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """For an organisation that a text calls by its head alone, by text and the name of all its forms, that in full."""
    named: dict[str, set[str]] = defaultdict(set)
    around: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.name.kind == "organisation":
            named[mention.article.text].add(forms.get(mention.name.name, mention.name.name))
        if mention.name.kind in ("person", "organisation", "body"):  # all name the states
            around[mention.article.text].add(fold(mention.name.name))
    return join_heads(named, around)


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
    full = sorted((f for f in people if not is_surname(f)), key=lambda f: (-len(f.split()), -len(people[f]), f))
    joined: list[list[str]] = []
    known, surnames = Blocks(), Blocks()
    sons_of: dict[str, set[int]] = defaultdict(set)  # "Bin Zayed" may be any son of Zayed

    def place(form: str, fits: Sequence[int]) -> None:
        """Put a form to the only person that it fits, else to one of its own."""
        if len(fits) != 1:
            joined.append([])
        number = fits[0] if len(fits) == 1 else len(joined) - 1
        joined[number].append(form)
        known.add(number, form)
        surnames.add(number, surname_of(form))
        person = parse_name(form)
        for father in person.fathers if person else ():
            sons_of[father].add(number)

    for form in full:
        place(form, [n for n in known.near(form) if all(_is_same(form, other) for other in joined[n])])
    for form in sorted((f for f in people if is_surname(f)), key=lambda f: (-len(f.split()), f)):
        alone = surname_of(form)
        bear = [n for n in surnames.near(alone) if any(_is_same(surname_of(f), alone) for f in joined[n])]
        exact = [n for n in bear if any(surname_of(f) == alone for f in joined[n])] or bear
        rivals = {*exact, *sons_of[alone]}
        # "al-Assad" might be a given name and a surname: somebody is to be called so whole.
        fits = [n for n in exact if any(_has_surname(f, form) for f in joined[n])]
        place(form, fits if len(rivals) == 1 else [])
    return joined


def _has_surname(name: str, surname: str) -> bool:
    """Whether a name has this surname; "al-Assad", which might be a given name and a surname, is compared whole."""
    person = parse_name(surname)
    whole = person is not None and len(person.words) > 1
    return _is_same(name, surname) if whole else _is_same(surname_of(name), surname_of(surname))


def _is_same(one: str, other: str) -> bool:
    return may_be_same(one, other) and same_person(one, other).match


def _person_key(mentions: list[Mention]) -> str:
    return " ".join(skeleton(word) for word in fold(choose_name(mentions)).split())


def make_ids(clusters: Mapping[str, list[Mention]]) -> dict[str, str]:
    """The actor id of each cluster."""
    return {key: "a-" + digest("actor", key)[:12] for key in clusters}


def choose_name(mentions: list[Mention]) -> str:
    """The name most articles give in full; where as many give another, the one more often printed, then by letter.

    No lone surname, and no head of an organisation's name ("the League"), where the name in full is known.
    """
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
            is_surname(name) if person else name in derived or any(_is_in_full(name, whole) for whole in articles),
            person and " " not in name.strip(),
            -len(articles[name]),
            -printed[name],
            -len(name),
            name,
        ),
    )


def _is_in_full(head: str, name: str) -> bool:
    """Whether a name says in full what another is the head of, and is a name throughout: no "aircraft maker Boeing"."""
    return is_head(head, name) and all(word[:1].isupper() for word in name.split() if len(word) > _SMALL)


def choose_kind(mentions: list[Mention]) -> ActorKind:
    """The kind most mentions have; a city that speaks ("Stavna says") is a place all the same ("in Stavna")."""
    counted = Counter(mention.name.kind for mention in mentions)
    if counted["place"] and not any(" " in mention.name.name for mention in mentions):
        del counted["organisation"]
    return min((kind for kind in _KINDS if counted[kind]), key=lambda kind: (-counted[kind], _KINDS.index(kind)))
