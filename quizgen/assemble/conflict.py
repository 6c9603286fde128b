"""Why there is no form: the smallest set of demands that cannot all be met, and every way to mend it.

A smallest conflict meets every set of demands that would have to go (a hitting set: Reiter 1987; Ignatiev et al. 2015).
Every mend is tried out on the bank before it is told.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import inf

from ..blueprint import Blueprint, Range
from .missing import Missing, missing
from .pool import Names, Path, Pool
from .problem import Demand, Problem
from .select import More
from .solver import Model, Row, solve, total

STEPS = 10
"""So many steps a demand is loosened by, where it is on no sum that could be minimised."""


@dataclass(frozen=True)
class Mend:
    """One way out of a conflict: another range for a demand, none of it (`to` is `None`), or items to be written."""

    demand: Demand | None
    to: Range | None = None
    items: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Conflict:
    """Demands that cannot all be met, though any fewer of them can; and what would mend it, the first way first."""

    demands: tuple[Demand, ...]
    mends: tuple[Mend, ...]


Group = tuple[Demand, ...]
"""Demands that stand at one place and are met or not as one."""


def conflicts(blueprint: Blueprint, pools: Sequence[Pool], names: Names, more: More) -> list[Conflict]:
    """Conflicts that have no demand in common, each with its mends; all first mends together make a form possible.

    Nothing where there is a form after all.
    """
    search = _Search(Problem(blueprint, pools, names, ("conflict",)), more)
    found: list[list[Group]] = []
    left = list(search.groups)
    while (smallest := search.smallest(left)) is not None and smallest:
        found.append(smallest)
        repaired = search.repairs(left)
        out = [group for group in smallest if group in repaired] or smallest[:1]
        left = [group for group in left if group not in out]
    dropped = [group for group in search.groups if group not in left]
    return [
        Conflict(
            tuple(demand for group in conflict for demand in group),
            tuple(_mends(search, conflict, [g for g in search.groups if g not in dropped or g in conflict])),
        )
        for conflict in found
    ]


class _Search:
    """The demands of a blueprint that cannot all be met, group by group."""

    def __init__(self, problem: Problem, more: More) -> None:
        self.problem, self.more = problem, more
        by_path: dict[Path | str, list[Demand]] = {}
        for demand in [*problem.demands, *more(problem)]:
            by_path.setdefault(demand.path or demand.what, []).append(demand)
        self.groups: list[Group] = [tuple(group) for group in by_path.values()]

    def feasible(self, groups: Iterable[Group]) -> bool:
        """Whether there is a form that meets these."""
        return solve(self._model([d for group in groups for d in group])) is not None

    def _model(self, demands: Iterable[Demand]) -> Model:
        model = self.problem.model(demands)
        model.costs = [0.0] * len(model.costs)
        return model

    def unmet(self, hard: Collection[Group], soft: Sequence[Group]) -> set[Group] | None:
        """The fewest of the soft groups that must go where the hard ones stay; `None` where those cannot all be met."""
        model = self._model(demand for group in hard for demand in group)
        given_up = []
        for group in soft:
            column = model.column(cost=1)
            given_up.append((column, group))
            model.rows += [row for demand in group for row in _unless(column, demand.constraints, model)]
        values = solve(model)
        return None if values is None else {group for column, group in given_up if values[column]}

    def repairs(self, groups: Sequence[Group]) -> set[Group]:
        """The fewest of the groups that must be changed."""
        return self.unmet((), groups) or set()

    def smallest(self, groups: Sequence[Group]) -> list[Group] | None:
        """The smallest set of groups that cannot all be met; `None` where all can."""
        corrections: list[set[Group]] = []
        while True:
            chosen = _hitting(corrections)
            lost = self.unmet(chosen, [group for group in groups if group not in chosen])
            if lost is None:
                return [group for group in groups if group in chosen]
            if not lost:
                return None
            corrections.append(lost)


def _hitting(sets: Sequence[set[Group]]) -> set[Group]:
    """A smallest set that has something in common with every set."""
    known = list(dict.fromkeys(group for one in sets for group in one))
    for size in range(len(known) + 1):
        for chosen in combinations(known, size):
            if all(not one.isdisjoint(chosen) for one in sets):
                return set(chosen)
    raise AssertionError


def _unless(column: int, rows: Iterable[Row], model: Model) -> Iterator[Row]:
    """The rows, unless the column is 1."""
    for row in rows:
        most = sum(max(0, factor) * model.limits[name] for name, factor in row.terms.items())
        least = sum(min(0, factor) * model.limits[name] for name, factor in row.terms.items())
        if row.low > least:
            yield Row({**row.terms, column: row.low - least}, low=row.low)
        if row.high < most:
            yield Row({**row.terms, column: row.high - most}, high=row.high)


# --- Mends ------------------------------------------------------------------------------------------------------


def _mends(search: _Search, conflict: Sequence[Group], groups: Sequence[Group]) -> Iterator[Mend]:
    """What can be done about one conflict where all other groups stay as they are."""
    for group in conflict:
        others = [other for other in groups if other is not group]
        if len(group) == 1 and group[0].range and group[0].path and group[0].path[0] not in ("overlap", "avoid"):
            yield from _loosened(search, group[0], others)
        elif group[0].path and search.feasible(others):
            yield Mend(group[0])
    new = missing(search.problem, search.more, [demand for group in groups for demand in group])
    if new:
        yield Mend(None, items=new)


def _loosened(search: _Search, demand: Demand, others: Sequence[Group]) -> Iterator[Mend]:
    """The nearest ranges, below and above, with which the demand can be met."""
    assert demand.range
    for below in (True, False):
        if demand.counted is not None:
            to = _nearest(search, demand, others, below=below)
        else:
            to = _stepped(search, demand, others, below=below)
        if to:
            yield Mend(demand, to)


def _nearest(search: _Search, demand: Demand, others: Sequence[Group], *, below: bool) -> Range | None:
    assert demand.range
    assert demand.counted is not None
    model = search._model(d for group in others for d in group)
    (row,) = demand.constraints
    slack = model.column(cost=1, limit=1e7)
    if below:
        model.rows.append(Row({**row.terms, slack: 1}, low=row.low, high=inf))
        model.rows.append(Row(row.terms, high=row.high))
    else:
        model.rows.append(Row({**row.terms, slack: -1}, high=row.high))
        model.rows.append(Row(row.terms, low=row.low))
    values = solve(model)
    if values is None:
        return None
    reached = round(total(values, demand.counted), 4)
    low, high = demand.range.low, demand.range.high
    if demand.path[-1] == "minutes":
        reached = float(-int(-reached // 1))  # whole minutes: up
    return Range(reached, reached) if low == high else Range(min(low, reached), max(high, reached))


def _stepped(search: _Search, demand: Demand, others: Sequence[Group], *, below: bool) -> Range | None:
    assert demand.range
    step = 0.05 if demand.path[-1] == "facility" else 1
    for number in range(1, STEPS + 1):
        low = round(max(0, demand.range.low - number * step), 2) if below else demand.range.low
        high = demand.range.high if below else round(demand.range.high + number * step, 2)
        to = Range(low, high)
        model = search._model(d for group in others for d in group)
        model.rows += demand.rows(to)
        if solve(model) is not None:
            return to
        if low == 0 and below:
            return None
    return None
