"""Several right options among several."""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..diagnostics import Fault, report
from .base import Choice, Keyed, KeyLine, OptionText, Response, choices, equal_texts, lettered, share, texts
from .choosing import Choosing
from .fields import same


class MultipleResponse(Choosing):
    """Pick all that are right (QTI 3 choiceInteraction with maxChoices 0).

    Each right choice earns its share of the points and each wrong one takes a share away, never below 0: so
    ticking everything earns what guessing would.
    """

    type: Annotated[Literal["multiple_response"], Field(description="pick all options that are right")]
    answers: Annotated[
        tuple[OptionText, ...], Field(min_length=1, description="the right options; each earns its share of the points")
    ]
    distractors: Annotated[
        tuple[OptionText, ...], Field(min_length=1, description="the wrong options; each takes a share away")
    ]

    @model_validator(mode="after")
    def _different_options(self) -> Self:
        keys = {same(option.text) for option in self.answers}
        right = [(option.text, ("answers", number)) for number, option in enumerate(self.answers)]
        wrong = [(option.text, ("distractors", number)) for number, option in enumerate(self.distractors)]
        report(
            [
                Fault("Q202", f"the answer '{text}' stands among the distractors", at, "take it out there")
                for text, at in wrong
                if same(text) in keys
            ]
            + equal_texts(right, "Q203", "stands here a second time")
            + equal_texts([place for place in wrong if same(place[0]) not in keys], "Q203", "stands here a second time")
        )
        return self

    @cached_property
    def offered(self) -> tuple[Choice, ...]:
        """Keys and distractors alike."""
        return choices((*self.answers, *self.distractors))

    @property
    def keys(self) -> frozenset[str]:
        """The ids of the right options."""
        right = {same(option.text) for option in self.answers}
        return frozenset(choice.id for choice in self.offered if same(choice.text) in right)

    def correct_response(self) -> tuple[str, ...]:
        """The ids of the right options, sorted."""
        return tuple(sorted(self.keys))

    def keyed(self) -> Keyed:
        """The right options among all."""
        return Keyed(self.points, self.correct_response(), options=tuple(choice.id for choice in self.offered))

    @staticmethod
    def mark(key: Keyed, response: Response) -> float:
        """The share of right choices less that of wrong ones, at least 0."""
        chosen, right = set(texts(response)) & set(key.options), set(key.right)
        return share(key.points, len(chosen & right) - len(chosen - right), len(right))

    def key_lines(self) -> tuple[KeyLine, ...]:
        """The right letters with their texts, in printed order."""
        letters = lettered(self.printed)
        return tuple(KeyLine(letters[choice.id], choice.text) for choice in self.printed if choice.id in self.keys)

    def written_key(self) -> list[str]:
        """The right letters, in alphabetical order."""
        return [line.mark for line in self.key_lines()]
