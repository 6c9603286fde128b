"""What a laid-out page is cut into: pieces that are drawn once, and how blocks are made of them.

Lengths are in CSS pixels, from the top left. A place inside a block counts from the block's own corner, so that a
block can stand anywhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias


@dataclass(frozen=True, eq=False)
class Piece:
    """Something that is drawn once and placed many times."""

    page: Any
    box: Any
    """What was laid out: a page, and a box of it with nothing in it but this."""
    x: float
    y: float
    """Where its corner is on the page that it was cut from."""


@dataclass(frozen=True)
class Placed:
    """A piece in its place; without meaning it is a decoration that nobody reads (artifact)."""

    piece: Piece
    x: float
    y: float
    meaning: bool = True


@dataclass(frozen=True)
class Slot:
    """A place for a text that differs between forms: a number, a letter, a name."""

    name: str
    look: str
    """What it looks like; slots of one name and look are interchangeable."""
    x: float
    y: float
    text: str
    """What stands there on the page that it was cut from."""


@dataclass(frozen=True)
class Element:
    """An element of the structure (StructElem, ISO 32000-1, 14.7.2) with what it holds, in reading order."""

    tag: str
    kids: tuple["Part", ...]
    attributes: bytes = b""
    """More entries of its dictionary, as PDF writes them."""
    figure: tuple[float, float, float, float] | None = None
    """Where a picture is: x, y, width, height."""
    link: str | None = None
    """Where a link leads."""


@dataclass(frozen=True)
class Entry:
    """An entry of a list whose order differs between forms; places inside count from its own corner."""

    height: float
    kids: tuple["Part", ...]


@dataclass(frozen=True)
class Moving:
    """A list whose entries come in another order on each form: a stack, or rows of equally wide columns."""

    name: str
    x: tuple[float, ...]
    """Where each column begins."""
    y: float
    gap: float
    """Between two rows."""
    entries: tuple[Entry, ...]
    element: Element | None
    """What the list is in the structure, without its entries."""


SlotText: TypeAlias = tuple[str, str, str]
"""Name and look of a slot, and what stands in it."""
Part: TypeAlias = "Placed | Slot | Element | Moving"


@dataclass(frozen=True)
class Margins:
    """What a block keeps free above and below, and whether a page may end there."""

    top: float = 0
    bottom: float = 0
    before: str = "auto"
    after: str = "auto"
    """`break-before` and `break-after`, in CSS's words."""


@dataclass(frozen=True, eq=False)
class Solid:
    """A block that stays in one piece."""

    margins: Margins
    height: float
    parts: tuple[Part, ...]
    role: str = ""


@dataclass(frozen=True, eq=False)
class Lines:
    """A paragraph that may end on the next page."""

    margins: Margins
    tops: tuple[float, ...]
    """Where each line begins, from the paragraph's own top, and last where the last one ends."""
    orphans: int
    widows: int
    parts: Callable[[int, int], tuple[Part, ...]]
    """(first line, line after the last) -> their parts; places count from the page's left and the first line's top."""
    wrap: tuple[Element, ...]
    """What it is in the structure, the outermost element first, without what it holds."""
    role: str = ""


@dataclass(frozen=True, eq=False)
class Group:
    """Blocks one below the other, between which a page may end."""

    margins: Margins
    blocks: tuple["Block", ...]
    wrap: Element | None = None
    """What it is in the structure, without what it holds."""
    role: str = ""


Block: TypeAlias = Solid | Lines | Group


@dataclass(frozen=True)
class Paper:
    """A page without its content: its size, where the content goes, and what stands on every page."""

    width: float
    height: float
    x: float
    y: float
    room: float
    """How high the content may be."""
    foot: tuple[Part, ...] = ()
    """Places count from the foot's own corner."""
    foot_x: float = 0
    foot_y: float = 0
    fold: str | None = None
    """The direction in which it is read, `ltr` or `rtl`, if it is half a sheet that is folded."""


@dataclass(frozen=True)
class Home:
    """Where a slot stands in the HTML of a page."""

    place: int
    """Which of all elements with a slot it is, from 0."""
    draws: bool
    """Whether it has a border or a background of its own."""


@dataclass(frozen=True)
class Specimen:
    """All blocks of a form that holds everything, its page, and its slots with the texts that stand there."""

    paper: Paper
    body: Group
    slots: dict[SlotText, Piece]
    homes: dict[tuple[str, str], Home]
    """Name and look of a slot -> where one stands."""


class Unstampable(ValueError):
    """A template has something that cannot be cut and placed; the message says what."""


def collapsed(margins: Sequence[float]) -> float:
    """What is left of margins that meet (CSS 2.2, 8.3.1)."""
    return max(0, *margins, 0) + min(0, *margins, 0)
