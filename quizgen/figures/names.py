"""What a blueprint's names mean on a form: full names, and the kinds that an item is of."""

from collections.abc import Iterable

from ..form import FormItem, ItemSet
from ..items.difficulty import level

KINDS = ("articles", "passages", "types", "skills", "difficulty", "tags")
"""The keys of a blueprint that take kinds of items: a list to draw from, or how many of each."""


def item_names(sets: Iterable[ItemSet]) -> list[str]:
    """Full names of the items."""
    return [f"{item_set.source.article.id}/{placed.item.id}" for item_set in sets for placed in item_set.items]


def passage_names(sets: Iterable[ItemSet]) -> list[str]:
    """Full names of the passages."""
    return [f"{item_set.source.article.id}/{item_set.passage.id}" for item_set in sets if item_set.passage]


def means(name: str, full: str) -> bool:
    """Whether a name in a blueprint, `item` or `article/item`, means the thing with this full name."""
    return name in (full, full.partition("/")[2])


def is_of(key: str, kind: str, item_set: ItemSet, placed: FormItem) -> bool:
    """Whether an item on a form is of a kind that stands under one of `KINDS`."""
    own = _kinds(key, item_set, placed)
    return any(means(kind, full) for full in own) if key == "passages" else kind in own


def _kinds(key: str, item_set: ItemSet, placed: FormItem) -> tuple[str, ...]:
    item = placed.item
    match key:
        case "articles":
            return (item_set.source.article.id,)
        case "passages":
            return tuple(passage_names([item_set]))
        case "types":
            return (item.type,)
        case "skills":
            return (item.skill,) if item.skill else ()
        case "difficulty":
            return (name,) if (name := level(item)) else ()
        case _:
            return item.tags
