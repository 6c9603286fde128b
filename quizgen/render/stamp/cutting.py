"""A page that WeasyPrint laid out -> blocks and pieces.

WeasyPrint's box tree (`tree`) is not a public interface: its version is pinned, and the tests hold what is made of it
against what WeasyPrint itself prints.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes

from . import tree
from .shapes import (
    Block,
    Element,
    Entry,
    Group,
    Home,
    Lines,
    Margins,
    Moving,
    Paper,
    Part,
    Piece,
    Placed,
    Slot,
    SlotText,
    Solid,
    Specimen,
    Unstampable,
)  # fmt: skip
from .writing import pdf_text

_ROLES = ("set", "item", "entry", "article", "part", "cell")
"""Classes that say what a block is."""
_TAGS = {
    "p": "P", "li": "LI", "ul": "L", "ol": "L", "section": "Sect", "blockquote": "BlockQuote", "pre": "Code",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tr": "TR", "th": "TH", "td": "TD", "caption": "Caption",
    "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
}  # fmt: skip
_ATTRIBUTES = {
    "L": b"/A<</O/List/ListNumbering/None>>",
    "TH": b"/A<</O/Table/Scope/Column>>",
}
_LETTERED = b"/A<</O/List/ListNumbering/UpperAlpha>>"
_SLACK = 0.02
"""Two lengths that differ by less, in CSS pixels, are the same."""


def specimen(pages: Sequence[Any]) -> Specimen:
    """What a form that holds everything is made of; its endless pages begin where a break is forced.

    Raises `Unstampable`.
    """
    slots, homes, drawing = dict[SlotText, Piece](), dict[tuple[str, str], Any](), set[tuple[str, str]]()
    cutters = [_Cutter(page._page_box, slots, homes, drawing) for page in pages]
    roots = [next(box for box in cutter.page.children if not isinstance(box, boxes.MarginBox)) for cutter in cutters]
    bodies = [
        (box, cutter)
        for root, cutter in zip(roots, cutters, strict=True)
        for box in root.children
        if box.element_tag == "body"
    ]
    paper, flow = _paper(cutters[0]), _group(bodies, None)
    elements = [element for element in roots[0].element.iter() if element.get("data-slot")]
    places = {id(element): place for place, element in enumerate(elements)}
    found = {key: Home(places[id(element)], key in drawing) for key, element in homes.items()}
    return Specimen(paper, flow, slots, found)


def spares(pages: Sequence[Any]) -> Iterator[Piece]:
    """What stands in the slots of these pages, in order: a line each, where there are several lines in one."""
    for page in pages:
        for found in tree.descendants(page._page_box):
            if tree.data(found, "slot"):
                yield from _lines_of(found, page._page_box)


def _lines_of(box: Any, page: Any) -> Iterator[Piece]:
    lines = [child for child in tree.children(box) if isinstance(child, boxes.LineBox)]
    for line in lines if len(lines) > 1 else ():
        twin = box.copy_with_children([line])
        twin.position_y += line.position_y - lines[0].position_y
        twin.height = line.height
        yield Piece(page, twin, twin.position_x, twin.position_y)
    if len(lines) <= 1:
        yield Piece(page, box, box.position_x, box.position_y)


def _paper(cutter: "_Cutter") -> Paper:
    """The page's frame; its foot is what stands in the one margin box that has anything in it."""
    page = cutter.page
    room = Paper(page.margin_width(), page.margin_height(), page.content_box_x(), page.content_box_y(), page.height)
    feet = [box for box in page.children if isinstance(box, boxes.MarginBox) and box.children]
    if not feet:
        return room
    if len(feet) > 1:
        raise Unstampable("more than one margin of the page has something in it")
    foot = feet[0]
    parts = tuple(cutter.parts(foot.children, foot.position_x, foot.position_y))
    return replace(room, foot=parts, foot_x=foot.position_x, foot_y=foot.position_y)


# --- Blocks ----------------------------------------------------------------------------------------------------


_Part: TypeAlias = "tuple[Any, _Cutter]"
"""A box, and the cutter of its page."""


def _group(parts: Sequence[_Part], owner: Any) -> Group:
    """A block that breaks between its children, on one page or several; `owner` is the HTML element around it."""
    first, last = parts[0][0], parts[-1][0]
    if any(tree.decorated(box) for box, _ in parts):
        raise Unstampable(f"{_named(first)} may break, and has a border, a padding or a background")
    children = [(child, cutter) for box, cutter in parts for child in tree.children(box) if not tree.empty(child)]
    runs = groupby(children, lambda part: id(part[0].element) if part[0].element is not first.element else id(part[0]))
    blocks = tuple(_block(list(run), first.element) for _, run in runs)
    margins = replace(_margins(first), bottom=last.margin_bottom, after=last.style["break_after"])
    return Group(margins, blocks, _element(first, owner), _role(first))


