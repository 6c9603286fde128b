"""Tasks on a cluster: Dask's scheduler hands them out, and each is done in a worker of ours beside Dask's."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from types import TracebackType
from typing import Any, Self, TypeVar

from .local import Keepers
from .tasks import Budget, Died, Limits, Outcome, Task, in_order

T = TypeVar("T")
_PATIENCE = 30
"""How many seconds there may be no worker at all."""


class ClusterError(RuntimeError):
    """The cluster cannot be used; the message is one line that says why."""


class ClusterExecutor:
    """Does tasks wherever the Dask scheduler at the address (`HOST:PORT`) sends them, within the same limits.

    It needs the extra `cluster`; quizgen has to be of one version on all machines. Raises `ClusterError`.
    """

    def __init__(self, address: str, limits: Limits | None = None) -> None:
        try:
            self._dask: Any = import_module("distributed")  # Any: it has no types
        except ImportError:
            raise ClusterError("a cluster needs Dask: pip install 'quizgen[cluster]'") from None
        self._address, self._limits = address, limits or Limits()
        try:
            self._client = self._dask.Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as problem:
            raise ClusterError(f"no scheduler answers at '{address}'") from problem
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            self._client.close()
            raise self._deserted() from None

    def map(self, tasks: Iterable[Task[T]]) -> Iterator[Outcome[T]]:
        """How each task ended, in order; the tasks are taken no more than two for each thread of the cluster ahead."""
        ahead = 2 * max(1, sum(self._client.nthreads().values()))
        with self._client.get_executor(pure=False) as executor:

            def submit(task: Task[T]) -> Any:  # Any: Dask has no types
                return executor.submit(contained, task, self._limits.budget(task.pages))

            for future in in_order(submit, tasks, ahead):
                yield self._outcome(future)

    def _outcome(self, future: Any) -> Any:  # Any: Dask has no types
        while True:
            try:
                return future.result(timeout=_PATIENCE)
            except TimeoutError:
                if not self._client.nthreads():
                    raise self._deserted() from None
            except self._dask.KilledWorker:
                return Died("so did the cluster's workers that tried it")

    def _deserted(self) -> ClusterError:
        return ClusterError(
            f"the scheduler at '{self._address}' has no workers; begin one: dask worker {self._address}"
        )

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


@lru_cache(maxsize=1)
def _keepers() -> Keepers:
    """Those of this process, one of Dask's; they end with it."""
    return Keepers()


def contained(task: Task[T], budget: Budget) -> Outcome[T]:
    """How the task ended, on a machine of the cluster."""
    return _keepers().do(task, budget)
