"""`quizgen templates`: copies of the templates to change, and what is wrong with them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..diagnostics import Diagnostic, has_errors
from .saving import save_file
from .usage import UsageError, counted, say, say_diagnostics

if TYPE_CHECKING:
    from ..render.templating import Templates

app = typer.Typer(help="Take templates to change, and check them.", no_args_is_help=True, rich_markup_mode=None)

_README = "README.md"
_Folder = Annotated[Path, typer.Argument(help="The folder of your templates.", metavar="DIR")]


@app.command()
def export(
    folder: _Folder,
    files: Annotated[
        list[str] | None, typer.Argument(help="Only these.", show_default="all", metavar="[FILE]...")
    ] = None,
) -> None:
    """Copy the templates into a folder, to be changed there.

    What you do not change you may delete: quizgen then uses its own, which keeps up with new versions.

    Example: quizgen templates export my-templates paper.css words/en.toml
    """
    from ..bundled import TEMPLATES
    from ..diagnostics import did_you_mean
    from ..render.template_check import open_names

    known = open_names()
    for name in files or ():
        if name not in known:
            raise UsageError(f"there is no template '{name}'; {did_you_mean(name, known)}")
    contents = {name: (TEMPLATES / name).read_bytes() for name in files or known}
    _save(folder, contents | {_README: (TEMPLATES / _README).read_bytes()})
    say(f"{counted(len(contents), 'template')}, and a README that tells what each is")
    say(f'to build with them: put templates = "{folder}" below [print] in quizgen.toml')
    typer.echo(folder)


def _save(folder: Path, contents: dict[str, bytes]) -> None:
    """Write the files into the folder, and none of them over one that differs."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"'{folder}' is a file; name a folder")
    differing = [
        name
        for name, content in contents.items()
        if name != _README and (folder / name).exists() and (folder / name).read_bytes() != content
    ]
    if differing:
        raise UsageError(f"'{folder / differing[0]}' is there and differs from ours; delete it or name another folder")
    for name, content in contents.items():
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise UsageError(f"cannot write to '{folder}': {problem.strerror}") from None
        save_file(folder / name, content)


@app.command()
def check(folder: _Folder) -> None:
    """Say what is wrong with templates: each is read, and a form with all types of items is made of them.

    Example: quizgen templates check my-templates
    """
    from ..render.template_check import faults, ignored
    from ..render.templating import Templates

    templates = Templates(existing_folder(folder, "folder of templates"))
    found = faults(templates)
    if not has_errors(found):
        found = [*found, *ignored(templates), *_tried(templates)]
    say_diagnostics(found)
    if has_errors(found):
        raise typer.Exit(1)
    say(f"{counted(len(templates.own_names), 'template')}: sound")


def existing_folder(path: Path, kind: str) -> Path:
    """The path, which is a folder."""
    if not path.is_dir():
        raise UsageError(f"there is no {kind} '{path}'")
    return path


def sound_templates(path: Path) -> "Templates":
    """A teacher's templates, as far as they can be checked without filling them in; what is wrong is said, and ends."""
    from ..render.template_check import faults
    from ..render.templating import Templates

    templates = Templates(existing_folder(path, "folder of templates"))
    found = faults(templates)
    if has_errors(found):
        say_diagnostics(found)
        raise typer.Exit(1)
    return templates


def _tried(templates: "Templates") -> list[Diagnostic]:
    """What comes up when a form of the bank that comes with quizgen, which has all types of items, is made."""
    from ..assemble import assemble
    from ..bank import read
    from ..blueprint import Blueprint
    from ..bundled import QUESTION_BANK
    from ..files import bank_paths
    from ..form import Settings
    from ..render import pages
    from ..render.screen import quiz_page
    from ..render.templating import TemplateFault, using

    bank, _ = read(bank_paths([QUESTION_BANK]))
    forms, _ = assemble(bank, Blueprint(quiz="trial"), "trial", 1)
    settings = [Settings(), Settings(mode="practice")]
    trials: list[Callable[[], object]] = [
        *(lambda one=one: quiz_page(forms[0], one) for one in settings),
        lambda: pages.booklet(forms[0], settings[0]),
        lambda: pages.key(forms[0], settings[0]),
        lambda: pages.key_page(forms[0]),
    ]
    found: dict[Diagnostic, None] = {}
    for trial in trials:
        try:
            with using(templates):
                trial()
        except TemplateFault as problem:
            found[problem.diagnostic] = None
    return list(found)
