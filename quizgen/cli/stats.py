"""`quizgen stats`: what a bank covers, and what it lacks."""

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import has_errors, visible
from .saving import save_file
from .usage import UsageError, counted, existing, say

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from ..statistics import ArticleCoverage, Counts, Coverage, Tally


class Format(StrEnum):
    """How the numbers are printed."""

    TEXT = "text"
    JSON = "json"


def stats(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Bank files or folders.", show_default="question_bank/", metavar="[PATH]..."),
    ] = None,
    output: Annotated[Format, typer.Option("--format", help="text for people, json for programs.")] = Format.TEXT,
    html: Annotated[Path | None, typer.Option(help="Also write a page with pictures.", metavar="FILE")] = None,
) -> None:
    """Count what a bank covers: passages, skills, difficulties, types, points, words; and what is missing.

    Times are rough: 200 words a minute, and a rule of thumb for each type of item. What a faulty file does not tell is
    not counted; then the exit code is 1.

    Example: quizgen stats question_bank --html coverage.html
    """
    from ..bank import read
    from ..files import bank_paths
    from ..statistics import coverage, plain

    if paths is None and not Path("question_bank").is_dir():
        raise UsageError("there is no question_bank/ here: name a bank file or a folder")
    paths = existing(paths or [Path("question_bank")], "file or folder")
    files = bank_paths(paths)
    if not files:
        raise UsageError(f"there is no bank file (.yaml) in '{paths[0]}'")
    bank, found = read(files)
    covered = coverage(bank)
    if html:
        from ..render.stats_page import stats_page

        save_file(html, stats_page(covered))
    if output is Format.JSON:
        typer.echo(json.dumps(plain(covered), ensure_ascii=False, indent=1))
    else:
        _print(covered)
    if has_errors(found):
        say("some files have errors, and what they do not tell is not counted: see `quizgen check`")
        raise typer.Exit(1)


# --- On the terminal --------------------------------------------------------------------------------------------


def _print(covered: "Coverage") -> None:
    from rich.console import Console
    from rich.text import Text

    # A pipe has no width: what reads it gets whole lines.
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 240)
    for article in covered.articles:
        console.print(Text(visible(article.title), style="bold"), Text(visible(article.file), style="dim"))
        console.print(_passages(article))
        console.print(*_summary(article.counts, article.words, article.bare), "", sep="\n")
    if len(covered.articles) != 1:
        counts, articles = covered.counts, counted(len(covered.articles), "article")
        sums = f"{articles}, {counted(counts.items, 'item')}, {counts.points:g} points"
        console.print(Text(f"All: {sums}", style="bold"))
        console.print(*_summary(counts, covered.words), sep="\n")


def _passages(article: "ArticleCoverage") -> "Table":
    """A line for each passage; in the foot what they sum to."""
    from rich.table import Table

    table = Table(
        box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim", show_footer=True, footer_style="bold"
    )
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("passage", "all", overflow="fold")
    sums = {"items": str(article.counts.items), "points": f"{article.counts.points:g}", "words": str(article.words)}
    sums |= {_named(skill): str(number) for skill, number in article.counts.skills.items()}
    for name, total in sums.items():
        table.add_column(name, total, justify="right", no_wrap=True)
    for passage in article.passages:
        counts = passage.counts
        numbers = [str(counts.skills.get(skill) or "-") for skill in article.counts.skills]
        words = str(passage.words) if passage.id else ""
        table.add_row(str(passage.number or ""), passage.name, str(counts.items), f"{counts.points:g}", words, *numbers)
    return table


def _summary(counts: "Counts", words: int, bare: tuple[str, ...] = ()) -> Iterator["Text"]:
    """What holds of all items together, and what is missing: a line each."""
    from rich.text import Text

    from ..pace import reading

    lines = [
        ("types", _listed(counts.types)),
        ("skills", _listed(counts.skills)),
        ("difficulty", _listed(counts.difficulties)),
        ("time", f"about {reading(words):.0f} min to read {counted(words, 'word')}, {counts.answering:.0f} to answer"),
    ]
    if counts.without_items:
        lines.append(("missing", f"no item is marked {', '.join(counts.without_items)}"))
    if bare:
        lines.append(("missing", f"no item on {', '.join(bare)}"))
    for label, text in lines:
        yield Text.assemble((f"{label:<12}", "yellow" if label == "missing" else "dim"), text)


def _listed(tally: "Tally") -> str:
    return " · ".join(f"{_named(kind)} {number}" for kind, number in tally.items() if number) or "none"


def _named(kind: str | None) -> str:
    return (kind or "not said").replace("_", " ")
