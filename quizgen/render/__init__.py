"""Our own output: the HTML quiz, the printed booklet, the key. Everything is bytes; saving them is for others."""

from collections.abc import Callable, Iterator, Sequence

from ..form import Form, Settings
from . import pages
from .pdf import PdfError, Printer, PrintPage

__all__ = ["PdfError", "student_files", "teacher_files"]


def student_files(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """What may be handed out, as (path, content): a page and a booklet for each form, and all booklets as one."""
    if "html" in settings.formats:
        for form in forms:
            yield f"students/form-{form.id}.html", pages.quiz_page(form, settings)
    if "pdf" in settings.formats:
        yield from _printed(forms, settings, pages.booklet, "students/form-{}.pdf", "students/booklet.pdf")


def teacher_files(forms: Sequence[Form], settings: Settings) -> Iterator[tuple[str, bytes]]:
    """What may not: a key for each form, as a page and on paper, and all keys as one."""
    if "html" in settings.formats:
        for form in forms:
            yield f"teacher/form-{form.id}-key.html", pages.key_page(form)
    if "pdf" in settings.formats:
        yield from _printed(forms, settings, pages.key, "teacher/form-{}-key.pdf", "teacher/keys.pdf")


def _printed(
    forms: Sequence[Form], settings: Settings, page: Callable[[Form, Settings], PrintPage], each: str, whole: str
) -> Iterator[tuple[str, bytes]]:
    printer = Printer()
    documents = []
    for form in forms:
        documents.append(printer.lay_out(page(form, settings)))
        yield each.format(form.id), printer.write(documents[-1:])
    yield whole, printer.write(documents)
