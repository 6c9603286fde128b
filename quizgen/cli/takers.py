"""Who takes the forms, where they sit, and what their class has seen: the files beside a bank and a blueprint."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from ..diagnostics import Diagnostic, has_errors
from .saving import save_file
from .usage import UsageError, existing, say_diagnostics

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..assemble import Sitting
    from ..bank import Bank
    from ..blueprint import Blueprint
    from ..diagnostics import Span
    from ..form import Candidate, Form
    from ..ledger import Ledger


def sound(found: list[Diagnostic]) -> None:
    """Say what was found; end where it is an error."""
    say_diagnostics(found)
    if has_errors(found):
        raise typer.Exit(1)


def read_sitting(
    roster: Path, seats: str | None, forms: int | None
) -> "tuple[Sitting, Mapping[str, tuple[int, int]] | None]":
    """The candidates with their neighbours, and their seats where there is a map of them."""
    from ..roster import read, read_seats

    existing([roster], "roster")
    people, found = read(roster)
    sound(found)
    assert people
    if seats is None:
        return sitting_of(people.candidates, None, forms), None
    places, found = read_seats(seats, people)
    sound(found)
    return sitting_of(people.candidates, places, forms), places


def sitting_of(
    candidates: "Sequence[Candidate]", seats: "Mapping[str, tuple[int, int]] | None", forms: int | None = None
) -> "Sitting":
    """The candidates with their neighbours: by their seats, or else each beside the next on the roster."""
    from ..assemble import Sitting
    from ..assemble.seats import in_line, neighbours

    pairs = neighbours([seats[one.id] for one in candidates]) if seats else in_line(len(candidates))
    return Sitting(tuple(candidates), tuple(pairs), forms)


class ClassLedger:
    """What a class has seen, in a file that a build adds to."""

    def __init__(self, path: Path, group: str | None) -> None:
        from ..ledger import group_name, parse

        self.path, self.group = path, group_name(group or "")
        try:
            self.text = path.read_text(encoding="utf-8") if path.exists() else ""
        except (OSError, UnicodeDecodeError) as problem:
            raise UsageError(f"cannot read the ledger '{path}': {problem}") from None
        self.ledger, found = parse(self.text, str(path))
        sound(found)

    def seen(self, plan: "Blueprint", seed: str) -> tuple[frozenset[str], ...]:
        """For each entry of the blueprint's `avoid`, what that class has seen."""
        from ..ledger import build_of

        return tuple(self.ledger.seen(avoid, build_of(plan.quiz, seed)) for avoid in plan.avoid)

    def note(
        self, plan: "Blueprint", seed: str, bank: "Bank", forms: "tuple[Form, ...]", at: "Span"
    ) -> list[Diagnostic]:
        """Write down what the class will see, and say where nothing is left for it."""
        from ..ledger import appended, build_of, worn_out

        if not self.group:
            return []
        new = self.ledger.new(date.today(), self.group, build_of(plan.quiz, seed), forms)
        if new:
            save_file(self.path, appended(self.text, new).encode())
        after: Ledger = self.ledger.followed_by(new)
        return worn_out(after, self.group, bank, plan, forms, at)
