"""Drawing by lot where a blueprint asks for no more than a number of items: no solver is needed."""

from collections.abc import Iterator, Sequence

from ..blueprint import Blueprint, Demands
from .chance import rank, turn
from .pool import Entry, Pool

SET_SIZE = 4
"""How many items a passage brings while others have not brought as many: enough to be worth the reading."""

_PLAIN = {"items", "articles"}


def is_plain(blueprint: Blueprint) -> bool:
    """Whether the blueprint demands nothing but a number of items, or names the articles to draw from."""
    said = {name for name in Demands.model_fields if getattr(blueprint, name) not in (None, ())}
    exact = blueprint.items is None or blueprint.items.low == blueprint.items.high
    listed = isinstance(blueprint.articles, tuple)
    return exact and listed and said <= _PLAIN and not blueprint.sections and not blueprint.enemies


def drawn(pool: Pool, count: int, lot: Sequence[str]) -> list[Entry] | None:
    """So many items by lot, none with an enemy; `None` where the lot comes to an end before there are enough.

    A passage that is drawn brings up to `SET_SIZE` items, since what was read should be asked about; what is left over
    comes last. A passage with more items is drawn sooner, so that every item has about the same chance.
    """
    taken: dict[str, Entry] = {}
    banned: set[str] = set()
    for entry in _preference(pool, lot):
        if len(taken) == count:
            break
        article = entry.name.partition("/")[0]
        enemies = {f"{article}/{enemy}" for enemy in entry.item.enemies}
        if entry.name not in banned and enemies.isdisjoint(taken):
            taken[entry.name] = entry
            banned |= enemies
    return list(taken.values()) if len(taken) == count else None


def _preference(pool: Pool, lot: Sequence[str]) -> Iterator[Entry]:
    """All items, first those to be taken first: passage by passage, each by lot."""
    seed, *what = lot
    units = sorted(pool.units, key=lambda unit: turn(len(unit.entries), seed, *what, "unit", unit.name))
    left: list[Entry] = []
    for unit in units:
        entries = sorted(unit.entries, key=lambda entry: rank(seed, *what, entry.name))
        yield from entries[:SET_SIZE]
        left += entries[SET_SIZE:]
    yield from left
