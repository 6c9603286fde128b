"""bank + blueprint + seed -> forms. The only room where chance lives; see `chance` for what it is.

Which items a form has is drawn by lot (`lot`), or found by a solver (`problem`, `solver`) where the blueprint demands
more than a number; `check` looks at every form again by other means. Where there is no form, `conflict` finds the
smallest set of demands that cannot all be met, and what to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..bank import Bank, BankFile
from ..blueprint import Blueprint, Places, Range
from ..diagnostics import Diagnostic, Span, error
from ..form import Candidate, Form
from .arrange import RunTooLong
from .chance import rank
from .check import unmet
from .explain import explain
from .lot import SET_SIZE
from .parallel import NoForm, selections
from .place import Placed, Placer, Sitting
from .pool import Names, Pool, draw_from, pool, unknown
from .problem import Demand, Problem
from .select import Chosen, More, nothing_more
from .solver import Undecided

__all__ = ["SET_SIZE", "Placed", "Seen", "Sitting", "assemble", "rank"]


@dataclass(frozen=True)
class Seen:
    """Items that a class has seen: for each entry of the blueprint's `avoid`, their full names."""

    items: Sequence[frozenset[str]] = ()


def assemble(
    bank: Bank, blueprint: Blueprint, seed: str, forms: int | Sequence[Candidate] | Sitting, at: Places | None = None,
    seen: Seen = Seen(), again: Mapping[str, Placed] | None = None,
) -> tuple[tuple[Form, ...], list[Diagnostic]]:  # fmt: skip
    """As many forms as asked for, or one for each candidate; or why there are none.

    `at` tells where the blueprint's demands were made. Unless the blueprint says otherwise, all forms hold the same
    items; they differ in the order of the items of each passage and in the order of the options, and passages stay in
    the order of their article. `again` says how the forms of an earlier assembly were placed.
    """
    if not bank.size:
        return (), [error("Q112", "the bank has no items", bank.files[0].document.span() if bank.files else Span(""))]
    at = at or (lambda *_: bank.files[0].document.span(("items",), key=True))
    names = Names(bank)
    found = [error("Q502", message, at(*path), hint) for path, message, hint in unknown(blueprint, names)]
    if found:
        return (), found
    files = [names.articles[name] for name in dict.fromkeys(blueprint.articles or names.articles)]
    if isinstance(blueprint.articles, dict):
        files = list(bank.files)
    drawer = _Drawer(blueprint, names, files, seed, at, seen)
    title = blueprint.title or " · ".join(file.article.title for file in files)
    sitting = forms if isinstance(forms, Sitting) else None if isinstance(forms, int) else Sitting(tuple(forms))
    placer = Placer(blueprint, seed, title, again or {})
    ids = placer.ids(forms if isinstance(forms, int) else None, sitting)
    try:
        chosen = dict(zip(ids, drawer.draw(ids), strict=False))
        if drawer.found:
            return (), drawer.found
        made = placer.place(chosen, sitting)
    except Undecided:
        return (), [undecided(at)]
    except RunTooLong:
        message = f"no order was found in which no letter is right more than {blueprint.max_run} times in a row"
        return (), [error("Q508", message, at("max_run"), "allow longer runs, or take the key out")]
    wrong = {(path, what): form.id for form in made for path, what in unmet(form, blueprint)}
    assert not wrong, f"forms do not keep to their blueprint: {wrong}"  # then we have a bug
    return made, []


def undecided(at: Places) -> Diagnostic:
    """That nothing is known."""
    message = "no form was found, and it was not shown that there is none"
    return error("Q507", message, at("quiz"), "loosen an exact demand on points or minutes to a range")


class _Drawer:
    """Draws the items of forms, and says why there are none."""

    def __init__(
        self, blueprint: Blueprint, names: Names, files: Sequence[BankFile], seed: str, at: Places, seen: Seen
    ) -> None:
        self.blueprint, self.names, self.seed, self.at = blueprint, names, seed, at
        whole = pool(files)
        self.pools: list[Pool] = [draw_from(whole, [blueprint, plan], names) for plan in blueprint.plans]
        self.more = _avoiding(seen) if any(seen.items) else nothing_more
        self.found: list[Diagnostic] = []

    def draw(self, forms: Sequence[str]) -> list[Chosen]:
        try:
            return selections(self.blueprint, self.pools, self.names, self.seed, forms, self.more)
        except NoForm as none:
            self.found = explain(self.blueprint, self.pools, self.names, none, len(forms), self.at)
        return []


def _avoiding(seen: Seen) -> More:
    def demands(problem: Problem) -> list[Demand]:
        return [
            problem.at_most(("avoid", place), f"avoid: {problem.blueprint.avoid[place]}", sorted(items), Range(0, 0))
            for place, items in enumerate(seen.items)
            if items
        ]

    return demands
