"""One text, read by the stages whose layers are missing; the same in this process and in a worker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.errors import PluginError
from onrecord.model import Layer, Text
from onrecord.reading.page import Page, Reading, Stage


@dataclass(frozen=True, slots=True)
class Task:
    """A text to be read: the stages to run, with their fingerprints, and the layers that stand already."""

    text: Text
    stages: Mapping[str, str]
    standing: tuple[Layer, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task: its layers, and the stage that failed with the reason, where one did."""

    text: Text
    layers: tuple[Layer, ...] = ()
    failed: str | None = None  # the stage; the stages after it were not run
    reason: str | None = None


def read_text(task: Task, stages: Sequence[Stage]) -> Done:
    """The layers the task asks for, made in the order of ``stages``; up to the stage that failed, where one did."""
    standing = {layer.stage: layer for layer in task.standing}
    made: list[Layer] = []
    for stage in stages:
        if stage.name not in task.stages:
            continue
        page = Page(task.text, {need: standing[need] for need in stage.needs})
        try:
            reading = stage.read(page)
            _check(stage, task.text, reading)
        except Exception as error:
            # A stage may be anybody's code and fail on a text in any way; one text never loses the others. What
            # failed is named, the article is set aside, and the next build tries again.
            return Done(task.text, tuple(made), stage.name, f"{type(error).__name__}: {_on_one_line(str(error))}")
        layer = Layer(task.text.id, stage.name, task.stages[stage.name], reading.annotations, reading.unread)
        standing[stage.name] = layer
        made.append(layer)
    return Done(task.text, tuple(made))


def _check(stage: Stage, text: Text, reading: Reading) -> None:
    for annotation in reading.annotations:
        if not isinstance(annotation, stage.makes):
            made = ", ".join(kind.claim for kind in stage.makes)
            raise PluginError(f"it made a {annotation.claim}, but says that it makes {made}")
        if annotation.text != text.id:
            raise PluginError(f"it made a {annotation.claim} of text {annotation.text} while reading {text.id}")


def _on_one_line(message: str) -> str:
    return re.sub(r"\s+", " ", message)[:300]
