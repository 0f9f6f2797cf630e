"""The import table of the house, held against every import, those inside functions too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import onrecord

HOUSE = Path(onrecord.__file__).parent

EVERYONE = {"model", "errors"}
TABLE = {
    "model": set(),
    "errors": set(),
    "encoder": set(),
    "lexicon": set(),
    "intake": set(),
    "reading": {"encoder", "lexicon"},
    "linking": {"encoder", "lexicon"},
    "record": set(),
    "store": set(),
    "plugins": {"intake", "reading"},  # for the types of what it loads; the rest by address
    "pipeline": {"intake", "reading", "linking", "record", "store", "plugins"},
    "faces": {"store", "pipeline", "plugins"},
}
"""What each room may import beside itself and what everyone may."""

DOORS = {"__init__", "__main__"}
"""The public verbs and the command stand outside the rooms and may call any of them."""

FILES = sorted(HOUSE.rglob("*.py"))


def room_of(file: Path) -> str:
    return file.relative_to(HOUSE).parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports, wherever it stands in it."""
    package = ["onrecord", *file.relative_to(HOUSE).parent.parts]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def rooms_imported(file: Path) -> Iterator[tuple[int, str]]:
    for line, name in imports(file):
        parts = name.split(".")
        if parts[0] == "onrecord" and len(parts) > 1 and parts[1] in TABLE:
            yield line, parts[1]


def test_every_file_stands_in_a_room_of_the_table() -> None:
    assert {room_of(file) for file in FILES} <= TABLE.keys() | DOORS
    assert len(FILES) > 30


@pytest.mark.parametrize("room", sorted(TABLE))
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    allowed = TABLE[room] | EVERYONE | {room}
    broken = [
        f"{file.relative_to(HOUSE)}:{line} imports {other}"
        for file in FILES
        if room_of(file) == room
        for line, other in rooms_imported(file)
        if other not in allowed
    ]
    assert not broken, "\n".join(broken)


def test_nobody_imports_faces() -> None:
    importers = {room_of(file) for file in FILES for _, room in rooms_imported(file) if room == "faces"}
    assert importers <= {"faces"} | DOORS


def test_plugins_know_the_rooms_by_their_types_alone() -> None:
    tree = ast.parse((HOUSE / "plugins.py").read_text(encoding="utf-8"))
    typed = [node for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    for_types = {id(inside) for block in typed for inside in ast.walk(block)}
    at_run_time = [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in for_types
    ]
    assert typed
    assert {module for module in at_run_time if module.startswith("onrecord")} == {"onrecord.errors"}


def test_what_reads_links_and_draws_asks_no_clock_no_chance_and_no_environment() -> None:
    outside = {"time", "random", "locale", "os", "secrets", "uuid", "platform", "socket", "getpass"}
    clocks = re.compile(r"\.(?:today|now|utcnow|fromtimestamp|getenv|environ)\b|\bhash\(")
    for file in FILES:
        if room_of(file) in {"model", "lexicon", "encoder", "reading", "linking", "record"}:
            found = {name.split(".")[0] for _, name in imports(file)} & outside
            assert not found, f"{file} imports {found}"
            assert not clocks.search(file.read_text(encoding="utf-8")), f"{file} asks a clock or the environment"


def test_only_the_store_speaks_sql() -> None:
    speakers = {room_of(file) for file in FILES for _, name in imports(file) if name.split(".")[0] == "sqlite3"}
    assert speakers == {"store"}


def test_nothing_heavy_is_imported_with_the_package_or_the_model() -> None:
    heavy = {"trafilatura", "lxml", "rensa", "feedparser", "rich", "jinja2", "pandas", "numpy", "onnxruntime"}
    for file in FILES:
        if room_of(file) in {"__init__", "model", "errors", "store", "plugins"}:
            found = {name.split(".")[0] for _, name in imports(file)} & heavy
            assert not found, f"{file} imports {found}"


def test_the_reader_of_imports_sees_those_inside_functions_and_relative_ones(tmp_path: Path) -> None:
    file = HOUSE / "store" / "invented.py"

    class Written(type(file)):  # type: ignore[misc]
        def read_text(self, *args: object, **kwargs: object) -> str:
            return "def f():\n    from ..faces import cli\n    import onrecord.linking.actors\nfrom . import store\n"

    assert list(rooms_imported(Written(file))) == [(4, "store"), (2, "faces"), (3, "linking")]
