"""Faults of usage (exit 2, one line on stderr), and what every command says in the same way."""

import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from ..diagnostics import Diagnostic, in_order, visible

_LONGEST = 400


class UsageError(Exception):
    """The user asked for what cannot be done; the message is one line."""

    def format_message(self) -> str:
        """The line, safe for a terminal, and cut where it quotes too much."""
        line = visible(str(self))
        return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."


def existing(paths: Sequence[Path], kind: str) -> list[Path]:
    """The paths, all of which exist."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"there is no {kind} '{path}'")
    return list(paths)


def say(text: str) -> None:
    """A message for the person at the terminal: on stderr, so that data on stdout stays data."""
    typer.echo(visible(text), err=True)


def say_diagnostics(found: Sequence[Diagnostic]) -> None:
    """Diagnostics on stderr, in the order of a report."""
    for diagnostic in in_order(found):
        typer.echo(str(diagnostic), err=True)


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def at_terminal() -> bool:
    """Whether a person looks at stderr."""
    return sys.stderr.isatty()
