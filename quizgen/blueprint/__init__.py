"""What a form must hold (test specification), and how its forms are to differ.

A key that takes a list says *from which* items are taken; one that takes a mapping says *how many of each* there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from ..diagnostics import Diagnostic, Span, error
from ..document import Document
from ..files import read_bytes
from ..source import parse as parse_yaml
from ..validation import validate
from .demands import Avoid, Blueprint, Demands, Order, SectionPlan, Tolerance
from .ranges import Range

__all__ = [
    "Avoid", "Blueprint", "BlueprintFile", "Demands", "Order", "Places", "Range", "SectionPlan", "Tolerance", "parse",
    "read",
]  # fmt: skip

Places: TypeAlias = Callable[..., Span]
"""Where a demand of the blueprint was made: by the path to it, key by key."""


@dataclass(frozen=True)
class BlueprintFile:
    """A blueprint and the file that it stands in."""

    blueprint: Blueprint
    document: Document

    def at(self, *path: str | int) -> Span:
        """Where the value at the end of a path of keys stands, or the nearest above it."""
        return self.document.span(path)


def read(path: Path) -> tuple[BlueprintFile | None, list[Diagnostic]]:
    """The blueprint in a file, and what is wrong with it."""
    content, found = read_bytes(path)
    return parse(content, str(path)) if content is not None else (None, found)


def parse(content: bytes | str, file: str) -> tuple[BlueprintFile | None, list[Diagnostic]]:
    """The blueprint that a text is, and what is wrong with it."""
    document, found = parse_yaml(content, file)
    if document is None:
        return None, found
    if not document.data:
        hint = "start with `quiz:`; docs/blueprint.md has an example"
        return None, [*found, error("Q101", "the file is empty", document.span(), hint)]
    blueprint, wrong = validate(Blueprint, document, document.data)
    return (BlueprintFile(blueprint, document) if blueprint else None), found + wrong
