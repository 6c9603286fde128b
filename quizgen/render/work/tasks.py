"""What is given to a worker, how much it may take, and how it can end."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
MIB = 2**20
_USUAL = 100
"""So many pages need no more memory than any task may have."""


@dataclass(frozen=True)
class Limits:
    """What a task may take. Time is of the processor; by the clock, it may take `patience` times as much."""

    seconds: float = 10.0
    seconds_per_page: float = 2.0
    memory: int = 2**30
    """Bytes of address space beyond what a worker has mapped before it begins."""
    memory_per_page: int = 2 * MIB
    """For each page beyond the usual number: very many forms are in memory at once."""
    file_size: int = 64 * MIB
    patience: float = 10.0

    def budget(self, pages: int) -> "Budget":
        """What a task with so many pages may take."""
        seconds = self.seconds + self.seconds_per_page * pages
        memory = self.memory + self.memory_per_page * max(0, pages - _USUAL)
        return Budget(seconds, self.patience * seconds, memory, self.file_size)


@dataclass(frozen=True)
class Budget:
    """What one task may take: seconds of the processor, seconds by the clock, bytes of memory and of a file."""

    seconds: float
    clock: float
    memory: int
    file_size: int


@dataclass(frozen=True)
class Task(Generic[T_co]):
    """A call of a function that a worker can import, with arguments that can be pickled, as its result must be."""

    function: Callable[..., T_co]
    arguments: tuple[Any, ...] = ()  # Any: as the function has them
    pages: int = 1
    """How many pages are expected: what time the task has."""


@dataclass(frozen=True)
class Done(Generic[T_co]):
    """The task came to its end."""

    value: T_co


@dataclass(frozen=True)
class Failed:
    """It raised this; the traceback is among the notes."""

    error: Exception

    def __str__(self) -> str:
        """What was raised, as one line."""
        if isinstance(self.error, RecursionError):
            return "it has too many parts inside each other"
        said = " ".join(str(self.error).split())
        return f"the typesetter says: {said[:200]}" if said else f"the typesetter ends in {type(self.error).__name__}"


@dataclass(frozen=True)
class OverTime:
    """It was ended, since it took all of its time."""

    seconds: float

    def __str__(self) -> str:
        """How much that was."""
        return f"it takes more than {self.seconds:g} seconds"


@dataclass(frozen=True)
class OverMemory:
    """It wanted more memory than it may have."""

    memory: int

    def __str__(self) -> str:
        """How much that was."""
        return f"it takes more than {self.memory // MIB:,} MiB of memory"


@dataclass(frozen=True)
class Died:
    """Its process ended without a word."""

    how: str

    def __str__(self) -> str:
        """By what it ended."""
        return f"the typesetter died of it ({self.how})"


Outcome: TypeAlias = Done[T] | Failed | OverTime | OverMemory | Died


class Executor(AbstractContextManager["Executor"], Protocol):
    """Something that does tasks. Leaving its context ends all that is at work, done or not."""

    def map(self, tasks: Iterable[Task[T]]) -> Iterator[Outcome[T]]:
        """How each task ended, in the order of the tasks; they are taken only a few ahead of what is asked for."""


def in_order(
    submit: Callable[[Task[T]], "Future[Outcome[T]]"], tasks: Iterable[Task[T]], ahead: int
) -> Iterator["Future[Outcome[T]]"]:
    """The futures of the tasks in order, so many of them ahead; those that nobody asks for any more are cancelled."""
    waiting: deque[Future[Outcome[T]]] = deque()
    try:
        for task in tasks:
            waiting.append(submit(task))
            if len(waiting) >= ahead:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        for future in waiting:
            future.cancel()
