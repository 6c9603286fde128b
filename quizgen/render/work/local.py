"""Tasks on this machine: keepers and their workers, a thread that waits for each."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import IO, Self, TypeVar

from .tasks import Budget, Died, Limits, Outcome, Task, in_order

T = TypeVar("T")
_PACKAGES = Path(__file__).parents[3]
_BEGIN = "import sys; sys.path.append(sys.argv[1]); from quizgen.render.work.keeper import keep; keep()"


class Keeper:
    """A process that does tasks one at a time, each in a child of it, and outlives them all."""

    def __init__(self) -> None:
        # -P: nothing is imported from the working folder, which may be anybody's. A group of its own: an interrupt
        # at the terminal is for the command alone, which ends its keepers.
        self._process = subprocess.Popen(  # noqa: S603 (this Python)
            [sys.executable, "-P", "-c", _BEGIN, str(_PACKAGES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0 if os.name == "posix" else None,
        )

    def do(self, task: Task[T], budget: Budget) -> Outcome[T]:
        """How the task ended."""
        job = pickle.dumps((pickle.dumps(task), budget))
        try:
            self._stdin.write(job)
            self._stdin.flush()
            outcome: Outcome[T] = pickle.load(self._stdout)  # noqa: S301 (of the process that this one began)
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):  # ValueError: closed, since we are to end
            return Died("its keeper was ended")
        return outcome

    @property
    def alive(self) -> bool:
        """Whether it can do another task."""
        return self._process.poll() is None

    def end(self) -> None:
        """End it, and with it the worker that it may have."""
        with suppress(OSError, ValueError):
            self._stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._stdout.close()

    @property
    def _stdin(self) -> IO[bytes]:
        assert self._process.stdin
        return self._process.stdin

    @property
    def _stdout(self) -> IO[bytes]:
        assert self._process.stdout
        return self._process.stdout


class Keepers:
    """As many keepers as there are threads that ask for one at the same time; the rest wait for the next task."""

    def __init__(self, ready: int = 0) -> None:
        self._lock, self._open = Lock(), True
        self._all = [Keeper() for _ in range(ready)]
        self._idle = list(self._all)

    def do(self, task: Task[T], budget: Budget) -> Outcome[T]:
        """How the task ended, with the next keeper that is free or a new one."""
        with self._lock:
            if not self._open:
                return Died("its keeper was ended")
            keeper = self._idle.pop() if self._idle else self._begun()
        outcome = keeper.do(task, budget)
        with self._lock:
            if keeper.alive:
                self._idle.append(keeper)
            else:
                self._all.remove(keeper)
        return outcome

    def end(self) -> None:
        """End them all, with the tasks that are at work."""
        with self._lock:
            self._open = False
            ending = list(self._all)
        for keeper in ending:
            keeper.end()

    def _begun(self) -> Keeper:
        keeper = Keeper()
        self._all.append(keeper)
        return keeper


def _processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class LocalExecutor:
    """Does so many tasks at a time on this machine, within limits. It begins its keepers at once."""

    def __init__(self, jobs: int | None = None, limits: Limits | None = None) -> None:
        self._jobs = jobs or _processors()
        self._limits = limits or Limits()
        self._keepers = Keepers(self._jobs)
        self._threads = ThreadPoolExecutor(self._jobs, thread_name_prefix="keeper")

    def map(self, tasks: Iterable[Task[T]]) -> Iterator[Outcome[T]]:
        """How each task ended, in order; the tasks are taken no more than two for each job ahead."""
        for future in in_order(self._submit, tasks, 2 * self._jobs):
            yield future.result()

    def _submit(self, task: Task[T]) -> Future[Outcome[T]]:
        return self._threads.submit(self._keepers.do, task, self._limits.budget(task.pages))

    def close(self) -> None:
        """End all processes, with what they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._keepers.end()
        self._threads.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
