"""Standard output whose reader may leave before the end."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unread() -> Iterator[None]:
    """Lets the block end where `| head` has what it wanted: what the command found, and its exit status, still count.

    >>> with unread():
    ...     raise BrokenPipeError
    """
    try:
        yield
    except BrokenPipeError:
        stop_printing()


def stop_printing() -> None:
    """Nothing more is printed, and Python does not complain of the closed pipe while it leaves."""
    stream = sys.__stdout__
    if stream is not None and sys.stdout is stream:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
