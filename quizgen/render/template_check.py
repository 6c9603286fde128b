"""What is wrong in a folder of a teacher's templates, as far as it can be told without filling them in."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

from ..bundled import TEMPLATES
from ..diagnostics import Diagnostic, Span, did_you_mean, error, in_order, warning
from .template_faults import TemplateFault, fault, read_template, read_words, style_faults, word_faults
from .templating import OPEN, Templates

CLOSED = ("preview", "stats", "report", "sheet", "overlay")
"""What the names begin with that nobody changes: pages for authors, and answer sheets with their overlays, on which a
machine must find its way."""


def open_names() -> list[str]:
    """The names of our templates that a teacher may change."""
    names = (path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())
    return sorted(name for name in names if name.endswith(OPEN) and not name.startswith(CLOSED))


def faults(templates: Templates) -> list[Diagnostic]:
    """A Q553 for whatever is wrong in the folder, in the order of a report."""
    folder = templates.folder
    if folder is None:
        return []
    paths = sorted(Path(root, name) for root, _, names in os.walk(folder) for name in names)
    known = open_names()
    return in_order(chain.from_iterable(_in_file(templates, path, known) for path in paths if _counts(path, folder)))


def ignored(templates: Templates) -> list[Diagnostic]:
    """A warning for what paper does not know in a style sheet; nothing where there is no typesetter to ask."""
    try:
        import weasyprint
    except OSError:
        return []
    sheets = [path for name in templates.own_names if _is_for_paper(name) and (path := templates.own(name))]
    found: list[Diagnostic] = []
    for path in sheets:
        with _remarks() as remarks:
            weasyprint.CSS(string=read_template(path))
        for said in remarks:
            if place := re.search(r" at (\d+):(\d+)(?:, (.*?))?[.:]?$", said):
                line, column = int(place[1]), int(place[2])
                what = re.sub(r"^Ignored `(.*?)`.*", r"paper does not know '\1'", said, flags=re.DOTALL)
                message = what if what != said else f"paper does not know this: {said[: place.start()].lower()}"
                where = fault("", path, line, column=column).span
                found.append(warning("Q553", " ".join(message.split()), where, place[3] or "leave it out"))
    return in_order(found)


def _is_for_paper(name: str) -> bool:
    return name.endswith(".css") and "screen" not in name


@contextmanager
def _remarks() -> Iterator[list[str]]:
    """What WeasyPrint says inside."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger, collector = logging.getLogger("weasyprint"), Collector(logging.WARNING)
    logger.addHandler(collector)
    before, logger.propagate = logger.propagate, False
    try:
        yield said
    finally:
        logger.removeHandler(collector)
        logger.propagate = before


def _counts(path: Path, folder: Path) -> bool:
    """Whether it is meant as a template; a README and what an editor left behind are not."""
    return path.name.endswith(OPEN) and not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _in_file(templates: Templates, path: Path, known: list[str]) -> Iterator[Diagnostic]:
    assert templates.folder
    name = path.relative_to(templates.folder).as_posix()
    if templates.own(name) is None:
        yield error(
            "Q553", "this leads out of the folder, or nowhere", Span(str(path)), "copy the file into the folder"
        )
        return
    try:
        if name.endswith(".j2"):
            templates.parsed(name)
        elif name.endswith(".css"):
            yield from style_faults(path)
        elif name.startswith("words/"):
            yield from word_faults(path, read_words(TEMPLATES / "words" / "en.toml"))
    except TemplateFault as problem:
        yield problem.diagnostic
        return
    added = name.startswith("words/") or (name.endswith(".j2") and _is_used(templates, name))
    if name not in known and not added:
        place = fault("", path).span
        yield warning("Q553", f"quizgen never reads '{name}'", place, did_you_mean(name, known))


def _is_used(templates: Templates, name: str) -> bool:
    """Whether another template of the teacher's speaks of it."""
    others = (templates.own(other) for other in templates.own_names if other.endswith(".j2") and other != name)
    return any(f"{quote}{name}{quote}" in read_template(path) for path in others if path for quote in "\"'")
