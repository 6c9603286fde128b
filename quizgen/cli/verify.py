"""`quizgen verify`: rebuilds every file of a build and compares it."""

import os
from collections.abc import Iterator, Mapping
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, Span, error, has_errors, note, warning
from .arguments import BankOption, ManifestArgument
from .usage import UsageError, counted, existing, say, say_diagnostics

if TYPE_CHECKING:
    from ..bank import Bank
    from ..form import Manifest

_NAMED = 5
"""So many files are named in one message."""


def verify(
    manifest: ManifestArgument,
    bank: BankOption = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Build again from the manifest, and compare every file with what is there.

    Exit code 0: each file is the one that was built, to the byte. 1: the report says what was changed. Nothing is
    written.

    Example: quizgen verify dist/kyrgyzstan-2010/teacher/manifest.json
    """
    from ..render import PdfError
    from .rebuilding import find_banks, read_manifest

    given = existing(bank or [], "bank")
    told, found = read_manifest(manifest)
    if told is not None:
        intact = not found
        found += [*_on_disk(told, manifest)]
        if intact:
            whole, wrong = find_banks(told, manifest, given)
            found += [*wrong, *_environment(told, manifest)]
            try:
                found += _rebuilt(told, whole, manifest, quiet) if whole else []
            except PdfError as problem:
                say_diagnostics(found)
                raise UsageError(str(problem)) from None
    say_diagnostics(found)
    if has_errors(found):
        raise typer.Exit(1)
    if not quiet and told is not None:
        say(f"{counted(len(told.current_files) + 1, 'file')} of '{told.title}': as built")


# --- What is there ----------------------------------------------------------------------------------------------


def _on_disk(told: "Manifest", path: Path) -> Iterator[Diagnostic]:
    """Files that are not those of the build: missing, other, or too many."""
    from ..files import beside
    from .rebuilding import folder_of

    folder = folder_of(path)
    for name, digest in told.current_files.items():
        place = beside(folder, name)
        shown = Span(str(folder / name))
        if place is None or not os.path.isfile(place):
            yield error("Q530", "the file is missing", shown, "build again with the seed of the manifest")
        elif _digest(place) != digest:
            yield error(
                "Q530", "this is not the file that was built", shown, "build again with the seed of the manifest"
            )
    known = {*told.current_files, f"teacher/{path.name}"}
    more = [name for name in _files(folder) if name not in known]
    if more:
        yield note("Q530", f"{_some(more)} not of the build", Span(str(folder_of(path))))


def _digest(path: Path) -> str:
    """The SHA-256 of a file; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _files(folder: Path) -> Iterator[str]:
    """What lies where a build has its files, and nowhere else: a manifest may lie anywhere."""
    for part in ("students", "teacher"):
        for entry in sorted((folder / part).iterdir()) if (folder / part).is_dir() else ():
            yield f"{part}/{entry.name}"


def _some(names: list[str]) -> str:
    """`a, b and 3 more files are`."""
    shown = ", ".join(names[:_NAMED])
    rest = len(names) - _NAMED
    return (
        f"{shown} and {counted(rest, 'more file', 'more files')} are"
        if rest > 0
        else (f"{shown} {'is' if len(names) == 1 else 'are'}")
    )


# --- What comes out ---------------------------------------------------------------------------------------------


def _environment(told: "Manifest", path: Path) -> Iterator[Diagnostic]:
    """Templates and versions that are not those of the build."""
    from .. import __version__
    from ..bundled import TEMPLATES
    from ..render.parts import libraries, templates

    now = templates(told.settings)
    for name, then, here in _pairs(told.templates, now):
        place, hint = Span(str(TEMPLATES / name)), "put it back as it was"
        if then:
            what = "was changed" if here else "is gone"
            yield error("Q532", f"the template '{name}' {what} since the build", place, hint)
        else:
            yield warning("Q532", f"the template '{name}' is new since the build", place, hint)
    for name, then, here in _pairs(
        {"quizgen": told.quizgen, **told.libraries}, {"quizgen": __version__, **libraries(told.settings)}
    ):
        hint = f"where files come out differently, install {name} {then}"
        yield warning("Q533", f"built with {name} {then or '(none)'}, here is {here or 'none'}", Span(str(path)), hint)


def _pairs(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    names = sorted(then.keys() | now.keys())
    return ((n, then.get(n, ""), now.get(n, "")) for n in names if then.get(n) != now.get(n))


def _rebuilt(told: "Manifest", bank: "Bank", path: Path, quiet: bool) -> Iterator[Diagnostic]:
    """What is not as the manifest says when it is built again."""
    from ..form import Manifest
    from .rebuilding import build_files, errata_files, folder_of, forms_again, in_editions
    from .rendering import Renderer
    from .school import templates_of

    recipe, forms, found = forms_again(told, bank, path)
    yield from found
    if recipe is None:
        return
    digests, last = {}, b""
    with Renderer(told.settings, templates_of(forms), quiet=quiet) as renderer:
        for name, last in build_files(forms, bank, recipe, renderer):
            digests[name] = sha256(last).hexdigest()
    del digests["teacher/manifest.json"]
    again = Manifest.model_validate_json(last)
    issued = {
        name: sha256(content).hexdigest()
        for name, content in errata_files(in_editions(forms, told.settings, told.seed), told)
    }
    differ = [name for name, *_ in _pairs(told.files, digests)]
    differ += [name for name, _, here in _pairs(told.current_files, issued) if here and name not in differ]
    if differ:
        yield error("Q530", f"{_some(differ)} not what comes out now", Span(str(folder_of(path))), _WHY)
    as_told = told.model_copy(update={"audit": ()})
    same_place = {name: getattr(told, name) for name in ("quizgen", "templates", "libraries", "files")}
    if as_told != again.model_copy(update={**same_place, "audit": ()}):
        parts = [name for name in Manifest.model_fields if getattr(as_told, name) != getattr(again, name)]
        parts = [name for name in parts if name not in same_place and name != "audit"]
        yield error("Q534", f"what comes out has another {', '.join(parts)}", Span(str(path)), _WHY)


_WHY = "look for a change of the bank, of a template or of a version in this report"
