"""What a form may be made of: the items of the bank with the facts that demands are about, passage by passage."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..article import Passage
from ..bank import Bank, BankFile
from ..blueprint import Blueprint, Demands
from ..diagnostics import did_you_mean
from ..document import Path
from ..items import ItemBase
from ..items.difficulty import facility, level
from ..pace import Pace


@dataclass(frozen=True, eq=False)
class Entry:
    """An item that may be drawn."""

    name: str
    """article/item, the only one in the bank."""
    file: BankFile
    item: ItemBase

    @cached_property
    def points(self) -> int:
        """Hundredths of a point."""
        return round(self.item.points * 100)

    @cached_property
    def level(self) -> str | None:
        """easy, medium, hard, or not said."""
        return level(self.item)

    @cached_property
    def facility(self) -> int:
        """The share that is expected to get it right, in thousandths."""
        return round(facility(self.item) * 1000)

    def seconds(self, pace: Pace) -> int:
        """How long answering takes."""
        return round(pace.minutes[self.item.type] * 60)


@dataclass(frozen=True, eq=False)
class Unit:
    """A passage with those of its items that may be drawn; they are drawn together."""

    name: str
    """article/passage, or the name of the item where it has no passage."""
    file: BankFile
    passage: Passage | None
    entries: tuple[Entry, ...]

    def seconds(self, pace: Pace) -> int:
        """How long reading takes."""
        return round(pace.reading(self.passage.words) * 60) if self.passage else 0


@dataclass(frozen=True)
class Pool:
    """All that may be drawn for one section, in the bank's order."""

    units: tuple[Unit, ...]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The items of all units."""
        return tuple(entry for unit in self.units for entry in unit.entries)

    def only(self, entries: Iterable[Entry]) -> "Pool":
        """The pool with no other items than these."""
        wanted = set(entries)
        kept = (
            Unit(unit.name, unit.file, unit.passage, tuple(entry for entry in unit.entries if entry in wanted))
            for unit in self.units
        )
        return Pool(tuple(unit for unit in kept if unit.entries))


def pool(files: Sequence[BankFile]) -> Pool:
    """The items of these files, passage by passage; each item without a passage stands for itself."""
    units = []
    for file in files:
        sets: dict[str, list[Entry]] = {passage.id: [] for passage in file.passages}
        alone: list[Entry] = []
        for item in file.items:
            entry = Entry(f"{file.article.id}/{item.id}", file, item)
            sets.get(item.passage or "", alone).append(entry)
        units += [
            Unit(f"{file.article.id}/{passage.id}", file, passage, tuple(sets[passage.id]))
            for passage in file.passages
            if sets[passage.id]
        ]
        units += [Unit(entry.name, file, None, (entry,)) for entry in alone]
    return Pool(tuple(units))


class Names:
    """What the names in a blueprint mean in a bank: articles, passages, items and tags."""

    def __init__(self, bank: Bank) -> None:
        self.articles = {file.article.id: file for file in bank.files}
        self.items = _by_both_names((file.article.id, item.id) for file in bank.files for item in file.items)
        self.passages = _by_both_names((file.article.id, part.id) for file in bank.files for part in file.passages)
        self.tags = {tag: [tag] for file in bank.files for item in file.items for tag in item.tags}

    def item(self, name: str) -> str:
        """The full name of an item that is known."""
        return self.items[name][0]

    def passage(self, name: str) -> str:
        """The full name of a passage that is known."""
        return self.passages[name][0]


def _by_both_names(ids: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Short and full name -> the full names that it may stand for."""
    known: dict[str, list[str]] = {}
    for article, name in ids:
        known.setdefault(name, []).append(f"{article}/{name}")
        known[f"{article}/{name}"] = [f"{article}/{name}"]
    return known


