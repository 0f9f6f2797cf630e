"""The stage of references."""

from __future__ import annotations

from typing import ClassVar

from onrecord.encoder import check_weights
from onrecord.model import Annotation, Name, Reference
from onrecord.reading.page import Page, Reading
from onrecord.reading.references.walk import Answer, Walk


class References:
    """The stage that finds what pronouns and descriptions stand for.

    A pronoun looks back over the sentences before, never past two paragraphs: who spoke comes before who acted, and
    who acted before who was only mentioned. A description is matched to what the text calls its people and bodies
    anywhere. Where two fit equally well the reference is left out: unresolved, not guessed.
    """

    name: ClassVar[str] = "references"
    version: ClassVar[int] = 2
    needs: ClassVar[tuple[str, ...]] = ("roles", "names")
    makes: ClassVar[tuple[type[Annotation], ...]] = (Reference,)

    @property
    def weights(self) -> str:
        """The digest of the encoder's weights. Raises WeightsError where they are not as shipped."""
        return check_weights()

    def read(self, page: Page) -> Reading:
        """The references of the page's text, outside quotations and noise."""
        if not any(name.kind != "document" for name in page.all(Name)):
            return Reading()
        walk = Walk(page)
        walk.cast.learn(walk.sole_genders())
        return Reading(tuple(_reference(page, answer) for answer in walk.answers()))


def _reference(page: Page, answer: Answer) -> Reference:
    return Reference(
        text=page.text.id,
        span=answer.mention.span,
        antecedent=answer.name.span,
        method=answer.method,
        confidence=answer.confidence,
    )
