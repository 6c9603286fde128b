"""`quizgen explain CODE`: the page of one diagnostic."""

from typing import Annotated

import typer

from ..diagnostics import did_you_mean
from .usage import UsageError


def explain(
    code: Annotated[
        str | None, typer.Argument(help="The code of a diagnostic, such as Q301.", show_default="a list of all codes")
    ] = None,
) -> None:
    """Print what a diagnostic finds, why it matters, an example, and how to mend it.

    Example: quizgen explain Q301
    """
    from ..checks import pages
    from ..codes import PAGES

    known = PAGES | pages()
    if code is None:
        for name in sorted(known):
            typer.echo(known[name].partition("\n")[0])
    elif code.upper() in known:
        typer.echo(known[code.upper()])
    else:
        raise UsageError(f"no diagnostic has the code '{code}'; {did_you_mean(code.upper(), sorted(known))}")
