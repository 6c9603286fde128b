"""Two pages side by side on a sheet that is folded in the middle and stapled: which page stands where (imposition).

The pages of a booklet are filled up with blank ones to a multiple of four. The outermost sheet has the last page and
the first on its front, the second and the last but one on its back, and so on inwards (saddle stitch); sheets are
turned over their short edge. A booklet that is read from right to left has the halves the other way round.

Each side is a page of the file. On it, the page that is read first comes first: its marked content is counted from 0
and that of the other one on from there, so the structure reads as if the pages came one after the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from ..editions import Edition
from ..form import Layout
from .templating import direction

HALVES = {"a4": ("148.5mm", "210mm"), "letter": ("5.5in", "8.5in")}
"""Width and height of half a sheet, in CSS's words."""
_WHOLE = ("large-print", "dyslexia-friendly", "high-contrast")
"""Editions that are not folded: with letters of their size, a line of half a sheet would be too short to read well."""
_MARKED = re.compile(rb"/MCID (\d+)>>BDC")


def fold(layout: Layout, edition: Edition, language: str) -> str | None:
    """The direction in which a booklet is read, `ltr` or `rtl`, if it is one to be folded."""
    folded = layout.two_up and not set(_WHOLE).intersection(edition.names)
    return direction(language) if folded else None


@dataclass(frozen=True)
class Place:
    """Where a page stands: on which side, from 0, and on its right half."""

    side: int
    right: bool = False


