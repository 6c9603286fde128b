"""`quizgen analyse`: what a class's results tell of the items."""

import csv
import io
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..table import guarded
from .usage import UsageError, counted, say

if TYPE_CHECKING:
    from ..grading.analysis import Analysis, ItemFigures, TestFigures
    from ..grading.results import Results

_LARGEST = 2**28


def analyse(
    results: Annotated[Path, typer.Argument(help="results.json, as `quizgen grade` writes it.", metavar="RESULTS")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with the figures of every option.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing of what was found.")] = False,
) -> None:
    """Print a line of figures for each item as CSV, and say what they mean.

    Facility, discrimination (corrected point-biserial, and upper less lower group), blanks, alpha without the item;
    with intervals of 95 %. Something is said of an item only where the class is large enough for it.

    Example: quizgen analyse results/results.json
    """
    from ..grading.analysis import analyse as analysed
    from ..grading.findings import findings

    analysis = analysed(_read(results))
    typer.echo(_as_json(analysis) if as_json else _as_csv(analysis), nl=False)
    if quiet:
        return
    say(_said(analysis.test))
    for finding in findings(analysis):
        say(f"{finding.item}: {finding.message}")


def _said(test: "TestFigures") -> str:
    said = f"{counted(test.n, 'student')}, {counted(test.items, 'item')} that all of them have"
    for name, figure in (("mean", test.mean), ("sd", test.sd), ("alpha", test.alpha)):
        said += f", {name} {figure:.2f}" if figure is not None else ""
    return said


def _read(path: Path) -> "Results":
    from ..grading.results import parse

    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as problem:
        raise UsageError(f"cannot read '{path}': {problem.strerror}") from None
    if len(content) > _LARGEST:
        raise UsageError(f"'{path}' has more than {_LARGEST // 2**20} MiB")
    try:
        return parse(content)
    except ValueError as problem:
        raise UsageError(f"'{path}' holds no results of quizgen grade: {problem}") from None


# --- What is printed --------------------------------------------------------------------------------------------

_TITLES = ("item", "type", "n", "facility", "facility_low", "facility_high", "discrimination", "discrimination_low",
           "discrimination_high", "upper_lower", "omitted", "alpha_if_dropped")  # fmt: skip


def _as_csv(analysis: "Analysis") -> str:
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_TITLES)
    table.writerows(map(_row, analysis.items))
    return text.getvalue()


def _row(item: "ItemFigures") -> list[str]:
    figures = (
        item.facility, *(item.facility_interval or (None, None)), item.discrimination,
        *(item.discrimination_interval or (None, None)), item.upper_lower, item.omitted, item.alpha_if_dropped,
    )  # fmt: skip
    return [guarded(item.name), item.type, str(item.n), *("" if each is None else f"{each:.4f}" for each in figures)]


def _as_json(analysis: "Analysis") -> str:
    return json.dumps(asdict(analysis), indent=1) + "\n"
