"""Evidence packs: what stands in the zip file, and what does not hold in one. Nothing is ever unpacked to disk."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from onrecord.errors import Hostile, InputError
from onrecord.pipeline.checks import Checked, Fault, check_record

RECORD = "record.json"
PAGE = "record.html"
ARTICLES = "articles.jsonl"
JUDGEMENTS = "judgements.jsonl"
SUMS = "SHA256SUMS"
README = "README.txt"
RAW = "raw/"

MOST_MEMBERS = 200_000
MOST_BYTES = 4 * 2**30
MOST_RECORD = 2**30
"""Limits of a pack in bytes, unpacked: all members together, and the record among them."""

_REFUSED = "; do not unpack it, and ask for another from whoever made it"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_CHUNK = 2**20

# What zipfile raises on a file that somebody damaged or made up: bad checksums, cut streams, unknown methods,
# encryption, sizes and names that cannot be.
DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(struct.error, ValueError, OverflowError, OSError),
)


def seal(sums: bytes) -> str:
    """The SHA-256 of a pack's SHA256SUMS: one line that fixes every byte of every other file in it.

    >>> seal(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(sums).hexdigest()


def check_pack(path: Path) -> tuple[Checked, str]:
    """Every fault of a pack, its record's included, and its seal.

    Raises InputError where the file is no pack, Hostile where it could harm: names that leave the folder, names
    twice, links, more bytes than a pack may hold.
    """
    try:
        with zipfile.ZipFile(path) as pack:
            _refuse_harm(pack, path)
            missing = [name for name in (SUMS, RECORD) if name not in pack.namelist()]
            if missing:
                raise InputError(
                    f"{path} is no evidence pack: it has no {', '.join(missing)}; write one: onrecord pack"
                )
            sums = _read(pack, SUMS, path)
            faults = list(_check_sums(pack, sums, path))
            checked = _check_members(pack, path)
    except DAMAGE as error:
        raise InputError(f"{path} is a damaged zip file ({error}); ask for the pack again") from error
    return Checked(checked.texts, checked.entries, checked.spans, (*faults, *checked.faults)), seal(sums)


def _refuse_harm(pack: zipfile.ZipFile, path: Path) -> None:
    members = pack.infolist()
    if len(members) > MOST_MEMBERS:
        raise Hostile(f"{path} holds {len(members)} files; a pack holds at most {MOST_MEMBERS}{_REFUSED}")
    total = sum(member.file_size for member in members)
    if total > MOST_BYTES:
        raise Hostile(f"{path} unpacks to {total} bytes; a pack holds at most {MOST_BYTES}{_REFUSED}")
    for name, count in Counter(member.filename for member in members).items():
        parts = name.split("/")
        if count > 1:
            raise Hostile(f"{path} holds the name {name!r} {count} times; a pack names each file once{_REFUSED}")
        if name.startswith("/") or ".." in parts or "\\" in name or ":" in parts[0]:
            raise Hostile(f"{path} holds the name {name!r}, which leads out of the folder it is unpacked in{_REFUSED}")
    for member in members:
        if (member.external_attr >> 16) & 0o170000 == 0o120000:
            raise Hostile(f"{path}: {member.filename} is a link; a pack holds files only{_REFUSED}")


def _check_sums(pack: zipfile.ZipFile, sums: bytes, path: Path) -> Iterator[Fault]:
    """Files that are missing, changed, unlisted, or raw bytes under a name that is not their digest."""
    listed: dict[str, str] = {}
    for number, line in enumerate(sums.decode("utf-8", "replace").splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if found is None:
            yield Fault("files", f"{SUMS}, line {number}", "is not '<sha256>  <file>'")
        else:
            listed[found[2]] = found[1]
    present = {name for name in pack.namelist() if not name.endswith("/")} - {SUMS}
    for name in sorted(listed.keys() - present):
        yield Fault("files", name, f"is listed in {SUMS}, but not in the pack")
    for name in sorted(present):
        try:
            digest = _digest(pack, name, path)
        except DAMAGE as error:
            yield Fault("files", name, f"was damaged and cannot be unpacked: {error}")
            continue
        if name not in listed:
            yield Fault("files", name, f"is in the pack, but not listed in {SUMS}")
        elif listed[name] != digest:
            yield Fault("files", name, f"was changed: its SHA-256 is {digest}, {SUMS} says {listed[name]}")
        elif name.startswith(RAW) and name != RAW + digest:
            yield Fault("files", name, f"holds other bytes than its name says: their SHA-256 is {digest}")


def _check_members(pack: zipfile.ZipFile, path: Path) -> Checked:
    if pack.getinfo(RECORD).file_size > MOST_RECORD:
        raise Hostile(f"{path}: {RECORD} unpacks to more than {MOST_RECORD} bytes{_REFUSED}")
    try:
        checked = check_json(_read(pack, RECORD, path), RECORD)
    except DAMAGE:
        return Checked(0, 0, 0, ())  # its damage was found with its digest
    faults = list(checked.faults)
    names = set(pack.namelist())
    for member in (ARTICLES, JUDGEMENTS):
        if member in names:
            with suppress(*DAMAGE):
                faults += _check_lines(_read(pack, member, path), member, names)
    return Checked(checked.texts, checked.entries, checked.spans, tuple(faults))


def _check_lines(lines: bytes, member: str, names: set[str]) -> Iterator[Fault]:
    for number, line in enumerate(lines.splitlines(), start=1):
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield Fault("files", f"{member}, line {number}", f"is no JSON: {error}")
            continue
        if member == ARTICLES and (not isinstance(item, dict) or f"{RAW}{item.get('raw')}" not in names):
            yield Fault("files", f"{member}, line {number}", "names raw bytes that are not in the pack")


def check_json(content: bytes, place: str) -> Checked:
    """Every fault of a JSON export as bytes; what is no JSON is a fault of the rule ``schema``."""
    try:
        data = json.loads(content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_refuse_constant)
    except RecursionError:
        return Checked(0, 0, 0, (Fault("schema", place, "is nested too deep to be a record"),))
    except ValueError as error:
        return Checked(0, 0, 0, (Fault("schema", place, f"is no JSON in UTF-8: {error}"),))
    return check_record(data)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object; a key given twice is refused: readers differ in which of the two they believe."""
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON number")


def _digest(pack: zipfile.ZipFile, name: str, path: Path) -> str:
    sha256 = hashlib.sha256()
    with pack.open(name) as member:
        for chunk in _chunks(member, pack.getinfo(name).file_size, f"{path}: {name}"):
            sha256.update(chunk)
    return sha256.hexdigest()


def _read(pack: zipfile.ZipFile, name: str, path: Path) -> bytes:
    if pack.getinfo(name).file_size > MOST_RECORD:
        raise Hostile(f"{path}: {name} unpacks to more than {MOST_RECORD} bytes{_REFUSED}")
    with pack.open(name) as member:
        return b"".join(_chunks(member, pack.getinfo(name).file_size, f"{path}: {name}"))


def _chunks(member: IO[bytes], size: int, place: str) -> Iterator[bytes]:
    """The bytes of a member, no more of them than its entry in the directory says."""
    read = 0
    while chunk := member.read(_CHUNK):
        read += len(chunk)
        if read > size:
            raise Hostile(f"{place} unpacks to more bytes than the pack says{_REFUSED}")
        yield chunk
