"""Work that may go wrong, done where it can do no harm: in processes of its own with limits on time and memory."""

from .blame import Guilty, Part, blame
from .cluster import ClusterError, ClusterExecutor
from .local import LocalExecutor
from .tasks import Died, Done, Executor, Failed, Limits, Outcome, OverMemory, OverTime, Task

__all__ = [
    "ClusterError",
    "ClusterExecutor",
    "Died",
    "Done",
    "Executor",
    "Failed",
    "Guilty",
    "Limits",
    "LocalExecutor",
    "Outcome",
    "OverMemory",
    "OverTime",
    "Part",
    "Task",
    "blame",
]
