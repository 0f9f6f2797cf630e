"""The articles as the record shows them."""

from __future__ import annotations

from onrecord.model import Linked, RecordText, Role


def build_texts(linked: Linked) -> tuple[RecordText, ...]:
    """One text of the record for each article, in the order of file names."""
    original = {copy.article: copy.original for copy in linked.copies}
    return tuple(
        RecordText(
            id=article.id,
            file=article.file,
            outlet=article.outlet,
            title=article.title or _headline(linked, article.text),
            published=article.published or linked.printed.get(article.id),
            copy_of=original.get(article.id),
            body=linked.corpus.texts[article.text].body,
            noise=_noise(linked, article.text),
        )
        for article in sorted(linked.corpus.articles, key=lambda a: (a.file, a.id))
    )


def _headline(linked: Linked, text: str) -> str | None:
    found = [role for role in linked.corpus.all(text, Role) if role.role == "headline"]
    return found[0].span.exact.strip() if found else None


def _noise(linked: Linked, text: str) -> tuple[tuple[int, int], ...]:
    """Stretches that are not the article, sorted and disjoint."""
    joined: list[tuple[int, int]] = []
    for role in linked.corpus.all(text, Role):
        if not role.is_noise:
            continue
        if joined and role.span.start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], role.span.end))
        else:
            joined.append((role.span.start, role.span.end))
    return tuple(joined)
