"""What a form must hold (test specification): how many items, from which articles, for how many points."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypeAlias

from pydantic import Field

from .diagnostics import Diagnostic, Span, error
from .document import Document
from .files import read_bytes
from .items import Record
from .items.fields import Id, Line
from .source import parse
from .validation import validate


class Blueprint(Record):
    """What every form of a quiz holds. What is not said is not demanded: without `items` and `points`, all items."""

    quiz: Annotated[Id, Field(description="names the quiz and the folder that a build writes")]
    title: Annotated[Line | None, Field(description="printed above the form; the article's title by default")] = None
    articles: Annotated[tuple[Id, ...], Field(description="ids of the articles to draw from; all by default")] = ()
    items: Annotated[int | None, Field(ge=1, le=1000, description="how many items a form has")] = None
    points: Annotated[float | None, Field(ge=0.01, le=100_000, description="how many points they have in all")] = None
    minutes: Annotated[float | None, Field(ge=1, le=1000, description="how long candidates have")] = None


Places: TypeAlias = Callable[[str], Span]
"""Where a demand of the blueprint was made: by its key."""


@dataclass(frozen=True)
class BlueprintFile:
    """A blueprint and the file that it stands in."""

    blueprint: Blueprint
    document: Document

    def at(self, key: str) -> Span:
        """Where the value of a key stands."""
        return self.document.span((key,))


def read(path: Path) -> tuple[BlueprintFile | None, list[Diagnostic]]:
    """The blueprint in a file, and what is wrong with it."""
    content, found = read_bytes(path)
    if content is None:
        return None, found
    document, found = parse(content, str(path))
    if document is None:
        return None, found
    if not document.data:
        hint = "start with `quiz:`; docs/blueprint.md has an example"
        return None, [*found, error("Q101", "the file is empty", document.span(), hint)]
    blueprint, wrong = validate(Blueprint, document, document.data)
    return (BlueprintFile(blueprint, document) if blueprint else None), found + wrong
