"""Words of an article made safe to show: no terminal codes, no bidi overrides, nothing that hides.

The record keeps the words as they came; only what is shown passes through here, length for length, so that an
offset into the words is an offset into what is shown.
"""

from __future__ import annotations

UNSHOWABLE = "\N{REPLACEMENT CHARACTER}"

# U+202E turns "gpj.exe" into "exe.jpg" before a reader's eyes; U+E0000 to U+E007F carry text nobody sees.
_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HIDDEN = (0xFEFF, 0x180E, 0x2028, 0x2029, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))
_KEPT = "\n\t"

_SHOWN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in _KEPT},  # ESC is shown as a picture of ESC
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys((*range(0x80, 0xA0), *_BIDI, *_HIDDEN, *range(0xD800, 0xE000)), UNSHOWABLE),
    ord("\r"): "\n",
}


def make_harmless(text: str) -> str:
    """The words with control, bidi and hidden characters replaced by visible ones, each by one character.

    Line breaks and tabs stay; a carriage return before a line break becomes a blank.

    >>> make_harmless("Berg \\x1b[2J left\\u202e")
    'Berg ␛[2J left�'
    """
    return text.replace("\r\n", " \n").translate(_SHOWN)


def on_one_line(text: str) -> str:
    """Harmless words with every run of blanks and line breaks as one blank, as a cell or a message needs them.

    >>> on_one_line("will wait\\n  for a reply ")
    'will wait for a reply'
    """
    return " ".join(make_harmless(text).split())
