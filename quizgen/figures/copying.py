"""What a candidate earns who copies from a neighbour (answer copying, by position)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias

from ..form import Form
from ..items import ItemBase, Matching, MultipleResponse, Ordering, Response, lettered
from ..items.scoring import ScoringRule, earned

Pairs: TypeAlias = Sequence[tuple[str, str]]
"""Who sits beside whom, by the ids of their forms; each may copy from the other."""


@dataclass(frozen=True)
class Copying:
    """What candidates earn who write down at every number what a neighbour writes there who knows everything."""

    mean: float
    most: float
    worst: tuple[str, str]
    """Whose form, and from whom, where it earns most."""
    gain: float
    """How much more than blind guessing, on average."""
    most_gain: float


def copied(mine: Form, neighbour: Form) -> float:
    """The share of the points of `mine` for who writes at every number what the key of the neighbour's form has there.

    What a person must read earns nothing.
    """
    return Sheet(mine).copied(Sheet(neighbour))


class Sheet:
    """What a candidate writes who knows everything."""

    def __init__(self, form: Form) -> None:
        self.points = form.points
        self.places: list[tuple[ItemBase, ScoringRule, object]] = []
        self.keys: list[tuple[ItemBase, str]] = []
        """Each item with the one letter that is its key, or with nothing."""
        for placed in form.items:
            item, key = placed.item, placed.item.written_key()
            self.places.append((item, form.scoring.rule(item.type), key))
            self.keys.append((item, key[0] if isinstance(key, list) and len(key) == 1 and item.printed else ""))

    def copied(self, other: "Sheet") -> float:
        """The share of the points that the other's answers earn here."""
        written = [key for _, _, key in other.places[: len(self.places)]]
        both = zip_longest(self.places, written)
        return sum(_worth(item, rule, key, theirs) for (item, rule, key), theirs in both) / self.points


def _worth(item: ItemBase, rule: ScoringRule, key: object, written: object) -> float:
    if written is None or item.hand_scored:
        return 0
    if written == key:
        return item.points
    if isinstance(written, list) and isinstance(item, MultipleResponse | Matching | Ordering):
        return earned(item, _response(item, written), rule) or 0
    return rule.wrong * item.points


def _response(item: ItemBase, written: Sequence[str]) -> Response:
    """What was written, in the letters of this item, by the ids of its options; other letters are blanks."""
    names = {mark: name for name, mark in lettered(item.printed).items()}
    if not isinstance(item, Matching):
        return [names.get(mark) for mark in written]
    marks = dict(mark.split("-", 1) for mark in written if "-" in mark)
    return {prompt.id: names.get(marks.get(f"{n}", ""), "") for n, prompt in enumerate(item.prompts, start=1)}


def copying(sheets: Mapping[str, Sheet], pairs: Pairs, guessing: Mapping[str, float]) -> Copying:
    """What neighbours gain, of whom there are some; `guessing` is what each form gives to blind guesses."""
    both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
    shares = {(one, other): sheets[one].copied(sheets[other]) for one, other in dict.fromkeys(both)}
    gains = {pair: share - guessing[pair[0]] for pair, share in shares.items()}
    worst = max(shares, key=lambda pair: shares[pair])
    return Copying(
        mean=sum(shares[pair] for pair in both) / len(both),
        most=shares[worst],
        worst=worst,
        gain=sum(gains[pair] for pair in both) / len(both),
        most_gain=max(gains.values()),
    )
