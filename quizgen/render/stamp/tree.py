"""What a box of WeasyPrint is, holds and draws, and copies of it with less in them.

WeasyPrint's box tree is not a public interface: this and `cutting` are the only places that look into it.
"""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder


def placed(box: Any) -> Any:
    """The box itself, where a positioned one is kept behind a placeholder."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box


def children(box: Any) -> list[Any]:
    """What the box holds."""
    return [placed(child) for child in box.children]


def descendants(box: Any) -> Iterator[Any]:
    """All that is in the box, in order."""
    for child in getattr(box, "children", ()):
        yield placed(child)
        yield from descendants(placed(child))


def held(box: Any) -> list[Any]:
    """What a box holds; a table's wrapper holds a table, which holds the rows."""
    if getattr(box, "is_table_wrapper", False):
        return [child for table in children(box) for child in children(table)]
    return children(box)


def data(box: Any, name: str) -> str | None:
    """What the attribute `data-NAME` of the HTML element says that the box is; nothing for parts of it."""
    if box.element is None or isinstance(box, boxes.LineBox | boxes.TextBox) or "::" in (box.element_tag or ""):
        return None
    value: str | None = box.element.get(f"data-{name}")
    return value


def classes(box: Any) -> str:
    """The classes of its HTML element."""
    return (box.element.get("class") or "") if box.element is not None else ""


def link(box: Any) -> str | None:
    """Where it leads, if it is a link."""
    if box.element is None or box.element_tag != "a" or not isinstance(box, boxes.InlineBox):
        return None
    target: str | None = box.element.get("href")
    return target


def draws(box: Any) -> bool:
    """Whether it has a border or a background of its own."""
    background = getattr(box, "background", None)
    borders = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
    return any(getattr(box, side, 0) for side in borders) or bool(background and background.layers and _coloured(box))


def _coloured(box: Any) -> bool:
    background = box.background
    return background.color.alpha > 0 or any(layer.image is not None for layer in background.layers)


def decorated(box: Any) -> bool:
    """Whether the box draws or keeps free anything of its own above or below what it holds."""
    around = ("border_top_width", "border_bottom_width", "padding_top", "padding_bottom")
    return any(getattr(box, side) for side in around) or draws(box)


def paints(box: Any) -> bool:
    """Whether it, or anything in it, draws a border or a background."""
    box = placed(box)
    return draws(box) or any(paints(child) for child in getattr(box, "children", ()))


def speaks(box: Any) -> bool:
    """Whether the box holds anything that is read."""
    box = placed(box)
    if isinstance(box, boxes.TextBox):
        return bool(box.text.strip())
    if isinstance(box, boxes.ReplacedBox):
        return True
    return any(speaks(child) for child in getattr(box, "children", ()))


def empty(box: Any) -> bool:
    """Whether it is a block without anything in it."""
    return isinstance(box, boxes.BlockBox) and not box.children and box.border_height() == 0


def text(box: Any) -> str:
    """All that is read in it, with single spaces."""
    texts = [found.text for found in descendants(box) if isinstance(found, boxes.TextBox)]
    return " ".join(" ".join(texts).split())


def look(box: Any) -> str:
    """What decides how a text looks in a slot."""
    style = box.style
    names = ("direction", "font_size", "font_weight", "font_style", "text_align_all", "border_top_left_radius")
    sizes = (box.margin_width(), box.border_width(), box.border_height(), box.border_top_width, box.border_left_width)
    return repr([*(str(style[name]) for name in names), *(round(size, 1) for size in sizes)])


def atoms(box: Any) -> Iterator[Any]:
    """What stands side by side in the lines of a box: texts, and boxes that stand for themselves."""
    for child in children(box):
        inline = isinstance(child, boxes.InlineBox) and not data(child, "slot") and not link(child)
        if isinstance(child, boxes.LineBox) or inline:
            yield from atoms(child)
        else:
            yield child


def special(box: Any) -> bool:
    """Whether the box stands for itself in a line: it, or what it holds, differs between forms, or is no text."""
    varies = any(data(part, "slot") or data(part, "move") for part in (box, *descendants(box)))
    return varies or bool(link(box)) or isinstance(box, boxes.ReplacedBox)


def extent(box: Any) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all that the box holds."""
    x, y, left, top = box.position_x, box.position_y, box.border_box_x(), box.border_box_y()
    found = [(x, y, x + box.margin_width(), y + box.margin_height())]
    found.append((left, top, left + box.border_width(), top + box.border_height()))
    found += [extent(child) for child in children(box)] if hasattr(box, "children") else []
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


TABLE_PARTS = (boxes.TableBox, boxes.TableRowGroupBox, boxes.TableRowBox, boxes.TableCellBox)
"""What a table draws as a whole."""


def hollow(table: Any) -> Any:
    """A copy of a table (or its wrapper) with nothing in its cells: its lines, which it draws as a whole."""
    inner = [] if isinstance(table, boxes.TableCellBox) else [hollow(child) for child in children(table)]
    return table.copy_with_children(inner)


def only(box: Any, kept: set[int]) -> Any:
    """A copy of a paragraph with only these atoms in it."""

    def some(parent: Any) -> list[Any]:
        """What is left of its children."""
        left = []
        for child in children(parent):
            if id(child) in kept:
                left.append(child)
            elif isinstance(child, boxes.LineBox | boxes.InlineBox) and (below := some(child)):
                left.append(child.copy_with_children(below))
        return left

    return box.copy_with_children(some(box))


def bare(box: Any) -> Any:
    """A copy without border and background, which are drawn by themselves."""
    if not draws(box):
        return box
    twin = box.copy_with_children(box.children)
    twin.background = None
    for side in ("top", "right", "bottom", "left"):
        setattr(twin, f"border_{side}_width", 0)
    return twin
