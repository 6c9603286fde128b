"""Pages of planned copies -> one PDF file with its structure and bookmarks (ISO 32000-1, 14.7; ISO 14289-1)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from zlib import decompress

from .. import imposition
from .composing import BOX_X, BOX_Y, CONTENT, ELEMENT, LINK, OUTER, PAGE, length
from .drawing import metadata
from .press import Planned, Set
from .shapes import Element, Group, Lines
from .writing import Writer, compress, pdf_text


@dataclass(frozen=True)
class _Bound:
    """A copy in the file: its node in the tree of pages, its element, its first page."""

    node: int
    element: int
    first: int
    pages: int
    planned: Planned


@dataclass
class _Side:
    """What is on a page of the file: the contents and the annotations of one planned page, or of two."""

    contents: list[int] = field(default_factory=list)
    annotations: list[int] = field(default_factory=list)


class Binder:
    """Writes planned copies into one file."""

    def __init__(self, writer: Writer, resources: int) -> None:
        self._writer, self._resources = writer, resources
        self._tree, self._pages, self._document = (writer.number() for _ in range(3))
        self._bound: list[_Bound] = []
        self._parents: list[tuple[int, int, bytes]] = []
        self._key = 0

    def add(self, planned: Planned, *, blank: bool = False) -> None:
        """A copy; with `blank`, an empty page follows it."""
        writer, key, fold = self._writer, self._key, planned.paper.fold
        sides = [_Side() for _ in range(imposition.sides(len(planned.pages), fold))]
        count = len(sides)
        node, first = writer.number(), writer.number(count + blank)
        structure = _Structure(writer, planned, self._document, range(key, key + count))
        for place, (blocks, content) in zip(imposition.places(len(planned.pages), fold), planned.pages, strict=True):
            side, where = sides[place.side], writer.number()
            marked = structure.marked(key + place.side)
            drawn = content if fold is None else _moved(planned, content, place, marked)
            writer.stream(where, drawn)
            side.contents.append(where)
            here = [replace(one, marked=one.marked + marked) for one in blocks] if marked else blocks
            left = planned.paper.width if place.right else 0.0
            side.annotations += structure.page(first + place.side, key + place.side, here, left)
        objects = [self._page(planned, node, side, key + number) for number, side in enumerate(sides)]
        objects += [_blank(planned, node)] if blank else []
        pages = range(first, first + count + blank)
        writer.pack(pages, objects)
        kids = b" ".join(b"%d 0 R" % page for page in pages)
        writer.add(node, b"<</Type/Pages/Parent %d 0 R/Count %d/Kids[%b]>>" % (self._pages, len(pages), kids))
        self._bound.append(_Bound(node, structure.close(), first, len(pages), planned))
        self._parents.append((key, structure.key - 1, structure.parents))
        self._key = structure.key

    def _page(self, planned: Planned, node: int, side: _Side, key: int) -> bytes:
        contents, links = (b" ".join(map(b"%d 0 R".__mod__, some)) for some in (side.contents, side.annotations))
        head = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %b %b]" % (node, *_size(planned))
        rest = b"/Resources %d 0 R/Contents[%b]%b/StructParents %d/Tabs/S>>"
        return head + rest % (self._resources, contents, b"/Annots[%b]" % links if links else b"", key)

    def close(self, title: str, language: str) -> tuple[int, int]:
        """The catalogue and the information of the file, when all copies are in."""
        writer, bound = self._writer, self._bound
        nodes = b" ".join(b"%d 0 R" % one.node for one in bound)
        count = sum(one.pages for one in bound)
        writer.add(self._pages, b"<</Type/Pages/Count %d/Kids[%b]>>" % (count, nodes))
        parts = b" ".join(b"%d 0 R" % one.element for one in bound)
        writer.add(self._document, b"<</S/Document/P %d 0 R/K[%b]>>" % (self._tree, parts))
        leaves = [writer.number() for _ in self._parents]
        writer.pack(leaves, [b"<</Limits[%d %d]/Nums[%b]>>" % leaf for leaf in self._parents])
        parents, outlines, told, info, root = (writer.number() for _ in range(5))
        writer.add(told, metadata(title, language))
        writer.add(parents, b"<</Kids[%b]>>" % b" ".join(b"%d 0 R" % leaf for leaf in leaves))
        entries = (self._document, parents, self._key)
        writer.add(self._tree, b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>" % entries)
        self._outlines(outlines)
        writer.add(info, b"<</Title%b/Producer(quizgen)>>" % pdf_text(title))
        writer.add(
            root,
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/Lang%b/MarkInfo<</Marked true>>"
            b"/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R/Outlines %d 0 R>>"
            % (self._pages, self._tree, pdf_text(language), told, outlines),
        )
        return root, info

    def _outlines(self, top: int) -> None:
        """A bookmark for each copy."""
        numbers = [self._writer.number() for _ in self._bound]
        marks = []
        for place, one in enumerate(self._bound):
            before = b"/Prev %d 0 R" % numbers[place - 1] if place else b""
            after = b"/Next %d 0 R" % numbers[place + 1] if place + 1 < len(numbers) else b""
            where = b"/Dest[%d 0 R/XYZ 0 %b 0]" % (one.first, length(one.planned.paper.height))
            marks.append(b"<</Title%b/Parent %d 0 R%b%b%b>>" % (pdf_text(one.planned.title), top, where, before, after))
        self._writer.pack(numbers, marks)
        entries = (numbers[0], numbers[-1], len(marks))
        self._writer.add(top, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % entries)


def _size(planned: Planned) -> tuple[bytes, bytes]:
    paper = planned.paper
    return length(paper.width * 2 if paper.fold else paper.width), length(paper.height)


def _moved(planned: Planned, content: bytes, place: imposition.Place, marked: int) -> bytes:
    size = length(planned.paper.width), length(planned.paper.height)
    return compress(imposition.moved(decompress(content), size, place, marked))


def _blank(planned: Planned, node: int) -> bytes:
    return b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 %b %b]/Resources<<>>>>" % (node, *_size(planned))


@dataclass
class _Open:
    """An element that holds blocks, while it is being filled."""

    number: int
    element: Element
    parent: int
    kids: list[tuple[int, int]] = field(default_factory=list)
    """Page and marked content; or 0 and an element."""

    def written(self) -> bytes:
        """The element as PDF writes it; where its content is on several pages, each is named."""
        own = next((page for page, _ in self.kids if page), 0)
        kids = b" ".join(self._kid(page, number, own) for page, number in self.kids)
        at = b"/Pg %d 0 R" % own if own else b""
        head = (self.element.tag.encode(), self.parent, at, self.element.attributes)
        return b"<</S/%b/P %d 0 R%b%b/K[%b]>>" % (*head, kids)

    @staticmethod
    def _kid(page: int, number: int, own: int) -> bytes:
        if not page:
            return b"%d 0 R" % number
        return b"%d" % number if page == own else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, number)


class _Structure:
    """The structure of one copy, while its pages are written."""

    def __init__(self, writer: Writer, planned: Planned, document: int, keys: range) -> None:
        """`keys` are those of its sides."""
        self._writer, self._planned = writer, planned
        self._open: dict[int, list[_Open]] = {}
        """Group or paragraph -> its elements, the outermost first."""
        self._numbers: list[int] = []
        self._objects: list[bytes] = []
        self._owners: dict[int, list[bytes]] = {key: [] for key in keys}
        """The key of a side -> the elements of its marked contents."""
        self._left = 0.0
        """How far to the right the page stands that is written now, in CSS pixels."""
        self._of_links: list[bytes] = []
        self.key = keys.stop
        """The next key; annotations take one each."""
        self._root = _Open(writer.number(), Element("Part", (), b"/T" + pdf_text(planned.title)), document)

    @property
    def parents(self) -> bytes:
        """What the tree of parents says of the copy: each key, and what it stands for."""
        sides = (b"%d[%b]" % (key, b" ".join(owners)) for key, owners in self._owners.items())
        return b" ".join((*sides, *self._of_links))

    def marked(self, key: int) -> int:
        """How many marked contents are on a side already."""
        return len(self._owners[key])

    def page(self, page: int, key: int, blocks: Sequence[Set], left: float) -> list[int]:
        """Note what is on a page, which stands so far to the right on its side, and give its annotations."""
        owners, self._left = self._owners[key], left
        annotations: list[int] = []
        for one in blocks:
            outer = self._around(one)
            base = self._writer.number(one.block.elements) if one.block.elements else 0
            outer.kids += [
                (page, one.marked + number) if kind == CONTENT else (0, base + number)
                for kind, number in one.block.roots
            ]
            owners += [b"%d 0 R" % (outer.number if owner < 0 else base + owner) for owner in one.block.owners]
            links = [self._link(one, base, link) for link in one.block.links]
            annotations += links
            self._elements(one, base, outer.number, page, links)
        return annotations

    def _elements(self, one: Set, base: int, outer: int, page: int, links: Sequence[int]) -> None:
        block = one.block
        if not block.elements:
            return
        values: list[int | bytes] = []
        for kind, number in block.structure_holes:
            if kind == ELEMENT:
                values.append(base + number)
            elif kind == CONTENT:
                values.append(one.marked + number)
            elif kind == PAGE:
                values.append(page)
            elif kind == OUTER:
                values.append(outer)
            elif kind == LINK:
                values.append(links[number])
            else:
                values.append(_edge(kind, block.pictures[number], self._left, one.bottom))
        self._objects += (block.structure % tuple(values)).split(b"\n")
        self._numbers += range(base, base + block.elements)

    def _around(self, one: Set) -> _Open:
        """The innermost element around a block; it is opened where it is not yet."""
        outer = self._root
        block = one.step.block
        around: list[tuple[Group | Lines, tuple[Element, ...]]] = [
            (group, (group.wrap,)) for group in one.step.groups if group.wrap
        ]
        if isinstance(block, Lines):
            around.append((block, block.wrap))
        for holder, elements in around:
            if id(holder) not in self._open:
                self._open[id(holder)] = []
                for element in elements:
                    new = _Open(self._writer.number(), element, outer.number)
                    outer.kids.append((0, new.number))
                    self._open[id(holder)].append(new)
                    outer = new
            outer = self._open[id(holder)][-1]
        return outer

    def _link(self, one: Set, base: int, link: tuple[int, str, tuple[float, float, float, float]]) -> int:
        element, target, place = link
        number = self._writer.number()
        edges = b" ".join(_edge(kind, place, self._left, one.bottom) for kind in (BOX_X, BOX_Y, BOX_X + 10, BOX_Y + 10))
        action = b"<</S/URI/URI(%b)>>" % target.encode("ascii", "replace").translate(None, b"()\\\r\n")
        self._writer.add(
            number,
            b"<</Type/Annot/Subtype/Link/Rect[%b]/Border[0 0 0]/F 4/A%b/Contents%b/StructParent %d>>"
            % (edges, action, pdf_text(target), self.key),
        )
        self._of_links.append(b"%d %d 0 R" % (self.key, base + element))
        self.key += 1
        return number

    def close(self) -> int:
        """Write the structure down, and give its root."""
        holders = [self._root, *(one for some in self._open.values() for one in some)]
        numbers = [*self._numbers, *(one.number for one in holders)]
        self._writer.pack(numbers, [*self._objects, *(one.written() for one in holders)])
        return self._root.number


def _edge(kind: int, place: tuple[float, float, float, float], left: float, bottom: float) -> bytes:
    """An edge of a frame on the page, in points: left, bottom, right or top."""
    x, y, width, height = place
    edges = {BOX_X: left + x, BOX_Y: bottom - y - height, BOX_X + 10: left + x + width, BOX_Y + 10: bottom - y}
    return length(edges[kind])
