"""Why there is no form: the smallest set of demands that cannot all be met, and every way to mend it.

A smallest conflict meets every set of demands that would have to go (a hitting set: Reiter 1987; Ignatiev et al. 2015).
Every mend is tried out on the bank before it is told.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, floor, inf

from ..blueprint import Blueprint, Range
from ..document import Path
from .missing import Missing, missing, same
from .pool import Names, Pool, draw_from, lists, pool, relisted, sections, too_narrow
from .problem import Demand, Problem, switch
from .select import More
from .solver import Model, Row, solve, total

STEPS = 10
"""So many steps a demand is loosened by, where it is on no sum that could be minimised."""
LARGE = 2_000
"""With more items and passages than this, a conflict is taken that is small, but perhaps not the smallest."""


@dataclass(frozen=True)
class Mend:
    """A way out of a conflict: another range for a demand, none of it (`to` is `None`), longer lists, or new items."""

    demand: Demand | None
    to: Range | None = None
    items: tuple[Missing, ...] = ()
    lists: tuple[tuple[Path, str], ...] = ()
    """What else a list has to let in: (where the list stands, a name)."""


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
    if not search.feasible(()):
        return [_nothing_drawn(search)]
    found: list[tuple[list[Group], list[Group]]] = []
    left = list(search.groups)
    while (smallest := search.smallest(left)) is not None and smallest:
        repaired = search.repairs(left, smallest)
        out = [group for group in smallest if group in repaired] or smallest[:1]
        left = [group for group in left if group not in out]
        found.append((smallest, out))
    return [Conflict(_flat(conflict), mends) for conflict, mends in _mended(search, found, left)]


def _mended(
    search: "_Search", found: Sequence[tuple[list[Group], list[Group]]], left: Sequence[Group]
) -> Iterator[tuple[list[Group], tuple[Mend, ...]]]:
    """Every conflict with its mends, which hold where those before it are mended in the first way."""
    now = list(left)
    for conflict, out in found:
        now += out
        if search.feasible(now):
            continue
        again = [group for one in conflict for group in now if group[0].path == one[0].path]
        mends = tuple(_mends(search, again, now))
        if len(found) > 1:  # what longer lists let in, the search for the mends of the next conflict does not know
            mends = tuple(sorted(mends, key=lambda mend: bool(mend.lists)))
        yield conflict, mends
        first = mends[0] if mends else Mend(None)
        mended = [group for group in again if group[0] is first.demand] or out
        now = [group for group in now if group not in mended]
        if first.demand and first.to:
            now.append((first.demand.within(first.to),))


def _flat(groups: Iterable[Group]) -> Group:
    return tuple(demand for group in groups for demand in group)


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
        return solve(self._model(_flat(groups))) is not None

    def _model(self, demands: Iterable[Demand]) -> Model:
        model = self.problem.model(demands)
        model.costs = [0.0] * len(model.costs)
        return model

    def unmet(self, hard: Collection[Group], soft: Sequence[Group]) -> list[Group] | None:
        """The fewest of the soft groups that must go where the hard ones stay; `None` where those cannot all be met."""
        model = self._model(_flat(hard))
        given_up = []
        for group in soft:
            column = model.column(cost=1)
            given_up.append((column, group))
            model.rows += [row for demand in group for row in _unless(column, demand.constraints, model)]
        values = solve(model)
        return None if values is None else [group for column, group in given_up if values[column]]

    def repairs(self, groups: Sequence[Group], conflict: Iterable[Group]) -> list[Group]:
        """The fewest of the groups that must be changed; `conflict` has one of them."""
        alone = next((group for group in conflict if self.feasible(_but(group, groups))), None)
        return [alone] if alone else self.unmet((), groups) or []

    def smallest(self, groups: Sequence[Group]) -> list[Group] | None:
        """The smallest set of groups that cannot all be met; `None` where all can.

        In a large bank, where that would take a minute, one of which none can be left out.
        """
        if self.feasible(groups):
            return None
        if len(self.problem.slots) > LARGE:
            left = list(groups)
            for group in reversed(groups):  # items and passages say more than what comes after them
                if not self.feasible(fewer := _but(group, left)):
                    left = fewer
            return left
        corrections = [[group] for group in groups if self.feasible(_but(group, groups))]  # quick, and mostly enough
        while True:
            chosen = _hitting(corrections)
            lost = self.unmet(chosen, [group for group in groups if group not in chosen])
            if lost is None:
                return [group for group in groups if group in chosen]
            corrections.append(lost)


def _but(group: Group, groups: Iterable[Group]) -> list[Group]:
    return [other for other in groups if other is not group]


def _hitting(sets: Sequence[Sequence[Group]]) -> tuple[Group, ...]:
    """A smallest choice that has something in common with every set."""
    known = list(dict.fromkeys(group for one in sets for group in one))
    for size in range(len(known) + 1):
        for chosen in combinations(known, size):
            if all(not set(one).isdisjoint(chosen) for one in sets):
                return chosen
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
        others = _but(group, groups)
        if len(group) == 1 and group[0].range and group[0].path and group[0].path[0] not in ("overlap", "avoid"):
            yield from _loosened(search, group[0], others)
        elif group[0].path and search.feasible(others):
            yield from _let_in(search, group, groups)
            yield Mend(group[0])
    new = missing(search.problem, search.more, _flat(groups))
    if new:
        yield Mend(None, items=new)


def _let_in(search: _Search, group: Group, groups: Sequence[Group]) -> Iterator[Mend]:
    """The lists that keep an item out which must be there."""
    demand, problem = group[0], search.problem
    inside = demand.path[0] == "sections"
    if demand.path[-2:-1] != ("must_have",) or any(row.terms for row in demand.constraints):
        return
    if problem.blueprint.sections and not inside:
        return
    section = int(demand.path[1]) if inside else 0
    wanted = [*sections(problem.blueprint)]
    own = [(path, demands) for path, demands in wanted if path in ((), ("sections", section))]
    name = next(d.must_have[int(demand.path[-1])] for path, d in own if path == demand.path[:-2])
    narrow = tuple(too_narrow(own, problem.names, problem.names.item(name)))
    blueprint, said = problem.blueprint, dict(lists(problem.blueprint))
    for path, kind in narrow:
        blueprint = relisted(blueprint, path, [*said[path], kind])
    if _feasible(blueprint, search, groups):
        yield Mend(None, lists=narrow)


def _feasible(blueprint: Blueprint, search: _Search, groups: Sequence[Group]) -> bool:
    """Whether these can be met by what another blueprint draws from."""
    names = search.problem.names
    whole = pool(list(names.articles.values()))
    pools = [draw_from(whole, [blueprint, plan], names) for plan in blueprint.plans]
    wider = Problem(blueprint, pools, names, ("conflict",))
    return solve(wider.model(same(wider, search.more, _flat(groups)))) is not None


def _nothing_drawn(search: _Search) -> Conflict:
    """That some lists of a blueprint, all together, let nothing in."""
    blueprint = fewer = search.problem.blueprint
    said = []
    for path, names in lists(blueprint):
        without = relisted(fewer, path, ())
        if _feasible(without, search, ()):
            said.append(switch(path, f"{path[-1]}: [{', '.join(names)}]", ()))
        else:
            fewer = without
    mends = [Mend(one) for one in said if _feasible(relisted(blueprint, one.path, ()), search, search.groups)]
    new = missing(search.problem, search.more, _flat(search.groups))
    return Conflict(tuple(said), (*mends, *([Mend(None, items=new)] if new else [])))


def _loosened(search: _Search, demand: Demand, others: Sequence[Group]) -> Iterator[Mend]:
    """The nearest ranges, below and above, with which the demand can be met."""
    assert demand.range
    loosened = False
    for below in (True, False):
        if demand.counted is not None:
            to = _nearest(search, demand, others, below=below)
        else:
            to = _stepped(search, demand, others, below=below)
        if to and (to.high or demand.path[-1] not in ("items", "points", "minutes", "per_passage")):
            yield Mend(demand, to)
            loosened = True
    if not loosened and search.feasible(others):
        yield Mend(demand)


def _nearest(search: _Search, demand: Demand, others: Sequence[Group], *, below: bool) -> Range | None:
    assert demand.range
    assert demand.counted is not None
    model = search._model(_flat(others))
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
        reached = float(floor(reached) if below else ceil(reached))
    return Range(reached, reached) if low == high else Range(min(low, reached), max(high, reached))


def _stepped(search: _Search, demand: Demand, others: Sequence[Group], *, below: bool) -> Range | None:
    assert demand.range
    step = 0.05 if demand.path[-1] == "facility" else 1
    for number in range(1, STEPS + 1):
        low = round(max(0, demand.range.low - number * step), 2) if below else demand.range.low
        high = demand.range.high if below else round(demand.range.high + number * step, 2)
        to = Range(low, high)
        model = search._model(_flat(others))
        model.rows += demand.rows(to)
        if solve(model) is not None:
            return to
        if low == 0 and below:
            return None
    return None
