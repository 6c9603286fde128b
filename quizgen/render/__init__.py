"""Our own output: the HTML quiz, the printed booklet, the key. Everything is bytes; saving them is for others."""

import os
from collections.abc import Iterator, Sequence

from ..form import Form, Settings
from . import pages
from .pdf import PdfError, PrintPage, typeset, typesetter

__all__ = ["PdfError", "files", "student_files", "teacher_files"]


def student_files(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """What may be handed out, as (path, content): a page and a booklet for each form, and all booklets as one."""
    yield from _student_pages(forms, settings)
    if "pdf" in settings.formats:
        yield from _student_prints(forms, typeset(_booklets(forms, settings)))


def teacher_files(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """What may not: a key for each form, as a page and on paper, and all keys as one."""
    yield from _teacher_pages(forms, settings)
    if "pdf" in settings.formats:
        yield from _teacher_prints(forms, typeset(_keys(forms, settings)))


def files(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """All files of a build but its manifest; booklets and keys are typeset side by side where there are processors."""
    if "pdf" not in settings.formats or (os.cpu_count() or 1) < 2:
        yield from student_files(forms, settings)
        yield from teacher_files(forms, settings)
        return
    with typesetter(_booklets(forms, settings)) as booklets, typesetter(_keys(forms, settings)) as keys:
        yield from _student_pages(forms, settings)
        yield from _teacher_pages(forms, settings)
        yield from _student_prints(forms, booklets())
        yield from _teacher_prints(forms, keys())


def _booklets(forms: Sequence[Form], settings: Settings) -> list[PrintPage]:
    return [pages.booklet(form, settings) for form in forms]


def _keys(forms: Sequence[Form], settings: Settings) -> list[PrintPage]:
    return [pages.key(form, settings) for form in forms]


def _name(form: Form) -> str:
    """What its files are called: a candidate's by the id."""
    return form.candidate.id if form.candidate else f"form-{form.id}"


def _student_pages(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    for form in forms if "html" in settings.formats else ():
        yield f"students/{_name(form)}.html", pages.quiz_page(form, settings)


def _teacher_pages(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    for form in forms if "html" in settings.formats else ():
        yield f"teacher/{_name(form)}-key.html", pages.key_page(form)


def _student_prints(forms: Sequence[Form], pdfs: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for form, content in zip(forms, pdfs, strict=False):
        yield f"students/{_name(form)}.pdf", content
    yield "students/booklet.pdf", pdfs[-1]


def _teacher_prints(forms: Sequence[Form], pdfs: list[bytes]) -> Iterator[tuple[str, bytes]]:
    for form, content in zip(forms, pdfs, strict=False):
        yield f"teacher/{_name(form)}-key.pdf", content
    yield "teacher/keys.pdf", pdfs[-1]
