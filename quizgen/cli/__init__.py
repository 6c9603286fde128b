"""The command line: one file per command. Arguments in, stages called, output saved or printed, exit code."""

from typing import Annotated

import typer

from .analyse import analyse
from .audit import audit
from .build import build
from .check import check
from .errata import errata
from .explain import explain
from .grade import grade
from .key import app as key
from .new import new
from .open import open_
from .preview import preview
from .review import review
from .schema import schema
from .stats import stats
from .templates import app as templates
from .verify import verify

app = typer.Typer(
    help="Randomised quizzes with answer keys, from a bank of items tied to the passages of articles.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(analyse)
app.command()(audit)
app.command()(build)
app.command()(check)
app.command()(errata)
app.command()(explain)
app.command()(grade)
app.add_typer(key, name="key")
app.command()(new)
app.command("open")(open_)
app.command()(preview)
app.command()(review)
app.command()(schema)
app.command()(stats)
app.add_typer(templates, name="templates")
app.command()(verify)


def _version(wanted: bool) -> None:
    if wanted:
        from .. import __version__

        typer.echo(f"quizgen {__version__}")
        raise typer.Exit


@app.callback()
def _quizgen(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass
