"""`quizgen audit`: searches the student files of a build for anything that tells the key."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, Span, error, has_errors, in_order
from .arguments import BankOption
from .usage import UsageError, counted, existing, say, say_diagnostics

if TYPE_CHECKING:
    from ..form import Form, Manifest

_LARGEST = 2**30
"""A larger file is not read."""


def audit(
    build: Annotated[Path, typer.Argument(help="DIR/<quiz> of the build.", metavar="DIR")],
    bank: BankOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Search the files for students for anything that tells the key.

    All texts, attributes, scripts, metadata, attachments, names, orders and sizes are looked at, on every page of
    every file. Exit code 0: nothing was found. 1: the report says what. Nothing is written.

    Example: quizgen audit dist/kyrgyzstan-2010
    """
    from .rebuilding import find_banks, forms_again, in_editions, read_manifest

    given = existing(bank or [], "bank")
    path, folder = _manifest(build)
    told, found = read_manifest(path)
    number = 0
    if told is not None and not found:
        whole, found = find_banks(told, path, given)
        if whole is not None:
            _, forms, found = forms_again(told, whole, path)
        if whole is not None and not found:
            shown = in_editions(forms, told.settings, told.seed)
            for one in _audited(told, folder, shown, quiet):
                number += one is None
                found += [one] if one else []
    found = in_order(found)
    say_diagnostics(found)
    if has_errors(found):
        raise typer.Exit(1)
    if not quiet and told is not None:
        say(f"{counted(number, 'file')} for students of '{told.title}': nothing tells the key")


def _manifest(build: Path) -> tuple[Path, Path]:
    """The manifest and the folder of a build, by either of them."""
    if not build.exists():
        raise UsageError(f"there is no build '{build}'")
    path = build / "teacher" / "manifest.json" if build.is_dir() else build
    if not path.is_file():
        raise UsageError(f"'{build}' is no build of quizgen: there is no '{path}'")
    from .rebuilding import folder_of

    return path, build if build.is_dir() else folder_of(path)


def _audited(told: "Manifest", folder: Path, forms: "tuple[Form, ...]", quiet: bool) -> "Iterator[Diagnostic | None]":
    """What is found, and for each file `None`."""
    from dataclasses import replace

    from ..audit import Auditor, Folder
    from ..render.templating import using
    from .progress import progress
    from .school import templates_of

    with using(templates_of(forms)):
        auditor = Auditor(forms, told.settings, quiz=told.quiz, every_page=True)
        known = Folder(told)
        names = sorted(_files(folder))
        for name in progress(names, total=len(names), shown=not quiet, unit="files"):
            content = _content(folder / name)
            yield None
            if content is None:
                found = [error("Q578", "the file cannot be read", Span(name), "look at its permissions and its size")]
            else:
                found = [*known.look(name, content), *auditor.look(name, content)]
            yield from (replace(one, span=replace(one.span, file=str(folder / one.span.file))) for one in found)
        yield from (replace(one, span=replace(one.span, file=str(folder / one.span.file))) for one in auditor.end())


def _files(folder: Path) -> Iterator[str]:
    """Every file that is handed out, by its path in the build."""
    for place, _, names in os.walk(folder / "students"):
        for name in names:
            yield (Path(place) / name).relative_to(folder).as_posix()


def _content(path: Path) -> bytes | None:
    """What is in a file; `None` where it is none, or too large, or may not be read."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return None
        return path.read_bytes()
    except OSError:
        return None
