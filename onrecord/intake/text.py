"""Plain text: the body is the decoded file, unchanged; YAML front matter before it is metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from onrecord.errors import NotAnArticle
from onrecord.intake.decoding import decode_bytes
from onrecord.intake.drafts import Draft, Unread
from onrecord.intake.limits import FILE_BYTES
from onrecord.intake.metadata import KEYS, Metadata

STRANGE_KEYS = "front-matter-unknown"

_ENDINGS = frozenset({"", ".txt", ".text", ".md", ".markdown"})
_FENCE = re.compile(r"---[ \t]*\r?\n")
_LAST_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_LONGEST_FRONT_MATTER = 16_000
_KEY_LINE = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)")


class PlainText:
    """Reads .txt and .md files, and files without an ending."""

    format = "text"
    file_limit = FILE_BYTES

    def claims(self, name: str, head: bytes) -> bool:
        """Whether the name ends as plain text does; every other reader is asked before this one."""
        return PurePath(name).suffix in _ENDINGS

    def read(self, raw: bytes) -> Iterator[Draft | Unread]:
        """The one article in the file."""
        decoded = decode_bytes(raw)
        values, body = part_front_matter(decoded.text)
        strange = (STRANGE_KEYS,) if not values and _has_strange_keys(decoded.text) else ()
        yield Draft(body, self.format, decoded.decoding, Metadata.of(values), KEYS, flags=decoded.flags + strange)


def part_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The six known keys of the YAML front matter, and the body after it.

    A text that begins with a line of three hyphens but no such key is all body: some texts use it as a rule.
    Raises NotAnArticle where a front matter cannot be read.

    >>> part_front_matter("---\\noutlet: Varland Herald\\n---\\nBerg will wait.\\n")
    ({'outlet': 'Varland Herald'}, 'Berg will wait.\\n')
    """
    fenced = _find_fenced(text)
    if fenced is None or not any(re.search(rf"^{key}[ \t]*:", fenced[0], re.MULTILINE) for key in KEYS):
        return {}, text
    return _read_yaml(fenced[0]), fenced[1]


def _find_fenced(text: str) -> tuple[str, str] | None:
    """What stands between two fences at the beginning, and what follows; None where there are none."""
    opening = _FENCE.match(text)
    closing = _LAST_FENCE.search(text, opening.end(), opening.end() + _LONGEST_FRONT_MATTER) if opening else None
    return (text[opening.end() : closing.start()], text[closing.end() :]) if opening and closing else None


def _has_strange_keys(text: str) -> bool:
    """Whether it begins with front matter in other words than ours, as `date:` for `published:`."""
    fenced = _find_fenced(text)
    return fenced is not None and bool(_read_plainly(fenced[0]))


def _read_yaml(written: str) -> dict[str, str]:
    import yaml

    try:
        # BaseLoader makes strings of everything: no tag is obeyed, and 2022-01-26 stays what is printed.
        values = yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        values = _read_plainly(written)
        if values is None:
            problem = " ".join(str(error).split())[:200]
            raise NotAnArticle(f"has front matter that is no YAML ({problem}); mend it, or remove it") from error
    if not isinstance(values, dict):
        raise NotAnArticle("has front matter that is no list of keys and values; write one `key: value` a line")
    return {key: value for key in KEYS if isinstance(value := values.get(key), str)}


def _read_plainly(written: str) -> dict[str, str] | None:
    """Lines of ``key: value``, as in ``title: Berg: no reply yet``, which YAML refuses for its second colon."""
    lines = [line.rstrip() for line in written.splitlines() if line.strip()]
    found = [_KEY_LINE.fullmatch(line) for line in lines]
    if not all(found):
        return None
    return {match[1]: match[2].strip("\"'") for match in found if match}
