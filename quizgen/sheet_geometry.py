"""Where everything is on an answer sheet, in millimetres from the top left corner of the page.

Only what candidates see of the items decides: their types and how many options they have. So a sheet cannot tell
a key, forms with the same shape of items share one geometry, and who reads scans needs nothing but this record.
"""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from .trail import Part

PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}
MODULE = 0.6
"""The side of the smallest square of a code: 4.7 pixels at 200 dpi, 3.5 at 150."""
CODE = 29 * MODULE
"""The side of a code (QR version 3)."""
CORNER = 10.0
"""From the edges of the page to a code: no printer needs more, and it leaves the code its quiet zone."""
RADIUS = 2.1


class Bubble(NamedTuple):
    """A bubble: whoever fills it says `value` for a part of an item; without an item, for a digit of their number."""

    item: int | None
    part: int | None
    value: str
    x: float
    y: float


class BubbleRow(Part):
    """Bubbles at equal distances, side by side or one below the other."""

    item: Annotated[int | None, Field(description="number of the item; null in the candidate's number")] = None
    part: Annotated[
        int | None, Field(description="prompt of a matching, place of an ordering, column of digits; from 1")
    ] = None
    values: Annotated[tuple[str, ...], Field(description="letters in the printed alphabet, or digits, - and .")]
    x: Annotated[float, Field(description="centre of the first one")]
    y: float
    dx: Annotated[float, Field(description="from one to the next")] = 0
    dy: float = 0

    @property
    def bubbles(self) -> Iterator[Bubble]:
        """Each of them in its place."""
        for n, value in enumerate(self.values):
            yield Bubble(self.item, self.part, value, round(self.x + n * self.dx, 3), round(self.y + n * self.dy, 3))


class Box(Part):
    """A place to write in, which a person reads."""

    item: int | None = None
    part: Annotated[int | None, Field(description="gap of a cloze, from 1")] = None
    x: float
    y: float
    width: float
    height: float


class SheetPage(Part):
    """What stands on one page."""

    rows: tuple[BubbleRow, ...]
    boxes: tuple[Box, ...] = ()

    @property
    def bubbles(self) -> tuple[Bubble, ...]:
        """All bubbles of the page."""
        return tuple(bubble for row in self.rows for bubble in row.bubbles)


class SheetGeometry(Part):
    """An answer sheet in millimetres, from the top left; places of bubbles and codes are those of their centres,
    that of a box is its top left corner.

    Each page has a code in every corner: 1 top left, 2 top right, 3 bottom left, 4 bottom right.
    """

    paper: Literal["a4", "letter"]
    width: float
    height: float
    code: Annotated[float, Field(description="side of a code, without its quiet zone")] = CODE
    radius: Annotated[float, Field(description="radius of every bubble")] = RADIUS
    corners: Annotated[tuple[tuple[float, float], ...], Field(description="centres of the codes 1 to 4")]
    pages: tuple[SheetPage, ...]
