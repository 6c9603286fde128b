"""The PDF of answer sheets, put together: common pages, drawn once, each with what is a form's own on it.

A content stream may be shared by many pages (ISO 32000-1, 7.8.2), and its marked content belongs to the page on which
it is (14.7.4). So a common page is in the file once, and yet each sheet has a structure tree of its own (PDF/UA-1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

import pydyf

from .sheet_pdf import Element, Fragment, Master

POINT = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True)
class Drawing:
    """Paths, in points from the bottom left; with a text it is a figure, else a decoration."""

    content: bytes
    text: str | None = None
    box: tuple[float, float, float, float] = (0, 0, 0, 0)


class Line(NamedTuple):
    """A text by its number, and where the corner of the page of texts is, in millimetres from the top left."""

    text: int
    x: float
    y: float


class Item(NamedTuple):
    """A block by its number and where its corner is, with the number of the item as a text."""

    block: int
    x: float
    y: float
    number: Line | None


@dataclass(frozen=True)
class Composed:
    """A page: the common part by its number, and what is put on it. Drawings come last."""

    common: int
    lines: tuple[Line, ...]
    items: tuple[Item, ...] = ()
    drawings: tuple[Drawing, ...] = ()


def composed(found: Master, sheets: Sequence[tuple[str, Sequence[Composed]]]) -> bytes:
    """One file of sheets, each a name for its bookmark and its pages."""
    file = _File(found)
    for name, pages in sheets:
        file.add(name, pages)
    return file.finished()


class _Object(pydyf.Object):  # type: ignore[misc]  # pydyf has no types
    """An object that is bytes already, or will be."""

    def __init__(self, data: bytes = b"null") -> None:
        super().__init__()
        self.content = data

    @property
    def data(self) -> bytes:
        """What pydyf writes."""
        return self.content

    @property
    def compressible(self) -> bool:
        """Whether it may go into an object stream: what is a stream may not."""
        return b"\nstream\n" not in self.content


class _File:
    """A file in the making."""

    def __init__(self, found: Master) -> None:
        self._found, self._pdf = found, pydyf.PDF()
        for content in found.objects:
            self._object(content)
        self._blocks: list[bytes] = []
        resources = self._pdf.objects[found.resources]
        for content in found.blocks:
            self._blocks.append(self._stream(content, self._as_form()))
        names = b"".join(b"/B%d %b" % (n, block) for n, block in enumerate(self._blocks))
        resources.content = resources.content.replace(b"/XObject <<>>", b"/XObject <<%b>>" % names)
        self._root, self._document, self._outlines = (self._object() for _ in range(3))
        self._common: dict[int, bytes] = {}
        self._pages: list[_Object] = []
        self._arrays: list[_Object] = []
        self._parts: list[_Object] = []
        self._marks: list[tuple[bytes, bytes]] = []

    def _object(self, content: bytes = b"null") -> _Object:
        made = _Object(content)
        self._pdf.add_object(made)
        return made

    def _as_form(self) -> dict[str, bytes | str]:
        """What makes a page that was drawn a form XObject (8.10)."""
        width, height = (max(getattr(page, side) for page in self._found.commons) for side in ("width", "height"))
        resources = b"%d 0 R" % self._found.resources
        box = b"[0 0 %b %b]" % (_decimal(width), _decimal(height))
        return {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": resources}

    def _stream(self, content: bytes, entries: dict[str, bytes | str] | None = None) -> bytes:
        made = pydyf.Stream([content], entries, compress=True)
        self._pdf.add_object(made)
        return bytes(made.reference)

    def add(self, name: str, pages: Sequence[Composed]) -> None:
        """Adds a sheet."""
        part, first = self._object(), len(self._pages)
        elements = [element for page in pages for element in self._page(page, part)]
        kids = _references(elements)
        part.content = b"<</S/Sect/T%b/P %b/K[%b]>>" % (_text(name), self._document.reference, kids)
        self._parts.append(part)
        self._marks.append((_text(name), self._pages[first].reference))

    def _page(self, page: Composed, part: _Object) -> list[_Object]:
        common = self._found.commons[page.common]
        paper, marks = self._object(), common.marks + len(page.lines) + len(page.items)
        own = [Element("/P", (mark,)) for mark in range(common.marks, marks)]
        lines, items = own[: len(page.lines)], own[len(page.lines) :]
        owners = [b"null"] * marks
        tree = [*common.elements[:1], *lines, *common.elements[1:-1], *items, *common.elements[1:][-1:]]
        elements = [self._element(element, part, paper, owners) for element in tree]
        for drawing in page.drawings:
            if drawing.text is not None:
                elements.append(self._figure(drawing, len(owners), part, paper))
                owners.append(elements[-1].reference)
        streams = self._shared(page.common), self._stream(self._own(page, common))
        size = b"%b %b" % (_decimal(common.width), _decimal(common.height))
        paper.content = (
            b"<</Type/Page/Parent %b/MediaBox[0 0 %b]/Resources %d 0 R/Contents[%b]/StructParents %d/Tabs/S>>"
            % (self._pdf.pages.reference, size, self._found.resources, b" ".join(streams), len(self._pages))
        )
        self._pages.append(paper)
        self._arrays.append(self._object(b"[%b]" % b" ".join(owners)))
        return elements

    def _element(self, element: Element, parent: _Object, paper: _Object, owners: list[bytes]) -> _Object:
        """Adds an element with all that it holds, and notes what marked content is its own."""
        made, kids = self._object(), []
        for kid in element.kids:
            if isinstance(kid, int):
                owners[kid] = made.reference
                kids.append(b"%d" % kid)
            else:
                kids.append(self._element(kid, made, paper, owners).reference)
        belongs = parent.reference, paper.reference
        made.content = b"<</S%b/P %b/Pg %b/K[%b]>>" % (element.tag.encode(), *belongs, b" ".join(kids))
        return made

    def _figure(self, drawing: Drawing, mark: int, parent: _Object, paper: _Object) -> _Object:
        box = b" ".join(map(_decimal, drawing.box))
        layout = b"/A<</O/Layout/Placement/Block/BBox[%b]>>/Alt%b" % (box, _text(drawing.text or ""))
        return self._object(b"<</S/Figure%b/P %b/Pg %b/K[%d]>>" % (layout, parent.reference, paper.reference, mark))

    def _shared(self, common: int) -> bytes:
        if common not in self._common:
            self._common[common] = self._stream(b"q\n%b\nQ" % self._found.commons[common].content)
        return self._common[common]

    def _own(self, page: Composed, common: Fragment) -> bytes:
        """What a page draws beside the common part, each piece of it marked."""
        pieces = [(b"/P", self._line(line, common)) for line in page.lines]
        pieces += [(b"/P", self._item(item, common)) for item in page.items]
        pieces += [(b"/Figure", drawing.content) for drawing in page.drawings if drawing.text is not None]
        marked = [
            b"%b <</MCID %d>> BDC\n%b\nEMC" % (tag, mark, content)
            for mark, (tag, content) in enumerate(pieces, start=common.marks)
        ]
        plain = [b"/Artifact BMC\n%b\nEMC" % drawing.content for drawing in page.drawings if drawing.text is None]
        return b"\n".join([*marked, *plain])

    def _line(self, line: Line, common: Fragment) -> bytes:
        """A text of WeasyPrint's, which counts in pixels from the top left."""
        place = _decimal(line.x * POINT), _decimal(common.height - line.y * POINT)
        return b"q 0.75 0 0 -0.75 %b %b cm\n%b\nQ" % (*place, self._found.texts[line.text])

    def _item(self, item: Item, common: Fragment) -> bytes:
        number = self._line(item.number, common) if item.number else b""
        place = _decimal(item.x * POINT), _decimal(-item.y * POINT)
        return b"%b q 1 0 0 1 %b %b cm /B%d Do Q" % (number, *place, item.block)

    def finished(self) -> bytes:
        """The whole file."""
        pdf, numbers = self._pdf, b" ".join(b"%d %b" % (n, a.reference) for n, a in enumerate(self._arrays))
        tree = self._object(b"<</Nums[%b]>>" % numbers)
        document = self._document.reference
        self._root.content = b"<</Type/StructTreeRoot/K[%b]/ParentTree %b>>" % (document, tree.reference)
        self._document.content = b"<</S/Document/P %b/K[%b]>>" % (self._root.reference, _references(self._parts))
        self._bookmark()
        pdf.pages["Kids"] = b"[%b]" % _references(self._pages)
        pdf.pages["Count"] = len(self._pages)
        pdf.info.update(self._found.info)
        pdf.catalog |= {
            "StructTreeRoot": self._root.reference,
            "Outlines": self._outlines.reference,
            "Metadata": b"%d 0 R" % self._found.metadata,
            "Lang": self._found.language,
            "MarkInfo": b"<</Marked true>>",
            "ViewerPreferences": b"<</DisplayDocTitle true>>",
        }
        target = BytesIO()
        pdf.write(target, b"1.7", False, True)
        return target.getvalue()

    def _bookmark(self) -> None:
        marks, parent = [self._object() for _ in self._marks], self._outlines.reference
        for n, (mark, (name, page)) in enumerate(zip(marks, self._marks, strict=True)):
            before = b"/Prev %b" % marks[n - 1].reference if n else b""
            after = b"/Next %b" % marks[n + 1].reference if n + 1 < len(marks) else b""
            mark.content = b"<</Title%b/Parent %b/Dest[%b/Fit]%b%b>>" % (name, parent, page, before, after)
        ends = marks[0].reference, marks[-1].reference, len(marks)
        self._outlines.content = b"<</Type/Outlines/First %b/Last %b/Count %d>>" % ends


def _references(objects: Sequence[Any]) -> bytes:
    return b" ".join(made.reference for made in objects)


def _decimal(number: float) -> bytes:
    return f"{number:.3f}".rstrip("0").rstrip(".").encode()


def _text(text: str) -> bytes:
    """A text string (7.9.2.2), as UTF-16."""
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().encode()