def sides(pages: int, fold: str | None) -> int:
    """How many sides a booklet of so many pages has, blank ones included."""
    return pages if fold is None else -(-pages // 4) * 2


def places(pages: int, fold: str | None) -> list[Place]:
    """Where each page of a booklet stands, in the order of reading; on a side of its own where it is not folded."""
    if fold is None:
        return [Place(page) for page in range(pages)]
    last = 2 * sides(pages, fold) - 1
    return [Place(min(page, last - page), (page % 2 == 0) == (fold == "ltr")) for page in range(pages)]


def moved(content: bytes, size: tuple[bytes, bytes], place: Place, marked: int) -> bytes:
    """What is drawn on a page of this size, in its place on a side; its marked content counts from a number on."""
    counted = _MARKED.sub(lambda found: b"/MCID %d>>BDC" % (int(found[1]) + marked), content)
    return b"%b\n%b\nQ" % (_begun(size, place), counted)


def _begun(size: tuple[bytes, bytes], place: Place) -> bytes:
    """Where the drawing of a page begins: nothing reaches beyond its half."""
    width, height = size
    left = width if place.right else b"0"
    return b"q %b 0 %b %b re W n 1 0 0 1 %b 0 cm" % (left, width, height, left)


# --- What WeasyPrint wrote ----------------------------------------------------------------------------------------


Booklets: TypeAlias = Sequence[tuple[int, str | None]]
"""The number of pages of each booklet of a file, and how it is folded."""


def impose(pdf: Any, booklets: Booklets) -> None:
    """Puts the pages of booklets that are folded on sheets: for a finisher of WeasyPrint's `write_pdf`."""
    if any(fold for _, fold in booklets):
        _Imposed(pdf).impose(booklets)


@dataclass(frozen=True)
class _Move:
    """Where a page went."""

    side: Any
    left: float
    """How far to the right, in points."""
    height: float
    marked: int
    """How far its marked content was counted on."""


class _Imposed:
    """A PDF whose pages are put on sheets: of two on a side, the one that is read first becomes the side."""

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        tree = self._object(pdf.catalog["StructTreeRoot"])
        self._nums = self._object(tree["ParentTree"])["Nums"]
        self._owners: dict[int, Any] = dict(zip(self._nums[::2], self._nums[1::2], strict=True))
        self._moves: dict[bytes, _Move] = {}

    def impose(self, booklets: Booklets) -> None:
        """All booklets of the file."""
        pages = iter([self._pdf.objects[number] for number in self._pdf.pages["Kids"][::3]])
        made = [side for count, fold in booklets for side in self._booklet([next(pages) for _ in range(count)], fold)]
        self._pdf.pages["Kids"][:] = [part for side in made for part in (side.number, 0, "R")]
        self._pdf.pages["Count"] = len(made)
        self._nums[:] = [part for entry in self._owners.items() for part in entry]
        for found in [one for one in self._pdf.objects if isinstance(one, dict)]:
            self._follow(found)
        for _, where in self._named():
            self._lead(where)

    def _booklet(self, pages: Sequence[Any], fold: str | None) -> Iterator[Any]:
        """Its sides."""
        if fold is None:
            yield from pages
            return
        placed: list[list[tuple[Place, Any]]] = [[] for _ in range(sides(len(pages), fold))]
        for place, page in zip(places(len(pages), fold), pages, strict=True):
            placed[place.side].append((place, page))
        for some in placed:
            yield self._side(some) if some else self._blank(pages[0])

    def _side(self, placed: Sequence[tuple[Place, Any]]) -> Any:
        """Pages on their places of one side; the one that is read first becomes it."""
        side = placed[0][1]
        width, height = side["MediaBox"][2:]
        contents, annotations, owners = _array(), _array(), self._owners[side["StructParents"]]
        for place, page in placed:
            move = _Move(side, width if place.right else 0, height, 0 if page is side else len(owners))
            self._moves[page.reference] = move
            contents.append(self._drawn(page, place, move.marked))
            for annotation in page.get("Annots", ()):
                _shift(self._object(annotation)["Rect"], move.left)
                annotations.append(annotation)
            if page is not side:
                owners += self._owners.pop(page["StructParents"])
                page.clear()
        side["MediaBox"] = _array([0, 0, 2 * width, height])
        side["Contents"] = contents
        side |= {"Annots": annotations} if annotations else {}
        for box in ("TrimBox", "BleedBox"):
            side.pop(box, None)
        return side

    def _drawn(self, page: Any, place: Place, marked: int) -> Any:
        """The content of a page, in its place."""
        stream = self._object(page["Contents"])
        for operand in stream.stream:
            if isinstance(operand, dict) and "MCID" in operand:
                operand["MCID"] += marked
        width, height = (b"%.5f" % length for length in page["MediaBox"][2:])
        stream.stream = [_begun((width, height), place), *stream.stream, b"Q"]
        return stream.reference

    def _blank(self, like: Any) -> Any:
        import pydyf

        page = pydyf.Dictionary({name: like[name] for name in ("Type", "Parent", "MediaBox")})
        page["Resources"] = pydyf.Dictionary()
        self._pdf.add_object(page)
        return page

    def _follow(self, found: Any) -> None:
        """Whatever speaks of a page speaks of its side."""
        if isinstance(found.get("Dest"), list):
            self._lead(found["Dest"])
        move = self._moves.get(found.get("Pg"))
        if move is None:
            return
        found["Pg"] = move.side.reference
        if "K" in found:
            found["K"][:] = [kid + move.marked if isinstance(kid, int) else kid for kid in found["K"]]
        if "BBox" in found.get("A", ()):
            x, y, right, bottom = (0.75 * edge for edge in found["A"]["BBox"])  # WeasyPrint's are pixels from the top
            found["A"]["BBox"] = _array([move.left + x, move.height - bottom, move.left + right, move.height - y])

    def _named(self) -> Iterator[tuple[Any, Any]]:
        """Names of places, and where they are: only a school's own templates have any."""
        names = self._pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
        return zip(names[::2], names[1::2], strict=True)

    def _lead(self, where: Any) -> None:
        """A destination leads to the side on which its page stands."""
        if move := self._moves.get(where[0]):
            where[0] = move.side.reference
            where[2] += move.left

    def _object(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]


def _array(values: Sequence[Any] = ()) -> Any:
    import pydyf

    return pydyf.Array(values)


def _shift(rectangle: Any, left: float) -> None:
    rectangle[0] += left
    rectangle[2] += left
