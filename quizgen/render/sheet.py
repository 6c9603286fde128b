"""Machine-readable answer sheets: one for each form, laid out once for all forms of the same shape.

A sheet knows what a candidate sees of a form, and nothing else: change which option is right, and it stays the same to
the byte. `sheet_geometry` says where everything is, `sheet_pdf` puts the pages together.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple, TypeAlias, TypeVar

import segno
from markupsafe import Markup

from .. import fonts, markup
from ..form import Form, Settings
from ..sheet_geometry import CODE, MODULE, PAPERS, RADIUS, SheetGeometry
from .frame import Head, head
from .media import Assets
from .pdf import PrintPage
from .sheet_blocks import Asked, Block, asked
from .sheet_file import POINT, Composed, Drawing, Item, Line, composed
from .sheet_layout import TOP, Placed, Sheet, laid_out
from .sheet_pdf import Master, master
from .templating import filled, source, words

Thing = TypeVar("Thing", bound=Hashable)
_Own: TypeAlias = tuple[str, str]  # a text that is placed by itself, after its kind
_Shape: TypeAlias = tuple[
    tuple[Asked, ...], int
]  # what a layout depends on: items, and digits of the candidate's number
_STRIP = (31.0, 20.5)  # the corner of the strip with the name and the form: below the title, between the codes
_NUMBER = 10.0  # at which height the numbers of items stand on the page of texts, in their middle


class _Frame(NamedTuple):
    """What makes a common page: all but the items."""

    named: bool
    told: tuple[str, ...]
    top: float
    help_width: float
    page: int
    pages: int

    @property
    def bar(self) -> float:
        """The height of the line above the items."""
        return self.top - 3 if self.page == 1 else TOP - 2.5


@dataclass(frozen=True)
class PrintedSheets:
    """The answer sheets of forms, drawn; files are put together when they are asked for."""

    master: Master
    pages: tuple[tuple[Composed, ...], ...]
    """For each form its pages."""
    labels: tuple[str, ...]
    geometries: tuple[SheetGeometry, ...]
    """The different geometries; the manifest holds each once."""
    of: tuple[int, ...]
    """For each form which of them it has."""

    @cached_property
    def whole(self) -> bytes:
        """All sheets, in the order of the forms, as one PDF."""
        return composed(self.master, list(zip(self.labels, self.pages, strict=True)))

    def each(self) -> Iterator[bytes]:
        """The sheet of each form as a PDF of its own."""
        for label, pages in zip(self.labels, self.pages, strict=True):
            yield composed(self.master, [(label, pages)])


def sheets(forms: Sequence[Form], settings: Settings, *, quiz: str, seed: str, digits: int = 8) -> PrintedSheets:
    """The answer sheets of forms.

    A form without a candidate has lines for a name and a grid for a number of so many digits. Raises `PdfError` where
    there is no Pango.
    """
    shapes = [(asked(form), 0 if form.candidate else digits) for form in forms]
    layouts = {shape: laid_out(shape[0], settings.paper, shape[1]) for shape in dict.fromkeys(shapes)}
    geometries = _numbered(layout.geometry for layout in layouts.values())
    heads = [head(form) for form in forms]
    frames = _numbered(frame for shape in layouts for frame in _frames(shape, layouts[shape]))
    blocks = _numbered(placed.block for layout in layouts.values() for page in layout.pages for placed in page)
    texts = _numbered([*(_text(n) for n in _all_numbers(layouts)), *(text for shown in heads for text in _own(shown))])
    found = master(_document(heads[0], settings, list(frames), list(blocks), list(texts)), len(frames))
    pages = []
    for form, shape, shown in zip(forms, shapes, heads, strict=True):
        layout, own = layouts[shape], tuple(Line(texts[text], *_STRIP) for text in _own(shown))
        codes = _payloads(quiz, seed, form.id, len(layout.pages))
        pages.append(
            tuple(
                Composed(
                    frames[frame], own, _items(page, blocks, texts), _codes(four, layout.geometry, shown, frame.page)
                )
                for frame, page, four in zip(_frames(shape, layout), layout.pages, codes, strict=True)
            )
        )
    of = tuple(geometries[layouts[shape].geometry] for shape in shapes)
    return PrintedSheets(found, tuple(pages), tuple(map(_label, heads)), tuple(geometries), of)


def geometries(
    forms: Sequence[Form], settings: Settings, *, digits: int = 8
) -> tuple[tuple[SheetGeometry, ...], tuple[int, ...]]:
    """The different geometries of the forms' sheets, and for each form which of them it has; nothing is drawn."""
    shapes = [(asked(form), 0 if form.candidate else digits) for form in forms]
    found = {shape: laid_out(shape[0], settings.paper, shape[1]).geometry for shape in dict.fromkeys(shapes)}
    numbers = _numbered(found.values())
    return tuple(numbers), tuple(numbers[found[shape]] for shape in shapes)


def _numbered(found: Iterable[Thing]) -> dict[Thing, int]:
    """Each different one with its number."""
    return {one: number for number, one in enumerate(dict.fromkeys(found))}


def _all_numbers(layouts: Mapping[_Shape, Sheet]) -> list[int]:
    return sorted({item.number for items, _ in layouts for item in items})


