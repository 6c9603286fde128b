"""Placed blocks -> the content and the structure of pages, as bytes.

A block that stands on many forms in the same order of options is put into bytes once, with holes for what differs:
the numbers of marked content and of objects, and the texts of its slots.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .shapes import Element, Entry, Moving, Part, Piece, Placed, Slot, SlotText, Unstampable

POINTS = 0.75
"""A CSS pixel in points."""

Texts: TypeAlias = Mapping[str, str]
"""Slot -> what stands in it on a form."""


@dataclass(frozen=True)
class Order:
    """The order of a moving list on a form, and what stands in the slot of the entry at each place.

    Without texts the slots show what they show where the list was cut, place by place: letters do not move.
    """

    entries: tuple[int, ...]
    texts: tuple[tuple[str, str], ...] = ()


Orders: TypeAlias = Mapping[str, Order]


class Names:
    """What pieces are called in the content of pages: F0, F1 ... Slots are known by name and text until drawn."""

    def __init__(self, first: int = 0) -> None:
        self.first = first
        self.pieces: dict[Piece, bytes] = {}
        self.slots: dict[SlotText, bytes] = {}

    @property
    def next(self) -> int:
        """The number of the next name."""
        return self.first + len(self.pieces) + len(self.slots)

    def of(self, piece: Piece) -> bytes:
        """The name of a piece."""
        if piece not in self.pieces:
            self.pieces[piece] = b"F%d" % self.next
        return self.pieces[piece]

    def slot(self, name: str, look: str, text: str) -> bytes:
        """The name of what a slot shows."""
        key = (name, look, text)
        if key not in self.slots:
            self.slots[key] = b"F%d" % self.next
        return self.slots[key]


@dataclass
class Compiled:
    """A block as bytes with holes; its places count from its own corner, upwards."""

    content: bytes = b""
    content_holes: tuple[int | Slot, ...] = ()
    """For each hole: the number of the marked content within the block, or the slot whose piece stands there."""
    structure: bytes = b""
    """The elements, one a line."""
    structure_holes: tuple[tuple[int, int], ...] = ()
    """For each hole: what it is (see below), and the number within the block."""
    owners: tuple[int, ...] = ()
    """For each marked content, the element that it belongs to; -1 is the element around the block."""
    elements: int = 0
    roots: tuple[tuple[int, int], ...] = ()
    """What belongs to the element around the block: elements and marked contents, in order."""
    pictures: tuple[tuple[float, float, float, float], ...] = ()
    """Where each picture is: left, top, width and height."""
    links: tuple[tuple[int, str, tuple[float, float, float, float]], ...] = ()
    """Element, target and place of each link."""


OUTER, PAGE, ELEMENT, CONTENT, BOX_X, BOX_Y, LINK = range(7)
"""What a hole of the structure is: the element around the block, its page, an element or a marked content of its own,
a length across or up the page from the block's corner, an annotation."""


@dataclass
class _Node:
    tag: str
    attributes: bytes
    figure: tuple[float, float, float, float] | None
    link: str | None
    parent: int
    kids: list[tuple[int, int]] = field(default_factory=list)


