"""Overlays for answer sheets: what is right, at the places of the sheet, to be printed on transparencies.

An overlay has frames where the sheet has its codes, and no code of its own: a scanner must not take it for a sheet.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from .. import fonts
from ..form import Form, ItemRecord, Settings, record
from ..sheet_geometry import RADIUS, SheetGeometry, SheetPage
from .frame import head
from .keys import answer, cut, version_label, versions
from .media import Assets
from .pdf import PrintPage
from .sheet import PrintedSheets
from .sheet_blocks import PLACES, asked
from .sheet_file import POINT, Composed, Drawing, Line
from .sheet_layout import laid_out
from .sheet_pdf import master
from .templating import filled, source, words

RING = RADIUS + 0.55
"""The radius of a ring: a filled bubble shows inside it, an empty one too."""
_ARC = 0.5523  # how far the handles of a quarter of a circle are from its ends, as a share of the radius

Mark = tuple[int | None, int | None, str]


class _Frame(NamedTuple):
    """A common page: the first of two, and so on."""

    page: int
    pages: int


def overlays(forms: Sequence[Form], settings: Settings, *, digits: int = 8) -> PrintedSheets:
    """One overlay for each form, or for each version where forms were dealt; for sheets with the same `digits`.

    A page of a sheet on which nothing can be marked with it has none.
    """
    different = list(versions(forms))
    layouts = [laid_out(asked(form), settings.paper, 0 if form.candidate else digits) for form in different]
    geometries = tuple(dict.fromkeys(layout.geometry for layout in layouts))
    frames = list(dict.fromkeys(frame for layout in layouts for frame in _frames(layout.geometry)))
    texts: list[_Text] = []
    pages = []
    for form, layout in zip(different, layouts, strict=True):
        found = []
        for frame, page in zip(_frames(layout.geometry), layout.geometry.pages, strict=True):
            written, rings = list(_written(form, page)), _rings(form, page, layout.geometry)
            if written or rings:
                own = [_Text("label", version_label(form), 31, 20), *written]
                lines = tuple(Line(number, 0, 0) for number in range(len(texts), len(texts) + len(own)))
                texts += own
                found.append(Composed(frames.index(frame), lines, (), rings))
        pages.append(tuple(found))
    drawn = master(_document(different[0], frames, texts, geometries[0]), len(frames))
    of = tuple(geometries.index(layout.geometry) for layout in layouts)
    return PrintedSheets(drawn, tuple(pages), tuple(map(version_label, different)), geometries, of)


def _frames(geometry: SheetGeometry) -> list[_Frame]:
    return [_Frame(page, len(geometry.pages)) for page in range(1, len(geometry.pages) + 1)]


def right(entry: ItemRecord) -> set[Mark]:
    """The bubbles that a perfect candidate fills, as (item, part, value); none where a person reads the answer."""
    key = entry.key if isinstance(entry.key, tuple) else ()
    match entry.type:
        case "multiple_choice" | "multiple_response" | "true_false":
            return {(entry.number, None, value) for value in key}
        case "matching":
            pairs = [pair.split("-") for pair in key]
            return {(entry.number, int(prompt), value) for prompt, value in pairs}
        case "ordering":
            return {(entry.number, place, value) for place, value in enumerate(key, start=1)}
        case "numeric" if isinstance(entry.key, int | float):
            return _signs(entry.number, f"{Decimal(repr(entry.key)):f}".removesuffix(".0"))
        case _:
            return set()


def _signs(item: int, number: str) -> set[Mark]:
    """The bubbles of a number, from the left; none if it does not fit."""
    return {(item, place, sign) for place, sign in enumerate(number, start=1)} if len(number) <= PLACES else set()


# --- What a form has of its own --------------------------------------------------------------------------------------


class _Text(NamedTuple):
    kind: str
    text: str
    x: float
    y: float


def _written(form: Form, page: SheetPage) -> Iterator[_Text]:
    """What is right beside each line to write on, and above the columns of a number."""
    spoken = words(form.language)
    items = {placed.number: placed for placed in form.items}
    for box in page.boxes:
        placed = items[box.item or 0]
        item = placed.item
        said = item.key_lines()[box.part - 1].text if box.part else answer(placed, spoken).text
        if said and not item.hand_scored:
            yield _Text("right", cut(said, int(box.width / 1.7)), box.x + 1, box.y + box.height)
    for number, placed in items.items():
        columns = [b for b in page.bubbles if b.item == number and placed.item.type == "numeric"]
        if columns:
            yield _Text(
                "right",
                cut(answer(placed, spoken).text, 20),
                columns[0].x - RADIUS,
                columns[0].y - RADIUS,
            )


def _rings(form: Form, page: SheetPage, geometry: SheetGeometry) -> tuple[Drawing, ...]:
    """Rings round what is right; their text says the same to whoever cannot see them."""
    marks: set[Mark] = set().union(*map(right, record(form).items))
    here = [b for b in page.bubbles if (b.item, b.part, b.value) in marks]
    if not here:
        return ()
    said = ", ".join(f"{b.item}{f'.{b.part}' if b.part else ''} {b.value}" for b in here)
    paths = " ".join(_circle(b.x * POINT, (geometry.height - b.y) * POINT, RING * POINT) for b in here)
    content = f"q 0 G 1.3 w {paths} Q".encode()
    whole = (0.0, 0.0, geometry.width * POINT, geometry.height * POINT)
    return (Drawing(content, f"{words(form.language)['key']}: {said}", whole),)


def _circle(x: float, y: float, radius: float) -> str:
    """A circle of four curves."""
    h = radius * _ARC
    ends = [(0, 1), (-1, 0), (0, -1), (1, 0)]
    before = (1, 0)
    path = [f"{x + radius:.2f} {y:.2f} m"]
    for end in ends:
        handles = (
            x + before[0] * radius + end[0] * h,
            y + before[1] * radius + end[1] * h,
            x + end[0] * radius + before[0] * h,
            y + end[1] * radius + before[1] * h,
            x + end[0] * radius,
            y + end[1] * radius,
        )
        path.append(f"{' '.join(f'{place:.2f}' for place in handles)} c")
        before = end
    return f"{' '.join(path)} s"


def _document(form: Form, frames: Sequence[_Frame], texts: Sequence[_Text], geometry: SheetGeometry) -> PrintPage:
    size = f"@page {{ size: {geometry.width}mm {geometry.height}mm; }} .use {{ top: {geometry.height - 27}mm; }}"
    shown = head(form)
    html = filled(
        "overlay.html.j2",
        frames=frames,
        geometry=geometry,
        own=texts,
        title=shown.title,
        language=shown.language,
        words=words(shown.language),
        css=source("sheet.css", "overlay.css") + Markup(size),  # noqa: S704 (ours)
    )
    return PrintPage(html, fonts.needed(html, [shown.language]), Assets())
