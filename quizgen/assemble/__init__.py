"""bank + blueprint + seed -> forms. The only room where chance lives; see `chance` for what it is.

Which items a form has is drawn by lot (`lot`), or found by a solver (`problem`, `solver`) where the blueprint demands
more than a number; `check` looks at every form again by other means. Where there is no form, `conflict` finds the
smallest set of demands that cannot all be met, and what to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..bank import Bank, BankFile
from ..blueprint import Blueprint, Places, Range
from ..diagnostics import Diagnostic, Span, error
from ..form import Candidate, Form
from ..items import letter
from .arrange import RunTooLong, arrange
from .chance import rank
from .check import unmet
from .explain import explain
from .lot import SET_SIZE
from .parallel import NoForm, selections
from .pool import Names, Pool, draw_from, pool, unknown
from .problem import Demand, Problem
from .select import Chosen, More
from .solver import Undecided

__all__ = ["SET_SIZE", "Seen", "assemble", "rank"]

VARIANTS = 50
"""So many orders of the items of a form are tried where no order of options keeps runs of one letter short."""


@dataclass(frozen=True)
class Seen:
    """Items that a class has seen: for each entry of the blueprint's `avoid`, their full names."""

    items: Sequence[frozenset[str]] = ()


def assemble(
    bank: Bank, blueprint: Blueprint, seed: str, forms: int | Sequence[Candidate], at: Places | None = None,
    seen: Seen = Seen(),
) -> tuple[tuple[Form, ...], list[Diagnostic]]:  # fmt: skip
    """As many forms as asked for, or one for each candidate; or why there are none.

    `at` tells where the blueprint's demands were made. Unless the blueprint says otherwise, all forms hold the same
    items; they differ in the order of the items of each passage and in the order of the options, and passages stay in
    the order of their article.
    """
    if not bank.size:
        return (), [error("Q112", "the bank has no items", bank.files[0].document.span() if bank.files else Span(""))]
    at = at or (lambda *_: bank.files[0].document.span(("items",), key=True))
    names = Names(bank)
    found = [error(code, message, at(*path), hint) for path, code, message, hint in unknown(blueprint, names)]
    if found:
        return (), found
    files = [names.articles[name] for name in dict.fromkeys(blueprint.articles or names.articles)]
    if isinstance(blueprint.articles, dict):
        files = list(bank.files)
    drawer = _Drawer(blueprint, names, files, seed, at, seen)
    ids = [letter(n) for n in range(forms)] if isinstance(forms, int) else [candidate.id for candidate in forms]
    try:
        chosen = drawer.draw(ids)
    except Undecided:
        return (), [undecided(at)]
    if drawer.found:
        return (), drawer.found
    title = blueprint.title or " · ".join(file.article.title for file in files)
    people: Sequence[Candidate | None] = [None] * len(ids) if isinstance(forms, int) else forms
    try:
        made = tuple(
            _arranged(blueprint, items, seed, form, title, candidate)
            for items, form, candidate in zip(chosen, ids, people, strict=True)
        )
    except RunTooLong:
        message = f"no order was found in which no letter is right more than {blueprint.max_run} times in a row"
        return (), [error("Q508", message, at("max_run"), "allow longer runs, or take the key out")]
    return made, _wrong(made, blueprint, at)


def undecided(at: Places) -> Diagnostic:
    """That nothing is known."""
    message = "no form was found, and it was not shown that there is none"
    return error("Q507", message, at("quiz"), "loosen an exact demand on points or minutes to a range")


def _arranged(
    blueprint: Blueprint, items: Chosen, seed: str, form: str, title: str, candidate: Candidate | None
) -> Form:
    for variant in range(VARIANTS):
        try:
            return arrange(blueprint, items, seed, form, title=title, variant=variant, candidate=candidate)
        except RunTooLong:
            if variant == VARIANTS - 1:
                raise
    raise AssertionError


def _wrong(made: Sequence[Form], blueprint: Blueprint, at: Places) -> list[Diagnostic]:
    """What the independent check has against the forms: nothing, unless we have a bug."""
    wrong = {(path, what): form.id for form in made for path, what in unmet(form, blueprint)}
    assert not wrong, f"forms do not keep to their blueprint: {wrong}"
    return []


class _Drawer:
    """Draws the items of forms, and says why there are none."""

    def __init__(
        self, blueprint: Blueprint, names: Names, files: Sequence[BankFile], seed: str, at: Places, seen: Seen
    ) -> None:
        self.blueprint, self.names, self.seed, self.at = blueprint, names, seed, at
        whole = pool(files)
        self.pools: list[Pool] = [draw_from(whole, [blueprint, plan], names) for plan in blueprint.plans]
        self.more = _avoiding(seen) if any(seen.items) else None
        self.found: list[Diagnostic] = []

    def draw(self, forms: Sequence[str]) -> list[Chosen]:
        made: list[Chosen] = []
        try:
            made.extend(selections(self.blueprint, self.pools, self.names, self.seed, forms, self.more))
        except NoForm as none:
            self.found = explain(self.blueprint, self.pools, self.names, none, len(forms), self.at)
        return made


def _avoiding(seen: Seen) -> More:
    def demands(problem: Problem) -> list[Demand]:
        return [
            problem.at_most(("avoid", place), f"items {problem.blueprint.avoid[place]}", sorted(items), Range(0, 0))
            for place, items in enumerate(seen.items)
            if items
        ]

    return demands
