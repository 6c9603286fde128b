"""Our own output: the HTML quiz, the printed booklet, the key. Everything is bytes; saving them is for others."""

from collections.abc import Iterator, Sequence

from ..form import Form, Settings
from .jobs import Build, Job, pages_of, student_jobs, teacher_jobs
from .pdf import PdfError

__all__ = [
    "Build", "Job", "PdfError", "jobs", "pages_of", "student_files", "student_jobs", "teacher_files", "teacher_jobs",
]  # fmt: skip


def student_files(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """What may be handed out, as (path, content); made in this process, without limits on time and memory."""
    for job in student_jobs(forms, Build(settings)):
        yield from job()


def teacher_files(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """What may not be handed out, in the same way: keys of each form, and of all."""
    for job in teacher_jobs(forms, Build(settings)):
        yield from job()


def jobs(forms: Sequence[Form], build: Build) -> Iterator[Job]:
    """All files of a build but its report and its manifest, as jobs that can be done side by side."""
    yield from student_jobs(forms, build)
    yield from teacher_jobs(forms, build)
