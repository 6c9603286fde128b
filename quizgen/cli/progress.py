"""A progress bar, where a person waits for it."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from .usage import at_terminal

T = TypeVar("T")


def progress(steps: Iterable[T], total: int, *, shown: bool) -> Iterator[T]:
    """The steps, with a bar on stderr as they come; none where nobody looks, or before a second has gone by."""
    if not shown or not at_terminal():
        yield from steps
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(steps, total=total, description="", console=Console(stderr=True), transient=True)
