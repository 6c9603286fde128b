"""Which items an author would have to write so that a blueprint can be met."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from ..blueprint import Demands, Range
from ..items import ITEM_TYPES, ItemBase
from ..items.difficulty import LEVELS, Level
from ..items.fields import SKILLS, Skill
from .pool import Entry, Pool, Unit, draw_from, sections
from .problem import Demand, Problem
from .select import More
from .solver import Model, solve

MOST = 12
"""No more items than these are proposed of one kind: nobody writes them the night before the lesson."""
UNITS = 6
"""Passages that new items are proposed on."""
KINDS = 60
"""Kinds of new items that are tried."""


@dataclass(frozen=True)
class Missing:
    """Items to be written: how many, for which article, on which passage (`None`: on none), and of which kind."""

    count: int
    article: str
    passage: str | None
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
        return text + f" on '{self.passage or self.article}'"


def missing(problem: Problem, more: More, demands: Sequence[Demand]) -> tuple[Missing, ...]:
    """The fewest new items with which there is a form; none where new items would not help, or too many are needed."""
    kinds = _kinds([demands for _, demands in sections(problem.blueprint)])
    pools = [_with_new(problem, section, kinds) for section in range(len(problem.blueprint.plans))]
    wider = Problem(problem.blueprint, pools, problem.names, ("missing",))
    rows = wider.model(same(wider, more, demands)).rows
    values = solve(Model(_costs(wider, kinds), [1.0] * len(wider.slots), rows))
    if values is None:
        return ()
    new = [slot.entry for slot, value in zip(wider.slots, values, strict=True) if value]
    count = Counter((e.file.article.id, e.item.passage, e.kind) for e in new if isinstance(e, NewEntry))
    return tuple(Missing(number, article, passage, *kind) for (article, passage, kind), number in count.items())


def same(problem: Problem, more: More, demands: Iterable[Demand]) -> list[Demand]:
    """These demands, as they are in another problem."""
    ranges = {demand.path or demand.what: demand.range for demand in demands}
    again = [(demand, demand.path or demand.what) for demand in [*problem.demands, *more(problem)]]
    return [demand.within(to) if (to := ranges[name]) else demand for demand, name in again if name in ranges]


def _costs(problem: Problem, kinds: Sequence["Kind"]) -> list[float]:
    """New items cost, above all; of as many, those on one passage and of the kinds that are spoken of first."""
    order = {kind: number for number, kind in enumerate(kinds)}
    places = {unit: number for number, unit in enumerate(dict.fromkeys(slot.unit for slot in problem.slots))}
    return [
        1000.0 + order[slot.entry.kind] + min(places[slot.unit], 100) if isinstance(slot.entry, NewEntry) else 0.0
        for slot in problem.slots
    ]


Kind = tuple[str | None, Skill | None, Level | None, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class NewEntry(Entry):
    """An item that nobody has written yet."""

    kind: Kind


def _kinds(wanted: Sequence[Demands]) -> list[Kind]:
    """What new items may be, as far as the blueprint speaks of it; first the kinds that it names."""
    named = [list(dict.fromkeys(name for d in wanted for name in _said(getattr(d, key)))) for key in _KEYS]
    types, skills, levels, tags = named
    every: list[list[Any]] = [
        types or [None],
        [*skills, *(skill for skill in SKILLS if skill not in skills)] if skills else [None],
        [*levels, *(level for level in LEVELS if level not in levels)] if levels else [None],
        [(), *((tag,) for tag in tags)],
    ]

    def strange(kind: Kind) -> int:
        return sum(bool(is_named) and of not in is_named for of, is_named in zip(kind[1:3], named[1:3], strict=True))

    return sorted(product(*every), key=strange)[:KINDS]


_KEYS = ("types", "skills", "difficulty", "tags")


def _said(value: Any) -> list[str]:
    """The kinds that a blueprint lists, or wants some of."""
    if isinstance(value, dict):
        return [name for name, wanted in value.items() if wanted.high > 0]
    return [] if isinstance(value, Range) else list(value or ())


def _with_new(problem: Problem, section: int, kinds: Sequence[Kind]) -> Pool:
    """The pool of a section with a few new items of every kind on some passages, and on none."""
    blueprint, names = problem.blueprint, problem.names
    known = {slot.unit.name: slot.unit for slot in problem.slots if slot.section == section}
    hosts = _hosts(problem, known)
    copies = max(1, min(MOST, 240 // max(1, len(kinds))))
    made = {name: (unit.file, unit.passage, unit.entries) for name, unit in known.items()}
    for host in hosts:
        new = _new(host, kinds, copies, section)
        if host.passage:
            made[host.name] = host.file, host.passage, (*host.entries, *new)
        else:
            made |= {entry.name: (host.file, None, (entry,)) for entry in new}
    units = tuple(Unit(name, *unit) for name, unit in made.items())
    return draw_from(Pool(units), [blueprint, blueprint.plans[section]], names)


def _hosts(problem: Problem, known: Mapping[str, Unit]) -> list[Unit]:
    """Passages that new items may be on: those that the blueprint names, then one of every article, then the fullest.

    An article without passages has its items on none.
    """
    wanted = {name for _, d in sections(problem.blueprint) if isinstance(d.passages, dict) for name in d.passages}
    named = {problem.names.passage(name) for name in wanted}
    hosts: list[tuple[bool, int, int, Unit]] = []
    for file in problem.names.articles.values():
        units = [Unit(f"{file.article.id}/{part.id}", file, part, ()) for part in file.passages]
        units = [known.get(unit.name, unit) for unit in units] or [Unit(f"{file.article.id}/", file, None, ())]
        units.sort(key=lambda unit: -len(unit.entries))
        hosts += [(unit.name not in named, place, -len(unit.entries), unit) for place, unit in enumerate(units)]
    hosts.sort(key=lambda host: host[:3])
    return [host[3] for host in hosts[: UNITS + len(named)]]


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
