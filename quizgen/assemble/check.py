"""A second look at every form: does it hold what its blueprint demands? It shares nothing with how forms are made."""

from collections.abc import Iterator, Sequence

from ..blueprint import Blueprint, Demands, Range
from ..document import Path
from ..figures.names import KINDS, is_of, item_names, means, passage_names
from ..form import Form, FormItem, ItemSet
from ..items.difficulty import facility

Unmet = Iterator[tuple[Path, str]]
"""(where the demand stands, what there is instead)."""


def unmet(form: Form, blueprint: Blueprint) -> Unmet:
    """The demands of the blueprint that the form does not meet, and what no form may do."""
    yield from _sound(form)
    yield from _demands((), blueprint, list(form.sets), blueprint)
    for number, plan in enumerate(blueprint.sections):
        yield from _demands(("sections", number), plan, form.sections[number].sets, blueprint)
    names = set(item_names(form.sets))
    for number, group in enumerate(blueprint.enemies):
        if sum(any(means(one, name) for name in names) for one in group) > 1:
            yield ("enemies", number), "more than one of them"
    for item_set in form.sets:
        for placed in item_set.items:
            for enemy in placed.item.enemies:
                if f"{item_set.source.article.id}/{enemy}" in names:
                    yield (), f"{placed.item.id} with its enemy {enemy}"


def _sound(form: Form) -> Unmet:
    """No item twice, no passage twice in a section, every item with its passage, numbers from 1 on."""
    names = item_names(form.sets)
    if len(set(names)) != len(names):
        yield (), "an item twice"
    if [placed.number for placed in form.items] != list(range(1, len(names) + 1)):
        yield (), "items that are not numbered one after the other"
    for section in form.sections:
        passages = passage_names(section.sets)
        if len(set(passages)) != len(passages):
            yield (), "a passage twice in a section"
    for item_set in form.sets:
        for placed in item_set.items:
            if placed.item.passage != (item_set.passage.id if item_set.passage else None):
                yield (), f"{placed.item.id} apart from its passage"


def _demands(path: Path, demands: Demands, sets: Sequence[ItemSet], blueprint: Blueprint) -> Unmet:
    placed = [(item_set, item) for item_set in sets for item in item_set.items]
    read = [item_set for item_set in sets if item_set.passage]
    pace = blueprint.tempo
    seconds = sum(round(60 * pace.minutes[item.item.type]) for _, item in placed)
    seconds += sum(round(60 * pace.reading(item_set.passage.words)) for item_set in read if item_set.passage)
    yield from _within((*path, "items"), demands.items, len(placed))
    yield from _within((*path, "points"), demands.points, round(sum(item.item.points for _, item in placed), 2))
    if demands.minutes:
        exact = demands.minutes.low == demands.minutes.high
        yield from _within(
            (*path, "minutes"), Range(0 if exact else demands.minutes.low, demands.minutes.high), seconds / 60
        )
    if isinstance(demands.passages, Range):
        yield from _within((*path, "passages"), demands.passages, len(read))
    for item_set in read:
        yield from _within((*path, "per_passage"), demands.per_passage, len(item_set.items))
    if placed and demands.facility:
        shares = [round(facility(item.item), 3) for _, item in placed]
        yield from _within((*path, "facility"), demands.facility, round(sum(shares) / len(shares), 6))
    yield from _kinds(path, demands, placed)
    names = item_names(sets)
    for place, name in enumerate(demands.must_have):
        if not any(means(name, full) for full in names):
            yield (*path, "must_have", place), "not there"
    for place, name in enumerate(demands.must_not_have):
        if any(means(name, full) for full in names):
            yield (*path, "must_not_have", place), "there"


def _kinds(path: Path, demands: Demands, placed: Sequence[tuple[ItemSet, FormItem]]) -> Unmet:
    for key in KINDS:
        said = getattr(demands, key)
        if isinstance(said, dict):
            for name, wanted in said.items():
                yield from _within((*path, key, name), wanted, sum(is_of(key, name, *one) for one in placed))
        elif isinstance(said, tuple) and said:
            for one in placed:
                if not any(is_of(key, name, *one) for name in said):
                    yield (*path, key), f"{one[1].item.id} is of another kind"


def _within(path: Path, wanted: Range | None, found: float) -> Unmet:
    if wanted is not None and found not in wanted:
        yield path, f"{found:g} where {wanted} is asked for"
