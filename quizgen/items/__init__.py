"""The item types: one file each, and the closed union of them.

A type owns what it is: its fields and their invariants, its order, its key and its score. What a page or a foreign
format makes of it belongs to those.
"""

from typing import Annotated, TypeAlias, get_args

from pydantic import Field

from .base import Choice, ItemBase, Keyed, KeyLine, Option, Rank, Response, Shown, letter, lettered
from .choosing import Choosing
from .cloze import Cloze
from .essay import Essay
from .fields import Record, Type
from .matching import Matching
from .multiple_choice import MultipleChoice
from .multiple_response import MultipleResponse
from .numeric import Numeric
from .ordering import Ordering
from .short_answer import ShortAnswer
from .true_false import TrueFalse

Item: TypeAlias = Annotated[
    MultipleChoice | MultipleResponse | TrueFalse | ShortAnswer | Numeric | Matching | Ordering | Cloze | Essay,
    Field(discriminator="type"),
]
"""Any item. The union is closed: a type checker names every `match` that a new type makes incomplete."""

ITEM_TYPES: dict[str, type[ItemBase]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(get_args(Item)[0])
}
"""The types by the name that an author writes."""

__all__ = [
    "ITEM_TYPES", "Choice", "Choosing", "Cloze", "Essay", "Item", "ItemBase", "KeyLine", "Keyed", "Matching",
    "MultipleChoice", "MultipleResponse", "Numeric", "Option", "Ordering", "Rank", "Record", "Response", "ShortAnswer",
    "Shown", "TrueFalse", "Type", "letter", "lettered",
]  # fmt: skip
