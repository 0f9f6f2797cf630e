"""The walk through a text that takes up its names and answers its mentions, in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.model import Name, Span
from onrecord.reading.callings import gender_of_word, is_spoken, person_nouns
from onrecord.reading.encoded import read_marks
from onrecord.reading.page import Page
from onrecord.reading.references.bodies import Bodies
from onrecord.reading.references.cast import Cast
from onrecord.reading.references.descriptions import find_descriptions, fits, same_party
from onrecord.reading.references.discourse import (
    OTHER,
    OWNER,
    SUBJECT,
    UNNAMED,
    Discourse,
    Places,
    Seen,
    Weights,
    may_be_verb,
)
from onrecord.reading.references.mentions import Mention, find_mentions, is_named, is_title
from onrecord.reading.speakers.sources import Speakers
from onrecord.reading.strangers import find_strangers

_CAPITALISED = re.compile(r"[\w’'-]+(?:[ ][A-Z][\w’'-]+)*")
_CLAUSE = 2000  # code points of a sentence that one source may have said
_RIGHT_BEFORE = re.compile(r",?\s")
_WORD = re.compile(r"\w+")
_OF_PAPERS = frozenset(
    ("reads", "read", "begins", "began", "opens", "opened", "runs", "ran", "ends", "ended", "stands")
)
# "the diplomat" may be any envoy: only the one who spoke last.
_SAY_LITTLE = frozenset(("diplomat", "official", "leader", "politician", "man", "woman", "lady", "figure"))
_NO_PERSON = frozenset(("in", "at", "from", "near", "to", "of", "the", "a", "an", "on", "by", "for", "with"))


@dataclass(frozen=True, slots=True, order=True)
class _Extent:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The name that a mention stands for, how it was found and how sure it is."""

    mention: Mention
    name: Name
    method: str
    confidence: float


