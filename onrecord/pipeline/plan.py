"""The plan: the stages in order, each with the fingerprint that says which layers of it are current."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import digest
from onrecord.pipeline.code import digest_rooms
from onrecord.reading.page import Stage
from onrecord.store import StageMark


def mark_stages(stages: Sequence[Stage]) -> tuple[StageMark, ...]:
    """Each stage with its fingerprint, in the order given, which has every stage after those it needs.

    A fingerprint hashes the stage's name, version, ``settings`` (JSON values) and ``weights`` (a digest) where it has
    them, the code and word lists of a stage of onrecord itself, and the fingerprints of what it needs: where any of
    these changes, its layers are stale.
    """
    marks: dict[str, StageMark] = {}
    for stage in stages:
        needed = [marks[name].fingerprint for name in sorted(stage.needs)]
        settings, weights = getattr(stage, "settings", None), getattr(stage, "weights", None)
        fingerprint = digest("stage", stage.name, stage.version, settings, weights, _code(stage), needed)
        marks[stage.name] = StageMark(stage.name, stage.version, fingerprint)
    return tuple(marks.values())


def _code(stage: Stage) -> str | None:
    """A digest of the code of one of our own stages; a stage of somebody else's package says by its version."""
    package, _, module = type(stage).__module__.partition(".")
    return digest_rooms("model", "lexicon", "encoder", module.partition(".")[0]) if package == "onrecord" else None
