"""`quizgen explain CODE`: the page of one diagnostic."""

from typing import Annotated

import typer

from ..diagnostics import did_you_mean
from .usage import UsageError


def explain(code: Annotated[str, typer.Argument(help="The code of a diagnostic, such as Q301.")]) -> None:
    """Print what a diagnostic finds, why it matters, an example, and how to mend it.

    Example: quizgen explain Q301
    """
    from ..checks import pages
    from ..codes import PAGES

    known = PAGES | pages()
    if code.upper() not in known:
        raise UsageError(f"no diagnostic has the code '{code}'; {did_you_mean(code.upper(), sorted(known))}")
    typer.echo(known[code.upper()])
