"""The stage that finds statements."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

from onrecord.encoder import check_weights
from onrecord.model import Annotation, Name, Span, Statement
from onrecord.reading.languages import find_foreign, name_language
from onrecord.reading.page import Page, Reading
from onrecord.reading.speakers.naming import name_speakers
from onrecord.reading.speakers.sources import UNKNOWN, Speaker, Speakers
from onrecord.reading.statements.attribution import Attribution
from onrecord.reading.statements.attributions import find_attributions
from onrecord.reading.statements.contents import Contents, find_contents, join_contents
from onrecord.reading.statements.continued import find_continuation, is_same_voice
from onrecord.reading.statements.dated import date_statements
from onrecord.reading.statements.following import last_of
from onrecord.reading.statements.frames import Frame, Frames, find_frames
from onrecord.reading.statements.heard import Heard, hear, hear_inside
from onrecord.reading.statements.nesting import Nested, may_nest, nest, sources_in
from onrecord.reading.statements.posts import Post, find_posts
from onrecord.reading.statements.tone import tone_of
from onrecord.reading.words import media, words_of

# Set by judgement, in the order in which the kinds err; not calibrated yet.
_CONFIDENCE = {
    "clause": 0.85,
    "quote": 0.95,
    "that": 0.9,
    "bare": 0.8,
    "according": 0.85,
    "whole": 0.75,
    "question": 0.75,
    "fact": 0.8,
    "as": 0.7,
    "noun": 0.6,
    "headed": 0.7,
    "signed": 0.9,
    "anaphoric": 0.75,
    "open": 0.85,
}
_LONGEST = 400  # words and marks of a sentence; longer ones are lists, tables or damage
# What the rules read and the encoder does not is as a rule none: of what is not quoted, seven of 28 were right in
# passages that the encoder had not seen, and of "called it a fraud" none of two on the development articles.
_ALONE = frozenset(("clause", "quote", "open"))
_UNHEARD = 0.25
_OPEN = 0.6  # whose words are quoted is open
_TITLE = 40  # code points of articles and titles before a subject's name
_LEVELS = 3  # of statements within statements
_LEAST_SURE = 0.3  # three in ten of these are right on the development articles, and fewer below (docs/scores.md)
_DOUBT_LEFT = 0.3  # of the encoder's doubt where a rule reads the same: of its 50 % sure, 90 % are right then
_TIME_REACH = 6  # tokens after the cue clause in which its time may stand
_CONTINUED = {"verbatim": 0.8, "mixed": 0.7, "paraphrase": 0.6}


WITNESSES = ("encoder", "rules")


class Statements:
    """The stage that finds who says what.

    Statements are the outermost attributions; what is nested in one stands under its ``inner``. Quotation marks that
    quote nobody make no statement, and the outlet's own words are given to no source.
    """

    name: ClassVar[str] = "statements"
    version: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("roles", "times", "names", "references")
    makes: ClassVar[tuple[type[Annotation], ...]] = (Statement,)

    def __init__(self, witnesses: tuple[str, ...] = WITNESSES) -> None:
        self.settings = {"witnesses": list(witnesses)}
        self._witnesses = witnesses

    @property
    def weights(self) -> str | None:
        """The digest of the encoder's weights. Raises WeightsError where they are not as shipped."""
        return check_weights() if "encoder" in self._witnesses else None

    def read(self, page: Page) -> Reading:
        """The statements of the page's text, in its order."""
        reader = _Reader(page, self._witnesses)
        statements = reader.statements()
        return Reading(statements, tuple(sorted(reader.unread)))


