"""Organisations by several names: legal forms, acronyms and short forms of one name, each joined for a reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import cache

from onrecord.lexicon.tables import read_list, read_table
from onrecord.linking.organisations import core_words, is_acronym, is_generic
from onrecord.linking.spelling import fold

_LONGEST_ACRONYM = 7
_BESIDE = 2  # names that two texts have in common where one says in full what the other calls by its head
_FEWEST_WHOLE = 3  # words of a name that keeps two where its last is left out
_AFTER_HEAD = frozenset(("of", "for", "on", "in", "against", "to"))


def join_forms(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For names of organisations, by the articles that print each: the name that stands for all that are one.

    * One core: "Apple Inc." and "Apple", what says only the legal form left out.
    * An acronym: "GAO" for the only organisation whose words it begins, in an article that prints both.
    * A short form: "China Eastern" for the only longer name that begins so, in an article that prints both; where
      several do, the one that adds general words alone ("Ford", "Ford Motor Company").

    >>> join_forms({"Lake Compact Organisation": ["a"], "LCO": ["a"]})["LCO"]
    'Lake Compact Organisation'
    """
    stands: dict[str, str] = {}
    cores: dict[tuple[str, ...], list[str]] = defaultdict(list)
    listed_names = _listed()
    for name in sorted(names, key=lambda name: (-len(names[name]), name)):
        cores[core_words(name)].append(name)
    for listed in cores.values():
        for name in listed:
            stands[name] = listed[0]
    printed: dict[tuple[str, ...], set[str]] = {
        core: {a for name in listed for a in names[name]} for core, listed in cores.items()
    }
    beginning: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    initials: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for core in cores:
        beginning[core[:1]].append(core)
        initials["".join(word[0] for word in core)].append(core)
    for core, listed in cores.items():
        if any(name in listed_names for name in listed):
            continue  # "NATO" is a name of its own, and no short form of "NATO-Russia Council"
        longer = _acronym_of(core, listed, initials["".join(core[:1])], printed) or _short_for(
            core, beginning[core[:1]], printed
        )
        if longer:
            whole = cores[longer][0]
            for name in listed:
                stands[name] = whole
    return {name: _last(name, stands) for name in stands}


def join_heads(named: Mapping[str, Set[str]], around: Mapping[str, Set[str]]) -> dict[tuple[str, str], str]:
    """Where a text calls an organisation by less than its name, its name in full, by text and what it is called.

    ``named`` are the organisations of each text, ``around`` the folded names of all that it names. "The Administration"
    is the only administration that its text names in full, "the League" the only "League of ...", and so they are in
    every text, unless another text has another league. Then, and for "Blue Lamp" where no text has it beside "Blue Lamp
    Society", it is the only one of those texts that have two more names in common with this one.

    >>> join_heads({"t": {"Donors' Circle", "Circle"}}, {})
    {('t', 'Circle'): "Donors' Circle"}
    """
    found: dict[tuple[str, str], str] = {}
    alone: list[tuple[str, str]] = []
    of_head: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for text, names in sorted(named.items()):
        for name in sorted(names - _listed()):
            for begins in _beginnings(name):
                beside[begins][name] |= around.get(text, set())
            fits = sorted(whole for whole in names if is_head(name, whole))
            if len(fits) == 1:
                found[text, name] = fits[0]
                of_head[name].add(fits[0])
                beside[fold(name)][fits[0]] |= around.get(text, set())
            elif not fits:
                alone.append((text, name))
    for text, name in alone:
        here = around.get(text, set()) - {fold(name)}
        known = beside.get(fold(name), {})
        fits = [whole for whole, names in sorted(known.items()) if len(here & names - {fold(whole)}) >= _BESIDE]
        if len(of_head[name]) == 1 or len(fits) == 1:
            found[text, name] = next(iter(of_head[name])) if len(of_head[name]) == 1 else fits[0]
    return found


def _beginnings(name: str) -> list[str]:
    """What a name of three words or more may be called for short: its words but for the last, with none of "of"."""
    words = fold(name).split()
    return [] if len(words) < _FEWEST_WHOLE or _AFTER_HEAD & set(words) else [" ".join(words[:-1])]


def is_head(head: str, name: str) -> bool:
    """Whether a name is another with what stands before its head, and after it, left out.

    >>> is_head("Council", "Lower Council of Littoral States"), is_head("Lower", "Lower Council")
    (True, False)
    """
    words, whole = fold(head).split(), fold(name).split()
    first = next((place for place, word in enumerate(whole) if word in _AFTER_HEAD and place), len(whole))
    start = first - len(words)
    return len(words) < len(whole) and start >= 0 and whole[start:first] == words and "and" not in whole[:start]


@cache
def _listed() -> frozenset[str]:
    rows = read_table("organisations")
    return frozenset(name for row in rows for name in (row["name"], *read_list(row["names"])))


def _acronym_of(
    core: tuple[str, ...],
    listed: Sequence[str],
    near: Sequence[tuple[str, ...]],
    printed: Mapping[tuple[str, ...], set[str]],
) -> tuple[str, ...] | None:
    capital = [name for name in listed if name.replace(".", "").isupper()]
    if len(core) != 1 or len(core[0]) > _LONGEST_ACRONYM or not capital:
        return None
    fits = [other for other in near if is_acronym(core, other)]
    beside = [other for other in fits if printed[other] & printed[core]]
    return beside[0] if len(beside) == 1 else fits[0] if len(fits) == 1 and len(core[0]) > 2 else None


def _short_for(
    core: tuple[str, ...], near: Sequence[tuple[str, ...]], printed: Mapping[tuple[str, ...], set[str]]
) -> tuple[str, ...] | None:
    fits = [other for other in near if len(other) > len(core) and other[: len(core)] == core]
    general = [other for other in fits if all(is_generic(word) for word in other[len(core) :])]
    if len(general) == 1:
        return general[0]
    beside = [other for other in fits if printed[other] & printed[core]]
    return beside[0] if len(beside) == 1 and len(fits) == 1 else None


def _last(name: str, stands: Mapping[str, str]) -> str:
    """The end of a chain of short forms, which grow longer and so have an end."""
    seen = {name}
    while stands[name] not in seen:
        name = stands[name]
        seen.add(name)
    return stands[name]
