"""What an article is while it is on its way to a bank file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from . import marks
from .marks import Piece

WEB = re.compile(r"https?://[^\s<>\"]+")
"""A web address."""
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""A language tag."""


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, or a block that is not cut or wrapped (a list, a table, code)."""

    kind: Literal["paragraph", "heading", "fixed"]
    pieces: tuple[Piece, ...] = ()
    fixed: str = ""
    """The text of a block that is not cut, in the Markdown subset of `quizgen.markup`."""

    @cached_property
    def plain(self) -> str:
        """The words, on one line."""
        return marks.plain(self.pieces) if not self.fixed else " ".join(self.fixed.split())

    @cached_property
    def text(self) -> str:
        """The text in the Markdown subset, without line breaks other than those that matter."""
        return self.fixed or marks.markdown(self.pieces, inline=self.kind == "heading")

    @cached_property
    def lines(self) -> list["Block"]:
        """The lines as they were typed, without those that are empty."""
        if self.fixed:
            return [self]
        lines = (Block("paragraph", line) for line in marks.lines(self.pieces))
        return [line for line in lines if line.plain]


def paragraph(text: str) -> Block:
    """A paragraph of plain words; nothing in it is a mark."""
    return Block("paragraph", (Piece("text", text),))


def joined(blocks: Iterable[Block], between: str = " ") -> Block:
    """Paragraphs as one."""
    pieces: list[Piece] = []
    for block in blocks:
        pieces += [Piece("text", between), *block.pieces] if pieces else block.pieces
    return Block("paragraph", tuple(pieces))


class Notes(dict[str, list[str]]):
    """What the author should look over: what was done, and to which words."""

    def add(self, what: str, words: str) -> None:
        """Take something down."""
        self.setdefault(what, []).append(words)

    def lines(self) -> tuple[str, ...]:
        """One line for each thing that was done, with the first of the words."""
        more = {what: f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else "" for what, words in self.items()}
        return tuple(f"{what}: {'; '.join(words[:_SHOWN])}{more[what]}" for what, words in self.items())


_SHOWN = 8


class Unread(NamedTuple):
    """What a reader of one kind of file gives: the facts that the file states as such, and its blocks.

    A text in `pages` may hold what stands at the end of a page: its number, and a running head.
    """

    facts: dict[str, str]
    blocks: Sequence[Block]
    pages: bool = True


@dataclass(frozen=True)
class Source:
    """An article: its text, and what it says about itself. All facts are as they were typed, and plain text."""

    title: str
    author: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    license: str | None = None
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
    """What was left out, mended or not found, each as a line for the author."""


def excerpt(text: str, words: int = 7) -> str:
    """The first words of a text, for a note."""
    found = text.split()
    return " ".join(found[:words])[:80] + (" ..." if len(found) > words or len(" ".join(found[:words])) > 80 else "")
