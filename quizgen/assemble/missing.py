"""Which items an author would have to write so that a blueprint can be met."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from ..blueprint import Demands, Range
from ..items import ITEM_TYPES, ItemBase
from ..items.difficulty import Level
from ..items.fields import Skill
from .pool import Entry, Pool, Unit, sections
from .problem import Demand, Problem
from .select import More
from .solver import Model, solve

MOST = 12
"""No more items than these are proposed of one kind: nobody writes them the night before the lesson."""
UNITS = 6
"""Passages that new items are proposed on."""


@dataclass(frozen=True)
class Missing:
    """Items to be written: how many, on which passage (`None`: on none), and of which kind."""

    count: int
    unit: Unit | None
    type: str | None
    """`None` where any will do, as for the next two."""
    skill: str | None
    level: str | None
    tags: tuple[str, ...]

    def __str__(self) -> str:
        kind = "".join(f"{word} " for word in (self.level, self.type) if word)
        text = f"{self.count} more {kind}item{'s' if self.count > 1 else ''}"
        text += f" that ask{'s' if self.count == 1 else ''} to {self.skill}" if self.skill else ""
        text += f" tagged {self.tags[0]}" if self.tags else ""
        return text + (f" on '{self.unit.name}'" if self.unit and self.unit.passage else "")


def missing(problem: Problem, more: More, demands: Sequence[Demand]) -> tuple[Missing, ...]:
    """The fewest new items with which there is a form; none where new items would not help, or too many are needed."""
    wanted = [demands for _, demands in sections(problem.blueprint)]
    kinds = list(product(*_kinds(wanted)))[:60]
    pools = [_with_new(problem, section, kinds) for section in range(len(problem.blueprint.plans))]
    wider = Problem(problem.blueprint, pools, problem.names, ("missing",))
    kept = {demand.path or demand.what for demand in demands}
    hard = [demand for demand in [*wider.demands, *more(wider)] if (demand.path or demand.what) in kept]
    rows = wider.model(hard).rows
    costs = [float(bool(slot.entry and isinstance(slot.entry, NewEntry))) for slot in wider.slots]
    values = solve(Model(costs, [1.0] * len(costs), rows))
    if values is None:
        return ()
    new = [(slot.unit, slot.entry) for slot, value in zip(wider.slots, values, strict=True) if value]
    count = Counter(
        (unit.name if unit.passage else None, entry.kind) for unit, entry in new if isinstance(entry, NewEntry)
    )
    units = {unit.name: unit for unit, _ in new}
    return tuple(
        Missing(number, units.get(name or ""), kind[0], kind[1], kind[2], kind[3])
        for (name, kind), number in count.items()
    )


Kind = tuple[str | None, Skill | None, Level | None, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class NewEntry(Entry):
    """An item that nobody has written yet."""

    kind: Kind


def _kinds(wanted: Iterable[Demands]) -> tuple[list[Any], ...]:
    """What new items may be: (types, skills, levels, tags), as far as the blueprint speaks of them."""
    types, skills, levels, tags = ([name for d in wanted for name in _said(getattr(d, key))] for key in _KEYS)
    return (
        list(dict.fromkeys(types)) or [None],
        list(dict.fromkeys(skills)) or [None],
        list(dict.fromkeys(levels)) or [None],
        [(), *((tag,) for tag in dict.fromkeys(tags))],
    )


_KEYS = ("types", "skills", "difficulty", "tags")


def _said(value: Any) -> list[str]:
    """The kinds that a blueprint lists, or wants some of."""
    if isinstance(value, dict):
        return [name for name, wanted in value.items() if wanted.high > 0]
    return [] if isinstance(value, Range) else list(value or ())


def _with_new(problem: Problem, section: int, kinds: Sequence[Kind]) -> Pool:
    """The pool of a section with a few new items of every kind on some of its passages, and on none."""
    units = list(dict.fromkeys(slot.unit for slot in problem.slots if slot.section == section))
    asked = [unit for unit in units if unit.passage]
    asked.sort(key=lambda unit: -len(unit.entries))
    copies = max(1, min(MOST, 240 // max(1, len(kinds))))
    made = []
    for unit in units:
        new = _new(unit, kinds, copies, section) if unit in asked[:UNITS] else ()
        made.append(Unit(unit.name, unit.file, unit.passage, (*unit.entries, *new)))
    if units and not asked:
        file = units[0].file
        loose = Unit("", file, None, ())
        made += [Unit(entry.name, file, None, (entry,)) for entry in _new(loose, kinds, copies, section)]
    return Pool(tuple(made))


def _new(unit: Unit, kinds: Sequence[Kind], copies: int, section: int) -> tuple[Entry, ...]:
    made = []
    for number, (kind, copy) in enumerate(product(kinds, range(copies))):
        name = f"new-{section}-{number}"
        of = kind[0] or "multiple_choice"
        item: ItemBase = ITEM_TYPES[of].model_construct(
            id=name, type=of, stem="", skill=kind[1], difficulty=kind[2], tags=kind[3], points=1,
            passage=unit.passage.id if unit.passage else None, enemies=(),
        )  # fmt: skip
        made.append(NewEntry(f"{unit.name}/{name}/{copy}", unit.file, item, kind))
    return tuple(made)
