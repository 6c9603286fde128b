"""A progress bar, where a person waits for it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from .usage import at_terminal

T = TypeVar("T")


def progress(
    steps: Iterable[T], total: int, *, shown: bool, unit: str = "", weight: Callable[[T], int] = lambda step: 1
) -> Iterator[T]:
    """The steps, with a bar on stderr as they come: how many of how many, and the time that is left.

    A step counts `weight(step)`. There is no bar where nobody looks.
    """
    if not shown or not at_terminal():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(unit), TimeRemainingColumn(compact=True))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        for step in steps:
            bar.advance(task, weight(step))
            yield step
