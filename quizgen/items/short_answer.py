"""A word or a few, typed or written."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from .. import markup
from ..diagnostics import Fault, report
from .base import ItemBase, Keyed, KeyLine, Response, Shown
from .fields import Line
from .wording import Ignored, accepted, comparable, nothing_left


class ShortAnswer(ItemBase):
    """Write a few words (QTI 3 textEntryInteraction). All the points for any of the accepted `answers`, else none.

    The first answer is the one that a key prints first. `ignore` says what need not agree; spaces never matter.
    """

    type: Annotated[Literal["short_answer"], Field(description="write a word or a few")]
    answers: Annotated[tuple[Line, ...], Field(min_length=1, description="what is accepted, the best answer first")]
    ignore: Annotated[tuple[Ignored, ...], Field(description="what need not agree with an answer; case by default")] = (
        "case",
    )

    @model_validator(mode="after")
    def _different_answers(self) -> Self:
        seen: set[str] = set()
        found = []
        for number, answer in enumerate(self.answers):
            plain = comparable(markup.to_plain(answer), self.ignore)
            if not plain:
                found.append(nothing_left(answer, ("answers", number)))
            elif plain in seen:
                found.append(Fault("Q203", f"'{answer}' is accepted already", ("answers", number), "take it out"))
            seen.add(plain)
        report(found)
        return self

    def shown(self) -> Shown:
        """The stem and one blank."""
        return Shown(self.type, self.stem, self.points, blanks=1)

    def correct_response(self) -> str:
        """The best accepted answer."""
        return markup.to_plain(self.answers[0])

    def keyed(self) -> Keyed:
        """The accepted answers, and what need not agree with them."""
        return Keyed(self.points, accepted=(tuple(self.written_key()),), ignore=self.ignore)

    @staticmethod
    def mark(key: Keyed, response: Response) -> float:
        """All the points or none."""
        right = isinstance(response, str) and accepted(response, key.accepted[0], key.ignore)
        return key.points if right else 0.0

    def key_lines(self) -> tuple[KeyLine, ...]:
        """The accepted answers, the best one first."""
        return tuple(KeyLine("", answer) for answer in self.answers)

    def written_key(self) -> list[str]:
        """The accepted answers."""
        return [markup.to_plain(answer) for answer in self.answers]
