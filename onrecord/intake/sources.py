"""Which files are input: the files given, and those in the folders given, with what a manifest says of them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from onrecord.errors import InputError
from onrecord.intake.drafts import SetAside, Source
from onrecord.intake.manifest import NAME as MANIFEST
from onrecord.intake.manifest import Manifest, read_manifest
from onrecord.intake.metadata import make_storable

_LEFTOVER_ENDINGS = ("~", ".swp", ".swo", ".tmp", ".bak", ".part", ".crdownload")
_LEFTOVERS = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_RECORD = "record.db"
_RECORD_REASON = "was written by onrecord and is no article; leave it out, or keep records and articles in two folders."
_SQLITE = b"SQLite format 3\0"


def find_sources(paths: Sequence[Path], record: Path | None = None) -> tuple[tuple[Source, ...], tuple[SetAside, ...]]:
    """The input files, sorted by name, each once; and what was found that is no input.

    Folders are read to the bottom. The order of ``paths`` makes no difference. ``record`` is the record.db that is
    being written: where it lies among the articles (`onrecord build . --out exchange`), it and the files beside it are
    passed over; what another build wrote is set aside. Raises InputError where a path does not exist or cannot be
    listed.
    """
    found = _Found(os.path.realpath(record.parent) if record else None)
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a name too long to exist
            _search(path, found)
        elif os.path.lexists(path):
            _take(path, path.name, _say(path.name, path.parent, {}, found, complete=False), found)
        else:
            raise InputError(f"{path} does not exist; give files or folders that do")
    sources = sorted(found.sources.values(), key=lambda source: (source.file, str(source.path)))
    set_aside = sorted(set(found.set_aside), key=lambda item: (item.file, item.reason))
    return tuple(sources), tuple(set_aside)


@dataclass(slots=True)
class _Found:
    own: str | None = None  # the folder of the record that is being written
    sources: dict[str, Source] = field(default_factory=dict)  # by the file's real path
    set_aside: list[SetAside] = field(default_factory=list)
    manifests: dict[Path, Manifest] = field(default_factory=dict)

    def refuse(self, file: str, reason: str) -> None:
        self.set_aside.append(SetAside(_printable(file), reason))

    def manifest(self, folder: Path) -> Manifest | None:
        path = folder / MANIFEST
        if path not in self.manifests and path.is_file():
            self.manifests[path] = read_manifest(path)
        return self.manifests.get(path)


def _search(root: Path, found: _Found) -> None:
    """All files under the folder. Symbolic links are not followed, so that loops are harmless."""
    listed = list(_walk(root, PurePosixPath(), found))
    files = {str(name) for _, name in listed}
    for path, name in listed:
        metadata: Mapping[str, str] = {}
        for depth in range(len(name.parents) - 1, -1, -1):  # from the root down: the nearest manifest counts most
            parent = name.parents[depth]
            metadata = _say(str(name.relative_to(parent)), root / parent, metadata, found, complete=True)
        _take(path, str(name), metadata, found)
    for folder in {root / name.parent for _, name in listed} | {root}:
        _check_manifest(folder, root, files, found)


def _walk(root: Path, under: PurePosixPath, found: _Found) -> Iterator[tuple[Path, PurePosixPath]]:
    folder = root / under
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = f"cannot be listed ({error.strerror}); check that you may read it"
        if folder == root:
            raise InputError(f"{folder} {reason}") from error
        found.refuse(str(under), f"{reason}.")  # one closed folder in a thousand loses the others nothing
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        name = under / entry.name
        if _is_leftover(entry.name):
            continue
        if entry.is_symlink():
            _judge_link(Path(entry.path), str(name), root, found)
        elif entry.is_dir(follow_symlinks=False):
            if not _is_page_folder(entry.name, names):
                yield from _walk(root, name, found)
        elif entry.name != MANIFEST:
            if not _is_output(Path(entry.path)):
                yield Path(entry.path), name
            elif os.path.realpath(folder) != found.own:
                found.refuse(str(name), _RECORD_REASON)


def _take(path: Path, name: str, metadata: Mapping[str, str], found: _Found) -> None:
    """One file among the sources. Reached twice, it keeps its longest name: "sub/a.txt" says more than "a.txt"."""
    if path.name == MANIFEST or name == MANIFEST:
        return
    key = os.path.realpath(path)
    known = found.sources.get(key)
    source = Source(path, _printable(name), metadata)
    if known is None or _rank(source) > _rank(known):
        found.sources[key] = source


def _rank(source: Source) -> tuple[int, str, str]:
    return source.file.count("/"), source.file, str(source.path)


def _say(name: str, folder: Path, metadata: Mapping[str, str], found: _Found, *, complete: bool) -> Mapping[str, str]:
    """The metadata with what the folder's manifest says about the file; a file given by name has one beside it."""
    manifest = found.manifest(folder)
    if manifest is None:
        return metadata
    if not complete:
        for problem in manifest.problems:
            found.refuse(MANIFEST, f"{problem}.")
    return {**metadata, **manifest.rows.get(name, {})}


def _check_manifest(folder: Path, root: Path, files: set[str], found: _Found) -> None:
    """Sets aside what is wrong with the folder's manifest, and its rows for files that are not there."""
    manifest = found.manifest(folder)
    if manifest is None:
        return
    under = PurePosixPath(folder.relative_to(root).as_posix())
    file = str(under / MANIFEST)
    for problem in manifest.problems:
        found.refuse(file, f"{problem}.")
    for name, number in manifest.numbers.items():
        if str(under / name) not in files:
            found.refuse(file, f"row {number} names {_printable(name)}, which is not there; mend or remove the row.")


def _judge_link(path: Path, name: str, root: Path, found: _Found) -> None:
    """A link inside the folder leads to what is found anyway; one that leads out, or nowhere, is set aside."""
    target = os.path.realpath(path)
    home = os.path.realpath(root)
    if target != home and not target.startswith(home.rstrip(os.sep) + os.sep):
        found.refuse(name, f"is a symbolic link out of the folder, to {_printable(target)}; give that path itself.")
    elif not os.path.exists(target) and not os.path.islink(target):  # noqa: PTH110, PTH114 - pathlib raises on loops
        found.refuse(name, "is a symbolic link to nothing; remove it.")


def _is_leftover(name: str) -> bool:
    """Hidden files, and what editors, browsers and file managers leave behind."""
    lowered = name.lower()
    return (
        name.startswith((".", "~$"))
        or (name.startswith("#") and name.endswith("#"))
        or lowered.endswith(_LEFTOVER_ENDINGS)
        or lowered in _LEFTOVERS
        or lowered.startswith((f"{_RECORD}-wal", f"{_RECORD}-shm", f"{_RECORD}-journal"))
    )


def _is_page_folder(name: str, beside: set[str]) -> bool:
    """Whether this holds the pictures and scripts of a saved page: "talks_files" beside "talks.html"."""
    stem, mark, _ = name.rpartition("_files")
    return bool(mark) and name.endswith("_files") and any(f"{stem}{end}" in beside for end in (".html", ".htm"))


def _is_output(path: Path) -> bool:
    """Whether onrecord wrote it: record.db, and record.json, record*.html or the kept vectors beside one."""
    if path.name == _RECORD:
        return _is_database(path)
    if path.name in ("record.json", "record-vectors.npz") or (
        path.name.startswith("record") and path.suffix == ".html"
    ):
        return _is_database(path.with_name(_RECORD))
    return False


def _is_database(path: Path) -> bool:
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False


def _printable(name: str) -> str:
    """The name with bytes that are no UTF-8 (lone surrogates in Python) as U+FFFD."""
    return make_storable(name)
