"""`quizgen open`: opens response files, and says of each whether it can be graded."""

import csv
import io
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..diagnostics import Diagnostic, Span, error, has_errors, visible
from .arguments import ManifestArgument
from .key import PassphraseFile, private_key
from .usage import UsageError, counted, existing, say, say_diagnostics

if TYPE_CHECKING:
    from ..form import Manifest
    from ..grading.responses import Submission

_FORMULA = ("=", "+", "-", "@", "\t", "\r")

ResponsesArgument = Annotated[
    list[Path], typer.Argument(help="Response files, or folders with them.", metavar="RESPONSE...")
]
KeyOption = Annotated[
    list[Path] | None,
    typer.Option(help="A private key that opens them; can be given several times.", metavar="FILE"),
]
UnsealedOption = Annotated[
    bool, typer.Option("--allow-unsealed", help="Take unsealed responses where sealed ones were asked for.")
]


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


def opened(
    manifest: Path, responses: Sequence[Path], keys: Sequence[Path], passphrase_file: Path | None, allow_unsealed: bool
) -> "tuple[Manifest, list[Submission], list[Diagnostic]]":
    """The manifest, the responses that can be graded, and what is wrong with the others."""
    from ..grading.responses import Desk
    from .rebuilding import read_manifest

    existing(responses, "response")
    told, found = read_manifest(manifest)
    if told is None or found:
        say_diagnostics(found)
        raise typer.Exit(1)
    if told.quiz_id is None:
        raise UsageError(f"'{told.title}' was built without pages for a screen, so there are no responses to it")
    desk = Desk(told, tuple(private_key(file, passphrase_file) for file in keys), allow_unsealed)
    unread: list[Diagnostic] = []
    submissions, found = desk.opened(_contents(_files(responses), unread))
    return told, submissions, [*unread, *found]


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files among files and folders, each once; of a folder those that are called `.qgr`."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(file for file in path.rglob("*.qgr") if file.is_file()) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"there is no .qgr file in '{path}'")
        found |= dict.fromkeys(inside)
    return list(found)


def _contents(paths: Sequence[Path], unread: list[Diagnostic]) -> Iterator[tuple[str, bytes]]:
    """The files one by one, so that a folder of large ones fills no memory; `unread` gets those that cannot be had."""
    from ..grading.response_file import MAX_BYTES

    for path in paths:
        try:
            with path.open("rb") as file:
                content = file.read(MAX_BYTES + 1)
        except OSError as problem:
            message = f"the file cannot be read: {(problem.strerror or 'no reason is known').lower()}"
            unread.append(error("Q701", message, Span(str(path)), "look at its permissions"))
        else:
            yield str(path), content


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
    """The cell as text: on one line, and nothing that a spreadsheet would take for a formula."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else visible(str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text


def _as_json(submissions: "Sequence[Submission]") -> str:
    rows = [
        {**row, "answers": {str(number): given for number, given in one.answers.items()}}
        for row, one in zip(_rows(submissions), submissions, strict=True)
    ]
    return json.dumps(rows, indent=1) + "\n"  # ASCII only, so that nothing in it can move a terminal
