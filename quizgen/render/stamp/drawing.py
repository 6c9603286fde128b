"""Pieces -> PDF objects: each is drawn once by WeasyPrint, as a form XObject (ISO 32000-1, 8.10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..unicode_map import mend, readable
from .composing import length
from .shapes import Piece
from .tree import extent

_OVERHANG = 24.0
"""How far glyphs and strokes may reach out of their boxes, in CSS pixels."""


@dataclass(frozen=True)
class Stock:
    """What every file is made from: the objects that WeasyPrint drew, as PDF writes them."""

    objects: dict[int, bytes]
    """Fonts, images and what else pieces need, by number."""
    pieces: tuple[tuple[int, bytes], ...]
    """Number and object of each piece."""


def drawn(document: Any, pieces: Sequence[Piece]) -> Stock:
    """The pieces, drawn; `document` is one that WeasyPrint laid out, which knows the fonts."""
    from weasyprint import DEFAULT_OPTIONS
    from weasyprint.document import Page
    from weasyprint.pdf import generate_pdf

    sheets = [_sheet(piece) for piece in pieces]
    document = document.copy([Page(sheet) for sheet in sheets])
    with readable():
        pdf = generate_pdf(document, None, 1, **DEFAULT_OPTIONS)
    mend(document, pdf)
    pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
    streams = [_content(pdf, page) for page in pages]
    for stream, piece, sheet in zip(streams, pieces, sheets, strict=True):
        stream.extra |= _as_form(piece, sheet.margin_height())
    left_out = {id(item) for item in (pdf.pages, pdf.catalog, pdf.info, pdf.objects[0], *pages, *streams)}
    objects = {item.number: item.data for item in pdf.objects if id(item) not in left_out}
    return Stock(objects, tuple((stream.number, stream.data) for stream in streams))


def metadata(title: str, language: str) -> bytes:
    """The metadata of a file that is accessible (ISO 14289-1, 5), as an object."""
    import pydyf
    from weasyprint.pdf.metadata import DocumentMetadata

    pdf = pydyf.PDF()
    DocumentMetadata(title=title, lang=language).include_in_pdf(pdf, "ua", 1, None, True)
    data: bytes = pdf.objects[-1].data
    return data


def _sheet(piece: Piece) -> Any:
    """A page with nothing but the piece, and not higher than it must be: viewers calculate with short numbers."""
    sheet = piece.page.copy_with_children([piece.box])
    sheet.height += extent(piece.box)[3] - sheet.margin_height()
    return sheet


def _content(pdf: Any, page: Any) -> Any:
    stream = pdf.objects[int(page["Contents"].split()[0])]
    stream.extra["Resources"] = page["Resources"]
    return stream


def _as_form(piece: Piece, bottom: float) -> dict[str, Any]:
    """What makes the content of a page of this height a form whose origin is the piece's own corner."""
    left, top, right, low = extent(piece.box)
    frame = (left - _OVERHANG, bottom - low - _OVERHANG, right + _OVERHANG, bottom - top + _OVERHANG)
    box = b"[" + b" ".join(length(side) for side in frame) + b"]"
    matrix = b"[1 0 0 1 %b %b]" % (length(-piece.x), length(piece.y - bottom))
    return {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Matrix": matrix}
