"""What stands on an answer sheet for each item: rows of bubbles, columns of digits, lines to write on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from ..form import Form
from ..items import letter
from ..sheet_geometry import RADIUS, Box, Bubble, BubbleRow

PLACES = 6
"""How many signs a number may have."""
DIGIT, SQUARE = 5.4, 6.4
"""From digit to digit, and the side of a square to write one into."""
IN_PARTS = ("matching", "ordering", "cloze")
_PITCH, _ROW = 6.4, 6.2  # from bubble to bubble, from row to row: about 1/4 inch, as on the sheets that people know
_DIGIT_ROW = 4.9
_NUMBER, _PART = 9.0, 6.0  # the columns for the number of an item, and for that of a prompt, place or gap
_LINE, _RULE = 10.0, 8.5  # a line to write on, the lines of an essay
_LONGEST = 20  # rows that stay together


class Asked(NamedTuple):
    """What a sheet must know of an item."""

    number: int
    type: str
    options: int
    parts: int
    """How many prompts, places, gaps or lines."""
    unit: str


def asked(form: Form) -> tuple[Asked, ...]:
    """The shape of a form, of what is shown only."""
    found = []
    for placed in form.items:
        shown = placed.item.shown()
        parts = len(shown.prompts) or shown.lines or shown.blanks
        found.append(Asked(placed.number, shown.type, len(shown.choices), parts, shown.unit))
    return tuple(found)


class Text(NamedTuple):
    """A text on a sheet; its place is the middle of its left edge. What has no text of its own says what it is."""

    kind: Literal["part", "unit", "by_person", "student_number"]
    text: str
    x: float
    y: float


class Rule(NamedTuple):
    """A line to write on, from its left end."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, eq=False)
class Block:
    """What stands for an item, or for a part of one, whatever its number; places count from its own corner."""

    height: float
    number: float | None
    """At which height the number of the item stands, in the middle; none where there is none."""
    texts: tuple[Text, ...] = ()
    rows: tuple[BubbleRow, ...] = ()
    boxes: tuple[Box, ...] = ()
    rules: tuple[Rule, ...] = ()
    squares: tuple[tuple[float, float], ...] = ()
    """Squares to write a digit into, by their corners."""
    tall: bool = True
    """Whether it is more than one row, so that it stands apart from its neighbours."""
    judged: bool = False
    """Whether its letters are those of true and false."""

    @property
    def read(self) -> list[Text | Bubble]:
        """Texts and bubbles as they are read: row by row, and grids of digits column by column."""
        parts: list[Text | Bubble] = [*self.texts, *(bubble for row in self.rows for bubble in row.bubbles)]
        return parts if self.squares else sorted(parts, key=lambda part: (part.y, part.x))


def widest(item: Asked) -> float:
    """How wide a column must be for the item's longest row."""
    match item.type:
        case "numeric":
            return _NUMBER + PLACES * DIGIT + (14 if item.unit else 0)
        case "short_answer" | "cloze":
            return 54
        case _:
            return _left(item) + (len(_values(item)) - 1) * _PITCH + 2 * RADIUS


@lru_cache(maxsize=1024)
def blocks(item: Asked, width: float) -> tuple[Block, ...]:
    """The blocks of an item in a column of this width; essays have none (`essay`). Equal items have the same ones."""
    match item.type:
        case "multiple_choice" | "multiple_response" | "true_false":
            return tuple(_rows(item, [None], width))
        case "matching" | "ordering":
            return tuple(_rows(item, range(1, item.parts + 1), width))
        case "numeric":
            return (_digits(item),)
        case "cloze":
            return tuple(_lines(item, range(1, item.parts + 1), width))
        case _:
            return tuple(_lines(item, [None], width))


def _left(item: Asked) -> float:
    return _NUMBER + (_PART if item.type in IN_PARTS else 0)


def _values(item: Asked) -> list[str]:
    return ["T", "F"] if item.type == "true_false" else [letter(number) for number in range(item.options)]


class _Row(NamedTuple):
    part: int | None
    opens: bool
    """Whether it is the first row of its part."""
    values: Sequence[str]


