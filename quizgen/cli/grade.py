"""`quizgen grade`: marks responses, by the manifest alone, and writes what everybody earned."""

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import has_errors
from .arguments import ManifestArgument
from .handed_in import (
    EssaysOption,
    KeyOption,
    ResponsesOrTables,
    UnsealedOption,
    marks_by_hand,
    opened_with_tables,
)
from .key import PassphraseFile
from .saving import save_file, save_private
from .usage import counted, say, say_diagnostics

if TYPE_CHECKING:
    from ..grading.results import Results


def grade(
    manifest: ManifestArgument,
    responses: ResponsesOrTables,
    key: KeyOption = None,
    passphrase_file: PassphraseFile = None,
    allow_unsealed: UnsealedOption = False,
    essays: EssaysOption = None,
    out: Annotated[Path, typer.Option(help="The folder for the results.", metavar="DIR")] = Path("results"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Mark what was handed in by the keys that are right now, and write results.csv and results.json.

    A table has a row for each student: id or name, the form, and the answers in columns 1, 2, 3 ...

    The manifest is enough: the bank may have changed since, or be gone. What cannot be marked is named with the
    reason, and stops none of the others. Essays wait in essays.csv: fill in `earned`, and name the sheet with --essays.
    Exit code 0: all could be read; 1: the report says what could not.

    Example: quizgen grade dist/rivers/teacher/manifest.json handed-in/ --key school.pem
    """
    from ..grading.essays import sheet
    from ..grading.export import as_csv
    from ..grading.marking import results

    told, submissions, found = opened_with_tables(manifest, responses, key or [], passphrase_file, allow_unsealed)
    by_hand, wrong = marks_by_hand(essays or [], told, submissions)
    marked = results(submissions, told, by_hand)
    say_diagnostics([*found, *wrong])
    save_private(out, [("results.json", marked.to_json()), ("results.csv", as_csv(marked))])
    waiting = sheet(submissions, told, by_hand)
    if waiting:
        _save_new(out, waiting)
    if not quiet:
        _announce(marked)
    typer.echo(out)
    if has_errors([*found, *wrong]):
        raise typer.Exit(1)


def _save_new(folder: Path, content: bytes) -> None:
    """A sheet to be filled in, under a name of its own: one that somebody may have filled in is never written over."""
    for number in count(1):
        path = folder / ("essays.csv" if number == 1 else f"essays-{number}.csv")
        if not path.exists():
            save_file(path, content)
            return
        if path.read_bytes() == content:
            return


def _announce(marked: "Results") -> None:
    unmarked = sum(student.unmarked for student in marked.students)
    say(f"{counted(len(marked.students), 'response')} marked")
    if unmarked:
        say(f"{counted(unmarked, 'answer')} to be marked by you: fill in essays.csv, and give it as --essays")