class _Reader:
    """One page, read frame by frame."""

    def __init__(self, page: Page, witnesses: tuple[str, ...]) -> None:
        self.page = page
        self.cut = Frames(page)
        self.frames = find_frames(self.cut)
        self.rules = "rules" in witnesses
        self.hears = "encoder" in witnesses
        self.heard: dict[int, list[Heard]] = {}
        for one in hear(page, self.frames) if self.hears else ():
            self.heard.setdefault(one.frame, []).append(one)
        self.speakers = Speakers(page)
        self.people = [name for name in page.all(Name) if name.kind == "person"]
        self.found: list[Statement] = []
        self.unread: list[tuple[Span, str]] = []
        self.last: tuple[Frame, Statement] | None = None  # the statement that the frame right before ends with
        self.open: tuple[Frame, Attribution] | None = None  # a cue whose quotation is still to come
        self.before: Frame | None = None  # the frame right before, where it has no statement
        self.reaching: dict[int, Statement] = {}  # frames in which a statement made earlier goes on
        self.ruled: list[tuple[Span, Span]] = []  # the sources that the rules read, each with its cue

    def statements(self) -> tuple[Statement, ...]:
        posts = {number: post for post in find_posts(self.page) for number in post.paragraphs}
        done: set[Post] = set()
        foreign = find_foreign(self.page)
        self.unread += [(p, f"in {name_language(code)}; statements are read in English") for p, code in foreign]
        skipped = {paragraph for paragraph, _ in foreign}
        for number, frame in enumerate(self.frames):
            if self.page.paragraphs[frame.paragraph] in skipped:
                self.last = self.open = self.before = None
                continue
            post = posts.get(frame.paragraph)
            if post is None:
                self._read(number, frame)
            elif post not in done:
                done.add(post)
                self._post(post)
        found = self._with_inner(self.found, 1) if self.hears else self.found
        named = name_speakers(self.page, found, self.ruled)
        return tuple(sorted(date_statements(self.page, named), key=lambda s: (s.span.start, s.span.end, s.id)))

    def _with_inner(self, outer: list[Statement], level: int) -> list[Statement]:
        """The statements with what the encoder finds nested in their contents."""
        places = sorted(
            ((place, number, quoted) for number, s in enumerate(outer) if not s.inner for place, quoted in _within(s)),
            key=lambda found: (found[0].start, found[0].end),
        )
        inner: dict[int, list[Statement]] = {}
        for inside in (False, True):
            chosen = [(place, number) for place, number, quoted in places if quoted == inside]
            frames = [self.cut.frame(place.start, place.end, quoted=inside) for place, _ in chosen]
            for one in hear_inside(self.page, frames, quoted=inside):
                made = self._of_heard(one, frames)
                if made is not None and made.confidence >= _LEAST_SURE:
                    number = chosen[one.frame][1]
                    inner.setdefault(number, []).append(self._by_first_person(made, outer[number]))
        flat = [s for statements in inner.values() for s in statements]
        if flat and level < _LEVELS:
            deeper = iter(self._with_inner(flat, level + 1))
            inner = {number: [next(deeper) for _ in statements] for number, statements in inner.items()}
        return [replace(s, inner=tuple(inner[n])) if n in inner else s for n, s in enumerate(outer)]

    def _by_first_person(self, inner: Statement, outer: Statement) -> Statement:
        """“I told him no,” Berg said: who says "I" is who is quoted."""
        own = inner.source and inner.source[0].exact.lower() in ("i", "my", "me")
        return replace(inner, speaker=outer.speaker, method="first person") if own and outer.speaker else inner

    def _read(self, number: int, frame: Frame) -> None:
        if len(frame.tokens) > _LONGEST:
            reason = f"a sentence of {len(frame.tokens)} words and marks; up to {_LONGEST} are read"
            self.unread.append((self.page.text.span(frame.start, frame.end), reason))
            self.last = self.open = self.before = None
            return
        if not frame.tokens:  # a quotation mark that stands alone: whose words follow it, nobody says
            self.last = self.open = self.before = None
            return
        new = []
        for one in self.heard.get(number, ()):
            if (made := self._of_heard(one, self.frames)) is not None:
                new.append(made)
                if made.confidence >= _LEAST_SURE:
                    self.reaching.update((reached, made) for reached, _ in one.regions if reached > number)
        by_rule, opened = self._by_rule(frame) if self.rules else ([], None)
        new = [_agreed(s) if any(_alike(s, other) for other in by_rule) else s for s in new]
        new = [s for s in new if s.confidence >= _LEAST_SURE]
        new += [s for s in by_rule if s.confidence >= _LEAST_SURE and not any(_shares(s, other) for other in new)]
        reached = self.reaching.get(number)
        if not new and opened is None and reached is None:
            if self._resume(frame):
                return
            new += self._continuation(frame)
        self.found += new
        if new or reached:
            self.last = (frame, max([*new, *([reached] if reached else [])], key=lambda s: s.span.end))
            self.before = None
        else:
            self.last, self.before = None, frame
        self.open = (frame, opened) if opened else None

    def _of_heard(self, one: Heard, frames: Sequence[Frame]) -> Statement | None:
        """The statement of an attribution that the encoder read."""
        own = [
            (frames[n], regions)
            for n, regions in one.regions
            if n == one.frame or not self._is_anothers(frames[n], one)
        ]
        parts = [find_contents(frame, regions) for frame, regions in own]
        contents = join_contents([part for part in parts if part is not None])
        if contents is None or not (contents.verbatim or _says(frames[one.frame], one.attribution)):
            return None
        return self._made(frames[one.frame], one.attribution, contents, one.confidence)

    def _is_anothers(self, frame: Frame, one: Heard) -> bool:
        """Whether a sentence brings in somebody else's words: "Ms Berg's reply came over her shoulder: “We wait.”"."""
        colon = next((a for a, b in pairwise(frame.tokens) if a.text == ":" and b.quotation), None)
        if colon is None or one.attribution.source is None:
            return False
        named = {
            e.name for e in frame.entities if isinstance(e, Name) and e.kind == "person" and e.span.end < colon.end
        }
        return bool(named) and self._name(self.speakers.resolve(one.attribution.source)) not in named

    def _by_rule(self, frame: Frame) -> tuple[list[Statement], Attribution | None]:
        """The statements that the rules find in a frame, and the cue whose quotation is still to come."""
        new: list[Statement] = []
        opened: Attribution | None = None
        for tree in nest(frame, find_attributions(frame)):
            self.ruled += sources_in(frame, tree)
            if tree.attribution.order == "next":
                opened = tree.attribution
            elif tree.attribution.order == "previous":
                new += self._anaphoric(frame, tree.attribution)
            elif (statement := self._statement(frame, tree)) is not None:
                new.append(statement)
        return new, opened

    def _statement(self, frame: Frame, tree: Nested) -> Statement | None:
        attribution = tree.attribution
        contents = find_contents(frame, attribution.regions)
        if contents is None:
            return None
        inner = tuple(s for s in (self._statement(frame, child) for child in tree.inner) if s is not None)
        return replace(self._made(frame, attribution, contents), inner=inner)

    def _made(
        self, frame: Frame, attribution: Attribution, contents: Contents, confidence: float | None = None
    ) -> Statement:
        """The statement of an attribution that stands in ``frame``; its contents may stand elsewhere."""
        source = attribution.source
        speaker = self.speakers.resolve(source) if source else UNKNOWN
        cue = (frame.span(*attribution.cue),) if attribution.cue else ()
        listener = frame.span(*attribution.listener) if attribution.listener else None
        spans = [*contents.pieces, *cue, *([source] if source else [])]
        negated, modality = tone_of(contents.pieces, attribution.cue_class)
        return Statement(
            text=self.page.text.id,
            span=self._extent(spans),
            confidence=min(
                self._by_kind(attribution, contents) if confidence is None else confidence,
                _OPEN if self._open_whose(contents, speaker) else 1.0,
            ),
            content=contents.pieces,
            cue=cue,
            source=(source,) if source else (),
            manner=contents.manner,
            verbatim=contents.verbatim,
            speaker=speaker.name,
            method=speaker.method,
            addressee=listener,
            medium=_medium(frame, attribution),
            hedge=attribution.hedge,
            cue_class=attribution.cue_class,
            negated=negated,
            modality=modality,
        )

    def _by_kind(self, attribution: Attribution, contents: Contents) -> float:
        """The confidence of what the rules read."""
        alone = attribution.order == "previous" or (bool(contents.verbatim) and attribution.kind in _ALONE)
        return _CONFIDENCE[attribution.kind] if alone or not self.hears else _UNHEARD

    def _open_whose(self, contents: Contents, speaker: Speaker) -> bool:
        """Whether quoted words may be another person's, whom the speaker tells of.

        The envoy said Mr Ek spoke of freeing “some of the younger men”: the envoy's words or Ek's.
        """
        if contents.manner != "mixed":
            return False
        for piece, quoted in pairwise(contents.pieces):
            place = bisect_left(self.people, piece.start, key=lambda name: name.span.start)
            subject = self.people[place] if place < len(self.people) and piece.covers(self.people[place].span) else None
            if subject is None or quoted not in contents.verbatim or subject.span.start - piece.start > _TITLE:
                continue
            if subject.name != self._name(speaker):
                return True
        return False

    def _name(self, speaker: Speaker) -> str | None:
        """The name of a speaker, in the text's fullest form."""
        if speaker.name is None:
            return None
        place = bisect_left(self.people, speaker.name.start, key=lambda name: name.span.start)
        found = self.people[place] if place < len(self.people) else None
        return found.name if found and found.span == speaker.name else None

    def _anaphoric(self, frame: Frame, attribution: Attribution) -> list[Statement]:
        """The talks had failed. This was stated by Berg: the sentence before, where it is nobody else's."""
        before = self.before
        if before is None or before.paragraph != frame.paragraph:
            return []
        contents = find_contents(before, ((0, last_of(before)),))
        return [self._made(frame, attribution, contents)] if contents else []

    def _resume(self, frame: Frame) -> bool:
        """“We wait,” Berg said. “We have time.” is one statement, as if a comma stood before its second half."""
        if self.last is None or not frame.quotations or any(t.is_word for t in frame.tokens):
            return False
        before, earlier = self.last
        after_quotation = earlier.verbatim and earlier.cue and earlier.verbatim[-1].end <= earlier.cue[0].start
        if frame.paragraph != before.paragraph or not after_quotation or earlier.inner:
            return False
        contents = find_contents(frame, ((0, last_of(frame)),))
        if contents is None:
            return False
        whole = replace(
            earlier,
            span=self._extent([earlier.span, *contents.pieces]),
            content=(*earlier.content, *contents.pieces),
            verbatim=(*earlier.verbatim, *contents.verbatim),
        )
        self.found[max(i for i, s in enumerate(self.found[-8:], max(0, len(self.found) - 8)) if s is earlier)] = whole
        self.last = (frame, whole)
        return True

    def _continuation(self, frame: Frame) -> list[Statement]:
        if self.open is not None:
            opened_in, attribution = self.open
            alone = frame.quotations and not any(t.is_word for t in frame.tokens)
            if alone and frame.paragraph <= opened_in.paragraph + 1:
                contents = find_contents(frame, ((0, last_of(frame)),))
                return [self._made(opened_in, attribution, contents)] if contents else []
        if self.last is None or self.last[1].speaker is None:
            return []
        before, earlier = self.last
        contents = find_continuation(frame, before, earlier)
        if contents and not is_same_voice(frame, before):
            self.unread.append((self._extent(contents.pieces), "quoted words that nobody is said to speak"))
            return []
        return [self._continued(contents, earlier)] if contents else []

    def _continued(self, contents: Contents, earlier: Statement) -> Statement:
        return Statement(
            text=self.page.text.id,
            span=self._extent(contents.pieces),
            confidence=min(earlier.confidence, _CONTINUED[contents.manner]),
            content=contents.pieces,
            manner=contents.manner,
            verbatim=contents.verbatim,
            speaker=earlier.speaker,
            method="continued",
            addressee=earlier.addressee,
            medium=earlier.medium,
            cue_class="say",
        )

    def _post(self, post: Post) -> None:
        """A post: its words are verbatim without marks; the signature names the speaker."""
        cue: tuple[Span, ...] = ()
        source: tuple[Span, ...] = (post.signer,)
        speaker = self.speakers.resolve(post.signer)
        if self.open is not None:
            frame, attribution = self.open
            cue = (frame.span(*attribution.cue),) if attribution.cue else ()
            if attribution.source is not None:
                source = (attribution.source,)
                speaker = self._signed(speaker, self.speakers.resolve(attribution.source))
        self.found.append(
            Statement(
                text=self.page.text.id,
                span=self._extent([post.content, *cue, *source]),
                confidence=0.95,
                content=(post.content,),
                cue=cue,
                source=source,
                manner="verbatim",
                verbatim=(post.content,),
                speaker=speaker.name,
                method=speaker.method,
                medium="tweet",
                time=post.time,
            )
        )
        self.last = self.open = self.before = None

    def _signed(self, signer: Speaker, announced: Speaker) -> Speaker:
        """Who signs, where the signature names somebody; else who was announced."""
        return signer if signer.name is not None else announced

    def _extent(self, spans: list[Span] | tuple[Span, ...]) -> Span:
        return self.page.text.span(min(s.start for s in spans), max(s.end for s in spans))