def _rows(item: Asked, parts: Sequence[int | None], width: float) -> Iterator[Block]:
    """So many bubbles in a row as the column takes; after many rows a new block begins, with the number again."""
    values, left = _values(item), _left(item)
    fit = max(1, int((width - left + _PITCH - 2 * RADIUS + 1e-6) / _PITCH))
    starts = range(0, len(values), fit)
    rows = [_Row(part, start == 0, values[start : start + fit]) for part in parts for start in starts]
    for first in range(0, len(rows), _LONGEST):
        yield _block(item, rows[first : first + _LONGEST], left, tall=len(rows) > 1)


def _block(item: Asked, rows: Sequence[_Row], left: float, *, tall: bool) -> Block:
    heights = [(n + 0.5) * _ROW for n in range(len(rows))]
    return Block(
        len(rows) * _ROW,
        _ROW / 2,
        tuple(Text("part", f"{r.part}", _NUMBER, y) for r, y in zip(rows, heights, strict=True) if r.part and r.opens),
        tuple(
            BubbleRow(part=row.part, values=tuple(row.values), x=left + RADIUS, y=y, dx=_PITCH)
            for row, y in zip(rows, heights, strict=True)
        ),
        tall=tall,
        judged=item.type == "true_false",
    )


def _digits(item: Asked) -> Block:
    """Columns of a sign or point and ten digits, as many for every number: how long the right one is must not show."""
    texts = (Text("unit", item.unit, _NUMBER + PLACES * DIGIT, SQUARE / 2),) if item.unit else ()
    columns = [("." if n else "-", *"0123456789") for n in range(PLACES)]
    return _grid(columns, _NUMBER, SQUARE / 2, texts)


@lru_cache(maxsize=32)
def number_grid(digits: int) -> Block:
    """The grid for the candidate's own number."""
    return _grid([tuple("0123456789")] * digits, 0, None, (Text("student_number", "", 0, 2),), down=5)


def _grid(
    columns: Sequence[tuple[str, ...]], left: float, number: float | None, texts: tuple[Text, ...], *, down: float = 0
) -> Block:
    """Columns of digits below squares to write them into."""
    top = down + SQUARE + 0.6
    rows = tuple(
        BubbleRow(part=n + 1, values=values, x=left + (n + 0.5) * DIGIT, y=top + _DIGIT_ROW / 2, dy=_DIGIT_ROW)
        for n, values in enumerate(columns)
    )
    squares = tuple((left + n * DIGIT, down) for n in range(len(columns)))
    return Block(top + len(columns[0]) * _DIGIT_ROW, number, texts, rows, squares=squares)


def _lines(item: Asked, gaps: Sequence[int | None], width: float) -> Iterator[Block]:
    """Lines to write on, one for each gap; after many a new block begins, with the number again."""
    left, most, apart = _left(item), _LONGEST // 2, _LINE + 2.6
    for first in range(0, len(gaps), most):
        texts, boxes, rules = [], [], []
        for n, gap in enumerate(gaps[first : first + most]):
            if gap:
                texts.append(Text("part", f"{gap}", _NUMBER, n * apart + _LINE - 3))
            texts.append(Text("by_person", "", left, n * apart + _LINE + 1.2))
            boxes.append(Box(part=gap, x=left, y=n * apart + 0.5, width=width - left, height=_LINE - 0.5))
            rules.append(Rule(left, n * apart + _LINE, width - left))
        yield Block(len(rules) * apart, _LINE - 3, tuple(texts), (), tuple(boxes), tuple(rules))


@lru_cache(maxsize=256)
def essay(lines: int, width: float, room: float) -> tuple[Block, ...]:
    """Ruled space over the whole width, cut where a page ends."""
    most, found = int((room - 3) / _RULE), []
    for first in range(0, lines, most):
        here = min(most, lines - first)
        height, inner = here * _RULE, width - _NUMBER
        box = Box(x=_NUMBER, y=0, width=inner, height=height)
        rules = tuple(Rule(_NUMBER, (n + 1) * _RULE, inner) for n in range(here))
        found.append(Block(height + 3, _RULE - 3, (Text("by_person", "", _NUMBER, height + 1.2),), (), (box,), rules))
    return tuple(found)
