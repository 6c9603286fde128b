"""`quizgen check`: for authors and CI."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, Severity, in_order
from .usage import UsageError, counted, existing, say

if TYPE_CHECKING:
    from ..bank import Bank


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Bank files, blueprints, or folders of them.", show_default="question_bank/", metavar="[PATH]..."
        ),
    ] = None,
) -> None:
    """Check banks and blueprints, and say what is wrong, where, and how to mend it.

    Exit 0 where nothing worse than a warning was found, 1 where there is an error.

    Example: quizgen check question_bank
    """
    from ..bank import read
    from ..checks import check as run_checks
    from ..files import bank_paths, blueprint_paths

    if paths is None and not Path("question_bank").is_dir():
        raise UsageError("there is no question_bank/ here: name a bank file or a folder")
    paths = existing(paths or [Path("question_bank")], "file or folder")
    plans = blueprint_paths(paths)
    files = [path for path in bank_paths(paths) if path not in plans]
    if not files and not plans:
        raise UsageError(f"there is no bank file (.yaml) in '{paths[0]}'")
    bank, found = read(files)
    found += run_checks(bank)
    for path in plans:
        found += _check_blueprint(path, bank if files else None)
    for diagnostic in in_order(found):
        typer.echo(str(diagnostic))
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in set(found))
    say(
        f"{counted(errors, 'error')}, {counted(len(set(found)) - errors, 'warning')} "
        f"in {counted(len(files) + len(plans), 'file')} ({counted(bank.size, 'item')})"
    )
    raise typer.Exit(1 if errors else 0)


def _check_blueprint(path: Path, bank: "Bank | None") -> list[Diagnostic]:
    """What is wrong with a blueprint; with a bank beside it, also what that cannot give."""
    from ..assemble import assemble
    from ..blueprint import read

    file, found = read(path)
    if file is not None and bank is not None and bank.files and not found:
        found = assemble(bank, file.blueprint, "check", 1, file.at)[1]
    return found