def unknown(blueprint: Blueprint, names: Names) -> Iterator[tuple[Path, str, str]]:
    """Names in the blueprint that mean nothing in the bank, or more than one thing: (where, message, hint)."""
    for path, demands in sections(blueprint):
        for key, what, known in (
            ("articles", "article", names.articles), ("passages", "passage", names.passages),
            ("must_have", "item", names.items), ("must_not_have", "item", names.items), ("tags", "tag", names.tags),
        ):  # fmt: skip
            said = getattr(demands, key)
            for place, name in enumerate(said) if isinstance(said, Iterable) else ():
                yield from _unknown((*path, key, name if isinstance(said, Mapping) else place), what, name, known)
    for number, group in enumerate(blueprint.enemies):
        for place, name in enumerate(group):
            yield from _unknown(("enemies", number, place), "item", name, names.items)


def _unknown(path: Path, what: str, name: str, known: Mapping[str, object]) -> Iterator[tuple[Path, str, str]]:
    meant = known.get(name)
    if meant is None:
        yield path, f"no {what} is called '{name}'", did_you_mean(name, known)
    elif isinstance(meant, list) and len(meant) > 1:
        yield path, f"there is more than one {what} called '{name}'", "write " + " or ".join(meant)


def sections(blueprint: Blueprint) -> Iterator[tuple[Path, Demands]]:
    """The blueprint itself and its sections, each with the path to it."""
    yield (), blueprint
    for number, section in enumerate(blueprint.sections):
        yield ("sections", number), section


def draw_from(whole: Pool, wanted: Sequence[Demands], names: Names) -> Pool:
    """Those items that all of these allow: lists of articles, passages, types, skills, levels and tags."""

    def allowed(unit: Unit, entry: Entry) -> bool:
        item = entry.item
        return all(
            _in(demands.articles, (unit.file.article.id,))
            and _in(demands.passages, (unit.name,) if unit.passage else (), names.passage)
            and _in(demands.types, (item.type,))
            and _in(demands.skills, (item.skill,))
            and _in(demands.difficulty, (entry.level,))
            and _in(demands.tags, item.tags)
            for demands in wanted
        )

    return whole.only(entry for unit in whole.units for entry in unit.entries if allowed(unit, entry))


def _in(said: object, kinds: Iterable[str | None], full: object = None) -> bool:
    """Whether one of the kinds is listed; a mapping or nothing lists none, and so allows all."""
    if not isinstance(said, tuple) or not said:
        return True
    return not {full(name) if callable(full) else name for name in said}.isdisjoint(kinds)


def too_narrow(wanted: Iterable[tuple[Path, Demands]], names: Names, item: str) -> Iterator[tuple[Path, str]]:
    """The lists that keep an item out, and what each would have to let in; nothing for those that it cannot be on."""
    article = item.partition("/")[0]
    unit, entry = next(
        (unit, entry) for unit in pool([names.articles[article]]).units for entry in unit.entries if entry.name == item
    )
    kinds: dict[str, Iterable[str | None]] = {
        "articles": [article], "passages": [unit.name] if unit.passage else [], "types": [entry.item.type],
        "skills": [entry.item.skill], "difficulty": [entry.level], "tags": entry.item.tags,
    }  # fmt: skip
    for path, demands in wanted:
        for key, own in kinds.items():
            full = names.passage if key == "passages" else None
            kind = next(iter(own), None)
            if kind and not _in(getattr(demands, key), own, full):
                yield (*path, key), kind


def relisted(blueprint: Blueprint, path: Path, names: Sequence[str]) -> Blueprint:
    """The blueprint with other names on the list at this path."""
    *section, key = path
    if not section:
        return blueprint.model_copy(update={f"{key}": tuple(names)})
    plans = list(blueprint.sections)
    plans[int(section[1])] = plans[int(section[1])].model_copy(update={f"{key}": tuple(names)})
    return blueprint.model_copy(update={"sections": tuple(plans)})


def lists(blueprint: Blueprint) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """What the blueprint draws from: every list with the path to it."""
    for path, demands in sections(blueprint):
        for key in ("articles", "passages", "types", "skills", "difficulty", "tags"):
            said = getattr(demands, key)
            if isinstance(said, tuple) and said:
                yield (*path, key), said
