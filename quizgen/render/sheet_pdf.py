"""What WeasyPrint drew, taken apart: pages that are common, blocks and texts to put on them.

WeasyPrint draws one document: the common pages, then each block on a page of its own, and a last page with all single
texts, one over the other. `sheet_file` puts them together anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

from . import pdf as typesetting
from .pdf import PrintPage
from .unicode_map import mend, readable

FIRST = 3
"""The first number that a new file has free: pydyf takes 0 to 2 for itself."""


class Element(NamedTuple):
    """An element of the structure with what it holds: marked content by its number, and elements."""

    tag: str
    kids: tuple["int | Element", ...]


@dataclass(frozen=True)
class Fragment:
    """A page as it was drawn: its content, its structure, its size in points."""

    content: bytes
    elements: tuple[Element, ...]
    marks: int
    """How many pieces of marked content there are."""
    width: float
    height: float


@dataclass(frozen=True)
class Master:
    """What was drawn once, and the objects that it needs."""

    commons: tuple[Fragment, ...]
    blocks: tuple[bytes, ...]
    """Content without marks of its own, to be a form XObject: who places a block marks it as a whole."""
    texts: tuple[bytes, ...]
    objects: tuple[bytes, ...]
    """What the pages need, with numbers from `FIRST` on."""
    resources: int
    metadata: int
    info: dict[str, Any]
    language: bytes


def master(page: PrintPage, commons: int) -> Master:
    """Draws a document of so many common pages, of blocks, and of texts."""
    found: list[Master] = []

    def finish(document: Any, pdf: Any) -> None:
        mend(document, pdf)
        roots = _resources(pdf), _number(pdf.catalog["Metadata"])
        numbers, objects = _needed(pdf, roots)
        resources, metadata = (numbers[root] for root in roots)
        language = pdf.catalog["Lang"].data
        *pages, last = _fragments(pdf)
        texts = tuple(_MARKED.findall(last.content))
        blocks = tuple(_MARK.sub(b"", page.content) for page in pages[commons:])
        found.append(
            Master(tuple(pages[:commons]), blocks, texts, objects, resources, metadata, dict(pdf.info), language)
        )

    with typesetting.quiet(), readable():
        typesetting.lay_out(page).write_pdf(BytesIO(), finisher=finish, pdf_variant="pdf/ua-1")
    return found[0]


_MARKED = re.compile(rb"/MCID \d+>>\nBDC\n(.*?)\nEMC", re.DOTALL)
_MARK = re.compile(rb"^(/\w+\n(<<[^>]*>>\nBDC|BMC)|EMC)\n?", re.MULTILINE)


# --- Taking apart what WeasyPrint drew -------------------------------------------------------------------------------


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _resources(pdf: Any) -> int:
    return _number(pdf.objects[_number(pdf.page_references[0])]["Resources"])


def _needed(pdf: Any, roots: Sequence[int]) -> tuple[dict[int, int], tuple[bytes, ...]]:
    """The objects that these need, numbered anew: old number -> new, and the objects."""
    numbers: dict[int, int] = {}
    waiting = list(roots)
    while waiting:
        number = waiting.pop()
        if number not in numbers:
            numbers[number] = len(numbers) + FIRST
            waiting += [int(found) for found in _REFERENCE.findall(_entries(pdf.objects[number].data)[0])]
    return numbers, tuple(_renumbered(pdf.objects[old].data, numbers) for old in numbers)


_REFERENCE = re.compile(rb"(?<![\d.])(\d+) 0 R\b")


def _entries(data: bytes) -> tuple[bytes, bytes]:
    """The dictionary of an object, in which there may be references, and its stream, in which there are none."""
    entries, stream, content = data.partition(b"\nstream\n")
    return entries, stream + content


def _renumbered(data: bytes, numbers: dict[int, int]) -> bytes:
    entries, stream = _entries(data)
    return _REFERENCE.sub(lambda found: b"%d 0 R" % numbers[int(found[1])], entries) + stream


def _fragments(pdf: Any) -> Iterator[Fragment]:
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    document = pdf.objects[_number(root["K"][0])]
    elements: dict[bytes, list[Element]] = {}
    for reference in document["K"]:
        element = pdf.objects[_number(reference)]
        elements.setdefault(element["Pg"], []).extend(_simple(pdf, element))
    for reference in pdf.page_references:
        page = pdf.objects[_number(reference)]
        content = b"\n".join(_bytes(part) for part in pdf.objects[_number(page["Contents"])].stream)
        found = tuple(elements.get(reference, ()))
        width, height = (float(edge) for edge in page["MediaBox"][2:])
        yield Fragment(content, found, content.count(b"/MCID "), width, height)


def _bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    data: bytes | None = getattr(part, "data", None)
    return data if data is not None else str(part).encode("ascii")


def _simple(pdf: Any, element: Any) -> Iterator[Element]:
    """The element without those that mean nothing: what they hold goes to the next above that means something."""
    kids: list[int | Element] = []
    for kid in element["K"]:
        if isinstance(kid, int):
            kids.append(kid)
        else:
            kids += _hoisted(pdf, pdf.objects[_number(kid)])
    if element["S"] not in _MEANINGLESS:
        yield Element(element["S"], tuple(kids))
    else:
        yield from (kid for kid in kids if isinstance(kid, Element))


_MEANINGLESS = ("/NonStruct", "/Span", "/Div")


def _hoisted(pdf: Any, element: Any) -> list[int | Element]:
    if element["S"] not in _MEANINGLESS:
        return list(_simple(pdf, element))
    kids: list[int | Element] = []
    for kid in element["K"]:
        kids += [kid] if isinstance(kid, int) else _hoisted(pdf, pdf.objects[_number(kid)])
    return kids
