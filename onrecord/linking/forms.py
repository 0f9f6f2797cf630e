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
_AFTER_HEAD = frozenset(("of", "for", "on", "in", "against", "to"))


def join_forms(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """For names of organisations, by the articles that print each: the name that stands for all that are one.

    * One core: "Apple Inc." and "Apple", what says only the legal form left out.
    * An acronym: "GAO" for the only organisation whose words it begins, in an article that prints both.
    * A short form: "China Eastern" for the only longer name that begins so, in an article that prints both; where
      several do, the one that adds general words alone ("Ford", "Ford Motor Company"). One word may begin many names;
      ``join_heads`` has "the League".

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
    """Where a text calls an organisation by the head of its name, its name in full, by text and head.

    ``named`` are the organisations of each text, ``around`` the folded names of the people and bodies that it names.
    "The Administration" is the only administration that its text names in full, "the League" the only "League of ...".
    Where a text names none in full, it is the only one that is named in full by a text with two such names in common.

    >>> join_heads({"t": {"Donors' Circle", "Circle"}}, {})
    {('t', 'Circle'): "Donors' Circle"}
    """
    found: dict[tuple[str, str], str] = {}
    alone: list[tuple[str, str]] = []
    in_full: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))  # by head and name, the texts
    for text, names in sorted(named.items()):
        for name in sorted(names):
            for head in _heads(name):
                in_full[head][name].append(text)
        for head in sorted(names - _listed()):
            fits = sorted(whole for whole in names if is_head(head, whole))
            if len(fits) == 1:
                found[text, head] = fits[0]
            elif not fits:
                alone.append((text, head))
    for text, head in alone:
        here = around.get(text, set()) - {fold(head)}
        known = in_full.get(fold(head), {})
        fits = [
            whole
            for whole, texts in sorted(known.items())
            if any(len(here & around.get(other, set()) - {fold(whole)}) >= _BESIDE for other in texts)
        ]
        if len(fits) == 1:
            found[text, head] = fits[0]
    return found


def _heads(name: str) -> list[str]:
    """What an organisation may be called by, folded: the last words before "of", one or more, but not the whole."""
    whole = fold(name).split()
    first = next((place for place, word in enumerate(whole) if word in _AFTER_HEAD and place), len(whole))
    heads = [" ".join(whole[start:first]) for start in range(first) if "and" not in whole[:start]]
    return [head for head in heads if head != " ".join(whole)]


def is_head(head: str, name: str) -> bool:
    """Whether a name is another with what stands before its head, and after it, left out.

    >>> is_head("Council", "Lower Council of Littoral States"), is_head("Lower", "Lower Council")
    (True, False)
    """
    return fold(head) in _heads(name)


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
    return beside[0] if len(core) > 1 and len(beside) == 1 and len(fits) == 1 else None


def _last(name: str, stands: Mapping[str, str]) -> str:
    """The end of a chain of short forms, which grow longer and so have an end."""
    seen = {name}
    while stands[name] not in seen:
        name = stands[name]
        seen.add(name)
    return stands[name]
