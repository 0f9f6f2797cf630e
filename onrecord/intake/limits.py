"""What is refused before it costs anything: too large, too deep, packed, binary, a bomb.

The limits are those at which the libraries behind the readers stop answering in seconds, with room to spare.
"""

from __future__ import annotations

import re

from onrecord.errors import Hostile, NotAnArticle

FILE_BYTES = 50_000_000
LINES_FILE_BYTES = 1_000_000_000
LINE_BYTES = 20_000_000
BODY_CHARACTERS = 5_000_000
MARKUP_CHARACTERS = 10_000_000
TAGS = 30_000  # trafilatura's time grows with the square: 30,000 <p> take 2 s, 100,000 take 12 s
NESTING = 250  # above 260 nested elements trafilatura finds nothing, and does not say so

_PACKED = "is packed ({kind}); unpack it first"
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", _PACKED.format(kind="gzip")),
    (b"BZh", _PACKED.format(kind="bzip2")),
    (b"\xfd7zXZ\0", _PACKED.format(kind="xz")),
    (b"\x28\xb5\x2f\xfd", _PACKED.format(kind="zstandard")),
    (b"7z\xbc\xaf\x27\x1c", _PACKED.format(kind="7-zip")),
    (b"Rar!\x1a\x07", _PACKED.format(kind="rar")),
    (b"PK\x03\x04", "is a zip archive or an office document; unpack it, or save the article as text or HTML"),
    (b"%PDF-", "is a PDF; save the article as text or HTML"),
    (b"SQLite format 3\0", "is an SQLite database, as a record.db is; give the articles it was built from"),
    (b"WARC/", "is a web archive; extract its pages to HTML first"),
    (b"\x89PNG", "is a picture (PNG); give the article's text"),
    (b"\xff\xd8\xff", "is a picture (JPEG); give the article's text"),
    (b"GIF8", "is a picture (GIF); give the article's text"),
    (b"\x7fELF", "is a program (ELF); give the article's text"),
    (b"MZ\x90\0", "is a program; give the article's text"),
    (b"{\\rtf", "is rich text (RTF); save it as plain text"),
)
_SAMPLE = 65_536
# What no text holds: control characters other than tab, line breaks, form feed and escape. NULs are counted apart,
# because scraped text does hold one now and then.
_CONTROLS = bytes(code for code in range(1, 32) if code not in (8, 9, 10, 11, 12, 13, 27)) + b"\x7f"

# One tag: no group can give back what it took (possessive), so hostile text is scanned once.
_TAG = re.compile(r"<(/?)([A-Za-z][\w:.-]*+)([^<>]*+)|<!--|<!\[CDATA\[")
_RAW_ENDS = {name: f"</{name}" for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed")}
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr"),
    )
)
# Tags whose end may be left out (HTML, 13.1.2.4): unclosed, they stand beside each other, not within.
_UNCLOSED = frozenset(
    (
        *("p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead"),
        *("tfoot", "colgroup", "rt", "rp", "html", "head", "body"),
    )
)


def refuse_size(size: int, limit: int, unit: str = "file") -> None:
    """Nothing, where ``size`` bytes are within the limit. Raises Hostile."""
    if size > limit:
        raise Hostile(f"is a {unit} of {size:,} bytes, and the limit is {limit:,}; split it into articles")


def refuse_binary(raw: bytes) -> None:
    """Nothing, where the bytes may be text. Raises NotAnArticle."""
    for magic, reason in _MAGIC:
        if raw.startswith(magic):
            raise NotAnArticle(reason)
    sample = raw[:_SAMPLE]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, where NULs belong
        return
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    nuls = sample.count(0)
    if (
        controls > 0.02 * len(sample)
        or nuls > 0.6 * len(sample)
        or (nuls > 0.25 * len(sample) and not _is_wide(sample))
    ):
        raise NotAnArticle("holds binary data, not text; give the article as text, HTML, JSONL or a feed")


def refuse_markup(markup: str, *, xml: bool = False) -> None:
    """Nothing, where a parser can read the markup in seconds. Raises Hostile; no parser has seen it by then."""
    if len(markup) > MARKUP_CHARACTERS:
        raise Hostile(
            f"is one document of {len(markup):,} characters of markup, and the limit is {MARKUP_CHARACTERS:,}; "
            "save the article alone"
        )
    count, depth = _measure(markup, xml)
    if count > TAGS:
        raise Hostile(f"has more than {TAGS:,} tags; save the article alone, or as plain text")
    if depth > NESTING:
        raise Hostile(f"nests more than {NESTING} elements; save the article as plain text")


def refuse_entities(markup: str) -> None:
    """Nothing, where the XML declares no entities of its own. Raises Hostile.

    Ten lines of entities that name each other ("billion laughs") grow to gigabytes; a feed needs none.
    """
    if re.search(r"<!ENTITY", markup, re.IGNORECASE):
        raise Hostile("declares XML entities, which can be made to grow without end; remove its DOCTYPE")


def _is_wide(sample: bytes) -> bool:
    """Whether the NULs stand in every other place, as in UTF-16."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return max(even, odd) > 0.7 * (len(sample) // 2) and min(even, odd) < 0.05 * len(sample)


def _measure(markup: str, xml: bool) -> tuple[int, int]:
    """Number of start tags and greatest depth, counted no further than past the limits."""
    count = deepest = position = 0
    open_names: list[str] = []
    open_counts: dict[str, int] = {}
    while (tag := _TAG.search(markup, position)) and count <= TAGS and deepest <= NESTING:
        position = tag.end()
        if tag[2] is None:  # a comment; in XML also CDATA, whose markup is measured when it is read as HTML
            is_comment = tag[0] == "<!--"
            position = _past(markup, "-->" if is_comment else "]]>", position) if xml or is_comment else position
            continue
        name = tag[2] if xml else tag[2].lower()
        if tag[1]:
            _close(name, open_names, open_counts)
            continue
        count += 1
        if tag[3].endswith("/") if xml else name in _VOID or name in _UNCLOSED:
            continue
        if not xml and name in _RAW_ENDS:
            position = _past(markup, _RAW_ENDS[name], position)
            continue
        open_names.append(name)
        open_counts[name] = open_counts.get(name, 0) + 1
        deepest = max(deepest, len(open_names))
    return count, deepest


def _past(markup: str, mark: str, position: int) -> int:
    found = markup.find(mark, position)
    return len(markup) if found < 0 else found + len(mark)


def _close(name: str, open_names: list[str], open_counts: dict[str, int]) -> None:
    """Take off what an end tag closes: its element and all that was opened within it."""
    while open_counts.get(name, 0):
        last = open_names.pop()
        open_counts[last] -= 1
        if last == name:
            return
