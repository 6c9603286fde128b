"""Which files a bank is, and reading them. It imports little, so that a run that finds nothing changed stays quick."""

import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from .diagnostics import Diagnostic, Span, error

MAX_BYTES = 16 * 2**20


def too_large(file: str) -> Diagnostic:
    """The diagnostic for a file over `MAX_BYTES`."""
    return error(
        "Q008", f"the file is larger than {MAX_BYTES // 2**20} MiB", Span(file), "split it: one file per article"
    )


def bank_paths(paths: Sequence[Path]) -> list[Path]:
    """The bank files among files and folders, sorted, each once; a folder called `blueprints` holds none."""
    found: dict[Path, None] = {}
    for path in paths:
        if os.path.isdir(path):  # pathlib lets some errors through
            found.update(
                dict.fromkeys(file for file in yaml_files(path) if "blueprints" not in file.relative_to(path).parts)
            )
        else:
            found[path] = None
    return list(found)


def blueprint_paths(paths: Sequence[Path]) -> list[Path]:
    """The blueprints among files and folders: the YAML files that are in a folder called `blueprints`."""
    found: dict[Path, None] = {}
    for path in paths:
        if os.path.isdir(path):
            folders = ((file, (path.name, *file.relative_to(path).parent.parts)) for file in yaml_files(path))
            found.update(dict.fromkeys(file for file, names in folders if "blueprints" in names))
        elif "blueprints" in path.parent.parts:
            found[path] = None
    return list(found)


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files in a folder and below it, sorted."""
    return sorted(file for file in folder.rglob("*.y*ml") if file.suffix in (".yaml", ".yml"))


def read_bytes(path: Path) -> tuple[bytes | None, list[Diagnostic]]:
    """The content of a file, or why it cannot be had."""
    try:
        if not path.is_file():
            return None, [error("Q012", "this is not a file", Span(str(path)), "name a YAML file or a folder of them")]
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)  # what a system makes up as it is read has no size that could be asked
        return (content, []) if len(content) <= MAX_BYTES else (None, [too_large(str(path))])
    except OSError as problem:
        reason = (problem.strerror or "it cannot be read").lower()
        return None, [error("Q012", f"the file cannot be read: {reason}", Span(str(path)), "look at its permissions")]


def beside(folder: Path, name: str) -> Path | None:
    """The file that a bank file in `folder` calls `name`; `None` where that lies outside of the folder."""
    relative = PurePosixPath(name)
    home = folder.resolve()
    path = Path(os.path.realpath(home / relative))  # pathlib raises at a link to itself, and at a name that is too long
    outside = ":" in name or "\\" in name or relative.is_absolute() or not path.is_relative_to(home)
    return None if outside else path
