"""Which items a form has: by lot where that is enough, else by the solver."""

from collections.abc import Callable, Iterable, Sequence

from ..blueprint import Blueprint
from .chance import turn
from .lot import drawn, is_plain
from .pool import Entry, Names, Pool
from .problem import Demand, Problem
from .solver import Undecided, solve

ENOUGH_UNITS = 24
"""So many passages are drawn by lot before the solver looks at them: plenty for most demands, and quick."""
ENOUGH_ITEMS = 3
"""So many times as many items as a demand needs are drawn for it."""

Chosen = list[list[Entry]]
"""The items of a form, section by section, in the bank's order."""

More = Callable[[Problem], list[Demand]]
"""Demands beside the blueprint's own: what was seen, what other forms hold."""


def nothing_more(_: Problem) -> list[Demand]:
    """No other demands."""
    return []


def select(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, lot: Sequence[str], more: More = nothing_more
) -> Chosen | None:
    """The items of a form that has all that is demanded, or `None` where there is no such form.

    Raises `Undecided` where the solver finds neither.
    """
    if is_plain(blueprint) and more is nothing_more:
        by_lot = _by_lot(blueprint, pools[0], lot)
        if by_lot is not None:
            return by_lot
    whole = Problem(blueprint, pools, names, lot)
    demands = [*whole.demands, *more(whole)]
    few = [_drawn(pool, section, whole, demands, lot) for section, pool in enumerate(pools)]
    if sum(len(pool.entries) for pool in few) < sum(len(pool.entries) for pool in pools):
        chosen = _solved(Problem(blueprint, few, names, lot), more)
        if chosen is not None:
            return chosen
    values = solve(whole.model(demands))
    return whole.items(values) if values is not None else None


def _solved(problem: Problem, more: More) -> Chosen | None:
    try:
        values = solve(problem.model([*problem.demands, *more(problem)]))
    except Undecided:
        return None
    return problem.items(values) if values is not None else None


def _by_lot(blueprint: Blueprint, pool: Pool, lot: Sequence[str]) -> Chosen | None:
    """As many items as asked for, in the order of the bank; all of them where no number is said."""
    count = int(blueprint.items.low) if blueprint.items else len(pool.entries)
    entries = drawn(pool, count, lot) if count <= len(pool.entries) else None
    if entries is None:
        return None
    taken = set(entries)
    return [[entry for unit in pool.units for entry in unit.entries if entry in taken]]


def _drawn(pool: Pool, section: int, whole: Problem, demands: Iterable[Demand], lot: Sequence[str]) -> Pool:
    """Some of the passages by lot: enough of them, with enough items for every demand."""
    columns = {
        slot.entry.name: column
        for column, slot in enumerate(whole.slots)
        if slot.entry and slot.section == section
    }  # fmt: skip
    banned = {c for d in demands if d.range and not d.range.high for c in d.counted or ()}
    free = pool.only(entry for entry in pool.entries if columns[entry.name] not in banned)
    seed, *what = lot
    units = sorted(free.units, key=lambda unit: turn(len(unit.entries), seed, *what, "unit", unit.name))
    taken, left = set(units[:ENOUGH_UNITS]), units[ENOUGH_UNITS:]
    wanted = [
        (demand.counted, ENOUGH_ITEMS * demand.range.low) for demand in demands if demand.range and demand.counted
    ]
    wanted += [
        (row.terms, row.low) for demand in demands if not demand.range for row in demand.constraints if row.low > 0
    ]
    for terms, least in wanted:
        supply = sum(terms.get(columns[entry.name], 0) for unit in taken for entry in unit.entries)
        for unit in left:
            if supply >= least:
                break
            adds = sum(terms.get(columns[entry.name], 0) for entry in unit.entries) if unit not in taken else 0
            if adds:
                taken.add(unit)
                supply += adds
    return pool.only(entry for unit in free.units if unit in taken for entry in unit.entries)