class Compiler:
    """Turns parts into bytes, in one order of their moving lists."""

    def __init__(self, names: Names, orders: Orders, free: Iterable[str]) -> None:
        """`free` are the slots that stay holes, as their texts differ from form to form."""
        self._names, self._orders, self._free = names, orders, frozenset(free)
        self._ops: list[bytes] = []
        self._holes: list[int | Slot] = []
        self._nodes: list[_Node] = []
        self._roots: list[tuple[int, int]] = []
        self._owners: list[int] = []
        self._at = (0.0, 0.0)
        """Where the last piece was placed: the next is placed from there, since steps repeat and so pack well."""

    def compiled(self, parts: Iterable[Part], *, meaning: bool = True) -> Compiled:
        """The parts as bytes; without `meaning` they are furniture of the page, which is marked as a whole."""
        self._furniture = not meaning
        for part in parts:
            self._part(part, 0, 0, -1, {}, meaning=meaning)
        structure: list[bytes] = []
        holes: list[tuple[int, int]] = []
        pictures: list[tuple[float, float, float, float]] = []
        links: list[tuple[int, str, tuple[float, float, float, float]]] = []
        for number, node in enumerate(self._nodes):
            template, found = self._element(node, pictures, len(links))
            structure.append(template)
            holes += found
            if node.link and node.figure:
                links.append((number, node.link, node.figure))
        return Compiled(
            b"\n".join(self._ops), tuple(self._holes), b"\n".join(structure), tuple(holes), tuple(self._owners),
            len(self._nodes), tuple(self._roots), tuple(pictures), tuple(links),
        )  # fmt: skip

    def _part(self, part: Part, x: float, y: float, parent: int, texts: Texts, *, meaning: bool) -> None:
        match part:
            case Placed():
                name = self._names.of(part.piece)
                self._place(name, x + part.x, y + part.y, parent, meaning=meaning and part.meaning)
            case Slot():
                self._slot(part, x, y, parent, texts, meaning=meaning)
            case Element():
                number = self._open(part, x, y, parent) if meaning else -1
                for kid in part.kids:
                    self._part(kid, x, y, number, texts, meaning=meaning)
            case Moving():
                self._move(part, x, y, parent, meaning=meaning)

    def _slot(self, slot: Slot, x: float, y: float, parent: int, texts: Texts, *, meaning: bool) -> None:
        if slot.name in texts or slot.name not in self._free:
            name: bytes | Slot = self._names.slot(slot.name, slot.look, texts.get(slot.name, slot.text))
        else:
            name = slot
        self._place(name, x + slot.x, y + slot.y, parent, meaning=meaning)

    def _move(self, moving: Moving, x: float, y: float, parent: int, *, meaning: bool) -> None:
        order = self._orders.get(moving.name)
        number = self._open(moving.element, x, y, parent) if meaning and moving.element else parent
        places = range(len(moving.entries)) if order is None else order.entries
        found = [moving.entries[place] for place in places]
        if abs(_height(moving, found) - _height(moving, moving.entries)) > 0.01:
            raise Unstampable(f"the list '{moving.name}' is not equally high in every order")
        for place, (entry, top) in enumerate(zip(found, tops(moving, found), strict=True)):
            texts = dict([order.texts[place]]) if order and order.texts else self._letters(moving, place)
            column = moving.x[place % len(moving.x)]
            for kid in entry.kids:
                self._part(kid, x + column, y + moving.y + top, number, texts, meaning=meaning)

    def _letters(self, moving: Moving, place: int) -> Texts:
        """What the slots of the entry at this place show where the list stands as it was cut."""
        return {slot.name: slot.text for slot in _slots(moving.entries[place].kids)}

    def _open(self, element: Element, x: float, y: float, parent: int) -> int:
        box = element.figure and (x + element.figure[0], y + element.figure[1], *element.figure[2:])
        self._nodes.append(_Node(element.tag, element.attributes, box or None, element.link, parent))
        number = len(self._nodes) - 1
        (self._roots if parent < 0 else self._nodes[parent].kids).append((ELEMENT, number))
        return number

    def _place(self, name: bytes | Slot, x: float, y: float, parent: int, *, meaning: bool) -> None:
        shown = b"%s"
        if isinstance(name, bytes):
            shown = name
        right, up = (x - self._at[0]) * POINTS, (self._at[1] - y) * POINTS
        drawn = b"1 0 0 1 %b %b cm/%b Do" % (number(right), number(up), shown)
        self._at = (x, y)
        if meaning:
            tag = b"Span" if parent < 0 else self._nodes[parent].tag.encode()
            self._ops.append(b"/%b<</MCID %%d>>BDC %b EMC" % (tag, drawn))
            self._holes.append(len(self._owners))
            kids = self._roots if parent < 0 else self._nodes[parent].kids
            kids.append((CONTENT, len(self._owners)))
            self._owners.append(parent)
        else:
            self._ops.append(drawn if self._furniture else b"/Artifact BMC %b EMC" % drawn)
        if isinstance(name, Slot):
            self._holes.append(name)

    def _element(
        self, node: _Node, pictures: list[tuple[float, float, float, float]], links: int
    ) -> tuple[bytes, list[tuple[int, int]]]:
        outer = (OUTER, 0) if node.parent < 0 else (ELEMENT, node.parent)
        own = any(kind == CONTENT for kind, _ in node.kids) or node.link is not None
        holes, kids = [outer, *([(PAGE, 0)] if own else [])], []
        attributes = node.attributes.replace(b"%", b"%%")
        if node.figure and not node.link:
            attributes += b"/A<</O/Layout/BBox[%b %b %b %b]>>"
            holes += [(kind, len(pictures)) for kind in (BOX_X, BOX_Y, BOX_X + 10, BOX_Y + 10)]
            pictures.append(node.figure)
        for kind, number in node.kids:
            kids.append(b"%d 0 R" if kind == ELEMENT else b"%d")
            holes.append((kind, number))
        if node.link:
            kids.append(b"<</Type/OBJR/Obj %d 0 R>>")
            holes.append((LINK, links))
        page = b"/Pg %d 0 R" if own else b""
        return b"<</S/%b/P %%d 0 R%b%b/K[%b]>>" % (node.tag.encode(), page, attributes, b" ".join(kids)), holes


def _slots(parts: Iterable[Part]) -> Iterable[Slot]:
    for part in parts:
        if isinstance(part, Slot):
            yield part
        elif isinstance(part, Element):
            yield from _slots(part.kids)


def tops(moving: Moving, entries: Sequence[Entry]) -> list[float]:
    """Where each entry begins, in this order; rows are as high as the highest of their entries."""
    columns = len(moving.x)
    rows = [entries[start : start + columns] for start in range(0, len(entries), columns)]
    found, at = [], 0.0
    for row in rows:
        found += [at] * len(row)
        at += max(entry.height for entry in row) + moving.gap
    return found


def _height(moving: Moving, entries: Sequence[Entry]) -> float:
    last = len(entries) - 1 - (len(entries) - 1) % len(moving.x)
    return tops(moving, entries)[last] + max(entry.height for entry in entries[last:])


def length(pixels: float) -> bytes:
    """A length in points, as PDF writes it."""
    return number(pixels * POINTS)


def number(value: float) -> bytes:
    """A number as PDF writes it: exact enough that no line of text falls on another row of pixels."""
    text = (b"%.5f" % value).rstrip(b"0").rstrip(b".")
    return b"0" if text == b"-0" else text
