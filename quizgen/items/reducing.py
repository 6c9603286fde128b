"""The same item with a distractor fewer: what reduced options make of it."""

from collections.abc import Callable

from .base import ItemBase, Option
from .fields import same
from .multiple_choice import MultipleChoice

ENOUGH = 2
"""How many distractors an item keeps in any case."""


def can_be_reduced(item: ItemBase) -> bool:
    """Whether it can do with a distractor fewer.

    Only multiple choice can. Whether an item that asks for several right options has a wrong one to spare would tell
    how many are right; matching and ordering have none.
    """
    if not isinstance(item, MultipleChoice) or len(item.distractors) <= ENOUGH:
        return False
    return any(option.pinned is None for option in item.distractors)


def reduced(item: ItemBase, rank: Callable[[str], bytes]) -> ItemBase:
    """The item without one distractor, in the printed order that it had; the item itself where it has none to spare.

    It is the first by `rank`, which is given an option's id, of those that are neither the key nor pinned.
    """
    if not isinstance(item, MultipleChoice) or not can_be_reduced(item):
        return item
    loose = [choice.id for choice in item.printed if choice.id != item.key and choice.pinned is None]
    gone = min(loose, key=lambda name: (rank(name), name))
    ids = {same(choice.text): choice.id for choice in item.offered}

    def named(option: Option) -> Option:
        """With the id that it had: one that is made from its text may depend on the others."""
        return option.model_copy(update={"id": ids[same(option.text)]})

    kept = tuple(named(option) for option in item.distractors if ids[same(option.text)] != gone)
    fields = {name: getattr(item, name) for name in type(item).model_fields}
    twin = MultipleChoice.model_construct(**{**fields, "answer": named(item.answer), "distractors": kept})
    places = {choice.id: place for place, choice in enumerate(item.printed)}
    return twin.shuffled(lambda name: places[name].to_bytes(4, "big"))
