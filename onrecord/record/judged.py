"""Judgements replayed: what people decided, laid over what linking suggests, before the record is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.errors import WhenError
from onrecord.model import Actor, Group, Judgement, Link, Linked, Telling, Unplaced, When, entry_id
from onrecord.model.judgement import SLOTS
from onrecord.model.record import STATUSES

_UNSURE = 0.49  # confidence of what a person is unsure of: below every bar
_OF_ENTRIES = ("answer", "issue", "related", "after", "candidate")


class _Misplaced(Exception):
    """Why a judgement finds nothing that it could be laid on."""


def replay(linked: Linked, judgements: Sequence[Judgement]) -> tuple[Linked, tuple[Unplaced, ...]]:
    """What linking says as people judged it, and the judgements that found no place, each with the reason.

    Judgements are laid on in the order in which they were made, so of two that exclude each other the later stands. An
    entry is known by the id of any of its tellings: that of the entry which this telling founded, or would found.

    >>> from onrecord.model import Corpus
    >>> replay(Linked(Corpus((), {}, {})), [])[1]
    ()
    """
    if not judgements:
        return linked, ()
    desk = _Desk(linked)
    unplaced = []
    for judgement in sorted(judgements, key=lambda one: (one.decided, one.id)):
        try:
            desk.lay(judgement)
        except _Misplaced as reason:
            unplaced.append(Unplaced(judgement, str(reason)))
    return desk.linked(), tuple(unplaced)


class _Desk:
    """What linking says, open for changes."""

    def __init__(self, linked: Linked) -> None:
        self._linked = linked
        self._groups = {group.id: group for group in linked.groups}
        self._actors = {actor.id: actor for actor in linked.actors}
        self._links: dict[tuple[str, str, str], Link] = {(link.kind, link.a, link.b): link for link in linked.links}
        self._known = {
            entry_id(group.kind, telling.annotation.id): group.id
            for group in reversed(linked.groups)
            for telling in reversed(group.tellings)
        } | {group.id: group.id for group in linked.groups}
        self._became: dict[str, str] = {}

    def linked(self) -> Linked:
        """What linking says, as it was judged."""
        links = tuple(link for link in self._links.values() if self._stands(link))
        return replace(
            self._linked, groups=tuple(self._groups.values()), actors=tuple(self._actors.values()), links=links
        )

    def lay(self, judgement: Judgement) -> None:
        """Change what the judgement says. Raises _Misplaced where there is nothing to change."""
        subject = judgement.subject
        if ":" in subject:
            self._lay_on_link(judgement)
        elif judgement.verdict == "same" and self._current(subject) in self._actors:
            self._merge_actors(subject, judgement.value)
        else:
            _VERDICTS[judgement.verdict](self, self._group(subject), judgement)

    def _current(self, name: str) -> str:
        while name in self._became:
            name = self._became[name]
        return name

    def _group(self, subject: str) -> Group:
        found = self._groups.get(self._current(self._known.get(subject, subject)))
        if found is None:
            raise _Misplaced(f"no entry rests on the words of {subject} any more")
        return found

    def _actor(self, name: str) -> Actor:
        """An actor by its id, its name or one of its other names."""
        found = self._actors.get(self._current(name))
        if found is None:
            called = [a for a in self._actors.values() if name == a.name] or [
                a for a in self._actors.values() if name in a.aliases
            ]
            if len(called) != 1:
                many = f"{len(called)} actors are" if called else "no actor is"
                raise _Misplaced(f"{many} called {name!r}")
            found = called[0]
        return found

    def _stands(self, link: Link) -> bool:
        if link.kind in ("merged", "unsure"):
            return link.a in self._actors
        return link.a in self._groups and (link.kind == "candidate" or link.b in self._groups)

    def _put(self, group: Group, tellings: Sequence[Telling]) -> None:
        self._groups[group.id] = replace(group, tellings=tuple(tellings))

    # Entries

    def _accept(self, group: Group, judgement: Judgement) -> None:
        self._put(group, [replace(telling, confidence=1.0) for telling in group.tellings])

    def _refuse(self, group: Group, judgement: Judgement) -> None:
        del self._groups[group.id]

    def _doubt(self, group: Group, judgement: Judgement) -> None:
        self._put(group, [replace(t, confidence=min(t.confidence, _UNSURE)) for t in group.tellings])

    def _join(self, group: Group, judgement: Judgement) -> None:
        other = self._group(judgement.value)
        if other.id == group.id:
            return
        if other.kind != group.kind:
            raise _Misplaced(f"{group.id} is a {group.kind} and {other.id} a {other.kind}: they cannot be one")
        self._put(replace(group, why=f"{group.why}; {judgement.who}: one entry"), (*group.tellings, *other.tellings))
        del self._groups[other.id]
        self._became[other.id] = group.id
        self._redirect(other.id, group.id)

    def _part(self, group: Group, judgement: Judgement) -> None:
        away = [telling for telling in group.tellings if telling.article == judgement.value]
        stay = [telling for telling in group.tellings if telling.article != judgement.value]
        if not away:
            raise _Misplaced(f"article {judgement.value} does not tell {group.id}")
        if not stay:
            return  # it is alone already
        if away[0] is group.tellings[0]:  # the founder keeps the id
            away, stay = stay, away
        self._put(group, stay)
        new = Group(entry_id(group.kind, away[0].annotation.id), group.kind, tuple(away), f"{judgement.who}: apart")
        self._groups[new.id] = new
        self._known |= {entry_id(group.kind, telling.annotation.id): new.id for telling in away}

    def _set(self, group: Group, judgement: Judgement) -> None:
        if judgement.slot not in SLOTS:
            raise _Misplaced(f"an entry has no slot {judgement.slot!r}; there are {', '.join(SLOTS)}")
        if judgement.slot == "answers":
            demand = self._group(judgement.value)
            for key in [key for key in self._links if key[:2] == ("answer", group.id)]:
                del self._links[key]
            self._links["answer", group.id, demand.id] = Link("answer", group.id, demand.id, 1.0, judgement.who)
            return
        changed = self._values(group, judgement.slot, judgement.value)
        self._put(group, [replace(telling, **changed(telling)) for telling in group.tellings])

    def _values(self, group: Group, slot: str, value: str) -> Callable[[Telling], Mapping[str, Any]]:
        """The fields of a telling that a correction changes."""
        if slot == "status":
            if value not in STATUSES.get(group.kind, ()):
                raise _Misplaced(f"a {group.kind} cannot have the status {value!r}")
            return lambda telling: {"status": value}
        if slot == "polarity":
            if group.kind != "demand" or value not in ("want", "not_want"):
                raise _Misplaced("a demand has the polarity want or not_want, and nothing else has one")
            return lambda telling: {"attributes": {**telling.attributes, "polarity": value}}
        if slot == "when":
            try:
                when = When.of(value, None, "metadata")
            except WhenError as error:
                raise _Misplaced(str(error)) from error
            return lambda telling: {"when": when, "when_words": ()}
        actors = tuple(self._actor(name.strip()).id for name in value.split(";") if name.strip())
        if slot in ("by", "to"):
            return lambda telling: {slot: actors}
        if len(actors) != 1:
            raise _Misplaced(f"{slot} takes one name, and {value!r} is {len(actors)}")
        if slot == "speaker" and not any(map(_is_said, group.tellings)):
            raise _Misplaced(f"{group.id} is told in the outlets' own words: nobody speaks")
        if slot == "speaker":
            return lambda telling: {"speaker": actors[0], "by": actors, "voice": "source"} if _is_said(telling) else {}
        return lambda telling: {slot: actors[0]}

    # Links and actors

    def _lay_on_link(self, judgement: Judgement) -> None:
        kind, a, b = (*judgement.subject.split(":", 2), "", "")[:3]
        if kind == "unsure":
            self._settle(a, b, judgement)
            return
        if kind not in _OF_ENTRIES:
            raise _Misplaced(f"{judgement.subject} is no link that can be judged")
        key = kind, self._group(a).id, self._actor(b).id if kind == "candidate" else self._group(b).id
        if judgement.verdict == "no":
            self._links.pop(key, None)
        elif judgement.verdict == "yes" and kind == "candidate":
            self._set(self._group(a), replace(judgement, slot="speaker", value=key[2]))
        elif judgement.verdict == "yes":
            self._links[key] = Link(*key, 1.0, judgement.who)  # type: ignore[arg-type]

    def _settle(self, a: str, b: str, judgement: Judgement) -> None:
        """Whether two people who may be one are one."""
        one, two = self._actor(a).id, self._actor(b).id
        if judgement.verdict == "yes":
            self._merge_actors(one, two)
        elif judgement.verdict == "no":
            self._links.pop(("unsure", one, two), None)

    def _merge_actors(self, a: str, b: str) -> None:
        one, two = self._actor(a), self._actor(b)
        if one.id == two.id:
            return
        self._actors[one.id] = _merged(one, two)
        del self._actors[two.id]
        self._became[two.id] = one.id
        for group in list(self._groups.values()):
            self._put(group, [_renamed(telling, two.id, one.id) for telling in group.tellings])
        self._redirect(two.id, one.id)
        self._links.pop(("unsure", one.id, one.id), None)

    def _redirect(self, old: str, new: str) -> None:
        """Links of what became part of something else are its links; one to itself is none."""
        for key, link in list(self._links.items()):
            if old in key[1:]:
                del self._links[key]
                a, b = (new if end == old else end for end in key[1:])
                if a != b:
                    self._links.setdefault((link.kind, a, b), replace(link, a=a, b=b))


def _is_said(telling: Telling) -> bool:
    return telling.kind == "statement" or telling.voice == "source"


def _merged(one: Actor, two: Actor) -> Actor:
    aliases = dict.fromkeys(name for name in (*one.aliases, two.name, *two.aliases) if name != one.name)
    offices = dict.fromkeys((*one.offices, *two.offices))
    mentions = sorted({*one.mentions, *two.mentions})
    return replace(
        one,
        aliases=tuple(aliases),
        country=one.country or two.country,
        wikidata=one.wikidata or two.wikidata,
        offices=tuple(offices),
        mentions=tuple(mentions),
    )


def _renamed(telling: Telling, old: str, new: str) -> Telling:
    """A telling with one actor's id for another's."""

    def name(actor: str | None) -> str | None:
        return new if actor == old else actor

    def names(actors: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(new if actor == old else actor for actor in actors))

    touched = {*telling.by, *telling.to, *telling.chain, telling.speaker, telling.place, telling.forum}
    if old not in touched and old not in telling.candidates:
        return telling
    return replace(
        telling,
        by=names(telling.by),
        to=tuple(actor for actor in names(telling.to) if actor not in names(telling.by)),
        chain=names(telling.chain),
        candidates=names(telling.candidates),
        speaker=name(telling.speaker),
        place=name(telling.place),
        forum=name(telling.forum),
    )


_VERDICTS: Mapping[str, Callable[[_Desk, Group, Judgement], None]] = {
    "yes": _Desk._accept,
    "no": _Desk._refuse,
    "unsure": _Desk._doubt,
    "same": _Desk._join,
    "apart": _Desk._part,
    "set": _Desk._set,
}