def _block(parts: Sequence[_Part], owner: Any) -> Block:
    box, cutter = parts[0]
    if box.is_floated() or box.is_absolutely_positioned():
        raise Unstampable(f"{_named(box)} floats between blocks")
    whole = box.style["break_inside"] in ("avoid", "avoid-page") or not isinstance(box, boxes.BlockBox)
    lines = [child for child in tree.children(box) if isinstance(child, boxes.LineBox)]
    whole = whole or box.is_table_wrapper or tree.data(box, "slot") is not None
    if len(parts) > 1 and (whole or lines):
        raise Unstampable(f"{_named(box)} is on two pages")
    if whole:
        return _solid(box, owner, cutter)
    return _lines(box, owner, lines, cutter) if lines else _group(parts, owner)


def _solid(box: Any, owner: Any, cutter: "_Cutter") -> Solid:
    parts = tuple(cutter.parts([box], 0, box.border_box_y(), owner))
    return Solid(_margins(box), box.border_height(), parts, _role(box))


def _lines(box: Any, owner: Any, lines: Sequence[Any], cutter: "_Cutter") -> Lines:
    if tree.decorated(box):
        raise Unstampable(f"{_named(box)} may break, and has a border, a padding or a background")
    beside = [child for child in box.children if not isinstance(tree.placed(child), boxes.LineBox)]
    top = lines[0].position_y
    tops = (*(line.position_y - top for line in lines), lines[-1].position_y + lines[-1].height - top)

    @cache
    def parts(first: int, last: int) -> tuple[Part, ...]:
        """What stands in these lines."""
        some = box.copy_with_children([*(() if first else beside), *lines[first:last]])
        return tuple(cutter.inline(some, 0, lines[first].position_y))

    element = _element(box, owner) or Element("LBody" if box.element_tag == "li" else "P", ())
    wrap = (element, Element("LBody", ())) if element.tag == "LI" else (element,)
    return Lines(_margins(box), tops, box.style["orphans"], box.style["widows"], parts, wrap, _role(box))


def _named(box: Any) -> str:
    return f"<{box.element_tag} class={tree.classes(box)!r}>"


def _margins(box: Any) -> Margins:
    style = box.style
    return Margins(box.margin_top, box.margin_bottom, style["break_before"], style["break_after"])


# --- Pieces ----------------------------------------------------------------------------------------------------


