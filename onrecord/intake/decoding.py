"""Bytes as words, and how they were decoded: byte order mark, declaration, UTF-8, then a detector."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass

UNDECODABLE = "undecodable"
GUESSED = "encoding-guessed"

_MARKS = (  # the longer marks first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the web means by these labels (WHATWG Encoding, section 4.2): its curly quotation marks stand at 0x93 and 0x94.
_WEB_LABELS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_NAMES = {f"cp{number}": f"windows-{number}" for number in range(1250, 1259)}
# Without this the detector proposes EBCDIC and DOS code pages that no news page of this century is written in.
_DETECTABLE = (
    *_NAMES,
    *("iso8859_2", "iso8859_5", "iso8859_7", "iso8859_15", "koi8_r", "koi8_u", "cp866", "mac_cyrillic"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr"),
)
_DETECTED = " (detected)"
_SAMPLE = 100_000
# Up to this share of its non-ASCII characters may be broken in a text we still call UTF-8: the bytes of other
# encodings make up whole UTF-8 characters by chance far more rarely than that.
_DAMAGED = 0.4


@dataclass(frozen=True, slots=True)
class Decoded:
    """The words, and how they were had: "utf-8 (bom)", "windows-1251 (declared)", "utf-8", "koi8-r (detected)"."""

    text: str
    decoding: str
    flags: tuple[str, ...] = ()


def decode_bytes(raw: bytes, declared: str | None = None) -> Decoded:
    """The words these bytes stand for. ``declared`` is the encoding the document itself names.

    Bytes that stand for nothing become U+FFFD, and the flag ``undecodable`` is set; ``encoding-guessed`` where nothing
    but the bytes themselves says what they stand for. A byte order mark is no part of the words. Raises nothing.

    >>> decode_bytes(b"\\xef\\xbb\\xbfBerg").decoding
    'utf-8 (bom)'
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decode(raw[len(mark) :], encoding, " (bom)")
    wide = _find_wide(raw)
    if wide:
        return _decode(raw, wide, _DETECTED)
    named = _look_up(declared)
    if named and not (named == "utf-8" and _damage(raw) > _DAMAGED):
        return _decode(raw, named, " (declared)")
    if _damage(raw) <= _DAMAGED:
        return _decode(raw, "utf-8", "")
    return _decode(raw, *_detect(raw))


def _decode(raw: bytes, encoding: str, how: str) -> Decoded:
    name = _NAMES.get(encoding, encoding.replace("_", "-")) + how
    guessed = (GUESSED,) if how == _DETECTED else ()
    try:
        return Decoded(raw.decode(encoding), name, guessed)
    except UnicodeDecodeError:
        return Decoded(raw.decode(encoding, "replace"), name, (*guessed, UNDECODABLE))


def _look_up(declared: str | None) -> str | None:
    """Python's name for a declared encoding; None where there is none, or where it cannot be true.

    A document in which an ASCII declaration could be read is not UTF-16, whatever it declares (WHATWG HTML, 13.2.3.2).
    """
    try:
        info = codecs.lookup((declared or "").strip())
        b"a".decode(info.name)  # leaves out codecs that are no character encoding: "hex", "rot13"
    except (LookupError, ValueError):  # ValueError: a NUL in the name; UnicodeDecodeError is one too
        return None
    if info.name.startswith(("utf-16", "utf-32", "idna", "punycode", "undefined", "unicode", "raw")):
        return None
    return _WEB_LABELS.get(info.name, "utf-8" if info.name == "utf-8-sig" else info.name)


def _damage(raw: bytes) -> float:
    """Share of the non-ASCII characters that are no UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
        broken = text.count("\ufffd") - raw.count(b"\xef\xbf\xbd")
        return broken / max(1, len(text) - len(raw.translate(None, bytes(range(128, 256)))))
    return 0.0


def _find_wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of English or Russian text has the same small value."""
    sample = raw[:2000]
    if len(sample) < 8 or len(raw) % 2:
        return None
    half = len(sample) // 2
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        value, count = Counter(high).most_common(1)[0]
        if value in (0, 4) and count > 0.7 * half and low.count(0) < 0.05 * half and b"\0" in high:
            return encoding
    return None


def _detect(raw: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:_SAMPLE], cp_isolation=list(_DETECTABLE)).best()
    return (best.encoding, _DETECTED) if best else ("utf-8", "")
