"""The help of every command as docs/commands.md, and the help of the program as ``help.txt`` beside the door.

python -m onrecord.faces.docs            writes both
python -m onrecord.faces.docs --check    says which of them is stale, and fails
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from onrecord.faces.cli import HELP
from onrecord.faces.commands import onrecord

COMMANDS = Path("docs/commands.md")

_HEAD = """\
# Commands

Made from the program's own help by `python -m onrecord.faces.docs`; a test fails where the two differ.

RECORD is a `record.db` or the folder that holds it. `-` is standard input.

| exit status | means |
|---|---|
| 0 | done |
| 1 | failed, and nothing is half-written; or `verify` found something |
| 2 | the words of the command are off |
| 3 | done, but some inputs were set aside; each is named with its reason on standard error |

An article that was read though something in it is off (an encoding that had to be guessed, a date that cannot be read)
is named on standard error too, and changes no exit status. `add` and `remove` name what they were given, not what
earlier builds set aside.

Progress goes to standard error, and only to a terminal.
"""


def make_docs() -> Mapping[Path, str]:
    """The generated files with their contents, the same on every terminal."""
    context = click.Context(onrecord, info_name="onrecord", terminal_width=80, help_option_names=["-h", "--help"])
    parts = [_HEAD, _section("onrecord", onrecord.get_help(context))]
    for name in onrecord.list_commands(context):
        command = onrecord.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=80)
        parts.append(_section(f"onrecord {name}", command.get_help(inner)))
    return {COMMANDS: "\n".join(parts), HELP: onrecord.get_help(context) + "\n"}


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text}\n```\n"


def main(arguments: list[str]) -> int:
    """Write the files, or with --check only compare them; 1 where one is stale, 2 where the words are off."""
    if arguments not in ([], ["--check"], [COMMANDS.as_posix()]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = [
        path for path, text in make_docs().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if arguments == ["--check"]:
        for path in stale:
            print(f"{path} is stale; run: python -m onrecord.faces.docs", file=sys.stderr)
        return bool(stale)
    for path in stale:
        path.write_text(make_docs()[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
