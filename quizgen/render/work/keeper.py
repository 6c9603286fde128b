"""The far side: a process that has WeasyPrint imported, and a child of it for each task.

Three processes, since each sees to what the one before it cannot: the caller stays free of WeasyPrint; a keeper pays
for the imports once (0.8 s) and lives through whatever a task does; a worker does the task within limits that the
kernel holds it to. A keeper has one thread and nothing open, so that it is safe to fork: 7 ms for a worker that is as
good as new. Where the system's own libraries do not bear a fork (macOS, Windows), a worker is started anew, and is kept
for the next task as long as all goes well.
"""

import gc
import importlib
import math
import os
import pickle
import shutil
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from .tasks import Budget, Died, Done, Failed, Outcome, OverMemory, OverTime

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

_IMPORTED_FIRST = ("weasyprint", "weasyprint.text.fonts", "ziamath.zmath", "PIL.Image", "quizgen.render")
_CAN_FORK = sys.platform == "linux"
_CAN_LISTEN = sys.platform != "win32"


def keep() -> None:
    """Do the tasks that come on stdin, and answer each on stdout with its outcome, until stdin ends.

    Whoever dies or lets go of this process ends stdin, and so the worker, in the middle of its task.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupt ends this process without a word
    tasks, outcomes = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "r+b") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # what a library prints is no outcome
    for module in _IMPORTED_FIRST:
        with suppress(Exception):  # no Pango, which comes as several kinds: the task itself says so
            importlib.import_module(module)
    gc.freeze()
    private = [tasks.fileno(), outcomes.fileno()]
    with tempfile.TemporaryDirectory(prefix="quizgen-work-", ignore_cleanup_errors=True) as folder:
        worker: _Worker | None = None
        while (job := _next(tasks)) is not None:
            worker = worker or _Worker(private, folder)
            answer, alive = worker.do(job, tasks.fileno())
            if not alive or _CAN_FORK:
                worker.end()
                worker = None
            if answer is None:
                break
            outcomes.write(answer)
            outcomes.flush()
        if worker:
            worker.end()


def _next(tasks: Any) -> tuple[bytes, Budget] | None:  # Any: a binary stream, of whichever kind
    with suppress(EOFError):
        job: tuple[bytes, Budget] = pickle.load(tasks)  # noqa: S301 (of the process that began this one)
        return job
    return None


class _Worker:
    """A process that does one task after another."""

    def __init__(self, private: list[int], folder: str) -> None:
        context = get_context("fork") if _CAN_FORK else get_context("spawn")
        self._connection, theirs = context.Pipe()
        closing = [*private, self._connection.fileno()] if _CAN_FORK else []
        self._folder = folder
        self._process = context.Process(target=_work, args=(theirs, closing, folder), daemon=True)
        self._process.start()
        theirs.close()

    def do(self, job: tuple[bytes, Budget], caller: int) -> tuple[bytes | None, bool]:
        """The outcome, pickled, or nothing where the caller went away; and whether the worker can do another task."""
        try:
            self._connection.send(job)
            if _CAN_LISTEN and self._connection not in wait([self._connection, caller]):
                return None, False  # nothing more is due from the caller, so this is its end
            return self._connection.recv_bytes(), True
        except (EOFError, OSError):
            self._process.join()
            return pickle.dumps(_death(self._process.exitcode or 0, job[1])), False

    def end(self) -> None:
        """End the process, and remove what it left on the disk."""
        self._process.kill()
        self._process.join()
        self._connection.close()
        for left in Path(self._folder).iterdir():
            shutil.rmtree(left, ignore_errors=True)
            left.unlink(missing_ok=True)


def _death(code: int, budget: Budget) -> Outcome[Any]:
    if code >= 0:
        return Died(f"exit code {code}")
    name = signal.Signals(-code).name
    return OverTime(budget.seconds) if name in ("SIGXCPU", "SIGALRM") else Died(name)


# --- In the worker ------------------------------------------------------------------------------------------------


def _work(connection: Connection, closing: list[int], folder: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for inherited in closing:
        os.close(inherited)
    with open(os.devnull, "r+b") as nowhere:
        for stream in (0, 1, 2):  # Pango and GLib speak to stderr
            os.dup2(nowhere.fileno(), stream)
    tempfile.tempdir = folder  # WeasyPrint writes fonts to the disk; a worker that is killed leaves them
    gc.disable()  # a fifth of the time would go into looking for what the end of the process gives back anyway
    while True:
        try:
            content, budget = connection.recv()
        except EOFError:
            return
        outcome = _done(content, budget)
        try:
            answer = pickle.dumps(outcome)
        except Exception as problem:  # a result that cannot travel: any kind
            answer = pickle.dumps(Failed(_with_trace(problem)))
        connection.send_bytes(answer)
        del content, outcome, answer
        gc.collect()


def _done(content: bytes, budget: Budget) -> Outcome[Any]:
    try:
        task = pickle.loads(content)  # noqa: S301 (of the process that began this one)
        with _limited(budget):
            return Done(task.function(*task.arguments))
    except MemoryError:
        return OverMemory(budget.memory)
    except Exception as problem:
        return Failed(_with_trace(problem))
    except BaseException as problem:  # WeasyPrint's refusal to fetch is none of the ordinary ones
        return Failed(_with_trace(RuntimeError(str(problem))))


def _with_trace(problem: Exception) -> Exception:
    """The exception as it can travel, with its traceback among its notes."""
    trace = "".join(traceback.format_exception(problem, limit=-20))
    try:
        pickle.loads(pickle.dumps(problem))  # noqa: S301 (our own)
    except Exception:  # its class does not bear it
        problem = RuntimeError(f"{type(problem).__name__}: {problem}")
    problem.add_note(trace)
    return problem


@contextmanager
def _limited(budget: Budget) -> Iterator[None]:
    """Limits that the kernel holds: over time, the process is ended; over memory, there is a MemoryError."""
    if resource is None:
        yield
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    bounds = {
        resource.RLIMIT_CPU: math.ceil(used.ru_utime + used.ru_stime + budget.seconds),
        resource.RLIMIT_AS: _mapped() + budget.memory,
        resource.RLIMIT_FSIZE: budget.file_size,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
    signal.setitimer(signal.ITIMER_REAL, budget.clock)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for kind in bounds:
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (hard, hard))


def _mapped() -> int:
    """How much address space the process has already."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:  # only Linux has this; others begin with less than a gibibyte or do not keep to this limit
        return 2**30
