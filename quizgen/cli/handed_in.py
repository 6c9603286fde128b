"""What was handed in: which files, with which keys they are opened, by which manifest."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, Span, error
from .key import private_key
from .usage import UsageError, existing, say_diagnostics

if TYPE_CHECKING:
    from ..form import Manifest
    from ..grading.responses import Desk, Submission

ResponsesArgument = Annotated[
    list[Path], typer.Argument(help="Response files, or folders with them.", metavar="RESPONSE...")
]
EssaysOption = Annotated[
    list[Path] | None,
    typer.Option(help="A sheet with your marks for essays; can be given several times.", metavar="CSV"),
]
ResponsesOrTables = Annotated[
    list[Path],
    typer.Argument(help="Response files, folders with them, or tables of answers (.csv).", metavar="RESPONSE..."),
]
KeyOption = Annotated[
    list[Path] | None,
    typer.Option(help="A private key that opens them; can be given several times.", metavar="FILE"),
]
UnsealedOption = Annotated[
    bool, typer.Option("--allow-unsealed", help="Take unsealed responses where sealed ones were asked for.")
]


def opened(
    manifest: Path, responses: Sequence[Path], keys: Sequence[Path], passphrase_file: Path | None, allow_unsealed: bool
) -> "tuple[Manifest, list[Submission], list[Diagnostic]]":
    """The manifest, the responses from pages that can be graded, and what is wrong with the others."""
    existing(responses, "response")
    told = told_by(manifest)
    if told.quiz_id is None:
        raise UsageError(f"'{told.title}' was built without pages for a screen, so there are no responses to it")
    unread: list[Diagnostic] = []
    files = read_files(files_of(responses, (".qgr",)), unread)
    submissions, found = desk_of(told, keys, passphrase_file, allow_unsealed).opened(files)
    return told, submissions, [*unread, *found]


def opened_with_tables(
    manifest: Path, responses: Sequence[Path], keys: Sequence[Path], passphrase_file: Path | None, allow_unsealed: bool
) -> "tuple[Manifest, list[Submission], list[Diagnostic]]":
    """The same with those in tables, which are named one by one: a folder may hold tables of other things, too."""
    from ..grading.responses import together
    from ..grading.tables import read_table

    existing(responses, "response")
    told = told_by(manifest)
    tables = [path for path in responses if path.suffix.lower() == ".csv" and path.is_file()]
    pages = [path for path in responses if path not in tables]
    if pages and told.quiz_id is None:
        raise UsageError(f"'{told.title}' was built without pages for a screen; its responses come in tables (.csv)")
    unread: list[Diagnostic] = []
    files = read_files(files_of(pages, (".qgr",)), unread)
    sound, found = desk_of(told, keys, passphrase_file, allow_unsealed).each(files)
    for name, content in read_files(tables, unread, _LARGEST_TABLE):
        rows, wrong = read_table(name, content, told)
        sound += rows
        found += wrong
    kept, wrong = together(sound)
    return told, kept, [*unread, *found, *wrong]


_LARGEST_TABLE = 2**26


def marks_by_hand(
    paths: Sequence[Path], told: "Manifest", submissions: "Sequence[Submission]"
) -> "tuple[dict[tuple[str, str], float], list[Diagnostic]]":
    """The marks in sheets, and what is wrong with these."""
    from ..grading.essays import read_marks

    found: list[Diagnostic] = []
    marks: dict[tuple[str, str], float] = {}
    attempts = {one.attempt for one in submissions}
    for name, content in read_files(existing(paths, "sheet"), found, _LARGEST_TABLE):
        some, wrong = read_marks(name, content, told, attempts)
        marks |= some
        found += wrong
    return marks, found


def told_by(manifest: Path) -> "Manifest":
    """The manifest, which is as it was written; else says what is wrong with it, and exits."""
    from .rebuilding import read_manifest

    told, found = read_manifest(manifest)
    if told is None or found:
        say_diagnostics(found)
        raise typer.Exit(1)
    return told


def desk_of(told: "Manifest", keys: Sequence[Path], passphrase_file: Path | None, allow_unsealed: bool) -> "Desk":
    """What judges response files, with the keys that open them."""
    from ..grading.responses import Desk

    return Desk(told, tuple(private_key(file, passphrase_file) for file in keys), allow_unsealed)


def files_of(paths: Sequence[Path], endings: Collection[str]) -> list[Path]:
    """The files among files and folders, each once; of a folder those whose names end so."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(file for file in path.rglob("*") if _counts(file, endings)) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"there is no {' or '.join(endings)} file in '{path}'")
        found |= dict.fromkeys(inside)
    return list(found)


def _counts(file: Path, endings: Collection[str]) -> bool:
    return file.suffix.lower() in endings and file.is_file()


def read_files(paths: Sequence[Path], unread: list[Diagnostic], most: int | None = None) -> Iterator[tuple[str, bytes]]:
    """The files one by one, so that a folder of large ones fills no memory; `unread` gets those that cannot be had.

    Of each no more than one byte beyond `most` is read; that of a response by default.
    """
    from ..grading.response_file import MAX_BYTES

    for path in paths:
        try:
            with path.open("rb") as file:
                content = file.read((most or MAX_BYTES) + 1)
        except OSError as problem:
            message = f"the file cannot be read: {(problem.strerror or 'no reason is known').lower()}"
            unread.append(error("Q701", message, Span(str(path)), "look at its permissions"))
        else:
            yield str(path), content
