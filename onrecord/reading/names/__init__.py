"""Names and offices: who and what a text names, by word lists and by how the text speaks of them."""

from __future__ import annotations

from typing import ClassVar

from onrecord.encoder import check_weights
from onrecord.model import Annotation, Name, Office, Span, Text
from onrecord.reading.encoded import paragraphs_read, read_marks
from onrecord.reading.names.countries import find_countries
from onrecord.reading.names.gazetteer import Gazetteer, gazetteer
from onrecord.reading.names.groups import claim_groups
from onrecord.reading.names.listed import claim_listed, claim_long_names
from onrecord.reading.names.organs import claim_organs, settle_ministries
from onrecord.reading.names.people import claim_people, holders, surname_hints
from onrecord.reading.names.phrases import (
    claim_datelines,
    claim_defined,
    claim_documents,
    claim_organisations,
    claim_places,
    claim_quoted_media,
)
from onrecord.reading.names.seen import claim_seen, claim_seen_places, place_seen, seen_states, seen_surnames, settle
from onrecord.reading.names.speaking import claim_speaking
from onrecord.reading.names.titles import Title, find_titles
from onrecord.reading.names.tokens import LONGEST_PARAGRAPH, Claim, Sheet, read_tokens
from onrecord.reading.page import Page, Reading

__all__ = ["Names"]

_STATES = ("state", "adjective", "people", "capital")


_WHOLE_TITLE = 4  # words: "Chancellor of the Exchequer"
_NO_OFFICE = frozenset({"counterpart"})  # "his Norlandic counterpart, Anna Berg": no office, but she is somebody


class Names:
    """The stage that finds names, and offices with their holders.

    No two names overlap: "the Russian Foreign Ministry" is one body, "Russian" in it no name of its own. An office's
    span runs over title, state and holder ("Russian Foreign Minister Sergei Lavrov"); ``of`` and ``holder`` are spans
    of names. Offices without holder stand too ("Kremlin spokesman"), for references to resolve; a title that stands
    alone ("the minister") is no office.
    """

    name: ClassVar[str] = "names"
    version: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("roles",)
    makes: ClassVar[tuple[type[Annotation], ...]] = (Name, Office)

    @property
    def weights(self) -> str:
        """The digest of the encoder's weights. Raises WeightsError where they are not as shipped."""
        return check_weights()

    def read(self, page: Page) -> Reading:
        """The names and offices of the page, in the order of the text."""
        sheet = Sheet(read_tokens(page), page.text.body)
        marks = read_marks(page)
        seen = place_seen(sheet, marks.names)
        people = surname_hints(sheet) | frozenset(seen_surnames(sheet, seen))
        names = Gazetteer(find_countries(sheet, people, seen_states(sheet, seen)), gazetteer())
        # Longer names first, as later rules take only what is left: the Minsk agreements before Minsk.
        claim_documents(sheet, names)
        claim_listed(sheet, names, ("organisation", "outlet", "body"))
        claim_long_names(sheet, names)
        claim_defined(sheet)
        claim_organisations(sheet, names)
        claim_listed(sheet, names, (*_STATES, "place"))
        claim_organs(sheet)
        titles = find_titles(sheet)
        settle_ministries(sheet, titles)
        claim_people(sheet, titles, seen)
        claim_quoted_media(sheet)
        claim_groups(sheet)
        claim_seen(sheet, seen, "organisation", titles)
        claim_places(sheet, people)
        claim_seen_places(sheet, seen)
        claim_datelines(sheet)
        claim_speaking(sheet, [a.source for a in marks.attributions if a.source is not None])
        settle(sheet, place_seen(sheet, marks.names, sure=False), titles, paragraphs_read(page))
        titles = find_titles(sheet)
        found: list[Annotation] = [_name(page.text, sheet, claim) for claim in sheet.claims()]
        for title, holder in holders(sheet, titles):
            if title.key in _NO_OFFICE or _is_anothers(sheet, title, titles):
                continue
            office = _office(page.text, sheet, (title.first, title.last), title.of, holder)
            if office:
                found.append(office)
        unread = tuple((p, "too long to be prose") for p in page.paragraphs if len(p) > LONGEST_PARAGRAPH)
        return Reading(tuple(sorted(found, key=lambda one: (one.span.start, -one.span.end, one.claim))), unread)


def _is_anothers(sheet: Sheet, title: Title, titles: tuple[Title, ...]) -> bool:
    """Whether a title only says whose servant is named: "the press secretary of the President Ivan Orlov".

    Ivan Orlov may be either, so the text gives him neither office.
    """
    if sheet.word(title.first - 1).lower() != "the" or sheet.word(title.first - 2).lower() not in ("of", "to", "for"):
        return False
    return any(other.last == title.first - 2 for other in titles)


def _span(text: Text, sheet: Sheet, first: int, last: int) -> Span:
    return text.span(sheet.tokens[first].start, sheet.tokens[last - 1].end)


def _name(text: Text, sheet: Sheet, claim: Claim) -> Name:
    return Name(
        text=text.id,
        span=_span(text, sheet, claim.first, claim.last),
        kind=claim.kind,
        name=claim.name,
        country=claim.country,
        adjective=claim.adjective,
        place_use=claim.place_use,
    )


def _office(text: Text, sheet: Sheet, title: tuple[int, int], of: Claim | None, holder: Claim | None) -> Office | None:
    """The office annotation; None for a title that says neither whose nor who, unless its words alone say which."""
    if of is None and holder is None and title[1] - title[0] < _WHOLE_TITLE:
        return None
    places = [*title]
    for claim in (of, holder):
        if claim:
            places += [claim.first, claim.last]
    return Office(
        text=text.id,
        span=_span(text, sheet, min(places), max(places)),
        title=sheet.words(*title),
        of=_span(text, sheet, of.first, of.last) if of else None,
        holder=_span(text, sheet, holder.first, holder.last) if holder else None,
    )
