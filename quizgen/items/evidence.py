"""What proves a key: words of the passage, by quotation or by number."""

import re
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from ..diagnostics import Fault, report
from .fields import AnyText, NumberSpan, Record, Text

_Digest = Annotated[str, WithJsonSchema({"type": ["string", "number"], "pattern": "^[0-9a-f]{8}$"})]


class Evidence(Record):
    """The words of the passage that make the key right: a quotation, or a paragraph or lines by their number.

    Paragraphs are separated by empty lines, lines are those that were typed and are not empty; both count from 1. A
    reference would not notice an edit; so it records by its `digest` what stood there (`digest` of the words).
    """

    quote: Annotated[Text | None, Field(description="the exact words; they stand in the passage once")] = None
    paragraph: Annotated[int | None, Field(ge=1, description="the number of a paragraph of the passage, from 1")] = None
    lines: Annotated[NumberSpan | None, Field(description="the lines of it, without empty ones: 4, or 3-5")] = None
    digest: Annotated[
        _Digest | None, Field(description="of the words at that place; quizgen check --fix writes it")
    ] = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        given = [name for name in ("quote", "paragraph", "lines") if getattr(self, name) is not None]
        if len(given) != 1:
            message = "one of quote, paragraph and lines is needed" if not given else f"{' and '.join(given)} at once"
            report([Fault("Q105", message, hint="quote the words, or name a paragraph, or lines such as 3-5")])
        return self

    def within(self, passage: str) -> str | None:
        """The words that are meant, as they stand in the passage's text; `None` where there is no such part."""
        if self.quote is not None:
            return self.quote
        parts = paragraphs(passage) if self.paragraph is not None else _typed_lines(passage)
        first, last = self.lines or (self.paragraph or 1, self.paragraph or 1)
        return "\n".join(parts[first - 1 : last]) if last <= len(parts) else None


def paragraphs(text: str) -> list[str]:
    """The parts of a text between empty lines."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text) if part.strip()]


def _typed_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _quotations(value: Any) -> Any:
    if isinstance(value, list):
        return tuple({"quote": entry} if isinstance(entry, str) else entry for entry in value)
    return ({"quote": value} if isinstance(value, str) else value,)


Evidences = Annotated[
    tuple[Evidence, ...],
    Field(min_length=1),
    BeforeValidator(_quotations, json_schema_input_type=AnyText | Evidence | list[AnyText | Evidence]),
]
"""What proves a key, as an author writes it: a quotation, a reference, or several."""
