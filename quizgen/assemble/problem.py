"""A blueprint over a bank as named demands: each knows where it was made, and the constraints that it means."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ..blueprint import Blueprint, Demands, Range
from ..document import Path
from .chance import number
from .pool import Entry, Names, Pool, Unit
from .solver import Model, Row

COST = 1 << 16
"""Items cost a number from 1 to this, by lot; so the cheapest choice is a choice by lot."""


@dataclass(frozen=True, eq=False)
class Demand:
    """Something that a form must have, and where the blueprint says so."""

    path: Path
    what: str
    """What is counted: `hard items`; for a demand that is met or not, what it says."""
    range: Range | None
    """In the author's units; `None` where there is nothing to count."""
    rows: Callable[[Range], Sequence[Row]]
    """The constraints that a range means."""
    counted: Mapping[int, float] | None = None
    """Column -> what it adds to what is counted; `None` where that is no sum."""

    @property
    def constraints(self) -> Sequence[Row]:
        """The constraints that the demand means."""
        return self.rows(self.range or Range(0, 0))

    @property
    def written(self) -> str:
        """The demand as the blueprint has it: `hard: 8`."""
        return self.changed(self.range) if self.range else self.what

    def within(self, to: Range) -> "Demand":
        """The same with another range."""
        return Demand(self.path, self.what, to, self.rows, self.counted)

    def changed(self, to: Range) -> str:
        """The same with another range, as it is to be written."""
        most = Range(to.high, to.high) if self.path[-1] == "minutes" and not to.low and to.high < inf else to
        return f"{self.path[-1]}: {'none' if self.path == ('overlap',) and not most.high else most}"


@dataclass(frozen=True)
class Slot:
    """A column of the model that stands for an item or a passage in a section."""

    section: int
    unit: Unit
    entry: Entry | None


