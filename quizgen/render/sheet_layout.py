"""The pages of an answer sheet: items in columns, each kept whole, and essays over the whole width."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal, NamedTuple, TypeAlias

from ..sheet_geometry import CODE, CORNER, PAPERS, Box, BubbleRow, SheetGeometry, SheetPage
from .sheet_blocks import DIGIT, IN_PARTS, Asked, Block, blocks, essay, number_grid, widest

EDGE, GUTTER = 13.0, 6.0
TOP = 33.0
"""Where what is between the codes ends, and the rest begins."""
_HELP = 35.0  # the height of the instructions, where no grid stands beside them
_COLUMNS = (5, 4, 3, 2)


class Placed(NamedTuple):
    """A block in its place, with the number of its item; the candidate's own number has none."""

    block: Block
    number: int | None
    x: float
    y: float


Waiting: TypeAlias = tuple[int, Block]
"""A block with the number of its item."""
Column: TypeAlias = "list[tuple[Waiting, float]]"
"""Blocks with their heights in the column."""


@dataclass(frozen=True)
class Sheet:
    """A sheet that is laid out: its geometry, and what stands on each page."""

    geometry: SheetGeometry
    pages: tuple[tuple[Placed, ...], ...]
    top: float
    """Where items begin on the first page; on others it is `TOP`."""
    help_width: float
    """How much room there is for the instructions on the first page."""


def laid_out(items: Sequence[Asked], paper: Literal["a4", "letter"], digits: int) -> Sheet:
    """The sheet for items of this shape, with a grid for a number of so many digits, or without one for 0."""
    width, height = PAPERS[paper]
    right, top = width - EDGE - digits * DIGIT, TOP + _HELP
    grid: tuple[Placed, ...] = ()
    if digits:
        grid = (Placed(number_grid(digits), None, right, TOP),)
        top = TOP + grid[0].block.height + 7
    pages = _pages(items, width - 2 * EDGE, (top, TOP), height - CORNER - CODE - 4)
    pages[0][:0] = grid
    edge = CORNER + CODE / 2
    geometry = SheetGeometry(
        paper=paper,
        width=width,
        height=height,
        corners=tuple((x, y) for y in (edge, height - edge) for x in (edge, width - edge)),
        pages=tuple(map(_page, pages)),
    )
    return Sheet(geometry, tuple(map(tuple, pages)), top, right - EDGE - (9 if digits else 0))


def _page(found: Sequence[Placed]) -> SheetPage:
    def there(part: BubbleRow | Box, placed: Placed) -> dict[str, float | None]:
        return {"item": placed.number, "x": round(part.x + placed.x, 3), "y": round(part.y + placed.y, 3)}

    return SheetPage(
        rows=tuple(row.model_copy(update=there(row, placed)) for placed in found for row in placed.block.rows),
        boxes=tuple(box.model_copy(update=there(box, placed)) for placed in found for box in placed.block.boxes),
    )


def _pages(items: Sequence[Asked], width: float, tops: tuple[float, float], bottom: float) -> list[list[Placed]]:
    """All blocks in their places; `tops` is where they begin on the first page and on the others."""
    narrow, wide = [i for i in items if i.type != "essay"], [i for i in items if i.type == "essay"]
    columns = _columns(narrow, width)
    column = (width - (columns - 1) * GUTTER) / columns
    waiting = [(item.number, block) for item in narrow for block in blocks(item._replace(number=0), column)]
    pages: list[list[Placed]] = []
    end = tops[0]
    while waiting or not pages:
        top = tops[min(len(pages), 1)]
        filled = _balanced(waiting, columns, bottom - top)
        lefts = [EDGE + n * (column + GUTTER) for n in range(columns)]
        found = zip(lefts, filled, strict=False)
        pages.append([Placed(block, n, x, top + y) for x, placed in found for (n, block), y in placed])
        end = max((placed.y + placed.block.height for placed in pages[-1]), default=top)
        waiting = waiting[len(pages[-1]) :]
    for number, block in ((i.number, block) for i in wide for block in essay(i.parts, width, bottom - tops[1])):
        if end + 4 + block.height > bottom:
            pages.append([])
            end = tops[1] - 4
        pages[-1].append(Placed(block, number, EDGE, end + 4))
        end += 4 + block.height
    return pages


def _columns(items: Sequence[Asked], width: float) -> int:
    """As many columns as take the widest row whole, but not so many that each would hold only a few rows."""
    needed = max(map(widest, items), default=0)
    rows = sum(item.parts if item.type in IN_PARTS else 10 if item.type == "numeric" else 1 for item in items)
    for columns in _COLUMNS[:-1]:
        if (width - (columns - 1) * GUTTER) / columns >= needed and ceil(rows / columns) >= 5:
            return columns
    return _COLUMNS[-1]


def _filled(waiting: Sequence[Waiting], columns: int, room: float) -> list[Column]:
    """So many of the blocks as fit, column by column."""
    filled: list[Column] = [[]]
    before: Waiting | None = None
    y = 0.0
    for number, block in waiting:
        if before and before[0] != number and (block.tall or before[1].tall or number % 5 == 1):
            y += 2.4
        if before and y + block.height > room + 1e-6:
            if len(filled) == columns:
                break
            filled.append([])
            y = 0.0
        before = number, block
        filled[-1].append((before, y))
        y += block.height
    return filled


def _balanced(waiting: Sequence[Waiting], columns: int, room: float) -> list[Column]:
    """Columns that are about equally long, where all blocks fit on the page; else all that fit."""
    filled = _filled(waiting, columns, room)
    if sum(map(len, filled)) < len(waiting):
        return filled
    height = sum(block.height for _, block in waiting) / columns
    while height < room:
        shorter = _filled(waiting, columns, height)
        if sum(map(len, shorter)) == len(waiting):
            return shorter
        height += 1.0
    return filled
