"""`quizgen check`: for authors and CI."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, Severity, in_order, note
from ..reports import FORMATS, Format, Report, render
from .config import Config, read_config
from .usage import UsageError, counted, existing, say

if TYPE_CHECKING:
    from .checking import Checked

_SHOWN = 100
"""How many diagnostics of one file are shown at most."""


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Bank files, blueprints, or folders of them.", show_default="question_bank/", metavar="[PATH]..."
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--format", help=f"{', '.join(FORMATS)}.", show_default="text; github in a GitHub job"),
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(help="Report only these codes, or beginnings of codes: Q3,Q412.")
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Leave out warnings with these codes: Q40,Q412.")] = None,
    fail_level: Annotated[
        str | None, typer.Option(help="What exit code 1 is for: error or warning.", show_default="error")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Tell which items an edit since this git revision touches.", metavar="REV"),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without changing what is asked.")] = False,
    cache: Annotated[bool, typer.Option(help="Remember what was found in files that have not changed.")] = True,
    jobs: Annotated[
        int | None, typer.Option(help="How many files are read side by side.", min=1, show_default="one per processor")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Check banks and blueprints, and say what is wrong, where, and how to mend it.

    Exit 0 where nothing worse than a warning was found, 1 where there is an error (or, with --fail-level warning, a
    warning). What a project repeats stands in [tool.quizgen] of its pyproject.toml, or in quizgen.toml.

    Example: quizgen check question_bank --select Q4 --format github
    """
    from .cache import Cache
    from .checking import check_files

    config = read_config(Path.cwd())
    wanted = _format(output)
    level = _level(fail_level or config.fail_level)
    chosen = _Choice(_codes(select) or config.select, _codes(ignore) or config.ignore, config)
    files, plans = _files(paths)
    run = partial(check_files, files, plans, Cache(on=cache), quiet=quiet, jobs=jobs or os.cpu_count() or 1)
    checked = _mended(run, chosen, quiet=quiet) if fix else run()
    found = checked.found
    if since is not None:
        from .since import touched

        found = [*found, *touched(files, since)]
    reported = [diagnostic for diagnostic in in_order(found) if chosen.reports(diagnostic)]
    counts = Counter(diagnostic.severity for diagnostic in reported)
    names = [str(path) for path in (*files, *plans)]
    typer.echo(_rendered(reported, names, checked.items, counts, wanted), nl=False)
    if not quiet:
        say(_summary(reported, counts, len(names), checked.items))
    failed = counts[Severity.ERROR] or (level is Severity.WARNING and counts[Severity.WARNING])
    raise typer.Exit(1 if failed else 0)


def _files(paths: list[Path] | None) -> tuple[list[Path], list[Path]]:
    """The bank files and the blueprints that are meant."""
    from ..files import bank_paths, blueprint_paths

    if paths is None and not Path("question_bank").is_dir():
        raise UsageError("there is no question_bank/ here: name a bank file or a folder")
    paths = existing(paths or [Path("question_bank")], "file or folder")
    plans = blueprint_paths(paths)
    files = [path for path in bank_paths(paths) if path not in plans]
    if not files and not plans:
        raise UsageError(f"there is no bank file (.yaml) in '{paths[0]}'")
    return files, plans


def _mended(run: "Callable[[], Checked]", chosen: "_Choice", *, quiet: bool) -> "Checked":
    """What is found after everything was mended that is reported and can be."""
    from .fixing import mend

    checked = run()
    mended = mend([diagnostic for diagnostic in checked.found if chosen.reports(diagnostic)])
    if mended and not quiet:
        say(f"mended {counted(mended, 'fault')}")
    return run() if mended else checked


class _Choice:
    """Which diagnostics are reported: those selected, without the warnings that are ignored."""

    def __init__(self, select: Sequence[str], ignore: Sequence[str], config: Config) -> None:
        self._select, self._ignore, self._config = tuple(select), tuple(ignore), config
        self._in_file: dict[str, tuple[str, ...]] = {}
        _all_known([*select, *ignore, *(code for _, codes in config.per_file_ignores for code in codes)])

    def reports(self, diagnostic: Diagnostic) -> bool:
        """Whether the diagnostic is reported. An error always is, unless others are selected."""
        code, file = diagnostic.code, diagnostic.span.file
        if self._select and not code.startswith(self._select):
            return False
        if diagnostic.severity is Severity.ERROR:
            return True
        if file not in self._in_file:
            self._in_file[file] = self._config.ignored_in(file)
        return not code.startswith(self._ignore + self._in_file[file])


def _all_known(codes: Sequence[str]) -> None:
    known = _pages() if codes else {}  # they come with all the models, which a run without changes has no need of
    for code in codes:
        if not any(name.startswith(code) for name in known):
            raise UsageError(f"no diagnostic has the code '{code}', or a code that begins so")


def _pages() -> dict[str, str]:
    from ..checks import pages
    from ..codes import PAGES

    return PAGES | pages()


def _codes(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for word in given or () for code in word.split(",") if code.strip())


def _format(given: str | None) -> Format:
    if given is None:
        return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    for known in FORMATS:
        if given.lower() == known:
            return known
    raise UsageError(f"--format takes {', '.join(FORMATS)}, not '{given}'")


def _level(given: str) -> Severity:
    if given not in ("error", "warning"):
        raise UsageError(f"--fail-level takes error or warning, not '{given}'")
    return Severity(given)


def _rendered(
    reported: Sequence[Diagnostic], files: Sequence[str], items: int, counts: Counter[Severity], wanted: Format
) -> str:
    from .. import __version__

    known = _pages() if wanted != "text" else {}
    return render(Report(_capped(reported), files, items, __version__, known, counts, os.getcwd()), wanted)


def _capped(reported: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The first diagnostics of each file, and a note where there are more."""
    shown: list[Diagnostic] = []
    seen: Counter[str] = Counter()
    for diagnostic in reported:
        seen[diagnostic.span.file] += 1
        if seen[diagnostic.span.file] <= _SHOWN:
            shown.append(diagnostic)
    last = {diagnostic.span.file: diagnostic for diagnostic in shown}
    more = [
        note("Q199", f"{times - _SHOWN} more in this file are not shown", last[file].span, "mend these first")
        for file, times in seen.items()
        if times > _SHOWN
    ]
    return in_order([*shown, *more])


def _summary(reported: Sequence[Diagnostic], counts: Counter[Severity], files: int, items: int) -> str:
    notes = f", {counted(counts[Severity.NOTE], 'note')}" if counts[Severity.NOTE] else ""
    mendable = sum(bool(diagnostic.fix) for diagnostic in reported)
    hint = f"; --fix mends {mendable}" if mendable else ""
    return (
        f"{counted(counts[Severity.ERROR], 'error')}, {counted(counts[Severity.WARNING], 'warning')}{notes} "
        f"in {counted(files, 'file')} ({counted(items, 'item')}){hint}"
    )