def _items(page: Iterable[Placed], blocks: Mapping[Block, int], texts: Mapping[_Own, int]) -> tuple[Item, ...]:
    """The blocks of a page, each with its number."""
    found = []
    for block, number, x, y in page:
        line = None
        if number is not None and block.number is not None:
            line = Line(texts[_text(number)], x, y + block.number - _NUMBER)
        found.append(Item(blocks[block], x, y, line))
    return tuple(found)


def _frames(shape: _Shape, layout: Sheet) -> Iterator[_Frame]:
    for page in range(1, len(layout.pages) + 1):
        if page == 1:
            yield _Frame(not shape[1], _told(shape), layout.top, layout.help_width, 1, len(layout.pages))
        else:
            yield _Frame(not shape[1], (), 0, 0, page, len(layout.pages))


def _text(number: int) -> _Own:
    return "number", f"{number}"


def _own(shown: Head) -> list[_Own]:
    """The texts that a form has of its own, each with its kind."""
    return [("form", shown.label), *([("name", shown.name)] if shown.name else [])]


def _label(shown: Head) -> str:
    return f"{shown.label} {shown.name}" if shown.name else shown.label


# --- The common part and the strips --------------------------------------------------------------------------------


def _document(
    shown: Head, settings: Settings, frames: Sequence[_Frame], blocks: Sequence[Block], own: Sequence[_Own]
) -> PrintPage:
    width, height = PAPERS[settings.paper]
    size = (
        f"@page {{ size: {width}mm {height}mm; }} .foot {{ top: {height - 20}mm; }} .own {{ width: {width - 62}mm; }}"
    )
    html = filled(
        "sheet.html.j2",
        frames=frames,
        blocks=blocks,
        own=own,
        radius=RADIUS,
        title=shown.title,
        header=markup.to_plain(shown.header) if shown.header else None,
        language=shown.language,
        words=words(shown.language),
        css=source("sheet.css") + Markup(size),  # noqa: S704 (ours)
    )
    return PrintPage(html, fonts.needed(html, [shown.language]), Assets())


def _told(shape: _Shape) -> tuple[str, ...]:
    """What candidates are told: only what this sheet needs."""
    items, digits = shape
    types, by_hand = {item.type for item in items}, {"short_answer", "cloze", "essay"}
    return (
        "sheet_mend",
        *(["sheet_several"] if "multiple_response" in types else []),
        *(["sheet_number"] if digits else []),
        *(["sheet_digits"] if "numeric" in types else []),
        *(["sheet_lines"] if types & by_hand else []),
        "sheet_corners",
    )


# --- The codes -----------------------------------------------------------------------------------------------------

_LONGEST_QUIZ, _LONGEST = 12, 26  # of the 42 bytes of a code; the rest are page, corner, digest and what parts them


def identity(quiz: str, seed: str, form: str) -> tuple[str, str, str]:
    """What the codes of a form say of it: quiz, form, and a digest.

    A long id is cut, with a digest of the whole in place of the rest. The digest (8 hex digits of SHA-256 over quiz,
    seed and form) tells sheets of this build from those of another with the same ids, and a misread code from a read
    one. It is no signature: who knows the seed can make it.
    """
    digest = sha256("\x1f".join((quiz, seed, form)).encode()).hexdigest()[:8]
    short = _short(quiz, _LONGEST_QUIZ)
    return short, _short(form, _LONGEST - len(short)), digest


def _short(name: str, room: int) -> str:
    if name.isascii() and "|" not in name and len(name) <= room:
        return name
    start = "".join(char for char in name if char.isascii() and char.isalnum())[: room - 7]
    return f"{start}~{sha256(name.encode()).hexdigest()[:6]}"


def _payloads(quiz: str, seed: str, form: str, pages: int) -> Iterator[list[str]]:
    """For each page what its four codes say: quiz|form|page|corner|digest."""
    name, of, digest = identity(quiz, seed, form)
    for page in range(1, pages + 1):
        yield [f"{name}|{of}|{page}|{corner}|{digest}" for corner in (1, 2, 3, 4)]


def _codes(payloads: Sequence[str], geometry: SheetGeometry, shown: Head, page: int) -> tuple[Drawing, ...]:
    said = words(shown.language)["code"]
    return tuple(
        _code(payload, place, geometry.height, said.format(form=shown.label, page=page, corner=corner))
        for corner, (payload, place) in enumerate(zip(payloads, geometry.corners, strict=True), start=1)
    )


def _code(payload: str, centre: tuple[float, float], height: float, text: str) -> Drawing:
    """A QR code as paths: one rectangle for each run of black squares. With a mask that is given it is made faster."""
    code = segno.make(payload, version=3, error="m", mode="byte", boost_error=False, mask=3)
    left, bottom = centre[0] - CODE / 2, height - centre[1] - CODE / 2
    scale = MODULE * POINT
    runs = []
    for y, row in enumerate(code.matrix):
        x = 0
        while (start := row.find(1, x)) >= 0:
            end = row.find(0, start)
            x = end if end >= 0 else len(row)
            runs.append(f"{start} {len(row) - 1 - y} {x - start} 1 re")
    place = f"{scale:.5f} 0 0 {scale:.5f} {left * POINT:.4f} {bottom * POINT:.4f} cm"
    box = tuple(edge * POINT for edge in (left, bottom, left + CODE, bottom + CODE))
    return Drawing(f"q 0 g {place}\n{' '.join(runs)} f Q".encode(), text, (box[0], box[1], box[2], box[3]))
