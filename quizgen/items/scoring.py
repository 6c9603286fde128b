"""What a response earns under the rules of a quiz: whether parts count, and what a wrong answer costs."""

from typing import Annotated

from pydantic import Field

from .base import ItemBase, Keyed, Response, texts
from .fields import Record, Type


class ScoringRule(Record):
    """How responses to items of one type are marked."""

    partial: Annotated[
        bool, Field(description="whether a response that is right in part earns a part, yes by default")
    ] = True
    wrong: Annotated[
        float, Field(ge=-1, le=0, description="what a wrong answer earns, as a share of the item's points: -0.25")
    ] = 0


class Scoring(ScoringRule):
    """How responses are marked: one rule for all types, and others for some."""

    types: Annotated[dict[Type, ScoringRule], Field(default_factory=dict, description="rules of single types")]

    def rule(self, kind: str) -> ScoringRule:
        """The rule for a type of item."""
        return next((rule for name, rule in self.types.items() if name == kind), self)


PLAIN = Scoring(types={})
"""Parts count, and a wrong answer costs nothing."""


def earned(item: ItemBase, response: Response, rule: ScoringRule) -> float | None:
    """What a response to an item earns."""
    return marked(type(item), item.keyed(), response, rule)


def marked(kind: type[ItemBase], key: Keyed, response: Response, rule: ScoringRule) -> float | None:
    """What a response earns, at most `points`; a blank earns 0; `None` where a person must read it.

    Formula scoring (Thurstone 1919) takes 1/(k - 1) for a wrong answer among k options, so that guessing gains nothing.
    """
    if is_blank(response):
        return 0
    score = kind.mark(key, response)
    if score is None or score >= key.points:
        return score
    if score > 0 and rule.partial:
        return score
    return rule.wrong * key.points


def is_blank(response: Response) -> bool:
    """Whether nothing was answered."""
    if isinstance(response, dict):
        return not any(isinstance(value, str) and value.strip() for value in response.values())
    return not any(texts(response))
