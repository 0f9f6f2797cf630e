"""Worker processes: each reads one text at a time, and one that dies takes nothing with it but that text.

A worker is a fresh interpreter that talks over its standard input and output. It does not import the program that
started it (as multiprocessing would), so `onrecord.build` may stand in a notebook or an unguarded script.
"""

from __future__ import annotations

import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import BinaryIO

from onrecord.errors import PluginError
from onrecord.pipeline.reading import Done, Task, read_text
from onrecord.plugins import address_of, load_stages
from onrecord.reading.page import Stage

# Ctrl-C reaches the whole group of processes; what becomes of a worker, the one that started it decides.
_PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN);"
    "from onrecord.pipeline.workers import serve_standard; serve_standard()"
)


def read_texts(tasks: Iterable[Task], stages: Sequence[Stage], workers: int) -> Iterator[Done]:
    """What comes of each task, as it is done. The results are the same for any number of workers.

    Raises PluginError where a worker cannot start.
    """
    if workers <= 1:
        yield from (read_text(task, stages) for task in tasks)
        return
    waiting_tasks = iter(tasks)
    todo: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
    done: queue.SimpleQueue[Done | BaseException] = queue.SimpleQueue()
    running = [_Worker(stages, todo, done) for _ in range(workers)]
    busy = 0  # tasks handed out whose result is not here yet; two for each worker, so that none waits for us
    try:
        for task in islice(waiting_tasks, 2 * workers):
            todo.put(task)
            busy += 1
        for worker in running:
            worker.start()
        while busy:
            result = _wait_for(done)
            busy -= 1
            if isinstance(result, BaseException):
                raise result
            if (following := next(waiting_tasks, None)) is not None:
                todo.put(following)
                busy += 1
            yield result
    finally:
        for worker in running:
            todo.put(None)
            if busy:
                worker.kill()
        for worker in running:
            if worker.is_alive():
                worker.join()


def _wait_for(done: queue.SimpleQueue[Done | BaseException]) -> Done | BaseException:
    """The next result. A Ctrl-C that comes just before a wait does not end it, so each wait ends by itself."""
    while True:
        with suppress(queue.Empty):
            return done.get(timeout=1)


class _Worker(threading.Thread):
    """A thread that keeps one worker process busy, and starts another where it dies."""

    def __init__(
        self,
        stages: Sequence[Stage],
        todo: queue.SimpleQueue[Task | None],
        done: queue.SimpleQueue[Done | BaseException],
    ) -> None:
        super().__init__(daemon=True)
        self._stages = [address_of(stage) for stage in stages]
        self._todo, self._done = todo, done
        self._process: subprocess.Popen[bytes] | None = None
        self._killed = False

    def run(self) -> None:
        """Read texts until told that there are no more; errors go to the one who asked for the texts."""
        while (task := self._todo.get()) is not None:
            if self._killed:
                continue
            try:
                self._done.put(self._read(task))
            except BaseException as error:  # nobody else hears it in this thread, and the other would wait for ever
                self._done.put(error)
        if self._process is not None:
            _wait(self._process)

    def kill(self) -> None:
        """End the process, whatever it is at; its text is read another time."""
        self._killed = True
        if (process := self._process) is not None:
            process.kill()

    def _read(self, task: Task) -> Done:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump(task, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            result = pickle.load(process.stdout)  # noqa: S301 - our own process wrote it
        except (EOFError, OSError, pickle.UnpicklingError):
            self._process = None
            reason = _say_exit(_wait(process))
            return Done(task.text, (), next(iter(task.stages)), f"the process that read it {reason}")
        assert isinstance(result, Done)
        return result

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, *_flags(), "-c", _PROGRAM]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._process = process
        if self._killed:
            process.kill()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            pickle.dump((sys.path, self._stages), process.stdin)
            process.stdin.flush()
            problem = pickle.load(process.stdout)  # noqa: S301
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._process = None
            reason = _say_exit(_wait(process))
            raise PluginError(f"a reading process {reason} before its first text; try --workers 1") from error
        if problem:
            raise PluginError(f"a reading process cannot load its stages: {problem}; try --workers 1")
        return process


def serve_standard() -> None:  # pragma: no cover - runs in the worker, which the tests see from outside
    """Serve the process that started this one, over standard input and output."""
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a stage prints must not get among the answers
    serve(sys.stdin.buffer, answers)


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer tasks with what came of them until there are no more. First come the path of modules and the stages."""
    path, addresses = pickle.load(asked)  # noqa: S301 - our parent wrote it
    sys.path[:] = path
    problem, stages = None, tuple[Stage, ...]()
    try:
        stages = load_stages(addresses)
    except PluginError as error:
        problem = str(error)
    _answer(problem, answers)
    while problem is None:
        try:
            task = pickle.load(asked)  # noqa: S301
        except EOFError:
            return
        _answer(read_text(task, stages), answers)


def _answer(value: object, answers: BinaryIO) -> None:
    pickle.dump(value, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def _flags() -> list[str]:
    """The options of this interpreter that change which code a new one finds."""
    return [flag for flag, given in (("-I", sys.flags.isolated), ("-s", sys.flags.no_user_site)) if given]


def _wait(process: subprocess.Popen[bytes]) -> int:
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):  # the process is gone, and with it what was still to be written
                stream.close()
    try:
        return process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _say_exit(status: int) -> str:
    if status < 0:
        return f"was killed ({signal.Signals(-status).name}); it may have run out of memory"
    return f"ended with exit status {status}"
