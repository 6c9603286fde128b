"""One bank file from its bytes to all that can be said of it by itself: what a run of `check` does file by file."""

from dataclasses import dataclass
from pathlib import Path

from ..bank import named_files, read_file
from ..codes import PAGES
from ..diagnostics import Diagnostic
from ..ignores import Ignore, ignores
from . import check_article, pages
from .gist import Gist, gist
from .reading import ArticleReading


@dataclass(frozen=True)
class Examined:
    """What was found in one file, and what other checks need to know of it."""

    found: tuple[Diagnostic, ...]
    """Everything, before ignore comments are looked at: they may be meant for what only a comparison finds."""
    ignores: tuple[Ignore, ...]
    gist: Gist | None
    items: int
    beside: tuple[str, ...]
    """The names of the files beside it that it depends on."""


def examine(path: Path, content: bytes) -> Examined:
    """What is found in the file with this content, its images and its text."""
    file, found = read_file(path, content)
    if file is None:
        return Examined(tuple(found), (), None, 0, ())
    comments, faults = ignores(file.document, PAGES.keys() | pages().keys())
    article = ArticleReading(file)
    found += check_article(article) + faults
    return Examined(tuple(found), tuple(comments), gist(article), len(file.items), tuple(named_files(file)))
