"""`quizgen build`: the main job."""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, Severity, Span, has_errors
from .usage import UsageError, counted, existing, say, say_diagnostics

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..bank import Bank
    from ..blueprint import Blueprint, BlueprintFile
    from ..form import Form, Settings
    from .rebuilding import Recipe
    from .rendering import Renderer
    from .takers import ClassLedger


class Mode(StrEnum):
    """Whether students are told the answers."""

    EXAM = "exam"
    PRACTICE = "practice"


_PRINT, _SCREEN = "On paper", "On a screen"


class Prints(StrEnum):
    """Which files are made of printed forms."""

    BOTH = "both"
    TOGETHER = "together"
    EACH = "each"


class Paper(StrEnum):
    """What is printed on."""

    A4 = "a4"
    LETTER = "letter"


def build(
    bank: Annotated[
        list[Path] | None,
        typer.Argument(help="Bank files or folders.", show_default="question_bank/", metavar="[BANK]..."),
    ] = None,
    blueprint: Annotated[Path | None, typer.Option(help="A file that says what a form holds.", metavar="FILE")] = None,
    items: Annotated[int | None, typer.Option(help="How many items a form has.", min=1, show_default="all")] = None,
    forms: Annotated[
        int | None, typer.Option(help="How many different forms.", min=1, max=10_000, show_default="1, or one each")
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="CSV: id, name, extra_time, edition; a form for each.", metavar="CSV")
    ] = None,
    seats: Annotated[
        str | None, typer.Option(help="Where they sit: 5x6, or a CSV of ids, row by row.", metavar="ROWSxCOLUMNS|CSV")
    ] = None,
    ledger: Annotated[
        Path | None, typer.Option(help="The file that says which class has seen which item.", metavar="FILE")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--class", help="Who takes the quiz; the ledger is told.", metavar="NAME")
    ] = None,
    seed: Annotated[str | None, typer.Option(help="The same seed gives the same forms.", show_default="random")] = None,
    mode: Annotated[Mode, typer.Option(help="A practice page tells the answers.")] = Mode.EXAM,
    formats: Annotated[
        str | None, typer.Option("--format", help="html, pdf, or both with a comma between.", show_default="html,pdf")
    ] = None,
    paper: Annotated[
        Paper | None, typer.Option(help="What is printed on.", show_default="a4", rich_help_panel=_PRINT)
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(
            help="large-print, plain-text ... with commas between; + joins.", metavar="LIST", rich_help_panel=_PRINT
        ),
    ] = None,
    cover: Annotated[
        bool | None, typer.Option("--cover/--no-cover", help="A cover with the instructions.", rich_help_panel=_PRINT)
    ] = None,
    facing: Annotated[
        bool | None,
        typer.Option("--facing/--no-facing", help="A long passage faces its items.", rich_help_panel=_PRINT),
    ] = None,
    line_numbers: Annotated[
        bool | None,
        typer.Option("--line-numbers/--no-line-numbers", help="Number every fifth line.", rich_help_panel=_PRINT),
    ] = None,
    two_up: Annotated[
        bool | None,
        typer.Option("--two-up/--one-up", help="Two pages on a sheet, to be folded.", rich_help_panel=_PRINT),
    ] = None,
    sheets: Annotated[
        bool | None,
        typer.Option("--sheets/--no-sheets", help="Machine-readable answer sheets.", rich_help_panel=_PRINT),
    ] = None,
    prints: Annotated[
        Prints | None,
        typer.Option(
            "--print", help="A PDF for each form, all together, or both.", show_default="both", rich_help_panel=_PRINT
        ),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Of what quizgen itself says.", show_default="the article's", metavar="CODE")
    ] = None,
    seal: Annotated[
        list[Path] | None,
        typer.Option(
            help="Whose public key responses are sealed with; can be given several times.",
            metavar="FILE",
            rich_help_panel=_SCREEN,
        ),
    ] = None,
    timer: Annotated[
        bool | None,
        typer.Option("--timer/--no-timer", help="Show how much time is left.", rich_help_panel=_SCREEN),
    ] = None,
    shared: Annotated[
        bool | None,
        typer.Option(
            "--shared-computers/--own-computers",
            help="Keep answers only while the page is open.",
            rich_help_panel=_SCREEN,
        ),
    ] = None,
    templates: Annotated[
        Path | None, typer.Option(help="A folder of templates of your own.", metavar="DIR", rich_help_panel=_PRINT)
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(help="How many processes typeset.", min=1, show_default="one for each processor")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask cluster that typesets instead.", metavar="ADDRESS")
    ] = None,
    out: Annotated[Path, typer.Option(help="The folder to write to.", metavar="DIR")] = Path("dist"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Assemble forms and write them with their keys.

    What may be handed out goes to DIR/<quiz>/students, what may not to DIR/<quiz>/teacher.

    With a roster, each candidate has a form of their own, or one of --forms so that neighbours have different ones.

    Example: quizgen build question_bank/kyrgyzstan-2010.yaml --items 20 --forms 2
    """
    from ..assemble import Seen, assemble
    from ..source import no_collection
    from .config import read_config
    from .rebuilding import Recipe
    from .rendering import Renderer
    from .school import screen_of, templates_of
    from .takers import read_sitting, sound

    _fit(roster, seats, ledger, group)
    said = {"cover": cover, "facing": facing, "line_numbers": line_numbers, "two_up": two_up, "sheets": sheets}
    config = read_config(Path.cwd()).screen
    on_screen = screen_of(config, seal, language=language, timer=timer, shared=shared, folder=templates)
    settings = _settings(mode, formats, paper, edition, files=prints and prints.value, **said)
    settings = settings.model_copy(update={"screen": on_screen})
    _rosterable(settings, roster)
    with no_collection(), Renderer(settings, jobs=jobs, scheduler=scheduler, quiet=quiet) as renderer:
        whole = _read_bank(bank, quiet)
        plan, at = _plan(blueprint, items, whole)
        if seed is not None and roster and "html" in settings.formats and not quiet:
            say("with a --seed that can be guessed, one candidate could hand in for another; leave it out for an exam")
        seed = seed if seed is not None else _random_seed()
        sitting, places = read_sitting(roster, seats, forms) if roster else (None, None)
        known, seen = _known(ledger, group, plan, seed)
        made, found = assemble(whole, plan, seed, sitting or forms or 1, at.at if at else None, Seen(seen))
        sound(_as_typed(found) if items else found)
        renderer.templates = templates_of(made, templates)
        if "pdf" in settings.formats:
            sound(_uncovered(made, renderer, at.at if at else None, roster))
        recipe = Recipe(plan, settings, seed, seen, places, sitting.versions if sitting else None)
        folder, lines = _saved(out / plan.quiz, made, whole, recipe, renderer, by_name=bool(formats))
    worn = known.note(plan, seed, whole, made, at.at("articles") if at else Span(str(ledger))) if known else []
    if not quiet:
        _announce(made, seed, lines, folder)
    say_diagnostics([*worn, *renderer.found])
    typer.echo(folder)
    if renderer.found:
        raise typer.Exit(1)


def _settings(
    mode: Mode, formats: str | None, paper: Paper | None, edition: str | None, **layout: bool | str | None
) -> "Settings":
    """With what the build is made: as the command line says, else as the settings of the project do."""
    from ..editions import EditionError, parse_list
    from ..form import Settings
    from .school import layout_of, print_config

    config = print_config()
    try:
        editions = tuple(str(each) for each in parse_list(edition or ""))
    except EditionError as problem:
        raise UsageError(f"{problem}; {problem.hint}") from None
    return Settings.model_validate(
        {
            "mode": mode.value,
            "formats": _formats(formats or "html,pdf"),
            "paper": paper.value if paper else config.paper or "a4",
            "layout": layout_of(config, **layout),
            "colour": config.colour,
            "editions": editions,
        }
    )


def _rosterable(settings: "Settings", roster: Path | None) -> None:
    """One candidate has one form: who has fewer options is for the roster to say."""
    from ..editions import parse

    if roster and any(parse(each).reduced for each in settings.editions):
        raise UsageError("with a roster, its column `edition` says who has reduced-options, not --edition")


def _uncovered(
    made: "tuple[Form, ...]", renderer: "Renderer", at: "Callable[..., Span] | None", roster: Path | None
) -> list[Diagnostic]:
    """Characters that no font has."""
    from ..render.glyphs import uncovered

    text = roster.read_text(encoding="utf-8", errors="replace") if roster else ""
    return uncovered(made, renderer.templates.faces, blueprint=at, roster=(str(roster), text))


def _as_typed(found: list[Diagnostic]) -> list[Diagnostic]:
    """Hints that speak of the option, where the number of items was given by it."""
    return [replace(one, hint=one.hint.replace("`items: ", "`--items ")) for one in found]


def _fit(roster: Path | None, seats: str | None, ledger: Path | None, group: str | None) -> None:
    """Options that mean nothing without another."""
    if seats and not roster:
        raise UsageError("--seats says where the candidates of a --roster sit; name the roster, too")
    if group and not ledger:
        raise UsageError("--class is written down in a ledger; name its file with --ledger")
    if group is not None and not "".join(char for char in group if char.isalnum()):
        raise UsageError(f"--class takes the name of a class, not '{group}'")


def _known(
    ledger: Path | None, group: str | None, plan: "Blueprint", seed: str
) -> "tuple[ClassLedger | None, tuple[frozenset[str], ...]]":
    """The ledger, and what classes have seen whose items the blueprint avoids."""
    from .takers import ClassLedger

    if ledger is None:
        if plan.avoid:
            raise UsageError("the blueprint says `avoid`: name the file that knows what was seen, with --ledger")
        return None, ()
    known = ClassLedger(ledger, group)
    return known, known.seen(plan, seed)


def _announce(made: "tuple[Form, ...]", seed: str, lines: list[str], folder: Path) -> None:
    first = made[0]
    holds = f"{counted(sum(1 for _ in first.items), 'item')}, {_points(first.points)}"
    say(f"{first.title}: {counted(len(made), 'form')}, {holds}, seed {seed}")
    for line in lines:
        say(f"  {line}")
    say(f"for students: {folder / 'students'}")
    say(f"for teachers: {folder / 'teacher'}")


def _saved(
    target: Path, made: "tuple[Form, ...]", bank: "Bank", recipe: "Recipe", renderer: "Renderer", *, by_name: bool
) -> tuple[Path, list[str]]:
    """The folder of the build, and what the report says of it in a few lines.

    Where PDF cannot be made and was not asked for by name, the build is one in HTML, and says so.
    """
    from ..audit import LeakError
    from ..render import PdfError
    from ..render.report import summary
    from ..render.templating import TemplateFault
    from .rebuilding import build_files, compared
    from .rendering import Renderer
    from .saving import corrections, save

    if corrections(target):
        say(f"the build in '{target}' was corrected by errata; this one is not: give them again")
    figures = compared(made, bank, recipe)
    lines = summary(figures)
    try:
        return save(target, build_files(made, bank, recipe, renderer, figures, audited=True)), lines
    except (TemplateFault, LeakError) as problem:
        say_diagnostics([problem.diagnostic] if isinstance(problem, TemplateFault) else problem.found)
        say("nothing was written")
        raise typer.Exit(1) from None
    except PdfError as problem:
        if by_name:
            raise UsageError(str(problem)) from None
        say(f"built in HTML only: {problem}")
    recipe = replace(recipe, settings=recipe.settings.model_copy(update={"formats": ("html",)}))
    on_screen = Renderer(recipe.settings, renderer.templates)
    return save(target, build_files(made, bank, recipe, on_screen, figures, audited=True)), lines


def _points(points: float) -> str:
    return "1 point" if points == 1 else f"{points:g} points"


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(word.strip() for word in text.split(",") if word.strip()))
    if not wanted or set(wanted) - {"html", "pdf"}:
        raise UsageError(f"--format takes html, pdf or html,pdf, not '{text}'")
    return wanted


def _read_bank(paths: list[Path] | None, quiet: bool) -> "Bank":
    from ..bank import read
    from ..bundled import QUESTION_BANK
    from ..checks import check
    from ..files import bank_paths

    if paths:
        paths = existing(paths, "bank")
    elif Path("question_bank").is_dir():
        paths = [Path("question_bank")]
    else:
        paths = [QUESTION_BANK]
        if not quiet:
            say("there is no question_bank/ here: building from the bank that comes with quizgen")
    if not bank_paths(paths):
        raise UsageError(f"there is no bank file (.yaml) in '{paths[0]}'")
    bank, found = read(paths)
    found += check(bank)
    texts = [diagnostic for diagnostic in found if diagnostic.code == "Q321"]  # a check can do without them, a form not
    if has_errors(found) or texts:
        say_diagnostics([*texts, *(diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR)])
        say("nothing was written")
        raise typer.Exit(1)
    if found and not quiet:
        say(f"{counted(len(found), 'warning')}: see `quizgen check`")
    return bank


def _plan(path: Path | None, items: int | None, bank: "Bank") -> "tuple[Blueprint, BlueprintFile | None]":
    from ..blueprint import Blueprint, Range, read

    if path is None:
        name = "-".join(file.article.id for file in bank.files)[:80].strip("-")
        return Blueprint(quiz=name, items=Range(items, items) if items else None), None
    existing([path], "blueprint")
    file, found = read(path)
    if file is None or has_errors(found):
        say_diagnostics(found)
        raise typer.Exit(1)
    if items is None:
        return file.blueprint, file
    return file.blueprint.model_copy(update={"items": Range(items, items)}), file


def _random_seed() -> str:
    from secrets import token_hex

    return token_hex(16)
