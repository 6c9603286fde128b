"""Texts without a page: what an author wrote as one block after the other, for those who hear it or feel it.

Tables come row by row with their headings, and nothing depends on where it stands. `Wording` is a `markup.Medium` that
says in words what is not text; `blocks` takes apart the HTML that `markup` makes with it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lxml import html as reader
from lxml.html import HtmlElement
from markupsafe import escape

from .. import markup
from .lines import citing
from .student import StudentSet

WIDTH = 80
"""Columns of a line of text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, an entry of a list with its mark (`1. `), a row of a table, or code, which keeps its lines."""

    text: str
    mark: str = ""
    kind: Literal["text", "code"] = "text"


@dataclass(frozen=True)
class Wording:
    """A medium of words alone."""

    said: Mapping[str, str]
    kind: Literal["text", "script"]
    """How the words of the templates for it begin."""
    tex: Callable[[str], str]
    """How a formula is written."""

    def image(self, source: str, alt: str) -> str:
        """What it shows."""
        return escape(_filled(self.said[f"{self.kind}_picture"], alt=alt))

    def formula(self, tex: str, *, display: bool) -> str:
        """The formula as words, or as TeX."""
        return escape(self.tex(tex))

    def gap(self, number: int) -> str:
        """The number of the gap; it is not parted at the end of a line."""
        return escape(_filled(self.said[f"{self.kind}_gap"], n=number).replace(" ", "\u00a0"))


class Texts:
    """The texts of one set of items, as blocks."""

    def __init__(self, item_set: StudentSet | None, wording: Wording) -> None:
        passage = item_set.passage.text if item_set and item_set.passage else None
        self._wording, self._cited = wording, citing(passage, wording.said)

    def blocks(self, text: str, *, gaps: bool = False) -> list[Block]:
        """Paragraphs, entries, rows."""
        page = markup.to_html(text, self._wording, gaps=gaps, cited=self._cited)
        return list(_flow(reader.fromstring(f"<div>{page}</div>"), self._wording))

    def line(self, text: str) -> str:
        """The text on one line."""
        page = markup.to_html(text, self._wording, inline=True, cited=self._cited)
        return " ".join(block.text for block in _flow(reader.fromstring(f"<div>{page}</div>"), self._wording))


def _filled(text: str, **values: object) -> str:
    """Not by `format`: a text that is filled in may have braces."""
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


# --- HTML -> blocks ---------------------------------------------------------------------------------------------

_BLOCKS = ("p", "ul", "ol", "li", "table", "pre")
_BREAK = "\u2028"
_STRESS = {"strong": "*", "em": "_"}
_SPACE = re.compile(r"[ \t\r\n\f]+")


def _flow(element: HtmlElement, wording: Wording) -> Iterator[Block]:
    """The blocks of an element; texts between them are blocks, too."""
    loose = element.text or ""
    for child in element:
        if child.tag not in _BLOCKS:
            loose += _inline(child) + (child.tail or "")
            continue
        if text := _set(loose):
            yield Block(text)
        yield from _block(child, wording)
        loose = child.tail or ""
    if text := _set(loose):
        yield Block(text)


def _block(element: HtmlElement, wording: Wording) -> Iterator[Block]:
    match element.tag:
        case "ul" | "ol":
            first = int(element.get("start", "1"))
            for number, entry in enumerate(element, start=first):
                mark = f"{number}. " if element.tag == "ol" else "- "
                for place, block in enumerate(_flow(entry, wording)):
                    yield replace(block, mark=(" " * len(mark) if place else mark) + block.mark)
        case "table":
            yield from _table(element, wording)
        case "pre":
            yield Block(element.text_content().rstrip("\n"), kind="code")
        case _:
            yield from _flow(element, wording)


def _table(table: HtmlElement, wording: Wording) -> Iterator[Block]:
    """Each row on its own, each cell with the heading of its column."""
    heads, *rows = [[_set(_inline(cell)) for cell in row] for row in table.iter("tr")]
    yield Block(_filled(wording.said[f"{wording.kind}_table"], columns=len(heads), rows=len(rows)))
    for number, cells in enumerate(rows, start=1):
        named = (f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=False))
        yield Block("; ".join(named), f"{_filled(wording.said['row'], n=number)} ")


def _inline(element: HtmlElement) -> str:
    """The words of an element; those that stand out come between signs, as in a mail."""
    if element.tag == "br":
        return _BREAK
    words = (element.text or "") + "".join(_inline(child) + (child.tail or "") for child in element)
    sign = _STRESS.get(str(element.tag), "")
    return f"{sign}{words}{sign}"


def _set(text: str) -> str:
    """White space as one space each, and the line breaks that an author asked for."""
    return "\n".join(_SPACE.sub(" ", line).strip() for line in text.split(_BREAK)).strip()


# --- Lines ------------------------------------------------------------------------------------------------------

_WIDE = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uff9f"
_CLOSING = "、。，．：；？！）］｝」』】〉》"
_PIECE = re.compile(rf"[{_WIDE}][{_CLOSING}]*|[^ {_WIDE}]+| ")


def wrapped(text: str, mark: str = "") -> Iterator[str]:
    """The text on lines of `WIDTH` columns, those after the first as far in as the mark is long.

    Breaks at spaces, and between ideographs; a word that is longer than a line stays in one piece.
    """
    for part in text.split("\n"):
        line, used = mark, len(mark)
        for piece in _PIECE.findall(part):
            if used + _columns(piece) > WIDTH and line.strip():
                yield line.rstrip()
                line = mark = " " * len(mark)
                used = len(mark)
            if piece != " " or line.strip():
                line, used = line + piece, used + _columns(piece)
        yield line.rstrip()
        mark = " " * len(mark)


def _columns(text: str) -> int:
    """How many columns a text takes where all letters are equally wide."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def laid_out(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of blocks, with an empty one between paragraphs but not between entries or rows."""
    for before, block in zip((None, *blocks), blocks, strict=False):
        if before and not (before.mark and block.mark):
            yield ""
        if block.kind == "code":
            indent = " " * len(block.mark)
            yield from (f"{indent}{line}".rstrip() for line in block.text.split("\n"))
        else:
            yield from wrapped(block.text, block.mark)
