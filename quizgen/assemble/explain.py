"""What an author is told where there is no form: the conflict at its lines, and the ways to mend it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from ..blueprint import Blueprint, Places
from ..diagnostics import Diagnostic, error
from .conflict import Conflict, Mend, conflicts
from .parallel import NoForm, fewest_shared, selections
from .pool import Names, Pool
from .problem import Demand
from .solver import Undecided

OVERLAPS = 12
"""So many larger overlaps are tried before none is proposed."""


def explain(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, none: NoForm, forms: int, at: Places
) -> list[Diagnostic]:
    """Diagnostics at the lines of the blueprint: every conflict with its mends."""
    found = conflicts(blueprint, pools, names, none.more)
    if none.number:
        return [_too_alike(blueprint, pools, names, none, forms, at, found)]
    return [_diagnostic(conflict, at) for conflict in found]


def _diagnostic(conflict: Conflict, at: Places) -> Diagnostic:
    first = next((mend.demand for mend in conflict.mends if mend.demand), conflict.demands[0])
    demands = [first, *(demand for demand in conflict.demands if demand is not first)]
    if len(demands) == 1 and first.range:
        code = "Q503" if first.path[-1] == "points" else "Q504" if first.path[-1] == "minutes" else "Q501"
        return error(code, _alone(first, conflict.mends), at(*first.path), hint(conflict.mends))
    written = list(dict.fromkeys(f"`{d.written}`" if d.range else d.what for d in demands))
    joined = f"{', '.join(written[:-1])} and {written[-1]}" if len(written) > 1 else written[0]
    be = "cannot all be met" if len(written) > 2 else "cannot both be met" if len(written) > 1 else "cannot be met"
    return error("Q506", f"{joined} {be}", at(*first.path), hint(conflict.mends))


def _alone(demand: Demand, mends: Sequence[Mend]) -> str:
    """What is wrong with a demand that the bank cannot meet whatever else is asked for."""
    assert demand.range
    reached = [mend.to for mend in mends if mend.demand is demand and mend.to]
    if demand.path[-1] == "points":
        return f"no items of this bank have {demand.range} points together"
    if demand.path[-1] == "minutes":
        return f"no form takes {demand.range.high:g} minutes or less"
    there = max((to.low for to in reached), default=0)
    if demand.range.low > there:
        return f"{demand.range} {demand.what} are asked for, and there are {there:g}"
    return f"{demand.range} {demand.what} cannot be had"


def hint(mends: Sequence[Mend]) -> str:
    """All ways to mend a conflict, in one line."""
    ways: list[str] = []
    for demand, same in groupby(mends, key=lambda mend: mend.demand):
        said = list(dict.fromkeys(map(_said, same)))
        ways.append(f"write {' or '.join(said)}" if demand and said[0].startswith("`") else said[0])
    return "; or ".join(dict.fromkeys(ways)) if ways else "ask for less"


def _said(mend: Mend) -> str:
    if mend.items:
        return "write " + ", ".join(map(str, mend.items))
    assert mend.demand
    if mend.to is not None:
        return f"`{mend.demand.changed(mend.to)}`"
    match mend.demand.path[0]:
        case "must_have" | "must_not_have" | "enemies" | "sections":
            return f"take out: {mend.demand.what}"
        case "avoid":
            return f"let {mend.demand.what.removeprefix('items ')} come again"
        case _:
            return f"loosen `{mend.demand.path[0]}`"


def _too_alike(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, none: NoForm, forms: int, at: Places,
    found: Sequence[Conflict],
) -> Diagnostic:  # fmt: skip
    """Why there are some forms, and no more."""
    length = max(len([entry for section in form for entry in section]) for form in none.earlier)
    supply = len({entry.name for pool in pools for entry in pool.entries})
    least = ceil(fewest_shared(forms, length, supply) - 1e-9)
    wanted = list(dict.fromkeys(f"`{d.written}`" if d.range else d.what for c in found for d in c.demands))
    message = f"there are {none.number} such forms, and {forms} are asked for"
    if wanted:
        message += f": the next would have to meet {', '.join(wanted[:4])}"
    ways = [f"ask for {none.number} form{'s' if none.number > 1 else ''}"]
    ways += _other_overlaps(blueprint, pools, names, none, forms, least)
    if least:
        ways.append(f"of {supply} items, {forms} forms of {length} share at least {least} two by two")
    else:
        ways.append(f"write more items: {forms} forms of {length} need {forms * length}, and there are {supply}")
    return error("Q509", message, at("overlap"), "; or ".join(ways))


def _other_overlaps(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, none: NoForm, forms: int, least: int
) -> Iterator[str]:
    """The smallest overlap, and the tolerance, with which there are as many forms as asked for."""
    length = max(len([entry for section in form for entry in section]) for form in none.earlier)
    first = 1 if blueprint.overlap == "none" else int(blueprint.overlap) + 1 if blueprint.overlap != "any" else length
    for most in sorted({max(first, least) + step for step in range(OVERLAPS)} | {length}):
        if most <= length and _makes(blueprint.model_copy(update={"overlap": most}), pools, names, none, forms):
            yield f"write `overlap: {most}`"
            break
    wide = blueprint.tolerance.model_copy(update={"difficulty": 10, "minutes": 25, "skills": 2})
    if _makes(blueprint.model_copy(update={"tolerance": wide}), pools, names, none, forms):
        yield "write `tolerance: {difficulty: 10, minutes: 25, skills: 2}`"


def _makes(blueprint: Blueprint, pools: Sequence[Pool], names: Names, none: NoForm, forms: int) -> bool:
    try:
        return len(list(selections(blueprint, pools, names, none.seed, none.forms, none.own))) == forms
    except (NoForm, Undecided):
        return False
