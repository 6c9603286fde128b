"""The same item with another key: what errata make of it."""

from collections.abc import Collection

from .base import ItemBase, KeyLine, Option
from .fields import same
from .multiple_choice import MultipleChoice
from .multiple_response import MultipleResponse
from .true_false import TrueFalse


def rekeyed(item: ItemBase, right: Collection[str]) -> ItemBase:
    """The item with these options right (by their ids), in the same printed order.

    It comes without a rationale and evidence: they were written for the other key.
    """
    old = {"rationale": None, "evidence": None}
    match item:
        case TrueFalse():
            return item.model_copy(update={**old, "answer": "true" in right})
        case MultipleChoice():
            keys, others = _divided(item, (item.answer, *item.distractors), right)
            return item.model_copy(update={**old, "answer": keys[0], "distractors": others})
        case MultipleResponse():
            keys, others = _divided(item, (*item.answers, *item.distractors), right)
            return item.model_copy(update={**old, "answers": keys, "distractors": others})
    raise ValueError(f"{item.type} has no options")


def can_be_rekeyed(item: ItemBase) -> bool:
    """Whether its key is one or several of its options."""
    return isinstance(item, TrueFalse | MultipleChoice | MultipleResponse)


def _divided(
    item: ItemBase, options: tuple[Option, ...], right: Collection[str]
) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    texts = {same(choice.text) for choice in item.offered if choice.id in right}
    keys = tuple(option for option in options if same(option.text) in texts)
    return keys, tuple(option for option in options if same(option.text) not in texts)


class Dropped(ItemBase):
    """An item that does not count any more, as a key shows it: worth nothing, with nothing right."""

    def key_lines(self) -> tuple[KeyLine, ...]:
        """A stroke."""
        return (KeyLine("", "—"),)

    def written_key(self) -> list[str]:
        """A stroke."""
        return ["—"]


def dropped(item: ItemBase) -> Dropped:
    """The item as one that does not count."""
    return Dropped.model_construct(id=item.id, type=item.type, stem=item.stem, passage=item.passage, points=0)
