"""Results: what everybody earned, item by item, as `grade` writes it and `analyse` reads it.

Items are known by their full names and options by their ids, so results compare across forms.
"""

from typing import Annotated, Literal

from pydantic import Field, ValidationError
from pydantic_core import to_json

from ..trail import Part


class ItemInfo(Part):
    """An item of the quiz, the same on every form that has it."""

    name: Annotated[str, Field(description="its full name: article/item")]
    type: str
    points: float
    options: Annotated[tuple[str, ...], Field(description="ids of all that can be picked, sorted")] = ()
    right: Annotated[tuple[str, ...], Field(description="ids of the right options, sorted; of an order, in order")] = ()
    dropped: Annotated[bool, Field(description="whether errata say that it does not count")] = False


class Answer(Part):
    """What somebody gave to one item, and what it earned."""

    number: Annotated[int, Field(description="of the item on their form")]
    given: Annotated[
        tuple[str, ...],
        Field(description="ids of options; `prompt=match`; texts, one for each field. Empty for a blank"),
    ] = ()
    earned: Annotated[float | None, Field(description="null where a person must mark it yet")]


class Result(Part):
    """What one candidate handed in and earned."""

    id: str
    name: str
    form: str
    version: Annotated[str | None, Field(description="which of the forms that were dealt it is")] = None
    file: Annotated[str, Field(description="the file that it came in; of a table, with the line")]
    receipt: str = ""
    late: bool = False
    answers: Annotated[dict[str, Answer], Field(description="full name of an item -> answer, in the form's order")]
    earned: Annotated[float, Field(description="of all that is marked")]
    points: Annotated[float, Field(description="what the form is worth")]

    @property
    def unmarked(self) -> int:
        """How many answers a person must mark yet."""
        return sum(answer.earned is None for answer in self.answers.values())


class Results(Part):
    """What a class earned."""

    results: Literal[1] = 1
    quizgen: str
    quiz: str
    quiz_id: str | None
    title: str
    manifest: Annotated[str, Field(description="SHA-256 of the manifest that it was marked by")]
    seats: Annotated[dict[str, tuple[int, int]] | None, Field(description="form id -> row and column, from 1")] = None
    items: tuple[ItemInfo, ...]
    students: tuple[Result, ...]

    def to_json(self) -> bytes:
        """The file that they are kept in."""
        return to_json(self) + b"\n"


def parse(content: bytes) -> Results:
    """The results in a file. Raises `ValueError`, with one line, for what is none."""
    try:
        return Results.model_validate_json(content)
    except ValidationError as problem:
        place = "/".join(map(str, problem.errors(include_url=False, include_input=False)[0]["loc"]))
        raise ValueError(f"'{place}' is not as it should be" if place else "this is no JSON") from None
