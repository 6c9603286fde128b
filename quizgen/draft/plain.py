"""A plain text -> its paragraphs and verses. Nothing in it is a mark: what looks like one is text."""

import re

from ..diagnostics import Diagnostic
from .breaks import mend_hyphens
from .marks import BREAK, Piece
from .model import Block, Notes, Unread

_BLANK = re.compile(r"\n[^\S\n]*\n\s*|\s*\f\s*")
_LONG = 120
"""A line that is longer was not broken to fit a page: it is a paragraph."""
_VERSE = 60
"""A line of verse is shorter, and starts with a capital letter."""


def read(text: str, name: str, notes: Notes) -> tuple[Unread | None, list[Diagnostic]]:
    """The paragraphs of a text: what empty lines divide; where there are none, what is indented; else its lines."""
    text = mend_hyphens(text, notes)
    blocks = [block for part in _BLANK.split(text) for block in _paragraphs(part)]
    return Unread({}, blocks), []


def _paragraphs(text: str) -> list[Block]:
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    if not lines:
        return []
    indented = [number for number, line in enumerate(lines) if number and line[0] in " \t\u3000"]
    if max(map(len, lines)) > _LONG:
        starts = list(range(len(lines)))
    elif 0 < len(indented) <= (len(lines) - 1) / 2 and len(lines) > 2:
        starts = [0, *indented]
    else:
        starts = [0]
    ends = [*starts[1:], len(lines)]
    return [_paragraph([line.strip() for line in lines[start:end]]) for start, end in zip(starts, ends, strict=True)]


def _paragraph(lines: list[str]) -> Block:
    verse = len(lines) > 2 and all(
        len(line) < _VERSE and (line.lstrip("\"'“‘—-") or "x")[0].isupper() for line in lines
    )
    if not verse:
        return Block("paragraph", (Piece("text", "\n".join(lines)),))
    pieces = [piece for line in lines for piece in (Piece("text", line), BREAK)]
    return Block("paragraph", tuple(pieces[:-1]))
