"""What the figures of a class say, in plain words: only what its size allows to say.

Nothing is claimed from a figure alone, but where the whole of its interval of 95 % says so; so a small class has few
findings, and a flaw of chance seldom passes for one of an item.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from .analysis import Analysis, ItemFigures, OptionFigures

EASY, HARD, RARE = 0.95, 0.2, 0.05
"""Facilities beyond which an item tells hardly anybody apart; and what share of a class chooses a distractor that does
its work (Haladyna & Downing 1993)."""


FEWEST = 30
"""In a class of fewer no correlation is spoken of: there are several of each item, and chance makes some of them."""


class Kind(IntEnum):
    """What was found, the gravest first."""

    MISKEYED = 0
    AGAINST = 1
    HARD = 2
    ATTRACTIVE = 3
    EASY = 4
    DEAD = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that an author should look at."""

    kind: Kind
    item: str
    message: str
    option: str | None = None


def findings(analysis: Analysis) -> list[Finding]:
    """All that was found, the gravest first, then by item."""
    found = [finding for item in analysis.items for finding in _of(item)]
    return sorted(found, key=lambda one: (one.kind, one.item, one.option or ""))


def _of(item: ItemFigures) -> Iterator[Finding]:
    enough = item.n >= FEWEST
    liked = [option for option in item.options if enough and not option.right and _is_above(option, 0)]
    against = enough and item.discrimination_interval is not None and item.discrimination_interval[1] < 0
    if against and liked and item.type != "multiple_response":
        best = max(liked, key=lambda option: option.upper)
        message = f"strong students chose '{best.option}', and weak ones the key: is the key right?"
        yield Finding(Kind.MISKEYED, item.name, message, best.option)
    elif against:
        yield Finding(Kind.AGAINST, item.name, "students who did well elsewhere did worse here: read it again")
    else:
        for option in liked:
            message = f"'{option.option}' draws students who did well elsewhere: can it be right, too?"
            yield Finding(Kind.ATTRACTIVE, item.name, message, option.option)
    if item.facility_interval and item.facility_interval[1] < HARD:
        yield Finding(Kind.HARD, item.name, f"{_percent(item.facility)} had it right: too hard, or never taught")
    if item.facility_interval and item.facility_interval[0] > EASY:
        yield Finding(Kind.EASY, item.name, f"{_percent(item.facility)} had it right: it tells nobody from anybody")
    for option in item.options:
        if not option.right and item.type != "true_false" and option.share_interval[1] < RARE:
            message = f"hardly anybody chose '{option.option}': as a distractor it does no work"
            yield Finding(Kind.DEAD, item.name, message, option.option)


def _is_above(option: OptionFigures, least: float) -> bool:
    return option.discrimination_interval is not None and option.discrimination_interval[0] > least


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
