"""What the blueprint demands, as it is written, and what the forms have of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import eq

from ..blueprint import Blueprint, Demands, Range
from ..form import Form, FormItem, ItemSet
from ..items.difficulty import facility, level
from .names import item_names, passage_names


@dataclass(frozen=True)
class Demand:
    """A demand of the blueprint, and what there is."""

    section: str | None
    name: str
    wanted: str
    had: tuple[Range, ...]
    """For each form, or one for all forms together."""


Sets = Sequence[ItemSet]
Measure = Callable[[Sets], Sequence[float]]


def demanded(blueprint: Blueprint, forms: Sequence[Form]) -> Iterator[Demand]:
    """Every demand on single forms."""
    for name, wanted, measure in _asked(blueprint, blueprint):
        yield Demand(None, name, wanted, tuple(_range(measure(list(form.sets))) for form in forms))
    for number, plan in enumerate(blueprint.sections):
        title = plan.title or f"section {number + 1}"
        for name, wanted, measure in _asked(plan, blueprint):
            yield Demand(title, name, wanted, tuple(_range(measure(form.sections[number].sets)) for form in forms))
    for group in blueprint.enemies:
        count = _number_of(group)
        had = tuple(_range(count(list(form.sets))) for form in forms)
        yield Demand(None, "enemies", f"at most one of {', '.join(group)}", had)


def _range(numbers: Sequence[float]) -> Range:
    return Range(round(min(numbers, default=0), 2), round(max(numbers, default=0), 2))


def _asked(demands: Demands, blueprint: Blueprint) -> Iterator[tuple[str, str, Measure]]:
    """Each demand with its name, what is wanted, and how to measure it: one number, or one for each passage."""
    if demands.items:
        yield "items", str(demands.items), lambda sets: [len(item_names(sets))]
    if demands.points:
        yield "points", str(demands.points), lambda sets: [sum(placed.item.points for placed in _placed(sets))]
    if demands.minutes:
        alone = demands.minutes.low == demands.minutes.high
        yield (
            "minutes",
            f"at most {demands.minutes}" if alone else str(demands.minutes),
            lambda sets: [_minutes(sets, blueprint)],
        )
    if demands.per_passage:
        yield (
            "items per passage",
            str(demands.per_passage),
            lambda sets: [len(one.items) for one in sets if one.passage],
        )
    if demands.facility:
        yield "mean facility", str(demands.facility), lambda sets: [_facility(sets)]
    for key in ("articles", "passages", "types", "skills", "difficulty", "tags"):
        yield from _of_kinds(key, getattr(demands, key))
    if demands.must_have:
        yield "must have", ", ".join(demands.must_have), _number_of(demands.must_have)
    if demands.must_not_have:
        yield "must not have", ", ".join(demands.must_not_have), _number_of(demands.must_not_have)


def _of_kinds(key: str, said: object) -> Iterator[tuple[str, str, Measure]]:
    """How many of each kind there are to be, or which kinds all items are to be of."""
    if isinstance(said, Range):
        yield key, str(said), lambda sets: [len(passage_names(sets))]
    elif isinstance(said, dict):
        for name, wanted in said.items():
            yield f"{key}: {name}".replace("_", " "), str(wanted), _of_kind(key, [name])
    elif isinstance(said, tuple) and said:
        yield f"items from {key}", f"only {', '.join(said)}".replace("_", " "), _of_kind(key, said)


def _of_kind(key: str, names: Iterable[str]) -> Measure:
    same = _is if key == "passages" else eq

    def count(sets: Sets) -> list[float]:
        return [
            sum(
                any(same(kind, name) for kind in _kinds(key, item_set, placed) for name in names)
                for item_set in sets
                for placed in item_set.items
            )
        ]

    return count


def _kinds(key: str, item_set: ItemSet, placed: FormItem) -> Sequence[str | None]:
    match key:
        case "articles":
            return [item_set.source.article.id]
        case "passages":
            return passage_names([item_set])
        case "types":
            return [placed.item.type]
        case "skills":
            return [placed.item.skill]
        case "difficulty":
            return [level(placed.item)]
        case _:
            return placed.item.tags


def _number_of(names: Iterable[str]) -> Measure:
    """How many of these items there are."""
    return lambda sets: [sum(any(_is(full, name) for full in item_names(sets)) for name in names)]


def _is(full: str | None, name: str) -> bool:
    """Whether a full name is what a blueprint means by a name."""
    return full is not None and name in (full, full.partition("/")[2])


def _placed(sets: Sets) -> list[FormItem]:
    return [placed for item_set in sets for placed in item_set.items]


def _minutes(sets: Sets, blueprint: Blueprint) -> float:
    read = sum(item_set.passage.words for item_set in sets if item_set.passage)
    return blueprint.tempo.reading(read) + sum(blueprint.tempo.minutes[placed.item.type] for placed in _placed(sets))


def _facility(sets: Sets) -> float:
    shares = [facility(placed.item) for placed in _placed(sets)]
    return sum(shares) / max(len(shares), 1)
