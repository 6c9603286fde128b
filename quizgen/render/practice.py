"""What a practice page knows of the answers: enough to tell at once what is right, and why.

An exam page is given none of this.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, assert_never

from .. import markup
from ..form import Form
from ..items import (
    Cloze,
    Essay,
    Item,
    Matching,
    MultipleChoice,
    MultipleResponse,
    Numeric,
    Ordering,
    ShortAnswer,
    TrueFalse,
)
from ..items.numeric import plain_digits
from ..items.scoring import PLAIN, Scoring
from .teacher import KeyItem, key_item
from .templating import words


@dataclass(frozen=True, slots=True)
class PracticeForm:
    """The answers of a form: for the script that compares, and as the page shows them."""

    keys: dict[int, dict[str, Any]]
    """Item number -> what `player/scoring.js` compares a response with, in printed letters."""
    shown: dict[int, KeyItem]
    """Item number -> the answer as a key prints it."""


def practice_form(form: Form) -> PracticeForm:
    """The answers of a form."""
    said = words(form.language)
    return PracticeForm(
        {placed.number: _key(placed.item) | _rule(placed.item, form.scoring) for placed in form.items},  # type: ignore[arg-type]  # all items are of the union
        {placed.number: key_item(placed, item_set.source, said) for item_set in form.sets for placed in item_set.items},
    )


def _key(item: Item) -> dict[str, Any]:
    match item:
        case MultipleChoice() | TrueFalse():
            return {"kind": "one", "key": item.written_key()}
        case MultipleResponse():
            return {"kind": "many", "key": item.written_key()}
        case ShortAnswer():
            return {"kind": "text", "key": [item.written_key()], "ignore": item.ignore}
        case Cloze():
            accepted = [[markup.to_plain(text) for text in gap] for gap in item.gaps]
            return {"kind": "text", "key": accepted, "ignore": item.ignore}
        case Numeric():
            low, high = item.answer - item.tolerance, item.answer + item.tolerance
            return {"kind": "number", "key": [_exact(low), _exact(high)]}
        case Matching():
            return {"kind": "places", "key": [mark.partition("-")[2] for mark in item.written_key()]}
        case Ordering():
            return {"kind": "order", "key": item.written_key()}
        case Essay():
            return {"kind": "essay", "key": None}
        case _:
            assert_never(item)


def _rule(item: Item, scoring: Scoring) -> dict[str, Any]:
    """What the script needs to tell the points that are earned; nothing where the marking is as usual."""
    if scoring == PLAIN:
        return {}
    rule = scoring.rule(item.type)
    return {"points": item.points, "partial": rule.partial, "wrong": rule.wrong}


def _exact(number: Decimal) -> float:
    """The bound as the script reads it. Rounding keeps order, so up to 15 digits compare there as they do here."""
    return float(plain_digits(number))
