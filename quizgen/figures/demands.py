"""What the blueprint demands, as it is written, and what the forms have of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..blueprint import Blueprint, Demands, Range
from ..form import Form, FormItem, ItemSet, minutes
from ..items.difficulty import facility
from .names import KINDS, is_of, item_names, means, passage_names


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
            lambda sets: [minutes(sets, blueprint.tempo)],
        )
    if demands.per_passage:
        yield (
            "items per passage",
            str(demands.per_passage),
            lambda sets: [len(one.items) for one in sets if one.passage],
        )
    if demands.facility:
        yield "mean facility", str(demands.facility), lambda sets: [_facility(sets)]
    for key in KINDS:
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


def _of_kind(key: str, names: Sequence[str]) -> Measure:
    """How many items are of one of these kinds."""
    return lambda sets: [
        sum(any(is_of(key, name, item_set, placed) for name in names) for item_set in sets for placed in item_set.items)
    ]


def _number_of(names: Iterable[str]) -> Measure:
    """How many of these items there are."""
    return lambda sets: [sum(any(means(name, full) for full in item_names(sets)) for name in names)]


def _placed(sets: Sets) -> list[FormItem]:
    return [placed for item_set in sets for placed in item_set.items]


def _facility(sets: Sets) -> float:
    shares = [facility(placed.item) for placed in _placed(sets)]
    return sum(shares) / max(len(shares), 1)
