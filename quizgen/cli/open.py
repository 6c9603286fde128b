"""`quizgen open`: opens response files, and says of each whether it can be graded."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..diagnostics import has_errors
from ..table import guarded
from .arguments import ManifestArgument
from .handed_in import KeyOption, ResponsesArgument, UnsealedOption, opened
from .key import PassphraseFile
from .usage import counted, say, say_diagnostics

if TYPE_CHECKING:
    from ..grading.responses import Submission


def open_(
    manifest: ManifestArgument,
    responses: ResponsesArgument,
    key: KeyOption = None,
    passphrase_file: PassphraseFile = None,
    allow_unsealed: UnsealedOption = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with the answers.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Open response files with your private key, check them against the build, and print a line of each as CSV.

    What cannot be graded is named with the reason, and stops none of the others. Exit code 0: all can be graded; 1:
    the report says which cannot. Nothing is written.

    Example: quizgen open dist/rivers/teacher/manifest.json handed-in/ --key school.pem
    """
    _, submissions, found = opened(manifest, responses, key or [], passphrase_file, allow_unsealed)
    say_diagnostics(found)
    typer.echo(_as_json(submissions) if as_json else _as_csv(submissions), nl=False)
    if not quiet:
        say(f"{counted(len(submissions), 'response')} can be graded")
    if has_errors(found):
        raise typer.Exit(1)


# --- What is printed --------------------------------------------------------------------------------------------


def _rows(submissions: "Sequence[Submission]") -> Iterator[dict[str, Any]]:
    for one in submissions:
        yield {
            "id": one.student.id,
            "name": one.student.name,
            "form": one.form.id,
            "receipt": one.receipt,
            "answered": one.answered,
            "of": len(one.form.items),
            "sealed": one.sealed,
            "claims_started": one.claims.started,
            "claims_submitted": one.claims.submitted,
            "claims_late": one.claims.late,
            "claims_resumes": one.claims.resumes,
            "attempt": one.attempt,
            "file": one.file,
        }


_TITLES = ["id", "name", "form", "receipt", "answered", "of", "sealed", "claims_started", "claims_submitted",
           "claims_late", "claims_resumes", "attempt", "file"]  # fmt: skip


def _as_csv(submissions: "Sequence[Submission]") -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_TITLES)
    table.writerows([_cell(row[title]) for title in _TITLES] for row in _rows(submissions))
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else guarded(str(value))


def _as_json(submissions: "Sequence[Submission]") -> str:
    rows = [
        {**row, "answers": {str(number): given for number, given in one.answers.items()}}
        for row, one in zip(_rows(submissions), submissions, strict=True)
    ]
    return json.dumps(rows, indent=1) + "\n"  # ASCII only, so that nothing in it can move a terminal
