"""`quizgen build`: the main job."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Severity, has_errors
from .usage import UsageError, counted, existing, say, say_diagnostics

if TYPE_CHECKING:
    from ..bank import Bank
    from ..blueprint import Blueprint, BlueprintFile
    from ..form import Form, Settings


class Mode(StrEnum):
    """Whether students are told the answers."""

    EXAM = "exam"
    PRACTICE = "practice"


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
    forms: Annotated[int, typer.Option(help="How many different forms.", min=1, max=10_000)] = 1,
    seed: Annotated[str | None, typer.Option(help="The same seed gives the same forms.", show_default="random")] = None,
    mode: Annotated[Mode, typer.Option(help="A practice page tells the answers.")] = Mode.EXAM,
    formats: Annotated[
        str | None,
        typer.Option("--format", help="html, pdf, or both with a comma between.", show_default="html,pdf"),
    ] = None,
    paper: Annotated[Paper, typer.Option(help="What is printed on.")] = Paper.A4,
    out: Annotated[Path, typer.Option(help="The folder to write to.", metavar="DIR")] = Path("dist"),
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong.")] = False,
) -> None:
    """Assemble forms and write them with their keys.

    What may be handed out goes to DIR/<quiz>/students, what may not to DIR/<quiz>/teacher.

    Example: quizgen build question_bank/kyrgyzstan-2010.yaml --items 20 --forms 2
    """
    from ..assemble import assemble
    from ..form import Settings
    from ..render import PdfError
    from .saving import save

    settings = Settings(mode=mode.value, formats=_formats(formats or "html,pdf"), paper=paper.value)
    whole = _read_bank(bank, quiet)
    plan, at = _plan(blueprint, items, whole)
    seed = seed if seed is not None else _random_seed()
    made, found = assemble(whole, plan, seed, forms, at.at if at else None)
    if found:
        say_diagnostics(found)
        raise typer.Exit(1)
    try:
        folder = save(out / plan.quiz, _files(made, settings, whole, plan, seed, quiet))
    except PdfError as problem:
        if formats:  # PDF was asked for by name
            raise UsageError(str(problem)) from None
        say(f"built in HTML only: {problem}")
        settings = settings.model_copy(update={"formats": ("html",)})
        folder = save(out / plan.quiz, _files(made, settings, whole, plan, seed, quiet))
    if not quiet:
        first = made[0]
        holds = f"{counted(sum(1 for _ in first.items), 'item')}, {_points(first.points)}"
        say(f"{first.title}: {counted(forms, 'form')}, {holds}, seed {seed}")
        say(f"for students: {folder / 'students'}")
        say(f"for teachers: {folder / 'teacher'}")
    typer.echo(folder)


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


def _files(
    forms: "tuple[Form, ...]", settings: "Settings", bank: "Bank", plan: "Blueprint", seed: str, quiet: bool
) -> Iterator[tuple[str, bytes]]:
    """Every file of the build, the manifest last."""
    from hashlib import sha256

    from .. import __version__
    from ..form import manifest
    from ..render import files
    from .progress import progress

    digests = {}
    for name, content in progress(
        files(forms, settings),
        total=2 * (len(forms) * len(settings.formats) + ("pdf" in settings.formats)),
        shown=not quiet,
    ):
        digests[name] = sha256(content).hexdigest()
        yield name, content
    yield (
        "teacher/manifest.json",
        manifest(
            version=__version__,
            quiz=plan.quiz,
            seed=seed,
            blueprint=plan.model_dump(mode="json", exclude_defaults=True),
            settings=settings,
            bank=bank,
            forms=forms,
            files=digests,
        ),
    )
