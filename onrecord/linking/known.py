"""Names that other articles make known: "Pelora" in a text that says too little of it to know it for a state."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.linking.clusters import Mention, choose_kind, choose_name, mention_order
from onrecord.linking.places import Places
from onrecord.model import Article, Corpus, Name, Role, Text
from onrecord.model.record import ActorKind

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_SHORTEST = 4  # letters; shorter names are words of the language too often
_LONGEST = 6  # words
_OPENS = re.compile(r"(?:^|[.!?:\n”\"»]\s*|[“\"«]\s*)$")


@dataclass(frozen=True, slots=True)
class _Known:
    """An actor by one of its spellings; ``key`` is that of its mentions."""

    key: str
    words: tuple[str, ...]
    kind: ActorKind
    name: str
    country: str | None


def find_known(
    corpus: Corpus, names: Mapping[str, Sequence[Name]], clusters: Mapping[str, list[Mention]]
) -> dict[str, list[Mention]]:
    """The mentions of each cluster that only other articles make known, by the cluster's key, in their order.

    Only what is printed letter for letter as elsewhere, and as one actor alone is printed; never over a name of the
    text itself, and no single word that begins a sentence.
    """
    spellings = _by_first_word(clusters)
    articles: dict[str, list[Article]] = defaultdict(list)
    for article in corpus.articles:
        articles[article.text].append(article)
    found: dict[str, list[Mention]] = defaultdict(list)
    for text in corpus.texts.values():
        noise = (role.span for role in corpus.all(text.id, Role) if role.is_noise)
        taken = Places([*((name.span, True) for name in names[text.id]), *((span, True) for span in noise)])
        for key, name in _find(text, spellings, taken):
            found[key] += [Mention(article, name) for article in articles[text.id]]
    return {key: sorted(mentions, key=mention_order) for key, mentions in found.items()}


def _find(text: Text, spellings: Mapping[str, list[_Known]], taken: Places[bool]) -> Iterator[tuple[str, Name]]:
    words = list(_WORD.finditer(text.body))
    index = 0
    while index < len(words):
        fits = (k for k in spellings.get(words[index][0], ()) if _stands(text, words, index, k))
        known = next(fits, None)
        last = index + len(known.words) if known else index + 1
        if known:
            span = text.span(words[index].start(), words[last - 1].end())
            if not taken.touching(span.start, span.end):
                name = Name(text=text.id, span=span, kind=known.kind, name=known.name, country=known.country)
                yield known.key, name
        index = last


def _stands(text: Text, words: list[re.Match[str]], index: int, known: _Known) -> bool:
    """Whether a spelling stands at a word, its words parted by single blanks."""
    size = len(known.words)
    found = words[index : index + size]
    if tuple(match[0] for match in found) != known.words:
        return False
    start, end = found[0].start(), found[-1].end()
    if size == 1 and _OPENS.search(text.body, max(0, start - 4), start):
        return False
    return text.body[start:end] == " ".join(known.words)


def _by_first_word(clusters: Mapping[str, list[Mention]]) -> dict[str, list[_Known]]:
    """The spellings that name one actor alone, longest first, by their first word."""
    actors: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for key, mentions in clusters.items():
        for mention in mentions:
            if not mention.name.adjective:
                actors[tuple(_WORD.findall(mention.name.span.exact))].add(key)
    found: dict[str, list[_Known]] = defaultdict(list)
    for words, keys in sorted(actors.items(), key=lambda item: (-len(item[0]), item[0])):
        mentions = clusters[min(keys)]
        proper = all(word[:1].isupper() for word in words if len(word) > 3) and len("".join(words)) >= _SHORTEST
        if len(keys) == 1 and 0 < len(words) <= _LONGEST and proper and words[0][:1].isupper():
            country = next((m.name.country for m in mentions if m.name.country), None)
            kind, name = choose_kind(mentions), choose_name(mentions)
            found[words[0]].append(_Known(min(keys), words, kind, name, country))
    return found