class _Cutter:
    """Cuts boxes into parts; a slot that it meets is kept by its name and its text."""

    def __init__(
        self, page: Any, slots: dict[SlotText, Piece], homes: dict[tuple[str, str], Any], drawing: set[tuple[str, str]]
    ) -> None:
        self.page, self.slots, self.homes, self.drawing = page, slots, homes, drawing

    def piece(self, box: Any) -> Piece:
        """The box as a piece; it is placed by its corner."""
        return Piece(self.page, box, box.position_x, box.position_y)

    def parts(
        self, found: Sequence[Any], x: float, y: float, owner: Any = None, *, inside: bool = False
    ) -> Iterator[Part]:
        """The parts of boxes in a place; `owner` is the HTML element around them.

        `inside` an element that takes text, it needs no paragraph of its own; else what stands alone, such as an
        item's number, becomes the beginning of the paragraph after it.
        """
        loose: list[Part] = []
        for box in found:
            for part in self._box(tree.placed(box), x, y, owner, inside=inside):
                whole = isinstance(part, Element | Moving) or (isinstance(part, Placed) and not part.meaning)
                if inside or whole:
                    if loose and isinstance(part, Element) and part.tag == "P":
                        part, loose = replace(part, kids=(*loose, *part.kids)), []
                    yield part
                else:
                    loose.append(part)
        if loose:
            yield Element("P", tuple(loose))

    def _box(self, box: Any, x: float, y: float, owner: Any, *, inside: bool) -> Iterator[Part]:
        if name := tree.data(box, "slot"):
            yield self.slot(box, name, x, y)
        elif name := tree.data(box, "move"):
            yield self._moving(box, name, x, y)
        elif not tree.speaks(box):
            if tree.paints(box):
                yield Placed(self.piece(box), box.position_x - x, box.position_y - y, meaning=False)
        elif isinstance(box, boxes.ReplacedBox):
            yield self._picture(box, x, y)
        else:
            yield from self._container(box, x, y, owner, inside=inside)

    def _container(self, box: Any, x: float, y: float, owner: Any, *, inside: bool) -> Iterator[Part]:
        """A box that holds others, or lines; its border and background are drawn by themselves."""
        if getattr(box, "is_table_wrapper", False):
            bare = self.piece(tree.hollow(box))
            yield Placed(bare, box.position_x - x, box.position_y - y, meaning=False)
        elif tree.draws(box) and not isinstance(box, tree.TABLE_PARTS):
            bare = self.piece(box.copy_with_children([]))
            yield Placed(bare, box.position_x - x, box.position_y - y, meaning=False)
        lines = any(isinstance(tree.placed(child), boxes.LineBox) for child in box.children)
        alone = lines and not inside and not box.is_floated()
        element = _element(box, owner) or (Element("P", ()) if alone else None)
        holds = inside or (element is not None and element.tag in ("LI", "TH", "TD", "Caption"))
        if lines:
            kids = tuple(self.inline(tree.bare(box), x, y))
        else:
            kids = tuple(self.parts(tree.held(box), x, y, box.element, inside=holds))
        if element and element.tag == "LI":
            yield _entry(element, kids)
        elif element:
            yield replace(element, kids=kids)
        else:
            yield from kids

    def inline(self, box: Any, x: float, y: float) -> Iterator[Part]:
        """The parts of a paragraph's lines: runs of text, with what stands for itself between them."""
        run: list[Any] = []
        for atom in tree.atoms(box):
            if not tree.special(atom):
                run.append(atom)
                continue
            yield from self._run(box, run, x, y)
            run = []
            if link := tree.link(atom):
                parts = tuple(self._run(box, [atom], x, y))
                yield Element("Link", parts, link=link, figure=_frame(atom, x, y))
            else:
                yield from self._box(atom, x, y, box.element, inside=True)
        yield from self._run(box, run, x, y)

    def _run(self, box: Any, run: Sequence[Any], x: float, y: float) -> Iterator[Part]:
        if any(tree.speaks(atom) for atom in run):
            piece = self.piece(tree.only(box, {id(atom) for atom in run}))
            yield Placed(piece, piece.x - x, piece.y - y)
        elif run and any(tree.paints(atom) for atom in run):
            piece = self.piece(tree.only(box, {id(atom) for atom in run}))
            yield Placed(piece, piece.x - x, piece.y - y, meaning=False)

    def slot(self, box: Any, name: str, x: float, y: float) -> Slot:
        """The slot that the box is."""
        text = tree.text(box)
        piece = self.piece(box)
        look = tree.look(box)
        self.homes.setdefault((name, look), box.element)
        if tree.draws(box):
            self.drawing.add((name, look))
        self.slots.setdefault((name, look, text), piece)
        return Slot(name, look, piece.x - x, piece.y - y, text)

    def _picture(self, box: Any, x: float, y: float) -> Element:
        alt = (box.element.get("alt") or "") if box.element is not None else ""
        tag = "Formula" if "formula" in tree.classes(box).split() else "Figure"
        placed = Placed(self.piece(box), box.position_x - x, box.position_y - y)
        return Element(tag, (placed,), b"/Alt" + pdf_text(alt), figure=_frame(box, x, y))

    def _moving(self, box: Any, name: str, x: float, y: float) -> Moving:
        found = [child for child in tree.children(box) if child.element is not box.element]
        if not found:
            raise Unstampable(f"the list '{name}' has no entries")
        columns = sorted({round(child.border_box_x() - found[0].border_box_x(), 1) for child in found})
        rows = [found[start : start + len(columns)] for start in range(0, len(found), len(columns))]
        ends = [max(child.border_box_y() + child.border_height() for child in row) for row in rows]
        tops = [row[0].border_box_y() for row in rows]
        gaps = [below - end for end, below in zip(ends, tops[1:], strict=False)]
        if any(abs(gap - gaps[0]) > _SLACK for gap in gaps):
            raise Unstampable(f"the entries of the list '{name}' are not equally far apart")
        if any(abs(child.border_box_y() - row[0].border_box_y()) > _SLACK for row in rows for child in row):
            raise Unstampable(f"the entries of a row of the list '{name}' do not begin at one height")
        entries = tuple(self._moved(child) for child in found)
        places = tuple(found[0].border_box_x() + column - x for column in columns)
        element = _element(box, None)
        lettered = replace(element, attributes=_LETTERED) if element else None
        return Moving(name, places, tops[0] - y, gaps[0] if gaps else 0.0, entries, lettered)

    def _moved(self, box: Any) -> Entry:
        x, y = box.border_box_x(), box.border_box_y()
        return Entry(box.border_height(), tuple(self.parts([box], x, y, inside=True)))


def _entry(element: Element, kids: Sequence[Part]) -> Element:
    """A list entry: its letter is the label, the rest the body."""
    label = tuple(kid for kid in kids if isinstance(kid, Slot))
    body = tuple(kid for kid in kids if not isinstance(kid, Slot))
    parts = [Element("Lbl", label)] if label else []
    return replace(element, kids=(*parts, Element("LBody", body)) if body else tuple(parts))


def _frame(box: Any, x: float, y: float) -> tuple[float, float, float, float]:
    return box.content_box_x() - x, box.content_box_y() - y, box.width, box.height


def _role(box: Any) -> str:
    return next((name for name in tree.classes(box).split() if name in _ROLES), "")


def _element(box: Any, owner: Any) -> Element | None:
    """What the box is in the structure; nothing for a box that only arranges others, or is a part of `owner`'s."""
    tag = _TAGS.get(box.element_tag or "")
    if tag is None or isinstance(box, boxes.LineBox) or box.element is owner:
        return None
    language = box.element.get("lang") if box.element is not None else None
    attributes = _ATTRIBUTES.get(tag, b"") + (b"/Lang" + pdf_text(language) if language else b"")
    return Element(tag, (), attributes)
