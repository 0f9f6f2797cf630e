"""Verification shown: which kind of thing was given, what was checked in it, and what does not hold."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import Damaged, InputError
from onrecord.pipeline.checks import RULES, Checked, Fault
from onrecord.pipeline.packs import check_json, check_pack

if TYPE_CHECKING:
    from rich.console import RenderableType

KINDS = {"database": "record", "json": "JSON export", "pack": "evidence pack"}


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked and what does not hold. ``seal`` is a pack's."""

    kind: str  # one of KINDS
    holds: bool
    texts: int
    entries: int
    spans: int
    seal: str | None
    faults: tuple[Fault, ...]


def verify(path: Path) -> Verified:
    """What does not hold in a record.db, its folder, a JSON export, or an evidence pack, told apart by their bytes.

    Raises InputError where the file is none of these.
    """
    if path == Path("-"):
        return _verified("json", check_json(sys.stdin.buffer.read(), "standard input"))
    if path.is_dir():
        return _verify_store(path)
    with path.open("rb") as file:
        first = file.read(64)
    if first.startswith(b"SQLite format 3\0") or path.suffix == ".db":
        return _verify_store(path)
    if first.startswith(b"PK"):
        checked, seal = check_pack(path)
        return _verified("pack", checked, seal)
    if not first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        raise InputError(f"{path} is no record.db, no JSON export and no evidence pack; name one of these")
    return _verified("json", check_json(path.read_bytes(), path.name))


def make_report(found: Verified, name: str, most: int) -> RenderableType:
    """What was checked, rule by rule, and the first faults of each, for a terminal."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    from onrecord.faces.cells import make_grid, plain
    from onrecord.faces.harmless import on_one_line

    looked_at = f"{KINDS[found.kind]}, {found.texts} articles, {found.entries} entries, {found.spans} spans"
    head = plain(name, "bold").append(f"  {looked_at}", style="not bold dim")
    if found.seal:
        head.append(f"\nseal {found.seal}", style="not bold")
    lines: list[RenderableType] = []
    by_rule: dict[str, list[Fault]] = {}
    for fault in found.faults:
        by_rule.setdefault(fault.rule, []).append(fault)
    for rule, faults in by_rule.items():
        lines.append(
            Text(f"{rule}: {len(faults)} do not hold" if len(faults) > 1 else f"{rule}: 1 does not hold", "red")
        )
        grid = make_grid(28, None)
        for fault in faults[:most]:
            grid.add_row(plain(fault.place), Text(on_one_line(fault.what)))
        if len(faults) > most:
            grid.add_row("", Text(f"and {len(faults) - most} more; all of them: --json", style="dim"))
        lines.append(Padding(grid, (0, 0, 0, 2)))
    verdict = Text("everything holds", style="green") if found.holds else Text("this does not hold", style="red bold")
    return Group(head, *lines, verdict)


def _verify_store(path: Path) -> Verified:
    from onrecord.faces.exports.json import write_json
    from onrecord.store import Store, find_faults

    try:
        with Store.open(path, readonly=True) as store:
            faults = tuple(Fault("store", store.path.name, what) for what in find_faults(store))
            exported = BytesIO()
            write_json(store.record(), exported)
    except Damaged as error:
        return _verified("database", Checked(0, 0, 0, (Fault("store", path.name, str(error)),)))
    checked = check_json(exported.getvalue(), path.name)
    return _verified("database", Checked(checked.texts, checked.entries, checked.spans, (*faults, *checked.faults)))


def _verified(kind: str, checked: Checked, seal: str | None = None) -> Verified:
    order = {rule: number for number, rule in enumerate(("store", "files", *RULES))}
    faults = tuple(sorted(checked.faults, key=lambda fault: order[fault.rule]))
    return Verified(kind, checked.holds, checked.texts, checked.entries, checked.spans, seal, faults)
