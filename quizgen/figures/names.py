"""The full names of what forms hold."""

from collections.abc import Iterable

from ..form import ItemSet


def item_names(sets: Iterable[ItemSet]) -> list[str]:
    """Full names of the items."""
    return [f"{item_set.source.article.id}/{placed.item.id}" for item_set in sets for placed in item_set.items]


def passage_names(sets: Iterable[ItemSet]) -> list[str]:
    """Full names of the passages."""
    return [f"{item_set.source.article.id}/{item_set.passage.id}" for item_set in sets if item_set.passage]
