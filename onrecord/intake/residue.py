"""What is left of markup in a line: addresses, tags, ends of tags, shortcodes, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.intake.lines import LONGEST, Line
from onrecord.intake.pieces import Piece

# Each bounded in length or possessive, so that a line of a million "<" is read once.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # "… through dialogue, not through force. https://t.co/4dQx"
    (re.compile(r"https?://[^\s<>\"“”«»]++|\bpic\.(?:twitter|x)\.com/\w++", re.I), "a bare address"),
    # The words of a picture's alt text: “Anna Berg in Vienna” />
    (re.compile(r"[“\"″”][^“”\"″<>]{0,300}+[”\"″]\s{0,5}/>|/>"), "the end of a tag"),
    (
        re.compile(
            r"</?(?:a|p|b|i|u|div|span|br|hr|img|em|strong|h[1-6]|ul|ol|li|iframe|script|style|figure|figcaption|"
            r"blockquote|table|tr|td)(?:\s[^<>]*+)?/?>",
            re.I,
        ),
        "a tag",
    ),
    # <tweet tweet-id="783499"><tweet/>; not <…>, which stands for words left out
    (re.compile(r"<[a-z][a-z0-9-]{0,20}(?: [\w:-]{1,30}=[\"'“”″][^<>]*+/?>|/>)"), "a tag"),
    # [caption id="attachment_12" align="alignnone"]; not [USA], not [about the guarantees]
    (re.compile(r"\[/?(?:caption|embed|gallery|playlist|youtube|vc_|et_pb_)[^\[\]]{0,300}+\]", re.I), "a shortcode"),
)
_SCRIPT = re.compile(
    r"\(function\b|window\.\w|document\.\w|googletag\.|dataLayer\b|var \w{1,40} ?=|function \w{0,40}\(|@media\b|"
    r"[.#][\w-]{1,40} ?\{|\{\{|<!--|//<!\[CDATA"
)
_ENTITIES = re.compile(r"(?:&(?:nbsp|amp|quot|lt|gt|#\d{1,6}|#x[0-9a-fA-F]{1,5});|[\s\W])*+")
_CLOSING = ".,;:!?)]'’"
_BREADCRUMB = re.compile(r"\s*+[>›»→]\s*+")


def find_residue(line: Line) -> Iterator[Piece]:
    """The leftovers in a line, in order, none overlapping another."""
    if len(line.words) <= LONGEST:
        reason = _judge_whole(line)
        if reason:
            yield Piece.of(line, "residue", reason)
            return
    found = [
        (
            match.start(),
            match.start() + len(match[0].rstrip(_CLOSING) if reason == "a bare address" else match[0]),
            reason,
        )
        for pattern, reason in _RULES
        for match in pattern.finditer(line.words)
    ]
    end = 0
    for start, stop, reason in sorted(found):
        if start >= end:
            yield Piece.of(line, "residue", reason, (start, stop))
            end = stop


def _judge_whole(line: Line) -> str | None:
    """Why the line is residue from end to end; None where it is not."""
    if _SCRIPT.match(line.words) and not line.ends_sentence:
        return "a script"
    if "&" in line.words and ";" in line.words and _ENTITIES.fullmatch(line.words):
        return "character entities"
    parts = _BREADCRUMB.split(line.words)
    if line.number and len(parts) >= 3 and not line.ends_sentence and not line.has_quote:
        steps = parts[:-1]
        if all(1 <= len(step.split()) <= 3 and step[:1].isupper() for step in steps) and len(parts[-1].split()) <= 20:
            return "the way to the page: Home > World > Europe"
    return None
