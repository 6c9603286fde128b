"""Rendering in processes of its own, side by side and within limits; and what becomes of what cannot be rendered."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ..diagnostics import Diagnostic
from .progress import progress
from .usage import UsageError

if TYPE_CHECKING:
    from ..form import Form, Settings
    from ..render import Build, Job
    from ..render.templating import Templates
    from ..render.work import Executor, Outcome, Task

_AGAIN = 3
"""So often forms are set again, each time without what was found to be at fault."""


class Renderer:
    """Makes the files of builds. Pages on screen alone are made in this process, all others in some of their own."""

    def __init__(
        self,
        settings: "Settings",
        templates: "Templates | None" = None,
        *,
        jobs: int | None = None,
        scheduler: str | None = None,
        quiet: bool = True,
    ) -> None:
        """`scheduler` is the address of a Dask cluster; without it the work is done here, in `jobs` processes."""
        from ..render.templating import Templates

        self.templates, self.found = templates or Templates(), list[Diagnostic]()
        self._quiet, self._stack = quiet, ExitStack()
        self._executor: Executor | None = None
        if "pdf" in settings.formats:
            self._executor = self._stack.enter_context(_executor(jobs, scheduler))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def files(self, forms: "Sequence[Form]", build: "Build") -> Iterator[tuple[str, bytes]]:
        """All files of a build but its report and its manifest.

        What cannot be set is reported in `found`; then all files come a second time, with a notice in its place.
        Raises `PdfError` and `TemplateFault`.
        """
        from ..render import jobs
        from ..render.withheld import without

        names: set[str] = set()
        for _ in range(_AGAIN):
            shown = [without(form, names) for form in forms] if names else forms
            failure: Outcome[Any] | None = None
            for made in self._done(list(jobs(shown, build))):
                if isinstance(made, list):
                    yield from made
                else:
                    failure = made
                    break
            if failure is None:
                return
            names |= self._blamed(shown, build, failure)
        raise UsageError(f"the forms cannot be set, even without what is at fault: {failure}")

    def _done(self, made: "list[Job]") -> "Iterator[Outcome[Any] | list[tuple[str, bytes]]]":
        """The files of each job; or how it failed."""
        bar = partial(progress, total=sum(job.pages for job in made), shown=not self._quiet, unit="pages")
        if self._executor is None:
            for job in bar(made, weight=_pages_of):
                yield job()
            return
        from ..render.work import Done, Task

        outcomes = self._executor.map(Task(_run, (job,), job.pages) for job in made)
        for _, outcome in bar(zip(made, outcomes, strict=True), weight=lambda pair: pair[0].pages):
            yield outcome.value if isinstance(outcome, Done) else outcome

    def _blamed(self, forms: "Sequence[Form]", build: "Build", failure: "Outcome[Any]") -> set[str]:
        """The full names of the items and passages that are at fault; each is reported."""
        from ..render import pages_of
        from ..render.pdf import PdfError
        from ..render.templating import TemplateFault
        from ..render.withheld import things
        from ..render.work import Failed, Part, Task, blame
        from ..render.work.blame import NobodysFaultError

        if isinstance(failure, Failed) and isinstance(failure.error, PdfError | TemplateFault):
            raise failure.error
        assert self._executor
        parts, whole = [Part(name, span) for name, span in things(forms)], pages_of(forms)

        def trial(some: "Sequence[Part]") -> "Task[Any]":
            share = len(some) / max(1, len(parts))
            return Task(_tried, (forms, frozenset(part.name for part in some), build), 1 + int(whole * share))

        try:
            guilty = blame(parts, trial, self._executor)
        except NobodysFaultError as nobody:
            if nobody.__cause__:
                raise nobody.__cause__ from None
            raise UsageError(f"the heads of the forms cannot be set: {nobody}; shorten what stands there") from None
        if not guilty:
            raise UsageError(f"the forms cannot be set together: {failure}; build fewer of them at a time")
        self.found += [one.diagnostic for one in guilty]
        return {one.part.name for one in guilty}


def _executor(jobs: int | None, scheduler: str | None) -> "Executor":
    from ..render.work import ClusterError, ClusterExecutor, LocalExecutor

    if scheduler is None:
        return LocalExecutor(jobs)
    try:
        return ClusterExecutor(scheduler)
    except ClusterError as problem:
        raise UsageError(str(problem)) from None


def _pages_of(job: "Job") -> int:
    return job.pages


def _run(job: "Job") -> list[tuple[str, bytes]]:
    """What a worker does."""
    return job()


def _tried(forms: "Sequence[Form]", names: frozenset[str], build: "Build") -> None:
    """Set a form of these items and passages alone, in all ways in which builds set it."""
    from ..render.jobs import trial
    from ..render.withheld import only

    trial(only(forms, names), build)
