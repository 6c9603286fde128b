"""How hard an item is, judged or measured."""

from typing import Literal, TypeAlias

from .base import ItemBase

Level: TypeAlias = Literal["easy", "medium", "hard"]
LEVELS: tuple[Level, ...] = ("easy", "medium", "hard")

HARD, EASY = 0.3, 0.7
"""Between these facilities an item is of medium difficulty, as item analysis usually has it."""

_EXPECTED = {"easy": (1 + EASY) / 2, "medium": (EASY + HARD) / 2, "hard": HARD / 2, None: (EASY + HARD) / 2}


def level(item: ItemBase) -> Level | None:
    """How hard an item is as one of `LEVELS`, also where it was measured; `None` where nobody said."""
    if isinstance(item.difficulty, float):
        return "hard" if item.difficulty < HARD else "medium" if item.difficulty <= EASY else "easy"
    return item.difficulty


def facility(item: ItemBase) -> float:
    """The share of candidates that is expected to get an item right, 0 to 1.

    That which was measured; else the middle of the judged level, and of the medium one where nobody judged.
    """
    return item.difficulty if isinstance(item.difficulty, float) else _EXPECTED[item.difficulty]
