"""The stage that finds statements."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

from onrecord.model import Annotation, Name, Span, Statement
from onrecord.reading.page import Page, Reading
from onrecord.reading.statements.attribution import Attribution
from onrecord.reading.statements.attributions import find_attributions
from onrecord.reading.statements.contents import Contents, find_contents
from onrecord.reading.statements.continued import find_continuation
from onrecord.reading.statements.following import last_of
from onrecord.reading.statements.frames import Frame, find_frames
from onrecord.reading.statements.nesting import Nested, nest
from onrecord.reading.statements.posts import Post, find_posts
from onrecord.reading.statements.speakers import UNKNOWN, Speaker, Speakers
from onrecord.reading.statements.words import media

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
_OPEN = 0.6  # whose words are quoted is open
_TITLE = 40  # code points of articles and titles before a subject's name
_CONTINUED = {"verbatim": 0.8, "mixed": 0.7, "paraphrase": 0.6}


class Statements:
    """The stage that finds who says what.

    Statements are the outermost attributions; what is nested in one stands under its ``inner``. Quotation marks that
    quote nobody make no statement, and the outlet's own words are given to no source.
    """

    name: ClassVar[str] = "statements"
    version: ClassVar[int] = 1
    needs: ClassVar[tuple[str, ...]] = ("roles", "names", "references")
    makes: ClassVar[tuple[type[Annotation], ...]] = (Statement,)

    def read(self, page: Page) -> Reading:
        """The statements of the page's text, in its order."""
        reader = _Reader(page)
        return Reading(reader.statements(), tuple(reader.unread))


class _Reader:
    """One page, read frame by frame."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.speakers = Speakers(page)
        self.people = [name for name in page.all(Name) if name.kind == "person"]
        self.found: list[Statement] = []
        self.unread: list[tuple[Span, str]] = []
        self.last: tuple[Frame, Statement] | None = None  # the statement that the frame right before ends with
        self.open: tuple[Frame, Attribution] | None = None  # a cue whose quotation is still to come
        self.before: Frame | None = None  # the frame right before, where it has no statement

    def statements(self) -> tuple[Statement, ...]:
        posts = {number: post for post in find_posts(self.page) for number in post.paragraphs}
        done: set[Post] = set()
        for frame in find_frames(self.page):
            post = posts.get(frame.paragraph)
            if post is None:
                self._read(frame)
            elif post not in done:
                done.add(post)
                self._post(post)
        return tuple(sorted(self.found, key=lambda s: (s.span.start, s.span.end, s.id)))

    def _read(self, frame: Frame) -> None:
        if len(frame.tokens) > _LONGEST:
            reason = f"a sentence of {len(frame.tokens)} words and marks; up to {_LONGEST} are read"
            self.unread.append((self.page.text.span(frame.start, frame.end), reason))
            self.last = self.open = self.before = None
            return
        if not frame.tokens:  # a quotation mark that stands alone: whose words follow it, nobody says
            self.last = self.open = self.before = None
            return
        trees = nest(frame, find_attributions(frame))
        new: list[Statement] = []
        opened: Attribution | None = None
        for tree in trees:
            if tree.attribution.order == "next":
                opened = tree.attribution
            elif tree.attribution.order == "previous":
                new += self._anaphoric(frame, tree.attribution)
            elif (statement := self._statement(frame, tree)) is not None:
                new.append(statement)
        if not new and opened is None:
            if self._resume(frame):
                return
            new += self._continuation(frame)
        self.found += new
        if new:
            self.last, self.before = (frame, max(new, key=lambda s: s.span.end)), None
        else:
            self.last, self.before = None, frame
        self.open = (frame, opened) if opened else None

    def _statement(self, frame: Frame, tree: Nested) -> Statement | None:
        attribution = tree.attribution
        contents = find_contents(frame, attribution.regions)
        if contents is None:
            return None
        inner = tuple(s for s in (self._statement(frame, child) for child in tree.inner) if s is not None)
        return replace(self._made(frame, attribution, contents), inner=inner)

    def _made(self, frame: Frame, attribution: Attribution, contents: Contents) -> Statement:
        """The statement of an attribution that stands in ``frame``; its contents may stand elsewhere."""
        source = attribution.source
        speaker = self.speakers.resolve(source) if source else UNKNOWN
        cue = (frame.span(*attribution.cue),) if attribution.cue else ()
        listener = frame.span(*attribution.listener) if attribution.listener else None
        spans = [*contents.pieces, *cue, *([source] if source else [])]
        return Statement(
            text=self.page.text.id,
            span=self._extent(spans),
            confidence=min(_CONFIDENCE[attribution.kind], _OPEN if self._open_whose(contents, speaker) else 1.0),
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
        )

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
            )
        )
        self.last = self.open = self.before = None

    def _signed(self, signer: Speaker, announced: Speaker) -> Speaker:
        """Who signs, where the signature names somebody; else who was announced."""
        return signer if signer.name is not None else announced

    def _extent(self, spans: list[Span] | tuple[Span, ...]) -> Span:
        return self.page.text.span(min(s.start for s in spans), max(s.end for s in spans))


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
