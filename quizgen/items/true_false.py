"""A statement to be judged."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..diagnostics import Fault, one_of, report
from .base import Choice, ItemBase, Keyed, KeyLine, Response

_JUDGEMENTS = (Choice("true", "True"), Choice("false", "False"))


def _judgement(value: Any) -> Any:
    if isinstance(value, str):
        if value.lower() not in ("true", "false"):
            report([Fault("Q201", f"'{value}' is not one of the options", hint=one_of(("true", "false")))])
        return value.lower() == "true"
    return value


_Judgement = Annotated[bool, BeforeValidator(_judgement), WithJsonSchema({"type": "boolean"})]


class TrueFalse(ItemBase):
    """Judge the statement in the stem. True always stands first, so there is no order to shuffle."""

    type: Annotated[Literal["true_false"], Field(description="judge the statement in the stem")]
    answer: Annotated[_Judgement, Field(description="whether the statement is true")]

    @property
    def offered(self) -> tuple[Choice, ...]:
        """True and False."""
        return _JUDGEMENTS

    @property
    def printed(self) -> tuple[Choice, ...]:
        """True and False, in this order."""
        return _JUDGEMENTS

    def correct_response(self) -> str:
        """`true` or `false`."""
        return "true" if self.answer else "false"

    def keyed(self) -> Keyed:
        """What is right."""
        return Keyed(self.points, (self.correct_response(),))

    @staticmethod
    def mark(key: Keyed, response: Response) -> float:
        """All the points or none."""
        return key.points if response == key.right[0] else 0.0

    def key_lines(self) -> tuple[KeyLine, ...]:
        """The letter T or F with its word."""
        return (KeyLine("T", "True") if self.answer else KeyLine("F", "False"),)

    def written_key(self) -> list[str]:
        """T or F."""
        return ["T" if self.answer else "F"]