class Walk:
    """One text, its people and bodies, and what was told of each so far."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._names = [n for n in page.all(Name) if n.kind not in ("place", "office", "document") and not n.place_use]
        self._starts = [name.span.start for name in self._names]
        self._places = Places(page)
        self._descriptions = find_descriptions(page, self._names)
        self.cast = Cast(page, self._names, self._descriptions)
        self._bodies = Bodies(self._names, self._descriptions, self._places)
        people = frozenset(d.phrase.words[-1] for d in self._descriptions if self.cast.knows(d.name))
        self._mentions = find_mentions(page, self._names, people, self._bodies.heads)
        self._told_as = sorted({_Extent(d.start, d.end) for d in self._descriptions if self.cast.knows(d.name)})
        self._told_starts = [one.start for one in self._told_as]
        self._mention_starts = [mention.span.start for mention in self._mentions]
        self._strangers = find_strangers(page)

    def sole_genders(self) -> list[tuple[str, str]]:
        """People and the gender of pronouns that can mean nobody else: (person, gender)."""
        return [heard for _, heard in self._walk() if heard is not None]

    def answers(self) -> Iterator[Answer]:
        """The mentions outside quotations that can be answered, in order."""
        return (answer for answer, _ in self._walk() if answer is not None)

    def _walk(self) -> Iterator[tuple[Answer | None, tuple[str, str] | None]]:
        """Each mention's answer, and whose gender it tells where it can mean one person only."""
        self._people, self._others = Discourse(self._places), Discourse(self._places)
        self._new: dict[str, int] = {}  # where "a spokesman" came in, by noun
        self._unnamed: set[str] = set()  # nouns that stood for somebody without a name
        events: list[tuple[int, int, Name | Mention | int]] = [(n.span.start, 1, n) for n in self._names]
        events += [(m.span.start, 2, m) for m in self._mentions]
        events += [(start, 0, start) for start in self._strangers]
        for start, _, event in sorted(events, key=lambda one: one[:2]):
            if self._places.is_quoted(start):
                continue
            if isinstance(event, Name):
                self._take_up(event)
            elif isinstance(event, Mention):
                person = event.kind == "person" and event.phrase is None and not event.relative
                sole = self._people.sole(start, event.gender) if person else None
                yield self._answer(event), (sole, event.gender) if sole else None
            else:
                self._take_up_stranger(event)

    def _take_up(self, name: Name) -> None:
        weight = self._weigh(name.span)
        if name.kind == "person" and self.cast.who(name) not in self.cast.places:
            who = self.cast.who(name)
            self._people.add(Seen(who, self.cast.gender(who), name.span.start, weight, name))
        elif not name.adjective and name.kind != "person" and not self._bodies.is_short(name):
            self._others.add(Seen(name.name, "", name.span.start, weight, name))

    def _take_up_stranger(self, start: int) -> None:
        """One whom nothing recognised counts where he may well be a subject: "Nuno's wife Rosa counted the men"."""
        body = self._page.text.body
        match = _CAPITALISED.match(body, start)
        if match is None or any(m.span.start <= start < m.span.end for m in self._near_mentions(start)):
            return
        span = self._page.text.span(start, match.end())
        before = body[max(0, start - 20) : start].split()[-1:]
        if (
            self._is_told_of(span)
            or self._is_name(span)
            or (span.exact[0].isupper() and before and before[0].lower() in _NO_PERSON)
        ):
            return  # "Sir Hewell", where Hewell is known; "in Sert", "the Assembly"
        weight = self._weigh(span)
        kin = bool(before) and before[0].lower() in gender_of_word()
        if kin or (weight > OTHER and may_be_verb(body[span.end : span.end + 30].split()[:2])):
            self._people.add(Seen(f"?{start}", "", start, weight, None))

    def _is_told_of(self, span: Span) -> bool:
        """Whether the words touch what somebody named is called there: "The brother" in "The brother, Jon"."""
        near = bisect_right(self._told_starts, span.end)
        return any(one.start < span.end and span.start < one.end for one in self._told_as[max(0, near - 8) : near])

    def _is_name(self, span: Span) -> bool:
        """Whether the words run into a name: "Sir Hewell", where Hewell is known."""
        near = bisect_right(self._starts, span.end)
        return any(name.span.overlaps(span) for name in self._names[max(0, near - 2) : near])

    def _near_mentions(self, start: int) -> Sequence[Mention]:
        last = bisect_right(self._mention_starts, start)
        return self._mentions[max(0, last - 3) : last]

    def _weigh(self, span: Span) -> float:
        sentences = self._page.sentences
        return self._weights.of(span, sentences[self._places.sentence(span.start)]) if sentences else OTHER

    def _answer(self, mention: Mention) -> Answer | None:
        """What a mention stands for, told on: a pronoun's bearer is in front, somebody without a name is, too."""
        covering = is_named(mention, self._names, self._starts)
        if covering is not None and not self._bodies.is_short(covering):
            return None
        if mention.phrase is not None and is_title(self._page, mention, self._names, self._starts):
            return None
        if mention.phrase is not None and mention.kind == "person" and self._is_apposed(mention.span):
            return None
        answer = self._stands_for(mention)
        if mention.kind == "person":
            self._tell_person(mention, answer)
        elif answer is not None:
            weight = self._weigh(mention.span) if mention.words != "its" else OWNER
            self._others.add(Seen(answer.name.name, "", mention.span.start, weight, answer.name))
        return answer

    def _is_apposed(self, span: Span) -> bool:
        """Whether somebody named is called so right there: "The envoy, Jon Ek", "Its delegate, a lawyer named Ek"."""
        if self._is_told_of(span):
            return True
        near = bisect_right(self._told_starts, span.end)
        return any(self._page.text.body[span.end : one.start] == ", " for one in self._told_as[near : near + 2])

    def _tell_person(self, mention: Mention, answer: Answer | None) -> None:
        start = mention.span.start
        if mention.relative or (answer is None and mention.phrase is None):
            return
        owner = mention.words in ("his", "her", "him") and not self._is_source(mention.span)
        weight = OWNER if owner else self._weigh(mention.span)
        if answer is None:
            gender = mention.gender
            weight = weight if weight >= SUBJECT else UNNAMED
            if mention.new and mention.phrase is not None:
                self._new[mention.phrase.words[-1]] = start
            if mention.phrase is not None and not mention.owned:
                self._unnamed.add(mention.phrase.words[-1])
            self._people.add(Seen(f"?{start}", gender, start, weight, None))
            return
        who = self.cast.who(answer.name)
        self._people.add(Seen(who, self.cast.gender(who), start, weight, answer.name))

    def _stands_for(self, mention: Mention) -> Answer | None:
        if mention.new:
            return None
        if mention.relative:
            return self._relative(mention)
        if mention.kind == "body":
            return self._body(mention)
        if mention.phrase is not None:
            return self._described(mention)
        return self._pronoun(mention)

    def _pronoun(self, mention: Mention) -> Answer | None:
        start = mention.span.start
        own = self._own(mention.span)
        found = self._people.likeliest(start, mention.gender, own)
        return Answer(mention, found.name, "recent", 0.75) if found and found.name else None

    def _own(self, span: Span) -> tuple[Span, ...]:
        """What the source at a place says; nobody named in it is the source: "Ek would go, she said"."""
        content = self._contents.get(span.start, ())
        sentence = self._page.sentences[self._places.sentence(span.start)]
        before = self._page.text.body[max(sentence.start, span.start - 3) : span.start]
        after = self._page.text.body[span.end : span.end + 30]
        if before.rstrip().endswith(",") and is_spoken(next(iter(_WORD.findall(after)), "")):
            return (*content, self._page.text.span(max(sentence.start, span.start - _CLAUSE), span.start))
        return content

    def _relative(self, mention: Mention) -> Answer | None:
        """ "Ek, who said": the name, or the one described, right before."""
        body, person = self._page.text.body, mention.kind == "person"
        for seen in (self._people if person else self._others).last_few():
            if seen.name is not None and _RIGHT_BEFORE.fullmatch(body, seen.name.span.end, mention.span.start):
                return Answer(mention, seen.name, "relative", 0.9)
        return None

    def _body(self, mention: Mention) -> Answer | None:
        if mention.phrase is not None:
            name = None if mention.owned else self._bodies.named_by(mention, self._others)
            return Answer(mention, name, "recent", 0.7) if name else None
        if mention.words == "it" and not self._speaks(mention.span):
            return None
        if next(iter(_WORD.findall(self._page.text.body[mention.span.end : mention.span.end + 20])), "") in _OF_PAPERS:
            return None  # “Come,” it ran: the letter
        found = self._others.likeliest(mention.span.start, "", self._own(mention.span))
        if found is None or found.name is None or found.weight < SUBJECT:
            return None
        return Answer(mention, found.name, "recent", 0.75)

    def _described(self, mention: Mention) -> Answer | None:
        """The one whom the text calls so."""
        assert mention.phrase is not None
        holders = self._holders(mention)
        before = {who for who in holders if self._people.last(who)} or holders
        if len(before) > 1 and mention.phrase.whose:
            before = {who for who in before if self._is_of(who, mention.phrase.whose)}
        if len(before) > 1:
            before = self._foremost(before, mention.span.start)
        if len(before) == 1 and self._is_clear(mention, *before):
            name = self._name_of(before.pop())
            return Answer(mention, name, "office", 0.9) if name else None
        return None if holders or mention.owned else self._epithet(mention, mention.phrase.words[-1])

    def _epithet(self, mention: Mention, head: str) -> Answer | None:
        """ "One will do,” said Dr Ana Ek. The water minister undertook": the speaker before, told of nowhere else.

        Only in the paragraph in which nobody else is told of, and where nothing says what else the speaker is.
        """
        found = self._people.likeliest(mention.span.start, mention.gender)
        last = self._people.last_speaker()
        if found is None or found.name is None or last is None or last.who != found.who or head in self._unnamed:
            return None
        if self._page.text.body.startswith((" of ", " for "), mention.span.end):
            return None
        paragraph = self._page.paragraphs[self._places.paragraph(mention.span.start)]
        here = {seen.who for seen in self._people.since(paragraph.start)}
        if here != {found.who} or any(one.words[-1] in person_nouns() for one in self.cast.described[found.who]):
            return None
        return Answer(mention, found.name, "recent", 0.7)

    def _is_clear(self, mention: Mention, who: str) -> bool:
        """Whether nobody else can be meant by words that say little ("the diplomat") or brought in one without a name.

        "a spokesman said", and then "the spokesman": not the spokesman who was named before.
        """
        assert mention.phrase is not None
        head, last = mention.phrase.words[-1], self._people.last_speaker()
        if head in _SAY_LITTLE and last is not None and last.who != who:
            return False
        told = self._people.last(who)
        new = self._new.get(head)
        return new is None or (told is not None and told.start > new)

    def _holders(self, mention: Mention) -> set[str]:
        assert mention.phrase is not None
        return {
            who
            for who, told in self.cast.described.items()
            if not (mention.gender and self.cast.gender(who) not in ("", mention.gender))
            and any(fits(mention.phrase, one) for one in told)
        }

    def _is_of(self, who: str, whose: frozenset[str]) -> bool:
        return any(one.whose and same_party(whose, one.whose) for one in self.cast.described[who])

    def _foremost(self, holders: set[str], position: int) -> set[str]:
        """Of several who fit, the last speaker, where no other was told of in this paragraph or the one before."""
        paragraph = self._places.paragraph(position)
        near = {
            who
            for who in holders
            if (seen := self._people.last(who)) and paragraph - self._places.paragraph(seen.start) <= 1
        }
        last = self._people.last_speaker()
        return near if len(near) == 1 and last is not None and last.who in near else set()

    def _name_of(self, who: str) -> Name | None:
        """Where somebody is named: before, as last told, else after."""
        seen = self._people.last(who)
        return (
            seen.name
            if seen
            else next((n for n in self._names if n.kind == "person" and self.cast.who(n) == who), None)
        )

    def _speaks(self, span: Span) -> bool:
        """Whether the words are a source: by the encoder, or by the verb of speech that follows: "it has also said"."""
        if self._is_source(span):
            return True
        words = [w for w in self._page.text.body[span.end : span.end + 40].split()[:3] if w not in _BETWEEN]
        return bool(words) and is_spoken(words[0])

    def _is_source(self, span: Span) -> bool:
        return span.start in self._contents

    @cached_property
    def _marks(self) -> Sequence[tuple[Span, tuple[Span, ...]]]:
        return [(one.source, one.content) for one in read_marks(self._page).attributions if one.source is not None]

    @cached_property
    def _contents(self) -> Mapping[int, tuple[Span, ...]]:
        """What is said, by where the source begins."""
        return {source.start: content for source, content in self._marks}

    @cached_property
    def _weights(self) -> Weights:
        speakers = Speakers(self._page)
        heads = [speakers.resolve(source).name or source for source, _ in self._marks]
        extents: dict[Span, tuple[int, int]] = {}
        for one in self._descriptions:
            start, end = extents.get(one.span, (one.span.start, one.span.end))
            extents[one.span] = min(start, one.start), max(end, one.end)
        return Weights(self._page, heads, extents)


_BETWEEN = frozenset(("has", "had", "also", "then", "later"))
