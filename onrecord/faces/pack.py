"""The evidence pack: a record with its articles' bytes, their digests and what people decided, in one zip file."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from onrecord import __version__
from onrecord.errors import Hostile
from onrecord.faces.exports.json import encoded, write_json
from onrecord.model import Article, Record
from onrecord.pipeline.packs import ARTICLES, JUDGEMENTS, MOST_BYTES, PAGE, RAW, README, RECORD, SUMS, seal

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest a zip file knows; a clock would make every pack another file
_STORED_BELOW = 64


@dataclass(frozen=True, slots=True)
class Contents:
    """What a pack is made of. ``raw`` gives the bytes of a digest, so that not all articles are held at once."""

    record: Record
    articles: tuple[Article, ...]
    raw: Callable[[str], bytes]
    judgements: Iterable[object] = ()


def write_pack(contents: Contents, stream: BinaryIO) -> str:
    """The seal of the pack written to the stream: the SHA-256 of its list of digests. Equal contents, equal bytes."""
    sums: dict[str, str] = {}
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as pack:
        total = 0
        for name, content in _members(contents):
            total += len(content)
            if total > MOST_BYTES:
                raise Hostile(f"the pack would hold more than {MOST_BYTES} bytes; build smaller records and pack each")
            _write(pack, name, content)
            sums[name] = hashlib.sha256(content).hexdigest()
        lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()
        _write(pack, SUMS, lines)
    return seal(lines)


def _members(contents: Contents) -> Iterable[tuple[str, bytes]]:
    from onrecord.faces.page import render_page

    readme = _README.format(version=__version__)
    yield README, readme.encode()
    exported = BytesIO()
    write_json(contents.record, exported)
    yield RECORD, exported.getvalue()
    for name, html in render_page(contents.record):
        yield name, html.encode()
    articles = sorted(contents.articles, key=lambda article: article.id)
    yield ARTICLES, b"".join(encoded(article) + b"\n" for article in articles)
    yield JUDGEMENTS, b"".join(encoded(judgement) + b"\n" for judgement in contents.judgements)
    for digest in sorted({article.raw for article in articles}):
        yield RAW + digest, contents.raw(digest)


def _write(pack: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, _EPOCH)
    member.external_attr = 0o644 << 16
    member.create_system = 3  # the same bytes whether packed on Windows or elsewhere
    member.compress_type = zipfile.ZIP_DEFLATED if len(content) >= _STORED_BELOW else zipfile.ZIP_STORED
    pack.writestr(member, content)


_README = f"""\
An evidence pack of onrecord {{version}}.

{RECORD}        the record: who said, asked, answered, met, sent and promised what, each line with its words
{PAGE}        the same as a page; opens in any browser, without a network
{ARTICLES}     one line an article: its file, outlet, address, decoding and the SHA-256 of its bytes
{RAW}<sha256>     the bytes of each article as they were taken in
{JUDGEMENTS}   what people decided about the record, one line each
{SUMS}         the SHA-256 of every other file here

To check it:  onrecord verify PACK.zip     or, unpacked:  sha256sum -c {SUMS}
"""
