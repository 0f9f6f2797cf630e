"""JSON: one article a line (.jsonl, .ndjson), or one object or a list of them (.json).

The field names are those of trafilatura, news-please and newspaper4k, and our own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from onrecord.errors import Hostile, NotAnArticle
from onrecord.intake.decoding import Decoded, decode_bytes
from onrecord.intake.drafts import Draft, Unread
from onrecord.intake.limits import FILE_BYTES, LINE_BYTES, LINES_FILE_BYTES
from onrecord.intake.metadata import KEYS, Metadata, read_words

# In the order in which they are asked; the first that says something counts.
# trafilatura writes `hostname` and `sitename`, news-please `source_domain`, newspaper4k `source_url`.
_FIELDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("outlet", ("outlet", "sitename", "source_domain", "hostname", "source_url")),
    ("published", ("published", "date", "date_publish", "publish_date")),
    ("url", ("url", "canonical_link", "source")),
    ("title", ("title",)),
    ("author", ("author", "authors")),
    ("language", ("language", "meta_lang")),
)
_BODY_FIELDS = ("text", "maintext")
_TEXT_AS_JSON = frozenset("[{")


class JsonLines:
    """Reads files of one JSON object a line. A broken line loses nothing but itself."""

    format = "jsonl"
    file_limit = LINES_FILE_BYTES

    def claims(self, name: str, head: bytes) -> bool:
        """Whether the name ends in .jsonl or .ndjson."""
        return PurePath(name).suffix in {".jsonl", ".ndjson"}

    def read(self, raw: bytes) -> Iterator[Draft | Unread]:
        """An article a line, decoded line by line, so that bytes of one line cannot spoil another.

        Raises NotAnArticle where there is no line with anything on it.
        """
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16: its line ends are not single bytes
            raw = decode_bytes(raw).text.encode("utf-8", "surrogatepass")
        if not raw.strip():
            raise NotAnArticle("holds no line, only white space; save the articles again")
        start, number = 0, 0
        while start < len(raw):
            end = raw.find(b"\n", start)
            end = len(raw) if end < 0 else end
            number += 1
            if end - start > LINE_BYTES:
                yield Unread(f"line {number}", f"is longer than {LINE_BYTES:,} bytes; split it into articles")
            elif line := raw[start:end].strip():
                yield _read_line(line, f"line {number}")
            start = end + 1


class JsonFile:
    """Reads files of one JSON object or of a list of them."""

    format = "jsonl"
    file_limit = FILE_BYTES

    def claims(self, name: str, head: bytes) -> bool:
        """Whether the name ends in .json."""
        return PurePath(name).suffix == ".json"

    def read(self, raw: bytes) -> Iterator[Draft | Unread]:
        """The articles in the file. Raises NotAnArticle where it is JSON of another kind, or none."""
        decoded = decode_bytes(raw)
        try:
            value = json.loads(decoded.text)
        except RecursionError as error:
            raise Hostile("nests its JSON too deep to read; give one object an article") from error
        except ValueError as error:
            rows = [line for line in decoded.text.splitlines()[:2] if line.strip()]
            if len(rows) == 2 and all(line.lstrip()[0] in _TEXT_AS_JSON for line in rows):
                yield from JsonLines().read(raw)  # JSON lines that were named .json
                return
            raise NotAnArticle(f"is no JSON ({error}); mend it, or name it .txt if it is text") from error
        if isinstance(value, dict):
            yield _article(value, decoded, None)
        elif isinstance(value, list):
            if not value:
                raise NotAnArticle("is an empty list; nothing to read")
            for number, item in enumerate(value, start=1):
                yield _article(item, decoded, f"item {number}")
        else:
            raise NotAnArticle("holds neither an object nor a list of objects; give one object an article")


def _read_line(line: bytes, locator: str) -> Draft | Unread:
    decoded = decode_bytes(line)
    try:
        value = json.loads(decoded.text)
    except RecursionError:
        return Unread(locator, "nests its JSON too deep to read; give one flat object an article")
    except ValueError as error:
        return Unread(locator, f"is no JSON ({error}); mend or remove the line")
    return _article(value, decoded, locator)


def _article(value: object, decoded: Decoded, locator: str | None) -> Draft | Unread:
    if not isinstance(value, Mapping):
        return Unread(locator, "is no JSON object; give one object an article, with its words in `text`")
    body = next((value[key] for key in _BODY_FIELDS if isinstance(value.get(key), str)), None)
    if body is None:
        return Unread(locator, _say_what(value))
    metadata = Metadata.of({key: _first(value, names) for key, names in _FIELDS})
    return Draft(body, "jsonl", decoded.decoding, metadata, KEYS, locator, decoded.flags)


def _first(value: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        words = read_words(value.get(name))
        if name == "source" and words and not words.startswith(("http://", "https://")):
            continue  # trafilatura's `source` is the page's address; elsewhere the word means other things
        if words:
            return words
    return None


def _say_what(value: Mapping[str, Any]) -> str:
    """Which file this is, if not an article's."""
    if "onrecord" in value and "entries" in value:
        return "is a record that onrecord wrote, no article; give the articles it was built from"
    if "items" in value and "must_not_emit" in value:
        return "is a gold file for scoring, no article; leave it out of the input"
    keys = ", ".join(sorted(map(str, value))[:8])
    return f"has no article's words: neither `text` nor `maintext` is a string among its fields ({keys[:200]})"