def _within(statement: Statement) -> Iterator[tuple[Span, bool]]:
    """Where statements may be nested in one: each piece of its content, and whether it is a quotation."""
    return ((piece, piece in statement.verbatim) for piece in statement.content if may_nest(piece.exact))


def _says(frame: Frame, attribution: Attribution) -> bool:
    """Whether a cue tells of words: not an auxiliary alone, nor a presenter who "had Norland asking for it"."""
    cue, source = attribution.cue, attribution.source
    if cue is None:
        return True
    words = [frame.tokens[n].lower for n in range(cue[0], cue[1] + 1)]
    place = frame.tokens_in(source) if source else None
    before = frame.tokens[place[0] - 1].lower if place and place[0] else ""
    made = before in ("had", "has", "have") and words[0].endswith("ing")
    return not made and any(word not in words_of("auxiliary") for word in words)


def _agreed(statement: Statement) -> Statement:
    """A statement that both witnesses read alike."""
    return replace(statement, confidence=1 - _DOUBT_LEFT * (1 - statement.confidence))


def _alike(one: Statement, other: Statement) -> bool:
    """Whether the contents of two statements share half of the longer one's words."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.content for b in other.content)
    return 2 * shared >= max(sum(map(len, one.content)), sum(map(len, other.content)))


def _shares(one: Statement, other: Statement) -> bool:
    """Whether two statements have words of content or cue in common."""
    return any(a.overlaps(b) for a in (*one.content, *one.cue) for b in (*other.content, *other.cue))


def _medium(frame: Frame, attribution: Attribution) -> str | None:
    """The medium that the cue clause and the adjuncts after it name: told four radio stations."""
    content = {place for first, last in attribution.regions for place in range(first, last + 1)}
    last = last_of(frame) if attribution.order in ("before", "around") else attribution.last
    for place in range(attribution.first, min(last, attribution.last + 15) + 1):
        if place > attribution.last and frame.tokens[place].lower in ("when", "asked", "whether", "that", "which"):
            return None  # said, when asked whether the letter had come
        if place not in content and (medium := media().get(frame.tokens[place].lower)):
            return medium
    return None
