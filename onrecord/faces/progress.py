"""A progress bar on standard error, and only to a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from onrecord.faces.harmless import on_one_line

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """One bar, started anew for each round of the work."""

    def __init__(self, shown: Progress) -> None:
        self._shown = shown
        self._task: TaskID | None = None

    def start(self, total: int) -> None:
        """A round of so many steps begins."""
        self._task = self._shown.add_task("", total=total)

    def step(self, what: str) -> None:
        """One step is done."""
        if self._task is not None:
            self._shown.update(self._task, advance=1, description=on_one_line(what)[-32:])

    def done(self) -> None:
        """The round is over."""
        if self._task is not None:
            self._shown.remove_task(self._task)
            self._task = None


@contextmanager
def show_progress() -> Iterator[Bar | None]:
    """What long work reports to while it runs: a bar on a terminal, nothing anywhere else."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as shown:
        yield Bar(shown)
