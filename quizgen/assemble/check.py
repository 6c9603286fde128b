"""A second look at every form: does it hold what its blueprint demands? It shares nothing with how forms are made."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ..blueprint import Blueprint, Demands, Range
from ..form import Form, FormItem, ItemSet
from ..items.difficulty import facility, level

Path = tuple[str | int, ...]
Unmet = Iterator[tuple[Path, str]]
"""(where the demand stands, what there is instead)."""


def unmet(form: Form, blueprint: Blueprint) -> Unmet:
    """The demands of the blueprint that the form does not meet, and what no form may do."""
    yield from _sound(form)
    yield from _demands((), blueprint, list(form.sets), blueprint)
    for number, plan in enumerate(blueprint.sections):
        same = [
            section
            for section in form.sections
            if (section.title, section.instructions) == (plan.title, plan.instructions)
        ]
        sets = (
            form.sections[number].sets
            if len(form.sections) == len(blueprint.sections)
            else same[0].sets
            if same
            else ()
        )
        yield from _demands(("sections", number), plan, sets, blueprint)
    names = {name for item_set in form.sets for name in _names(item_set)}
    for number, group in enumerate(blueprint.enemies):
        if sum(any(_is(name, one) for name in names) for one in group) > 1:
            yield ("enemies", number), "more than one of them"
    for item_set in form.sets:
        for placed in item_set.items:
            for enemy in placed.item.enemies:
                if f"{item_set.source.article.id}/{enemy}" in names:
                    yield (), f"{placed.item.id} with its enemy {enemy}"


def _sound(form: Form) -> Unmet:
    """No item twice, no passage twice in a section, every item with its passage, numbers from 1 on."""
    names = [name for item_set in form.sets for name in _names(item_set)]
    if len(set(names)) != len(names):
        yield (), "an item twice"
    if [placed.number for placed in form.items] != list(range(1, len(names) + 1)):
        yield (), "items that are not numbered one after the other"
    for section in form.sections:
        passages = [(s.source.article.id, s.passage.id) for s in section.sets if s.passage]
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
    names = [name for item_set in sets for name in _names(item_set)]
    for place, name in enumerate(demands.must_have):
        if not any(_is(full, name) for full in names):
            yield (*path, "must_have", place), "not there"
    for place, name in enumerate(demands.must_not_have):
        if any(_is(full, name) for full in names):
            yield (*path, "must_not_have", place), "there"


def _kinds(path: Path, demands: Demands, placed: Iterable[tuple[ItemSet, FormItem]]) -> Unmet:
    for key in ("articles", "passages", "types", "skills", "difficulty", "tags"):
        said = getattr(demands, key)
        same = _is if key == "passages" else str.__eq__
        kinds = [_kinds_of(key, item_set, item) for item_set, item in placed]
        if isinstance(said, dict):
            count = Counter(name for own in kinds for name in said if any(same(kind, name) for kind in own))
            for name, wanted in said.items():
                yield from _within((*path, key, name), wanted, count[name])
        elif isinstance(said, tuple) and said:
            for own in kinds:
                if not any(same(kind, name) for kind in own for name in said):
                    yield (*path, key), f"{', '.join(own) or 'none'}"


def _kinds_of(key: str, item_set: ItemSet, placed: FormItem) -> tuple[str, ...]:
    item, article = placed.item, item_set.source.article.id
    match key:
        case "articles":
            return (article,)
        case "passages":
            return (f"{article}/{item_set.passage.id}",) if item_set.passage else ()
        case "types":
            return (item.type,)
        case "skills":
            return (item.skill,) if item.skill else ()
        case "difficulty":
            return (name,) if (name := level(item)) else ()
        case _:
            return item.tags


def _within(path: Path, wanted: Range | None, found: float) -> Unmet:
    if wanted is not None and found not in wanted:
        yield path, f"{found:g} where {wanted} is asked for"


def _names(item_set: ItemSet) -> list[str]:
    return [f"{item_set.source.article.id}/{placed.item.id}" for placed in item_set.items]


def _is(full: str, name: str) -> bool:
    """Whether a full name is what a blueprint means by a name."""
    return name in (full, full.partition("/")[2])
