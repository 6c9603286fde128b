"""One right option among several."""

from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..diagnostics import Fault, report
from .base import Choice, Keyed, KeyLine, OptionText, Response, choices, equal_texts, lettered
from .choosing import Choosing
from .fields import same


class MultipleChoice(Choosing):
    """Pick one (QTI 3 choiceInteraction with maxChoices 1). The key earns all the points, anything else none."""

    type: Annotated[Literal["multiple_choice"], Field(description="pick one option")]
    answer: Annotated[OptionText, Field(description="the right option: a text, or a mapping with more about it")]
    distractors: Annotated[tuple[OptionText, ...], Field(min_length=1, description="the wrong options")]

    @model_validator(mode="after")
    def _different_options(self) -> Self:
        key = same(self.answer.text)
        places = [(option.text, ("distractors", number)) for number, option in enumerate(self.distractors)]
        report(
            [
                Fault("Q202", f"the answer '{text}' stands among the distractors", at, "take it out there")
                for text, at in places
                if same(text) == key
            ]
            + equal_texts([place for place in places if same(place[0]) != key], "Q203", "stands here a second time")
        )
        return self

    @cached_property
    def offered(self) -> tuple[Choice, ...]:
        """Key and distractors alike."""
        return choices((self.answer, *self.distractors))

    @property
    def key(self) -> str:
        """The id of the right option."""
        return next(choice.id for choice in self.offered if choice.text == self.answer.text)

    def correct_response(self) -> str:
        """The id of the right option."""
        return self.key

    def keyed(self) -> Keyed:
        """The right option."""
        return Keyed(self.points, (self.key,))

    @staticmethod
    def mark(key: Keyed, response: Response) -> float:
        """All the points or none."""
        return key.points if response == key.right[0] else 0.0

    def key_lines(self) -> tuple[KeyLine, ...]:
        """The right letter with its text."""
        return (KeyLine(lettered(self.printed)[self.key], self.answer.text),)

    def written_key(self) -> list[str]:
        """The right letter."""
        return [line.mark for line in self.key_lines()]
