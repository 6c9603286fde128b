"""A text of the candidate's own, marked by hand."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from ..diagnostics import Fault, report
from .base import ItemBase, Keyed, KeyLine, Response, Shown
from .fields import Line, Record


class Criterion(Record):
    """One thing that a good answer has, and what it earns."""

    text: Annotated[Line, Field(description="what is looked for")]
    points: Annotated[
        float | None, Field(ge=0.01, le=1000, description="what it earns; all criteria have points, or none has")
    ] = None


def _criterion(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


CriterionText = Annotated[Criterion, BeforeValidator(_criterion, json_schema_input_type=Line | Criterion)]


class Essay(ItemBase):
    """Write at length (QTI 3 extendedTextInteraction). A person marks it by the `rubric`.

    `lines` is how many lines a printed form leaves, 1 to 60. Where criteria have points, all have, and they sum to
    the item's.
    """

    hand_scored: ClassVar[bool] = True

    type: Annotated[Literal["essay"], Field(description="write at length; a person marks it")]
    lines: Annotated[int, Field(ge=1, le=60, description="how many lines a printed form leaves")] = 8
    rubric: Annotated[
        tuple[CriterionText, ...],
        Field(description="what a good answer has; points, if given, sum to those of the item"),
    ] = ()

    @model_validator(mode="after")
    def _rubric_sums(self) -> Self:
        given = [criterion.points for criterion in self.rubric if criterion.points is not None]
        if given and len(given) < len(self.rubric):
            report(
                [Fault("Q210", "some criteria have points and some have none", ("rubric",), "give all of them points")]
            )
        if given and abs(sum(given) - self.points) > 1e-9:
            report([Fault("Q210", f"the rubric sums to {sum(given):g} points, the item to {self.points:g}", ("rubric",),
                          f"write `points: {sum(given):g}`, or mend the rubric")])  # fmt: skip
        return self

    def shown(self) -> Shown:
        """The stem and lines to write on."""
        return Shown(self.type, self.stem, self.points, lines=self.lines)

    def correct_response(self) -> None:
        """An essay has no key."""

    def keyed(self) -> Keyed:
        """Its points alone."""
        return Keyed(self.points)

    @staticmethod
    def mark(key: Keyed, response: Response) -> float | None:
        """0 for a blank; `None` for whatever was written: a person must read it."""
        return None if isinstance(response, str) and response.strip() else 0.0

    def key_lines(self) -> tuple[KeyLine, ...]:
        """The rubric, with the points of each criterion."""
        return tuple(KeyLine(f"{c.points:g}" if c.points is not None else "•", c.text) for c in self.rubric)

    def written_key(self) -> None:
        """An essay has no key."""
