"""What an author is told where there is no form: the conflict at its lines, and the ways to mend it."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from ..blueprint import Blueprint, Places, Range
from ..diagnostics import Diagnostic, error
from .conflict import Conflict, Mend, conflicts
from .parallel import NoForm, fewest_shared, selections
from .pool import Names, Pool
from .problem import Demand
from .solver import Undecided

OVERLAPS = 12
"""So many larger overlaps are tried before none is proposed."""
FORMS = 4
"""So many forms more than were made are tried."""


def explain(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, none: NoForm, forms: int, at: Places
) -> list[Diagnostic]:
    """Diagnostics at the lines of the blueprint: every conflict with its mends."""
    found = conflicts(blueprint, pools, names, none.more)
    if none.number:
        return [_too_alike(blueprint, pools, names, none, forms, at, found)]
    return sorted((_diagnostic(conflict, at) for conflict in found), key=lambda one: (one.span.line, one.span.column))


def _diagnostic(conflict: Conflict, at: Places) -> Diagnostic:
    first = next((mend.demand for mend in conflict.mends if mend.demand), conflict.demands[0])
    demands = [first, *(demand for demand in conflict.demands if demand is not first)]
    if len(demands) == 1 and first.range and first.path[-2:-1] != ("avoid",):
        code = "Q503" if first.path[-1] == "points" else "Q504" if first.path[-1] == "minutes" else "Q501"
        return error(code, _alone(first, conflict.mends), at(*first.path), hint(conflict.mends))
    written = list(dict.fromkeys(_quoted(demand) for demand in demands if demand.path))
    joined = f"{', '.join(written[:-1])} and {written[-1]}" if len(written) > 1 else written[0]
    be = "cannot all be met" if len(written) > 2 else "cannot both be met" if len(written) > 1 else "cannot be met"
    why = ", since the bank has enemies among these items" if any(not demand.path for demand in demands) else ""
    if any(mend.lists for mend in conflict.mends):
        why = ", since the blueprint draws from elsewhere"
    return error("Q506", f"{joined} {be}{why}", at(*first.path), hint(conflict.mends, len(written)))


def _quoted(demand: Demand, to: Range | None = None) -> str:
    """A demand as the blueprint has it, or with another range: `hard: 8`."""
    path, wanted = demand.path, to or demand.range
    inside = f" in section {int(path[1]) + 1}" if path[0] == "sections" else ""
    if wanted and path[0] != "avoid":
        return f"`{demand.changed(wanted)}`{inside}"
    return f"`{demand.what}`{inside}" if path[0] in ("sections", *_KEYED) else demand.what


_KEYED = (
    "must_have", "must_not_have", "enemies", "avoid", "articles", "passages", "types", "skills", "difficulty", "tags",
)  # fmt: skip
"""Keys whose entries are demands of their own."""


def _alone(demand: Demand, mends: Sequence[Mend]) -> str:
    """What is wrong with a demand that the bank cannot meet whatever else is asked for."""
    assert demand.range
    reached = [mend.to for mend in mends if mend.demand is demand and mend.to]
    if demand.path[-1] == "points":
        return f"no items of this bank have {demand.range} points together"
    if demand.path[-1] == "minutes":
        return f"no form takes {demand.range.high:g} minutes or less"
    if demand.counted is None:
        return f"{_quoted(demand)} cannot be met"
    there = max((to.low for to in reached), default=0)
    if demand.range.low > there:
        return f"{demand.range} {demand.what} are asked for, and {f'at most {there:g}' if there else 'none'} can be had"
    return f"{_quoted(demand)} cannot be met: there is no way to have so few {demand.what}"


def hint(mends: Sequence[Mend], demands: int = 1) -> str:
    """All ways to mend a conflict of so many demands, in one line."""
    ways: list[str] = []
    for _, same in groupby(mends, key=lambda mend: mend.demand or mend):
        said = list(dict.fromkeys(map(_said, same)))
        ways.append(f"write {' or '.join(said)}" if said[0].startswith("`") else said[0])
    return "; or ".join(dict.fromkeys(ways)) or ("loosen more than one of them" if demands > 1 else "take it out")


def _said(mend: Mend) -> str:
    """One way to mend a conflict."""
    if mend.items:
        return "write " + " and ".join(map(str, mend.items))
    if mend.lists:
        return "add " + " and ".join(f"'{name}' to `{path[-1]}`" for path, name in mend.lists)
    assert mend.demand
    if mend.to is not None:
        return _quoted(mend.demand, mend.to)
    if mend.demand.range and mend.demand.path[0] != "avoid":
        return f"take {_quoted(mend.demand)} out"
    key = next(step for step in reversed(mend.demand.path) if isinstance(step, str))
    if key == "avoid":
        return f"let items {mend.demand.what.removeprefix('avoid: ')} come again"
    if key in _KEYED:
        return f"take {_quoted(mend.demand)} out"
    return f"loosen `{mend.demand.path[0]}`"


def _too_alike(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, none: NoForm, forms: int, at: Places,
    found: Sequence[Conflict],
) -> Diagnostic:  # fmt: skip
    """Why there are some forms, and no more."""
    length = max(len([entry for section in form for entry in section]) for form in none.earlier)
    supply = len({entry.name for pool in pools for entry in pool.entries})
    least = ceil(fewest_shared(forms, length, supply) - 1e-9)
    written = dict.fromkeys(_quoted(demand) for conflict in found for demand in conflict.demands if demand.path)
    wanted = [f"be {one}" if one.startswith("as ") else f"keep to {one}" for one in written]
    most = _most(blueprint, pools, names, none, forms)
    there = "is 1 such form" if most == 1 else f"are {most} such forms"
    message = f"there {there}, and {forms} are asked for"
    if wanted:
        message += f": another would have to {', '.join(wanted[:4])}"
    ways = [f"ask for {most} form{'s' if most > 1 else ''}"]
    ways += _other_overlaps(blueprint, pools, names, none, forms, least)
    if least:
        message += f"; of {supply} items, {forms} forms of {length} share at least {least} two by two"
    ways.append("write more items")
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


def _most(blueprint: Blueprint, pools: Sequence[Pool], names: Names, none: NoForm, forms: int) -> int:
    """How many forms there are at least: as many as were made, or a few more."""
    few = range(min(forms - 1, none.number + FORMS), none.number, -1)
    return next((more for more in few if _makes(blueprint, pools, names, none, more, patient=True)), none.number)


def _makes(
    blueprint: Blueprint, pools: Sequence[Pool], names: Names, none: NoForm, forms: int, *, patient: bool = False
) -> bool:
    try:
        return (
            len(selections(blueprint, pools, names, none.seed, none.forms[:forms], none.own, patient=patient)) == forms
        )
    except (NoForm, Undecided):
        return False