class Problem:
    """What may be drawn for each section, what must hold of any choice, and what the blueprint demands of it."""

    def __init__(self, blueprint: Blueprint, pools: Sequence[Pool], names: Names, lot: Sequence[str]) -> None:
        """`lot` is the seed and what the lot is for; it decides what items cost."""
        self.blueprint, self.names, self.pace = blueprint, names, blueprint.tempo
        self.slots: list[Slot] = []
        self.structure: list[Row] = []
        self.costs: list[int] = []
        self.by_item: dict[str, list[int]] = {}
        for section, pool in enumerate(pools):
            for unit in pool.units:
                self._add(section, unit, lot)
        self.structure += [
            Row(dict.fromkeys(columns, 1), high=1) for columns in self.by_item.values() if len(columns) > 1
        ]
        columns = {column: 1 for column, slot in enumerate(self.slots) if slot.entry}
        self.structure.append(Row(columns, low=1))  # a form without items is none
        self.demands = list(self._demands())

    def _add(self, section: int, unit: Unit, lot: Sequence[str]) -> None:
        place = f"{section}"
        first = len(self.slots)
        for entry in unit.entries:
            self.by_item.setdefault(entry.name, []).append(len(self.slots))
            self.slots.append(Slot(section, unit, entry))
            self.costs.append(number(*lot, "item", place, entry.name) % COST + 1)
        if unit.passage:
            read = len(self.slots)
            self.slots.append(Slot(section, unit, None))
            self.costs.append(number(*lot, "passage", place, unit.name) % COST + COST // 2)
            columns = range(first, read)
            self.structure += [Row({column: 1, read: -1}, high=0) for column in columns]
            self.structure.append(Row({read: -1, **dict.fromkeys(columns, 1)}, low=0))

    @property
    def takes_all_that_fit(self) -> bool:
        """Whether nothing in the blueprint says how long a form is, at the least."""
        lengths = [demand for demand in self.demands if demand.path and demand.path[-1] not in _NO_LENGTHS]
        return not any(demand.range and demand.range.low > 0 for demand in lengths)

    def model(self, demands: Iterable[Demand]) -> Model:
        """The cheapest choice that keeps to these demands."""
        bonus = 32 * COST if self.takes_all_that_fit else 0
        costs = [cost - (bonus if slot.entry else 0) for cost, slot in zip(self.costs, self.slots, strict=True)]
        rows = [*self.structure, *(row for demand in demands for row in demand.constraints)]
        return Model([float(cost) for cost in costs], [1.0] * len(costs), rows)

    def items(self, values: Sequence[int]) -> list[list[Entry]]:
        """The items that were chosen for each section, in the order of the bank."""
        chosen: list[list[Entry]] = [[] for _ in self.blueprint.plans]
        for slot, value in zip(self.slots, values, strict=False):
            if value and slot.entry:
                chosen[slot.section].append(slot.entry)
        return chosen

    # --- What the blueprint demands ---

    def _demands(self) -> Iterable[Demand]:
        yield from self._of((), self.blueprint, range(len(self.slots)))
        for section, plan in enumerate(self.blueprint.sections):
            columns = [column for column, slot in enumerate(self.slots) if slot.section == section]
            yield from self._of(("sections", section), plan, columns)
        yield from self._enemies()

    def _of(self, path: Path, demands: Demands, columns: Sequence[int]) -> Iterable[Demand]:
        pairs = [(column, entry) for column in columns if (entry := self.slots[column].entry)]
        read = [column for column in columns if not self.slots[column].entry]
        inside = set(columns)
        if demands.items:
            yield total((*path, "items"), "items", demands.items, {column: 1 for column, _ in pairs})
        if demands.points:
            yield total((*path, "points"), "points", demands.points, {c: e.points for c, e in pairs}, 100)
        if demands.minutes:
            asked = demands.minutes
            most = Range(0, asked.high) if asked.low == asked.high else asked
            yield total((*path, "minutes"), "minutes", most, self.seconds(columns), 60)
        if isinstance(demands.passages, Range):
            yield total((*path, "passages"), "passages", demands.passages, dict.fromkeys(read, 1))
        if demands.per_passage:
            sets = self._sets(columns)
            yield Demand((*path, "per_passage"), "items on each passage", demands.per_passage, per_passage(sets))
        if demands.facility:
            share = {column: entry.facility for column, entry in pairs}
            yield Demand((*path, "facility"), "the mean facility", demands.facility, mean(share, 1000))
        for key, what, kinds in _KINDS:
            said = getattr(demands, key)
            for name, wanted in said.items() if isinstance(said, dict) else ():
                counted = {column: 1 for column, entry in pairs if name in kinds(entry)}
                yield total((*path, key, name), what.format(name), wanted, counted)
        if isinstance(demands.passages, dict):
            for name, wanted in demands.passages.items():
                full = self.names.passage(name)
                counted = {column: 1 for column, _ in pairs if self.slots[column].unit.name == full}
                yield total((*path, "passages", name), f"items on '{name}'", wanted, counted)
        for place, name in enumerate(demands.must_have):
            own = inside.intersection(self.by_item.get(self.names.item(name), []))
            yield switch((*path, "must_have", place), f"must_have: {name}", [Row(dict.fromkeys(sorted(own), 1), low=1)])
        for place, name in enumerate(demands.must_not_have):
            own = inside.intersection(self.by_item.get(self.names.item(name), []))
            row = Row(dict.fromkeys(sorted(own), 1), high=0)
            yield switch((*path, "must_not_have", place), f"must_not_have: {name}", [row])

    def seconds(self, columns: Sequence[int]) -> dict[int, float]:
        """Column -> how long reading or answering takes."""
        slots = [(column, self.slots[column]) for column in columns]
        return {c: (slot.entry or slot.unit).seconds(self.pace) for c, slot in slots}

    def _sets(self, columns: Sequence[int]) -> list[tuple[int, list[int]]]:
        """(column of a passage, columns of its items)."""
        sets: list[tuple[int, list[int]]] = []
        items: list[int] = []
        for column in columns:
            slot = self.slots[column]
            if slot.entry is None:
                sets.append((column, items))
            if slot.entry is None or not slot.unit.passage:
                items = []
            else:
                items.append(column)
        return sets

    def _enemies(self) -> Iterable[Demand]:
        for place, group in enumerate(self.blueprint.enemies):
            names = [self.names.item(name) for name in group]
            yield switch(("enemies", place), f"enemies: [{', '.join(group)}]", [self._one_of(names)])
        pairs = sorted(
            {
                (min(slot.entry.name, other), max(slot.entry.name, other))
                for slot in self.slots
                if slot.entry
                for enemy in slot.entry.item.enemies
                if (other := f"{slot.entry.file.article.id}/{enemy}") in self.by_item
            }
        )
        if pairs:
            yield switch((), "the enemies that the bank names", [self._one_of(pair) for pair in pairs])

    def _one_of(self, names: Iterable[str]) -> Row:
        return Row({column: 1 for name in names for column in self.by_item.get(name, [])}, high=1)

    def at_most(self, path: Path, what: str, names: Iterable[str], most: Range) -> Demand:
        """At most so many of these items."""
        return total(path, what, most, {column: 1 for name in names for column in self.by_item.get(name, [])})


_KINDS: tuple[tuple[str, str, Callable[[Entry], Iterable[str | None]]], ...] = (
    ("skills", "items that ask to {}", lambda entry: (entry.item.skill,)),
    ("difficulty", "{} items", lambda entry: (entry.level,)),
    ("types", "{} items", lambda entry: (entry.item.type,)),
    ("tags", "items tagged '{}'", lambda entry: entry.item.tags),
    ("articles", "items of '{}'", lambda entry: (entry.file.article.id,)),
)


_NO_LENGTHS = ("facility", "passages", "per_passage")
"""Demands that a form of any length can meet."""


def total(path: Path, what: str, wanted: Range, terms: Mapping[int, float], unit: int = 1) -> Demand:
    """A demand on a sum; `terms` count in the `unit`-th part of what the author writes."""
    return Demand(
        path,
        what,
        wanted,
        lambda wanted: [Row(terms, wanted.low * unit, wanted.high * unit)],
        {column: factor / unit for column, factor in terms.items()},
    )


def mean(terms: Mapping[int, float], unit: int) -> Callable[[Range], Sequence[Row]]:
    """The constraints of a demand on a mean."""

    def rows(wanted: Range) -> Sequence[Row]:
        low = Row({column: factor - wanted.low * unit for column, factor in terms.items()}, low=-1e-6)
        high = Row({column: factor - wanted.high * unit for column, factor in terms.items()}, high=1e-6)
        return [low] if wanted.high == inf else [low, high]

    return rows


def per_passage(sets: Sequence[tuple[int, Sequence[int]]]) -> Callable[[Range], Sequence[Row]]:
    """The constraints of how many items each passage has that is read."""

    def rows(wanted: Range) -> Sequence[Row]:
        made = []
        for read, items in sets:
            counted = dict.fromkeys(items, 1.0)
            made.append(Row({**counted, read: -wanted.low}, low=0))
            if wanted.high < len(items):
                made.append(Row({**counted, read: -wanted.high}, high=0))
        return made

    return rows


def switch(path: Path, what: str, rows: Sequence[Row]) -> Demand:
    """A demand that is met or not."""
    return Demand(path, what, None, lambda _: rows)
