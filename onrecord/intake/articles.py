"""From one input file to its articles."""

from __future__ import annotations

import hashlib
import stat
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from onrecord.errors import InputError, NotAnArticle
from onrecord.intake.drafts import Draft, Reader, SetAside, Source, Unread
from onrecord.intake.feed import Feed
from onrecord.intake.html import Html
from onrecord.intake.jsonl import JsonFile, JsonLines
from onrecord.intake.limits import BODY_CHARACTERS, refuse_binary, refuse_size
from onrecord.intake.metadata import UNREADABLE_DATE, Metadata, make_storable, read_address, read_published
from onrecord.intake.text import PlainText
from onrecord.model import Article, Text, digest

READERS: tuple[Reader, ...] = (JsonLines(), JsonFile(), Html(), Feed(), PlainText())
"""The readers, in the order in which they are asked whether a file is theirs."""

_HEAD = 4096
_NO_FILE = b""
_BIDI = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_KNOWN_STRANGERS = {
    **dict.fromkeys((".csv", ".tsv", ".xls", ".ods"), "is a table, no article; put its words into text files or JSONL"),
    **dict.fromkeys((".css", ".js", ".mjs", ".map"), "belongs to a saved page, and is no article"),
    **dict.fromkeys((".mht", ".mhtml"), "is a packed page; save the page as HTML"),
}


@dataclass(frozen=True, slots=True)
class Intake:
    """What one file gave. ``raw`` is empty where the file could not be read or was refused before it was read."""

    raw: bytes
    sha256: str
    articles: tuple[tuple[Article, Text], ...]
    set_aside: tuple[SetAside, ...]


def take_in(source: Source, readers: Sequence[Reader] = READERS) -> Intake:
    """What the file gives: its articles, and what in it is none, with the reasons.

    Raises nothing for what the file holds or for a file that cannot be read; that comes back as set aside.
    ``readers`` is asked in order; plugins are put before ours.
    """
    raw = _NO_FILE
    try:
        reader = _find_reader(source, readers)
        raw = source.path.read_bytes()
        found = tuple(reader.read(raw))
    except InputError as error:
        return _give(raw, source, (Unread(None, str(error)),))
    except OSError as error:
        reason = f"cannot be read ({error.strerror or type(error).__name__}); check that it is there and may be read"
        return _give(raw, source, (Unread(None, reason),))
    return _give(raw, source, found)


def article_id(file: str, url: str | None, title: str | None, text: str) -> str:
    """The id of an article: the same on every machine, in any order of inputs, and wherever it stands in its file.

    >>> article_id("a.txt", None, None, Text.of("Berg will wait.").id)
    't-1929df34a9c0'
    """
    return "t-" + digest(file, url, title, text)[:12]


def _find_reader(source: Source, readers: Sequence[Reader]) -> Reader:
    """The reader for this file, chosen by its name and first bytes. Raises InputError where there is none."""
    status = source.path.stat()
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end, /dev/zero read without end
        raise NotAnArticle("is no regular file; give files or folders")
    if status.st_size == 0:
        raise NotAnArticle("is empty; save the article again, or remove the file")
    name = PurePath(source.file).name.lower()
    # Asked by name alone first: a file too large for its reader is refused before a byte of it is read.
    named = next((reader for reader in readers if reader.claims(name, _NO_FILE)), None)
    refuse_size(status.st_size, max((named or reader).file_limit for reader in readers))
    with source.path.open("rb") as file:
        head = file.read(65_536)
    refuse_binary(head)
    for reader in readers:
        if reader.claims(name, head[:_HEAD]):
            refuse_size(status.st_size, reader.file_limit)
            return reader
    suffix = PurePath(name).suffix
    known = _KNOWN_STRANGERS.get(suffix)
    raise NotAnArticle(known or f"ends in {suffix}, which no reader knows; name it .txt if it is plain text")


def _give(raw: bytes, source: Source, found: Iterable[Draft | Unread]) -> Intake:
    sha256 = hashlib.sha256(raw).hexdigest()
    articles: list[tuple[Article, Text]] = []
    set_aside: list[SetAside] = []
    for item in found:
        if isinstance(item, Draft):
            item = _check(item)
        if isinstance(item, Draft):
            articles.append(_finish(item, source, sha256))
        else:
            where = f"{item.locator} " if item.locator else ""
            set_aside.append(SetAside(source.file, make_storable(f"{where}{item.reason}.")))
    kept, repeats = _tell_apart(articles)
    set_aside += [
        SetAside(source.file, f"{article.locator} repeats {first.locator} word for word; it is kept once.")
        for article, first in repeats
    ]
    return Intake(raw, sha256, kept, tuple(set_aside))


def _check(draft: Draft) -> Draft | Unread:
    """The draft with a body that can be kept, its oddities flagged; Unread where it is none of an article."""
    if not draft.body.strip():
        return Unread(draft.locator, "holds no words, only white space; save the article again")
    if len(draft.body) > BODY_CHARACTERS:
        size = f"{len(draft.body):,} characters, and the limit is {BODY_CHARACTERS:,}"
        return Unread(draft.locator, f"is one text of {size}; split it into articles")
    flags = set(draft.flags)
    if "\0" in draft.body:
        flags.add("nul")
    body = make_storable(draft.body)
    if body.count("\ufffd") > draft.body.count("\ufffd") + draft.body.count("\0"):
        flags.add("lone-surrogate")
    if not _BIDI.isdisjoint(body):
        flags.add("bidi-control")
    return replace(draft, body=body, flags=tuple(sorted(flags)))


def _finish(draft: Draft, source: Source, sha256: str) -> tuple[Article, Text]:
    """The article and its text: what the file says of itself and what the manifest says, in the right order."""
    text = Text.of(draft.body)
    listed = Metadata.of(source.metadata)
    metadata = draft.metadata.only(*draft.own_first).or_else(listed).or_else(draft.metadata)
    published = read_published(metadata.published) if metadata.published else None
    flags = draft.flags + ((UNREADABLE_DATE,) if metadata.published and not published else ())
    article = Article(
        id=article_id(source.file, metadata.url, metadata.title, text.id),
        text=text.id,
        raw=sha256,
        file=source.file,
        locator=draft.locator,
        format=draft.format,
        decoding=draft.decoding,
        outlet=metadata.outlet,
        title=metadata.title,
        published=published or (read_address(metadata.url) if metadata.url else None),
        url=metadata.url,
        author=metadata.author,
        language=metadata.language,
        flags=flags,
    )
    return article, text


def _tell_apart(
    articles: Sequence[tuple[Article, Text]],
) -> tuple[tuple[tuple[Article, Text], ...], tuple[tuple[Article, Article], ...]]:
    """The articles with ids of their own, and the repeats with what they repeat.

    One text that two outlets run, in one file and without addresses, is two articles: there the outlet and the day
    go into the ids of both, whichever comes first.
    """
    publications: dict[str, set[tuple[str | None, str | None]]] = defaultdict(set)
    for article, _ in articles:
        publications[article.id].add(_publication(article))
    kept: dict[str, tuple[Article, Text]] = {}
    repeats = []
    for article, text in articles:
        if len(publications[article.id]) > 1:
            article = replace(article, id="t-" + digest(article.id, *_publication(article))[:12])
        if article.id in kept:
            repeats.append((article, kept[article.id][0]))
        else:
            kept[article.id] = (article, text)
    return tuple(kept.values()), tuple(repeats)


def _publication(article: Article) -> tuple[str | None, str | None]:
    return article.outlet, article.published.edtf if article.published else None
